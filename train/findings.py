#!/usr/bin/env python3
"""Learns which candidates of a layer are findings, and of which kind, from the train part of the corpus: weights of words, as a table.

    finding-dump LAYER MODEL [GAZETTEER] < TRAIN.jsonl > SEEN.jsonl   candidates and what is seen around them (tests/tools/finding_dump.c)
    train/findings.py LAYER TRAIN.jsonl SEEN.jsonl > data/X.tsv   figures: figure-words.tsv; interventions: intervention-weights.tsv;
                                                                  act-times: act-time-weights.tsv; act-places: act-place-weights.tsv;
                                                                  actors: actor-weights.tsv; whom: whom-weights.tsv
    train/findings.py --check LAYER TRAIN.jsonl SEEN.jsonl        each quarter of the matters by the rest: shares right by sum

TRAIN.jsonl: corpus/build -o FOLDER. Two models over the same features: whether a candidate is a finding (logistic), and of
which kind (softmax, over findings alone). Weights leave as whole numbers; figure.c and interventions.c add them up.
"""
from __future__ import annotations

import collections
import json
import math
import random
import sys

# What the kind of a finding is called in a reading, the kinds in the order of the table's columns, and how much weights decay: the more
# the fewer findings there are to learn from (four quarters of the matters, each by the rest: interventions, kind right, F 52.3 with
# 1e-3, 54.2 with 4e-3).
LAYERS = {
    "figures": ("harm", [None, "killed", "injured", "arrested", "detained", "missing"], "figure.h", "figure_features.c", 1e-3),
    "act-times": ("time", [], "act_when.h", "act_when.c", 1e-3),
    "act-places": ("place", [], "act_when.h", "act_when.c", 1e-3),
    "actors": ("class", ("police military intelligence government court oversight party protesters civilians media ngo intergovernmental"
                         " armed-group business parliament health other").split(), "actor_weigh.h", "actor_weigh.c", 4e-3),
    "whom": ("whom", [], "whom.h", "whom.c", 1e-3),
    "interventions": ("kind", "complaint report communication petition lawsuit statement letter appeal investigation".split(),
                      "interventions.h", "intervention_features.c", 4e-3),
}
SCALE = 16                       # whole numbers a unit
LEAST_SEEN, LEAST_WEIGHT = 3, 2  # of a feature: numbers that have it; its largest whole weight
EPOCHS, RATE = 10, 0.1
HEADER = """\
# Whether a candidate is one of the {layer} of a text ({header}), and of which
# {field}: how much what is seen around it speaks for each. Written by
# train/findings.py from the train part of the corpus, not by hand.
# Columns: feature ({maker} says what each is); the weights, in the order
# finding {names}
"""


def load(layer: str, gold_path: str, seen_path: str) -> list[tuple[str, list[str], int, int]]:
    """Matter, features, whether it is a finding, its kind, of each candidate."""
    field, kinds, *_ = LAYERS[layer]
    gold = {reading["document"]["id"]: reading for reading in map(json.loads, open(gold_path, encoding="utf-8"))}
    out = []
    for line in open(seen_path, encoding="utf-8"):
        document = json.loads(line)
        spans = [(piece, finding) for finding in gold[document["id"]].get(layer, []) for piece in pieces(finding["span"])]
        for candidate in document["candidates"]:
            begin, end = candidate["span"]
            best = max(((min(end, e) - max(begin, b), i) for i, ((b, e), _) in enumerate(spans) if begin < e and b < end), default=None)
            kind = kinds.index(spans[best[1]][1].get(field)) if best else 0
            out.append((document["id"].split("/")[0], sorted(set(candidate["features"])), int(best is not None), kind))
    return out


