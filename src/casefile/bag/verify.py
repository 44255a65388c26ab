#!/usr/bin/env python3
"""Checks the bag that this file lies in: that everything in it is what was
recorded and signed. Needs Python 3.6 or later and nothing else; opens no
connection, writes nothing. VERIFY.txt explains what the answer means.

    python3 verify.py [--key FINGERPRINT] [--checkpoint FILE] [BAG]

Exit code: 0 the bag holds, 2 wrong usage, 3 something was touched, 4 it could
not be read.
"""
import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import stat
import sys

PATH_MAX, PART_MAX, DEPTH_MAX = 512, 200, 8
NOTE_MAX, BODY_MAX = 65536, 1 << 24
ZEROS = bytes(32)
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALWAYS = {"ledger/checkpoint", "bagit.txt", "VERIFY.txt", "ledger/export.json",
          "bag-info.txt", "ledger/keys", "manifest-sha256.txt",
          "ledger/leaf-hashes", "verify.py"}
AFTER = {"ledger/checkpoint", "ledger/leaf-hashes", "ledger/export.json"}


class Bad(Exception):
    """What is wrong with the thing that was looked at."""


# ---- Ed25519, after RFC 8032, section 5.1; as strict as libsodium ----------

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(number, point):
    product = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            product = point_add(product, point)
        point = point_add(point, point)
        number >>= 1
    return product


def point_read(data):
    """The point, or None where these 32 bytes are not the one way to write one."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def point_write(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def is_of_small_order(point):
    return point_write(point_times(8, point)) == point_write((0, 1, 1, 0))


BASE = point_read((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(public, message, signature):
    key, r = point_read(public), point_read(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER or \
            is_of_small_order(key) or is_of_small_order(r):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    minus_key = (P - key[0], key[1], 1, P - key[3])
    found = point_add(point_times(s, BASE), point_times(h % ORDER, minus_key))
    return point_write(found) == signature[:32]


# ---- text, strictly ---------------------------------------------------------

def from_base64(text, size=None):
    """The bytes, or None where it is not just what an encoder writes."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if base64.b64encode(data) != text or size not in (None, len(data)):
        return None
    return data


def from_hex(text):
    return bytes.fromhex(text.decode()) if re.fullmatch(b"[0-9a-f]{64}", text) else None


def from_decimal(text):
    return int(text) if re.fullmatch(b"0|[1-9][0-9]{0,17}", text) else None


def lines_of(data):
    """Lines without their line feeds; None where the last one has none."""
    if not data.endswith(b"\n"):
        return None
    return data[:-1].split(b"\n")


def path_is_valid(path):
    return len(path) <= PATH_MAX and all(
        re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,%d}" % (PART_MAX - 1), part)
        for part in path.split("/"))


def number_in(path, folder, ending):
    """17 of ledger/proofs/17.tlog-proof, or None."""
    if len(path) <= len(folder) + len(ending) or \
            not path.startswith(folder) or not path.endswith(ending):
        return None
    return from_decimal(path[len(folder):len(path) - len(ending)].encode())


def without_twins(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name comes twice")
    return dict(pairs)


def no_constant(name):
    raise ValueError(name)


def json_read(data):
    """The value, or None where it is no JSON."""
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=without_twins,
                          parse_constant=no_constant)
    except (ValueError, RecursionError):
        return None


# ---- signed notes (c2sp.org/signed-note), checkpoints, proofs ---------------

NAME = b"[!-*,-~]{1,128}"


class Key:
    """A verifier's key: NAME+id+base64(0x01 || public key)."""

    def __init__(self, text):
        match = re.fullmatch(b"(" + NAME + rb")\+([0-9a-f]{8})\+(.+)", text)
        typed = from_base64(match.group(3), 33) if match else None
        if typed is None:
            raise Bad("not a verifier's key")
        self.text, self.name, self.public = text, match.group(1), typed[1:]
        self.id = hashlib.sha256(self.name + b"\n\x01" + self.public).digest()[:4]
        if typed[0] != 1 or self.id.hex().encode() != match.group(2):
            raise Bad("a verifier's key with a wrong id")
        self.fingerprint = hashlib.sha256(self.public).digest()


