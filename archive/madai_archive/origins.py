"""`madai-archive origins`: which texts of an archive are copies of others,
whole or in part, and so go back to one origin.

What a copy is, is said in one place, src/link: two texts of which one holds at
least COPY_LEAST thousandths of the other's shingles. Pairs are looked for
among texts that share shingles; a shingle that more than CROWD texts have is a
formula, and pairs only neighbours. All of that are joins, which Spark does.
"""
from pyspark.sql import Window
from pyspark.sql import functions as sql

from .engine import Machine
from .shingles import SAMPLE_MASK, SHORT_TEXT, shingles

COPY_LEAST = 400
CROWD = 24
NEIGHBOURS = 6
SHARED_LEAST = 2  # one shingle in common is chance
ROUNDS_MOST = 64


def origins(spark, output, reader):
    """Writes OUTPUT/_derived/copies (one, other, of_one, of_other) and
    OUTPUT/_derived/origins (sha256, origin); how many pairs and origins."""
    texts = output.table("texts", reader).select("sha256", "text")
    schema = "sha256 string, shingles array<bigint>, total int"
    samples = spark.createDataFrame(texts.rdd.map(lambda row: (row[0], *shingles(row[1]))), schema).persist()
    copies = measured(samples, candidates(samples))
    place = output.files.at("_derived", "copies").toString()
    copies.write.mode("overwrite").parquet(place)
    samples.unpersist()
    copies = spark.read.parquet(place)
    groups = components(copies, output)
    groups.write.mode("overwrite").parquet(output.files.at("_derived", "origins").toString())
    output.files.delete("_derived", "rounds")
    made = spark.read.parquet(output.files.at("_derived", "origins").toString())
    return copies.count(), made.select("origin").distinct().count(), made.count()


def candidates(samples):
    """Pairs that share two shingles or more, each once."""
    postings = samples.select("sha256", sql.explode("shingles").alias("shingle"))
    order = Window.partitionBy("shingle").orderBy("sha256")
    crowd = postings.groupBy("shingle").agg(sql.count("*").alias("crowd")).where("crowd > 1")
    shared = postings.join(crowd, "shingle")
    # Those that come next in the order, by windows that Spark can spill:
    # a list of all texts with one shingle may be longer than any memory.
    next_ones = sql.array(*(
        sql.when((sql.col("crowd") <= CROWD) | sql.lit(step <= NEIGHBOURS), sql.lead("sha256", step).over(order))
        for step in range(1, CROWD)))
    shared = shared.select(sql.col("sha256").alias("one"), next_ones.alias("next_ones"))
    pairs = shared.select("one", sql.explode("next_ones").alias("other")).where("other is not null")
    return pairs.groupBy("one", "other").agg(sql.count("*").alias("shared")).where(sql.col("shared") >= SHARED_LEAST)


def measured(samples, pairs):
    """What share of each lies in both, over what both keep; those pairs where
    it is enough."""
    one = samples.select(sql.col("sha256").alias("one"), sql.col("shingles").alias("a"), sql.col("total").alias("m"))
    other = samples.select(sql.col("sha256").alias("other"), sql.col("shingles").alias("b"),
                           sql.col("total").alias("n"))
    both = pairs.select("one", "other").join(one, "one").join(other, "other")
    fine = (sql.col("m") < SHORT_TEXT) & (sql.col("n") < SHORT_TEXT)

    def kept(name):
        return sql.when(fine, sql.col(name)).otherwise(
            sql.filter(name, lambda value: value.bitwiseAND(sql.lit(SAMPLE_MASK)) == 0))

    sizes = both.select("one", "other", sql.size(sql.array_intersect(kept("a"), kept("b"))).alias("both"),
                        sql.size(kept("a")).alias("a"), sql.size(kept("b")).alias("b"))

    def share(of):
        whole = sql.floor(sql.col("both") * 1000 / sql.when(sql.col(of) > 0, sql.col(of)))
        return sql.coalesce(whole, sql.lit(0)).cast("int")

    return sizes.select("one", "other", share("a").alias("of_one"), share("b").alias("of_other")).where(
        (sql.col("of_one") >= COPY_LEAST) | (sql.col("of_other") >= COPY_LEAST))


def components(copies, output):
    """(sha256, origin): texts that copies join, by the least of them. Each
    round a text takes the least origin of those beside it, and then that one's
    own; what is joined in a chain of n is found in about log n rounds."""
    edges = copies.select("one", "other").union(copies.select(sql.col("other").alias("one"),
                                                              sql.col("one").alias("other")))
    label = edges.select(sql.col("one").alias("sha256")).distinct().withColumn("origin", sql.col("sha256"))
    for number in range(ROUNDS_MOST):
        beside = edges.join(label, edges["other"] == label["sha256"]).groupBy("one").agg(
            sql.min("origin").alias("least"))
        nearer = label.join(beside, label["sha256"] == beside["one"]).select(
            "sha256", "origin", sql.least("origin", "least").alias("least"))
        own = nearer.select(sql.col("sha256").alias("least"), sql.col("least").alias("further"))
        after = nearer.join(own, "least", "left").select(
            "sha256", "origin", sql.coalesce(sql.least("least", "further"), "least").alias("next"))
        # Written, for a plan that grows by every round would never end.
        place = output.files.at("_derived", "rounds", str(number % 2)).toString()
        after.write.mode("overwrite").parquet(place)
        after = output.spark.read.parquet(place)
        changed = after.where("next <> origin").limit(1).count()
        label = after.select("sha256", sql.col("next").alias("origin"))
        if changed == 0:
            return label
    raise Machine("the texts hang together in a chain longer than any")
