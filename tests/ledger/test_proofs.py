#!/usr/bin/env python3
"""Every root and every proof of the ledger's tree against a second program,
written from RFC 6962, section 2.1, alone; prints TAP.

    test_proofs.py MERKLE_DUMP
"""
import functools
import hashlib
import io
import subprocess
import sys

MOST = 300


def sha256(data):
    return hashlib.sha256(data).digest()


@functools.cache
def root(begin, end):
    """MTH(D[begin:end])"""
    if end - begin == 1:
        return sha256(b"\0" + str(begin).encode())
    split = begin + largest_power_below(end - begin)
    return sha256(b"\1" + root(begin, split) + root(split, end))


@functools.cache
def largest_power_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@functools.cache
def path(m, begin, end):
    """PATH(m, D[begin:end])"""
    if end - begin == 1:
        return ()
    k = largest_power_below(end - begin)
    if m < k:
        return path(m, begin, begin + k) + (root(begin + k, end),)
    return path(m - k, begin + k, end) + (root(begin, begin + k),)


@functools.cache
def subproof(m, begin, end, is_whole):
    """SUBPROOF(m, D[begin:end], b)"""
    if m == end - begin:
        return () if is_whole else (root(begin, end),)
    k = largest_power_below(end - begin)
    if m <= k:
        return subproof(m, begin, begin + k, is_whole) + (root(begin + k, end),)
    return subproof(m - k, begin + k, end, False) + (root(begin, begin + k),)


def proofs_read(stream, count):
    for _ in range(count):
        digests = stream.read(1)[0]
        yield tuple(stream.read(32) for _ in range(digests))


def main():
    dump = subprocess.run([sys.argv[1], str(MOST)], capture_output=True, check=True)
    stream = io.BytesIO(dump.stdout)
    wrong = {"root": [], "inclusion": [], "consistency": []}
    compared = dict.fromkeys(wrong, 0)

    def compare(what, ours, theirs, *where):
        compared[what] += 1
        if ours != theirs:
            wrong[what].append(where)

    for size in range(1, MOST + 1):
        compare("root", stream.read(32), root(0, size), size)
        for index, proof in enumerate(proofs_read(stream, size)):
            compare("inclusion", proof, path(index, 0, size), size, index)
        for before, proof in enumerate(proofs_read(stream, size), 1):
            compare("consistency", proof, subproof(before, 0, size, True), size, before)
    wrong["end"] = [] if stream.read() == b"" else ["bytes left over"]
    compared["end"] = 1

    print(f"1..{len(wrong)}")
    for number, (what, cases) in enumerate(wrong.items(), 1):
        said = f"{number} - {what}: {compared[what]} are what RFC 6962 says"
        print(f"not ok {said}\n# {cases[:5]}" if cases else f"ok {said}")
    return any(wrong.values())


if __name__ == "__main__":
    sys.exit(main())
