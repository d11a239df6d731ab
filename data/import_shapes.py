"""Rows of files in three shapes (our own fields, JobSpy, schema.org) as records for data.intake.accept. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from data.errors import IntakeError
from data.schema import canonical_json

Raw = dict[str, Any]
_MISSING = frozenset({"", "nan", "none", "null", "nat", "n/a"})


def shape_of(row: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], Raw]:
    """The reader for a row: schema.org by its @type, JobSpy by its columns, else our own fields."""
    if "JobPosting" in as_list(row.get("@type")):
        return schema_org
    if "job_url" in row:
        return jobspy
    return own_fields


def filled(row: Mapping[str, Any]) -> Raw:
    """`row` without the cells that say nothing ("", "nan", None)."""
    return {name: value for name, value in row.items() if not _says_nothing(value)}


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _MISSING)


def as_list(value: Any) -> list[Any]:
    """A list for what schema.org lets be one thing, many or none."""
    return [] if value is None else value if isinstance(value, list) else [value]


def stable_id(*parts: str | None) -> str:
    """An id for an advert that came without one: the same words give the same id."""
    return hashlib.sha256(canonical_json(parts)).hexdigest()[:20]


def number(field: str, value: Any) -> float:
    """A number out of a cell; raises IntakeError naming the field."""
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise IntakeError(field, f"{value!r} is not a number") from error


def day(field: str, value: Any) -> date:
    """The day of an ISO date or time; raises IntakeError naming the field."""
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError as error:
        raise IntakeError(field, f"{value!r} is not a day such as 2026-08-01") from error


# --- our own field names --------------------------------------------------------------------------


def own_fields(row: Mapping[str, Any]) -> Raw:
    """A row in the fields of data.schema.Posting; pay as columns pay_min, pay_max, pay_currency, pay_period."""
    raw = filled(row)
    flat = {
        name: raw.pop(f"pay_{name}") for name in ("min", "max", "currency", "period") if f"pay_{name}" in raw
    }
    if flat:
        raw["pay"] = [_pay(flat)]
    raw["pay"] = tuple(raw.get("pay", ()))
    if isinstance(raw.get("places"), str):
        raw["places"] = [place.strip() for place in raw["places"].split(";") if place.strip()]
    raw["places"] = tuple(raw.get("places", ()))
    if "posted_on" in raw:
        raw["posted_on"] = day("posted_on", raw["posted_on"])
        raw.setdefault("posted_basis", "stated")
    raw["external_id"] = str(raw.pop("id", None) or raw.get("external_id") or stable_id(raw.get("url")))
    return raw


def _pay(flat: Raw) -> Raw:
    return flat | {name: number(f"pay_{name}", flat[name]) for name in ("min", "max") if name in flat}


# --- JobSpy ---------------------------------------------------------------------------------------

_JOBSPY_PERIODS = {"yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour"}


def jobspy(row: Mapping[str, Any]) -> Raw:
    """A row of JobSpy's CSV. Its pay counts only where the site gave it (`salary_source` direct_data):
    what JobSpy read from the description is left to our own reading of the same words."""
    found = filled(row)
    raw = {
        "board": found.get("site"),
        "external_id": str(found.get("id") or stable_id(found.get("job_url"))),
        "url": found.get("job_url"),
        "title": found.get("title"),
        "company": found.get("company"),
        "places": (found["location"],) if "location" in found else (),
        "text": found.get("description"),
        "posted_on": day("date_posted", found["date_posted"]) if "date_posted" in found else None,
        "posted_basis": "stated" if "date_posted" in found else None,
        "employment_type": found.get("job_type"),
        "pay": _jobspy_pay(found),
    }
    if raw["text"] is None:
        raise IntakeError("description", "is empty: let JobSpy fetch descriptions")
    return raw


def _jobspy_pay(found: Raw) -> tuple[Raw, ...]:
    bounds = {
        bound: number(f"{bound}_amount", found[f"{bound}_amount"])
        for bound in ("min", "max")
        if f"{bound}_amount" in found
    }
    if not bounds or found.get("salary_source") != "direct_data":
        return ()
    return (
        {
            **bounds,
            "currency": found.get("currency"),
            "period": _JOBSPY_PERIODS.get(found.get("interval", "")),
        },
    )


# --- schema.org -----------------------------------------------------------------------------------

_UNITS = {"YEAR": "year", "MONTH": "month", "WEEK": "week", "DAY": "day", "HOUR": "hour"}
_ALPHA_2 = re.compile(r"^[A-Z]{2}$")


def schema_org(row: Mapping[str, Any]) -> Raw:
    """A schema.org JobPosting object (JSON-LD)."""
    address = [a for a in map(_address, as_list(row.get("jobLocation"))) if a]
    countries = [a["addressCountry"] for a in address if _ALPHA_2.match(str(a.get("addressCountry")))]
    url = row.get("url") or row.get("@id")
    return {
        "external_id": str(_identifier(row) or stable_id(url, row.get("title"))),
        "url": url,
        "title": row.get("title"),
        "company": _name(row.get("hiringOrganization")),
        "places": tuple(filter(None, map(_place, address))),
        "country": countries[0] if countries else None,
        "html": row.get("description"),
        "posted_on": day("datePosted", row["datePosted"]) if row.get("datePosted") else None,
        "posted_basis": "stated" if row.get("datePosted") else None,
        "employment_type": ", ".join(map(str, as_list(row.get("employmentType")))) or None,
        "workplace": "remote" if row.get("jobLocationType") == "TELECOMMUTE" else None,
        "pay": tuple(filter(None, map(_amount, as_list(row.get("baseSalary"))))),
    }


def _name(organisation: Any) -> Any:
    return organisation.get("name") if isinstance(organisation, dict) else organisation


def _identifier(row: Mapping[str, Any]) -> Any:
    identifier = row.get("identifier")
    return identifier.get("value") if isinstance(identifier, dict) else identifier


def _address(location: Any) -> Raw | None:
    address = location.get("address") if isinstance(location, dict) else None
    if isinstance(address, str):
        return {"addressLocality": address}
    if not isinstance(address, dict):
        return None
    return {name: _name(value) for name, value in address.items()}


def _place(address: Raw) -> str | None:
    parts = [address.get(name) for name in ("addressLocality", "addressRegion", "addressCountry")]
    return ", ".join(str(part) for part in parts if part) or None


def _amount(salary: Any) -> Raw | None:
    if not isinstance(salary, dict):
        return None
    value = salary.get("value")
    inner = value if isinstance(value, dict) else {"value": value, "unitText": salary.get("unitText")}
    low, high = (inner.get(name) or inner.get("value") for name in ("minValue", "maxValue"))
    if low is None and high is None:
        return None
    return {
        "min": None if low is None else number("baseSalary", low),
        "max": None if high is None else number("baseSalary", high),
        "currency": salary.get("currency") or inner.get("currency"),
        "period": _UNITS.get(str(inner.get("unitText")).upper()),
    }
