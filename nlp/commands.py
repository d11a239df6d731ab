"""Commands that read adverts: enrich, extract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.errors import PromptjobsError
from data.terminal import (
    Json,
    Lang,
    Language,
    Panel,
    open_bytes,
    open_home,
    progress,
    say,
    show_rows,
    write_line,
)

if TYPE_CHECKING:
    from nlp.evaluate import Pair

app = typer.Typer()
lexicon_app = typer.Typer(help="The list of skills.", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon", rich_help_panel=Panel.READ)


@app.command(rich_help_panel=Panel.READ, epilog="Example: promptjobs enrich --workers 2")
def enrich(
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: PROMPTJOBS_WORKERS.")
    ] = None,
) -> None:
    """Read every advert whose facts are missing or older than the rules."""
    if read_pending(workers):
        raise typer.Exit(1)


def read_pending(workers: int | None = None) -> int:
    """Derive facts under the writer's lock; returns how many adverts could not be read."""
    import time

    from filelock import FileLock

    from nlp.enrich import enrich as derive

    settings, engine = open_home()
    started = time.monotonic()
    with FileLock(settings.home / "enrich.lock"), progress("reading adverts") as tell:
        done = derive(engine, workers=workers or settings.workers, progress=tell)
    rate = done.n_read / max(0.001, time.monotonic() - started)
    say(
        f"Read {done.n_read} adverts ({rate:.0f}/s) with rules {done.rules_version}; {done.n_errors} could not be read."
    )
    return done.n_errors


@app.command(
    rich_help_panel=Panel.READ,
    epilog="Example: promptjobs extract adverts.jsonl > facts.jsonl; promptjobs extract --explain advert.txt",
)
def extract(
    file: Annotated[
        str, typer.Argument(help="JSON lines {id, text|html, title?, ...}; - reads standard input.")
    ] = "-",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the plain text the offsets refer to.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option(
            help="Show quotes, rules and what lost, for people; also reads a plain text or one object."
        ),
    ] = False,
    as_json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Read adverts (JSON lines) and write their facts with the quotes that prove them (JSON lines).

    With --explain: each fact with its quote in context, its rule, and why its rivals lost.
    """
    if explain:
        _explain(file, as_json=as_json, lang=lang)
        return
    from nlp.lines import extract_lines

    n_bad = 0
    with open_bytes(file) as lines:
        for row in extract_lines(lines, with_text=with_text):
            write_line(json.dumps(row, ensure_ascii=False))
            n_bad += "error" in row
    if n_bad:
        say(f"{n_bad} lines could not be read; each has an error in the output.")
        raise typer.Exit(1)


def _explain(file: str, *, as_json: bool, lang: str) -> None:
    """Explain every advert of a file; one that cannot be read is said so, and ends it with status 1."""
    from nlp.explain_page import show_explained
    from nlp.explained import adverts, explain
    from nlp.extract import BadLine

    try:
        with open_bytes(file) as opened:
            raw = opened.read()
        for number, advert in adverts(raw):
            shown = explain({"id": number, **advert} if isinstance(advert, dict) else advert, lang=lang)
            if as_json:
                write_line(json.dumps(shown, ensure_ascii=False))
            else:
                show_explained(shown, lang=lang)
    except BadLine as error:
        say(f"promptjobs: {file}: {error}")
        raise typer.Exit(1) from error


@app.command(
    rich_help_panel=Panel.READ, epilog="Example: promptjobs evaluate ../shared/gold/dev.jsonl --only unread"
)
def evaluate(
    gold: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines: adverts with labels.")
    ],
    only: Annotated[
        str, typer.Option("--only", help="all, fr, other (not French), or a half: read, unread (by id).")
    ] = "all",
    values: Annotated[bool, typer.Option("--values", help="Also each value of a field by itself.")] = False,
    save: Annotated[
        bool,
        typer.Option("--save", help="Keep all subsets in data/reference/accuracy.csv and the model card."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Compare our facts with labels made by hand: a score for each field, beside its bar.

    Adverts are read from their own fields alone. With --save the scores go into the next release and into
    docs/extraction.md.
    """
    from nlp.evaluate import SUBSETS, load_gold, predict

    if only not in SUBSETS:
        raise typer.BadParameter(f"{only!r} is none of {', '.join(SUBSETS)}.", param_hint="--only")
    with progress("reading adverts") as tell:
        pairs = predict(load_gold(gold), tell)
    rows = _scores(pairs, gold, [only])
    if save:
        _save_scores(_scores(pairs, gold, list(SUBSETS)), gold)
    names = ("field", *(["value"] if values else []), "measure", "n", "precision", "recall", "score", "bar")
    rows = [row for row in rows if values or row["value"] is None]
    shown = rows if as_json else [{name: row[name] for name in names} | _met(row) for row in rows]
    show_rows(shown, as_json=as_json)


def _scores(pairs: list[Pair], gold: Path, subsets: list[str]) -> list[dict[str, Any]]:
    """Rows of data.accuracy for some subsets, measured today with the rules of today."""
    from datetime import UTC, datetime

    from nlp import rules_version
    from nlp.evaluate import SUBSETS, accuracy_rows, score

    today, rows = datetime.now(UTC).date(), []
    for subset in subsets:
        chosen = [pair for pair in pairs if SUBSETS[subset](pair[1])]
        rows += accuracy_rows(score(chosen), subset=subset, gold=gold, version=rules_version(), day=today)
    return rows


def _save_scores(rows: list[dict[str, Any]], gold: Path) -> None:
    from data.accuracy import save_accuracy
    from data.accuracy_card import write_cards

    kept = [row for row in rows if row["value"] is None or row["subset"] in ("all", "unread")]
    save_accuracy(kept, gold=gold.name)
    say("Saved in data/reference/accuracy.csv; " + ", ".join(write_cards()) + " say the same.")


def _met(row: dict[str, Any]) -> dict[str, Any]:
    """Whether a score reaches its bar; None without one."""
    return {"met": None if row["bar"] is None or row["score"] is None else row["score"] >= row["bar"]}


@lexicon_app.command(epilog="Example: promptjobs lexicon mine adverts.jsonl --least 5")
def mine(
    file: Annotated[
        str | None, typer.Argument(help="JSON lines of adverts, - for standard input; default: the record.")
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="Adverts that must list a term.")] = 3,
    most: Annotated[int, typer.Option(min=1, help="Terms to print.")] = 50,
    as_json: Json = False,
) -> None:
    """Print terms that adverts list beside known skills, with counts and examples: what the lexicon may lack."""
    from dataclasses import asdict

    from nlp.mine import mine as find_candidates

    found = find_candidates(_texts(file), least=least)[:most]
    rows = [asdict(candidate) for candidate in found]
    for row in rows:
        row["examples"] = row["examples"] if as_json else row["examples"][0]
    show_rows(rows, as_json=as_json)


def _texts(file: str | None) -> Iterator[tuple[str, str | None]]:
    """Text and employer of every advert of a file, or of the record."""
    from nlp.extract import plain_text

    if file is None:
        from data.store import all_documents

        for document in all_documents(open_home()[1]):
            yield plain_text(document), document.get("company")
        return
    with open_bytes(file) as lines:
        for number, line in enumerate(lines, 1):
            try:
                advert = json.loads(line) if line.strip() else None
            except ValueError as error:
                raise PromptjobsError(f"{file}, line {number} is not JSON: {error}") from error
            if advert is not None:
                yield plain_text(advert), advert.get("company")
