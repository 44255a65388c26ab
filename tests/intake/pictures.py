"""Pictures of pages, made of recipes.pdf by pdftoppm; and what is written into their files."""
import pathlib
import struct
import subprocess
import zlib


def seen(pdf, how="-png", dots=200):
    """Each page of the PDF as a picture in grey."""
    pathlib.Path("seen.pdf").write_bytes(pdf)
    for old in pathlib.Path(".").glob("seen-*"):
        old.unlink()
    subprocess.run(["pdftoppm", "-gray", "-r", str(dots), *([how] if how else []), "seen.pdf", "seen"], check=True)
    return [path.read_bytes() for path in sorted(pathlib.Path(".").glob("seen-*"))]


def grey(pgm):
    """Width, height and pixels of a PGM."""
    magic, width, height, most, pixels = pgm.split(maxsplit=4) if pgm[:2] == b"P5" else (0, 0, 0, 0, 0)
    assert (magic, most) == (b"P5", b"255")
    pixels = pgm[-int(width) * int(height):]
    return int(width), int(height), pixels


def scanned(pages, before=()):
    """A PDF whose pages are pictures (PGM) of 200 dots an inch; `before`: (place, content stream) of a page with text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None,
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        if isinstance(page, str):
            drawn = "BT /F1 11 Tf 72 700 Td (%s) Tj ET" % page
            objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
            objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
                           f"/Contents {len(objects)} 0 R >>")
        else:
            width, height, pixels = grey(page)
            packed = zlib.compress(pixels)
            objects.append((f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 "
                            f"/ColorSpace /DeviceGray /Filter /FlateDecode /Length {len(packed)} >>\nstream\n").encode() +
                           packed + b"\nendstream")
            picture = len(objects)
            drawn = f"q {width * 72 / 200:g} 0 0 {height * 72 / 200:g} 0 0 cm /I Do Q"
            objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
            objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width * 72 / 200:g} {height * 72 / 200:g}] "
                           f"/Resources << /XObject << /I {picture} 0 R >> >> /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += f"{number} 0 obj\n".encode() + (content if isinstance(content, bytes) else content.encode()) + b"\nendobj\n"
    table = len(whole)
    whole += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" +
              "".join(f"{place:010} 00000 n \n" for place in places) +
              f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").encode()
    return whole


def tiff(pages):
    """Pictures (PGM) in one file, not packed."""
    whole, links = b"II*\0\0\0\0\0", [4]
    for page in pages:
        width, height, pixels = grey(page)
        data = len(whole)
        whole += pixels + b"\0" * (len(pixels) % 2)
        entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
                   (273, 4, 1, data), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, len(pixels))]
        place = len(whole)
        whole = whole[:links[-1]] + struct.pack("<I", place) + whole[links[-1] + 4:]
        whole += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
        links.append(len(whole))
        whole += struct.pack("<I", 0)
    return whole


def exif(orientation=1, words=(), place=None):
    """An Exif block: (tag, words) of the first part, latitude and longitude in degrees, minutes, seconds."""
    entries = [(tag, 2, text.encode() + b"\0") for tag, text in words]
    entries.append((0x0112, 3, struct.pack("<HH", orientation, 0)))
    gps = []
    if place:
        (south, latitude), (west, longitude) = place
        gps = [(1, 2, south.encode() + b"\0"), (2, 5, b"".join(struct.pack("<II", x, 1) for x in latitude)),
               (3, 2, west.encode() + b"\0"), (4, 5, b"".join(struct.pack("<II", x, 1) for x in longitude))]
        entries.append((0x8825, 4, None))
    def part(entries, at, below=None):
        head, tail = struct.pack("<H", len(entries)), b""
        data = at + 2 + 12 * len(entries) + 4
        for tag, kind, value in sorted(entries):
            value = struct.pack("<I", below) if value is None else value
            count = {2: len(value), 3: 1, 4: 1, 5: len(value) // 8}[kind]
            if len(value) <= 4:
                head += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
            else:
                head += struct.pack("<HHII", tag, kind, count, data + len(tail))
                tail += value + b"\0" * (len(value) % 2)
        return head + struct.pack("<I", 0) + tail
    length = len(part(entries, 8, 0))
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + part(entries, 8, 8 + length) + (part(gps, 8 + length) if gps else b"")


def with_segment(jpeg, marker, content):
    return jpeg[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content + jpeg[2:]


def with_chunk(png, kind, content):
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return png[:33] + chunk + png[33:]


# The type of a C2PA manifest store's box, in the box that describes it.
MANIFEST = b"\0\0\0\x1ejumb\0\0\0\x16jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0"
