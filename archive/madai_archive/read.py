"""`madai-archive read`: an archive in, tables out, a group at a time.

For each group of files: its documents are taken out and hashed (Spark keeps
them on its disks); those that OUTPUT has are left out; the others are dealt
into shards of about the same size, a long one alone and first, and each shard
is read by a task; what the tasks give back is written once, and the tables are
made of it by Spark. So no document is read twice, unless its task was killed.
Files that lie in documents (attachments) come back from the tasks and are read
in the same way, before the group is committed: up to three deep.
"""
import collections
import itertools
import os
import time

from . import sources
from .convert import text_of
from .engine import FileSystem, Machine, literal
from .merkle import leaf_line, root
from .reader import Reader, Refused, reader_of
from .tables import FINDINGS, KEY, TABLES, passed_on_schema, row_of, row_of_member, row_of_refused

# About ten minutes of one core: what a killed driver loses.
GROUP_BYTES_A_CORE = 32 << 20
GROUP_FILES_A_CORE = 10_000
SHARDS_A_CORE = 6
SHARD_BYTES_LEAST = 64 << 10
LONG_BYTES = 1 << 20
TASK_FILES = 256
MEMBERS_DEPTH = 3  # members of members of members, as `madai add` has it
# Files of Parquet of this size are neither many nor unwieldy.
PART_BYTES = 128 << 20

Job = collections.namedtuple("Job", "options most group_bytes")  # options: of reader.Reader
Key = collections.namedtuple("Key", "path sha256 size reason id date url captured")
Shard = collections.namedtuple("Shard", "number root documents refused bytes")
Tally = collections.namedtuple("Tally", "documents refused known groups")


def read(spark, places, output, job, tell):
    """Reads all below `places`; what was done, as a Tally."""
    name = Reader(job.options)
    try:
        reader = name.start()
    except RuntimeError as why:
        raise Machine(str(why)) from why
    finally:
        name.stop()
    total = Tally(0, 0, 0, 0)
    with output.locked():
        for pieces in groups(files_of(spark, places), spark.sparkContext.defaultParallelism, job.group_bytes):
            begin = time.monotonic()
            found = Group(spark, output, reader, job, pieces).read()
            total = Tally(*(one + other for one, other in zip(total, found)))
            tell(output.last, found, total, time.monotonic() - begin)
    return total


def files_of(spark, places):
    """The pieces of all files, in order."""
    for place in places:
        files = FileSystem(spark, place)
        if not files.exists():
            raise Machine(f"{place}: there is no such file or folder")
        walk = sources.walk(files.local()) if files.is_local else files.walk()
        for where, path, size in walk:
            yield from sources.pieces_of(where, path, size, files.is_local)


def groups(pieces, cores, group_bytes):
    """Lists of pieces that are read and committed together."""
    most = group_bytes or GROUP_BYTES_A_CORE * cores
    group, size = [], 0
    for piece in pieces:
        group.append(piece)
        size += piece.size // piece.parts
        if size >= most or len(group) >= GROUP_FILES_A_CORE * cores:
            yield group
            group, size = [], 0
    if group:
        yield group


def bundles(pieces, most):
    """Small files together, so that a task is worth its while."""
    bundle, size = [], 0
    for piece in pieces:
        bundle.append(piece)
        size += piece.size // piece.parts
        if size >= most or len(bundle) >= TASK_FILES:
            yield bundle
            bundle, size = [], 0
    if bundle:
        yield bundle


