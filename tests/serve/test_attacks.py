#!/usr/bin/env python3
"""What a browser, a page elsewhere, or a program on this machine may try: all
is refused, or does nothing. Raw sockets, since a client would mend requests.

    test_attacks.py MADAI MODEL
"""
import json
import pathlib
import re
import socket
import sys
import time
from urllib.parse import quote

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]
import tap  # noqa: E402
from served import MODEL, Server  # noqa: E402
from the_program import file, well  # noqa: E402

EVIL = '<script>fetch("http://evil.example/")</script><img src=x onerror=alert(1)>"\';--'
tap.enter()


file("letter.txt", f'The Commissioner, Ann {EVIL}, said that officers shot two people in Nakuru on 13 May 2019.\n')
file("plain.txt", "Police denied on 14 May 2019 that officers had shot anybody.\n")
well("init", "the.madai")
well("add", "the.madai", "--model", MODEL, "--source", EVIL, "letter.txt", "plain.txt")
server = Server("the.madai").enter()
ROOT = "/api/v1/overview"


def refuses(statuses, method="GET", path=ROOT, headers=None, body=b"", host=None):
    status, _, answer = server.ask(method, path, headers, body, host)
    assert status in statuses, (method, path, headers, status, answer[:200])
    assert b"documents" not in answer, answer[:200]


def refuses_raw(data, statuses=(400,)):
    status, _, body = server.parse(server.raw(data))
    assert status == 0 or status in statuses, (data[:200], status, body[:200])


def lines(*more, path=ROOT, method="GET", version="HTTP/1.1", host=True):
    """A request of ours with lines of somebody else's."""
    first = [f"{method} {path} {version}"] + ([f"Host: {server.host}"] if host else [])
    return "\r\n".join(first + [f"Cookie: {server.cookie}", f"X-Madai-Key: {server.key}", *more, "", ""]).encode("latin-1")


def decisions():
    return len(server.get("reviews")["items"])


def some_finding():
    return server.get("search?q=kind:claim")["items"][0]["key"]


# Who may come in

@tap.test
def what_our_page_asks_is_answered():
    assert server.get("overview")["documents"] == 2


@tap.test
def an_address_opens_the_door_once():
    status, headers, body = server.ask("GET", f"/open/{server.token}", {})
    assert status == 401 and "set-cookie" not in headers and b"key=" not in body


@tap.test
def a_guessed_token_opens_nothing():
    for token in ("0" * 64, server.token[:-1], server.token[:-1] + "g", "a" * 4000, "%00", server.token.upper()):
        status, headers, _ = server.ask("GET", f"/open/{token}", {})
        assert status in (400, 401, 414) and "set-cookie" not in headers, token


@tap.test
def the_cookie_is_kept_from_scripts_and_other_sites():
    line = server.cookie_line
    assert "HttpOnly" in line and "SameSite=Strict" in line and "Path=/" in line and "Domain" not in line


@tap.test
def without_a_cookie_there_is_nothing():
    refuses((401,), headers={})
    refuses((401,), path="/", headers={})


@tap.test
def without_the_key_a_cookie_opens_no_case():
    refuses((403,), headers={"Cookie": server.cookie})


@tap.test
def without_the_cookie_a_key_opens_nothing():
    refuses((401,), headers={"X-Madai-Key": server.key})


@tap.test
def the_key_of_another_browser_does_not_fit():
    refuses((403,), headers={"Cookie": server.cookie, "X-Madai-Key": "0" * 64})


@tap.test
def a_cookie_twice_is_nobodys():
    refuses((401,), headers={"Cookie": f"{server.cookie}; {server.cookie}", "X-Madai-Key": server.key})


@tap.test
def two_cookie_headers_are_refused():
    refuses_raw(lines(f"Cookie: {server.cookie}"), (400, 401))


@tap.test
def two_keys_are_refused():
    refuses_raw(lines(f"X-Madai-Key: {server.key}"), (400, 403))


@tap.test
def a_cookie_of_another_port_is_not_ours():
    name, value = server.cookie.split("=")
    refuses((401,), headers={"Cookie": f"{name[:-1]}={value}", "X-Madai-Key": server.key})


