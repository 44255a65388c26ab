#!/usr/bin/env python3
"""The parts of madai-archive that need neither Java nor Spark; prints TAP.

    test_parts.py SOURCE-ROOT
"""
import ast
import contextlib
import gzip
import hashlib
import io
import json
import os
import pathlib
import random
import re
import sys
import zipfile

ROOT = pathlib.Path(sys.argv[1]).resolve()
sys.path[:0] = [str(ROOT / "tests/tools"), str(ROOT / "archive")]
import tap
from tap import test

from madai_archive import convert, main, merkle, sources, tables
from madai_archive.library import DECLARATIONS
from madai_archive.reader import Refused
from madai_archive.shingles import shingles, words

tap.enter()
MOST = 10_000


def items(name, most=MOST):
    pieces = sources.pieces_of(name, name, os.path.getsize(name), True)
    return [one for piece in pieces for one in sources.expand(piece, most)]


def write(name, data):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    pathlib.Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def record(kind, block, **headers):
    head = {"WARC-Type": kind, **{key.replace("_", "-"): value for key, value in headers.items()},
            "Content-Length": len(block)}
    return ("WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in head.items())
            + "\r\n").encode() + block + b"\r\n\r\n"


def http(body, *fields):
    return ("HTTP/1.1 200 OK\r\n" + "".join(one + "\r\n" for one in fields) + "\r\n").encode() + body


@test
def the_declarations_are_those_of_the_header():
    header = re.sub(r"/\*.*?\*/|MADAI_API", "", (ROOT / "include/madai.h").read_text(), flags=re.S)
    header = re.sub(r"\s+", "", header)
    for line in re.sub(r"\s+", " ", DECLARATIONS).split("; "):
        words = re.sub(r"\s+", "", line).rstrip(";")
        if "(" in words and "madai_write(" not in words:
            assert words + ";" in header, line
    assert "typedefboolmadai_write(void*context,constchar*bytes,size_tlength);" in header
    assert "structmadai_given{constchar*id;constchar*date;};" in header
    assert "structmadai_error{int32_tkind;chartext[256];};" in header


@test
def a_file_is_a_document():
    [one] = items(write("a.txt", "All well."))
    assert (one.path, one.id, one.content, one.reason) == ("a.txt", "a.txt", b"All well.", None)
    assert one.sha256 == hashlib.sha256(b"All well.").hexdigest() and one.size == 9


@test
def a_file_that_is_too_long_or_gone_is_refused():
    [one] = items(write("long.txt", "x" * (MOST + 1)))
    assert "10001 bytes, more than 10000" in one.reason and one.content is None
    [one] = sources.expand(sources.Piece("none.txt", "none.txt", 1, "file", 0, 1, True), MOST)
    assert one.reason == "cannot be read: No such file or directory", one.reason


@test
def folders_are_walked_as_madai_add_does():
    for name in ("f/b.txt", "f/a/x.txt", "f/.hidden/y.txt", "f/.z", "f/a/_kept.txt"):
        write(name, "x")
    os.symlink("/etc", "f/link")
    assert [path for _, path, _ in sources.walk("f")] == ["b.txt", "a/_kept.txt", "a/x.txt"]
    write(b"f/caf\xe9.txt".decode("utf-8", "surrogateescape"), "x")
    assert "caf?.txt" in [path for _, path, _ in sources.walk("f")]


@test
def lines_are_taken_once_however_a_file_is_cut():
    random.seed(7)
    lines = [json.dumps({"document": {"id": f"d{n}"}, "text": "t" * random.randrange(60) + str(n)}) for n in range(99)]
    name = write("some.jsonl", "\n".join(lines))
    size = os.path.getsize(name)
    for parts in (1, 2, 7, 50, 400):
        found = [one for part in range(parts) for one in
                 sources.expand(sources.Piece(name, name, size, "lines", part, parts, True), MOST)]
        assert [one.id for one in found] == [f"d{n}" for n in range(99)], parts
        assert len({one.path for one in found}) == 99
    assert [one.id for one in items(write("some.jsonl.gz", gzip.compress("\n".join(lines).encode())))][98] == "d98"


