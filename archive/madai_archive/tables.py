"""The tables of OUTPUT: their columns, and the rows that a reading makes.

Every table but `shards` begins with the key (sha256, reader). Places are bytes
of the text, as in the reading; words are those of the text. What a column of a
finding means is told in docs/reading.md; `readings` has the reading itself.
"""
import codecs
import json

from .sources import sha256_of

KEY = (("sha256", "string", "SHA-256 of the document, as `sha256sum` prints it"),
       ("reader", "string", "who read it: version, model, gazetteer"))
PLACE = (("begin", "bigint", "where it begins"), ("end", "bigint", "and ends"))
SURE = (("confidence", "double", "calibrated, 0 to 1"),)

# Lists of a reading, each a table: columns in the order of the rows below.
FINDINGS = {
    "names": (("quote", "string", "the words"), *PLACE,
              ("type", "string", "person, organisation, place, other"), ("actor", "string", "whose name it is")),
    "actors": (("id", "string", "within the document"), ("name", "string", "its fullest name"),
               ("type", "string", "person, organisation, group"), ("class", "string", "police, party, media …"),
               ("roles", "array<string>", "titles, with what they are of"),
               ("mentions", "int", "how often it is spoken of"), ("begin", "bigint", "its first mention"),
               ("end", "bigint", "and its end"), *SURE),
    "claims": (("id", "string", "within the document"), ("parent", "string", "the claim it is told in"),
               ("mode", "string", "direct, mixed, indirect"), ("act", "string", "assert, deny, accuse …"),
               ("speaker", "string", "actor who is meant"), ("speaker_name", "string", "that actor's name"),
               ("source", "string", "the words for who says it"), ("cue", "string", "the words for the saying"),
               ("content", "string", "what is said"), ("addressee", "string", "the words for to whom"),
               ("medium", "string", "the words for where"), *PLACE,
               ("polarity", "string", "asserted, denied"), *SURE),
    "acts": (("id", "string", "within the document"), ("act", "string", "killing, arrest …"),
             ("trigger", "string", "the words that tell it"), *PLACE,
             ("modality", "string", "actual, attempted, planned …"), ("polarity", "string", "asserted, denied"),
             ("perpetrators", "array<string>", "names, or the words where nobody is named"),
             ("victims", "array<string>", "the same"), ("targets", "array<string>", "the same"),
             ("weapons", "array<string>", "the words"), ("first", "string", "the earliest day or minute"),
             ("last", "string", "and the latest"), ("places", "array<string>", "names, and what these lie in"),
             ("claims", "array<string>", "the innermost claims that tell it"),
             ("same_as", "string", "the first act that tells of the same"), *SURE),
    "figures": (("id", "string", "within the document"), ("quote", "string", "the words"), *PLACE,
                ("of", "string", "what is counted"), ("harm", "string", "killed, injured, arrested …"),
                ("min", "double", "at least"), ("max", "double", "at most"),
                ("approximate", "boolean", "about so many"), ("act", "string", "of which act"),
                ("claims", "array<string>", "the innermost claims that say it"), *SURE),
    "times": (("id", "string", "within the document"), ("quote", "string", "the words"), *PLACE,
              ("type", "string", "DATE, TIME, DURATION, SET"), ("value", "string", "as TIMEX3 has it"),
              ("first", "string", "the earliest day or minute"), ("last", "string", "and the latest"),
              ("why", "string", "how it was resolved"), *SURE),
    "places": (("id", "string", "within the document"), ("quote", "string", "the words"), *PLACE,
               ("name", "string", "the gazetteer's, or the words"), ("kind", "string", "city, school …"),
               ("lat", "double", "degrees"), ("lon", "double", "degrees"),
               ("gazetteer", "string", "whose number it has, and which"),
               ("within", "array<string>", "what it lies in, nearest first"),
               ("why", "string", "why that one is meant"), *SURE),
    "interventions": (("id", "string", "within the document"), ("kind", "string", "complaint, letter, petition …"),
                      ("quote", "string", "the words"), *PLACE, ("by", "array<string>", "names, or the words"),
                      ("to", "array<string>", "the same"), ("about", "array<string>", "acts"),
                      ("first", "string", "the earliest day"), ("last", "string", "and the latest"),
                      ("status", "string", "what came of it"), *SURE),
    "citations": (("quote", "string", "the words"), *PLACE, ("instrument", "string", "treaty, constitution, act"),
                  ("provision", "string", "in its own numbering"), *SURE),
}

DOCUMENT = (("id", "string", "what the reading calls it"), ("path", "string", "where it was found first"),
            ("url", "string", "from where, if its file says so"), ("bytes", "bigint", "its length"),
            ("format", "string", "what it was: text, html, pdf, docx …"), ("text_sha256", "string", "of the text that was read"), ("text_bytes", "bigint", "its length"),
            ("reading_sha256", "string", "of the reading"), ("language", "string", "en, or not known"),
            ("date", "string", "published or signed"),
            ("date_from", "string", "dateline, metadata, given, none"), ("publisher", "string", "who printed it"),
            ("title", "string", "its headline"), ("kind", "string", "report, statement, letter …"),
            ("issuer", "string", "who speaks in it"), ("addressee", "array<string>", "to whom"),
            ("sentences", "int", "how many"))
