"""Where: countries that do not add up and say so, shares of remote work with what the silent ones could change."""

from __future__ import annotations

import math
from datetime import date

import pycountry
import pytest

from data.errors import SelectionError
from data.measures import places
from data.measures.countries import find_country
from data.measures.intervals import wilson
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from tests.measures.markets import checked, posting, release_of

DAY = date(2024, 1, 15)


def adverts(start: int, n: int, **given) -> list[dict]:
    return [posting(start + i, given.pop("day", DAY), **given) for i in range(n)]


def by(measure, column: str) -> dict:
    return {row[column]: row for row in measure.frame.to_dict("records")}


def test_countries_by_hand(tmp_path):
    rows = [
        *adverts(0, 12, countries=["US"]),
        *adverts(20, 6, countries=["FR", "US"]),
        *adverts(40, 5, countries=[]),
        *adverts(60, 82, countries=["US"], prompt_relation="none"),
        *adverts(200, 70, countries=["DE"], prompt_relation="none"),
    ]
    measure = places.by_country(release_of(tmp_path, rows), Selection())
    found = by(measure, "country")
    us, fr = found["US"], found["FR"]
    assert (us["n_openings"], us["n_shared"], us["n_all"]) == (18, 6, 23)
    assert us["share"] == pytest.approx(18 / 23) and (us["alpha3"], us["label_fr"]) == ("USA", "États-Unis")
    assert (us["n_postings"], us["n_read"], us["per_10k"]) == (18, 100, pytest.approx(1800))
    low, high = wilson(18, 100)
    assert (us["per_10k_low"], us["per_10k_high"]) == pytest.approx((10_000 * low, 10_000 * high))
    assert (fr["n_openings"], fr["n_shared"], fr["n_read"]) == (6, 6, 6)
    de = found["DE"]
    assert (de["n_openings"], de["n_read"], de["per_10k"]) == (0, 70, 0), "none of 70 read is no hole"
    assert de["withheld"] == Withheld.FEW_OPENINGS, "none of 23 is too few to say 0 %"
    assert list(measure.frame["country"])[-1] is None and found[None]["n_openings"] == 5
    assert (measure.coverage.figure.value, measure.coverage.figure.unit) == (2, "country")
    assert measure.coverage.note[0] == (
        "An opening of several countries counts in each: 29 in all, of 23 openings."
    )


def test_an_opening_names_a_country_if_any_of_its_adverts_does(tmp_path):
    rows = [
        posting(1, DAY, countries=[], opening_key="o"),
        posting(2, DAY, countries=["FR"], opening_key="o"),
        posting(3, DAY, countries=["FR", "FR"], opening_key="o"),
    ]
    found = by(places.by_country(release_of(tmp_path, rows), Selection()), "country")
    assert (found["FR"]["n_openings"], found["FR"]["n_shared"], found["FR"]["n_employers"]) == (1, 0, 1)
    assert found[None]["n_openings"] == 0 and found[None]["n_postings"] == 1


def test_adverts_picked_by_hand_have_no_share_of_the_panel(tmp_path):
    rows = [*adverts(0, 8, countries=["IN"], source="sample"), *adverts(20, 8, countries=["US"])]
    found = by(places.by_country(release_of(tmp_path, rows), Selection()), "country")
    assert found["IN"]["share"] == 0.5 and math.isnan(found["IN"]["per_10k"])
    assert found["IN"]["per_10k_withheld"] == Withheld.SAMPLE
    assert found["US"]["per_10k_withheld"] is None


def test_a_lone_withheld_country_takes_another_along(tmp_path):
    rows = [
        *adverts(0, 30, countries=["US"]),
        *adverts(40, 9, countries=["FR"]),
        *adverts(60, 2, countries=["DE"]),
    ]
    found = by(places.by_country(release_of(tmp_path, rows), Selection()), "country")
    reasons = [found[code]["withheld"] for code in ("US", "FR", "DE")]
    assert reasons == [None, Withheld.COMPLEMENT, Withheld.FEW_OPENINGS]
    assert math.isnan(found["FR"]["share"]) and not math.isnan(found["FR"]["per_10k"])


def test_countries_of_nothing(tmp_path):
    measure = places.by_country(
        release_of(tmp_path, adverts(0, 3, prompt_relation="none", countries=["FR"])), Selection()
    )
    assert measure.frame["n_openings"].tolist() == [0, 0] and measure.frame["share"].isna().all()
    assert measure.coverage.note is None and measure.coverage.figure.value == 0


@pytest.mark.parametrize(
    ("code", "alpha3", "english", "french"),
    [
        ("FR", "FRA", "France", "France"),
        ("DE", "DEU", "Germany", "Allemagne"),
        ("BO", "BOL", "Bolivia", None),
        ("XK", None, "XK", "XK"),
    ],
)
def test_names_of_countries(code, alpha3, english, french):
    country = find_country(code)
    assert (country.alpha3, country.name_en) == (alpha3, english)
    assert french is None or country.name_fr == french


