#!/usr/bin/env python3
"""madai-archive on Spark, on this machine; prints TAP.

    test_archive.py MADAI LIBRARY POISON MODEL GAZETTEER
"""
import json
import os
import pathlib
import subprocess
import sys
import zipfile

import spark_here
spark_here.enter()

import tap
from archive_run import (DOCUMENTS, ENVIRONMENT, MADAI, POISON, SPARK, WELL, archive, examples, madai, rows,
                         write)
from documents import lines, varied
from tap import test

from madai_archive import engine, find, main, merkle
from madai_archive.output import Output


@test
def readings_are_those_of_madai_read_byte_for_byte():
    examples("same/examples")
    odd = {"bom.txt": b"\xef\xbb\xbfHe denied it.",
           "spaces.txt": b" \n\n \t ", "one.txt": b"x", "nul.txt": b"The police said no." + b" and so on" * 9 + b"\0",
           "cut.txt": "They said “no” and “never” ".encode() + b"\xe2\x80", "long.txt": b"The minister said that it was late. " * 900}
    for name, data in odd.items():
        write(f"same/odd/{name}", data)
    write("same/varied.jsonl", "".join(lines(varied(DOCUMENTS))))
    total = archive("same", "same-out")
    files = sorted(str(path) for path in pathlib.Path("same").glob("*/*.txt"))
    expected = madai("read", "--json", *files) + madai("read", "--json", "--lines", "same/varied.jsonl")
    found = rows("same-out", "readings", "reading")
    assert sorted(found) == sorted(expected.splitlines()), (len(found), len(expected.splitlines()))
    assert total.documents == len(found) == DOCUMENTS + len(files) and total.refused == 0
    texts = {json.loads(line)["text"] for line in madai("read", "--json", "--with-text", *files).splitlines()}
    assert texts <= set(rows("same-out", "texts", "text"))


@test
def every_finding_is_a_row():
    readings = [json.loads(one) for one in rows("same-out", "readings", "reading")]
    for table in ("claims", "acts", "figures", "times", "places", "actors", "names", "interventions", "citations"):
        told = sum(len(one.get(table, ())) for one in readings)
        assert len(rows("same-out", table, "sha256")) == told, table
    texts = dict(rows("same-out", "texts", "sha256", "text"))
    checked = 0
    for sha256, quote, begin, end in rows("same-out", "times", "sha256", "quote", "begin", "end"):
        data = texts[sha256].encode()
        if " … " not in quote:
            assert data[begin:end].decode() == quote
            checked += 1
    assert checked > DOCUMENTS / 10
    assert len(rows("same-out", "found", "path")) == len(readings) == len(set(rows("same-out", "documents", "sha256")))


@test
def what_was_read_is_not_read_again():
    examples("again")
    assert archive("again", "again-out").documents == 7
    total = archive("again", "again-out")
    assert (total.documents, total.known, total.groups) == (0, 7, 0)
    write("again/copy/of-the-letter.txt", pathlib.Path("again/letter.txt").read_bytes())
    write("again/new.txt", "The police said that nobody was hurt.")
    total = archive("again", "again-out")
    assert (total.documents, total.known) == (1, 7)
    assert len(rows("again-out", "documents", "sha256")) == 8 and len(rows("again-out", "found", "path")) == 9
    # Another reader's readings stand beside these.
    assert archive("again", "again-out", WELL._replace(gazetteer="none")).documents == 8
    assert len(set(rows("again-out", "documents", "sha256", "reader"))) == 16
    output = Output(SPARK, "again-out")
    assert "gazetteer" not in output.reader() and "gazetteer" in output.reader("gazetteer")


