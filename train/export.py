#!/usr/bin/env python3
"""From a PyTorch checkpoint to the weight file that the C program maps: docs/model-format.md, byte by byte.

    export.py --net OUT/net.pt --base BASE --out OUT/madai.model [--name NAME] [--window 160] [--context 0]
              [--calibration FOUND.json]

The same input gives the same bytes. BASE has the vocabulary; FOUND.json is what calibrate.py found.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import pathlib
import struct

import numpy as np
import torch

from heads import BESIDE, SEQUENCES, WORDS

MAGIC, VERSION = b"madai.m\n", 1
INT8, FLOAT32, UINT32, UINT8 = 1, 2, 3, 4
KINDS = {np.dtype("int8"): INT8, np.dtype("<f4"): FLOAT32, np.dtype("<u4"): UINT32, np.dtype("uint8"): UINT8}
HEAD_SIZE, LAYER_MATRICES = 32, ("output", "up", "down")
MATRIX_MAX, WORD_MAX = 63, 127
PIECES_PER_WORD = 12
WINDOW = 160                     # pieces; read in windows of 144 to 192 the dev sets score 1 better than in the 224 learnt from

LABELS = SEQUENCES | WORDS | BESIDE

# What a head leans to where it is in doubt, added to the bias of a label. Chosen after training: sources on articles of PolNeAR
# that were held back, names on the dev parts of GUM, UNER and WNUT (our own names stay).
LEANINGS = {"outer": {"B-source": 1.4}, "names": {"B-person": 1.4, "B-place": 1.4, "B-other": 0.6, "B-organisation": 0.2}}


# Numbers

def quantise_rows(weight: torch.Tensor, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers of at most `most` and the scale of each row, so that row = numbers * scale.

    The scale just holds the largest weight, as in net.py, which has seen them so while it learnt.
    """
    weight = weight.float()
    scale = weight.abs().amax(1, keepdim=True) / most
    scale[scale == 0] = 1
    numbers = (weight / scale).round().clamp(-most, most)
    return numbers.to(torch.int8).numpy(), scale.numpy().astype("<f4")


def floats(tensor: torch.Tensor) -> np.ndarray:
    array = tensor.detach().float().cpu().numpy().astype("<f4")
    return np.ascontiguousarray(array.reshape(array.shape[0], -1))


def add_matrix(out: dict, name: str, weight: torch.Tensor, bias: torch.Tensor) -> None:
    out[f"{name}.weight"], out[f"{name}.scale"] = quantise_rows(weight, MATRIX_MAX)
    out[f"{name}.bias"] = floats(bias)


def encoder_tensors(state: dict, out: dict) -> int:
    out["encoder.word.weight"], out["encoder.word.scale"] = quantise_rows(state["encoder.word.weight"], WORD_MAX)
    position = state["encoder.position.weight"].clone()
    if "encoder.type.weight" in state:  # one token type only: part of every position
        position += state["encoder.type.weight"][0]
    out["encoder.position.weight"] = floats(position)
    for table in ("shape", "before", "quotation"):
        out[f"encoder.{table}.weight"] = floats(state[f"encoder.{table}.weight"])
    for end in ("weight", "bias"):
        out[f"encoder.norm.{end}"] = floats(state[f"encoder.norm.{end}"])
    layer = 0
    while f"encoder.layers.{layer}.query.weight" in state:
        at = f"encoder.layers.{layer}"
        parts = [f"{at}.{part}" for part in ("query", "key", "value")]
        add_matrix(out, f"{at}.attention", torch.cat([state[f"{p}.weight"] for p in parts]),
                   torch.cat([state[f"{p}.bias"] for p in parts]))
        for part in LAYER_MATRICES:
            add_matrix(out, f"{at}.{part}", state[f"{at}.{part}.weight"], state[f"{at}.{part}.bias"])
        for norm in ("norm1", "norm2"):
            for end in ("weight", "bias"):
                out[f"{at}.{norm}.{end}"] = floats(state[f"{at}.{norm}.{end}"])
        layer += 1
    return layer


def head_tensors(state: dict, out: dict) -> None:
    """Maps stand input by input (transposed), so that C adds up all outputs side by side."""
    for name in sorted(state):
        if name.startswith("encoder."):
            continue
        is_map = name.endswith(".weight") and name[:-len("weight")] + "bias" in state
        out[name] = floats(state[name].T if is_map else state[name])


# Vocabulary

