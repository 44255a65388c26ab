"""Learns what the words around a trigger say of an act from the train part of the corpus: weights, as a table.

    build/tests/tools/acts-dump model/madai.model FILE… > DUMP           every question and its features, from the reader itself
    train/act_weights.py TRAIN.jsonl DUMP > data/acts-weights.tsv        the table (TRAIN.jsonl: corpus/build -o FOLDER)
    train/act_weights.py --check TRAIN.jsonl DUMP                        share right, each fifth of the matters by the rest
    train/act_weights.py --curve DEV.jsonl READINGS.jsonl                 how often acts of a share are right: the row "curve"

A question is a softmax over sums of weights, one for each class and feature, penalised by their squares. Weights leave as whole
numbers, 16 a nat, as act_weigh.h reads them. Questions: t which act, m modality, p polarity, r which role, d degree, s the same act as that.
"""
from __future__ import annotations

import collections
import json
import pathlib
import sys

import numpy as np

SCALE, CLASSES = 16, 44
LEAST_SEEN = {"t": 2, "m": 3, "p": 3, "r": 3, "d": 3, "s": 4}
PENALTY = {"t": 0.8, "m": 0.5, "p": 0.8, "r": 0.8, "d": 0.8, "s": 0.6}
LEAST_WEIGHT, STEPS, RATE = 2, 150, 0.2
LEAST_LARGEST = {"t": 4, "m": 6, "p": 4, "r": 6, "d": 4, "s": 3}  # a feature whose weights are all smaller is left out
CODES = [line.split("\t")[0] for line in (pathlib.Path(__file__).parent.parent / "corpus/acts.tsv").read_text().splitlines()
         if line and line[0] != "#"]
MODALITIES = "actual attempted ordered threatened planned demanded hypothetical recurring".split()
DEGREES = "direct ordered led planned incited allowed".split()
ROLES = ["perpetrators", "victims", "targets", "weapons"]


UNASKED = -1  # an act of a code that its trigger is not known for: nothing to learn, but a fault all the same


def overlap(one, other) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


class Gold:
    """The acts of the documents, by document and by place."""

    def __init__(self, path):
        self.documents = {}
        for line in open(path):
            document = json.loads(line)
            self.documents[document["document"]["id"]] = document
        self.first = {}
        for document in self.documents.values():
            for act in document["acts"]:
                self.first[document["document"]["id"], act["id"]] = act.get("same_as", act["id"])

    def acts(self, name, span):
        found = [(overlap(span, piece), act) for act in self.documents[name]["acts"] for piece in act["trigger"]]
        return [act for shared, act in sorted(found, key=lambda f: -f[0]) if shared > 0]


def alike(span, pieces) -> float:
    """Dice in bytes of letters: near enough to the scorer's tokens."""
    length = span[1] - span[0] + sum(end - begin for begin, end in pieces)
    return 2 * sum(max(0, overlap(span, piece)) for piece in pieces) / length


def role_label(document, act, span):
    best, label = 0.5, 0
    for number, role in enumerate(ROLES):
        for party in act.get(role, []):
            share = alike(span, party.get("span", []))
            if share >= best:
                best, label = share, number + 1
    return label


def answer(gold, name, question, trigger, other, options):
    """The right class, or None where the question cannot be asked."""
    acts = gold.acts(name, trigger)
    if question == "t":
        codes = [CODES.index(act["act"]) + 1 for act in acts]
        right = [code for code in codes if code in options]
        return right[0] if right else UNASKED if acts else 0
    if not acts:
        return None
    if question == "m":
        return MODALITIES.index(acts[0]["modality"])
    if question == "p":
        return int(acts[0]["polarity"] == "denied")
    if question == "r":
        labels = [role_label(gold.documents[name], act, other) for act in acts]
        return next((label for label in labels if label), 0)
    if question == "d":
        parties = [party for act in acts for party in act.get("perpetrators", []) if alike(other, party.get("span", [])) >= 0.5]
        return DEGREES.index(parties[0]["degree"]) if parties else None
    if question == "s":
        others = gold.acts(name, other)
        if not others:
            return None
        return int(any(gold.first[name, a["id"]] == gold.first[name, b["id"]] for a in acts for b in others))
    return None


class Instances:
    def __init__(self, gold, path):
        self.of = collections.defaultdict(list)
        for line in open(path):
            file, question, *rest = line.rstrip("\n").split("\t")
            name = "/".join(file.split("/")[-2:])
            begin, end, other_begin, other_end = map(int, rest[:4])
            options = [int(option) for option in rest[4].split()]
            features = sorted(set(rest[5:]))
            right = answer(gold, name, question, (begin, end), (other_begin, other_end), options)
            if right is not None:
                self.of[question].append((name.split("/")[0], options, features, right))


