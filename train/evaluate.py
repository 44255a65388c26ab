"""What a checkpoint reads in PyTorch, in float, held against a dev set: the yardstick for the C program.

    python evaluate.py --net OUT/net.pt --base BASE --data DATA --score SCORE [--out FOLDER] [--simulate MODEL] [--outer]
                       [--field CORPUS/dev.jsonl] [SET …]

Labels become claims and names in the plainest way, with none of the rules of src/reader/claims, so the figures are
those of the network alone; with --outer without claims within claims, which PolNeAR does not annotate. With --simulate the words' vectors are those of a weight file, computed as the C program does.
"""
from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys

import torch

import frames
import labels
import mentions
import net as network
import simulate
from fit import tensors
from frames import segments
from heads import NAME_TYPES
from labels import lines
from text import Document, Pieces

SETS = {"polnear": ("claims", "polnear/dev.jsonl.gz"), "gum": ("names", "names/gum-dev.jsonl.gz"), "uner": ("names", "names/uner-dev.jsonl.gz"),
        "wnut": ("names", "names/wnut-dev.jsonl.gz"), "lindani": ("claims", "../cases/lindani/gold.jsonl"), "lindani-names": ("names", "../cases/lindani/gold.jsonl"),
        "frames": ("frames", "syntax/ewt-dev.jsonl.gz"), "roles": ("roles", "muc4/dev.jsonl.gz"), "mentions": ("coref", "coref/gum-dev.jsonl.gz"), "lindani-acts": ("acts", "../cases/lindani/gold.jsonl"),
        "field": ("claims", None), "field-names": ("names", None), "field-acts": ("acts", None)}   # --field: the dev part of our own corpus
CONTEXT = 0                      # word pieces that are read on either side of a window and not labelled
SIMULATED = None                 # metadata and tensors of a weight file, with --simulate
ONLY_OUTER = False
ROWS = {"claims": ("span all", "attribution strict", "attribution partial", "parent"), "names": ("span and type",), "frames": ("predicate", "argument span"),
        "coref": ("mentions", "CoNLL", "CoNLL, persons and organisations"), "roles": ("all",), "acts": ("trigger", "code", "perpetrator", "victim or target", "weapon", "act complete")}


class Text:
    """A text by its own, with no labels: what batches are made of."""

    def __init__(self, text, pieces):
        self.doc = Document(text, pieces)


def with_context(doc, a, b):
    """The window with up to CONTEXT pieces on either side."""
    left, right, room = a, b, CONTEXT
    while left and room >= len(doc.pieces[left - 1]):
        left -= 1
        room -= len(doc.pieces[left])
    room = CONTEXT
    while right < len(doc.pieces) and room >= len(doc.pieces[right]):
        room -= len(doc.pieces[right])
        right += 1
    return left, right


def simulated(doc, a, b, pieces):
    """The words' vectors of a window, with the arithmetic of the C program."""
    ids, features, first = [pieces.begin], [(0, 0, 0)], []
    for k in range(a, b):
        first.append(len(ids))
        ids += doc.pieces[k]
        features += [doc.features[k]] * len(doc.pieces[k])
    return torch.from_numpy(simulate.window_vectors(*SIMULATED, ids + [pieces.end], features + [(0, 0, 0)], first))


@torch.no_grad()
def vectors(net, text: Text, pieces):
    """(first word, last word, h) of each window."""
    cores = labels.windows(text.doc, labels.WINDOW)
    seen = [(text, *with_context(text.doc, a, b)) for a, b in cores]
    if SIMULATED:
        for (a, b), (_, left, right) in zip(cores, seen):
            yield a, b, simulated(text.doc, left, right, pieces)[a - left:b - left]
        return
    for at in range(0, len(seen), 16):
        batch = seen[at:at + 16]
        ids, features, mask, first, lengths = tensors(batch, pieces)
        h = net.words(ids, features, mask, first).float()
        for row, (_, left, _), (a, b) in zip(h, batch, cores[at:at + 16]):
            yield a, b, row[a - left:b - left]