def hash_of(piece: bytes) -> int:
    """FNV-1a."""
    value = 0x811C9DC5
    for byte in piece:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def vocabulary_tensors(pieces: list[bytes], out: dict) -> None:
    """The pieces end to end, where each begins, and a hash table with open addressing."""
    starts = np.zeros(len(pieces) + 1, "<u4")
    starts[1:] = np.cumsum([len(p) for p in pieces])
    slots = 1
    while slots < 2 * len(pieces):
        slots *= 2
    table = np.zeros(slots, "<u4")
    for number, piece in enumerate(pieces):
        slot = hash_of(piece) & (slots - 1)
        while table[slot]:
            slot = (slot + 1) & (slots - 1)
        table[slot] = number + 1
    out["vocabulary.text"] = np.frombuffer(b"".join(pieces), "uint8").reshape(-1, 1)
    out["vocabulary.starts"], out["vocabulary.table"] = starts.reshape(-1, 1), table.reshape(-1, 1)


# File

def padded(length: int, to: int) -> int:
    return (length + to - 1) // to * to


def file_bytes(metadata: dict, tensors: dict) -> bytes:
    text = json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode()
    table_at = padded(32 + len(text), 8)
    at = data_at = padded(table_at + 96 * len(tensors), 64)
    table, data = b"", bytearray()
    for name, array in tensors.items():
        assert array.ndim == 2 and array.flags.c_contiguous and len(name.encode()) < 56, name
        data += bytes(at - data_at - len(data))
        table += struct.pack("<56sIIQQQQ", name.encode(), KINDS[array.dtype], 0, *array.shape, at, 0)
        data += array.tobytes()
        at = padded(at + array.nbytes, 64)
    length = data_at + len(data) + 32
    out = MAGIC + struct.pack("<IIQII", VERSION, len(tensors), length, len(text), 0) + text
    out += bytes(table_at - len(out)) + table
    out += bytes(data_at - len(out)) + bytes(data)
    return out + hashlib.sha256(out).digest()


def export(state: dict, pieces: list[str], name: str, window: int, context: int = 0, calibration=None,
           evidence=None) -> bytes:
    """The whole file. `state` has the names of train/net.py; sizes are those of its tensors."""
    tensors: dict[str, np.ndarray] = {}
    layers = encoder_tensors(state, tensors)
    head_tensors(state, tensors)
    vocabulary_tensors([p.encode() for p in pieces], tensors)
    if calibration is not None:
        tensors["calibration"] = np.array(calibration, "<f4").reshape(-1, 2)
    if evidence is not None:
        tensors["evidence.weight"] = np.array(evidence, "<f4").reshape(-1, 1)
    width = state["encoder.word.weight"].shape[1]
    metadata = {
        "name": name,
        "encoder": {"width": width, "heads": width // HEAD_SIZE, "layers": layers,
                    "inner": state["encoder.layers.0.up.weight"].shape[0],
                    "positions": state["encoder.position.weight"].shape[0]},
        "window": window, "context": context,
        "pieces": {"count": len(pieces), "a_word": PIECES_PER_WORD, "unknown": pieces.index("[UNK]"),
                   "begin": pieces.index("[CLS]"), "end": pieces.index("[SEP]")},
        "labels": {head: labels for head, labels in LABELS.items() if f"{head}.weight" in state},
    }
    return file_bytes(metadata, tensors)


def load_state(path) -> dict:
    """A finished net.pt, or the averaged weights of a last.pt that is still being trained; leaning as chosen."""
    found = torch.load(path, map_location="cpu", weights_only=True)
    state = {**found["net"], **found["average"]} if "average" in found else dict(found)
    for head, labels in LEANINGS.items():
        bias = state[f"{head}.bias"].clone()
        for label, more in labels.items():
            bias[LABELS[head].index(label)] += more
        state[f"{head}.bias"] = bias
    return state


def vocabulary(base) -> list[str]:
    with open(base / "vocab.txt", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("net", "base", "out"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    parser.add_argument("--name", default="madai")
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--context", type=int, default=0)
    parser.add_argument("--calibration")
    options = parser.parse_args()
    found = {}
    if options.calibration:
        with open(options.calibration, encoding="utf-8") as file:
            found = json.load(file)
    state, pieces = load_state(options.net), vocabulary(options.base)
    options.out.write_bytes(export(state, pieces, options.name, options.window, options.context, found.get("calibration"), found.get("evidence")))


if __name__ == "__main__":
    main()
