"""Bytes to text: the one place where the format of a document matters.

Plain UTF-8 is read as it is. All else goes to `madai convert`, which parses it
in a helper that has shut itself in (docs/intake.md): so the text of a document
is the one that `madai read` and `madai add` read, and what a stranger made of
a file reaches no library of this process. What lies in a document (attachments
of a message, files of an archive) comes back as documents of their own.
"""
import collections
import contextlib
import json
import os
import re
import subprocess
import tempfile

from .reader import Refused

# A text, the day it claims for itself, its format, and files that lie in it:
# (name, where its bytes are). `content` is None where it has no text of its
# own, and `reason` says so.
Text = collections.namedtuple("Text", "content date format members reason", defaults=((), None))

# Beginnings that only `madai convert` can tell from a text: whatever might be
# a page, a message, a signature made of letters. (Other signatures have
# controls, or are no UTF-8.)
ASKED = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<%{]|(?i:from )|[!-9;-~]+:|.{4}ftyp|.{8}(?:WEBP|WAVE)|"
                   rb"GIF8|ID3|BZh|OggS|Rar!|WARC/|SQLite format", re.DOTALL)
CONTROLS = re.compile(rb"[\0-\x08\x0b\x0e-\x1f\x7f]")
LOOKED_AT = 8192
# Beside the helper's own limits, which are narrower: nothing waits for ever.
SECONDS = 900
# More text than this is no document that anybody reads, and no row of a table.
TEXT_MOST = 64 << 20


def is_plain(content):
    """Whether the bytes are a text for certain, read as they are."""
    if not content or ASKED.match(content) or CONTROLS.search(content, 0, LOOKED_AT):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@contextlib.contextmanager
def text_of(program, content, name, media):
    """The Text of a document. `media` as sources.Item has it; members lie on
    the disk until the end of the `with`."""
    if media == "text" or is_plain(content):
        yield Text(content, "", "text")
        return
    with tempfile.TemporaryDirectory(prefix="madai-archive-") as folder:
        # Its ending tells kinds of text apart; nothing else of a name is used.
        ending = re.fullmatch(r"\.[A-Za-z0-9]{1,8}", os.path.splitext(name)[1])
        place = os.path.join(folder, "document" + (ending[0] if ending else ""))
        with open(place, "wb") as file:
            file.write(content)
        told = _convert(program, place, os.path.join(folder, "members"))
        yield _text_of(told, content, folder)


def _convert(program, place, members):
    """What `madai convert --json` says; Refused with its reason."""
    with open(place + ".json", "w+b") as out:
        try:
            done = subprocess.run([program, "convert", "--json", "--members", members, place], stdin=subprocess.DEVNULL,
                                  stdout=out, stderr=subprocess.PIPE, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise Refused(f"took more than {SECONDS} seconds to parse, and was stopped") from None
        except OSError as why:
            # No document's fault.
            raise RuntimeError(f"{program}: {why.strerror} (name the program with --madai)") from why
        if done.returncode != 0:
            words = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
            raise Refused(words.rpartition(f"{place}: ")[2] or f"parsing it ended with {done.returncode}")
        if out.seek(0, os.SEEK_END) > 4 * TEXT_MOST:
            raise Refused(f"its text is longer than {TEXT_MOST} bytes")
        out.seek(0)
        return json.load(out)


def _text_of(told, content, folder):
    # A text with a few broken bytes is read with them, as it is.
    text = content if told["document"]["format"] == "text" else told["text"].encode("utf-8")
    members = [(one["name"], os.path.join(folder, "members", str(number)))
               for number, one in enumerate(told.get("members", ()), 1)]
    if len(text) > TEXT_MOST:
        raise Refused(f"its text is longer than {TEXT_MOST} bytes")
    days = [one["value"][:10] for one in told.get("metadata", ())
            if one["name"] == "published" and re.match(r"\d{4}-\d\d-\d\d(?!\d)", one["value"])]
    reason = None
    if told["document"]["format"] != "text" and not told["text"].strip():
        text = None
        reason = f"has no text of its own, only {len(members)} files in it" if members else "there is no text in it"
    return Text(text, days[0] if days else "", told["document"]["format"], members, reason)
