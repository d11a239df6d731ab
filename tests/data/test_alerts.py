"""Alerts: real SMTP and HTTP on the loopback, told once, told again after a failure, secrets nowhere."""

from __future__ import annotations

import asyncio
import base64
import email
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from data.alerts.channels import Message, channels, marked_up, read_mailbox, read_webhook
from data.alerts.sending import STATE, News, alert, read_state, send_test, tell
from data.alerts.words import digest_message
from data.errors import AlertError, SettingError
from data.feed_openings import Opening
from data.health.verdict import Health, Level, Verdict
from data.reference import load_cards
from data.settings import AlertSettings, load_settings

NOW = datetime(2026, 11, 22, 12, 0)
CARDS = load_cards()
SECRET = "p@ss:word"
NEWS = Message("Two\r\nBcc: all@example.org", ("<!channel> & \u202eevil", "fine"), "k1")


@dataclass
class Mails:
    """A mail server that takes what it is given; `refuse` answers every password with 535."""

    port: int = 0
    refuse: bool = False
    logins: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode():
            word = line[:4].upper()
            if word == "EHLO":
                writer.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif word == "AUTH":
                self.logins.append(base64.b64decode(line.split()[-1]).decode())
                writer.write(b"535 no such p@ss:word\r\n" if self.refuse else b"235 ok\r\n")
            elif word == "DATA":
                writer.write(b"354 go\r\n")
                self.bodies.append(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 ok\r\n")
            elif word == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()


@contextmanager
def mail_server(**options: Any) -> Iterator[Mails]:
    mails, loop, ready = Mails(**options), asyncio.new_event_loop(), threading.Event()

    async def run() -> None:
        server = await asyncio.start_server(mails.serve, "127.0.0.1", 0)
        mails.port = server.sockets[0].getsockname()[1]
        ready.set()

    def work() -> None:
        loop.run_until_complete(run())
        loop.run_forever()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield mails
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


@contextmanager
def hook(status: int = 200) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A webhook's address and what it was told."""
    told: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/services/T0/SECRET", told
    finally:
        server.shutdown()
        server.server_close()


def mailing(port: int, **changes: Any) -> AlertSettings:
    url = f"smtp://robot:p%40ss%3Aword@127.0.0.1:{port}"
    return replace(AlertSettings(url, "you@example.org, me@example.org", "robot@example.org"), **changes)


def test_a_mail_arrives_whole_and_its_headers_hold():
    with mail_server() as mails:
        read_mailbox(mailing(mails.port)).send(NEWS)
    assert mails.logins == [f"\0robot\0{SECRET}"]
    mail = email.message_from_bytes(mails.bodies[0].removesuffix(b"\r\n.\r\n"), policy=default)
    assert mail["Subject"] == "Two Bcc: all@example.org" and mail["Bcc"] is None
    assert mail["To"] == "you@example.org, me@example.org" and mail["Message-ID"] == "<k1@promptjobs.invalid>"
    assert mail.get_content().splitlines() == ["<!channel> & evil", "fine"]


def test_a_refused_password_is_not_repeated():
    with mail_server(refuse=True) as mails, pytest.raises(AlertError) as raised:
        read_mailbox(mailing(mails.port)).send(NEWS)
    assert str(raised.value) == "The e-mail was not sent: SMTPAuthenticationError 535."
    assert raised.value.__cause__ is None


def test_a_webhook_is_told_and_its_markup_is_inert():
    with hook() as (url, told):
        read_webhook(url).send(NEWS)
    assert told == [{"text": marked_up(NEWS)}]
    assert told[0]["text"].splitlines() == ["Two Bcc: all@example.org", "&lt;!channel&gt; &amp; evil", "fine"]


@pytest.mark.parametrize(("status", "words"), [(500, "HTTP 500"), (302, "HTTP 302")])
def test_a_webhook_that_fails_or_leads_on_is_a_sentence(status, words):
    with hook(status) as (url, _), pytest.raises(AlertError) as raised:
        read_webhook(url).send(NEWS)
    assert str(raised.value) == f"The webhook was not told: {words}."


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        (AlertSettings(smtp_url="http://mail.example.org/geheim", to="a@b.org", sender="a@b.org"), "SMTP_URL"),
        (AlertSettings(smtp_url="smtp://[geheim", to="a@b.org", sender="a@b.org"), "SMTP_URL"),
        (AlertSettings(smtp_url="smtps://u:geheim@mail.example.org:x", to="a@b.org", sender="a@b.org"), "SMTP_URL"),
        (AlertSettings(smtp_url="smtps://u:geheim@mail.example.org", sender="a@b.org"), "ALERT_TO"),
        (AlertSettings(smtp_url="smtps://mail.example.org", to="nobody", sender="a@b.org"), "ALERT_TO"),
        (AlertSettings(smtp_url="smtps://mail.example.org", to="a@b.org\r\nBcc: c@d.org", sender="a@b.org"), "ALERT_TO"),
        (AlertSettings(smtp_url="smtps://mail.example.org", to="a@b.org"), "ALERT_FROM"),
        (AlertSettings(webhook_url="http://hooks.example.org/geheim"), "WEBHOOK_URL"),
        (AlertSettings(webhook_url="https://hooks.example.org/geheim x"), "WEBHOOK_URL"),
        (AlertSettings(webhook_url="file:///geheim"), "WEBHOOK_URL"),
    ],
)  # fmt: skip
def test_a_bad_setting_names_the_variable_not_its_value(settings, variable):
    with pytest.raises(SettingError) as raised:
        channels(settings)
    assert f"PROMPTJOBS_{variable}" in str(raised.value) and "geheim" not in str(raised.value)


