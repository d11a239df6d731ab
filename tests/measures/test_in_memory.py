"""What a release keeps in memory changes no number: every report, with and without it, over any selection."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.measures.coverage import cover
from data.measures.selection import COLUMNS, ROLES, Selection, in_columns
from data.release import Release, Scope, open_release
from data.reports import REPORTS
from data.schema import REMOTES, WORK_KINDS
from tests.releases import make_release

NOW = datetime(2026, 8, 1, 20, 0, 0)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


SELECTIONS = st.builds(
    Selection,
    source=some(("hackernews", "greenhouse", "lever")),
    role=st.sampled_from(tuple(ROLES)),
    since=st.sampled_from((None, date(2023, 1, 1), date(2026, 6, 1))),
    until=st.sampled_from((None, date(2025, 12, 1), date(2026, 7, 1))),
    country=some(("US", "FR", "DE")),
    remote=some(tuple(REMOTES)),
    work=some(tuple(WORK_KINDS)),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, Release]:
    """The same release twice: with what is kept in memory, and reading the files only."""
    folder = make_release(tmp_path_factory.mktemp("releases"), n=600)
    return open_release(folder), open_release(folder, in_memory=False)


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=SELECTIONS)
def test_a_report_is_the_same_from_memory_and_from_the_files(
    both: tuple[Release, Release], name: str, selection: Selection
) -> None:
    with time_machine.travel(NOW, tick=False):
        kept, plain = (REPORTS[name].measure(release, selection) for release in both)
    pd.testing.assert_frame_equal(kept.frame, plain.frame)
    assert kept.coverage == plain.coverage


def test_tables_are_tables_in_memory_and_views_without(both: tuple[Release, Release]) -> None:
    sql = "SELECT table_type FROM information_schema.tables WHERE table_schema IN ('named', 'kept')"
    for release, kind in zip(both, ("BASE TABLE", "VIEW"), strict=True):
        release.query("SELECT 1 FROM kept.source_months, named.skills LIMIT 1")
        assert set(release.query(sql)["table_type"]) == {kind}
        assert {"kept.source_months", "named.skills", "named.postings"} <= set(release.made())


def test_named_tables_hold_what_names_prompting_and_main_all(both: tuple[Release, Release]) -> None:
    counts = "SELECT count(*) AS n, count(*) FILTER (WHERE prompt_relation = 'none') AS other FROM"
    for release in both:
        found = {
            name: tuple(release.query(f"{counts} {name}", scope=scope).iloc[0])
            for name, scope in (
                ("postings", Scope.NAMED),
                ("main.postings", Scope.NAMED),
                ("postings", Scope.ALL),
            )
        }
        assert found["postings"] == found["main.postings"] == (600, found["main.postings"][1])
        named = release.query(f"{counts} named.postings").iloc[0]
        assert tuple(named) == (600 - found["main.postings"][1], 0)
        assert tuple(release.query(f"{counts} postings", scope=Scope.NAMED).iloc[0]) == tuple(named)


def test_many_threads_make_each_table_once(tmp_path: Path) -> None:
    release = open_release(make_release(tmp_path))
    expected = REPORTS["demand"].measure(open_release(tmp_path), Selection(role="any")).frame
    found: list[bool] = []
    together = threading.Barrier(6)

    def ask() -> None:
        together.wait()
        found.append(REPORTS["demand"].measure(release, Selection(role="any")).frame.equals(expected))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 6


def test_the_whole_market_is_covered_alike_by_its_narrow_tables(both: tuple[Release, Release]) -> None:
    """`p.has_pay` is no column of kept.panel, so this condition, always true, has the postings counted themselves."""
    always = ("coalesce(p.has_pay, TRUE) IS NOT NULL", [])
    assert not in_columns(always[0])
    assert in_columns(" AND ".join(f"p.{name} IS NOT NULL" for name in COLUMNS))
    for selection in (Selection(role="all"), Selection(role="all", country=("US", "FR"), remote=("remote",))):
        narrow = cover(both[0], selection, method="flow")
        assert narrow == cover(both[0], selection, method="flow", only=always)
        assert narrow.n_openings > 0


def test_an_answer_is_remembered_until_many_others_came(tmp_path: Path) -> None:
    release = open_release(make_release(tmp_path, n=5))
    asked: list[int] = []

    def square(n: int) -> int:
        return release.remember(("square", n), lambda: asked.append(n) or n * n)

    assert [square(3), square(3), square(4)] == [9, 9, 16]
    assert asked == [3, 4]
    for n in range(10, 600):
        square(n)
    asked.clear()
    assert square(599) == 599 * 599
    assert asked == []
    assert square(3) == 9
    assert asked == [3]
