#!/usr/bin/env python3
"""A case as a person or a script meets it; prints TAP.

    test_case.py MADAI MODEL SOURCE-ROOT
"""
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import authority
import tap
from tap import test
from the_program import ENVIRONMENT, MADAI, file, refused, run, well

ENVIRONMENT["MADAI_MODEL"], ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
tap.enter()
TEXT = "The Constabulary denied that officers had fired on the march in Molo.\n"
COMMANDS = ["init", "add", "list", "show", "search", "accept", "correct", "reject", "merge", "split",
            "undo", "reviews", "reread", "verify", "log", "checkpoint", "prove", "key", "export", "import",
            "backup", "restore", "erase"]


def reading(name, text, **layers):
    return json.dumps({"madai": "reading/1", "document": {"id": name, "date": "2019-05-14"},
                       "text": text} | layers) + "\n"


CLAIM = {"actors": [{"id": "a1", "name": "National Constabulary", "mentions": [[4, 16]]}],
         "claims": [{"id": "c1", "act": "deny", "speaker": "a1", "source": [[0, 16]],
                     "content": [[24, 69]], "confidence": 0.9}]}


def case(name="case.madai"):
    """A case with two documents that were read elsewhere."""
    if os.path.exists(name):
        os.remove(name)
    well("init", name)
    file("readings.jsonl", reading("denial.txt", TEXT, **CLAIM) +
         reading("letter.txt", "We demand to know where Kawango is held.\n"))
    well("add", name, "--readings", "readings.jsonl")
    return name


def finding(name, *words):
    return json.loads(well("search", "--json", name, *words).splitlines()[0])["finding"]


@test
def every_wrong_usage_is_told():
    case()
    for words, told in [
        (["init"], "which CASE?"), (["add", "case.madai"], "which FILE or FOLDER?"),
        (["list", "case.madai", "x"], "one word too many"), (["search", "case.madai"], "search for what?"),
        (["show", "case.madai"], "which DOCUMENT or FINDING?"), (["accept", "case.madai"], "which FINDING?"),
        (["add", "--date", "May", "case.madai", "x"], "--date takes a day"),
        (["add", "--shard-root", "0" * 64, "case.madai", "x"], "--shard-root needs --readings"),
        (["add", "--shard-root", "x", "--readings", "y", "case.madai"], "64 hexadecimal digits"),
        (["add", "--no-read", "--readings", "y", "case.madai"], "exclude each other"),
        (["add", "--readings", "y", "case.madai", "x"], "brings its documents"),
        (["add", "-j0", "case.madai", "x"], "-j takes a number from 1"),
        (["add", "-jx", "case.madai", "x"], "-j takes a number"),
        (["search", "--sort", "x", "case.madai", "y"], "--sort takes relevance or date"),
        (["search", "-nx", "case.madai", "y"], "--limit takes a number"),
        (["export", "case.madai"], "--format takes bag, csv or json"),
        (["export", "--format", "json", "case.madai"], "to which FOLDER"),
        (["prove", "case.madai", "1"], "to which FILE"), (["key", "case.madai", "lose"], "none of new"),
        (["key", "case.madai", "recover"], "from which SHEET"),
        (["checkpoint", "case.madai", "--passphrase-file", "x"], "no key yet"),
        (["checkpoint", "case.madai", "--tsa-request", "q"], "no checkpoint to be stamped"),
        (["checkpoint", "case.madai", "--tsa-response", "q"], "needs --tsa-trusted"),
        (["erase", "case.madai"], "which DOCUMENT, or which --person?"),
        (["correct", "case.madai", "denial.txt", "--add", "claim"], "--add needs --span"),
        (["correct", "case.madai", "c-0000", "says"], "is not FIELD=VALUE"),
    ]:
        refused(2, told, *words)
    refused(1, "there is no document or finding 'nobody'", "show", "case.madai", "nobody")
    refused(1, "there is no finding", "accept", "case.madai", "c-0000")
    refused(1, "no document has these words", "erase", "--person", "Nobody", "case.madai")
    refused(1, "cannot open", "list", "no.madai")
    refused(4, "not a case file", "list", file("not.madai", "x" * 5000))
    refused(2, "is there already", "init", "case.madai")