def overlap(one: list, other: list) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def load_links(layer: str, gold_path: str, seen_path: str) -> list[tuple[str, list[str], int, int]]:
    """The same of the times (places) that may be those of an act: right is one of the act's own, or one that means the same. Acts that
    the gold does not have teach nothing."""
    field = LAYERS[layer][0]
    gold = {reading["document"]["id"]: reading for reading in map(json.loads, open(gold_path, encoding="utf-8"))}
    out = []
    for line in open(seen_path, encoding="utf-8"):
        document = json.loads(line)
        reading = gold[document["id"]]
        items = {item["id"]: item for item in reading.get(field + "s", [])}
        acts = [(piece, act) for act in reading["acts"] for piece in pieces(act["trigger"])]
        for candidate in document["candidates"]:
            told = max(acts, key=lambda act: overlap(candidate["act"], act[0]), default=None)
            if told is None or overlap(candidate["act"], told[0]) <= 0:
                continue
            own = told[1].get(field) or []
            meant = {means(items[i]) for i in ([own] if isinstance(own, str) else own) if i in items}
            here = {means(item) for item in items.values() for piece in pieces(item["span"]) if overlap(candidate["span"], piece) > 0}
            out.append((document["id"].split("/")[0], sorted(set(candidate["features"])), int(bool(meant & here)), 0))
    return out


def load_actors(layer: str, gold_path: str, seen_path: str) -> list[tuple[str, list[str], int, int]]:
    """The same of actors: the gold's counterpart is the one with the most mentions in common."""
    kinds = LAYERS[layer][1]
    gold = {reading["document"]["id"]: reading for reading in map(json.loads, open(gold_path, encoding="utf-8"))}
    out = []
    for line in open(seen_path, encoding="utf-8"):
        document = json.loads(line)
        mentions = [(piece, actor) for actor in gold[document["id"]]["actors"] for piece in actor["mentions"]]
        for candidate in document["candidates"]:
            common = collections.Counter(actor["class"] for span in candidate["mentions"] for piece, actor in mentions if overlap(span, piece) > 0)
            if common:
                out.append((document["id"].split("/")[0], sorted(set(candidate["features"])), 1, kinds.index(common.most_common(1)[0][0])))
    return out


def load_whom(layer: str, gold_path: str, seen_path: str) -> list[tuple[str, list[str], int, int]]:
    """The same of those whom a pronoun may mean, with the number of the pronoun instead of a kind. Pronouns that are no mention of the
    gold teach nothing."""
    gold = {reading["document"]["id"]: reading for reading in map(json.loads, open(gold_path, encoding="utf-8"))}
    out = []
    numbers: dict[tuple, int] = {}
    for line in open(seen_path, encoding="utf-8"):
        document = json.loads(line)
        mentions = [(span, actor["id"]) for actor in gold[document["id"]]["actors"] for span in actor["mentions"]]
        exact = {tuple(span): actor for span, actor in mentions}
        for candidate in document["candidates"]:
            actor = exact.get(tuple(candidate["span"]))
            around = [(span[1] - span[0], other) for span, other in mentions if overlap(candidate["item"], span) > 0]
            if actor is not None:
                out.append((document["id"].split("/")[0], sorted(set(candidate["features"])), int(bool(around) and min(around)[1] == actor),
                            numbers.setdefault((document["id"], *candidate["span"]), len(numbers))))
    return out


def means(item: dict) -> str:
    return item.get("value") or item.get("name") or str(item["span"])


def pieces(span: list) -> list:
    return span if isinstance(span[0], list) else [span]


def fit(examples: list[tuple[list[str], int]], classes: int, decay: float) -> dict[str, list[float]]:
    """Softmax over sums of weights by AdaGrad, one example at a time in a fixed order; of two classes, the first has no weights."""
    seen = collections.Counter(name for names, _ in examples for name in names)
    weights = {name: [0.0] * classes for name, count in seen.items() if count >= LEAST_SEEN}
    squares = {name: [1e-2] * classes for name in weights}
    order = list(range(len(examples)))
    shuffle = random.Random(1)
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for at in order:
            names, wanted = examples[at]
            names = [name for name in names if name in weights]
            sums = [sum(weights[name][c] for name in names) for c in range(classes)]
            most = max(sums)
            shares = [math.exp(s - most) for s in sums]
            total = sum(shares)
            for c in range(classes):
                wrong = shares[c] / total - (c == wanted)
                for name in names:
                    slope = wrong + decay * len(names) * weights[name][c]
                    squares[name][c] += slope * slope
                    weights[name][c] -= RATE * slope / math.sqrt(squares[name][c])
    return weights