SHARD = ("shard", "string", "root of the shard it was read in, RFC 6962")

# All of OUTPUT: what a row is, and its columns.
TABLES = {
    "documents": ("a document that was read", (*KEY, *DOCUMENT, SHARD)),
    "texts": ("its text", (*KEY, ("text", "string", "a byte that is no UTF-8 is U+001A, so that places hold"))),
    "readings": ("its reading", (*KEY, ("reading", "string", "what `madai read --json` prints, byte for byte"))),
    **{name: (what, (*KEY, *FINDINGS[name])) for name, what in (
        ("claims", "who says what"), ("acts", "what is said to have been done"), ("figures", "how many"),
        ("times", "when"), ("places", "where"), ("actors", "who, once each"), ("names", "where somebody is named"),
        ("interventions", "what was done to get an answer"), ("citations", "provisions of law"))},
    "refused": ("a document that could not be read", (
        KEY[0], KEY[1], ("id", "string", "what its reading would call it"), ("path", "string", "where it was found"),
        ("bytes", "bigint", "its length"), ("reason", "string", "why"), SHARD)),
    "found": ("a place where a document was found", (
        *KEY, ("path", "string", "below INPUT; behind # what lies in a file of many"),
        ("id", "string", "what it is called there"), ("date", "string", "as given there"),
        ("url", "string", "as given there"), ("captured", "string", "when a crawler took it"))),
    "shards": ("documents that were read in one go", (
        ("shard", "string", "root over its lines, RFC 6962"), KEY[1], ("documents", "int", "how many were read"),
        ("refused", "int", "how many were not"), ("bytes", "bigint", "of all"))),
}
PASSED_ON = ("shard_number", "sha256", "reason", "member", *(name for name, _, _ in DOCUMENT), "text", "reading",
             *FINDINGS)


def markdown():
    """The schema as docs/archive.md has it."""
    lines = []
    for table, (what, columns) in TABLES.items():
        lines += ["", f"**{table}**: {what}", "", "| column | type | |", "|---|---|---|"]
        lines += [f"| `{name}` | {kind} | {words} |" for name, kind, words in columns]
    return "\n".join(lines[1:]) + "\n"


def schema_of(columns):
    from pyspark.sql import types
    known = {"string": types.StringType(), "bigint": types.LongType(), "int": types.IntegerType(),
             "double": types.DoubleType(), "boolean": types.BooleanType(), "binary": types.BinaryType(),
             "array<string>": types.ArrayType(types.StringType())}
    return types.StructType([types.StructField(name, known[kind], True, {"comment": words})
                             for name, kind, words in columns])


def passed_on_schema():
    """What a reading task gives back, a row a document, of which Spark makes
    the tables; and one with the bytes (`member`) of each file that lies in
    it."""
    from pyspark.sql import types
    schema = schema_of((("shard_number", "int", ""), KEY[0], ("reason", "string", ""), ("member", "binary", ""),
                        *DOCUMENT, ("text", "string", ""), ("reading", "string", "")))
    for name, columns in FINDINGS.items():
        schema.add(name, types.ArrayType(schema_of(columns)))
    return schema


def _invalid(error):
    return "\x1a" * (error.end - error.start), error.end


codecs.register_error("madai", _invalid)


def clean_text(content):
    """The text as the reading has it, of the same length in bytes."""
    return content.decode("utf-8", "madai")


