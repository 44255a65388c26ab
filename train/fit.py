"""Trains the network: all heads together on one encoder; can be stopped and begun again where it was.

    python fit.py --data DATA --base BASE --out OUT [--field CORPUS/train.jsonl] [--share S] [--open] [--epochs 8] [--steps N]

--field adds our own corpus, --share S a share of its matters (for the learning curve); --open leaves out all whose licence is not stated as open.

The first passes are made at full size (OUT/full), the others without the inner units that matter least: a pass then costs a quarter less.
Writes OUT/last.pt (to go on from), OUT/step-N.pt and, at the end, OUT/net.pt: the mean of those and of the last weights.
Every one of them is itself a running average. The later weights know names better, the middle ones claims; their mean
beats each on both (model/CARD.md).
"""
from __future__ import annotations

import argparse
import functools
import os
import pathlib
import random
import time

# A kernel is compiled for every new shape; without room for them all they are compiled again and again.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "8192")
os.environ.setdefault("LRU_CACHE_CAPACITY", "8192")

import torch  # noqa: E402

import frames  # noqa: E402
import mentions  # noqa: E402
import net as network  # noqa: E402
from labels import Corpora, Field  # noqa: E402
from slim import slimmed  # noqa: E402
from text import Pieces  # noqa: E402

BATCH_PIECES = {"frames": 1200}  # of one task; of the others:
OTHER_PIECES = 3600
ENCODER_RATE, HEAD_RATE, WARM_UP = 2.5e-4, 1e-3, 150
DROPOUT = 0.05, 0.1              # within the encoder, and of its output
BESIDE = 2.5                     # times the rate of the other heads: what stands beside a predicate is learnt from its own batches alone
CLIP = {"frames": 0.5, "mentions": 0.5, "roles": 0.5}  # how long the gradient of a batch may be, in the encoder; of other tasks and in the heads:
OTHER_CLIP = 1.0
AVERAGE = 0.998                  # of the weights, a step
FULL = 2                         # epochs at full size
JUDGED = 48                      # batches on which the inner units are weighed
NAMES_SHARE = 0.5                # of the name documents, an epoch
FIELD_TIMES = 2                  # our own corpus, an epoch
FRAMES_TIMES = 1                 # PropBank, an epoch; in small batches, since frames want many more steps than the rest, not more text
ROLES_SHARE = 0.4                # of the MUC-4 documents, an epoch
MENTIONS_TIMES = 1               # GUM's mentions, an epoch; a batch a document
INNER_WEIGHT = 0.7
QUANTISED_FROM = 0.65            # of all steps: from here on weights are seen in 7 bits
SAVED_EVERY = 250                # steps
KEPT = (0.57, 0.64, 0.71)        # of all steps: the weights of then become part of the mean
LAST = 0.85                      # of all steps: rates are small by then, and the rest is left out
SEED = 2019


def batches(corpora, field, epoch):
    rng = random.Random(f"{SEED}-{epoch}")
    return in_batches((("claims", corpora.claim_windows(rng)), ("names", corpora.name_windows(rng, NAMES_SHARE, NAMES_SHARE)),
                       ("frames", corpora.frame_windows(rng, FRAMES_TIMES)), ("roles", corpora.role_windows(rng, ROLES_SHARE)),
                       ("field", field.windows(rng, FIELD_TIMES))), rng, corpora.mention_documents(rng, MENTIONS_TIMES))


def in_batches(tasks, rng, documents=()):
    """(task, windows of about one length), in random order; among them whole documents for their mentions."""
    out = [("mentions", windows) for windows in documents]
    for task, items in tasks:
        items, most = list(items), BATCH_PIECES.get(task, OTHER_PIECES)
        rng.shuffle(items)
        for at in range(0, len(items), 64):
            group = sorted(items[at:at + 64], key=lambda w: w[2] - w[1])
            batch, longest = [], 0
            for w in group:
                size = sum(map(len, w[0].doc.pieces[w[1]:w[2]]))
                if batch and max(longest, size) * (len(batch) + 1) > most:
                    out.append((task, batch))
                    batch, longest = [], 0
                batch.append(w)
                longest = max(longest, size)
            if batch:
                out.append((task, batch))
    rng.shuffle(out)
    return out


