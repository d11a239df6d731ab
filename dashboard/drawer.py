"""One posting opened: its facts, and each quote that proves them, marked in its context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
import flask
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.cells import cell
from dashboard.components import Child, notice, out_link
from dashboard.grid import GRID, pay_text
from dashboard.plain import plain
from dashboard.quotes import in_context
from dashboard.rivals import fact_name, rivals_part
from dashboard.shell import SHELF
from dashboard.view import View, query_string
from dashboard.words import Words, is_missing
from data.errors import PromptjobsError, SelectionError
from data.measures import listing
from data.measures.skills import SOFT_LABELS
from data.reasons import reason_in
from data.release import Release

DRAWER = "posting-drawer"
FACTS = (
    "company",
    "place",
    "dated_on",
    "prompt_relation",
    "work_kind",
    "remote",
    "seniority",
    "years_min",
    "degree",
    "coding",
    "ml",
    "domain",
    "lang",
    "first_seen",
    "last_seen",
    "gone_by",
)
LEVELS = ("required", "preferred", "mentioned")


def posting_drawer(view: View) -> dmc.Drawer:
    """The drawer, open when the address names a posting."""
    key = view.own.get("posting")
    content = open_posting(view.release, key, view.words) if key else []
    return dmc.Drawer(
        content,
        id=DRAWER,
        opened=bool(key),
        position="right",
        size="min(680px, 100%)",
        title=view.words("posting.title"),
        closeButtonProps={"aria-label": view.words("posting.close")},
        overlayProps={"backgroundOpacity": 0.45},
        padding="lg",
    )


def open_posting(release: Release, key: str, words: Words) -> list[Child]:
    """Everything a release says about one posting; a message where it has no such posting."""
    try:
        return describe(release, listing.posting_detail(release, key), words)
    except PromptjobsError as error:
        said = error.sentence(words.lang) if isinstance(error, SelectionError) else str(error)
        return [notice(words("posting.unknown"), plain(said, 300), "warn")]


def describe(release: Release, detail: dict[str, Any], words: Words) -> list[Child]:
    """The drawer's content for the answer of listing.posting_detail."""
    posting = detail["posting"]
    sources = {source["id"]: words.source(source) for source in release.manifest["sources"]}
    label = sources[posting["source"]]
    parts: list[Child] = [
        html.H2(plain(posting["title"]) or words("postings.untitled"), className="posting-title", dir="auto"),
        html.P(
            [
                out_link(posting["url"], words("posting.open", source=label)),
                dcc.Link(words("posting.permalink"), href=permalink(posting["posting_key"], words)),
            ],
            className="actions",
        ),
        _facts(posting, words),
    ]
    if posting["origin"] == "archive":
        parts.append(notice(words("posting.archive_title"), words("posting.archive", source=label)))
    if posting["origin"] == "snapshot":
        parts.append(notice(words("posting.snapshot_title"), words("posting.snapshot", source=label)))
    parts += _pay(posting, detail["salaries"], words)
    parts += _skills(detail["skills"], words)
    parts += _soft(detail["soft"], words)
    parts += _evidence(detail["evidence"], words)
    parts += rivals_part(detail["rivals"], words)
    parts += _spells(detail["spells"], words)
    foot = words("posting.rules", version=posting["rules_version"], key=plain(posting["posting_key"], 120))
    return [*parts, html.P(foot, className="fine")]


def permalink(key: str, words: Words) -> str:
    return "/postings" + query_string(
        {"role": "all", "posting": key} | ({"lang": words.lang} if words.lang != "en" else {})
    )


def _facts(posting: dict[str, Any], words: Words) -> html.Dl:
    items: list[Child] = []
    for name in FACTS:
        if is_missing(posting[name]):
            continue
        items += [html.Dt(words(f"column.{name}")), html.Dd(cell(name, posting[name], words)[0], dir="auto")]
    return html.Dl(items, className="fact-list")


