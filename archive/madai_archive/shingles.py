"""Shingles of a text, as linking has them (src/link/link_words.c and
link_copies.c): the same numbers, so that what is a copy there is one here.

Words are folded and hashed (FNV-1a); five in a row are one number; of long
texts every fourth number is kept, by its value (Broder 1997).
"""
import functools
import unicodedata

SHINGLE_WORDS = 5
SAMPLE_MASK = 3
SHORT_TEXT = 400  # shingles; of shorter texts all are kept
WORD_BYTES_MAX = 96
HASH_SEED = 0xcbf29ce484222325
WHOLE = (1 << 64) - 1
LETTERS = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me"}
DIGITS = frozenset("0123456789")


@functools.lru_cache(maxsize=1 << 12)
def is_letter(character):
    if character < "\x80":
        return character.isalpha()
    return unicodedata.category(character) in LETTERS


@functools.lru_cache(maxsize=1 << 12)
def fold(character):
    """Case and accents off; compatible forms become one."""
    if character < "\x80":
        return character.lower().encode()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(one for one in folded if unicodedata.category(one) not in ("Mn", "Mc", "Me")).encode()


@functools.lru_cache(maxsize=1 << 16)
def word_hash(word):
    data = bytearray()
    for character in word:
        if len(data) < WORD_BYTES_MAX:
            data += fold(character)
    value = HASH_SEED
    for byte in data:
        value = (value ^ byte) * 0x100000001b3 & WHOLE
    return value


def mix(a, b):
    """The finaliser of splitmix64 (Steele, Lea, Flood 2014)."""
    z = a + 0x9e3779b97f4a7c15 * (b + 1) & WHOLE
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & WHOLE
    z = (z ^ z >> 27) * 0x94d049bb133111eb & WHOLE
    return z ^ z >> 31


def words(text):
    """Runs of letters and digits; a comma or point between digits is inside."""
    at, length = 0, len(text)
    while at < length:
        if not (text[at] in DIGITS or is_letter(text[at])):
            at += 1
            continue
        begin = at
        at += 1
        while at < length:
            if text[at] in DIGITS or is_letter(text[at]):
                at += 1
            elif (text[at] in ",." and text[at - 1] in DIGITS and at + 1 < length and text[at + 1] in DIGITS):
                at += 1
            else:
                break
        yield text[begin:at]


def shingles(text):
    """(numbers that are kept, sorted, each once; how many shingles there were).
    Numbers are signed, as Spark has them."""
    hashes = [word_hash(word) for word in words(text)]
    total = max(0, len(hashes) - SHINGLE_WORDS + 1)
    kept = set()
    for at in range(total):
        value = HASH_SEED
        for one in hashes[at:at + SHINGLE_WORDS]:
            value = mix(value, one)
        if total < SHORT_TEXT or value & SAMPLE_MASK == 0:
            kept.add(value - (1 << 64) if value >> 63 else value)
    return sorted(kept), total
