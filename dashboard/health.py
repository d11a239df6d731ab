"""How each source is doing, as the Sources page shows it: its sentence, its numbers, its trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components import Child
from dashboard.figures.spark import HEIGHT, WIDTH, spark
from dashboard.figures.theme import Style
from dashboard.plain import plain
from dashboard.words import Words, is_missing
from data.health.verdict import Detail, Health
from data.health.words import counted

LEVELS = ("ill", "well", "idle")
_MARKS = {"ill": "bad", "well": "good", "idle": "idle"}
_SHOWN = 3


def level_of(row: Mapping[str, Any]) -> str:
    """well, ill or idle; for a release without a journal of health, by how its last check ended."""
    if not is_missing(row["level"]):
        return str(row["level"])
    if is_missing(row["last_outcome"]):
        return "idle"
    return "well" if row["last_outcome"] in ("complete", "unchanged") else "ill"


def health_lists(
    rows: Sequence[dict[str, Any]], healths: Mapping[str, Health], style: Style
) -> list[Component]:
    """The sources that are collected, those to look at first; the others in a quieter list."""
    ranked = sorted(rows, key=lambda row: LEVELS.index(level_of(row)))
    live = [row for row in ranked if level_of(row) != "idle"]
    parts: list[Component] = []
    if live:
        items = [health_item(row, healths.get(row["source"]), style) for row in live]
        parts.append(html.Ul(items, className="health"))
    idle = [health_item(row, None, style) for row in ranked if level_of(row) == "idle"]
    if idle:
        parts += [html.H3(style.words("sources.idle"))] if live else []
        parts.append(html.Ul(idle, className="health quiet"))
    return parts


def health_item(row: dict[str, Any], health: Health | None, style: Style) -> html.Li:
    """One source. The mark is never colour alone: the sentence says it."""
    words = style.words
    body: list[Child] = [
        html.Strong(plain(words.source(row))),
        html.Span(_origin(row["origin"], words), className="tag"),
        html.P(plain(row[f"sentence_{words.lang}"], 400)),
    ]
    if health is not None and health.last_run_at is not None:
        body += [*_trend(health, style), _numbers(row, health, words), *_details(health, words)]
    elif row["n_postings"]:
        body.append(html.P(words.count("posting", row["n_postings"]), className="fine"))
    mark = html.Span(className=f"mark mark-{_MARKS[level_of(row)]}", **{"aria-hidden": "true"})
    return html.Li([mark, html.Div(body)])


def _origin(origin: object, words: Words) -> str:
    """How its adverts came here; nothing for a source that has given none yet."""
    return (
        ""
        if is_missing(origin)
        else ", ".join(words(f"value.origin.{one}") for one in str(origin).split("+"))
    )


def _trend(health: Health, style: Style) -> list[Component]:
    values = [detail.n for detail in health.of_kind("volume")]
    words = style.words
    if not values:
        return []
    said = words("sources.trend_alt", values="; ".join(words.number(value) for value in values))
    image = html.Img(src=spark(values, style), alt=said, width=WIDTH, height=HEIGHT, className="spark")
    counts = words("sources.seen", n=words.count("posting", health.n_seen), days=words.number(len(values)))
    return [html.P([image, html.Span(counts, className="fine")], className="trend")]


def _numbers(row: Mapping[str, Any], health: Health, words: Words) -> Component:
    said = "sources.answered" if health.n_listed is None else "sources.by_design"
    boards = words(said, n=words.number(health.n_answered), boards=words.number(health.n_boards))
    if health.n_suspended:
        boards += words("sources.suspended", n=words.number(health.n_suspended))
    items = [
        ("last_good_run", _moment(health.last_good_at, words) or words("sources.never")),
        ("last_run", _moment(health.last_run_at, words)),
        ("next_run", _moment(row["next_run_at"], words)),
        ("boards", boards if health.n_boards else ""),
        ("usual", words.count("posting", health.n_usual) if health.n_usual else ""),
    ]
    pairs = [[html.Dt(words(f"sources.{name}")), html.Dd(value)] for name, value in items if value]
    return html.Dl([part for pair in pairs for part in pair], className="fact-list")


def _details(health: Health, words: Words) -> list[Component]:
    """Boards in trouble, records set aside and unknown words, the commonest of each."""
    found: list[Component] = []
    for kind, name in (("trouble", "trouble"), ("reject", "set_aside"), ("unknown", "unknown")):
        details = health.of_kind(kind)
        if details:
            said = "; ".join(_counted(detail, words) for detail in details[:_SHOWN])
            more = words("sources.more") if len(details) > _SHOWN else ""
            text = words("word.says", name=words(f"sources.{name}"), text=said + more)
            found.append(html.P(text, className="fine"))
    return found


def _counted(detail: Detail, words: Words) -> str:
    return f"{words.number(detail.n)} × {plain(counted(detail)[words.lang], 120)}"


def _moment(value: object, words: Words) -> str:
    """A time (UTC) in the reader's way; "" where unknown."""
    if is_missing(value):
        return ""
    assert isinstance(value, datetime)
    return f"{words.day(value.date())}, {value:%H:%M}"
