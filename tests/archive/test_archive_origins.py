#!/usr/bin/env python3
"""Copies in an archive, against `madai link`; and files that do not lie on
this machine's disk. Prints TAP.

    test_archive_origins.py MADAI LIBRARY POISON MODEL GAZETTEER
"""
import json
import os
import pathlib
import random

import spark_here
spark_here.enter()

import tap
from archive_run import SPARK, WELL, archive, madai, rows, write
from tap import test

from madai_archive import engine, origins, read, sources
from madai_archive.output import Output


@test
def files_of_another_file_system_come_through_spark():
    write("away/a [1]*.txt", "The police said no.")
    write("away/in/b.jsonl", '{"text": "x"}\n{"text": "y"}\n')
    write("away/.c", "x")
    walked = list(engine.FileSystem(SPARK, "away").walk())
    assert sorted(path for _, path, _ in walked) == ["a [1]*.txt", "in/b.jsonl"], walked
    pieces = [piece for one in walked for piece in sources.pieces_of(*one, False)]
    pieces.append(pieces[0]._replace(path="large.txt", place="file:/large", size=sources.REMOTE_MOST + 1))
    group = read.Group(SPARK, Output(SPARK, "away-out"), "", read.Job(WELL, 1000, None), pieces)
    items = {one.path: one for one in group.items().collect()}
    assert items["a [1]*.txt"].content == b"The police said no." and items["in/b.jsonl#14"].content == b"y", items
    assert "on this file system" in items["large.txt"].reason and len(items) == 4


def brute_force(texts):
    """Pairs by the same measure, all against all."""
    samples = {name: origins.shingles(text) for name, text in texts.items()}
    pairs = {}
    for one in sorted(samples):
        for other in sorted(samples):
            if one >= other:
                continue
            (a, m), (b, n) = samples[one], samples[other]
            if not (m < 400 and n < 400):
                a, b = ([value for value in kept if value & 3 == 0] for kept in (a, b))
            both = len(set(a) & set(b))
            shares = tuple(both * 1000 // len(kept) if kept else 0 for kept in (a, b))
            if len(set(samples[one][0]) & set(samples[other][0])) >= 2 and max(shares) >= 400:
                pairs[one, other] = shares
    return pairs


@test
def copies_go_back_to_one_origin():
    rng = random.Random(5)
    texts = {}
    for number in range(12):
        words = [f"word{rng.randrange(3000)}" for _ in range(rng.choice([60, 300, 1200]))]
        texts[f"{number}-original"] = " ".join(words)
        texts[f"{number}-edited"] = " ".join(word if rng.random() > 0.04 else "other" for word in words)
        texts[f"{number}-excerpt"] = " ".join(words[:len(words) // 2]) + " and then it ends."
    for name, text in texts.items():
        write(f"copies/{name}.txt", text)
    archive("copies", "copies-out")
    output = Output(SPARK, "copies-out")
    with output.locked():
        pairs, groups, documents = origins.origins(SPARK, output, output.reader())
    names = {sha256: id[:-4] for sha256, id in rows("copies-out", "documents", "sha256", "id")}
    found = {}
    for one, other, of_one, of_other in SPARK.read.parquet("copies-out/_derived/copies").collect():
        a, b = names[one], names[other]
        found[min(a, b), max(a, b)] = (of_one, of_other) if a < b else (of_other, of_one)
    assert found == brute_force(texts) and pairs == len(found) >= 36, (pairs, len(found))
    by_origin = {}
    for sha256, origin in SPARK.read.parquet("copies-out/_derived/origins").collect():
        by_origin.setdefault(origin, set()).add(names[sha256])
    assert groups == 12 and documents == 36
    assert all(len({name.partition("-")[0] for name in one}) == 1 for one in by_origin.values())
    assert not os.path.exists("copies-out/_derived/rounds")
    assert {frozenset(one) for one in by_origin.values()} == linked_origins("copies")


def linked_origins(folder):
    """What `madai link` says of the same documents."""
    files = sorted(str(path) for path in pathlib.Path(folder).iterdir())
    write("to-link.jsonl", madai("read", "--json", "--with-text", *files))
    madai("link", "--readings", "to-link.jsonl", "-o", "linked")
    listed = json.loads(pathlib.Path("linked/case.json").read_text())["origins"]
    return {frozenset(id.removesuffix(".txt") for id in one) for one in listed if not any("#" in id for id in one)}


if __name__ == "__main__":
    tap.main()
