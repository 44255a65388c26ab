"""The tree of hashes over a shard, as RFC 6962 has it (section 2.1), like the
ledger of a case.

A leaf is a line of the shard's manifest: what was read there and what came of
it. So the root of a shard says: these documents, with these texts and these
readings, and no others. `root` over the lines of a manifest checks one, with
nothing but SHA-256.
"""
import hashlib


def leaf_line(sha256, text_sha256, reading_sha256):
    """Of a document that was read; of one that was refused the last two are
    None. Hashes are 64 hexadecimal digits."""
    if text_sha256 is None:
        return f"{sha256} refused"
    return f"{sha256} {text_sha256} {reading_sha256}"


def root(lines):
    """The root over the lines, which are sorted first, as hexadecimal."""
    level = [hashlib.sha256(b"\0" + line.encode()).digest() for line in sorted(lines)]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    # Joining neighbours, and carrying a last odd one up, is the tree whose
    # left side is always the largest full one.
    while len(level) > 1:
        joined = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = joined + level[len(joined) * 2:]
    return level[0].hex()


def manifest(reader, lines):
    """What is kept in a case for a shard: its first lines say what it is."""
    lines = sorted(lines)
    head = ["madai archive shard/1", f"root {root(lines)}", f"reader {reader}", ""]
    return "\n".join(head + lines) + "\n"


def check(text):
    """The root of a manifest; ValueError where it is not that of its lines."""
    head, found, body = text.partition("\n\n")
    words = dict(line.partition(" ")[::2] for line in head.split("\n")[1:])
    if not found or not text.startswith("madai archive shard/1\n") or "root" not in words:
        raise ValueError("no manifest of a shard")
    lines = body.splitlines()
    if lines != sorted(lines) or root(lines) != words["root"]:
        raise ValueError("the lines are not those of the root")
    return words["root"], len(lines)