@tap.test
def it_listens_on_this_machine_alone():
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        place, state = line.split()[1], line.split()[3]
        if state == "0A" and int(place.split(":")[1], 16) == server.port:
            assert place.startswith("0100007F:"), place
            return
    raise AssertionError("it listens nowhere")


@tap.test
def it_does_not_listen_on_ipv6():
    port = f"{server.port:04X}"
    listening = [line.split()[1] for line in pathlib.Path("/proc/net/tcp6").read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert not any(place.endswith(":" + port) for place in listening), listening


# Names that point here, and other sites

@tap.test
def a_name_that_was_made_to_point_here_is_refused():
    for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", "localhost", f"localhost:{server.port}", f"127.0.0.1.evil.example:{server.port}",
                 f"127.1:{server.port}", f"0x7f000001:{server.port}", f"[::1]:{server.port}", f"127.0.0.1:{server.port}.", f"user@127.0.0.1:{server.port}", ""):
        refuses((400, 421), host=host or " ")


@tap.test
def a_request_without_a_host_is_refused():
    refuses_raw(lines(host=False), (400, 421))


@tap.test
def two_hosts_are_refused_whichever_comes_first():
    refuses_raw(lines("Host: evil.example"), (400, 421))
    refuses_raw(lines(f"Host: {server.host}"), (400, 421))
    refuses_raw(lines(f"Host: {server.host}", host=False).replace(b"Host", b"Host: evil.example\r\nHost", 1), (400, 421))


@tap.test
def an_address_with_a_host_in_it_is_refused():
    refuses_raw(lines(path=f"http://evil.example{ROOT}"), (400, 421))
    refuses_raw(lines(path=f"//evil.example{ROOT}"), (400, 404))


@tap.test
def another_origin_is_refused_for_reading():
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{server.port}", "http://127.0.0.1", f"http://127.0.0.1:{server.port + 1}", f"http://localhost:{server.port}", "file://"):
        refuses((403,), headers=server.page(Origin=origin))


@tap.test
def another_origin_is_refused_for_writing():
    before = decisions()
    body = json.dumps({"decision": "accepted", "findings": [some_finding()]}).encode()
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{server.port}/", f"http://127.0.0.1:{server.port}.evil.example"):
        refuses((403,), "POST", "/api/v1/reviews", server.page(Origin=origin, **{"Content-Type": "application/json"}), body)
    assert decisions() == before


@tap.test
def a_form_of_another_site_decides_nothing():
    before = decisions()
    body = json.dumps({"decision": "accepted", "findings": [some_finding()]}).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", ""):
        refuses((403, 415), "POST", "/api/v1/reviews", {"Cookie": server.cookie, "Origin": server.origin, "Content-Type": kind}, body)
        refuses((415,), "POST", "/api/v1/reviews", server.page(Origin=server.origin, **{"Content-Type": kind}), body)
    assert decisions() == before


@tap.test
def a_post_without_an_origin_is_refused():
    refuses((403,), "POST", "/api/v1/reviews", server.page(**{"Content-Type": "application/json"}), b"{}")


@tap.test
def what_another_site_embeds_is_refused():
    for site in ("cross-site", "same-site", "Cross-Site", "none, cross-site"):
        refuses((403,), headers=server.page(**{"Sec-Fetch-Site": site}))
        refuses((403,), path="/assets/main.js", headers={"Sec-Fetch-Site": site})
        refuses((403,), path=f"/open/{server.token}", headers={"Sec-Fetch-Site": site})


@tap.test
def nobody_is_told_that_others_may_read():
    for headers in (server.page(Origin=server.origin), {"Origin": "http://evil.example"}):
        _, answer, _ = server.ask("GET", ROOT, headers)
        assert not [name for name in answer if name.startswith("access-control")], answer


@tap.test
def a_question_before_a_cross_site_request_is_refused():
    refuses((403, 405), "OPTIONS", headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"})
    refuses((405,), "OPTIONS", headers=server.page())


@tap.test
def other_methods_are_refused():
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "GETT", "POST"):
        status, _, _ = server.ask(method, ROOT, server.page(Origin=server.origin, **{"Content-Type": "application/json", "Content-Length": "0"}))
        assert status in (400, 405), (method, status)


# Smuggling: two readers must not see two requests

