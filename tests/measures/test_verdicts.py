"""The five verdicts: made of the measures' numbers alone, each with its report; "not enough data" where that is the truth."""

from datetime import date

import pytest

from data.measures import demand, employers, pay, verdicts
from data.measures.quoted import Quoted
from data.measures.selection import Selection
from data.release import open_release
from data.reports import REPORTS
from data.wording import LANGUAGES, number
from tests.measures.markets import paid, posting, release_of
from tests.releases import make_release


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return open_release(make_release(tmp_path_factory.mktemp("verdicts"), n=600))


@pytest.fixture(scope="module")
def thin(tmp_path_factory):
    return release_of(tmp_path_factory.mktemp("thin"), [posting(n, date(2025, 3, 1)) for n in range(3)])


def _numbers(verdict, lang):
    return [part for part in verdict.paragraph[lang] if isinstance(part, Quoted)]


@pytest.mark.parametrize(
    "selection", [Selection(), Selection(role="any"), Selection(country=("FR",)), Selection(role="all")]
)
def test_every_question_is_answered_in_both_languages(release, selection):
    found = verdicts.answers(release, selection)
    assert [verdict.question for verdict in found] == ["real", "pay", "skills", "who", "last"]
    for verdict in found:
        for lang in LANGUAGES:
            text = verdict.text(lang)
            assert text.endswith(".") and "{" not in text and "(s)" not in text and "None" not in text
            assert "nan" not in text.lower().split()
        assert {id(part) for part in _numbers(verdict, "en")} == {
            id(part) for part in _numbers(verdict, "fr")
        }
        assert {part.report for part in _numbers(verdict, "en")} <= REPORTS.keys()


def test_the_numbers_are_those_of_the_measures(release):
    real, paid_well, _, who, _ = verdicts.answers(release, Selection())
    own = demand.flow(release, Selection(), grain="year").coverage
    assert (
        f"{number(own.n_openings, 'en')} openings of {number(own.n_employers, 'en')} employers"
        in real.text("en")
    )
    row = pay.pay_overall(release, Selection()).frame.iloc[0]
    assert {row["lower_median"], row["upper_median"]} <= {part.n for part in _numbers(paid_well, "en")}
    spread = employers.concentration(release, Selection()).frame.iloc[0]
    assert spread["top1_share"] in {part.n for part in _numbers(who, "en")}


def test_too_little_is_said_to_be_too_little(thin):
    found = {verdict.question: verdict for verdict in verdicts.answers(thin, Selection())}
    assert not any(verdict.is_enough for name, verdict in found.items() if name != "who")
    assert "not enough data (n = 3)" in found["real"].text("en")
    assert "pas assez de données (n = 3)" in found["real"].text("fr")
    assert "$" not in found["pay"].text("en").replace("$175,000", "")


def test_nothing_is_said_to_be_nothing(thin):
    for verdict in verdicts.answers(thin, Selection(country=("JP",))):
        assert not verdict.is_enough
        assert not _numbers(verdict, "en")


def test_a_median_of_one_employer_is_not_given(tmp_path):
    adverts = [paid(n, date(2025, 1, 5), 100_000, 150_000, employer_key="one") for n in range(30)]
    release = release_of(tmp_path, adverts)
    found = verdicts.answer(release, Selection(), "pay")
    assert not found.is_enough
    assert "100,000" not in found.text("en")


def test_the_table_says_the_same(release):
    measure = verdicts.verdicts(release, Selection())
    for row, verdict in zip(
        measure.frame.to_dict("records"), verdicts.answers(release, Selection()), strict=True
    ):
        assert (row["text_en"], row["text_fr"]) == (verdict.text("en"), verdict.text("fr"))
        assert row["is_enough"] == verdict.is_enough
        assert set(row["reports"]) == {part.report for part in _numbers(verdict, "en")}