def learn(question, instances):
    instances = [instance for instance in instances if instance[3] != UNASKED]
    counts = collections.Counter(feature for _, _, features, _ in instances for feature in features)
    known = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= LEAST_SEEN[question]))}
    rows = np.concatenate([np.full(sum(f in known for f in features), i) for i, (_, _, features, _) in enumerate(instances)])
    columns = np.concatenate([np.array([known[f] for f in features if f in known], int) for _, _, features, _ in instances])
    classes = max(max(options) for _, options, _, _ in instances) + 1
    mask = np.full((len(instances), classes), -1e9)
    truth = np.zeros((len(instances), classes))
    for i, (_, options, _, right) in enumerate(instances):
        mask[i, options] = 0
        truth[i, right] = 1
    order = np.argsort(columns, kind="stable")
    by_feature = rows[order]
    starts = np.searchsorted(columns[order], np.arange(len(known)))
    begins = np.searchsorted(rows, np.arange(len(instances)))
    weights = np.zeros((len(known), classes))
    speed = np.zeros_like(weights)
    for step in range(STEPS):
        sums = mask + np.add.reduceat(weights[columns], begins)
        sums -= sums.max(1, keepdims=True)
        shares = np.exp(sums)
        shares /= shares.sum(1, keepdims=True)
        slope = np.add.reduceat((shares - truth)[by_feature], starts) + PENALTY[question] * weights
        speed += slope * slope
        weights -= RATE * 4 * slope / (np.sqrt(speed) + 1e-6)
    whole = np.rint(weights * SCALE).astype(int)
    whole[np.abs(whole) < LEAST_WEIGHT] = 0
    return {feature: whole[i] for feature, i in known.items()
            if np.abs(whole[i]).max() >= LEAST_LARGEST[question]}


def decide(table, options, features):
    sums = np.sum([table[f] for f in features if f in table] or [np.zeros(CLASSES, int)], axis=0)
    sums = np.pad(sums, (0, CLASSES - len(sums)))
    shares = np.exp((sums[options] - sums[options].max()) / SCALE)
    best = int(np.argmax(shares))
    return options[best], shares[best] / shares.sum()


def held_back(question, instances):
    """Every instance answered by weights that did not see its matter: what was said, what is right, with which share."""
    matters = sorted({matter for matter, *_ in instances})
    held = []
    for fold in range(5):
        out = set(matters[fold::5])
        table = learn(question, [i for i in instances if i[0] not in out])
        for matter, options, features, truth in instances:
            if matter in out:
                said, share = decide(table, options, features)
                held.append((said, truth, share))
    return held


def told(gold, path):
    """(code and 1, code of the gold and 1, share) of the acts of readings, made by a program whose table has no row "curve"."""
    for line in open(path):
        reading = json.loads(line)
        for act in reading["acts"]:
            codes = [other["act"] for other in gold.acts(reading["document"]["id"], act["trigger"][0])]
            yield 1, int(act["act"] in codes), act["confidence"]


def curve(held, points=12):
    """Share → how often right, for what was said to be something: means of equal parts, made to rise (pool adjacent violators). Readings
    have three decimals: what is behind 0.9995 is right more often than that, and has its point set by hand."""
    pairs = sorted((share, said == truth) for said, truth, share in held if said > 0)
    size = -(-len(pairs) // points)
    blocks = []
    for i in range(0, len(pairs), size):
        part = pairs[i:i + size]
        blocks.append([sum(p[0] for p in part), sum(p[1] for p in part), len(part)])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] > blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
    return " ".join(f"{100000 * share / n:.0f}:{100000 * right / n:.0f}" for share, right, n in blocks)


def check(question, instances):
    held = held_back(question, instances)
    right = collections.Counter()
    confusions = collections.Counter()
    for said, truth, _ in held:
        right["all"] += 1
        right["right"] += said == truth
        right["said"] += said > 0
        right["true"] += truth > 0
        right["hit"] += said == truth > 0
        if said != truth:
            confusions[truth, said] += 1
    p, r = right["hit"] / max(1, right["said"]), right["hit"] / max(1, right["true"])
    print(f"{question}: {right['all']} asked, {100 * right['right'] / right['all']:.1f} right; of what is not the first class: "
          f"P {100 * p:.1f} R {100 * r:.1f} F {200 * p * r / max(1e-9, p + r):.1f}; {confusions.most_common(8)}")
    print("    share:right in hundred-thousandths", curve(held))


def main(arguments):
    gold = Gold(arguments[-2])
    if "--curve" in arguments:
        print(curve(told(gold, arguments[-1])))
        return
    asked = Instances(gold, arguments[-1])
    if "--check" in arguments:
        for question in sorted(asked.of):
            check(question, asked.of[question])
        return
    print("# What is noticed around a trigger, and for which answers it speaks. Made by train/act_weights.py from the train part of corpus/;\n"
          "# src/reader/claims/act_weigh.h says how it is used. Columns: the question's letter and the feature; answers with their weights.\n"
          "# The row \"curve\": a share of question t and how often it is right, in hundred-thousandths, on the dev part of corpus/, with what the\n"
          "# network says (act_network.h), which knows the train part by heart.")
    table = pathlib.Path(__file__).parent.parent / "data/acts-weights.tsv"
    rows = {"curve": next(line for line in table.read_text().splitlines() if line.startswith("curve\t")).split("\t")[1]}
    for question, instances in asked.of.items():
        for feature, weights in learn(question, instances).items():
            if "|" not in feature and len((question + " " + feature).encode()) <= 64:
                rows[question + " " + feature] = " ".join(f"{i}:{w}" for i, w in enumerate(weights) if w)
    for key in sorted(rows):
        print(f"{key}\t{rows[key]}")


if __name__ == "__main__":
    main(sys.argv[1:])
