"""Bytes to text: the one place where the format of a document matters.

So far as `madai add` and `madai read` without converters: plain text is taken
as it is, all else is refused with what it is. A converter of another format is
called from `text_of` and nowhere else.
"""
from .reader import Refused

ONLY_TEXT = "madai reads plain text only so far"
LOOKED_AT = 8192

# (offset, bytes, what it is), from the formats' own specifications.
SIGNATURES = (
    (0, b"%PDF-", "a PDF"), (0, b"PK\x03\x04", "a ZIP archive or an Office file"),
    (0, b"\x89PNG", "a picture (PNG)"), (0, b"\xff\xd8\xff", "a picture (JPEG)"),
    (0, b"GIF8", "a picture (GIF)"), (8, b"WEBP", "a picture (WebP)"),
    (0, b"II*\0", "a picture (TIFF)"), (0, b"MM\0*", "a picture (TIFF)"),
    (4, b"ftyp", "a picture or film (MP4, HEIC)"), (0, b"\x1a\x45\xdf\xa3", "a film (Matroska, WebM)"),
    (0, b"OggS", "a sound recording (Ogg)"), (0, b"ID3", "a sound recording (MP3)"),
    (8, b"WAVE", "a sound recording (WAV)"), (0, b"{\\rtf", "a rich text file (RTF)"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, PPT)"),
    (0, b"SQLite format 3", "a database (SQLite)"), (0, b"\x1f\x8b", "a packed file (gzip)"),
    (0, b"BZh", "a packed file (bzip2)"), (0, b"\xfd7zXZ", "a packed file (xz)"),
    (0, b"\x28\xb5\x2f\xfd", "a packed file (zstd)"), (0, b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (0, b"Rar!", "an archive (RAR)"), (0, b"\x7fELF", "a program"),
    (0, b"\xff\xfe", "a text in UTF-16"), (0, b"\xfe\xff", "a text in UTF-16"),
)
# What no text has: controls other than white space, form feed, backspace and
# escape.
CONTROLS = bytes(set(range(0x20)) - set(range(0x08, 0x0e)) - {0x1b})


def text_of(content, media):
    """The bytes that are read. `media` as sources.Item has it."""
    if media == "text":
        return content
    plain = media.partition(";")[0].strip().lower()
    if plain not in ("", "text/plain", "application/octet-stream"):
        raise Refused(f"this is {plain[:80]}; {ONLY_TEXT}")
    if not content:
        raise Refused("empty, nothing to read")
    what = _not_text(content[:LOOKED_AT])
    if what:
        raise Refused(f"this is {what}; {ONLY_TEXT}")
    if _is_other_encoding(content):
        raise Refused("a text that is not UTF-8, which only madai add and madai read convert so far")
    return content


def _is_other_encoding(content):
    """As src/intake/file_kind.c has it: more than twice as much that is no UTF-8 as characters of it beyond ASCII."""
    characters = content.decode("utf-8", "surrogateescape")
    strange = sum("\udc80" <= c <= "\udcff" for c in characters)
    return strange > 2 * (sum(c > "\x7f" for c in characters) - strange)


def _not_text(start):
    for offset, signature, what in SIGNATURES:
        if start.startswith(signature, offset):
            return what
    controls = len(start) - len(start.translate(None, CONTROLS))
    return "no text (or one in UTF-16)" if controls > len(start) // 8 else None
