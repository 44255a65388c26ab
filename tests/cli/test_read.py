#!/usr/bin/env python3
"""The program as a person or a pipeline meets it; prints TAP.

    test_read.py MADAI MODEL SOURCE-ROOT
"""
import json
import os
import pathlib
import pty
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

MADAI, MODEL, ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:4])
EXAMPLES = sorted(pathlib.Path(ROOT, "examples").glob("*.txt"))
ENVIRONMENT = {k: v for k, v in os.environ.items()
               if k not in ("COLUMNS", "PAGER", "NO_COLOR", "LESS")} | {"MADAI_MODEL": MODEL}
FOLDER = tempfile.TemporaryDirectory()
os.chdir(FOLDER.name)
tests = []


def test(function):
    tests.append(function)
    return function


def run(*words, given=b"", **more):
    environment = ENVIRONMENT | more
    return subprocess.run([MADAI, *map(str, words)], input=given, capture_output=True,
                          env=environment, timeout=240)


def file(name, content):
    data = content if isinstance(content, bytes) else content.encode()
    pathlib.Path(name).write_bytes(data)
    return name


def says(result, code, *words):
    """The exit code, and on stderr one line with all these words."""
    error = result.stderr.decode()
    assert result.returncode == code, (result.returncode, error)
    assert any(all(word in line for word in words) for line in error.splitlines()), error


def line(text, **document):
    return json.dumps({"document": document, "text": text})


@test
def every_wrong_usage_is_told_with_a_way_on():
    for words, told in [
        ([], "which command?"),
        (["raed"], "did you mean madai read?"),
        (["zzzzzz"], "'zzzzzz' is no command"),
        (["read"], "which FILE?"),
        (["read", "--jsn", "x"], "did you mean --json?"),
        (["read", "--with", "x"], "did you mean --with-text?"),
        (["read", "--quite-other", "x"], "there is no option --quite-other"),
        (["read", "-q", "x"], "there is no option -q"),
        (["read", "--json", "--layers", "names", "x"], "frames, mentions, roles and police, with commas in between, not 'names'"),
        (["read", "--json", "--layers", "frames,", "x"], "not ''"),
        (["read", "--layers", "frames", "x"], "--layers needs --json"),
        (["read", "x", "--date"], "--date needs a date"),
        (["read", "--json=yes", "x"], "--json takes no value"),
        (["read", "--date", "2019-02-30", "x"], "not '2019-02-30'"),
        (["read", "-j", "0", "x"], "-j takes a number"),
        (["read", "-jmany", "x"], "-j takes a number"),
        (["read", "--min-confidence", "2", "x"], "--min-confidence takes"),
        (["read", "--lines", "x"], "--lines needs --json"),
        (["read", "--with-text", "x"], "--with-text needs --json"),
        (["read", "--json", "--min-confidence", "0.9", "x"], "is for the view"),
        (["read", "--timeline", "--calendar", "x"], "only one of --acts, --actors, --explain, --places, --timeline and --calendar"),
        (["read", "--json", "--calendar", "x"], "--timeline and --calendar are views"),
        (["read", "--json", "--acts", "x"], "--acts is for the view"),
        (["read", "--json", "--explain", "x"], "--explain is for the view"),
    ]:
        result = run(*words)
        says(result, 2, told)
        says(result, 2, "--help' says more")
        assert result.stdout == b""
    file("here.txt", "x")
    says(run("here.txt"), 2, "did you mean madai read here.txt?")


@test
def help_names_every_option_of_the_manual():
    manual = pathlib.Path(ROOT, "man/madai.1.scd").read_text()
    parts = re.findall(r"^# OPTIONS OF ([A-Z]+)\n(.*?)(?=^# )", manual, re.M | re.S)
    assert {"READ", "CHECK"} <= {command for command, _ in parts}
    for command, part in parts:
        told = run(command.lower(), "--help").stdout.decode()
        for option in re.findall(r"--[a-z-]{3,}", part):
            assert option in told, (command, option)
    commands = run("--help").stdout.decode().split("Commands:")[1].split("\n\n")[0]
    for command in re.findall(r"^  ([a-z]+) ", commands, re.M):
        for name in ("madai.bash", "_madai", "madai.fish"):
            text = pathlib.Path(ROOT, "src/cli/completions", name).read_text()
            assert re.search(rf"\b{command}\b", text), (name, command)
    assert b"read" in run("--help").stdout and b"madai" in run("help").stdout


