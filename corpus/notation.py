"""Reads an annotation file: one entry a line, its fields parted by " | ".

The first word of a line says what it is; "§4" alone makes paragraph 4 the one
in which the passages of the next lines stand. A line that begins with "#" is a
remark; one that begins with two spaces goes on with the line before.
corpus/README.md has every kind of entry with its fields.
"""
import re

from passages import Wrong

KINDS = {"card", "document", "answers", "part", "actor", "name", "place",
         "time", "claim", "act", "figure", "intervention", "cite"}


class Entry:
    """One line: its kind, the words up to the first bar, the fields."""

    def __init__(self, line, paragraph, kind, head, fields):
        self.line, self.paragraph = line, paragraph
        self.kind, self.head, self.fields = kind, head, fields

    def options(self, known):
        """The fields that begin with a word of KNOWN, by that word; a field
        that is that word alone is True."""
        found = {}
        for field in self.fields:
            word, _, rest = field.partition(" ")
            if word not in known:
                raise Wrong(f"unknown field: {field!r}")
            if word in found:
                raise Wrong(f"field given twice: {word}")
            found[word] = rest.strip() or True
        return found


def joined(lines):
    """(number, line) with the continued lines put together."""
    out = []
    for number, line in enumerate(lines, 1):
        if line.startswith("  ") and out:
            out[-1][1] += " " + line.strip()
        else:
            out.append([number, line.rstrip()])
    return out


def entries(source):
    paragraph, out = 0, []
    for number, line in joined(source.split("\n")):
        if not line or line.startswith("#"):
            continue
        if re.fullmatch(r"§\d+", line):
            paragraph = int(line[1:])
            continue
        head, *fields = re.split(r" \| ", line)
        kind, _, rest = head.partition(" ")
        if kind not in KINDS:
            raise Wrong(f"line {number}: no such kind of entry: {kind!r}")
        out.append(Entry(number, paragraph, kind, rest.strip(),
                         [field.strip() for field in fields]))
    return out


def pieces(passages):
    """A span in several pieces is written with " ++ " between them."""
    return passages.split(" ++ ")


def listed(strings):
    return [s.strip() for s in strings.split(";") if s.strip()]
