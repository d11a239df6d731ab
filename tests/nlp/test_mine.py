"""Candidates for the lexicon, from adverts written for these tests."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.mine import Candidate, mine

ADVERTS = [
    ("You know Python, Zorblatt and Docker.", "Acme"),
    ("Stack: Kubernetes, zorblatt, Terraform\nWe like good coffee, tea and cake.", "Acme"),
    ("- Tools such as Zorblatt, Python or similar", "Bolton"),
    ("Vous maîtrisez Python, Quimper Studio, SQL et les tableaux de bord.", None),
    ("Vous maîtrisez Python, Quimper Studio, SQL.", None),
]


def test_finds_what_adverts_list_beside_skills():
    found = {candidate.term: candidate for candidate in mine(ADVERTS, least=2)}
    assert set(found) == {"Zorblatt", "Quimper Studio"}
    zorblatt = found["Zorblatt"]
    assert (zorblatt.n, zorblatt.n_between, zorblatt.n_employers) == (3, 2, 2)
    assert zorblatt.examples[0] == "You know Python, Zorblatt and Docker."
    assert found["Quimper Studio"].n_employers is None


def test_counts_an_advert_once_and_sorts_by_adverts():
    found = mine(
        [("Python, Zub, Java\nPython, Zub, Go", None), ("Python, Yak, Java; Python, Zub", None)], least=1
    )
    assert [(candidate.term, candidate.n) for candidate in found] == [("Zub", 2), ("Yak", 1)]


def test_prose_and_function_words_are_no_candidates():
    text = "We use Python, and the best of our work is done by people who care, with Docker and more."
    assert mine([(text, None)], least=1) == []


def test_no_more_than_three_examples():
    found = mine([("Python, Zub, Java", None)] * 5, least=5)
    assert found == [Candidate("Zub", 5, 5, None, ("Python, Zub, Java",) * 3)]


@given(st.lists(st.tuples(st.text(max_size=300), st.none() | st.text(max_size=5)), max_size=3))
def test_never_raises_and_counts_what_it_saw(adverts):
    for candidate in mine(adverts, least=1):
        assert 1 <= candidate.n_between + 1 <= candidate.n + 1 <= len(adverts) + 1
