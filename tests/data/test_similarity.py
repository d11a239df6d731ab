"""Sketches: exact on short texts, within the stated error on long ones."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.similarity import WORDS, K, jaccard, sketch
from tests.data.records import TEXT, variant


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}


@pytest.mark.parametrize("overlap", [0.2, 0.5, 0.8, 0.9, 0.97])
def test_estimate_is_within_four_standard_errors(overlap: float) -> None:
    rng = random.Random(int(overlap * 100))
    words = [f"w{rng.randrange(9_000)}" for _ in range(1_500)]
    cut = int(len(words) * (1 - overlap) / 2)
    left, right = " ".join(words[: len(words) - cut]), " ".join(words[cut:])
    a, b = shingles(left), shingles(right)
    true = len(a & b) / len(a | b)
    error = (true * (1 - true) / K) ** 0.5
    assert abs(jaccard(sketch(left), sketch(right)) - true) < 4 * error + 1e-9


def test_short_texts_are_exact() -> None:
    left, right = "one two three four five six seven", "one two three four five six eight"
    assert jaccard(sketch(left), sketch(right)) == pytest.approx(2 / 4)


def test_empty_is_like_nothing() -> None:
    assert sketch("") == sketch(" … !") == b""
    assert jaccard(b"", b"") == 0.0


def test_case_and_punctuation_do_not_count() -> None:
    assert sketch("Write prompts, test them; ship them!") == sketch("write PROMPTS test them ship them")


def test_sketches_are_stable() -> None:
    """The record keeps sketches: another value here means that a new rules version must rebuild them."""
    assert sketch("one two three four five").hex() == "c4a53c38"


def test_variants_fall_below_the_threshold_as_words_change() -> None:
    likeness = [jaccard(sketch(TEXT), sketch(variant(n))) for n in (0, 1, 3, 6, 12, 20)]
    assert likeness == sorted(likeness, reverse=True)
    assert likeness[1] > 0.8 > likeness[3]


@given(st.text(max_size=300), st.text(max_size=300))
def test_laws(a: str, b: str) -> None:
    left, right = sketch(a), sketch(b)
    assert len(left) <= 4 * K
    assert jaccard(left, right) == jaccard(right, left)
    assert 0.0 <= jaccard(left, right) <= 1.0
    assert not left or jaccard(left, left) == 1.0