def test_every_country_of_iso_has_its_codes():
    assert all(find_country(one.alpha_2).alpha3 == one.alpha_3 for one in pycountry.countries)


# --- remote


def test_remote_by_hand(tmp_path):
    rows = [
        *adverts(0, 10, remote="remote"),
        *adverts(20, 6, remote="onsite"),
        *adverts(40, 5, remote="hybrid"),
        *adverts(60, 9, remote="unspecified"),
    ]
    measure = places.remote_share(release_of(tmp_path, rows), Selection(), grain="all")
    found = by(measure, "remote")
    remote = found["remote"]
    assert (remote["n_openings"], remote["n_all"], remote["n_known"]) == (10, 30, 21)
    assert remote["share"] == pytest.approx(1 / 3) and remote["share_known"] == pytest.approx(10 / 21)
    assert (remote["share_known_low"], remote["share_known_high"]) == pytest.approx(wilson(10, 21))
    assert remote["worst_high"] == pytest.approx(19 / 30)
    assert found[None]["share"] == pytest.approx(0.3) and found[None]["label_fr"] == "Non précisé"
    assert measure.frame["n_openings"].sum() == 30
    figure = measure.coverage.figure
    assert (figure.value, figure.low) == (remote["share_known"], remote["share_known_low"])
    assert measure.coverage.note[0].startswith("9 of 30 openings do not say")
    assert "within one source" not in measure.coverage.note[0]
    mixed = release_of(tmp_path / "mixed", [*rows, *adverts(90, 1, source="lever")])
    assert "within one source" in places.remote_share(mixed, Selection()).coverage.note[0]


def test_the_bounds_hold_the_truth_whatever_the_silent_ones_are(tmp_path):
    """60 openings, 24 truly remote, the first k silent: share <= truth <= worst_high, with equality somewhere."""
    kinds = ["remote" if i % 5 < 2 else "onsite" for i in range(60)]
    for silent in (0, 15, 30):
        rows = [posting(i, DAY, remote="unspecified" if i < silent else kinds[i]) for i in range(60)]
        release = release_of(tmp_path / str(silent), rows)
        found = by(places.remote_share(release, Selection(), grain="all"), "remote")
        for kind in ("remote", "onsite"):
            row, truth = found[kind], kinds.count(kind) / 60
            assert row["withheld"] is None and row["share"] <= truth <= row["worst_high"]
            assert row["worst_high"] - row["share"] == pytest.approx(silent / 60)


def test_an_opening_says_what_its_latest_advert_that_says_anything_says(tmp_path):
    rows = [
        posting(1, date(2024, 1, 5), remote="remote", opening_key="o"),
        posting(2, date(2024, 2, 5), remote="hybrid", opening_key="o"),
        posting(3, date(2024, 3, 5), remote="unspecified", opening_key="o"),
        posting(4, date(2025, 1, 5), remote="onsite", opening_key="o"),
    ]
    release = release_of(tmp_path, rows)
    frame = places.remote_share(release, Selection()).frame
    counted = frame[frame["n_openings"] == 1]
    assert [(p.year, kind) for p, kind in zip(counted["period"], counted["remote"], strict=True)] == [
        (2024, "hybrid"),
        (2025, "onsite"),
    ]
    assert frame["withheld"].notna().sum() == 6 and frame["is_covered"].all()


def test_years_between_are_holes_or_empty_and_the_last_is_provisional(tmp_path):
    listed = {"source": "lever", "lifecycle": "listing", "origin": "live", "board": "acme"}
    rows = [
        *adverts(0, 6, day=date(2022, 3, 1), remote="remote", **listed),
        *adverts(20, 6, day=date(2024, 3, 1), remote="remote", **listed),
        *adverts(40, 6, day=date(2026, 8, 1), remote="remote", **listed),
    ]
    coverage = [
        checked("lever", "acme", date(year, m, 1)) for year in (2022, 2024, 2026) for m in range(1, 9)
    ]
    frame = places.remote_share(release_of(tmp_path, rows, coverage=coverage), Selection()).frame
    remote = frame[frame["remote"] == "remote"].set_index(
        frame["period"].dt.year[frame["remote"] == "remote"]
    )
    assert remote.index.tolist() == [2022, 2023, 2024, 2025, 2026]
    assert remote["is_covered"].tolist() == [True, False, True, False, True]
    hole = remote.loc[2023]
    assert hole["reason"].startswith("no_adverts:lever") and math.isnan(hole["share"])
    assert hole["n_openings"] is not None and remote["n_openings"].isna().tolist()[1]
    assert remote.loc[2026, "is_provisional"]


def test_an_unknown_grain_is_refused(tmp_path):
    with pytest.raises(SelectionError, match="month, quarter, year, all"):
        places.remote_share(release_of(tmp_path, adverts(0, 1)), Selection(), grain="decade")


def test_no_openings_no_rows(tmp_path):
    release = release_of(tmp_path, adverts(0, 3, prompt_relation="none"))
    for grain in ("year", "all"):
        assert places.remote_share(release, Selection(), grain=grain).frame.empty