@test
def a_line_says_what_is_wrong_with_it():
    for line, told in [
        ("{", "cannot be read"), ("5", "not a JSON object"), ('{"text": 5}', '"text" is missing'), ("{}", "missing"),
        ('{"text": "x", "text": "y"}', "twice"), ('{"text": "x", "document": []}', "no object"),
        ('{"text": "x", "document": {"id": 5}}', '"id" is no string'), ('{"text": NaN}', "NaN"),
        ('{"text": "x", "document": {"date": "2019-02-29"}}', "not a day"), ('{"text": "\\ud800"}', "surrogates"),
        ('{"text": "x", "document": {"id": "a\\u0000b"}}', "none"), ("[" * 9999, "cannot be read"),
    ]:
        [one] = items(write("bad.jsonl", line + "\n\n \n"))
        assert one.content is None and told in one.reason, (line[:50], one.reason)
    [one] = items(write("good.jsonl", '{"text": "x", "document": {"id": "i", "date": "2019-05-13T10:00Z"}}'))
    assert (one.id, one.date, one.media, one.reason) == ("i", "2019-05-13", "text", None)
    [one] = items(write("long.jsonl", '{"text": "' + "x" * 200_000 + '"}\n'), most=1000)
    assert "a line of more than" in one.reason
    [one] = items(write("long.jsonl", '{"text": "' + "x" * 2000 + '"}\n'), most=1000)
    assert "more than 1000" in one.reason and one.sha256 == hashlib.sha256(b"x" * 2000).hexdigest()


@test
def members_of_a_zip_are_documents():
    with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("one/b.txt", "B")
        out.writestr("one/.dot/c.txt", "C")
        out.writestr("bomb.txt", b"\0" * 5_000_000)
        out.mkdir("empty") if hasattr(out, "mkdir") else None
    found = {one.path: one for one in items("a.zip")}
    assert set(found) == {"a.zip#one/b.txt", "a.zip#bomb.txt"}
    assert found["a.zip#one/b.txt"].id == "b.txt" and found["a.zip#one/b.txt"].content == b"B"
    assert "more than 10000" in found["a.zip#bomb.txt"].reason
    parts = [one.path for part in range(3) for one in
             sources.expand(sources.Piece("a.zip", "a.zip", 9, "zip", part, 3, True), MOST)]
    assert sorted(parts) == sorted(found)


