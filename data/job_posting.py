"""The fields of a schema.org JobPosting, however a page or a file writes them: text, places, days, pay. Pure."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin

from data.field_values import amount, currency_code, distinct, look_up, plain, structured_pay, unescaped
from data.schema import Period, StructuredPay, canonical_json

Node = dict[str, Any]
UNITS: dict[str, Period] = {
    "YEAR": "year",
    "YEARLY": "year",
    "ANNUAL": "year",
    "ANNUALLY": "year",
    "MONTH": "month",
    "MONTHLY": "month",
    "WEEK": "week",
    "WEEKLY": "week",
    "DAY": "day",
    "DAILY": "day",
    "HOUR": "hour",
    "HOURLY": "hour",
}
# Properties that hold parts of the advert beside its description, in the order of an advert.
PARTS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "skills": "Skills",
    "experienceRequirements": "Experience",
    "educationRequirements": "Education",
    "jobBenefits": "Benefits",
    "incentiveCompensation": "Compensation",
}
# Properties that concern people: dropped before anything is kept.
PEOPLE = frozenset({"applicationContact", "contactPoint", "contactPoints", "telephone", "email", "author"})
_TOWN = re.compile(r"^[^,]{2,60}, [A-Z]{2}$")
_DEPTH = 60


def posting_fields(node: Node, page: str, unknown: Counter[str]) -> Node:
    """A JobPosting that stands on `page` as the fields of data.schema.Posting, without source, board and id.

    Words that are not known go into `unknown` as "field=word" and become None; `estimatedSalary` is not read.
    Raises KeyError where it has no title, TypeError where the title is no text.
    """
    posted_on = local_day(first(node.get("datePosted")), unknown)
    return {
        "url": address_of(node, page),
        "title": title_of(node),
        "company": name_of(first(node.get("hiringOrganization"))),
        "places": places_of(node),
        "country": country_of(node),
        **text_of(node),
        "posted_on": posted_on,
        "posted_basis": "stated" if posted_on else None,
        "department": name_of(first(node.get("occupationalCategory"))),
        "employment_type": ", ".join(map(str, as_list(node.get("employmentType")))) or None,
        "workplace": "remote" if "TELECOMMUTE" in as_list(node.get("jobLocationType")) else None,
        "pay": pay_of(node, unknown),
    }


def identity(node: Node, page: str) -> str:
    """The employer's id of a posting, else one made of its address, title and places."""
    return own_id(node) or sum_of(address_of(node, page), title_of(node), places_of(node))


# --- objects --------------------------------------------------------------------------------------


def as_list(value: Any) -> list[Any]:
    """A list for what schema.org lets be one thing, many or none."""
    return [] if value is None else value if isinstance(value, list) else [value]


def is_a(node: Any, kind: str) -> bool:
    """Whether a JSON-LD object is of a schema.org type, however the type is written."""
    kinds = node.get("@type") if isinstance(node, dict) else None
    return any(str(k).rsplit("/", 1)[-1].rsplit(":", 1)[-1] == kind for k in as_list(kinds))


def nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    """Every object in a JSON value; what stands inside a JobPosting belongs to it and is not looked into."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        if not is_a(value, "JobPosting"):
            for part in value.values():
                yield from nodes(part, depth + 1)


# --- names and days -------------------------------------------------------------------------------


def first(value: Any) -> Any:
    """The one thing, or the first of many; None where there is none."""
    return next(iter(as_list(value)), None)


def name_of(value: Any) -> str | None:
    """The name of a thing that is given as an object, a list or its bare name."""
    found = first(value.get("name")) if isinstance(value, dict) else value
    return plain(found) or None if isinstance(found, str) else None


def title_of(node: Node) -> str:
    """The posting's title. Raises KeyError where it has none, TypeError where it is no text."""
    found = first(node["title"])
    if not isinstance(found, str):
        raise TypeError(f"title is {found!r}")
    return plain(found)


def own_id(node: Node) -> str | None:
    """The employer's id of the posting; some systems write the employer's name there, which is none."""
    value = first(node.get("identifier"))
    value = first(value.get("value")) if isinstance(value, dict) else value
    words = str(value).strip() if isinstance(value, (str, int)) else ""
    return words if words and words != name_of(first(node.get("hiringOrganization"))) else None


