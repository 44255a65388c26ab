"""Saved web pages: invented articles in the layouts of real sites.

    pages.py FOLDER        writes them all there, to look at

A layout (pages/layouts/) is a page as a content system makes it, with slots in
double braces, and at its head how it draws each kind of block. What articles
say is in pages/articles.txt, what stands beside them in pages/side.txt.
"""
import html
import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "pages"
KINDS = {"##": "h", ">": "quote", "-": "item", "|": "row", "@": "post"}


def lines_of(name):
    return [line for line in (FOLDER / name).read_text().splitlines() if not line.startswith("# ")]


def articles():
    for whole in "\n".join(lines_of("articles.txt")).split("\n= ")[1:]:
        head, *blocks = re.split(r"\n\s*\n", whole.strip())
        headline, *rest = head.splitlines()
        article = {"headline": headline} | dict(line.split(": ", 1) for line in rest)
        article["day"] = "%s/%s/%s" % tuple(reversed(article["date"][:10].split("-")))
        article["iso"] = article.pop("date")
        article["blocks"] = [[piece_of(line) for line in block.splitlines()] for block in blocks]
        yield article


def piece_of(line):
    mark, _, rest = line.partition(" ")
    return (KINDS[mark], rest) if mark in KINDS else ("p", line)


def bare(words):
    return re.sub(r"[\[\]*|]", " ", words)


class Side:
    """Words from beside: by name and number, or the first."""

    def __init__(self):
        self.words = {}
        for line in filter(None, lines_of("side.txt")):
            name, _, words = line.partition(": ")
            self.words.setdefault(name, []).append(words)

    def get(self, name, number):
        return self.words[name][(number - 1) % len(self.words[name])]


class Layout:
    def __init__(self, path):
        about, self.page = re.fullmatch(r"<!--layout\n(.*?)\n-->\n(.*)", path.read_text(), re.S).groups()
        self.name = path.stem
        self.draws = dict(re.split(r": ?", line, maxsplit=1) for line in re.split(r"\n(?=[a-z]+(?: \d+)?: )", about))
        self.is_plain = "plain" in self.draws

    def inline(self, words):
        if self.is_plain:
            return bare(words) if "[" in words else words
        words = re.sub(r"\[(.*?)\]", r'<a href="/link">\1</a>', html.escape(words, quote=False))
        return re.sub(r"\*(.*?)\*", r"<strong>\1</strong>", words)

    def put(self, kind, words):
        return self.draws[kind].replace("{}", words)

    def block(self, block):
        """Of lines of one kind."""
        kind, first = block[0]
        if kind == "post":
            handle, name, day, words = first.split(" | ")
            return self.draws["post"].replace("{words}", self.inline(words)).replace("{name}", name).replace(
                "{handle}", handle).replace("{day}", day)
        if kind == "item":
            return self.put("list", "".join(self.put("item", self.inline(words)) for _, words in block))
        if kind == "row":
            rows = ["".join(self.put("cell", self.inline(cell.strip())) for cell in words.split("|")) for _, words in block]
            return self.put("table", "".join(self.put("row", row) for row in rows))
        return self.put(kind, self.inline(" ".join(words for _, words in block)))

    def body(self, article, first=1, last=None):
        drawn = []
        for number, block in enumerate(article["blocks"], 1):
            if first <= number <= (last or number):
                drawn += [self.block(block), self.draws.get(f"after {number}", "")]
        return ("\n\n" if self.is_plain else "\n").join(drawn)

    def gold(self, article):
        first, _, last = self.draws.get("gold", "1-").partition("-")
        return article["blocks"][int(first) - 1:int(last) if last else None]

    def draw(self, article, other, side):
        def slot(match):
            words = match[1].split()
            if words[0] == "other":
                return one(other, words[1:])
            return one(article, words)

        def one(about, words):
            name, *more = words
            if name == "json":
                value = self.body(about) if more == ["body"] else about.get(more[0]) or side.get(more[0], 1)
                return json.dumps(value)
            if name == "body":
                first, _, last = (more or ["1-"])[0].partition("-")
                return self.body(about, int(first), int(last) if last else None)
            if name == "about" and more == ["author"]:
                return html.escape(side.get("author", 1))
            if name in about:
                return html.escape(about[name])
            return html.escape(side.get(name, int(more[0]) if more else 1))

        def filled(text):
            return re.sub(r"\{\{(.*?)\}\}", slot, text)
        return filled(filled(self.page))


def words_of(text):
    return re.findall(r"\w+", text.lower())


def pages():
    """Name, bytes, the article's words, and the words that it may have too:
    headline, who and when, standfirst, caption."""
    told, side = list(articles()), Side()
    for k, path in enumerate(sorted((FOLDER / "layouts").glob("*.html"))):
        layout = Layout(path)
        for j in range(2 - k % 2):
            article, other = told[(k + 3 * j) % len(told)], told[(k + 3 * j + 1) % len(told)]
            gold = " ".join(bare(words) for block in layout.gold(article) for _, words in block)
            beside = " ".join(article[name] for name in ("headline", "author", "day", "summary", "caption")) + " by"
            yield (f"{layout.name}-{j + 1}.html", layout.draw(article, other, side).encode(),
                   words_of(gold), words_of(beside), article)


def score(found, gold, beside):
    """Word F in percent; bags of words, those beside the article free."""
    import collections
    found, gold, free = (collections.Counter(words) for words in (found, gold, beside))
    hits = sum((found & gold).values())
    spare = sum(((found - gold) & free).values())
    wrong = sum(found.values()) - hits - spare
    return 200 * hits / (2 * hits + wrong + sum(gold.values()) - hits) if hits else 0.0


if __name__ == "__main__":
    for name, page, *_ in pages():
        pathlib.Path(sys.argv[1], name).write_bytes(page)
