"""Reads the header of a Hacker News advert: company, role, place and employment, told apart by what each cell says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.parse.places import find_places


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says, in the advert's own words; None for what it does not say clearly."""

    company: str | None
    title: str | None
    location: str | None
    employment: str | None


EMPTY = Header(None, None, None, None)

_MAX_LINE, _MAX_CELLS = 500, 20
_BARS = "|｜¦│┃❘"
_SEPARATORS = (
    re.compile(r"\s*(?:\|+|｜|¦|│|┃|❘)\s*"),
    re.compile(r"\s+(?://|::|•|·|∙|⋅|➜|→|»|>>|—|–|--|-|/)\s+|\s*(?:—|•|·)\s*"),
    re.compile(r"\s*[,;]\s+"),
)


def _small(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for words in small letters: to ignore case takes several times as long."""
    return re.compile(re.sub(r"(?<!\\)[A-Z]", lambda m: m.group().lower(), pattern))


_URL = re.compile(
    r"\(?\s*(?:https?://|www\.)\S+|\b[\w.+-]+ ?(?:@|\[at\]|\(at\)) ?[\w-]+\.\w+|(?<!\S)\(?[\w-]+(?:\.[\w-]+)*\.(?:com|io|ai|co|org|net|dev|app|jobs|tech|xyz|so|gg|eu|de|uk|fr|me|health|careers)(?:/\S*)\)?",
    re.IGNORECASE,
)
_PARENS = re.compile(r"\s*[(\[{](?:[^()\[\]{}]|[(\[{][^()\[\]{}]*[)\]}])*[)\]}]")
_BATCH = re.compile(r"\s*[(\[{]?\b(?:YC ?)?(?:YC|[SWFX])[- ]?['’]?\d{2}\b[)\]}]?", re.IGNORECASE)
_ROLE = _small(
    r"\b(?:engineers?|engineering|developers?|dev|devs|programmers?|scientists?|science|designers?|design|managers?|directors?|architects?|analysts?|researchers?|leads?|head of|vp|cto|ceo|coo|cfo|cpo"
    r"|swes?|sres?|sdets?|sdes?|devops|mlops|secops|fullstack|full[- ]?stack|front[- ]?end|back[- ]?end|qa|administrators?|sysadmins?|admin|consultants?|specialists?|interns?|internships?|writers?|editors?|recruiters?"
    r"|marketers?|marketing|sales|support|advocates?|evangelists?|technicians?|technologists?|operations|product|(?:multiple|various|several|many|all|different|numerous|open) (?:\w+ )?(?:roles?|positions?|openings?|jobs|teams)|roles|positions"
    r"|founding|co-?founders?|hackers?|coders?|entwickler|développeurs?|ingénieurs?|mathematicians?|economists?|statisticians?|instructors?|teachers?|tutors?|mentors?|professors?|postdocs?|ux|ui|pm|tpm|sdr|account executives?|representatives?|associates?|assistants?|coordinators?|partners?|counsel|officers?|testers?|dba|solutions|infrastructure|security|mobile|ios|android|data|machine learning|ml|firmware|embedded|software|hardware|rust|python|ruby|rails|java|golang|php|react|node(?:\.js)?|elixir|scala|clojure|c\+\+|research|volunteer)\b"
)
_STRONG_ROLE = _small(
    r"\b(?:engineers?|developers?|devs?|programmers?|scientists?|designers?|managers?|directors?|architects?|analysts?|researchers?|leads?|head of|vp|cto|swes?|sres?|devops|interns?|administrators?|consultants?|writers?"
    r"|(?:multiple|various|several|many|all|different|numerous|open) (?:\w+ ){0,2}(?:roles?|positions?|openings?)|full[- ]?stack|front[- ]?end|back[- ]?end|specialists?|marketers?|recruiters?|founding|co-?founder|developers?|hackers?|advocates?|executives?|representatives?|associates?|support|roles|positions?)\b"
)
_EMPLOYMENT = re.compile(
    r"\b(?:full[- ]?-?time|fulltime|part[- ]?time|parttime|contract(?:ors?|ing)?|contract[- ]to[- ]hire|freelance(?:rs?)?|permanent|perm|temporary|internships?|interns?|FTE?|PTE?|W-?2|1099|C2C|co-?op|CDI|CDD|stage|alternance|ganztags|vollzeit|teilzeit|hourly|(?:32|40|20)\s?h(?:rs|ours)?(?:/| per )week)\b",
    re.IGNORECASE,
)
_WORKPLACE = re.compile(
    r"\b(?:remote(?:ly)?|onsite|on-site|on site|in[- ]office|in[- ]person|hybrid|wfh|work from home|distributed|anywhere|worldwide|global|télétravail|colocated|co-located|relocation|relo|local)\b",
    re.IGNORECASE,
)
_NOISE = _small(
    r"\b(?:visas?|sponsorship|sponsor|h-?1b|equity|stock|options|benefits?|401\s?k|healthcare|bonus|salary|competitive|doe|hiring|apply|relocation|no agencies|no recruiters|series [a-f]|seed|funded|stealth|ycombinator|pto|insurance|shares|tokens|clearance|citizens?(?:hip)?|new grads?|all levels|unlimited|timezones?|time zones?|backed|profitable|bootstrapped)\b"
)
# Whether words hold any, asked before they are cut out.
_HAS_EMPLOYMENT, _HAS_WORKPLACE = _small(_EMPLOYMENT.pattern), _small(_WORKPLACE.pattern)
_EMPTY_BRACKETS = re.compile(r"[(\[{]\s*[)\]}]")
_VISA = re.compile(r"\bvisas?\b|\bsponsorship\b|\bh-?1b\b", re.IGNORECASE)
_PAY = re.compile(r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CAD|AUD)\b) ?\d|\d ?[kK]\b|\d{2,3},\d{3}")
_PROSE = re.compile(
    r"\b(?:is|are|we|we're|we’re|our|you|your|was|has|have|looking|seeking|i'm|i’m|the following|based in)\b",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"\s+(?:is|are) (?:currently |now |also |actively )?(?:hiring|looking|seeking|searching|recruiting)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_SKIP = re.compile(
    r"^(?:hi(?:ring)?\b|hello|hey|we(?:'re|’re| are)|location|title|company|position|job|role|remote|apply|about|note|edit|update|seeking|who we)\b",
    re.IGNORECASE,
)
_COMPANY_LABEL = re.compile(r"^(?:company(?: name)?|employer)\s*:\s*", re.IGNORECASE)
_TITLE_LABEL = re.compile(r"^(?:title|position|role|job title|job)s?\s*:\s*", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:onsite|remote|hiring:?|hybrid)\s+(?=\w+ ?[\w/]* ?(?:developers?|engineers?|designers?|managers?)))",
    re.IGNORECASE,
)
_LOCATION_LABEL = re.compile(r"^(?:locations?|where|office|based in)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell with what its words say about it."""

    text: str
    bare: str
    is_role: bool
    is_place: bool
    is_workplace: bool
    is_employment: bool
    is_noise: bool


def parse_header(text: str) -> Header:
    """Return the company, title, location and employment of a Hacker News advert from its first line.

    Cells stand between `|`, dashes or similar; each is known by what it says, not by its position, except that the
    company is the first cell that is nothing else. Without a recognisable header all fields are None. Never raises.
    """
    line = _first_line(text)
    parts = _split(line)
    if len(parts) < 2 and "|" not in line:
        return Header(_hiring_company(line), None, None, None)
    cells = [cell for part in parts if (cell := _cell(part)) is not None]
    if len(cells) < (1 if "|" in line else 2):
        return Header(_hiring_company(line), None, None, None)
    company = _company(cells)
    rest = [c for c in cells if c is not company]
    title = _title(rest)
    return Header(
        company=_company_name(company) if company else None,
        title=title.bare if title else None,
        location=_location(rest, title, line),
        employment=_employment(line),
    )


def _first_line(text: str) -> str:
    for line in text[:3000].split("\n"):
        if line.strip():
            return line.strip()[:_MAX_LINE]
    return ""


def _split(line: str) -> list[str]:
    """Cut the line at the strongest separator that gives a header; prose gives one piece."""
    for separator in _SEPARATORS[:2]:
        if separator is _SEPARATORS[0] and not any(bar in line for bar in _BARS):
            continue
        parts = [p.strip() for p in separator.split(line)]
        if len([p for p in parts if p]) >= (2 if separator is _SEPARATORS[0] else 3):
            return [p for p in parts if p][:_MAX_CELLS]
    commas = [p.strip() for p in _SEPARATORS[2].split(line) if p.strip()]
    if 3 <= len(commas) <= 9 and all(len(p) <= 45 for p in commas) and not _PROSE.search(line):
        return commas
    return [line]


@lru_cache(maxsize=4096)
def _cell(part: str) -> _Cell | None:
    bare = _balanced(_without_urls(part))
    if not any(c.isalnum() for c in bare):
        return None
    short = len(bare) <= 200
    small = bare.lower()
    words = _without_terms(bare, " ").strip(" ,/&()-.")
    role = short and _ROLE.search(words.lower()) is not None
    return _Cell(
        text=part,
        bare=_LEADING.sub("", _TITLE_LABEL.sub("", bare)),
        is_role=role,
        is_place=short
        and not _STRONG_ROLE.search(words.lower())
        and (_LOCATION_LABEL.match(bare) is not None or _names_a_place(words)),
        is_workplace=len(bare) <= 120 and _HAS_WORKPLACE.search(small) is not None,
        is_employment=_HAS_EMPLOYMENT.search(small) is not None,
        is_noise=_NOISE.search(small) is not None or _PAY.search(bare) is not None,
    )


def _without_terms(words: str, by: str) -> str:
    """Leave out kinds of employment and of workplace; most words hold none."""
    words = _without_employment(words, by)
    return _WORKPLACE.sub(by, words) if _HAS_WORKPLACE.search(words.lower()) else words


def _without_employment(words: str, by: str) -> str:
    return _EMPLOYMENT.sub(by, words) if _HAS_EMPLOYMENT.search(words.lower()) else words


def _without_urls(words: str) -> str:
    """Leave out web and e-mail addresses; words without a dot or "//" hold none."""
    return _URL.sub("", words) if "." in words or "//" in words else words


def _balanced(words: str) -> str:
    """Strip decoration and brackets that have lost their other half, or that wrap the whole."""
    words = _EMPTY_BRACKETS.sub("", words).strip(" \t-–—:;,.*_#")
    if words[:1] in "([" and words[-1:] in ")]" and words.count(words[:1]) == 1:
        words = words[1:-1]
    if words.count("(") > words.count(")"):
        words = words + ")" if words.rfind("(") > 0 else words.lstrip("(")
    return words.rstrip(")") if words.count(")") > words.count("(") else words.strip()


def _names_a_place(words: str) -> bool:
    return 1 < len(words) <= 90 and any(p.country for p in find_places(words))


def _company(cells: Sequence[_Cell]) -> _Cell | None:
    """The first cell, unless it is plainly a role, a place, a workplace or a sum; then the next that is nothing else."""
    first = cells[0]
    if _COMPANY_LABEL.match(first.bare) or not _is_something_else(first, is_first=True):
        return first if len(_company_name(first) or "") in range(1, 61) else None
    return None


def _is_something_else(cell: _Cell, *, is_first: bool) -> bool:
    name = _PARENS.sub("", cell.bare)
    if _SKIP.match(name) or _PAY.search(name):
        return True
    only_words = _without_terms(name, "").strip(" ,/&+-()")
    if not only_words:
        return True
    if cell.is_place and is_first and _is_wholly_place(name):
        return True
    return _is_wholly_role(name)


def _is_wholly_place(name: str) -> bool:
    """A place and nothing else: "San Francisco, CA"; a firm named after a town keeps its other words."""
    pieces = re.split(r",| and | or |/|&", name)
    return len(pieces) > 1 and len(find_places(name)) >= max(1, len(pieces) - 1) and len(name.split()) <= 9


def _is_wholly_role(name: str) -> bool:
    """A job title and no firm's name: it ends in a trade, as "Senior Python Engineer" does."""
    name = re.split(r" [-–—:] ", name)[0]
    return (
        re.search(
            r"(?:engineers?|developers?|designers?|scientists?|managers?|architects?|analysts?|devops)(?: wanted| needed)?$",
            name,
            re.IGNORECASE,
        )
        is not None
    )


def _company_name(cell: _Cell) -> str | None:
    name = _COMPANY_LABEL.sub("", cell.bare)
    name = _HIRING.sub("", _BATCH.sub("", _PARENS.sub("", name)))
    name = re.split(r"\s+(?:-|–|—|:)\s+|:\s", name)[0]
    name = re.sub(r"\s+(?:at|@)$", "", name).strip(" \t-–—:;,*_#\"'|/()[]")
    return (
        name if 1 <= len(name) <= 60 and any(c.isalnum() for c in name) and len(name.split()) <= 8 else None
    )


def _hiring_company(line: str) -> str | None:
    """ "Acme is hiring …": the words before the verb, when they look like a name."""
    match = _HIRING.search(line)
    name = (
        _BATCH.sub("", _PARENS.sub("", _without_urls(line[: match.start()]))).strip(" ,-–—:") if match else ""
    )
    if (
        not 1 <= len(name) <= 40
        or len(name.split()) > 4
        or not name[:1].isupper()
        or _PROSE.search(name)
        or _SKIP.match(name)
    ):
        return None
    return name


def _title(cells: Sequence[_Cell]) -> _Cell | None:
    roles = [c for c in cells if c.is_role and not _VISA.search(c.bare) and not _PROSE.search(c.bare)]
    strong = [c for c in roles if _STRONG_ROLE.search(c.bare.lower()) and not _only_employment(c.bare)]
    weak = [c for c in roles if not (c.is_noise or c.is_workplace or c.is_place or c.is_employment)]
    return next(iter(strong or weak), None)


def _only_employment(words: str) -> bool:
    return not re.sub(r"[\s,/&+|()-]|or|and", "", _without_terms(words, ""))


def _location(cells: Sequence[_Cell], title: _Cell | None, line: str) -> str | None:
    """The cells that name a place, or else the one that says remote; an address in brackets counts too."""
    places = [c for c in cells if c.is_place and c is not title and not (c.is_noise and not c.is_workplace)]
    remote = [c for c in cells if c.is_workplace and not c.is_place and c is not title and len(c.bare) <= 80]
    if places:
        chosen = places[:6] if all(len(c.bare) <= 60 for c in places) else places[:1]
        named = [_LOCATION_LABEL.sub("", c.bare) for c in chosen]
        extra = [c.bare for c in remote[:1] if re.search(r"remote|hybrid|anywhere", c.bare, re.IGNORECASE)]
        return _joined(named + extra)
    return _joined([remote[0].bare]) if remote else None


def _joined(parts: Sequence[str]) -> str | None:
    cleaned = [
        re.sub(r"\s{2,}", " ", _without_employment(p, "")).strip(" ,;/|-–&+%0123456789") for p in parts
    ]
    cleaned = [re.sub(r"[\s,]+(?:and|or|&)$", "", p) for p in cleaned]
    cleaned = [_balanced(p) for p in cleaned]
    return "; ".join(dict.fromkeys(p for p in cleaned if p)) or None


def _employment(line: str) -> str | None:
    found = dict.fromkeys(
        m.group().replace(" ", "-") for m in _HAS_EMPLOYMENT.finditer(_without_urls(line).lower())
    )
    return ", ".join(found) or None
