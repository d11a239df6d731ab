"""Context: decides from the words around a figure whether it is pay, of what kind and for what period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nlp.parse.pay import cues, periods
from nlp.parse.pay.bands import Band
from nlp.parse.pay.currency import scale_of
from nlp.parse.pay.plausibility import HIGHEST

_LEFT, _RIGHT = 150, 70
# One set of characters comes first in both: the search then skips everything else at once.
_CLAUSE = re.compile(
    r"[.!?|•\n; ](?:(?<=[a-z\d%)][.!?]) +(?=[A-Z•\"'“¿])|(?<=[|•\n])|(?<=;) |(?<=\w\.)\Z|(?<= )[—–] (?=[A-Z][a-z]))"
)
_RIGHT_END = re.compile(r"[\n|.!?](?:(?<=[\n|])|(?<=[a-z\d%)][.!?])(?: +(?=[A-Z])|\Z))")
_PLURAL = re.compile(
    r"\+? {1,2}(?!bonus|plus|is\b|as\b|bruts?\b|brutes|annuel|euros|dollars|pounds|this|depends|hours\b|nets\b|basis|des\b|les\b)[a-z]{2,}s\b"
)
_NOUN = re.compile(
    r"[+ ]{0,2}(?:\w+ ){0,3}(?:users?|drivers|merchants|subscribers|readers|teachers|patients|stores|restaurants|sellers|creators|businesses|organi[sz]ations|vehicles|devices|websites|apps|customers?|employees|people|players|members|stars|downloads|requests|installs|companies|hours|heures|h\b|ans\b|years|jours|min\b|mois d|km|m²|sites|clients|participants|developers|students)"
)
_CELLS = re.compile(r"\|| [-–—] ")
_CELL_LEFT = re.compile(r"(?:[|/•:;–—(\[-] ?(?:to |up to |from |over |~|≈|>|around |circa )?|[-*·] |, )\Z")
_CELL_RIGHT = re.compile(
    r"\s*(?:\Z|[|/•;)\]]|\+|&|, (?:equity|plus|\d)|with\b|w/|and equity|usd|doe\b|base\b|[-—–] |\()",
    re.IGNORECASE,
)
_STRICT_LABEL = re.compile(
    r"(?:salar(?:y|ies)|pay|compensation|remuneration|r[ée]mun[ée]ration|wages?|salaire|tjm|rate|base|range|gehalt|comp|package|ctc|range is|salary of)\b[^\w\n]{0,6}\s{0,3}(?:is|of|from|range|rate|range of|ranges? from|for this (?:role|position) is|:|=|between|entre|de)?[\s:(~-]{0,4}\Z",
    re.IGNORECASE,
)
_BASE = re.compile(r"[\s,(]{0,3}(?:(?:annual|gross|yearly|brut|de) )?(?:base|fixe?)\b(?!\W{0,3}\d|\s?[+&])")
_TJM = re.compile(r"\btjm\b|day rate|tarif jour|tagessatz|daily rate", re.IGNORECASE)
_YEARISH = re.compile(r"(?:19|20)\d\d\Z")
# What may not stand between the word and its figure: "equity, 140k" and "bonus + $20k" are two things.
_APART = {kind: re.compile(r"^\)?\s?[,;]|[+&/|]") for kind in cues.KINDS} | {
    "equity": re.compile(r"[,;+&/|(–-]")
}
_SALARY = re.compile(r"salar|salaire|gehalt|compensation|package")
_REFERRAL = re.compile(r"\breferr?als?\b|\bcooptation\b|\bparrainage\b|\brefer a\b")
# "$25 per completed transcript": whatever is counted there, it is no time.
_PIECE = re.compile(
    r"\s?(?:per|par)\s(?!(?:our|the|your|company|market|experience|person|employee|week|hour|month|year|day)\b)(?:\w+ )?[^\W\d_]{3,}\b"
)
_PIECE_BEFORE = re.compile(
    r"\b(?:each|every|per|par|chaque) (?:\w+ )?(?:task|article|post|video|image|prompt|conversation|word|page|survey|session|lesson)s?\b"
)
_FLAT_BEFORE = re.compile(
    r"\b(?:flat (?:fee|rate)|fixed[- ](?:price|fee)|one[- ]time (?:payment|fee|project)|lump sum)\b[^.;\n]*\Z"
)
_FLAT_BEHIND = re.compile(
    r"[\s,(]{0,3}(?:flat\b|lump sum|one[- ]time\b|(?:fixed|total) (?:fee|price)|(?:up)?on (?:\w+ ){0,2}completion|for the (?:whole |entire )?project)"
)
_RECOMMENDING = re.compile(
    r"\bfor (?:recommend|referr|introduc)\w*|\bpour (?:la |toute )?(?:cooptation|recommandation)"
)
# Between a word like "learning" or "client" and a figure: the word belongs to a job's title, the figure to the job.
_JOB = re.compile(
    r"\b(?:engineer|developer|manager|analyst|scientist|designer|architect|director|lead|specialist|consultant|administrator"
    r"|recruiter|writer|editor|officer|associate|intern|technician|nurse|accountant|representative|executive|coordinator"
    r"|advisor|researcher|programmer|assistant|ing[ée]nieure?|d[ée]veloppeu(?:r|se)|chef de projet|responsable|charg[ée]e?"
    r"|technicien(?:ne)?|analyste|directeur|directrice|entwickler(?:in)?|ingenieur|leiter(?:in)?)s?\b[^.!?\n]{0,60}[-–—:|,(]\s*\Z"
)
THRESHOLD = 3
_STRONG, _UNMISTAKABLE = 3, 5
_HEAD, _TITLE, _CELL = 600, 90, 24
# Where a month's pay begins at about 1000 dollars, and where already at 100; at 300 elsewhere.
_HIGH_PAID = frozenset([None, "USD", "GBP", "CAD", "AUD", "CHF"])
_LOW_PAID = frozenset(["INR", "PHP", "IDR", "VND", "NGN", "PKR", "BDT", "LKR", "NPR", "EGP", "KES"])
_WORKING = frozenset(["week", "day"])
_RATE = re.compile(
    r"\btjm\b|day rate|daily (?:rate|pay)|tagessatz|tarif jour|weekly (?:pay|rate|salary|wage)|journalier"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The text around one figure, in small letters: the clause before it, the lines above, and what follows."""

    near: str
    above: str
    right: str
    line_left: str
    is_first: bool
    is_cell: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the context says: the kind of pay and the rule that decided."""

    kind: str
    rule: str
    score: int


class Refusal(StrEnum):
    """Why a figure that looks like money is no pay."""

    REFERRAL = "referral"
    OTHER_MONEY_BEFORE = "other_money_before"
    OTHER_MONEY_AFTER = "other_money_after"
    COUNT = "count"
    BARE_NUMBER = "bare_number"
    NO_SIGN_OF_PAY = "no_sign_of_pay"
    ZERO = "zero"


def setting(text: str, band: Band, floor: int) -> Setting:
    """Cut the surroundings of a band; the left side never reaches over the end of the band before it (`floor`)."""
    at = band.low.start
    left = text[max(0, at - _LEFT, floor - 40 if floor else 0) : at]
    bounds = list(_CLAUSE.finditer(left))
    cut = bounds[-1].end() if bounds else 0
    before = left[: len(left) - (at - band.start)] if band.start < at else left
    line = before[before.rfind("\n") + 1 :]
    right = text[band.end : band.end + _RIGHT]
    return Setting(
        near=left[cut:].lower(),
        above=left[:cut].lower(),
        right=right[: _right_end(right)].lower(),
        line_left=line,
        is_first=band.start < 8,
        is_cell=not line.strip()
        or (at < _HEAD and "\n" not in text[:at] and _CELLS.search(line) is not None),
    )


def _right_end(right: str) -> int:
    match = _RIGHT_END.search(right)
    return match.start() if match else len(right)


def referral(around: Setting) -> str:
    """Return the words that say the money is for recommending somebody, empty without any."""
    match = _REFERRAL.search(around.near) or _RECOMMENDING.search(around.right[:50])
    return match.group() if match else ""


def judge(band: Band, around: Setting) -> Verdict | Refusal:
    """Return what kind of pay the band is, or why it is none (funding, budgets, users, referrals …)."""
    if referral(around):
        return Refusal.REFERRAL
    label, block = cues.last(cues.LABEL, around.near), cues.last(cues.BLOCK, around.near)
    kind = _other_kind(band, around, label, block)
    if cues.follows(cues.BLOCK, around.right) and kind != "signing":
        return Refusal.OTHER_MONEY_AFTER
    if block > label and kind is None and not _is_strong(band, around, block):
        return Refusal.OTHER_MONEY_BEFORE
    return _weigh(band, around, label, kind)


def _is_strong(band: Band, around: Setting, block: int) -> bool:
    """The figure is followed by a label or stands behind a job's title, which also holds the word: "Engineer, Revenue Platform ($150k)"."""
    if shape_score(band) < _STRONG:
        return False
    if cues.follows(cues.LABEL, around.right):
        return True
    return _JOB.search(around.near, block) is not None or (
        band.high is not None and len(around.near) < _TITLE and _JOB.search(around.near) is not None
    )


