"""The program as a person or a script calls it."""
import os
import pathlib
import subprocess
import sys

MADAI = str(pathlib.Path(sys.argv[1]).resolve())
ENVIRONMENT = os.environ | {"MADAI_BY": "A. Otieno", "MADAI_WAIT": "0"}


def run(*words, given=b""):
    return subprocess.run([MADAI, *map(str, words)], input=given, capture_output=True,
                          env=ENVIRONMENT, timeout=240)


def well(*words, given=b""):
    result = run(*words, given=given)
    assert result.returncode == 0, (words, result.returncode, result.stderr.decode())
    return result.stdout.decode()


def refused(code, told, *words):
    result = run(*words)
    error = result.stderr.decode()
    assert result.returncode == code and told in error, (words, result.returncode, error)


def file(name, content):
    pathlib.Path(name).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name
