"""The command line: collects, reads, publishes and shows. Everything heavy is imported inside the commands."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.errors import PromptjobsError
from data.settings import ARCHIVE, Settings, load_settings
from data.terminal import progress, say, show_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

app = typer.Typer(
    name="promptjobs",
    help="Are prompt-engineer jobs real? Collect postings, extract pay and skills with their quotes, chart them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
archive_app = typer.Typer(help="The starter archive of facts.", no_args_is_help=True)
app.add_typer(archive_app, name="archive")

Json = Annotated[bool, typer.Option("--json", help="Write JSON for a program to read.")]
Sources = Annotated[
    list[str] | None, typer.Argument(help="Source ids; all that are switched on when left out.")
]
Boards = Annotated[str | None, typer.Option("--boards", help="Only these boards, separated by commas.")]
Arguments = Annotated[
    list[str] | None,
    typer.Option("-a", "--argument", help="NAME=VALUE for the source, such as url=https://… for page."),
]


def main() -> None:
    """Run the command line; one of our errors becomes its sentence and status 2, Ctrl-C status 130."""
    try:
        app()
    except PromptjobsError as error:
        print(f"promptjobs: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)


def _record() -> tuple[Settings, Engine]:
    from data.store import open_record

    settings = load_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    return settings, open_record(settings.database_url)


# --- collecting and publishing --------------------------------------------------------------------


@app.command(epilog="Example: promptjobs scrape page -a url=https://example.com/careers")
def scrape(sources: Sources = None, boards: Boards = None, argument: Arguments = None) -> None:
    """Collect postings from the sources into the record."""
    if not _scrape(sources, boards, argument):
        raise typer.Exit(1)


def _scrape(sources: list[str] | None, boards: str | None = None, argument: list[str] | None = None) -> bool:
    """True when every crawl ended well; a source that fails does so alone."""
    from data.reference import load_cards
    from scraper.run import crawl, planned_sources, spider_arguments, waiting_sources

    good, cards = True, load_cards()
    tokens, own = boards.split(",") if boards else None, spider_arguments(argument or [])
    for source in [*planned_sources(cards, sources), *([] if sources else waiting_sources(cards))]:
        with progress(f"{source:14}") as tell:
            result = crawl(source, boards=tokens, arguments=own, progress=tell)
        say(f"{source}: {result.sentence}")
        good &= result.is_good
    return good


@app.command(epilog="Example: promptjobs enrich --workers 2")
def enrich(
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: PROMPTJOBS_WORKERS.")
    ] = None,
) -> None:
    """Read every advert whose facts are missing or older than the rules."""
    if _enrich(workers):
        raise typer.Exit(1)


def _enrich(workers: int | None = None) -> int:
    """Derive facts under the writer's lock; returns how many adverts could not be read."""
    import time

    from filelock import FileLock

    from nlp.enrich import enrich as derive

    settings, engine = _record()
    started = time.monotonic()
    with FileLock(settings.home / "enrich.lock"), progress("reading adverts") as tell:
        done = derive(engine, workers=workers or settings.workers, progress=tell)
    rate = done.n_read / max(0.001, time.monotonic() - started)
    say(
        f"Read {done.n_read} adverts ({rate:.0f}/s) with rules {done.rules_version}; {done.n_errors} could not be read."
    )
    return done.n_errors


@app.command(epilog="Example: promptjobs publish")
def publish() -> None:
    """Write a new release from the record and the archive; nothing is written when nothing changed."""
    say(f"Release {_publish()} is current.")


def _publish() -> str:
    from filelock import FileLock

    from data.publish import publish as write_release
    from data.reference import load_cards
    from data.store import utc_now
    from nlp import rules_version

    settings, engine = _record()
    with FileLock(settings.home / "publish.lock"):
        return write_release(
            engine,
            settings.releases,
            rules_version=rules_version(),
            archive=ARCHIVE if settings.archive else None,
            cards=load_cards(),
            now=utc_now(),
        )


