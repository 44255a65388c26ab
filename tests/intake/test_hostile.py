#!/usr/bin/env python3
"""Files that are made to do harm: each is read or refused with its reason,
within its limits, and the program goes on; prints TAP.

    test_hostile.py MADAI MODEL SOURCE-ROOT
"""
import json
import pathlib
import random
import resource
import subprocess
import sys
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import recipes
import tap
from tap import test
from the_program import ENVIRONMENT, MADAI, file, run, well

ENVIRONMENT["MADAI_MODEL"], ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
tap.enter()
WORDS = ["The police denied it on Monday, the party said, and a witness spoke of four dead."] * 3


def whole_files():
    """One of each kind, to be cut and bent."""
    return {"html": recipes.page_of(WORDS), "mht": recipes.mhtml(recipes.page_of(WORDS)),
            "docx": recipes.docx_of(WORDS), "odt": recipes.odt_of(WORDS), "pdf": recipes.pdf_of(WORDS * 9, 2, "Head"),
            "eml": recipes.eml("Words.", [("a.html", "<p>x</p>")]),
            "rtf": recipes.rtf(WORDS), "warc": recipes.warc({"https://e.org/a": recipes.page_of(WORDS)}),
            "zip": recipes.packed({"a.txt": b"x" * 99, "b.html": recipes.page_of(WORDS)}),
            "mbox": b"From x Tue\n" + recipes.eml("Words.").replace(b"\r", b""), "txt": ("é" * 50 + "x").encode("utf-16")}


