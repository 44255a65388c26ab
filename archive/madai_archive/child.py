"""The process that reads: texts in on standard input, readings out.

    python -m madai_archive.child '{"library": …, "memory": …}'

A text may crash it, hang it or fill its memory; then this process dies, alone,
and reader.py says so and starts another. It holds the one model of its worker,
mapped from the file, so that all workers of a machine share those pages.

Frames, little-endian. In: lengths of id, date, claimed date and text and the
seconds of CPU that the text may take, then the four. Out: a status and a length, then the
bytes: first the reader's name, then a reading or the reason for there being
none for each text.
"""
import ctypes
import json
import os
import resource
import signal
import struct
import sys

REQUEST = struct.Struct("<IIIII")
REPLY = struct.Struct("<BI")
READ, REFUSED, BROKEN = 0, 1, 2
PR_SET_PDEATHSIG = 1


def reply(status, payload):
    os.write(OUT, REPLY.pack(status, len(payload)))
    view = memoryview(payload)
    while view:
        view = view[os.write(OUT, view):]


def take(count):
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit(0)  # the worker is gone, or wants no more
    return data


def limit_memory(bytes_most):
    """Private memory, not mapped files: the model costs nothing here."""
    resource.setrlimit(resource.RLIMIT_DATA, (bytes_most, bytes_most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_seconds(seconds):
    used = resource.getrusage(resource.RUSAGE_SELF)
    whole = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (whole, resource.RLIM_INFINITY))


def main():
    options = json.loads(sys.argv[1])
    # Whoever is killed must leave no reader behind.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:
        sys.exit(0)
    from .library import Failure, Library
    try:
        library = Library(options["library"], options["model"], options["gazetteer"])
    except Failure as why:
        reply(BROKEN, str(why).encode())
        sys.exit(4)
    limit_memory(options["memory"])
    reply(READ, library.reader_name().encode())
    while True:
        *lengths, seconds = REQUEST.unpack(take(REQUEST.size))
        id, date, claimed, text = map(take, lengths)
        limit_seconds(seconds)
        try:
            reply(READ, library.read(text, id, date, claimed))
        except Failure as why:
            reply(REFUSED, str(why).encode())
        except MemoryError:
            reply(REFUSED, b"out of memory")


if __name__ == "__main__":
    # What a library prints must not get between the frames.
    OUT = os.dup(1)
    os.dup2(2, 1)
    main()