def _pay(posting: dict[str, Any], salaries: Sequence[dict[str, Any]], words: Words) -> list[Child]:
    head = html.H3(words("posting.pay"))
    if not salaries:
        return [head, html.P(words("posting.no_pay"), className="fine")]
    rows: list[Child] = []
    for salary in salaries:
        stated = {f"pay_{name}": salary[name] for name in ("min", "max", "currency", "period")}
        text = [html.Strong(pay_text(stated, words)), f" · {words('value.kind.' + str(salary['kind']))}"]
        if not is_missing(salary["flag"]):
            text.append(
                html.Em(f" · {words('posting.flag', flag=plain(reason_in(words.lang, salary['flag']), 80))}")
            )
        rows.append(html.Li(text))
    usd = [
        words.money(posting[name]) for name in ("pay_usd_min", "pay_usd_max") if not is_missing(posting[name])
    ]
    note = (
        html.P(words("posting.in_usd", amounts=" – ".join(dict.fromkeys(usd))), className="fine")
        if usd
        else None
    )
    return [head, html.Ul(rows, className="plain-list"), *([note] if note else [])]


def _skills(skills: Sequence[dict[str, Any]], words: Words) -> list[Child]:
    parts: list[Child] = []
    for level in LEVELS:
        names = [plain(skill[f"label_{words.lang}"], 60) for skill in skills if skill["level"] == level]
        if names:
            chips = html.Ul([html.Li(name) for name in sorted(names)], className="chips")
            parts += [html.H4(words(f"value.level.{level}")), chips]
    return [html.H3(words("posting.skills")), *parts] if parts else []


def _soft(soft: Sequence[dict[str, Any]], words: Words) -> list[Child]:
    if not soft:
        return []
    place = 1 if words.lang == "fr" else 0
    chips = html.Ul([html.Li(SOFT_LABELS[row["soft"]][place]) for row in soft], className="chips")
    return [html.H4(words("posting.soft")), chips]


def _evidence(evidence: Sequence[dict[str, Any]], words: Words) -> list[Child]:
    if not evidence:
        return []
    return [
        html.H3(words("posting.evidence")),
        html.P(words("posting.evidence_note"), className="fine"),
        html.Ol([quote_item(row, words) for row in evidence], className="quotes"),
    ]


def quote_item(row: dict[str, Any], words: Words) -> html.Li:
    """One quote in its context. Every part is a text node: markup in an advert stays text."""
    fact = str(row["fact"])
    label = fact_name(fact, words)
    item = "" if is_missing(row["item"]) or fact == "pay" else f" · {plain(str(row['item']), 60)}"
    rule = html.P(words("posting.rule", rule=plain(str(row["rule"]), 80)), className="fine")
    return html.Li([html.Span(label + item, className="quote-fact"), in_context(row), rule])


def _spells(spells: Sequence[dict[str, Any]], words: Words) -> list[Child]:
    if not spells:
        return []
    rows = [
        html.Li(
            words(
                "posting.spell_open" if is_missing(spell["gone_by"]) else "posting.spell",
                first=words.day(spell["first_seen"]),
                last=words.day(spell["last_seen"]),
                gone=words.day(spell["gone_by"]),
            )
        )
        for spell in spells
    ]
    return [html.H3(words("posting.spells")), html.Ul(rows, className="plain-list")]


def show(selected: list[dict[str, Any]] | None, lang: str) -> Any:
    """Callback: (opened, children) for the chosen row."""
    if not selected:
        return no_update, no_update
    release = flask.current_app.config[SHELF].current()
    return True, open_posting(release, str(selected[0]["posting_key"]), Words(lang))


def register(app: Dash) -> None:
    """A chosen row opens the drawer; a closed drawer lets its row go, so that it can be chosen again.

    Letting go happens in the browser: an answer of the server could come after the next click and undo it.
    """
    app.callback(
        Output(DRAWER, "opened"),
        Output(DRAWER, "children"),
        Input(GRID, "selectedRows"),
        State("page-lang", "data"),
        prevent_initial_call=True,
    )(show)
    app.clientside_callback(
        ClientsideFunction("viewer", "letRowGo"),
        Output(GRID, "selectedRows"),
        Input(DRAWER, "opened"),
        prevent_initial_call=True,
    )