@app.command(epilog="Example: promptjobs update hackernews")
def update(sources: Sources = None) -> None:
    """Scrape, enrich and publish: the whole path."""
    good = _scrape(sources)
    good &= _enrich() == 0
    say(f"Release {_publish()} is current.")
    if not good:
        raise typer.Exit(1)


@app.command("import", epilog="Example: promptjobs import jobspy.csv --source jobspy")
def import_file(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV, JSONL or JSON of postings.")
    ],
    source: Annotated[str, typer.Option(help="Source id the postings are kept under.")] = "import",
) -> None:
    """Take postings from a file: JobSpy CSV, our own fields as CSV or JSONL, or schema.org JSON."""
    from data.importing import import_postings

    _, engine = _record()
    result = import_postings(engine, file, source=source)
    say(result.sentence)
    if result.n_rejected:
        raise typer.Exit(1)


@archive_app.command("build", epilog="Example: promptjobs archive build --from ../shared")
def archive_build(
    origin: Annotated[
        Path, typer.Option("--from", exists=True, file_okay=False, help="Folder holding corpora/.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder to write; default: the package's data/archive.")
    ] = None,
) -> None:
    """Rebuild the starter archive from its sources with the rules of today."""
    from data.archive_build import build_archive
    from nlp import rules_version
    from nlp.enrich import enrich as derive

    workers = load_settings().workers
    with progress("reading adverts") as tell:
        sentence = build_archive(
            origin,
            out or ARCHIVE,
            enrich=lambda engine: derive(engine, workers=workers, progress=tell),
            rules_version=rules_version(),
        )
    say(str(sentence))


# --- looking --------------------------------------------------------------------------------------