def tensors(batch, pieces):
    """ids, features, mask, first piece of each word, lengths in words. Padded to multiples of 32: few shapes."""
    rows = []
    for document, a, b in batch:
        ids, features, first = [pieces.begin], [(0, 0, 0)], []
        for k in range(a, b):
            first.append(len(ids))
            ids += document.doc.pieces[k]
            features += [document.doc.features[k]] * len(document.doc.pieces[k])
        rows.append((ids + [pieces.end], features + [(0, 0, 0)], first))
    width = (max(len(r[0]) for r in rows) + 31) // 32 * 32
    length = max(len(r[2]) for r in rows)
    ids, first = torch.zeros(len(rows), width, dtype=torch.long), torch.zeros(len(rows), length, dtype=torch.long)
    features, mask = torch.zeros(len(rows), width, 3, dtype=torch.long), torch.zeros(len(rows), width, dtype=torch.bool)
    for i, (row, feature, starts) in enumerate(rows):
        ids[i, :len(row)], mask[i, :len(row)] = torch.tensor(row), True
        features[i, :len(row)], first[i, :len(starts)] = torch.tensor(feature), torch.tensor(starts)
    return ids, features, mask, first, torch.tensor([len(r[2]) for r in rows])


def padded(rows, length, fill=0):
    return torch.tensor([row + [fill] * (length - len(row)) for row in rows])


def window_tags(tags, a, b):
    """The labels of a window; what began before it begins anew."""
    out = list(tags[a:b])
    if out[0] and out[0] % 2 == 0:
        out[0] -= 1
    return out


def loss_of(net, task, batch, pieces):
    ids, features, mask, first, lengths = tensors(batch, pieces)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = net.words(ids, features, mask, first)
    h = h.float()
    loss = 0.0
    for head, tags in known_tags(task, batch, h.shape[1]):
        loss = loss + getattr(net, head + "_crf").loss(getattr(net, head)(h), tags, lengths).sum()
    if task in ("claims", "field"):
        loss = loss + claims_loss(net, h, lengths, batch)
    if task == "frames":
        loss = loss + frames.frames_loss(net, h, lengths, batch)
    if task == "mentions":
        loss = loss + mentions.loss(net, h, lengths, batch)
    if task == "field":
        loss = loss + frames.acts_loss(net, h, batch)
    return loss / lengths.sum()


def known_tags(task, batch, length):
    """(head, labels) of the plain sequences that a task knows to the last word."""
    for head, field, tasks in (("names", "name_tags", ("names", "field")), ("roles", "role_tags", ("roles",)), ("acts", "act_tags", ("field",))):
        if task in tasks:
            yield head, padded([window_tags(getattr(d, field), a, b) for d, a, b in batch], length)


def claims_loss(net, h, lengths, batch):
    tags = padded([window_tags(d.tags, a, b) for d, a, b in batch], h.shape[1])
    loss = net.outer_crf.loss(net.outer(h), tags, lengths).sum()
    inner = padded([window_tags(d.inner_tags, a, b) for d, a, b in batch], h.shape[1])
    known = padded([d.is_known[a:b] for d, a, b in batch], h.shape[1], True)
    allowed = torch.nn.functional.one_hot(inner, 7).bool() | ~known[..., None]
    loss = loss + INNER_WEIGHT * net.inner_crf.partial_loss(net.inner(h), allowed, lengths).sum()
    for row, (d, a, b) in zip(h, batch):
        for claims in d.claims:
            loss = loss + link_loss(net, row, claims, a, b)
    return loss


def link_questions(claims, a, b):
    """What a window asks of the links: (which map, spans that look, spans looked for, the right one of each; the last is none)."""
    def here(spans):
        return [(x - a, y - a) for x, y in spans if a <= x and y <= b]
    found = [{role: here(c[role]) for role in c} for c in claims]
    cues = sorted({s for c in found for s in c["cue"]})
    sources = sorted({s for c in found for s in c["source"]})
    contents = [(s, cues.index(c["cue"][0]) if c["cue"] else len(cues)) for c in found for s in c["content"]]
    said = [(c["cue"][0], sources.index(c["source"][0]) if c["source"] else len(sources)) for c in found if c["cue"]]
    for k, pairs, targets in ((0, contents, cues), (1, said, sources)):
        if pairs and targets:
            yield k, [s for s, _ in pairs], targets, torch.tensor([t for _, t in pairs])


def link_loss(net, h, claims, a, b):
    """Each content against the cues of its window, each cue against the sources."""
    return sum(torch.nn.functional.cross_entropy(net.link_scores(h, looking, targets, k), right, reduction="sum")
               for k, looking, targets, right in link_questions(claims, a, b))


class Average:
    """An exponential average of the parameters that are trained."""

    def __init__(self, net):
        self.values = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, net, step):
        keep = min(AVERAGE, (1 + step) / (10 + step))
        for n, p in net.named_parameters():
            if p.requires_grad:
                self.values[n].lerp_(p, 1 - keep)

    def state(self, net):
        return {**net.state_dict(), **self.values}


