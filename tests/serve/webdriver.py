"""A browser as a person has it: Debian's Chromium, driven by its own driver
(W3C WebDriver, plain HTTP), with nothing in between that would be downloaded.
"""
import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def missing():
    """The word for what is not here, or None."""
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            return f"no {program} here: apt-get install chromium chromium-driver"
    return None


class Element:
    def __init__(self, browser, name):
        self.browser, self.name = browser, name

    def call(self, method, path, body=None):
        return self.browser.call(method, f"/element/{self.name}{path}", body)

    def click(self):
        self.browser.run("arguments[0].scrollIntoView({block: 'center'})", self)
        try:
            self.call("POST", "/click", {})
        except RuntimeError as why:  # the middle of a link that is wrapped is not the link
            if "intercepted" not in str(why):
                raise
            self.browser.run("arguments[0].click()", self)

    def type(self, words):
        self.call("POST", "/value", {"text": words})

    def clear(self):
        self.call("POST", "/clear", {})

    @property
    def text(self):
        return self.browser.run("return arguments[0].textContent", self)


class Browser:
    def __init__(self, width=1280, height=900):
        self.folder = tempfile.mkdtemp(prefix="madai-chromium-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.process = subprocess.Popen(["chromedriver", f"--port={port}", "--silent"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        self.base = f"http://127.0.0.1:{port}"
        self.wait(lambda: self.http("GET", "/status")["ready"])
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                            "--force-color-profile=srgb", "--lang=en", f"--user-data-dir={self.folder}", f"--window-size={width},{height}"],
                   "perfLoggingPrefs": {"enableNetwork": True}}
        session = self.http("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"}}}})
        self.session = session["sessionId"]

    def http(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise RuntimeError(json.load(refused)["value"]["message"].split("\n")[0]) from None

    def call(self, method, path, body=None):
        return self.http(method, f"/session/{self.session}{path}", body)

    @staticmethod
    def wait(is_so, seconds=40):
        """Until it is so; what it last was, or why it never was."""
        end, why = time.monotonic() + seconds, None
        while time.monotonic() < end:
            try:
                found = is_so()
                if found:
                    return found
            except (OSError, RuntimeError) as error:
                why = error
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s in vain: {why}")

    def open(self, address):
        self.call("POST", "/url", {"url": address})

    @property
    def address(self):
        return self.call("GET", "/url")

    def run(self, script, *values):
        made = [{ELEMENT: one.name} if isinstance(one, Element) else one for one in values]
        return self.call("POST", "/execute/sync", {"script": script, "args": made})

    def run_async(self, script, *values):
        return self.call("POST", "/execute/async", {"script": script, "args": list(values)})

    def all(self, css):
        return [Element(self, one[ELEMENT]) for one in self.call("POST", "/elements", {"using": "css selector", "value": css})]

    def one(self, css, words=None, seconds=40):
        """The first element that fits, with these words in it; waits for it."""
        def found():
            for element in self.all(css):
                if words is None or words in element.text:
                    return element
            return None
        try:
            return self.wait(found, seconds)
        except AssertionError:
            raise AssertionError(f"no {css} with {words!r} in: {self.one_text()[:600]}") from None

    def one_text(self):
        return self.run("return document.body.innerText")

    def press(self, keys):
        """Keys one after the other, to whatever has the focus."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def devtools(self, command, **values):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": values})

    def size(self, width, height=900):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def picture(self, path, whole=False):
        values = {"format": "png"}
        if whole:
            height = self.run("return document.documentElement.scrollHeight")
            width = self.run("return innerWidth")
            values |= {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": width, "height": min(height, 6000), "scale": 1}}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.devtools("Page.captureScreenshot", **values)["data"]))

    def log(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def requests(self):
        """Addresses of all that was asked for since the last call."""
        asked = []
        for line in self.log("performance"):
            message = json.loads(line["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return asked

    def close(self):
        try:
            self.call("DELETE", "")
        except (OSError, RuntimeError):
            pass
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


if __name__ == "__main__":
    print(missing() or os.popen("chromium --version").read().strip())
