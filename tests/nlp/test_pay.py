"""The specification of pay reading: texts written for these tests, in the shapes that real adverts use."""

from dataclasses import dataclass

import pytest

from nlp.parse.pay import find_pay, main_pay, structured_pay


@dataclass(frozen=True)
class Example:
    """A text, what is known about it, and the pay it states as "min max currency period kind bound"."""

    text: str
    want: str
    country: str | None = None
    lang: str | None = "en"


# Header cells of Hacker News threads.
HEADERS = [
    Example("Acme | Engineer | Berlin, Germany | €70-90k + equity", "70000 90000 EUR year base range"),
    Example("Acme | Engineer | New York, NY | $120k-$160k", "120000 160000 USD year base range"),
    Example(
        "Acme | Engineer | Remote (US) | 120-160k USD + 0.5%-1% equity", "120000 160000 USD year base range"
    ),
    Example("Acme | Developer | London, UK | £60-80k | ONSITE", "60000 80000 GBP year base range"),
    Example(
        "Acme | Developer | Remote (US only) | 140 - 210K + equity + benefits",
        "140000 210000 USD year base range",
    ),
    Example("Acme | Developer | Toronto, ON | $95k - $120k", "95000 120000 CAD year base range"),
    Example(
        "Acme | Developer | Sydney, Australia | $115k-$125k + super", "115000 125000 AUD year base range"
    ),
    Example("Acme | Developer | Remote | up to $150k", "None 150000 USD year base ceiling"),
    Example("Acme | Developer | Remote | $145,000+ | Full-time", "145000 None USD year base floor"),
    Example("Acme | Developer | Remote | $60/hr | Contract", "60 60 USD hour base point"),
    Example("Acme | Developer | Zurich | CHF 110-135k + bonus", "110000 135000 CHF year base range"),
    Example("Acme | Developer | Remote | ~€5k/month, equity", "5000 5000 EUR month base point"),
    Example("Acme | $65k part-time (24h/wk) | Remote (US)", "65000 65000 USD year base point"),
    Example("Acme | Founding Engineer | Remote | $380k+ TC", "380000 None USD year ote floor"),
]
# Number and currency shapes of many locales.
LOCALES = [
    Example("Gehalt: 62.000 – 75.500 € brutto im Jahr", "62000 75500 EUR year base range", lang="de"),
    Example("Lohn: CHF 98'000 - 112'000 brutto jährlich", "98000 112000 CHF year base range", lang="de"),
    Example("Salary: ₹12–18 LPA", "1200000 1800000 INR year base range"),
    Example("年収 750万円", "7500000 7500000 JPY year base point", lang="ja"),
    Example("Salary: PLN 18 000 - 23 000 per month", "18000 23000 PLN month base range"),
    Example("Wynagrodzenie: 15 500 zł miesięcznie", "15500 15500 PLN month base point", lang="pl"),
    Example(
        "Den årlige grundløn er mellem 437.000 og 612.000 DKK per år",
        "437000 612000 DKK year base range",
        lang="da",
    ),
    Example("Salaris: €3.400 – €4.100 bruto per maand", "3400 4100 EUR month base range", lang="nl"),
    Example("Salary: HK$480K per year", "480000 480000 HKD year base point"),
    Example("Gross monthly salary of 35 - 80k PHP", "35000 80000 PHP month base range"),
    Example("Salary range: NOK 650000 - NOK 780000", "650000 780000 NOK year base range"),
]
# Sentences of job descriptions.
SENTENCES = [
    Example(
        "The base salary range for this role is $131,500.00 - $164,000.00 USD",
        "131500 164000 USD year base range",
    ),
    Example("Salary range: 101,800 - 184,700", "101800 184700 USD year base range", country="US"),
    Example("Pay Range\n\nThe typical pay range is:\n$21.50 - $38.00", "21.5 38 USD hour base range"),
    Example(
        "Minimum USD $108,000.00/Yr. Max USD $140,000.00/Yr. Salary", "108000 140000 USD year base range"
    ),
    Example("Pay is between $52 and $61 per hour", "52 61 USD hour base range"),
    Example("Annual salary of at least $88,000", "88000 None USD year base floor"),
    Example("OTE $180,000 - $220,000", "180000 220000 USD year ote range"),
    Example("You will be paid $0.12 per word", "0.12 0.12 USD unit piece point"),
    Example("Compensation: $700 - $850 per day", "700 850 USD day base range"),
    Example("You also receive a signing bonus of $15,000", "15000 15000 USD unit signing point"),
    Example("an annual bonus of $9,000", "9000 9000 USD year bonus point"),
    Example("contributors earn up to $45 per hour equivalent", "None 45 USD hour base ceiling", country="AU"),
]
FRENCH = [
    Example("Rémunération : 45-55 k€ brut annuel", "45000 55000 EUR year base range", lang="fr"),
    Example("Salaire : 2 450 € brut mensuel sur 13 mois", "2450 2450 EUR month base point", lang="fr"),
    Example("TJM : 480 € selon profil", "480 480 EUR day base point", lang="fr"),
    Example("Fixe entre 41 000 € et 47 000 € bruts annuels", "41000 47000 EUR year base range", lang="fr"),
    Example("Salaire à partir de 52KEUR", "52000 None EUR year base floor", lang="fr"),
    Example("Rémunération : jusqu'à 60K€ fixe", "None 60000 EUR year base ceiling", lang="fr"),
    Example("Horaire de 12.60 Euros sur 12 mois", "12.6 12.6 EUR hour base point", lang="fr"),
    Example(
        "Annuel de 33000.00 Euros à 38000.00 Euros sur 12 mois", "33000 38000 EUR year base range", lang="fr"
    ),
    Example(
        "Rémunération : 38\u202f000,00€\xa0à\xa043\u202f000,00€\xa0par an",
        "38000 43000 EUR year base range",
        lang="fr",
    ),
    Example("Gamme salariale : 61 000 $ à 74 000 $ par année", "61000 74000 CAD year base range", lang="fr"),
    # Plainly mislabelled: a year's pay said to be a month's is read as meant, and the rule says so.
    Example("Rémunération : 39 000 € à 44 000 € par mois", "39000 44000 EUR year base range", lang="fr"),
]
NO_PAY = [
    "We raised $12M from well-known funds last spring.",
    "We have raised a $900k seed round and are hiring.",
    "Our customers process $85,000 - $120,000 a day with us.",
    "A 401k with 4% match, and $1,500 a year for learning.",
    "There is a $5,000 referral bonus for whoever refers the person we hire.",
    "Over 250k people use the app; 10k+ stars on GitHub.",
    "Manage an ad spend of $500,000 per month.",
    "$350 monthly wellness stipend and a $2,000 home office budget",
    "We serve 100,000 - 250,000 users and 70,000 hours of video.",
    "Founded in 2019, 100 - 150 employees, open 24/7.",
    "Prime de cooptation de 800 €, tickets restaurant à 9,50 €",
    "Levée de 12 000 000 € en série A, budget de 1 000 € pour le matériel",
    "Bonuses up to $4000 for recommending somebody who is hired",
    "Acme | Remote | 15 million users | 100k 5* reviews",
    "Acme | Full-Time | $10k-$220k + equity",
    "* 480 € de bons d'achat par an",
    "You know PHP 8 and GPT-4, C++17 and H1B rules.",
    "Salary: Competitive. Date: 30 Jul 2026",
]