def rank(examples: list[tuple[str, list[str], int, int]], decay: float) -> dict[str, list[int]]:
    """Whole weights of candidates that stand against each other (those of one number, and none of them): softmax over each question,
    where any right one will do, by AdaGrad."""
    seen = collections.Counter(name for _, names, _, _ in examples for name in names)
    weights = {name: 0.0 for name, count in seen.items() if count >= LEAST_SEEN}
    squares = dict.fromkeys(weights, 1e-2)
    questions = collections.defaultdict(list)
    for _, names, right, number in examples:
        questions[number].append(([name for name in names if name in weights], right))
    order = sorted(questions)
    shuffle = random.Random(1)
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for number in order:
            candidates = questions[number] + [([], not any(right for _, right in questions[number]))]
            sums = [sum(weights[name] for name in names) for names, _ in candidates]
            shares = [math.exp(s - max(sums)) for s in sums]
            total, wanted = sum(shares), sum(share for share, (_, right) in zip(shares, candidates) if right)
            for share, (names, right) in zip(shares, candidates):
                wrong = share / total - (share / wanted if right else 0)
                for name in names:
                    slope = wrong + decay * weights[name]
                    squares[name] += slope * slope
                    weights[name] -= RATE * slope / math.sqrt(squares[name])
    whole = {name: [round(SCALE * weight)] for name, weight in sorted(weights.items())}
    return {name: numbers for name, numbers in whole.items() if abs(numbers[0]) >= LEAST_WEIGHT}


def learn(examples: list, kinds: int, decay: float) -> dict[str, list[int]]:
    """Feature → whole weights: finding, then each kind."""
    is_finding = fit([(names, right) for _, names, right, _ in examples], 2, decay)
    kind_of = fit([(names, kind) for _, names, right, kind in examples if right], kinds, decay) if kinds else {}
    out = {}
    for name in sorted(is_finding.keys() | kind_of.keys()):
        two = is_finding.get(name, [0.0, 0.0])
        all_weights = [two[1] - two[0]] + kind_of.get(name, [0.0] * kinds)
        whole = [round(SCALE * weight) for weight in all_weights]
        if max(map(abs, whole)) >= LEAST_WEIGHT:
            out[name] = whole
    return out


def sums(table: dict[str, list[int]], names: list[str], kinds: int) -> list[int]:
    rows = [table[name] for name in names if name in table]
    return [sum(row[i] for row in rows) for i in range(1 + kinds)]


def best(got: list[int]) -> int:
    return max(range(len(got) - 1), key=lambda kind: got[1 + kind], default=0)


def check(examples: list, kinds: int, decay: float) -> None:
    matters = sorted({matter for matter, *_ in examples})
    right = found = gold = kind_right = 0
    by_sum = collections.defaultdict(lambda: [0, 0, 0])
    for quarter in range(4):
        held = set(matters[quarter::4])
        table = learn([example for example in examples if example[0] not in held], kinds, decay)
        for matter, names, is_finding, kind in examples:
            if matter not in held:
                continue
            got = sums(table, names, kinds)
            gold += is_finding
            if got[0] > 0:
                found += 1
                right += is_finding
                kind_right += is_finding and best(got) == kind
            step = max(-4, min(got[0] // 16, 8))
            by_sum[step][0] += is_finding
            by_sum[step][1] += is_finding and best(got) == kind
            by_sum[step][2] += 1
    print(f"P {100 * right / found:.1f} R {100 * right / gold:.1f} F {200 * right / (found + gold):.1f} of {gold}; kind right {100 * kind_right / right:.1f}")
    for step in sorted(by_sum):
        found, whole, count = by_sum[step]
        print(f"sum {16 * step:4}: {found / count:.3f}, of the right kind {whole / count:.3f}, of {count}")


def main(arguments: list[str]) -> None:
    is_check = arguments[:1] == ["--check"]
    layer, gold, seen = arguments[is_check:]
    field, kinds, header, maker, decay = LAYERS[layer]
    examples = (load_links if layer.startswith("act-") else load_actors if layer == "actors" else load_whom if layer == "whom" else load)(layer, gold, seen)
    if is_check:
        return check(examples, len(kinds), decay)
    names = " ".join(kind or "none" for kind in kinds)
    print(HEADER.format(layer=layer, field=field, header=header, maker=maker, names=names), end="")
    for name, whole in (rank(examples, decay) if layer == "whom" else learn(examples, len(kinds), decay)).items():
        print(name, " ".join(map(str, whole)), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])
