"""The overview in words: every sentence and big number from the measures, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dash import html

from dashboard import remembered
from dashboard.components import big_number, big_numbers
from dashboard.view import View
from dashboard.words import is_missing
from data.measures.coverage import Coverage, withhold
from data.measures.intervals import poisson
from data.measures.reasons import Withheld


@dataclass(frozen=True, slots=True)
class Findings:
    """The measures the page speaks from: coverage, the flow by year, pay rows, claim rows."""

    coverage: Coverage
    asking: Coverage
    years: list[dict[str, Any]]
    months: list[dict[str, Any]]
    pay: dict[str, Any] | None
    pay_sources: tuple[str, ...]
    claim: dict[str, Any]


def find(view: View) -> Findings:
    """Everything the page says, measured."""
    yearly = remembered.flow(view.release, view.selection, grain="year")
    asking = remembered.flow(view.release, replace(view.selection, role="asks"), grain="year")
    claim = remembered.claim_share(view.release, view.selection).frame.to_dict("records")
    pay = remembered.pay_overall(view.release, view.selection)
    return Findings(
        coverage=yearly.coverage,
        asking=asking.coverage,
        years=yearly.frame.to_dict("records"),
        months=remembered.flow(view.release, view.selection, grain="month").frame.to_dict("records"),
        pay=next(iter(pay.frame.to_dict("records")), None),
        pay_sources=pay.coverage.sources,
        claim=claim[0],
    )


def verdict(view: View, found: Findings) -> str:
    """One sentence, chosen by the measures alone; it says so when there is too little data."""
    words, own = view.words, found.coverage
    if not own.n_openings:
        return words("overview.verdict.none")
    reason = withhold("cell", own.n_openings, own.n_employers)
    if reason is not None:
        return words("overview.verdict.thin", reason=reason.sentence(view.lang, own.n_openings))
    openings = words.count("opening", own.n_openings)
    employers = words.count("employer", own.n_employers)
    if view.selection.role != "role":
        return words("overview.verdict.rare", openings=openings, employers=employers)
    ratio = found.asking.n_openings / own.n_openings
    low, high = poisson(own.n_openings)
    asking_low, asking_high = poisson(found.asking.n_openings)
    key = "skill" if asking_low > high else "job" if asking_high < low else "rare"  # intervals must part
    return words(
        f"overview.verdict.{key}",
        openings=openings,
        employers=employers,
        ratio=words.number(ratio, 1),
        others=words.count("opening", found.asking.n_openings),
    )


def numbers(view: View, found: Findings) -> html.Dl:
    """The big numbers, each with what it rests on."""
    words, own = view.words, found.coverage
    openings = words.count("opening", own.n_openings)
    basis = words(
        "overview.openings_basis",
        postings=words.count("posting", own.n_postings),
        span=words.span(own.since, own.until),
    )
    return big_numbers(
        [
            big_number(words.number(own.n_openings), words("overview.openings"), basis),
            big_number(
                words.number(own.n_employers),
                words("overview.employers"),
                words("overview.employers_basis", openings=openings),
            ),
            _share_number(view, found),
            _pay_number(view, found),
            _claim_number(view, found),
        ]
    )


def _share_number(view: View, found: Findings) -> html.Div:
    words = view.words
    whole = [row for row in found.years if row["is_covered"] and not row["is_provisional"]]
    row = next(iter(reversed(whole or [row for row in found.years if row["is_covered"]])), None)
    if row is None:
        return big_number("–", words("overview.share"), words("overview.verdict.none"))
    year = str(row["month"].year)
    if is_missing(row["share_per_10k"]):
        basis = words("overview.share_none", period=year, n=words.number(row["n_openings"]))
        return big_number("–", words("overview.share"), basis)
    basis = words(
        "overview.share_basis",
        period=year,
        n=words.count("posting", row["n_postings"]),
        all=words.number(row["n_all"]),
    )
    return big_number(words.number(row["share_per_10k"], 1), words("overview.share"), basis)


def _pay_number(view: View, found: Findings) -> html.Div:
    words, row = view.words, found.pay
    if row is None:
        return big_number("–", words("overview.pay"), words("chart.empty"))
    basis = words(
        "overview.pay_basis",
        n=words.number(row["n_paid"]),
        share=words.percent(row["disclosure"]),
        openings=words.count("opening", row["n_openings"]),
    )
    if is_missing(row["lower_median"]) or is_missing(row["upper_median"]):
        reason = Withheld(row["withheld"]).sentence(view.lang, int(row["n_lower"]))
        return big_number("–", words("overview.pay"), reason)
    value = f"{thousands(view, row['lower_median'])}–{thousands(view, row['upper_median'])}"
    return big_number(value, words("overview.pay"), basis)


def thousands(view: View, value: float) -> str:
    """US dollars in thousands: "$120k", "120 k$"."""
    amount = view.words.number(value / 1000)
    return f"{amount}\u00a0k$" if view.lang == "fr" else f"${amount}k"


def _claim_number(view: View, found: Findings) -> html.Div:
    words, row = view.words, found.claim
    if is_missing(row["share"]):
        reason = Withheld(row["withheld"]).sentence(view.lang, int(row["n_figures"]))
        return big_number("–", words("overview.claim"), reason)
    basis = words(
        "overview.claim_basis", k=words.number(row["n_reach"]), n=words.count("opening", row["n_figures"])
    )
    return big_number(words.percent(row["share"]), words("overview.claim"), basis)


def claim_sentence(view: View, found: Findings) -> str:
    """The 2023 claim against the adverts, with what silence could change."""
    words, row = view.words, found.claim
    if is_missing(row["share"]):
        reason = Withheld(row["withheld"]).sentence(view.lang, int(row["n_figures"]))
        return words("overview.pay_thin", reason=reason)
    shares = {
        name: words.percent(row[column])
        for name, column in (
            ("share", "share"),
            ("low", "share_low"),
            ("high", "share_high"),
            ("worst_low", "worst_low"),
            ("worst_high", "worst_high"),
        )
    }
    return words(
        "overview.pay_sentence",
        k=words.number(row["n_reach"]),
        n=words.number(row["n_figures"]),
        all=words.number(row["n_openings"]),
        **shares,
    )


def unknown(view: View, found: Findings) -> html.Ul:
    """What these numbers cannot say."""
    words = view.words
    sources = _named(view, found.coverage.sources)
    samples = tuple(name for name in found.pay_sources if name not in found.coverage.sources)
    gaps = sum(not month["is_covered"] for month in found.months)
    holes = words("overview.unknown_gaps", n=words.number(gaps), all=words.number(len(found.months)))
    items = [
        words("overview.unknown_hires"),
        _silence(view, found),
        words("overview.unknown_sources", sources=sources),
        *([words("overview.unknown_samples", sources=_named(view, samples))] if samples else []),
        holes if gaps else words("overview.unknown_nogaps"),
        words("overview.unknown_future"),
    ]
    return html.Ul([html.Li(item) for item in items], className="prose-list")


def _named(view: View, names: tuple[str, ...]) -> str:
    labels = {source["id"]: view.words.source(source) for source in view.release.manifest["sources"]}
    return ", ".join(labels[name] for name in names if name in labels) or "–"


def _silence(view: View, found: Findings) -> str:
    words, row = view.words, found.pay
    if row is None:
        return words("overview.unknown_pay_none")
    n_openings = words.count("opening", row["n_openings"])
    return words("overview.unknown_pay", share=words.percent(row["disclosure"]), openings=n_openings)