def shown(text: str, country: str | None, lang: str | None) -> str:
    pays = find_pay(text, country=country, lang=lang)
    chosen = main_pay(pays)
    pay = pays[chosen] if chosen is not None else pays[0]
    low, high = (None if v is None else f"{v:g}" if v < 1000 else f"{v:.0f}" for v in (pay.min, pay.max))
    return f"{low} {high} {pay.currency} {pay.period} {pay.kind} {pay.bound}"


@pytest.mark.parametrize("example", [*HEADERS, *LOCALES, *SENTENCES, *FRENCH], ids=lambda e: e.text[:60])
def test_reads(example: Example):
    assert shown(example.text, example.country, example.lang) == example.want


@pytest.mark.parametrize("text", NO_PAY)
def test_is_no_pay(text: str):
    assert [p for p in find_pay(text) if p.flag is None] == []


def test_currency_of_nowhere_stays_unknown():
    (pay,) = find_pay("Salary: 45k - 60k", lang="en")
    assert (pay.currency, pay.currency_from, pay.min, pay.max) == (None, None, 45000, 60000)


def test_says_how_the_currency_was_decided():
    assert find_pay("Salary: $90,000", country="SG")[0].currency_from == "place"
    assert find_pay("Salary: $90,000 (CAD)")[0].currency_from == "near"
    assert find_pay("Salary: 90,000 EUR")[0].currency_from == "code"
    assert find_pay("Salary: €90,000")[0].currency_from == "symbol"


def test_every_band_of_an_advert_by_place():
    text = "Pay ranges:\n- New York: $120,000 - $150,000\n- Denver: $100,000 - $130,000"
    assert [(p.min, p.max) for p in find_pay(text)] == [(120000, 150000), (100000, 130000)]


def test_a_figure_said_twice_is_one():
    assert len(find_pay("Salary: $90,000 - $99,000.\n\nPay Range\n$90,000—$99,000 USD")) == 1


def test_annual_values_follow_the_period():
    (pay,) = find_pay("Pay: $50 - $60 per hour")
    assert (pay.annual_min, pay.annual_max) == (104_000, 124_800)


def test_implausible_figures_are_flagged_not_repaired():
    (pay,) = find_pay("Annuel de 35.0 Euros", country="FR", lang="fr")
    assert (pay.min, pay.period) == (35, "year")
    assert pay.flag is not None and main_pay([pay]) is None


def test_main_pay_is_base_before_bonus():
    pays = find_pay("A signing bonus of $10,000.\nBase salary: $120,000 - $140,000")
    assert [p.kind for p in pays] == ["signing", "base"]
    assert main_pay(pays) == 1


def test_structured_fields():
    entry = {"min": 90000, "max": 120000, "currency": "USD", "period": "year", "kind": "base"}
    (pay,) = structured_pay(
        {"pay": [entry, {"min": 0, "max": 0, "currency": "USD", "period": "year", "kind": "base"}]}
    )
    assert (pay.min, pay.max, pay.bound, pay.rule, pay.start, pay.end, pay.quote) == (
        90000,
        120000,
        "range",
        "field:base",
        0,
        0,
        "",
    )
    assert (
        structured_pay({})
        == []
        == structured_pay({"pay": [{"min": 9, "max": 3, "currency": None, "period": "year", "kind": "base"}]})
    )
