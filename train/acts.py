"""Learns what a claim does by being said from the train part of the corpus: weights of words, as a table.

    train/acts.py TRAIN.jsonl > data/act-words.tsv      the table (TRAIN.jsonl: corpus/build -o FOLDER)
    train/acts.py --check TRAIN.jsonl                   share right, each quarter of the matters by the rest

A softmax over sums of weights: one weight for each speech act and each feature of the claim. The features are those of
src/reader/claims/draft_act.c, made here a second time; both go by bytes, so that they agree. Weights leave as whole numbers.
"""
from __future__ import annotations

import collections
import json
import pathlib
import re
import sys

import numpy as np

ACTS = "assert accuse deny admit demand ask threaten promise announce order refuse warn praise condemn report".split()
CONTENT_WORDS, SOURCE_WORDS, CUE_WORDS, OPENING_WORDS = 40, 8, 12, 3
SCALE = 16                       # whole numbers a unit
LEAST_SEEN, LEAST_WEIGHT = 3, 3  # of a feature: claims that have it; its largest whole weight
DECAY, EPOCHS, BATCH, RATE = 1e-3, 25, 128, 0.05

PUNCTUATION = re.compile(rb"\xe2[\x80\x81].|\xc2[\xa0-\xbf]", re.DOTALL)
WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
DATA = pathlib.Path(__file__).parent.parent / "data"


def words(text: bytes) -> list[str]:
    """Runs of letters and digits, in lower case as far as they are ASCII."""
    return [word.decode("utf-8", "replace") for word in WORD.findall(PUNCTUATION.sub(b" ", text).lower())]


def table(name: str) -> dict[str, list[str]]:
    """Key → its row's first key and its columns."""
    out = {}
    for line in (DATA / name).read_text().splitlines():
        if line and not line.startswith("#"):
            keys, *columns = line.split("\t")
            keys = [key for key in keys.split("|") if key != "-"]
            out |= {key: [keys[0], *columns] for key in keys}
    return out


SPEECH = table("speech-verbs.tsv")
WRONGDOING = table("wrongdoing.tsv")


def longest(known: dict, some: list[str], at: int) -> int:
    """How many words the longest phrase of a table takes that begins here, or 0."""
    return next((n for n in (4, 3, 2, 1) if at + n <= len(some) and " ".join(some[at:at + n]) in known), 0)


def wrongs(content: list[str]) -> set[str]:
    """The kinds of data/wrongdoing.tsv that are met: harm, denial."""
    found = ((at, longest(WRONGDOING, content, at)) for at in range(len(content)))
    return {WRONGDOING[" ".join(content[at:at + length])][1] for at, length in found if length}


def cue_act(cue: list[str]) -> str:
    """The act of the cue's row in the table of speech verbs; a row that leaves it open gives way."""
    found = "?"
    at = 0
    while at < len(cue):
        length = longest(SPEECH, cue, at)
        if length:
            act = SPEECH[" ".join(cue[at:at + length])][2]
            if act != "-":
                return act
            found = act
        at += max(length, 1)
    return found


def features(reading: dict, claim: dict, has_children: bool) -> list[str]:
    text = reading["text"].encode()

    def role(name: str) -> bytes:
        return b" ".join(text[begin:end] for begin, end in claim.get(name) or [])
    cue, source, content = (words(role(name)) for name in ("cue", "source", "content"))
    out = ["mode " + claim["mode"], "kind " + reading["document"].get("kind", "other"), "row " + (cue_act(cue) if cue else "none")]
    out += ["is denied"] * (claim.get("polarity") == "denied") + ["is nested"] * bool(claim.get("parent")) + ["is parent " + claim["mode"]] * has_children
    out += ["is question"] * role("content").rstrip(b"\"'\xe2\x80\x99\x9d ").endswith(b"?")
    out += [f"{place} {word}" for place, word in enumerate(content[:OPENING_WORDS])]
    out += [f"has {kind}" for kind in wrongs(content[:CONTENT_WORDS])]
    for kind, found in (("q", cue[:CUE_WORDS]), ("s", source[:SOURCE_WORDS]), ("c", content[:CONTENT_WORDS])):
        out += [f"{kind} {word}" for word in found]
    return sorted(set(out))


