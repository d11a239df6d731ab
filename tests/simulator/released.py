"""A drawn market as a release, the fast way: the tables are written straight, identity and presence are known."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data.frames import JOURNAL, TABLES
from data.publishing.arrow import empty, to_arrow
from data.release import Release, open_release
from data.release_files import write_release
from tests.simulator.market import Market, draw
from tests.simulator.observer import NEVER, Observed, observe
from tests.simulator.setting import Setting

RATES = {"USD": 1.0, "EUR": 1.1, "GBP": 1.3}
"""Dollars for one of each currency, on every day."""
TITLES = {"title": "Prompt Engineer", "core": "Conversation Designer", "none": "Accountant"}


def released(setting: Setting, seed: int, folder: Path, *, dedupe: bool = True) -> tuple[Market, Release]:
    """A market of `setting` and the release an observer of it makes, in `folder`.

    `dedupe`: postings of one opening are known as such; without it each stands for itself.
    """
    market = draw(setting, seed)
    return market, release_of_market(market, observe(market, seed), seed, folder, dedupe=dedupe)


def release_of_market(
    market: Market, observed: Observed, seed: int, folder: Path, *, dedupe: bool = True
) -> Release:
    """The release of what was observed, made on the day after the last."""
    rng = np.random.default_rng([seed, 2])
    postings = _postings(market, observed, rng, dedupe=dedupe)
    frames = {
        "postings": postings,
        "skills": _skills(market, postings, rng),
        "skill_names": _skill_names(market.setting),
        "coverage": _coverage(market, observed),
        "spells": _spells(market, observed),
        "accuracy": _accuracy(market.setting, rng),
    }
    tables = {
        name: to_arrow(frames[name], columns) if name in frames else empty(columns)
        for name, columns in TABLES.items()
    }
    made = datetime.combine(market.setting.first_day, datetime.min.time())
    now = made + timedelta(days=market.setting.days, hours=6)
    write_release(folder, tables, empty(JOURNAL["runs"]), about(market), now=now)
    return open_release(folder)


def about(market: Market) -> dict[str, Any]:
    """The part of the manifest that a market knows."""
    cards = [_card(source) for source in sorted(set(market.boards["source"]))]
    return {"rules_version": "r1", "method_version": "1", "archive": None, "sources": cards}


def _card(source: str) -> dict[str, Any]:
    words = {"en": f"Adverts of {source}.", "fr": f"Annonces de {source}."}
    card = dict.fromkeys(("label", "label_fr", "licence", "url", "terms"), source)
    state = {"origin": "live", "n_postings": 1, "last_good_day": None, "last_outcome": "complete"}
    return {"id": source, "kind": "platform", **card, **state, "attribution": words, "sentence": words}


# --- tables ---------------------------------------------------------------------------------------


def day_of(setting: Setting, days: pd.Series) -> pd.Series:
    """Day numbers of the market as days; NEVER is missing."""
    first = np.datetime64(setting.first_day, "D")
    known = days.to_numpy() < NEVER
    found = first + np.where(known, np.floor(days.to_numpy()), 0).astype("timedelta64[D]")
    return pd.Series(found.astype("datetime64[s]"), index=days.index).where(known)


def _postings(market: Market, observed: Observed, rng: np.random.Generator, *, dedupe: bool) -> pd.DataFrame:
    setting = market.setting
    facts = market.openings.drop(columns=["start", "end"])
    frame = observed.seen.merge(facts, on="opening").merge(
        market.boards[["board", "source"]], on="board", how="left"
    )
    frame["posting_key"] = keys(frame["source"], frame["posting"])
    first_key = frame.sort_values(["start", "posting"]).groupby("opening")["posting_key"].first()
    frame["opening_key"] = frame["opening"].map(first_key) if dedupe else frame["posting_key"]
    frame["is_repost"] &= dedupe & (frame["posting_key"] != frame["opening_key"])
    frame["posted_on"] = day_of(setting, frame["start"]) if setting.watch.states_day else pd.NaT
    for name in ("first_seen", "last_seen", "gone_by"):
        frame[name] = day_of(setting, frame[name])
    frame["dated_on"] = frame["posted_on"].fillna(frame["first_seen"])
    frame["month"] = frame["dated_on"].dt.to_period("M").dt.to_timestamp().astype("datetime64[s]")
    frame["employer_key"] = "employer " + frame["employer"].astype(str)
    frame["board"] = "board-" + frame["board"].astype(str)
    frame["relation"] = read_relations(setting, frame["relation"], rng)
    frame = _with_pay(frame, setting.pay.spread).assign(
        prompt_relation=frame["relation"], work_kind=frame["kind"]
    )
    return _with_constants(frame).sort_values("posting_key", ignore_index=True)


def keys(source: pd.Series, posting: pd.Series) -> pd.Series:
    return source + ":" + posting.astype(str)


def read_relations(setting: Setting, relation: pd.Series, rng: np.random.Generator) -> pd.Series:
    """The relations as read: a role that is missed reads as none, another advert taken for one as `core`."""
    errors, chance = setting.errors, rng.random(len(relation))
    role = relation.isin(["title", "core"])
    missed = role & (chance >= errors.relation_sensitivity)
    false = (relation == "none") & (chance >= errors.relation_specificity)
    return relation.mask(missed, "none").mask(false, "core")


def _with_pay(frame: pd.DataFrame, spread: float) -> pd.DataFrame:
    states = frame["states_pay"]
    rate = frame["currency"].map(RATES)
    low = (frame["pay"] / rate).round(2)
    gig = frame["kind"].str.startswith("gig")
    frame = frame.assign(has_pay=states, pay_currency=frame["currency"].where(states))
    frame["pay_period"] = pd.Series(np.where(gig, "hour", "year"), index=frame.index).where(states)
    frame["pay_bound"] = pd.Series("range", index=frame.index).where(states)
    for bound, factor in (("min", 1.0), ("max", spread)):
        frame[f"pay_{bound}"] = (low * factor).where(states)
        frame[f"pay_annual_{bound}"] = frame[f"pay_{bound}"].where(~gig, frame[f"pay_{bound}"] * 2_080)
        frame[f"pay_usd_{bound}"] = (frame[f"pay_annual_{bound}"] * rate).round(2)
    return frame


def _with_constants(frame: pd.DataFrame) -> pd.DataFrame:
    made: dict[str, Any] = {
        "opening_reason": np.where(frame["posting_key"] == frame["opening_key"], "first", "text"),
        "origin": "live",
        "lifecycle": "listing",
        "url": "https://example.org/" + frame["posting_key"],
        "title": frame["relation"].map(TITLES).fillna("Product Manager"),
        "company": frame["employer_key"].str.title(),
        "posted_basis": "stated",
        "n_versions": 1,
        "country": "US",
        "countries": [["US"]] * len(frame),
        "remote": "unspecified",
        "lang": "en",
        "coding": "none",
        "ml": "none",
        "degree": "none_stated",
        "rules_version": "r1",
        "city": "City " + frame["city"].astype(str),
    }
    frame = frame.assign(**made)
    missing = [column.name for column in TABLES["postings"] if column.name not in frame]
    return frame.assign(**dict.fromkeys(missing))


def _skills(market: Market, postings: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Skills as read. All postings of an opening have the same words, so they are read alike."""
    errors = market.setting.errors
    chance = rng.random((len(market.openings), len(market.setting.skills)))
    parts = []
    for column, skill in enumerate(market.setting.skills):
        true = market.openings[skill.id].to_numpy()
        read = np.where(
            true, chance[:, column] < errors.skill_sensitivity, chance[:, column] >= errors.skill_specificity
        )
        named = postings.loc[read[postings["opening"].to_numpy()], ["posting_key"]]
        parts.append(named.assign(skill_id=skill.id, level="required", surface=skill.id))
    return pd.concat(parts).sort_values(["posting_key", "skill_id"], ignore_index=True)


