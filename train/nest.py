"""Claims within claims, made from claims that do not nest.

PolNeAR annotates no claim inside the content of another. But a sentence with a claim, put into somebody's mouth, is a claim
within a claim of which everything is known. The wrappers take their sources and cues from the corpus itself; the
templates are plain English. What stands in a made content is known to the last word, and so are its sentences without
any claim: those are what teaches the inner layer to stay silent.
"""
from __future__ import annotations

import random
import re

from heads import ROLES

FUNCTION_WORDS = set("""a an the he she it they we this that these those there his her their its our in on at by for from to with after before when while
as if but and or so no not one two some many most all each such since during under over more other another both what how why who until although because""".split())
MORE_THAN_ONE = re.compile(r"[.?!][\"”’)]*\s+[\"“‘(]?[A-Z]")
SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
NOUNS = "claim allegation statement suggestion assertion report charge accusation argument warning promise denial testimony account finding".split()
REACTIONS = """rejected denied dismissed repeated confirmed disputed backed questioned criticised challenged welcomed ignored noted recalled
rejects denies dismisses disputes contradicted""".split()
PASSIVES = "told informed assured warned advised reminded".split()
PRONOUNS = "He She They I It".split()


class Paragraph:
    """A text with its claims; a piece is (role, begin, end) in characters."""

    def __init__(self, text: str):
        self.text, self.outer, self.inner, self.known, self.is_whole = text, [], [], [], True


def mine(documents) -> list[tuple[str, str, bool]]:
    """(source, cue, whether the content opens with "that") of claims in plain order within one paragraph."""
    found = []
    for paragraphs in documents:
        for p in paragraphs:
            for claim in p.outer if p.is_whole else ():
                at = {role: [(b, e) for r, b, e in claim if r == role] for role in ROLES}
                if any(len(at[role]) != 1 for role in ROLES):
                    continue
                (qb, qe), (sb, se), (cb, ce) = at["cue"][0], at["source"][0], at["content"][0]
                if p.text[se:qb] == " " and p.text[qe:cb] == " " and ce - cb > 15:
                    source = p.text[sb:se]
                    if source.split()[0].lower() not in ("who", "which", "that") and len(source) < 80:
                        found.append((source, p.text[qb:qe], p.text[cb:ce].startswith("that ")))
    return found


def lower_first(text: str) -> str:
    first = re.match(r"\w+", text)
    return text[0].lower() + text[1:] if first and first[0].lower() in FUNCTION_WORDS else text


def is_sentence(p: Paragraph) -> bool:
    return p.is_whole and 25 < len(p.text) < 320 and p.text.endswith(".") and not MORE_THAN_ONE.search(p.text) and p.text[0] not in "\"“‘("


def shifted(claims, by, end):
    return [[(r, b + by, min(e, end) + by) for r, b, e in claim if b < end] for claim in claims]


