"""Every card of every source: its manners, its words in both languages, its keys in the settings."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from data.doctor import examine
from data.health import Around, Health, judge
from data.reference import Card, load_cards

CARDS = load_cards()
NOW = datetime(2026, 8, 3)
SCRAPED = [c for c in CARDS.values() if c.is_scraped]
SETTINGS = (Path(__file__).parent.parent.parent / "docs" / "settings.md").read_text("utf-8")


@pytest.mark.parametrize("card", SCRAPED, ids=lambda c: c.id)
def test_manners_of_every_scraped_source(card):
    assert card.robots.policy == "obey" or card.robots.document
    assert card.budget.delay >= 0.5 and card.budget.concurrency <= 2
    assert card.attribution.en and card.attribution.fr and "facts" in card.republish
    assert card.kind == "page" or (
        card.terms and card.hosts and card.schedule and card.expected_min is not None
    )


@pytest.mark.parametrize("card", [c for c in SCRAPED if c.kind in ("aggregator", "page")], ids=lambda c: c.id)
def test_feeds_say_what_they_were_written_from_in_both_languages(card):
    assert "ritten from" in card.note.en and "crit d'après" in card.note.fr
    assert card.lifecycle == ("listing" if card.kind == "page" else "flow")


@pytest.mark.parametrize("card", [c for c in SCRAPED if c.keys], ids=lambda c: c.id)
def test_keys_are_explained_in_both_languages(card):
    english, french = SETTINGS.split("# Réglages")
    for name in filter(None, (*card.keys, card.consent)):
        assert f"`{name}" in english and f"`{name}" in french
    for lacking in ((), card.keys):
        told = judge(Health(card.id), card, Around(NOW, lacking=lacking)).sentence
        assert card.keys[0] in told["en"] and card.keys[0] in told["fr"]


def test_a_page_is_asked_only_by_name():
    page = CARDS["page"]
    assert not page.enabled and not page.hosts and page.budget.details
    assert "address that you name" in judge(Health("page"), page, Around(NOW)).sentence["en"]


def card(**changes):
    base = CARDS["adzuna"].model_dump(mode="json")
    return Card.model_validate_json(json.dumps(base | changes))


@pytest.mark.parametrize(
    "changes", [{"needs_key": False}, {"keys": []}, {"keys": ["ADZUNA_KEY"]}, {"hosts": []}]
)
def test_a_card_that_contradicts_itself_is_refused(changes):
    with pytest.raises(ValidationError):
        card(**changes)


def test_what_a_source_lacks():
    own = card()
    assert own.lacks({}) == (*own.keys, "PROMPTJOBS_ADZUNA_CONSENT=1")
    full = dict.fromkeys(own.keys, "x") | {"PROMPTJOBS_ADZUNA_CONSENT": "1"}
    assert own.lacks(full) == () and own.lacks(full | {own.keys[0]: "  "}) == (own.keys[0],)
    assert CARDS["remotive"].lacks({}) == ()


def test_the_doctor_says_which_sources_wait_for_a_key_and_shows_none(monkeypatch):
    monkeypatch.setenv("PROMPTJOBS_USAJOBS_KEY", "a-key-of-mine")
    monkeypatch.setenv("PROMPTJOBS_USAJOBS_EMAIL", "keeper@lantern.example")
    (found,) = (finding for finding in examine() if finding.name == "keys")
    assert found.is_ok and "Asked with your key: USAJOBS." in found.sentence
    assert "Adzuna (PROMPTJOBS_ADZUNA_APP_ID, " in found.sentence and "a-key-of-mine" not in found.sentence
