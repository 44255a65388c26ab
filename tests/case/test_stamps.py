#!/usr/bin/env python3
"""Time stamps as a person gets them: a query to a file, an authority of our
own made with openssl, its answer checked and kept; prints TAP.

    test_stamps.py MADAI
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import authority
import tap
from authority import answer, openssl
from tap import test
from the_program import file, refused, run, well

SIGN = ["--passphrase-file", "word"]


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
    assert "Stämper" in told, told
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
    tap.enter()
    authority.make()
    authority.certify("stranger", "Stranger", "root")
    file("word", "a long passphrase\n")
    well("init", "case.madai")
    well("add", "--no-read", "case.madai", file("denial.txt", "The Constabulary denied it.\n"))
    well("key", "case.madai", "new", *SIGN)
    well("checkpoint", "case.madai", "-o", "checkpoint", *SIGN)


if __name__ == "__main__":
    prepare()
    tap.main()