@test
def every_command_has_help_with_examples():
    told = well("--help")
    for command in COMMANDS:
        help_text = well(command, "--help")
        assert "Example" in help_text and f"madai {command}" in help_text, command
        assert f"  {command} " in told, command


@test
def files_and_folders_come_in_once_with_their_hash():
    well("init", "in.madai")
    file("press/a.txt", TEXT)
    file("press/2019/b.txt", "Marchers sang.\n")
    file("press/.hidden", "x")
    file("press/copy.txt", TEXT)
    file("press/c.pdf", b"%PDF-1.4\n")
    result = run("add", "--porcelain", "--source", "a courier", "in.madai", "press", "absent.txt")
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    lines = result.stdout.decode().splitlines()
    assert result.returncode == 1, result.stderr
    assert f"added {sha256} press/a.txt" in lines and f"known {sha256} press/copy.txt" in lines, lines
    assert any(line.startswith("unread ") and "press/c.pdf: is broken" in line for line in lines), lines
    assert any(line.startswith("refused absent.txt: ") for line in lines), lines
    listed = [json.loads(line) for line in well("list", "--json", "in.madai").splitlines()]
    assert [entry["name"] for entry in listed] == ["2019/b.txt", "a.txt", "c.pdf"], listed
    assert listed[1]["sha256"] == sha256 and listed[1]["bytes"] == len(TEXT)
    assert listed[1]["source"] == "a courier" and listed[1]["held"] == "here" and "read" in listed[1]
    assert well("show", "--text", "in.madai", sha256[:12]) == TEXT
    assert "0 added, 3 known" in well("add", "in.madai", "press/a.txt", "press/copy.txt", "press/2019")
    well("add", "in.madai", "-", given=b"Police spoke.\n")
    assert "everything holds" in well("verify", "in.madai")


@test
def originals_may_be_kept_unread_and_read_later():
    well("init", "later.madai")
    well("add", "--no-read", "later.madai", file("later.txt", TEXT), file("x.pdf", b"%PDF-1.4\n"))
    assert "2 documents were not read yet" in well("verify", "later.madai")
    refused(1, "was not read yet", "show", "--json", "later.madai", "later.txt")
    assert run("reread", "--unread", "later.madai").returncode == 1
    assert "claim" in well("show", "later.madai", "later.txt")
    assert "everything holds" in well("verify", "later.madai")


@test
def readings_from_elsewhere_bring_their_texts():
    case()
    assert "2 originals are held elsewhere" in well("verify", "case.madai")
    file("bad.jsonl", "{\n" + "[]\n" + '{"document":{"id":"x"}}\n' + reading("x", "y", claims=[{"id": "c1", "content": [[0, 99]]}]) +
         reading("x", "y", claims=[{}]) + '{"document":{"id":"x","sha256":"7"},"text":"y"}\n' +
         reading("z", "y", claims=[{"id": "c1"}, {"id": "c1"}]) + '{"document":{"id":"x"},"text":7}\n' +
         '{"document":{"id":"x","sha256":"' + "0" * 64 + '"}}\n')
    result = run("add", "--porcelain", "--shard-root", "0" * 64, "case.madai", "--readings", "bad.jsonl")
    assert result.returncode == 1
    told = result.stdout.decode()
    for words in ["line 1: byte", "no document with an id", "neither a text", "outside the text", "has no id",
                  "not 64 digits", "given twice", "is no string", "has no text"]:
        assert words in told, (words, told)
    assert len(well("list", "case.madai").splitlines()) == 2


@test
def a_decision_is_kept_shown_and_taken_back():
    case()
    key = finding("case.madai", "says:deny")
    well("accept", "--why", "heard it", "case.madai", key)
    shown = well("show", "case.madai", key)
    assert "accepted" in shown and "by A. Otieno" in shown and "heard it" in shown
    well("undo", "case.madai", key)
    assert "unreviewed" in well("show", "case.madai", key)
    refused(1, "nobody has decided", "undo", "case.madai", key)
    well("correct", "case.madai", key, "says=demand", "who=")
    assert finding("case.madai", "says:demand") == key
    assert json.loads(well("show", "--json", "case.madai", key))["status"] == "corrected"
    well("correct", "--add", "act", "--span", "24-31", "case.madai", "letter.txt", "act=detention")
    assert finding("case.madai", "act:detention status:added").startswith("i-")
    refused(2, "of kind", "merge", "case.madai", key, finding("case.madai", "kind:actor"))
    assert len(well("reviews", "--json", "case.madai").splitlines()) == 4
    well("add", "case.madai", "--readings", file("none.jsonl", reading("denial.txt", TEXT)))
    stranded = [json.loads(line) for line in well("reviews", "--stranded", "--json", "case.madai").splitlines()]
    assert [line["finding"] for line in stranded] == [key] and stranded[0]["decision"] == "corrected", stranded
    assert "(stranded)" in well("reviews", "--stranded", "case.madai")
    assert "everything holds" in well("verify", "case.madai")


