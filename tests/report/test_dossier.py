#!/usr/bin/env python3
"""Dossiers, chronologies and matrices of a case; prints TAP.

    test_dossier.py MADAI SOURCE-ROOT

The case is a matter of the corpus, whose readings people made, so that no
test depends on what a network finds.
"""
import csv
import hashlib
import html.parser
import io
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import tap
from tap import test
from the_program import file, refused, run, well

ROOT = pathlib.Path(sys.argv[2]).resolve()
tap.enter()
MATTERS = ["afungi-gas", "alacakaya-chrome"]
TEMPLATES = ["plain", "article-15", "oversight", "african-commission", "press"]
FORMATS = ["md", "html", "docx", "pdf", "csv"]
PART = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = {}


def case():
    """A case of two matters: all findings, none of them reviewed."""
    if not pathlib.Path("ready.madai").exists():
        subprocess.run([sys.executable, str(ROOT / "corpus" / "build"), "-o", ".", *MATTERS], check=True,
                       capture_output=True)
        lines = [line for name in ("train.jsonl", "dev.jsonl") if pathlib.Path(name).exists()
                 for line in pathlib.Path(name).read_text().splitlines()]
        file("readings.jsonl", "".join(line + "\n" for line in lines))
        for line in lines:
            data = json.loads(line)["text"].encode()
            TEXTS[hashlib.sha256(data).hexdigest()] = data
        well("init", "ready.madai")
        well("add", "ready.madai", "--readings", "readings.jsonl")
    shutil.copy("ready.madai", "case.madai")
    return "case.madai"


def made(*words):
    """What the command writes to standard output, as bytes."""
    result = run(*words)
    assert result.returncode == 0, (words, result.stderr.decode())
    return result.stdout


class Page(html.parser.HTMLParser):
    """Sentences with their notes, and the passages of notes."""

    def __init__(self, words):
        super().__init__()
        self.sentences, self.quotes, self.numbered = [], [], []
        self.depth, self.into, self.quote, self.paragraph = 0, None, None, None
        self.feed(words)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "span":
            if told.get("class") == "finding":
                self.into = {"words": "", "notes": 0, "depth": self.depth}
            self.depth += 1
        elif tag == "a" and self.into is not None:
            self.into["notes"] += 1
        elif tag == "q":
            self.quote = (told, [])
        elif tag == "p":
            self.paragraph = {"words": "", "outside": ""} if told.get("class") == "numbered" else None

    def handle_endtag(self, tag):
        if tag == "span":
            self.depth -= 1
            if self.into is not None and self.into["depth"] == self.depth:
                self.sentences.append(self.into)
                self.into = None
        elif tag == "q":
            self.quotes.append((self.quote[0], "".join(self.quote[1])))
            self.quote = None
        elif tag == "p" and self.paragraph is not None:
            self.numbered.append(self.paragraph)
            self.paragraph = None

    def handle_data(self, data):
        if self.quote is not None:
            self.quote[1].append(data)
        if self.into is not None:
            self.into["words"] += data
        elif self.paragraph is not None:
            self.paragraph["outside"] += data


def accept_all(name, words=()):
    rows = sqlite3.connect(name).execute("SELECT key FROM finding ORDER BY id").fetchall()
    keys = [key for key, in rows if key[0] not in words]
    for at in range(0, len(keys), 200):
        well("accept", name, *keys[at:at + 200])


@test
def every_sentence_of_every_template_has_a_passage():
    name = case()
    for template in TEMPLATES:
        page = Page(made("dossier", "-t", template, "--format", "html", "--include-unreviewed", name).decode())
        assert len(page.sentences) > 100, template
        for sentence in page.sentences:
            assert sentence["notes"] >= 1, (template, sentence)


@test
def a_paragraph_of_facts_has_nothing_but_such_sentences():
    name = case()
    accept_all(name)
    page = Page(made("dossier", "-t", "plain", "--format", "html", name).decode())
    assert len(page.numbered) > 40
    for paragraph in page.numbered:
        assert re.fullmatch(r"[\d.\s]*", paragraph["outside"]), paragraph


