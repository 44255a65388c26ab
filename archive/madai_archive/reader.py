"""Reading in a process of its own, one a worker, that may die.

Invariants
  1. A text costs at most its seconds of CPU and its memory, and its process
     does not stand still; else it is refused.
  2. A text that kills its process is tried once more in a fresh one, for the
     machine may have been short of memory for other reasons; then refused.
  3. What is no text's fault (no library, no model) is an error of the job.
"""
import collections
import json
import os
import select
import signal
import subprocess
import sys

from .child import BROKEN, READ, REPLY, REQUEST

# A page takes some 0.05 s; a slow machine reads 8 kB a second at least.
BYTES_A_SECOND = 4000
# Time on the clock says little where many share a machine. What counts is the
# processor's, and whether the process stands still: for so many times its
# seconds it may.
STILL_FACTOR = 2
START_SECONDS = 60

# `madai` is the program that draws texts from files.
Options = collections.namedtuple("Options", "library model gazetteer memory seconds madai", defaults=["madai"])


class Refused(Exception):
    """Why a document was not read, in words for a person."""


class _Died(Exception):
    def __init__(self, words, is_limit=False):
        super().__init__(words)
        self.is_limit = is_limit  # it had all that it may have


class Reader:
    def __init__(self, options):
        self.options = options
        self.name = None
        self._process = None
        self._seconds = 0  # of CPU, that the text at hand may take

    def start(self):
        """The name of the reader, once it answers."""
        self.stop()
        words = {**self.options._asdict()}
        package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        path = os.pathsep.join([package] + [place for place in sys.path if place])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "madai_archive.child", json.dumps(words)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            # One core a worker: Spark counts on that.
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"})
        self._seconds = START_SECONDS
        try:
            status, name = self._reply()
        except _Died as why:
            raise RuntimeError(f"the reading process does not start: {why}") from why
        if status == BROKEN:
            raise RuntimeError(name.decode(errors="replace"))
        self.name = name.decode()
        return self.name

    def stop(self):
        if self._process is None:
            return
        self._process.kill()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
        self._process = None

    def read(self, text, id="", date="", claimed=""):
        """The reading as JSON in bytes; `claimed` is the date that the file
        of the text claims for itself."""
        seconds = self.options.seconds + len(text) // BYTES_A_SECOND
        for is_last in (False, True):
            if self._process is None:
                self.start()
            try:
                status, payload = self._ask(seconds, id.encode(), date.encode(), claimed.encode(), text)
            except _Died as why:
                self.stop()
                if is_last or why.is_limit:
                    raise Refused(f"the reader {why}") from why
                continue
            if status == READ:
                return payload
            raise Refused(payload.decode(errors="replace"))

    def _ask(self, seconds, *parts):
        self._seconds = seconds
        try:
            self._send(REQUEST.pack(*map(len, parts), seconds) + b"".join(parts[:-1]))
            self._send(parts[-1])
        except BrokenPipeError:
            raise self._death() from None
        return self._reply()

    def _send(self, data):
        view = memoryview(data)
        while view:
            view = view[self._process.stdin.write(view):]

    def _reply(self):
        status, length = REPLY.unpack(self._take(REPLY.size))
        return status, self._take(length)

    def _take(self, count):
        pieces, out, still = [], self._process.stdout, self._seconds * STILL_FACTOR
        used = self._used()
        while count > 0:
            if not select.select([out], [], [], still)[0]:
                before, used = used, self._used()
                if used == before:
                    raise _Died(f"stood still for {still} seconds and was stopped", is_limit=True)
                continue
            data = out.read(min(count, 1 << 20))
            if not data:
                raise self._death()
            pieces.append(data)
            count -= len(data)
        return b"".join(pieces)

    def _used(self):
        """Something that changes while the process works, or waits to."""
        try:
            with open(f"/proc/{self._process.pid}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            return None  # it has ended: the pipe says so next
        return object() if fields[0] == "R" else (fields[11], fields[12])

    def _death(self):
        code = self._process.wait()
        if code == -signal.SIGXCPU:
            return _Died(f"took more than {self._seconds} seconds of CPU and was stopped", is_limit=True)
        if code < 0:
            return _Died(f"died of {signal.Signals(-code).name}")
        return _Died(f"ended with {code}")


_readers = {}


def reader_of(options):
    """The one of this process; tasks that follow each other share it."""
    if options not in _readers:
        _readers[options] = Reader(options)
    return _readers[options]
