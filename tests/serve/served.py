"""A case that is being served, asked as our page asks and as others do."""
import json
import pathlib
import re
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
from the_program import MADAI, ENVIRONMENT  # noqa: E402

MODEL = str(pathlib.Path(sys.argv[2]).resolve())


class Server:
    """A case that is being served, and one browser that was let in."""

    def __init__(self, case, *options):
        self.case = case
        self.process = subprocess.Popen([MADAI, "serve", "--model", MODEL, *options, case], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, env=ENVIRONMENT, text=True)
        self.address = self.process.stdout.readline().strip()
        self.port = int(re.match(r"http://127\.0\.0\.1:(\d+)/open/[0-9a-f]{64}$", self.address)[1])
        self.token = self.address.rsplit("/", 1)[1]
        self.host, self.origin = f"127.0.0.1:{self.port}", f"http://127.0.0.1:{self.port}"

    def enter(self):
        status, headers, body = self.ask("GET", f"/open/{self.token}", {})
        assert status == 200, body
        self.cookie = headers["set-cookie"].split(";")[0]
        self.cookie_line = headers["set-cookie"]
        self.key = re.search(rb"key=([0-9a-f]{64})", body)[1].decode()
        return self

    def raw(self, data, wait=30):
        """The bytes that come back to these, until the server has ended or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            line.sendall(data)
            got = b""
            try:
                while True:
                    more = line.recv(65536)
                    if not more:
                        break
                    got += more
                    head, _, body = got.partition(b"\r\n\r\n")
                    length = re.search(rb"content-length: (\d+)", head.lower())
                    if length and len(body) >= int(length[1]):
                        break
            except (TimeoutError, ConnectionResetError):
                pass
            return got

    def ask(self, method, path, headers=None, body=b"", host=None):
        """Status, headers and body. Without headers of its own: as our page asks."""
        if headers is None:
            headers = self.page() | ({"Origin": self.origin, "Content-Type": "application/json"} if method == "POST" else {})
        head = {"Host": host or self.host, **({"Content-Length": str(len(body))} if method == "POST" else {}), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value is not None)
        answer = self.raw(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + body)
        return self.parse(answer)

    @staticmethod
    def parse(answer):
        if not answer:
            return 0, {}, b""
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        return int(first.split()[1]), {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in rest}, body

    def page(self, **more):
        return {"Cookie": self.cookie, "X-Madai-Key": self.key, **more}

    def get(self, path):
        status, _, body = self.ask("GET", "/api/v1/" + path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def post(self, path, value, **more):
        status, _, body = self.ask("POST", "/api/v1/" + path, self.page(Origin=self.origin, **({"Content-Type": "application/json"} | more)),
                                   json.dumps(value).encode())
        return status, json.loads(body)

    def upload(self, name, data, headers=None):
        return self.ask("POST", "/api/v1/uploads?name=" + name, headers or self.page(Origin=self.origin, **{"Content-Type": "application/octet-stream"}), data)

    def wait_for_job(self):
        for _ in range(1200):
            job = self.get("job?limit=200")
            if job["state"] != "running":
                return job
            time.sleep(0.1)
        raise AssertionError("the job does not end")

    def end(self):
        self.process.terminate()
        return self.process.wait(60)
