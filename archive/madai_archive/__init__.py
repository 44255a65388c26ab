"""madai's reading of documents over a whole archive, on Apache Spark.

Spark does what is Spark's: it lists, moves, retries, joins and writes. What is
ours is in three places: how documents are taken out of files (sources.py), the
reading itself, which is libmadai's in a process of its own (reader.py), and
what the tables hold (tables.py). docs/archive.md walks through all of it.

What always holds:
  1. The reading of a document is, byte for byte, what `madai read --json`
     prints for it.
  2. OUTPUT holds each (SHA-256 of the document, reader) at most once, however
     often a run was killed and begun again.
  3. No document fails a job: what cannot be read is a row of `refused`.
"""
