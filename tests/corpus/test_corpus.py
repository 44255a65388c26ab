#!/usr/bin/env python3
"""The checkers of the corpus: what they find, and what they stop on."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "corpus"))
sys.dont_write_bytecode = True

import values  # noqa: E402
from matter import table  # noqa: E402
from passages import Text, Wrong  # noqa: E402
from resolve import Annotation  # noqa: E402

TEXT = """PORTERS OF KADUNA

The union says “four” porters fell. The union says no more.

Café owners saw the porters."""
HEAD = """card Invented. A note. | report
document kind=report date=2004-03-03 from=given
"""
ACTS = {row[0] for row in table(ROOT / "corpus/acts.tsv")}


def reading(entries):
    return Annotation("note", TEXT, HEAD + entries, {}, ACTS).reading()


class Passages(unittest.TestCase):
    def setUp(self):
        self.text = Text(TEXT)

    def words(self, passage, paragraph=2):
        begin, end = self.text.find(passage, paragraph)
        return TEXT[begin:end]

    def test_found(self):
        self.assertEqual(self.words("fell"), "fell")
        self.assertEqual(self.words("§3 Café"), "Café")
        self.assertEqual(self.words("union [says] no"), "says")
        self.assertEqual(self.words("says #2"), "says")
        self.assertEqual(self.words("four … fell"), "four” porters fell")
        self.assertEqual(self.words("§1"), "PORTERS OF KADUNA")

    def test_refused(self):
        for passage, why in (("says", "2 times"), ("absent", "absent"),
                             ("por", "absent"), ("four … gone", "no end"),
                             ("says #3", "2 times"), ("§9 x", "no paragraph")):
            with self.assertRaisesRegex(Wrong, why, msg=passage):
                self.words(passage)

    def test_bytes(self):
        begin, end = self.text.find("§3 owners", 0)
        span = self.text.in_bytes(begin, end)
        self.assertEqual(TEXT.encode()[slice(*span)].decode(), "owners")


class Readings(unittest.TestCase):
    def test_nested(self):
        found = reading("""actor a1 | Union | organisation other | names PORTERS OF KADUNA
§2
claim c1 indirect assert | source The union #1 | cue says #1 | says “four” … fell
claim c2 indirect assert | source four | cue porters | says fell
""")
        self.assertEqual([c.get("parent") for c in found["claims"]],
                         [None, "c1"])
        self.assertEqual(found["names"][0]["span"], [0, 17])

    def test_refused(self):
        for entries, why in (
                ("claim c1 loud assert | says §2 fell", "no such mode"),
                ("claim c1 direct assert", "without what it says"),
                ("claim c1 direct assert a9 | says §2 fell", "no such id"),
                ("act i1 flying | §2 fell", "no such act"),
                ("figure f1 | §2 four | porters | - | 9..4", "wrong way"),
                ("actor a1 | X | person police", "never mentioned"),
                ("name other | Lagos", "no such name"),
                ("nonsense", "no such kind"),
                ("time §2 four | soon", "no TIMEX3 value")):
            with self.assertRaisesRegex(Wrong, why, msg=entries):
                reading(entries)


class Values(unittest.TestCase):
    def test_ranges(self):
        for value, first, last in (
                ("2004", "2004-01-01", "2004-12-31"),
                ("2004-02", "2004-02-01", "2004-02-29"),
                ("2004-W10", "2004-03-01", "2004-03-07"),
                ("2004-WI", "2004-12-01", "2005-02-28"),
                ("2004-03-01TMO", "2004-03-01", "2004-03-01"),
                ("P3D", None, None)):
            self.assertEqual(values.time_range(value), (first, last))

    def test_bounds(self):
        self.assertEqual(values.figure_bounds("~40"), (40, 40, True))
        self.assertEqual(values.figure_bounds("4.."), (4, None, False))
        self.assertEqual(values.figure_bounds("..9"), (None, 9, False))


if __name__ == "__main__":
    unittest.main()
