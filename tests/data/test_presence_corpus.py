"""Presence on real life cycles: 250 companies, 22 days (../shared/corpora/ats_presence)."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.publishing import guard, presence
from tests.shared import SHARED

FOLDER = SHARED / "corpora" / "ats_presence" / "snapshots"
MISSING = date(2026, 8, 2)
"""The day whose postings were never collected: only who was there is known of it."""

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"{FOLDER} is not there")


def day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


@cache
def corpus() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sightings (posting_id, board_id, source, day), and every board on every day with what it listed."""
    parts = [
        pd.read_parquet(file, columns=["job_uid", "source", "company"]).assign(day=day_of(file))
        for file in sorted(FOLDER.glob("dt=*/part.parquet"))
    ]
    seen = pd.concat(parts, ignore_index=True)
    seen["posting_id"] = pd.factorize(seen["job_uid"])[0]
    seen["board"] = seen["source"] + ":" + seen["company"]
    seen["board_id"] = pd.factorize(seen["board"])[0] + 1
    boards = seen[["board_id", "board", "source"]].drop_duplicates()
    asked = boards.merge(pd.DataFrame({"day": sorted(seen["day"].unique())}), how="cross")
    n_seen = seen.groupby(["board_id", "day"]).size().rename("n_seen")
    asked = asked.join(n_seen, on=["board_id", "day"]).fillna({"n_seen": 0})
    asked["outcome"] = np.where(asked["n_seen"] > 0, "complete", "empty")
    return seen[["posting_id", "board_id", "day"]], asked


def day_of(file: Path) -> int:
    return day_number(date.fromisoformat(file.parent.name.removeprefix("dt=")))


@cache
def lived(*, without: date | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coverage and spells; on the day `without` every board failed."""
    seen, asked = corpus()
    if without is not None:
        failed = asked["day"] == day_number(without)
        asked = asked.assign(outcome=asked["outcome"].mask(failed, "failed"))
        asked.loc[failed, "n_seen"] = 0
        seen = seen[seen["day"] != day_number(without)]
    at = pd.to_datetime(asked["day"], unit="D")
    checks = asked.assign(check_id=range(len(asked)), at=at, http_status=None, reason=None)
    coverage, closing = guard.judge(presence.best_of_day(checks), seen, checks)
    spells = presence.spells(seen, closing).merge(
        seen[["posting_id", "board_id"]].drop_duplicates(), on="posting_id"
    )
    return coverage, spells


def stock(spells: pd.DataFrame) -> pd.DataFrame:
    """Open postings by board (rows) and day (columns), counted one by one."""
    _, asked = corpus()
    days = sorted(asked["day"].unique())
    gone = spells["gone_by"].astype("Float64").fillna(np.inf)
    up = {
        day: spells[(spells["first_seen"] <= day) & (gone > day)].groupby("board_id").size() for day in days
    }
    return pd.DataFrame(up).reindex(sorted(asked["board_id"].unique())).fillna(0).astype(int)


def moves(spells: pd.DataFrame, name: str, like: pd.DataFrame) -> pd.DataFrame:
    """How many spells begin (first_seen) or end (gone_by) by board and day."""
    counts = spells.groupby(["board_id", name]).size().unstack(fill_value=0)
    return counts.reindex(index=like.index, columns=like.columns, fill_value=0).astype(int)


@pytest.mark.parametrize("without", [None, MISSING])
def test_the_stock_identity_holds_for_every_board_and_day(without: date | None) -> None:
    _, spells = lived(without=without)
    open_ = stock(spells)
    assert open_.shape == (250, 22)
    new, closed = moves(spells, "first_seen", open_), moves(spells, "gone_by", open_)
    before = open_.shift(axis=1, fill_value=0)
    assert (open_ == before + new - closed).all(axis=None)


def test_what_is_open_is_what_was_listed_or_came_back() -> None:
    """On a believed day nothing is open that was not listed, but for those missed a few days."""
    coverage, spells = lived()
    open_, (seen, _) = stock(spells), corpus()
    listed = seen.groupby(["board_id", "day"]).size().unstack(fill_value=0).reindex(open_.index, fill_value=0)
    away = _away(seen, spells)
    believed = coverage[coverage["outcome"] == "complete"]
    wrong = [
        (row.board, row.day)
        for row in believed.itertuples()
        if open_.loc[row.board_id, row.day]
        != listed.loc[row.board_id, row.day] + away.get((row.board_id, row.day), 0)
    ]
    assert wrong == []
    assert len(believed) > 5_000


def _away(seen: pd.DataFrame, spells: pd.DataFrame) -> dict[tuple[int, int], int]:
    """Postings by board and day that were not listed within one of their spells."""
    known = set(zip(seen["posting_id"], seen["day"], strict=True))
    found: dict[tuple[int, int], int] = {}
    for row in spells.itertuples():
        for day in range(row.first_seen, row.last_seen):
            if (row.posting_id, day) not in known:
                found[row.board_id, day] = found.get((row.board_id, day), 0) + 1
    return found


def test_the_missing_day_is_a_gap_and_no_dip() -> None:
    coverage, spells = lived(without=MISSING)
    day = day_number(MISSING)
    assert set(coverage.loc[coverage["day"] == day, "outcome"]) == {"failed"}
    with_gap, whole = stock(spells), stock(lived()[1])
    assert (with_gap[day] == with_gap[day - 1]).all()
    assert not ((spells["first_seen"] == day) | (spells["gone_by"] == day)).any()
    later = [column for column in whole.columns if column != day]
    more = with_gap[later] - whole[later]
    # Five postings missed four looks in a row; with one look less they were away for three: one spell.
    assert more.to_numpy().min() == 0
    assert more.any(axis=1).sum() == more.to_numpy().max(axis=1).sum() == 5
    assert not more[whole.columns[-1]].any()


def test_real_falls_are_suspect_for_a_day_and_then_believed() -> None:
    """Four boards fell by over 30 % in one day, and stayed down: each fall is dated by its first day."""
    coverage, spells = lived()
    assert set(coverage["outcome"]) <= {"complete", "empty", guard.SUSPECT}
    last = coverage["day"].max()
    assert list(coverage.loc[coverage["outcome"] == guard.SUSPECT, "day"].unique()) in ([], [last])
    posthog = coverage.loc[coverage["board"] == "ashby:posthog", "board_id"].iloc[0]
    closed = spells[spells["board_id"] == posthog].groupby("gone_by").size()
    assert closed.max() >= 7