@test
def what_a_killed_driver_left_goes():
    before = sorted(rows("again-out", "documents", "sha256", "reader"))
    last = Output(SPARK, "again-out").last
    subprocess.run(f"cp -r again-out/documents/group=1 again-out/documents/group={last + 1} && "
                   "mkdir -p again-out/_staging/x/texts", shell=True, check=True)
    assert sorted(rows("again-out", "documents", "sha256", "reader")) == before
    archive("again", "again-out")
    assert not os.path.exists(f"again-out/documents/group={last + 1}") and not os.path.exists("again-out/_staging")
    with Output(SPARK, "again-out").locked():
        try:
            archive("again", "again-out")
            raise AssertionError("two runs at a time")
        except engine.Machine as why:
            assert "another run" in str(why)
    try:
        Output(SPARK, "again")
        raise AssertionError("a folder of something else")
    except engine.Usage as why:
        assert "something else" in str(why)


@test
def all_kinds_of_files_are_read():
    text = "The police denied on Monday that {} was shot in Nakuru."
    with zipfile.ZipFile(write("kinds/a.zip", b""), "w") as out:
        out.writestr("in/zip.txt", text.format("a man"))
        out.writestr("picture.png", b"\x89PNG\r\n")
    block = text.format("a woman").encode()
    record = (b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://x.org/\r\nContent-Type: text/plain\r\n"
              b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block))
    write("kinds/b.warc", record + record.replace(b"text/plain", b"text/html;").replace(b"woman", b"human"))
    write("kinds/broken.warc", b"nothing")
    SPARK.createDataFrame([("p1", "2019-05-14", text.format("a child")), ("p2", None, None), (None, "May", "x"),
                           ("p4", None, "y" * 2000)],
                          "id string, date string, text string").coalesce(1).write.parquet("made")
    [part] = pathlib.Path("made").glob("part-*.parquet")
    write("kinds/c.parquet", part.read_bytes())
    write("kinds/no.parquet", b"PAR1")
    write("kinds/d.txt", text.format("a man"))
    total = archive("kinds", "kinds-out", most=1000)
    found = dict(rows("kinds-out", "documents", "path", "id"))
    assert found == {"a.zip#in/zip.txt": "zip.txt", "b.warc#0": "http://x.org/", "b.warc#1": "http://x.org/",
                     "c.parquet#0": "p1"}, found
    refused = dict(rows("kinds-out", "refused", "path", "reason"))
    for path, told in [("a.zip#picture.png", ""), ("broken.warc", "after 0"),
                       ("c.parquet#1", "empty"), ("c.parquet#2", "not a day"), ("c.parquet#3", "more than 1000"),
                       ("no.parquet", "cannot be read")]:
        assert told in refused.pop(path), (path, refused)
    assert not refused and (total.documents, total.refused) == (4, 6)
    # The same text in two places is one document; what was refused stays so.
    assert sorted(path for path, id in rows("kinds-out", "found", "path", "id") if id in ("zip.txt", "d.txt")) == [
        "a.zip#in/zip.txt", "d.txt"]
    assert archive("kinds", "kinds-out", most=1000)[:2] == (0, 0)


LETTER = b"""From: A. Otieno <a@example.org>
To: B. Wafula <b@example.org>
Date: Tue, 14 May 2019 10:00:00 +0300
Subject: The march
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

The police denied that officers fired on the march in Nakuru.
--x
Content-Type: text/html
Content-Disposition: attachment; filename="page.html"

PAGE
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="noise.bin"

\0\1\2\3\4\5\6\7
--x--
"""
PAGE = (b'<!doctype html><html><head><title>Four shot</title><meta property="article:published_time" content="2019-05-14">'
        b"</head><body><article><h1>Four shot</h1><p>The hospital said that two men had died of their wounds there.</p>"
        b"</article></body></html>")
LATIN = "The minister said in the caf\u00e9 that nobody was hurt. Na\u00efve, said Ren\u00e9.".encode("latin-1")
RICH = b"{\\rtf1\\ansi The army denied that a man was shot in Kisumu.\\par}"


