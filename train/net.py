"""The network: a six-layer MiniLM with case and layout as input, and small heads on its last layer.

Names of the parameters are those of the weight file (docs/model-format.md).
"""
from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from heads import BESIDE, SEQUENCES, WORDS

WIDTH, HEADS, LAYERS, INNER, LINK = 384, 12, 6, 1536, 96
ARGUMENT, REACH = 96, 40         # numbers of a word beside a predicate; how many words to either side of it are looked at
FORBIDDEN = -1e4
LEAST = 1e-30                    # of a weight, so that it has a logarithm
QUANTISED = False                # whether the encoder's matrices are seen as the weight file will have them


def matrix(linear: nn.Linear, x):
    """x through a linear layer; in 7 bits a row with straight-through gradients when QUANTISED."""
    weight = linear.weight
    if QUANTISED:
        scale = weight.detach().abs().amax(1, keepdim=True) / 63
        weight = weight + ((weight / scale).round() * scale - weight).detach()
    return F.linear(x, weight, linear.bias)


class Layer(nn.Module):
    def __init__(self, dropout: float, inner: int):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, n, _ = x.shape

        def heads(y):
            return y.view(b, n, HEADS, WIDTH // HEADS).transpose(1, 2)
        query, key, value = (heads(matrix(part, x)) for part in (self.query, self.key, self.value))
        with torch.autocast("cpu", enabled=False):   # written out, and no soft-max in 32 bits: PyTorch's own attention is slower on a CPU
            a = (query * (WIDTH // HEADS) ** -0.5 @ key.transpose(2, 3) + mask.to(query.dtype)).softmax(-1) @ value
        x = self.norm1(x + self.drop(matrix(self.output, a.transpose(1, 2).reshape(b, n, WIDTH))))
        self.felt = F.gelu(matrix(self.up, x))   # kept for slim.py, which asks what each of them is worth
        return self.norm2(x + self.drop(matrix(self.down, self.felt)))


class Encoder(nn.Module):
    def __init__(self, dropout: float, inner: int):
        super().__init__()
        self.word, self.position = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.shape, self.before, self.quotation = nn.Embedding(10, WIDTH), nn.Embedding(3, WIDTH), nn.Embedding(5, WIDTH)
        for table in (self.shape, self.before, self.quotation):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer(dropout, inner) for _ in range(LAYERS))

    def forward(self, ids, features, mask):
        x = self.word(ids) + self.shape(features[..., 0]) + self.before(features[..., 1]) + self.quotation(features[..., 2])
        x = self.norm(x + self.position.weight[:ids.shape[1]])
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, FORBIDDEN)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias.to(x.dtype))
        return x

    def load_base(self, path):
        """The published weights of all-MiniLM-L6-v2 (safetensors)."""
        from safetensors.torch import load_file
        have = load_file(path)
        names = {"word": "embeddings.word_embeddings", "position": "embeddings.position_embeddings",
                 "norm": "embeddings.LayerNorm"}
        parts = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "output": "attention.output.dense", "norm1": "attention.output.LayerNorm",
                 "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
        for i in range(LAYERS):
            names |= {f"layers.{i}.{ours}": f"encoder.layer.{i}.{theirs}" for ours, theirs in parts.items()}
        own = self.state_dict()
        for ours, theirs in names.items():
            for end in ("weight", "bias"):
                if f"{ours}.{end}" in own:
                    own[f"{ours}.{end}"].copy_(have[f"{theirs}.{end}"])
        # There is one token type only: its row is part of every position.
        own["position.weight"] += have["embeddings.token_type_embeddings.weight"][0]


def log_sum(start, moves, scores, lengths):
    """Log of the summed weight of all paths: scores [..., rows, words, labels], moves [..., labels, labels]. The sums are
    matrix products, which take a fraction of the time of a logarithm for every pair of labels."""
    weights = moves.exp()
    alpha = start[..., None, :] + scores[..., 0, :]
    for t in range(1, scores.shape[-2]):
        most = alpha.amax(-1, keepdim=True).detach()
        new = ((alpha - most).exp() @ weights).clamp_min(LEAST).log() + most + scores[..., t, :]
        alpha = torch.where((t < lengths)[:, None], new, alpha)
    return torch.logsumexp(alpha, -1)