@test
def a_case_is_signed_proved_and_given_away():
    case()
    file("word", "a long passphrase\n")
    file("wrong", "another\n")
    sign = ["--passphrase-file", "word"]
    well("key", "case.madai", "new", *sign)
    refused(2, "the case has a key", "key", "case.madai", "new", *sign)
    refused(2, "the passphrase does not open the key", "checkpoint", "case.madai", "--passphrase-file", "wrong")
    note = well("checkpoint", "case.madai", *sign)
    well("prove", "-o", "denial.proof", "case.madai", "denial.txt")
    assert note in pathlib.Path("denial.proof").read_text()
    assert "denial.txt" in pathlib.Path("denial.proof.json").read_text()
    refused(2, "is there already", "prove", "-o", "denial.proof", "case.madai", "1")
    file("held.txt", note)
    assert "everything holds" in well("verify", "--checkpoint", "held.txt", "case.madai")
    well("accept", "case.madai", finding("case.madai", "says:deny"))
    well("export", "--format", "bag", "-o", "bag", *sign, "case.madai")
    well("check", "bag")
    well("init", "other.madai")
    assert "2 documents added" in well("import", "other.madai", "bag")
    assert "0 documents added, 2 known, 0 readings, 0 reviews" in well("import", "other.madai", "bag")
    assert finding("other.madai", "status:accepted") == finding("case.madai", "status:accepted")
    assert "everything holds" in well("verify", "other.madai")
    result = run("verify", "--checkpoint", "held.txt", "other.madai")
    assert result.returncode == 3 and b"key unknown" in result.stdout
    text = next(pathlib.Path("bag/data/texts").iterdir())
    text.write_bytes(text.read_bytes().replace(b"e", b"3"))
    refused(3, "does not hold", "import", "other.madai", "bag")


@test
def an_export_for_programs_has_every_reading():
    case()
    well("export", "--format", "json", "-o", "data", "case.madai")
    lines = [json.loads(line) for line in open("data/readings.jsonl")]
    assert lines[0]["text"] == TEXT and lines[0]["claims"] == CLAIM["claims"]
    whole = json.load(open("data/case.json"))
    assert whole["actors"][0]["members"] == ["denial.txt#a1"]
    assert json.loads(run("link", "--json", "case.madai").stdout) == whole
    counted = run("link", "--csv", "case.madai").stdout.decode("utf-8-sig").splitlines()
    assert counted[:2] == ['"list","count"', f'"actors","{len(whole["actors"])}"'], counted
    refused(2, "--json or --csv", "link", "--json", "--csv", "case.madai")
    refused(2, "is there already", "export", "--format", "json", "-o", "data", "case.madai")


def stamp(name):
    """The last checkpoint, stamped by an authority of our own."""
    well("checkpoint", name, "--tsa-request", "query.tsq")
    authority.make()
    authority.answer("query.tsq", "answer.tsr")
    well("checkpoint", name, "--tsa-response", "answer.tsr", "--tsa-trusted", "root.pem")


@test
def a_bag_has_one_checkpoint_of_each_size_with_its_stamp():
    case()
    file("word", "a long passphrase\n")
    sign = ["--passphrase-file", "word"]
    well("key", "case.madai", "new", *sign)
    first = well("checkpoint", "case.madai", *sign)
    stamp("case.madai")
    well("checkpoint", "case.madai", *sign)
    well("export", "--format", "bag", "-o", "stamped", *sign, "case.madai")
    size = first.splitlines()[1]
    earlier = sorted(path.name for path in pathlib.Path("stamped/ledger/earlier").iterdir())
    assert earlier == [f"{size}.checkpoint", f"{size}.pem", f"{size}.tsr"], earlier
    assert pathlib.Path(f"stamped/ledger/earlier/{size}.tsr").read_bytes() == pathlib.Path("answer.tsr").read_bytes()
    well("check", "stamped")
    subprocess.run([sys.executable, "stamped/verify.py"], check=True, capture_output=True)
    assert "everything holds" in well("verify", "case.madai")