@test
def a_note_quotes_the_bytes_of_the_text():
    name = case()
    for words in (["dossier", "-t", "article-15"], ["chronology"], ["matrix"]):
        page = Page(made(*words, "--format", "html", "--include-unreviewed", name).decode())
        assert len(page.quotes) > 50, words
        for told, quote in page.quotes:
            data = TEXTS[told["data-text"]]
            begin, end = int(told["data-begin"]), int(told["data-end"])
            assert data[begin:end].decode() == quote, (told, quote)


@test
def the_table_quotes_them_too_and_is_strict_csv():
    name = case()
    words = made("dossier", "-t", "plain", "--format", "csv", "--include-unreviewed", name).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(words, newline=""), strict=True))
    assert len(rows) > 200
    for row in rows:
        data = TEXTS[row["text_sha256"]][int(row["begin"]):int(row["end"])].decode()
        # An apostrophe guards what a spreadsheet would take for a formula.
        assert row["quote"] in (data, "'" + data), row
        assert row["reviewed"] == "no" or "word of" not in row["sentence"]


@test
def one_altered_bit_stops_the_print_and_is_named():
    name = case()
    with sqlite3.connect(name) as raw:
        identity, data = raw.execute("SELECT id, bytes FROM chunk ORDER BY id LIMIT 1").fetchone()
        document = raw.execute("SELECT d.name FROM text t JOIN document d ON d.id = t.document "
                               "WHERE t.content = ?", (identity >> 24,)).fetchone()[0]
        raw.execute("UPDATE chunk SET bytes = ? WHERE id = ?",
                    (data[:20] + bytes([data[20] ^ 1]) + data[21:], identity))
    for command in (["dossier", "-t", "plain"], ["chronology"], ["matrix"]):
        for form in FORMATS:
            result = run(*command, "--include-unreviewed", "--format", form, "-o", "never." + form, name)
            assert result.returncode == 3 and document in result.stderr.decode(), result
            assert not pathlib.Path("never." + form).exists()


@test
def a_passage_that_was_moved_is_named():
    name = case()
    with sqlite3.connect(name) as raw:
        key = raw.execute("SELECT key FROM finding WHERE kind = 'act' LIMIT 1").fetchone()[0]
        raw.execute('UPDATE finding SET "end" = "end" + 1 WHERE key = ?', (key,))
    refused(3, key, "dossier", "-t", "plain", "--include-unreviewed", name)


@test
def two_prints_of_one_state_are_the_same_bytes():
    name = case()
    for form in FORMATS:
        one = made("dossier", "-t", "article-15", "--include-unreviewed", "--format", form, name)
        assert one == made("dossier", "-t", "article-15", "--include-unreviewed", "--format", form, name), form
        assert len(one) > 10000, form


@test
def only_what_was_reviewed_is_printed():
    name = case()
    page = Page(made("dossier", "-t", "plain", "--format", "html", name).decode())
    assert page.sentences == [], page.sentences[:3]
    found = sqlite3.connect(name).execute(
        "SELECT key FROM finding WHERE kind = 'act' AND status = 'unreviewed' ORDER BY id LIMIT 2").fetchall()
    (wanted,), (unwanted,) = found
    well("accept", name, wanted)
    well("reject", name, unwanted)
    words = made("dossier", "-t", "plain", "--format", "csv", name).decode("utf-8-sig")
    told = {row["finding"] for row in csv.DictReader(io.StringIO(words, newline=""))}
    assert wanted in told and unwanted not in told, told
    assert "not reviewed" not in made("dossier", "-t", "plain", name).decode()
    whole = made("dossier", "-t", "plain", "--format", "csv", "--include-unreviewed", name).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(whole, newline="")))
    assert any(row["reviewed"] == "no" for row in rows)
    assert unwanted not in {row["finding"] for row in rows}


@test
def a_docx_has_its_notes_headings_and_tables():
    name = case()
    pathlib.Path("a.docx").write_bytes(
        made("dossier", "-t", "article-15", "--format", "docx", "--include-unreviewed", name))
    with zipfile.ZipFile("a.docx") as archive:
        assert archive.testzip() is None
        parts = {part: ElementTree.fromstring(archive.read(part)) for part in archive.namelist()}
    body, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    called = [one.get(PART + "id") for one in body.iter(PART + "footnoteReference")]
    there = [one.get(PART + "id") for one in notes.iter(PART + "footnote")]
    assert called == there[2:] and len(called) > 100
    styles = {one.get(PART + "styleId") for one in parts["word/styles.xml"].iter(PART + "style")}
    used = {one.get(PART + "val") for one in body.iter(PART + "pStyle")}
    assert used <= styles, used - styles
    assert {"Heading1", "Heading2", "NumberedParagraph", "TableText", "TOC1"} <= used
    anchors = {one.get(PART + "anchor") for one in body.iter(PART + "hyperlink")}
    marks = {one.get(PART + "name") for one in body.iter(PART + "bookmarkStart")}
    assert anchors <= marks
    assert len(list(body.iter(PART + "tbl"))) > 5


