"""What may not change a pay measure: the order of the rows, another source, another market, a second asking."""

import random
from datetime import date

import pytest

from data.measures.selection import Selection
from data.reports import REPORTS
from tests.measures.markets import paid, posting, release_of

NAMES = (
    "headline",
    "pay",
    "pay-growth",
    "pay-mandate",
    "pay-periods",
    "pay-without-employer",
    "pay-worst-case",
)
STATES = ("CA", "TX", "CO", "Berlin")


def market(seed, **given):
    """Two hundred openings of thirty employers over four years and four places; every third is silent."""
    rng, rows = random.Random(seed), []
    for number in range(200):
        day = date(2022 + number % 4, 1 + number % 12, 3)
        state = rng.choice(STATES)
        where = {"place": f"Somewhere, {state}", "country": "DE" if state == "Berlin" else "US"}
        settled = where | {"employer_key": rng.choice([None, *(f"e{i}" for i in range(30))])} | given
        low = rng.randrange(60, 200) * 1000.0
        rows.append(
            posting(1000 * seed + number, day, **settled)
            if number % 3 == 0
            else paid(1000 * seed + number, day, low, low + 40_000, **settled)
        )
    return rows


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    ours = market(1)
    shuffled = random.Random(9).sample(ours, len(ours))
    strangers = market(2, source="lever")
    gigs = market(3, work_kind="gig_content")
    given = {"plain": ours, "shuffled": shuffled, "strangers": ours + strangers, "gigs": ours + gigs}
    return {name: release_of(tmp_path_factory.mktemp(name), rows) for name, rows in given.items()}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_changes_a_measure(releases, name):
    ours = Selection(source=("hackernews",))
    found = {key: REPORTS[name].measure(release, ours) for key, release in releases.items()}
    again = REPORTS[name].measure(releases["plain"], ours)
    plain = found.pop("plain")
    assert plain.frame.astype(str).equals(again.frame.astype(str)) and len(plain.frame)
    if name == "pay-periods":
        gigs = found.pop("gigs").frame
        payroll = gigs[gigs["market"] == "payroll"].reset_index(drop=True)
        assert payroll.astype(str).equals(plain.frame.astype(str))
    for other in found.values():
        assert plain.frame.astype(str).equals(other.frame.astype(str))
        assert plain.coverage == other.coverage


@pytest.mark.parametrize("name", NAMES)
def test_intervals_hold_their_points_and_withheld_rows_show_none(releases, name):
    frame = REPORTS[name].measure(releases["plain"], Selection()).frame
    for point in ("lower_median", "upper_median", "growth", "index", "share"):
        stem = point.removesuffix("_median")
        low, high = f"{stem}_low", f"{stem}_high"
        if point in frame and low in frame:
            shown = frame.dropna(subset=[point, low, high])
            assert (shown[low] <= shown[point]).all() and (shown[point] <= shown[high]).all()
    for reason, figures in (
        ("lower_withheld", ["lower_median", "lower_low", "lower_high"]),
        ("share_withheld", ["share", "share_low", "share_high"]),
        ("low_withheld", ["worst_low"]),
        ("high_withheld", ["worst_high"]),
    ):
        if reason in frame:
            assert frame.loc[frame[reason].notna(), figures].isna().all(axis=None)
            assert frame.loc[frame[reason].isna(), figures[0]].notna().all()
