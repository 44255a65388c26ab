"""A Spark session, and the file system that Spark is given."""
import logging
import os
import re
import shutil
import sys

# What Spark has to say goes to stderr, where it is a fault.
LOGGING = os.path.join(os.path.dirname(os.path.abspath(__file__)), "log4j2.properties")


class Usage(Exception):
    """The command was wrong."""


class Machine(Exception):
    """The machine, or what is installed on it."""


def session(master, conf=()):
    """A session on `master`, or on what spark-submit says. On this machine
    alone nothing listens beyond it."""
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    if not shutil.which(java):
        raise Machine("there is no Java here, and Spark needs version 17 or later "
                      "(Debian: apt-get install openjdk-17-jre-headless)")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    from pyspark.sql import SparkSession
    logging.getLogger("py4j").setLevel(logging.ERROR)
    settings = {
        "spark.app.name": "madai-archive", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        # A machine that is lost fails the tasks on it; a document never does.
        "spark.task.maxFailures": "16",
        "spark.sql.parquet.compression.codec": "zstd", "spark.sql.session.timeZone": "UTC",
        "spark.hadoop.parquet.enable.summary-metadata": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{LOGGING}",
    }
    if master:
        # On one machine Spark would try a task once; its own workers may be
        # short of memory too.
        settings["spark.master"] = re.sub(r"^local(?:\[([^],]+)\])?$", lambda found: f"local[{found[1] or 1},4]", master)
    if (master or "").startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings.update({"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"})
    for word in conf:
        key, found, value = word.partition("=")
        if not found:
            raise Usage(f"--conf takes KEY=VALUE, not '{word}'")
        # Our settings of the JVM stay beside those that are given.
        settings[key] = f"{settings[key]} {value}" if key.endswith("JavaOptions") and key in settings else value
    builder = SparkSession.builder
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def literal(place):
    """A path that Spark takes as it is, whatever signs of a pattern are in it."""
    return re.sub(r"([][{}*?\\])", r"\\\1", place)


class FileSystem:
    """Of one place, on the driver, by Hadoop's own classes: local disk, HDFS,
    S3 … whatever Spark is set up for."""

    def __init__(self, spark, place):
        self._jvm = spark._jvm
        self._path = self._jvm.org.apache.hadoop.fs.Path
        self.fs = self._path(place).getFileSystem(spark._jsc.hadoopConfiguration())
        self.top = self.fs.makeQualified(self._path(place)).toString()

    @property
    def is_local(self):
        return self.fs.getUri().getScheme() == "file"

    def local(self):
        """The top as a path of this machine."""
        return self._path(self.top).toUri().getPath()

    def at(self, *names):
        return self._path("/".join((self.top, *names)))

    def exists(self, *names):
        return self.fs.exists(self.at(*names))

    def names(self, *names):
        if not self.exists(*names):
            return []
        return sorted(one.getPath().getName() for one in self.fs.listStatus(self.at(*names)))

    def delete(self, *names):
        self.fs.delete(self.at(*names), True)

    def make_folder(self, *names):
        self.fs.mkdirs(self.at(*names))

    def rename(self, old, new):
        if not self.fs.rename(self.at(*old), self.at(*new)):
            raise Machine(f"{self.at(*old)} cannot be renamed to {self.at(*new)}")

    def write(self, text, *names):
        out = self.fs.create(self.at(*names), True)
        out.write(bytearray(text.encode("utf-8")))
        out.close()

    def read(self, *names):
        stream = self.fs.open(self.at(*names))
        try:
            return self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()

    def walk(self):
        """All files below: (place, path below the top, size); as
        sources.walk."""
        found = self.fs.listFiles(self._path(self.top), True)
        while found.hasNext():
            one = found.next()
            place = one.getPath().toString()
            below = place[len(self.top):].lstrip("/") or one.getPath().getName()
            if not any(part.startswith(".") for part in below.split("/")):
                yield place, below, one.getLen()