@test
def libreoffice_gives_the_docx_back():
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("# no LibreOffice here: not tried")
        return
    name = case()
    pathlib.Path("b.docx").write_bytes(
        made("dossier", "-t", "plain", "--format", "docx", "--include-unreviewed", name))
    subprocess.run([office, "-env:UserInstallation=file://" + str(pathlib.Path("office").resolve()), "--headless",
                    "--convert-to", "odt", "b.docx"], check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile("b.odt") as archive:
        back = archive.read("content.xml").decode()
    with zipfile.ZipFile("b.docx") as archive:
        sent = archive.read("word/document.xml").decode()
    assert back.count("<text:note ") == sent.count("<w:footnoteReference ")
    assert back.count("<table:table ") == sent.count("<w:tbl>")
    assert back.count("<text:h ") == sent.count('w:val="Heading')


@test
def a_pdf_has_its_text_in_order_and_is_tagged():
    if shutil.which("pdftotext") is None:
        print("# no pdftotext here: not tried")
        return
    name = case()
    pathlib.Path("c.pdf").write_bytes(
        made("dossier", "-t", "article-15", "--format", "pdf", "--include-unreviewed", name))
    words = subprocess.run(["pdftotext", "c.pdf", "-"], check=True, capture_output=True).stdout.decode()
    last = -1
    for heading in ["Communication to the Prosecutor", "Purpose of this communication", "Facts by incident",
                    "Denials and replies", "Elements and evidence", "Annexes and their hashes"]:
        place = words.rindex(heading)
        assert place > last, heading
        last = place
    numbers = [int(one) for one in re.findall(r"^(\d+)\.$", words, re.MULTILINE)]
    assert len(numbers) > 40 and numbers == sorted(numbers)
    about = subprocess.run(["pdfinfo", "c.pdf"], check=True, capture_output=True).stdout.decode()
    assert re.search(r"Tagged: +yes", about) and re.search(r"Pages: +\d\d", about), about


@test
def markdown_calls_each_note_once():
    name = case()
    words = made("chronology", "--include-unreviewed", name).decode()
    body, notes = re.split(r"\n(?=\[\^1\]: )", words)
    called = re.findall(r"\[\^(\d+)\]", body)
    there = re.findall(r"^\[\^(\d+)\]: ", notes, re.MULTILINE)
    assert called == there == [str(i + 1) for i in range(len(called))] and len(called) > 50


@test
def a_chronology_keeps_to_its_bounds():
    name = case()
    days = [day for day, in sqlite3.connect(name).execute(
        "SELECT first FROM finding WHERE kind = 'act' AND first = last AND length(first) = 10 ORDER BY first")]
    day = days[len(days) // 2]
    whole = made("chronology", "--include-unreviewed", "--format", "csv", name).decode("utf-8-sig")
    one = made("chronology", "--include-unreviewed", "--format", "csv", "--from", day, "--to", day,
               name).decode("utf-8-sig")
    many, few = ({row["finding"] for row in csv.DictReader(io.StringIO(words, newline=""))}
                 for words in (whole, one))
    assert few and few < many, (day, len(few), len(many))
    none = made("chronology", "--include-unreviewed", "--from", "1801-01-01", "--to", "1801-01-02", name).decode()
    assert "No incident is told of within these bounds" in none
    for option, word in [("--place", "Nowhere at all"), ("--kind", "election-fraud"), ("--actor", "Nobody")]:
        assert len(made("chronology", "--include-unreviewed", option, word, name)) < len(whole)


@test
def protected_names_give_way_to_codes_everywhere():
    name = case()
    actor = sqlite3.connect(name).execute(
        "SELECT who FROM finding WHERE kind = 'actor' AND who GLOB '[A-Z]* [A-Z]*' ORDER BY id").fetchall()
    names = [who.split(";")[0] for who, in actor][:2]
    whole = made("dossier", "-t", "plain", "--include-unreviewed", name).decode()
    assert all(one in whole for one in names)
    file("codes.csv", "".join(f'"{one}",W-{i}\n' for i, one in enumerate(names, 1)))
    for form in ["md", "html", "csv", "docx"]:
        words = made("dossier", "-t", "plain", "--include-unreviewed", "--codes", "codes.csv", "--format", form, name)
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(words)) as archive:
                words = b"".join(archive.read(part) for part in archive.namelist())
        for i, one in enumerate(names, 1):
            assert one.encode() not in words and f"W-{i}".encode() in words, (form, one)
    refused(1, "a name and its code are wanted", "dossier", "-t", "plain", "--codes",
            file("bad.csv", "only\n"), name)


@test
def a_template_of_ones_own_is_filled():
    name = case()
    own = file("own.txt", "% a note\n# Ours\n\n## Facts\n\n{{facts}}\n\nMade of {{document-count}} documents; "
               "{{ask: our name}}.\n- one\n+ numbered **bold**\n")
    words = made("dossier", "-t", "./own.txt", "--include-unreviewed", name).decode()
    assert words.startswith("# Ours\n") and "a note" not in words
    assert re.search(r"Made of \d+ documents; \\\[our name\\\]\.", words), words[-400:]
    assert "- one" in words and "numbered **bold**" in words
    assert made("dossier", "-t", "own.txt", "--title", "Theirs", name).decode().startswith("# Theirs\n")
    refused(1, "line 3: there is no {{fact}}", "dossier", "-t", file("wrong.txt", "# A\n\n{{fact}}\n"), name)
    refused(1, "line 1: {{ is not closed", "dossier", "-t", file("open.txt", "a {{date\n"), name)
    refused(1, "cannot open", "dossier", "-t", "absent.txt", name)


@test
def what_is_asked_wrongly_is_said():
    name = case()
    file("there.md", "")
    for told, *words in [
            ("which --template?", "dossier", name), ("there is no template court", "dossier", "-t", "court", name),
            ("--format takes", "chronology", "--format", "rtf", name), ("take a day", "matrix", "--from", "May", name),
            ("is there already", "chronology", "-o", "there.md", name), ("which CASE?", "matrix")]:
        refused(2, told, *words)
    for command in ("dossier", "chronology", "matrix"):
        assert f"madai {command} - " in well(command, "--help")
    empty = "empty.madai"
    well("init", empty)
    for form in FORMATS:
        assert made("dossier", "-t", "plain", "--format", form, empty)


@test
def a_matrix_proposes_and_does_not_judge():
    name = case()
    words = made("matrix", "--include-unreviewed", name).decode()
    assert "Rome Statute 7(1)(a)" in words and "What is missing" in words
    assert "does not mean that the element is met" in words
    for verdict in ("was committed by", "is guilty", "committed a crime", "amounts to a crime"):
        assert verdict not in words


@test
def exports_for_other_programs_are_well_formed_and_stable():
    name = case()
    words = {form: made("export", "--format", form, "--include-unreviewed", name)
             for form in ("events", "geojson", "ics", "annotations", "ftm")}
    for form, one in words.items():
        assert one == made("export", "--format", form, "--include-unreviewed", name), form
    rows = list(csv.DictReader(io.StringIO(words["events"].decode("utf-8-sig"), newline=""), strict=True))
    acts = sqlite3.connect(name).execute("SELECT count(*) FROM finding WHERE kind = 'act'").fetchone()[0]
    assert len(rows) == acts == len({row["event_id"] for row in rows})
    for feature in json.loads(words["geojson"])["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180 and -90 <= lat <= 90 and feature["id"].startswith("i-"), feature
    calendar = words["ics"].decode()
    assert calendar.startswith("BEGIN:VCALENDAR\r\n") and calendar.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n")) and "\n" not in calendar.replace("\r\n", "")
    assert calendar.count("BEGIN:VEVENT") == calendar.count("END:VEVENT") > 5
    page = json.loads(words["annotations"])
    assert len(page["items"]) > 100
    for item in page["items"]:
        quote, place = item["target"]["selector"]
        text = TEXTS[item["target"]["source"].removeprefix("urn:sha256:")].decode()
        assert text[place["start"]:place["end"]] == quote["exact"], item
        assert text[:place["start"]].endswith(quote["prefix"]) and text[place["end"]:].startswith(quote["suffix"])
    entities = [json.loads(line) for line in words["ftm"].splitlines()]
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities)
    for one in entities:
        assert set(one["properties"].get("involved", [])) | set(one["properties"].get("proof", [])) <= ids
    assert len(made("export", "--format", "ftm", name).splitlines()) < len(entities)
    refused(2, "--format takes bag, csv or json; or events", "export", "--format", "kml", name)


@test
def a_damaged_template_is_an_error_with_its_line():
    name = case()
    damaged = {"% no\n\n{{facts": "line 3: {{ is not closed", "# A\n{{nothing}}\n": "line 2: there is no {{nothing}}",
               "a {{ask: b\n}}": "line 1: {{ is not closed", "\n" * 40 + "x {{}} y": "line 41: there is no {{}}",
               "{{facts}} and more": "line 1: there is no {{facts}}", "{{" + "x" * 5000 + "}}": "line 1: there is no {{xxx"}
    for number, (words, told) in enumerate(damaged.items()):
        refused(1, told, "dossier", "-t", file(f"./damaged-{number}.txt", words), "--include-unreviewed", name)
    refused(1, "damaged.bin: line 1: there is no {{", "dossier", "-t", file("./damaged.bin", b"{{\xff\x00\xfe}}"), name)
    refused(4, "huge.txt", "dossier", "-t", file("./huge.txt", "x" * (1 << 21)), name)
    refused(1, "absent.txt", "dossier", "-t", "./absent.txt", name)
    odd = file("./odd.txt", b"# " + bytes(range(1, 10)) + b"\xff\xfe *a* _b_ <i>&amp;]]> \\[x\\] | {} { }} \xe2\x80\xae\n+ **never closed\n- \n\n= \n")
    for form in FORMATS:
        words = made("dossier", "-t", odd, "--format", form, name)
        if form == "html":
            assert b"<i>&amp;]]" not in words and b"&lt;i&gt;&amp;amp;]]&gt;" in words
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(words)) as archive:
                for part in archive.namelist():
                    ElementTree.fromstring(archive.read(part))


