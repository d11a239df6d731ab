"""A drawn market as a release, the long way: sightings, checks and texts go through the code of the record.

Spells, guard, openings and pay are then what the product itself makes of what the observer saw.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.frames import JOURNAL
from data.publish import record_tables
from data.publishing.arrow import empty
from data.publishing.record import Record
from data.reference import load_cards
from data.release import Release, open_release
from data.release_files import write_release
from data.similarity import sketch
from tests.simulator.market import Market
from tests.simulator.observer import NOON, Observed
from tests.simulator.released import TITLES, about

OWN_WORDS, SHARED_WORDS = 80, 60
CITIES = ("Paris", "Lyon")


def record_of(market: Market, observed: Observed, seed: int) -> Record:
    """The record that the observer has kept. Adverts of one employer share a part of their words, and titles."""
    rng = np.random.default_rng([seed, 3])
    epoch = (market.setting.first_day - date(1970, 1, 1)).days
    seen = _sightings(market, observed)
    posts = market.postings[market.postings["posting"].isin(seen["posting_id"])]
    rows = posts.merge(market.openings.drop(columns=["start", "end"]), on="opening")
    rows = rows.merge(market.boards[["board", "source"]], on="board").sort_values(
        "posting", ignore_index=True
    )
    listed = seen.groupby(["board_id", "day"]).size()
    checks = _checks(market, observed, listed, epoch)
    return Record(
        postings=_postings(market, rows, epoch),
        checks=checks,
        seen=seen.assign(day=seen["day"] + epoch),
        facts=_facts(rows, rng),
        salaries=_salaries(market, rows),
        skills=_skills(market, rows),
        proofs=_none("document_id", "skill_id", "start", "surface", "before", "after", "rule"),
        evidence=_none("document_id", "evidence"),
        rivals=_none(
            "document_id", "position", "fact", "value", "reason", "cue", "start", "quote", "before", "after"
        ),
        runs=_none(*(column.name for column in JOURNAL["runs"])),
    )


def recorded(market: Market, observed: Observed, seed: int, folder: Path) -> Release:
    """The release that publishing makes of the record."""
    tables, _ = record_tables(record_of(market, observed, seed), load_cards())
    made = datetime.combine(market.setting.first_day, datetime.min.time())
    now = made + timedelta(days=market.setting.days, hours=6)
    write_release(folder, tables, empty(JOURNAL["runs"]), about(market), now=now)
    return open_release(folder)


def _none(*names: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})


def _sightings(market: Market, observed: Observed) -> pd.DataFrame:
    """Every complete look at a board with every posting it listed; a part of them in partial answers."""
    looks = observed.checks[observed.checks["outcome"] == "complete"]
    pairs = market.postings.merge(looks, on="board")
    noon = pairs["day"] + NOON
    found = pairs[(pairs["start"] <= noon) & (noon < pairs["end"])]
    return found.rename(columns={"posting": "posting_id", "board": "board_id"})[
        ["posting_id", "board_id", "day"]
    ]


def _checks(market: Market, observed: Observed, listed: pd.Series, epoch: int) -> pd.DataFrame:
    frame = observed.checks.merge(market.boards[["board", "source"]], on="board")
    n_seen = pd.MultiIndex.from_frame(frame[["board", "day"]])
    frame["n_seen"] = listed.reindex(n_seen, fill_value=0).to_numpy()
    gone = frame["outcome"] == "gone"
    hollow = (frame["outcome"] == "complete") & (frame["n_seen"] == 0)
    days = frame["day"] + epoch
    return pd.DataFrame(
        {
            "check_id": np.arange(len(frame)),
            "run_id": "run",
            "kind": "scrape",
            "board_id": frame["board"],
            "source": frame["source"],
            "board": "board-" + frame["board"].astype(str),
            "at": (days * 86_400 + 43_200).astype("datetime64[s]"),
            "outcome": frame["outcome"].mask(gone, "failed").mask(hollow, "empty"),
            "http_status": frame["outcome"].map({"gone": 404, "failed": 503}).fillna(200).astype(int),
            "n_seen": frame["n_seen"],
            "reason": frame["outcome"].map({"gone": "HTTP 404", "failed": "HTTP 503"}).astype(object),
            "day": days,
        }
    )


def _postings(market: Market, rows: pd.DataFrame, epoch: int) -> pd.DataFrame:
    stated = np.floor(rows["start"]).astype(int) + epoch
    return pd.DataFrame(
        {
            "posting_id": rows["posting"],
            "posting_key": rows["source"] + ":" + rows["posting"].astype(str),
            "source": rows["source"],
            "board": "board-" + rows["board"].astype(str),
            "url": "https://example.org/" + rows["posting"].astype(str),
            "origin": "live",
            "document_id": rows["posting"],
            "n_versions": 1,
            "changed_on": pd.array([pd.NA] * len(rows), dtype="Int64"),
            "posted_on": (stated * 86_400).astype("datetime64[s]"),
            "posted_basis": "stated",
        }
    )


def _facts(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    places = [[{"raw": CITIES[c], "city": CITIES[c], "country": "FR"}] for c in rows["city"]]
    made: dict[str, Any] = {
        "document_id": rows["posting"],
        "rules_version": "r1",
        "lang": "en",
        "title": rows["relation"].map(TITLES).fillna("Product Manager"),
        "company": "Employer " + rows["employer"].astype(str),
        "places": [json.dumps([_place(place) for place in row]) for row in places],
        "prompt_relation": rows["relation"],
        "work_kind": rows["kind"],
        "remote": "unspecified",
        "years_min": None,
        "degree": "none_stated",
        "degree_level": None,
        "seniority": rows["seniority"],
        "domain": None,
        "coding": "none",
        "ml": "none",
        "main_salary": np.where(rows["states_pay"], 0.0, np.nan),
        "soft": "[]",
        "requisition_id": None,
        "sketch": _sketches(rows, rng),
    }
    return pd.DataFrame(made)


def _place(place: dict[str, str]) -> dict[str, str | None]:
    return dict.fromkeys(("region", "kind")) | place


def _sketches(rows: pd.DataFrame, rng: np.random.Generator) -> list[bytes]:
    """Texts of one opening differ by a word; those of one employer share SHARED_WORDS words."""
    texts = []
    for row in rows.itertuples():
        shared = [f"about{row.employer}x{i}" for i in range(SHARED_WORDS)]
        own = [f"job{row.opening}x{i}" for i in range(OWN_WORDS)]
        own[rng.integers(OWN_WORDS)] = f"edit{row.posting}"
        texts.append(sketch(" ".join(shared + own)))
    return texts


def _salaries(market: Market, rows: pd.DataFrame) -> pd.DataFrame:
    paid = rows[rows["states_pay"]]
    low = paid["pay"].round(2)
    gig = paid["kind"].str.startswith("gig")
    year = np.where(gig, 2_080, 1)
    high = low * market.setting.pay.spread
    made: dict[str, Any] = {
        "document_id": paid["posting"],
        "position": 0,
        "min": low,
        "max": high,
        "annual_min": low * year,
        "annual_max": high * year,
        "currency": "USD",
        "period": np.where(gig, "hour", "year"),
        "kind": "base",
        "bound": "range",
        "flag": None,
        "rule": "range",
    }
    return pd.DataFrame(made | dict.fromkeys(("start", "quote", "before", "after")))


def _skills(market: Market, rows: pd.DataFrame) -> pd.DataFrame:
    parts = [
        rows.loc[rows[skill.id], ["posting"]].assign(skill_id=skill.id, level="required", surface=skill.id)
        for skill in market.setting.skills
    ]
    return pd.concat(parts, ignore_index=True).rename(columns={"posting": "document_id"})
