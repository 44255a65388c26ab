"""`madai-archive find`: what of an archive belongs to a matter; and `--into`:
that as a case.

Each condition is met by findings; a document matches where every condition is
met in it, and with --together where one act meets them all.
"""
import collections
import json
import os
import subprocess
import tempfile

from pyspark.sql import functions as sql

from .engine import Machine
from .merkle import leaf_line, manifest

Wanted = collections.namedtuple("Wanted", "actor act claim place date text sure together")
HIT = ("sha256", "what", "id", "quote", "begin", "end", "confidence")


def names_of(wanted):
    """A plain lower-case LIKE: all words, as a phrase."""
    return "%" + wanted.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def has_name(column, wanted):
    return sql.exists(column, lambda one: sql.lower(one).like(names_of(wanted)))


def within(first, last, dates):
    """A range of days or minutes meets another; "2019-05-13T15:15" lies in
    "2019-05-13"."""
    begin, end = dates
    return (sql.substring(last, 1, 10) >= begin) & (sql.substring(first, 1, 10) <= end)


def hits_of(output, reader, wanted):
    """A data frame of HIT rows for each condition."""
    def hits(table, what, condition, id="id", quote="quote"):
        rows = output.table(table, reader).where(condition)
        if wanted.sure > 0:
            rows = rows.where(sql.col("confidence") >= wanted.sure)
        return rows.select("sha256", sql.lit(what).alias("what"), sql.col(id).alias("id"),
                           sql.col(quote).alias("quote"), "begin", "end", "confidence")

    if wanted.together:
        return [hits("acts", "act", act_meets(wanted), quote="trigger")]
    found = []
    if wanted.actor:
        found.append(hits("actors", "actor", sql.lower("name").like(names_of(wanted.actor))
                          | has_name("roles", wanted.actor), quote="name"))
    if wanted.act:
        found.append(hits("acts", "act", sql.col("act") == wanted.act, quote="trigger"))
    if wanted.claim:
        found.append(hits("claims", "claim", sql.col("act") == wanted.claim, quote="content"))
    if wanted.place:
        found.append(hits("places", "place", sql.lower("name").like(names_of(wanted.place))
                          | has_name("within", wanted.place)))
    if wanted.date:
        told = hits("times", "time", within(sql.col("first"), sql.col("last"), wanted.date))
        found.append(told.union(dated(output, reader, wanted.date)))
    if wanted.text:
        found.append(words_of(output, reader, wanted.text))
    return found


def act_meets(wanted):
    meets = sql.lit(True)
    if wanted.actor:
        parties = (has_name(role, wanted.actor) for role in ("perpetrators", "victims", "targets"))
        first, second, third = parties
        meets &= first | second | third
    if wanted.act:
        meets &= sql.col("act") == wanted.act
    if wanted.place:
        meets &= has_name("places", wanted.place)
    if wanted.date:
        meets &= within(sql.col("first"), sql.col("last"), wanted.date)
    return meets


def dated(output, reader, dates):
    rows = output.table("documents", reader).where(within(sql.col("date"), sql.col("date"), dates))
    return rows.select("sha256", sql.lit("date").alias("what"), sql.lit(None).cast("string").alias("id"),
                       sql.col("date").alias("quote"), *(sql.lit(None).cast("bigint").alias(name)
                                                         for name in ("begin", "end")),
                       sql.lit(None).cast("double").alias("confidence"))


def words_of(output, reader, text):
    """Documents with all the words; the place of the first."""
    rows, low = output.table("texts", reader), sql.lower(sql.col("text"))
    for word in text.lower().split():
        rows = rows.where(sql.instr(low, word) > 0)
    at = sql.instr(low, text.lower().split()[0])
    # Positions of Spark are characters; a place is bytes.
    begin = sql.octet_length(sql.substring(sql.col("text"), sql.lit(1), at - 1)).cast("bigint")
    return rows.select("sha256", sql.lit("text").alias("what"), sql.lit(None).cast("string").alias("id"),
                       sql.substring(sql.col("text"), sql.greatest(at - 30, sql.lit(1)), sql.lit(90)).alias("quote"),
                       begin.alias("begin"), sql.lit(None).cast("bigint").alias("end"),
                       sql.lit(None).cast("double").alias("confidence"))


def matching(found):
    """(sha256, how many findings) of the documents that every condition
    matches."""
    both = None
    for hits in found:
        counts = hits.groupBy("sha256").agg(sql.count("*").alias("count"))
        if both is None:
            both = counts
        else:
            counts = counts.withColumnRenamed("count", "more")
            both = both.join(counts, "sha256").select("sha256", (sql.col("count") + sql.col("more")).alias("count"))
    return both


