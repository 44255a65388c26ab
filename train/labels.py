"""From the corpora to what the network learns: documents with labels, cut into windows.

Byte spans become spans of words [first, last). Where spans overlap, the shorter one wins (labels are a sequence).
"""
from __future__ import annotations

import bisect
import gzip
import hashlib
import json
import pathlib
import random
import re

from nest import ROLES, Nester, Paragraph, mine
from text import Document, Pieces

NAME_TYPES = ("person", "organisation", "place", "other")
WINDOW = 224                     # word pieces, without [CLS] and [SEP]
HELD_BACK = 40                   # PolNeAR train articles kept to fit the calibration on


def lines(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def is_held_back(ids) -> set[str]:
    """The articles whose hashed names come first: the same ones every time."""
    return set(sorted(ids, key=lambda i: hashlib.sha256(i.encode()).hexdigest())[:HELD_BACK])


# Claims, as paragraphs that can be rewritten

def paragraphs_of(record) -> list[Paragraph]:
    text = record["text"]
    starts, out, at_byte = [], [], [0]
    for c in text:
        at_byte.append(at_byte[-1] + len(c.encode()))
    at = {b: i for i, b in enumerate(at_byte)}
    for m in re.finditer(r"[^\n]+(\n+|$)", text):
        starts.append(m.start())
        out.append(Paragraph(m[0].rstrip("\n")))
        out[-1].gap = m[1] or "\n\n"
    for number, claim in enumerate(record.get("claims", [])):
        here = {}
        for role in ROLES:
            for b, e in claim.get(role, []):
                b, e = at[b], at[e]
                while b < e:     # a piece over several paragraphs is cut at their ends
                    i = bisect.bisect_right(starts, b) - 1
                    stop = min(e, starts[i] + len(out[i].text))
                    if stop > b:
                        here.setdefault(i, []).append((role, b - starts[i], stop - starts[i]))
                    b = starts[i + 1] if i + 1 < len(starts) else e
        for i, pieces in here.items():
            out[i].outer.append([*pieces])
            out[i].outer[-1].append(("#", number, 0))
            if len(here) > 1:
                out[i].is_whole = False
    return out


def strip_numbers(paragraphs):
    """Claims of one paragraph need no number; those of several keep theirs, to be joined again."""
    for p in paragraphs:
        if p.is_whole:
            p.outer = [[x for x in claim if x[0] != "#"] for claim in p.outer]
    return paragraphs


STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
BRITISH = str.maketrans({"“": "‘", "”": "’"})


def curly(text: str) -> str:
    out, is_open = [], False
    for c in text:
        if c == '"':
            is_open = not is_open
            c = "“" if is_open else "”"
        out.append(c)
    return "".join(out)


def recased(text: str, change) -> str:
    return "".join(d if len(d := change(c)) == 1 else c for c in text)


def disturbed(paragraphs, rng):
    """Other quotation marks, other case: what bad scans and other houses' styles look like. Lengths stay."""
    change = rng.random()
    for p in paragraphs:
        if change < 0.15:
            p.text = p.text.translate(STRAIGHT)
        elif change < 0.3:
            p.text = curly(p.text)
        elif change < 0.35:
            p.text = p.text.translate(BRITISH)
        elif change < 0.38:
            p.text = recased(p.text, str.lower)
        if rng.random() < 0.015:
            p.text = recased(p.text, str.upper)
    return paragraphs


def copied(paragraphs):
    out = []
    for p in paragraphs:
        q = Paragraph(p.text)
        q.outer, q.is_whole, q.gap = p.outer, p.is_whole, p.gap
        out.append(q)
    return out


class ClaimDocument:
    """tags: outer labels; allowed: what the inner labels may be, None where all may; links: claims by layer."""

    def __init__(self, paragraphs, pieces: Pieces):
        text, starts = "", []
        for p in paragraphs:
            starts.append(len(text))
            text += p.text + p.gap
        self.doc = Document(text, pieces)
        self.begins, self.ends = [b for b, _ in self.doc.spans], [e for _, e in self.doc.spans]
        self.claims = [self.gather(paragraphs, starts, "outer"), self.gather(paragraphs, starts, "inner")]
        self.tags = self.write(self.claims[0], {"cue": 1, "source": 3, "content": 5})
        self.inner_tags = self.write(self.claims[1], {"cue": 1, "source": 3, "content": 5})
        self.is_known = [tag not in (5, 6) for tag in self.tags]
        for claim in self.claims[0]:          # a cue inside a content belongs to the outer layer, but we know nothing of it
            for a, b in claim["content"]:
                self.is_known[a:b] = [False] * (b - a)
        for p, start in zip(paragraphs, starts):
            for b, e in p.known:
                a, z = self.words(start + b, start + e)
                self.is_known[a:z] = [True] * (z - a)

    def words(self, begin, end):
        return bisect.bisect_right(self.ends, begin), bisect.bisect_left(self.begins, end)

    def gather(self, paragraphs, starts, layer):
        out, by_number = [], {}
        for p, start in zip(paragraphs, starts):
            for claim in getattr(p, layer):
                number = next((x[1] for x in claim if x[0] == "#"), None)
                entry = by_number.get(number) if number is not None else None
                if entry is None:
                    entry = {role: [] for role in ROLES}
                    out.append(entry)
                    if number is not None:
                        by_number[number] = entry
                for role, b, e in (x for x in claim if x[0] != "#"):
                    a, z = self.words(start + b, start + e)
                    if a < z:
                        entry[role].append((a, z))
        return out

    def write(self, claims, first):
        tags = [0] * len(self.doc.spans)
        for length, role, a, b in sorted(((b - a, r, a, b) for c in claims for r in ROLES for a, b in c[r]), key=lambda x: -x[0]):
            tags[a:b] = [first[role]] + [first[role] + 1] * (b - a - 1)
        return repaired(tags)


class NameDocument:
    def __init__(self, record, pieces: Pieces, change=None):
        text = record["text"]
        doc = Document(change(text) if change else text, pieces)
        self.doc, self.tags = doc, [0] * len(doc.spans)
        same_bytes = doc if not change else Document(text, pieces)
        for name in sorted(record["names"], key=lambda n: n["span"][0] - n["span"][1]):
            a = bisect.bisect_right(same_bytes.ends, name["span"][0])
            b = bisect.bisect_left(same_bytes.begins, name["span"][1])
            if a < b:
                label = 1 + 2 * NAME_TYPES.index(name["type"])
                self.tags[a:b] = [label] + [label + 1] * (b - a - 1)
        self.tags = repaired(self.tags)


def repaired(tags):
    """An inside label after a cut becomes the beginning of a piece of its own."""
    for i, tag in enumerate(tags):
        if tag and tag % 2 == 0 and (i == 0 or tags[i - 1] not in (tag, tag - 1)):
            tags[i] = tag - 1
    return tags


def windows(doc: Document, first_limit: int = WINDOW) -> list[tuple[int, int]]:
    """Word ranges: whole paragraphs up to WINDOW pieces; a longer one is cut at a full stop where there is one."""
    out, start, held, limit = [], 0, 0, first_limit
    n = len(doc.spans)
    i = 0
    while i < n:
        j = i
        while j < n and doc.paragraph[j] == doc.paragraph[i]:
            j += 1
        size = sum(map(len, doc.pieces[i:j]))
        if held and held + size > limit:
            out.append((start, i))
            start, held, limit = i, 0, WINDOW
        if size > limit:
            k = i
            while k < j:
                if held + len(doc.pieces[k]) > limit:
                    cut = k
                    while cut > start + 20 and doc.text[slice(*doc.spans[cut - 1])] not in (".", "?", "!"):
                        cut -= 1
                    cut = cut if cut > start + 20 else k
                    out.append((start, cut))
                    start, k, held, limit = cut, cut, 0, WINDOW
                    continue
                held += len(doc.pieces[k])
                k += 1
        else:
            held += size
        i = j
    if start < n:
        out.append((start, n))
    return out


class Corpora:
    """All that is learnt from; each epoch is drawn anew, by a seed of its own."""

    def __init__(self, data: str, pieces: Pieces):
        data = pathlib.Path(data)
        self.pieces = pieces
        records = list(lines(data / "polnear/train.jsonl.gz"))
        held = is_held_back([r["document"]["id"] for r in records])
        self.claims = [strip_numbers(paragraphs_of(r)) for r in records if r["document"]["id"] not in held]
        self.mined = mine(self.claims)
        self.names = [r for f in ("worldwide-train", "gum-train") for r in lines(data / f"names/{f}.jsonl.gz")]
        self.short_names = list(lines(data / "names/wnut-train.jsonl.gz"))

    def claim_windows(self, rng):
        nester = Nester(self.mined, rng)
        for paragraphs in self.claims:
            paragraphs = copied(paragraphs)
            if rng.random() < 0.55:
                for i, p in enumerate(paragraphs):
                    made = nester.wrap(p) if rng.random() < 0.22 else None
                    if made:
                        made.gap = p.gap
                        paragraphs[i] = made
            document = ClaimDocument(disturbed(paragraphs, rng), self.pieces)
            for a, b in windows(document.doc, rng.randint(60, WINDOW)):
                yield document, a, b

    def name_windows(self, rng, share):
        for record in rng.sample(self.names, round(len(self.names) * share)) + rng.sample(self.short_names, round(len(self.short_names) * share)):
            document = NameDocument(record, self.pieces, changed_case(rng))
            for a, b in windows(document.doc, rng.randint(60, WINDOW)):
                yield document, a, b


def changed_case(rng):
    draw = rng.random()
    if draw < 0.02:
        return lambda text: recased(text, str.lower)
    if draw < 0.35:
        chosen = random.Random(rng.random())
        return lambda text: "".join(recased(p, str.upper) if chosen.random() < 0.12 else p for p in re.split(r"(\n+)", text))
    return None
