#!/usr/bin/env python3
"""Cuts the power during `madai add`: what it said is added must be on the
disk; prints TAP.

    test_power_cuts.py ADD_UNSYNCHRONISED MADAI CUTS

The case lies in an ext4 within a file. While the program is stopped, that
file is copied: it has what was forced to the disk and what the system wrote
by itself, and nothing of what waits in memory, as after a cut. The copy is
mounted, which runs its journal, and compared with what was acknowledged. The
control does the same without synchronisation and must lose, or the test
would show nothing.

Needs root and loop devices, and is skipped elsewhere.
"""
import hashlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

CONTROL, MADAI = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
CUTS = int(sys.argv[3])
DOCUMENTS, CONTROL_CUTS = 60, max(3, CUTS // 10)
IMAGE_BYTES = 128 << 20
random.seed(20190522)


def system(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True)


def why_not():
    """Why it cannot be tested here; an empty string where it can."""
    if os.geteuid() != 0:
        return "needs root, to mount"
    make_image("probe.image")
    os.mkdir("probe")
    mounted = system("mount", "-o", "loop", "probe.image", "probe")
    if mounted.returncode != 0:
        return "no loop devices here: " + mounted.stderr.strip().replace("\n", " ")
    system("umount", "probe")
    os.remove("probe.image")
    return ""


def make_image(name):
    with open(name, "wb") as image:
        image.truncate(IMAGE_BYTES)
    # No lazy writing of tables: only the case is to be on its way.
    done = system("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", name)
    assert done.returncode == 0, done.stderr


class Mounted:
    def __init__(self, image, folder):
        self.image, self.folder = image, folder

    def __enter__(self):
        os.makedirs(self.folder, exist_ok=True)
        done = system("mount", "-o", "loop", self.image, self.folder)
        assert done.returncode == 0, done.stderr
        return pathlib.Path(self.folder)

    def __exit__(self, *_):
        for _ in range(50):  # a killed program lets go of it a moment later
            if system("umount", self.folder).returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit(f"{self.folder} cannot be unmounted")


def make_texts():
    os.mkdir("press")
    for number in range(DOCUMENTS):
        words = f"report {number} of the march " * (random.choice([40, 2_000, 70_000, 200_000]) // 24 + 1)
        pathlib.Path("press", f"{number:03}.txt").write_text(words)


def stop_within(process, after):
    """What was acknowledged when the program stood still."""
    descriptor, said = process.stdout.fileno(), b""
    while said.count(b"\nadded ") + said.startswith(b"added ") < after:
        more = os.read(descriptor, 65536)
        if not more:
            break
        said += more
    time.sleep(random.random() * 0.01)
    process.send_signal(signal.SIGSTOP)
    # It may still be within a call; all of its lines are in the pipe after.
    while process.poll() is None and state(process.pid) not in "TZ":
        time.sleep(0.0005)
    os.set_blocking(descriptor, False)
    try:
        while more := os.read(descriptor, 65536):
            said += more
    except BlockingIOError:
        pass
    whole = said[:said.rfind(b"\n") + 1].decode()
    return {line.split()[1] for line in whole.splitlines() if line.startswith("added ")}


def state(process):
    return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]


def cut(program):
    """Adds to a fresh case, cuts, and says what was acknowledged, what is
    there, and whether the case verifies."""
    make_image("disk.image")
    with Mounted("disk.image", "disk") as disk:
        assert system(MADAI, "init", disk / "case.madai").returncode == 0
        os.sync()
        process = subprocess.Popen([*program, str(disk / "case.madai"), "press"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        said = stop_within(process, random.randrange(1, DOCUMENTS - 5))
        # As it lies on the disk, the holes left out.
        system("cp", "--sparse=always", "disk.image", "cut.image")
        process.kill()
        process.wait()
        process.stdout.close()
    with Mounted("cut.image", "cut") as disk:
        listed = system(MADAI, "list", "--json", disk / "case.madai")
        there = {json.loads(line)["sha256"] for line in listed.stdout.splitlines()} \
            if listed.returncode == 0 else set()
        is_sound = system(MADAI, "verify", "--quiet", disk / "case.madai").returncode == 0
    return said, there, is_sound


def cut_often(program, cuts):
    lost = unsound = acknowledged = 0
    for _ in range(cuts):
        said, there, is_sound = cut(program)
        acknowledged += len(said)
        lost += len(said - there)
        unsound += not is_sound
    return acknowledged, lost, unsound


def main():
    reason = why_not()
    if reason:
        print(f"TAP version 13\n1..1\nok 1 power cuts # SKIP {reason}")
        return 0
    make_texts()
    known = {hashlib.sha256(path.read_bytes()).hexdigest() for path in pathlib.Path("press").iterdir()}
    assert len(known) == DOCUMENTS
    said, lost, unsound = cut_often([MADAI, "add", "--no-read", "--porcelain"], CUTS)
    said_control, lost_control, _ = cut_often([CONTROL], CONTROL_CUTS)
    print("TAP version 13\n1..3")
    print("ok" if lost == 0 and said > CUTS else "not ok",
          f"1 {CUTS} power cuts lost {lost} of {said} acknowledged documents")
    print("ok" if unsound == 0 else "not ok", f"2 after {unsound} of them the case did not verify")
    print("ok" if lost_control > 0 else "not ok",
          f"3 without synchronisation {CONTROL_CUTS} cuts lost {lost_control} of {said_control}")
    return lost + unsound > 0 or lost_control == 0 or said <= CUTS


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        sys.exit(main())
