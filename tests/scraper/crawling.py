"""Runs real crawls against a replay server and reads the record they leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from data import tables as t
from data.store import open_record, read_document
from scraper.run import CrawlResult, crawl
from tests.replay import Replay

GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"


def environ(server: Replay, home: Path) -> dict[str, str]:
    """The environment of a crawl that asks only the replay server and writes only under `home`."""
    return {"PROMPTJOBS_UPSTREAM": server.url, "PROMPTJOBS_HOME": str(home)}


def run(
    server: Replay, home: Path, source: str, boards: list[str] | None = None, **settings: object
) -> CrawlResult:
    """One crawl, its requests counted from nothing."""
    server.forget()
    return crawl(source, boards=boards, environ=environ(server, home), settings=settings)


def job(number: int, **changes: Any) -> dict[str, Any]:
    """A Greenhouse job in the API's shape, with words of our own."""
    return {
        "id": number,
        "absolute_url": f"https://job-boards.greenhouse.io/some/jobs/{number}",
        "title": f"Prompt Engineer {number}",
        "company_name": "Lantern Works",
        "location": {"name": "Lyon"},
        "metadata": None,
        "updated_at": "2026-07-29T08:50:01-04:00",
        "first_published": "2026-07-16T11:55:32-04:00",
        "language": "en",
        "requisition_id": None,
        "content": f"&lt;p&gt;Light lantern number {number}.&lt;/p&gt;",
        "departments": [],
        "offices": [],
    } | changes


def page(*jobs: Any, total: int | None = None) -> dict[str, Any]:
    """A Greenhouse listing of these jobs."""
    return {"jobs": list(jobs), "meta": {"total": len(jobs) if total is None else total}}


class Record:
    """What a record holds, in words that do not depend on the order of writing."""

    def __init__(self, home: Path) -> None:
        self.engine = open_record(f"sqlite:///{home / 'record.sqlite'}")

    def rows(self, query: Any) -> list[Any]:
        with self.engine.connect() as db:
            return list(db.execute(query))

    def runs(self) -> list[Any]:
        return self.rows(select(t.runs).order_by(t.runs.c.started_at, t.runs.c.run_id))

    def checks(self, run_id: str) -> dict[str, Any]:
        """The run's checks by board."""
        query = select(t.boards.c.board, t.checks).join(t.boards, t.boards.c.board_id == t.checks.c.board_id)
        return {row.board: row for row in self.rows(query.where(t.checks.c.run_id == run_id))}

    def outcomes(self, run_id: str) -> dict[str, str]:
        return {board: row.outcome for board, row in self.checks(run_id).items()}

    def postings(self) -> dict[str, set[str]]:
        """External ids by board."""
        query = select(t.boards.c.board, t.postings.c.external_id).join(
            t.boards, t.boards.c.board_id == t.postings.c.board_id
        )
        found: dict[str, set[str]] = {}
        for board, external_id in self.rows(query):
            found.setdefault(board, set()).add(external_id)
        return found

    def posting_keys(self) -> set[str]:
        """source:external_id of every posting."""
        return {f"{r.source}:{r.external_id}" for r in self.rows(select(t.postings))}

    def seen(self, run_id: str, board: str) -> set[str]:
        """External ids that the run's check of `board` listed."""
        query = (
            select(t.postings.c.external_id)
            .join(t.sightings, t.sightings.c.posting_id == t.postings.c.posting_id)
            .join(t.checks, t.checks.c.check_id == t.sightings.c.check_id)
            .join(t.boards, t.boards.c.board_id == t.checks.c.board_id)
            .where((t.checks.c.run_id == run_id) & (t.boards.c.board == board))
        )
        return {row.external_id for row in self.rows(query)}

    def documents(self) -> dict[str, dict[str, Any]]:
        """The latest document of every posting by external id."""
        query = (
            select(t.postings.c.external_id, t.documents.c.body)
            .join(t.sightings, t.sightings.c.posting_id == t.postings.c.posting_id)
            .join(t.documents, t.documents.c.document_id == t.sightings.c.document_id)
            .order_by(t.sightings.c.check_id)
        )
        return {row.external_id: read_document(row.body) for row in self.rows(query)}

    def rejects(self) -> list[Any]:
        return self.rows(select(t.rejects).order_by(t.rejects.c.reject_id))

    def substance(self) -> dict[str, Any]:
        """Postings and documents whatever the number of runs it took to collect them."""
        postings = select(
            t.postings.c.source, t.postings.c.external_id, t.postings.c.url, t.boards.c.board
        ).join(t.boards, t.boards.c.board_id == t.postings.c.board_id)
        dates = (
            select(
                t.postings.c.external_id,
                t.sightings.c.posted_on,
                t.sightings.c.posted_basis,
                t.documents.c.hash,
            )
            .join(t.sightings, t.sightings.c.posting_id == t.postings.c.posting_id)
            .join(t.documents, t.documents.c.document_id == t.sightings.c.document_id)
            .distinct()
        )
        hashes = select(t.documents.c.hash)
        return {
            name: sorted(map(str, self.rows(query)))
            for name, query in (("postings", postings), ("dates", dates), ("documents", hashes))
        }
