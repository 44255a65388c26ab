"""From the corpora to what the network learns: documents with labels, cut into windows.

Byte spans become spans of words [first, last). Where spans overlap, the shorter one wins (labels are a sequence).
"""
from __future__ import annotations

import bisect
import collections
import gzip
import hashlib
import json
import pathlib
import random
import re

from heads import ARGUMENTS, MENTIONS, MUC_ROLES, NAME_TYPES, PARTICIPANTS, PREDICATES, ROLES
from nest import Nester, Paragraph, mine
from text import Document, Pieces

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
        self.doc, tags = doc, [0] * len(doc.spans)
        same_bytes = doc if not change else Document(text, pieces)
        for name in sorted(record["names"], key=lambda n: n["span"][0] - n["span"][1]):
            a = bisect.bisect_right(same_bytes.ends, name["span"][0])
            b = bisect.bisect_left(same_bytes.begins, name["span"][1])
            if a < b:
                label = 1 + 2 * NAME_TYPES.index(name["type"])
                tags[a:b] = [label] + [label + 1] * (b - a - 1)
        self.name_tags = repaired(tags)


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

    def __init__(self, data, pieces: Pieces, is_open: bool = False):
        """is_open: only what has an open licence, which leaves no claims but our own."""
        self.pieces = pieces
        records = [] if is_open else list(lines(data / "polnear/train.jsonl.gz"))
        held = is_held_back([r["document"]["id"] for r in records])
        self.claims = [strip_numbers(paragraphs_of(r)) for r in records if r["document"]["id"] not in held]
        self.mined = mine(self.claims)
        # GUM twice: it is small, and its idea of a name is not that of the others.
        self.names = [r for f in (("gum-train",) if is_open else ("worldwide-train", "gum-train", "gum-train")) for r in lines(data / f"names/{f}.jsonl.gz")]
        self.short_names = list(lines(data / "names/wnut-train.jsonl.gz"))
        self.frames = [r for r in lines(data / "syntax/ewt-train.jsonl.gz") if "frames" in r]
        self.mentions = list(lines(data / "coref/gum-train.jsonl.gz"))
        self.roles = [] if is_open else list(lines(data / "muc4/train.jsonl.gz"))
        self.cases = Cases(r["text"] for r in self.names + self.frames)

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

    def name_windows(self, rng, share, short_share):
        for record in rng.sample(self.names, round(len(self.names) * share)) + rng.sample(self.short_names, round(len(self.short_names) * short_share)):
            document = NameDocument(record, self.pieces, changed_case(rng))
            for a, b in windows(document.doc, rng.randint(60, WINDOW)):
                yield document, a, b


    def frame_windows(self, rng, times):
        for record in self.frames * int(times) + rng.sample(self.frames, round(len(self.frames) * (times % 1))):
            document = FrameDocument(record, self.pieces, changed_case(rng))
            for a, b in windows(document.doc, rng.randint(60, WINDOW)):
                yield document, a, b

    def mention_documents(self, rng, times):
        """All windows of a document at a time."""
        for record in self.mentions * times:
            document = MentionDocument(record, self.pieces, changed_case(rng))
            yield [(document, a, b) for a, b in windows(document.doc, rng.randint(60, WINDOW))]

    def role_windows(self, rng, share):
        """Windows without any role are most of them: some are enough."""
        for record in rng.sample(self.roles, round(len(self.roles) * share)):
            document = RoleDocument(record, self.pieces, self.cases.restore if rng.random() < 0.7 else None)
            for a, b in windows(document.doc, rng.randint(60, WINDOW)):
                if any(document.role_tags[a:b]) or rng.random() < 0.4:
                    yield document, a, b


def is_after_label(claim, text, begins):
    """Speech after its speaker's label: the C program finds it by the layout, so the network need not."""
    if "cue" in claim or "source" not in claim or claim["mode"] != "direct":
        return False
    source, content = claim["source"][0], claim["content"][0]
    between = text[begins[source[1]]:begins[content[0]]]
    return source[1] <= content[0] and "\n\n" not in between and not any(c.isalnum() for c in between)


