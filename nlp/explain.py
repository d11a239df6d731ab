"""Why an advert was read as it was: the candidates that competed with its facts, and what each lost to.

Nothing here is computed on the way to the facts: it is derived again, by the parsers' own tests, when somebody asks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nlp.parse import degree, kind, remote, role, seniority, skills, years
from nlp.parse.inclusive import without_genders
from nlp.parse.matcher import Hit, longest
from nlp.parse.modifiers import Levels
from nlp.parse.pay import Pay, main_reasons, pay_candidates
from nlp.parse.reading import Reading
from nlp.parse.tables import rule_rows

Facts = Mapping[str, Any]
_KINDS = {
    "gig_ai": "gig_ai_training",
    "gig_content": "gig_content",
    "contract": "contract",
    "payroll": "payroll",
}
_WEAKER = {"required": ("preferred", "mentioned"), "preferred": ("mentioned",)}


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate that did not become the value of `fact`; `text[start:end] == quote` unless it stands in the title.

    `value` is what it would have said (None where it is no value at all), `reason` one of reference/rival_reasons.csv,
    `cue` the words that decided against it, None where no words did.
    """

    fact: str
    value: str | None
    reason: str
    quote: str
    start: int | None
    end: int | None
    cue: str | None = None


def rivals(reading: Reading, facts: Facts, *, country: str | None = None) -> list[Rival]:
    """Return what competed with the facts of an advert and lost, fact by fact; `country` as find_pay takes it."""
    found = [
        *_pay(reading, facts, country),
        *_main_salary(facts),
        *_relation(reading, facts),
        *_work_kind(reading, facts),
        *_remote(reading, facts),
        *_seniority(reading, facts),
        *_years(reading, facts),
        *_degree(reading, facts),
        *_demands(facts),
        *_skills(reading, facts),
    ]
    return list(_once(found))


def _once(found: Iterable[Rival]) -> Iterator[Rival]:
    """Each thing once: an advert may name the same plan or word a dozen times."""
    seen: set[tuple[str, str | None, str, str]] = set()
    for rival in found:
        what = (rival.fact, rival.value, rival.reason, rival.quote.lower())
        if what not in seen:
            seen.add(what)
            yield rival


def _rival(reading: Reading, fact: str, value: object, reason: str, span: tuple[int, int]) -> Rival:
    start, end = span
    return Rival(fact, None if value is None else str(value), reason, reading.text[start:end], start, end)


# --- pay ------------------------------------------------------------------------------------------


def _pay(reading: Reading, facts: Facts, country: str | None) -> Iterator[Rival]:
    """Figures of the text that are no pay, or that a field of the source outdoes."""
    from_field = any(pay["start"] == pay["end"] for pay in facts["salaries"])
    for found in pay_candidates(
        reading.text, country=country, lang=reading.lang, title=reading.title or None
    ):
        reason = "field" if from_field and found.pay else found.reason
        if reason is not None and (found.pay is None or reason in ("field", "repeated")):
            yield Rival("pay", found.kind, reason, found.quote, found.start, found.end, found.cue_quote)


def _main_salary(facts: Facts) -> Iterator[Rival]:
    pays = facts["salaries"]
    reasons = main_reasons([Pay(**pay) for pay in pays], title=facts["title"], chosen=facts["main_salary"])
    for pay, reason in zip(pays, reasons, strict=True):
        if reason is not None:
            start, end = (pay["start"], pay["end"]) if pay["quote"] else (None, None)
            yield Rival("main_salary", pay["kind"], reason, pay["quote"], start, end, pay["flag"])


# --- role and terms -------------------------------------------------------------------------------


def _relation(reading: Reading, facts: Facts) -> Iterator[Rival]:
    """Words of prompting that speak of something else, or ask for less than what was found."""
    value, levels = facts["prompt_relation"], Levels(reading)
    for hit in longest(reading.found(role.TABLE)):
        if _is_evidence(facts, "prompt_relation", hit):
            continue
        reason = role.why_less(reading, hit)
        if value == "title" and reason not in ("denied", "other_sense"):
            continue
        if reason is None:
            level = levels.level(hit.start, hit.end).level
            reason = "weaker" if level in _WEAKER.get(value, ()) else None
            reason = "not_required" if level == "not_required" else reason
        if reason is not None:
            yield _rival(reading, "prompt_relation", None, reason, (hit.start, hit.end))


def _is_evidence(facts: Facts, fact: str, hit: Hit) -> bool:
    proof = facts["evidence"].get(fact)
    return proof is not None and proof["start"] == hit.start


