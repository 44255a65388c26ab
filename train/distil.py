"""A smaller network learns from a trained one, and from the corpora once more.

    python distil.py --teacher TEACHER/net.pt --data DATA --base BASE --out OUT [--field CORPUS/train.jsonl] [--open]
                     [--inner 896] [--epochs 3] [--steps N]

The student is the teacher without those inner units that matter least to it (first-order Taylor importance: Molchanov et al. 2017).
It learns the labels of the corpora, and what the teacher believes of every text on every head: each corpus is labelled for one
layer only, and texts of other corpora for none; our own corpus for all (knowledge distillation over the marginals of the CRFs, Hinton et al. 2015;
many tasks at once, Clark et al. 2019). Writes OUT/last.pt, OUT/step-N.pt and OUT/net.pt, as fit.py does.
"""
from __future__ import annotations

import argparse
import pathlib
import random

import fit
import torch

import net as network
from evaluate import load
from labels import Corpora, Field, PlainTexts
from text import Pieces

ENCODER_RATE, HEAD_RATE = 2e-4, 5e-4
NAMES_SHARE, SHORT_SHARE = 0.5, 0.9
TEACHER = 0.5                    # share of what the teacher says where the corpus says something too
JUDGED = 48                      # batches on which the inner units are weighed
HEADS = ("outer", "inner", "names")
FIELD_TIMES = 3                  # our own corpus, an epoch
FIELD_TEACHER = 0.2
WEIGHTS = {"field": (1.0, 0.7, 1.0), "claims": (1.0, 0.7, 0.5), "names": (1.0, 0.7, 1.0), "plain": (1.0, 0.7, 0.5)}


def batches(corpora, plain, field, epoch):
    rng = random.Random(f"{fit.SEED}-distil-{epoch}")
    return fit.in_batches((("claims", corpora.claim_windows(rng)), ("names", corpora.name_windows(rng, NAMES_SHARE, SHORT_SHARE)),
                           ("plain", plain.windows(rng)), ("field", field.windows(rng, FIELD_TIMES))), rng)


def vectors(net, batch, pieces):
    ids, features, mask, first, lengths = fit.tensors(batch, pieces)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = net.words(ids, features, mask, first)
    return h.float(), lengths


# The smaller network

def importance(net, todo, pieces):
    """[layers, inner]: how much the loss would change, to first order, without each unit."""
    worth = torch.zeros(network.LAYERS, len(net.encoder.layers[0].up.bias))
    for task, batch in todo:
        loss = fit.loss_of(net, task, batch, pieces)
        kept = [layer.felt for layer in net.encoder.layers]
        for layer, (felt, slope) in enumerate(zip(kept, torch.autograd.grad(loss, kept))):
            worth[layer] += (felt.float() * slope.float()).sum((0, 1)).abs().detach()
    return worth


def slimmed(teacher, inner, todo, pieces):
    worth = importance(teacher, todo, pieces)
    state = dict(teacher.state_dict())
    for number, row in enumerate(worth):
        keep = row.topk(inner).indices.sort().values
        at = f"encoder.layers.{number}"
        state[f"{at}.up.weight"], state[f"{at}.up.bias"] = state[f"{at}.up.weight"][keep], state[f"{at}.up.bias"][keep]
        state[f"{at}.down.weight"] = state[f"{at}.down.weight"][:, keep]
    student = network.Net(inner=inner)
    student.load_state_dict(state)
    return student


# What it learns

def head_scores(net, h):
    return [getattr(net, name)(h) for name in HEADS]


def head_crfs(net):
    return [getattr(net, name + "_crf") for name in HEADS]


def beliefs(teacher, batch, pieces):
    """The teacher's vectors, and for each head how likely each label of each word is, and each step and start over all rows."""
    with torch.no_grad():
        h, lengths = vectors(teacher, batch, pieces)
        scores = head_scores(teacher, h)
    with torch.enable_grad():
        scores = [s.requires_grad_() for s in scores]
        total, emissions, moves, starts = network.stacked(head_crfs(teacher), scores, lengths)
        found = torch.autograd.grad(total.sum(), (emissions, moves, starts))
    return h, found