@test
def files_of_any_kind_are_read_as_madai_reads_them():
    files = {"page.html": PAGE, "latin.txt": LATIN, "rich.rtf": RICH, "letter.eml": LETTER.replace(b"PAGE", PAGE),
             "broken.txt": "They said \u201cno\u201d, \u201cnever\u201d and ".encode() + b"\xe9."}
    for name, content in files.items():
        write(f"any/{name}", content)
    write("any/broken.pdf", b"%PDF-1.7 nothing")
    total = archive("any", "any-out")
    expected = madai("read", "--json", *(f"any/{name}" for name in files)).splitlines()
    assert sorted(rows("any-out", "readings", "reading")) == sorted(expected), total
    # The page that lies in the letter is the page beside it.
    assert dict(rows("any-out", "documents", "id", "format")) == {
        "page.html": "html", "latin.txt": "charset", "rich.rtf": "rtf", "letter.eml": "mail", "broken.txt": "text"}
    paths = [path for sha256, path in rows("any-out", "found", "sha256", "path")]
    assert "letter.eml/page.html" in paths and "page.html" in paths, paths
    refused = dict(rows("any-out", "refused", "path", "reason"))
    assert set(refused) == {"broken.pdf", "letter.eml/noise.bin"}, refused
    assert (total.documents, total.refused) == (len(files), 2)
    assert archive("any", "any-out")[:2] == (0, 0)
    # They enter a case under the hashes of their originals.
    output = Output(SPARK, "any-out")
    total, _, matches = find.find(output, output.reader(), find.Wanted(None, None, None, None, None, "the", 0.0, False), 9, 1)
    madai("init", "any.madai")
    os.environ.update(ENVIRONMENT)
    assert find.into(output, output.reader(), matches, "any.madai", MADAI, lambda _: None) == total > 2
    listed = {one["name"]: one for one in map(json.loads, madai("list", "--json", "any.madai").splitlines())}
    assert listed["page.html"]["sha256"] == merkle.hashlib.sha256(PAGE).hexdigest(), listed
    assert listed["page.html"]["bytes"] == len(PAGE)
    madai("verify", "any.madai")


