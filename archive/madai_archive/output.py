"""OUTPUT: tables of Parquet that grow by groups, each whole or not there.

    OUTPUT/claims/group=7/part-….parquet    the rows of group 7, and so on
    OUTPUT/_groups/7.json                   group 7 is whole
    OUTPUT/_staging/                        what is being made

A group is made below _staging, its tables are renamed into place, and then its
marker is written. Numbers follow each other, so what is whole is what has a
number up to that of the last marker; the rest is what a killed driver left,
and goes when the next run begins. One run at a time writes: on a local disk a
lock sees to that.
"""
import contextlib
import fcntl
import json
import os
import uuid

from .engine import FileSystem, Machine, Usage
from .tables import TABLES, schema_of

MARKERS, STAGING, FORMAT = "_groups", "_staging", "madai archive/1"


class Output:
    def __init__(self, spark, place):
        self.spark = spark
        self.files = FileSystem(spark, place)
        names = self.files.names()
        if names and MARKERS not in names and set(names) - {"_lock"}:
            raise Usage(f"{place} holds something else: name a new folder, or one made by madai-archive")
        # Tasks of a driver that was killed may live on for a while: theirs is
        # another folder.
        self._staging = (STAGING, uuid.uuid4().hex)
        numbers = [int(name[:-5]) for name in self.files.names(MARKERS) if name.endswith(".json")]
        self.last = max(numbers, default=0)

    @contextlib.contextmanager
    def locked(self):
        """For whoever writes; clears what a killed run left."""
        self.files.make_folder(MARKERS)
        with contextlib.ExitStack() as stack:
            if self.files.is_local:
                lock = stack.enter_context(open(os.path.join(self.files.local(), "_lock"), "w"))
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise Machine("another run is writing to this OUTPUT") from None
            self._clear()
            yield self

    def _clear(self):
        self.files.delete(STAGING)
        for table in TABLES:
            for name in self.files.names(table):
                if name.startswith("group=") and int(name[6:]) > self.last:
                    self.files.delete(table, name)

    def staging(self, table):
        """Where a table of the next group is to be written."""
        return self.files.at(*self._staging, table).toString()

    def staged_bytes(self, table):
        return self.files.fs.getContentSummary(self.files.at(*self._staging, table)).getLength()

    def unstage(self, table):
        self.files.delete(*self._staging, table)

    def commit(self, about):
        """What lies in staging becomes the next group."""
        number = self.last + 1
        for table in TABLES:
            self.files.make_folder(table)
            self.files.rename((*self._staging, table), (table, f"group={number}"))
        marker = json.dumps({"format": FORMAT, "group": number, **about}, ensure_ascii=False) + "\n"
        self.files.write(marker, *self._staging, "marker")
        self.files.rename((*self._staging, "marker"), (MARKERS, f"{number}.json"))
        self.files.delete(STAGING)
        self.last = number

    def groups(self):
        """What the markers say, the oldest first."""
        return [json.loads(self.files.read(MARKERS, f"{number}.json")) for number in range(1, self.last + 1)]

    def reader(self, wanted=None):
        """Whose readings are meant: those of the last group, or of the one
        reader whose name holds `wanted`."""
        names = list(dict.fromkeys(group["reader"] for group in reversed(self.groups())))
        found = [name for name in names if (wanted or "") in name]
        if not found:
            raise Usage(f"nothing was read here by '{wanted}'" if names else "nothing was read here yet")
        if wanted and len(found) > 1:
            raise Usage(f"several readers are called like '{wanted}': " + "; ".join(found))
        return found[0]

    def table(self, name, reader=None):
        """Rows of whole groups; of one reader, where it is given."""
        from pyspark.sql import functions as sql
        from pyspark.sql.types import IntegerType
        schema = schema_of(TABLES[name][1]).add("group", IntegerType())
        if self.last == 0:
            return self.spark.createDataFrame([], schema)
        rows = self.spark.read.schema(schema).parquet(self.files.at(name).toString())
        rows = rows.where(sql.col("group") <= self.last)
        return rows if reader is None else rows.where(sql.col("reader") == reader)