class Nester:
    def __init__(self, mined, rng: random.Random):
        self.mined, self.rng = mined, rng
        self.plain = [m for m in mined if m[2]] or mined

    def source(self, opening: bool) -> str:
        text = self.rng.choice(self.mined)[0]
        return text[0].upper() + text[1:] if opening else lower_first(text)

    def build(self, parts) -> Paragraph:
        """parts: (words, [marks]); a mark is (layer, claim number, role), closing at the end of these words, or with
        "+" opening here and closing where the same mark stands with "-"."""
        p, text, claims, open_at = Paragraph(""), "", {}, {}
        for words, marks in parts:
            for layer, number, role, sign in marks:
                if sign in "+=":
                    open_at[layer, number, role] = len(text)
            text += words
            for layer, number, role, sign in marks:
                if sign in "-=":
                    claims.setdefault((layer, number), []).append((role, open_at[layer, number, role], len(text)))
        p.text = text
        p.outer = [pieces for (layer, _), pieces in sorted(claims.items()) if layer == 0]
        p.inner = [pieces for (layer, _), pieces in sorted(claims.items()) if layer == 1]
        p.known = [(b, e) for claim in p.outer for r, b, e in claim if r == "content"]
        return p

    def wrap(self, p: Paragraph) -> Paragraph | None:
        rng, kinds = self.rng, []
        if is_sentence(p):
            kinds += [self.reported] * 4 + [self.inverted, self.according, self.quoted, self.quoted]
            if not p.outer:
                kinds += [self.noun, self.noun, self.passive, self.doubled, self.doubled, self.in_speech, self.in_speech]
        elif p.is_whole and 40 < len(p.text) < 700 and p.text[-1] in ".?!\"”":
            kinds += [self.quoted]
        return rng.choice(kinds)(p) if kinds else None

    def around(self, before, p, text, after, cut=None):
        """The paragraph's words, changed only letter for letter, between other parts; its claims become inner ones."""
        end = len(text) if cut is None else cut
        made = self.build([*before, (text[:end], [(0, 0, "content", "-")]), *after])
        by = sum(len(w) for w, _ in before)
        made.inner += [claim for claim in shifted(p.outer, by, end) if claim]
        return made

    def reported(self, p):
        source, cue, that = self.rng.choice(self.mined)
        lead = "that " if that else ""
        before = [(source[0].upper() + source[1:], [(0, 0, "source", "=")]), (" ", []), (cue, [(0, 0, "cue", "=")]), (" ", []),
                  (lead, [(0, 0, "content", "+")])]
        return self.around(before, p, lower_first(p.text), [(".", [])], len(p.text) - 1)

    def inverted(self, p):
        source, cue, _ = self.rng.choice(self.plain)
        after = [(", ", []), (lower_first(source), [(0, 0, "source", "=")]), (" ", []), (cue, [(0, 0, "cue", "=")]), (".", [])]
        return self.around([("", [(0, 0, "content", "+")])], p, p.text, after, len(p.text) - 1)

    def according(self, p):
        before = [("According to", [(0, 0, "cue", "=")]), (" ", []), (self.source(False), [(0, 0, "source", "=")]), (", ", []),
                  ("", [(0, 0, "content", "+")])]
        return self.around(before, p, lower_first(p.text), [(".", [])], len(p.text) - 1)

    def quoted(self, p):
        """Direct speech, before or after its source; double marks inside become single ones."""
        source, cue, _ = self.rng.choice(self.plain)
        left, right = ("“", "”") if self.rng.random() < 0.6 else ('"', '"')
        text = p.text.translate(SINGLE)
        if self.rng.random() < 0.5:
            before = [(source[0].upper() + source[1:], [(0, 0, "source", "=")]), (" ", []), (cue, [(0, 0, "cue", "=")]),
                      (self.rng.choice([": ", ", "]) + left, []), ("", [(0, 0, "content", "+")])]
            return self.around(before, p, text, [(right, [])])
        cut = len(text) - 1 if text.endswith(".") else len(text)
        tail = ("," if text.endswith(".") else "") + right + " "
        words = [(lower_first(source), [(0, 0, "source", "=")]), (cue, [(0, 0, "cue", "=")])]
        if self.rng.random() < 0.3 and " " not in cue:
            words.reverse()
        after = [(tail, []), words[0], (" ", []), words[1], (".", [])]
        return self.around([(left, []), ("", [(0, 0, "content", "+")])], p, text, after, cut)

    def noun(self, p):
        """SOURCE rejected the claim by SOURCE that …"""
        rng = self.rng
        told = lower_first(p.text)[:-1]
        if rng.random() < 0.5:
            middle = [(rng.choice(["the ", "a ", ""]), [(0, 0, "content", "+")]), (rng.choice(NOUNS), [(1, 1, "cue", "=")]),
                      (rng.choice([" by ", " from ", " of "]), []), (self.source(False), [(1, 1, "source", "=")]), (" ", [])]
        else:
            source = self.source(False)
            middle = [("", [(0, 0, "content", "+")]), (source, [(1, 1, "source", "=")]), ("’s " if rng.random() < 0.5 else "'s ", []),
                      (rng.choice(NOUNS), [(1, 1, "cue", "=")]), (" ", [])]
        return self.build([(self.source(True), [(0, 0, "source", "=")]), (" ", []), (rng.choice(REACTIONS), [(0, 0, "cue", "=")]), (" ", []),
                           *middle, ("that " + told, [(1, 1, "content", "="), (0, 0, "content", "-")]), (".", [])])

    def passive(self, p):
        """SOURCE said she had been told by SOURCE that …"""
        rng = self.rng
        source, cue, that = rng.choice(self.mined)
        return self.build([(source[0].upper() + source[1:], [(0, 0, "source", "=")]), (" ", []), (cue, [(0, 0, "cue", "=")]), (" ", []),
                           ("that " if that else "", [(0, 0, "content", "+")]), (rng.choice(PRONOUNS).lower() + " ", []),
                           (rng.choice(["had been", "was", "has been"]) + " " + rng.choice(PASSIVES) + " by", [(1, 1, "cue", "=")]), (" ", []),
                           (self.source(False), [(1, 1, "source", "=")]), (" ", []),
                           ("that " + lower_first(p.text)[:-1], [(1, 1, "content", "="), (0, 0, "content", "-")]), (".", [])])

    def second(self):
        """Source, cue and whether "that" follows, for the claim inside; with an addressee now and then."""
        source, cue, that = self.rng.choice(self.mined)
        if self.rng.random() < 0.4:
            cue, to = self.rng.choice([("had told", " him"), ("told", " them"), ("had told", " her"), ("told", " us"), ("told", " me"), ("said", " to him"), ("had asked", " them")])
            return lower_first(source), cue, to, self.rng.random() < 0.7
        return lower_first(source), cue, "", that

    def doubled(self, p):
        source, cue, that = self.rng.choice(self.mined)
        source2, cue2, to, that2 = self.second()
        told = ("that " if that2 else "") + lower_first(p.text)[:-1]
        return self.build([(source[0].upper() + source[1:], [(0, 0, "source", "=")]), (" ", []), (cue, [(0, 0, "cue", "=")]), (" ", []),
                           ("that " if that else "", [(0, 0, "content", "+")]), (source2, [(1, 1, "source", "=")]), (" ", []), (cue2, [(1, 1, "cue", "=")]),
                           (to + " ", []), (told, [(1, 1, "content", "="), (0, 0, "content", "-")]), (".", [])])

    def in_speech(self, p):
        """“They told me that …,” SOURCE said: the inner speaker is a pronoun of the outer speech."""
        source, cue, _ = self.rng.choice(self.plain)
        _, cue2, to, that = self.second()
        told = ("that " if that else "") + lower_first(p.text.translate(SINGLE))[:-1]
        return self.build([("“", []), (self.rng.choice(PRONOUNS), [(1, 1, "source", "="), (0, 0, "content", "+")]), (" ", []), (cue2, [(1, 1, "cue", "=")]),
                           (to + " ", []), (told, [(1, 1, "content", "="), (0, 0, "content", "-")]), (",” ", []),
                           (lower_first(source), [(0, 0, "source", "=")]), (" ", []), (cue, [(0, 0, "cue", "=")]), (".", [])])
