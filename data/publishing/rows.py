"""The tables of a release about postings, made from frames of the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.employers import normalise_employer
from data.openings.cache import place_with
from data.openings.sets import IDENTITY
from data.rates import rate_on

if TYPE_CHECKING:
    import pandas as pd

    from data.publishing.record import Record

LISTING, FLOW = "listing", "flow"
_QUOTE = 200
_LEVELS = {"required": 0, "preferred": 1, "mentioned": 2}
_PAY = ("min", "max", "currency", "period", "bound", "annual_min", "annual_max")


def posting_rows(
    record: Record, spells: pd.DataFrame, lifecycles: Mapping[str, str], *, kept: Path | None = None
) -> pd.DataFrame:
    """One row per posting whose advert has been read, with the columns of data.frames.POSTINGS.

    `spells` as from presence.spells (for listing sources); sources without a lifecycle are flow. `kept`: the
    file that remembers placements (data.openings.cache).
    The frame also keeps posting_id, document_id, sketch and requisition_id.
    """
    frame = record.postings.merge(record.facts, on="document_id")
    frame["lifecycle"] = frame["source"].map(lambda source: lifecycles.get(source, FLOW))
    frame = frame.merge(_presence(record.seen, spells), on="posting_id", how="left")
    frame["gone_by"] = frame["gone_by"].where(frame["lifecycle"] == LISTING)
    frame["employer_key"] = _mapped(frame["company"], normalise_employer)
    frame["posted_on"] = _days(frame["posted_on"])
    for name in ("first_seen", "last_seen", "gone_by", "changed_on"):
        frame[name] = _from_day_numbers(frame[name])
    frame["dated_on"] = frame["posted_on"].fillna(frame["first_seen"])
    frame["month"] = frame["dated_on"].dt.to_period("M").dt.to_timestamp()
    frame = _with_places(frame)
    frame = _with_pay(frame, record.salaries)
    frame = frame.sort_values("posting_key").reset_index(drop=True)
    return _with_openings(frame, kept)


def _presence(seen: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """posting_id, first_seen, last_seen, gone_by (of the last spell); day numbers."""
    days = seen.groupby("posting_id")["day"].agg(["min", "max"]).reset_index()
    days.columns = ["posting_id", "first_seen", "last_seen"]
    last = spells.drop_duplicates("posting_id", keep="last")[["posting_id", "gone_by"]]
    return days.merge(last, on="posting_id", how="left")


def _days(values: pd.Series) -> pd.Series:
    return values.astype("datetime64[s]")


def _from_day_numbers(values: pd.Series) -> pd.Series:
    import pandas as pd

    return _days(pd.to_datetime(values.astype("Float64") * 86_400, unit="s"))


def _mapped(values: pd.Series, of: Callable[[Any], Any]) -> pd.Series:
    """`of` each value, worked out once per distinct one; missing values come to it as None."""
    import pandas as pd

    known = {value: of(value) for value in values.dropna().unique()}
    return pd.Series([known.get(value) for value in values], index=values.index, dtype=object)


def _with_places(frame: pd.DataFrame) -> pd.DataFrame:
    places = _mapped(frame["places"], json.loads)
    countries = [list(dict.fromkeys(p["country"] for p in row if p["country"])) for row in places]
    return frame.assign(
        city=[row[0]["city"] if row else None for row in places],
        country=[row[0] if row else None for row in countries],
        countries=countries,
        place=["; ".join(p["raw"] for p in row) or None for row in places],
    )


def _with_pay(frame: pd.DataFrame, salaries: pd.DataFrame) -> pd.DataFrame:
    """The main figure, where it is base pay that no plausibility rule objects to, also in US dollars."""
    usable = (salaries["kind"] == "base") & salaries["flag"].isna()
    usable &= salaries["min"].notna() | salaries["max"].notna()
    columns = ["document_id", "position", *_PAY]
    pay = salaries.loc[usable, columns].rename(columns={name: f"pay_{name}" for name in _PAY})
    left = frame.assign(position=frame["main_salary"].astype("Int64"))
    pay["position"] = pay["position"].astype("Int64")
    frame = left.merge(pay, on=["document_id", "position"], how="left")
    frame["has_pay"] = frame["pay_min"].notna() | frame["pay_max"].notna()
    return _in_dollars(frame)


def _in_dollars(frame: pd.DataFrame) -> pd.DataFrame:
    """Yearly pay in US dollars, the rate and its day: of the day first seen; of a thread's advert, of its own day.

    A thread stands as it was, so when we came to read it says nothing about its time.
    """
    import pandas as pd

    has_annual = frame["pay_annual_min"].notna() | frame["pay_annual_max"].notna()
    paid = frame[has_annual & frame["pay_currency"].notna()]
    days = paid["first_seen"].where(paid["lifecycle"] == LISTING, paid["dated_on"]).fillna(paid["dated_on"])
    found = [
        None if pd.isna(day) else rate_on(currency, day.date())
        for currency, day in zip(paid["pay_currency"], days, strict=True)
    ]
    rate = pd.Series([one and one.usd for one in found], index=paid.index, dtype="float64")
    on = pd.Series([one and one.on for one in found], index=paid.index, dtype=object)
    frame["pay_rate"], frame["pay_rate_on"] = rate.reindex(frame.index), _days(on.reindex(frame.index))
    for bound in ("min", "max"):
        frame[f"pay_usd_{bound}"] = (
            frame[f"pay_annual_{bound}"].astype("float64") * frame["pay_rate"]
        ).round(2)
    return frame


def identity(frame: pd.DataFrame) -> pd.DataFrame:
    """What the identity of each row of posting_rows' frame rests on, as data.openings.sets.IDENTITY."""
    ends = frame["last_seen"].where(frame["lifecycle"] == LISTING, frame["dated_on"])
    ends = ends.fillna(frame["dated_on"])
    ends = ends.where(ends >= frame["dated_on"], frame["dated_on"])
    return frame.assign(start=frame["dated_on"], end=ends)[list(IDENTITY)]