@test
def completions_offer_every_option_of_help():
    told = set(re.findall(r"--([a-z-]{3,})", run("read", "--help").stdout.decode()))
    for name in ("madai.bash", "_madai", "madai.fish"):
        text = pathlib.Path(ROOT, "src/cli/completions", name).read_text()
        for option in told:
            assert option in text, (name, option)


@test
def version_names_the_model_and_its_hash():
    words = run("--version").stdout.decode()
    assert re.search(r"^madai \d+\.\d+\.\d+\nmodel .+\nsha256 [0-9a-f]{64}\ngazetteer [0-9a-f]{64}\n$", words), words
    assert "no model" in run("--version", MADAI_MODEL="/nowhere").stdout.decode()


@test
def places_are_shown_with_their_reasons():
    file("text.txt", "Police fired at marchers in Pipeline in Embakasi South on Monday, witnesses in Nakuru said.")
    words = run("read", "--places", "text.txt").stdout.decode()
    assert "ward in Embakasi South, Nairobi County, Kenya" in words, words
    assert "beside Embakasi South" in words, words
    places = json.loads(run("read", "--json", "text.txt").stdout)["places"]
    assert [p["name"] for p in places] == ["Pipeline", "Embakasi South", "Nakuru"], places
    assert all(-2 < p["lat"] < 0 and 35 < p["lon"] < 37.5 and p["within"][-1] == "Kenya" for p in places), places
    says(run("read", "--json", "--places", "text.txt"), 2, "--places is for the view")


@test
def actors_are_shown_with_what_they_are():
    file("text.txt", "Nairobi\n\nPolice spokesman Felix Odanga said on Monday that two men died. He denied that officers had shot them.\n")
    words = run("read", "--actors", "text.txt").stdout.decode()
    assert "Felix Odanga" in words and "person, police" in words and "spokesman" in words, words
    says(run("read", "--json", "--actors", "text.txt"), 2, "--actors is for the view")
    file("text.txt", "It rained.\n")
    assert b"No actors." in run("read", "--actors", "text.txt").stdout


@test
def what_is_seen_and_made_of_a_sentence_is_explained():
    file("text.txt", "Two marchers were shot dead in Nakuru when riot police opened fire, Felix Odanga said.\n\nIt rained.")
    words = run("read", "--explain", "text.txt").stdout.decode()
    for part in ("Two/U marchers/N were/B shot/E", "lexicon    “opened fire” may be shooting", "“Nakuru” place", "\n 2          It rained. body"):
        assert part in words, words
    assert re.search(r"names +“Felix Odanga” person \d+ %", words) and re.search(r"acts +i1 killing “shot dead”", words), words
    assert run("read", "--explain", "-", given=b"?").stdout.decode().count("words") == 1


@test
def without_a_gazetteer_places_are_found_and_not_known():
    file("text.txt", "Police fired at marchers in Nakuru on Monday, witnesses said.")
    for gazetteer in (run("read", "--json", "--gazetteer", "none", "text.txt"),
                      run("read", "--json", "text.txt", MADAI_GAZETTEER="none")):
        place, = json.loads(gazetteer.stdout)["places"]
        assert place["name"] == "Nakuru" and place["why"] == "no gazetteer" and "lat" not in place, place
    says(run("read", "--gazetteer", "nowhere.gazetteer", "text.txt"), 4, "nowhere.gazetteer")
    says(run("read", "--gazetteer", file("not.gazetteer", b"x" * 5000), "text.txt"), 4, "not a gazetteer of madai")


@test
def times_are_shown_in_their_order_and_as_a_calendar():
    text = file("times.txt", b"NAKURU, May 15, 2019 (SPA) - It rained.\n\nThey march every Monday and Thursday until 30 June 2019.\n\nOn 9 May a man was shot; on 3 May he was "
                             b"warned, by Wanjiru; Otieno says.\n")
    shown = run("read", "--timeline", text).stdout.decode()
    assert shown.index("2019-05-03") < shown.index("2019-05-09") < shown.index("2019-06-30"), shown
    assert "from the document's date" in shown
    lines = run("read", "--calendar", text).stdout.decode()
    assert all(len(part.encode()) <= 75 for part in lines.split("\r\n")), lines
    whole = lines.replace("\r\n ", "")
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20190630" not in whole, "less sure than 0.8"
    whole = run("read", "--min-confidence", "0", "--calendar", text).stdout.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20190516\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20190630\r\n" in whole, whole
    assert "warned\\, by Wanjiru\\; Otieno" in whole, whole
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 5, whole