@tap.test
def a_length_with_a_transfer_coding_is_refused():
    refuses_raw(lines("Content-Length: 4", "Transfer-Encoding: chunked", method="POST", path="/api/v1/jobs/stop") + b"0\r\n\r\n")


@tap.test
def a_transfer_coding_alone_is_refused():
    for coding in ("chunked", "Chunked", "identity", "gzip, chunked", "xchunked", "chunked\x0b"):
        refuses_raw(lines(f"Transfer-Encoding: {coding}", f"Origin: {server.origin}", method="POST", path="/api/v1/jobs/stop") + b"2\r\n{}\r\n0\r\n\r\n", (400, 411, 501))


@tap.test
def a_chunk_longer_than_memory_is_refused():
    refuses_raw(lines("Transfer-Encoding: chunked", f"Origin: {server.origin}", method="POST", path="/api/v1/jobs/stop") + b"ffffffffffffffff\r\n{}")


@tap.test
def two_lengths_are_refused():
    refuses_raw(lines("Content-Length: 2", "Content-Length: 3", f"Origin: {server.origin}", method="POST", path="/api/v1/jobs/stop") + b"{}")
    refuses_raw(lines("Content-Length: 2", "Content-Length: 2", f"Origin: {server.origin}", method="POST", path="/api/v1/jobs/stop") + b"{}")


@tap.test
def a_length_that_is_no_number_is_refused():
    for length in ("-1", "+2", "0x2", "2, 2", "2 2", "99999999999999999999999999", "", "1e1"):
        refuses_raw(lines(f"Content-Length: {length}", f"Origin: {server.origin}", "Content-Type: application/json", method="POST", path="/api/v1/jobs/stop") + b"{}", (400, 411, 413))


@tap.test
def a_body_behind_a_get_is_refused():
    refuses_raw(lines("Content-Length: 30") + b"GET /api/v1/log HTTP/1.1\r\n\r\n  ")


@tap.test
def a_refused_connection_answers_nothing_more():
    second = lines()
    answer = server.raw(lines("Content-Length: 4", "Transfer-Encoding: chunked", method="POST") + b"0\r\n\r\n" + second)
    assert answer.count(b"HTTP/1.1 ") <= 1 and b"documents" not in answer, answer[:400]


@tap.test
def a_folded_header_is_refused_or_harmless():
    refuses_raw(lines("X-One: a", " Host: evil.example", f"Origin: http://evil.example"), (400, 403, 421))


@tap.test
def a_blank_before_the_colon_is_no_header():
    status, _, body = server.parse(server.raw(lines("Host : evil.example")))
    assert status in (0, 400, 421), (status, body[:100])


@tap.test
def an_upgrade_is_refused():
    refuses_raw(lines("Connection: Upgrade", "Upgrade: h2c"))
    refuses_raw(lines("Connection: Upgrade", "Upgrade: websocket"))


@tap.test
def older_and_newer_versions_are_refused():
    for version in ("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.10", "HTTP/9", "http/1.1", "HTTPS/1.1"):
        refuses_raw(lines(version=version), (400, 505))
    refuses_raw(f"GET {ROOT}\r\nHost: {server.host}\r\n\r\n".encode(), (400, 505))
    refuses_raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 405, 505))


@tap.test
def a_nul_in_a_header_is_refused():
    refuses_raw(lines("X-One: a\0b"), (400,))
    refuses_raw(lines(f"Origin: {server.origin}\0.evil.example"), (400, 403))


@tap.test
def a_bare_line_feed_ends_no_header():
    refuses_raw(lines().replace(b"\r\n", b"\n"), (400, 421))
    refuses_raw(lines("X-One: a\nHost: evil.example"), (400, 421))


# Addresses

@tap.test
def a_nul_in_the_address_is_refused():
    refuses_raw(lines(path=ROOT + "\0.html"))
    refuses_raw(lines(path=ROOT + "\0"))
    refuses((400,), path=ROOT + "%00")
    refuses((400,), path="/assets/main.js%00.html")


@tap.test
def nobody_climbs_out_of_the_page():
    for path in ("/assets/../../../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cetc%5cpasswd",
                 "/assets//etc/passwd", "/assets/%252e%252e%252fetc%252fpasswd", "/../../etc/passwd", "/assets/....//etc/passwd", "/.git/config", "/assets/..;/x", "/assets/.",
                 "/assets/%c0%ae%c0%ae/etc/passwd", "/assets/index.html", "/assets/closed.html"):
        status, _, body = server.ask("GET", path, server.page())
        assert status in (400, 404) and b"root:" not in body, (path, status)


