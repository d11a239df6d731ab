"""No withheld share can be worked out from the shares shown beside it: the law of every partition."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.coverage import withhold
from data.measures.partition import VALUES, shares
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.suppression import protect
from data.release import open_release
from data.reports import REPORTS
from tests.releases import make_release

FEW, ALSO = Withheld.FEW_OPENINGS, Withheld.COMPLEMENT
CELLS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8)


def cells(counts: list[tuple[int, int]], *, unknown: bool) -> list[dict[str, Any]]:
    """Cells a, b, ...; the last one does not say where `unknown`."""
    found = [
        {"kind": chr(97 + i), "n_openings": n, "n_employers": min(n, e)} for i, (n, e) in enumerate(counts)
    ]
    if unknown:
        found[-1]["kind"] = None
    return found


def worked_out(rows: list[dict[str, Any]]) -> list[str | None]:
    """The withheld cells whose share follows from what is shown: 1 = sum of shares, and cells known to be empty.

    A share follows if the row of its cell alone lies in the span of the equations: linear algebra, not the rule.
    """
    n = len(rows)
    equations = [np.ones(n)]
    for i, row in enumerate(rows):
        if row["share"] is not None or row["n_openings"] == 0:
            equations.append(np.eye(n)[i])
    rank = np.linalg.matrix_rank(np.array(equations))
    return [
        row["kind"]
        for i, row in enumerate(rows)
        if row["share"] is None
        and row["n_openings"]
        and np.linalg.matrix_rank(np.array([*equations, np.eye(n)[i]])) == rank
    ]


@settings(deadline=None)
@given(counts=CELLS, unknown=st.booleans())
def test_no_withheld_share_follows_from_those_shown(counts, unknown):
    rows = shares(cells(counts, unknown=unknown), key="kind")
    held = [row for row in rows if row["n_openings"]]
    if len(held) > 1:  # a cell that holds everything has no other to hide behind
        assert worked_out(rows) == []


@settings(deadline=None)
@given(counts=CELLS)
def test_no_bound_or_ratio_gives_a_withheld_share_away(counts):
    """worst_high - share and share / share_known are what those that do not say take up: shown or hidden with them."""
    rows = shares(cells(counts, unknown=True), key="kind")
    if rows[-1]["share"] is None:
        assert all(row[name] is None for row in rows for name in VALUES)


def test_a_true_zero_does_not_tell_of_those_that_do_not_say():
    rows = shares(cells([(3, 3), (0, 0), (60, 20)], unknown=True), key="kind")
    assert [row["withheld"] for row in rows] == [FEW, ALSO, ALSO]
    assert all(row["worst_high"] is None for row in rows)


@settings(deadline=None)
@given(counts=CELLS, unknown=st.booleans())
def test_rows_keep_their_counts_and_order_and_lose_all_values_at_once(counts, unknown):
    given_cells = cells(counts, unknown=unknown)
    rows = shares(given_cells, key="kind")
    assert [(r["kind"], r["n_openings"]) for r in rows] == [(c["kind"], c["n_openings"]) for c in given_cells]
    for row in rows:
        if row["withheld"] is not None:
            assert all(row[name] is None for name in VALUES)
        else:
            assert row["share"] == pytest.approx(float(Fraction(row["n_openings"], row["n_all"])))
            assert row["share_low"] <= row["share"] <= row["share_high"]
            assert row["kind"] is None or row["share"] <= row["worst_high"] <= 1


@settings(deadline=None)
@given(counts=CELLS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_cells_changes_nothing(counts, order):
    found = cells(counts, unknown=True)
    mixed = found.copy()
    order.shuffle(mixed)
    by_kind = [{r["kind"]: r["withheld"] for r in shares(one, key="kind")} for one in (found, mixed)]
    assert by_kind[0] == by_kind[1]


def marked(*counts: int) -> list[Withheld | None]:
    """Reasons of cells a, b, ... of that many openings, all by employers of their own."""
    rows = [
        {
            "kind": chr(97 + i),
            "n_openings": n,
            "share": 0.5,
            "withheld": withhold("cell", n, n) if n else None,
        }
        for i, n in enumerate(counts)
    ]
    return [row["withheld"] for row in protect(rows, values=["share"], key="kind")]


@pytest.mark.parametrize(
    ("counts", "reasons"),
    [
        ((20, 9, 6), [None, None, None]),
        ((20, 9, 3), [None, ALSO, FEW]),  # 1 - the others would be the third share
        ((20, 4, 3), [None, FEW, FEW]),  # of two, only the sum is known
        ((20, 9, 3, 0), [None, ALSO, FEW, None]),  # an empty cell hides nothing
        ((9, 9, 3), [ALSO, None, FEW]),  # the first by name of equals
        ((3,), [FEW]),
        ((), []),
    ],
)
def test_the_smallest_of_the_others_is_withheld_too(counts, reasons):
    assert marked(*counts) == reasons


def test_those_that_do_not_say_are_withheld_last():
    def reasons(*found: tuple[str | None, int]) -> list[Withheld | None]:
        rows = [{"kind": k, "n_openings": n, "n_employers": n} for k, n in found]
        return [row["withheld"] for row in shares(rows, key="kind")]

    assert reasons(("a", 30), ("b", 3), (None, 6)) == [ALSO, FEW, None]
    assert reasons(("b", 3), (None, 6)) == [FEW, ALSO]
    assert reasons(("a", 30), (None, 2)) == [None, None]


def test_each_partition_is_completed_by_itself():
    rows = [
        {"year": year, "kind": kind, "n_openings": n, "share": 0.5, "withheld": FEW if n < 5 else None}
        for year, kind, n in ((1, "a", 9), (1, "b", 3), (2, "a", 9), (2, "b", 8))
    ]
    found = protect(rows, values=["share"], key="kind", within=["year"])
    assert [row["share"] for row in found] == [None, None, 0.5, 0.5]
    assert rows[0]["share"] == 0.5, "the rows given are left as they were"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return open_release(make_release(tmp_path_factory.mktemp("releases"), n=250))


SELECTIONS = st.builds(
    Selection,
    role=st.sampled_from(["role", "title", "asks", "mention", "all"]),
    source=st.sampled_from([(), ("hackernews",), ("lever",)]),
    country=st.sampled_from([(), ("US",), ("FR", "DE")]),
    work=st.sampled_from([(), ("payroll",), ("gig_ai_training",)]),
    since=st.sampled_from([None, date(2024, 1, 1), date(2026, 6, 1)]),
)


@settings(max_examples=30, deadline=None)
@given(selection=SELECTIONS)
def test_no_report_of_a_partition_gives_a_withheld_share_away(release, selection):
    for name, key, within in (("domains", "domain", None), ("remote", "remote", "period")):
        frame = REPORTS[name].measure(release, selection).frame.astype(object)
        frame = frame.where(frame.notna(), None)
        parts = [frame] if within is None else [part for _, part in frame.groupby(within)]
        for part in parts:
            rows = [row | {"kind": row[key]} for row in part.to_dict("records")]
            if sum(bool(row["n_openings"]) for row in rows) > 1:
                assert worked_out(rows) == [], (name, selection)


@settings(max_examples=15, deadline=None)
@given(selection=SELECTIONS)
def test_no_country_is_withheld_alone(release, selection):
    frame = REPORTS["countries"].measure(release, selection).frame
    held = frame[frame["n_openings"] > 0]
    assert len(held) < 2 or held["withheld"].notna().sum() != 1
