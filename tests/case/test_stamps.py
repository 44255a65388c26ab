#!/usr/bin/env python3
"""Time stamps as a person gets them: a query to a file, an authority of our
own made with openssl, its answer checked and kept; prints TAP.

    test_stamps.py MADAI
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

MADAI = str(pathlib.Path(sys.argv[1]).resolve())
FOLDER = tempfile.TemporaryDirectory()
os.chdir(FOLDER.name)
SIGN = ["--passphrase-file", "word"]
tests = []

CONFIGURATION = """
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamper]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, timeStamping
[authority]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def test(function):
    tests.append(function)
    return function


def openssl(*words):
    done = subprocess.run(["openssl", *words], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def certify(name, section, *signer):
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr")
    openssl("x509", "-req", "-in", name + ".csr", "-extfile", "conf", "-extensions", section, "-days", "3650",
            "-out", name + ".pem", *(signer or ["-signkey", name + ".key"]))


def answer(query, name):
    openssl("ts", "-reply", "-config", "conf", "-section", "authority", "-queryfile", query,
            "-signer", "stamper.pem", "-inkey", "stamper.key", "-chain", "root.pem", "-out", name)


def run(*words):
    return subprocess.run([MADAI, *words], capture_output=True, timeout=240)


def well(*words):
    done = run(*words)
    assert done.returncode == 0, (words, done.returncode, done.stderr.decode())
    return done.stdout.decode()


def refused(code, told, *words):
    done = run(*words)
    assert done.returncode == code and told in done.stderr.decode(), (words, done.returncode, done.stderr.decode())


def stamp_again(name, trusted="root.pem"):
    return ["checkpoint", "case.madai", "--tsa-response", name, "--tsa-trusted", trusted]


@test
def a_query_is_about_the_last_checkpoint():
    well("checkpoint", "case.madai", "--tsa-request", "first.tsq")
    told = openssl("ts", "-query", "-in", "first.tsq", "-text").decode()
    assert "sha256" in told and "Certificate required: yes" in told, told
    answer("first.tsq", "first.tsr")
    openssl("ts", "-verify", "-data", "checkpoint", "-in", "first.tsr", "-CAfile", "root.pem")


@test
def an_answer_of_somebody_else_is_refused():
    refused(3, "does not hold", *stamp_again("first.tsr", "stranger.pem"))
    refused(1, "no certificate", *stamp_again("first.tsr", "checkpoint"))
    refused(1, "cannot open", *stamp_again("absent.tsr"))


@test
def what_is_no_answer_is_refused():
    pathlib.Path("broken.tsr").write_bytes(pathlib.Path("first.tsr").read_bytes()[:-1])
    refused(4, "not an answer", *stamp_again("broken.tsr"))


@test
def an_answer_that_holds_is_kept_and_verified():
    told = well(*stamp_again("first.tsr"))
    assert "stamper" in told, told
    assert "everything holds" in well("verify", "case.madai")
    assert run(*stamp_again("first.tsr")).returncode == 2


@test
def an_answer_to_an_earlier_query_is_refused():
    well("checkpoint", "case.madai", "--tsa-request", "second.tsq")
    refused(3, "another query", *stamp_again("first.tsr"))
    answer("second.tsq", "second.tsr")
    well(*stamp_again("second.tsr"))


@test
def a_bag_carries_the_stamp_for_others():
    well("export", "--format", "bag", "-o", "bag", *SIGN, "case.madai")
    well("check", "bag")
    (stamp,) = pathlib.Path("bag/ledger/earlier").glob("*.tsr")
    note = str(stamp.with_suffix(".checkpoint"))
    openssl("ts", "-verify", "-data", note, "-in", str(stamp), "-CAfile", str(stamp.with_suffix(".pem")))


def prepare():
    pathlib.Path("conf").write_text(CONFIGURATION)
    pathlib.Path("serial").write_text("01\n")
    pathlib.Path("word").write_text("a long passphrase\n")
    pathlib.Path("denial.txt").write_text("The Constabulary denied it.\n")
    certify("root", "root")
    certify("stranger", "root")
    certify("stamper", "stamper", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial")
    well("init", "case.madai")
    well("add", "--no-read", "case.madai", "denial.txt")
    well("key", "case.madai", "new", *SIGN)
    well("checkpoint", "case.madai", "-o", "checkpoint", *SIGN)


def main():
    failed = 0
    prepare()
    print(f"TAP version 13\n1..{len(tests)}")
    for number, function in enumerate(tests, 1):
        try:
            function()
            print("ok", number, function.__name__, flush=True)
        except Exception:  # whatever went wrong is this test's failure
            failed += 1
            print("not ok", number, function.__name__)
            print("".join("# " + line for line in traceback.format_exc().splitlines(True)), flush=True)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
