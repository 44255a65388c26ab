"""Mentions and who they are, word by word: each is known by its head, the antecedent is a head too, and the mention's own words
stand beside its head as arguments stand beside a predicate (Dobrovolskii 2021; the loss is that of Lee et al. 2017).

A batch is one document, all its windows in order, so that an antecedent may lie in an earlier window.
"""
from __future__ import annotations

import torch
import torch.nn.functional as F

import frames
from heads import MENTIONS

FORBIDDEN = -1e4
MOST = 128                       # earlier mentions that are looked at
PARTIES = tuple(MENTIONS.index(kind) for kind in ("person", "organisation"))     # only theirs are asked for


def parties(d, a, b):
    return [m for m in d.mentions if a <= m.word < b and d.mention_kinds[m.word] in PARTIES]


def asked(batch):
    return [(row, m.word, [(0, *m.words)]) for row, (d, a, b) in enumerate(batch) for m in parties(d, a, b)]


def places_of(batch, found):
    """(row, word of the window, word of the document, its pieces) of each, in order of the text."""
    return [(row, word - batch[row][1], word, batch[row][0].doc.pieces[word]) for row, word, _ in found]


def distance_class(near, far, is_same) -> int:
    """By the log of the distance in words, 12 of words that are spelled alike, 12 of others."""
    return min(11, (far - near).bit_length()) + 12 * is_same


def antecedent_scores(net, h, places):
    """[mentions, mentions + 1]: of each, how likely each is what it refers to: only earlier ones, or none, which is the last."""
    vectors = h[[row for row, *_ in places], [word for _, word, *_ in places]]
    scores = net.antecedent_from(vectors) @ net.antecedent_to(vectors).T / 10
    classes = torch.tensor([[distance_class(there[2], here[2], there[3] == here[3]) if there[2] < here[2] else 0 for there in places] for here in places])
    every = torch.ones(len(places), len(places), dtype=torch.bool)
    later = every.triu() | every.tril(-MOST - 1)
    scores = (scores + net.antecedent_distance(classes)[..., 0]).masked_fill(later, FORBIDDEN)
    return torch.cat([scores, net.antecedent_none.expand(len(places), 1)], 1)


def right_ones(batch):
    """[mentions, mentions + 1]: all earlier mentions of the same, or none."""
    clusters = torch.tensor([m.cluster for window in batch for m in parties(*window)])
    same = (clusters[:, None] == clusters).tril(-1).triu(-MOST)
    return torch.cat([same, ~same.any(1, keepdim=True)], 1)


def kinds_of(batch, length):
    kinds = torch.zeros(len(batch), length, dtype=torch.long)
    for row, (d, a, b) in enumerate(batch):
        kinds[row, :b - a] = torch.tensor(d.mention_kinds[a:b])
    return kinds


def links_loss(scores, right):
    return (scores.logsumexp(1) - scores.masked_fill(~right, FORBIDDEN).logsumexp(1)).sum()


def loss(net, h, lengths, batch):
    known = torch.arange(h.shape[1]) < lengths[:, None]
    found = asked(batch)
    if not found:
        return F.cross_entropy(net.mentions(h)[known], kinds_of(batch, h.shape[1])[known], reduction="sum")
    return (F.cross_entropy(net.mentions(h)[known], kinds_of(batch, h.shape[1])[known], reduction="sum")
            + frames.beside_loss(net, "extents", h, batch, found) + links_loss(antecedent_scores(net, h, places_of(batch, found)), right_ones(batch)))


@torch.no_grad()
def mentions_found(net, document, windows):
    """(head, first and last word, kind, number of its antecedent or None); windows are (a, b, h) of the whole document, in order."""
    out, places, vectors = [], [], []
    for a, b, h in windows:
        kinds = net.mentions(h).argmax(1).tolist()
        words = [a + i for i, kind in enumerate(kinds) if kind in PARTIES]
        for word, extents in zip(words, frames.beside(net, "extents", document, a, b, h, words)):
            out.append((word, *next(((i, j) for _, i, j in extents if i <= word < j), (word, word + 1)), MENTIONS[kinds[word - a]]))
            places.append((0, len(vectors), word, document.doc.pieces[word]))
            vectors.append(h[word - a])
    best = antecedent_scores(net, torch.stack(vectors)[None], places).argmax(1).tolist() if out else []
    return [(*found, None if number == len(out) else number) for found, number in zip(out, best)]


def mentions_of(net, document, windows):
    """The layer of a reading."""
    out = []
    for word, first, last, kind, number in mentions_found(net, document, windows):
        out.append({"span": [document.doc.begins[first], document.doc.ends[last - 1]], "type": kind,
                    "cluster": len(out) if number is None else out[number]["cluster"]})
    return out
