"""The specification of header reading: first lines as in Hacker News threads, written for these tests."""

import pytest

from nlp.parse.header import Header, parse_header

CASES = [
    (
        "Acme | Senior Engineer | Berlin or REMOTE (EU) | Full-time | €70-90k + equity",
        "Acme|Senior Engineer|Berlin or REMOTE (EU)|full-time",
    ),
    (
        "Acme (YC S21) | https://acme.example.com | Oslo, Norway | ONSITE | Data Scientist",
        "Acme|Data Scientist|Oslo, Norway|",
    ),
    (
        "Acme (https://acme.io) | Full Time | Remote (US) | Staff Engineer, Platform",
        "Acme|Staff Engineer, Platform|Remote (US)|full-time",
    ),
    ("Acme Labs - Backend Developer - Lyon, France - CDI", "Acme Labs|Backend Developer|Lyon, France|cdi"),
    ("Acme | Multiple Roles | NYC | VISA | Intern", "Acme|Multiple Roles|NYC|intern"),
    ("Acme | $120k-$150k | Remote | Contract | Prompt Engineer", "Acme|Prompt Engineer|Remote|contract"),
    ("Senior Prompt Engineer | Remote | Full-time", "|Senior Prompt Engineer|Remote|full-time"),
    ("Acme | London; Paris | Engineering", "Acme|Engineering|London; Paris|"),
    ("Acme | REMOTE", "Acme||REMOTE|"),
    ("Acme is hiring remote engineers!", "Acme|||"),
    ("Acme | Visa sponsorship | Madrid", "Acme||Madrid|"),
]


@pytest.mark.parametrize(("line", "want"), CASES)
def test_header(line: str, want: str):
    read = parse_header(line + "\nWe build things and we are looking for people in Tokyo.")
    assert "|".join(x or "" for x in (read.company, read.title, read.location, read.employment)) == want


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "We are looking for kind people to join our growing team.", "Hi all, is this remote?"],
)
def test_prose_has_no_header(text: str):
    assert parse_header(text) == Header(None, None, None, None)


def test_the_first_line_with_words_counts():
    assert parse_header("\n  \nAcme | Rome, Italy | QA Engineer\n").title == "QA Engineer"
