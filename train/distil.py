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
import torch.nn.functional as F

import frames
import mentions
import net as network
from evaluate import load
from heads import PREDICATES
from labels import Corpora, Field, PlainTexts
from text import Pieces

ENCODER_RATE, HEAD_RATE = 2e-4, 5e-4
NAMES_SHARE, SHORT_SHARE = 0.5, 0.9
TEACHER = 0.5                    # share of what the teacher says where the corpus says something too
JUDGED = 48                      # batches on which the inner units are weighed
HEADS = ("outer", "inner", "names", "roles", "acts")
FIELD_TIMES = 3                  # our own corpus, an epoch
FRAMES_TIMES, ROLES_SHARE, MENTIONS_TIMES = 1, 0.3, 1
FIELD_TEACHER = 0.2
# What the teacher says of each head counts so much; of what a text is labelled for, as much as the label.
WEIGHTS = {"outer": 1.0, "inner": 0.7, "names": 0.5, "roles": 0.3, "acts": 0.5, "predicates": 0.3, "arguments": 0.3, "participants": 0.5, "mentions": 0.3,
           "extents": 0.3}
FULL = {"field": ("names", "acts", "participants"), "names": ("names",), "frames": ("predicates", "arguments"), "roles": ("roles",), "mentions": ("mentions", "extents")}
ASKED = 64                       # predicates of a batch, at most, whose arguments the teacher is asked for where nobody labelled them


def batches(corpora, plain, field, epoch):
    rng = random.Random(f"{fit.SEED}-distil-{epoch}")
    return fit.in_batches((("claims", corpora.claim_windows(rng)), ("names", corpora.name_windows(rng, NAMES_SHARE, SHORT_SHARE)),
                           ("frames", corpora.frame_windows(rng, FRAMES_TIMES)), ("roles", corpora.role_windows(rng, ROLES_SHARE)),
                           ("plain", plain.windows(rng)), ("field", field.windows(rng, FIELD_TIMES))), rng,
                          corpora.mention_documents(rng, MENTIONS_TIMES))


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


def beliefs(crfs, scores, lengths):
    """Of each head how likely each label of each word is, and each step and start over all rows."""
    with torch.enable_grad():
        scores = [s.detach().requires_grad_() for s in scores]
        total, emissions, moves, starts = network.stacked(crfs, scores, lengths)
        return torch.autograd.grad(total.sum(), (emissions, moves, starts))


def believing(summed, found):
    """Of each head what the student loses by not believing what the teacher does; both as `stacked` has them."""
    (total, emissions, moves, starts), (likely, likely_moves, likely_starts) = summed, found
    return total.sum(1) - (emissions * likely).sum((1, 2, 3)) - (moves * likely_moves).sum((1, 2)) - (starts * likely_starts).sum(1)


def divergence(student, teacher):
    """Of scores [words, labels], summed over the words."""
    return -(teacher.softmax(1) * student.log_softmax(1)).sum()


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


def beside_loss(student, teacher, head, h, taught_h, batch, asked, share):
    """What stands beside these words: by the teacher, and where `share` is below 1 by the corpus."""
    if not asked:
        return 0.0
    questions = frames.Questions(batch, asked)
    scores = getattr(student, head)(questions.vectors(student, h))
    with torch.no_grad():
        taught = getattr(teacher, head)(questions.vectors(teacher, taught_h))
    found = beliefs([getattr(teacher, head + "_crf")], [taught], questions.lengths)
    crf = getattr(student, head + "_crf")
    summed = network.stacked([crf], [scores], questions.lengths)
    told = (summed[0][0] - crf.path(scores, questions.tags, questions.lengths)).sum() if share < 1 else 0.0
    return share * believing(summed, found)[0] + (1 - share) * told


def sampled(words, batch):
    """Some of the words [rows, words] that are marked, as questions without an answer."""
    rows, places = words.nonzero(as_tuple=True)
    some = torch.randperm(len(rows))[:ASKED].sort().values
    return [(row, batch[row][1] + place, []) for row, place in zip(rows[some].tolist(), places[some].tolist())]


def words_loss(scores, taught, known, right=None):
    """Of one label of each word: by the teacher and, where it is known, what is right."""
    lost = divergence(scores[known], taught[known])
    return lost if right is None else TEACHER * lost + (1 - TEACHER) * F.cross_entropy(scores[known], right[known], reduction="sum")