def note_split(data):
    """The text of a note, and (name, id, base64) of each signature."""
    if len(data) > NOTE_MAX:
        raise Bad("too long for a signed note")
    border = data.rfind(b"\n\n")
    text = data[:border + 1]
    try:
        is_text = border >= 0 and text.endswith(b"\n") and \
            not re.search("[\0-\x09\x0b-\x1f\x7f]", text.decode("utf-8"))
    except UnicodeDecodeError:
        is_text = False
    if not is_text:
        raise Bad("not a signed note")
    if border + 2 == len(data):
        raise Bad("the note is not signed")
    signatures = []
    for line in lines_of(data[border + 2:]) or [b""]:
        match = re.fullmatch("\u2014 ".encode() + b"([^ ]+) (.{8,})", line)
        head = from_base64(match.group(2)[:8], 6) if match else None
        if head is None or len(signatures) == 16:
            raise Bad("the signatures of the note are not whole")
        signatures.append((match.group(1), head[:4], match.group(2)))
    return text, signatures


def note_check(text, signatures, key):
    """True; False where the key has not signed."""
    mine = [s for s in signatures if s[:2] == (key.name, key.id)]
    for _, _, encoded in mine:
        signature = from_base64(encoded, 68)
        if signature is None or not signature_holds(key.public, text, signature[4:]):
            raise Bad("the signature of %s does not hold" % key.name.decode())
    return bool(mine)


opened = {}


def checkpoint_open(data, key):
    """(size, root), signed by this key under its own name."""
    if (data, key.text) not in opened:
        opened[data, key.text] = checkpoint_judge(data, key)
    return opened[data, key.text]


def checkpoint_judge(data, key):
    text, signatures = note_split(data)
    lines = lines_of(text)
    size = from_decimal(lines[1]) if len(lines) >= 3 else None
    root = from_base64(lines[2], 32) if len(lines) >= 3 else None
    if size is None or root is None or not re.fullmatch(NAME, lines[0]) or b"" in lines[3:]:
        raise Bad("not a checkpoint")
    if lines[0] != key.name:
        raise Bad("a checkpoint of another ledger, " + lines[0].decode())
    if not note_check(text, signatures, key):
        raise Bad("not signed by the key of " + key.name.decode())
    return size, root


def hash_leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def hash_node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes):
    """The root over these hashes of leaves (RFC 6962, section 2.1)."""
    done = []  # complete subtrees, the widest first: (width, root)
    for node in hashes:
        width = 1
        while done and done[-1][0] == width:
            node = hash_node(done.pop()[1], node)
            width *= 2
        done.append((width, node))
    node = done.pop()[1]
    while done:
        node = hash_node(done.pop()[1], node)
    return node


def root_by_proof(leaf, index, size, path):
    """The root that a proof leads to (RFC 9162, section 2.1.3.2), or None."""
    last, node = size - 1, leaf
    for digest in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            node = hash_node(digest, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hash_node(node, digest)
        index, last = index >> 1, last >> 1
    return node if last == 0 else None


LEAF = re.compile(
    b"(madai/leaf/v1\nkind ([a-z][a-z-]{0,31})\n"
    b"time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
    b"key ([0-9a-f]{64})\ncommitment ([0-9a-f]{64})\n)salt ([0-9a-f]{64})\n")


def time_exists(text):
    year, month, day, hour, minute, second = map(int, re.findall("[0-9]+", text))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month - 1] and \
        hour < 24 and minute < 60 and second < 60


