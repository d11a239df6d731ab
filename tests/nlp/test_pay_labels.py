"""Pay that a source gives in words: France Travail's form read strictly, other words as words."""

import pytest

from benchmarks import francetravail
from data.annualise import annual
from data.intake import accept
from nlp.enrich import advert
from nlp.parse.pay import find_pay, main_pay, read_label, structured_pay

READ = [
    ("Annuel de 31000,00 Euros à 36000,00 Euros sur 12 mois", (31_000, 36_000, "year", 31_000)),
    ("Annuel de 31000.0 Euros à 36000.0 Euros sur 13.0 mois", (31_000, 36_000, "year", 31_000)),
    ("Mensuel de 2210.0 Euros sur 12.0 mois", (2_210, 2_210, "month", 26_520)),
    ("Mensuel de 2210.0 Euros sur 13.0 mois", (2_210, 2_210, "month", 28_730)),
    ("Horaire de 12.4 Euros sur 0.0 mois", (12.4, 12.4, "hour", 25_792)),
    ("2471.89", (2_471.89, 2_471.89, "month", 29_662.68)),
    ("ASP 12.40 Euros Brut de L'heure", (12.4, 12.4, "hour", 25_792)),
    ("42 - 49 k€ brut annuel", (42_000, 49_000, "year", 42_000)),
    ("entre 2396 et 2562€/mois (brut)", (2_396, 2_562, "month", 28_752)),
    ("2090€", (2_090, 2_090, "month", 25_080)),
]


@pytest.mark.parametrize(("label", "want"), READ)
def test_labels(label: str, want: tuple[float, float, str, float]):
    (pay,) = read_label(label, country="FR", lang="fr")
    assert (pay.min, pay.max, pay.period, pay.annual_min) == want
    assert (pay.currency, pay.kind, pay.flag) == ("EUR", "base", None)
    assert (pay.start, pay.end, pay.quote) == (0, 0, "")
    assert pay.rule.startswith("label:")


@pytest.mark.parametrize(
    "label",
    ["Selon profil", "De à EUR par an", "Annuel de 0.0 Euros", "13ème mois", "Salaire mensuel sur 12 mois", "",
     "https://example.org/RCA1/744000098112614-data", "Selon CCN66", "Annuel de 9000.0 Euros à 3000.0 Euros"],
)  # fmt: skip
def test_labels_that_state_nothing(label: str):
    assert read_label(label, country="FR", lang="fr") == []


@pytest.mark.parametrize(
    ("label", "flag"),
    [
        ("Mensuel de 34000.0 Euros à 41000.0 Euros sur 12.0 mois", "above 24000 USD per month"),
        ("Annuel de 35.0 Euros", "below 600 USD a year"),
        ("Horaire de 1900.0 Euros", "above 1000 USD per hour"),
        ("Annuel de 1000.0 Euros à 90000.0 Euros", "bounds more than 15 to 1 apart"),
    ],
)
def test_implausible_labels_are_refused_not_repaired(label: str, flag: str):
    (pay,) = read_label(label, country="FR", lang="fr")
    assert pay.flag == flag
    assert pay.period == {"M": "month", "A": "year", "H": "hour"}[label[0]]
    assert main_pay([pay]) is None


def test_a_label_may_stand_in_the_pay_field():
    entry = {"label": "Mensuel de 2210.0 Euros", "country": "FR", "lang": "fr"}
    assert structured_pay({"pay": [entry]}) == read_label("Mensuel de 2210.0 Euros", country="FR", lang="fr")


def test_thirteen_monthly_salaries():
    assert annual(2_000, "month", months=13) == 26_000
    assert (
        annual(2_000, "month", months=0)
        == annual(2_000, "month", months=6)
        == annual(2_000, "month")
        == 24_000
    )
    assert annual(24_000, "year", months=13) == 24_000
    (pay,) = find_pay("Salaire : 2 000 € brut mensuel sur 13 mois", country="FR", lang="fr")
    assert (pay.annual_min, pay.rule[-9:]) == (26_000, "13-months")
    (pay,) = find_pay("Gehalt: 3.200 € brutto pro Monat (14x)", country="AT", lang="de")
    assert pay.annual_max == 44_800


@pytest.mark.skipif(not francetravail.OFFERS.exists(), reason="../shared/corpora is not on this machine")
def test_no_amount_of_the_api_is_missed():
    labels = [offer["salary"] for offer in francetravail.offers() if offer["salary"]]
    outcomes = {francetravail.outcome(label).partition(":")[0] for label in labels}
    assert outcomes == {"read", "refused", "says nothing"}


def test_the_label_of_a_collected_posting_is_read_as_one():
    label = {"label": "Mensuel de 2210.0 Euros sur 13.0 mois", "country": "FR", "lang": "fr"}
    record = {"source": "francetravail", "board": "b", "external_id": "1", "url": "https://example.org/1"}
    posting = accept(record | {"text": "Vous écrivez.", "pay": (label,)})
    (pay,) = structured_pay(advert(posting.document(), "Vous écrivez.")["fields"])
    assert (pay.annual_min, pay.rule) == (28_730, "label:france-travail")
