#!/usr/bin/env python3
"""Forged bags: every change that a forger without the key might try, refused
by `madai check` and by verify.py, for the same reasons; prints TAP.

    test_forgeries.py BAG_MAKE MADAI VERIFY.py

A change is made twice where that differs: as it is, and with all manifests
made anew, as a forger would who knows how bags are built.
"""
import base64
import contextlib
import functools
import hashlib
import importlib.util
import io
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

BAG_MAKE, MADAI, VERIFY = (str(pathlib.Path(p).resolve()) for p in sys.argv[1:4])
sys.dont_write_bytecode = True
SPEC = importlib.util.spec_from_file_location("verify", VERIFY)
verify = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(verify)
# Hundreds of bags with the same few signatures: each is judged once.
verify.signature_holds = functools.lru_cache(maxsize=None)(verify.signature_holds)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
import tap
from tap import test

tap.enter()
forgeries = []


# ---- a forger's tools -------------------------------------------------------

def make(name, number, documents):
    subprocess.run([BAG_MAKE, name, str(number), str(documents)], check=True)
    return pathlib.Path(name)


def secret_of(number):
    """The scalar, the prefix and the public key of 32 bytes of this number."""
    digest = hashlib.sha512(bytes([number]) * 32).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    public = verify.point_write(verify.point_times(scalar, verify.BASE))
    return scalar, digest[32:], public


def sign(text, name, number):
    """The note: this text, signed under this name by the key of this number."""
    scalar, prefix, public = secret_of(number)
    r = int.from_bytes(hashlib.sha512(prefix + text).digest(), "little") % verify.ORDER
    point = verify.point_write(verify.point_times(r, verify.BASE))
    h = int.from_bytes(hashlib.sha512(point + public + text).digest(), "little")
    s = (r + h * scalar) % verify.ORDER
    key_id = hashlib.sha256(name + b"\n\x01" + public).digest()[:4]
    return text + b"\n\xe2\x80\x94 " + name + b" " + base64.b64encode(
        key_id + point + s.to_bytes(32, "little")) + b"\n"


def key_text(name, number):
    typed = b"\x01" + secret_of(number)[2]
    key_id = hashlib.sha256(name + b"\n" + typed).digest()[:4]
    return name + b"+" + key_id.hex().encode() + b"+" + base64.b64encode(typed)


def manifest(bag, wanted):
    lines = []
    for path in sorted(p for p in bag.rglob("*") if p.is_file()):
        name = path.relative_to(bag).as_posix()
        if wanted(name):
            lines.append((name, hashlib.sha256(path.read_bytes()).hexdigest()))
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines)).encode()


def reseal(bag):
    """Both manifests anew: needs no key."""
    (bag / "manifest-sha256.txt").write_bytes(manifest(bag, lambda n: n.startswith("data/")))
    reseal_tags(bag)


def reseal_tags(bag):
    (bag / "tagmanifest-sha256.txt").write_bytes(manifest(
        bag, lambda n: not n.startswith("data/") and n != "tagmanifest-sha256.txt"))


def edit(path, change):
    before = path.read_bytes()
    after = change(before)
    assert before != after, f"{path} was not changed"
    path.write_bytes(after)


def replaced(old, new):
    return lambda data: data.replace(old, new, 1)


def turned(data, bit=5):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ bit]) + data[middle + 1:]


def swap(one, other):
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def proof_of(bag, number):
    return bag / f"ledger/proofs/{number}.tlog-proof"


def entry_of(bag, number):
    return bag / f"data/entries/{number}.json"


def edit_extra(bag, number, change):
    """Changes the opened leaf in a proof."""
    def edited(data):
        extra = re.search(b"extra (.*)\n", data).group(1)
        return data.replace(extra, base64.b64encode(change(base64.b64decode(extra))))
    edit(proof_of(bag, number), edited)


