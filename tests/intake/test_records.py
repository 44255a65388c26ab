#!/usr/bin/env python3
"""Tables, chats, parts of pages, languages, and what a case keeps of all that; prints TAP.

    test_records.py MADAI MODEL SOURCE-ROOT
"""
import gzip
import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import recipes
import tap
from tap import test
from the_program import ENVIRONMENT, file, refused, run, well

ENVIRONMENT["MADAI_MODEL"], ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
tap.enter()

LONG = "Police in Nakuru denied on Monday that officers had shot four marchers on Kenyatta Avenue, a party said."
SWAHILI = ("Polisi mjini Nakuru walikanusha siku ya Jumatatu kwamba maafisa wao waliwapiga risasi waandamanaji wanne "
           "katika barabara ya Kenyatta, na kusema kuwa ripoti hizo si za kweli.")
SHEET = ('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
         "{}</sheetData></worksheet>")
BOOK = ('<?xml version="1.0"?><workbook xmlns:r="r"><sheets>{}</sheets></workbook>')
RELATIONS = ('<?xml version="1.0"?><Relationships>{}</Relationships>')


def xlsx(sheets, strings=(), styles="", **more):
    """Sheets by name, each the XML of its rows."""
    names = [f'<sheet name="{name}" sheetId="{i + 1}" r:id="rId{i}"/>' for i, name in enumerate(sheets)]
    parts = [f'<Relationship Id="rId{i}" Target="worksheets/sheet{i + 1}.xml"/>' for i in range(len(sheets))]
    members = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": BOOK.format("".join(names)),
               "xl/_rels/workbook.xml.rels": RELATIONS.format("".join(parts)),
               "xl/sharedStrings.xml": "<sst>" + "".join(f"<si><t>{recipes.escape(x)}</t></si>" for x in strings) + "</sst>",
               "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>",
               "docProps/core.xml": '<c xmlns:dc="d"><dc:creator>M. Odera</dc:creator></c>'}
    members |= {f"xl/worksheets/sheet{i + 1}.xml": SHEET.format(rows) for i, rows in enumerate(sheets.values())}
    return recipes.packed(members | more)


def conversion(name, content):
    return json.loads(well("convert", "--json", file(name, content)))


def reading(name, content=None):
    if content is not None:
        file(name, content)
    return json.loads(well("read", "--json", "--with-text", name))


def kinds(result):
    text = result["text"].encode()
    return [(piece["kind"], text[slice(*piece["span"])].decode()) for piece in result["map"]]


def parts(result):
    text = result["text"].encode()
    return {text[slice(*part["span"])].decode(): part for part in result["parts"]}


def told(result, name):
    return [fact["value"] for fact in result.get("metadata", []) if fact["name"] == name]


@test
def rows_of_a_table_are_paragraphs():
    result = conversion("t.csv", 'Town,Killed,"Said by"\r\nNakuru,4,"The ""Party"", today"\r\nMolo,,\r\n')
    assert kinds(result) == [("table", "Town | Killed | Said by"), ("table", 'Nakuru | 4 | The "Party", today'), ("table", "Molo")]
    assert [piece["paragraph"] for piece in result["map"]] == [1, 2, 3] and result["document"]["format"] == "table"
    assert conversion("t.tsv", "Town\tKilled\nMolo, west\t2\n")["text"] == "Town | Killed\nMolo, west | 2"
    assert conversion("s.csv", "Town;Killed\nMolo;2,5\n")["text"] == "Town | Killed\nMolo | 2,5"
    assert conversion("w.csv", "Town;Café\nMolo;2\n".encode("cp1252"))["text"] == "Town | Café\nMolo | 2"
    assert kinds(conversion("long.csv", f'Date,What\n2019-05-14,"{LONG}"\n'))[1] == ("body", f"2019-05-14 | {LONG}")
    assert conversion("open.csv", 'a,"b\nc')["text"] == "a | b c"
    assert conversion("blank.csv", "\n\nTown,Killed\n\nMolo,2\n\n")["text"] == "Town | Killed\nMolo | 2"


