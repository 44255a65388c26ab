"""Where documents come from: files one by one, and files that hold many.

A *piece* is what one task opens: a file, or a part of a large one. Taking a
piece apart never fails: what cannot be taken out is an item with a reason.

`path` says where a document was found, below INPUT: `march/1.txt`,
`leak.zip#march/1.txt`, `texts.jsonl#1048576` (the byte at which the line
begins), `crawl.warc.gz#17` (the record, from 0), `pages.parquet#3` (the row).
It is not told on whose machine INPUT lay.
"""
import collections
import gzip
import hashlib
import io
import json
import os
import stat
import zipfile
import zlib

from . import warc

# Large files whose parts can be found are cut into pieces of this size.
PIECE_BYTES = 16 << 20
# Beyond the local disk a file comes as a whole, through Spark.
REMOTE_MOST = 256 << 20
# What JSON may add to a text: \u0000 for a byte.
LINE_FACTOR = 6

KINDS = ((".jsonl", "lines"), (".ndjson", "lines"), (".jsonl.gz", "packed lines"), (".ndjson.gz", "packed lines"),
         (".zip", "zip"), (".warc", "warc"), (".warc.gz", "warc"), (".wet.gz", "warc"), (".wet", "warc"),
         (".parquet", "parquet"))

Piece = collections.namedtuple("Piece", "place path size kind part parts is_local")

# `content` are the bytes, or None; `media` the media type where the source
# names it, "text" where it is a text for certain; then `sha256` and `size` are
# of `content`. `reason` is why there is none.
Item = collections.namedtuple("Item", "path id date url captured media sha256 size content reason")


def kind_of(path):
    low = path.lower()
    return next((kind for ending, kind in KINDS if low.endswith(ending)), "file")


def clean(name):
    """A name as UTF-8; what is none becomes question marks, as `madai read`
    does it."""
    return os.fsencode(name).decode("utf-8", "surrogateescape").translate(
        {code: "?" for code in range(0xdc80, 0xdd00)})


def pieces_of(place, path, size, is_local):
    """The pieces of one file, named `path` below INPUT."""
    kind = kind_of(path)
    can_be_cut = is_local and kind in ("lines", "zip")
    parts = max(1, -(-size // PIECE_BYTES)) if can_be_cut else 1
    for part in range(parts):
        yield Piece(place, path, size, kind, part, parts, is_local)


def walk(top):
    """Files of the local disk below `top`, or itself: (place, path, size), in
    the order of their names. As `madai add`: links are not followed below, and
    what begins with a dot is passed over."""
    if not os.path.isdir(top):
        yield top, clean(os.path.basename(top)), os.stat(top).st_size
        return
    folders = [(top, "")]
    while folders:
        folder, below = folders.pop()
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda one: one.name)
        inner = []
        for entry in entries:
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                inner.append((entry.path, below + clean(entry.name) + "/"))
            elif stat.S_ISREG(mode):
                yield entry.path, below + clean(entry.name), entry.stat().st_size
        folders.extend(reversed(inner))


def sha256_of(content):
    return hashlib.sha256(content).hexdigest()


def item(path, content, id=None, date="", url="", captured="", media=""):
    id = path.rpartition("#")[2].rpartition("/")[2] if id is None else id
    return Item(path, id, date, url, captured, media, sha256_of(content), len(content), content, None)


def refused(path, reason, size=0, id=None, sha256=None):
    id = path.rpartition("#")[2].rpartition("/")[2] if id is None else id
    return Item(path, id, "", "", "", "", sha256, size, None, reason)


def too_long(size, most):
    return f"{size} bytes, more than {most}: cut it (or see --most)"


def expand(piece, most, content=None):
    """The items of a piece; `content` where it does not lie on this disk."""
    if not piece.is_local and content is None and piece.kind != "parquet":
        yield refused(piece.path, too_long(piece.size, REMOTE_MOST) + " on this file system", piece.size)
        return
    take = {"file": _file, "lines": _lines, "packed lines": _packed_lines, "zip": _zip, "warc": _warc}[piece.kind]
    try:
        with open(piece.place, "rb") if content is None else io.BytesIO(content) as file:
            yield from take(piece, file, most)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, warc.Damaged, NotImplementedError) as why:
        yield refused(piece.path, f"cannot be read: {getattr(why, 'strerror', None) or why}", piece.size)


def _file(piece, file, most):
    if piece.size > most:
        yield refused(piece.path, too_long(piece.size, most), piece.size)
        return
    content = file.read(most + 1)
    if len(content) > most:
        yield refused(piece.path, too_long(len(content), most), len(content))
    else:
        yield item(piece.path, content)