@tap.test
def escapes_that_are_none_are_refused():
    for path in (ROOT + "%", ROOT + "%2", ROOT + "%zz", ROOT + "%u0041", ROOT + "?q=%ff", ROOT + "%0d%0aSet-Cookie:x=1", ROOT + "?q=%0a"):
        refuses((400,), path=path)


@tap.test
def a_header_cannot_be_put_into_an_answer():
    for path in ("/open/x%0d%0aSet-Cookie:%20a=b", "/assets/x%0d%0aLocation:%20http:%2f%2fevil.example"):
        _, headers, _ = server.ask("GET", path, server.page())
        assert "location" not in headers and headers.get("set-cookie") is None


@tap.test
def an_endless_address_is_refused():
    refuses((400, 414), path=ROOT + "?q=" + "a" * 5000)
    refuses_raw(lines(path="/" + "a" * 200000), (400, 413, 414, 431))


@tap.test
def endless_headers_are_refused():
    refuses_raw(lines(*[f"X-{i}: {'a' * 100}" for i in range(2000)]), (400, 413, 431))
    refuses_raw(lines("X-One: " + "a" * 200000), (400, 413, 431))


@tap.test
def what_is_asked_twice_or_by_no_name_is_refused():
    for query in ("limit=1&limit=2", "limit=-1", "limit=1e3", "limit=999999999999999999999", "limit=%31%30%30%30", "evil=1", "=1", "limit", "offset=99999999999"):
        refuses((400,), path="/api/v1/documents?" + query)


@tap.test
def there_are_no_addresses_but_ours():
    for path in ("/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/overview", "/api/v1/overview/x", "/api/v1//overview", "/api/v1/overview/", "/favicon.ico", "/robots.txt", "/?x=1", "/api", "/original/x"):
        status, _, _ = server.ask("GET", path, server.page())
        assert status in (400, 404), (path, status)


# Too much, too slow

@tap.test
def a_body_that_is_too_long_is_refused_before_it_comes():
    refuses((413,), "POST", "/api/v1/reviews", server.page(Origin=server.origin, **{"Content-Type": "application/json", "Content-Length": "70000"}))


@tap.test
def an_upload_that_is_too_long_is_refused_before_it_comes():
    refuses((413,), "POST", "/api/v1/uploads?name=x", server.page(Origin=server.origin, **{"Content-Type": "application/octet-stream", "Content-Length": str(1 << 40)}))


@tap.test
def json_as_deep_as_it_may_come_is_refused():
    refuses((400, 507), "POST", "/api/v1/reviews", None, b"[" * 60000)
    refuses((400, 507), "POST", "/api/v1/reviews", None, b'{"a":' * 10000)


@tap.test
def a_body_that_is_no_object_is_refused():
    for body in (b"", b"null", b"[]", b"1", b'"x"', b"{", b'{"decision":1}', b'{"decision":"accepted","decision":"rejected"}', b'{"decision":"\xff"}', b'{"a\\u0000":1}', b'{"decision":"accepted\\u0000"}', b"{} {}"):
        refuses((400,), "POST", "/api/v1/reviews", None, body)


@tap.test
def who_sends_slowly_does_not_keep_others_out():
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    for line in slow:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
    began = time.monotonic()
    assert server.get("overview")["documents"] == 2
    assert time.monotonic() - began < 5
    for line in slow:
        line.close()


@tap.test
def who_sends_nothing_is_sent_away():
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHo")
        began = time.monotonic()
        assert line.recv(10) == b"" or True
        assert time.monotonic() - began < 25


@tap.test
def who_guesses_is_made_to_wait():
    statuses = set()
    for number in range(150):
        statuses.add(server.ask("GET", f"/open/{number:064x}", {})[0])
    assert 429 in statuses, statuses
    assert server.get("overview")["documents"] == 2  # who is in is not kept waiting
    time.sleep(4)