_WEIGHTS = {"label": 3, "heading": 2, "after": 2, "cell": 1, "alone": 3, "kind": 2}


def _weigh(band: Band, around: Setting, label: int, kind: str | None) -> Verdict | Refusal:
    signs = _signs(band, around, label, kind)
    counted = _counted(band, around, signs)
    if counted is not None:
        return counted
    score = max(shape_score(band), 0) + sum(
        _WEIGHTS[name] for name in signs if name != "heading" or "label" not in signs
    )
    needed = THRESHOLD + (signs == {"heading"} and band.bound == "point")
    is_yearly_cell = around.is_cell and shape_score(band) >= _UNMISTAKABLE
    if score < needed or (not signs and band.bound in ("point", "floor") and not is_yearly_cell):
        return Refusal.NO_SIGN_OF_PAY
    if band.top == 0 or (band.low.money == 0 and not signs & {"label", "alone"}):
        return Refusal.ZERO
    why = next((name for name in _WEIGHTS if name in signs), "shape")
    return Verdict(kind or ("ote" if _is_ote(around, label) else "base"), why, score)


def _signs(band: Band, around: Setting, label: int, kind: str | None) -> set[str]:
    """The signs of pay around a figure: a label before it, in the lines above or behind it, a cell of its own …"""
    heading = cues.last(cues.LABEL, around.above) if label < 0 else -1  # asked for where no label is nearer
    opens_cell = band.parts[-1].mark is not None and around.line_left.rstrip().endswith("|")
    holds = {
        "label": label >= 0,
        "heading": heading >= 0 and heading > cues.last(cues.BLOCK, around.above),
        "after": cues.follows(cues.LABEL, around.right),
        "cell": (not around.line_left or _CELL_LEFT.search(around.line_left[-_CELL:]) is not None)
        and (_CELL_RIGHT.match(around.right) is not None or opens_cell),
        "alone": around.is_first and not (around.above + around.line_left).strip(" \t\n-–*•:~≈"),
        "kind": kind is not None,
    }
    return {name for name, is_so in holds.items() if is_so}


