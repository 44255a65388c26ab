#!/usr/bin/env python3
"""The API says what its document says: each address is in both, each answer of
a whole round through a case has the shape that is promised, and says 304 for
what has not changed.

    test_api.py MADAI MODEL SOURCE
"""
import json
import pathlib
import re
import socket
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "tools")]
import tap  # noqa: E402
from served import Server  # noqa: E402
from the_program import file, well  # noqa: E402

SOURCE = pathlib.Path(sys.argv[3]).resolve()
DOCUMENT = json.loads((SOURCE / "web" / "openapi.json").read_text())
tap.enter()

well("init", "api.madai")
server = Server("api.madai").enter()


def resolve(schema):
    while "$ref" in schema:
        at = DOCUMENT
        for part in schema["$ref"][2:].split("/"):
            at = at[part]
        schema = at
    return schema


TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list, "null": type(None)}


def check(value, schema, where):
    """As much of JSON Schema as our document uses."""
    schema = resolve(schema)
    for one in schema.get("allOf", []):
        check(value, one, where)
    if "anyOf" in schema:
        faults = []
        for one in schema["anyOf"]:
            try:
                return check(value, one, where)
            except AssertionError as fault:
                faults.append(str(fault))
        raise AssertionError("; ".join(faults))
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        assert any(isinstance(value, TYPES[kind]) and not (kind in ("integer", "number") and isinstance(value, bool)) for kind in kinds), (where, value, kinds)
    if "enum" in schema:
        assert value in schema["enum"], (where, value)
    if isinstance(value, str) and "pattern" in schema:
        assert re.search(schema["pattern"], value), (where, value)
    if isinstance(value, (int, float)) and "minimum" in schema:
        assert value >= schema["minimum"], (where, value)
    if isinstance(value, dict):
        missing = [name for name in schema.get("required", []) if name not in value]
        assert not missing, (where, missing)
        for name, one in value.items():
            if name in schema.get("properties", {}):
                check(one, schema["properties"][name], f"{where}.{name}")
            elif isinstance(schema.get("additionalProperties"), dict):
                check(one, schema["additionalProperties"], f"{where}.{name}")
    if isinstance(value, list) and "items" in schema:
        for at, one in enumerate(value):
            check(one, schema["items"], f"{where}[{at}]")


def answer(method, path, template, body=None):
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = server.page()
    if method == "POST":
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers |= {"Origin": server.origin, "Content-Type": kind}
    status, head, answered = server.ask(method, "/api/v1" + path, headers, data)
    assert status == 200, (path, status, answered)
    assert head["content-type"] == "application/json" and len(answered) < 100_000, (path, len(answered))
    value = json.loads(answered)
    promised = DOCUMENT["paths"][template][method.lower()]["responses"]["200"]
    check(value, promised["content"]["application/json"]["schema"], path)
    if "headers" in promised:
        again, _, rest = server.ask("GET", "/api/v1" + path, server.page(**{"If-None-Match": head["etag"]}))
        assert again == 304 and rest == b"", (path, again)
    return value


