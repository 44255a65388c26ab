"""Records of a WARC file (ISO 28500:2017), one after the other, in bounded
memory: a block is in memory only while its record is looked at.
"""
import gzip
import zlib

HEADER_MOST = 1 << 16
SKIP = 1 << 20


class Damaged(Exception):
    """The file cannot be read from here on."""


class Record:
    """`block` is None where it is longer than what was asked for."""

    def __init__(self, number, headers, length, block):
        self.number, self.headers, self.length, self.block = number, headers, length, block

    def header(self, name):
        return self.headers.get(name, "")


def records(file, block_most):
    """Of a binary stream, packed with gzip (a member a record, or as a whole)
    or not. Raises Damaged where it breaks off or is none."""
    start = file.read(2)
    file.seek(0)
    stream = gzip.GzipFile(fileobj=file) if start == b"\x1f\x8b" else file
    number = 0
    try:
        while True:
            version = _version(stream)
            if version is None:
                return
            if not version.startswith(b"WARC/"):
                raise Damaged(f"after {number} records: no record begins here")
            headers = _headers(stream)
            length = int(headers["content-length"])
            if length < 0:
                raise ValueError("a negative length")
            block = _block(stream, length, block_most)
            yield Record(number, headers, length, block)
            number += 1
    except (EOFError, OSError, KeyError, ValueError, zlib.error) as why:
        raise Damaged(f"after {number} records: {why or 'it breaks off'}") from why


def _line(stream):
    line = stream.readline(HEADER_MOST)
    if len(line) == HEADER_MOST:
        raise ValueError("a header line without end")
    return line


def _version(stream):
    """The line that begins a record, past the empty lines that end one."""
    line = _line(stream)
    while line in (b"\r\n", b"\n"):
        line = _line(stream)
    return line or None


def _headers(stream):
    """Names in small letters. Folded lines, which WARC 1.0 allows, are joined."""
    headers, name, size = {}, None, 0
    while True:
        line = _line(stream)
        if not line:
            raise EOFError("it breaks off in a header")
        size += len(line)
        if size > HEADER_MOST:
            raise ValueError("a header too long")
        line = line.rstrip(b"\r\n")
        if not line:
            return headers
        if line[:1] in (b" ", b"\t") and name:
            headers[name] += " " + line.strip().decode("utf-8", "replace")
            continue
        name, _, value = line.decode("utf-8", "replace").partition(":")
        name = name.strip().lower()
        headers[name] = value.strip()


def _block(stream, length, most):
    kept = [] if length <= most else None
    while length > 0:
        piece = stream.read(min(length, SKIP))
        if not piece:
            raise EOFError("it breaks off in a record")
        length -= len(piece)
        if kept is not None:
            kept.append(piece)
    return None if kept is None else b"".join(kept)


def http_payload(block, most):
    """Of a `response` record: (status, media type, payload), the transfer
    coding undone. Raises ValueError; `most` bounds what is unpacked."""
    head, found, body = block.partition(b"\r\n\r\n")
    if not found:
        raise ValueError("no HTTP response")
    lines = head.decode("latin-1").split("\r\n")
    status = lines[0].split(" ")[1:2]
    fields = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        fields[name.strip().lower()] = value.strip()
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    coding = fields.get("content-encoding", "").lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        body = _unpacked(body, most)
    elif coding not in ("", "identity"):
        raise ValueError(f"packed as {coding[:20]}")
    return "".join(status), fields.get("content-type", ""), body


def _unchunked(body):
    """Crawlers often store the chunks joined already: then it is as it is."""
    pieces, at = [], 0
    while True:
        end = body.find(b"\r\n", at, at + 32)
        try:
            size = int(body[at:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0 or end + 2 + size > len(body):
            return body if at == 0 else b"".join(pieces)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2:end + 2 + size])
        at = end + 2 + size + 2


def _unpacked(body, most):
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        data = unpacker.decompress(body, most + 1)
    except zlib.error as why:
        raise ValueError(f"damaged: {why}") from why
    if len(data) > most:
        raise ValueError(f"more than {most} bytes when unpacked")
    return data
