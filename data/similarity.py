"""How much two adverts say the same: sketches of their 5-word shingles, a kilobyte at most, compared fast."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

WORDS = 5
"""Words a shingle (METHOD.md)."""
K = 128
"""Hashes kept. A Jaccard index J is estimated with standard error sqrt(J(1-J)/K): 0.035 at J = 0.8."""

MARKS = 8

_WORD = re.compile(r"\w+")
_MIX = 0x9E3779B1  # CRC-32 is linear: a multiplication by an odd number spreads near hashes apart
_MASK = 0xFFFFFFFF


def sketch(text: str) -> bytes:
    """The K smallest hashes (32 bit, ascending, big-endian) of the text's distinct 5-word shingles.

    Words are runs of letters and digits, case-folded. A text of fewer than five words is one shingle;
    one without words gives b"". Bottom-k sketch after Cohen and Kaplan (2007).
    """
    words = _WORD.findall(text.casefold())
    if not words:
        return b""
    last = max(1, len(words) - WORDS + 1)
    shingles = {" ".join(words[i : i + WORDS]) for i in range(last)}
    hashes = {crc32(s.encode("utf-8", "surrogatepass")) * _MIX & _MASK for s in shingles}
    kept = nsmallest(K, hashes)
    return struct.pack(f">{len(kept)}I", *kept)


def jaccard(a: bytes, b: bytes, *, least: float = 0.0) -> float:
    """Estimated Jaccard index of two sketched texts, 0 to 1; 0 where either is empty.

    Exact where both texts have fewer than K shingles, else with the standard error of K. What is sure to be
    below `least` is given as 0, without the work.
    """
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    left, right = _read(a), _read(b)
    if len(left) < K and len(right) < K:  # neither text was cut: the sets themselves
        return len(left & right) / len(left | right)
    both = left & right
    if len(both) < least * K:
        return 0.0
    # The K smallest of the union: all that are not above its K-th.
    kth = sorted(left | right)[K - 1]
    return sum(value <= kth for value in both) / K


def marks(packed: bytes) -> tuple[int, ...]:
    """The MARKS smallest hashes of a sketch, to look candidates up by.

    Two texts with Jaccard index J share none of them with probability (1-J)^MARKS: 3 in a million at 0.8.
    """
    n = min(MARKS, len(packed) // 4)
    return struct.unpack(f">{n}I", packed[: 4 * n])


@lru_cache(8_192)
def _read(packed: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f">{len(packed) // 4}I", packed))
