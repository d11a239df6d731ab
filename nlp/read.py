"""Reads one advert into facts: folds it, finds all literals in one pass, then asks each parser."""

from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from nlp.parse import (
    coding,
    degree,
    domain,
    kind,
    language,
    modifiers,
    remote,
    role,
    sections,
    seniority,
    skills,
    soft,
    years,
)
from nlp.parse.facts import Fact
from nlp.parse.folding import fold
from nlp.parse.gazetteer import Place
from nlp.parse.header import Header, parse_header
from nlp.parse.inclusive import without_genders
from nlp.parse.matcher import Hit, Matcher, open_page
from nlp.parse.neighbours import may_support
from nlp.parse.pay import Pay, find_pay, main_pay, structured_pay
from nlp.parse.places import find_places
from nlp.parse.reading import Evidence, Reading, spans

if TYPE_CHECKING:
    from spacy.language import Language

TABLES = (modifiers, skills, soft, remote, degree, seniority, kind, role, domain)
WINDOW = 48
DOCS_KEPT = 5_000
_PAY = tuple(column.name for column in fields(Pay))


@dataclass(frozen=True, slots=True)
class Advert:
    """An advert as a source gives it; what the source does not say is None."""

    text: str
    title: str | None = None
    company: str | None = None
    country: str | None = None
    location: str | None = None
    lang: str | None = None
    source: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


class Reader:
    """The compiled rules; building one takes about half a second, reading an advert one to four milliseconds."""

    def __init__(self) -> None:
        self._matcher = Matcher([literal for table in TABLES for literal in table.literals()])
        self._headings = Matcher(sections.literals())
        self._pipeline: Language | None = None
        self._memory = ExitStack()
        self._n_docs = 0

    def read(self, advert: Advert) -> tuple[Reading, dict[str, Any]]:
        """Return the reading and the facts (the contract's fields without id)."""
        header = _header(advert)
        reading = self._prepare(advert, header)
        found = skills.find_skills(reading, self._corroborate)
        pays = _pays(advert, reading)
        relation = role.find_relation(reading)
        demand = coding.find_demand(reading, found)
        degrees = degree.find_degree(reading)
        scalars: dict[str, Fact[Any]] = {
            "prompt_relation": relation,
            "work_kind": kind.find_kind(reading),
            "coding": demand.coding,
            "ml": demand.ml,
            "remote": remote.find_remote(reading, location=_where(advert, header), source=advert.source),
            "years_min": years.find_years(reading),
            "degree": Fact(degrees.degree, degrees.evidence),
            "seniority": seniority.find_seniority(reading),
        }
        facts = {
            "lang": reading.lang,
            **{name: fact.value for name, fact in scalars.items()},
            "degree_level": degrees.level,
            "salaries": [_pay_item(pay) for pay in pays],
            "main_salary": main_pay(pays, title=reading.title or None, text=advert.text),
            "skills": [_skill_item(skill) for skill in found],
            "soft": soft.find_soft(reading),
            "domain": domain.find_domain(reading),
            "title": advert.title or header.title,
            "company": advert.company or header.company,
            "places": [_place_item(place) for place in _places(advert, header)],
            "evidence": {
                name: item for name, fact in scalars.items() if (item := _quote(reading.text, fact.evidence))
            },
        }
        return reading, facts

    def _prepare(self, advert: Advert, header: Header) -> Reading:
        page = open_page(advert.text)
        folded = page.folded
        hits = self._matcher.find(page)
        every = spans(folded)
        lines = sections.assign(page, every, self._headings)
        title = advert.title or header.title or _first_line(advert)
        plain = without_genders(title)
        return Reading(
            text=advert.text,
            folded=folded,
            title=title,
            is_titled=advert.title is not None,
            hits=hits,
            title_hits=self._matcher.find(open_page(plain)) if plain else {},
            lang=advert.lang or language.detect(folded) or language.detect(fold(title)) or "en",
            lines=lines,
            starts=[line.start for line in lines],
            breaks=[start for start, _ in every],
        )

    def _corroborate(self, text: str, hit: Hit) -> bool:
        """Ask spaCy whether the words around an ambiguous word support it; only these few words become a Doc."""
        if not may_support(text, hit.start):
            return False
        left, right = _window(text, hit)
        doc = self._context()(text[left:right])
        return any(span.start_char == hit.start - left for span in doc.spans["context"])

    def _context(self) -> "Language":
        """Return the context pipeline, loaded at first need; its vocabulary forgets now and then.

        English rules split the words of every language: spaCy's French tokenizer takes seconds to load.
        """
        from nlp.pipeline import build_context

        if self._pipeline is None:
            self._pipeline = build_context("en")
        if self._n_docs % DOCS_KEPT == 0:
            self._memory.close()
            self._memory = ExitStack()
            self._memory.enter_context(self._pipeline.memory_zone())
        self._n_docs += 1
        return self._pipeline


def _header(advert: Advert) -> Header:
    """Read the head line of sources that have no titles, such as Hacker News."""
    if advert.source == "hackernews" or not advert.title:
        return parse_header(advert.text)
    return Header(None, None, None, None)


def _first_line(advert: Advert) -> str:
    return advert.text.lstrip().split("\n", 1)[0][:200]


def _window(text: str, hit: Hit) -> tuple[int, int]:
    """Return the part of a hit's line that its neighbours stand in: whole words, at most `WINDOW` characters each way."""
    left = max(text.rfind("\n", max(0, hit.start - WINDOW), hit.start) + 1, hit.start - WINDOW, 0)
    right = text.find("\n", hit.end, hit.end + WINDOW)
    return left, right if right >= 0 else min(len(text), hit.end + WINDOW)


def _where(advert: Advert, header: Header) -> str | None:
    said = [advert.location, header.location, advert.fields.get("workplace")]
    return " ".join(str(part) for part in said if part) or None


def _places(advert: Advert, header: Header) -> list[Place]:
    location = advert.location or header.location
    return list(find_places(location)) if location else []


def _pays(advert: Advert, reading: Reading) -> list[Pay]:
    stated = structured_pay(advert.fields) if advert.fields else []
    if any(pay.flag is None for pay in stated):
        return stated
    found = find_pay(
        reading.text,
        country=advert.country,
        lang=reading.lang,
        title=reading.title or None,
        location=advert.location,
    )
    return [*found, *stated]  # a field that is implausible is evidence, the words may be right


def _pay_item(pay: Pay) -> dict[str, Any]:
    return {name: getattr(pay, name) for name in _PAY}


def _place_item(place: Place) -> dict[str, Any]:
    return {"city": place.city, "region": place.region, "country": place.country, "raw": place.raw}


def _skill_item(skill: skills.Skill) -> dict[str, Any]:
    return {
        "s": skill.s, "label": skill.label, "id": skill.id, "level": skill.level,
        "start": skill.start, "end": skill.end, "rule": skill.rule,
    }  # fmt: skip


def _quote(text: str, evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {
        "start": evidence.start, "end": evidence.end,
        "quote": text[evidence.start : evidence.end], "rule": evidence.rule,
    }  # fmt: skip