class Crf(nn.Module):
    """Linear-chain CRF over BIO labels: O, then B- and I- of each type. I- follows only its own B- or I-."""

    def __init__(self, labels: int):
        super().__init__()
        self.transitions, self.start = nn.Parameter(torch.zeros(labels, labels)), nn.Parameter(torch.zeros(labels))
        barred, barred_start = torch.zeros(labels, labels), torch.zeros(labels)
        for inside in range(2, labels, 2):
            barred_start[inside] = FORBIDDEN
            barred[:, inside] = FORBIDDEN
            barred[inside - 1:inside + 1, inside] = 0
        self.register_buffer("barred", barred, persistent=False)
        self.register_buffer("barred_start", barred_start, persistent=False)

    def partition(self, scores, lengths):
        """Log of the summed weight of all paths; scores [batch, words, labels]."""
        return log_sum(self.start + self.barred_start, self.transitions + self.barred, scores, lengths)

    def path(self, scores, tags, lengths):
        """Log weight of one path a row."""
        step = self.transitions + self.barred
        keep = torch.arange(scores.shape[1]) < lengths[:, None]
        own = scores.gather(2, tags[..., None]).squeeze(2)
        moves = step[tags[:, :-1], tags[:, 1:]]
        return (own * keep).sum(1) + (moves * keep[:, 1:]).sum(1) + (self.start + self.barred_start)[tags[:, 0]]

    def loss(self, scores, tags, lengths):
        return self.partition(scores, lengths) - self.path(scores, tags, lengths)

    def partial_loss(self, scores, allowed, lengths):
        """Where not every label is known: all paths through `allowed` [batch, words, labels] are right."""
        return self.partition(scores, lengths) - self.partition(scores.masked_fill(~allowed, FORBIDDEN / 10), lengths)

    @torch.no_grad()
    def decode(self, scores) -> list[int]:
        """Best path of one row; scores [words, labels]."""
        step = (self.transitions + self.barred).numpy()
        scores = scores.float().numpy()
        alpha, back = (self.start + self.barred_start).numpy() + scores[0], []
        for t in range(1, len(scores)):
            moves = alpha[:, None] + step
            back.append(moves.argmax(0))
            alpha = moves.max(0) + scores[t]
        tags = [int(alpha.argmax())]
        for best in reversed(back):
            tags.append(int(best[tags[-1]]))
        return tags[::-1]


def bucket(origin, target) -> int:
    """Distance class of two spans of words [a, b): 12 behind, 12 before, by the log of the distance."""
    (a, b), (c, d) = origin, target
    distance = c - a if c >= a else d - b
    n = abs(distance) + 1
    # int(log2(n) * 1.5) in integers: the largest k with 4^k <= n^3
    k = 0
    while k < 11 and 4 ** (k + 1) <= n ** 3:
        k += 1
    return (12 if distance >= 0 else 0) + k


class Net(nn.Module):
    def __init__(self, dropout: float = 0.0, output_dropout: float = 0.1, inner: int | None = None):
        super().__init__()
        self.encoder = Encoder(dropout, inner or INNER)
        self.drop = nn.Dropout(output_dropout)
        for name, labels in (SEQUENCES | WORDS).items():
            setattr(self, name, nn.Linear(WIDTH, len(labels)))
        for name, labels in BESIDE.items():
            setattr(self, name, nn.Linear(ARGUMENT, len(labels)))
        for name, labels in (SEQUENCES | BESIDE).items():
            setattr(self, f"{name}_crf", Crf(len(labels)))
        self.argument_from, self.argument_to, self.argument_gate = (nn.Linear(WIDTH, ARGUMENT) for _ in range(3))
        nn.init.zeros_(self.argument_gate.weight)
        nn.init.ones_(self.argument_gate.bias)
        self.argument_distance = nn.Embedding(2 * REACH + 1, ARGUMENT)
        nn.init.normal_(self.argument_distance.weight, std=0.1)
        self.antecedent_from, self.antecedent_to = nn.Linear(WIDTH, LINK), nn.Linear(WIDTH, LINK)
        self.antecedent_distance = nn.Embedding(24, 1)
        nn.init.zeros_(self.antecedent_distance.weight)
        self.antecedent_none = nn.Parameter(torch.zeros(1))
        self.link_from = nn.ModuleList(nn.Linear(2 * WIDTH, LINK) for _ in range(2))
        self.link_to = nn.ModuleList(nn.Linear(2 * WIDTH, LINK) for _ in range(2))
        self.link_distance = nn.Embedding(24, 2)
        nn.init.zeros_(self.link_distance.weight)
        self.link_none = nn.Parameter(torch.zeros(2))

    def set_dropout(self, within: float, output: float):
        for layer in self.encoder.layers:
            layer.drop.p = within
        self.drop.p = output

    def words(self, ids, features, mask, first):
        """The vector of each word: the last layer at its first piece."""
        h = self.encoder(ids, features, mask)
        return self.drop(h.gather(1, first.unsqueeze(-1).expand(-1, -1, WIDTH)))

    def link_scores(self, h, origins, targets, k):
        """[origins, targets + 1]; the last column is "none". Spans are [first, last) words of h."""
        def ends(spans):
            return torch.cat([h[[a for a, _ in spans]], h[[b - 1 for _, b in spans]]], 1)
        scores = self.link_from[k](ends(origins)) @ self.link_to[k](ends(targets)).T / 10
        buckets = torch.tensor([[bucket(o, t) for t in targets] for o in origins])
        return torch.cat([scores + self.link_distance(buckets)[..., k], self.link_none[k].expand(len(origins), 1)], 1)

    def argument_vectors(self, h, rows, predicates, words):
        """Of each predicate (its row and word of h), what the words [predicates, reach] beside it are to it."""
        distance = (words - predicates[:, None] + REACH).clamp(0, 2 * REACH)
        beside = self.argument_to(h)[rows[:, None], words] + self.argument_distance(distance)
        own = h[rows, predicates]
        return F.gelu(self.argument_from(own)[:, None] + beside) * self.argument_gate(own)[:, None]


def load(path) -> Net:
    """A finished net.pt, or the averaged weights of a last.pt that is still being trained."""
    state = torch.load(path, weights_only=True)
    if "average" in state:
        state = {**state["net"], **state["average"]}
    net = Net(inner=len(state["encoder.layers.0.up.bias"]))
    net.load_state_dict(state)
    return net.eval()