@test
def a_bag_whose_entry_could_not_be_kept_has_no_name():
    case()
    file("word", "a long passphrase\n")
    well("key", "case.madai", "new", "--passphrase-file", "word")
    before = pathlib.Path("case.madai").read_bytes()
    # A reader that does not end keeps the writer from its commit.
    with sqlite3.connect("case.madai") as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM ledger LIMIT 1").fetchone()
        refused(4, "is using the case", "export", "--format", "bag", "-o", "lost", "--passphrase-file", "word", "case.madai")
    assert not os.path.exists("lost") and not os.path.exists("lost.partial")
    assert pathlib.Path("case.madai").read_bytes() == before


def table(name="case.madai", *words):
    """The rows of a table of reviews, as a spreadsheet has them."""
    exported = run("export", "--format", "csv", "-o", "-", *words, name)
    assert exported.returncode == 0, exported.stderr
    text = exported.stdout.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def bring(rows, told, name="case.madai", code=0, **how):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), **how)
    writer.writeheader()
    writer.writerows(rows)
    result = run("import", "--by", "B. Wafula", name, file("table.csv", text.getvalue()))
    said = result.stdout.decode() + result.stderr.decode()
    assert result.returncode == code and told in said, (result.returncode, said)


@test
def a_table_of_reviews_comes_back_with_what_was_changed():
    case()
    key = finding("case.madai", "says:deny")
    assert table() == []
    rows = table("case.madai", "--unreviewed")
    assert {row["kind"] for row in rows} == {"actor", "claim"}, rows
    claim = next(row for row in rows if row["finding"] == key)
    assert claim["quote"] == TEXT[24:69] and claim["decision"] == claim["review"] == ""
    bring(rows, "0 rows taken, 2 known, 0 passed over")
    claim.update(decision="accepted", who="Agnes Ndolo", why="=heard \"it\",\nthen '")
    bring(rows, "1 rows taken, 1 known")
    bring(rows, "0 rows taken, 2 known")
    shown = json.loads(well("show", "--json", "case.madai", key))
    assert shown["status"] == "accepted" and shown["who"] == "Agnes Ndolo", shown
    (row,) = table()
    assert row["reviewer"] == "B. Wafula" and row["why"] == "'" + claim["why"] and row["review"].startswith("r-")
    bring([row], "0 rows taken, 1 known", delimiter=";", lineterminator="\n")
    well("reject", "case.madai", key)
    row["decision"] = "corrected"
    row["says"] = "demand"
    bring([row], "line 2: passed over: decided since the table was made (r-")
    (row,) = table()
    row.update(decision="corrected", says="demand", other='{"note": "x"}', begin="25")
    bring([row], "1 rows taken", quoting=csv.QUOTE_ALL)
    bring([row], "1 known")
    (row,) = table()
    assert row["other"] == '{"note":"x"}' and (row["begin"], row["reviewer"]) == ("25", "B. Wafula"), row
    row["other"] = ""
    bring([row], "1 rows taken")
    (row,) = table()
    row["decision"] = ""
    bring([row], "1 rows taken")
    bring([row], "1 known")
    assert table() == [] and finding("case.madai", "says:deny") == key
    assert len(well("reviews", "--json", "case.madai").splitlines()) == 8
    assert "everything holds" in well("verify", "case.madai")


