"""Predicates with their arguments, triggers with their participants: a sequence over the words around each.

Both are read by the same map of two words and their distance (net.py, argument_vectors); PropBank teaches it what stands
where beside a verb, our own corpus who did what to whom.
"""
from __future__ import annotations

import bisect

import torch
import torch.nn.functional as F

from heads import ACTS, ARGUMENTS, CODES, MODALITIES, MUC_ROLES, PARTICIPANTS, POLARITIES, PREDICATES
from labels import repaired
from net import REACH

MOST = {"arguments": 12, "participants": 16, "extents": 1 + REACH}     # of one predicate, of one trigger: the program takes no more


def around(document, a, b, word):
    """The words of the window [a, b) that may be arguments of this one: of its paragraph, REACH to either side at most."""
    number, numbers = document.doc.paragraph[word], document.doc.paragraph
    first, last = bisect.bisect_left(numbers, number), bisect.bisect_right(numbers, number)
    return max(a, first, word - REACH), min(b, last, word + REACH + 1)


def tags_of(spans, first, last):
    """Labels of the words [first, last) from (type, begin, end); the shorter span wins, what lies outside is cut off."""
    tags = [0] * (last - first)
    for kind, begin, end in sorted(spans, key=lambda s: s[1] - s[2]):
        begin, end = max(begin, first) - first, min(end, last) - first
        if begin < end:
            tags[begin:end] = [1 + 2 * kind] + [2 + 2 * kind] * (end - begin - 1)
    return repaired(tags)


class Questions:
    """Words of a batch that are asked for what stands beside them; `asked` has (row, word of the document, spans)."""

    def __init__(self, batch, asked):
        places = [around(*batch[row], word) for row, word, _ in asked]
        starts = torch.tensor([batch[row][1] for row, _, _ in asked])
        self.rows = torch.tensor([row for row, _, _ in asked])
        self.words = torch.tensor([word for _, word, _ in asked]) - starts
        self.lengths = torch.tensor([last - first for first, last in places])
        length = int(self.lengths.max())
        lengths = torch.tensor([b - a for _, a, b in batch])[self.rows]
        self.beside = torch.minimum((torch.tensor([first for first, _ in places]) - starts)[:, None] + torch.arange(length), lengths[:, None] - 1)
        self.tags = torch.tensor([(tags := tags_of(spans, first, last)) + [0] * (length - len(tags))
                                  for (_, _, spans), (first, last) in zip(asked, places)])

    def vectors(self, net, h):
        return net.argument_vectors(h, self.rows, self.words, self.beside)


def frames_asked(batch):
    """The predicates of a batch that may have arguments."""
    return [(row, word, spans) for row, (d, a, b) in enumerate(batch) for word, spans in d.frames if a <= word < b]


def acts_asked(batch):
    return [(row, act.word, act.participants) for row, (d, a, b) in enumerate(batch) for act in d.acts if a <= act.word < b]


def beside_loss(net, head, h, batch, asked):
    if not asked:
        return 0.0
    questions = Questions(batch, asked)
    return getattr(net, head + "_crf").loss(getattr(net, head)(questions.vectors(net, h)), questions.tags, questions.lengths).sum()


def frames_loss(net, h, lengths, batch):
    kinds = torch.zeros(h.shape[:2], dtype=torch.long)
    for row, (d, a, b) in enumerate(batch):
        kinds[row, :b - a] = torch.tensor(d.kinds[a:b])
    known = torch.arange(h.shape[1]) < lengths[:, None]
    return F.cross_entropy(net.predicates(h)[known], kinds[known], reduction="sum") + beside_loss(net, "arguments", h, batch, frames_asked(batch))


def triggers(net, h, batch):
    """Vectors of the triggers of a batch, and of each head of theirs the right answers."""
    acts = [(row, act.word - a, act) for row, (d, a, b) in enumerate(batch) for act in d.acts if a <= act.word < b]
    vectors = h[[row for row, _, _ in acts], [word for _, word, _ in acts]]
    return vectors, {"act_codes": torch.tensor([CODES.index(act.code) for _, _, act in acts]),
                     "act_modalities": torch.tensor([MODALITIES.index(act.modality) for _, _, act in acts]),
                     "act_polarities": torch.tensor([POLARITIES.index(act.polarity) for _, _, act in acts])}


def acts_loss(net, h, batch):
    """Of the triggers: what they are, and who takes part. The triggers themselves are a sequence as others are."""
    asked = acts_asked(batch)
    if not asked:
        return 0.0
    vectors, answers = triggers(net, h, batch)
    return (sum(F.cross_entropy(getattr(net, head)(vectors), right, reduction="sum") for head, right in answers.items())
            + beside_loss(net, "participants", h, batch, asked))


