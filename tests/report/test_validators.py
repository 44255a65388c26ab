#!/usr/bin/env python3
"""Exports held against the programs of those who made the formats; prints TAP.

    test_validators.py MADAI SOURCE-ROOT

The validators come from PyPI into build-tools/validators (tools/test-tools).
Where they are not there (no network when it was tried) each test says so and is
skipped.
"""
import csv
import hashlib
import io
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import tap
from tap import test
from the_program import run, well

ROOT = pathlib.Path(sys.argv[2]).resolve()
PYTHON = ROOT / "build-tools" / "validators" / "bin" / "python"
if not PYTHON.exists():
    print("1..0 # SKIP the validators of PyPI are not there (tools/test-tools)")
    sys.exit(0)
tap.enter()
MATTERS = ["afungi-gas", "alacakaya-chrome"]
TEXTS = {}


def case():
    if not pathlib.Path("case.madai").exists():
        subprocess.run([sys.executable, str(ROOT / "corpus" / "build"), "-o", ".", *MATTERS], check=True,
                       capture_output=True)
        lines = [line for name in ("train.jsonl", "dev.jsonl") if pathlib.Path(name).exists()
                 for line in pathlib.Path(name).read_text().splitlines()]
        pathlib.Path("readings.jsonl").write_text("".join(line + "\n" for line in lines))
        for line in lines:
            data = json.loads(line)["text"].encode()
            TEXTS[hashlib.sha256(data).hexdigest()] = data
        well("init", "case.madai")
        well("add", "case.madai", "--readings", "readings.jsonl")
    return "case.madai"


def exported(name):
    result = run("export", "--format", name, "--include-unreviewed", case())
    assert result.returncode == 0, (name, result.stderr.decode())
    path = pathlib.Path("made." + name)
    path.write_bytes(result.stdout)
    return path


def validate(script, *words):
    """Runs the script where the validators are; what it prints."""
    result = subprocess.run([PYTHON, "-c", script, *map(str, words)], capture_output=True, timeout=300,
                            env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"})
    assert result.returncode == 0, result.stderr.decode()[-3000:]
    return result.stdout.decode()


@test
def entities_are_those_of_follow_the_money():
    told = validate("""
import json, sys
from followthemoney import model
known, pointed = set(), set()
for line in open(sys.argv[1]):
    data = json.loads(line)
    schema = model.get(data["schema"])
    assert schema is not None, data
    assert not schema.abstract, data["schema"]
    names = {name for name in schema.properties}
    assert set(data["properties"]) <= names, (data["schema"], set(data["properties"]) - names)
    schema.validate({"properties": data["properties"]})
    entity = model.get_proxy(data)
    for name, values in data["properties"].items():
        prop = schema.get(name)
        kept = entity.get(name)
        assert len(set(kept)) == len(set(values)), (data["schema"], name, values, kept)
        if prop.type.name == "entity":
            pointed |= set(values)
    assert data["id"] not in known, data["id"]
    known.add(data["id"])
assert pointed <= known, sorted(pointed - known)[:5]
print(len(known))
""", exported("ftm"))
    assert int(told) > 100, told


@test
def points_are_geojson():
    told = validate("""
import sys
from geojson_pydantic import FeatureCollection
read = FeatureCollection.model_validate_json(open(sys.argv[1]).read())
for one in read.features:
    assert one.geometry.type == "Point" and one.properties["quote"]
    lon, lat = one.geometry.coordinates[:2]
    assert -180 <= lon <= 180 and -90 <= lat <= 90
assert len({one.id for one in read.features}) == len(read.features)
print(len(read.features))
""", exported("geojson"))
    assert int(told) > 20, told


@test
def days_are_a_calendar():
    told = validate("""
import sys
from icalendar import Calendar
data = open(sys.argv[1], "rb").read()
assert all(len(line) <= 75 for line in data.split(b"\\r\\n")) and b"\\n" not in data.replace(b"\\r\\n", b"")
read = Calendar.from_ical(data)
events = read.walk("VEVENT")
for one in events:
    assert not one.errors, one.errors
    assert one.decoded("DTSTART") < one.decoded("DTEND") and one["SUMMARY"] and one["DTSTAMP"]
assert not read.errors and read["VERSION"] == "2.0" and read["PRODID"]
assert len({one["UID"] for one in events}) == len(events)
print(len(events))
""", exported("ics"))
    assert int(told) > 10, told


@test
def annotations_are_those_of_the_model():
    path = exported("annotations")
    validate("""
import json, sys
import jsonschema
schema = json.load(open(sys.argv[2]))
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[1])))
""", path, ROOT / "tests" / "report" / "annotation.schema.json")
    items = json.loads(path.read_text())["items"]
    assert len(items) > 300 and len({one["id"] for one in items}) == len(items)
    for one in items:
        text = TEXTS[one["target"]["source"][len("urn:sha256:"):]].decode()
        quote, place = one["target"]["selector"]
        assert text[place["start"]:place["end"]] == quote["exact"], one
        assert text[:place["start"]].endswith(quote["prefix"]) and text[place["end"]:].startswith(quote["suffix"]), one


@test
def a_workbook_opens_and_has_the_tables():
    told = json.loads(validate("""
import json, sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({sheet.title: [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
                  for sheet in book}))
""", exported("xlsx")))
    assert list(told) == ["events", "incidents", "acts", "involvements", "interventions", "figures", "documents"]
    for name, rows in told.items():
        keys = [row[0] for row in rows[1:]]
        assert len(keys) == len(set(keys)) > 0, name
        if name == "documents":
            continue
        table = list(csv.reader(io.StringIO(exported(name).read_bytes().decode("utf-8-sig"), newline=""), strict=True))
        assert table[0] == rows[0] and [row[0] for row in table[1:]] == keys, name
    acts = {row[0] for row in told["acts"][1:]}
    assert {row[1] for row in told["involvements"][1:]} <= acts
    assert {row[1] for row in told["acts"][1:] if row[1]} <= {row[0] for row in told["incidents"][1:]}


if __name__ == "__main__":
    tap.main()