class Act:
    """What is said to have been done, in words: `word` is the first of its trigger, None where it has none."""

    def __init__(self, act, words):
        self.trigger = next((span for piece in act.get("trigger", []) if (span := words(piece))[0] < span[1]), None)
        self.word = self.trigger and self.trigger[0]
        self.code, self.modality, self.polarity = act["act"], act.get("modality", "actual"), act.get("polarity", "asserted")
        self.participants = [(kind, *words(piece)) for kind, role in enumerate(PARTICIPANTS) for p in act.get(role + "s", []) for piece in p.get("span") or []]


class FieldDocument:
    """A document of our own corpus: all layers known to the last word. What is told within a claim is the inner layer; what is
    told after a speaker's label stands on the outer one."""

    def __init__(self, record, pieces: Pieces, change=None):
        text = record["text"]
        at, byte = {}, 0
        for i, c in enumerate(text):
            at[byte] = i
            byte += len(c.encode())
        at[byte] = len(text)
        self.doc = Document(change(text) if change else text, pieces)
        ends, begins = [e for _, e in self.doc.spans], [b for b, _ in self.doc.spans]

        def words(span):
            return bisect.bisect_right(ends, at[span[0]]), bisect.bisect_left(begins, at[span[1]])
        spoken = {c["id"] for c in record["claims"] if is_after_label(c, text, at)}
        self.claims = [[], []]
        for claim in record["claims"]:
            if claim["id"] not in spoken:
                layer = 0 if claim.get("parent") in spoken or "parent" not in claim else 1
                self.claims[layer].append({role: [w for s in claim.get(role, []) for w in [words(s)] if w[0] < w[1]] for role in ROLES})
        first = {"cue": 1, "source": 3, "content": 5}
        self.tags, self.inner_tags = (self.write([(first[r], a, b) for c in claims for r in ROLES for a, b in c[r]]) for claims in self.claims)
        self.name_tags = self.write([(1 + 2 * NAME_TYPES.index(n["type"]), *words(n["span"])) for n in record["names"]])
        self.is_known = [True] * len(self.doc.spans)
        self.acts = list({act.word: act for a in reversed(record["acts"]) if (act := Act(a, words)).word is not None}.values())
        self.act_tags = self.write([(1, *act.trigger) for act in self.acts])

    def write(self, spans):
        tags = [0] * len(self.doc.spans)
        for first, a, b in sorted(spans, key=lambda s: s[1] - s[2]):
            tags[a:b] = [first] + [first + 1] * (b - a - 1)
        return repaired(tags)


class FrameDocument:
    """PropBank's frames: kinds of predicates by word, and `frames`: (word, [(role, first word, last)]) of those that may have arguments."""

    def __init__(self, record, pieces: Pieces, change=None):
        text = record["text"]
        self.doc = Document(change(text) if change else text, pieces)
        own = self.doc if not change else Document(text, pieces)
        tokens = record["tokens"]
        self.kinds, frames = [0] * len(own.spans), {}
        for frame in record["frames"]:
            word = words_of(own, tokens[frame["predicate"]]["span"])[0]
            kind = predicate_kind(tokens[frame["predicate"]], frame)
            if word < len(own.spans) and not self.kinds[word]:
                self.kinds[word] = PREDICATES.index(kind)
                if kind != "auxiliary":
                    frames[word] = [(ARGUMENTS.index(a["role"]), *words_of(own, (tokens[a["tokens"][0]]["span"][0], tokens[a["tokens"][1] - 1]["span"][1])))
                                    for a in frame["args"] if a["role"] in ARGUMENTS]
        self.frames = sorted(frames.items())


def predicate_kind(token, frame) -> str:
    if token["upos"] == "AUX":
        return "other" if frame["args"] else "auxiliary"
    return {"VERB": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token["upos"], "other")


def words_of(doc: Document, span) -> tuple[int, int]:
    """The words of a token: of one that begins within a word ("n't" in "don't") those behind that word, if there are any."""
    a, b = bisect.bisect_right(doc.ends, span[0]), bisect.bisect_left(doc.begins, span[1])
    return (a + 1, b) if b > a + 1 and doc.begins[a] < span[0] else (a, b)


class Mention:
    def __init__(self, mention, word, words, clusters):
        self.word, self.words, self.cluster, self.kind = word, words, mention["cluster"], MENTION_KINDS.get(mention["type"], "other")
        self.rank = clusters[self.cluster] < 2, words[1] - words[0]