@test
def a_spreadsheet_shows_what_its_cells_show():
    styles = ('<numFmts><numFmt numFmtId="170" formatCode="[$-409]d&quot;.&quot;mmm"/></numFmts>'
              '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/></cellXfs>')
    rows = ('<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
            '<row><c r="A2" t="inlineStr"><is><t>Nakuru</t></is></c><c r="B2"><v>4</v></c><c r="D2" s="1"><v>43599</v></c></row>'
            '<row><c r="A3" s="2"><v>61</v></c><c r="B3" s="3"><v>43599.5</v></c><c r="C3" t="b"><v>1</v></c></row>'
            '<row><c r="B4" t="str"><f>A1&amp;B1</f><v>both</v></c></row>')
    result = conversion("b.xlsx", xlsx({"Dead": rows, "Notes": f'<row><c t="inlineStr"><is><t>{LONG}</t></is></c></row>'},
                                       ("Town", "Killed"), styles))
    assert kinds(result) == [("headline", "Dead"), ("table", "Town | Killed"), ("table", "Nakuru | 4 | | 2019-05-14"),
                             ("table", "1900-03-01 | 2019-05-14 12:00 | yes"), ("table", "both"), ("headline", "Notes"),
                             ("body", LONG)], kinds(result)
    assert {piece["page"] for piece in result["map"]} == {1, 2} and told(result, "author") == ["M. Odera"]


@test
def a_spreadsheet_that_is_made_to_do_harm_is_refused():
    rows = '<row><c t="s"><v>99999999999</v></c><c s="9999999"><v>1e308</v></c><c r="ZZZZZZZ1"><v>7</v></c></row>'
    assert "7" in conversion("odd.xlsx", xlsx({"S": rows}))["text"]
    bomb = '<row><c t="inlineStr"><is><t>' + "A" * (1 << 26) + "</t></is></c></row>"
    refused(1, "bomb", "convert", file("bomb.xlsx", xlsx({"S": bomb})))
    refused(1, "list of sheets is missing", "convert", file("none.xlsx", recipes.packed({"xl/workbook.xml": "<a/>"})))
    refused(1, "broken", "convert", file("cut.xlsx", xlsx({"S": rows})[:200] + b"xl/workbook.xml"))
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>'
    refused(1, "broken", "convert", file("laughs.xlsx", xlsx({"S": rows}, **{"xl/worksheets/sheet1.xml": laughs})))
    wide = "<row>" + "<c><v>1</v></c>" * 20000 + "</row>"
    assert conversion("wide.xlsx", xlsx({"S": wide}))["text"].count("|") == 16383


@test
def each_message_of_a_chat_is_a_post_with_who_and_when():
    chat = ("[14/05/2019, 09:30:12] Residents: \u200eMessages and calls are end-to-end encrypted.\r\n"
            "[14/05/2019, 09:31:02] Wanjiru N.: Police have shot two people at the market.\r\nThey are still there.\r\n"
            "[15/05/2019, 21:05:00] +254 700 000000: Who said so: the OCS?\r\n")
    result = conversion("chat.txt", chat)
    assert result["document"]["format"] == "chat" and kinds(result)[2:] == [
        ("byline", "Wanjiru N. · 14 May 2019, 09:31"), ("post", "Police have shot two people at the market.\nThey are still there."),
        ("byline", "+254 700 000000 · 15 May 2019, 21:05"), ("post", "Who said so: the OCS?")], kinds(result)
    found = parts(reading("chat.txt"))
    assert found["Police have shot two people at the market.\nThey are still there."]["kind"] == "post", found
    american = "5/14/19, 9:30\u202fPM - Peter: Good\n5/15/19, 7:05 AM - Peter added Ann\n5/16/19, 12:00 AM - Ann: Thanks\n"
    assert conversion("us.txt", american)["text"] == ("Peter · 14 May 2019, 21:30\nGood\n\nAnn · 16 May 2019, 00:00\nThanks")
    assert conversion("plain.txt", "14/05/2019, 09:30 - a note\nthat is no chat\n")["document"]["format"] == "text"


