"""Reading what a release needs out of the record, in bulk, as pandas frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, Float, Integer, func, select

from data import tables as t
from data.schema import COVERED, Outcome
from data.snapshots import OF_ARCHIVE, SNAPSHOT

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection, Engine, Select

_CHUNK = 50_000
_FACTS = (
    "document_id", "rules_version", "lang", "title", "company", "places", "prompt_relation", "work_kind",
    "coding", "ml", "remote", "years_min", "degree", "degree_level", "seniority", "domain", "main_salary",
    "soft", "requisition_id", "sketch",
)  # fmt: skip
_PAY = (
    "document_id", "position", "min", "max", "annual_min", "annual_max", "currency", "period", "kind", "bound",
    "flag", "rule", "start", "quote", "before", "after",
)  # fmt: skip
_SKILL = ("document_id", "skill_id", "level", "surface")
_RIVAL = ("document_id", "position", "fact", "value", "reason", "cue", "start", "quote", "before", "after")
_SKILL_PROOF = ("document_id", "skill_id", "start", "surface", "before", "after", "rule")


@dataclass(frozen=True, slots=True)
class Record:
    """Frames of the record. Days are datetime64[D] counts (int64 days since 1970).

    postings: posting_id, posting_key, source, board, url, origin, document_id, n_versions, changed_on,
        posted_on, posted_basis
    checks: check_id, board_id, source, board, at, day, outcome, http_status, n_seen, reason, kind (of the run)
    seen: posting_id, board_id, day (distinct)
    facts, salaries, skills, proofs (quotes of skills), evidence, rivals: as in data.tables, of documents in use
    """

    postings: pd.DataFrame
    checks: pd.DataFrame
    seen: pd.DataFrame
    facts: pd.DataFrame
    salaries: pd.DataFrame
    skills: pd.DataFrame
    proofs: pd.DataFrame
    evidence: pd.DataFrame
    rivals: pd.DataFrame
    runs: pd.DataFrame


def read_record(engine: Engine) -> Record:
    """Everything a release needs, from one consistent snapshot of the record."""
    with _snapshot(engine) as db:
        checks, sightings = (
            _checks(db),
            _frame(db, _columns(t.sightings, "posting_id", "check_id", "document_id")),
        )
        sightings = sightings.merge(checks[["check_id", "board_id", "at", "day"]], on="check_id")
        postings = _postings(db, sightings, checks)
        relation = t.facts.c.prompt_relation != "none"
        proofs = _columns(t.skills, *_SKILL_PROOF).join(
            t.facts, t.facts.c.document_id == t.skills.c.document_id
        )
        frames = {
            "facts": _frame(db, _columns(t.facts, *_FACTS)),
            "salaries": _frame(db, _columns(t.salaries, *_PAY)),
            "skills": _frame(db, _columns(t.skills, *_SKILL)),
            "proofs": _frame(db, proofs.where(relation)),
            "evidence": _frame(db, _columns(t.facts, "document_id", "evidence").where(relation)),
            "rivals": _frame(db, _columns(t.rivals, *_RIVAL)),
        }
        used = postings["document_id"].unique()
        frames = {name: frame[frame["document_id"].isin(used)] for name, frame in frames.items()}
        seen = sightings[["posting_id", "board_id", "day"]].drop_duplicates()
        return Record(postings=postings, checks=checks, seen=seen, runs=_runs(db), **frames)


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose queries all see the record as it was at the first of them."""
    with engine.connect() as db:
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("BEGIN")  # its driver begins only at the first write
        else:
            db = db.execution_options(isolation_level="REPEATABLE READ")
        yield db
        db.rollback()


def _columns(table: Any, *names: str) -> Select[Any]:
    return select(*(table.c[name] for name in names))


def _frame(db: Connection, query: Select[Any]) -> pd.DataFrame:
    """The rows of `query` as a frame, fetched in chunks so that tuples never pile up."""
    import pandas as pd

    result = db.execution_options(yield_per=_CHUNK).execute(query)
    names = list(result.keys())
    chunks = [
        pd.DataFrame(dict(zip(names, zip(*rows, strict=True), strict=True))) for rows in result.partitions()
    ]
    if chunks:
        return pd.concat(chunks, ignore_index=True)
    return pd.DataFrame(
        {column.name: pd.Series(dtype=_dtype(column.type)) for column in query.selected_columns}
    )


def _dtype(kind: object) -> str:
    """The type of a column without rows: later steps join on it."""
    if isinstance(kind, Integer):
        return "int64"
    if isinstance(kind, Float):
        return "float64"
    return "datetime64[s]" if isinstance(kind, Date | DateTime) else "object"


