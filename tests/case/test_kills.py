#!/usr/bin/env python3
"""Kills `madai add` at any moment: what it said is added must be there, whole,
and the same command goes on; prints TAP.

    test_kills.py MADAI KILLS
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

MADAI, KILLS = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2])
DOCUMENTS = 40
random.seed(20190521)


def madai(*words):
    return subprocess.run([MADAI, *words], capture_output=True, timeout=240)


def make_folder():
    """Texts of all lengths, some longer than a page of the case file."""
    os.mkdir("press")
    for number in range(DOCUMENTS):
        length = random.choice([40, 2_000, 70_000, 400_000])
        words = f"report {number} of the march " * (length // 24 + 1)
        pathlib.Path("press", f"{number:03}.txt").write_text(words)


def add_and_kill(after):
    """What was acknowledged before the program was killed; None: it ended."""
    process = subprocess.Popen([MADAI, "add", "--no-read", "--porcelain", "case.madai", "press"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    lines = []
    # So many lines, then a moment more: within the next transaction.
    for line in process.stdout:
        lines.append(line.decode())
        if len(lines) >= after:
            break
    time.sleep(random.random() * 0.004)
    process.kill()
    lines += [line.decode() for line in process.stdout if line.endswith(b"\n")]
    process.wait()
    return [line.split()[1] for line in lines if line.startswith("added ")]


def stored():
    listed = madai("list", "--json", "case.madai")
    assert listed.returncode == 0, listed.stderr
    return {json.loads(line)["sha256"] for line in listed.stdout.splitlines()}


def main():
    lost = unsound = kills = 0
    make_folder()
    acknowledged = set()
    for _ in range(KILLS):
        if not os.path.exists("case.madai"):
            assert madai("init", "case.madai").returncode == 0
            acknowledged = set()
        # Known ones come first, and are said at once.
        acknowledged |= set(add_and_kill(len(acknowledged) + random.randrange(3)))
        kills += 1
        there = stored()
        lost += len(acknowledged - there)
        acknowledged = there
        if kills % 5 == 0 or KILLS < 100:
            unsound += madai("verify", "--quiet", "case.madai").returncode != 0
        if len(there) == DOCUMENTS:
            os.remove("case.madai")
    if os.path.exists("case.madai"):
        assert madai("add", "--no-read", "case.madai", "press").returncode == 0
        assert len(stored()) == DOCUMENTS
    print("TAP version 13\n1..2")
    print("ok" if lost == 0 else "not ok", f"1 {kills} kills lost {lost} acknowledged documents")
    print("ok" if unsound == 0 else "not ok", f"2 after {unsound} of them the case did not verify")
    return lost + unsound > 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(main())