@test
def a_table_brings_what_was_added_and_merged():
    case()
    well("add", "case.madai", "--readings", file("more.jsonl", reading("more.txt", TEXT + "x", **CLAIM)))
    actors = sorted(row["finding"] for row in table("case.madai", "--unreviewed") if row["kind"] == "actor")
    well("merge", "case.madai", *actors)
    added = {"review": "", "finding": "", "name": "letter.txt", "kind": "act", "decision": "added",
             "act": "detention", "begin": "24", "end": "31", "why": "", "reviewer": "C. Aluoch"}
    bring([added], "1 rows taken")
    bring([added], "1 known")
    rows = table()
    assert {row["decision"] for row in rows} == {"added", "merged"}
    well("init", "third.madai")
    well("add", "third.madai", "--readings", "readings.jsonl")
    well("add", "third.madai", "--readings", "more.jsonl")
    bring(rows, "2 rows taken, 0 known", "third.madai")
    bring(rows, "0 rows taken, 2 known", "third.madai")
    assert sorted(row["reviewer"] for row in table("third.madai")) == ["A. Otieno", "C. Aluoch"]
    group = next(row for row in rows if row["decision"] == "merged")
    bring([group | {"decision": "split"}], "1 rows taken")
    assert [row["decision"] for row in table()].count("split") == 1
    bring([group | {"decision": ""}], "0 rows taken, 1 known")
    rows = [row | {"decision": ""} for row in table()]
    bring(rows, "2 rows taken")
    bring(rows, "2 known")
    assert table() == []
    assert "everything holds" in well("verify", "case.madai")


@test
def a_stranded_decision_is_in_the_table_and_can_be_taken_back():
    case()
    key = finding("case.madai", "says:deny")
    well("correct", "--why", "heard it", "case.madai", key, "says=demand", "note=x")
    well("reject", "case.madai", finding("case.madai", "kind:actor"))
    # A text too short for the place: of the same original, read elsewhere.
    whole = json.loads(reading("denial.txt", "It denied.\n"))
    whole["document"]["sha256"] = hashlib.sha256(TEXT.encode()).hexdigest()
    well("add", "case.madai", "--readings", file("short.jsonl", json.dumps(whole)))
    rows = table()
    assert [row["stranded"] for row in rows] == ["stranded"] * 2, rows
    row = rows[0]
    assert (row["decision"], row["says"], row["other"], row["why"]) == ("corrected", "demand", '{"note":"x"}', "heard it")
    assert row["quote"] == TEXT[24:69] and row["finding"] == key
    bring(rows, "0 rows taken, 2 known, 0 passed over")
    bring([row | {"decision": "accepted"}], "is stranded: decide about another", code=1)
    bring([row | {"says": "ask"}], "is stranded: decide about another", code=1)
    well("init", "third2.madai")
    well("add", "third2.madai", "--readings", "readings.jsonl")
    bring(rows, "line 2: passed over: stranded, in another case", "third2.madai")
    bring([row | {"decision": ""}], "1 rows taken")
    bring([row | {"decision": ""}], "0 rows taken, 1 known")
    bring([row], "passed over: taken back since")
    well("add", "case.madai", "--readings", "readings.jsonl")
    bring([rows[1]], "0 rows taken, 1 known")
    bring([rows[1] | {"decision": ""}], "passed over: stranded no more")
    assert [row["decision"] for row in table()] == ["rejected"]
    assert "everything holds" in well("verify", "case.madai")


@test
def a_bag_is_taken_whole_or_not_at_all():
    case()
    file("word", "a long passphrase\n")
    well("key", "case.madai", "new", "--passphrase-file", "word")
    well("add", "--no-read", "case.madai", file("large.bin", os.urandom(2_000_000)), file("large2.bin", os.urandom(2_000_000)))
    well("accept", "case.madai", finding("case.madai", "says:deny"))
    shutil.rmtree("whole", ignore_errors=True)
    well("export", "--format", "bag", "-o", "whole", "--passphrase-file", "word", "case.madai")
    well("init", "half.madai")
    room = os.path.getsize("half.madai") + 3_000_000

    def no_more_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    result = subprocess.run([MADAI, "import", "half.madai", "whole"], capture_output=True, env=ENVIRONMENT,
                            timeout=240, preexec_fn=no_more_room)
    assert result.returncode == 4 and b"nothing of this was kept" in result.stderr, result
    assert well("list", "half.madai") == "" and "everything holds" in well("verify", "half.madai")
    assert "4 documents added" in well("import", "half.madai", "whole")
    assert finding("half.madai", "status:accepted") == finding("case.madai", "status:accepted")
    assert "everything holds" in well("verify", "half.madai")


