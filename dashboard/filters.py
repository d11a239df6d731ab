"""The filter bar of every page, and the address that a choice in it leads to."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.places import country_name
from dashboard.titles import ADDRESS
from dashboard.view import View, query_string
from dashboard.words import Words
from data.measures.selection import PARAMETERS, ROLES, Selection
from data.release import Release
from data.schema import REMOTES, WORK_KINDS

FILTER = "filter"
_DROPDOWN = {"withinPortal": True, "shadow": "md"}

Option = dict[str, str]


def bar(view: View) -> html.Section:
    """The filters with what they are set to; on a narrow screen they fold under their own summary."""
    words = view.words
    controls = [
        _one(view, "role", role_options(words)),
        _many(view, "source", source_options(view.release, view.words)),
        _one(view, "since", month_options(view)),
        _one(view, "until", month_options(view)),
        _many(view, "country", country_options(view)),
        _many(view, "remote", value_options(words, "remote", REMOTES)),
        _many(view, "work", value_options(words, "work_kind", WORK_KINDS)),
    ]
    toggle = html.Button(
        [html.Strong(words("filter.title")), html.Span(summary(view), className="filter-summary")],
        id="filters-toggle",
        className="filters-toggle",
        type="button",
        **{"aria-expanded": "false", "aria-controls": "filters"},
    )
    return html.Section(
        [toggle, html.Div(controls, id="filters", className="filters")],
        className="filter-bar",
        **{"aria-label": words("filter.title")},
    )


def summary(view: View) -> str:
    """The selection in words, e.g. "Prompt-engineer roles · France · since Jan 2024"."""
    words, chosen = view.words, view.selection
    parts = [_label(role_options(words), chosen.role)]
    parts += [_label(source_options(view.release, view.words), value) for value in chosen.source]
    parts += [country_name(code, words.lang) for code in chosen.country]
    parts += [words(f"value.remote.{value}") for value in chosen.remote]
    parts += [words(f"value.work_kind.{value}") for value in chosen.work]
    if chosen.since:
        parts.append(words("filter.since_month", month=words.month(chosen.since)))
    if chosen.until:
        parts.append(words("filter.until_month", month=words.month(chosen.until)))
    return " · ".join(parts)


def _label(options: list[Option], value: str) -> str:
    return next((option["label"] for option in options if option["value"] == value), value)


def role_options(words: Words) -> list[Option]:
    place = 1 if words.lang == "en" else 2
    return [{"value": name, "label": str(row[place])} for name, row in ROLES.items()]


def source_options(release: Release, words: Words) -> list[Option]:
    sources = [source for source in release.manifest["sources"] if source["n_postings"]]
    return [{"value": source["id"], "label": words.source(source)} for source in sources]


def value_options(words: Words, name: str, values: tuple[str, ...]) -> list[Option]:
    return [{"value": value, "label": words(f"value.{name}.{value}")} for value in values]


@lru_cache(maxsize=8)
def _span(release: Release) -> tuple[date, date] | None:
    row = release.query("SELECT min(month) AS first, max(month) AS last FROM postings").iloc[0]
    first, last = row["first"], row["last"]
    return None if first != first or first is None else (first.date(), last.date())


@lru_cache(maxsize=8)
def _countries(release: Release) -> tuple[str, ...]:
    rows = release.query("SELECT DISTINCT unnest(countries) AS country FROM postings")
    return tuple(sorted(code for code in rows["country"] if code))


def month_options(view: View) -> list[Option]:
    """Every month of the release, the newest first."""
    span = _span(view.release)
    if span is None:
        return []
    count = (span[1].year - span[0].year) * 12 + span[1].month - span[0].month
    numbers = [span[0].year * 12 + span[0].month - 1 + offset for offset in range(count, -1, -1)]
    months = [date(number // 12, number % 12 + 1, 1) for number in numbers]
    return [{"value": f"{month:%Y-%m}", "label": view.words.month(month)} for month in months]


def country_options(view: View) -> list[Option]:
    options = [{"value": code, "label": country_name(code, view.lang)} for code in _countries(view.release)]
    return sorted(options, key=lambda option: option["label"])


def _value(view: View, name: str) -> str | None:
    return view.selection.to_params().get(name)


def _one(view: View, name: str, data: list[Option]) -> dmc.Select:
    value = view.selection.role if name == "role" else _value(view, name)
    return dmc.Select(
        id={"type": FILTER, "name": name},
        label=view.words(f"filter.{name}"),
        data=data,
        value=value,
        placeholder=view.words(f"filter.any_{name}") if name != "role" else None,
        clearable=name != "role",
        allowDeselect=False,
        searchable=name != "role",
        nothingFoundMessage=view.words("filter.nothing"),
        comboboxProps=_DROPDOWN,
        size="sm",
    )


def _many(view: View, name: str, data: list[Option]) -> dmc.MultiSelect:
    value = (_value(view, name) or "").split(",")
    return dmc.MultiSelect(
        id={"type": FILTER, "name": name},
        label=view.words(f"filter.{name}"),
        data=data,
        value=[part for part in value if part],
        placeholder=view.words(f"filter.any_{name}") if not value[0] else None,
        clearable=True,
        searchable=True,
        nothingFoundMessage=view.words("filter.nothing"),
        comboboxProps=_DROPDOWN,
        size="sm",
    )


def chosen_search(values: dict[str, Any], search: str) -> str:
    """The query string after a choice: `values` (filter name -> value) over the address' other parameters."""
    others = {
        name: given[0] for name, given in parse_qs(search.lstrip("?")).items() if name not in PARAMETERS
    }
    others.pop("posting", None)
    return query_string(Selection.from_params(_given(values)).to_params() | others)


def is_chosen(values: dict[str, Any], search: str) -> bool:
    """Whether the address already says what the bar shows: then nothing may be added to the history."""
    given = {name: value for name, value in parse_qs(search.lstrip("?")).items() if name in PARAMETERS}
    return Selection.from_params(given) == Selection.from_params(_given(values))


def _given(values: dict[str, Any]) -> dict[str, str | list[str]]:
    return {name: value for name, value in values.items() if value}


def choose(values: list[Any], ids: list[dict[str, str]], search: str | None) -> Any:
    """Callback: the query string after a choice in the bar; no update where the address says it already."""
    chosen = {key["name"]: value for key, value in zip(ids, values, strict=True)}
    if not ids or is_chosen(chosen, search or ""):
        return no_update
    return chosen_search(chosen, search or "")


def register(app: Dash) -> None:
    """A change in the bar changes the address; the address draws the page."""
    app.callback(
        Output(ADDRESS, "search"),
        Input({"type": FILTER, "name": ALL}, "value"),
        State({"type": FILTER, "name": ALL}, "id"),
        State(ADDRESS, "search"),
        prevent_initial_call=True,
    )(choose)
