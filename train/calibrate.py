"""Fits the confidence: how often claims are right, on articles that training never saw.

    python calibrate.py --madai PROGRAM --net OUT/net.pt --base BASE --data DATA --out FOUND.json

A claim is right as in the score "attribution partial": some claim of the gold shares its cue, and every role of that one overlaps
it by half (Dice). First a weight for each piece of evidence (logistic regression), scaled so that raw scores lie between 0 and 1;
then how often a raw score is right: isotonic regression (pool adjacent violators; Ayer et al. 1955) over groups of equal size, so
that no group is a handful of claims; between the groups the program interpolates.
The evidence itself is asked from the program, one piece at a time, by models that weigh nothing else.
"""
from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import tempfile

import numpy as np

import export
from labels import is_held_back, lines

TOKEN = re.compile(rb"[\w\x80-\xff]+|[^\w\s\x80-\xff]")
ROLES = ("source", "cue", "content")
GROUPS = 24
EVIDENCE = 10                    # EVIDENCE_COUNT of src/reader/model/model.h; the last is the product of all probabilities
RIDGE, STEPS = 1e-3, 4000        # of the logistic regression
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


def found_by(program, model, records):
    """Every claim with a cue that is not nested (the gold nests none): (text, claim, gold of its article)."""
    asked = "".join(json.dumps({"document": {"id": r["document"]["id"], "date": r["document"].get("date")}, "text": r["text"]}) + "\n" for r in records)
    done = subprocess.run([program, "read", "--json", "--lines", "--model", model, "-"], input=asked.encode(), stdout=subprocess.PIPE, check=True)
    for record, line in zip(records, done.stdout.splitlines(), strict=True):
        for claim in json.loads(line).get("claims", []):
            if not claim.get("parent") and claim.get("cue"):
                yield record["text"].encode(), claim, record["claims"]


def evidence(program, weighing, records):
    """[claims, EVIDENCE] and whether each is right; weighing(weights) makes a model with these weights."""
    columns = []
    for item in range(EVIDENCE):
        weights = [float(i == item) for i in range(EVIDENCE)] + [0.0]
        found = list(found_by(program, weighing(weights), records))
        columns.append([claim["confidence"] for _, claim, _ in found])
    return np.array(columns).T, np.array([is_right(*row) for row in found], float)


def regression(items, right):
    """Weights and what is added, so that raw scores of these claims lie between 0 and 1."""
    middle, spread = items.mean(0), items.std(0) + 1e-9
    plain, weights, constant = (items - middle) / spread, np.zeros(items.shape[1]), 0.0
    for _ in range(STEPS):
        miss = 1 / (1 + np.exp(-(plain @ weights + constant))) - right
        weights -= plain.T @ miss / len(right) + RIDGE * weights
        constant -= miss.mean()
    weights /= spread
    raw = items @ weights
    low, high = raw.min(), raw.max()
    return [*(weights / (high - low)), -low / (high - low)]


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
    for name in ("madai", "net", "base", "data", "out"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    options = parser.parse_args()
    records = list(lines(options.data / "polnear/train.jsonl.gz"))
    held = is_held_back([r["document"]["id"] for r in records])
    records = [r for r in records if r["document"]["id"] in held]
    state, pieces = export.load_state(options.net), export.vocabulary(options.base)
    with tempfile.TemporaryDirectory() as folder:
        def weighing(weights):
            model = pathlib.Path(folder) / "weighing.model"
            model.write_bytes(export.export(state, pieces, "weighing", export.WINDOW, evidence=weights))
            return model
        items, right = evidence(options.madai, weighing, records)
    weights = regression(items, right)
    raw = (items @ weights[:-1] + weights[-1]).clip(0, 1)
    knots = isotonic(list(zip(raw.tolist(), right.tolist())))
    options.out.write_text(json.dumps({"evidence": [round(w, 6) for w in weights], "calibration": [[round(a, 5), round(b, 4)] for a, b in knots]}) + "\n")
    print(f"{len(right)} claims, {right.sum():.0f} right; {len(knots)} knots, from {knots[1][1]:.2f} to {knots[-1][1]:.2f}")


if __name__ == "__main__":
    main()
