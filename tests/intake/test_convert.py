#!/usr/bin/env python3
"""Files of all kinds become texts with a map; prints TAP.

    test_convert.py MADAI MODEL SOURCE-ROOT
"""
import gzip
import hashlib
import io
import json
import pathlib
import re
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import recipes
import tap
from tap import test
from the_program import ENVIRONMENT, file, refused, run, well

ENVIRONMENT["MADAI_MODEL"], ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
tap.enter()

EXAMPLES = sorted(pathlib.Path(ROOT, "examples").glob("*.txt"))
PARAGRAPHS = ["Police in Nakuru denied on Monday that officers had shot four marchers on Kenyatta Avenue.",
              "A witness said she had seen “two officers” fire into the crowd at about 4 p.m. before they left.",
              "The hospital’s press note speaks of gunshot wounds; the Commandant-General rejects that."]
TEXT = "\n\n".join(PARAGRAPHS)


def paragraphs_of(path):
    return [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", path.read_text()) if piece.strip()]


def conversion(name, content):
    return json.loads(well("convert", "--json", file(name, content)))


def words(text):
    return re.findall(r"\w+", text)


def told(result, name):
    return [fact["value"] for fact in result["metadata"] if fact["name"] == name]


def in_common(a, b):
    """Length of the longest common subsequence (Hunt and Szymanski 1977)."""
    import bisect
    places, ends = {}, []
    for place, word in enumerate(b):
        places.setdefault(word, []).insert(0, place)
    for word in a:
        for place in places.get(word, []):
            at = bisect.bisect_left(ends, place)
            ends[at:at + 1] = [place]
    return len(ends)


def holds_together(result):
    """The map is in order, within the text, on borders; of text that is clean."""
    text = result["text"].encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result["text"])
    before = 0
    for piece in result.get("map", []):
        begin, end = piece["span"]
        assert before <= begin < end <= len(text), piece
        assert text[before:begin].strip() == b"" or "box" in piece, text[before:begin]
        text[begin:end].decode()
        before = end
    assert text[before:].strip() == b""
    return result


@test
def every_format_gives_the_same_words():
    for name, content in {
        "a.html": recipes.page_of(PARAGRAPHS), "a.mhtml": recipes.mhtml(recipes.page_of(PARAGRAPHS)),
        "a.docx": recipes.docx_of(PARAGRAPHS), "a.odt": recipes.odt_of(PARAGRAPHS),
        "a.pdf": recipes.pdf_of(PARAGRAPHS), "a.rtf": recipes.rtf(PARAGRAPHS), "a.eml": recipes.eml(TEXT),
        "utf16.txt": TEXT.encode("utf-16"), "utf16be.txt": TEXT.encode("utf-16-be"),
        "windows.txt": TEXT.encode("cp1252")}.items():
        result = holds_together(conversion(name, content))
        assert result["text"].endswith(TEXT), (name, result["text"])
        assert result["document"]["sha256"] == hashlib.sha256(content).hexdigest()


@test
def the_examples_come_back_from_every_format():
    for path in EXAMPLES:
        paragraphs = paragraphs_of(path)
        gold = words(" ".join(paragraphs))
        for kind, make in {"html": recipes.page_of, "docx": recipes.docx_of, "odt": recipes.odt_of,
                           "rtf": recipes.rtf, "pdf": recipes.pdf_of}.items():
            found = words(holds_together(conversion(f"x.{kind}", make(paragraphs)))["text"])
            share = in_common(gold, found) / len(gold)
            assert share >= 0.995, (path.name, kind, share)


@test
def columns_are_read_one_after_the_other():
    paragraphs = [piece for path in EXAMPLES for piece in paragraphs_of(path)]
    gold = words(" ".join(paragraphs))
    for columns in (2, 3):
        result = holds_together(conversion("columns.pdf", recipes.pdf_of(paragraphs, columns, "The Valley Post")))
        assert in_common(gold, words(result["text"])) / len(gold) >= 0.97
        assert "Valley Post" not in result["text"] and "Page 2 of" not in result["text"]
        assert "The Valley Post" in told(result, "running head")
        assert {piece["page"] for piece in result["map"]} > {1, 2}


@test
def a_line_of_a_page_is_found_by_its_box():
    result = conversion("box.pdf", recipes.pdf([[(72, 700, 12, "Police denied it."), (72, 640, 12, "A witness did not.")]]))
    first, second = result["map"]
    left, top, right, bottom = first["box"]
    assert 715 <= left <= 725 and 1290 <= top <= 1345 and bottom > top and right > left, first
    assert second["page"] == 1 and second["box"][1] > bottom and second["paragraph"] == 2


