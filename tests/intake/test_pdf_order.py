#!/usr/bin/env python3
"""PDFs in columns, with tables and footnotes, are read in the order in which a
person reads them; prints TAP, and what was measured as remarks.

    test_pdf_order.py MADAI MODEL SOURCE-ROOT
"""
import base64
import bisect
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / folder) for folder in ("tools", "serve")]
import pages
import recipes
import tap
import webdriver
from tap import test
from the_program import ENVIRONMENT, file, well

ENVIRONMENT["MADAI_MODEL"] = str(pathlib.Path(sys.argv[2]).resolve())
tap.enter()
LEAST = 97

ARTICLES = list(pages.articles())
TABLE = [("Place of the count", "Dead by the list of the parishes", "Dead by the ministry"),
         ("Harbour and the streets behind it", "22, of whom three are not named", "4"),
         ("Old town", "11", "2, both called accidents"), ("Villages on the northern bank", "8", "1")]
NOTES = ["See the register of burials of the parish, volume nine, which the office has copied.",
         "Letter of the ministry of 3 May, which names neither the dead nor the officers.",
         "Interview with two sisters of the deceased, in the presence of their lawyer, on 19 June."]


def paragraphs():
    """Of all articles one after the other: (is a title, words)."""
    for article in ARTICLES:
        yield True, article["headline"]
        for block in article["blocks"]:
            if block[0][0] in ("p", "quote", "h"):
                yield False, pages.bare(" ".join(words for _, words in block))


def words(text):
    return re.findall(r"\w+", text)


def in_common(a, b):
    """Length of the longest common subsequence (Hunt and Szymanski 1977)."""
    places, ends = {}, []
    for place, word in enumerate(b):
        places.setdefault(word, []).insert(0, place)
    for word in a:
        for place in places.get(word, []):
            at = bisect.bisect_left(ends, place)
            ends[at:at + 1] = [place]
    return len(ends)


class Document:
    """A text for LibreOffice, and the words of its body in their order."""

    def __init__(self, name, **how):
        self.name, self.how = name, how
        self.body, self.gold, self.notes = "", [], []

    def write(self, has_notes=False, has_tables=False, is_section=False):
        drawn, number = "", 0
        for place, (is_title, text) in enumerate(paragraphs()):
            note = ""
            if has_notes and place % 7 == 2 and number < 9:
                number += 1
                self.notes.append(f"{NOTES[number % 3]}")
                note = recipes.open_note(number, self.notes[-1])
            style = ' text:style-name="Title"' if is_title else ""
            drawn += f"<text:p{style}>{recipes.escape(text)}{note}</text:p>"
            self.gold += words(text)
            if has_tables and place % 11 == 5:
                drawn += recipes.open_table(TABLE, f"t{place}")
                self.gold += words(" ".join(" ".join(row) for row in TABLE))
        self.body = recipes.open_section(drawn, "s") if is_section else drawn
        file(f"{self.name}.fodt", recipes.flat_odt(self.body, **self.how))
        return self


def hold(name, gold, notes=()):
    result = json.loads(well("convert", "--json", f"{name}.pdf"))
    text = result["text"].encode()
    body = b" ".join(text[slice(*piece["span"])] for piece in result["map"] if piece["kind"] != "footnote").decode()
    ours = 100 * in_common(gold, words(body)) / len(gold)
    spare = len(words(body)) - len(gold)
    theirs = ""
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", f"{name}.pdf", "-"], capture_output=True, check=True).stdout.decode()
        theirs = f"; pdftotext {100 * in_common(gold, words(told)) / len(gold):.1f}"
    footnotes = " ".join(text[slice(*piece["span"])].decode() for piece in result["map"] if piece["kind"] == "footnote")
    kept = sum(" ".join(words(note)) in " ".join(words(footnotes)) for note in notes)
    print(f"# {name}: {ours:.1f}, {spare} words more{theirs}" + (f"; {kept} of {len(notes)} notes apart" if notes else ""), flush=True)
    assert ours >= LEAST and spare <= len(gold) * 0.03, name
    assert "The Valley Courier" not in body and not re.search(r"\bPage \d", body), name
    assert kept >= len(notes) * 0.8, (name, footnotes)


@test
def what_libreoffice_lays_out():
    if shutil.which("soffice") is None:
        print("# not tested: there is no soffice here (tools/install-packages check)")
        return
    documents = [
        Document("two columns", columns=2).write(is_section=True),
        Document("three columns", columns=3, size=9).write(is_section=True),
        Document("one column with notes and tables").write(has_notes=True, has_tables=True),
        Document("two columns with tables", columns=2).write(has_tables=True, is_section=True),
        Document("two columns with notes", columns=2).write(has_notes=True, is_section=True),
        Document("pages of two columns with notes", page_columns=2).write(has_notes=True),
        Document("three columns with tables", columns=3, size=9).write(has_tables=True, is_section=True)]
    subprocess.run(["soffice", f"-env:UserInstallation={pathlib.Path('office').resolve().as_uri()}", "--headless",
                    "--convert-to", "pdf", *(f"{document.name}.fodt" for document in documents)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)
    failed = []
    for document in documents:
        try:
            hold(document.name, document.gold, document.notes)
        except AssertionError as why:
            failed.append(why)
    assert not failed, failed


PAGE = """<!doctype html><meta charset=utf-8><style>@page { margin: 2cm } body { font: 10pt serif } h2 { margin: 0 }
div { columns: %d; column-gap: 0.6cm; text-align: %s; hyphens: auto } table { border: 1px solid } p { margin: 0 0 0.2cm }
</style><body lang=en>%s"""


@test
def what_a_browser_prints():
    why = webdriver.missing()
    if why:
        print("# not tested:", why)
        return
    browser = webdriver.Browser()
    failed = []
    try:
        for columns, align in ((2, "justify"), (3, "left"), (3, "justify")):
            drawn, gold = "", []
            # A heading across, its columns, a table across: as papers have it.
            for article in ARTICLES:
                inner = [pages.bare(" ".join(text for _, text in block)) for block in article["blocks"] if block[0][0] in ("p", "quote")]
                drawn += f"<h2>{html.escape(article['headline'])}</h2><div>" + "".join(f"<p>{html.escape(piece)}</p>" for piece in inner)
                drawn += "</div><table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in TABLE) + "</table>"
                gold += words(" ".join([article["headline"], *inner, *(" ".join(row) for row in TABLE)]))
            name = f"{columns} columns {align} by Chromium"
            file("page.html", PAGE % (columns, align, drawn))
            browser.open(pathlib.Path("page.html").resolve().as_uri())
            pathlib.Path(f"{name}.pdf").write_bytes(base64.b64decode(browser.devtools("Page.printToPDF")["data"]))
            try:
                hold(name, gold)
            except AssertionError as why:
                failed.append(why)
    finally:
        browser.close()
    assert not failed, failed


if __name__ == "__main__":
    tap.main()
