"""Tests in Python: a function each, whose name is the sentence that holds. They
run in a folder of their own, and their outcome is printed as TAP.

    import tap

    @tap.test
    def a_copy_is_the_case_again(): ...

    if __name__ == "__main__":
        tap.main()
"""
import os
import sys
import tempfile
import traceback

tests = []
FOLDER = tempfile.TemporaryDirectory()


def test(function):
    tests.append(function)
    return function


def enter():
    """Into the folder; paths that were given have to be whole before."""
    os.chdir(FOLDER.name)


def main():
    """Runs all, or those whose names begin with $TESTS."""
    chosen = [one for one in tests if one.__name__.startswith(os.environ.get("TESTS", ""))]
    failed = 0
    print(f"TAP version 13\n1..{len(chosen)}")
    for number, function in enumerate(chosen, 1):
        try:
            function()
            print("ok", number, function.__name__, flush=True)
        except Exception:  # whatever went wrong is this test's failure
            failed += 1
            print("not ok", number, function.__name__)
            print("".join("# " + line for line in traceback.format_exc().splitlines(True)), flush=True)
    sys.exit(failed > 0)
