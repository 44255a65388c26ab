"""Fits the calibration: how often claims of a raw score are right, on articles that training never saw.

    python calibrate.py --madai PROGRAM --model FILE --data DATA --out TABLE.json

FILE must carry the identity as its calibration, so that `confidence` is the raw score. A claim is right as in the
score "attribution partial": some claim of the gold shares its cue, and every role of that one overlaps it by half (Dice).
Isotonic regression (pool adjacent violators; Ayer et al. 1955) over groups of equal size, so that no group is a
handful of claims; between the groups the program interpolates.
"""
from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess

from labels import is_held_back, lines

TOKEN = re.compile(rb"[\w\x80-\xff]+|[^\w\s\x80-\xff]")
ROLES = ("source", "cue", "content")
GROUPS = 24
HIGHEST = 0.985                  # a group of which all were right is not certain to be


def tokens(text: bytes, spans) -> set[int]:
    return {b + m.start() for b, e in spans or () for m in TOKEN.finditer(text[b:e])}


def is_right(text, claim, gold) -> bool:
    own = [tokens(text, claim.get(r)) for r in ROLES]
    for other in gold:
        roles = [tokens(text, other.get(r)) for r in ROLES]
        if own[1] & roles[1] and all(4 * len(a & b) >= len(a) + len(b) or not b for a, b in zip(own, roles)):
            return True
    return False


def judged(program, model, records):
    """(raw score, right or not) of every claim that is not nested: the gold nests none."""
    asked = "".join(json.dumps({"document": {"id": r["document"]["id"], "date": r["document"].get("date")}, "text": r["text"]}) + "\n" for r in records)
    done = subprocess.run([program, "read", "--json", "--lines", "--model", model, "-"], input=asked.encode(), stdout=subprocess.PIPE, check=True)
    for record, line in zip(records, done.stdout.splitlines(), strict=True):
        text = record["text"].encode()
        for claim in json.loads(line).get("claims", []):
            if not claim.get("parent"):
                yield claim["confidence"], is_right(text, claim, record["claims"])


def isotonic(pairs):
    """Knots (raw, share that is right), both rising."""
    pairs = sorted(pairs)
    size = max(1, len(pairs) // GROUPS)
    blocks = []
    for at in range(0, len(pairs), size):
        group = pairs[at:at + size]
        blocks.append([sum(p for p, _ in group), sum(r for _, r in group), len(group)])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [x + y for x, y in zip(blocks[-1], last)]
    knots = [(raw / n, min(right / n, HIGHEST)) for raw, right, n in blocks]
    return [(0.0, 0.0), *knots, (1.0, knots[-1][1])]


def main():
    parser = argparse.ArgumentParser()
    for name in ("madai", "model", "data", "out"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    options = parser.parse_args()
    records = list(lines(options.data / "polnear/train.jsonl.gz"))
    held = is_held_back([r["document"]["id"] for r in records])
    pairs = list(judged(options.madai, options.model, [r for r in records if r["document"]["id"] in held]))
    knots = isotonic(pairs)
    options.out.write_text(json.dumps([[round(a, 5), round(b, 4)] for a, b in knots]) + "\n")
    print(f"{len(pairs)} claims, {sum(r for _, r in pairs)} right; {len(knots)} knots, from {knots[1][1]:.2f} to {knots[-1][1]:.2f}")


if __name__ == "__main__":
    main()
