"""Words, paragraphs, features and word pieces: the Python twin of src/reader/text and src/reader/label.

The network must be trained on just what the C program will feed it. docs/model-format.md gives the rules;
`train/parity` holds this file and the C program against each other on real texts.
"""
from __future__ import annotations

import unicodedata
from functools import lru_cache

SPACES = frozenset(map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x20), 0x85, 0xFEFF, 0x200B]))
JOINERS = frozenset("\u00ad\u200c\u200d")
BREAKS = frozenset("\n\r\u0085\u2028\u2029\f\v")
OPENING, CLOSING = frozenset("“„«"), frozenset("”»")
MAX_PIECES = 12                  # of one word
MAX_UNIT = 100                   # code points; longer units are unknown


@lru_cache(maxsize=None)
def kind(char: str) -> str:
    """L(etter), N(umber), M(ark of a letter), S(pace), or P: anything else."""
    if char in SPACES:
        return "S"
    major = unicodedata.category(char)[0]
    return "S" if major == "Z" else major if major in "LNM" else "P"


def words(text: str) -> list[tuple[int, int]]:
    """[begin, end) in characters; words and white space tile the text."""
    out, i, n = [], 0, len(text)
    while i < n:
        k = kind(text[i])
        j = i + 1
        if k in "LN":
            while j < n and (kind(text[j]) in "LNM" or text[j] in JOINERS):
                j += 1
        if k != "S":
            out.append((i, j))
        i = j
    return out


def break_count(gap: str) -> int:
    return sum(2 if c == "\f" else c in BREAKS for c in gap.replace("\r\n", "\n"))


def lines_of(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\f", "\n\n")
    for c in BREAKS:
        text = text.replace(c, "\n")
    return text.split("\n")


def line_length(line: str) -> int:
    end = len(line)
    while end and kind(line[end - 1]) == "S":
        end -= 1
    return end


def is_blank(line: str) -> bool:
    return line_length(line) == 0


def wrap_width(text: str) -> int:
    """The longest inner line of a hard-wrapped text, 0 for any other."""
    lines = lines_of(text)
    lengths = [line_length(line) for line in lines]
    inner = [lengths[i] for i in range(len(lines) - 1) if lengths[i] and lengths[i + 1]]
    long = sum(n >= 40 for n in inner)
    return max(inner) if long >= 3 and 2 * long >= len(inner) and max(lengths) <= 120 else 0


def starts_item(line: str) -> bool:
    """Whether a line opens an indented, bulleted or numbered paragraph."""
    if not line or kind(line[0]) == "S":
        return True
    if line[0] in "•-*–·":
        return len(line) > 1 and kind(line[1]) == "S"
    i = 1 if line[0] == "(" else 0
    j = i
    while j < len(line) and j - i < 4 and kind(line[j]) == "N":
        j += 1
    if j == i and j < len(line) and kind(line[j]) == "L":
        j += 1
    return j > i and j < len(line) and line[j] in ".)"


def is_soft(text: str, begin: int, end: int, width: int) -> bool:
    """Whether the single line break in the gap [begin, end) only wraps a line."""
    if not width:
        return False
    start = begin
    while start and text[start - 1] not in BREAKS:
        start -= 1
    at = next(i for i in range(begin, end) if text[i] in BREAKS)
    at += 2 if text[at:at + 2] == "\r\n" else 1
    stop = at
    while stop < len(text) and text[stop] not in BREAKS:
        stop += 1
    return 10 * line_length(text[start:begin]) >= 6 * width and not starts_item(text[at:stop])


def paragraph_numbers(text: str, spans: list[tuple[int, int]]) -> list[int]:
    out, number, width, last = [], 0, wrap_width(text), 0
    for begin, end in spans:
        if out:
            n = break_count(text[last:begin])
            number += n >= 2 or (n == 1 and not is_soft(text, last, begin, width))
        out.append(number)
        last = end
    return out


def shape(word: str) -> int:
    kinds = [kind(c) for c in word]
    if all(k == "N" for k in kinds):
        return 1
    if "N" in kinds:
        return 2
    if kinds[0] != "L":
        return 3
    categories = [unicodedata.category(c) for c in word]
    upper = [c in ("Lu", "Lt") for c in categories]
    lower = [c == "Ll" for c in categories]
    if any(upper) and not any(lower):
        return 4 if len(word) > 1 else 5
    if upper[0]:
        return 6 if not any(upper[1:]) and any(lower) else 7
    return 8 if any(lower) and not any(upper) else 9


def features(text: str, spans: list[tuple[int, int]], numbers: list[int]) -> list[tuple[int, int, int]]:
    """(shape, what stands before, quotation state) of each word."""
    out, state, last = [], 0, 0
    for i, (begin, end) in enumerate(spans):
        first = i == 0 or numbers[i] != numbers[i - 1]
        if first:
            state = 0
        word, mark = text[begin:end], 0
        if word == '"':
            mark, state = (4, 0) if state == 1 else (3, 1)
        elif word in OPENING:
            mark, state = 3, 2
        elif word in CLOSING:
            mark, state = 4, 0
        out.append((shape(word), 2 if first else int(begin != last), mark or state))
        last = end
    return out


def is_cjk(char: str) -> bool:
    c = ord(char)
    return (0x4E00 <= c <= 0x9FFF or 0x3400 <= c <= 0x4DBF or 0x20000 <= c <= 0x2A6DF or 0x2A700 <= c <= 0x2B73F
            or 0x2B740 <= c <= 0x2B81F or 0x2B820 <= c <= 0x2CEAF or 0xF900 <= c <= 0xFAFF or 0x2F800 <= c <= 0x2FA1F)


def units(word: str) -> list[str]:
    out = [""]
    for c in unicodedata.normalize("NFD", word):
        if unicodedata.category(c) in ("Mn", "Cf", "Cc") or c == "\ufffd":
            continue
        low = c.lower()
        low = low if len(low) == 1 else c
        if is_cjk(low):
            out += [low, ""]
        else:
            out[-1] += low
    return [u for u in out if u]


class Pieces:
    """The word pieces of the vocabulary, greedily, longest first."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            self.ids = {line.rstrip("\n"): i for i, line in enumerate(lines)}
        self.unknown, self.begin, self.end = (self.ids[t] for t in ("[UNK]", "[CLS]", "[SEP]"))
        self.cache: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        found = self.cache.get(word)
        if found is None:
            all_units = [piece for unit in units(word) for piece in self.unit(unit)]
            found = self.cache[word] = tuple(all_units[:MAX_PIECES] or [self.unknown])
        return found

    def unit(self, unit: str) -> list[int]:
        if len(unit) > MAX_UNIT:
            return [self.unknown]
        out, i = [], 0
        while i < len(unit):
            j = len(unit)
            while j > i and ("##" if i else "") + unit[i:j] not in self.ids:
                j -= 1
            if j == i:
                return [self.unknown]
            out.append(self.ids[("##" if i else "") + unit[i:j]])
            i = j
        return out


class Document:
    """A text as the network sees it; labels are laid on it by labels.py."""

    def __init__(self, text: str, pieces: Pieces):
        self.text = text
        self.spans = words(text)
        self.paragraph = paragraph_numbers(text, self.spans)
        self.features = features(text, self.spans, self.paragraph)
        self.pieces = [pieces.of(text[b:e]) for b, e in self.spans]
        offsets, at = [0], 0
        for c in text:
            at += len(c.encode("utf-8", "surrogatepass"))
            offsets.append(at)
        self.begins = [offsets[b] for b, _ in self.spans]
        self.ends = [offsets[e] for _, e in self.spans]