@tap.test
def a_body_that_never_comes_leaves_no_file():
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(lines(f"Origin: {server.origin}", "Content-Type: application/octet-stream", "Content-Length: 1000", method="POST", path="/api/v1/uploads?name=half.txt") + b"half")
        time.sleep(0.3)
    for _ in range(100):
        left = [path for path in pathlib.Path(".").glob("the.madai.incoming-*/*")]
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError(left)


# What comes in

@tap.test
def a_file_goes_nowhere_but_into_its_own_folder():
    for name in ("../x", "a/../../x", "/etc/x", "..", ".", "", ".hidden", "a/.b/c", "a//b", "a%00b", "a%0ab", "a%5c..%5cb", "x" * 300, "/".join("d" * 60), "%ff", "a/"):
        status, _, body = server.upload(name.replace("/", "%2F"), b"x")
        assert status == 400, (name, status, body)
    status, _, body = server.ask("POST", "/api/v1/uploads", server.page(Origin=server.origin, **{"Content-Type": "application/octet-stream"}), b"x")
    assert status == 400, body


@tap.test
def what_waits_is_its_owners_alone():
    status, _, body = server.upload("waits.txt", b"words")
    assert status == 200, body
    for path in pathlib.Path(".").glob("the.madai.incoming-*"):
        assert path.stat().st_mode & 0o77 == 0, oct(path.stat().st_mode)


@tap.test
def only_what_came_can_be_added():
    for uploads in ([99], [0], [-1], ["1"], [1.5], [], None, ["../../etc/passwd"], [2 ** 63]):
        status, _ = server.post("jobs", {"kind": "add", "uploads": uploads})
        assert status in (400, 404), (uploads, status)


@tap.test
def an_upload_of_another_kind_is_refused():
    for kind in ("text/html", "application/json", "multipart/form-data; boundary=x"):
        status, _, _ = server.upload("x.txt", b"x", server.page(Origin=server.origin, **{"Content-Type": kind}))
        assert status == 415, (kind, status)


@tap.test
def a_document_called_like_a_script_is_a_name():
    name = "%3Cimg%20src=x%20onerror=alert(1)%3E.txt"
    status, _, body = server.upload(name, b"The police said on 3 May 2019 that nobody was shot.\n")
    assert status == 200, body
    status, _ = server.post("jobs", {"kind": "add", "uploads": [json.loads(body)["upload"]], "facts": {"source": EVIL, "note": EVIL}})
    assert status == 200
    job = server.wait_for_job()
    assert job["added"] == 1, job
    found = [one for one in server.get("documents")["items"] if "onerror" in one["name"]]
    assert found and found[0]["name"] == "<img src=x onerror=alert(1)>.txt"


# What goes out

def answers():
    finding = some_finding()
    document = server.get("documents")["items"][-1]["document"]
    return [ROOT, "/api/v1/documents", f"/api/v1/documents/{document}", f"/api/v1/documents/{document}/text", f"/api/v1/findings/{finding}", "/api/v1/search?q=officers",
            "/api/v1/actors", "/api/v1/places", "/api/v1/chronology", "/api/v1/log", "/api/v1/trust", "/api/v1/job", "/", "/assets/main.js", "/assets/style.css", "/assets/nothing", "/nothing"]


@tap.test
def every_answer_keeps_a_browser_strict():
    for path in answers():
        _, headers, _ = server.ask("GET", path, server.page())
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy, (path, policy)
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer", path
        assert headers["cache-control"] == "no-store" and headers["cross-origin-resource-policy"] == "same-origin", path
        assert headers["cross-origin-opener-policy"] == "same-origin" and headers["x-frame-options"] == "DENY", path


@tap.test
def what_came_in_is_never_html():
    for path in answers():
        status, headers, body = server.ask("GET", path, server.page())
        kind = headers["content-type"]
        if "html" in kind:
            assert b"evil" not in body and b"onerror" not in body, path
        elif path.startswith("/api"):
            assert kind == "application/json", (path, kind)
            if status == 200:
                json.loads(body)


@tap.test
def the_page_has_no_script_in_it_and_a_new_nonce_each_time():
    seen = set()
    for _ in range(3):
        _, headers, body = server.ask("GET", "/", server.page())
        nonce = re.search(r"script-src 'nonce-([0-9a-f]{64})'", headers["content-security-policy"])[1]
        seen.add(nonce)
        assert body.count(nonce.encode()) == 2 and not re.search(rb"<script[^>]*>[^<]", body)
        assert b"{nonce}" not in body and "'strict-dynamic'" not in headers["content-security-policy"]
    assert len(seen) == 3


