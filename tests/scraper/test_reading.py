"""The pure parts between the wire and the record: decoding, judging, the cards, the replay server."""

from __future__ import annotations

import gzip
import json
import urllib.error
import urllib.request

import pytest

from data.errors import ReferenceDataError
from data.reference import BOARD_COLUMNS, Board, load_boards, load_cards, save_boards
from data.schema import Check, Outcome, Posting, Reject
from data.store import utc_now
from scraper.answers import Listing, decode
from scraper.pipelines.judge import judge
from tests.replay import Replay, put


@pytest.mark.parametrize(
    ("body", "payload", "is_damaged"),
    [
        (b'{"a": 1}', {"a": 1}, False),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}, False),
        (b'["\xff"]', ["�"], True),
        (rb'["\ud83c\udfee", "\ud800", {"\udfff": "\ud800"}]', ["🏮", "?", {"?": "?"}], False),
    ],
)
def test_decode(body, payload, is_damaged):
    assert decode(body) == (payload, is_damaged)


@pytest.mark.parametrize("body", [b"", b"{", b'{"jobs": [{"id": 1', b"<html>", b"[" * 100_000, b"9" * 5000])
def test_decode_refuses_what_is_no_json(body):
    with pytest.raises(ValueError, match=r".+"):
        decode(body)


def listing(n_good, *lost, n_listed=None, outcome=Outcome.COMPLETE):
    check = Check(source="s", board="b", at=utc_now(), outcome=outcome, n_listed=n_listed, etag='"x"')
    good = tuple(
        Posting(source="s", board="b", external_id=str(n), url="https://a.example", text="x")
        for n in range(n_good)
    )
    return Listing(check, good, tuple(Reject(field="f", reason="r") for _ in lost), lost)


@pytest.mark.parametrize(
    ("given", "outcome", "keeps_etag"),
    [
        (listing(3), Outcome.COMPLETE, True),
        (listing(3, n_listed=3), Outcome.COMPLETE, True),
        (listing(3, n_listed=4), Outcome.PARTIAL, False),
        (listing(0), Outcome.EMPTY, False),
        (listing(0, n_listed=0), Outcome.EMPTY, False),
        (listing(0, n_listed=5), Outcome.PARTIAL, False),
        (listing(0, "new"), Outcome.FAILED, False),
        (listing(2, "new"), Outcome.COMPLETE, False),
        (listing(2, "new", n_listed=3), Outcome.COMPLETE, False),
        (listing(2, "known"), Outcome.PARTIAL, False),
        (listing(2, "new", None), Outcome.PARTIAL, False),
        (listing(0, outcome=Outcome.FAILED), Outcome.FAILED, True),
        (listing(0, outcome=Outcome.UNCHANGED), Outcome.UNCHANGED, True),
    ],
)
def test_judge(given, outcome, keeps_etag):
    judged = judge(given, lambda ids: "known" in ids)
    assert judged.check.outcome is outcome
    assert (judged.check.etag is not None) == keeps_etag
    assert judged.postings == given.postings and judged.rejects == given.rejects


def test_the_shipped_cards_and_boards_are_read():
    cards, boards = load_cards(), load_boards()
    assert all(cards[b.source].kind == "platform" for b in boards)
    assert all(b.evidence for b in boards)
    assert sum(b.status == "on" for b in boards) > 600
    assert all(card.attribution.en and card.attribution.fr and card.republish for card in cards.values())
    assert not any("quotes" in c.republish for c in cards.values() if c.kind in ("import", "reference"))


GOOD_CARD = {
    "label": "Some",
    "kind": "platform",
    "lifecycle": "listing",
    "hosts": ["api.some.example"],
    "robots": {"policy": "obey"},
    "terms": "https://some.example/terms",
    "licence": "public",
    "attribution": {"en": "Some", "fr": "Some"},
    "republish": ["facts"],
    "budget": {"delay": 1.0, "concurrency": 1},
    "schedule": "1 2 * * *",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"robots": {"policy": "ignore"}}, "robots.policy"),
        ({"robots": {"policy": "documented_api"}}, "needs the document"),
        ({"budget": None}, "budget"),
        ({"budget": {"delay": 0, "concurrency": 1}}, "budget.delay"),
        ({"kind": "thread"}, "settle_days"),
        ({"schedule": "daily"}, "schedule"),
        ({"hosts": ["https://some.example"]}, "hosts"),
        ({"attribution": {"en": "Some"}}, "attribution.fr"),
        ({"colour": "red"}, "colour"),
        ({"enabled": "yes"}, "enabled"),
    ],
)
def test_a_broken_card_names_itself_and_its_field(tmp_path, change, message):
    path = tmp_path / "sources.yml"
    path.write_text(json.dumps({"sources": {"some": GOOD_CARD}}))
    assert load_cards(path)["some"].is_scraped
    broken = tmp_path / "broken.yml"
    broken.write_text(json.dumps({"sources": {"some": GOOD_CARD | change}}))
    with pytest.raises(ReferenceDataError, match=f"broken.yml: some.*{message}"):
        load_cards(broken)


def test_boards_are_written_and_read_back_equal(tmp_path):
    path = tmp_path / "boards.csv"
    boards = [
        Board(source="ashby", board="Quiet Harbour", company='Quiet, "Harbour"'),
        Board(source="lever", board="x", region="eu", status="off"),
    ]
    save_boards(boards, path)
    assert list(load_boards(path)) == boards


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lever,a/b,,on,,seen,", "line 2: board"),
        ("lever,a,,maybe,,seen,", "line 2: status"),
        ("lever,a,,on,us,seen,", "line 2: region"),
        ("lever,a,,on,,seen,yesterday", "line 2: last_seen"),
        ("lever,a,,on,,seen,\nlever,a,,off,,seen,", "listed twice"),
    ],
)
def test_a_broken_board_names_its_line(tmp_path, line, message):
    path = tmp_path / "boards.csv"
    path.write_text(",".join(BOARD_COLUMNS) + "\n" + line + "\n")
    with pytest.raises(ReferenceDataError, match=message):
        load_boards(path)


def test_the_replay_server_answers_as_documented(tmp_path):
    put(tmp_path, "https://a.example/x?q=1/2", {"n": "x" * 600})
    put(tmp_path, "https://a.example/y", "plain", sequence=[{"status": 500}, {"headers": {"X-Own": "1"}}])
    put(tmp_path, "https://a.example/", b"root")

    def get(path, **headers):
        request = urllib.request.Request(f"{server.url}/a.example{path}", headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    with Replay(tmp_path) as server:
        status, headers, body = get("/x?q=1/2", **{"Accept-Encoding": "gzip"})
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        assert json.loads(gzip.decompress(body)) == {"n": "x" * 600}
        assert get("/x?q=1/2", **{"If-None-Match": headers["ETag"]})[0] == 304
        assert [get("/y")[0] for _ in range(3)] == [500, 200, 200]
        assert get("/y?unknown=query")[1]["X-Own"] is None, "a count of its own"
        assert get("/")[2] == b"root" and get("/nothing")[0] == 404
        assert server.counts["a.example/y"] == 3 and server.statuses[404] == 1
