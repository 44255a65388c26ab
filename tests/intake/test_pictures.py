#!/usr/bin/env python3
"""Writing in pictures is recognised, each word with its place; what a picture's file says is told; prints TAP.

    test_pictures.py MADAI MODEL SOURCE-ROOT
"""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import pictures
import recipes
import tap
from tap import test
from the_program import ENVIRONMENT, file, refused, run, well

ENVIRONMENT["MADAI_MODEL"], ROOT = (str(pathlib.Path(path).resolve()) for path in sys.argv[2:4])
tap.enter()

PARAGRAPHS = ["Police in Nakuru denied on Monday that officers had shot four marchers on Kenyatta Avenue.",
              "A witness said she had seen two officers fire into the crowd at about 4 p.m. before they left."]
PAGE = recipes.pdf_of(PARAGRAPHS)


def conversion(name, content):
    return json.loads(well("convert", "--json", file(name, content)))


def told(result, name):
    return [fact["value"] for fact in result.get("metadata", []) if fact["name"] == name]


def folded(text):
    return " ".join(text.split())


def share(gold, found):
    """1 - edit distance / length (Wagner and Fischer 1974), white space folded."""
    gold, found = folded(gold), folded(found)
    before = list(range(len(found) + 1))
    for i, a in enumerate(gold, 1):
        row = [i]
        for j, b in enumerate(found, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return 1 - before[-1] / len(gold)


@test
def each_word_of_a_picture_has_its_place_and_how_sure_it_is():
    png = pictures.seen(PAGE)[0]
    result = conversion("page.png", png)
    assert share(" ".join(PARAGRAPHS), result["text"]) >= 0.98, result["text"]
    text = result["text"].encode()
    words = [(text[slice(*piece["span"])].decode(), piece) for piece in result["map"]]
    assert [word for word, _ in words] == result["text"].split(), words
    assert all(0 < piece["confidence"] < 1 and "box" in piece for _, piece in words), words
    drawn = json.loads(well("convert", "--json", file("page.pdf", PAGE)))["map"][0]["box"]
    found = dict(words)["Police"]["box"]
    assert abs(found[0] - drawn[0]) <= 20 and abs(found[1] - drawn[1]) <= 60, (found, drawn)
    assert any("are not sure" in warning for warning in result["warnings"])


@test
def pages_without_text_are_looked_at_and_take_their_place():
    scan = pictures.seen(PAGE, how=None)[0]
    result = conversion("scan.pdf", pictures.scanned(["The first page has its text.", scan, "The third page too."]))
    places = [result["text"].index(words) for words in ("The first page", "Police in Nakuru", "The third page")]
    assert places == sorted(places), result["text"]
    text = result["text"].encode()
    page_of = {text[slice(*piece["span"])].decode(): piece["page"] for piece in result["map"]}
    assert page_of["Nakuru"] == 2 and page_of["The third page too."] == 3, page_of
    before = 0
    for piece in result["map"]:
        assert before <= piece["span"][0] < piece["span"][1], piece
        before = piece["span"][1]
    paragraphs = [piece["paragraph"] for piece in result["map"]]
    assert paragraphs == sorted(paragraphs)


@test
def the_examples_come_back_from_scans():
    for name in ("testimony", "parliament"):  # the worst of the seven
        text = pathlib.Path(ROOT, "examples", f"{name}.txt").read_text()
        paragraphs = [folded(piece) for piece in text.split("\n\n") if piece.strip()]
        scan = pictures.scanned(pictures.seen(recipes.pdf_of(paragraphs), how=None))
        assert share(text, conversion("example.pdf", scan)["text"]) >= 0.98, name


@test
def a_skewed_page_is_read_and_its_places_are_those_of_the_skewed_page():
    import math
    width, height, pixels = pictures.grey(pictures.seen(PAGE, how=None)[0])
    turned = bytearray(b"\xff" * len(pixels))
    angle = math.radians(2)
    sine, cosine = math.sin(angle), math.cos(angle)
    for y in range(height // 4):  # the text stands at the top
        for x in range(width):
            a, b = x - width / 2, y - height / 2
            from_x, from_y = int(width / 2 + a * cosine + b * sine), int(height / 2 - a * sine + b * cosine)
            if 0 <= from_x < width and 0 <= from_y < height:
                turned[y * width + x] = pixels[from_y * width + from_x]
    result = conversion("skew.pdf", pictures.scanned([b"P5\n%d %d\n255\n" % (width, height) + bytes(turned)]))
    assert share(" ".join(PARAGRAPHS), result["text"]) >= 0.95, result["text"]
    text = result["text"].encode()
    boxes = {text[slice(*piece["span"])].decode(): piece["box"] for piece in result["map"]}
    assert abs(boxes["Police"][1] - boxes["shot"][1]) > 40, boxes  # the line is not level


@test
def a_tiff_gives_all_of_its_pages():
    pages = [pictures.seen(recipes.pdf_of([words]), how=None)[0] for words in PARAGRAPHS]
    result = conversion("fax.tif", pictures.tiff(pages))
    assert share(" ".join(PARAGRAPHS), result["text"]) >= 0.95, result
    assert {piece["page"] for piece in result["map"]} == {1, 2}
    one = conversion("one.tif", pictures.tiff(pages[:1]))
    assert share(PARAGRAPHS[0], one["text"]) >= 0.95 and told(one, "C2PA") == ["none"]


@test
def a_picture_says_who_took_it_where_and_when():
    jpeg = pictures.seen(PAGE, "-jpeg")[0]
    about = pictures.exif(words=[(0x010F, "Maker"), (0x0131, "Editor 1.0"), (0x013B, "W. Njeri"), (0x0132, "2019:05:14 08:00:00")],
                          place=(("S", (0, 18, 0)), ("E", (36, 4, 48))))
    result = conversion("photo.jpg", pictures.with_segment(jpeg, 0xE1, about))
    assert told(result, "author") == ["W. Njeri"] and told(result, "software") == ["Editor 1.0"], result["metadata"]
    assert told(result, "modified") == ["2019-05-14T08:00:00"] and told(result, "camera") == ["Maker"]
    assert told(result, "place (latitude, longitude)") == ["-0.300000, 36.080000"] and told(result, "C2PA") == ["none"]
    assert "denied on Monday" in folded(result["text"])


@test
def a_picture_that_was_held_sideways_is_turned():
    width, height, pixels = pictures.grey(pictures.seen(PAGE, how=None)[0])
    turned = bytes(pixels[x * width + width - 1 - y] for y in range(width) for x in range(height))
    import zlib, struct
    rows = b"".join(b"\0" + turned[y * height:(y + 1) * height] for y in range(width))
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    png = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", height, width, 8, 0, 0, 0, 0)) +
           chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    upright = conversion("held.png", pictures.with_chunk(png, b"eXIf", pictures.exif(orientation=6)[6:]))
    assert share(" ".join(PARAGRAPHS), upright["text"]) >= 0.95, upright["text"]


@test
def content_credentials_are_told_and_not_trusted():
    jpeg, png = pictures.seen(PAGE, "-jpeg")[0], pictures.seen(PAGE)[0]
    for name, content in {"c.jpg": pictures.with_segment(jpeg, 0xEB, b"JP\0\1\0\0\0\1" + pictures.MANIFEST),
                          "c.png": pictures.with_chunk(png, b"caBX", pictures.MANIFEST)}.items():
        assert told(conversion(name, content), "C2PA") == ["present, not checked"], name
    assert told(conversion("none.png", png), "C2PA") == ["none"]
    words = pictures.with_chunk(png, b"tEXt", b"Author\0Jos\xe9 M.")
    assert told(conversion("words.png", words), "author") == ["José M."]


@test
def a_picture_without_writing_is_kept_and_what_it_says_is_told():
    chance = random.Random(4)
    width, height = 300, 200
    noise = b"P5\n%d %d\n255\n" % (width, height) + chance.randbytes(width * height)
    blank = pictures.seen(recipes.pdf([[]]), "-jpeg")[0]
    empty = pictures.with_segment(blank, 0xE1, pictures.exif(words=[(0x013B, "W. Njeri")]))
    refused(1, "no text in it", "convert", file("empty.jpg", empty))
    assert told(conversion("empty.jpg", empty), "author") == ["W. Njeri"]
    well("init", "photo.madai")
    assert run("add", "photo.madai", "empty.jpg").returncode == 1
    assert "W. Njeri (Exif)" in well("show", "photo.madai", "empty.jpg")
    assert "everything holds" in well("verify", "photo.madai")
    assert "0 read" in run("reread", "--unread", "photo.madai").stdout.decode()
    assert "everything holds" in well("verify", "photo.madai")
    assert len(conversion("noise.tif", pictures.tiff([noise]))["text"]) < 60


@test
def a_scan_goes_into_a_case_and_its_words_are_found():
    well("init", "scan.madai")
    well("add", "scan.madai", file("scan.pdf", pictures.scanned([pictures.seen(PAGE, how=None)[0]])))
    assert "Nakuru" in well("search", "scan.madai", "marchers")
    shown = well("show", "scan.madai", "scan.pdf")
    assert "p. 1" in shown and "recognised from a picture" in shown, shown
    assert "everything holds" in well("verify", "scan.madai")


@test
def pictures_that_are_made_to_do_harm_are_refused():
    import struct, zlib
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    png = pictures.seen(PAGE)[0]
    huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 100000, 100000, 8, 6, 0, 0, 0)) + chunk(b"IEND", b"")
    refused(1, "of a size that no page has", "convert", file("huge.png", huge))
    refused(1, "is broken", "convert", file("cut.png", png[:60]))
    loop = bytearray(pictures.tiff([pictures.seen(PAGE, how=None, dots=40)[0]]))
    loop[-4:] = struct.pack("<I", len(loop) - 4 - 2 - 12 * 9)  # the next page is this one
    assert run("convert", file("loop.tif", bytes(loop))).returncode in (0, 1)
    chance = random.Random(5)
    for i in range(6):
        bent = bytearray(pictures.with_segment(pictures.seen(PAGE, "-jpeg", 40)[0], 0xE1, pictures.exif(
            words=[(0x013B, "W. Njeri")], place=(("S", (0, 18, 0)), ("E", (36, 4, 48))))))
        for _ in range(30):
            bent[chance.randrange(2, 300)] = chance.randrange(256)
        error = run("convert", file(f"bent-{i}.jpg", bytes(bent))).stderr.decode()
        assert "broke a rule" not in error and "was stopped" not in error, error


if __name__ == "__main__":
    tap.main()
