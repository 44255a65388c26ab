"""Makes a reading (../docs/reading.md) of a text and its annotation.

Whatever the text does not bear out, or what refers to nothing, is Wrong.
"""
import hashlib
import re

import notation
import values
from notation import listed, pieces
from passages import Text, Wrong

CLASSES = set("""police military intelligence government court oversight party
protesters civilians media ngo intergovernmental armed-group business
parliament health other""".split())
SPEECH_ACTS = set("""assert accuse deny admit demand ask threaten promise
announce order refuse warn praise condemn report""".split())
INTERVENTIONS = set("""complaint report communication petition lawsuit
statement letter appeal investigation""".split())
STATUSES = set("none denied acknowledged investigated prosecuted acted".split())
PARTS = set("""headline byline dateline caption credit bullet quoted-document
post link advert comment table body""".split())
DOCUMENTS = set("""report statement letter reply testimony record opinion
other""".split())
MODALITIES = set("""actual attempted ordered threatened planned demanded
hypothetical recurring""".split())
DEGREES = set("direct ordered led planned incited allowed".split())
HARMS = set("killed injured arrested detained missing".split())
LAYERS = ("actors", "claims", "acts", "figures", "times", "places",
          "interventions")


def one_of(value, known, what):
    if value not in known:
        raise Wrong(f"no such {what}: {value!r}")
    return value


def without_nothing(item):
    return {k: v for k, v in item.items() if v is not None and v != []}


def inside(span, holders):
    return any(b <= span[0] and span[1] <= e for b, e in holders)


def length(spans):
    return sum(end - begin for begin, end in spans)