@test
def a_model_that_is_missing_or_no_model_is_told():
    file("text.txt", "Police denied it.")
    says(run("read", "--model", "nowhere.model", "text.txt"), 4, "nowhere.model")
    says(run("read", "--model", file("not.model", b"x" * 5000), "text.txt"), 4, "not.model")
    says(run("read", "text.txt", MADAI_MODEL="gone"), 4, "gone")


@test
def files_that_are_no_text_are_refused_and_the_others_read():
    file("u16.txt", "\ufeffPolice denied it.".encode("utf-16-le"))
    os.mkdir("folder")
    file("good.txt", "Police denied that they had fired on the crowd.")
    refused = {
        "absent.txt": "No such file", "folder": "Is a directory",
        file("empty.txt", ""): "empty, nothing to read",
        file("a.pdf", b"%PDF-1.7\n"): "is broken, or cut short",
        file("a.docx", b"PK\x03\x04....word/document.xml"): "ZIP container is broken",
        file("a.zip", b"PK\x03\x04...."): "is empty, broken, or locked",
        file("a.png", b"\x89PNG\r\n\x1a\n"): "is broken, or of a size that no page has",
        file("a.mp3", b"ID3\x04"): "a sound recording (MP3)",
        file("a.gz", b"\x1f\x8b\x08\x00"): "no text of its own",
        file("noise.bin", bytes(range(32)) * 9): "no text",
    }
    if os.geteuid() != 0:
        os.chmod(file("secret.txt", "x"), 0)
        refused["secret.txt"] = "Permission denied"
    result = run("read", "--json", *refused, "good.txt", "u16.txt")
    for name, why in refused.items():
        says(result, 1, name, why)
    assert [json.loads(x)["document"]["id"] for x in result.stdout.splitlines()] == ["good.txt", "u16.txt"]


@test
def a_file_of_four_gigabytes_is_refused_unread():
    with open("huge.txt", "wb") as huge:
        huge.truncate(1 << 32)
    says(run("read", "huge.txt"), 1, "huge.txt", "longer than")
    os.remove("huge.txt")


@test
def readings_stand_in_the_order_given_whatever_the_threads():
    names = [str(path) for path in EXAMPLES] * 3
    one = run("read", "--json", "-j1", *names)
    four = run("read", "--json", "-j", "4", *names)
    assert one.returncode == four.returncode == 0
    assert one.stdout == four.stdout
    ids = [json.loads(x)["document"]["id"] for x in one.stdout.splitlines()]
    assert ids == [pathlib.Path(name).name for name in names]
    for threads in "1", "3":
        assert run("read", "-j", threads, *names).stdout == run("read", *names).stdout


@test
def layers_are_given_to_those_who_ask():
    text = "Juma Otieno said he didn't see it. Otieno's lawyer denied it."
    tiny = str(pathlib.Path(ROOT, "tests/model/tiny.model"))
    plain = run("read", "--json", "-", given=text.encode())
    both = run("read", "--json", "--layers", "mentions,frames", "-", given=text.encode())
    assert both.returncode == 0
    without, reading = json.loads(plain.stdout), json.loads(both.stdout)
    assert "frames" not in without and "mentions" not in without and not plain.stderr
    assert reading["frames"] or b"the model knows no frames" in both.stderr
    assert list(reading)[-2:] == ["frames", "mentions"]
    clusters = {m["cluster"] for m in reading["mentions"] if "cluster" in m}
    if clusters <= {actor["id"] for actor in reading["actors"]}:    # the model was not taught mentions
        told = {tuple(span) for actor in reading["actors"] for span in actor["mentions"]}
        assert told and {tuple(m["span"]) for m in reading["mentions"] if "cluster" in m} == told
    else:
        assert all(re.fullmatch(r"m\d+", cluster) for cluster in clusters)
    small = json.loads(run("read", "--json", "--layers", "frames", "-", given=text.encode(), MADAI_MODEL=tiny).stdout)
    assert small["frames"] and "mentions" not in small
    small |= json.loads(run("read", "--json", "--layers", "mentions", "-", given=text.encode(), MADAI_MODEL=tiny).stdout)
    assert small["mentions"] and all(m["cluster"][0] == "m" for m in small["mentions"])
    spans = [f["predicate"] for f in small["frames"]] + [a["span"] for f in small["frames"] for a in f["args"]]
    for begin, end in spans + [m["span"] for m in small["mentions"]]:
        assert 0 <= begin < end <= len(text)