def test_secrets_are_not_shown():
    env = {
        "PROMPTJOBS_SMTP_URL": "smtps://u:geheim@m.example.org",
        "PROMPTJOBS_WEBHOOK_URL": "https://h.org/geheim",
    }
    settings = load_settings(env | {"PROMPTJOBS_ALERT_TO": "a@b.org", "PROMPTJOBS_ALERT_FROM": "a@b.org"})
    assert "geheim" not in repr(settings) + repr(channels(settings.alerts))
    with pytest.raises(SettingError, match="ALERT_LANG"):
        load_settings({"PROMPTJOBS_ALERT_LANG": "de"})


# --- what is told when -------------------------------------------------------------------------------


@dataclass
class Fake:
    """A channel that remembers; `down` refuses."""

    name: str
    down: bool = False
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.down:
            raise AlertError("down")
        self.sent.append(message)


def opening(key: str, day: int = 20) -> Opening:
    seen = date(2026, 11, day)
    return Opening(
        key, "lever", f"Prompt Engineer {key}", "Acme", "Lyon", "remote", f"https://example.org/{key}", seen, seen,
        "$90k", 90_000.0, None, "USD", "year",
    )  # fmt: skip


def news(ill: dict[str, Level], release: str | None = None, *openings: Opening) -> News:
    sentence = {"en": "Too few postings.", "fr": "Trop peu d'annonces."}
    judged = {name: (Health(name), Verdict(level, "few", sentence)) for name, level in ill.items()}
    return News(judged, CARDS, release, openings)


def test_a_source_is_told_when_it_changes_and_not_each_time(tmp_path: Path):
    way, path = Fake("email"), tmp_path / STATE
    ill, well = news({"lever": Level.ILL}), news({"lever": Level.WELL})
    for one in (ill, ill, well, well, ill):
        assert tell([way], one, path, "fr") == []
    assert [message.subject for message in way.sent] == [
        "promptjobs : 1 source à regarder",
        "promptjobs : 1 source de nouveau en forme",
        "promptjobs : 1 source à regarder",
    ]
    assert way.sent[0].lines[0] == "- Lever: Trop peu d'annonces."
    assert way.sent[1].lines[0] == "- Lever va bien de nouveau."
    tell([way], news({"lever": Level.IDLE}), path, "fr")
    assert len(way.sent) == 3 and read_state(path)["email"]["ill"] == {}


def test_a_channel_that_is_down_is_told_later_and_the_other_not_twice(tmp_path: Path):
    up, down, path = Fake("webhook"), Fake("email", down=True), tmp_path / STATE
    assert tell([down, up], news({"lever": Level.ILL}), path, "en") == ["down"]
    down.down = False
    assert tell([down, up], news({"lever": Level.ILL}), path, "en") == []
    assert (len(up.sent), len(down.sent)) == (1, 1)


def test_new_openings_come_once_a_release_and_never_the_first_time(tmp_path: Path):
    way, path = Fake("email"), tmp_path / STATE
    tell([way], news({}, "r1", opening("a")), path, "en")
    assert way.sent == []
    tell([way], news({}, "r1", opening("a"), opening("b")), path, "en")
    assert way.sent == []
    later = news({}, "r2", opening("c", 21), opening("b"), opening("a"), opening("old", 1))
    for _ in range(2):
        tell([way], later, path, "en")
    (digest,) = way.sent
    assert digest.subject == "promptjobs: 2 new prompt-engineer openings"
    assert digest.lines[0] == "- Prompt Engineer c – Acme · Lyon · “$90k” · https://example.org/c"
    path.write_text("{damaged")
    assert tell([way], later, path, "en") == [] and len(way.sent) == 1


def test_a_long_digest_is_cut():
    message = digest_message([opening(f"o{n}") for n in range(50)], "fr")
    assert message.lines[-1] == "… et 20 de plus." and "50 nouveaux postes" in message.subject


def test_a_failing_alert_fails_nothing_and_is_noted(tmp_path: Path, engine: Any):
    env = {"PROMPTJOBS_HOME": str(tmp_path), "PROMPTJOBS_WEBHOOK_URL": "http://127.0.0.1:9/geheim"}
    settings = load_settings(env)
    (tmp_path / "releases").mkdir()
    late = {"lever": datetime(2026, 11, 20)}
    assert alert(load_settings({"PROMPTJOBS_HOME": str(tmp_path)}), engine, late, NOW) == []
    (failure,) = alert(settings, engine, late, NOW)
    assert failure == "The webhook was not told: ConnectionRefusedError (Connection refused)."
    assert (tmp_path / "logs" / "alerts.log").read_text() == f"2026-11-22 12:00:00 {failure}\n"
    with hook() as (url, told):
        working = replace(settings, alerts=replace(settings.alerts, webhook_url=url))
        assert alert(working, engine, late, NOW) == alert(working, engine, late, NOW) == []
        assert send_test(working, NOW) == [("webhook", None)]
    assert len(told) == 2 and "Lever: It never ran; its first run was due on 2026-11-20" in told[0]["text"]
