"""The extraction contract: fields, offsets, bad lines, and laws that hold for any text."""

import json
import time
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp import rules_version
from nlp.extract import BadLine, Extractor, extract_line
from nlp.parse.neighbours import may_support
from nlp.pipeline import build_context

FIELDS = {
    "id", "lang", "prompt_relation", "work_kind", "coding", "ml", "remote", "years_min", "degree", "degree_level",
    "seniority", "salaries", "main_salary", "skills", "soft", "domain", "title", "company", "places", "evidence",
}  # fmt: skip
ADVERT = """Prompt Engineer | Nowhere Labs | Remote

About us
Nowhere Labs builds assistants for librarians.

Requirements:
• 3+ years of experience with Python, R and prompt engineering
• Bachelor’s degree in linguistics
• Excellent communication skills

Nice to have: LangChain, Pinecone
Salary: $100,000 - $120,000 per year"""
WORDS = st.sampled_from(
    [
        "Requirements:",
        "Python",
        "R",
        "Go",
        "$120k-150k",
        "remote",
        "not",
        "required",
        "a",
        "plus",
        "\n",
        "•",
        "prompt",
        "engineer",
        "İstanbul",
        "ﬁ",
        "𝗣𝘆𝘁𝗵𝗼𝗻",
        "5+",
        "years",
        "bac+5",
        "(",
        ")",
        "[",
        "]",
        "|",
        ",",
        ".",
        ";",
        "\xa0",
        "https://x.test",
        "l'IA",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))
EASY = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def test_an_advert_gives_every_field_and_plain_json():
    facts = extract_line({"id": 7, "text": ADVERT})
    assert set(facts) == FIELDS
    assert json.loads(json.dumps(facts)) == facts
    assert facts["salaries"][facts["main_salary"]]["annual_min"] == 100_000


def test_html_gives_the_text_on_request():
    line = {
        "id": "h",
        "html": "<h3>Requirements</h3><ul><li>Python</li></ul><script>x()</script>",
        "title": "Dev",
    }
    facts = extract_line(line, with_text=True)
    skill = facts["skills"][0]
    assert facts["text"][skill["start"] : skill["end"]] == skill["s"] == "Python"
    assert skill["level"] == "required"
    assert "text" not in extract_line(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"text": "x"}, "Field id"),
        ({"id": None, "text": "x"}, "Field id"),
        ({"id": "1"}, "Fields text and html"),
        ({"id": "1", "text": 5}, "Field text"),
        ({"id": "1", "html": ["x"]}, "Field html"),
        ({"id": "1", "text": "x", "title": 5}, "Field title"),
        ({"id": "1", "text": "x", "fields": [1]}, "Field fields"),
        (["id"], "JSON object"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line, words):
    with pytest.raises(BadLine, match=words):
        extract_line(line)


def test_an_empty_text_has_no_facts():
    facts = extract_line({"id": "e", "text": ""})
    assert (facts["skills"], facts["salaries"], facts["prompt_relation"]) == ([], [], "none")


@EASY
@given(TEXTS)
def test_never_raises_and_every_offset_reads_as_quoted(text):
    facts = extract_line({"id": "p", "text": text})
    for skill in facts["skills"]:
        assert text[skill["start"] : skill["end"]] == skill["s"]
    for item in (*facts["salaries"], *facts["evidence"].values()):
        assert text[item["start"] : item["end"]] == item["quote"]


@EASY
@given(TEXTS)
def test_same_text_same_facts(text):
    assert extract_line({"id": "p", "text": text}) == extract_line({"id": "p", "text": text})


def test_its_own_plain_text_gives_the_same_facts():
    html = "<h2>Requirements</h2><ul><li>Python, SQL</li><li>3 years of experience</li></ul><p>Salary: $90,000 a year"
    first = extract_line({"id": "i", "title": "Dev", "html": html}, with_text=True)
    text = first.pop("text")
    assert extract_line({"id": "i", "title": "Dev", "text": text}) == first


def test_facts_never_depend_on_what_was_read_before():
    fresh = Extractor().extract({"id": "a", "text": ADVERT})
    used = Extractor()
    for number in range(30):
        used.extract({"id": "b", "text": f"Experience with Make and Go, {number} years. Rust in use."})
    assert used.extract({"id": "a", "text": ADVERT}) == fresh


@pytest.mark.parametrize(
    "piece", ["Python (R) $1 2+ ", "((((", "9,9.9 ", "Go ", "a" * 50, "prompt\n", "e.g. ", "Requirements: "]
)
def test_time_grows_with_length(piece):
    extractor = Extractor()
    extractor.extract({"id": "w", "text": ADVERT})
    short = _seconds(extractor, piece * (40_000 // len(piece)))
    long = _seconds(extractor, piece * (400_000 // len(piece)))
    assert long < 40 * max(short, 0.02)


@pytest.mark.slow
def test_five_megabytes():
    """Takes 7 s of processor time; quadratic work would take hours."""
    extractor = Extractor()
    extractor.extract({"id": "w", "text": ADVERT})
    start = time.process_time()
    extractor.extract({"id": "t", "text": (ADVERT + "\n") * (5_000_000 // len(ADVERT))})
    assert time.process_time() - start < 30


def test_a_cheap_no_is_also_the_tokenizers_no():
    """Where no neighbour can support an ambiguous word, the spaCy component must not find support either."""
    pipeline = build_context("en")
    words = (
        "in",
        "main",
        "Go",
        "Go,",
        "Make",
        "R",
        "is",
        "a",
        "senior",
        "developer",
        "experience",
        "as",
        "such",
        "-",
    )
    for left, target, right in product(words, ("Go", "Make", "R", "Rust"), words):
        for text in (f"{left} {target} {right}", f"{left}{target} {right}", f"{left}  {target}{right}"):
            doc = pipeline(text)
            marked = {span.start_char for span in doc.spans["context"]}
            assert not {start for start in marked if not may_support(text, start)}, text


def _seconds(extractor: Extractor, text: str) -> float:
    start = time.process_time()
    extractor.extract({"id": "t", "text": text})
    return time.process_time() - start


def test_rules_version_is_twelve_hex_digits():
    assert len(rules_version()) == 12
    assert int(rules_version(), 16) >= 0