@tap.test
def an_original_is_only_ever_an_attachment():
    document = [one for one in server.get("documents")["items"] if one["name"] == "letter.txt"][0]["document"]
    status, answer = server.post(f"documents/{document}/ticket", {})
    assert status == 200
    status, headers, body = server.ask("GET", answer["path"], {"Cookie": server.cookie})
    assert status == 200 and body == pathlib.Path("letter.txt").read_bytes()
    assert headers["content-type"] == "application/octet-stream" and headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in headers["content-security-policy"]
    assert server.ask("GET", answer["path"], {"Cookie": server.cookie})[0] == 404  # once


@tap.test
def a_name_cannot_break_out_of_the_attachments_header():
    document = [one for one in server.get("documents")["items"] if "onerror" in one["name"]][0]["document"]
    _, answer = server.post(f"documents/{document}/ticket", {})
    _, headers, _ = server.ask("GET", answer["path"], {"Cookie": server.cookie})
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[A-Za-z0-9._%-]+", headers["content-disposition"]), headers


@tap.test
def a_ticket_without_the_cookie_gives_nothing():
    document = server.get("documents")["items"][0]["document"]
    _, answer = server.post(f"documents/{document}/ticket", {})
    assert server.ask("GET", answer["path"], {})[0] == 401


@tap.test
def a_script_in_every_text_field_is_only_words():
    finding = some_finding()
    fields = {name: EVIL for name in ("who", "act", "place")}
    status, answer = server.post("reviews", {"decision": "corrected", "findings": [finding], "fields": fields, "why": EVIL, "by": EVIL})
    assert status == 200, answer
    told = server.get(f"findings/{finding}")
    assert told["who"] == EVIL and told["reviews"][-1]["why"] == EVIL and told["reviews"][-1]["by"] == EVIL


@tap.test
def words_of_sql_are_only_words():
    for words in ("'; DROP TABLE document; --", '" OR 1=1', "who:x' OR '1'='1", 'a" UNION SELECT body FROM ledger --'):
        status, _, _ = server.ask("GET", "/api/v1/search?q=" + quote(words, safe=""))
        assert status in (200, 400), (words, status)
        status, _, _ = server.ask("GET", "/api/v1/actors?name=" + quote(words, safe=""))
        assert status == 200
    assert server.get("overview")["documents"] == 3


@tap.test
def what_is_no_finding_is_refused():
    for name in ("c-000000000000", "../x", "x" * 1000, "%25", "r-000000000000"):
        status, _, _ = server.ask("GET", "/api/v1/findings/" + name.replace("/", "%2F"))
        assert status in (400, 404), (name, status)


@tap.test
def a_decision_is_all_or_nothing():
    before = decisions()
    status, _ = server.post("reviews", {"decision": "accepted", "findings": [some_finding(), "c-000000000000"]})
    assert status == 404 and decisions() == before


@tap.test
def a_decision_of_no_kind_is_refused():
    before = decisions()
    for wrong in ({"decision": "deleted"}, {"decision": "undone"}, {"decision": "merged", "with": []}, {"decision": "corrected", "fields": {"span": "x"}}, {"decision": "corrected", "fields": {"who": 1}},
                  {"decision": "corrected", "fields": {"span": "0-4000000000"}}, {"decision": "added", "kind": "claim", "span": [0, 10 ** 12]}, {"decision": "accepted", "evil": 1}):
        status, answer = server.post("reviews", {"findings": [some_finding()]} | wrong)
        assert 400 <= status < 500, (wrong, status, answer)
    assert decisions() == before


@tap.test
def the_case_still_holds_after_all_of_this():
    server.post("jobs", {"kind": "verify"})
    job = server.wait_for_job()
    assert job["state"] == "done" and job["counts"]["faults"] == 0, job


@tap.test
def it_ends_cleanly_and_leaves_nothing_behind():
    assert server.end() == 0
    assert not list(pathlib.Path(".").glob("the.madai.incoming-*"))
    assert "everything holds" in well("verify", "the.madai")


if __name__ == "__main__":
    try:
        tap.main()
    finally:
        server.process.kill()
