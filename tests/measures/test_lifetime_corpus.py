"""Lifetimes of real adverts: 250 companies, 22 days of daily looks (../shared/corpora/ats_presence)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from data.measures import lifetime
from data.measures.selection import Selection
from tests.data import test_presence_corpus as corpus
from tests.measures.markets import posting, release_of

pytestmark = pytest.mark.skipif(not corpus.FOLDER.exists(), reason=f"{corpus.FOLDER} is not there")


def on(number: Any) -> date | None:
    return None if pd.isna(number) else date(1970, 1, 1) + timedelta(days=int(number))


def stated() -> pd.DataFrame:
    """source, company and the earliest day of publication stated, by posting_id as in test_presence_corpus."""
    names = ["job_uid", "source", "company", "published_at"]
    files = sorted(corpus.FOLDER.glob("dt=*/part.parquet"))
    seen = pd.concat([pd.read_parquet(file, columns=names) for file in files], ignore_index=True)
    seen["posting_id"] = pd.factorize(seen["job_uid"])[0]
    first = seen.sort_values("published_at").drop_duplicates("posting_id").set_index("posting_id")
    return first.assign(day=pd.to_datetime(first["published_at"], utc=True, format="ISO8601").dt.date)


def listed(posting_id: int, about: Any, first: date) -> dict[str, Any]:
    given = {
        "source": about.source,
        "board": f"{about.source}:{about.company}",
        "employer_key": about.company,
    }
    given |= {"lifecycle": "listing", "origin": "live", "posted_basis": "stated", "first_seen": first}
    return posting(posting_id, about.day, **given)


@pytest.fixture(scope="module", params=[None, corpus.MISSING], ids=["all days", "a day lost"])
def release(request, tmp_path_factory):
    coverage, spells = corpus.lived(without=request.param)
    about = stated()
    rows = {
        row.posting_id: listed(row.posting_id, about.loc[row.posting_id], on(row.first_seen))
        for row in spells[spells["spell"] == 1].itertuples()
    }
    kept = ("spell", "exit")
    ours = [
        {name: getattr(row, name) for name in kept}
        | {name: on(getattr(row, name)) for name in ("first_seen", "last_seen", "gone_by")}
        | {"posting_key": rows[row.posting_id]["posting_key"]}
        for row in spells.astype({"exit": object}).where(spells.notna(), None).itertuples()
    ]
    checks = coverage.assign(day=coverage["day"].map(on), reason=None)
    names = ["source", "board", "day", "outcome", "n_seen", "reason"]
    return release_of(
        tmp_path_factory.mktemp("corpus"),
        rows.values(),
        spells=ours,
        coverage=checks[names].to_dict("records"),
    )


def test_adverts_of_all_roles_are_up_for_seven_weeks(release):
    measure = lifetime.survival(release, Selection())
    figure = measure.coverage.figure
    assert figure.value == 51
    assert 42 <= figure.low <= 45 and 58 <= figure.high <= 62
    assert measure.coverage.n_openings == 8_313 and "8233 whose start is known" in measure.coverage.note[0]


def test_employers_that_take_adverts_down_together_double_the_uncertainty(release):
    row = lifetime.medians(release, Selection()).frame.set_index("unit").loc["opening"]
    assert (row["median_days_low"], row["median_days_high"]) == (48, 55)
    assert 50 <= row["median_days_early"] <= row["median_days_late"] <= 52


def test_exits_of_real_adverts_sum_to_one(release):
    frame = lifetime.exits(release, Selection()).frame
    assert frame.groupby("day")["share"].sum().tolist() == pytest.approx([1] * frame["day"].nunique())
    month = frame[frame["day"] == 30].set_index("exit")["share"]
    assert month["vanished"] == pytest.approx(0.297, abs=0.005) and 0.015 < month["reposted"] < 0.035


def test_three_weeks_say_how_many_came_back_in_them_but_not_in_sixty_days(release):
    measure = lifetime.reposts(release, Selection())
    assert measure.coverage.withheld == "few_days"
    assert 0.05 < measure.frame["share"].max() < 0.09
