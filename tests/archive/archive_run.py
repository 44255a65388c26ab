"""What the tests on Spark share: the session, the files they are given, and
madai itself. Imported after spark_here.enter().

    test_… MADAI LIBRARY POISON MODEL GAZETTEER
"""
import os
import pathlib
import subprocess
import sys

import spark_here
import tap

from madai_archive import engine, read
from madai_archive.output import Output
from madai_archive.reader import Options

MADAI, LIBRARY, POISON, MODEL, GAZETTEER = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:6])
ENVIRONMENT = os.environ | {"MADAI_MODEL": MODEL, "MADAI_GAZETTEER": GAZETTEER, "MADAI_BY": "A. Otieno"}
DOCUMENTS = int(os.environ.get("DOCUMENTS", 1000))
tap.enter()

SPARK = engine.session(os.environ.get("MASTER", "local[2]"),
                       ["spark.driver.memory=1g", "spark.sql.shuffle.partitions=2",
                        # Little work after a cold start: the best code is not worth its making.
                        "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"])
WELL = Options(LIBRARY, MODEL, GAZETTEER, 1 << 30, 60, MADAI)


def archive(place, output, options=WELL, most=16 << 20, group=None):
    return read.read(SPARK, place if isinstance(place, list) else [place], Output(SPARK, output),
                     read.Job(options, most, group), lambda *_: None)


def rows(output, table, *columns):
    return [tuple(row) if len(columns) > 1 else row[0] for row in Output(SPARK, output).table(table).select(
        *columns).collect()]


def madai(*words, given=b"", code=0):
    done = subprocess.run([MADAI, *words], input=given, capture_output=True, env=ENVIRONMENT, timeout=900)
    assert done.returncode == code, (words, done.returncode, done.stderr.decode())
    return done.stdout.decode()


def write(name, data):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    pathlib.Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def examples(folder):
    for path in sorted((spark_here.ROOT / "examples").glob("*.txt")):
        write(f"{folder}/{path.name}", path.read_bytes())
    return folder
