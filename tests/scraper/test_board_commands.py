"""The list of boards: proposed, added, asked over HTTP and switched, always in the user's own file."""

import hashlib
import json
import re
from datetime import date, datetime, timedelta

import pytest
from typer.testing import CliRunner

import promptjobs
from data.errors import PromptjobsError
from data.listings import save_listing
from data.own_boards import keep, known_boards, own_file
from data.reference import BOARDS_FILE, Board, save_boards
from data.schema import Check, Outcome, Posting
from data.settings import load_settings
from data.store import open_record, start_run, utc_now
from scraper.board_checks import settled
from scraper.discover import Seen, propose
from scraper.run import crawl
from scraper.shapes import EXAMPLES, BoardLink, at, detect, named
from scraper.suspension import suspensions
from tests.replay import Replay, put
from tests.scraper.crawling import GREENHOUSE, job, page

TODAY = date(2026, 5, 4)


def boards(*words):
    """The command's rows (its sentence where it refused) and its status."""
    done = CliRunner().invoke(promptjobs.app, ["boards", *words, "--json"])
    if isinstance(done.exception, PromptjobsError):
        return str(done.exception), 2
    return json.loads(done.stdout), done.exit_code


def row(token, status="candidate", **more):
    return Board(source="greenhouse", board=token, status=status, **more)


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """A list of boards instead of ours; returns what writes it."""
    path = tmp_path / "mine.csv"
    monkeypatch.setenv("PROMPTJOBS_BOARDS", str(path))
    return lambda *rows: save_boards(list(rows), path)


def test_every_example_is_an_address_of_its_platform():
    assert [detect(example).source for example in EXAMPLES.values()] == list(EXAMPLES)


def test_a_board_is_added_once_to_the_users_own_file_and_never_to_the_program(own_home):
    before = hashlib.sha256(BOARDS_FILE.read_bytes()).hexdigest()
    for words in (["https://jobs.lever.co/zz-lantern/0b6d/apply"], ["lever", "zz-lantern"]):
        ((added,), status) = boards("add", *words)
        assert (added["platform"], added["board"], added["state"], status) == ("lever", "zz-lantern", "on", 0)
    own = (own_home / "own_boards.csv").read_text()
    assert own.splitlines()[1:] == ["lever,zz-lantern,,on,,named by the user,"]
    assert hashlib.sha256(BOARDS_FILE.read_bytes()).hexdigest() == before
    mine = [b for b in known_boards(load_settings()) if b.board == "zz-lantern"]
    assert len(mine) == 1 and len(known_boards(load_settings())) > 3000, "ours stay in force beside it"