def _lines(piece, file, most):
    """The lines that begin in this part."""
    begin = piece.size * piece.part // piece.parts
    end = piece.size * (piece.part + 1) // piece.parts
    if begin > 0:
        file.seek(begin - 1)
        _skip_line(file)
    yield from _lines_until(piece, file, most, end if piece.part + 1 < piece.parts else None)


def _packed_lines(piece, file, most):
    with gzip.GzipFile(fileobj=file) as lines:
        yield from _lines_until(piece, lines, most, None)


def _skip_line(file):
    while True:
        line = file.readline(1 << 20)
        if not line or line.endswith(b"\n"):
            return


def _lines_until(piece, file, most, end):
    longest = most * LINE_FACTOR + 65536
    while True:
        begin = file.tell()
        if end is not None and begin >= end:
            return
        line = file.readline(longest + 1)
        if not line:
            return
        path = f"{piece.path}#{begin}"
        if len(line) > longest:
            _skip_line(file)
            yield refused(path, f"a line of more than {longest} bytes", len(line), id="")
        elif line.strip():
            yield _item_of_line(path, line, most)


def _once(pairs):
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _no_number(word):
    raise ValueError(f"{word} is no JSON")


def _item_of_line(path, line, most):
    """As `madai read --json --lines` takes a line."""
    id = ""
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        about = value.get("document") if "document" in value else {}
        if not isinstance(about, dict):
            raise ValueError('"document" is no object')
        id, date = _string(about, "id"), day_of(_string(about, "date"))
        text = value.get("text")
        if not isinstance(text, str):
            raise ValueError('"text" is missing')
        content = text.encode("utf-8")
        if "\0" in id:
            raise ValueError('"id" has a character that is none')
        id.encode("utf-8")
    except (ValueError, RecursionError) as why:
        kept = id if isinstance(id, str) and _is_utf8(id) else ""
        return refused(path, f"cannot be read: {why}", len(line), kept, sha256_of(line))
    if len(content) > most:
        return refused(path, too_long(len(content), most), len(content), id, sha256_of(content))
    return item(path, content, id, date, media="text")


def _is_utf8(word):
    try:
        word.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _string(object, key):
    value = object.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f'"{key}" is no string')
    return value or ""


def day_of(moment):
    """The day of "2019-05-13T10:00Z"; ValueError where it is none."""
    day = moment[:10] if len(moment) > 10 and moment[10] in "T " else moment
    if not day:
        return ""
    try:
        digits = day[:4] + day[5:7] + day[8:]
        if len(day) != 10 or day[4] + day[7] != "--" or not (digits.isascii() and digits.isdigit()):
            raise ValueError
        year, month, date = int(day[:4]), int(day[5:7]), int(day[8:])
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        days = (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
        if not (1 <= month <= 12 and 1 <= date <= days[month - 1]):
            raise ValueError
    except (ValueError, IndexError):
        raise ValueError('"date" is not a day as YYYY-MM-DD') from None
    return day


def _zip(piece, file, most):
    with zipfile.ZipFile(file) as members:
        for number, member in enumerate(members.infolist()):
            if number % piece.parts != piece.part or member.is_dir():
                continue
            if any(part.startswith(".") for part in member.filename.split("/")):
                continue
            yield _member(piece, members, member, most)


def _member(piece, members, member, most):
    path = f"{piece.path}#{clean(member.filename)}"
    if member.flag_bits & 1:
        return refused(path, "it is encrypted", member.file_size)
    if member.file_size > most:
        return refused(path, too_long(member.file_size, most), member.file_size)
    try:
        # Never more than the directory says, whatever the data would unpack to.
        with members.open(member) as data:
            content = data.read(most + 1)
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as why:
        return refused(path, f"cannot be read: {why}", member.file_size)
    if len(content) > most:
        return refused(path, too_long(len(content), most), len(content))
    return item(path, content)


def _warc(piece, file, most):
    for record in warc.records(file, most):
        path = f"{piece.path}#{record.number}"
        kind = record.header("warc-type")
        if kind not in ("response", "resource", "conversion"):
            continue
        url = record.header("warc-target-uri").strip("<>")
        if record.block is None:
            yield refused(path, too_long(record.length, most), record.length, url)
            continue
        media, content = record.header("content-type"), record.block
        if kind == "response":
            if not media.lower().replace(" ", "").startswith("application/http"):
                continue
            try:
                status, media, content = warc.http_payload(record.block, most)
            except (ValueError, IndexError) as why:
                yield refused(path, f"cannot be read: {why}", record.length, url, sha256_of(record.block))
                continue
            if status != "200":
                continue
        yield item(path, content, url, url=url, captured=record.header("warc-date"), media=media)