MENTION_KINDS = {"person": "person", "organization": "organisation", "place": "place"}


class MentionDocument:
    """GUM's mentions by their heads; where two share one, that which is mentioned again, else the shorter."""

    def __init__(self, record, pieces: Pieces, change=None):
        text = record["text"]
        self.doc = Document(change(text) if change else text, pieces)
        own = self.doc if not change else Document(text, pieces)
        clusters = collections.Counter(m["cluster"] for m in record["mentions"])
        found = {}
        for m in record["mentions"]:
            word = words_of(own, record["tokens"][m["head"]])[0]
            mention = Mention(m, word, words_of(own, m["span"]), clusters)
            if word < mention.words[1] and (word not in found or mention.rank < found[word].rank):
                found[word] = mention
        self.mentions = [m for _, m in sorted(found.items())]
        self.mention_kinds = [0] * len(own.spans)
        for m in self.mentions:
            self.mention_kinds[m.word] = MENTIONS.index(m.kind)


class RoleDocument:
    """MUC-4: whoever fills a role in an incident, wherever the words stand."""

    def __init__(self, record, pieces: Pieces, change=None):
        text = record["text"]
        self.doc = Document(change(text) if change else text, pieces)
        ends, begins = [e for _, e in self.doc.spans], [b for b, _ in self.doc.spans]
        self.role_tags = [0] * len(begins)
        for role, entities in record["roles"].items():
            first = 1 + 2 * MUC_ROLES.index(role)
            for mention in (m["text"] for entity in entities for m in entity):
                for match in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", text):
                    a, b = bisect.bisect_right(ends, match.start()), bisect.bisect_left(begins, match.end())
                    if a < b and not any(self.role_tags[a:b]):
                        self.role_tags[a:b] = [first] + [first + 1] * (b - a - 1)


class Cases:
    """How words are written in the middle of a sentence elsewhere: for texts that came in small letters only."""

    WORD = re.compile(r"[^\W\d_]+")

    def __init__(self, texts):
        seen = collections.Counter(m[0] for text in texts for m in self.WORD.finditer(text) if text[max(0, m.start() - 2):m.start()].strip() not in ("", "."))
        self.usual = {}
        for word, count in sorted(seen.items()):
            if count > seen.get(self.usual.get(word.lower(), ""), 0):
                self.usual[word.lower()] = word

    def restore(self, text: str) -> str:
        """The text with capitals; lengths stay."""
        text = self.WORD.sub(lambda m: self.usual.get(m[0], m[0]) if len(self.usual.get(m[0], m[0])) == len(m[0]) else m[0], text)
        return re.sub(r"(^|[.?!]\s+[\"“]?|\n\s*)([a-z])", lambda m: m[1] + m[2].upper(), text)


def matter_of(record) -> str:
    return record["document"]["id"].split("/")[0]


class Field:
    """The train part of our own corpus (corpus/build -o), or a share of its matters: those whose hashed names come first."""

    def __init__(self, path, pieces: Pieces, share: float = 1.0):
        self.pieces, records = pieces, list(lines(path)) if path else []
        matters = sorted({matter_of(r) for r in records}, key=lambda m: hashlib.sha256(m.encode()).hexdigest())
        kept = set(matters[:round(len(matters) * share)])
        self.records = [r for r in records if matter_of(r) in kept]

    def windows(self, rng, times):
        for record in self.records * times:
            document = FieldDocument(record, self.pieces, disturbance(rng))
            for a, b in windows(document.doc, rng.randint(60, WINDOW)):
                yield document, a, b


def disturbance(rng):
    """As `disturbed`, for a whole text."""
    change = rng.random()
    if change < 0.15:
        return lambda text: text.translate(STRAIGHT)
    if change < 0.3:
        return curly
    if change < 0.35:
        return lambda text: text.translate(BRITISH)
    if change < 0.38:
        return lambda text: recased(text, str.lower)
    return None


def changed_case(rng):
    draw = rng.random()
    if draw < 0.02:
        return lambda text: recased(text, str.lower)
    if draw < 0.35:
        chosen = random.Random(rng.random())
        return lambda text: "".join(recased(p, str.upper) if chosen.random() < 0.12 else p for p in re.split(r"(\n+)", text))
    return None
