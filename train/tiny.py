#!/usr/bin/env python3
"""A small made-up model, and what Python says that it says: for the tests of src/reader/model and src/reader/label.

    python tiny.py REPOSITORY

Writes tests/model/tiny.model and, in tests/golden/model, pieces.jsonl (word pieces), vectors.txt (of the words of a text), beside.txt
(scores of what stands beside one of them) and said.txt (frames, acts, roles and mentions of the text, which is text.txt).
"""
from __future__ import annotations

import json
import pathlib
import sys
import unicodedata

import torch

import export
import frames
import heads
import labels
import mentions
import net as network
import simulate
from evaluate import Text
from text import Document, Pieces

WINDOW = 100

WORDS = """the a and of in on to said told that police officer minister court he she they it was were had not denied
claimed according statement report news president government nairobi kenya protest killed injured two three 2019 un unit
united nations tele ##phone phone ##s ##ed ##ing ##er ##ly un ##ion play run ##ning st ##op ##ped say ##said gov ##ernment
北 京 東 안 ᄋ ##ᅡ ##ᆫ ά αλφα ##α β ж жу ##к é ß ##ß ﬁ fi ##fi 5 ##5 ##0 1 ##1 ½ café naive""".split()
TRICKY = ["the", "The", "THE", "Nairobi", "telephones", "naïve", "café", "cafe\u0301", "CAFÉ", "ﬁne", "oﬃce", "Ωmega", "ΑΛΦΑ", "ΆΛΦΑ", "İstanbul", "ıle",
          "STRASSE", "Straße", "ẞ", "ǅ", "Ǆ", "안녕", "北京", "北京a", "a北京b", "東", "жук", "ЖУК", "5G", "2019", "20190", "½", "²", "a\u00adb", "a\u200db", "ab\u200c",
          "\u0301", "a\u0323\u0307", "a\u0307\u0323", "\u0f71\u0f72", "q\u0315\u0300\u05ae\u0062", "\u1D16Dx", "x\ufffdx", "\ufffd", "\x00", "\x7f", "a\x01b", "—", "’", "“", ".", "_", "$",
          "😀", "👨\u200d👩", "a" * 12, "a" * 13, "a" * 40, "s" * 100, "s" * 101, "said" * 24, "said" * 25, "said" * 26, "北" * 20, "é" * 60, "unsaid", "unknown", "zzzzunit", "stopped",
          "running", "un", "union", "unions", "ﷺ", "हिन्दी", "ไทย", "עִבְרִית", "العَرَبِيَّة", "ÅNGSTRÖM", "ñandú", "Dvořák", "ﬀ", "ＡＢＣ", "𝐀𝐁", "Ⅷ", "𝟘𝟙", "𐐀", "㍿", "豈", "\u2f800", "々"]
TEXT = """NAIROBI, 3 April 2019 — Police said on Tuesday that two people were killed.

“We were not in court,” the minister told the BBC. "They denied it," she said.

The government claimed that the protest was stopped; according to a statement, three officers were injured in 北京."""


def pieces() -> list[str]:
    letters = [chr(c) for c in range(97, 123)] + list(".,;:!?\"'()-—“”‘’$%_")
    made = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + letters + ["##" + c for c in letters[:26] if c not in "qz"]
    return list(dict.fromkeys(made + [unicodedata.normalize("NFD", w) for w in WORDS]))


def state(vocabulary: list[str]) -> dict:
    """Random weights of a width that keeps the file small."""
    torch.manual_seed(7)
    network.WIDTH, network.HEADS, network.LAYERS, network.INNER, network.LINK, network.ARGUMENT = 64, 2, 2, 128, 16, 16
    made = network.Net().state_dict()
    torch.manual_seed(9)         # the encoder comes first, so that a new head leaves it as it is
    made["encoder.word.weight"] = made["encoder.word.weight"][:len(vocabulary)]
    made["encoder.position.weight"] = made["encoder.position.weight"][:128] * 0.3
    for name in made:
        if ".layers." in name and name.endswith("weight") and "norm" not in name:
            made[name] *= 2.5
        elif name.endswith("bias") or any(part in name for part in ("norm", "shape", "before", "quotation", "crf", "link_", "argument_", "antecedent_")):
            made[name] += torch.randn_like(made[name]) * 0.2
        elif name.removesuffix(".weight") in heads.SEQUENCES | heads.WORDS:
            made[name] *= 5
    # Most words are nothing, as in life.
    for head, more in (("predicates", 5), ("arguments", 2.5), ("acts", 3), ("participants", -1), ("roles", 5), ("mentions", 0), ("extents", -3)):
        made[f"{head}.bias"][0] += more
    return made


