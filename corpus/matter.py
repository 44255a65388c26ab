"""The readings of a matter, or of the whole corpus, made and checked."""
import pathlib
import sys

from passages import Wrong
from resolve import Annotation

HERE = pathlib.Path(__file__).resolve().parent


def table(path):
    rows = [line.split("\t") for line in path.read_text().split("\n")
            if line and not line.startswith("#")]
    return rows


def places(matter):
    """name, kind, latitude, longitude, within (";" between)."""
    out = {}
    for name, kind, lat, lon, within in table(matter / "places.tsv"):
        out[name] = {"kind": kind, "lat": float(lat), "lon": float(lon),
                     "within": [w for w in within.split(";") if w]}
    return out


def annotations(matter, folder=None):
    """The annotations in FOLDER, or those beside the documents."""
    acts = {row[0] for row in table(HERE / "acts.tsv")}
    known = places(matter)
    for source in sorted((folder or matter).glob("*.ann")):
        text = (matter / source.name).with_suffix(".txt")
        yield Annotation(source.stem, text.read_bytes().decode(),
                         source.read_text(), known, acts)


def readings(matter, folder=None):
    """(genre, reading) of each document, by date; prints what is wrong."""
    out, faults = [], 0
    for one in annotations(matter, folder):
        try:
            reading = one.reading()
        except Wrong as fault:
            print(f"{matter.name}/{fault}", file=sys.stderr)
            faults += 1
            continue
        reading["document"]["id"] = f"{matter.name}/{one.name}.txt"
        out.append((one.genre, reading))
    if folder is None:
        left = {p.stem for p in matter.glob("*.txt")} \
            - {p.stem for p in matter.glob("*.ann")}
        for name in sorted(left):
            print(f"{matter.name}/{name}.txt: no annotation", file=sys.stderr)
            faults += 1
    return sorted(out, key=lambda r: (r[1]["document"].get("date", ""),
                                      r[1]["document"]["id"])), faults
