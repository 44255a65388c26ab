#!/usr/bin/env python3
"""Learns what belongs together across documents: data/link-weights.tsv.

    train/link.py TASK... [--matters FOLDER] [--pairs PROGRAM] [--trees N]

Reads the matters that corpus/case has built (default build/case, made anew
where it is not there), lets PROGRAM (build/src/link/link_pairs) say what is
seen of each pair of findings, and fits trees to what the annotation says of
those pairs. Matters of corpus/dev.tsv are left out. A later task sees what an
earlier one found: fit actors, build, then acts, build, then the relations.

Gradient boosting (Friedman 2001) of trees whose levels ask one question each,
on the logistic loss. With --try a third of the matters is left out at a time
and the loss, precision and recall on them are told, and nothing is written.
"""
import argparse
import itertools
import json
import pathlib
import subprocess

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "data" / "link-weights.tsv"
TASKS = ("actors", "acts", "repeats", "corroborates", "contradicts", "answers")
# Their scores are summed into groups, and not shown as they are.
GROUPS = ("actors", "acts")
DEPTH = 4
BINS = 24
FOLDS = 3
# Each tree sees some of the pairs and of the features (Friedman 2002).
ROWS = 0.6
COLUMNS = 0.4
# Trees, step, the least weight that holds a leaf back.
SHAPE = {"actors": (60, 0.15, 4.0), "acts": (120, 0.12, 6.0),
         "repeats": (250, 0.1, 3.0), "corroborates": (300, 0.1, 3.0),
         "contradicts": (300, 0.1, 3.0), "answers": (250, 0.1, 3.0)}


def matters(folder):
    kept = {line.strip() for line in (ROOT / "corpus/dev.tsv").read_text().splitlines()}
    if not folder.is_dir():
        subprocess.run([ROOT / "corpus/case", "-o", folder], check=True, stdout=subprocess.DEVNULL)
    return [path.parent for path in sorted(folder.glob("*/case.json"))
            if path.parent.name not in kept and (ROOT / "corpus/matters" / path.parent.name).is_dir()]


# What the annotation says of a pair: 1, 0, or None where it says nothing.

def grouped(groups):
    owner = {member: number for number, group in enumerate(groups) for member in group["members"]}

    def judge(one, other):
        if one not in owner or other not in owner:
            return None
        return int(owner[one] == owner[other])
    return judge


def related(case, readings, kind):
    """As the scorer counts: an end may be the claim or what it says, and what
    repeats it."""
    accepted = {}
    for reading in readings:
        name = reading["document"]["id"]
        for item in reading["acts"] + reading["figures"]:
            for claim in item.get("claims") or []:
                a, b = f"{name}#{item['id']}", f"{name}#{claim}"
                accepted.setdefault(a, {a}).add(b)
                accepted.setdefault(b, {b}).add(a)
    chain = {}
    if kind in ("corroborates", "contradicts"):
        for r in case["relations"]:
            if r["kind"] == "repeats":
                chain.setdefault(r["to"], {r["to"]}).add(r["from"])
    good = set()
    for r in case["relations"]:
        if r["kind"] != kind:
            continue
        ends = [set().union(*(accepted.get(e, {e}) for e in chain.get(r[end], {r[end]}))) for end in ("from", "to")]
        good |= set(itertools.product(*ends))

    def judge(one, other):
        if kind in ("corroborates", "contradicts"):
            return int((one, other) in good or (other, one) in good)
        return int((one, other) in good)
    return judge


def same_origin(case):
    return {pair for group in case["origins"] for pair in itertools.permutations(group, 2)}


def judge_of(task, folder):
    case = json.loads((folder / "case.json").read_text())
    if task == "actors":
        return grouped(case["actors"])
    if task == "acts":
        return grouped(case["incidents"])
    readings = [json.loads(line) for line in (folder / "gold.jsonl").open()]
    if task == "repeats":
        star = {"relations": [{"kind": "repeats", "from": a, "to": b} for a, b in same_origin(case)]}
        one_way = related(star, readings, "repeats")
        return lambda one, other: int(one_way(one, other) or one_way(other, one))
    return related(case, readings, task)


def examples(task, folders, program):
    rows, answers, owner = [], [], []
    for number, folder in enumerate(folders):
        judge = judge_of(task, folder)
        with open(folder / "gold.jsonl") as lines:
            told = subprocess.run([program], stdin=lines, stdout=subprocess.PIPE, check=True, text=True).stdout
        for line in told.splitlines():
            its, one, other, features = line.split("\t")
            if its != task:
                continue
            answer = judge(one, other)
            if answer is not None:
                rows.append(features.split())
                answers.append(answer)
                owner.append(number)
    return numpy.array(rows, dtype=numpy.int32), numpy.array(answers, dtype=float), numpy.array(owner)


def cuts_of(column):
    values = numpy.unique(column)
    if len(values) > BINS:
        values = numpy.unique(numpy.quantile(column, numpy.linspace(0, 1, BINS + 1)).astype(int))
    return values[1:]


def sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


