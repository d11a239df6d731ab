"""The contact in the user agent: asked for once, kept, and nothing that could end a header gets through."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import promptjobs
from data.contact import checked_contact, contact_file, keep_contact, kept_contact
from data.errors import SettingError
from data.settings import load_settings

GOOD = [
    "keeper@lantern.example",
    "first.last+jobs@mail.lantern.example",
    "https://lantern.example",
    "https://lantern.example/about-us?lang=fr#contact",
    "https://lantern.example:8443/contact",
]
BAD = [
    "me",
    "me@localhost",
    "http://lantern.example/",
    "ftp://lantern.example/",
    "javascript:alert(1)",
    "keeper@lantern.example\r\nX-Evil: 1",
    "keeper@lantern.example\n",
    "\tkeeper@lantern.example",
    "keeper@lantern.example\x00",
    "keeper@lantern.example) (x",
    "https://lantern.example/\r\nHost: evil.example",
    "https://lantern.example/(x)",
    "https://user:word@lantern.example/",
    'keeper"@lantern.example',
    "kéeper@lantern.example",
    "k" * 300 + "@lantern.example",
    "a b@lantern.example",
]


@pytest.mark.parametrize("text", GOOD)
def test_addresses_and_pages_are_contacts(text):
    assert checked_contact(f" {text} ", "x") == text


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_none(text, tmp_path):
    with pytest.raises(SettingError, match="give an e-mail address or a page"):
        keep_contact(tmp_path, text)
    assert not contact_file(tmp_path).exists()
    with pytest.raises(SettingError, match="PROMPTJOBS_CONTACT is"):
        load_settings({"PROMPTJOBS_CONTACT": text, "PROMPTJOBS_HOME": str(tmp_path)})


def test_the_environment_goes_before_what_was_kept(tmp_path):
    env = {"PROMPTJOBS_HOME": str(tmp_path)}
    assert load_settings(env).contact is None
    keep_contact(tmp_path, GOOD[0])
    assert load_settings(env).contact == GOOD[0]
    assert load_settings({**env, "PROMPTJOBS_CONTACT": GOOD[2]}).contact == GOOD[2]


def test_a_file_written_by_hand_is_checked(tmp_path):
    contact_file(tmp_path).write_bytes(b"keeper@lantern.example\r\nX-Evil: \xff")
    with pytest.raises(SettingError, match="contact is 'keeper"):
        kept_contact(tmp_path)
    contact_file(tmp_path).write_text("")
    assert kept_contact(tmp_path) is None


def doctor(*words, **options):
    return CliRunner().invoke(promptjobs.app, ["doctor", *words], **options)


def test_the_doctor_keeps_a_contact_and_says_when_there_is_none(own_home, monkeypatch):
    before = json.loads(doctor("--json").stdout)
    (found,) = (row for row in before if row["check"] == "contact")
    assert not found["ok"] and "promptjobs doctor --contact me@example.org" in found["finding"]
    done = doctor("--contact", GOOD[0])
    assert f"Sites will see {GOOD[0]}; kept in {own_home / 'contact'}." in done.stderr
    (found,) = (row for row in json.loads(doctor("--json").stdout) if row["check"] == "contact")
    assert found["ok"] and GOOD[0] in found["finding"]
    monkeypatch.setenv("PROMPTJOBS_CONTACT", "nonsense")
    done = doctor("--contact", GOOD[2])
    assert "PROMPTJOBS_CONTACT is set and goes before it" in done.stderr and kept_contact(own_home) == GOOD[2]
    assert "PROMPTJOBS_CONTACT is 'nonsense'" in doctor("--json").stdout


def test_on_a_terminal_the_doctor_asks_until_it_has_a_contact_or_is_told_later(own_home, monkeypatch):
    answers = iter(["me", GOOD[1]])
    monkeypatch.setattr("data.commands.typer.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("data.commands.sys", SimpleNamespace(**_terminal()))
    assert "give an e-mail address" in doctor().stderr and kept_contact(own_home) == GOOD[1]
    doctor()  # asks no more: the answers are used up
    contact_file(own_home).unlink()
    answers = iter([""])
    doctor()
    assert kept_contact(own_home) is None and next(answers, None) is None


def _terminal():
    stream = SimpleNamespace(isatty=lambda: True)
    return {"stdin": stream, "stderr": stream}


def test_the_user_agent_says_who_asks(own_home):
    keep_contact(own_home, GOOD[0])
    code = "from scraper import settings; print(settings.USER_AGENT)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.startswith("promptjobs/") and said.endswith(f"(job-market statistics; {GOOD[0]})\n")
