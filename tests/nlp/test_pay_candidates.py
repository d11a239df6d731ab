"""Every figure that looks like money is accounted for: what it was read as, or the reason why it is no pay."""

import pytest

from nlp.parse.pay import find_pay, main_reasons, pay_candidates

REASONS = [
    ("We raised $20M last year.", "$20M", "millions", None),
    ("We closed a $900k seed round.", "$900k", "other_money_after", "seed"),
    ("A 401k with matching.", "401k", "retirement_plan", None),
    ("Our tool is used by 250k users.", "250k", "other_money_after", "users"),
    ("Salary is good, 250k downloads", "250k", "count", "downloads"),
    ("Your budget of $500,000 per month.", "$500,000 per month", "other_money_before", "budget"),
    ("Referral bonus: $2,000", "$2,000", "referral", "Referral"),
    ("Salary talks began in the year 2019.", "2019", "bare_number", None),
    ("It was $42.", "$42", "no_sign_of_pay", None),
    ("Salary: $3 a year", "$3 a year", "implausible", None),
]


@pytest.mark.parametrize(("text", "quote", "reason", "cue"), REASONS)
def test_every_refusal_has_a_reason(text: str, quote: str, reason: str, cue: str | None):
    (found,) = [c for c in pay_candidates(text) if c.quote == quote]
    assert (found.reason, found.cue_quote) == (reason, cue)
    assert text[found.start : found.end] == quote
    assert found.cue is None or text[slice(*found.cue)] == cue


def test_what_stands_is_what_find_pay_returns():
    text = "Pay: $90k-$99k, $5,000 bonus, budget $1,000.\nPay: $90k-$99k"
    found = pay_candidates(text)
    assert [c.pay for c in found if c.pay and c.reason != "repeated"] == find_pay(text)
    assert [c.reason for c in found] == [None, None, "other_money_before", "repeated"]


def test_why_a_figure_is_not_the_main_one():
    pays = find_pay("Salary: $3 a year\nBase salary: $90k-$99k\nplus a $5,000 bonus\nBase salary: $70k-$75k")
    assert main_reasons(pays) == ["implausible", None, "other_kind", "not_preferred"]
    assert main_reasons([]) == []
