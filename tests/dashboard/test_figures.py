"""Figures are pure functions of a frame: gaps stay gaps, intervals are drawn, markup is inert."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.catalogue import CHARTS
from dashboard.figures import demand, pay, skills
from dashboard.figures.parts import alone, band, time_axis
from dashboard.figures.theme import _PAGE, PALETTE, Style, template
from dashboard.view import View
from dashboard.words import Words
from data.measures.reasons import Gap

LIGHT = Style(Words("en"), "light")
DARK = Style(Words("fr"), "dark")


def flow_frame(**changes: list[Any]) -> pd.DataFrame:
    columns = {
        "month": pd.to_datetime(["2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01"]),
        "n_postings": pd.array([12, 9, None, 4], dtype="Int64"),
        "n_openings": pd.array([12, 8, None, 4], dtype="Int64"),
        "n_employers": pd.array([6, 5, None, 3], dtype="Int64"),
        "n_low": [6.2, 3.5, None, 1.1],
        "n_high": [21.0, 15.8, None, 10.2],
        "n_all": pd.array([1000, 900, None, 800], dtype="Int64"),
        "share_per_10k": [120.0, 100.0, None, None],
        "share_low": [60.0, 50.0, None, None],
        "share_high": [200.0, 190.0, None, None],
        "is_provisional": [False, False, False, True],
        "is_covered": [True, True, False, True],
        "reason": [None, None, f"{Gap.NO_ADVERTS}:hackernews", str(Gap.INCOMPLETE)],
        "withheld": [None, None, None, "few_openings"],
    }
    return pd.DataFrame(columns | changes)


def named(chart: go.Figure, name: str) -> list[Any]:
    return [trace for trace in chart.data if trace.name == name]


def test_flow_leaves_a_hole_where_nothing_was_observed() -> None:
    chart = demand.flow(flow_frame(), LIGHT)
    (bars,) = named(chart, "Openings")
    assert list(bars.x) == ["2025-09-01", "2025-10-01"] and list(bars.y) == [12, 8]
    (hole,) = named(chart, "Not observed")
    assert list(hole.x) == ["2025-11-01"] and hole.marker.pattern.shape == "/"
    assert "hackernews" in hole.customdata[0]
    assert list(named(chart, "Incomplete period")[0].x) == ["2025-12-01"]


def test_flow_draws_the_interval_of_the_measure() -> None:
    (bars,) = named(demand.flow(flow_frame(), LIGHT), "Openings")
    assert bars.error_y.array[0] == pytest.approx(9.0)
    assert bars.error_y.arrayminus[0] == pytest.approx(5.8)


def test_share_marks_what_is_withheld_with_its_n() -> None:
    chart = demand.share(flow_frame(), LIGHT)
    (line,) = named(chart, "Per 10,000 adverts")
    assert line.y[2] is None and line.y[3] is None
    (marks,) = named(chart, "Too little data")
    assert list(marks.x) == ["2025-12-01"] and "n = 4" in marks.customdata[0]


def test_figures_speak_the_readers_language() -> None:
    chart = demand.flow(flow_frame(), DARK)
    assert {trace.name for trace in chart.data} == {"Postes", "Période incomplète", "Non observé"}
    assert chart.layout.template.layout.separators == ",\u202f"


def pay_frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [2023, 2024, 2025],
            "n_paid": [4, 30, 40],
            "disclosure": [0.1, 0.4, 0.5],
            "lower_median": [None, 120_000.0, 125_000.0],
            "lower_low": [None, 110_000.0, 115_000.0],
            "lower_high": [None, 130_000.0, 135_000.0],
            "upper_median": [None, 160_000.0, 170_000.0],
            "upper_low": [None, 150_000.0, 160_000.0],
            "upper_high": [None, 180_000.0, 190_000.0],
            "is_provisional": [False, False, True],
            "withheld": ["few_openings", None, None],
        }
    )


def test_pay_shows_no_median_where_it_is_withheld() -> None:
    chart = pay.by_year(pay_frame(), LIGHT)
    (lower,) = named(chart, "Lower bound (median)")
    assert list(lower.y) == [None, 120_000, 125_000]
    assert list(lower.marker.symbol) == ["circle", "circle", "circle-open"]
    assert "n = 30" in lower.customdata[1] and "40%" in lower.customdata[1]


def test_pay_stands_beside_the_claim() -> None:
    chart = pay.by_year(pay_frame(), LIGHT)
    assert (chart.layout.shapes[0].y0, chart.layout.shapes[0].y1) == (175_000, 300_000)


@pytest.mark.parametrize("n", [3, pay.MOST_LINES + 1])
def test_distribution_shows_lines_then_counts(n: int) -> None:
    frame = pd.DataFrame(
        {
            "title": ["<b>x</b><script>"] * n,
            "company": [None] * n,
            "lower": [100_000.0] * n,
            "upper": [150_000.0] * (n - 1) + [None],
        }
    )
    chart = pay.distribution(frame, LIGHT)
    assert (chart.data[0].type == "histogram") is (n > pay.MOST_LINES)
    assert "<script>" not in str(chart.to_json())


def test_skill_labels_hold_no_markup() -> None:
    frame = pd.DataFrame(
        {
            "skill_id": ["a"],
            "label_en": ["<a href='javascript:x'>Python</a>"],
            "n_openings": [9],
            "n_required": [5],
            "n_preferred": [3],
            "n_mentioned": [1],
            "share": [0.3],
            "share_low": [0.2],
            "share_high": [0.4],
            "level": ["all"],
        }
    )
    chart = skills.top(frame, LIGHT)
    assert "&lt;a" in chart.data[0].y[0]
    assert [trace.x[0] for trace in chart.data[:3]] == [5, 3, 1]
    only = skills.top(frame.assign(level="required"), LIGHT)
    assert [trace.x[0] for trace in only.data] == [5, 5]


def test_a_band_breaks_where_an_end_is_missing() -> None:
    low, high = pd.Series([1.0, 2.0, None, 4.0, 5.0]), pd.Series([2.0, 3.0, None, 5.0, 6.0])
    parts = band(list("abcde"), low, high, "red", "band")
    assert [list(part.x) for part in parts] == [["a", "b", "b", "a"], ["d", "e", "e", "d"]]


def test_a_lone_value_has_whiskers() -> None:
    assert list(alone(pd.Series([1.0, None, 2.0, 3.0]))) == [True, False, False, False]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2018-06-01", "2026-05-01", "2018"),
        ("2026-06-01", "2026-08-01", "Jun 2026"),
        ("2011-01-01", "2040-01-01", "2011"),
    ],
)
def test_time_axes_are_short(first: str, last: str, expected: str) -> None:
    axis = time_axis(list(pd.date_range(first, last, freq="MS")), Words("en"))
    assert axis["ticktext"][0] == expected and 1 < len(axis["ticktext"]) <= 9


@pytest.mark.parametrize("key", sorted(CHARTS))
@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light-en", "dark-fr"])
def test_every_chart_draws_what_its_measure_gives(key: str, style: Style, view: Callable[..., View]) -> None:
    chart = CHARTS[key]
    frame = chart.measure(view("/", lang=style.words.lang)).frame
    drawn = chart.draw(frame, style)
    assert len(drawn.data) >= 1 and drawn.layout.height >= 150
    assert set(chart.values) <= set(frame.columns) >= {column.name for column in chart.columns}


def _luminance(code: str) -> float:
    parts = [int(code.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_from_the_page(scheme: str) -> None:
    """WCAG 2.2: graphics 3:1 (1.4.11), text 4.5:1 (1.4.3)."""
    paper = _PAGE[scheme]["paper"]
    assert all(contrast(colour, paper) >= 3 for colour in PALETTE[scheme].values())
    assert contrast(_PAGE[scheme]["ink"], paper) >= 7
    assert contrast(_PAGE[scheme]["soft"], paper) >= 4.5
    assert contrast(PALETTE[scheme]["purple"], paper) >= 4.5
    assert template(Style(Words("en"), scheme)).layout.paper_bgcolor == "rgba(0,0,0,0)"