@test
def hyphens_at_the_end_of_lines_are_undone_and_others_kept():
    lines = ["He said that the demon-", "strators came, and that the well-", "known officer, a well-known",
             "man, was there with his peo-", "ple on that day, as all of them say."]
    result = conversion("hyphen.pdf", recipes.pdf([[(72, 700 - 14 * i, 11, line) for i, line in enumerate(lines)]]))
    assert "the demonstrators came, and that the well-known officer" in result["text"], result["text"]
    assert "his people on" in result["text"]


@test
def footnotes_stand_behind_the_text():
    lines = [(72, 700 - 14 * i, 11, f"Line {i} of a text that goes on about the march and") for i in range(30)]
    result = conversion("notes.pdf", recipes.pdf([lines + [(72, 80, 7, "1 See the press note of the hospital.")],
                                                  [(72, 700, 11, "the second page of it.")]]))
    assert result["text"].endswith("1 See the press note of the hospital."), result["text"][-200:]
    assert result["map"][-1]["kind"] == "footnote" and result["map"][-1]["page"] == 1


@test
def a_table_of_a_page_keeps_its_rows():
    rows = [("Town", "Killed", "Injured"), ("Nakuru", "4", "11"), ("Molo", "2", "7"), ("Njoro", "0", "3")]
    lines = [(72 + 150 * j, 600 - 15 * i, 10, cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    result = conversion("table.pdf", recipes.pdf([[(72, 700, 10, "The party counts the dead of May in this table:")] + lines]))
    assert "Nakuru | 4 | 11" in result["text"] and "Njoro | 0 | 3" in result["text"], result["text"]


@test
def what_word_keeps_beside_the_text_is_apart_and_marked():
    p, table = recipes.word_paragraph, recipes.word_table
    body = (p("Statement on Nakuru", style="Title") + p("The party said that four people were killed.") +
            p("First", is_item=True) + p("Second", is_item=True) +
            p("Police ", "<w:ins w:author='O'>" + recipes.run_of("strongly ") + "</w:ins>",
              "<w:del w:author='Wanjiru'><w:r><w:delText>never </w:delText></w:r></w:del>", "denied it.") +
            table(("Town", "Killed"), ("Nakuru", "4")))
    result = holds_together(conversion("word.docx", recipes.docx(
        body, footnotes="<w:footnote w:type='separator' w:id='0'>" + p("x") + "</w:footnote><w:footnote w:id='2'>" +
        p("See annex 3.") + "</w:footnote>", comments="<w:comment w:author='Legal'>" + p("Check this.") + "</w:comment>")))
    assert result["text"] == ("Statement on Nakuru\n\nThe party said that four people were killed.\n\nFirst\nSecond\n\n"
                              "Police strongly denied it.\n\nTown | Killed\nNakuru | 4\n\nSee annex 3.\n\n"
                              "[Comment by Legal] Check this.\n\n[Deleted by Wanjiru] never"), result["text"]
    text = result["text"].encode()
    kinds = {text[slice(*piece["span"])].decode().strip(): piece["kind"] for piece in result["map"]}
    assert kinds["strongly"] == "inserted" and kinds["Statement on Nakuru"] == "headline"
    assert kinds["See annex 3."] == "footnote" and kinds["[Deleted by Wanjiru] never"] == "deleted"
    assert told(result, "author") == ["M. Odera"] and told(result, "created") == ["2019-05-14T08:00:00Z"]


@test
def of_a_page_only_the_article_is_read():
    result = holds_together(conversion("page.html", (pathlib.Path(ROOT) / "tests/intake/page.html").read_bytes()))
    assert result["text"] == (pathlib.Path(ROOT) / "tests/intake/page.txt").read_text().rstrip("\n"), result["text"]
    assert told(result, "published")[0] == "2019-05-14T08:00:00+03:00" and told(result, "author") == ["Mary Odera"]
    assert any("left out" in warning for warning in result["warnings"])
    assert {"headline", "byline", "dateline", "caption", "bullet", "table", "post"} <= {x["kind"] for x in result["map"]}


@test
def the_date_of_a_page_dates_its_reading_and_says_so():
    page = recipes.page_of(PARAGRAPHS).replace(
        b"<title>", b'<meta property="article:published_time" content="2019-05-14T10:00:00Z"><title>')
    document = json.loads(well("read", "--json", file("dated.html", page)))["document"]
    assert (document["date"], document["date_from"]) == ("2019-05-14", "metadata"), document
    document = json.loads(well("read", "--json", "--date", "2019-06-01", "dated.html"))["document"]
    assert (document["date"], document["date_from"]) == ("2019-06-01", "given"), document


@test
def attachments_and_messages_are_documents_of_their_own():
    well("init", "mail.madai")
    inner = recipes.page_of(PARAGRAPHS).decode()
    file("mail.eml", recipes.eml("We attach our statement.", [("annex.html", inner), ("../../etc/x.txt", "Police spoke.")]))
    box = b"".join(b"From x@example.org Tue May 14 09:30:00 2019\n" + recipes.eml(f"Message {i} says that police lied.").replace(
        b"\r", b"") + b"\n" for i in range(3))
    file("all.mbox", box)
    lines = well("add", "--porcelain", "mail.madai", "mail.eml", "all.mbox").splitlines()
    names = [line.split(" ", 2)[2] for line in lines if line.startswith("added ")]
    assert names == ["mail.eml", "all.mbox", "mail.eml/annex.html", "mail.eml/../../etc/x.txt", "all.mbox/00001.eml",
                     "all.mbox/00002.eml", "all.mbox/00003.eml"], lines
    listed = {entry["name"]: entry for entry in map(json.loads, well("list", "--json", "mail.madai").splitlines())}
    assert "came in " + listed["mail.eml"]["sha256"] == listed["mail.eml/annex.html"]["note"], listed
    assert TEXT in well("show", "--text", "mail.madai", "mail.eml/annex.html")
    assert "everything holds" in well("verify", "mail.madai")
    assert "0 added, 2 known" in well("add", "mail.madai", "mail.eml", "all.mbox")


@test
def archives_are_opened_three_deep_and_what_lies_in_them_is_read():
    well("init", "archive.madai")
    page = recipes.page_of(PARAGRAPHS)
    crawled = gzip.compress(recipes.warc({"https://example.org/a": page, "https://example.org/b": page + b"<p>x"}))
    inner = recipes.packed({"letter.docx": recipes.docx_of(PARAGRAPHS)})
    for depth in range(4):
        inner = recipes.packed({f"deep{depth}.zip": inner, f"note{depth}.txt": f"Police said {depth}.".encode()})
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w:gz") as archive:
        for name, content in {"archive/data.warc.gz": crawled, "more.zip": inner}.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    lines = run("add", "--porcelain", "archive.madai", file("all.tar.gz", tarred.getvalue())).stdout.decode().splitlines()
    names = {line.split(" ", 2)[2]: line.split(" ")[0] for line in lines}
    assert names["all.tar.gz/archive/data.warc.gz/unpacked/https://example.org/a"] == "added", lines
    assert names["all.tar.gz/more.zip/note3.txt"] == "added" and names["all.tar.gz/more.zip/deep3.zip/note2.txt"] == "added"
    assert not any("note1" in name for name in names) and not any("link" in name for name in names), lines
    assert "everything holds" in well("verify", "archive.madai")


@test
def a_case_takes_what_people_have_and_keeps_what_it_cannot_read():
    well("init", "all.madai")
    files = {"page.html": recipes.page_of(PARAGRAPHS), "letter.docx": recipes.docx_of(PARAGRAPHS),
             "scan.pdf": recipes.pdf_of(PARAGRAPHS), "mail.eml": recipes.eml(TEXT), "song.ogg": b"OggS\0\0",
             "broken.docx": recipes.docx_of(PARAGRAPHS)[:300] + b"word/document.xml", "plain.txt": TEXT.encode()}
    for name, content in files.items():
        file(name, content)
    result = run("add", "--porcelain", "all.madai", *files)
    assert result.returncode == 1, result
    lines = result.stdout.decode().splitlines()
    unread = {line.split(" ", 3)[2]: line for line in lines if line.startswith("unread ")}
    assert set(unread) == {"song.ogg:", "broken.docx:"} and "sound recording" in unread["song.ogg:"], lines
    assert sum(line.startswith("added ") for line in lines) == 5
    listed = {entry["name"]: entry["sha256"] for entry in map(json.loads, well("list", "--json", "all.madai").splitlines())}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert "everything holds" in well("verify", "all.madai")
    assert "5 read" in run("reread", "--convert", "all.madai").stdout.decode()
    refused(2, "exclude", "reread", "--convert", "--unread", "all.madai")


@test
def what_was_kept_unread_is_converted_later():
    well("init", "later.madai")
    well("add", "--no-read", "later.madai", file("later.docx", recipes.docx_of(PARAGRAPHS)))
    assert "1 added, 0 known" in well("add", "later.madai", "later.docx")
    assert well("show", "--text", "later.madai", "later.docx").strip() == TEXT


@test
def wrong_usage_and_what_is_no_text_are_told():
    refused(2, "which FILE?", "convert")
    refused(2, "no option --jsno", "convert", "--jsno", "x")
    refused(1, "No such file", "convert", "absent.html")
    refused(1, "which madai does not read", "convert", file("a.mp3", b"ID3x"))
    refused(1, "is broken", "convert", file("a.png", b"\x89PNG\r\n\x1a\n"))
    refused(1, "no text in it", "convert", file("empty.html", "<!doctype html><html></html>"))
    refused(1, "nested more than 512 deep", "convert", file("deep.html", "<html>" + "<div>" * 600))
    refused(1, "broken", "convert", file("cut.pdf", b"%PDF-1.7\n1 0 obj"))
    assert "Usage: madai convert" in well("convert", "--help")


if __name__ == "__main__":
    tap.main()
