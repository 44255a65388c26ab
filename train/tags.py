"""Learns parts of speech for src/reader/resolve/tag.c: a table of words, endings and pairs of tags.

    train/tags.py DATA > data/word-tags.tsv       DATA holds syntax/{ewt,gum}-train.jsonl.gz
    train/tags.py --check DATA                    share right on syntax/*-dev, by the same decoding

A hidden Markov model of pairs (Brants 2000, TnT, without its third tag): costs are whole numbers, so that every machine
decodes alike. Case is left out, since many of our texts have none, but a capital within a sentence has a row of its own.
"""
from __future__ import annotations

import collections
import gzip
import json
import math
import pathlib
import re
import sys

SCALE = 16
LEAST_WORD, LEAST_ENDING, ENDING_MAX, COST_MAX = 4, 12, 4, 160
TOKEN = re.compile(rb"(?:\w|[\x80-\xff])+|[^\w\s]")
TAGS = "NVPEGABHMDCUITROWS."
XPOS = {"NN": "N", "NNS": "N", "NNP": "N", "NNPS": "N", "JJ": "A", "JJR": "A", "JJS": "A", "DT": "D", "PRP$": "D", "PDT": "D",
        "WP$": "D", "CD": "U", "IN": "I", "TO": "T", "RB": "R", "RBR": "R", "RBS": "R", "RP": "R", "UH": "R", "CC": "C",
        "PRP": "O", "EX": "O", "WDT": "W", "WP": "W", "WRB": "W", "MD": "M", "VB": "V", "VBP": "V", "VBZ": "V", "VBD": "P",
        "VBN": "E", "VBG": "G", "POS": "S"}


def tag_of(token: dict) -> str:
    lemma = token["lemma"].lower()
    if token["xpos"].startswith("VB") and lemma in ("be", "get") and token["upos"] == "AUX":
        return "B"
    if token["xpos"].startswith("VB") and lemma == "be":
        return "B"
    if token["upos"] == "AUX":
        return "H" if lemma == "have" else "M"
    return XPOS.get(token["xpos"], ".")


def sentences(path: pathlib.Path):
    """Tokens as the reader cuts them, each (word, capital within the sentence?, tag)."""
    for line in gzip.open(path, "rt"):
        document = json.loads(line)
        text = document["text"].encode()
        at = {}
        for token in document["tokens"]:
            for byte in range(*token["span"]):
                at.setdefault(byte, token)
        for span in document["sentences"]:
            begin, end = span["span"] if isinstance(span, dict) else span
            out = []
            for found in TOKEN.finditer(text, begin, end):
                word = found.group()
                token = at.get(found.start())
                if token is None:
                    continue
                tag = tag_of(token)
                if tag == "S":
                    pass
                elif not re.match(rb"\w|[\x80-\xff]", word):
                    tag = "."
                elif found.start() > token["span"][0] and text[token["span"][0]:token["span"][0] + 1] == b"'":
                    tag = "S"
                out.append((word.lower().decode("utf-8", "replace"), bool(out) and word[:1].isupper(), tag))
            if out:
                yield out


def cost(probability: float) -> int:
    return min(COST_MAX, round(-SCALE * math.log(probability))) if probability > 0 else COST_MAX