def test_a_row_of_the_user_replaces_ours_and_adding_switches_on(listed):
    listed(row("acme", "off", company="Acme"), row("eu-one", "candidate", region="eu"))
    assert own_file(load_settings()).name == "mine.csv"
    ((added,), _) = boards("add", "greenhouse", "acme")
    assert (added["state"], added["company"]) == ("on", "Acme")
    ((added,), _) = boards("add", "https://job-boards.eu.greenhouse.io/eu-two")
    assert added["region"] == "eu"
    rows, _ = boards("list", "--platform", "greenhouse", "--state", "on")
    assert [r["board"] for r in rows] == ["acme", "eu-two"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "https://example.com/jobs"], r"known: greenhouse \(boards.greenhouse.io/TOKEN\), lever"),
        (["add", "monster", "acme"], "'monster' is no platform of boards; known: greenhouse, lever"),
        (["add", "lever", "a/b"], "cannot be a board's token"),
        (["list", "--platform", "monster"], "no platform"),
        (["check", "nobody-knows-this"], "promptjobs boards add puts it there"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(words, sentence):
    said, status = boards(*words)
    assert status == 2 and re.search(sentence, said)


def test_links_of_adverts_become_candidates_with_their_newest_evidence():
    def seen(token, on, evidence="hn:item 1"):
        return Seen(BoardLink("greenhouse", token), evidence, on)

    gone = "hn:item 0; gone on 2026-02-01 (HTTP 404 Not Found)"
    known = [
        row("on-one", "on", last_seen=date(2025, 1, 1)),
        row("by-hand", "off", last_seen=date(2025, 1, 1)),
        row("aged", "off", last_seen=date(2020, 1, 1)),
        row("gone", "off", last_seen=date(2026, 1, 1), evidence=gone),
        row("waits", last_seen=date(2026, 1, 1)),
    ]
    sights = [seen(b.board, TODAY, "hn:item 9") for b in known]
    sights += [seen("new", date(2026, 1, 1)), seen("new", TODAY, "remotive 7"), seen("old", date(2019, 1, 1))]
    found = {b.board: b for b in propose(known, sights)}
    states = {token: b.status for token, b in found.items()}
    assert states == dict.fromkeys(("aged", "gone", "waits", "new"), "candidate") | {"old": "off"}
    assert (found["new"].evidence, found["new"].last_seen) == ("remotive 7", TODAY)
    assert found["gone"].evidence == "hn:item 9"
    assert propose(known, [seen("gone", date(2026, 1, 20))]) == [], "linked before it was found gone"
    merged = {b.board: b for b in known} | found
    assert propose(merged.values(), sights) == []


def test_discover_finds_links_in_texts_and_in_the_addresses_of_adverts(listed):
    listed()
    settings = load_settings()
    engine = open_record(settings.database_url)
    start_run(engine, "r", source="remotive", kind="scrape", at=utc_now())
    check = Check(source="remotive", board="all", at=utc_now(), outcome=Outcome.COMPLETE)
    advert = {"source": "remotive", "board": "all", "posted_on": TODAY, "posted_basis": "stated"}
    texts = {
        "https://jobs.ashbyhq.com/Finch/1": "<p>Sing.</p>",
        "https://a.example/2": "teal.recruitee.com/o/x",
    }
    postings = [
        Posting(**advert, external_id=str(n), url=url, html=text)
        for n, (url, text) in enumerate(texts.items())
    ]
    save_listing(engine, "r", check, postings)
    rows, status = boards("discover")
    found = {(r["platform"], r["board"], r["state"], r["evidence"], r["last_seen"]) for r in rows}
    day = TODAY.isoformat()
    assert status == 0 and found == {
        ("ashby", "Finch", "candidate", "remotive 0", day),
        ("recruitee", "teal", "candidate", "remotive 1", day),
    }
    assert boards("discover") == ([], 0)


def test_a_check_switches_by_what_boards_answer_and_only_once(listed, tmp_path, monkeypatch):
    monkeypatch.setenv("PROMPTJOBS_CONTACT", "someone@example.com")
    for token, body, meta in (
        ("alive", page(job(1), job(2)), {}),
        ("bare", page(), {}),
        ("ill", "", {"status": 500}),
        ("no-entry", "", {"status": 403}),
    ):
        put(tmp_path / "web", GREENHOUSE.format(token), body, **meta)
    put(tmp_path / "web", "https://boards-api.greenhouse.io/robots.txt", "", status=404)
    listed(*map(row, ("alive", "bare", "ill", "no-entry")), row("dead", "on", evidence="hn:item 5"))
    with Replay(tmp_path / "web") as server:
        monkeypatch.setenv("PROMPTJOBS_UPSTREAM", server.url)
        rows, status = boards("check", "--platform", "greenhouse")
        asked = {name: n for name, n in server.counts.items() if "/jobs" in name and "ill" not in name}
        assert set(asked.values()) == {1} and all("someone@" in agent for agent in server.agents)
        again, second = boards("check", "alive", "dead", GREENHOUSE.format("bare"))
    found = {r["board"]: (r["found"], r["postings"], r["state"]) for r in rows}
    assert status == 1 and found == {
        "alive": ("alive", 2, "on"),
        "bare": ("empty", 0, "candidate"),
        "ill": ("unreachable", 0, "candidate"),
        "no-entry": ("unreachable", 0, "candidate"),
        "dead": ("gone", 0, "off"),
    }
    now = {b.board: b for b in known_boards(load_settings())}
    today = utc_now().date()
    assert now["dead"].evidence == f"hn:item 5; gone on {today} (HTTP 404 Not Found)"
    assert now["alive"].last_seen == today
    assert second == 0 and {r["board"]: (r["before"], r["state"], r["postings"]) for r in again} == {
        "alive": ("on", "on", 2),
        "dead": ("off", "off", 0),
        "bare": ("candidate", "candidate", 0),
    }


def test_what_was_set_by_hand_stays_and_what_went_off_by_itself_comes_back():
    off = row("a", "off", last_seen=TODAY)
    assert settled(off, "alive", TODAY, None) == off
    assert settled(row("a", "off", last_seen=date(2020, 1, 1)), "alive", TODAY, None).status == "on"
    gone = settled(row("a", "on"), "gone", TODAY, "HTTP 410 Gone (asks to wait 3)")
    assert (gone.status, gone.evidence) == (
        "off",
        "named by the user; gone on 2026-05-04 (HTTP 410 Gone asks to wait 3)",
    )
    back = settled(gone, "alive", TODAY + timedelta(days=1), None)
    assert (back.status, back.evidence) == ("on", "named by the user; alive on 2026-05-05")
    assert settled(row("a", "on"), "unreachable", TODAY, "timeout") == row("a", "on")


def test_a_board_that_is_gone_for_long_is_asked_less_and_less(listed):
    listed(row("dead", "on"), row("flaky", "on"))
    settings = load_settings()
    engine = open_record(settings.database_url)
    start = datetime(2026, 5, 1)
    waiting = {}
    for n, (day, flaky) in enumerate([(0, 404), (4, 200), (8, 404), (9, 404)]):
        at = start + timedelta(days=day)
        start_run(engine, f"r{n}", source="greenhouse", kind="scrape", at=at)
        for token, status in (("dead", 404), ("flaky", flaky)):
            outcome = Outcome.FAILED if status == 404 else Outcome.EMPTY
            check = Check(
                source="greenhouse", board=token, at=at.astimezone(), outcome=outcome, http_status=status
            )
            save_listing(engine, f"r{n}", check, [])
        waiting[day] = sorted(suspensions(engine, "greenhouse", at + timedelta(hours=1)))
    assert waiting == {0: [], 4: [], 8: ["dead"], 9: ["dead"]}
    late = start + timedelta(days=18, hours=1)
    assert suspensions(engine, "greenhouse", late) == {}, "asked again after as long as it was gone"


def test_a_file_of_the_users_that_cannot_be_written_is_a_sentence(own_home):
    (own_home / ".own_boards.csv.new").mkdir()
    with pytest.raises(PromptjobsError, match=r"own_boards\.csv cannot be written"):
        keep(load_settings(), [row("acme")])


def test_addresses_and_names_mean_the_same_board():
    assert at("https://boards.greenhouse.io/acme/jobs/1") == named("greenhouse", "acme")


def test_a_crawl_leaves_suspended_boards_alone_and_says_how_many(listed, tmp_path, monkeypatch):
    listed(row("dead", "on"), row("alive", "on"))
    engine = open_record(load_settings().database_url)
    for n, days in enumerate((20, 12, 5)):
        when = utc_now() - timedelta(days=days)
        start_run(engine, f"r{n}", source="greenhouse", kind="scrape", at=when)
        gone = {"outcome": Outcome.FAILED, "http_status": 404}
        save_listing(engine, f"r{n}", Check(source="greenhouse", board="dead", at=when, **gone), [])
    (waiting,), _ = boards("list", "--state", "suspended")
    assert (waiting["board"], waiting["state"]) == ("dead", "suspended")
    put(tmp_path / "web", GREENHOUSE.format("alive"), page(job(1)))
    put(tmp_path / "web", "https://boards-api.greenhouse.io/robots.txt", "", status=404)
    with Replay(tmp_path / "web") as server:
        monkeypatch.setenv("PROMPTJOBS_UPSTREAM", server.url)
        result = crawl("greenhouse")
        assert not [name for name in server.counts if "dead" in name]
    assert (result.stats["boards/planned"], result.stats["boards/suspended"]) == (1, 1)
    assert "1 suspended" in result.sentence
