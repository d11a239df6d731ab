"""What makes the search fast must not change what is found: bytes against characters, one pass against plain regexes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.parse.folding import case_bytes, digit_runs, fold, word_bytes
from nlp.parse.matcher import Literal, Matcher, open_page
from nlp.parse.reading import _STOP, Reading, matches_up_to, spans
from nlp.parse.years import _YEARS, LONGEST, _units

FORMS = ["go", "c", "c++", "ci/cd", "ci-cd", "machine learning", "python", "api", ".net", "401(k)", "œuvre"]
PIECES = [
    "Go", "c", "C++", "C", "CI/CD", "ci-cd", "ci cd", "machine learning", "Machine\nlearning", "Python", "pythons",
    "pythonic", "api", "APIs", ".NET", "asp.net", "401(k)", "œuvre", "œ", "é", "•", "٣", "7", "’", "s", "-", " ", "\n", ".",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
YEARS = [
    "three", "3", "10", "+", "-", "to", "or more", "years", "yrs", "an", "ans", "année", "a couple of", "(3)", "\n", " ", "jahre",
    "full", "deux", "yoe", "a", "one", "and", "human", "år", ",", "good", "x",
]  # fmt: skip
EASY = settings(deadline=None, max_examples=300)


@EASY
@given(TEXTS)
def test_bytes_stand_for_characters(text):
    folded = fold(text)
    assert len(folded) == len(text) == len(word_bytes(folded)) == len(case_bytes(text))
    assert [byte > 0 for byte in word_bytes(folded)] == [letter.isalnum() for letter in folded]
    assert [*digit_runs(text)] == [run.start() for run in re.finditer(r"[\d¹]+", text)]


@pytest.mark.parametrize("text", ["".join(map(chr, range(0x20, 0x3000))), "Ａ１ ŁÓDŹ ẞ ǅ", "\ud800 İ"])
def test_many_foreign_letters(text):
    folded = fold(text)
    assert folded == "".join(map(fold, text))
    assert [byte > 0 for byte in word_bytes(folded)] == [letter.isalnum() for letter in folded]


def _by_regex(form: str, folded: str) -> set[tuple[int, int]]:
    """The hits of a form as words of their own, with a plural s where it ends with a letter."""
    left = r"(?<![^\W_])" if form[0].isalnum() else ""
    plural = r"(?:s(?![^\W_]))?" if form[-1].isalpha() and len(form) > 2 else ""
    right = r"(?![^\W_])" if form[-1].isalnum() else ""
    return {match.span() for match in re.finditer(f"(?={left}{re.escape(form)}{plural}{right})", folded)}


@EASY
@given(TEXTS)
def test_finds_what_a_regex_of_each_form_finds(text):
    page = open_page(text.lower())  # without capitals no line is glued to another
    found = Matcher([Literal(form, "t", form) for form in FORMS]).find(page)["t"]
    starts = {(hit.start, hit.key) for hit in found}
    assert starts == {(start, form) for form in FORMS for start, _ in _by_regex(form, page.folded)}
    assert all(
        page.folded[hit.start : hit.end].removesuffix("s") == hit.key.removesuffix("s") for hit in found
    )
    assert found == sorted(found, key=lambda hit: (hit.start, -hit.end))


@EASY
@given(TEXTS)
def test_lines_hold_what_the_whole_text_holds(text):
    matcher, page = Matcher([Literal(form, "t", form) for form in FORMS]), open_page(text)
    lines = spans(page.folded)
    assert matcher.find_between(page, lines) == matcher.find(page)["t"]
    for start, end in lines:
        inside = [hit for hit in matcher.find(page)["t"] if start <= hit.start < end]
        assert matcher.find_between(page, [(start, end)]) == inside


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hybrideProgramme", ["hybride", "programme"]),
        ("hybrideprogramme", []),
        ("Le poste est hybrideProgramme", ["hybride", "programme"]),
        ("HYBRIDEProgramme", []),
    ],
)
def test_a_capital_after_a_small_letter_is_a_boundary(text, found):
    matcher = Matcher([Literal(form, "t", form) for form in ("hybride", "programme")])
    assert [hit.key for hit in matcher.find(open_page(text))["t"]] == found


@EASY
@given(
    st.lists(
        st.sampled_from(["a", "e.g.", ".", "! ", "\n", "; ", "vs. ", "Word", " ", "•"]), max_size=25
    ).map("".join)
)
def test_a_sentence_is_the_same_read_line_by_line(text):
    lines = spans(text)
    reading = Reading(text, text, "", True, {}, {}, "en", breaks=[start for start, _ in lines])
    stops = [0, *(match.end() for match in _STOP.finditer(text)), len(text)]
    for start, end in lines:
        for at in range(start, end):
            left, right = max(s for s in stops if s <= at), min(s for s in stops if s > at)
            assert reading.sentence(at) == (left, right)


@EASY
@given(st.lists(st.sampled_from(YEARS), max_size=14).map(" ".join))
def test_years_are_found_at_their_units(text):
    found = [match.span() for match in matches_up_to(_YEARS, _units(text), text, LONGEST)]
    assert found == [match.span() for match in _YEARS.finditer(text)]


def test_literals_of_one_pattern_are_told_apart():
    literals = [
        Literal("ci/cd", "skills", "slash"),
        Literal("ci-cd", "skills", "dash"),
        Literal("ci/cd", "titles", "title"),
        Literal("deploy", "skills", "closed"),
        Literal("deploy*", "titles", "open"),
    ]
    found = Matcher(literals).find(open_page("CI-CD, CI/CD: deploys, deployment"))
    assert [hit.key for hit in found["skills"]] == ["dash", "slash", "closed"]
    assert [(hit.start, hit.end, hit.key) for hit in found["titles"]] == [
        (7, 12, "title"),
        (14, 21, "open"),
        (23, 29, "open"),
    ]
