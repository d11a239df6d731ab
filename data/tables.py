"""The tables of the record (SQLAlchemy Core; SQLite and PostgreSQL alike)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 1
metadata = MetaData()

meta = Table(
    "meta", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False)
)

# One crawl of one source, or one import of one file. The id is made by the caller, so a retry is the same run.
runs = Table(
    "runs",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("kind", String, nullable=False),  # scrape, import, archive, snapshot
    Column("started_at", DateTime, nullable=False),
    Column("finished_at", DateTime),
    Column("status", String, nullable=False),  # running, finished, failed, interrupted
    Column("reason", Text),
    Column("stats", Text, nullable=False, default="{}"),
)

# What a source calls a board: one employer's listing, one thread, one search. Validators serve conditional requests.
boards = Table(
    "boards",
    metadata,
    Column("board_id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("board", String, nullable=False),
    Column("etag", String),
    Column("last_modified", String),
    Column("validated_at", DateTime),
    UniqueConstraint("source", "board"),
)

# One look at one board in one run: the denominator of every series.
checks = Table(
    "checks",
    metadata,
    Column("check_id", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),
    Column("board_id", ForeignKey("boards.board_id"), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("outcome", String, nullable=False),
    Column("n_listed", Integer),
    Column("n_seen", Integer, nullable=False),
    Column("n_new", Integer, nullable=False),
    Column("n_rejected", Integer, nullable=False),
    Column("http_status", Integer),
    Column("reason", Text),
    UniqueConstraint("run_id", "board_id"),
    Index("checks_board_at", "board_id", "at"),
)

# How far the past of a board has been walked in the archive of the web; boards without any snapshot have a row too.
walks = Table(
    "walks",
    metadata,
    Column("source", String, primary_key=True),
    Column("board", String, primary_key=True),
    Column("since", DateTime, nullable=False),
    Column("until", DateTime, nullable=False),
    Column("is_done", Boolean, nullable=False),
)

# Text is kept once: zstd-compressed canonical JSON of what the advert says, by content hash.
documents = Table(
    "documents",
    metadata,
    Column("document_id", Integer, primary_key=True),
    Column("hash", String(32), nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
)

postings = Table(
    "postings",
    metadata,
    Column("posting_id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("external_id", String, nullable=False),
    Column("board_id", ForeignKey("boards.board_id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("first_check_id", ForeignKey("checks.check_id"), nullable=False),
    UniqueConstraint("source", "external_id"),
    Index("postings_board", "board_id"),
)

# Append-only: this posting was listed by this check, saying this, dated thus.
sightings = Table(
    "sightings",
    metadata,
    Column("check_id", ForeignKey("checks.check_id"), primary_key=True),
    Column("posting_id", ForeignKey("postings.posting_id"), primary_key=True),
    Column("document_id", ForeignKey("documents.document_id"), nullable=False),
    Column("posted_on", Date),
    Column("posted_basis", String),
    Column("changed_at", DateTime),
    Index("sightings_posting", "posting_id", "check_id"),
)

rejects = Table(
    "rejects",
    metadata,
    Column("reject_id", Integer, primary_key=True),
    Column("check_id", ForeignKey("checks.check_id"), nullable=False),
    Column("field", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("sample", Text, nullable=False),
    Index("rejects_check", "check_id"),
)

# Facts of one document under one version of the rules; a new version replaces them.
facts = Table(
    "facts",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("rules_version", String, nullable=False),
    Column("lang", String),
    Column("title", Text),
    Column("company", Text),
    Column("places", Text, nullable=False),  # JSON: [{city, region, country, raw}]
    Column("prompt_relation", String, nullable=False),
    Column("work_kind", String, nullable=False),
    Column("coding", String, nullable=False),
    Column("ml", String, nullable=False),
    Column("remote", String, nullable=False),
    Column("years_min", Float),
    Column("degree", String, nullable=False),
    Column("degree_level", String),
    Column("seniority", String, nullable=False),
    Column("domain", String),
    Column("main_salary", Integer),
    Column("soft", Text, nullable=False),  # JSON list
    Column("evidence", Text, nullable=False),  # JSON {fact: {start, end, quote, before, after, rule}}
    Column("requisition_id", Text),
    Column("sketch", LargeBinary, nullable=False),  # see data.similarity
    Column("error", Text),
    Index("facts_version", "rules_version"),
)

salaries = Table(
    "salaries",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("min", Float),
    Column("max", Float),
    Column("annual_min", Float),
    Column("annual_max", Float),
    Column("currency", String(3)),
    Column("period", String),
    Column("kind", String, nullable=False),
    Column("bound", String, nullable=False),
    Column("flag", Text),
    Column("rule", String, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("quote", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

skills = Table(
    "skills",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("skill_id", String, nullable=False),
    Column("label", String, nullable=False),
    Column("level", String, nullable=False),
    Column("surface", Text, nullable=False),
    Column("rule", String, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

# What competed with the facts of an advert that names prompting, and lost (see reference/rival_reasons.csv).
rivals = Table(
    "rivals",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fact", String, nullable=False),
    Column("value", String),
    Column("reason", String, nullable=False),
    Column("cue", Text),
    Column("quote", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)