@test
def hostile_values_do_no_harm():
    hostile = "=cmd|'/C calc'!A0 <script>alert(1)</script> ]]> &amp; \"q\" {{facts}} [x](http://x) | \\ `c`"
    text = f"Anna Bela was shot by {hostile} on 3 May 2019.\n\nAnna Bela died.\n"
    data = text.encode()
    at = lambda words: [[data.index(words.encode()), data.index(words.encode()) + len(words.encode())]]
    reading = {"madai": "reading/1", "text": text,
               "document": {"id": "=1+1<b>&.txt", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "language": "en",
                            "title": hostile, "publisher": "@SUM(A1)", "kind": "report"},
               "sentences": [[0, data.index(b"\n")], [data.index(b"Anna Bela died"), len(data) - 1]],
               "actors": [{"id": "a1", "name": "Anna Bela", "type": "person", "class": "civilians", "mentions": at("Anna Bela"),
                           "confidence": 1},
                          {"id": "a2", "name": hostile, "type": "person", "class": "police", "mentions": at(hostile), "confidence": 1}],
               "acts": [{"id": "i1", "act": "shooting", "trigger": at("shot"), "victims": [{"span": at("Anna Bela"), "actor": "a1"}],
                         "perpetrators": [{"span": at(hostile), "actor": "a2", "degree": "direct"}], "modality": "actual",
                         "polarity": "asserted", "confidence": 1}]}
    well("init", "hostile.madai")
    well("add", "hostile.madai", "--readings", file("hostile.jsonl", json.dumps(reading) + "\n"))
    for form in FORMATS:
        words = made("dossier", "-t", "article-15", "--include-unreviewed", "--format", form, "hostile.madai")
        if form == "html":
            assert b"<script" not in words and b"<b>&" not in words
        if form == "csv":
            rows = list(csv.reader(io.StringIO(words.decode("utf-8-sig"), newline=""), strict=True))
            assert not any(cell[:1] in "=+-@" and cell[:1] for row in rows for cell in row)
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(words)) as archive:
                for part in archive.namelist():
                    ElementTree.fromstring(archive.read(part))
    for form in ("events", "acts", "involvements", "geojson", "ics", "annotations", "ftm", "plover", "xlsx"):
        words = made("export", "--format", form, "--include-unreviewed", "hostile.madai")
        if form in ("annotations", "geojson"):
            json.loads(words)
        if form == "ics":
            assert words.count(b"\r\nBEGIN:") == words.count(b"\r\nEND:") - 1