class Annotation:
    """One document; reading() gives what its entries say of it."""

    def __init__(self, name, text, source, places, acts):
        self.name, self.source = name, source
        self.text, self.places, self.acts = Text(text), places, acts
        self.card = None
        self.document = {}
        self.marked = []      # (begin, end, kind) in code points
        self.names = []       # a string, its type, its actor or place
        self.extra = {}       # actor: mentions that are no names
        self.things = set()   # claims whose source only speaks for somebody
        self.told = {}        # what a headline tells: the claim of the body
        self.lists = {field: [] for field in LAYERS}
        self.citations = []

    # Passages

    def span(self, passage):
        return self.text.in_bytes(*self.text.find(passage, self.here))

    def spans(self, passages):
        return [self.span(piece) for piece in pieces(passages)]

    # Entries, each by its kind

    def take(self, entry):
        self.here = entry.paragraph
        try:
            getattr(self, "take_" + entry.kind)(entry)
        except (Wrong, ValueError, IndexError, KeyError) as fault:
            raise Wrong(f"{self.name}.ann:{entry.line}: {fault}") from fault

    def take_card(self, entry):
        if not entry.head.startswith("Invented. "):
            raise Wrong('a card begins with "Invented. "')
        self.card = entry.head
        self.genre = one_of(entry.fields[0], GENRES, "genre")

    def take_document(self, entry):
        given = {}
        for field in entry.head.split(" ") + entry.fields:
            key, equals, value = field.partition("=")
            if not equals or key not in ("kind", "date", "from", "issuer",
                                         "to", "publisher", "title"):
                raise Wrong(f"unknown field: {field!r}")
            given[key] = value
        self.document = without_nothing({
            "kind": one_of(given["kind"], DOCUMENTS, "kind of document"),
            "date": given.get("date"),
            "date_from": one_of(given.get("from", "none"), {
                "dateline", "metadata", "given", "none"}, "source of a date"),
            "publisher": given.get("publisher"), "title": given.get("title"),
            "issuer": given.get("issuer"),
            "addressee": [a for a in given.get("to", "").split(",") if a]})

    def take_answers(self, entry):
        passage, *rest = entry.fields
        self.document["answers"] = {
            "kind": one_of(entry.head, INTERVENTIONS, "intervention"),
            "span": self.spans(passage)}
        for field in rest:
            key, _, value = field.partition(" ")
            self.document["answers"][one_of(key, {"by", "date"}, "field")] \
                = value

    def take_part(self, entry):
        kind, *places = entry.head.split(" ")
        one_of(kind, PARTS, "kind of part")
        for place in places:
            paragraph, _, line = place.partition(".")
            self.mark(kind, self.text.line(int(paragraph), int(line)) if line
                      else self.text.paragraph(int(paragraph)))
        for passage in entry.fields:
            self.mark(kind, self.text.find(passage, self.here))

    def mark(self, kind, span):
        begin, end = span
        end = begin + len(self.text.text[begin:end].rstrip())
        self.marked.append((begin, end, kind))

    def take_actor(self, entry):
        name, sort, *rest = entry.fields
        kind, party = sort.split(" ")
        one_of(kind, {"person", "organisation", "group"}, "type of actor")
        one_of(party, CLASSES, "class of actor")
        given = notation.Entry(0, 0, "", "", rest).options(
            {"names", "also", "role"})
        actor = {"id": entry.head, "name": name, "type": kind, "class": party}
        if "role" in given:
            actor["roles"] = [self.role(role) for role in listed(given["role"])]
        self.lists["actors"].append(actor)
        sort = "person" if kind == "person" else "organisation"
        for string in listed(given.get("names", "")):
            self.names.append({"string": string, "type": sort,
                               "actor": entry.head})
        self.extra[entry.head] = [self.span(passage) for passage
                                  in listed(given.get("also", ""))]

    @staticmethod
    def role(given):
        title, of, actor = given.rpartition(" =")
        return {"title": title, "of": actor} if of else {"title": given}

    def take_name(self, entry):
        one_of(entry.head, {"person", "organisation", "other"}, "type of name")
        for string in listed(entry.fields[0]):
            self.names.append({"string": string, "type": entry.head})

    def take_place(self, entry):
        one_of(entry.head, self.places, "place in places.tsv")
        for string in listed(entry.fields[0] if entry.fields else entry.head):
            self.names.append({"string": string, "type": "place",
                               "place": entry.head})

    def take_time(self, entry):
        value, *rest = entry.fields
        given = notation.Entry(0, 0, "", "", rest).options(
            {"set", "range", "why"})
        values.check_time(value)
        sort = "SET" if "set" in given else values.time_type(value, entry.head)
        first, last = values.time_range(value) if sort in ("DATE", "TIME") \
            else (None, None)
        if "range" in given:
            low, _, high = given["range"].partition("..")
            first, last = low or None, high or None
        written = re.search(r"\b(1[5-9]|20)\d\d\b", entry.head)
        self.lists["times"].append(without_nothing({
            "span": [self.span(entry.head)], "type": sort, "value": value,
            "first": first, "last": last,
            "why": given.get("why") or ("as written" if written
                                        else "from the document's date")}))

    def take_claim(self, entry):
        number, mode, act, *who = entry.head.split(" ")
        given = entry.options({"source", "cue", "says", "to", "via", "under",
                               "denied", "thing"})
        claim = {"id": number, "parent": given.get("under"),
                 "mode": one_of(mode, {"direct", "mixed", "indirect"}, "mode"),
                 "act": one_of(act, SPEECH_ACTS, "speech act")}
        for role, key in (("source", "source"), ("cue", "cue"),
                          ("content", "says"), ("addressee", "to"),
                          ("medium", "via")):
            if key in given:
                claim[role] = self.spans(given[key])
        if "content" not in claim:
            raise Wrong("a claim without what it says")
        claim["speaker"] = who[0] if who else None
        claim["polarity"] = "denied" if "denied" in given else "asserted"
        self.lists["claims"].append(claim)
        if "thing" in given:
            self.things.add(number)

    def take_act(self, entry):
        number, code = entry.head.split(" ")
        trigger, *rest = entry.fields
        given = notation.Entry(0, 0, "", "", rest).options(
            {"by", "to", "on", "with", "when", "where", "mod", "denied",
             "same", "said"})
        act = {"id": number, "act": one_of(code, self.acts, "act"),
               "trigger": self.spans(trigger)}
        for role, key in (("perpetrators", "by"), ("victims", "to"),
                          ("targets", "on"), ("weapons", "with")):
            if key in given:
                act[role] = [self.participant(one, role)
                             for one in given[key].split(" && ")]
        act |= {"time": self.spans(given["when"]) if "when" in given else None,
                "place": self.spans(given["where"]) if "where" in given
                else None,
                "modality": one_of(given.get("mod", "actual"), MODALITIES,
                                   "modality"),
                "polarity": "denied" if "denied" in given else "asserted",
                "same_as": given.get("same")}
        if "said" in given:
            self.told[number] = given["said"]
        self.lists["acts"].append(act)

    def participant(self, given, role):
        passage, actor, degree = re.fullmatch(
            r"(.*?)(?:(?:^| )=(\S+))?(?: /(\w+))?", given, re.S).groups()
        entry = {"span": self.spans(passage)} if passage else {}
        if actor:
            entry["actor"] = actor
        if role == "perpetrators":
            entry["degree"] = one_of(degree or "direct", DEGREES, "degree")
        return entry

    def take_figure(self, entry):
        passage, of, harm, bounds, *rest = entry.fields
        least, most, about = values.figure_bounds(bounds)
        given = notation.Entry(0, 0, "", "", rest).options({"of", "said"})
        if harm != "-":
            one_of(harm, HARMS, "harm")
        if "said" in given:
            self.told[entry.head] = given["said"]
        self.lists["figures"].append({
            "id": entry.head, "span": [self.span(passage)], "of": of,
            "harm": None if harm == "-" else harm, "min": least, "max": most,
            "approximate": about, "act": given.get("of")})

    def take_intervention(self, entry):
        number, kind = entry.head.split(" ")
        passage, *rest = entry.fields
        given = notation.Entry(0, 0, "", "", rest).options(
            {"by", "to", "about", "when", "status", "answer"})
        item = {"id": number,
                "kind": one_of(kind, INTERVENTIONS, "intervention"),
                "span": self.spans(passage)}
        for role in ("by", "to"):
            if role in given:
                item[role] = [self.participant(one, role)
                              for one in given[role].split(" && ")]
        item |= {"about": given.get("about", "").split(),
                 "time": self.spans(given["when"]) if "when" in given
                 else None}
        if "status" in given:
            item["response"] = {"status": one_of(given["status"], STATUSES,
                                                 "status")}
            if "answer" in given:
                item["response"]["span"] = self.spans(given["answer"])
        self.lists["interventions"].append(item)

    def take_cite(self, entry):
        instrument, provision = entry.fields
        self.citations.append({"span": [self.span(entry.head)],
                               "instrument": instrument,
                               "provision": provision})

    # The reading put together

    def reading(self):
        try:
            found = notation.entries(self.source)
        except Wrong as fault:
            raise Wrong(f"{self.name}.ann: {fault}") from fault
        for entry in found:
            self.take(entry)
        try:
            return self.together()
        except Wrong as fault:
            raise Wrong(f"{self.name}.ann: {fault}") from fault

    def together(self):
        if not self.card or not self.document:
            raise Wrong("no card or no document entry")
        text = self.text.text
        names = self.found_names()
        places = [{"id": f"p{n}", "span": [name["span"]],
                   "name": name["place"], **self.places[name["place"]]}
                  for n, name in enumerate(
                      (n for n in names if "place" in n), 1)]
        times = [{"id": f"t{n}", **time} for n, time in enumerate(
            sorted(self.lists["times"], key=lambda t: t["span"]), 1)]
        claims = self.nested(self.lists["claims"])
        figures = [f | {"claims": self.said_by(f, f["span"], claims)}
                   for f in self.lists["figures"]]
        acts = [self.placed(a, times, places, claims, figures)
                for a in self.lists["acts"]]
        interventions = [without_nothing(
            v | {"time": self.held(v["time"], times, "time")})
            for v in self.lists["interventions"]]
        data = text.encode()
        reading = {
            "madai": "reading/1",
            "document": {"id": self.name + ".txt",
                         "sha256": hashlib.sha256(data).hexdigest(),
                         "bytes": len(data), "language": "en",
                         **self.document},
            "text": text, "sentences": self.sentences(),
            "parts": self.parts(),
            "names": [{k: n[k] for k in ("span", "type", "actor") if k in n}
                      for n in names],
            "actors": self.with_mentions(names, claims, acts, interventions),
            "claims": claims, "acts": acts, "figures": figures,
            "times": times, "places": places,
            "interventions": interventions, "citations": self.citations}
        self.check(reading)
        return reading

    def parts(self):
        """What was marked, and the rest of every paragraph as body."""
        out = sorted(self.marked)
        for (_, end, _), (begin, _, _) in zip(out, out[1:]):
            if begin < end:
                raise Wrong("two kinds of part for one passage")
        rest = []
        for low, high in self.text.paragraphs:
            at = low
            for begin, end, _ in [m for m in out if low <= m[0] < high] \
                    + [(high, high, "")]:
                left = self.text.text[at:begin]
                if re.search(r"\w", left):
                    rest.append((at + len(left) - len(left.lstrip()),
                                 at + len(left.rstrip()), "body"))
                at = end
        return [{"span": self.text.in_bytes(begin, end), "kind": kind}
                for begin, end, kind in sorted(out + rest)]

    def sentences(self):
        """Lines, cut after a stop where a new sentence begins."""
        out, text = [], self.text.text
        for line in re.finditer(r"[^\n]+", text):
            begin = line.start()
            for stop in re.finditer(r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Ms|No|St))"
                                    r"(?<!\b(?:Mrs|Hon|Ref|Sgt|Col|Gen|Rev))"
                                    r"[.?!]+[”’\")]* +(?=[“‘\"(@A-Z0-9])",
                                    line.group()):
                end = line.start() + len(line.group()[:stop.end()].rstrip())
                out.append(self.text.in_bytes(begin, end))
                begin = line.start() + stop.end()
            if begin < line.end():
                out.append(self.text.in_bytes(begin, line.end()))
        return out

    def found_names(self):
        """Every place where a listed string stands as whole words and not
        within a longer one."""
        owners = {}
        for name in self.names:
            if owners.setdefault(name["string"], name) is not name:
                raise Wrong(f"listed twice: {name['string']!r}")
        taken, out, text = [], [], self.text.text
        for name in sorted(self.names, key=lambda n: -len(n["string"])):
            free = [at for at in self.text.places_of(name["string"], 0,
                                                     len(text))
                    if not any(at < y and x < at + len(name["string"])
                               for x, y in taken)]
            if not free:
                raise Wrong(f"no such name in the text: {name['string']!r}")
            for at in free:
                taken.append((at, at + len(name["string"])))
                out.append(name | {"span": self.text.in_bytes(*taken[-1])})
        return sorted(out, key=lambda n: n["span"])

    @staticmethod
    def nested(claims):
        """A claim lies in the smallest content that holds its cue, or where
        it has none its own content."""
        out = []
        for claim in claims:
            anchor = claim.get("cue", claim["content"])[0]
            holders = [c for c in claims
                       if c is not claim and inside(anchor, c["content"])]
            parent = min(holders, key=lambda c: length(c["content"]),
                         default=None)
            out.append(without_nothing(claim | {
                "parent": claim["parent"] or parent and parent["id"]}))
        return out

    def said_by(self, item, spans, claims):
        """The innermost claim whose content holds the passage."""
        if item["id"] in self.told:
            return [self.told[item["id"]]]
        holders = [c for c in claims if inside(spans[0], c["content"])]
        return [min(holders, key=lambda c: length(c["content"]))["id"]] \
            if holders else []

    def placed(self, act, times, places, claims, figures):
        return without_nothing(act | {
            "time": self.held(act["time"], times, "time"),
            "place": self.held(act["place"], places, "place"),
            "claims": self.said_by(act, act["trigger"], claims),
            "figures": [f["id"] for f in figures if f["act"] == act["id"]]})

    def held(self, spans, items, what):
        """The id of the entry that holds the passage; of several, the ids."""
        found = []
        for span in spans or []:
            hits = [i["id"] for i in items if inside(span, i["span"])]
            if len(hits) != 1:
                raise Wrong(f"{len(hits)} entries for the {what} "
                            f"{self.words(span)!r}")
            found += hits
        return found[0] if len(found) == 1 else found or None

    def with_mentions(self, names, claims, acts, interventions):
        """Names, what was listed, and sources and participants that hold no
        other mention of their actor."""
        found = {a["id"]: [n["span"] for n in names
                           if n.get("actor") == a["id"]]
                 + self.extra[a["id"]] for a in self.lists["actors"]}
        used = [(c.get("speaker"), piece) for c in claims
                if c["id"] not in self.things
                for piece in c.get("source", [])[:1]]
        for item in acts + interventions:
            for role in ("perpetrators", "victims", "targets", "by", "to"):
                used += [(p.get("actor"), p["span"][0])
                         for p in item.get(role, []) if "span" in p]
        for actor, span in used:
            if actor is None:
                continue
            if actor not in found:
                raise Wrong(f"no such actor: {actor}")
            if not any(inside(m, [span]) for m in found[actor]):
                found[actor].append(span)
        return [a | {"mentions": sorted(map(list, {tuple(m) for m
                                                   in found[a["id"]]}))}
                for a in self.lists["actors"]]

    def words(self, span):
        return self.text.text.encode()[span[0]:span[1]].decode()

    def check(self, reading):
        all_ids = [i["id"] for field in LAYERS for i in reading[field]]
        ids = set(all_ids)
        if len(ids) != len(all_ids):
            raise Wrong("an id comes twice: "
                        f"{sorted(i for i in ids if all_ids.count(i) > 1)}")
        for reference in references(reading):
            if reference not in ids:
                raise Wrong(f"no such id: {reference}")
        owners = {}
        for actor in reading["actors"]:
            if not actor["mentions"]:
                raise Wrong(f"never mentioned: {actor['id']} {actor['name']}")
            for mention in map(tuple, actor["mentions"]):
                if owners.setdefault(mention, actor["id"]) != actor["id"]:
                    raise Wrong("a mention of two actors: "
                                f"{self.words(mention)!r}")
        for claim in reading["claims"]:
            seen, at = set(), claim
            while at.get("parent"):
                if at["id"] in seen:
                    raise Wrong(f"claims within each other: {at['id']}")
                seen.add(at["id"])
                at = next(c for c in reading["claims"]
                          if c["id"] == at["parent"])


GENRES = set("""report party-statement letter police-statement
ministry-release testimony ngo-report hospital-note parliament court
complaint un-communication thread opinion broadcast incident-log""".split())


def references(reading):
    for field, keys in (("names", ("actor",)), ("claims", ("speaker",
                                                           "parent")),
                        ("figures", ("act", "claims")),
                        ("acts", ("time", "place", "figures", "claims",
                                  "same_as")),
                        ("interventions", ("time", "about"))):
        for item in reading[field]:
            for key in keys:
                value = item.get(key)
                yield from value if isinstance(value, list) \
                    else [value] if value else []
    for item in reading["acts"] + reading["interventions"]:
        for role in ("perpetrators", "victims", "targets", "by", "to"):
            yield from (p["actor"] for p in item.get(role, [])
                        if "actor" in p)
    for actor in reading["actors"]:
        yield from (r["of"] for r in actor.get("roles", []) if "of" in r)
    document = reading["document"]
    yield from [document["issuer"]] if "issuer" in document else []
    yield from document.get("addressee", [])
    if "by" in document.get("answers", {}):
        yield document["answers"]["by"]
