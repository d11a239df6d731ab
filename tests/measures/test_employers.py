"""Who hires: concentration by hand and against its definition, domains with what is not known stated."""

from __future__ import annotations

import csv
import math
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from data.measures import employers
from data.measures.concentration import simpson, simpson_interval
from data.measures.domains import domain_labels
from data.measures.reasons import Interval, Withheld
from data.measures.selection import Selection
from tests.measures.markets import posting, release_of

DAY = date(2024, 1, 15)
COUNTS = st.lists(st.integers(1, 20), min_size=1, max_size=12)


def market(counts: list[int], *, unknown: int = 0, day: date = DAY, start: int = 1) -> list[dict]:
    """`counts[i]` openings of employer i, and some without a known one."""
    names = [f"e{i}" for i, n in enumerate(counts) for _ in range(n)] + [None] * unknown
    return [posting(start + i, day, employer_key=name) for i, name in enumerate(names)]


# --- concentration


@settings(deadline=None)
@given(COUNTS)
def test_simpson_is_the_share_of_pairs_of_one_employer(counts):
    openings = [i for i, n in enumerate(counts) for _ in range(n)]
    pairs = [a == b for a, b in combinations(openings, 2)]
    found = simpson(counts)
    assert found is None if not pairs else found == pytest.approx(sum(pairs) / len(pairs))


@settings(deadline=None)
@given(COUNTS)
def test_the_interval_holds_the_estimate_and_stays_a_share(counts):
    ends, point = simpson_interval(counts), simpson(counts)
    if ends is None:
        assert sum(counts) < 3
    else:
        assert 0 <= ends[0] <= point <= ends[1] <= 1


def test_the_index_is_unbiased_and_its_interval_covers():
    """300 markets of 40 openings over 12 employers by Zipf's law; tolerances are three standard errors."""
    rng, n, times = np.random.default_rng(11), 40, 300
    chances = 1 / np.arange(1, 13)
    chances /= chances.sum()
    truth = float((chances**2).sum())
    drawn = [[int(k) for k in row if k] for row in rng.multinomial(n, chances, size=times)]
    found = np.array([simpson(counts) for counts in drawn])
    assert abs(found.mean() - truth) < 3 * found.std() / math.sqrt(times)
    observed = np.array([sum((k / n) ** 2 for k in counts) for counts in drawn])
    assert observed.mean() - truth > 3 * observed.std() / math.sqrt(times), "what the correction is for"
    covered = np.mean([low <= truth <= high for low, high in map(simpson_interval, drawn)])
    assert covered > 0.95 - 3 * math.sqrt(0.95 * 0.05 / times)


def test_concentration_by_hand(tmp_path):
    release = release_of(tmp_path, market([5, 3, 1, 1], unknown=2))
    measure = employers.concentration(release, Selection())
    total, year = measure.frame.to_dict("records")
    assert (total["n_openings"], total["n_known"], total["n_unknown"], total["n_employers"]) == (12, 10, 2, 4)
    assert (total["top1_share"], total["top4_share"], total["top10_share"]) == (0.5, 1.0, 1.0)
    assert total["herfindahl_observed"] == pytest.approx(0.36)  # (25 + 9 + 1 + 1) / 100
    assert total["herfindahl"] == pytest.approx(26 / 90)  # (5*4 + 3*2) / (10*9)
    assert total["effective"] == pytest.approx(90 / 26)
    assert total["effective_low"] == pytest.approx(1 / total["herfindahl_high"])
    assert year["year"] == 2024 and year["herfindahl"] == total["herfindahl"]
    figure = measure.coverage.figure
    assert (figure.value, figure.unit, figure.interval) == (
        total["effective"],
        "employer",
        Interval.JACKKNIFE,
    )
    assert "corrected" in measure.coverage.note[0] and measure.coverage.n_openings == 12


def test_concentration_by_year_counts_an_opening_in_each_and_withholds(tmp_path):
    again = [posting(90, date(2025, 2, 1), employer_key="e0", opening_key="hackernews:1", is_repost=True)]
    release = release_of(tmp_path, market([4, 2, 2]) + again)
    total, first, second = employers.concentration(release, Selection()).frame.to_dict("records")
    assert (total["n_openings"], first["n_openings"], second["n_openings"]) == (8, 8, 1)
    assert second["withheld"] == Withheld.FEW_OPENINGS
    assert all(math.isnan(second[name]) for name in ("herfindahl", "effective", "top1_share"))