def _counted(band: Band, around: Setting, signs: set[str]) -> Refusal | None:
    """A number without currency that counts users, people or hours, or stands where no pay is talked of."""
    if shape_score(band) < 0 and not _plain_is_pay(band, around, signs):
        return Refusal.BARE_NUMBER
    if band.parts[-1].mark is not None:
        return None
    is_counted = "after" not in signs and counted_noun(around.right) is not None
    return Refusal.COUNT if is_counted or _is_working_time(band) else None


def _is_working_time(band: Band) -> bool:
    """ "40 per week", "3 a day": hours or tasks, not money."""
    top = band.parts[-1]
    return top.mark is None and top.factor is None and top.period in ("week", "day") and top.money < 100


def counted_noun(right: str) -> re.Match[str] | None:
    """Return the noun behind a number that says what is counted: "users", "employees" …"""
    return _PLURAL.match(right) or _NOUN.match(right)


def shape_score(band: Band) -> int:
    """How much the bare form looks like pay; -1 for numbers with neither currency nor multiplier nor period."""
    low, top = band.low, band.parts[-1]
    mark = top.mark or low.mark
    if mark is None and top.factor is None and top.period is None:
        return -1
    yearly = band.top / scale_of(mark.code if mark else None).per_usd
    if mark is None and top.factor is None:
        return 0 if top.digits < 5 else 2 + (band.high is not None)
    score = (1 if mark else 0) + (1 if top.factor else 0) + (2 if top.period and (mark or top.factor) else 0)
    score += 1 if band.high is not None else 0
    return score + (1 if 20_000 <= yearly <= 1_000_000 else 0)


def _plain_is_pay(band: Band, around: Setting, signs: set[str]) -> bool:
    """Bare numbers are pay only as grouped ranges of five digits or more, or right behind a label."""
    top, low = band.parts[-1], band.low
    if _YEARISH.match(str(int(top.money))) and top.number_end - top.start == 4:
        return False
    strict = _STRICT_LABEL.search(around.near) is not None
    if band.high is not None and low.digits >= 4 and around.is_first and not around.right.strip():
        return True
    if band.high is not None and low.digits >= 5:
        return bool(signs & {"label", "heading"})
    if top.digits >= 4:
        return strict or ("label" in signs and band.high is not None)
    return bool(strict and _TJM.search(around.near[-30:]) and top.digits == 3)