# What a network says

def is_negation(doc, at) -> bool:
    """Whether "n't" is cut here: PropBank's word begins with the last letter of ours."""
    word = [doc.text[b:e] for b, e in doc.spans[max(at - 1, 0):at + 2]]
    return (0 < at < len(doc.spans) - 1 and doc.ends[at - 1] == doc.begins[at] and doc.ends[at] == doc.begins[at + 1]
            and word[0][-1] in "nN" and word[1] in "'’" and word[2] in "tT")


def bytes_of(doc, a, b):
    return [doc.begins[a] - is_negation(doc, a), doc.ends[b - 1] - is_negation(doc, b)]


def predicate_bytes(doc, word):
    """An apostrophe is the first word of "'s" and "'ve", which are one to PropBank."""
    is_short = doc.text[slice(*doc.spans[word])] in ("'", "’") and word + 1 < len(doc.spans)
    return bytes_of(doc, word, word + 1 + is_short)


def segments(tags):
    """(type, first, last) of a BIO sequence."""
    out, i = [], 0
    while i < len(tags):
        j = i + 1
        if tags[i]:
            while j < len(tags) and tags[j] == tags[i] + 1:
                j += 1
            out.append(((tags[i] - 1) // 2, i, j))
        i = j
    return out


@torch.no_grad()
def beside(net, head, document, a, b, h, words):
    """For each of these words of the window: (type, first, last) of what stands beside it."""
    if not words:
        return []
    questions = Questions([(document, a, b)], [(0, word, []) for word in words])
    scores = getattr(net, head)(questions.vectors(net, h[None]))
    firsts = [around(document, a, b, word)[0] for word in words]
    return [[(kind, first + i, first + j) for kind, i, j in segments(getattr(net, head + "_crf").decode(row[:length]))[:MOST[head]]]
            for row, length, first in zip(scores, questions.lengths.tolist(), firsts)]


@torch.no_grad()
def frames_found(net, document, a, b, h):
    """(word, kind of predicate, [(role, first, last)]) of a window, in words of the document."""
    kinds = [PREDICATES[k] for k in net.predicates(h).argmax(1)]
    words = [a + i for i, kind in enumerate(kinds) if kind not in ("none", "auxiliary")]
    found = dict(zip(words, beside(net, "arguments", document, a, b, h, words)))
    return [(a + i, kind, [(ARGUMENTS[k], x, y) for k, x, y in found.get(a + i, ())]) for i, kind in enumerate(kinds) if kind != "none"]


@torch.no_grad()
def acts_found(net, document, a, b, h):
    """(first and last word of the trigger, (code, modality, polarity), [(role, first, last)])."""
    spans = [(a + i, a + j) for _, i, j in segments(net.acts_crf.decode(net.acts(h)))]
    for span, found in zip(spans, beside(net, "participants", document, a, b, h, [first for first, _ in spans])):
        sense = tuple(names[int(getattr(net, head)(h[span[0] - a]).argmax())] for head, names in ACTS.items())
        yield span, sense, [(PARTICIPANTS[kind], i, j) for kind, i, j in found]


@torch.no_grad()
def roles_found(net, document, a, b, h):
    return [(MUC_ROLES[kind], a + i, a + j) for kind, i, j in segments(net.roles_crf.decode(net.roles(h)))]


# The same as layers of a reading

def frames_of(net, document, a, b, h):
    doc = document.doc
    return [{"predicate": predicate_bytes(doc, word), "args": [{"role": role, "span": bytes_of(doc, i, j)} for role, i, j in found]}
            for word, _, found in frames_found(net, document, a, b, h)]


def acts_of(net, document, a, b, h):
    for (first, last), (code, modality, polarity), found in acts_found(net, document, a, b, h):
        act = {"act": code, "modality": modality, "polarity": polarity, "trigger": [bytes_of(document.doc, first, last)]}
        for role, i, j in found:
            act.setdefault(role + "s", []).append({"span": [bytes_of(document.doc, i, j)]})
        yield act


def roles_of(net, document, a, b, h):
    doc = document.doc
    for role, i, j in roles_found(net, document, a, b, h):
        yield role, {"span": bytes_of(doc, i, j), "text": doc.text[doc.spans[i][0]:doc.spans[j - 1][1]]}


def as_entities(mentions):
    """Strings that are part of one another are one entity, in the plainest way."""
    out = {role: [] for role in MUC_ROLES}
    for role, mention in sorted(mentions, key=lambda m: -len(m[1]["text"])):
        words = set(mention["text"].split())
        same = next((e for e in out[role] if any(words <= set(m["text"].split()) for m in e)), None)
        out[role].append([mention]) if same is None else same.append(mention)
    return out
