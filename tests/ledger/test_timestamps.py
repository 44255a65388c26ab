#!/usr/bin/env python3
"""Time stamps against an authority of our own, made with openssl; prints TAP.

    test_timestamps.py TIMESTAMP_TOOL
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import authority
import tap
from authority import answer, certify, openssl
from tap import test

TOOL = str(pathlib.Path(sys.argv[1]).resolve())
BAD_INPUT, CORRUPT, TAMPERED = "2", "6", "7"


def query(note, name):
    run = subprocess.run([TOOL, "query", note], capture_output=True, check=True)
    pathlib.Path(name).write_bytes(run.stdout)


def check(*words):
    run = subprocess.run([TOOL, "check", *words], capture_output=True)
    assert run.returncode in (0, 1), run.stderr
    return (run.stdout if run.returncode == 0 else run.stderr).decode().strip()


def refused(kind, words, *arguments):
    told = check(*arguments)
    assert told.startswith(kind + " ") and words in told, told


@test
def a_query_asks_for_what_it_should():
    text = openssl("ts", "-query", "-in", "query", "-text").decode()
    assert "Hash Algorithm: sha256" in text and "Certificate required: yes" in text, text
    assert "Nonce: 0x" in text, text
    query("note", "query2")
    assert pathlib.Path("query").read_bytes() != pathlib.Path("query2").read_bytes()


@test
def an_answer_holds():
    for words in (["answer", "query"], ["answer", "-"]):
        told = check(*words, "note", "root.pem")
        time, authority = told.split(" ", 1)
        assert authority == "CN=Stämper" and time[10] == "T" and time.endswith("Z"), told


@test
def openssl_says_the_same():
    openssl("ts", "-verify", "-data", "note", "-in", "answer", "-CAfile", "root.pem")
    openssl("ts", "-verify", "-data", "other", "-in", "answer", "-CAfile", "root.pem", fails=True)


@test
def an_answer_about_something_else_is_refused():
    refused(TAMPERED, "the time stamp does not hold", "answer", "query", "other", "root.pem")


@test
def an_answer_to_another_query_is_refused():
    query("note", "query3")
    refused(TAMPERED, "the answer belongs to another query", "answer", "query3", "note",
            "root.pem")
    openssl("ts", "-query", "-data", "note", "-sha256", "-cert", "-no_nonce", "-out", "query4")
    refused(TAMPERED, "the answer belongs to another query", "answer", "query4", "note",
            "root.pem")
    answer("query4", "answer4")
    refused(TAMPERED, "the answer belongs to another query", "answer4", "query", "note",
            "root.pem")
    assert "CN=" in check("answer4", "query4", "note", "root.pem")


@test
def an_answer_by_a_stranger_is_refused():
    refused(TAMPERED, "the time stamp does not hold", "answer", "query", "note", "stranger.pem")


@test
def a_certificate_for_something_else_is_refused():
    # openssl does not sign with it, so the answer's own certificate is looked at.
    openssl("ts", "-reply", "-config", "conf", "-section", "tsa_config", "-queryfile", "query",
            "-signer", "other.pem", "-inkey", "other.key", "-out", "answer5", fails=True)


@test
def another_digest_is_refused():
    openssl("ts", "-query", "-data", "note", "-sha384", "-cert", "-out", "query6")
    answer("query6", "answer6")
    refused(TAMPERED, "not a time stamp of ours", "answer6", "query6", "note", "root.pem")


@test
def a_refusal_is_told():
    openssl("ts", "-query", "-data", "note", "-sha512", "-cert", "-out", "query7")
    answer("query7", "answer7")
    refused(BAD_INPUT, "the authority refused", "answer7", "query7", "note", "root.pem")


@test
def what_is_no_answer_is_refused():
    data = pathlib.Path("answer").read_bytes()
    for wrong in (b"", b"x", data[:-1], data + b"x", bytes(2 << 20)[:-1]):
        pathlib.Path("wrong").write_bytes(wrong)
        refused(CORRUPT, "not an answer", "wrong", "query", "note", "root.pem")
    pathlib.Path("wrong").write_bytes(b"x")
    refused(CORRUPT, "not a time stamp query", "answer", "wrong", "note", "root.pem")
    refused(BAD_INPUT, "no certificate", "answer", "query", "note", "note")
    refused(BAD_INPUT, "no certificate", "answer", "query", "note", "-")


@test
def every_fortieth_bit_that_is_turned_is_refused_or_means_the_same():
    data = pathlib.Path("answer").read_bytes()
    right = check("answer", "query", "note", "root.pem")
    for bit in range(3, len(data) * 8, len(data) * 8 // 40):
        pathlib.Path("wrong").write_bytes(
            data[:bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1:])
        told = check("wrong", "query", "note", "root.pem")
        assert told == right or told[0] in BAD_INPUT + CORRUPT + TAMPERED, told


@test
def memory_that_runs_out_is_an_error_and_never_a_yes():
    for words in (["query", "note"], ["check", "answer", "query", "note", "root.pem"]):
        step, number, failures = (1, 1, 0) if words[0] == "query" else (23, 1, 0)
        while True:
            run = subprocess.run([TOOL, str(number), *words], capture_output=True)
            if run.returncode == 3:
                break
            # Some of what libcrypto takes it can do without.
            assert run.returncode in (0, 1), (number, run)
            assert run.returncode == 0 or run.stderr, number
            failures += run.returncode
            number += step
        assert failures > 5, failures


def prepare():
    tap.enter()
    pathlib.Path("note").write_text("madai.case/1\n1\nroot\n\nsigned\n")
    pathlib.Path("other").write_text("madai.case/1\n2\nroot\n\nsigned\n")
    authority.make()
    certify("stranger", "Stranger", "root")
    certify("other", "Other", "other", "root")
    query("note", "query")
    answer("query", "answer")


if __name__ == "__main__":
    prepare()
    tap.main()