PAGE = ("<!doctype html><html><head><title>Police deny it</title></head><body><article><h1>Police deny it</h1>"
        "<p class=byline>By Mary Odera</p><p>" + LONG + "</p><p><b>Read also:</b> <a href=/x>Police said six people were killed "
        "in Molo</a></p><p>Subscribe to our newsletter, our editor said.</p><figure><figcaption>Marchers in Nakuru. Photo: J. Doe"
        "</figcaption></figure><p>" + LONG.replace("Monday", "Friday") + "</p></article></body></html>")


@test
def the_reading_has_the_parts_that_the_page_says():
    result = reading("page.html", PAGE)
    found = {words: part["kind"] for words, part in parts(result).items()}
    assert found["Police deny it"] == "headline" and found["By Mary Odera"] == "byline", found
    assert found["Read also: Police said six people were killed in Molo"] == "link", found
    assert found["Subscribe to our newsletter, our editor said."] == "advert", found
    assert found["Marchers in Nakuru."] == "caption" and found["Photo: J. Doe"] == "credit", found
    begin = result["text"].encode().index(b"Read also")
    end = result["text"].encode().index(b"Marchers in")
    for layer in ("claims", "acts", "figures", "times", "names"):
        spans = [span for one in result[layer] for key in ("content", "trigger", "span")
                 for span in (one.get(key) if isinstance(one.get(key, 0), list) and one[key] and isinstance(one[key][0], list)
                              else [one[key]] if key in one else [])]
        assert not any(begin <= span[0] < end for span in spans), (layer, spans)
    plain = well("convert", "page.html")
    assert "Read also" not in plain and "Subscribe" not in plain and plain.count("Kenyatta") == 2, plain


@test
def styles_of_word_and_writer_and_large_letters_say_what_is_a_heading():
    p = recipes.word_paragraph
    result = conversion("h.docx", recipes.docx(p("What happened", style="Heading2") + p(LONG) + p("A march", style="Caption")))
    assert kinds(result) == [("headline", "What happened"), ("body", LONG), ("caption", "A march")]
    result = conversion("h.odt", recipes.odt(f"<text:h>What happened</text:h><text:p>{LONG}</text:p>"))
    assert kinds(result) == [("headline", "What happened"), ("body", LONG)]
    lines = [(72, 700, 18, "Police deny it")] + [(72, 660 - 14 * i, 11, f"Line {i} of what the party said of the march") for i in range(9)]
    assert kinds(conversion("h.pdf", recipes.pdf([lines])))[0] == ("headline", "Police deny it")


@test
def paragraphs_in_other_languages_are_kept_and_not_read():
    result = reading("two.txt", f"{LONG}\n\n{SWAHILI}\n\n{LONG.replace('Monday', 'Friday')}\n")
    found = parts(result)
    assert found[SWAHILI]["language"] == "sw" and "language" not in found[LONG] and result["document"]["language"] == "en", found
    begin = result["text"].encode().index(SWAHILI.encode())
    end = begin + len(SWAHILI.encode())
    assert not any(begin <= span[0] < end for name in result["names"] for span in [name["span"]])
    assert reading("all.txt", SWAHILI + "\n")["document"]["language"] == "sw"
    for language, words in {"fr": "La police a nié lundi que des agents aient tiré sur les manifestants dans la ville, selon le parti.",
                            "ar": "نفت الشرطة يوم الاثنين أن يكون ضباطها قد أطلقوا النار على المتظاهرين في المدينة.",
                            "am": "ፖሊስ ሰኞ ዕለት መኮንኖቹ በሰልፈኞች ላይ ተኩሰዋል መባሉን አስተባበለ ብሏል።"}.items():
        assert parts(reading("other.txt", words + "\n"))[words]["language"] == language, language
    short = reading("short.txt", f"{SWAHILI}\n\nHakuna aliyekamatwa.\n\n{SWAHILI.replace('wanne', 'watano')}\n")
    assert all(part["language"] == "sw" for part in short["parts"]) and not short["names"], short["parts"]
    names = "Wanjiru wa Kamau, Otieno Odhiambo, Achieng Atieno, Baraza la Wazee, Chama cha Mapinduzi, Haki na Amani."
    assert "language" not in parts(reading("names.txt", f"The dead are {names}\n"))[f"The dead are {names}"]


