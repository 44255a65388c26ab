#!/usr/bin/env python3
"""Holds the API that a case is served by against web/openapi.json, with
requests that schemathesis makes of it, good ones and bad ones.

    check_api.py MADAI MODEL SCHEMATHESIS SECONDS
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from served import Server  # noqa: E402
from the_program import well  # noqa: E402

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SCHEMATHESIS = str(pathlib.Path(sys.argv[3]).absolute())
SECONDS = sys.argv[4]
TALK = str(SOURCE / "tests" / "serve" / "check_api.toml")
DOCUMENT = SOURCE / "web" / "openapi.json"
# The server answers a hundred requests a second and refuses more.
RATE = "80/s"


def put_in_something(server):
    """The invented documents, read, with a decision, so that lists are not empty."""
    server.post("jobs", {"kind": "example"})
    job = server.wait_for_job()
    assert job["state"] == "done" and job["added"] > 0, job
    claim = server.get("search?q=kind:claim")["items"][0]
    status, _ = server.post("reviews", {"decision": "accepted", "findings": [claim["key"]]})
    assert status == 200
    # A paper of the case is a document with pages.
    status, _, paper = server.ask("GET", "/api/v1/report?format=pdf&unreviewed=yes")
    assert status == 200 and paper.startswith(b"%PDF"), paper[:200]
    number = json.loads(server.upload("paper.pdf", paper)[2])["upload"]
    server.post("jobs", {"kind": "add", "uploads": [number]})
    assert server.wait_for_job()["added"] == 1
    return claim, server.get("documents?limit=1")["items"][0]["document"]


def document_of(server):
    """The document with the name that the cookie has on this port."""
    document = json.loads(DOCUMENT.read_text())
    document["components"]["securitySchemes"]["cookie"]["name"] = server.cookie.split("=")[0]
    pathlib.Path("openapi.json").write_text(json.dumps(document))
    return "openapi.json"


def secrets_of(server):
    return f'\n[auth.openapi.cookie]\napi_key = "{server.cookie.split("=")[1]}"\n[auth.openapi.key]\napi_key = "{server.key}"\n'


def known_of(claim, paper):
    """What no document can tell: the names of what is in this case."""
    return "".join(f'\n[[operations]]\ninclude-path-regex = "{path}"\nparameters = {json.dumps({name: value}).replace(": ", " = ")}\n'
                   for path, name, value in (("^/documents/.document.", "path.document", claim["document"]), ("^/findings/", "path.key", claim["key"]),
                                                ("/pages/", "path.document", paper)))


def main():
    with tempfile.TemporaryDirectory(prefix="madai-api-") as room:
        os.chdir(room)
        well("init", "api.madai")
        server = Server("api.madai").enter()
        try:
            claim, paper = put_in_something(server)
            talk = pathlib.Path("talk.toml")
            talk.write_text(pathlib.Path(TALK).read_text() + secrets_of(server) + known_of(claim, paper))
            code = subprocess.run([SCHEMATHESIS, "--config-file", str(talk), "run", document_of(server), "--url", server.origin + "/api/v1",
                                   "--max-time", SECONDS, "--rate-limit", RATE, "--header", f"Origin: {server.origin}"], check=False).returncode
            if server.process.poll() is not None:
                sys.exit("madai has ended")
            server.wait_for_job()
            server.end()
            assert "everything holds" in well("verify", "api.madai")
        finally:
            server.process.kill()
    sys.exit(code)


if __name__ == "__main__":
    main()
