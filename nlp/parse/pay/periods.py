"""Pay periods: how hour, day, week, month and year are written after an amount and in its label."""

import re

# Forms that need a connector ("per", "/", "par", "pro") and forms that stand alone ("hourly", "annuel").
_UNITS = {
    "year": r"years?|yrs?|y|annum|annual|ann|ans?|année|jahr|años?|anno|ano|jaar|år|rok|év|a",
    "month": r"months?|mos?|mth|mois|monat|mes|mese|mês|maand|mån(?:ad)?|måned|miesiąc|mies|mc|m-c|měsíc|hó(?:nap)?|lun[aă]|m",
    "week": r"weeks?|wks?|semaine|woche|semana|settimana|vecka|uke|tydzień|w",
    "day": r"days?|jours?|jr|j|tag|día|dia|giorno|dag|dzień|diem|d|manday|man-day",
    "hour": r"hours?|hrs?|heures?|stunde|std|hora|ora|uur|timme?|time|godz(?:in[ęa])?|hod|óra|h",
    "project": r"projects?|projet|projekt|proyecto|assignment|engagement",
    "unit": (
        r"(?:\d[\d.,]{0,6} ?k? )?words?|articles?|posts?|tasks?|images?|videos?|prompts?|annotations?|pieces?|items?|conversations?|units?"
        r"|lesson|session|survey|study|mots?|page|minutes?|audio hour|label|evaluation|sample|blog post|problems?|role|hire|placement|interview"
    ),
}
_ALONE = {
    "year": (
        r"annually|annualized|yearly|annual|annum|p\.? ?a\b\.?|lpa|annuels?|annuelles?|annuell|anuales|anual|annui|annuo|annua"
        r"|jährlich|jaarlijks|årlig\w*|rocznie|roczne|ročně|éves|lordo annuo|l['’]an|jahresgehalt|jahresbrutto|per annum"
        r"|年収|年薪|annualis[ée]+"
    ),
    "month": (
        r"monthly|mensuels?|mensuelles?|monatlich\w*|mensuales|mensual|mensili|mensile|maandelijks|miesięcznie|měsíčně"
        r"|havi|månadslön|p\.? ?m\b\.?|pcm|月給|月薪|monatsgehalt|lunar|месяц|мес\.?"
    ),
    "week": r"weekly|hebdo(?:madaire)?s?|wöchentlich|semanal",
    "day": r"daily|day rate|tjm|journali[eè]re?s?|tagessatz|täglich|day-rate|p\.? ?d\b\.?|tarif jour",
    "hour": r"hourly|horaires?|stundenlohn|stundensatz|stündlich|ph|p/h|p/hr|p\.h\.|时薪|時給|timlön|timelønn|godzinow\w+",
    "project": r"one[- ]time project",
    "unit": r"(?!)",
}
_GLUE = r"(?:gross|brutto|brut[es]*|bruto|net(?:to)?|nets?|fixe?s?|salary|base|equivalent|before tax|cash|ht|h\.t\.?|lordo|środků|hrubého)"
_PER = (
    r"(?:/ ?(?:per )?|\bper ?(?:each )?|\ba |\ban |\beach |\bpar ?|\bpro |\bje |\bal |\bà l['’]|\bde l['’]|\bl['’]|\bpor |\bza |\bna |\bim "
    r"|\bau |\bé |\bi |\bp\.? ?/? ?|\bevery |\bpor cada |\bthe |\b在|per-)"
)
_TAIL = r"(?![^\W\d_])"


def _after() -> re.Pattern[str]:
    units = "|".join(f"(?P<{k}>{v})" for k, v in _UNITS.items())
    alone = "|".join(f"(?P<{k}_>{v})" for k, v in _ALONE.items())
    return re.compile(
        rf"[ \t\u00a0\u202f,]{{0,2}}[(\[]?(?:{_GLUE}[ \u00a0\u202f,/]{{0,2}}){{0,3}}"
        rf"(?:(?:{_PER})(?:full[- ]|adjusted |worked |finished |completed |approved |accepted )?(?:{units}){_TAIL}|(?:/ ?)?(?:{alone}){_TAIL}(?! rates?\b))"
    )


def _anywhere() -> re.Pattern[str]:
    units = "|".join(f"(?P<{k}>{v})" for k, v in _UNITS.items() if k not in ("unit", "project"))
    alone = "|".join(f"(?P<{k}_>{v})" for k, v in _ALONE.items() if k not in ("unit", "project"))
    per = r"(?:/ ?|\bper |\bpar |\bpro |\bje |\bal |\bà l['’]|\bde l['’]|\bpor )"
    return re.compile(rf"{per}(?:{units}){_TAIL}|(?<![^\W\d_])(?:{alone}){_TAIL}")


_MONTHS = re.compile(
    r"\b(?:sur|over|en|x|×|für|per) (1[2-6](?:[.,]\d)?) (?:mois|months|pagas|mensilità|monate|gehälter)\b|\(?\b(1[2-6]) ?[x×]\b"
    r"|\b[x×] ?(1[2-6])\b|\b(1[34])(?:e|è?me|th)? (?:mois\b|month(?:ly)? (?:salar|pay))"
)


def months(window: str) -> float | None:
    """Return the number of monthly salaries a year that small letters name: "sur 13 mois", "14x", "en 14 pagas"."""
    match = _MONTHS.search(window)
    found = next((g for g in match.groups() if g), None) if match else None
    return float(found.replace(",", ".")) if found else None


AFTER = _after()
ANYWHERE = _anywhere()


def name_of(match: re.Match[str]) -> str:
    """Return the period that matched."""
    return (match.lastgroup or "").rstrip("_")


def after(text: str, at: int) -> tuple[str, int] | None:
    """Return the period written directly after position `at`, and where it ends.

    Small letters are matched: a pattern that ignores case tries every alternative in full, which is slow.
    """
    before = max(0, at - 1)
    window = text[before : at + 60]
    small = window.lower()
    match = AFTER.match(small if len(small) == len(window) else window, at - before)
    return None if match is None else (name_of(match), before + match.end())


def mentioned(window: str) -> list[tuple[int, str]]:
    """Return (position, period) of every period named in a short window of small letters."""
    return [(m.start(), name_of(m)) for m in ANYWHERE.finditer(window)]