@test
def a_table_that_cannot_be_taken_changes_nothing():
    case()
    rows = table("case.madai", "--unreviewed")
    actor, claim = (next(row for row in rows if row["kind"] == kind) for kind in ["actor", "claim"])
    for change, told in [
        ({"decision": "perhaps"}, "'perhaps' is no decision"), ({"decision": "undone"}, "is no decision"),
        ({"first": "14.05.2019"}, "is no date as 2019-05-14"), ({"begin": "x"}, "is no number of bytes"),
        ({"end": "4000"}, "lies outside the text"), ({"other": "{"}, "other: "), ({"other": "[]"}, "not a JSON object"),
        ({"other": '{"x": 1}'}, "is no text"), ({"decision": "corrected"}, "nothing is said otherwise"),
        ({"decision": "added"}, "is the reader's own"), ({"decision": "merged"}, "with which other"),
        ({"decision": "merged", "with": "a-000"}, "there is no finding"),
        ({"decision": "merged", "with": claim["finding"]}, "stands with itself"),
        ({"decision": "accepted", "finding": "c-0000"}, "there is no finding"),
        ({"decision": "added", "finding": "", "document": "", "name": "no.txt"}, "there is no document"),
    ]:
        bring([actor | {"decision": "rejected"}, claim | change], told, code=1)
        assert table() == [], change
    bring([claim | {"decision": "perhaps"}] * 2, "2 rows cannot be taken; nothing was changed", code=1)
    bring([{"finding": "x"}], "no column 'review'", code=1)
    refused(1, "not UTF-8", "import", "case.madai", file("x.csv", b"review\xe4"))
    refused(1, "a quote is not closed", "import", "case.madai", file("x.csv", 'review,finding,decision\n"'))
    refused(2, "is there already", "export", "--format", "csv", "-o", "x.csv", "case.madai")
    refused(1, "cannot make the file", "export", "--format", "csv", "-o", "no/x.csv", "case.madai")


@test
def merges_and_splits_reach_the_export():
    def exported(number):
        well("export", "--format", "json", "-o", f"groups{number}", "case.madai")
        whole = json.load(open(f"groups{number}/case.json"))
        return [sorted(sorted(one["members"]) for one in whole[kind]) for kind in ["actors", "incidents"]]

    def key(kind, document, begin):
        return next(row["finding"] for row in table("case.madai", "--unreviewed")
                    if (row["kind"], row["name"], row["begin"]) == (kind, document, str(begin)))
    layers = {"actors": [{"id": "a1", "name": "Police", "mentions": [[0, 6]]}],
              "acts": [{"id": "i1", "act": "killing", "trigger": [7, 13]},
                       {"id": "i2", "act": "killing", "same_as": "i1", "trigger": [14, 19]}]}
    case()
    for name in ["x", "y", "z"]:
        well("add", "case.madai", "--readings", file("g.jsonl", reading(name, f"Police killed again {name}.\n", **layers)))
    def together(groups, *members):
        return any(set(members) <= set(group) for group in groups)

    a = {name: key("actor", name, 0) for name in "xyz"}
    i = {name + str(n): key("act", name, 7 * n) for name in "xyz" for n in [1, 2]}
    well("merge", "case.madai", a["x"], a["y"], a["z"])
    well("merge", "case.madai", i["x1"], i["y1"])
    actors, incidents = exported(1)
    assert ["x#a1", "y#a1", "z#a1"] in actors, actors
    assert together(incidents, "x#i1", "y#i1"), incidents
    well("split", "case.madai", a["y"], a["x"])
    well("split", "case.madai", i["x1"], i["y1"])
    well("split", "case.madai", i["z2"], i["z1"])
    actors, incidents = exported(2)
    assert ["x#a1", "z#a1"] in actors and ["y#a1"] in actors, actors
    assert not together(incidents, "x#i1", "y#i1") and not together(incidents, "z#i1", "z#i2"), incidents
    well("merge", "case.madai", a["y"], a["z"])
    well("merge", "case.madai", i["z2"], i["z1"])
    actors, incidents = exported(3)
    assert ["x#a1", "y#a1", "z#a1"] in actors and together(incidents, "z#i1", "z#i2"), (actors, incidents)
    well("reject", "case.madai", a["z"])
    assert not any("z#a1" in group for group in exported(4)[0])


