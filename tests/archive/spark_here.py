"""For tests that need Spark: the Python that has it, or a word that they are
skipped, and why."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def enter():
    """Runs this test again with that Python; returns where it is that one."""
    if os.environ.get("MADAI_TEST_INSIDE") == "1":
        sys.path[:0] = [str(ROOT / "tests/tools"), str(ROOT / "archive")]
        return
    found = subprocess.run([ROOT / "tools/archive-python"], capture_output=True, text=True)
    if found.returncode != 0:
        print(f"1..0 # SKIP {found.stderr.strip()}")
        sys.exit(0)
    python = found.stdout.strip()
    # What the workers of Spark import is the tree's.
    path = os.pathsep.join([str(ROOT / "archive"), str(ROOT / "tests/archive")])
    os.environ.update(MADAI_TEST_INSIDE="1", PYTHONPATH=path, PYSPARK_PYTHON=python)
    os.execv(python, [python, *sys.argv])