@test
def tables_edited_and_brought_back_double_and_lose_nothing():
    name = case()
    def keys():
        told = {}
        for form in ("acts", "involvements", "figures", "interventions"):
            rows = list(csv.reader(io.StringIO(made("export", "--format", form, "--include-unreviewed", name).decode("utf-8-sig"),
                                               newline=""), strict=True))
            told[form] = [row[0] for row in rows[1:]]
            assert len(set(told[form])) == len(told[form]) > 0, form
        return told
    before = keys()
    well("export", "--format", "csv", "--unreviewed", "-o", "table.csv", name)
    table = list(csv.reader(io.StringIO(pathlib.Path("table.csv").read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    head, rows = table[0], table[1:]
    act = next(row for row in rows if row[head.index("finding")] == before["acts"][3])
    act[head.index("decision")] = "rejected"
    other = next(row for row in rows if row[head.index("finding")] == before["acts"][5])
    other[head.index("decision")] = "accepted"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([head, *reversed(rows)])
    told = well("import", name, file("edited.csv", out.getvalue()))
    assert told.startswith("2 rows taken"), told
    after = keys()
    gone = before["acts"][3]
    assert set(after["acts"]) == set(before["acts"]) - {gone}
    assert set(after["figures"]) == set(before["figures"])
    assert {key for key in after["involvements"]} == {key for key in before["involvements"] if not key.startswith(gone + "-")}
    again = well("import", name, "edited.csv")
    assert again.startswith("0 rows taken"), again
    assert keys() == after


@test
def a_note_names_the_page_of_the_original():
    name = case()
    lines = "".join(f"+ On {day} May 2019 officers of the Unit arrested {day + 20} people in Nakuru, the party said.\n\n"
                    for day in range(1, 31) for _ in range(2))
    pathlib.Path("paged.pdf").write_bytes(
        made("dossier", "-t", file("./paged.txt", "# On paper\n\n" + lines), "--format", "pdf", name))
    well("init", "paged.madai")
    result = run("add", "paged.madai", "paged.pdf")
    if b"not installed" in result.stdout + result.stderr:
        print("# the converter of PDF is not built: not tried")
        return
    words = made("chronology", "--include-unreviewed", "--format", "csv", "paged.madai").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(words, newline="")))
    pages = [int(row["page"]) for row in sorted(rows, key=lambda row: int(row["begin"]))]
    assert pages == sorted(pages) and pages[0] == 1 and pages[-1] > 1, pages
    assert "page 2, paragraph" in made("chronology", "--include-unreviewed", "paged.madai").decode()
    if shutil.which("pdftotext"):
        for row in rows[:8]:
            there = subprocess.run(["pdftotext", "-f", row["page"], "-l", row["page"], "paged.pdf", "-"], check=True,
                                   capture_output=True).stdout.decode()
            assert row["quote"].split("On ")[-1][:20] in " ".join(there.split()), row


@test
def annexes_have_the_codes_too():
    name = case()
    who, = [who.split(";")[0] for who, in sqlite3.connect(name).execute(
        "SELECT who FROM finding WHERE kind = 'actor' AND who GLOB '[A-Z]* [A-Z]*' ORDER BY id LIMIT 1")]
    codes = file("codes.csv", f'"{who}",W-1\n')
    well("dossier", "-t", "plain", "--codes", codes, "--annexes", "annexes", "-o", "with.md", name)
    sums = dict(reversed(line.split("  ")) for line in pathlib.Path("annexes/SHA256SUMS").read_text().splitlines())
    assert len(sums) == len(TEXTS) > 5
    texts = []
    for path, sha256 in sums.items():
        data = (pathlib.Path("annexes") / path).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256
        texts.append(data)
    whole = b"\0".join(texts)
    assert who.encode() not in whole and b"[W-1]" in whole
    refused(2, "is there already", "dossier", "-t", "plain", "--annexes", "annexes", "-o", "other.md", name)
    assert not pathlib.Path("other.md").exists()


if __name__ == "__main__":
    tap.main()
