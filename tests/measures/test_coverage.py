"""What stands beside a number: the rules of small numbers, their words, and laws over invented releases."""

import pytest

from data.measures.columns import WITHHELD
from data.measures.coverage import RULES, withhold
from data.measures.reasons import WHOLE_SERIES, Gap, Withheld, gap_sentence

DECIDED = [
    ("cell", 5, 3, 5, None),
    ("cell", 4, 3, 1, Withheld.FEW_OPENINGS),
    ("cell", 5, 2, 1, Withheld.FEW_EMPLOYERS),
    ("median", 10, 5, 5, None),
    ("median", 9, 5, 1, Withheld.FEW_OPENINGS),
    ("median", 10, 4, 1, Withheld.FEW_EMPLOYERS),
    ("median", 10, 5, 6, Withheld.ONE_EMPLOYER),
    ("reported", 10, 0, 0, None),
]


@pytest.mark.parametrize(("rule", "n", "n_employers", "top", "reason"), DECIDED)
def test_rules_of_small_numbers(rule, n, n_employers, top, reason):
    assert withhold(rule, n, n_employers, top) is reason


def test_the_table_is_that_of_the_method():
    assert (RULES["cell"].openings, RULES["cell"].employers) == (5, 3)
    median = RULES["median"]
    assert (median.openings, median.employers, median.top_employer_share) == (10, 5, 0.5)
    assert (RULES["lifetime"].openings, RULES["lifetime"].exits) == (20, 10)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_reason_has_words_with_its_n(lang):
    for reason in Withheld:
        assert "n = 3" in reason.sentence(lang, 3)
        assert reason in WHOLE_SERIES or str(reason) in WITHHELD.meaning[0]
    for gap in Gap:
        assert gap_sentence(str(gap), lang)