def _checks(db: Connection) -> pd.DataFrame:
    c, b = t.checks.c, t.boards.c
    query = select(
        c.check_id,
        c.run_id,
        t.runs.c.kind,
        c.board_id,
        b.source,
        b.board,
        c.at,
        c.outcome,
        c.http_status,
        c.n_seen,
        c.reason,
    )
    query = query.join(t.boards, b.board_id == c.board_id).join(t.runs, t.runs.c.run_id == c.run_id)
    frame = _frame(db, query.order_by(c.check_id))
    frame["at"] = frame["at"].astype("datetime64[s]")
    frame["day"] = frame["at"].astype("datetime64[s]").astype("int64") // 86_400
    past = frame["kind"] == SNAPSHOT
    frame.loc[past, "reason"] = OF_ARCHIVE + (": " + frame.loc[past, "reason"]).fillna("")
    # A whole answer that lists nothing is as suspect as an empty one.
    hollow = frame["outcome"].isin([o.value for o in COVERED]) & (frame["n_seen"] == 0)
    frame.loc[hollow, "outcome"] = Outcome.EMPTY.value
    return frame


def _postings(db: Connection, sightings: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    p = t.postings.c
    query = (
        select(p.posting_id, p.source, p.external_id, p.url, t.boards.c.board, t.runs.c.kind)
        .join(t.boards, t.boards.c.board_id == p.board_id)
        .join(t.checks, t.checks.c.check_id == p.first_check_id)
        .join(t.runs, t.runs.c.run_id == t.checks.c.run_id)
    )
    frame = _frame(db, query)
    frame["posting_key"] = frame["source"] + ":" + frame["external_id"]
    frame["origin"] = _origins(frame, sightings, checks).replace({"scrape": "live"})
    frame = frame.merge(_wording(sightings), on="posting_id")
    frame = frame.merge(_posted(db), on="posting_id", how="left")
    return frame.sort_values("posting_key").reset_index(drop=True)


def _origins(frame: pd.DataFrame, sightings: pd.DataFrame, checks: pd.DataFrame) -> pd.Series:
    """The kind of run that found each posting; a snapshot only where nothing else has shown it."""
    past = frame.loc[frame["kind"] == SNAPSHOT, "posting_id"]
    if past.empty:
        return frame["kind"]
    shown = sightings.loc[sightings["posting_id"].isin(past), ["posting_id", "check_id", "at"]]
    shown = shown.merge(checks[["check_id", "kind"]], on="check_id").sort_values(["at", "check_id"])
    others = shown[shown["kind"] != SNAPSHOT].drop_duplicates("posting_id").set_index("posting_id")["kind"]
    return frame["posting_id"].map(others).where(frame["kind"] == SNAPSHOT).fillna(frame["kind"])


def _wording(sightings: pd.DataFrame) -> pd.DataFrame:
    """posting_id, the document of its latest sighting, n_versions, and the day of its last change (or <NA>)."""
    rows = sightings.sort_values(["posting_id", "at", "check_id"])
    before = rows.groupby("posting_id")["document_id"].shift()
    changes = rows[before.notna() & (before != rows["document_id"])]
    frame = rows.drop_duplicates("posting_id", keep="last")[["posting_id", "document_id"]]
    n_versions = rows.groupby("posting_id")["document_id"].nunique().rename("n_versions")
    last = changes.drop_duplicates("posting_id", keep="last").set_index("posting_id")["day"]
    return frame.join(n_versions, on="posting_id").join(last.rename("changed_on"), on="posting_id")


def _posted(db: Connection) -> pd.DataFrame:
    """The first publication day each posting was ever given, with its basis."""
    s = t.sightings.c
    query = select(s.posting_id, s.posted_on, s.posted_basis).where(s.posted_on.is_not(None)).distinct()
    frame = _frame(db, query).sort_values(["posting_id", "posted_on", "posted_basis"])
    return frame.drop_duplicates("posting_id")


def _runs(db: Connection) -> pd.DataFrame:
    """The journal: one row a run with the sums over its checks."""
    c, r = t.checks.c, t.runs.c
    names = ("run_id", "source", "kind", "started_at", "finished_at", "status", "reason")
    covered = c.outcome.in_([o.value for o in COVERED])
    failed = c.outcome.in_([Outcome.FAILED.value, Outcome.BLOCKED.value])
    sums = (
        func.count(c.check_id).label("n_boards"),
        func.count(c.check_id).filter(covered).label("n_covered"),
        func.count(c.check_id).filter(failed).label("n_failed"),
        func.coalesce(func.sum(c.n_seen), 0).label("n_seen"),
        func.coalesce(func.sum(c.n_new), 0).label("n_new"),
        func.coalesce(func.sum(c.n_rejected), 0).label("n_rejected"),
    )
    query = select(*(r[name] for name in names), *sums).join_from(
        t.runs, t.checks, c.run_id == r.run_id, isouter=True
    )
    grouped = query.group_by(*(r[name] for name in names))
    return _frame(db, grouped.order_by(r.started_at, r.run_id))