@test
def what_documents_say_together_is_shown():
    layers = {"actors": [{"id": "a1", "name": "Amani Front", "type": "organisation", "class": "party", "mentions": [[0, 11]]}],
              "acts": [{"id": "i1", "act": "killing", "trigger": [17, 23], "figures": ["f1"]}],
              "figures": [{"id": "f1", "span": [24, 34], "of": "people", "harm": "killed", "min": 3, "max": 3, "act": "i1"}]}
    case()
    for name in ["x", "y"]:
        well("add", "case.madai", "--readings", file("g.jsonl", reading(name, f"Amani Front says killed 3 people {name}.\n", **layers)))
    assert "Amani Front" in well("actors", "case.madai")
    lines = [json.loads(line) for line in well("actors", "--json", "case.madai").splitlines()]
    assert {"madai": "case-actor/1", "name": "Amani Front", "members": ["x#a1", "y#a1"]}.items() <= lines[0].items() or \
        any(line["members"] == ["x#a1", "y#a1"] for line in lines), lines
    assert '"incident","harm","of"' in well("figures", "--csv", "case.madai")
    assert "killing" in well("incidents", "case.madai")
    for name in ["relations", "complaints", "patterns"]:
        well(name, "case.madai")
    assert "held to be the same as x#a1" in well("why", "case.madai", "y#a1")
    refused(1, "no link has", "why", "case.madai", "y#a9")
    refused(2, "--json or --csv, not both", "actors", "--json", "--csv", "case.madai")
    refused(2, "from 0 to 1", "relations", "--min-confidence", "2", "case.madai")


@test
def a_copy_is_the_case_again():
    case()
    well("backup", "case.madai", "copy.madai")
    refused(2, "is there already", "backup", "case.madai", "copy.madai")
    os.remove("case.madai")
    well("restore", "case.madai", "copy.madai")
    assert "everything holds" in well("verify", "case.madai")
    data = bytearray(pathlib.Path("copy.madai").read_bytes())
    data[data.index(b"Constabulary denied")] ^= 1
    pathlib.Path("touched.madai").write_bytes(data)
    result = run("verify", "touched.madai")
    assert result.returncode == 3 and b"altered: " in result.stdout
    refused(3, "the copy was touched", "restore", "new.madai", "touched.madai")


@test
def an_erased_document_is_gone_from_the_bytes():
    case()
    told = well("erase", "--person", "Kawango", "case.madai")
    assert "would erase" in told and "nothing was erased" in told
    well("erase", "--yes", "--why", "asked for", "--person", "Kawango", "case.madai")
    data = pathlib.Path("case.madai").read_bytes()
    for word in [b"Kawango", b"kawango", b"letter.txt"]:
        assert word not in data, word
    assert run("search", "case.madai", "kawango").returncode == 1
    assert "entries were erased" in well("verify", "case.madai")


@test
def a_case_that_cannot_be_written_is_told():
    case()
    as_nobody = []
    if os.geteuid() == 0:  # whom no mode keeps from writing
        if shutil.which("setpriv") is None:
            return
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chmod(tap.FOLDER.name, 0o755)
        shutil.copy(MADAI, "madai-of-nobody")  # which may lie where nobody sees it
    os.chmod("case.madai", 0o444)

    def told(*words):
        program = "./madai-of-nobody" if as_nobody else MADAI
        return subprocess.run([*as_nobody, program, *words], capture_output=True, env=ENVIRONMENT, timeout=240)
    before = pathlib.Path("case.madai").read_bytes()
    for words in [("accept", "case.madai", "c-0000"), ("import", "case.madai", "table.csv"),
                  ("add", "--no-read", "case.madai", "readings.jsonl")]:
        result = told(*words)
        assert result.returncode == 4 and b"cannot be written" in result.stderr, (words, result)
    for words in [("verify", "case.madai"), ("list", "case.madai"), ("search", "case.madai", "denied"), ("log", "case.madai")]:
        result = told(*words)
        assert result.returncode == 0, (words, result)
    assert pathlib.Path("case.madai").read_bytes() == before
    with sqlite3.connect("older.madai") as raw:
        raw.execute("PRAGMA application_id = 1835099233")
    os.chmod("older.madai", 0o444)
    result = told("list", "older.madai")
    assert result.returncode == 4 and b"has to be brought forward, and cannot be written" in result.stderr, result


@test
def the_log_says_what_was_done():
    case()
    lines = [json.loads(line) for line in well("log", "--json", "-n", "0", "case.madai").splitlines()]
    assert [line["kind"] for line in lines] == ["case"] + ["document", "text", "reading"] * 2
    assert re.search(r"document +denial\.txt", well("log", "case.madai"))


if __name__ == "__main__":
    tap.main()