class Model:
    def __init__(self, paths):
        words, endings, pairs = (collections.defaultdict(collections.Counter) for _ in range(3))
        self.tags = collections.Counter()
        for path in paths:
            for sentence in sentences(path):
                previous = "^"
                for word, capital, tag in sentence:
                    words[word][tag] += 1
                    if capital:
                        words["<capital>"][tag] += 1
                    self.tags[tag] += 1
                    pairs[previous][tag] += 1
                    previous = tag
        for word, counts in words.items():
            if sum(counts.values()) <= 20 and word.isalpha():
                for length in range(0, ENDING_MAX + 1):
                    if len(word) > length:
                        endings["-" + word[len(word) - length:]] += counts
        total = sum(self.tags.values())
        self.rows = {}
        self.pairs = {}
        for previous in "^" + TAGS:
            count = sum(pairs[previous].values())
            for tag in TAGS:
                share = 0.98 * pairs[previous][tag] / max(count, 1) + 0.02 * self.tags[tag] / total
                self.pairs[previous, tag] = cost(share)
        open_prior = {tag: self.tags[tag] / total for tag in TAGS}

        def shares(counts, back, k):
            count = sum(counts.values())
            return {tag: (counts[tag] + k * back.get(tag, 0)) / (count + k) for tag in TAGS}
        known = {"-": shares(endings["-"], open_prior, 1)}
        for ending in sorted(endings, key=len):
            if len(ending) > 1 and sum(endings[ending].values()) >= LEAST_ENDING:
                back = next(known["-" + ending[n:]] for n in range(2, len(ending) + 1) if "-" + ending[n:] in known)
                known[ending] = shares(endings[ending], back, 4)
        self.known = known

        def emit(shares_):  # P(tag | word) / P(tag)
            return {tag: min(COST_MAX, max(0, cost(share / open_prior[tag]) + 4 * SCALE))
                    for tag, share in shares_.items() if share > 0.004}
        for ending, found in known.items():
            self.rows[ending] = emit(found)
        for word, counts in words.items():
            if sum(counts.values()) >= LEAST_WORD:
                back = self.ending(word) if word.isalpha() else {}
                self.rows[word] = emit(shares(counts, back, 0.5))

    def ending(self, word):
        for length in range(min(ENDING_MAX, len(word) - 1), -1, -1):
            if "-" + word[len(word) - length:] in self.known:
                return self.known["-" + word[len(word) - length:]]
        return {}

    def lookup(self, word, capital):
        if word in self.rows and word != "<capital>":
            return self.rows[word]
        if capital:
            return self.rows["<capital>"]
        if not re.match(r"\w", word):
            return {".": 0}
        if word[0].isdigit():
            return {"U": 0}
        for length in range(min(ENDING_MAX, len(word) - 1), -1, -1):
            if "-" + word[len(word) - length:] in self.rows:
                return self.rows["-" + word[len(word) - length:]]

    def decode(self, sentence):
        best = {"^": (0, None)}
        back = []
        for word, capital, _ in sentence:
            now = {}
            for tag, emission in self.lookup(word, capital).items():
                now[tag] = min(((c[0] + self.pairs[p, tag] + emission, p) for p, c in best.items()))
            back.append(now)
            best = now
        tag = min(best, key=lambda t: best[t][0])
        out = []
        for now in reversed(back):
            out.append(tag)
            tag = now[tag][1]
        return out[::-1]


def main(arguments):
    data = pathlib.Path(arguments[-1]) / "syntax"
    model = Model([data / "ewt-train.jsonl.gz", data / "gum-train.jsonl.gz"])
    if "--check" in arguments:
        right = total = 0
        wrong = collections.Counter()
        for name in ("ewt-dev", "gum-dev"):
            for sentence in sentences(data / f"{name}.jsonl.gz"):
                for (_, _, gold), tag in zip(sentence, model.decode(sentence)):
                    right += gold == tag
                    total += 1
                    wrong[gold + tag] += gold != tag
        print(right / total, total, len(model.rows), wrong.most_common(20), file=sys.stderr)
        return
    print("# Parts of speech: what a word (or an ending of unknown words, after \"-\") costs as each tag, and after ^ and a tag what each\n"
          "# next tag costs; 16 a nat. Made by train/tags.py from the treebanks EWT and GUM; src/reader/resolve/tag.h names the tags.\n"
          "# Columns: word, ending or pair; tags, each with its cost.")
    for previous in "^" + TAGS:
        print(f"^{previous}\t" + " ".join(f"{tag}{model.pairs[previous, tag]}" for tag in TAGS))
    for key in sorted(model.rows):
        if "|" not in key and not key.startswith("#") and (key == "-" or key[0] != "-" or len(key) > 1):
            if re.match(r"[\w<-]", key):
                print(f"{key}\t" + " ".join(f"{t}{c}" for t, c in model.rows[key].items()))


if __name__ == "__main__":
    main(sys.argv[1:])