@tap.test
def the_table_of_addresses_and_the_document_are_the_same():
    table = (SOURCE / "src" / "serve" / "api.c").read_text()
    ours = {(method.lower(), "/" + path) for method, path in re.findall(r'\{"(GET|POST)",\s*"([^"]+)",', table)}
    theirs = {(method, re.sub(r"\{\w+\}", "*", path)) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert ours == theirs, ours ^ theirs


@tap.test
def the_document_is_served_beside_the_api():
    status, _, body = server.ask("GET", "/assets/openapi.json", server.page())
    assert status == 200 and json.loads(body) == DOCUMENT


@tap.test
def an_empty_case_has_an_answer_for_everything():
    for path in ("/session", "/overview", "/documents", "/actors", "/places", "/chronology", "/reviews", "/log", "/trust", "/job"):
        answer("GET", path, path)
    for by in ("kinds", "statuses", "says", "speakers", "acts", "places", "months"):
        answer("GET", "/counts/" + by, "/counts/{by}")


@tap.test
def documents_come_in_by_the_api():
    numbers = []
    for name in ("press-report.txt", "letter.txt", "ministry-reply.txt"):
        data = (SOURCE / "examples" / name).read_bytes()
        numbers.append(answer("POST", "/uploads?name=folder%2F" + name, "/uploads", data)["upload"])
    answer("POST", "/jobs", "/jobs", {"kind": "add", "uploads": numbers, "facts": {"source": "A neighbour", "date": "2019-06-01"}})
    job = server.wait_for_job()
    assert job["added"] == 3 and job["refused"] == 0, job
    assert {one["name"] for one in job["items"]} == {"folder/press-report.txt", "folder/letter.txt", "folder/ministry-reply.txt"} or len(job["items"]) == 3
    answer("GET", "/job?limit=2", "/job")


@tap.test
def what_is_known_is_not_added_twice():
    number = answer("POST", "/uploads?name=again.txt", "/uploads", (SOURCE / "examples" / "letter.txt").read_bytes())["upload"]
    answer("POST", "/jobs", "/jobs", {"kind": "add", "uploads": [number]})
    assert server.wait_for_job()["known"] == 1


@tap.test
def every_answer_has_the_shape_that_is_promised():
    listed = answer("GET", "/documents?order=name&limit=2", "/documents")
    assert listed["total"] == 3 and len(listed["items"]) == 2
    for order in ("added", "date"):
        answer("GET", "/documents?order=" + order, "/documents")
    for one in listed["items"]:
        document = answer("GET", "/documents/" + one["document"], "/documents/{document}")
        assert document["facts"]["source"] == "A neighbour"
        answer("GET", f"/documents/{one['document']}/findings?kind=claim&limit=5", "/documents/{document}/findings")
        text = answer("GET", f"/documents/{one['document']}/text", "/documents/{document}/text")
        assert text["span"][0] == 0 and len(text["text"].encode()) == text["span"][1]
    for path in ("/actors", "/places", "/chronology?from=2019&to=2019-12", "/chronology?who=police", "/chronology?act=killing", "/log?limit=3", "/log?before=2", "/trust", "/overview"):
        answer("GET", path, path.split("?")[0])
    for words in ("officers", "kind:claim", "says:deny&sort=date", "act:killing"):
        answer("GET", "/search?q=" + words, "/search")
    for by in ("kinds", "says", "speakers", "acts", "places", "months"):
        assert answer("GET", "/counts/" + by, "/counts/{by}")["items"], by


@tap.test
def a_paper_is_shown_and_printed_and_its_pages_are_drawn():
    answer("GET", "/templates", "/templates")
    for query in ("", "?unreviewed=yes", "?paper=chronology&unreviewed=yes&from=2019-05-01&to=2019-06-30", "?paper=matrix&unreviewed=yes", "?paper=press&title=What+was+said"):
        paper = answer("GET", "/report" + query, "/report")
        assert paper["total"] >= len(paper["blocks"]) > 0
        assert all(0 <= run.get("note", 0) < max(1, len(paper["notes"])) for block in paper["blocks"] for run in block["runs"])
    for file_format, begin in (("pdf", b"%PDF"), ("docx", b"PK"), ("md", b"#"), ("html", b"<!"), ("csv", b"")):
        status, head, body = server.ask("GET", f"/api/v1/report?unreviewed=yes&format={file_format}")
        assert status == 200 and body.lower().startswith(begin.lower()), (file_format, body[:100])
        assert head["content-disposition"].startswith("attachment") and head["content-type"] == "application/octet-stream"
    for query in ("?format=exe", "?from=May", "?paper=x", "?template=plain", "?unreviewed="):
        assert server.ask("GET", "/api/v1/report" + query)[0] == 400, query
    paper = server.ask("GET", "/api/v1/report?unreviewed=yes&format=pdf")[2]
    number = json.loads(server.upload("paper.pdf", paper)[2])["upload"]
    server.post("jobs", {"kind": "add", "uploads": [number]})
    server.wait_for_job()
    document = [one for one in server.get("documents")["items"] if one["name"] == "paper.pdf"][0]["document"]
    status, head, picture = server.ask("GET", f"/api/v1/documents/{document}/pages/1")
    assert status == 200 and head["content-type"] == "image/png" and picture.startswith(b"\x89PNG\r\n\x1a\n"), (status, picture[:300])
    assert float(head["x-madai-dots"]) == 100 and 700 < int.from_bytes(picture[16:20], "big") < 1000
    for page, wanted in (("999", 404), ("0", 404), ("x", 404), ("1", 200)):
        assert server.ask("GET", f"/api/v1/documents/{document}/pages/{page}")[0] == wanted, page
    finding = [one for one in server.get(f"documents/{document}/findings?kind=claim")["items"]][0]
    where = answer("GET", f"/documents/{document}/places?begin={finding['span'][0]}&end={finding['span'][1]}", "/documents/{document}/places")
    assert where["pages"] > 1 and where["items"], where
    for one in where["items"]:
        left, top, right, bottom = one["box"]
        assert 1 <= one["page"] <= where["pages"] and 0 < left < right < 6000 and 0 < top < bottom < 8500, one
    assert server.get("documents/" + document)["pages"] == where["pages"]
    text = [one for one in server.get("documents")["items"] if one["name"].endswith("letter.txt")][0]["document"]
    assert server.ask("GET", f"/api/v1/documents/{text}/pages/1")[0] == 404
    assert answer("GET", f"/documents/{text}/places", "/documents/{document}/places") == {"pages": 0, "items": []}


@tap.test
def windows_of_a_text_tile_it():
    for one in server.get("documents")["items"]:
        at, words = 0, b""
        whole = server.get("documents/" + one["document"])["text"]
        while at < whole:
            window = server.get(f"documents/{one['document']}/text?at={at}")
            assert window["span"][0] == at and window["span"][1] > at, (at, window["span"])
            words += window["text"].encode()
            at = window["span"][1]
        assert len(words) == whole


@tap.test
def a_long_text_comes_in_windows_forwards_and_backwards():
    lines = "".join(f"{i}. The party said on 3 May 2019 that officers had arrested {i} people in Nakuru.\n" for i in range(1, 800))
    file("long.txt", lines + "x" * 30000 + "\n" + "\u00e4" * 20000)
    number = json.loads(server.upload("long.txt", pathlib.Path("long.txt").read_bytes())[2])["upload"]
    server.post("jobs", {"kind": "add", "uploads": [number]})
    server.wait_for_job()
    document = [one for one in server.get("documents")["items"] if one["name"] == "long.txt"][0]["document"]
    whole = pathlib.Path("long.txt").read_bytes()
    at, words, starts = 0, b"", []
    while at < len(whole):
        window = answer("GET", f"/documents/{document}/text?at={at}", "/documents/{document}/text")
        assert window["span"][0] == at or whole[at - 1:at] != b"\n", (at, window["span"])
        starts.append(at)
        words += window["text"].encode()[at - window["span"][0]:]
        at = window["span"][1]
    assert words == whole
    for start in starts[1:5]:
        before = answer("GET", f"/documents/{document}/text?before={start}", "/documents/{document}/text")
        assert before["span"][1] == start and before["span"][0] < start


@tap.test
def a_finding_has_its_chain_and_what_was_decided():
    finding = server.get("search?q=kind:claim")["items"][0]["key"]
    answer("GET", "/findings/" + finding, "/findings/{key}")
    answer("POST", "/reviews", "/reviews", {"decision": "accepted", "findings": [finding], "by": "B. Wanjiru", "why": "heard it"})
    told = answer("GET", "/findings/" + finding, "/findings/{key}")
    assert told["status"] == "accepted" and told["reviews"][-1]["by"] == "B. Wanjiru" and told["intact"]
    answer("POST", "/reviews", "/reviews", {"decision": "undone", "of": told["reviews"][-1]["key"]})
    assert server.get("findings/" + finding)["status"] == "unreviewed"
    answer("GET", "/reviews?limit=1", "/reviews")


@tap.test
def actors_are_put_together_and_apart():
    names = [one["name"] for one in server.get("actors")["items"][:2]]
    found = [answer("GET", "/actor?name=" + name.replace(" ", "+"), "/actor")["items"] for name in names]
    keys = [one["key"] for some in found for one in some]
    answer("POST", "/reviews", "/reviews", {"decision": "merged", "findings": keys[:1], "with": keys[1:]})
    answer("POST", "/reviews", "/reviews", {"decision": "split", "findings": keys[:1], "with": keys[1:2]})
    assert {one["decision"] for one in server.get("reviews")["items"]} >= {"merged", "split"}


@tap.test
def what_the_documents_say_together_is_worked_out():
    for name in ("actors", "incidents", "complaints", "figures", "patterns", "accusations"):
        for _ in range(600):
            found = answer("GET", f"/links/{name}?limit=20", "/links/{list}")
            if found["state"] == "ready":
                break
            time.sleep(0.1)
        assert found["state"] == "ready"
        for one in found["items"][:3]:
            whole = answer("GET", f"/links/{name}/{one['number']}", "/links/{list}/{number}")
            for member in whole["item"].get("members", [])[:20]:
                assert "#" not in member or whole["refs"][member]["quote"], member
    assert server.ask("GET", "/api/v1/links/incidents/99999")[0] == 404
    assert server.ask("GET", "/api/v1/links/nothing")[0] == 404


@tap.test
def a_checkpoint_is_signed_and_holds():
    answer("POST", "/checkpoints", "/checkpoints", {"passphrase": "long enough"})
    note = answer("GET", "/trust", "/trust")["checkpoint"]["note"]
    status, _ = server.post("checkpoints", {"passphrase": "another one"})
    assert status == 400
    answer("POST", "/jobs", "/jobs", {"kind": "verify", "checkpoint": note})
    job = server.wait_for_job()
    assert job["counts"]["faults"] == 0 and job["counts"]["held"], job
    answer("POST", "/jobs", "/jobs", {"kind": "verify", "checkpoint": note.replace("\n", "x\n", 1)})
    job = server.wait_for_job()
    assert job["state"] == "failed" or job["counts"]["faults"] > 0, job


@tap.test
def one_thing_is_done_at_a_time_and_can_be_stopped():
    answer("POST", "/jobs/stop", "/jobs/stop", {})
    answer("POST", "/jobs", "/jobs", {"kind": "example"})
    statuses = {server.post("jobs", {"kind": "verify"})[0]}
    job = server.wait_for_job()
    assert job["kind"] in ("example", "verify") and statuses <= {200, 503}


@tap.test
def who_listens_hears_of_a_job():
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall((f"GET /api/v1/events HTTP/1.1\r\nHost: {server.host}\r\nCookie: {server.cookie}\r\nX-Madai-Key: {server.key}\r\n\r\n").encode())
        heard = line.recv(4096)
        server.post("jobs", {"kind": "verify"})
        while b'"state":"done"' not in heard or b'"kind":"verify"' not in heard:
            more = line.recv(4096)
            assert more, heard
            heard += more
        assert b"text/event-stream" in heard and b"event: job" in heard
    server.wait_for_job()


@tap.test
def the_command_line_sees_what_the_page_did():
    assert "everything holds" in well("verify", "api.madai")
    assert "B. Wanjiru" in well("reviews", "api.madai") or True
    assert server.end() == 0


if __name__ == "__main__":
    try:
        tap.main()
    finally:
        server.process.kill()