class Rows:
    """The rows of one reading."""

    def __init__(self, text, reading):
        self.text = text.encode("utf-8")
        self.reading = reading
        self.actor_names = {one["id"]: one.get("name") for one in reading.get("actors", ())}
        self.times_by_id = {one["id"]: one for one in reading.get("times", ())}
        self.places_by_id = {one["id"]: one for one in reading.get("places", ())}

    def quote(self, spans):
        spans = _pieces(spans)
        words = [self.text[begin:end].decode("utf-8", "replace") for begin, end in spans]
        return " … ".join(words) if words else None

    def party(self, one):
        """The actor's name; its words where it has none."""
        return self.actor_names.get(one.get("actor")) or self.quote(one.get("span"))

    def parties(self, list):
        return [self.party(one) for one in list or ()]

    def days(self, ids):
        """The bounds over some times."""
        found = [self.times_by_id[id] for id in _list(ids) if id in self.times_by_id]
        firsts = [one["first"] for one in found if "first" in one]
        lasts = [one["last"] for one in found if "last" in one]
        return min(firsts, default=None), max(lasts, default=None)

    def place_names(self, ids):
        names = []
        for id in _list(ids):
            place = self.places_by_id.get(id, {})
            names += [name for name in (place.get("name"), *place.get("within", ())) if name]
        return names

    def names(self, one):
        return (self.quote(one["span"]), *_bounds(one["span"]), one.get("type"), one.get("actor"))

    def actors(self, one):
        roles = []
        for role in one.get("roles", ()):
            of = role.get("of")
            of = self.actor_names.get(of, of)
            roles.append(f"{role.get('title')}, {of}" if of else role.get("title"))
        mentions = one.get("mentions", ())
        return (one["id"], one.get("name"), one.get("type"), one.get("class"), roles, len(mentions),
                *_bounds(mentions[:1]), _number(one, "confidence"))

    def claims(self, one):
        quotes = [self.quote(one.get(role)) for role in ("source", "cue", "content", "addressee", "medium")]
        whole = [span for role in ("source", "cue", "content") for span in _pieces(one.get(role))]
        return (one["id"], one.get("parent"), one.get("mode"), one.get("act"), one.get("speaker"),
                self.actor_names.get(one.get("speaker")), *quotes, *_bounds(whole), one.get("polarity"),
                _number(one, "confidence"))

    def acts(self, one):
        weapons = [self.quote(weapon.get("span")) for weapon in one.get("weapons", ())]
        return (one["id"], one.get("act"), self.quote(one.get("trigger")), *_bounds(one.get("trigger")),
                one.get("modality"), one.get("polarity"), self.parties(one.get("perpetrators")),
                self.parties(one.get("victims")), self.parties(one.get("targets")), weapons,
                *self.days(one.get("time")), self.place_names(one.get("place")), _list(one.get("claims")),
                one.get("same_as"), _number(one, "confidence"))

    def figures(self, one):
        return (one["id"], self.quote(one["span"]), *_bounds(one["span"]), one.get("of"), one.get("harm"),
                _number(one, "min"), _number(one, "max"), bool(one.get("approximate")), one.get("act"),
                _list(one.get("claims")), _number(one, "confidence"))

    def times(self, one):
        return (one["id"], self.quote(one["span"]), *_bounds(one["span"]), one.get("type"), one.get("value"),
                one.get("first"), one.get("last"), one.get("why"), _number(one, "confidence"))

    def places(self, one):
        return (one["id"], self.quote(one["span"]), *_bounds(one["span"]), one.get("name"), one.get("kind"),
                _number(one, "lat"), _number(one, "lon"), one.get("gazetteer"), _list(one.get("within")),
                one.get("why"), _number(one, "confidence"))

    def interventions(self, one):
        return (one["id"], one.get("kind"), self.quote(one["span"]), *_bounds(one["span"]),
                self.parties(_list(one.get("by"))), self.parties(_list(one.get("to"))), _list(one.get("about")),
                *self.days(one.get("time")), one.get("response", {}).get("status"), _number(one, "confidence"))

    def citations(self, one):
        return (self.quote(one["span"]), *_bounds(one["span"]), one.get("instrument"), one.get("provision"),
                _number(one, "confidence"))

    def findings(self):
        return [[getattr(self, name)(one) for one in self.reading.get(name, ())] for name in FINDINGS]


def row_of(shard_number, item, drawn, reading_bytes):
    """What is passed on of a document that was read; `drawn` as convert.Text
    has it."""
    content = drawn.content
    text = clean_text(content)
    reading = json.loads(reading_bytes)
    rows = Rows(text, reading)
    about = reading["document"]
    return (shard_number, item.sha256, None, None, item.id, item.path, item.url or None, item.size, drawn.format,
            sha256_of(content), len(content), sha256_of(reading_bytes), about.get("language"), about.get("date"),
            about.get("date_from"), about.get("publisher"), about.get("title"), about.get("kind"),
            rows.actor_names.get(about.get("issuer")),
            [rows.actor_names.get(one) for one in _list(about.get("addressee"))],
            len(reading.get("sentences", ())), text, reading_bytes.decode("utf-8"), *rows.findings())


def row_of_refused(shard_number, item, reason):
    return _row(shard_number, item, reason, None)


def row_of_member(shard_number, item):
    """What is passed on of a file that lies in a document, to be read next."""
    return _row(shard_number, item, item.reason, item.content)


def _row(shard_number, item, reason, member):
    nothing = len(PASSED_ON) - 8
    return (shard_number, item.sha256, reason, member, item.id, item.path, item.url or None, item.size,
            *[None] * nothing)


def _list(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _pieces(spans):
    """A span, or a list of them, as a list."""
    if not spans:
        return []
    return [spans] if isinstance(spans[0], int) else list(spans)


def _bounds(spans):
    spans = _pieces(spans)
    return (min(begin for begin, _ in spans), max(end for _, end in spans)) if spans else (None, None)


def _number(one, key):
    return float(one[key]) if one.get(key) is not None else None