def path_lines(change):
    """Changes the list of the digests of a proof."""
    def edited(data):
        head, border, note = data.partition(b"\n\n")
        lines = head.split(b"\n")
        return b"\n".join(lines[:3] + change(lines[3:])) + border + note
    return edited


def everywhere_checkpoint(bag, note):
    """Another checkpoint, in the proofs too."""
    (bag / "ledger/checkpoint").write_bytes(note)
    for path in (bag / "ledger/proofs").iterdir():
        edit(path, lambda data: data.partition(b"\n\n")[0] + b"\n\n" + note)


ORIGIN = b"madai.case/00000000000000000000000000000001"


# ---- the forgeries ----------------------------------------------------------

def forgery(function=None, seals=(False, True)):
    if function is None:
        return lambda f: forgery(f, seals)
    for is_sealed in seals:
        forgeries.append((function, is_sealed))
    return function


RAW, SEALED = (False,), (True,)


@forgery
def an_original_is_altered(bag):
    edit(bag / "data/originals/1.txt", replaced(b"not", b"now"))


@forgery
def a_text_is_altered(bag):
    edit(bag / "data/texts/1.txt", turned)


@forgery
def an_original_is_emptied(bag):
    (bag / "data/originals/1.txt").write_bytes(b"")


@forgery
def an_original_is_lengthened(bag):
    edit(bag / "data/originals/1.txt", lambda data: data + b"\n")


@forgery
def two_originals_are_swapped(bag):
    swap(bag / "data/originals/1.txt", bag / "data/originals/2.txt")


@forgery
def an_original_is_swapped_with_its_text(bag):
    swap(bag / "data/originals/1.txt", bag / "data/texts/1.txt")


@forgery
def a_document_is_dropped_with_all_that_tells_of_it(bag):
    (bag / "data/originals/1.txt").unlink()
    (bag / "data/texts/1.txt").unlink()
    entry_of(bag, 3).unlink()
    proof_of(bag, 3).unlink()


@forgery
def a_document_is_added(bag):
    (bag / "data/originals/9.txt").write_bytes(b"We were there.\n")


@forgery
def a_document_is_doubled(bag):
    shutil.copy(bag / "data/originals/1.txt", bag / "data/originals/9.txt")


@forgery
def an_original_is_renamed(bag):
    (bag / "data/originals/1.txt").rename(bag / "data/originals/5.txt")


@forgery
def an_original_becomes_a_text(bag):
    (bag / "data/originals/1.txt").rename(bag / "data/texts/5.txt")


@forgery
def a_review_is_altered(bag):
    edit(bag / "data/reviews/reviews.csv", replaced(b"accepted", b"rejected"))


@forgery
def the_reviews_are_dropped(bag):
    shutil.rmtree(bag / "data/reviews")


@forgery
def a_folder_is_added(bag):
    (bag / "data/more").mkdir()
    (bag / "data/more/readings.jsonl").write_bytes(b"{}\n")


@forgery
def a_document_of_another_case_is_put_in(bag):
    shutil.copy(OTHER / "data/originals/1.txt", bag / "data/originals/1.txt")


@forgery(seals=RAW)
def an_original_is_a_link_to_the_same_bytes(bag):
    shutil.move(bag / "data/originals/1.txt", "outside.txt")
    (bag / "data/originals/1.txt").symlink_to(pathlib.Path("outside.txt").resolve())


@forgery(seals=RAW)
def a_folder_is_a_link_to_the_same_files(bag):
    shutil.rmtree("outside", ignore_errors=True)
    shutil.move(bag / "data/texts", "outside")
    (bag / "data/texts").symlink_to(pathlib.Path("outside").resolve())


@forgery(seals=RAW)
def a_pipe_lies_in_the_bag(bag):
    os.mkfifo(bag / "data/originals/pipe.txt")


@forgery(seals=RAW)
def an_empty_folder_is_added(bag):
    (bag / "data/the-minister").mkdir()


@forgery(seals=RAW)
def folders_are_nested_without_end(bag):
    (bag / "/".join(["data"] + ["d"] * 20)).mkdir(parents=True)