@app.command(epilog="Example: promptjobs serve --port 8051")
def serve(
    host: Annotated[str | None, typer.Option(help="Address to bind to; default: loopback.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535)] = None,
) -> None:
    """Show the dashboard on http://127.0.0.1:8050."""
    from dashboard.app import create_app
    from dashboard.serve import serve as run_server

    settings = load_settings()
    if not (settings.releases / "CURRENT").exists():
        say(f"Release {_publish()} is current.")
    run_server(create_app(settings.releases), host or settings.host, settings.port if port is None else port)


@app.command(epilog="Example: promptjobs schedule")
def schedule() -> None:
    """Run each source's update when its cron line in sources.yml says so, until stopped."""
    import logging

    from data.reference import load_cards
    from scraper.run import planned_sources
    from scraper.schedule import run_scheduler

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    cards = load_cards()
    run_scheduler(load_settings().home, [cards[source] for source in planned_sources(cards, None)])


@app.command(epilog="Example: promptjobs up")
def up() -> None:
    """Dashboard and scheduler together; Ctrl-C ends both."""
    from data.supervise import supervise

    settings = load_settings()
    if not (settings.releases / "CURRENT").exists():
        say("First start: publishing the archive ...")
        _publish()
    say(f"Dashboard: http://{settings.host}:{settings.port}  (Ctrl-C ends it)")
    raise typer.Exit(supervise([["serve"], ["schedule"]]))


@app.command(epilog="Example: promptjobs export pay --since 2023-01 --role title -o pay.csv")
def export(
    report: Annotated[str, typer.Argument(help="demand, pay, skills, postings, employers or runs.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; default: standard output.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="First month, YYYY-MM.")] = None,
    until: Annotated[str | None, typer.Option(help="Last month, YYYY-MM.")] = None,
    source: Annotated[str | None, typer.Option(help="Source ids, separated by commas.")] = None,
    role: Annotated[str | None, typer.Option(help="role, title, core, asks, any, mention or all.")] = None,
    country: Annotated[str | None, typer.Option(help="Country codes (US,FR), separated by commas.")] = None,
    remote: Annotated[str | None, typer.Option(help="remote, hybrid, onsite, unspecified.")] = None,
    work: Annotated[
        str | None, typer.Option(help="payroll, contract, gig_content, gig_ai_training, unclear.")
    ] = None,
    release: Annotated[
        str | None, typer.Option(help="Name of a kept release; default: the current one.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the descriptions: en or fr.")] = "en",
) -> None:
    """Write a report as CSV, with its metadata beside it: the same numbers as the charts."""
    from data.measures.selection import Selection
    from data.release import open_release
    from data.reports import export_report, export_text

    given = {
        "since": since,
        "until": until,
        "source": source,
        "role": role,
        "country": country,
        "remote": remote,
        "work": work,
    }
    selection = Selection.from_params({name: value for name, value in given.items() if value is not None})
    opened = open_release(load_settings().releases, release)
    if out is None:
        sys.stdout.write(export_text(opened, report, selection, lang=lang))
        return
    say(f"Wrote {export_report(opened, report, selection, out, lang=lang)} and its metadata.")


@app.command(epilog="Example: promptjobs extract adverts.jsonl > facts.jsonl")
def extract(
    file: Annotated[
        str, typer.Argument(help="JSON lines {id, text|html, title?, ...}; - reads standard input.")
    ] = "-",
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the plain text the offsets refer to.")
    ] = False,
) -> None:
    """Read adverts (JSON lines) and write their facts with the quotes that prove them (JSON lines)."""
    from nlp.lines import extract_lines

    n_bad = 0
    with contextlib.ExitStack() as stack:
        lines = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
        for row in extract_lines(lines, with_text=with_text):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            n_bad += "error" in row
    if n_bad:
        say(f"{n_bad} lines could not be read; each has an error in the output.")
        raise typer.Exit(1)


# --- knowing --------------------------------------------------------------------------------------


@app.command(epilog="Example: promptjobs sources --json")
def sources(as_json: Json = False) -> None:
    """List the sources, their terms and schedules."""
    from data.reference import load_boards, load_cards

    boards = load_boards(load_settings().boards)
    rows = [
        {
            "source": card.id,
            "kind": card.kind,
            "schedule": card.schedule,
            "boards": sum(b.source == card.id and b.status == "on" for b in boards),
            "licence": card.licence,
            "terms": card.terms,
        }
        for card in load_cards().values()
    ]
    show_rows(rows, as_json=as_json)


@app.command(epilog="Example: promptjobs status --json")
def status(as_json: Json = False) -> None:
    """Show the last and next run of each source and the current release."""
    from data.journal import last_runs, totals
    from data.reference import load_cards
    from scraper.schedule import next_runs

    settings, engine = _record()
    last, coming = last_runs(engine), next_runs(settings.home)
    known = [source for source in load_cards() if source in last or source in coming]
    rows = [
        _status_row(source, last.get(source), coming.get(source))
        for source in [*known, *(last.keys() - set(known))]
    ]
    current = settings.releases / "CURRENT"
    release = current.read_text().strip() if current.exists() else None
    if as_json:
        print(json.dumps({"release": release, "record": totals(engine), "sources": rows}, indent=2))
        return
    print(f"Release: {release or 'none yet; run promptjobs publish'}")
    print("Record: " + ", ".join(f"{n} {name}" for name, n in totals(engine).items()))
    for row in rows:
        print(_status_line(row))


def _status_row(source: str, run: Any, following: Any) -> dict[str, Any]:
    return {
        "source": source,
        "last_run": run and run.started_at.isoformat(" ", "minutes"),
        "status": run and run.status,
        "reason": run and run.reason,
        "next_run": following and following.isoformat(" ", "minutes"),
    }


def _status_line(row: dict[str, Any]) -> str:
    last = f"{row['status']}, {row['last_run']} UTC" if row["last_run"] else "never ran"
    coming = f"next {row['next_run'][:16]} UTC" if row["next_run"] else "not scheduled"
    return f"{row['source']:12} {last}; {coming}" + (f"\n{'':13}{row['reason']}" if row["reason"] else "")


@app.command(epilog="Example: promptjobs doctor")
def doctor(as_json: Json = False) -> None:
    """Check the set-up and say what to do about each thing that is not well."""
    from data.doctor import examine

    findings = examine()
    show_rows([{"check": f.name, "ok": f.is_ok, "finding": f.sentence} for f in findings], as_json=as_json)
    if not all(f.is_ok for f in findings):
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