def test_no_two_openings_of_one_employer_give_no_effective_number(tmp_path):
    measure = employers.concentration(release_of(tmp_path, market([1] * 8)), Selection())
    row = measure.frame.iloc[0]
    assert row["herfindahl"] == 0 == row["herfindahl_low"] and row["withheld"] is None
    assert row["herfindahl_high"] == pytest.approx(3.688879 / 28, rel=1e-5)  # 28 pairs; Poisson limit of none
    assert row[["effective", "effective_low", "effective_high"]].isna().all()
    assert row["effective_withheld"] == measure.coverage.withheld == Withheld.NO_PAIRS


def test_two_employers_are_too_few(tmp_path):
    measure = employers.concentration(release_of(tmp_path, market([9, 9])), Selection())
    assert measure.coverage.withheld is Withheld.FEW_EMPLOYERS and measure.coverage.figure.value is None
    nothing = employers.concentration(measure_of_none(tmp_path), Selection())
    assert nothing.frame.empty and nothing.coverage.withheld is Withheld.FEW_OPENINGS


def measure_of_none(folder: Path):
    return release_of(folder / "none", [posting(1, DAY, prompt_relation="none")])


def test_this_year_is_provisional(tmp_path):
    release = release_of(tmp_path, market([3, 2]) + market([2, 2], day=date(2026, 8, 2), start=50))
    assert employers.concentration(release, Selection()).frame["is_provisional"].tolist() == [
        True,
        False,
        True,
    ]


def test_the_figure_of_employers_is_their_number(tmp_path):
    measure = employers.top_employers(release_of(tmp_path, market([3, 2], unknown=4)), Selection(), n=1)
    assert len(measure.frame) == 1 and measure.coverage.figure.value == 2


# --- domains


def in_domain(start: int, n: int, domain: str | None, **given) -> list[dict]:
    return [posting(start + i, DAY, domain=domain, **given) for i in range(n)]


def rows_of(release, selection=None) -> dict:
    frame = employers.domains(release, selection or Selection()).frame
    return {row["domain"]: row for row in frame.to_dict("records")}


def test_domains_with_those_that_are_not_clear(tmp_path):
    adverts = [
        *in_domain(0, 6, "healthcare"),
        *in_domain(10, 10, "legal"),
        *in_domain(30, 4, None),
        *in_domain(50, 3, "legal", prompt_relation="required"),
        *in_domain(60, 2, "finance", prompt_relation="preferred"),
    ]
    measure = employers.domains(release_of(tmp_path, adverts), Selection())
    rows = {row["domain"]: row for row in measure.frame.to_dict("records")}
    law = rows["legal"]
    assert (law["n_openings"], law["n_all"], law["n_known"]) == (10, 20, 16)
    assert (law["share"], law["share_known"], law["worst_high"]) == (0.5, 10 / 16, 14 / 20)
    assert (law["share_low"], law["share_high"]) == pytest.approx(proportion_confint(10, 20, method="wilson"))
    assert (law["label_en"], law["label_fr"]) == ("Law", "Droit")
    assert (law["n_role"], law["n_asks"], law["role_share"]) == (10, 3, 10 / 13)
    assert rows["finance"]["n_openings"] == 0 and rows["finance"]["n_asks"] == 2
    assert rows["finance"]["role_withheld"] == Withheld.FEW_OPENINGS
    assert rows[None]["share"] == 0.2 and math.isnan(rows[None]["share_known"])
    assert list(measure.frame["domain"])[-1] is None
    assert measure.frame["n_openings"].sum() == measure.coverage.n_openings


def test_a_lone_withheld_domain_takes_another_along(tmp_path):
    adverts = [*in_domain(0, 9, "healthcare"), *in_domain(10, 12, "legal"), *in_domain(30, 2, "media")]
    rows = rows_of(release_of(tmp_path, adverts))
    assert rows["media"]["withheld"] == Withheld.FEW_OPENINGS
    assert rows["healthcare"]["withheld"] == Withheld.COMPLEMENT and math.isnan(rows["healthcare"]["share"])
    assert rows["legal"]["withheld"] is None


def test_an_opening_has_the_domain_of_its_latest_clear_advert(tmp_path):
    one = {"opening_key": "o", "employer_key": "e"}
    adverts = [
        posting(1, date(2024, 1, 1), domain="media", **one),
        posting(2, date(2024, 2, 1), domain="legal", **one),
        posting(3, date(2024, 3, 1), domain=None, **one),
    ]
    rows = rows_of(release_of(tmp_path, adverts))
    assert (rows["legal"]["n_openings"], rows["media"]["n_openings"], rows[None]["n_openings"]) == (1, 0, 0)


def test_every_domain_that_is_read_has_a_name_in_both_languages():
    rules = Path(__file__).parents[2] / "nlp" / "rules" / "domains.csv"
    with rules.open(encoding="utf-8", newline="") as file:
        read = {row["domain"] for row in csv.DictReader(file)}
    assert read == set(domain_labels())
    assert all(english and french for english, french in domain_labels().values())