def _skill_names(setting: Setting) -> pd.DataFrame:
    ids = [skill.id for skill in setting.skills]
    names = {"skill_id": ids, "label_en": ids, "label_fr": ids, "kind": "technique"}
    return pd.DataFrame(names | {"parent": None}).sort_values("skill_id", ignore_index=True)


def _accuracy(setting: Setting, rng: np.random.Generator) -> pd.DataFrame:
    """The errors of reading each skill as they come out on labelled adverts."""
    errors, names = setting.errors, [column.name for column in TABLES["accuracy"]]
    rows = []
    for skill in setting.skills if errors.labelled else ():
        tp = int(rng.binomial(errors.labelled, errors.skill_sensitivity))
        tn = int(rng.binomial(errors.labelled, errors.skill_specificity))
        counts = {"tp": tp, "fn": errors.labelled - tp, "tn": tn, "fp": errors.labelled - tn}
        about = {
            "subset": "all",
            "field": "skills",
            "value": skill.id,
            "measure": "f1",
            "n": 2 * errors.labelled,
        }
        rows.append(dict.fromkeys(names) | counts | about | {"gold": "labels.jsonl", "rules_version": "r1"})
    return pd.DataFrame(rows, columns=names).assign(measured_on=pd.Timestamp(setting.first_day))


def _coverage(market: Market, observed: Observed) -> pd.DataFrame:
    frame = observed.checks.merge(market.boards[["board", "source"]], on="board")
    gone = frame["outcome"] == "gone"
    outcome, code = frame["outcome"].mask(gone, "failed"), frame["outcome"].isin(["failed", "gone"])
    frame = frame.assign(
        day=day_of(market.setting, frame["day"]),
        outcome=outcome,
        board="board-" + frame["board"].astype(str),
        n_seen=1,
        reason=pd.Series(np.where(gone, "HTTP 404", "HTTP 503"), index=frame.index).where(code),
    )
    return frame.sort_values(["source", "board", "day"], ignore_index=True)


def _spells(market: Market, observed: Observed) -> pd.DataFrame:
    frame = observed.seen.merge(market.boards[["board", "source"]], on="board")
    frame["posting_key"] = keys(frame["source"], frame["posting"])
    for name in ("first_seen", "last_seen", "gone_by"):
        frame[name] = day_of(market.setting, frame[name])
    frame = frame.assign(spell=1, exit=frame["exit"].replace("", None))
    return frame.sort_values("posting_key", ignore_index=True)
