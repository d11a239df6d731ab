"""Commands about kept releases: which there are, why two differ, and how a number was revised."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.filter_options import Country, Remote, Role, Since, Source, Until, Work, chosen
from data.settings import load_settings
from data.terminal import Json, Lang, Language, say, show_rows, write_line

if TYPE_CHECKING:
    from pathlib import Path

    from data.measures.coverage import Measure

releases_app = typer.Typer(
    help="Releases: which are kept, why two of them differ, how a number was revised.", no_args_is_help=True
)
SAID = {
    "en": {
        "cause": "cause", "n": "adverts", "postings": "change in adverts", "openings": "in openings",
        "employers": "in employers", "detail": "detail", "fact": "fact", "n_postings": "adverts with another one",
        "n_read": "read since", "n_edited": "edited", "n_rules": "other rules", "n_other": "other reason",
        "compared": "{before} and {after}, in the order in which the causes are counted.",
        "same_facts": "No fact of the {n} adverts that both hold is another.",
        "facts": "Of {n} adverts that both hold:",
        "none": "No release is kept yet: run `promptjobs publish`.",
        "nothing": "{report} has no figure and no row per period in these releases.",
    },
    "fr": {
        "cause": "cause", "n": "annonces", "postings": "variation des annonces", "openings": "des postes",
        "employers": "des employeurs", "detail": "détail", "fact": "fait", "n_postings": "annonces dont il change",
        "n_read": "lues depuis", "n_edited": "modifiées", "n_rules": "autres règles", "n_other": "autre raison",
        "compared": "{before} et {after}, dans l'ordre du décompte des causes.",
        "same_facts": "Aucun fait des {n} annonces communes n'a changé.",
        "facts": "Parmi {n} annonces communes :",
        "none": "Aucune publication n'est encore gardée : lancez `promptjobs publish`.",
        "nothing": "{report} n'a ni chiffre ni ligne par période dans ces publications.",
    },
}  # fmt: skip
First = Annotated[
    str | None, typer.Argument(help="Earlier release, or how its name starts; default: the one before.")
]
Second = Annotated[str | None, typer.Argument(help="Later release; default: the current one.")]


@releases_app.command("list", epilog="Example: promptjobs releases list --json")
def list_releases(as_json: Json = False, lang: Lang = Language.EN) -> None:
    """Show the kept releases, oldest first."""
    from data.release import current_name, read_manifest, release_names

    folder = load_settings().releases
    current = current_name(folder)
    rows: list[dict[str, Any]] = []
    for name in release_names(folder):
        manifest = read_manifest(folder, name)
        kept = {key: manifest[key] for key in ("made_at", "rules_version", "method_version")}
        n_postings = manifest["counts"]["postings"]
        is_current = name == current
        shown = is_current if as_json else is_current or None
        rows.append({"release": name, "current": shown, **kept, "postings": n_postings})
    show_rows(rows, as_json=as_json)
    if not rows:
        say(SAID[lang]["none"])


@releases_app.command(epilog="Example: promptjobs releases compare 20260801 20260901 --role any")
def compare(
    before: First = None,
    after: Second = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    role: Role = None,
    country: Country = None,
    remote: Remote = None,
    work: Work = None,
    as_json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Show why two releases count otherwise: what the data, the rules and the method changed, and which facts."""
    from data.measures import changes
    from data.release import open_release

    selection = chosen(
        since=since, until=until, source=source, role=role, country=country, remote=remote, work=work
    )
    folder = load_settings().releases
    first, last = _pair(folder, before, after)
    with closing(open_release(folder, first)) as old, closing(open_release(folder, last)) as new:
        causes, facts = (measure(old, new, selection) for measure in (changes.compare, changes.facts_changed))
    if as_json:
        names = {"before": first, "after": last, "selection": selection.to_params()}
        write_line(_json({**names, "changes": _records(causes), "facts": _records(facts)}))
        return
    say(SAID[lang]["compared"].format(before=first, after=last))
    _show(causes, "cause", ("n", "postings", "openings", "employers", "detail"), lang)
    _show_facts(facts, lang)


