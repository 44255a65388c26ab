"""Documents for tests and measurements: the examples, varied by program."""
import json
import pathlib
import random
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = ["Amina Wekesa", "Brian Otieno", "Chebet Rono", "Dalia Hassan", "Ezra Mutiso", "Fatuma Ali", "Grace Njoki"]
TOWNS = ["Nakuru", "Kisumu", "Mombasa", "Eldoret", "Garissa", "Kitale", "Lodwar"]
DAYS = ["Monday", "Tuesday", "14 May 2019", "yesterday", "last week", "12 March", "the night of 3 June 2021"]
BODIES = ["the police", "the National Constabulary", "the Water Ministry", "the county government", "the army"]
ODD = ["\u201cWe saw four bodies,\u201d said {name}, who lives in {town}.", "caf\u00e9 \u2013 \u6f22\u5b57 \U0001f4a7 {name}",
       "{body} denied on {day} that anybody was shot in {town}.", "", "\t- {name}: \"No.\"\r\n",
       "At least {number} people were arrested in {town} on {day}, {name} told reporters.",
       "According to {body}, {number} officers were hurt.", "Watu {number} walikamatwa {town}."]


def sentences():
    texts = [path.read_text() for path in sorted((ROOT / "examples").glob("*.txt"))]
    return [one for text in texts for one in re.split(r"(?<=[.!?])\s+", text) if one]


def varied(count, longest=12, seed=1):
    """So many texts, no two the same."""
    rng = random.Random(seed)
    known = sentences()
    for number in range(count):
        parts = [rng.choice(known) if rng.random() < 0.6 else rng.choice(ODD).format(
            name=rng.choice(NAMES), town=rng.choice(TOWNS), day=rng.choice(DAYS), body=rng.choice(BODIES),
            number=rng.randrange(1, 400)) for _ in range(rng.randrange(1, longest + 1))]
        breaks = [rng.choice([" ", " ", "\n", "\n\n"]) for _ in parts]
        yield f"Report {number}. " + "".join(a + b for a, b in zip(parts, breaks))


def lines(texts, seed=2):
    """As `madai read --lines` takes them; some with a date."""
    rng = random.Random(seed)
    for number, text in enumerate(texts):
        about = {"id": f"document {number:06}"}
        if rng.random() < 0.5:
            about["date"] = f"20{rng.randrange(10, 24)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        yield json.dumps({"document": about, "text": text}, ensure_ascii=rng.random() < 0.5) + "\n"