def _with_openings(frame: pd.DataFrame, kept: Path | None) -> pd.DataFrame:
    placed = place_with(identity(frame), kept)
    return frame.assign(**{name: placed[name] for name in ("opening_key", "opening_reason", "is_repost")})


# --- what hangs on a posting ----------------------------------------------------------------------


def salary_rows(postings: pd.DataFrame, salaries: pd.DataFrame) -> pd.DataFrame:
    """Every pay figure of every posting, as data.frames.SALARIES."""
    joined = postings[["posting_key", "document_id", "main_salary"]].merge(salaries, on="document_id")
    joined["is_main"] = joined["position"] == joined["main_salary"]
    joined["quote"] = joined["quote"].astype("string").str.slice(0, _QUOTE)
    return joined.sort_values(["posting_key", "position"])


def skill_rows(postings: pd.DataFrame, skills: pd.DataFrame) -> pd.DataFrame:
    """Each skill once per posting, at its strongest level, as data.frames.SKILLS."""
    strongest = skills.assign(rank=skills["level"].map(_LEVELS))
    strongest = strongest.sort_values(["document_id", "skill_id", "rank", "surface"])
    strongest = strongest.drop_duplicates(["document_id", "skill_id"])
    joined = postings[["posting_key", "document_id"]].merge(strongest, on="document_id")
    return joined.sort_values(["posting_key", "skill_id"])


def soft_rows(postings: pd.DataFrame) -> pd.DataFrame:
    """Soft skills asked for, as data.frames.SOFT."""
    soft = postings[["posting_key"]].assign(soft=_mapped(postings["soft"], json.loads))
    return soft.explode("soft").dropna(subset=["soft"]).drop_duplicates().sort_values(["posting_key", "soft"])


def evidence_rows(postings: pd.DataFrame, record: Record) -> pd.DataFrame:
    """Quotes that prove: pay of every posting; skills and single facts of those that name prompting."""
    import pandas as pd

    keys = postings[["posting_key", "document_id"]]
    parts = [_pay_proofs(record.salaries), _skill_proofs(record.proofs), _fact_proofs(record.evidence)]
    found = pd.concat([keys.merge(part, on="document_id") for part in parts if len(part)] or [_none_proved()])
    found["quote"] = found["quote"].astype("string").str.slice(0, _QUOTE)
    return found.sort_values(["posting_key", "fact", "item", "start", "rule"], na_position="first")


def rival_rows(postings: pd.DataFrame, rivals: pd.DataFrame) -> pd.DataFrame:
    """What competed with the facts and lost, as data.frames.RIVALS."""
    joined = postings[["posting_key", "document_id"]].merge(rivals, on="document_id")
    return joined.sort_values(["posting_key", "position"])


def _pay_proofs(salaries: pd.DataFrame) -> pd.DataFrame:
    return salaries.assign(fact="pay", item=salaries["position"].astype(str))


def _skill_proofs(proofs: pd.DataFrame) -> pd.DataFrame:
    return proofs.rename(columns={"skill_id": "item", "surface": "quote"}).assign(fact="skill")


def _fact_proofs(evidence: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    names = ("start", "quote", "before", "after", "rule")
    rows: list[tuple[Any, ...]] = []
    for document_id, packed in zip(evidence["document_id"], evidence["evidence"], strict=True):
        for fact, span in json.loads(packed).items():
            rows.append((document_id, fact, None, *(span[name] for name in names)))
    return pd.DataFrame.from_records(rows, columns=["document_id", "fact", "item", *names])


def _none_proved() -> pd.DataFrame:
    import pandas as pd

    names = ("posting_key", "fact", "item", "start", "quote", "before", "after", "rule")
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})


def spell_rows(postings: pd.DataFrame, spells: pd.DataFrame) -> pd.DataFrame:
    """Spells of presence of the postings of listing sources, as data.frames.SPELLS."""
    listed = postings.loc[postings["lifecycle"] == LISTING, ["posting_key", "posting_id"]]
    joined = listed.merge(spells, on="posting_id")
    for name in ("first_seen", "last_seen", "gone_by"):
        joined[name] = _from_day_numbers(joined[name])
    return joined.sort_values(["posting_key", "spell"])
