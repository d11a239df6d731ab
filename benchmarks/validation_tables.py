"""The tables of docs/validation.md and docs/validation.fr.md, written between their markers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from tests.simulator.exact import of_counts, of_medians, of_shares
from tests.simulator.experiments import EXPERIMENTS
from tests.simulator.trial import Claim, Experiment, Result, Row

FILES = ("validation.md", "validation.fr.md")
BEGIN, END = "<!-- generated: {name} -->", "<!-- end: {name} -->"
SIZES = (5, 6, 10, 20, 50, 100, 200)

_HEAD = (
    "| what | truth | bias | covers | shown | verdict |",
    "| quantité | vérité | biais | couvre | montré | verdict |",
)
_VERDICTS: dict[Claim, tuple[str, str]] = {
    Claim.COVERS: ("holds", "tient"),
    Claim.EXACT: ("exact", "exact"),
    Claim.BOUNDS: ("always holds the truth", "encadre toujours la vérité"),
    Claim.UNBIASED: ("holds", "tient"),
    Claim.NAIVE: ("not published; to compare with", "non publié ; pour comparer"),
    Claim.BIASED: ("off by construction, said: “{said}”", "biaisé par construction, dit : « {said} »"),
    Claim.NARROW: (
        "too narrow by construction, said: “{said}”",
        "trop étroit par construction, dit : « {said} »",
    ),
}
_FAILS = ("**fails**", "**échoue**")
_ABOVE = (" ({points} points over 95 %)", " ({points} points au-dessus de 95 %)")
_TRIALS = (
    "{n} markets drawn, seeds 0 to {last}, on {day}.",
    "{n} marchés tirés, graines 0 à {last}, le {day}.",
)
_MARKET = ("Market: {market}.", "Marché : {market}.")


def write_docs(folder: Path, found: Mapping[str, Sequence[Result]], replications: int) -> None:
    """Renew the generated parts of both files. Experiments that were not run keep theirs. Raises ValueError."""
    for lang, file in enumerate(FILES):
        path = folder / file
        text = _replaced(path.read_text(encoding="utf-8"), "intervals", intervals(lang))
        for name, rows in found.items():
            text = _replaced(text, name, section(EXPERIMENTS[name], rows, replications, lang))
        path.write_text(text, encoding="utf-8")


def _replaced(text: str, name: str, part: str) -> str:
    begin, end = BEGIN.format(name=name), END.format(name=name)
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the text has no place for {name}: put {begin} and {end} where it belongs")
    return f"{before}{begin}\n{part}\n{end}{after}"


def section(experiment: Experiment, rows: Sequence[Result], replications: int, lang: int) -> str:
    """The heading, question, market and table of one experiment; `lang` 0 English, 1 French."""
    day = date.today().isoformat()
    trials = _TRIALS[lang].format(n=replications, last=replications - 1, day=day)
    lines = [
        f"### {experiment.question[lang]} (`{experiment.measure}`)",
        "",
        f"{_MARKET[lang].format(market=experiment.market[lang])} {trials}",
        "",
        _HEAD[lang],
        "|---|---|---|---|---|---|",
        *(_line(experiment.rows[one.row], one, lang) for one in rows),
    ]
    return _localised("\n".join(lines), lang)


def _line(row: Row, one: Result, lang: int) -> str:
    verdict = _VERDICTS[row.claim][lang].format(said="" if row.said is None else row.said[lang])
    if not one.holds:
        verdict = _FAILS[lang]
    elif row.claim is Claim.COVERS and one.coverage is not None and one.coverage >= 0.965:
        verdict += _ABOVE[lang].format(points=_number(100 * (one.coverage - 0.95), 1, lang))
    cells = (
        row.label[lang],
        _truth(one.truth, lang),
        _bias(row, one, lang),
        _coverage(one, lang),
        f"{_number(100 * one.n_shown / one.n, 0, lang)} %",
        verdict,
    )
    return "| " + " | ".join(cells) + " |"


def _truth(value: float, lang: int) -> str:
    return _number(value, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 3, lang)


def _bias(row: Row, one: Result, lang: int) -> str:
    if one.bias is None:
        return "–"
    scale, unit, digits = (100, " %", 1) if row.is_relative else (1, "", 4)
    error = "" if not one.error else f" ± {_number(scale * one.error, digits, lang)}"
    return f"{_number(scale * one.bias, digits, lang, signed=True)}{error}{unit}"


def _coverage(one: Result, lang: int) -> str:
    if one.coverage is None or one.coverage_low is None or one.coverage_high is None:
        return "–"
    low, high = (_number(100 * end, 1, lang) for end in (one.coverage_low, one.coverage_high))
    return f"{_number(100 * one.coverage, 1, lang)} % ({low}–{high})"


def _number(value: float, digits: int, lang: int, *, signed: bool = False) -> str:
    text = f"{value:+,.{digits}f}" if signed else f"{value:,.{digits}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("+-")
    text = text.replace("-", "−")
    return text if lang == 0 else text.replace(",", "\u202f").replace(".", ",")


def _localised(text: str, lang: int) -> str:
    return text.replace(" %", "\u202f%") if lang else text


# --- the intervals by themselves ------------------------------------------------------------------

_EXACT_HEAD = (
    "| n | Wilson: mean | least | at a share of | order statistics of the median |",
    "| n | Wilson : moyenne | minimum | à une part de | statistiques d'ordre de la médiane |",
)
_COUNTS = (
    "Exact Poisson limits (Garwood), expected counts of 0.1 to {n}: mean {mean} %, least {least} % (at {at}).",
    "Limites exactes de Poisson (Garwood), comptes attendus de 0,1 à {n} : moyenne {mean} %, minimum {least} % (à {at}).",
)


def intervals(lang: int) -> str:
    """Coverage of the intervals alone, summed over all outcomes."""
    shares, counts = np.arange(0.002, 0.9985, 0.002), of_counts(np.arange(0.1, 50, 0.05))
    words = {"mean": _percent(counts.mean, lang), "least": _percent(counts.least, lang)}
    said = _COUNTS[lang].format(n=50, at=_number(counts.at, 2, lang), **words)
    lines = [said, "", _EXACT_HEAD[lang], "|---|---|---|---|---|", *_sizes(shares, lang)]
    return _localised("\n".join(lines), lang)


def _sizes(shares: Sequence[float], lang: int) -> Iterator[str]:
    for n in SIZES:
        wilson, middle = of_shares(n, shares), of_medians(n)
        median = "–" if middle is None else f"{_percent(middle.least, lang)} %"
        mean, least = _percent(wilson.mean, lang), _percent(wilson.least, lang)
        yield f"| {n} | {mean} % | {least} % | {_number(wilson.at, 3, lang)} | {median} |"


def _percent(value: float, lang: int) -> str:
    return _number(100 * value, 1, lang)
