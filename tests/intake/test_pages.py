#!/usr/bin/env python3
"""Of saved web pages the article is read, and no more; prints TAP.

    test_pages.py MADAI MODEL SOURCE-ROOT
"""
import collections
import json
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import pages
import tap
from tap import test
from the_program import ENVIRONMENT, file, well

ENVIRONMENT["MADAI_MODEL"] = str(pathlib.Path(sys.argv[2]).resolve())
tap.enter()

PAGES = list(pages.pages())
READ = {}


def without_asides(result):
    """What is kept and not read (links, adverts) is none of the article."""
    text = result["text"].encode()
    for piece in reversed(result.get("map", [])):
        if piece["kind"] in ("link", "advert", "comment"):
            text = text[:piece["span"][0]] + text[piece["span"][1]:]
    return result | {"text": text.decode()}


def read():
    """All pages in one call."""
    if not READ:
        for name, page, *_ in PAGES:
            file(name, page)
        for line in well("convert", "--json", *(name for name, *_ in PAGES)).splitlines():
            result = json.loads(line)
            READ[result["document"]["id"]] = without_asides(result)
    return READ


@test
def there_are_thirty_pages_of_ten_layouts_and_more():
    assert len(PAGES) >= 30 and len({name.rsplit("-", 1)[0] for name, *_ in PAGES}) >= 25, len(PAGES)


@test
def the_article_is_read_and_no_more():
    scores = {name: pages.score(pages.words_of(read()[name]["text"]), gold, beside)
              for name, _, gold, beside, _ in PAGES}
    worst = {name: round(score, 1) for name, score in scores.items() if score < 95}
    assert not worst and statistics.mean(scores.values()) >= 98, (statistics.mean(scores.values()), worst)


@test
def its_headline_stands_first():
    wrong = [name for name, *_, article in PAGES if not read()[name]["text"].startswith(article["headline"] + "\n")]
    assert not wrong, wrong


@test
def who_wrote_it_and_when_is_found_where_the_page_says_it_in_a_known_way():
    found = collections.Counter()
    for name, *_, article in PAGES:
        told = {fact["name"]: fact["value"] for fact in reversed(read()[name]["metadata"])}
        found["author"] += told.get("author") == article["author"]
        found["published"] += told.get("published", "")[:10] == article["iso"][:10]
        assert told.get("published", article["iso"])[:10] == article["iso"][:10], (name, told)
    assert found["author"] >= len(PAGES) * 0.55 and found["published"] >= len(PAGES) * 0.75, found


@test
def what_stands_in_the_pages_data_alone_is_read_and_said():
    for name, *_ in PAGES:
        is_told = any("JSON-LD alone" in warning for warning in read()[name].get("warnings", []))
        assert is_told == name.startswith("jsonld"), name


if __name__ == "__main__":
    tap.main()
