"""Publishing: the record's facts and the starter archive become one immutable, hashed release."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.accuracy import accuracy_table
from data.frames import JOURNAL, TABLES
from data.health.record import read_health
from data.openings.cache import FILE as OPENINGS
from data.openings.decided import with_decisions
from data.openings.own import decisions
from data.publishing import guard, presence, rows
from data.publishing.archived import WHOLE, read_archive, with_archive
from data.publishing.arrow import empty, to_arrow
from data.publishing.health import health_tables, with_held
from data.publishing.record import Record, read_record
from data.publishing.roles import with_roles
from data.publishing.sources import IMPORT, source_entries
from data.release_files import write_release
from data.snapshots import SNAPSHOT

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from sqlalchemy import Engine

    from data.reference import Card

METHOD_VERSION = "3"
"""Changes whenever the same record would give other rows or numbers."""
SKILLS_FILE = Path(__file__).parent / "reference" / "skills.csv"
LIVE, ARCHIVE = "live", "archive"


def publish(
    engine: Engine,
    releases: Path,
    *,
    rules_version: str,
    archive: Path | None,
    cards: Mapping[str, Card],
    now: datetime,
    home: Path | None = None,
) -> str:
    """Publish the record (and the starter archive, unless None) into `releases`; returns the release's name.

    The same record gives the same bytes; where nothing changed, the current release stays and its name is
    returned. `now` (UTC, naive) only dates the manifest. Only one process may publish at a time. `home` is where
    the user's decisions about openings and the placements of the last release are kept; without it there are none.
    """
    record = read_record(engine)
    tables, coverage = record_tables(record, cards, kept=home and home / OPENINGS)
    about_archive: dict[str, Any] | None = None
    if archive is not None:
        archived, about_archive = read_archive(archive)
        live = tables["postings"]["posting_key"].to_pylist()
        tables = with_archive(tables, archived, live=live)
    if home is not None:
        tables["postings"] = with_decisions(tables["postings"], decisions(home))
    tables["postings"] = with_roles(tables["postings"])
    about = {
        "rules_version": rules_version,
        "method_version": METHOD_VERSION,
        "sources": source_entries(cards, coverage, _origins(tables["postings"])),
        "archive": about_archive,
        "n_unread": len(record.postings) - _n_read(record),
    }
    journal = health_tables(with_held(read_health(engine, cards).values(), coverage))
    runs = to_arrow(record.runs, JOURNAL["runs"])
    return write_release(releases, tables, runs, about, now=now, journal=journal)


def record_tables(
    record: Record, cards: Mapping[str, Card], *, kept: Path | None = None
) -> tuple[dict[str, pa.Table], pd.DataFrame]:
    """The tables of data.frames.TABLES that the record alone bears out, and its coverage per board and day.

    `kept`: the file that remembers placements (data.openings.cache).
    """
    lifecycles = {name: card.lifecycle or rows.FLOW for name, card in cards.items()}
    coverage, spells = _presence(record, cards)
    postings = rows.posting_rows(record, spells, lifecycles, kept=kept)
    frames = {
        "postings": postings,
        "salaries": rows.salary_rows(postings, record.salaries),
        "skills": rows.skill_rows(postings, record.skills),
        "soft": rows.soft_rows(postings),
        "evidence": rows.evidence_rows(postings, record),
        "rivals": rows.rival_rows(postings, record.rivals),
        "coverage": _coverage_rows(coverage),
        "spells": rows.spell_rows(postings, spells),
    }
    past = postings.loc[postings["origin"] == SNAPSHOT, "posting_key"]
    tables = {
        name: to_arrow(_allowed(name, frame, cards, past), TABLES[name]) for name, frame in frames.items()
    }
    tables |= {"skill_names": skill_names(), "accuracy": accuracy_table()}
    return tables | {name: empty(TABLES[name]) for name in WHOLE}, coverage


def _presence(record: Record, cards: Mapping[str, Card]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coverage per board and day as it stands, and the spells of the postings of listing sources."""
    import pandas as pd

    coverage = presence.best_of_day(record.checks)
    listing = [name for name, card in cards.items() if card.lifecycle == rows.LISTING]
    is_listing = coverage["source"].isin(listing)
    ours, boards = coverage[is_listing], coverage.loc[is_listing, "board_id"].unique()
    seen = record.seen[record.seen["board_id"].isin(boards)]
    judged, closing = guard.judge(ours, seen, record.checks[record.checks["board_id"].isin(boards)])
    looks = {name: cards[name].closing_checks for name in listing}
    needed = dict(zip(ours["board_id"], ours["source"].map(looks), strict=True))
    both = pd.concat([coverage[~is_listing], judged], ignore_index=True)
    return both, presence.spells(seen, closing, needed)


def _coverage_rows(coverage: pd.DataFrame) -> pd.DataFrame:
    days = (coverage["day"] * 86_400).astype("int64").astype("datetime64[s]")
    return coverage.assign(day=days).sort_values(["source", "board", "day"])


def _n_read(record: Record) -> int:
    return int(record.postings["document_id"].isin(record.facts["document_id"]).sum())


def _origins(postings: pa.Table) -> pd.DataFrame:
    return postings.select(["source", "origin"]).to_pandas()


def _allowed(name: str, frame: pd.DataFrame, cards: Mapping[str, Card], past: pd.Series) -> pd.DataFrame:
    """`frame` without what a source's card does not let us republish (links, quotes).

    `past`: keys of postings known from snapshots only; the archive's card speaks for them too.
    """
    if name not in ("postings", "salaries", "skills", "evidence", "rivals"):
        return frame
    source = frame["source"] if name == "postings" else frame["posting_key"].str.split(":", n=1).str[0]
    right = "links" if name == "postings" else "quotes"
    # Names given to imports have no card of their own: that of all imports holds, and without it only facts.
    allowed = {name: cards.get(name) or cards.get(IMPORT) for name in source.unique()}
    closed = source.isin([name for name, card in allowed.items() if not card or right not in card.republish])
    if any(card.kind == "snapshots" and right not in card.republish for card in cards.values()):
        closed |= frame["posting_key"].isin(past)
    if name in ("evidence", "rivals"):
        return frame[~closed]
    column = _CLOSED[name]
    return frame.assign(**{column: frame[column].where(~closed)})


_CLOSED = {"postings": "url", "salaries": "quote", "skills": "surface"}


def skill_names(path: Path = SKILLS_FILE) -> pa.Table:
    """The names of every skill of the lexicon, as data.frames.SKILL_NAMES, by id."""
    import pyarrow as pa

    with path.open(encoding="utf-8", newline="") as file:
        found = sorted(csv.DictReader(file), key=lambda row: row["id"])
    columns = {"skill_id": [row["id"] for row in found]}
    columns["label_en"] = [row["label_en"] for row in found]
    # Most names are the same in French; the lexicon then leaves the column empty.
    columns["label_fr"] = [row["label_fr"] or row["label_en"] for row in found]
    for name in ("kind", "parent"):
        columns[name] = [row[name] or None for row in found]
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