class Proof:
    """A proof of one entry (c2sp.org/tlog-proof)."""

    def __init__(self, data):
        head, _, self.note = data.partition(b"\n\n")
        lines = head.split(b"\n")
        if len(data) > NOTE_MAX + 8192 or lines[0] != b"c2sp.org/tlog-proof@v1":
            raise Bad("not a proof")
        extra = None
        if len(lines) > 1 and lines[1].startswith(b"extra "):
            extra = from_base64(lines[1][6:])
        match = LEAF.fullmatch(extra) if extra is not None else None
        if match is None or not time_exists(match.group(3).decode()):
            raise Bad("the proof opens no entry")
        self.leaf, self.kind = match.group(1), match.group(2)
        self.key, self.commitment, self.salt = (from_hex(match.group(i)) for i in (4, 5, 6))
        self.index = None
        if len(lines) > 2 and lines[2].startswith(b"index "):
            self.index = from_decimal(lines[2][6:])
        self.path = [from_base64(line, 32) for line in lines[3:]]
        if self.index is None or None in self.path or len(self.path) > 64 or \
                b"\n\n" not in data:
            raise Bad("the proof is not whole")


# ---- the bag ----------------------------------------------------------------

class Bag:
    def __init__(self, folder):
        self.folder = folder
        self.faults = []
        self.entries = []   # (index, path of its body, Proof)
        self.changes = {}   # index: (key before or None, key after)
        self.held = set()

    def fault(self, path, what):
        self.faults.append((path, what))

    def read(self, path, limit=1 << 30):
        """The bytes of a file that was hashed, hashed again; or None."""
        listed = self.payload if path.startswith("data/") else self.tags
        with open(os.path.join(self.folder, path), "rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit or hashlib.sha256(data).digest() != listed[path]:
            self.fault(path, "too long, or changed meanwhile")
            return None
        return data

    # -- the folder holds just what its manifests name

    def walk(self, inside="", depth=0):
        names = sorted(os.listdir(os.path.join(self.folder, inside)))
        for name in names:
            path = inside + name
            if not path_is_valid(path):
                self.fault(path, "not a name for a file of a bag")
                continue
            mode = os.lstat(os.path.join(self.folder, path)).st_mode
            if stat.S_ISREG(mode):
                self.disk[path] = None
            elif not stat.S_ISDIR(mode):
                self.fault(path, "not a regular file")
            elif depth == DEPTH_MAX:
                self.fault(path + "/", "folders nested too deep")
            else:
                self.walk(path + "/", depth + 1)
        if not names:
            self.fault(inside, "an empty folder")

    def hash_all(self):
        for path in self.disk:
            hasher = hashlib.sha256()
            with open(os.path.join(self.folder, path), "rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    hasher.update(piece)
            self.disk[path] = hasher.digest()

    def read_manifest(self, path):
        manifest = {}
        if path not in self.disk:
            self.fault(path, "is missing")
            return manifest
        with open(os.path.join(self.folder, path), "rb") as file:
            lines = file.read().split(b"\n")
        whole = len(lines) - 1  # what stands behind the last line feed is no line
        last = ""
        for number, line in enumerate(lines[:whole + (lines[-1] != b"")], 1):
            digest = from_hex(line[:64])
            name = line[66:].decode("latin-1")
            if digest is None or line[64:66] != b"  " or not path_is_valid(name) or \
                    number > whole:
                self.fault(path, "line %d is no line of a manifest" % number)
                break
            if name <= last:
                self.fault(path, "line %d is out of order" % number)
                break
            manifest[name] = digest
            last = name
        return manifest

    def compare(self, manifest, is_payload):
        for path, digest in manifest.items():
            if path.startswith("data/") != is_payload:
                self.fault(path, "is in the wrong manifest")
            elif path not in self.disk:
                self.fault(path, "is missing")
            elif self.disk[path] != digest:
                self.fault(path, "is not what the manifest says")
        for path in self.disk:
            if path.startswith("data/") == is_payload and path not in manifest and \
                    path != "tagmanifest-sha256.txt":
                self.fault(path, "is in no manifest")

    def check_folder(self):
        self.disk = {}
        self.walk()
        self.hash_all()
        self.tags = self.read_manifest("tagmanifest-sha256.txt")
        self.payload = self.read_manifest("manifest-sha256.txt")
        if not self.faults:
            self.compare(self.tags, False)
            self.compare(self.payload, True)
        return not self.faults

    # -- keys, checkpoint, leaf hashes

    def read_tag(self, path, limit=1 << 30):
        if path in self.tags:
            return self.read(path, limit)
        self.fault(path, "is missing")
        return None

    def check_keys(self):
        data = self.read_tag("ledger/keys", 1 << 20)
        if data is None:
            return False
        try:
            self.keys = [Key(line) for line in lines_of(data) or [b""]]
            if len({key.name for key in self.keys}) != 1 or \
                    len({key.public for key in self.keys}) != len(self.keys):
                raise Bad
        except Bad:
            self.fault("ledger/keys", "is no list of the keys of one ledger")
            return False
        return True

    def check_checkpoint(self):
        data = self.read_tag("ledger/checkpoint", NOTE_MAX)
        if data is None:
            return False
        try:
            self.size, self.root = checkpoint_open(data, self.keys[-1])
        except Bad as bad:
            self.fault("ledger/checkpoint", str(bad))
            return False
        return True

    def check_leaf_hashes(self):
        data = self.read_tag("ledger/leaf-hashes")
        if data is None:
            return False
        if self.size == 0 or len(data) != self.size * 65:
            self.fault("ledger/leaf-hashes",
                       "has not one line for each entry of the checkpoint")
            return False
        self.hashes = [from_hex(line) for line in lines_of(data) or [b""]]
        if None in self.hashes or len(self.hashes) != self.size or \
                root_of(self.hashes) != self.root:
            self.fault("ledger/leaf-hashes", "does not lead to the root of the checkpoint")
            return False
        return True

    # -- the entries

    def check_names(self):
        for path in self.tags:
            is_known = path in ALWAYS or path.startswith("ledger/earlier/")
            number = number_in(path, "ledger/proofs/", ".tlog-proof")
            if number is not None:
                is_known = number == self.size - 1 or \
                    "data/entries/%d.json" % number in self.payload
            if not is_known:
                self.fault(path, "does not belong into a bag")

    def judge_proof(self, proof, index, body):
        if proof.index != index:
            raise Bad("is another entry's proof")
        size, root = checkpoint_open(proof.note, self.keys[-1])
        if hmac.new(proof.salt, body, hashlib.sha256).digest() != proof.commitment:
            raise Bad("the body is not the one that the entry commits to")
        if index >= size:
            raise Bad("entry %d is not in a ledger of %d" % (index, size))
        leaf = hash_leaf(proof.leaf)
        if root_by_proof(leaf, index, size, proof.path) != root:
            raise Bad("the proof does not lead from entry %d to the root" % index)
        if (size, root) != (self.size, self.root) or leaf != self.hashes[index]:
            raise Bad("is a proof for another checkpoint")

    def gather_change(self, index, path, value):
        note = value.get("note") if isinstance(value, dict) else None
        try:
            if not isinstance(note, str) or len(value) != 1:
                raise Bad("not a change of keys")
            text, signatures = note_split(note.encode("utf-8", "surrogatepass"))
            lines = lines_of(text)
            try:
                if len(lines) != 3 or lines[0] != b"madai/key-change/v1":
                    raise Bad
                after = Key(lines[2])
                before = None if lines[1] == b"none" else Key(lines[1])
                if before and (before.name != after.name or before.public == after.public):
                    raise Bad
            except Bad:
                raise Bad("not a change of keys") from None
            for key in [after] + [before] * (before is not None):
                if not note_check(text, signatures, key):
                    raise Bad("not signed by the key of " + key.name.decode())
            self.changes[index] = before, after
        except Bad as bad:
            self.fault(path, str(bad))

    def check_entry(self, path, index):
        """The entry's Proof, or None where that is at fault."""
        proof_path = "ledger/proofs/%d.tlog-proof" % index
        if proof_path not in self.tags:
            self.fault(path, "has no proof")
            return None
        body = self.read(path, BODY_MAX)
        data = self.read(proof_path, NOTE_MAX + 8192) if body is not None else None
        if data is None:
            return None
        try:
            proof = Proof(data)
            self.judge_proof(proof, index, body)
        except Bad as bad:
            self.fault(proof_path, str(bad))
            return None
        self.entries.append((index, path, proof))
        value = json_read(body)
        held = value.get("holds", []) if isinstance(value, dict) else None
        if not isinstance(held, list) or \
                not all(isinstance(h, str) and re.fullmatch("[0-9a-f]{64}", h) for h in held):
            self.fault(path, "is no body of an entry")
        else:
            self.held.update(map(bytes.fromhex, held))
        if proof.kind == b"key":
            self.gather_change(index, path, value)
        return proof

    def check_payload_entries(self):
        for path in self.payload:
            if not path.startswith("data/entries/"):
                continue
            index = number_in(path, "data/entries/", ".json")
            if index is None or index >= self.size - 1:
                self.fault(path, "is no entry of this ledger")
            else:
                self.check_entry(path, index)

    def check_export(self):
        path = "ledger/export.json"
        if path not in self.tags:
            self.fault(path, "is missing")
            return
        proof = self.check_entry(path, self.size - 1)
        if proof is None:
            return
        if proof.kind != b"export":
            self.fault(path, "is no entry of an export")
            return
        body = json_read(self.read(path, BODY_MAX))
        files = body.get("files") if isinstance(body, dict) else None
        files = files if isinstance(files, dict) else {}
        sealed = {p: d for p, d in self.tags.items()
                  if p not in AFTER and not p.startswith("ledger/proofs/")}
        for name, digest in sealed.items():
            if files.get(name) != digest.hex():
                self.fault(name, "is not what was exported")
        if len(files) != len(sealed):
            self.fault(path, "names files that are missing")

    def check_chain(self):
        in_force, changes = ZEROS, 0
        for _, path, proof in self.entries:
            if proof.key != in_force:
                self.fault(path, "names another key than the one in force")
            if proof.kind == b"key" and changes < len(self.keys):
                in_force = self.keys[changes].fingerprint
                changes += 1
        if changes != len(self.keys):
            self.fault("ledger/keys", "names keys that no entry brought in")
        for number, index in enumerate(sorted(self.changes)):
            before, after = self.changes[index]
            right = self.keys[number - 1].text if number else None
            if number >= len(self.keys) or after.text != self.keys[number].text or \
                    (before.text if before else None) != right:
                self.fault("ledger/keys", "is not what entry %d made of them" % index)

    def check_entries(self):
        if self.tags.get("bagit.txt") != hashlib.sha256(DECLARED).digest():
            self.fault("bagit.txt", "is not that of BagIt 1.0")
        self.check_names()
        self.check_payload_entries()
        self.check_export()
        self.entries.sort(key=lambda entry: entry[0])
        self.check_chain()
        for path, digest in self.payload.items():
            if path.startswith(("data/originals/", "data/texts/")) and digest not in self.held:
                self.fault(path, "no entry of the ledger holds it")

    # -- checkpoints of before

    def judge_earlier(self, note):
        for key in self.keys:
            try:
                size, root = checkpoint_open(note, key)
                break
            except Bad as bad:
                why = bad
        else:
            raise why
        if size > self.size:
            raise Bad("has %d entries, this ledger only %d" % (size, self.size))
        first = self.hashes[:size]
        if (root_of(first) if first else hashlib.sha256().digest()) != root:
            raise Bad("the first %d entries are not what they were" % size)
        return size

    def check_stamp(self, note, size):
        names = ["ledger/earlier/%d.%s" % (size, ending) for ending in ("tsr", "pem")]
        there = [name in self.tags for name in names]
        if there[0] != there[1]:
            self.fault(names[not there[0]],
                       "is without its " + ("certificates" if there[0] else "answer"))
        if not there[0]:
            return
        answer = self.read(names[0], 1 << 20)
        if answer is not None and hashlib.sha256(note).digest() not in answer:
            self.fault(names[0], "is a stamp of something else")

    def check_earlier(self):
        for path in self.tags:
            if not path.startswith("ledger/earlier/"):
                continue
            beside = [number_in(path, "ledger/earlier/", e) for e in (".tsr", ".pem")]
            if any("ledger/earlier/%s.checkpoint" % n in self.tags for n in beside):
                continue
            number = number_in(path, "ledger/earlier/", ".checkpoint")
            if number is None:
                self.fault(path, "does not belong into a bag")
                continue
            note = self.read(path, NOTE_MAX)
            if note is None:
                continue
            try:
                if self.judge_earlier(note) != number:
                    raise Bad("has another size than its name")
            except Bad as bad:
                self.fault(path, str(bad))
            self.check_stamp(note, number)

    def check_trust(self, key, checkpoint):
        if key and key.encode() not in [t for k in self.keys for t in
                                        (k.text, k.fingerprint.hex().encode())]:
            self.fault("", "the key that you hold is none of this ledger")
        if checkpoint is not None:
            try:
                self.judge_earlier(checkpoint)
            except Bad as bad:
                self.fault("", "the checkpoint that you hold: " + str(bad))

    def check(self, key, checkpoint):
        if self.check_folder() and self.check_keys() and self.check_checkpoint() and \
                self.check_leaf_hashes():
            self.check_entries()
            self.check_earlier()
            self.check_trust(key, checkpoint)


def plain(text):
    """What a terminal cannot take for a command."""
    return "".join(c if " " <= c <= "~" else "?" for c in text)


def arguments_read(words):
    given = {"--key": None, "--checkpoint": None}
    folders = []
    words = list(words)
    while words:
        word = words.pop(0)
        if word in given and words:
            given[word] = words.pop(0)
        elif word.startswith("-") or folders:
            return None
        else:
            folders.append(word)
    folder = folders[0] if folders else os.path.dirname(os.path.abspath(__file__))
    return folder, given["--key"], given["--checkpoint"]


def report(bag, key, checkpoint):
    for path, what in bag.faults:
        print("%s: %s" % (plain(path) or "the bag", plain(what)))
    if bag.faults:
        print("\nREFUSED. %d faults: this bag is not what was signed." % len(bag.faults))
        return 3
    newest = bag.keys[-1].fingerprint.hex()
    print("HOLDS. %d files, %d of the %d entries of the ledger opened."
          % (len(bag.payload), len(bag.entries), bag.size))
    print("Signed by the key with the fingerprint\n  %s\n  %s" % (newest[:32], newest[32:]))
    if not key:
        print("Compare it with what the maker of the bag told you in another way: a forger\n"
              "can make a whole bag under a key of his own.")
    if checkpoint is None:
        print("Without a checkpoint from before (--checkpoint) this says nothing of what was\n"
              "taken out of the ledger before the bag was made.")
    return 0


def main(words):
    arguments = arguments_read(words)
    if arguments is None:
        print(__doc__, file=sys.stderr)
        return 2
    folder, key, path = arguments
    try:
        checkpoint = None
        if path is not None:
            with open(path, "rb") as file:
                checkpoint = file.read(NOTE_MAX + 1)
        bag = Bag(folder)
        bag.check(key, checkpoint)
    except (OSError, MemoryError) as error:
        print("verify.py: %s" % error, file=sys.stderr)
        return 4
    return report(bag, key, checkpoint)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