@forgery
def a_hidden_file_is_added(bag):
    (bag / "data/.hidden").write_bytes(b"x")


@forgery
def a_name_has_a_blank(bag):
    (bag / "data/a name").write_bytes(b"x")


@forgery
def a_name_would_play_with_the_terminal(bag):
    (bag / "data/\x1b[2J").write_bytes(b"x")


@forgery
def the_body_of_an_entry_is_altered(bag):
    edit(entry_of(bag, 3), replaced(b"letter 1", b"letter 7"))


@forgery
def two_bodies_are_swapped(bag):
    swap(entry_of(bag, 2), entry_of(bag, 3))


@forgery
def two_entries_change_places_with_their_proofs(bag):
    swap(entry_of(bag, 2), entry_of(bag, 3))
    swap(proof_of(bag, 2), proof_of(bag, 3))


@forgery
def two_entries_change_places_with_their_numbers(bag):
    swap(entry_of(bag, 2), entry_of(bag, 3))
    swap(proof_of(bag, 2), proof_of(bag, 3))
    edit(proof_of(bag, 2), replaced(b"index 3\n", b"index 2\n"))
    edit(proof_of(bag, 3), replaced(b"index 2\n", b"index 3\n"))


@forgery
def a_body_is_dropped(bag):
    entry_of(bag, 7).unlink()


@forgery
def a_proof_is_dropped(bag):
    proof_of(bag, 7).unlink()


@forgery
def a_proof_is_added(bag):
    shutil.copy(proof_of(bag, 7), proof_of(bag, 8))


@forgery
def an_entry_is_dropped_with_its_proof(bag):
    entry_of(bag, 7).unlink()
    proof_of(bag, 7).unlink()


@forgery
def a_change_of_keys_is_dropped(bag):
    entry_of(bag, 4).unlink()
    proof_of(bag, 4).unlink()


@forgery
def an_entry_that_never_was_is_added(bag):
    shutil.copy(entry_of(bag, 7), entry_of(bag, 77))
    shutil.copy(proof_of(bag, 7), proof_of(bag, 77))


@forgery
def the_last_entry_is_shown_a_second_time(bag):
    shutil.copy(bag / "ledger/export.json", entry_of(bag, 9))


@forgery
def an_entry_has_a_number_with_a_zero_before(bag):
    entry_of(bag, 7).rename(bag / "data/entries/07.json")


@forgery
def an_entry_is_replayed_from_another_case(bag):
    shutil.copy(entry_of(OTHER, 3), entry_of(bag, 3))
    shutil.copy(proof_of(OTHER, 3), proof_of(bag, 3))


@forgery
def an_entry_is_replayed_from_another_export(bag):
    shutil.copy(entry_of(LONGER, 7), entry_of(bag, 7))
    shutil.copy(proof_of(LONGER, 7), proof_of(bag, 7))


@forgery
def a_proof_lacks_its_last_digest(bag):
    edit(proof_of(bag, 3), path_lines(lambda lines: lines[:-1]))


@forgery
def a_proof_lacks_its_first_digest(bag):
    edit(proof_of(bag, 3), path_lines(lambda lines: lines[1:]))


@forgery
def a_proof_has_no_digests(bag):
    edit(proof_of(bag, 3), path_lines(lambda lines: []))


@forgery
def a_proof_has_a_digest_more(bag):
    edit(proof_of(bag, 3), path_lines(lambda lines: lines + lines[:1]))


@forgery
def a_proof_has_too_many_digests(bag):
    edit(proof_of(bag, 3), path_lines(lambda lines: lines * 20))


@forgery
def a_digest_of_a_proof_is_altered(bag):
    other = base64.b64encode(bytes(32))
    edit(proof_of(bag, 3), path_lines(lambda lines: [other] + lines[1:]))