def _other_kind(band: Band, around: Setting, label: int, block: int) -> str | None:
    """Signing bonus, bonus or equity: named right behind the figure, or nearer before it than any label of pay."""
    for kind in cues.KINDS[:-1]:
        if cues.follows(kind, around.right) and not _is_joined(band, around):
            return kind
    if _BASE.match(around.right):
        return None
    found = cues.nearest(cues.KINDS[:-1], around.near)
    if not found:
        return None
    nearest = max(found, key=lambda kind: (found[kind], kind == "signing"))
    if found[nearest] < label or (found[nearest] <= block and nearest != "signing"):
        return None
    between = around.near[found[nearest] :]
    return nearest if len(between) <= 45 and not _APART[nearest].search(between) else None


def _is_joined(band: Band, around: Setting) -> bool:
    """ "$500k+equity", "$150k+ equity": the plus joins two things."""
    return band.parts[-1].is_plus and around.right.lstrip(" ")[:1].isalpha()


def _is_ote(around: Setting, label: int) -> bool:
    if _BASE.match(around.right):
        return False
    return cues.follows("ote", around.right) or (
        cues.last("ote", around.near) >= max(label - 25, 0) and "base" not in around.near[-25:]
    )


def period(band: Band, around: Setting, code: str | None, kind: str) -> tuple[str | None, str]:
    """Return the pay period and how it was found: suffix, context or magnitude ("meant" where the word is absurd)."""
    amounts = [a for a in band.parts if a.period]
    if kind == "signing":
        return "unit", "kind"
    size = magnitude(band.top, code) if kind not in ("bonus", "equity") else None
    if amounts:
        stated = amounts[-1].period
        if not _absurd(band.top, stated, code):
            return stated, "suffix"
        return (
            (size, "meant") if size == "year" and stated in ("month", "week", "day") else (stated, "suffix")
        )
    if size in ("hour", None) and kind == "base" and _is_counted_out(around):
        return "unit", "suffix"
    if size != "year" and kind == "base" and not amounts and _is_flat(around):
        return "project", "context"
    if size in ("hour", None) and _adjoining(around) == "year":
        return "year", "context"
    for found in _around(around):
        if not _absurd(band.top, found, code) and not (found == "year" and size in ("hour", "month")):
            return found, "context"
    if kind == "bonus":
        return "year", "kind"  # bonuses and commissions are told by the year unless something else is said
    if size == "hour" and _may_be_thousands(band, around):
        return None, "unclear"  # "$80 - $150" in a header: an hour's pay, or a year's in thousands
    return size, "magnitude"


def _is_counted_out(around: Setting) -> bool:
    """So much for each piece: "$25 per completed transcript"."""
    return _PIECE.match(around.right) is not None or _PIECE_BEFORE.search(around.near) is not None


def _is_flat(around: Setting) -> bool:
    """One sum for the whole work: "flat fee of $300", "$250 upon completion"."""
    return _FLAT_BEFORE.search(around.near[-50:]) is not None or _FLAT_BEHIND.match(around.right) is not None


def _may_be_thousands(band: Band, around: Setting) -> bool:
    """ "$80 - $150" in a header or after "Salary:" can be an hour's pay, or a year's in thousands."""
    is_whole = all(a.money == int(a.money) and a.money >= 40 and a.digits < 4 for a in band.parts)
    in_cell = "|" in around.line_left and cues.last(cues.LABEL, around.near) < 0
    return is_whole and (in_cell or _SALARY.search(around.near) is not None)


def _around(around: Setting) -> Iterator[str]:
    """Yield the periods named nearby, nearest first. Weeks and days mostly count working time: only rates are believed."""
    near, above = around.near[-80:], around.above[-70:]
    for at, name in periods.mentioned(around.right):
        if at <= 45 and (name not in _WORKING or _is_rate(near, around.right, above)):
            yield name
    for window in (near, above):
        for _, name in reversed(periods.mentioned(window)):
            if name not in _WORKING or _is_rate(near, around.right, above):
                yield name


def _is_rate(*windows: str) -> bool:
    return any(_RATE.search(window) for window in windows)


def _adjoining(around: Setting) -> str | None:
    """The period that stands right before the figure: "Annuel de 35", "hourly: 12"."""
    found = periods.mentioned(around.near[-18:])
    return found[-1][1] if found else None


def _absurd(top: float, name: str | None, code: str | None) -> bool:
    """A monthly, weekly, daily or hourly figure far above, or a yearly one far below, what anybody is paid."""
    dollars = top / scale_of(code).per_usd
    if name == "year":
        return dollars < 600
    return name in HIGHEST and dollars > HIGHEST[name]


def magnitude(top: float, code: str | None) -> str | None:
    """Guess the period from the size of a figure whose period is not stated; None where two would fit."""
    scale = scale_of(code)
    dollars = top / scale.per_usd
    if top >= scale.year_from:
        return "year"
    if dollars >= (100 if code in _LOW_PAID else 1000 if code in _HIGH_PAID else 300):
        return "month"
    return "hour" if dollars <= 220 else None
