#!/usr/bin/env python3
"""Kills executors, and then the driver, in the midst of a run: begun again,
every document is there exactly once; prints TAP.

    test_archive_kills.py MADAI LIBRARY MODEL GAZETTEER
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

import spark_here
spark_here.enter()

import tap
from documents import lines, varied
from tap import test

MADAI, LIBRARY, MODEL, GAZETTEER = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:5])
DOCUMENTS = int(os.environ.get("DOCUMENTS", 400))
QUICKLY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
PATIENCE = 1500
KILLS = 3
tap.enter()
random.seed(12)

from madai_archive import engine, read
from madai_archive.output import Output
from madai_archive.reader import Options


def processes(session, word):
    """Those of a session whose command line holds the word."""
    found = []
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.getsid(int(entry)) == session:
                words = pathlib.Path("/proc", entry, "cmdline").read_bytes()
                if word.encode() in words:
                    found.append(int(entry))
        except OSError:
            pass  # it has ended meanwhile
    return found


def wait_for(condition, process, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, f"the run ended before {what}: {process.returncode}"
        assert time.monotonic() < end, f"no {what}"
        time.sleep(0.2)


def kill_executors(process):
    """So many, one after the other, each at a moment of its own."""
    def running():
        return processes(process.pid, "CoarseGrainedExecutorBackend")
    for number in range(KILLS):
        wait_for(lambda: len(running()) == 2, process, f"two executors, {number} killed")
        # Deep in its work, and not only while it starts.
        wait_for(lambda: processes(process.pid, "pyspark.daemon"), process, "workers")
        time.sleep(random.uniform(0.5, 4))
        os.kill(random.choice(running()), signal.SIGKILL)


def kill_driver(process):
    for one in processes(process.pid, "SparkSubmit") + [process.pid]:
        os.kill(one, signal.SIGKILL)
    process.wait()
    end = time.monotonic() + 60
    while processes(process.pid, "CoarseGrainedExecutorBackend") and time.monotonic() < end:
        time.sleep(0.5)
    for one in processes(process.pid, ""):
        os.kill(one, signal.SIGKILL)
    # Where executors of such a cluster keep their logs.
    import pyspark
    shutil.rmtree(pathlib.Path(pyspark.__file__).parent / "work", ignore_errors=True)


@test
def killed_and_begun_again_every_document_is_there_once():
    pathlib.Path("in.jsonl").write_text("".join(lines(varied(DOCUMENTS, seed=3))))
    group = os.path.getsize("in.jsonl") // 5
    # Small pieces, so that there are groups of them.
    os.mkdir("in")
    subprocess.run(["split", "-n", "l/40", "--additional-suffix=.jsonl", "in.jsonl", "in/"], check=True)
    words = [sys.executable, "-m", "madai_archive.main", "read", "--master", "local-cluster[2,1,2048]", "--group",
             str(group), "--library", LIBRARY, "--model", MODEL, "--gazetteer", GAZETTEER,
             "--conf", "spark.driver.memory=1g", "--conf", f"spark.driver.extraJavaOptions={QUICKLY}",
             "--conf", f"spark.executor.extraJavaOptions={QUICKLY}", "in", "out"]
    with open("log", "wb") as log:
        process = subprocess.Popen(words, start_new_session=True, stderr=log)
    try:
        kill_executors(process)
        wait_for(lambda: os.path.exists("out/_groups/1.json"), process, "a first group")
        time.sleep(random.uniform(0.5, 4))
        assert process.poll() is None, pathlib.Path("log").read_text()[-2000:]
    finally:
        kill_driver(process)
    spark = engine.session("local[2]", ["spark.driver.memory=1g", f"spark.driver.extraJavaOptions={QUICKLY}"])
    committed = Output(spark, "out").last
    total = read.read(spark, ["in"], Output(spark, "out"), read.Job(
        Options(LIBRARY, MODEL, GAZETTEER, 1 << 30, 60, MADAI), 16 << 20, None), lambda *_: None)
    found = [row[0] for row in Output(spark, "out").table("readings").select("reading").collect()]
    expected = subprocess.run([MADAI, "read", "--json", "--lines", "in.jsonl"], check=True, capture_output=True,
                              env=os.environ | {"MADAI_MODEL": MODEL, "MADAI_GAZETTEER": GAZETTEER}).stdout.decode()
    assert sorted(found) == sorted(expected.splitlines()), (len(found), DOCUMENTS)
    print(f"# {KILLS} executors and the driver killed; {committed} groups stood, {total.known} documents known, "
          f"{total.documents} read after")
    assert committed > 0 and total.known > 0 and total.known + total.documents == DOCUMENTS
    assert not Output(spark, "out").table("refused").count()
    spark.stop()


if __name__ == "__main__":
    tap.main()
