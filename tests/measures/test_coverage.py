"""What stands beside a number: the rules of small numbers, their words, and laws over invented releases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.measures.columns import WITHHELD
from data.measures.coverage import RULES, WHOLE_SERIES, Gap, Withheld, gap_sentence, withhold
from data.measures.selection import Selection
from data.release import open_release
from data.reports import REPORTS
from tests.releases import make_release

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


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return open_release(make_release(tmp_path_factory.mktemp("releases"), n=400))


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory, release):
    """The same rows the other way round."""
    import pyarrow.parquet as pq

    from data.frames import TABLES
    from data.release_files import write_release
    from tests.measures.markets import MADE_AT

    read = {name: pq.read_table(release.path / f"{name}.parquet") for name in (*TABLES, "runs")}
    turned = {name: table.take(list(range(len(table)))[::-1]) for name, table in read.items()}
    runs = turned.pop("runs")
    about = {key: release.manifest[key] for key in ("rules_version", "method_version", "sources", "archive")}
    folder = tmp_path_factory.mktemp("mirrored")
    write_release(folder, turned, runs, about, now=MADE_AT.replace(day=1, hour=18))
    return open_release(folder)


CHOSEN = st.builds(
    Selection,
    source=st.sampled_from([(), ("hackernews",), ("greenhouse", "lever")]),
    role=st.sampled_from(["role", "title", "any", "all"]),
    country=st.sampled_from([(), ("US",), ("FR", "DE")]),
    remote=st.sampled_from([(), ("remote",)]),
)


@settings(max_examples=12, deadline=None)
@given(selection=CHOSEN, name=st.sampled_from(sorted(REPORTS)))
def test_laws_of_every_report(release, mirrored, selection, name):
    measure = REPORTS[name].measure(release, selection)
    frame, scale = measure.frame, 10_000 if name.startswith("demand") else 1
    assert list(frame.columns) == [column.name for column in REPORTS[name].columns]
    if "share_low" in frame:
        point = "share_per_10k" if scale > 1 else "share"
        shown = frame.dropna(subset=[point])
        assert shown[point].between(0, scale).all()
        assert (shown["share_low"] <= shown[point]).all() and (shown[point] <= shown["share_high"]).all()
    if "withheld" in frame:
        figures = [column.name for column in REPORTS[name].columns if column.kind == "number"]
        assert frame.loc[frame["withheld"].notna(), figures].isna().any(axis=1).all()
    again = REPORTS[name].measure(mirrored, selection)
    assert frame.astype(str).equals(again.frame.astype(str))
    assert measure.coverage == again.coverage


def test_an_unrelated_source_changes_nothing(tmp_path):
    from datetime import date

    from tests.measures.markets import paid, release_of

    ours = [paid(i, date(2024, 1, 2), 1e5, 2e5) for i in range(12)]
    theirs = [paid(i, date(2024, 3, 2), 1.0, 2.0, source="lever") for i in range(12)]
    alone, both = release_of(tmp_path / "a", ours), release_of(tmp_path / "b", ours + theirs)
    chosen = Selection(source=("hackernews",))
    for name in ("demand", "relations", "stock", "pay", "claim", "skills", "employers", "postings"):
        first, second = (REPORTS[name].measure(r, chosen) for r in (alone, both))
        assert first.frame.astype(str).equals(second.frame.astype(str)), name
        assert first.coverage == second.coverage