def cut_and_bent():
    """Truncations, and bytes that are others (seeded)."""
    chance = random.Random(8)
    for kind, whole in whole_files().items():
        for i in range(10):
            yield f"cut-{i}.{kind}", whole[:len(whole) * (i + 1) // 11]
        for i in range(10):
            bent = bytearray(whole)
            for _ in range(1 + len(bent) // 200):
                bent[chance.randrange(len(bent))] = chance.randrange(256)
            yield f"bent-{i}.{kind}", bytes(bent)


def bombs():
    big = b"A" * (1 << 26)
    body = b'<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>'
    end = b"</w:t></w:r></w:p></w:body></w:document>"
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]><w:document>&j;</w:document>"
    outside = ('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
               "<w:document><w:p><w:t>&x;</w:t></w:p></w:document>")
    yield "zip-bomb.docx", recipes.packed({"word/document.xml": body + big + end})
    yield "laughs.docx", recipes.packed({"word/document.xml": laughs})
    yield "outside.docx", recipes.packed({"word/document.xml": outside})
    yield "deep.docx", recipes.packed({"word/document.xml": "<w:p>" * 100000})
    yield "laughs.odt", recipes.odt("", **{"content.xml": laughs})
    yield "many.docx", recipes.packed({f"word/{i}.xml": b"x" for i in range(3000)} | {"word/document.xml": body + end})
    yield "twice.docx", recipes.docx_of(WORDS) + recipes.docx_of(WORDS)
    yield "path.docx", recipes.packed({"../../../../etc/passwd": b"x", "word/document.xml": body + b"x" + end})
    yield "no-text.docx", recipes.packed({"word/document.xml": b""})
    stream = zlib.compress(big)
    yield "stream-bomb.pdf", (b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>"
                              b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Filter"
                              b"/FlateDecode/Length %d>>stream\n" % len(stream) + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>")
    yield "loop.pdf", (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 9/Kids[2 0 R]/Parent 2 0 R>>"
                       b"endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF")
    yield "count.pdf", recipes.pdf_of(WORDS).replace(b"/Count 1", b"/Count 2147483647")
    yield "negative.pdf", recipes.pdf_of(WORDS).replace(b"/Count 1", b"/Count -5")
    yield "xref.pdf", recipes.pdf_of(WORDS).replace(b"0000000009", b"9999999999")
    yield "huge-page.pdf", recipes.pdf_of(WORDS).replace(b"595 842", b"1e308 1e308")
    yield "far.pdf", recipes.pdf([[(1e30, -1e30, 1e20, "Far away."), (72, 700, 1e-9, "Small.")]])
    yield "depth.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 100000 + b"endobj\ntrailer<</Root 1 0 R>>"
    yield "script.pdf", recipes.pdf_of(WORDS).replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction<</S/JavaScript/JS(app.alert(1))>>")


def pages():
    yield "deep.html", b"<!doctype html>" + b"<div>" * 200000
    yield "fonts.html", b"<!doctype html>" + b"<font><b>" * 400 + b"x"
    yield "formatting.html", b"<!doctype html><p>" + b"<b><i><u>" * 160 + b"<p>x" * 20000
    yield "table.html", b"<!doctype html>" + b"<table><td>" * 250
    yield "select.html", b"<!doctype html><select>" + b"<option>x" * 100000
    yield "attributes.html", b"<!doctype html><p " + b" ".join(b"a%d=1" % i for i in range(20000)) + b">x"
    yield "entities.html", b"<!doctype html><p>" + b"&#1114112;&#0;&#xD800;&bogus;&amp" * 10000
    yield "comment.html", b"<!doctype html><!--" + b"-" * 1000000
    yield "null.html", b"<!doctype html>\0\0<p>Police\0 spoke.</p>" * 100
    yield "bidi.html", "<!doctype html><p>Police \u202edeined\u202c it \u2066here\u2069.</p>".encode()
    yield "json.html", b'<!doctype html><script type="application/ld+json">' + b"[" * 100000 + b"</script><p>Police spoke."
    yield "classes.html", b"<!doctype html><p class='" + b"aB-c_" * 50000 + b"'>Police spoke of it.</p>"
    yield "charset.html", b"<!doctype html><meta charset=\"" + b"x" * 5000 + b"\"><p>caf\xe9 police"
    yield "svg.html", b"<!doctype html><svg><math><mi><p><annotation-xml>" * 60 + b"Police"


def messages():
    parts = b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (i, i + 1) for i in range(2000))
    head = b"MIME-Version: 1.0\r\nFrom: a@b\r\nMessage-ID: <1@b>\r\n"
    yield "nested.eml", head + b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n" + parts
    yield "no-end.eml", head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nPolice"
    yield "long-line.eml", head + b"Subject: " + b"x" * 2000000 + b"\r\n\r\nPolice"
    yield "heads.eml", head + b"X-A: b\r\n" * 100000 + b"\r\nPolice"
    yield "to.eml", head + b"To: " + b"a@b, " * 50000 + b"\r\n\r\nPolice"
    yield "encoded.eml", head + b"Subject: =?utf-8?b?" + b"/w==" * 10000 + b"?= =?x-none?q?=00=1b?=\r\n\r\nPolice"
    yield "base64.eml", head + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"//79" * 50000
    yield "parts.eml", head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: x/y\r\n\r\nz\r\n" * 12000
    yield "name.eml", recipes.eml("x", [("../../../../../etc/cron.d/x\x1b[31m", "boom")])
    yield "quoted.eml", recipes.eml(">" * 100000 + "\n" + "> > " * 50000)
    yield "from.mbox", b"From x\nMessage-ID: <1@b>\nFrom: a@b\n\n" + b"\nFrom x\n" * 12000
    yield "no-page.mht", recipes.mhtml(b"x").replace(b"text/html", b"text/plain")
    yield "loop.eml", head + b"Content-Type: message/rfc822\r\n\r\n" * 500


def others():
    chance = random.Random(9)
    page = recipes.page_of(WORDS)
    yield "pdf-page.html", b"%PDF-1.4\n" + page
    yield "page-zip.docx", page + recipes.docx_of(WORDS)
    yield "zip.pdf", recipes.docx_of(WORDS)[:4] + recipes.pdf_of(WORDS)
    yield "half.txt", b"\xff\xfe\x41"
    yield "surrogates.txt", b"\xff\xfe" + b"\x00\xd8" * 5000
    yield "wide.txt", b"\xff\xfe\0\0" + b"\xff\xff\xff\xff" * 5000
    for i in range(6):
        yield f"noise-{i}.pdf", b"%PDF-1.7\n" + chance.randbytes(20000)
        yield f"noise-{i}.docx", b"PK\x03\x04word/document.xml" + chance.randbytes(5000)
        yield f"noise-{i}.html", b"<!doctype html>" + chance.randbytes(20000)
        yield f"noise-{i}.txt", b"\xfe\xff" + chance.randbytes(20000)


def archives():
    big = b"A" * (1 << 26)
    yield "bomb.zip", recipes.packed({"a.txt": big})
    yield "bomb.gz", zlib.compress(big, wbits=31)
    yield "path.zip", recipes.packed({"../../../../tmp/madai-escaped": b"x", "/etc/madai-escaped": b"y"})
    yield "many.zip", recipes.packed({str(i): b"x" for i in range(11000)})
    yield "names.zip", recipes.packed({"x" * 60000: b"x", "\x1b[31m": b"y"})
    yield "length.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"
    yield "chunks.warc", (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                          b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n-5\r\nxx\r\n")
    yield "none.warc", b"WARC/1.1\r\n" + b"X: y\r\n" * 100000
    yield "deep.rtf", b"{\\rtf1 " + b"{\\b x" * 100000
    yield "binary.rtf", b"{\\rtf1 \\bin2147483647 x\\bin-5 y\\u99999999? \\uc-1\\u-70000?}"
    yield "close.rtf", b"{\\rtf1 x" + b"}" * 100000 + b"\\par y"


def corpus():
    for family in (cut_and_bent, bombs, archives, pages, messages, others):
        yield from family()


@test
def every_hostile_file_is_read_or_refused_and_the_parent_goes_on():
    names = [file(name, content) for name, content in corpus()]
    assert len(names) >= 200 and len(set(names)) == len(names), len(names)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run([MADAI, "convert", "--json", *names], capture_output=True, env=ENVIRONMENT, timeout=800)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode in (0, 1), (process.returncode, process.stderr.decode()[-400:])
    told = [json.loads(line)["document"]["id"] for line in process.stdout.decode().splitlines()]
    reasons = {line.split(": ")[1]: line for line in process.stderr.decode().splitlines() if line.startswith("madai: ")}
    for name in names:
        assert (name in told) != (name in reasons), (name, name in told, reasons.get(name))
    bad = {name: words for name, words in reasons.items() if "may not and was stopped" in words or "broke a rule" in words}
    assert not bad, bad
    print(f"# {len(names)} files, {len(told)} read, {after.ru_utime - before.ru_utime:.1f} s,",
          f"at most {after.ru_maxrss >> 10} MiB", flush=True)


@test
def what_they_claim_and_carry_does_no_harm():
    passwords = pathlib.Path("/etc/passwd").read_text().splitlines()[0]
    for name in ("outside.docx", "laughs.docx", "path.docx"):
        assert passwords not in run("convert", name).stdout.decode()
    assert "declares entities" in run("convert", "laughs.docx").stderr.decode()
    assert "\u202e" not in run("convert", "bidi.html").stdout.decode()
    members = json.loads(well("convert", "--json", "name.eml"))["members"]
    assert members[0]["bytes"] == 4 and "\x1b" not in members[0]["name"], members
    assert not pathlib.Path("/etc/cron.d/x").exists()
    assert not pathlib.Path("/etc/madai-escaped").exists() and not pathlib.Path("/tmp/madai-escaped").exists()


@test
def a_bomb_is_told_as_one():
    for name, why in (("zip-bomb.docx", "bomb"), ("bomb.zip", "times its size"), ("deep.html", "512 deep"), ("deep.docx", "too deep")):
        begin = time.monotonic()
        assert why in run("convert", name).stderr.decode(), name
        assert time.monotonic() - begin < 60


if __name__ == "__main__":
    tap.main()
