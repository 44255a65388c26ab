"""The command line: madai-archive COMMAND …"""
import argparse
import json
import os
import re
import sys

from . import merkle, tables
from .engine import Machine, Usage
from .sources import day_of

ALL_WELL, SOME_REFUSED, WRONG_USAGE, ALTERED, NO_MACHINE = 0, 1, 2, 3, 4
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def size(word):
    """"64m" as bytes."""
    found = re.fullmatch(r"(\d+)([kmg]?)", word.lower())
    if not found or int(found[1]) == 0:
        raise argparse.ArgumentTypeError(f"a number of bytes, or of k, m or g, not '{word}'")
    return int(found[1]) * UNITS[found[2]]


def positive(word):
    if not word.isdigit() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"a number from 1, not '{word}'")
    return int(word)


def confidence(word):
    try:
        value = float(word)
    except ValueError:
        value = -1
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"a number from 0 to 1, not '{word}'")
    return value


def dates(word):
    """"2019-05", "2019-05-13..2019-06", "2019..": both ends, included."""
    first, is_range, last = word.partition("..")
    last = last if is_range else first
    try:
        for end in (first, last):
            if end and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", end):
                raise ValueError
        begin = day_of(first + "-01-01"[len(first) - 4:] if first else "0001-01-01")
        end = day_of(last) if len(last) == 10 else last + "-12-31"[len(last) - 4:] if last else "9999-12-31"
    except ValueError:
        raise argparse.ArgumentTypeError(f"YYYY, YYYY-MM, YYYY-MM-DD, or two of them with .. between, "
                                         f"not '{word}'") from None
    if begin > end:
        raise argparse.ArgumentTypeError(f"the range '{word}' ends before it begins")
    return begin, end


def parser():
    top = argparse.ArgumentParser(
        prog="madai-archive", description="madai's reading of documents over a whole archive, on Apache Spark",
        epilog="Exit codes: 0 all went well, 1 some documents were refused, 2 wrong usage, 3 something was "
               "altered, 4 a limit or the machine. More: docs/archive.md")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    spark = argparse.ArgumentParser(add_help=False)
    spark.add_argument("--master", metavar="URL", help="a Spark master; else what spark-submit says, else local[*]")
    spark.add_argument("--conf", metavar="KEY=VALUE", action="append", default=[], help="a setting of Spark's")

    read = commands.add_parser("read", parents=[spark], help="read an archive into tables",
                               description="Reads all documents below each INPUT (folders, JSON lines, zip, WARC, "
                                           "Parquet) into tables of Parquet below OUTPUT. What OUTPUT has is passed "
                                           "over: stopped at any moment, the same command goes on.")
    read.add_argument("input", nargs="+", metavar="INPUT")
    read.add_argument("output", metavar="OUTPUT")
    read.add_argument("--library", metavar="FILE", help="libmadai.so (MADAI_LIBRARY, or the installed one)")
    read.add_argument("--madai", metavar="PROGRAM", default=os.environ.get("MADAI", "madai"),
                      help="the program that draws texts from files (madai)")
    read.add_argument("--model", metavar="FILE", help="the weight file to use")
    read.add_argument("--gazetteer", metavar="FILE", help="the file of places to use; none for none")
    read.add_argument("--group", type=size, metavar="BYTES", help="commit after so much input (32m a core)")
    read.add_argument("--most", type=size, default=16 << 20, metavar="BYTES",
                      help="refuse documents that are longer (16m)")
    read.add_argument("--memory", type=size, default=1 << 30, metavar="BYTES",
                      help="of one process that reads, beside the model (1g)")
    read.add_argument("--seconds", type=positive, default=30, metavar="N",
                      help="of CPU a document may take, and 1 more for each 4,000 bytes (30)")
    read.add_argument("--quiet", action="store_true", help="say nothing of how far it has come")

    chosen = argparse.ArgumentParser(add_help=False, parents=[spark])
    chosen.add_argument("output", metavar="OUTPUT")
    chosen.add_argument("--reader", metavar="WORDS", help="of several readers the one whose name holds this "
                                                          "(that of the last group)")
    commands.add_parser("origins", parents=[chosen], help="find reprints and copies",
                        description="Finds which texts hold others, whole or in part, and writes the tables "
                                    "_derived/copies and _derived/origins.")

    find = commands.add_parser("find", parents=[chosen], help="find what belongs to a matter",
                               description="Prints the documents in which all that is asked for is found, those "
                                           "with most findings first.")
    find.add_argument("--actor", metavar="WORDS", help="somebody whose name or office holds these words")
    find.add_argument("--act", metavar="CODE", help="something said to have been done: killing, arrest …")
    find.add_argument("--claim", metavar="KIND", help="a kind of saying: deny, accuse, demand …")
    find.add_argument("--place", metavar="WORDS", help="a place of this name, or one in it")
    find.add_argument("--date", type=dates, metavar="RANGE", help="2019, 2019-05, 2019-05-13..2019-06 …")
    find.add_argument("--text", metavar="WORDS", help="all these words, anywhere")
    find.add_argument("--min-confidence", type=confidence, default=0.0, metavar="X", help="findings that are this sure")
    find.add_argument("--together", action="store_true", help="one act must meet all of it")
    find.add_argument("--limit", type=positive, default=20, metavar="N", help="documents to be shown (20)")
    find.add_argument("--json", action="store_true", help="one JSON object a document")
    find.add_argument("--into", metavar="CASE", help="put all that match into a case (madai init makes one)")
    find.add_argument("--madai", metavar="PROGRAM", default=os.environ.get("MADAI", "madai"),
                      help="the program that owns the case (madai)")

    check = commands.add_parser("check", help="check a shard's manifest against its root",
                                description="Works the root of a shard out again from its manifest, as madai show "
                                            "or a bag gives it, and prints it.")
    check.add_argument("manifest", metavar="FILE")
    commands.add_parser("schema", help="print all tables and columns")
    return top


