"""Every card of every source: its manners, its words in both languages, its keys in the settings."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pydantic import ValidationError
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from data.doctor import examine
from data.errors import SettingError
from data.health.verdict import Around, Health, judge
from data.reference import Card, load_boards, load_cards
from scraper.addresses import never_asked, not_public
from scraper.middlewares.scope import is_among
from scraper.schedule_rules import cron_trigger
from scraper.spiders.page import OnePageSpider

SPIDERS = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["scraper.spiders"]}))
PLATFORMS = {name: SPIDERS.load(name).platform for name in SPIDERS.list()}
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


@pytest.mark.parametrize("card", SCRAPED, ids=lambda c: c.id)
def test_life_cycle_and_kind_agree(card):
    assert card.lifecycle == {"platform": "listing", "page": "listing", "snapshots": "listing"}.get(
        card.kind, "flow"
    )
    assert (card.settle_days is None) == (card.kind != "thread")
    assert card.licence and set(card.republish) <= {"facts", "links", "quotes"}
    assert not (card.keys and card.enabled) or card.lacks({}), "without its key it is off"


@pytest.mark.parametrize("card", [c for c in SCRAPED if c.schedule], ids=lambda c: c.id)
def test_a_schedule_is_a_cron_line_of_at_most_some_runs_a_day(card):
    start = datetime(2026, 3, 2, tzinfo=UTC)
    trigger, now, runs = cron_trigger(card.schedule), start, 0
    while (now := trigger.get_next_fire_time(None, now + timedelta(minutes=3))) < start + timedelta(days=7):
        runs += 1
    assert 1 <= runs <= 14


def test_schedules_do_not_collide():
    """Ten minutes lie between two sources on average, and no two begin in the same minute."""
    minutes = [
        (c.schedule.split()[0], hour)
        for c in SCRAPED
        if c.schedule
        for hour in c.schedule.split()[1].split(",")
    ]
    assert len(minutes) == len(set(minutes)) > 20


@pytest.mark.parametrize("card", [c for c in SCRAPED if c.kind == "platform"], ids=lambda c: c.id)
def test_a_platform_asks_only_the_hosts_of_its_card(card):
    platform, boards = PLATFORMS[card.id], [b for b in load_boards() if b.source == card.id]
    assert boards, "every platform ships with boards"
    for board in boards[:200]:
        parts = urlsplit(platform.opening(board).url)
        assert parts.scheme == "https" and is_among(parts.netloc, card.hosts), parts.netloc


@pytest.mark.parametrize("card", [c for c in SCRAPED if c.kind == "aggregator"], ids=lambda c: c.id)
def test_a_feed_asks_only_the_hosts_of_its_card(card):
    spider = SPIDERS.load(card.id)
    for board in spider().boards():
        parts = urlsplit(spider.platform.opening(board).url)
        assert parts.scheme == "https" and is_among(parts.netloc, card.hosts), parts.netloc


FORBIDDEN = [
    "linkedin.com",
    "fr.linkedin.com",
    "indeed.com",
    "www.indeed.co.uk",
    "fr.indeed.com",
    "indeed.fr",
]
FORBIDDEN += [
    "www.glassdoor.com",
    "glassdoor.com.au",
    "www.glassdoor.fr",
    "ziprecruiter.com",
    "www.ziprecruiter.co.uk",
]


@pytest.mark.parametrize("host", FORBIDDEN)
def test_sites_that_forbid_it_are_never_asked(host):
    assert "is never asked: its" in never_asked(host) and "forbid" in not_public(f"https://{host}/jobs")
    with pytest.raises(SettingError, match="is never asked"):
        OnePageSpider(url=f"https://{host}/jobs")


def test_no_card_names_a_site_that_forbids_it_and_no_other_is_taken_for_one():
    for card in CARDS.values():
        assert not any(never_asked(host.removeprefix("*.")) for host in card.hosts), card.id
        assert not card.is_scraped or card.id not in ("linkedin", "indeed", "glassdoor", "ziprecruiter")
    for host in (
        "indeed.recruitee.com",
        "lantern.example",
        "hiringlab.org",
        "notlinkedin.com",
        "indeed.jobs.personio.de",
    ):
        assert never_asked(host) is None


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