@releases_app.command(epilog="Example: promptjobs releases revisions demand-yearly --column n_openings")
def revisions(
    report: Annotated[str, typer.Argument(help="Name of a report: promptjobs export --list names them.")],
    column: Annotated[str | None, typer.Option(help="Column to follow by period; default: openings.")] = None,
    last: Annotated[int, typer.Option(min=1, help="How many of the latest kept releases to read.")] = 12,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    role: Role = None,
    country: Country = None,
    remote: Remote = None,
    work: Work = None,
    as_json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Show what each kept release said of a report's figure and of its periods, and how far it was revised."""
    from data.measures import changes
    from data.release import open_release, release_names

    selection = chosen(
        since=since, until=until, source=source, role=role, country=country, remote=remote, work=work
    )
    folder = load_settings().releases
    with ExitStack() as stack:
        names = release_names(folder)[-last:]
        opened = [stack.enter_context(closing(open_release(folder, name))) for name in names]
        found = changes.revisions(opened, report, selection, column=column)
    rows = _records(found)
    if as_json:
        write_line(_json({"report": report, "selection": selection.to_params(), "revisions": rows}))
        return
    if not rows:
        say(SAID[lang]["nothing"].format(report=report))
        raise typer.Exit(1)
    show_rows([_shown_revision(row, lang) for row in rows], as_json=False)


def _pair(folder: Path, before: str | None, after: str | None) -> tuple[str, str]:
    """The names of the two releases meant. Raises ReleaseError."""
    from data.errors import ReleaseError
    from data.release import current_name, release_names

    kept = release_names(folder)
    last = _find(kept, after) if after is not None else current_name(folder)
    if last is None:
        raise ReleaseError(f"There is no release in {folder} yet: run `promptjobs publish`.")
    if before is not None:
        return _find(kept, before), last
    earlier = [name for name in kept if name < last]
    if not earlier:
        raise ReleaseError(f"No release before {last} is kept: there is nothing to compare it with.")
    return earlier[-1], last


def _find(kept: list[str], start: str) -> str:
    """The kept release whose name starts so; the latest where several do. Raises ReleaseError."""
    from data.errors import ReleaseError

    found = [name for name in kept if name.startswith(start)]
    if not found or not start:
        raise ReleaseError(
            f"No kept release is named {start!r}; the latest kept: {', '.join(kept[-5:]) or 'none'}."
        )
    return found[-1]


def _records(measure: Measure) -> list[dict[str, Any]]:
    """The rows of a measure as Python's own types; None for a missing value."""
    return [{name: _plain(value) for name, value in row.items()} for row in measure.frame.to_dict("records")]


def _plain(value: Any) -> Any:
    import pandas as pd

    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if value == value.normalize() else value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _show(measure: Measure, first: str, columns: tuple[str, ...], lang: Language) -> None:
    """The rows of a measure that concern an advert, under headings in the reader's language."""
    said = SAID[lang]
    shown = [row for row in _records(measure) if row[columns[0]] or row[first] in ("before", "after")]
    show_rows(
        [{said[first]: row[f"label_{lang}"], **{said[name]: row[name] for name in columns}} for row in shown],
        as_json=False,
    )


def _show_facts(facts: Measure, lang: Language) -> None:
    said, frame = SAID[lang], facts.frame
    n = int(frame["n_both"].iloc[0])
    if not frame["n_postings"].any():
        say(said["same_facts"].format(n=n))
        return
    say(said["facts"].format(n=n))
    _show(facts, "fact", ("n_postings", "n_read", "n_edited", "n_rules", "n_other"), lang)


def _shown_revision(row: dict[str, Any], lang: Language) -> dict[str, Any]:
    """A row for a terminal: the number, or why the release withholds it."""
    from data.measures.reasons import Withheld

    reason = row["withheld"]
    words = Withheld(reason).sentence(lang, int(row["n_openings"] or 0)) if reason else None
    names = ("made_at", "period", "figure", "unit")
    value, revision = (_rounded(row[name]) for name in ("value", "revision"))
    return {name: row[name] for name in names} | {"value": words or value, "revision": revision}


def _rounded(value: float | None) -> str | None:
    return None if value is None else f"{value:.6g}"