@torch.no_grad()
def in_float(weights, ids, features, firsts):
    net = network.Net().eval()
    own = net.state_dict()
    for name, value in weights.items():
        own[name][:len(value)] = value
    net.load_state_dict(own)
    mask = torch.ones(1, len(ids), dtype=torch.bool)
    return net.words(torch.tensor([ids]), torch.tensor([features]), mask, torch.tensor([firsts]))[0].numpy()


def window(document, pieces):
    ids, features, firsts = [pieces.begin], [(0, 0, 0)], []
    for word, feature in zip(document.pieces, document.features):
        firsts.append(len(ids))
        ids += word
        features += [feature] * len(word)
    return ids + [pieces.end], features + [(0, 0, 0)], firsts


@torch.no_grad()
def said(weights, metadata, tensors, pieces):
    """Lines of what the heads find in TEXT, from the vectors that the program computes."""
    net, text = network.Net().eval(), Text(TEXT, pieces)
    net.load_state_dict({**net.state_dict(), **{name: value for name, value in weights.items() if not name.startswith("encoder.")}})
    seen = []
    for a, b in labels.windows(text.doc, WINDOW):
        part = Document(TEXT, pieces)
        part.pieces, part.features = part.pieces[a:b], part.features[a:b]
        h = torch.from_numpy(simulate.window_vectors(metadata, tensors, *window(part, pieces)))
        for word, kind, found in frames.frames_found(net, text, a, b, h):
            yield " ".join(map(str, ("frame", word, kind, *(x for role, i, j in found for x in (role, i, j)))))
        for (first, last), sense, found in frames.acts_found(net, text, a, b, h):
            yield " ".join(map(str, ("act", first, last, *sense, *(x for kind, i, j in found for x in (kind, i, j)))))
        for kind, i, j in frames.roles_found(net, text, a, b, h):
            yield f"role {i} {j} {kind}"
        seen.append((a, b, h))
    for word, first, last, kind, number in mentions.mentions_found(net, text, seen):
        yield f"mention {word} {first} {last} {kind} {'-' if number is None else number}"


def write_beside(path, vectors, tensors):
    """The scores of some words beside one, in all their bits."""
    word, first, last = 20, 9, 31
    with open(path, "w", encoding="utf-8") as out:
        print(word, first, last, file=out)
        for row in simulate.beside(tensors, vectors, "arguments", word, first, last):
            print(*(f"{x:08x}" for x in row.view("uint32")), file=out)


def main() -> None:
    root = pathlib.Path(sys.argv[1])
    golden = root / "tests/golden/model"
    golden.mkdir(parents=True, exist_ok=True)
    vocabulary = pieces()
    weights = state(vocabulary)
    calibration = [[0.0, 0.1], [0.5, 0.4], [1.0, 0.95]]
    model = root / "tests/model/tiny.model"
    evidence = [0.0] * 9 + [0.5, 0.25]
    model.write_bytes(export.export(weights, vocabulary, "tiny, made up for tests", WINDOW, 0, calibration, evidence))

    listed = golden / "vocabulary.txt"
    listed.write_text("".join(p + "\n" for p in vocabulary), encoding="utf-8")
    splitter = Pieces(listed)
    listed.unlink()
    with open(golden / "pieces.jsonl", "w", encoding="utf-8") as out:
        for word in TRICKY:
            print(json.dumps([word, list(splitter.of(word))], ensure_ascii=True), file=out)

    ids, features, firsts = window(Document(TEXT, splitter), splitter)
    metadata, tensors = simulate.read(model)
    exact = simulate.window_vectors(metadata, tensors, ids, features, firsts)
    plain = in_float(weights, ids, features, firsts)
    with open(golden / "vectors.txt", "w", encoding="utf-8") as out:
        print(len(ids), len(firsts), exact.shape[1], file=out)
        for i, f in zip(ids, features):
            print(i, *f, file=out)
        print(*firsts, file=out)
        for e, p in zip(exact, plain):
            print(*(f"{x:08x}" for x in e.view("uint32")), file=out)
            print(*(f"{x:.4f}" for x in p), file=out)
    write_beside(golden / "beside.txt", exact, tensors)
    (golden / "text.txt").write_text(TEXT, encoding="utf-8")
    (golden / "said.txt").write_text("".join(line + "\n" for line in said(weights, metadata, tensors, splitter)), encoding="utf-8")
    print(f"{model.stat().st_size} bytes; of {abs(plain).max():.2f} off by {abs(plain - exact).max():.3f} at most, {((plain - exact) ** 2).mean() ** 0.5:.4f} rms")


if __name__ == "__main__":
    main()