def fit(x, y, shape):
    trees, step, hold = shape
    cuts = [cuts_of(x[:, f]) for f in range(x.shape[1])]
    binned = [numpy.searchsorted(cuts[f], x[:, f], side="right") for f in range(x.shape[1])]
    share = min(max(y.mean(), 1e-4), 1 - 1e-4)
    bias = numpy.log(share / (1 - share))
    score = numpy.full(len(y), bias)
    made = []
    chooser = numpy.random.default_rng(1)
    for _ in range(trees):
        some = numpy.flatnonzero(chooser.random(len(y)) < ROWS)
        asked = numpy.flatnonzero(chooser.random(x.shape[1]) < COLUMNS)
        chance = sigmoid(score[some])
        gradient, weight = y[some] - chance, chance * (1 - chance) + 1e-6
        leaf = numpy.zeros(len(some), dtype=numpy.int64)
        questions = []
        for level in range(DEPTH):
            best = (-1.0, 0, 0)
            for f in asked:
                size = len(cuts[f]) + 1
                if size < 2:
                    continue
                place = leaf * size + binned[f][some]
                g = numpy.bincount(place, gradient, minlength=size << level).reshape(-1, size)
                h = numpy.bincount(place, weight, minlength=size << level).reshape(-1, size)
                low_g, low_h = g.cumsum(1)[:, :-1], h.cumsum(1)[:, :-1]
                high_g, high_h = g.sum(1, keepdims=True) - low_g, h.sum(1, keepdims=True) - low_h
                gain = (low_g ** 2 / (low_h + hold) + high_g ** 2 / (high_h + hold)).sum(0)
                k = int(gain.argmax())
                if gain[k] > best[0]:
                    best = (float(gain[k]), f, k)
            _, f, k = best
            questions.append((f, int(cuts[f][k])))
            leaf = leaf * 2 + (x[some, f] >= cuts[f][k])
        g = numpy.bincount(leaf, gradient, minlength=1 << DEPTH)
        h = numpy.bincount(leaf, weight, minlength=1 << DEPTH)
        values = step * g / (h + hold)
        made.append((questions, numpy.rint(values * 1000).astype(int)))
        score += apply((0, made[-1:]), x)
    return int(round(bias * 1000)), made


def apply(model, x):
    bias, trees = model
    total = numpy.full(len(x), bias, dtype=float)
    for questions, values in trees:
        leaf = numpy.zeros(len(x), dtype=int)
        for f, cut in questions:
            leaf = leaf * 2 + (x[:, f] >= cut)
        total += values[leaf]
    return total / 1000


def told(name, y, score):
    chance = numpy.clip(sigmoid(score), 1e-6, 1 - 1e-6)
    loss = -(y * numpy.log(chance) + (1 - y) * numpy.log(1 - chance)).sum()
    best = (0, 0, 0, 0)
    for cut in numpy.arange(-4, 3, 0.25):
        found = score > cut
        right = (y * found).sum()
        p, r = right / max(found.sum(), 1), right / max(y.sum(), 1)
        best = max(best, (2 * p * r / max(p + r, 1e-9), p, r, cut))
    print(f"{name:<28} {len(y):>7} pairs {int(y.sum()):>6} true  loss {loss / max(y.sum(), 1):.3f}  best F "
          f"{100 * best[0]:.1f} P {100 * best[1]:.1f} R {100 * best[2]:.1f} at {best[3]:.2f}")


def leave_out(x, y, owner, folders, shape):
    score = numpy.zeros(len(y))
    for fold in range(FOLDS):
        out = owner % FOLDS == fold
        score[out] = apply(fit(x[~out], y[~out], shape), x[out])
    for number, folder in enumerate(folders):
        told("  " + folder.name, y[owner == number], score[owner == number])
    told("all, each left out", y, score)
    return score


def calibrated(score, y):
    """What makes chances of log odds on matters left out: a times score + b,
    by Newton's method on the logistic loss (Platt 1999)."""
    a, b = 1.0, 0.0
    for _ in range(50):
        chance = sigmoid(a * score + b)
        weight = chance * (1 - chance) + 1e-9
        gradient = numpy.array([((y - chance) * score).sum(), (y - chance).sum()])
        curve = numpy.array([[(weight * score * score).sum(), (weight * score).sum()],
                             [(weight * score).sum(), weight.sum()]])
        a, b = numpy.array([a, b]) + numpy.linalg.solve(curve, gradient)
    print(f"chances: {a:.3f} times log odds {b:+.3f}")
    return a, b


def scaled(model, a, b):
    bias, trees = model
    return int(round(a * bias + 1000 * b)), [(questions, numpy.rint(a * values).astype(int)) for questions, values in trees]


def write(task, model):
    bias, trees = model
    lines = TABLE.read_text().splitlines()
    kept = [line for line in lines if not line.startswith(task + " ")]
    kept.append(f"{task} bias\t{bias}")
    for number, (questions, values) in enumerate(trees):
        kept.append(f"{task} {number:03}\t" + " ".join(f"{f}:{cut}" for f, cut in questions)
                    + "\t" + " ".join(map(str, values)))
    notes = [line for line in kept if line.startswith("#")]
    order = {task: number for number, task in enumerate(TASKS)}
    rows = sorted((line for line in kept if line and not line.startswith("#")),
                  key=lambda line: (order[line.split(" ")[0]], line.split("\t")[0]))
    TABLE.write_text("\n".join(notes + rows) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="+", choices=TASKS)
    parser.add_argument("--matters", type=pathlib.Path, default=ROOT / "build/case")
    parser.add_argument("--pairs", type=pathlib.Path, default=ROOT / "build/src/link/link_pairs")
    parser.add_argument("--trees", type=int)
    parser.add_argument("--try", action="store_true", dest="is_trial")
    given = parser.parse_args()
    folders = matters(given.matters)
    for task in given.tasks:
        x, y, owner = examples(task, folders, given.pairs)
        shape = SHAPE[task] if given.trees is None else (given.trees, *SHAPE[task][1:])
        if given.is_trial:
            print(task)
            leave_out(x, y, owner, folders, shape)
        else:
            model = fit(x, y, shape)
            told(task + ", as learnt", y, apply(model, x))
            if task not in GROUPS:
                model = scaled(model, *calibrated(leave_out(x, y, owner, folders, shape), y))
            write(task, model)


if __name__ == "__main__":
    main()