def load(path: str) -> list[tuple[str, list[str], int]]:
    """Matter, features, act of each claim."""
    out = []
    for line in open(path, encoding="utf-8"):
        reading = json.loads(line)
        parents = {claim.get("parent") for claim in reading["claims"]}
        matter = reading["document"]["id"].split("/")[0]
        out += [(matter, features(reading, claim, claim["id"] in parents), ACTS.index(claim["act"])) for claim in reading["claims"]]
    return out


def fit(claims: list) -> dict[str, np.ndarray]:
    """Adam over the mean loss and the squares of the weights; the order of claims is fixed by a seed."""
    seen = collections.Counter(name for _, names, _ in claims for name in names)
    number = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= LEAST_SEEN))}
    has = np.zeros((len(claims), len(number) + 1), np.float32)
    has[:, -1] = 1
    for row, (_, names, _) in enumerate(claims):
        has[row, [number[name] for name in names if name in number]] = 1
    wanted = np.eye(len(ACTS), dtype=np.float32)[[act for *_, act in claims]]
    weights = np.zeros((has.shape[1], len(ACTS)), np.float32)
    mean, square, step = np.zeros_like(weights), np.zeros_like(weights), 0
    random = np.random.default_rng(1)
    for epoch in range(EPOCHS):
        order = random.permutation(len(claims))
        for begin in range(0, len(claims), BATCH):
            some = order[begin:begin + BATCH]
            sums = has[some] @ weights
            share = np.exp(sums - sums.max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            slope = has[some].T @ (share - wanted[some]) / len(some) + DECAY * weights
            step += 1
            mean = 0.9 * mean + 0.1 * slope
            square = 0.99 * square + 0.01 * slope * slope
            weights -= RATE * (1 - epoch / EPOCHS) * (mean / (1 - 0.9 ** step)) / (np.sqrt(square / (1 - 0.99 ** step)) + 1e-6)
    whole = np.rint(weights * SCALE).astype(int)
    rows = {name: whole[at] for name, at in number.items() if abs(whole[at]).max() >= LEAST_WEIGHT}
    return rows | {"is claim": whole[-1]}


def act_of(rows: dict, names: list[str]) -> int:
    return int(sum((rows[name] for name in names if name in rows), rows["is claim"]).argmax())


def check(claims: list) -> None:
    matters = sorted({matter for matter, *_ in claims})
    right = 0
    for quarter in range(4):
        held = set(matters[quarter::4])
        rows = fit([claim for claim in claims if claim[0] not in held])
        right += sum(act_of(rows, names) == act for matter, names, act in claims if matter in held)
    print(f"{right} of {len(claims)}: {100 * right / len(claims):.1f} %")


HEAD = """\
# What a claim does by being said, where its cue leaves that open: how much each
# of its words speaks for each speech act. Written by train/acts.py from the
# train part of the corpus, not by hand; draft_act.c adds the rows up.
# Columns: feature (what it is, and which: q a word of the cue, s of the
# source, c of the content, 0 1 2 the word the content opens with and the two
# after it, row the act that speech-verbs.tsv gives the cue, kind the kind of
# document, mode, is); the weights, in the order
#   """


def main() -> None:
    claims = load(sys.argv[-1])
    if sys.argv[1] == "--check":
        return check(claims)
    print(HEAD + "\n#   ".join([" ".join(ACTS[:8]), " ".join(ACTS[8:])]))
    for name, weights in sorted(fit(claims).items()):
        print(f"{name}\t{' '.join(map(str, weights))}")


if __name__ == "__main__":
    main()
