"""The message on top of a page, from its measures: it claims no more than they do."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.plain import plain
from dashboard.words import Words, is_missing

LEAST = 10
"""Openings a year must have before two years are compared in words (METHOD, "trend verdict")."""


def demand_headline(rows: list[dict[str, Any]], words: Words) -> tuple[str, str | None]:
    """(message, note): the last two complete years of demand.FLOW rows compared by their intervals."""
    whole = [row for row in rows if row["is_covered"] and not row["is_provisional"]]
    if len(whole) < 2 or min(row["n_openings"] for row in whole[-2:]) < LEAST:
        return words("demand.message.thin"), None
    before, last = whole[-2:]
    apart_up, apart_down = last["n_low"] > before["n_high"], last["n_high"] < before["n_low"]
    key = "up" if apart_up else "down" if apart_down else "level"
    message = words(
        f"demand.message.{key}",
        last=last["month"].year,
        last_n=words.number(last["n_openings"]),
        before=before["month"].year,
        before_n=words.number(before["n_openings"]),
    )
    note = words(
        "demand.standfirst",
        last=last["month"].year,
        last_low=words.number(last["n_low"]),
        last_high=words.number(last["n_high"]),
        before=before["month"].year,
        before_low=words.number(before["n_low"]),
        before_high=words.number(before["n_high"]),
    )
    return message, note


def pay_headline(row: dict[str, Any] | None, words: Words) -> tuple[str, str | None]:
    """(message, note) from the one row of pay.pay_overall, if there is one."""
    if row is None:
        return words("pay.message.thin"), None
    note = words(
        "pay.standfirst",
        n=words.number(row["n_paid"]),
        openings=words.count("opening", row["n_openings"]),
        share=words.percent(row["disclosure"]),
    )
    if is_missing(row["lower_median"]) or is_missing(row["upper_median"]):
        return words("pay.message.thin"), note
    message = words(
        "pay.message.known",
        lower=words.money(row["lower_median"]),
        upper=words.money(row["upper_median"]),
    )
    return message, note


def skills_headline(frame: pd.DataFrame, words: Words) -> str:
    """The three most named skills of skills.TOP, where their shares may be shown."""
    known = frame[frame["withheld"].isna() & frame["share"].notna()].head(3)
    if len(known) < 3:
        return words("skills.message.thin")
    names = [plain(name, 60) for name in known[f"label_{words.lang}"]]
    share = words.percent(float(known["share"].iloc[0]))
    return words("skills.message.known", first=names[0], second=names[1], third=names[2], share=share)
