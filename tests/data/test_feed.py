"""The Atom feed: valid, the same ids in every release, nothing that hides or breaks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from data.feed import ATOM, atom_feed, feed_tag, is_web_address, stated_pay
from data.feed_openings import Opening, newest_openings
from data.release import Release, open_release
from tests.dashboard.hostile import make_hostile
from tests.releases import make_release

NS = {"a": ATOM}


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Release:
    return open_release(make_release(tmp_path_factory.mktemp("feed"), n=300))


def parsed(release: Release, lang: str = "en", **options: str):
    return etree.fromstring(atom_feed(release, lang, **options))


def test_the_feed_has_what_atom_asks_for(release: Release):
    feed = parsed(release, address="https://tracker.example.org/feeds/openings.en.atom")
    for path in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert len(feed.findall(path, NS)) == 1, path
    entries = feed.findall("a:entry", NS)
    assert 0 < len(entries) <= 100
    for entry in entries:
        for name in ("id", "title", "updated", "published", "author/a:name", "content", "rights"):
            (found,) = entry.findall(f"a:{name}", NS)
            assert found.text
        datetime.fromisoformat(entry.findtext("a:updated", namespaces=NS))
        assert entry.find("a:id", NS).text.startswith("tag:promptjobs.invalid,2026:opening:")
    ids = [entry.findtext("a:id", namespaces=NS) for entry in entries]
    assert len(set(ids)) == len(ids)
    days = [entry.findtext("a:updated", namespaces=NS) for entry in entries]
    assert days == sorted(days, reverse=True) and feed.findtext("a:updated", namespaces=NS) == days[0]


def test_only_new_prompt_engineer_openings_of_ours(release: Release):
    keys = [opening.key for opening in newest_openings(release)]
    sql = """SELECT count(*) AS n FROM postings WHERE list_contains(?, opening_key)
        AND (prompt_relation IN ('title', 'core')) AND first_seen IS NOT NULL"""
    assert release.query(sql, [keys])["n"][0] >= len(keys)
    assert all(opening.source != "hackernews" for opening in newest_openings(release))


def test_both_languages_and_the_same_bytes_each_time(release: Release):
    french = atom_feed(release, "fr")
    assert french == atom_feed(release, "fr") and "Rémunération" in french.decode()
    assert feed_tag(release, "fr") != feed_tag(release, "en")
    ids = [[e.text for e in parsed(release, lang).findall("a:entry/a:id", NS)] for lang in ("en", "fr")]
    assert ids[0] == ids[1]


def test_hostile_words_stay_words(tmp_path: Path):
    body = atom_feed(open_release(make_hostile(tmp_path, n=120)), "en")
    feed = etree.fromstring(body)
    assert {etree.QName(element).namespace for element in feed.iter()} == {ATOM}
    assert not any(c in body.decode() for c in "\u202e\u200b\x00\x1b")
    assert all(is_web_address(link.get("href")) for link in feed.findall("a:entry/a:link", NS))


def test_pay_without_a_quote_is_said_in_numbers():
    day = datetime(2026, 11, 1).date()
    one = Opening(
        "k", "s", None, None, None, "remote", None, day, day, None, 90_000.0, 120_000.0, "EUR", "year"
    )
    assert stated_pay(one, "en") == "90,000–120,000 EUR a year"
    assert stated_pay(one, "fr") == "90\u202f000–120\u202f000 EUR par an"


@pytest.mark.parametrize(
    ("url", "is_one"),
    [("https://example.org/a", True), ("javascript:alert(1)", False), ("http://[", False), ("", False)],
)
def test_only_web_addresses_are_linked(url: str, is_one: bool):
    assert is_web_address(url) is is_one
