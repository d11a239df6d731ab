"""Commands that read adverts: enrich, extract."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.terminal import Json, Lang, Language, Panel, open_home, progress, say, show_rows, write_line

if TYPE_CHECKING:
    from nlp.evaluate import Pair

app = typer.Typer()


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
    with contextlib.ExitStack() as stack:
        lines = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
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

    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
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

    kept = [row for row in rows if row["value"] is None or row["subset"] == "all"]
    save_accuracy(kept, gold=gold.name)
    say("Saved in data/reference/accuracy.csv; " + ", ".join(write_cards()) + " say the same.")


def _met(row: dict[str, Any]) -> dict[str, Any]:
    """Whether a score reaches its bar; None without one."""
    return {"met": None if row["bar"] is None or row["score"] is None else row["score"] >= row["bar"]}