@test
def standard_input_and_a_date_are_read():
    result = run("read", "--json", "--with-text", "--date", "2019-05-13", "-",
                 given="Police denied it.\n".encode())
    reading = json.loads(result.stdout)
    assert reading["text"] == "Police denied it.\n"
    assert reading["document"]["date"] == "2019-05-13"


@test
def lines_keep_their_order_and_ids_and_bad_ones_are_told():
    given = [
        line("Police denied it.", id="one", date="2019-05-13"),
        "not JSON", "", "[1]", '{"document": 3, "text": "x"}', '{"document": {"id": 3}, "text": "x"}',
        '{"document": {"id": "six"}}', line("x", id="seven", date="13 May"),
        line("", id="eight"), '{"text": "no document"}',
        line("\u0000\u001b[31m a \ufeff b", id="ten"),
    ]
    result = run("read", "--json", "--lines", "-", "-j3", given="\n".join(given).encode() + b"\r\n")
    out = [json.loads(x) for x in result.stdout.splitlines()]
    assert [x["document"].get("id") or None for x in out] == \
        ["one", None, None, None, None, "six", "seven", "eight", None, "ten"], out
    wrong = ["not JSON", "not a JSON object", "no object", "no string", "is missing", "YYYY-MM-DD"]
    for reading, why in zip(out[1:7], wrong):
        assert why in reading["error"], reading
        says(result, 1, why)
    assert "error" not in out[0] and "error" not in out[7] and "error" not in out[9]
    says(result, 1, "standard input: line 2")
    says(run("read", "--json", "--lines", "gone.jsonl"), 1, "gone.jsonl", "No such file")
    says(run("read", "--json", "--lines", "."), 1, "Is a directory")


@test
def a_line_of_megabytes_and_a_last_one_without_end_are_read():
    text = "Police denied that. " * 9000 + " " * 1000000
    result = run("read", "--json", "--lines", "-",
                 given=(line(text, id="long") + "\n" + line("x", id="last")).encode())
    out = [json.loads(x) for x in result.stdout.splitlines()]
    assert [x["document"]["id"] for x in out] == ["long", "last"] and result.returncode == 0
    assert out[0]["document"]["bytes"] == len(text)


@test
def a_filter_answers_each_line_before_the_next_is_there():
    process = subprocess.Popen([MADAI, "read", "--json", "--lines", "-", "-j2"], env=ENVIRONMENT,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for name in "first", "second":
        process.stdin.write((line("Police denied it.", id=name) + "\n").encode())
        process.stdin.flush()
        if name == "first":
            # The rest of a block may still be waited for, never a whole one.
            reading = json.loads(process.stdout.readline())
            assert reading["document"]["id"] == name
    process.stdin.close()
    assert json.loads(process.stdout.readline())["document"]["id"] == "second"
    assert process.wait(60) == 0


@test
def a_reader_that_goes_away_is_no_error():
    names = " ".join(str(path) for path in EXAMPLES * 5)
    result = subprocess.run(["sh", "-c", f"{{ {MADAI} read --json -j3 {names}; echo $? >&2; }} | head -c 10"],
                            env=ENVIRONMENT, capture_output=True, timeout=240)
    assert result.stderr.decode().split() == ["0"], result.stderr


@test
def a_full_disk_is_told_and_ends_with_4():
    for words in (["read", "--json", EXAMPLES[0]], ["read", EXAMPLES[0]], ["--help"]):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([MADAI, *map(str, words)], stdout=full,
                                    stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=60)
        says(result, 4, "standard output", "No space left")


@test
def nothing_of_a_document_steers_the_terminal():
    text = "Police \x1b[31mdenied\x07 it, \u202eback\u202c said \x9b31m “no”.\x00\x7f\n" * 3
    result = run("read", file("evil.txt", text.encode() + b"\xff\xfe bytes\n"))
    shown = result.stdout.decode()
    assert result.returncode == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown), ascii(shown)
    assert "␛" in shown and "<202E>" in shown and "�" in shown
    says(run("read", "no\x1b[31msuch"), 1, "no␛[31msuch")


@test
def lines_are_as_wide_as_asked_for():
    file("wide.txt", "Police said that 警察は発砲を否定した 警察は発砲を否定した. " * 9 + "x" * 500)
    for width in 32, 60, 100:
        for shown in run("read", "wide.txt", COLUMNS=str(width)).stdout.decode().splitlines():
            columns = sum(2 if ord(c) > 0x2E80 else 1 for c in shown)
            assert columns <= width, (width, shown)


