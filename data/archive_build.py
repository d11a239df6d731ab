"""Rebuilds the starter archive: the corpora through our own pipeline, of which only facts are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from data import corpora as c
from data.archive_readme import readme
from data.errors import IntakeError, ReferenceDataError
from data.frames import TABLES, arrow_schema
from data.intake import accept, set_aside
from data.listings import save_listing
from data.publish import METHOD_VERSION, record_tables
from data.publishing.archived import PER_POSTING, WHOLE
from data.publishing.record import read_record
from data.reference import load_cards
from data.release import MANIFEST
from data.release_files import write_parquet
from data.schema import Check, Outcome, Posting, Reject
from data.store import finish_run, open_record, start_run

if TYPE_CHECKING:
    import pyarrow as pa

SOURCES = ("hackernews", c.SAMPLE, "ai_jobs_net_salaries", "indeed_hiring_lab")
# The words of adverts stay out: quotes, surface forms; and the days of our own looks, as there were none.
DROPPED: Mapping[str, tuple[str, ...]] = {
    "postings": ("first_seen", "last_seen", "gone_by", "n_versions", "changed_on"),
    "salaries": ("quote",),
    "skills": ("surface",),
}


def build_archive(shared: Path, out: Path, *, enrich: Callable[[Engine], object], rules_version: str) -> str:
    """Read `shared`/corpora, derive facts with `enrich(engine)`, write the archive to `out`.

    Returns one sentence with the counts. Raises ReferenceDataError where the corpora are missing.
    """
    corpora = shared / "corpora"
    if not corpora.is_dir():
        raise ReferenceDataError(f"{shared} holds no folder corpora/: give the folder that does with --from.")
    with TemporaryDirectory(prefix="promptjobs-archive-") as folder:
        engine = open_record(f"sqlite:///{Path(folder) / 'record.sqlite'}")
        n_rejected = save_corpora(engine, [*c.hacker_news(corpora), c.prompt_engineer_ads(corpora)])
        enrich(engine)
        tables = archive_tables(engine)
        engine.dispose()
    tables["reported_pay"] = _table("reported_pay", c.reported_pay(corpora))
    tables["benchmarks"] = _table("benchmarks", c.benchmarks(corpora))
    manifest = write_archive(tables, out, rules_version=rules_version, n_rejected=n_rejected)
    counts = ", ".join(f"{n:,} {name}" for name, n in manifest["counts"].items())
    return f"The archive in {out} holds {counts}; {n_rejected} adverts were set aside."


def save_corpora(engine: Engine, listings: Iterable[c.Listing]) -> int:
    """Put the listings into the record, one run a source; returns how many adverts did not pass intake."""
    n_rejected, runs = 0, set()
    for listing in listings:
        at, run_id = datetime.combine(listing.day, time()), f"archive-{listing.source}"
        start_run(engine, run_id, source=listing.source, kind="archive", at=at)
        runs.add((run_id, at))
        postings, rejects = _checked(listing)
        save_listing(engine, run_id, _check(listing, at), postings, rejects)
        n_rejected += len(rejects)
    for run_id, at in sorted(runs):
        finish_run(engine, run_id, at=at, status="finished", stats={})
    return n_rejected


def _checked(listing: c.Listing) -> tuple[list[Posting], list[Reject]]:
    postings, rejects = [], []
    for raw in listing.adverts:
        try:
            postings.append(accept(raw))
        except IntakeError as error:
            rejects.append(set_aside(raw, error))
    return postings, rejects


def _check(listing: c.Listing, at: datetime) -> Check:
    whole = listing.is_whole
    return Check(
        source=listing.source,
        board=listing.board,
        at=at,
        outcome=Outcome.COMPLETE if whole else Outcome.PARTIAL,
        reason=None if whole else "Known from partial runs or a sample only.",
    )


def archive_tables(engine: Engine) -> dict[str, pa.Table]:
    """The tables of a release about the record's postings and coverage, without the words of adverts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tables, _ = record_tables(read_record(engine), load_cards())
    kept = {
        name: tables[name].drop_columns(list(DROPPED.get(name, ()))) for name in (*PER_POSTING, "coverage")
    }
    postings = kept["postings"]
    unknown = pc.starts_with(postings["url"], c.NO_ADDRESS)
    url = pc.if_else(unknown, pa.scalar(None, pa.string()), postings["url"])
    kept["postings"] = postings.set_column(postings.schema.names.index("url"), "url", url)
    return kept


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=arrow_schema(TABLES[name]))


def write_archive(
    tables: Mapping[str, pa.Table], out: Path, *, rules_version: str, n_rejected: int
) -> dict[str, Any]:
    """Write the tables, manifest.json and README.md; the same tables give the same bytes. Returns the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    names = (*PER_POSTING, "coverage", *WHOLE)
    files = {f"{name}.parquet": write_parquet(out / f"{name}.parquet", tables[name]) for name in names}
    cards = load_cards()
    manifest = {
        "rules_version": rules_version,
        "method_version": METHOD_VERSION,
        "n_rejected": n_rejected,
        "counts": {name: tables[name].num_rows for name in names},
        "months": _months(tables["postings"]),
        "sources": [_source(name, cards[name]) for name in SOURCES],
        "files": files,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False)
    (out / MANIFEST).write_text(text + "\n", encoding="utf-8")
    (out / "README.md").write_text(readme(manifest), encoding="utf-8")
    return manifest


def _months(postings: pa.Table) -> dict[str, int]:
    """Adverts by month of Hacker News, the long series."""
    import pyarrow.compute as pc

    threads = postings.filter(pc.equal(postings["source"], "hackernews"))
    counted = threads.group_by("month").aggregate([("posting_key", "count")]).sort_by("month")
    return {f"{row['month']:%Y-%m}": row["posting_key_count"] for row in counted.to_pylist()}


def _source(name: str, card: Any) -> dict[str, Any]:
    words = {"en": card.attribution.en, "fr": card.attribution.fr}
    return {
        "id": name,
        "label": card.label,
        "licence": card.licence,
        "terms": card.terms,
        "attribution": words,
    }