def optimiser(net, first, total, rates):
    """Up from nothing, then linearly to zero at `total` steps, of which the first are another network's."""
    net.encoder.word.weight.requires_grad_(False)    # half of all weights, and they need no gradients
    def rate_of(name):
        return rates[0] if name.startswith("encoder.") else rates[1] * (BESIDE if name.startswith(("argument", "antecedent")) else 1)
    trained = [(rate_of(n), p) for n, p in net.named_parameters() if p.requires_grad]
    groups = [{"params": [p for own, p in trained if own == rate], "lr": rate} for rate in sorted({rate for rate, _ in trained})]
    opt = torch.optim.AdamW(groups, weight_decay=0.01)
    return opt, torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min((s + 1) / WARM_UP, max(0.0, (total - first - s) / total)))


def run(net, batches_of, loss_of, epochs, rates, out, first=0, stop=None):
    """Trains `net` from epoch `first` of `epochs` on, or until the step `stop`, and writes out/net.pt. batches_of(epoch) gives (task, batch)
    pairs; loss_of(task, batch) a loss a word."""
    epoch_steps = len(batches_of(0))
    total, before = epochs * epoch_steps, first * epoch_steps
    opt, schedule = optimiser(net, before, total, rates)
    average, start = Average(net), before
    if (last := out / "last.pt").exists():
        saved = torch.load(last, weights_only=True)
        net.load_state_dict(saved["net"])
        opt.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        average.values, start = saved["average"], saved["step"]
    kept_steps = [round(share * total) for share in KEPT]
    stop = min(stop or total, round(LAST * total))
    step, begun, counts, seen = before, time.time(), {}, 0
    for epoch in range(first, epochs + 1):
        for task, batch in batches_of(epoch):
            if step == stop:
                break
            step += 1
            if step <= start:
                continue
            network.QUANTISED = step >= QUANTISED_FROM * total
            torch.manual_seed(SEED + step)
            net.train()
            loss = loss_of(task, batch)
            opt.zero_grad()
            loss.backward()
            norm = torch.nn.utils.clip_grad_norm_(net.encoder.parameters(), CLIP.get(task, OTHER_CLIP))
            torch.nn.utils.clip_grad_norm_([p for n, p in net.named_parameters() if not n.startswith("encoder.")], OTHER_CLIP)
            opt.step()
            schedule.step()
            average.update(net, step - before)
            seen += sum(len(p) for d, a, b in batch for p in d.doc.pieces[a:b])
            sums = counts.setdefault(task, [0.0, 0.0, 0])
            sums[0], sums[1], sums[2] = sums[0] + loss.item(), sums[1] + norm.item(), sums[2] + 1
            if step % 50 == 0:
                print(f"{step}/{total} {seen / (time.time() - begun):.0f} pieces/s", {t: (round(s / n, 4), round(g / n, 2)) for t, (s, g, n) in counts.items()}, flush=True)
                counts = {}
            if step in kept_steps:
                torch.save(average.state(net), out / f"step-{step}.pt")
            if step % SAVED_EVERY == 0:
                torch.save({"net": net.state_dict(), "optimiser": opt.state_dict(), "schedule": schedule.state_dict(),
                            "average": average.values, "step": step}, out / "saving.pt")
                (out / "saving.pt").rename(last)
    kept = [torch.load(path, weights_only=True) for path in sorted(out.glob("step-*.pt"))] + [average.state(net)]
    mean = {name: sum(state[name].float() for state in kept) / len(kept) for name in kept[0]}
    torch.save(mean, out / "net.pt")


def main():
    parser = argparse.ArgumentParser()
    for name in ("data", "base", "out"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    parser.add_argument("--field", type=pathlib.Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--steps", type=int, help="stop after so many, for a trial")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    pieces = Pieces(options.base / "vocab.txt")
    corpora, field = Corpora(options.data, pieces, options.open), Field(options.field, pieces, options.share)
    first = min(FULL, options.epochs)
    is_short = first == options.epochs
    full = options.out if is_short else options.out / "full"

    @functools.lru_cache(maxsize=1)
    def batches_of(epoch):
        return batches(corpora, field, epoch)

    def learn(net, out, **which):
        net.set_dropout(*DROPOUT)
        out.mkdir(exist_ok=True)
        run(net, batches_of, lambda task, batch: loss_of(net, task, batch, pieces), options.epochs,
            (ENCODER_RATE, HEAD_RATE), out, **which)

    if not (full / "net.pt").exists():
        net = network.Net()
        net.encoder.load_base(options.base / "model.safetensors")
        learn(net, full, stop=options.steps or first * len(batches_of(0)))
    if not is_short:
        net = network.load(full / "net.pt")
        slim = slimmed(net, (loss_of(net, *what, pieces) for what in batches_of(0)[:JUDGED]))
        learn(slim, options.out, first=first, stop=options.steps)


if __name__ == "__main__":
    main()
