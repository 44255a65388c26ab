"""Finds the words that an annotation names in the text of its document.

A passage is written as it stands in the text and must stand exactly once
where it is looked for; nothing is counted by hand:

    the words               once in the current paragraph
    §5 the words            once in paragraph 5; §0 in the whole text
    here [the words] there  only what is in brackets; the rest says which
    first words … last      from the first words to the next "last"
    the words #2            where they stand for the second time

Passages are cut by code points here; a reading counts bytes.
"""
import re


class Wrong(Exception):
    """An annotation that the text does not bear out."""


class Text:
    """A document's text with its paragraphs, which blank lines part."""

    def __init__(self, text):
        self.text = text
        self.paragraphs = [m.span() for m in
                           re.finditer(r"[^\n](?:.|\n(?!\n))*", text)]
        self.bytes_before = [0]
        for letter in text:
            self.bytes_before.append(self.bytes_before[-1]
                                     + len(letter.encode()))

    def in_bytes(self, begin, end):
        return [self.bytes_before[begin], self.bytes_before[end]]

    def paragraph(self, number):
        if number == 0:
            return 0, len(self.text)
        if not 1 <= number <= len(self.paragraphs):
            raise Wrong(f"no paragraph {number}")
        return self.paragraphs[number - 1]

    def line(self, paragraph, number):
        """The NUMBERth line (from 1) of a paragraph."""
        begin, end = self.paragraph(paragraph)
        lines = self.text[begin:end].split("\n")
        if not 1 <= number <= len(lines):
            raise Wrong(f"no line {number} in paragraph {paragraph}")
        begin += sum(len(line) + 1 for line in lines[:number - 1])
        return begin, begin + len(lines[number - 1])

    def cuts_word(self, at):
        return (0 < at < len(self.text) and self.text[at - 1].isalnum()
                and self.text[at].isalnum())

    def places_of(self, words, low, high):
        """Where WORDS begin as whole words."""
        found = []
        at = self.text.find(words, low, high)
        while at >= 0:
            if not self.cuts_word(at) and not self.cuts_word(at + len(words)):
                found.append(at)
            at = self.text.find(words, at + 1, high)
        return found

    def once(self, words, low, high, nth=None):
        found = self.places_of(words, low, high)
        if nth is not None:
            if nth > len(found):
                raise Wrong(f"stands {len(found)} times: {words!r}")
            return found[nth - 1]
        if len(found) != 1:
            how = f"stands {len(found)} times" if found else "absent"
            raise Wrong(f"{how}: {words!r}")
        return found[0]

    def find(self, passage, paragraph):
        """The span of one passage, in code points."""
        given = re.match(r"§(\d+) ?", passage)
        if given:
            paragraph, passage = int(given[1]), passage[given.end():]
        low, high = self.paragraph(paragraph)
        if not passage:
            return low, high
        counted = re.search(r" #(\d+)$", passage)
        nth = int(counted[1]) if counted else None
        words = passage[:counted.start()] if counted else passage
        marked = re.fullmatch(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)", words)
        if marked and not (marked[1] == marked[3] == ""):
            before, inside, after = marked.groups()
            begin = self.once(before + inside + after, low, high, nth)
            return begin + len(before), begin + len(before + inside)
        first, _, last = words.partition(" … ")
        begin = self.once(first, low, high, nth)
        if not last:
            return begin, begin + len(first)
        ends = self.places_of(last, begin + len(first), high)
        if not ends:
            raise Wrong(f"no end: {passage!r}")
        return begin, ends[0] + len(last)