def deal(keys, cores):
    """Which shard each document is read in: {(path, sha256): number}, and how
    many shards there are. The longest begin first, so that none is waited
    for."""
    long = sorted((key for key in keys if key.size >= LONG_BYTES), key=lambda key: (-key.size, key.sha256))
    others = sorted((key for key in keys if key.size < LONG_BYTES), key=lambda key: key.sha256)
    numbers = {(key.path, key.sha256): number for number, key in enumerate(long)}
    total = sum(key.size for key in others)
    each = max(SHARD_BYTES_LEAST, total // (SHARDS_A_CORE * cores) + 1)
    begun, number = 0, len(long)
    for key in others:
        if begun >= each:
            begun, number = 0, number + 1
        numbers[key.path, key.sha256] = number
        begun += key.size + 256  # a document costs something even if empty
    return numbers, number + 1 if others else len(long)


def read_shard(options, most, reader_name, number, items):
    """In a worker: the rows of a shard. Only what is no document's fault
    fails."""
    reader = reader_of(options)
    if (reader.name or reader.start()) != reader_name:
        raise RuntimeError(f"this worker has another reader: {reader.name}, not {reader_name}")
    done = set()
    for item in items:
        # A file of many may hold the same under the same name twice.
        if item.sha256 in done:
            continue
        done.add(item.sha256)
        yield from read_item(reader, most, number, item)


def read_item(reader, most, number, item):
    """The rows of a document: its own, and one for each file that lies in
    it."""
    try:
        with text_of(reader.options.madai, item.content, item.id, item.media) as text:
            # Before it is read: the rows after a refusal are rows too.
            for name, place in text.members:
                yield row_of_member(number, member_of(item, name, place, most))
            if text.content is None:
                raise Refused(text.reason)
            yield row_of(number, item, text, reader.read(text.content, item.id, item.date, text.date))
    except Refused as why:
        yield row_of_refused(number, item, str(why))


def member_of(item, name, place, most):
    """A file that lies in a document, as an item of its own."""
    path = f"{item.path}/{name}"
    with open(place, "rb") as file:
        content = file.read(most + 1)
        size = os.stat(place).st_size
    if len(content) > most:
        return sources.refused(path, sources.too_long(size, most), size)
    return sources.item(path, content)


class Group:
    def __init__(self, spark, output, reader, job, pieces):
        self.spark, self.output, self.reader, self.job, self.pieces = spark, output, reader, job, pieces
        self.cores = spark.sparkContext.defaultParallelism

    def read(self):
        """Reads and commits; a Tally of this group."""
        from pyspark import StorageLevel
        items, shards, places = self.items(), 0, []
        new, refused, found, known = [], [], [], 0
        # The documents, then the files that lie in them, and in those.
        for depth in range(MEMBERS_DEPTH + 1):
            items = items.persist(StorageLevel.DISK_ONLY)
            try:
                keys = items.map(lambda one: Key(one.path, one.sha256, one.size, one.reason, one.id, one.date, one.url,
                                                 one.captured)).collect()
                sifted = self.sift(keys, {key.sha256 for key in new + refused})
                new, refused, found, known = new + sifted[0], refused + sifted[1], found + sifted[2], known + sifted[3]
                if not sifted[0] and (depth > 0 or not (refused or found)):
                    break
                place = self.output.staging(f"passed-on/{depth}")
                shards = self.read_round(items, sifted[0], shards, place)
            finally:
                items.unpersist()
            places.append(place)
            items = self.members(place)
        if not places:
            return Tally(0, 0, known, 0)
        counts = self.write(places, new, refused, found)
        return Tally(counts["documents"], counts["refused"], known, 1)

    def items(self):
        """All documents of the group, as an RDD of sources.Item."""
        context, most = self.spark.sparkContext, self.job.most
        local = [one for one in self.pieces if one.is_local and one.kind != "parquet"]
        size = sum(one.size // one.parts for one in local)
        bundled = list(bundles(local, max(1 << 18, size // (4 * self.cores))))
        parts = [context.parallelize(bundled, len(bundled) or 1).flatMap(
            lambda bundle: itertools.chain.from_iterable(sources.expand(piece, most) for piece in bundle))]
        remote = [one for one in self.pieces if not one.is_local and one.kind != "parquet"]
        if remote:
            parts.append(self.remote_items(remote))
        parts += [self.parquet_items(one) for one in self.pieces if one.kind == "parquet"]
        return context.union(parts) if len(parts) > 1 else parts[0]

    def remote_items(self, pieces):
        most = self.job.most
        fit = {one.place: one for one in pieces if one.size <= sources.REMOTE_MOST}
        others = [one for one in pieces if one.place not in fit]
        files = self.spark.sparkContext.parallelize(others).flatMap(lambda piece: sources.expand(piece, most))
        if not fit:
            return files
        content = self.spark.read.format("binaryFile").load([literal(place) for place in fit]).select("path", "content").rdd
        return files.union(content.flatMap(
            lambda row: sources.expand(fit[row.path], most, bytes(row.content))))

    def parquet_items(self, piece):
        """A row a document: `text` (or `content`, bytes), and where there are
        such columns `id`, `date`, `url`."""
        most, path = self.job.most, piece.path
        try:
            frame = self.spark.read.parquet(literal(f"file:{piece.place}" if piece.is_local else piece.place))
        except Exception as why:  # whatever Spark finds wrong with it
            reason = "cannot be read: " + str(why).strip().split("\n")[0][:200]
            return self.spark.sparkContext.parallelize([sources.refused(path, reason, piece.size)])
        kinds = dict(frame.dtypes)
        column = next((name for name in ("text", "content") if kinds.get(name) in ("string", "binary")), None)
        if column is None:
            reason = "it has no column text (string) or content (binary)"
            return self.spark.sparkContext.parallelize([sources.refused(path, reason, piece.size)])
        wanted = {name: frame[name].cast("string") for name in ("id", "date", "url") if name in kinds}
        rows = frame.select(frame["_metadata.row_index"].alias("row"), frame[column].alias("content"),
                            *(value.alias(name) for name, value in wanted.items()))
        return rows.rdd.map(lambda row: _item_of_row(path, row.asDict(), most))

    def members(self, place):
        """What lay in documents that were read to this place, as items."""
        rows = self.spark.read.schema(passed_on_schema()).parquet(place).where("member is not null or sha256 is null")
        return rows.select("path", "id", "bytes", "reason", "member").rdd.map(
            lambda row: sources.refused(row["path"], row["reason"], row["bytes"], row["id"]) if row["member"] is None
            else sources.item(row["path"], bytes(row["member"]), row["id"]))

    def sift(self, keys, seen):
        """(documents to be read, refusals that are new, places that are new,
        how many documents were known). Of documents with the same bytes the
        first is read; `seen` are those that this group has met."""
        table = self.output.table
        hashed = [key for key in keys if key.sha256 is not None]
        known_places = self.known(table("found", self.reader), "sha256", "path", [key.sha256 for key in hashed])
        known_hashes = {sha256 for sha256, _ in known_places} | seen
        lost = [key for key in keys if key.sha256 is None]
        known_lost = self.known(table("refused", self.reader).where("sha256 is null"), "path", "path",
                                [key.path for key in lost])
        firsts = {}
        for key in sorted(hashed, key=lambda one: (one.path, one.sha256)):
            firsts.setdefault(key.sha256, key)
        fresh = [key for key in firsts.values() if key.sha256 not in known_hashes]
        places = {(key.sha256, key.path): key for key in hashed}
        found = [key for place, key in places.items() if place not in known_places]
        refused = [key for key in fresh if key.reason is not None]
        refused += [key for key in lost if (key.path, key.path) not in known_lost]
        new = [key for key in fresh if key.reason is None]
        return new, refused, found, len(firsts) - len(fresh)

    def known(self, rows, column, other, values):
        """Of `values` those that OUTPUT has, with the other column; a scan of
        what is committed against a small table that every machine holds."""
        from pyspark.sql import functions as sql
        if not values or self.output.last == 0:
            return set()
        wanted = self.spark.createDataFrame([(value,) for value in set(values)], f"{column} string")
        found = rows.join(sql.broadcast(wanted), column, "left_semi").select(column, other)
        return {(one[0], one[1]) for one in found.collect()}

    def read_round(self, items, new, first, place):
        """Reads these documents into shards from number `first` on; the number
        behind the last. What the tasks give back is written to the place."""
        numbers, shards = deal(new, self.cores)
        options, reader, most, spark = self.job.options, self.reader, self.job.most, self.spark
        chosen = spark.sparkContext.broadcast(numbers)
        dealt = items.map(lambda one: (chosen.value.get((one.path, one.sha256)), one)).filter(
            lambda pair: pair[0] is not None)
        rows = dealt.partitionBy(max(1, shards), lambda number: number).mapPartitionsWithIndex(
            lambda number, pairs: read_shard(options, most, reader, first + number, (one for _, one in pairs)))
        spark.createDataFrame(rows, passed_on_schema(), verifySchema=False).write.mode("overwrite").parquet(place)
        chosen.unpersist()
        return first + shards

    def write(self, places, new, refused, found):
        """All tables of the group; what the marker says of it."""
        passed_on = self.spark.read.schema(passed_on_schema()).parquet(*places).where(
            "member is null and sha256 is not null")
        made = self.shards(passed_on)
        if sum(one.documents + one.refused for one in made) != len(new):
            raise Machine("INPUT changed while it was read: begin again")
        self.write_tables(passed_on, made, refused, found)
        # What is left in staging are tables.
        self.output.unstage("passed-on")
        about = {"reader": self.reader, "documents": sum(one.documents for one in made),
                 "refused": sum(one.refused for one in made) + len(refused), "bytes": sum(one.bytes for one in made)}
        self.output.commit(about)
        return about

    def shards(self, passed_on):
        columns = ("shard_number", "sha256", "text_sha256", "reading_sha256", "bytes")
        by_number = passed_on.select(*columns).rdd.map(lambda row: (row[0], tuple(row[1:]))).groupByKey()
        return sorted(by_number.map(lambda pair: _shard_of(pair[0], list(pair[1]))).collect())

    def write_tables(self, passed_on, shards, refused, found):
        from pyspark.sql import functions as sql
        spark, reader = self.spark, sql.lit(self.reader).alias("reader")
        roots = sql.broadcast(spark.createDataFrame([(one.number, one.root) for one in shards],
                                                    "shard_number int, shard string"))
        parts = max(1, self.output.staged_bytes("passed-on") // PART_BYTES)
        passed_on = passed_on.withColumn("reader", sql.lit(self.reader))
        well = passed_on.where("reason is null")

        def columns(table):
            return [name for name, _, _ in TABLES[table][1]]

        frames = {
            "documents": well.join(roots, "shard_number", "left").select(*columns("documents")),
            "texts": well.select(*columns("texts")),
            "readings": well.select(*columns("readings")),
            **{name: well.select(KEY[0][0], "reader", sql.explode(name).alias("one")).select(
                KEY[0][0], "reader", "one.*") for name in FINDINGS},
        }
        badly = passed_on.where("reason is not null").join(roots, "shard_number", "left").select(*columns("refused"))
        early = [(key.sha256, key.id, key.path, key.size, key.reason) for key in refused]
        frames["refused"] = badly.unionByName(spark.createDataFrame(
            early, "sha256 string, id string, path string, bytes bigint, reason string").withColumn(
                "shard", sql.lit(None).cast("string")).select("*", reader))
        frames["found"] = spark.createDataFrame(
            [(key.sha256, key.path, key.id, key.date or None, key.url or None, key.captured or None) for key in found],
            "sha256 string, path string, id string, date string, url string, captured string").select(
                "sha256", reader, "path", "id", "date", "url", "captured")
        frames["shards"] = spark.createDataFrame(
            [(one.root, self.reader, one.documents, one.refused, one.bytes) for one in shards],
            "shard string, reader string, documents int, refused int, bytes bigint")
        for name, frame in frames.items():
            frame.coalesce(parts).write.mode("overwrite").parquet(self.output.staging(name))


def _shard_of(number, rows):
    lines = [leaf_line(sha256, text, reading) for sha256, text, reading, _ in rows]
    well = sum(text is not None for _, text, _, _ in rows)
    return Shard(number, root(lines), well, len(rows) - well, sum(size for _, _, _, size in rows))


def _item_of_row(piece_path, row, most):
    path = f"{piece_path}#{row['row']}"
    content, id = row["content"], row.get("id") or ""
    is_text = isinstance(content, str)
    try:
        if content is None:
            raise ValueError("it is empty")
        content = content.encode("utf-8") if is_text else bytes(content)
        date = sources.day_of(row.get("date") or "")
        if "\0" in id:
            raise ValueError('"id" has a character that is none')
    except ValueError as why:
        return sources.refused(path, f"cannot be read: {why}", id=id)
    if len(content) > most:
        return sources.refused(path, sources.too_long(len(content), most), len(content), id)
    return sources.item(path, content, id or None, date, row.get("url") or "", media="text" if is_text else "")