def address_of(node: Node, page: str) -> str:
    """The posting's own address, else the page's."""
    url = first(node.get("url"))
    return urljoin(page, url.strip()) if isinstance(url, str) and url.strip() else page


def sum_of(*parts: Any) -> str:
    """An id out of what identifies a posting that has none: the same words give the same id."""
    return hashlib.sha256(canonical_json(parts)).hexdigest()[:20]


def local_day(value: Any, unknown: Counter[str]) -> date | None:
    """The day as the employer writes it, in its own zone; any other writing is counted, it costs no posting."""
    try:
        return datetime.fromisoformat(str(value).strip()).date() if value else None
    except ValueError:
        unknown[f"datePosted={str(value)[:60]}"] += 1
        return None


# --- text -----------------------------------------------------------------------------------------


def text_of(node: Node) -> Node:
    """The advert's text; an entry of a list that says no more than its title has only that, and says so."""
    description = "".join(map(_words, as_list(node.get("description"))))
    more = {label: _words(node.get(name)) for name, label in PARTS.items()}
    parts = [
        f"<h3>{label}</h3>{words}" for label, words in more.items() if words and words not in description
    ]
    if description or parts:
        return {"html": "\n".join([description, *parts])}
    return {"text": title_of(node), "is_truncated": True}


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"<p>{_words(part)}</p>" for part in value)
    if isinstance(value, dict):
        return _words(value.get("description") or value.get("name"))
    if not isinstance(value, str):
        return ""
    markup = unescaped(value).strip()
    return markup if "<" in markup else html.escape(html.unescape(markup)).replace("\n", "<br>\n")


# --- places ---------------------------------------------------------------------------------------


def places_of(node: Node) -> tuple[str, ...]:
    """The places of work in words, else where applicants may live."""
    found = [_place(place) for place in as_list(node.get("jobLocation"))]
    if not any(found):
        found = [name_of(area) for area in as_list(node.get("applicantLocationRequirements"))]
    return distinct(found)


def _place(place: Any) -> str | None:
    """A place in words: its address, or its name where that is a town the address does not speak of."""
    if not isinstance(place, dict):
        return name_of(place)
    name, address = name_of(place), first(place.get("address"))
    if not isinstance(address, dict):
        return name_of(address) or name
    parts = [name_of(address.get(part)) for part in ("addressLocality", "addressRegion", "addressCountry")]
    if name and _TOWN.match(name) and parts[0] and parts[0] not in name:
        return name
    return ", ".join(distinct(parts)) or name


def country_of(node: Node) -> str | None:
    """The one country of all places, where each names it in a way that is known."""
    places = [place for place in as_list(node.get("jobLocation")) if isinstance(place, dict)]
    addresses = [first(place.get("address")) for place in places]
    found = {alpha2(name_of(a.get("addressCountry"))) if isinstance(a, dict) else None for a in addresses}
    return found.pop() if len(found) == 1 else None


@cache
def alpha2(words: str | None) -> str | None:
    """The country code of a country's name or code ("Germany", "DEU", "de"); None where it is none."""
    from pycountry import countries

    try:
        return str(countries.lookup(words).alpha_2) if words else None
    except LookupError:
        return None


# --- pay ------------------------------------------------------------------------------------------


def pay_of(node: Node, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    """The stated pay (`baseSalary`: an amount, a range, or several); words that are no amounts are counted."""
    found: list[StructuredPay] = []
    for salary in as_list(node.get("baseSalary")):
        found += _salary(salary, node, unknown)
    return tuple(dict.fromkeys(found))


def _salary(salary: Any, node: Node, unknown: Counter[str]) -> tuple[StructuredPay, ...]:
    outer = salary if isinstance(salary, dict) else {"value": salary}
    value = first(outer.get("value"))
    inner = value if isinstance(value, dict) else outer
    point = inner.get("value") if isinstance(value, dict) else value
    low, high = (first(inner.get(name)) or point for name in ("minValue", "maxValue"))
    unit = first(inner.get("unitText")) or first(outer.get("unitText"))
    period = look_up(UNITS, str(unit).strip().upper() if unit else None, "unitText", unknown)
    currency = outer.get("currency") or inner.get("currency") or node.get("salaryCurrency")
    least, most = (amount(bound, "baseSalary", unknown) for bound in (low, high))
    return structured_pay(least, most, currency_code(first(currency), unknown), period, unknown)
