"""Identity: which postings are one opening, in any order of arrival."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.employers import normalise_employer
from data.openings.spellings import canonical_url, normalise_title
from data.resolve import Advert, resolve
from data.similarity import sketch
from tests.data.records import TEXT, variant

DAY = date(2026, 3, 1)


def advert(key: str, after: int = 0, *, text: str = TEXT, **changes: object) -> Advert:
    start = DAY + timedelta(days=after)
    one = Advert(
        posting_key=key,
        start=start,
        end=start,
        employer_key="acme",
        title="Prompt Engineer",
        seniority="senior",
        url=f"https://example.org/{key}",
        requisition_id=None,
        sketch=sketch(text),
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def groups(*adverts: Advert) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for placed in resolve(adverts):
        found.setdefault(placed.opening_key, []).append(placed.posting_key)
    return found


# Two adverts, what differs in the second, and whether they are one opening (and by which rule).
PAIRS: list[tuple[str, Advert, Advert, str | None]] = [
    ("same words", advert("a"), advert("b"), "text"),
    ("nearly the same words", advert("a"), advert("b", text=variant(1)), "text"),
    ("title and employer alone", advert("a"), advert("b", text=variant(12)), None),
    ("another employer", advert("a"), advert("b", employer_key="kite"), None),
    ("unknown employer", advert("a", employer_key=None), advert("b", employer_key=None), None),
    ("no text", advert("a", text=""), advert("b", text=""), None),
    ("another title", advert("a"), advert("b", title="Cook"), None),
    ("another seniority", advert("a"), advert("b", seniority="junior"), None),
    ("title in other dress", advert("a"), advert("b", title="PROMPT-Engineer (m/w/d)"), "text"),
    ("repost after 60 days", advert("a"), advert("b", 60), "text"),
    ("again after 61 days", advert("a"), advert("b", 61), None),
    (
        "same requisition",
        advert("a", requisition_id="R1"),
        advert("b", 90, text="x", requisition_id="r1"),
        "requisition",
    ),
    (
        "same requisition, unknown employer",
        advert("a", requisition_id="R1", employer_key=None),
        advert("b", text="x", requisition_id="R1", employer_key=None),
        None,
    ),
    (
        "same address",
        advert("a", url="https://example.org/jobs/7?utm_source=hn"),
        advert("b", text="x", employer_key=None, url="http://www.example.org/jobs/7/apply"),
        "url",
    ),
    (
        "a careers page for two jobs",
        advert("a", url="https://acme.org/jobs"),
        advert("b", text="x", title="Cook", url="https://acme.org/jobs"),
        None,
    ),
    (
        "a bare site",
        advert("a", url="https://acme.org/"),
        advert("b", text="x", url="https://acme.org"),
        None,
    ),
]


@pytest.mark.parametrize(("name", "first", "second", "rule"), PAIRS, ids=[row[0] for row in PAIRS])
def test_pairs(name: str, first: Advert, second: Advert, rule: str | None) -> None:
    placed = {one.posting_key: one for one in resolve([second, first])}
    assert placed["a"].opening_key == "a"
    assert placed["a"].reason == "first"
    assert placed["b"].opening_key == ("a" if rule else "b")
    assert placed["b"].reason == (rule or "first")


def test_monthly_reposts_are_a_chain_of_spells() -> None:
    placed = resolve([advert(f"m{number}", number * 30) for number in range(8)])
    assert {one.opening_key for one in placed} == {"m0"}
    assert [one.is_repost for one in placed] == [False] + [True] * 7


def test_same_advert_in_two_cities_at_once_is_no_repost() -> None:
    placed = resolve([advert("a", end=DAY + timedelta(days=40)), advert("b", 20)])
    assert [one.is_repost for one in placed] == [False, False]


def test_a_relisting_within_days_is_no_repost() -> None:
    assert [one.is_repost for one in resolve([advert("a"), advert("b", 3), advert("c", 10)])] == [
        False,
        False,
        True,
    ]


def test_order_of_arrival_does_not_matter() -> None:
    rng = random.Random(7)
    adverts = [
        advert(
            f"p{number:03}",
            rng.randrange(400),
            text=variant(rng.randrange(4) * 6),
            employer_key=rng.choice(["acme", "kite", None]),
            title=rng.choice(["Prompt Engineer", "Cook"]),
            requisition_id=rng.choice([None, None, "R1", "R2", "R3"]),
            url=f"https://example.org/{rng.randrange(100)}",
        )
        for number in range(150)
    ]
    expected = resolve(adverts)
    for _ in range(5):
        rng.shuffle(adverts)
        assert resolve(adverts) == expected
    starts = {one.posting_key: (one.start, one.posting_key) for one in adverts}
    for placed in expected:
        assert starts[placed.opening_key] <= starts[placed.posting_key]
        assert (placed.reason == "first") == (placed.opening_key == placed.posting_key)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Acme, Inc.", "acme"),
        ("ACME (YC S21)", "acme"),
        ("Polder Works B.V.", "polder works"),
        ("The Company", "company"),
        ("Kite & Key Ltd", "kite & key"),
        ("Atelier Lumen SAS", "atelier lumen"),
        ("株式会社あかり", "株式会社あかり"),
        ("!!!", None),
        (None, None),
    ],
)
def test_employers(name: str | None, key: str | None) -> None:
    assert normalise_employer(name) == key
    assert normalise_employer(key) == key


def test_titles_and_addresses() -> None:
    assert normalise_title("Prompt Engineer (f/m/x) – Remote!") == "prompt engineer remote"
    assert normalise_title("( )") is None
    assert (
        canonical_url("https://job-boards.greenhouse.io/acme/jobs/7?gh_src=x")
        == "boards.greenhouse.io/acme/jobs/7"
    )
    assert canonical_url("https://news.ycombinator.com/item?id=9") == "news.ycombinator.com/item?id=9"
    assert canonical_url("https://[half") is None


def test_many_unlike_adverts_of_one_title_stay_fast() -> None:
    """One employer, one title, 4,000 different adverts: looked up, not compared pair by pair."""
    rng = random.Random(3)
    adverts = [
        advert(f"p{number:04}", text=" ".join(f"w{rng.randrange(5_000)}" for _ in range(40)))
        for number in range(4_000)
    ]
    started = time.process_time()
    assert len({placed.opening_key for placed in resolve(adverts)}) == 4_000
    assert time.process_time() - started < 10


# The two title keys, and what the place and the number have to do with them.
TITLES = [
    ("Engineer – Lyon", "69 - Lyon 3e Arrondissement", "engineer"),
    ("Engineer - Lyon", "Paris", "engineer lyon"),
    ("Sales Manager, Austin, TX", "Austin, TX", "sales manager tx"),
    ("Lyon", "Lyon", "lyon"),
    ("IT Manager", "Milano, IT", "it manager"),
    ("Nurse JR-104233", None, "nurse"),
    ("Nurse (ref. 22913)", None, "nurse"),
    ("Nurse Ref. 22913", None, "nurse"),
    ("Intern 2026", None, "intern 2026"),
    ("Engineer II", None, "engineer ii"),
]


@pytest.mark.parametrize(("title", "place", "key"), TITLES)
def test_a_title_without_its_own_place_and_number(title, place, key):
    assert normalise_title(title, place) == key


# What the second of two adverts with the same words has otherwise, and whether they are one opening.
SAME_WORDS = [
    ("a seniority only one states", {}, {"seniority": "unspecified"}, True),
    ("their own places in the titles", {"title": "Cook - Lyon", "place": "Lyon"}, {"title": "Cook - Paris", "place": "Paris"}, True),
    ("two numbers up at once", {"requisition_id": "R1"}, {"requisition_id": "R2"}, False),
    ("a number after another", {"requisition_id": "R1"}, {"requisition_id": "R2", "after": 20}, True),
    ("a number only one states", {"requisition_id": "R1"}, {}, True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "two", "same"), SAME_WORDS, ids=[row[0] for row in SAME_WORDS])
def test_what_contradicts_the_same_words(name, one, two, same):
    found = groups(advert("a", **one), advert("b", **two))
    assert len(found) == (1 if same else 2)


def test_an_open_seniority_never_ties_two_that_contradict():
    adverts = [
        advert("a", seniority="junior"),
        advert("b", 1, seniority="unspecified"),
        advert("c", 2, seniority="lead"),
    ]
    assert groups(*adverts) == {"a": ["a", "b"], "c": ["c"]}
