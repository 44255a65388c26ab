#!/usr/bin/env python3
"""A person's whole way through the page, in real Chromium: documents come in,
are read, checked, decided about, searched, verified; in every view nothing is
asked for elsewhere, nothing of a document runs, nobody is kept out.

    test_page.py MADAI MODEL SOURCE
"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]
import tap  # noqa: E402
import webdriver  # noqa: E402
from the_program import MADAI, ENVIRONMENT, file, well  # noqa: E402

if webdriver.missing():
    print(f"1..0 # SKIP {webdriver.missing()}")
    sys.exit(0)

MODEL = str(pathlib.Path(sys.argv[2]).resolve())
SOURCE = pathlib.Path(sys.argv[3]).resolve()
AXE = SOURCE / "build-tools" / "axe.min.js"
PICTURES = os.environ.get("MADAI_PICTURES")
EXAMPLES = ["press-report.txt", "police-statement.txt", "party-statement.txt"]
HOSTILE = ('<script src="http://evil.example/x.js"></script> said Ann <img src="http://evil.example/a.png" onerror="window.touched=1"> Otieno, '
           "javascript:window.touched=1 {{constructor.constructor('window.touched=1')()}} told reporters that \u202eofficers\u202c shot two people in Nakuru on 13 May 2019.\n"
           '<iframe srcdoc="<script>parent.touched=1</script>"></iframe><style>@import "http://evil.example/y.css";</style>\n')
tap.enter()

process = subprocess.Popen([MADAI, "serve", "--model", MODEL, "new.madai"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=ENVIRONMENT, text=True)
address = process.stdout.readline().strip()
origin = address.split("/open/")[0]
browser = webdriver.Browser()


def go(place):
    """A view, and until it stands there."""
    browser.open(f"{origin}/#/{place}")
    browser.run("location.reload()")
    time.sleep(0.2)
    browser.one("main h1")


def shown(words, css="main", seconds=60):
    return browser.one(css, words, seconds)


def button(words, css="button, a.button"):
    shown(words, css).click()


def views():
    """Every view with something in it."""
    document = browser.run_async("""const done = arguments[0]; fetch("/api/v1/documents", {headers: {"X-Madai-Key": localStorage.getItem("madai-key")}})
      .then((answer) => answer.json()).then((all) => done(all.items.at(-1).document))""")
    page = browser.run_async("""const done = arguments[0]; fetch("/api/v1/documents?name=paper", {headers: {"X-Madai-Key": localStorage.getItem("madai-key")}})
      .then((answer) => answer.json()).then((all) => done(all.items[0]?.document))""") or document
    finding = browser.run_async("""const done = arguments[0]; fetch("/api/v1/search?q=kind:claim", {headers: {"X-Madai-Key": localStorage.getItem("madai-key")}})
      .then((answer) => answer.json()).then((all) => done(all.items.at(-1)))""")
    return {"overview": "", "add": "add", "documents": "documents", "document": f"document/{document}", "page": f"document/{page}",
            "finding": f"document/{finding['document']}?finding={finding['key']}&at={finding['span'][0]}",
            "claims": "claims", "claims-grouped": "claims?group=says", "actors": "actors", "actor": "actors?number=0", "accusations": "accusations", "report": "report?unreviewed=yes", "incidents": "incidents", "incident": "incidents?number=0",
            "complaints": "complaints", "patterns": "patterns", "pattern": "patterns?number=0",
            "chronology": "chronology", "map": "map", "search": "search", "found": "search?q=officers", "nothing-found": "search?q=zzzzqqq", "trust": "trust"}


@tap.test
def the_address_opens_the_case_and_the_key_is_out_of_sight():
    browser.open(address)
    shown("Welcome")
    assert "key=" not in browser.address, browser.address
    browser.open(address)
    shown("not open here")  # a second time it is a closed door
    browser.open(origin + "/")
    shown("Welcome")


@tap.test
def three_files_are_added_and_one_that_cannot_be_read_is_refused_with_its_reason():
    browser.one("a.button", "Add documents").click()
    shown("Drop files or folders here")
    files = [str(SOURCE / "examples" / name) for name in EXAMPLES] + [str(pathlib.Path(file("empty.txt", b"")).resolve())]
    browser.one("#files").type("\n".join(files))
    button("Add 4 files")
    shown("3 added, 0 known already, 1 refused", seconds=180)
    assert "empty.txt" in browser.one("li.bad").text and ":" in browser.one("li.bad .small").text


@tap.test
def a_document_is_read_with_its_claims():
    go("documents")
    shown("press-report.txt", "td a").click()
    browser.one(".text .claim1")
    assert browser.run("return document.querySelector('.text').innerText.length") > 300
    assert browser.one(".text .source").text


@tap.test
def a_claim_is_said_to_be_right_by_keyboard():
    browser.press("j")
    browser.one(".panel.has-finding h2")
    while "Claim" not in browser.one(".panel .card").text:
        browser.press("j")
        time.sleep(0.3)
    browser.press("a")
    shown("Said to be right", ".panel")
    shown("right", ".panel .status.accepted")


@tap.test
def a_claim_is_corrected_and_that_is_undone():
    browser.press("c")
    who = browser.one(".panel input[name=who]")
    who.clear()
    who.type("Somebody Else")
    browser.one(".panel input[name=why]").type("the caption says so")
    button("Keep", ".panel button")
    shown("Somebody Else", ".panel")
    shown("corrected", ".panel .status.corrected")
    assert "the caption says so" in browser.one(".panel").text
    browser.one("main h1").click()
    browser.press("u")
    shown("was undone", ".panel")
    shown("right", ".panel .status.accepted")


@tap.test
def a_passage_is_corrected_by_selecting_it():
    browser.run("""const text = document.querySelector(".text p span"); const range = document.createRange(); range.selectNodeContents(text);
      getSelection().removeAllRanges(); getSelection().addRange(range);""")
    browser.one(".panel h2")
    button("Correct", ".panel button")
    button("Take what I selected", ".panel button")
    button("Keep", ".panel button")
    shown("corrected", ".panel .status.corrected")


@tap.test
def what_was_missed_is_added_by_selecting_it():
    browser.run("""getSelection().removeAllRanges(); const pieces = document.querySelectorAll(".text p:nth-of-type(3) span"); const range = document.createRange();
      range.setStart(pieces[0].firstChild, 0); const last = pieces[pieces.length - 1].lastChild; range.setEnd(last, last.data.length); getSelection().addRange(range);
      document.querySelector(".text").dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));""")
    button("Number", ".add-here button")
    browser.one(".add-here input[name=who]").type("marchers")
    button("Keep", ".add-here button")
    shown("added", ".panel .status.added")


@tap.test
def a_finding_is_said_to_be_wrong_and_looks_so():
    browser.press("k")
    time.sleep(0.5)
    browser.press("r")
    shown("wrong", ".panel .status.rejected")


@tap.test
def two_actors_are_one_and_then_not():
    go("actors")
    browser.one("tbody input[type=checkbox]")
    count = len(browser.all("tbody tr"))
    boxes = browser.all("tbody input[type=checkbox]")
    boxes[0].click()
    boxes[1].click()
    button("These 2 are one")
    browser.wait(lambda: len(browser.all("tbody tr")) == count - 1)
    for row in browser.all("tbody a"):
        if "decided" in browser.run("return arguments[0].closest('tr').textContent", row):
            row.click()
            break
    shown("Said to be one")
    button("Undo", "section button")
    go("actors")
    browser.wait(lambda: len(browser.all("tbody tr")) == count)


@tap.test
def an_incident_shows_who_tells_it_and_opens_the_passages():
    go("incidents")
    browser.one(".list h2 a").click()
    browser.one("section ul a q")
    browser.one("section ul li ul a").click()
    browser.one(".text .chosen")


@tap.test
def a_pattern_opens_what_it_counts():
    go("patterns")
    browser.one("tbody a").click()
    browser.one("ul ul a")


@tap.test
def the_chronology_is_filtered_and_an_act_opens_its_passage():
    go("chronology")
    count = len(browser.all(".days > li"))
    assert count > 1
    browser.one("input[name=from]").type("2019-05-14")
    button("Show", "form button")
    browser.wait(lambda: "from=2019-05-14" in browser.address)
    browser.wait(lambda: 0 < len(browser.all(".days > li")) <= count)
    browser.one(".days a").click()
    browser.one(".text .chosen")
    browser.wait(lambda: browser.run("""const box = document.querySelector(".text .chosen").getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight"""))


@tap.test
def claims_are_filtered_by_a_link_that_can_be_kept():
    go("claims?says=deny&group=source")
    shown("Claims")
    rows = browser.all("tbody tr")
    assert rows and all("denied" in row.text for row in rows)


@tap.test
def a_search_finds_passages_and_marks_the_words():
    go("search")
    browser.one("input[name=q]").type("officers")
    button("Search", "form button")
    assert "officers" in browser.one("mark").text.lower()


@tap.test
def a_search_that_is_none_is_told_kindly():
    go("search?q=%22unclosed")
    browser.one("main h1", "Search")
    assert browser.all(".box.bad") or browser.all(".empty") or browser.all("mark")


@tap.test
def the_case_is_verified_in_the_browser():
    go("trust")
    button("Verify now")
    shown("Everything is as it was recorded", seconds=120)
    assert "madai_page" not in browser.one("main").text


@tap.test
def a_checkpoint_is_signed_for_somebody_else():
    browser.one("input[name=passphrase]").type("a long enough secret")
    button("Sign a new checkpoint")
    note = shown("\u2014 ", "pre", 120).text
    go("trust")
    browser.run("document.querySelector('details').open = true")
    browser.run("document.querySelector('textarea').value = arguments[0]", note)
    button("Verify now")
    shown("agrees with the checkpoint that somebody else kept", seconds=120)


@tap.test
def an_original_comes_as_a_file():
    go(views()["finding"])
    button("Save the original file", ".panel button")
    time.sleep(1)
    assert origin in browser.address and "#/document" in browser.address  # nobody left the page


@tap.test
def the_page_speaks_swahili():
    go("claims")
    browser.run("const pick = document.querySelector('select[aria-label=\"Language\"]'); pick.value = 'sw'; pick.dispatchEvent(new Event('change'))")
    shown("Madai", "h1")
    assert browser.run("return document.documentElement.lang") == "sw"
    browser.run("const pick = document.querySelector('select[aria-label=\"Lugha\"]'); pick.value = 'en'; pick.dispatchEvent(new Event('change'))")
    shown("Claims", "h1")


@tap.test
def a_passage_is_framed_on_the_page_of_the_original():
    go("report?unreviewed=yes")
    shown("nobody has reviewed", seconds=60)
    paper = browser.run_async("""const done = arguments[0]; fetch("/api/v1/report?unreviewed=yes&format=pdf", {headers: {"X-Madai-Key": localStorage.getItem("madai-key")}})
      .then((answer) => answer.arrayBuffer()).then((all) => done(btoa(Array.from(new Uint8Array(all), (one) => String.fromCharCode(one)).join(""))))""")
    name = pathlib.Path(file("paper.pdf", base64.b64decode(paper))).resolve()
    go("add")
    browser.one("#files").type(str(name))
    button("Add 1 file")
    shown("1 added", seconds=120)
    go("documents")
    shown("paper.pdf", "td a").click()
    browser.one(".original canvas")
    browser.press("j")
    browser.one(".page-marks div")
    assert browser.run("return document.querySelector('.page canvas').width") > 700
    assert browser.run("""const [mark, page] = [".page-marks div", ".page canvas"].map((css) => document.querySelector(css).getBoundingClientRect());
      return mark.left >= page.left - 3 && mark.right <= page.right + 3 && mark.top >= page.top - 3 && mark.bottom <= page.bottom + 3 && mark.width > 10""")
    button("Larger", ".original button")
    assert browser.run("return document.querySelector('.original').classList.contains('large')")
    browser.press("\ue00c")
    assert not browser.run("return document.querySelector('.original').classList.contains('large')")


@tap.test
def nothing_of_a_hostile_document_runs_or_is_fetched_in_any_view():
    name = pathlib.Path(file('a"><img src=x onerror=window.touched=1>.txt', HOSTILE)).resolve()
    go("add")
    browser.one("#files").type(str(name))
    button("Add 1 file")
    shown("1 added", seconds=120)
    browser.requests()
    for place in views().values():
        go(place)
        time.sleep(0.2)
        assert browser.run("return window.touched") is None, place
        assert browser.run("return document.querySelectorAll('iframe, object, embed, script:not([nonce]), img:not([src^=\"/assets/\"])').length") == 0, place
    elsewhere = [one for one in browser.requests() if not one.startswith(origin + "/") and not one.startswith("data:")]
    assert elsewhere == [], elsewhere


@tap.test
def the_page_breaks_no_rule_of_its_own():
    told = [line["message"] for line in browser.log("browser") if line["level"] == "SEVERE" and "401" not in line["message"] and "400 (Bad Request)" not in line["message"]]
    assert told == [], told


@tap.test
def no_view_is_wider_than_a_telephone_or_asks_for_too_much():
    for width in (360, 1280, 1920):
        browser.size(width)
        for name, place in views().items():
            go(place)
            time.sleep(0.4)
            over = browser.run("return document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (name, width, over)
            if PICTURES:
                browser.picture(f"{PICTURES}/{name}-{width}.png", whole=True)
            large = browser.run("return performance.getEntriesByType('resource').filter((one) => one.transferSize > 100000).map((one) => one.name)")
            assert large == [], (name, large)
    browser.size(1280)


def faults_of_axe():
    browser.devtools("Runtime.evaluate", expression=AXE.read_text())
    return browser.run_async("""const done = arguments[0]; axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
      .then((all) => done(all.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + " " + node.failureSummary.slice(0, 300)).join(" | ")}`)))""")


def no_fault(theme):
    if not AXE.exists():
        return  # tools/test-tools said why
    go("")
    browser.run("localStorage.setItem('madai-theme', arguments[0])", theme)
    faults = {}
    for name, place in views().items():
        go(place)
        time.sleep(0.5)
        found = faults_of_axe()
        if found:
            faults[name] = found
    assert faults == {}, json.dumps(faults, indent=1)


@tap.test
def nobody_is_kept_out_in_the_light():
    no_fault("light")


@tap.test
def nobody_is_kept_out_in_the_dark():
    no_fault("dark")


@tap.test
def every_view_can_be_printed():
    go("trust")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    assert browser.run("return getComputedStyle(document.querySelector('.side')).display") == "none"
    browser.devtools("Emulation.setEmulatedMedia", media="")


@tap.test
def the_page_says_when_madai_has_ended():
    process.terminate()
    assert process.wait(60) == 0
    shown("madai has ended", ".notice", 40)
    assert "everything holds" in well("verify", "new.madai")


if __name__ == "__main__":
    try:
        tap.main()
    finally:
        process.kill()
        browser.close()