def _work_kind(reading: Reading, facts: Facts) -> Iterator[Rival]:
    """The first words that speak for each kind of work that was outweighed."""
    first: dict[str, Hit] = {}
    for hit in longest(reading.found(kind.TABLE)):
        if hit.key.name in _KINDS:
            first.setdefault(_KINDS[hit.key.name], hit)
    for value, hit in first.items():
        if value != facts["work_kind"]:
            yield _rival(reading, "work_kind", value, "outweighed", (hit.start, hit.end))


def _remote(reading: Reading, facts: Facts) -> Iterator[Rival]:
    value = facts["remote"]
    lost = "weaker" if "remote" in facts["evidence"] else "field"
    for hit in longest(reading.found(remote.TABLE)):
        span, said = (hit.start, hit.end), hit.key.removesuffix("_weak")
        if hit.key == "none":
            yield _rival(reading, "remote", None, "other_sense", span)
        elif remote.is_negated(reading.folded, hit):
            yield _rival(reading, "remote", said, "negated", span)
        elif said != value:
            yield _rival(reading, "remote", said, lost, span)


def _seniority(reading: Reading, facts: Facts) -> Iterator[Rival]:
    """Ranks named in the title or the text that are not the advert's."""
    value, in_title = facts["seniority"], seniority.named_ranks(reading.title_hits.get(seniority.TABLE, []))
    for hit in in_title:
        if hit.key[0] != value:
            quote = without_genders(reading.title)[hit.start : hit.end]
            yield Rival("seniority", hit.key[0], "other_rank", quote, None, None)
    for hit in seniority.named_ranks(reading.found(seniority.TABLE)):
        if hit.key[0] == value:
            continue
        reason = "title_decides" if in_title else "later"
        if reading.section(hit.start) in seniority.SKIPPED:
            reason = "elsewhere"
        elif not hit.key[1] and not in_title:
            reason = "titles_only"
        yield _rival(reading, "seniority", hit.key[0], reason, (hit.start, hit.end))


# --- what is asked for ----------------------------------------------------------------------------


def _years(reading: Reading, facts: Facts) -> Iterator[Rival]:
    for start, end, number, refusal in years.candidates(reading):
        if refusal is None and number == facts["years_min"]:
            continue
        yield _rival(reading, "years_min", number, refusal or "larger", (start, end))


def _degree(reading: Reading, facts: Facts) -> Iterator[Rival]:
    for hit, level in degree.candidates(reading):
        name = "other" if hit.key[0] == "unnamed" else hit.key[0]
        if level in ("elsewhere", "not_required"):
            yield _rival(reading, "degree", name, level, (hit.start, hit.end))
        elif level != facts["degree_level"]:
            yield _rival(reading, "degree", name, "preferred", (hit.start, hit.end))
        elif name != facts["degree"]:
            yield _rival(reading, "degree", name, "higher", (hit.start, hit.end))


def _demands(facts: Facts) -> Iterator[Rival]:
    """Skills that show coding or machine learning, at a lower level than the one found."""
    for row in rule_rows("demands"):
        for skill in facts["skills"]:
            value = facts[row["field"]]
            if skill["id"] != row["skill"] or skill["level"] == value:
                continue
            if value == "not_mentioned" or skill["level"] in _WEAKER.get(value, ()):
                reason = "mentioned_only" if skill["level"] == "mentioned" else "weaker"
                yield Rival(row["field"], skill["level"], reason, skill["s"], skill["start"], skill["end"])


def _skills(reading: Reading, facts: Facts) -> Iterator[Rival]:
    """Words of the lexicon that are no skill of this advert."""
    told, levels = {skill["id"] for skill in facts["skills"]}, Levels(reading)
    hits = [hit for hit in reading.found(skills.TABLE) if skills.is_rightly_written(reading.text, hit)]
    for hit in longest(hits):
        if hit.key.entry.id not in told:
            told.add(hit.key.entry.id)
            reason = _no_skill(reading, hit, levels)
            yield _rival(reading, "skill", hit.key.entry.id, reason, (hit.start, hit.end))


def _no_skill(reading: Reading, hit: Hit, levels: Levels) -> str:
    if skills.in_address(reading.folded, hit):
        return "address"
    level = levels.level(hit.start, hit.end).level
    if level not in skills.STRENGTH:
        return level
    if hit.key.entry.kind in skills.TRADES and skills.names_people(reading.folded, hit):
        return "people"
    return "ambiguous" if hit.key.ambiguous else "not_asked_for"