def find(output, reader, wanted, limit, hits_most):
    """(how many documents match, the best of them as dicts with their hits)."""
    found = hits_of(output, reader, wanted)
    matches = matching(found).persist()
    best = matches.orderBy(sql.desc("count"), "sha256").limit(limit).persist()
    documents = output.table("documents", reader).join(sql.broadcast(best), "sha256").select(
        "sha256", "path", "id", "date", "publisher", "title", "kind", "shard", "count").collect()
    shown = {row["sha256"]: {**row.asDict(), "findings": []} for row in documents}
    for hits in found:
        rows = hits.join(sql.broadcast(best.select("sha256")), "sha256").orderBy("sha256", "begin", "id")
        for row in rows.select(*HIT).toLocalIterator():
            listed = shown[row["sha256"]]["findings"]
            if len(listed) < hits_most:
                listed.append({key: value for key, value in row.asDict().items()
                               if key != "sha256" and value is not None})
    total = matches.count()
    return total, sorted(shown.values(), key=lambda one: (-one["count"], one["sha256"])), matches


def into(output, reader, matches, case, program, tell):
    """Puts the matching documents into a case: a call of `madai add` for each
    shard with readings and the shard's root, after one that keeps the shard's
    manifest, so that the ledger has a leaf for the shard. What the case has
    is passed over there, so that this can be done again."""
    documents = output.table("documents", reader).join(sql.broadcast(matches.select("sha256")), "sha256")
    chosen = documents.select("sha256", "shard", "bytes").join(output.table("texts", reader).select("sha256", "text"),
                                                      "sha256")
    chosen = chosen.join(output.table("readings", reader).select("sha256", "reading"), "sha256")
    lines = manifests(output, reader, documents.select("shard"))
    done = 0
    with tempfile.TemporaryDirectory(prefix="madai-archive-") as folder:
        batch, root = [], None
        for row in chosen.orderBy("shard", "sha256").toLocalIterator():
            if row["shard"] != root and batch:
                done += _add(program, case, folder, root, lines[root], batch, reader)
                tell(done)
                batch = []
            root = row["shard"]
            batch.append(_with_text(row))
        if batch:
            done += _add(program, case, folder, root, lines[root], batch, reader)
            tell(done)
    return done


def manifests(output, reader, shards):
    """The lines of each of these shards, which may be named more than once."""
    shards = sql.broadcast(shards.distinct())
    read = output.table("documents", reader).join(shards, "shard").select(
        "shard", "sha256", "text_sha256", "reading_sha256")
    refused = output.table("refused", reader).join(shards, "shard").select("shard", "sha256")
    lines = collections.defaultdict(list)
    for row in read.toLocalIterator():
        lines[row[0]].append(leaf_line(*row[1:]))
    for row in refused.toLocalIterator():
        lines[row[0]].append(leaf_line(row[1], None, None))
    return lines


def _with_text(row):
    """The line that `madai read --json --with-text` would print, but for the
    order of keys; the original is known by its hash."""
    reading = json.loads(row["reading"])
    if reading["document"]["sha256"] != row["sha256"]:
        reading["document"].update(sha256=row["sha256"], bytes=row["bytes"])
        return json.dumps({**reading, "text": row["text"]}, ensure_ascii=False)
    return row["reading"][:-1] + ',"text":' + json.dumps(row["text"], ensure_ascii=False) + "}"


def _add(program, case, folder, root, lines, batch, reader):
    name = os.path.join(folder, f"shard-{root}.txt")
    text = manifest(reader, lines)
    if f"\nroot {root}\n" not in text:
        raise Machine(f"the shard {root} is not what its root says: OUTPUT was altered")
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    readings = os.path.join(folder, "readings.jsonl")
    with open(readings, "w", encoding="utf-8") as file:
        file.write("\n".join(batch) + "\n")
    note = "all that was read with documents of this case in one shard of an archive; its root is over these lines"
    _call([program, "add", "--no-read", "--note", note, case, name])
    _call([program, "add", "--shard-root", root, "--readings", readings, case])
    os.unlink(name)
    return len(batch)


def _call(words):
    try:
        done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    except OSError as why:
        raise Machine(f"{words[0]}: {why.strerror} (name the program with --madai)") from why
    if done.returncode != 0:
        raise Machine(f"{' '.join(words[:2])}: {done.stderr.decode(errors='replace').strip()}")