@test
def a_case_keeps_where_things_stand_and_what_the_file_said():
    well("init", "map.madai")
    well("add", "map.madai", file("p.pdf", recipes.pdf_of([LONG] * 40)), file("page.html", PAGE), file("t.txt", LONG))
    shown = well("show", "map.madai", "p.pdf")
    assert "M. Odera (document information)" in shown and "p. 1" in shown and "p. 2" in shown, shown
    raw = sqlite3.connect("map.madai")
    stored = {name: json.loads(b"".join(row[0] for row in raw.execute(
        "SELECT bytes FROM chunk WHERE id / 16777216 = ? ORDER BY id", (content,)))) for name, content in raw.execute(
        "SELECT d.name, t.map FROM text t JOIN document d ON d.id = t.document WHERE t.map IS NOT NULL")}
    assert set(stored) == {"p.pdf", "page.html"} and stored["p.pdf"]["madai"] == "map/1"
    places = json.loads(well("convert", "--json", "p.pdf"))["map"]
    kind = stored["p.pdf"]["kinds"].index("body")
    assert stored["p.pdf"]["places"] == [[*p["span"], kind, p["paragraph"], p["page"], *p["box"]] for p in places]
    assert "everything holds" in well("verify", "map.madai")
    before = well("show", "--json", "map.madai", "page.html")
    assert "3 read" in well("reread", "map.madai")
    assert json.loads(well("show", "--json", "map.madai", "page.html"))["parts"] == json.loads(before)["parts"]
    assert "3 read" in well("reread", "--convert", "map.madai")
    assert raw.execute("SELECT max(version) FROM text").fetchone() == (1,)
    raw.execute("UPDATE chunk SET bytes = CAST(replace(CAST(bytes AS TEXT), 'Odera', 'Otera') AS BLOB) "
                "WHERE id IN (SELECT map * 16777216 FROM text)")
    raw.commit()
    raw.close()
    assert "the map of text 1" in run("verify", "map.madai").stdout.decode()


@test
def a_wacz_is_opened_and_each_record_may_be_packed_by_itself():
    pages = {f"https://example.org/{i}": PAGE.replace("Nakuru", f"Town{i}").encode() for i in range(3)}
    whole = recipes.warc(pages)
    cuts = [i for i in range(len(whole)) if whole.startswith(b"WARC/1.0", i)] + [len(whole)]
    packed = b"".join(gzip.compress(whole[a:b]) for a, b in zip(cuts, cuts[1:]))
    well("init", "wacz.madai")
    well("add", "wacz.madai", file("x.wacz", recipes.packed({"archive/data.warc.gz": packed, "datapackage.json": b"{}"})))
    names = [json.loads(line)["name"] for line in well("list", "--json", "wacz.madai").splitlines()]
    assert sum("https://example.org/" in name for name in names) == 3, names
    assert "Town2" in well("search", "wacz.madai", "Town2")


@test
def a_dry_run_says_what_would_be_and_stores_nothing():
    well("init", "dry.madai")
    well("add", "dry.madai", file("in/known.txt", LONG))
    for name, content in {"in/new.txt": LONG + " Again.", "in/page.html": PAGE, "in/a.mp3": b"ID3x", "in/b.mp3": b"ID3y",
                          "in/none.txt": b"", "in/twin.html": PAGE}.items():
        file(name, content)
    before = pathlib.Path("dry.madai").read_bytes()
    result = run("add", "--dry-run", "dry.madai", "in")
    said = result.stdout.decode()
    assert result.returncode == 1 and said.startswith("2 would be added, 2 known, 2 would be kept but not read, 1 refused\n"), said
    assert "2  this is a sound recording (MP3), which madai does not read" in said and "empty" in said, said
    assert pathlib.Path("dry.madai").read_bytes() == before
    lines = run("add", "--dry-run", "--porcelain", "dry.madai", "in").stdout.decode().splitlines()
    assert sorted(line.split()[0] for line in lines) == ["added"] * 2 + ["known"] * 2 + ["refused"] + ["unread"] * 2, lines
    refused(2, "exclude", "add", "--dry-run", "dry.madai", "--readings", "x")


if __name__ == "__main__":
    tap.main()