@test
def a_poisonous_document_is_refused_and_the_others_are_read():
    poison = ["crash", "abort", "exit", "memory", "spin", "sleep"]
    texts = [f"The police said that {number} men were shot in Kisumu." for number in range(DOCUMENTS - len(poison))]
    for number, word in enumerate(poison):
        texts.insert(number * len(texts) // len(poison) + 3, f"POISON {word}")
    write("poison.jsonl", "".join(json.dumps({"document": {"id": str(number)}, "text": text}) + "\n"
                                  for number, text in enumerate(texts)))
    total = archive("poison.jsonl", "poison-out", WELL._replace(library=POISON, seconds=2, memory=300 << 20))
    assert (total.documents, total.refused) == (DOCUMENTS - len(poison), len(poison)), total
    by_id = dict(rows("poison-out", "refused", "id", "reason"))
    reasons = {texts[int(id)].partition(" ")[2]: reason for id, reason in by_id.items()}
    assert reasons.pop("memory") in ("the reader died of SIGABRT", "out of memory"), reasons
    assert reasons == {"crash": "the reader died of SIGSEGV", "abort": "the reader died of SIGABRT",
                       "exit": "the reader ended with 7", "sleep": "the reader stood still for 4 seconds and was stopped",
                       "spin": "the reader took more than 2 seconds of CPU and was stopped"}, reasons
    ids = rows("poison-out", "documents", "id")
    assert sorted(map(int, ids)) == [number for number, text in enumerate(texts) if not text.startswith("POISON")]


@test
def a_machine_without_a_model_is_no_documents_fault():
    try:
        archive("again", "no-model-out", WELL._replace(model="/nowhere.model"))
        raise AssertionError("read without a model")
    except engine.Machine as why:
        assert "nowhere" in str(why)
    try:
        archive("nowhere", "no-model-out")
        raise AssertionError("read nothing")
    except engine.Machine as why:
        assert "no such file" in str(why)


@test
def what_matches_is_found():
    output = Output(SPARK, "again-out")
    nothing = find.Wanted(None, None, None, None, None, None, 0.0, False)

    def found(**wanted):
        total, shown, _ = find.find(output, output.reader("gazetteer"), nothing._replace(**wanted), 50, 1000)
        assert total == len(shown)
        return {one["id"]: one for one in shown}
    acts = [row[:2] for row in rows("again-out", "acts", "sha256", "act", "reader") if "gazetteer" in row[2]]
    ids = dict(rows("again-out", "documents", "sha256", "id"))
    assert set(found(act="killing")) == {ids[sha256] for sha256, act in acts if act == "killing"} != set()
    assert set(found(claim="deny")) and not found(claim="deny", act="invasion")
    assert set(found(text="LIVE ammunition")) >= {"police-statement.txt"} and not found(text="100% _")
    [hit] = found(text="LIVE ammunition")["police-statement.txt"]["findings"]
    text = pathlib.Path("again/police-statement.txt").read_bytes()
    assert text[hit["begin"]:].lower().startswith(b"live")
    assert "police-statement.txt" in found(actor="constabulary", claim="deny", date=("2019-05-14", "2019-05-14"))
    assert found(place="nakuru county") and not found(place="nakuru", date=("1999-01-01", "1999-12-31"))
    together = found(act="killing", place="nakuru", together=True)
    assert set(together) <= set(found(act="killing", place="nakuru"))
    assert all(hit["what"] == "act" for one in together.values() for hit in one["findings"])
    assert len(found(act="killing", sure=0.9)) <= len(found(act="killing"))
    for one in found(act="killing").values():
        main.told(one).encode("ascii", "replace")


@test
def what_matches_enters_a_case_and_proves_its_shard():
    output = Output(SPARK, "again-out")
    reader = output.reader("gazetteer")
    wanted = find.Wanted(None, "killing", None, None, None, None, 0.0, False)
    total, shown, matches = find.find(output, reader, wanted, 50, 5)
    madai("init", "case.madai")
    os.environ.update(ENVIRONMENT)
    assert find.into(output, reader, matches, "case.madai", MADAI, lambda _: None) == total
    find.into(output, reader, matches, "case.madai", MADAI, lambda _: None)
    listed = {one["sha256"]: one for one in map(json.loads, madai("list", "--json", "case.madai").splitlines())}
    roots = {one["shard"] for one in shown}
    assert {one["sha256"] for one in shown} <= set(listed) and len(listed) == total + len(roots)
    for one in shown:
        assert listed[one["sha256"]]["shard_root"] == one["shard"], listed[one["sha256"]]
    madai("verify", "case.madai")
    # The manifest that the ledger seals has the same root, and the document.
    madai("export", "--format", "json", "-o", "exported", "case.madai")
    exported = [json.loads(line) for line in pathlib.Path("exported/readings.jsonl").read_text().splitlines()]
    read_there = {one["document"]["sha256"]: one for one in exported}
    readings = {sha256: json.loads(one) for sha256, one, who in rows("again-out", "readings", "sha256", "reading", "reader")
                if who == reader}
    for sha256 in {one["sha256"] for one in shown}:
        assert read_there[sha256]["acts"] == readings[sha256]["acts"]
    for root in roots:
        lines_of = find.manifests(output, reader, output.table("documents", reader).where(f"shard = '{root}'").select("shard"))
        text = merkle.manifest(reader, lines_of[root])
        assert merkle.check(text)[0] == root and merkle.hashlib.sha256(text.encode()).hexdigest() in listed


@test
def the_package_installs_and_says_its_schema():
    subprocess.run(["cp", "-r", spark_here.ROOT / "archive", "package"], check=True)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target",
                    "installed", "./package"], check=True, stdout=subprocess.DEVNULL)
    assert os.path.exists("installed/madai_archive/log4j2.properties")
    environment = os.environ | {"PYTHONPATH": os.path.abspath("installed")}
    words = [sys.executable, "installed/bin/madai-archive"]
    told = subprocess.run([*words, "schema"], env=environment, capture_output=True, text=True, check=True).stdout
    assert "**claims**: who says what" in told
    for wrong in (["find", "x"], ["read", "x"], ["find", "x", "--together", "--text", "y"], ["no"],
                  ["find", "x", "--date", "May"]):
        done = subprocess.run([*words, *wrong], env=environment, capture_output=True)
        assert done.returncode == 2, (wrong, done)


if __name__ == "__main__":
    tap.main()