@test
def a_zip_that_lies_or_is_broken_is_refused():
    data = bytearray(pathlib.Path("a.zip").read_bytes())
    [one] = items(write("cut.zip", bytes(data[:-30])))
    assert one.reason.startswith("cannot be read")
    # A member that says it is short: no more than it says comes out.
    at = data.rfind(b"PK\x01\x02", 0, data.find(b"bomb.txt", data.find(b"PK\x01\x02")))
    data[at + 24:at + 28] = (100).to_bytes(4, "little")
    lying = {one.path: one for one in items(write("lying.zip", bytes(data)))}["lying.zip#bomb.txt"]
    assert lying.content is None and "cannot be read" in lying.reason, lying
    with zipfile.ZipFile("locked.zip", "w") as out:
        out.writestr("x.txt", "x")
    data = bytearray(pathlib.Path("locked.zip").read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    [one] = items(write("locked.zip", bytes(data)))
    assert one.reason == "it is encrypted"


@test
def records_of_a_warc_are_documents():
    page = record("response", http(b"5\r\nhello\r\n0\r\n\r\n", "Content-Type: text/plain", "Transfer-Encoding: chunked"),
                  WARC_Target_URI="http://x.org/1", Content_Type="application/http; msgtype=response",
                  WARC_Date="2020-01-02T03:04:05Z")
    packed = record("response", http(gzip.compress(b"packed"), "Content-Encoding: gzip"),
                    Content_Type="application/http;msgtype=response")
    gone = record("response", b"HTTP/1.1 404 Not Found\r\n\r\nno", Content_Type="application/http;msgtype=response")
    wet = record("conversion", b"plain", WARC_Target_URI="<http://x.org/2>", Content_Type="text/plain")
    all_of_them = [record("warcinfo", b"i"), page, record("request", b"GET"), packed, gone, wet,
                   record("resource", b"y" * (MOST + 1))]
    for name, data in (("a.warc", b"".join(all_of_them)), ("a.warc.gz", b"".join(map(gzip.compress, all_of_them)))):
        found = items(write(name, data))
        assert [one.content for one in found] == [b"hello", b"packed", b"plain", None], found
        assert [one.path for one in found] == [f"{name}#{number}" for number in (1, 3, 5, 6)]
        assert found[0].id == found[0].url == "http://x.org/1" and found[0].captured == "2020-01-02T03:04:05Z"
        assert found[2].url == "http://x.org/2" and found[2].media == "text/plain" and found[2].date == ""


@test
def a_broken_warc_gives_what_came_before():
    good = record("conversion", b"one", Content_Type="text/plain")
    for rest in (good[:-10], b"NONE\r\n\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"WARC/1.0\r\n\r\n",
                 b"WARC/1.0\r\n" + b"a" * 70_000, b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
                 b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx"):
        found = items(write("broken.warc", good + rest))
        assert found[0].content == b"one" and found[-1].reason.startswith("cannot be read: after "), (rest[:40], found)
    found = items(write("broken.warc.gz", gzip.compress(good) + gzip.compress(good)[:-12]))
    assert found[0].content == b"one" and "after " in found[-1].reason
    assert items(write("none.warc", b"")) == []


@test
def random_bytes_fail_no_reader_of_files():
    random.seed(11)
    good = {"x.warc": record("conversion", b"one") * 3, "x.jsonl": b'{"text": "a"}\n' * 4,
            "x.zip": pathlib.Path("a.zip").read_bytes()[:2000],
            "x.warc.gz": gzip.compress(record("response", http(b"x", "Content-Encoding: gzip"),
                                              Content_Type="application/http"))}
    for _ in range(400):
        name, data = random.choice(sorted(good.items()))
        data = bytearray(data)
        for _ in range(random.randrange(1, 6)):
            data[random.randrange(len(data))] = random.randrange(256)
        for one in items(write(name, bytes(data[:random.randrange(1, len(data) + 1)]))):
            assert (one.content is None) == (one.reason is not None)


# What stands for `madai convert`: says what a test put into $TOLD, or fails.
CONVERTER = """#!/bin/sh
mkdir "$4" && printf 'within' >"$4/1"
[ -n "$TOLD" ] && printf '%s' "$TOLD" && exit 0
printf 'madai: %s: this is a film\\n' "$5" >&2
exit 1
"""


def drawn(content, name="a.bin", media="", told=""):
    os.environ["TOLD"] = told
    program = write("converter", CONVERTER.encode())
    os.chmod(program, 0o755)
    try:
        with convert.text_of(os.path.abspath(program), content, name, media) as text:
            within = [(one, pathlib.Path(place).read_bytes()) for one, place in text.members]
            return text.content, text.date, text.format, within, text.reason
    except Refused as why:
        return str(why)


@test
def a_text_is_read_as_it_is_and_all_else_is_asked_about():
    plain = "The police denied it: caf\u00e9.\n".encode()
    assert drawn(plain) == (plain, "", "text", [], None)
    assert drawn(b"%PDF-1.7", media="text")[0] == b"%PDF-1.7"
    told = {"document": {"format": "html"}, "text": "He said \u201cno\u201d.", "members": [{"name": "a/b.txt"}],
            "metadata": [{"name": "published", "value": "14 May"}, {"name": "published", "value": "2019-05-14T10:00Z"}]}
    assert drawn(b"<p>", told=json.dumps(told)) == (
        "He said \u201cno\u201d.".encode(), "2019-05-14", "html", [("a/b.txt", b"within")], None)
    told["text"] = " \n"
    assert drawn(b"<p>", told=json.dumps(told))[0] is None and "only 1 files" in drawn(b"<p>", told=json.dumps(told))[4]
    # A few broken bytes: the text is the file's own bytes.
    broken = "caf\u00e9, caf\u00e9 ".encode() + b"\xe9"
    assert drawn(broken, told=json.dumps({"document": {"format": "text"}, "text": "?"}))[0] == broken
    assert drawn(b"\0\1\2") == "this is a film" and drawn(b"") == "this is a film"
    try:
        with convert.text_of("/nowhere/madai", b"<p>", "a.html", ""):
            raise AssertionError("drawn by nobody")
    except RuntimeError as why:
        assert "--madai" in str(why)


@test
def no_signature_that_madai_knows_is_taken_for_a_text():
    source = (ROOT / "src/intake/file_kind.c").read_text()
    found = re.findall(r'\{("(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*),\s*(\d+),\s*(\d+),\s*FILE_', source)
    assert len(found) > 20, found
    for words, length, offset in found:
        signature = b"".join(ast.literal_eval("b" + one) for one in re.findall(r'"(?:[^"\\]|\\.)*"', words))
        assert len(signature) == int(length), words
        content = b"a" * int(offset) + signature + b" and then words of a text.\n"
        assert not convert.is_plain(content), content
    for content in (b" <html>", b"\xef\xbb\xbf<!doctype html>", b"From: a\nTo: b\nMessage-Id: c\n\nd", b"From a\nX: b\n\n",
                    "caf\u00e9".encode("latin-1"), "a b".encode("utf-16-le"), b""):
        assert not convert.is_plain(content), content


@test
def the_root_is_that_of_rfc_6962():
    def slow(leaves):
        if len(leaves) == 1:
            return hashlib.sha256(b"\0" + leaves[0].encode()).digest()
        split = 1
        while split * 2 < len(leaves):
            split *= 2
        return hashlib.sha256(b"\1" + slow(leaves[:split]) + slow(leaves[split:])).digest()
    for count in range(1, 70):
        lines = sorted(f"line {number:03}" for number in range(count))
        assert merkle.root(reversed(lines)) == slow(lines).hex(), count
    assert merkle.root([]) == hashlib.sha256(b"").hexdigest()


@test
def a_manifest_that_was_touched_is_found_out():
    lines = [merkle.leaf_line(f"{n:064x}", f"{n + 1:064x}", f"{n + 2:064x}") for n in range(9)]
    lines.append(merkle.leaf_line("f" * 64, None, None))
    text = merkle.manifest("madai 0.1.0", lines)
    assert merkle.check(text) == (merkle.root(lines), 10)
    write("m.txt", text)
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert main.run(main.parser().parse_args(["check", "m.txt"])) == 0
    assert told.getvalue() == f"{merkle.root(lines)}  10 documents\n"
    for touched in (text.replace("refused", "refusee"), text.replace(lines[3] + "\n", ""),
                    text + lines[0] + "\n", text.replace("root ", "root 0"), text[30:], ""):
        try:
            merkle.check(touched)
            raise AssertionError(touched)
        except ValueError:
            pass
    write("m.txt", text.replace("refused", "refusee"))
    with contextlib.redirect_stderr(io.StringIO()):
        assert main.run(main.parser().parse_args(["check", "m.txt"])) == 3


@test
def invalid_bytes_keep_places():
    for content in (b"a\xe2\x82b", b"\xff\xfe", b"ok \xf0\x9f\x98", "caf\u00e9".encode()):
        text = tables.clean_text(content)
        assert len(text.encode()) == len(content), content


@test
def rows_say_what_the_reading_says():
    text = "The police denied that Ana Moyo was shot in Molo on Monday."
    reading = {"document": {"sha256": "0" * 64, "issuer": "a1", "addressee": ["a2"]}, "sentences": [[0, 59]],
               "names": [{"span": [23, 31], "type": "person", "actor": "a2"}],
               "actors": [{"id": "a1", "name": "police", "type": "organisation", "class": "police",
                           "roles": [{"title": "guard", "of": "a2"}], "mentions": [[0, 10]], "confidence": 0.5},
                          {"id": "a2", "name": "Ana Moyo", "mentions": []}],
               "claims": [{"id": "c1", "act": "deny", "source": [[0, 10]], "cue": [[11, 17]],
                           "content": [[18, 22], [32, 58]], "speaker": "a1"}],
               "acts": [{"id": "i1", "act": "shooting", "trigger": [[36, 40]], "time": ["t1", "t2"], "place": "p1",
                         "perpetrators": [{"span": [[0, 10]]}], "victims": [{"span": [[23, 31]], "actor": "a2"}]}],
               "times": [{"id": "t1", "span": [[52, 58]], "first": "2019-05-13", "last": "2019-05-13"},
                         {"id": "t2", "span": [[52, 58]], "first": "2019-05-12", "last": "2019-05-14"}],
               "places": [{"id": "p1", "span": [[44, 48]], "name": "Molo", "within": ["Nakuru County", "Kenya"]}],
               "figures": [{"id": "f1", "span": [[0, 3]], "min": 4}],
               "interventions": [{"id": "v1", "span": [[0, 3]], "kind": "letter", "by": [{"span": [[0, 10]]}],
                                  "time": "t1", "response": {"status": "none"}}],
               "citations": [{"span": [[0, 3]], "instrument": "Rome Statute", "provision": "7"}]}
    found = dict(zip(tables.FINDINGS, tables.Rows(text, reading).findings()))
    named = {table: [dict(zip((name for name, _, _ in tables.FINDINGS[table]), row, strict=True)) for row in rows]
             for table, rows in found.items()}
    claim, act = named["claims"][0], named["acts"][0]
    assert claim["source"] == "The police" and claim["content"] == "that … was shot in Molo on Monday"
    assert (claim["begin"], claim["end"], claim["speaker_name"]) == (0, 58, "police")
    assert act["perpetrators"] == ["The police"] and act["victims"] == ["Ana Moyo"]
    assert act["places"] == ["Molo", "Nakuru County", "Kenya"]
    assert (act["first"], act["last"]) == ("2019-05-12", "2019-05-14")
    assert named["actors"][0]["roles"] == ["guard, Ana Moyo"] and named["names"][0]["quote"] == "Ana Moyo"
    assert named["figures"][0]["min"] == 4.0 and named["figures"][0]["max"] is None
    assert named["interventions"][0]["status"] == "none"
    item = sources.item("a.txt", text.encode())
    row = tables.row_of(3, item, convert.Text(text.encode(), "", "text"), json.dumps(reading).encode())
    assert len(row) == len(tables.PASSED_ON) == len(tables.row_of_refused(3, item, "why"))
    assert row[tables.PASSED_ON.index("issuer")] == "police" and row[tables.PASSED_ON.index("sentences")] == 1


@test
def the_schema_is_documented():
    told = (ROOT / "docs/archive.md").read_text()
    assert tables.markdown() in told, "docs/archive.md: put in what `madai-archive schema` prints"


@test
def ranges_of_dates_are_days():
    for word, first, last in [("2019", "2019-01-01", "2019-12-31"), ("2019-05", "2019-05-01", "2019-05-31"),
                              ("2019-05-13..2019-06", "2019-05-13", "2019-06-31"), ("..2019", "0001-01-01", "2019-12-31"),
                              ("2019-02..", "2019-02-01", "9999-12-31")]:
        assert main.dates(word) == (first, last), word
    for word in ("19", "2019-13", "2019-02-30", "2020..2019", "May"):
        try:
            main.dates(word)
            raise AssertionError(word)
        except main.argparse.ArgumentTypeError:
            pass


@test
def words_are_folded_as_linking_folds_them():
    assert list(words("O'Brien paid 3,200.50, caf\u00e9!")) == ["O", "Brien", "paid", "3,200.50", "caf\u00e9"]
    plain = "the march on kenyatta avenue was met with tear gas by the police"
    assert shingles(plain) == shingles("The MARCH on Kenyatt\u00e1 Avenue was met, with tear-gas by the Police.")
    assert shingles("four words are few") == ([], 0)
    kept, total = shingles(" ".join(f"w{number}" for number in range(1004)))
    assert total == 1000 and 200 < len(kept) < 300 and all(value & 3 == 0 for value in kept)


if __name__ == "__main__":
    tap.main()
