#!/usr/bin/env python3
"""Learns what belongs together across documents: data/link-weights.tsv.

    train/link.py TASK... [--matters FOLDER] [--pairs PROGRAM] [--trees N]

Reads the matters that corpus/case has built (default build/case, made anew
where it is not there), lets PROGRAM (build/src/link/link_pairs) say what is
seen of each pair of findings, and fits trees to what the annotation says of
those pairs. Matters of corpus/dev.tsv are left out. A later task sees what an
earlier one found: fit actors, build, then acts, build, then the relations.

build/src/link/link_fit fits the trees (train/link_fit.c). Loss, precision and
recall are told of matters that were left out, a third at a time; with --try
nothing is written.
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
KNOTS = 24
BINS = 24
FOLDS = 3
# Trees, step, the least weight that holds a leaf back.
SHAPE = {"actors": (60, 0.15, 4.0), "acts": (120, 0.12, 6.0),
         "repeats": (200, 0.1, 10.0), "corroborates": (200, 0.1, 10.0),
         "contradicts": (200, 0.1, 10.0), "answers": (200, 0.1, 10.0)}


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


def fit(x, y, owner, shape, program):
    """The trees, and the score of each pair by trees fitted without its third
    of the matters."""
    cuts = [cuts_of(x[:, f]) for f in range(x.shape[1])]
    binned = [numpy.searchsorted(cuts[f], x[:, f], side="right") for f in range(x.shape[1])]
    head = numpy.array([len(y), x.shape[1], FOLDS] + [len(c) + 1 for c in cuts], dtype=numpy.int32)
    rows = numpy.column_stack([y, owner % FOLDS, *binned]).astype(numpy.int32)
    told = subprocess.run([program, *map(str, shape)], input=head.tobytes() + rows.tobytes(),
                          stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
    left_out = numpy.array(told[:len(y)], dtype=float)
    bias, *lines = told[len(y):-1]
    trees = []
    for line in lines:
        numbers = list(map(int, line.split()))
        asked, values = numbers[:2 * DEPTH], numbers[2 * DEPTH:]
        trees.append(([(f, int(cuts[f][b - 1]) if len(cuts[f]) else 1) for f, b in zip(asked[::2], asked[1::2])],
                      numpy.array(values)))
    return left_out, (int(bias), trees)


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
          f"{100 * best[0]:.1f} P {100 * best[1]:.1f} R {100 * best[2]:.1f} at {best[3]:.2f}", flush=True)


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


def knots(score, y, least=40):
    """How often pairs of a score were right, never less for more (pool adjacent
    violators; Ayer and others 1955), of at least so many pairs each."""
    order = numpy.argsort(score)
    blocks = []
    for at in range(0, len(order), least):
        some = order[at:at + least] if len(order) - at >= 2 * least else order[at:]
        blocks.append([score[some].sum(), y[some].sum(), len(some)])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last)]
        if len(order) - at < 2 * least:
            break
    found = [(int(round(1000 * s / n)), int(round(1000 * r / n))) for s, r, n in blocks]
    return found[-KNOTS:]


def scaled(model, a, b):
    bias, trees = model
    return int(round(a * bias + 1000 * b)), [(questions, numpy.rint(a * values).astype(int)) for questions, values in trees]


def write(task, model, chances):
    bias, trees = model
    lines = TABLE.read_text().splitlines()
    kept = [line for line in lines if not line.startswith(task + " ")]
    kept.append(f"{task} bias\t{bias}")
    if chances:
        kept.append(f"{task} chances\t" + " ".join(f"{score}:{chance}" for score, chance in chances))
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
    parser.add_argument("--fit", type=pathlib.Path, default=ROOT / "build/src/link/link_fit")
    parser.add_argument("--trees", type=int)
    parser.add_argument("--try", action="store_true", dest="is_trial")
    given = parser.parse_args()
    folders = matters(given.matters)
    for task in given.tasks:
        x, y, owner = examples(task, folders, given.pairs)
        shape = SHAPE[task] if given.trees is None else (given.trees, *SHAPE[task][1:])
        left_out, model = fit(x, y, owner, shape, given.fit)
        told(task + ", each left out", y, left_out)
        if given.is_trial:
            for number, folder in enumerate(folders):
                told("  " + folder.name, y[owner == number], left_out[owner == number])
            continue
        if task not in GROUPS:
            a, b = calibrated(left_out, y)
            write(task, scaled(model, a, b), knots(a * left_out + b, y))
        else:
            write(task, model, [])


if __name__ == "__main__":
    main()