def frames_loss(student, teacher, task, h, taught_h, lengths, batch, weights):
    known = torch.arange(h.shape[1]) < lengths[:, None]
    with torch.no_grad():
        taught = teacher.predicates(taught_h)
    is_full = (taught.argmax(2) > 0) & (taught.argmax(2) < PREDICATES.index("auxiliary"))
    asked = frames.frames_asked(batch) if task == "frames" else sampled(known & is_full, batch)
    share = TEACHER if task == "frames" else 1.0
    right = fit.padded([d.kinds[a:b] for d, a, b in batch], h.shape[1]) if task == "frames" else None
    return (weights["predicates"] * words_loss(student.predicates(h), taught, known, right)
            + weights["arguments"] * beside_loss(student, teacher, "arguments", h, taught_h, batch, asked, share))


def mentions_loss(student, teacher, task, h, taught_h, lengths, batch, weights):
    """Heads of mentions and their words everywhere, who they are in whole documents only."""
    known = torch.arange(h.shape[1]) < lengths[:, None]
    with torch.no_grad():
        taught = teacher.mentions(taught_h)
    is_full = task == "mentions"
    is_party = sum(taught.argmax(2) == kind for kind in mentions.PARTIES).bool()
    found = mentions.asked(batch) if is_full else sampled(known & is_party, batch)
    right = mentions.kinds_of(batch, h.shape[1]) if is_full else None
    loss = (weights["mentions"] * words_loss(student.mentions(h), taught, known, right)
            + weights["extents"] * beside_loss(student, teacher, "extents", h, taught_h, batch, found, TEACHER if is_full else 1.0))
    if is_full and found:
        places = mentions.places_of(batch, found)
        scores = mentions.antecedent_scores(student, h, places)
        with torch.no_grad():
            believed = mentions.antecedent_scores(teacher, taught_h, places)
        loss = loss + TEACHER * divergence(scores, believed) + (1 - TEACHER) * mentions.links_loss(scores, mentions.right_ones(batch))
    return loss


def acts_loss(student, teacher, task, h, taught_h, batch, likely):
    """Of the triggers (elsewhere than in our own corpus: those the teacher finds) what they are, and who takes part."""
    if task == "field":
        return (1 - FIELD_TEACHER) * frames.acts_loss(student, h, batch)
    found = sampled(likely[HEADS.index("acts"), :, :, 1] > 0.5, batch)
    if not found:
        return 0.0
    at = [row for row, _, _ in found], [word - batch[row][1] for row, word, _ in found]
    sense = 0.0
    for head in ("act_codes", "act_modalities", "act_polarities"):
        with torch.no_grad():
            taught = getattr(teacher, head)(taught_h[at])
        sense = sense + divergence(getattr(student, head)(h[at]), taught)
    return sense + beside_loss(student, teacher, "participants", h, taught_h, batch, found, 1.0)


def loss_of(student, teacher, task, batch, pieces):
    with torch.no_grad():
        taught_h, lengths = vectors(teacher, batch, pieces)
        taught = head_scores(teacher, taught_h)
    found = beliefs(head_crfs(teacher), taught, lengths)
    h, lengths = vectors(student, batch, pieces)
    scores = head_scores(student, h)
    summed = network.stacked(head_crfs(student), scores, lengths)
    loss, share = 0.0, FIELD_TEACHER if task == "field" else TEACHER
    weights = {head: weight if head not in FULL.get(task, ()) else 1.0 for head, weight in WEIGHTS.items()}
    for head, tags in fit.known_tags(task, batch, h.shape[1]):
        told = summed[0][HEADS.index(head)] - getattr(student, head + "_crf").path(scores[HEADS.index(head)], tags, lengths)
        loss = loss + (1 - share) * told.sum()
        weights[head] *= share
    if task in ("claims", "field"):
        loss = loss + (1 - share) * claims_loss(student, h, batch, summed[0], scores, lengths) + links_loss(student, teacher, h, taught_h, batch, share)
        weights["outer"], weights["inner"] = share * weights["outer"], share * weights["inner"]
    loss = loss + sum(weights[head] * lost for head, lost in zip(HEADS, believing(summed, found)))
    loss = loss + frames_loss(student, teacher, task, h, taught_h, lengths, batch, weights)
    loss = loss + mentions_loss(student, teacher, task, h, taught_h, lengths, batch, weights)
    loss = loss + weights["participants"] * acts_loss(student, teacher, task, h, taught_h, batch, found[0])
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