@test
def a_terminal_gets_colours_unless_it_says_no():
    def through_terminal(**more):
        master, slave = pty.openpty()
        process = subprocess.Popen([MADAI, "read", str(EXAMPLES[0])], stdout=slave,
                                   env=ENVIRONMENT | {"TERM": "xterm", "PAGER": ""} | more)
        os.close(slave)
        shown = b""
        try:
            while chunk := os.read(master, 65536):
                shown += chunk
        except OSError:
            pass
        assert process.wait(60) == 0
        return shown
    assert b"\x1b[1m" in through_terminal()
    assert b"\x1b" not in through_terminal(NO_COLOR="1")
    assert b"\x1b" not in through_terminal(TERM="dumb")
    assert b"[paged]" in through_terminal(PAGER="sed 's/^/[paged]/'")


@test
def claims_below_the_threshold_are_counted():
    every = run("read", "--min-confidence", "0", *EXAMPLES).stdout.decode()
    none = run("read", "--min-confidence=1", *EXAMPLES).stdout.decode()
    assert "not shown" not in every
    hidden = sum(int(x) for x in re.findall(r"^(\d+) less certain", none, re.M))
    assert hidden + none.count("▸") == every.count("▸")


@test
def progress_is_told_where_it_is_asked_for():
    text = line("Police denied that they had fired. " * 3000, id="long")
    result = run("read", "--json", "--lines", "--progress", "-", given=text.encode())
    assert result.returncode == 0
    assert run("read", "--json", EXAMPLES[0]).stderr == b""


@test
def progress_moves_on_a_terminal():
    control, terminal = pty.openpty()
    process = subprocess.Popen([MADAI, "read", "--json", "--lines", "-"], env=ENVIRONMENT, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    process.stdin.write(line("Police denied that they had fired.", id="a").encode() + b"\n")
    process.stdin.flush()
    seen = b""
    while b"1 documents read" not in seen:       # told each second, as long as there is something to wait for
        seen += os.read(control, 1000)
    process.stdin.close()
    assert json.loads(process.stdout.read())["document"]["id"] == "a"
    assert process.wait() == 0


@test
def too_little_memory_is_told_and_never_a_crash():
    if b"__asan_init" in pathlib.Path(MADAI).read_bytes():
        return                                   # sanitizers want terabytes of addresses
    ends = set()
    for megabytes in range(60, 220, 10):
        limit = megabytes << 20
        result = subprocess.run([MADAI, "read", "--json", "-j2", *map(str, EXAMPLES)], env=ENVIRONMENT, capture_output=True,
                                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
        if result.returncode == 127:
            continue                             # not even the libraries fit
        assert result.returncode in (0, 4), (megabytes, result)
        assert (result.returncode == 0) == (result.stderr == b""), result.stderr
        ends.add(result.returncode)
    assert ends == {0, 4}


@test
def control_c_ends_it_at_once():
    process = subprocess.Popen([MADAI, "read", "--json", "--lines", "-"], env=ENVIRONMENT,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == -signal.SIGINT
    assert process.stderr.read() == b""


@test
def the_examples_of_the_manual_work():
    manual = pathlib.Path(ROOT, "man/madai.1.scd").read_text().split("# EXAMPLES")[1]
    manual = manual.split("# SEE ALSO")[0]
    commands = re.findall(r"^\t(.+)$", manual, re.M)
    assert len(commands) >= 5
    os.makedirs("manual", exist_ok=True)
    os.makedirs("path", exist_ok=True)
    if not os.path.exists("path/madai"):
        os.symlink(MADAI, "path/madai")
    for name, example in ("report.txt", "press-report.txt"), ("reply.txt", "ministry-reply.txt"):
        file("manual/" + name, pathlib.Path(ROOT, "examples", example).read_bytes())
    file("manual/texts.jsonl", line("Police denied it.", id="a") + "\n")
    path = os.path.abspath("path") + ":" + os.environ["PATH"]
    for command in commands:
        result = subprocess.run(["sh", "-c", command], cwd="manual", capture_output=True,
                                env=ENVIRONMENT | {"PATH": path}, timeout=240)
        assert result.returncode == 0 and result.stderr == b"", (command, result.stderr)


print(f"1..{len(tests)}")
failed = 0
for number, function in enumerate(tests, 1):
    name = function.__name__.replace("_", " ")
    try:
        function()
        print(f"ok {number} - {name}", flush=True)
    except Exception as error:  # a failing test says why and the next runs
        failed += 1
        print(f"not ok {number} - {name}\n# {type(error).__name__}: {ascii(error)[:900]}", flush=True)
sys.exit(failed > 0)
