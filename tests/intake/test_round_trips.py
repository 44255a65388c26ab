#!/usr/bin/env python3
"""The examples, made into files of all kinds by the programs that people use,
come back as the same text and give the same reading; prints TAP, and what was
measured as remarks.

    test_round_trips.py MADAI MODEL SOURCE-ROOT
"""
import base64
import collections
import email.message
import email.policy
import gzip
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / folder) for folder in ("tools", "serve")]
import recipes
import tap
import webdriver
from tap import test
from the_program import ENVIRONMENT, run

ENVIRONMENT["MADAI_MODEL"], ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
tap.enter()

SOURCES = {path.stem: path.read_text() for path in sorted(pathlib.Path(ROOT, "examples").glob("*.txt"))}
TEXT_LEAST, READING_LEAST = 99.5, 97


def title_of(text):
    return text.strip().split("\n")[0]


def page_of(text):
    """The text as a page: a paragraph each, lines kept."""
    paragraphs = (html.escape(piece.strip()).replace("\n", "<br>\n") for piece in re.split(r"\n\s*\n", text) if piece.strip())
    return (f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{html.escape(title_of(text))}</title></head><body>\n" +
            "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "\n</body></html>\n")


def folded(text):
    return " ".join(text.split())


def distance(a, b, most):
    """Edits from one to the other, or more than `most` (Ukkonen 1985: only
    the diagonals that can matter)."""
    if a == b:
        return 0
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = {j: j for j in range(min(len(b), most) + 1)}
    for i, letter in enumerate(a, 1):
        last, row = row, {}
        for j in range(max(0, i - most), min(len(b), i + most) + 1):
            row[j] = min(last.get(j - 1, most + 1) + (j == 0 or letter != b[j - 1]), last.get(j, most) + 1,
                         row.get(j - 1, most) + 1)
    return row.get(len(b), most + 1)


def likeness(gold, found):
    gold, found = folded(gold), folded(found)
    return 100 * (1 - distance(gold, found, len(gold) // 20 + 1) / len(gold))


def without_head(result):
    """The text without the head of a message, which is not in the source."""
    text = result["text"].encode()
    for piece in reversed(result.get("map", [])):
        if piece["kind"] == "header":
            text = text[:piece["span"][0]] + b"\n" + text[piece["span"][1]:]
    return text.decode()


def words_of(text, spans):
    whole = b" ".join(text[begin:end] for begin, end in spans).decode()
    return " ".join(re.findall(r"\w+", whole))


def findings(reading, source):
    """(kind, words of the passage) of claims, acts, times; not of the head of
    a message, which stands before the source's first line."""
    text = reading["text"].encode()
    first = max(text.find(title_of(source).encode()), 0)
    found = [(claim["mode"], claim["content"]) for claim in reading["claims"]]
    found += [(act["act"], act["trigger"]) for act in reading["acts"]]
    found += [(time["type"], time["span"]) for time in reading["times"]]
    return collections.Counter((kind, words_of(text, spans)) for kind, spans in found if not spans or spans[0][0] >= first)


def lines_of(*words):
    result = run(*words)
    assert result.returncode == 0, (words[:4], result.stderr.decode()[-2000:])
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


READINGS = {}


def read(paths):
    """Findings by the example's name."""
    readings = {pathlib.Path(reading["document"]["id"]).name.split(".")[0]: reading
                for reading in lines_of("read", "--json", "--with-text", *paths)}
    return {name: findings(reading, SOURCES[name]) for name, reading in readings.items()}


def hold(what, paths, text_least=TEXT_LEAST, reading_least=READING_LEAST):
    """What came back of one kind of file, all examples together."""
    if not READINGS:
        for name, text in SOURCES.items():
            pathlib.Path(f"{name}.txt").write_text(text)
        READINGS.update(read([f"{name}.txt" for name in SOURCES]))
    paths = [str(path) for path in sorted(paths)]
    assert len(paths) == len(SOURCES), (what, paths)
    alike = {}
    for result in lines_of("convert", "--json", *paths):
        name = pathlib.Path(result["document"]["id"]).name.split(".")[0]
        alike[name] = likeness(SOURCES[name], without_head(result))
    both = gold = found = 0
    for name, counted in read(paths).items():
        both += sum((counted & READINGS[name]).values())
        found += sum(counted.values())
        gold += sum(READINGS[name].values())
    figure = 200 * both / (gold + found)
    print(f"# {what}: text {min(alike.values()):.2f} at least, {sum(alike.values()) / len(alike):.2f} in the mean; "
          f"claims, acts, times F {figure:.1f}", flush=True)
    assert min(alike.values()) >= text_least and figure >= reading_least, (what, alike, figure)


def absent(*programs):
    """Whether one is not here; says so."""
    missing = [program for program in programs if shutil.which(program) is None]
    for program in missing:
        print(f"# not tested: there is no {program} here (tools/install-packages check)")
    return bool(missing)


def made(folder, words, extension):
    """A file of each example, all by one call or one each."""
    pathlib.Path(folder).mkdir(exist_ok=True)
    words(folder)
    return list(pathlib.Path(folder).glob("*" + extension))


def pages():
    pathlib.Path("pages").mkdir(exist_ok=True)
    for name, text in SOURCES.items():
        pathlib.Path("pages", f"{name}.html").write_text(page_of(text))
    return sorted(pathlib.Path("pages").glob("*.html"))


def pandoc(extension):
    def make(folder):
        for page in pages():
            # It would write a page's title as a paragraph of its own.
            text = re.sub("<title>.*</title>", "", page.read_text())
            subprocess.run(["pandoc", "-s", "-f", "html", "-o", f"{folder}/{page.stem}.{extension}", "--metadata",
                            "pagetitle=" + title_of(SOURCES[page.stem])], input=text.encode(), check=True,
                           stderr=subprocess.DEVNULL, timeout=120)
    return made(f"pandoc-{extension}", make, extension)


def office(extension):
    """LibreOffice takes long to start: one call for all."""
    def make(folder):
        subprocess.run(["soffice", f"-env:UserInstallation={pathlib.Path('office').resolve().as_uri()}", "--headless",
                        "--infilter=HTML (StarWriter)", "--convert-to", extension, "--outdir", folder, *map(str, pages())], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)
    return made(f"office-{extension}", make, extension)


@test
def pages_as_they_are():
    hold("HTML", pages())


@test
def what_pandoc_writes():
    if absent("pandoc"):
        return
    for extension in ("docx", "odt", "rtf", "html"):
        hold(f"{extension.upper()} by pandoc", pandoc(extension))


@test
def what_libreoffice_writes():
    if absent("soffice"):
        return
    for extension in ("pdf", "odt", "rtf", "docx", "html"):
        hold(f"{extension.upper()} by LibreOffice", office(extension))


@test
def what_a_browser_prints_and_saves():
    why = webdriver.missing()
    if why:
        print("# not tested:", why)
        return
    browser = webdriver.Browser()
    try:
        for folder in ("printed", "saved"):
            pathlib.Path(folder).mkdir()
        for page in pages():
            browser.open(page.resolve().as_uri())
            printed = browser.devtools("Page.printToPDF", printBackground=True)["data"]
            pathlib.Path("printed", f"{page.stem}.pdf").write_bytes(base64.b64decode(printed))
            saved = browser.devtools("Page.captureSnapshot", format="mhtml")["data"]
            pathlib.Path("saved", f"{page.stem}.mhtml").write_text(saved, newline="")
    finally:
        browser.close()
    hold("PDF by Chromium", pathlib.Path("printed").glob("*.pdf"))
    hold("MHTML by Chromium", pathlib.Path("saved").glob("*.mhtml"))


@test
def messages_that_carry_it():
    for folder in ("plain", "both"):
        pathlib.Path(folder).mkdir()
        for name, text in SOURCES.items():
            message = email.message.EmailMessage(policy=email.policy.SMTP)
            message["From"], message["To"] = "M. Odera <m@example.org>", "desk@example.org"
            message["Subject"], message["Date"] = "As promised", "Fri, 24 May 2019 09:30:00 +0300"
            message.set_content(text, cte="quoted-printable" if folder == "plain" else "base64")
            if folder == "both":
                message.add_alternative(page_of(text), subtype="html")
            pathlib.Path(folder, f"{name}.eml").write_bytes(message.as_bytes())
    # The network reads the head of a message too, so that what it is not sure
    # of in the text comes out otherwise here and there.
    hold("EML, text alone", pathlib.Path("plain").glob("*.eml"), reading_least=94)
    hold("EML, text and page", pathlib.Path("both").glob("*.eml"), reading_least=94)


@test
def what_a_crawler_keeps():
    """A document of its own in the archive: added to a case, and shown."""
    crawled = recipes.warc({f"https://example.org/{name}": page_of(text).encode() for name, text in SOURCES.items()})
    pathlib.Path("crawl.warc.gz").write_bytes(gzip.compress(crawled))
    assert run("init", "crawl.madai").returncode == 0
    result = run("add", "--porcelain", "crawl.madai", "crawl.warc.gz")
    assert result.stdout.decode().count("https://example.org/") == len(SOURCES), result
    pathlib.Path("crawled").mkdir()
    for line in result.stdout.decode().splitlines():
        name = line.split(" ", 2)[2]
        if "https://example.org/" in name:
            shown = run("show", "--text", "crawl.madai", name)
            pathlib.Path("crawled", name.rsplit("/", 1)[1] + ".txt").write_bytes(shown.stdout)
    hold("WARC", pathlib.Path("crawled").glob("*.txt"))


if __name__ == "__main__":
    tap.main()