def run_read(spark, words):
    from .output import Output
    from .read import Job, read
    from .reader import Options

    def tell(number, found, total, seconds):
        if not words.quiet and (found.groups or found.known):
            kept = f"group {number}: " if found.groups else "nothing new: "
            print(f"{kept}{found.documents} read, {found.refused} refused, {found.known} known, {seconds:.1f} s; "
                  f"{total.documents} in all", file=sys.stderr, flush=True)

    options = Options(words.library, words.model, words.gazetteer, words.memory, words.seconds, words.madai)
    total = read(spark, words.input, Output(spark, words.output), Job(options, words.most, words.group), tell)
    if not words.quiet:
        print(f"{total.documents} documents read, {total.refused} refused, {total.known} known before",
              file=sys.stderr)
    return SOME_REFUSED if total.refused else ALL_WELL


def run_origins(spark, words):
    from .origins import origins
    from .output import Output
    output = Output(spark, words.output)
    reader = output.reader(words.reader)
    with output.locked():
        pairs, groups, documents = origins(spark, output, reader)
    print(f"{pairs} pairs of copies: {documents} documents go back to {groups} origins")
    return ALL_WELL


def run_find(spark, words):
    from .find import Wanted, find, into
    from .output import Output
    wanted = Wanted(words.actor, words.act, words.claim, words.place, words.date, words.text, words.min_confidence,
                    words.together)
    output = Output(spark, words.output)
    reader = output.reader(words.reader)
    total, shown, matches = find(output, reader, wanted, words.limit, 1000 if words.json else 5)
    for one in shown:
        print(json.dumps(one, ensure_ascii=False) if words.json else told(one))
    if not words.json:
        print(f"{total} documents" + (f", {len(shown)} shown" if len(shown) < total else ""))
    if words.into and total:
        def tell(done):
            print(f"{done} of {total} documents are in the case", file=sys.stderr, flush=True)
        into(output, reader, matches, words.into, words.madai, tell)
    return ALL_WELL


def told(one):
    """A document for people; nothing of it reaches a terminal raw."""
    title = " · ".join(word for word in (one["date"], one["kind"], one["publisher"], one["title"]) if word)
    lines = [f"{one['sha256'][:16]}  {one['path']}", f"    {title}"]
    for hit in one["findings"]:
        sure = f" {hit['confidence']:.0%}" if "confidence" in hit else ""
        quote = re.sub(r"\s+", " ", hit.get("quote", ""))
        lines.append(f"    {hit['what']:<6}{sure:>5}  {quote[:100]}")
    return "\n".join("".join(letter if letter.isprintable() else "?" for letter in line) for line in lines)


def run_check(words):
    try:
        with open(words.manifest, encoding="utf-8") as file:
            root, count = merkle.check(file.read())
    except OSError as why:
        raise Machine(f"{words.manifest}: {why.strerror}") from why
    except ValueError as why:
        print(f"madai-archive: {words.manifest}: {why}", file=sys.stderr)
        return ALTERED
    print(f"{root}  {count} documents")
    return ALL_WELL


def check_usage(words):
    if words.command == "find":
        asked = [words.actor, words.act, words.claim, words.place, words.date, words.text]
        if not any(asked):
            raise Usage("find what? --actor, --act, --claim, --place, --date or --text")
        if words.text is not None and not words.text.split():
            raise Usage("--text takes words")
        if words.together and (words.text or words.claim or not any(asked)):
            raise Usage("--together takes --actor, --act, --place and --date")


def run(words):
    check_usage(words)
    if words.command == "check":
        return run_check(words)
    if words.command == "schema":
        print(tables.markdown(), end="")
        return ALL_WELL
    from .engine import session
    is_submitted = "SPARK_ENV_LOADED" in os.environ or "PYSPARK_GATEWAY_PORT" in os.environ
    spark = session(words.master or (None if is_submitted else "local[*]"), words.conf)
    try:
        return {"read": run_read, "origins": run_origins, "find": run_find}[words.command](spark, words)
    finally:
        spark.stop()


def main(words=None):
    words = parser().parse_args(words)
    try:
        code = run(words)
    except Usage as why:
        print(f"madai-archive: {why}", file=sys.stderr)
        code = WRONG_USAGE
    except (Machine, OSError) as why:
        print(f"madai-archive: {why}", file=sys.stderr)
        code = NO_MACHINE
    except KeyboardInterrupt:
        code = NO_MACHINE
    except Exception as why:  # Spark's; of its many lines the first says it
        if type(why).__module__.partition(".")[0] not in ("pyspark", "py4j"):
            raise
        lines = [line for line in str(why).splitlines() if line.strip()]
        print(f"madai-archive: Spark: {' '.join(lines[:3])[:1000]}", file=sys.stderr)
        code = NO_MACHINE
    sys.exit(code)


if __name__ == "__main__":
    main()