def claims_loss(student, h, batch, total, scores, lengths):
    """What the corpus says of both layers of claims."""
    tags = fit.padded([fit.window_tags(d.tags, a, b) for d, a, b in batch], h.shape[1])
    outer = (total[0] - student.outer_crf.path(scores[0], tags, lengths)).sum()
    inner = fit.padded([fit.window_tags(d.inner_tags, a, b) for d, a, b in batch], h.shape[1])
    known = fit.padded([d.is_known[a:b] for d, a, b in batch], h.shape[1], True)
    allowed = torch.nn.functional.one_hot(inner, 7).bool() | ~known[..., None]
    barred = scores[1].masked_fill(~allowed, network.FORBIDDEN / 10)
    within = (total[1] - student.inner_crf.partition(barred, lengths)).sum()
    return outer + fit.INNER_WEIGHT * within


def links_loss(student, teacher, h, taught_h, batch, share):
    """Right links, and what the teacher thinks of each."""
    loss = 0.0
    for row, taught, (d, a, b) in zip(h, taught_h, batch):
        for claims in d.claims:
            for k, looking, targets, right in fit.link_questions(claims, a, b):
                scores = student.link_scores(row, looking, targets, k).log_softmax(1)
                with torch.no_grad():
                    belief = teacher.link_scores(taught, looking, targets, k).softmax(1)
                    belief = share * belief + (1 - share) * torch.nn.functional.one_hot(right, belief.shape[1])
                loss = loss - (belief * scores).sum()
    return loss


def loss_of(student, teacher, task, batch, pieces):
    taught_h, (likely, likely_moves, likely_starts) = beliefs(teacher, batch, pieces)
    h, lengths = vectors(student, batch, pieces)
    scores = head_scores(student, h)
    total, emissions, moves, starts = network.stacked(head_crfs(student), scores, lengths)
    soft = total.sum(1) - (emissions * likely).sum((1, 2, 3)) - (moves * likely_moves).sum((1, 2)) - (starts * likely_starts).sum(1)
    loss, share = 0.0, FIELD_TEACHER if task == "field" else TEACHER
    shares = [1.0, 1.0, 1.0]
    if task in ("claims", "field"):
        loss = (1 - share) * claims_loss(student, h, batch, total, scores, lengths) + links_loss(student, teacher, h, taught_h, batch, share)
        shares[:2] = share, share
    if task in ("names", "field"):
        tags = fit.padded([fit.window_tags(d.name_tags, a, b) for d, a, b in batch], h.shape[1])
        loss = loss + (1 - share) * (total[2] - student.names_crf.path(scores[2], tags, lengths)).sum()
        shares[2] = share
    loss = loss + sum(s * w * x for s, w, x in zip(shares, WEIGHTS[task], soft))
    return loss / lengths.sum()


def main():
    parser = argparse.ArgumentParser()
    for name in ("teacher", "data", "base", "out"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    parser.add_argument("--field", type=pathlib.Path)
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--inner", type=int, default=896)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--steps", type=int, help="stop after so many, for a trial")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(fit.SEED)
    pieces = Pieces(options.base / "vocab.txt")
    corpora, plain = Corpora(options.data, pieces, options.open), PlainTexts(options.data, pieces, options.open)
    field = Field(options.field, pieces)
    teacher = load(options.teacher)      # its CRFs' weights must have gradients: those are its beliefs about steps and starts
    if (begun := options.out / "slim.pt").exists():
        student = load(begun)
    else:
        student = slimmed(teacher, options.inner, fit.batches(corpora, field, 0)[:JUDGED], pieces)
        torch.save(student.state_dict(), begun)
    student.set_dropout(0.05, 0.1)
    fit.run(student, lambda epoch: batches(corpora, plain, field, epoch), lambda task, batch: loss_of(student, teacher, task, batch, pieces),
            options.epochs, (ENCODER_RATE, HEAD_RATE), options.out, options.steps)


if __name__ == "__main__":
    main()