@torch.no_grad()
def claims_of(net, h, scores, crf):
    found = segments(crf.decode(scores))
    cues, sources, contents = ([(a, b) for kind, a, b in found if kind == k] for k in range(3))
    claims = [{"cue": [c], "source": [], "content": []} for c in cues]
    if cues and contents:
        for content, k in zip(contents, net.link_scores(h, contents, cues, 0)[:, :-1].argmax(1).tolist()):
            claims[k]["content"].append(content)
    if cues and sources:
        for claim, k in zip(claims, net.link_scores(h, cues, sources, 1).argmax(1).tolist()):
            claim["source"] = [sources[k]] if k < len(sources) else []
    return [c for c in claims if c["content"]]


def read(net, record, pieces, layer):
    """The layer that is to be scored, and none else: some take their time."""
    if layer == "coref":
        text = Text(record["text"], pieces)
        return {"document": {"id": record["document"]["id"]}, "text": record["text"], "mentions": mentions.mentions_of(net, text, vectors(net, text, pieces))}
    if layer in ("frames", "roles", "acts"):
        return read_beside(net, record, pieces, layer)
    text = Text(record["text"], pieces)

    def span(a, b):
        return [text.doc.begins[a], text.doc.ends[b - 1]]
    names, claims = [], []
    for a, b, h in vectors(net, text, pieces):
        names += [{"span": span(a + i, a + j), "type": NAME_TYPES[k]} for k, i, j in segments(net.names_crf.decode(net.names(h)))]
        outer = claims_of(net, h, net.outer(h), net.outer_crf)
        inner = [] if ONLY_OUTER else claims_of(net, h, net.inner(h), net.inner_crf)
        for nested, layer in ((False, outer), (True, inner)):
            for claim in layer:
                parents = [c for c in outer if any(x <= s[0] and s[1] <= y for s in claim["content"] for x, y in c["content"])] if nested else []
                if nested and not parents:
                    continue
                entry = {role: [span(a + i, a + j) for i, j in spans] for role, spans in claim.items()} | {"id": f"c{len(claims) + 1}"}
                claim["id"] = entry["id"]
                if parents:
                    entry["parent"] = parents[0]["id"]
                claims.append(entry)
    return {"document": {"id": record["document"]["id"]}, "text": record["text"], "names": names, "claims": claims}


def read_beside(net, record, pieces, layer):
    text, found = Text(record["text"], pieces), []
    for a, b, h in vectors(net, text, pieces):
        found += {"frames": frames.frames_of, "roles": frames.roles_of, "acts": frames.acts_of}[layer](net, text, a, b, h)
    for i, act in enumerate(found if layer == "acts" else ()):
        act["id"] = f"i{i + 1}"
    return {"document": {"id": record["document"]["id"]}, "text": record["text"], layer: frames.as_entities(found) if layer == "roles" else found}


def main():
    global CONTEXT, SIMULATED, ONLY_OUTER
    parser = argparse.ArgumentParser()
    for name in ("net", "base", "data", "score"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("."))
    parser.add_argument("--context", type=int, default=CONTEXT)
    parser.add_argument("--window", type=int, default=160)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--field", type=pathlib.Path)
    parser.add_argument("--simulate", type=pathlib.Path)
    parser.add_argument("--outer", action="store_true")
    parser.add_argument("sets", nargs="*", default=list(SETS))
    options = parser.parse_args()
    CONTEXT, labels.WINDOW, ONLY_OUTER = options.context, options.window, options.outer
    SIMULATED = simulate.read(options.simulate) if options.simulate else None
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    net, pieces = network.load(options.net), Pieces(options.base / "vocab.txt")
    for name in options.sets:
        layer, path = SETS[name]
        gold = options.data / path if path else options.field
        if gold is None:
            continue
        with open(options.out / f"{name}.jsonl", "w", encoding="utf-8") as out:
            for record in lines(gold):
                if "text" not in record:
                    record["text"] = (gold.parent / record["document"]["id"]).read_text(encoding="utf-8")
                print(json.dumps(read(net, record, pieces, layer), ensure_ascii=False), file=out)
        done = subprocess.run([sys.executable, options.score, layer, gold, options.out / f"{name}.jsonl", "--json"], capture_output=True, text=True)
        if done.returncode not in (0, 1) or not done.stdout:
            sys.exit(done.stderr)
        scores = json.loads(done.stdout)["scores"]
        print(name, {row: round(scores[row]["F"], 1) for row in ROWS[layer] if row in scores}, flush=True)


if __name__ == "__main__":
    main()