@forgery
def two_digests_of_a_proof_are_swapped(bag):
    edit(proof_of(bag, 3), path_lines(lambda lines: lines[1::-1] + lines[2:]))


@forgery
def a_digest_has_two_ways_to_be_written(bag):
    def loosened(lines):
        last = lines[0][-2:-1]
        alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        return [lines[0][:-2] + alphabet[alphabet.index(last) + 1:][:1] + b"="] + lines[1:]
    edit(proof_of(bag, 3), path_lines(loosened))


@forgery
def a_digest_has_a_byte_that_is_no_letter(bag):
    # libsodium's decoder takes 0xC8 for H.
    edit(proof_of(bag, 3), path_lines(lambda lines: [
        bytes([lines[0][0] | 0x80]) + lines[0][1:]] + lines[1:]))


@forgery
def a_proof_names_another_entry(bag):
    edit(proof_of(bag, 3), replaced(b"index 3\n", b"index 2\n"))


@forgery
def a_proof_names_an_entry_beyond_the_end(bag):
    edit(proof_of(bag, 3), replaced(b"index 3\n", b"index 99999999999999999999\n"))


@forgery
def a_proof_is_cut_in_half(bag):
    edit(proof_of(bag, 3), lambda data: data[:len(data) // 2])


@forgery
def a_proof_is_cut_before_its_checkpoint(bag):
    edit(proof_of(bag, 3), lambda data: data.partition(b"\n\n")[0] + b"\n")


@forgery
def a_proof_is_empty(bag):
    proof_of(bag, 3).write_bytes(b"")


@forgery
def a_proof_opens_nothing(bag):
    edit(proof_of(bag, 3), lambda data: re.sub(b"extra .*\n", b"", data))


@forgery
def a_proof_is_of_another_version(bag):
    edit(proof_of(bag, 3), replaced(b"@v1", b"@v2"))


@forgery
def a_salt_is_altered(bag):
    edit_extra(bag, 3, lambda leaf: re.sub(b"salt .{4}", b"salt 0000", leaf))


@forgery
def an_entry_is_dated_back(bag):
    edit_extra(bag, 3, replaced(b"time 2024", b"time 2014"))


@forgery
def an_entry_is_dated_to_no_day(bag):
    edit_extra(bag, 3, replaced(b"2024-05-01", b"2023-02-29"))


@forgery
def an_entry_becomes_another_kind(bag):
    edit_extra(bag, 3, replaced(b"kind document", b"kind review"))


@forgery
def an_entry_names_another_key(bag):
    edit_extra(bag, 3, lambda leaf: re.sub(b"key .{8}", b"key 00000000", leaf))


@forgery
def a_body_is_altered_with_its_commitment(bag):
    edit(entry_of(bag, 3), replaced(b"letter 1", b"letter 7"))
    body = entry_of(bag, 3).read_bytes()

    def committed(leaf):
        salt = bytes.fromhex(leaf[-65:-1].decode())
        right = verify.hmac.new(salt, body, hashlib.sha256).hexdigest().encode()
        return re.sub(b"commitment .*\n", b"commitment " + right + b"\n", leaf)
    edit_extra(bag, 3, committed)


@forgery
def a_document_is_altered_with_entry_and_leaf_hash(bag):
    was = hashlib.sha256((bag / "data/originals/1.txt").read_bytes()).hexdigest().encode()
    edit(bag / "data/originals/1.txt", replaced(b"not", b"now"))
    now = hashlib.sha256((bag / "data/originals/1.txt").read_bytes()).hexdigest().encode()
    entry_of(bag, 3).write_bytes(entry_of(bag, 3).read_bytes().replace(was, now))
    a_body_is_altered_with_its_commitment(bag)
    extra = base64.b64decode(re.search(b"extra (.*)\n", proof_of(bag, 3).read_bytes()).group(1))
    hashes = (bag / "ledger/leaf-hashes").read_text().split()
    hashes[3] = verify.hash_leaf(extra[:extra.index(b"salt ")]).hex()
    (bag / "ledger/leaf-hashes").write_text("\n".join(hashes) + "\n")


@forgery
def a_proof_leads_to_an_earlier_checkpoint(bag):
    note = (bag / "ledger/earlier/4.checkpoint").read_bytes()
    edit(proof_of(bag, 3), lambda data: data.partition(b"\n\n")[0] + b"\n\n" + note)


@forgery
def a_proof_leads_to_a_later_checkpoint(bag):
    shutil.copy(proof_of(LONGER, 1), proof_of(bag, 1))


@forgery
def the_checkpoint_counts_less(bag):
    edit(bag / "ledger/checkpoint", replaced(b"\n10\n", b"\n9\n"))


@forgery
def the_checkpoint_has_another_root(bag):
    edit(bag / "ledger/checkpoint", lambda note: b"\n".join(
        note.split(b"\n")[:2] + [base64.b64encode(bytes(32))] + note.split(b"\n")[3:]))


@forgery
def the_checkpoint_has_another_signature(bag):
    edit(bag / "ledger/checkpoint", lambda note: note[:-20] + b"AAAA" + note[-16:])


@forgery
def the_checkpoint_is_not_signed(bag):
    edit(bag / "ledger/checkpoint", lambda note: note.partition(b"\n\n")[0] + b"\n\n")


@forgery
def the_checkpoint_is_of_another_ledger(bag):
    shutil.copy(OTHER / "ledger/checkpoint", bag / "ledger/checkpoint")


@forgery
def the_checkpoint_is_an_earlier_one(bag):
    shutil.copy(bag / "ledger/earlier/4.checkpoint", bag / "ledger/checkpoint")


@forgery
def the_checkpoint_has_a_line_more(bag):
    edit(bag / "ledger/checkpoint", replaced(b"\n\n", b"\nmore\n\n"))


@forgery
def the_checkpoint_is_signed_by_a_stranger_of_the_same_name(bag):
    text = verify.note_split((bag / "ledger/checkpoint").read_bytes())[0]
    everywhere_checkpoint(bag, sign(text, ORIGIN, 66))


@forgery
def the_checkpoint_is_signed_by_the_key_of_before(bag):
    text = verify.note_split((bag / "ledger/checkpoint").read_bytes())[0]
    everywhere_checkpoint(bag, sign(text, ORIGIN, 1))


@forgery
def a_stranger_signs_and_names_his_key(bag):
    text = verify.note_split((bag / "ledger/checkpoint").read_bytes())[0]
    everywhere_checkpoint(bag, sign(text, ORIGIN, 66))
    (bag / "ledger/keys").write_bytes(key_text(ORIGIN, 66) + b"\n")


@forgery
def a_stranger_puts_his_key_behind_the_others(bag):
    text = verify.note_split((bag / "ledger/checkpoint").read_bytes())[0]
    everywhere_checkpoint(bag, sign(text, ORIGIN, 66))
    edit(bag / "ledger/keys", lambda keys: keys + key_text(ORIGIN, 66) + b"\n")


@forgery
def the_keys_change_places(bag):
    edit(bag / "ledger/keys", lambda keys: b"".join(keys.splitlines(True)[::-1]))


@forgery
def the_first_key_is_dropped(bag):
    edit(bag / "ledger/keys", lambda keys: keys.splitlines(True)[1])


@forgery
def a_key_has_another_id(bag):
    edit(bag / "ledger/keys", lambda keys: re.sub(rb"\+[0-9a-f]{8}\+", b"+00000000+", keys))


@forgery
def there_are_no_keys(bag):
    (bag / "ledger/keys").write_bytes(b"")


@forgery
def a_hash_of_a_leaf_is_altered(bag):
    edit(bag / "ledger/leaf-hashes", lambda text: b"0" * 8 + text[8:])


@forgery
def two_hashes_of_leaves_are_swapped(bag):
    def swapped(text):
        lines = text.splitlines(True)
        return b"".join([lines[1], lines[0]] + lines[2:])
    edit(bag / "ledger/leaf-hashes", swapped)


@forgery
def the_last_hash_of_a_leaf_is_cut(bag):
    edit(bag / "ledger/leaf-hashes", lambda text: text[:-65])


@forgery
def there_is_a_hash_of_a_leaf_more(bag):
    edit(bag / "ledger/leaf-hashes", lambda text: text + text[:65])


@forgery
def the_export_is_altered_to_fit(bag):
    edit(bag / "data/originals/1.txt", replaced(b"not", b"now"))
    was = hashlib.sha256((bag / "manifest-sha256.txt").read_bytes()).hexdigest().encode()
    reseal(bag)
    now = hashlib.sha256((bag / "manifest-sha256.txt").read_bytes()).hexdigest().encode()
    edit(bag / "ledger/export.json", replaced(was, now))


@forgery
def the_proof_of_the_export_is_dropped(bag):
    proof_of(bag, 9).unlink()


@forgery
def the_export_is_another_entry(bag):
    swap(bag / "ledger/export.json", entry_of(bag, 7))


@forgery
def the_export_is_of_another_bag(bag):
    shutil.copy(LONGER / "ledger/export.json", bag / "ledger/export.json")


@forgery
def an_earlier_checkpoint_is_dropped(bag):
    shutil.rmtree(bag / "ledger/earlier")


@forgery
def an_earlier_checkpoint_counts_otherwise(bag):
    edit(bag / "ledger/earlier/4.checkpoint", replaced(b"\n4\n", b"\n3\n"))


@forgery
def an_earlier_checkpoint_is_of_another_ledger(bag):
    shutil.copy(OTHER / "ledger/earlier/4.checkpoint", bag / "ledger/earlier/4.checkpoint")


@forgery
def an_earlier_checkpoint_is_renamed(bag):
    for ending in ("checkpoint", "tsr", "pem"):
        (bag / f"ledger/earlier/4.{ending}").rename(bag / f"ledger/earlier/5.{ending}")


@forgery
def an_earlier_checkpoint_is_from_later(bag):
    shutil.copy(LONGER / "ledger/checkpoint", bag / "ledger/earlier/11.checkpoint")


@forgery
def a_stamp_is_altered(bag):
    edit(bag / "ledger/earlier/4.tsr", turned)


@forgery
def a_stamp_is_lengthened(bag):
    edit(bag / "ledger/earlier/4.tsr", lambda data: data + b"x")


@forgery
def the_bag_is_of_another_version(bag):
    edit(bag / "bagit.txt", replaced(b"1.0", b"0.97"))


@forgery
def the_bag_is_dated_back(bag):
    edit(bag / "bag-info.txt", replaced(b"2024", b"2014"))


@forgery
def the_checker_in_the_bag_is_altered(bag):
    edit(bag / "verify.py", lambda code: code + b"sys.exit(0)\n")


@forgery
def the_explanation_is_altered(bag):
    edit(bag / "VERIFY.txt", replaced(b"REFUSED", b"WELCOME"))


@forgery
def a_file_that_no_bag_has_is_added(bag):
    (bag / "ledger/note.txt").write_bytes(b"All is well.\n")


# Each file is dropped by itself.
for NAME, FILE in {
    "an_original_is_dropped": "data/originals/1.txt",
    "the_keys_are_dropped": "ledger/keys",
    "the_hashes_of_leaves_are_dropped": "ledger/leaf-hashes",
    "the_export_is_dropped": "ledger/export.json",
    "a_stamp_is_dropped": "ledger/earlier/4.tsr",
    "the_certificates_of_a_stamp_are_dropped": "ledger/earlier/4.pem",
    "a_stamp_lies_there_without_a_checkpoint": "ledger/earlier/4.checkpoint",
    "the_explanation_is_dropped": "VERIFY.txt",
}.items():
    def dropped(bag, name=FILE):
        (bag / name).unlink()
    dropped.__name__ = NAME
    forgery(dropped)


def forge_manifest(change, name="manifest-sha256.txt"):
    """Changes a manifest itself; the other one is made to fit."""
    def forged(bag):
        edit(bag / name, change)
        if name == "manifest-sha256.txt":
            reseal_tags(bag)
    return forged


def lines_changed(change):
    return lambda data: b"".join(change(data.splitlines(True)))


for NAME in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
    for WHAT, CHANGE in {
        "is reordered": lines_changed(lambda lines: lines[::-1]),
        "has a line twice": lines_changed(lambda lines: lines[:1] + lines),
        "lacks a line": lines_changed(lambda lines: lines[1:]),
        "lacks its last line feed": lambda data: data[:-1],
        "has carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
        "is empty": lambda data: b"",
        "has capitals": lambda data: data[:64].upper() + data[64:],
        "leads out of the bag": lambda data: b"0" * 64 + b"  ../passwords\n" + data,
        "names a file that is not there": lambda data: data + b"0" * 64 + b"  z.txt\n",
        "is in both": lambda data: lines_changed(sorted)(
            data + b"0" * 64 + (b"  bagit.txt\n" if NAME.startswith("m") else b"  data/x\n")),
    }.items():
        FORGED = forge_manifest(CHANGE, NAME)
        FORGED.__name__ = f"{NAME} {WHAT}"
        forgery(FORGED, seals=RAW)


@forgery(seals=RAW)
def the_manifest_is_dropped(bag):
    (bag / "manifest-sha256.txt").unlink()
    reseal_tags(bag)


@forgery(seals=RAW)
def the_manifest_of_tags_is_dropped(bag):
    (bag / "tagmanifest-sha256.txt").unlink()


# ---- what both say ----------------------------------------------------------

def by_python(bag, *options):
    """The exit code, and the lines that name faults."""
    verify.opened.clear()
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = verify.main([*options, str(bag)])
    return code, faults_of(said.getvalue())


def by_madai(bag, *options):
    run = subprocess.run([MADAI, "check", *options, str(bag)], capture_output=True, timeout=600)
    assert run.stderr == b"", run.stderr
    assert b"\x1b" not in run.stdout
    return run.returncode, faults_of(run.stdout.decode())


def faults_of(said):
    """All lines before the verdict; what a name cannot show is left out."""
    head = re.split("^(?:REFUSED|HOLDS)", said, flags=re.MULTILINE)[0]
    return sorted(line for line in head.splitlines() if line and "not a name" not in line)


def judged(bag, *options):
    ours, theirs = by_madai(bag, *options), by_python(bag, *options)
    assert ours == theirs, f"madai check: {ours}\nverify.py: {theirs}"
    return ours


@test
def a_bag_that_was_not_touched_holds():
    assert judged(BAG) == (0, [])
    assert judged(OTHER) == (0, [])
    assert judged(LONGER) == (0, [])


@test
def the_checker_in_the_bag_needs_no_arguments():
    run = subprocess.run([sys.executable, "-I", "-S", BAG.resolve() / "verify.py"],
                         capture_output=True)
    assert run.returncode == 0 and run.stdout.startswith(b"HOLDS. 17 files, 9 of the 10"), run
    shutil.rmtree(BAG / "__pycache__", ignore_errors=True)


@test
def a_key_of_the_ledger_is_trusted_old_or_new():
    for number in (1, 2):
        key = key_text(ORIGIN, number)
        assert judged(BAG, "--key", key.decode()) == (0, [])
        fingerprint = hashlib.sha256(secret_of(number)[2]).hexdigest()
        assert judged(BAG, "--key", fingerprint) == (0, [])


@test
def a_bag_under_another_key_is_refused_by_whoever_knows_the_right_one():
    code, faults = judged(OTHER, "--key", key_text(ORIGIN, 2).decode())
    assert (code, faults) == (3, ["the bag: the key that you hold is none of this ledger"])


@test
def a_checkpoint_of_before_holds():
    for name in (BAG / "ledger/earlier/4.checkpoint", BAG / "ledger/checkpoint"):
        assert judged(BAG, "--checkpoint", str(name)) == (0, [])


@test
def a_ledger_that_was_cut_back_is_refused():
    code, faults = judged(BAG, "--checkpoint", str(LONGER / "ledger/checkpoint"))
    assert (code, faults) == (3, ["the bag: the checkpoint that you hold: has 11 entries, "
                                  "this ledger only 10"])


@test
def a_ledger_that_begins_otherwise_is_refused():
    code, faults = judged(LONGER, "--checkpoint", str(BAG / "ledger/checkpoint"))
    assert (code, faults) == (3, ["the bag: the checkpoint that you hold: the first 10 entries "
                                  "are not what they were"])


@test
def a_checkpoint_of_another_ledger_is_refused():
    assert judged(BAG, "--checkpoint", str(OTHER / "ledger/checkpoint"))[0] == 3


@test
def every_forgery_is_refused_by_both():
    accepted = []
    for function, is_sealed in forgeries:
        name = function.__name__ + (", manifests made anew" if is_sealed else "")
        bag = pathlib.Path("forged")
        shutil.rmtree(bag, ignore_errors=True)
        shutil.copytree(BAG, bag, symlinks=True)
        function(bag)
        if is_sealed:
            reseal(bag)
        ours, theirs = by_madai(bag), by_python(bag)
        if ours != theirs or ours[0] != 3:
            accepted.append(f"{name}:\n  madai check {ours}\n  verify.py {theirs}")
    print(f"# {len(forgeries)} forgeries of {len({f for f, _ in forgeries})} kinds")
    assert not accepted, "\n".join(accepted)


@test
def every_bit_that_is_turned_is_found_by_both():
    chance = random.Random(8493)
    files = sorted(p for p in BAG.rglob("*") if p.is_file())
    for number in range(120):
        path = files[number % len(files)].relative_to(BAG)
        bag = pathlib.Path("forged")
        shutil.rmtree(bag, ignore_errors=True)
        shutil.copytree(BAG, bag)
        data = bytearray((bag / path).read_bytes())
        bit = chance.randrange(len(data) * 8)
        data[bit // 8] ^= 1 << bit % 8
        (bag / path).write_bytes(data)
        if number % 2 and not path.name.endswith("manifest-sha256.txt"):
            reseal(bag)
        code, faults = judged(bag)
        assert code == 3 and faults, (path, bit)


@test
def what_is_no_bag_is_no_crash():
    with contextlib.redirect_stderr(io.StringIO()) as said:
        assert by_python("no-such-folder")[0] == 4
    assert "no-such-folder" in said.getvalue()
    run = subprocess.run([MADAI, "check", "no-such-folder"], capture_output=True)
    assert run.returncode == 4 and b"no-such-folder: cannot open the bag" in run.stderr
    os.mkdir("empty")
    assert judged("empty")[0] == 3


@test
def wrong_usage_is_told():
    for words, told in [([], b"which BAG?"), (["a", "b"], b"one BAG at a time"),
                        (["--kye", "x", "a"], b"did you mean --key?"),
                        (["--key"], b"--key needs a fingerprint")]:
        run = subprocess.run([MADAI, "check", *words], capture_output=True)
        assert run.returncode == 2 and told in run.stderr, run
    run = subprocess.run([MADAI, "check", "--checkpoint", "none.txt", BAG], capture_output=True)
    assert run.returncode == 4 and b"none.txt: cannot open" in run.stderr, run
    run = subprocess.run([MADAI, "check", "--help"], capture_output=True)
    assert run.returncode == 0 and run.stdout.startswith(b"madai check"), run


BAG = make("bag", 1, 4)
OTHER = make("other", 21, 4)
LONGER = make("longer", 1, 5)
tap.main()
