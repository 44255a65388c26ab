#!/usr/bin/env python3
"""The C program's arithmetic in numpy, operation by operation, from the weight file: the same bits.

Written from docs/model-format.md, not from the C code: where both agree, the document holds. It also tells what
quantising costs, with all else in PyTorch: evaluate.py --simulate MODEL.
"""
from __future__ import annotations

import hashlib
import json
import struct

import numpy as np

F = np.float32
ROUNDER = F(12582912)            # 1.5 * 2^23
HEAD = 32
SMALL_MOST, WEIGHT_MOST, SCALE_LEAST = F(127), F(255), F(2.0 ** -24)
GELU_END = F(3.4)
GELU = [F(float.fromhex(x)) for x in (
    "0x1.97550ap-2", "-0x1.076428p-4", "0x1.189000p-7", "-0x1.867620p-11", "0x1.36f5bap-15", "-0x1.a8519ep-21")]
POWER = [F(float.fromhex(x)) for x in ("0x1.001d0ap+0", "0x1.682a56p-1", "0x1.e84d6ep-3")]
NOTHING, EPSILON = F(1e-30), F(1e-12)
SCORE_SCALE = F(1.44269504) / F(5.65685425)
KINDS = {1: np.dtype("int8"), 2: np.dtype("<f4"), 3: np.dtype("<u4"), 4: np.dtype("uint8")}


def read(path):
    """(metadata, {name: matrix}) of a weight file."""
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == b"madai.m\n" and hashlib.sha256(data[:-32]).digest() == data[-32:]
    _, count, length, size, _ = struct.unpack_from("<IIQII", data, 8)
    assert length == len(data)
    metadata, at, tensors = json.loads(data[32:32 + size]), (32 + size + 7) // 8 * 8, {}
    for i in range(count):
        name, kind, _, rows, columns, offset, _ = struct.unpack_from("<56sIIQQQQ", data, at + 96 * i)
        tensors[name.rstrip(b"\0").decode()] = np.frombuffer(data, KINDS[kind], rows * columns, offset).reshape(rows, columns)
    return metadata, tensors


def near(x):
    """To the nearest whole number, halves to even."""
    return (x + ROUNDER) - ROUNDER


def row_sum(x):
    """Sixteen partial sums in order, then halved four times."""
    parts = np.zeros((x.shape[0], 16), F)
    for i in range(0, x.shape[1], 16):
        parts += x[:, i:i + 16]
    for half in (8, 4, 2, 1):
        parts = parts[:, :half] + parts[:, half:2 * half]
    return parts[:, :1]


def norm(x, weight, bias):
    width = F(x.shape[1])
    off = x - row_sum(x) / width
    inverse = F(1) / np.sqrt(row_sum(off * off) / width + EPSILON)
    return off * inverse * weight.T + bias.T


def quantise(x):
    """(bytes, scale, zero) of each row."""
    least, most = np.minimum(x.min(1, keepdims=True), F(0)), np.maximum(x.max(1, keepdims=True), F(0))
    span = most - least
    flat = ~(span > NOTHING)
    inverse = np.where(flat, F(0), F(255) / np.where(flat, F(1), span))
    scale = np.where(flat, F(0), span / F(255))
    zero = near(-least * inverse)
    return np.minimum(near(x * inverse) + zero, F(255)), scale, zero


def meaning(rows, tensors, name):
    """Bytes times a matrix of whole numbers, and what the sums mean."""
    data, scale, zero = rows
    weight = tensors[f"{name}.weight"].astype(np.float64)
    sums = data.astype(np.float64) @ weight.T - zero.astype(np.float64) * weight.sum(1)
    return sums.astype(F) * (scale * tensors[f"{name}.scale"].T) + tensors[f"{name}.bias"].T


def gelu(x):
    held = np.clip(x, -GELU_END, GELU_END)
    square, total = held * held, np.full_like(x, GELU[-1])
    for term in GELU[-2::-1]:
        total = total * square + term
    return x * (held * total + F(0.5))


def weights_of(scores, scale):
    """255 * 2^((score - best) * scale), to the nearest."""
    below = (scores - scores.max(1, keepdims=True)).astype(F)
    power = np.maximum(below * scale, F(-15))
    whole = near(power)
    rest, total = power - whole, np.full_like(power, POWER[-1] * WEIGHT_MOST)
    for term in POWER[-2::-1]:
        total = total * rest + term * WEIGHT_MOST
    return near(np.ldexp(total, whole.astype(int)))


def head_numbers(x):
    size = np.abs(x).max()
    return (near(x * F(SMALL_MOST / size)), F(size / SMALL_MOST)) if size > NOTHING else (np.zeros_like(x), F(0))


def attend(x, picked):
    width, out = x.shape[1] // 3, []
    for at in range(0, width, HEAD):
        q, k, v = (x[:, part * width + at:part * width + at + HEAD] for part in range(3))
        (q, q_scale), (k, k_scale), (v, v_scale) = head_numbers(q), head_numbers(k), head_numbers(v)
        scores = q[picked].astype(np.float64) @ k.astype(np.float64).T
        weights = weights_of(scores, max(F(q_scale * k_scale) * SCORE_SCALE, SCALE_LEAST))
        mixed = weights.astype(np.float64) @ v.astype(np.float64)
        out.append(mixed.astype(F) * (v_scale / weights.sum(1, keepdims=True, dtype=np.float64).astype(F)))
    return np.concatenate(out, 1)


def window_vectors(metadata, tensors, pieces, features, firsts):
    """The vector of each word; pieces with begin and end, features of each piece."""
    get = lambda name: tensors[f"encoder.{name}"]
    features = np.asarray(features)
    x = get("word.weight")[pieces].astype(F) * get("word.scale")[pieces]
    for i, table in enumerate(("shape", "before", "quotation")):
        x = x + get(f"{table}.weight")[features[:, i]]
    x = norm(x + get("position.weight")[:len(pieces)], get("norm.weight"), get("norm.bias"))
    for layer in range(metadata["encoder"]["layers"]):
        at = f"layers.{layer}"
        is_last = layer + 1 == metadata["encoder"]["layers"]
        picked = np.asarray(firsts) if is_last else np.arange(len(pieces))
        mixed = attend(meaning(quantise(x), tensors, f"encoder.{at}.attention"), picked)
        x = norm(x[picked] + meaning(quantise(mixed), tensors, f"encoder.{at}.output"), get(f"{at}.norm1.weight"), get(f"{at}.norm1.bias"))
        inner = gelu(meaning(quantise(x), tensors, f"encoder.{at}.up"))
        x = norm(x + meaning(quantise(inner), tensors, f"encoder.{at}.down"), get(f"{at}.norm2.weight"), get(f"{at}.norm2.bias"))
    return x


def scores(tensors, vectors, head):
    """Linear map in the order of its inputs, then the bias."""
    weight, total = tensors[f"{head}.weight"], np.zeros((len(vectors), tensors[f"{head}.weight"].shape[1]), F)
    for k in range(vectors.shape[1]):
        total = total + vectors[:, k:k + 1] * weight[k]
    return total + tensors[f"{head}.bias"].T


def beside(tensors, vectors, head, word, first, last):
    """Scores of the words [first, last) of a window for what stands beside one of them."""
    origin, gate = (scores(tensors, vectors[word:word + 1], f"argument_{part}") for part in ("from", "gate"))
    rows = scores(tensors, vectors[first:last], "argument_to")
    distance = tensors["argument_distance.weight"]
    middle = len(distance) // 2 - word
    return scores(tensors, gelu((origin + rows) + distance[first + middle:last + middle]) * gate, head)
