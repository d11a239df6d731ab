"""Every setting in one list: read from the environment (PROMPTJOBS_*); the contact also from the home."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from data.contact import checked_contact, kept_contact
from data.errors import SettingError

PREFIX = "PROMPTJOBS_"
DEFAULT_PORT = 8050
DEFAULT_DEADLINE = 180
ARCHIVE = Path(__file__).parent / "archive"
"""The starter archive that ships with the program."""
BOARDS = Path(__file__).parent / "reference" / "boards.csv"
"""The boards that ship with the program."""

# One row a setting: name, default in words, meaning. `promptjobs doctor` and docs/settings.md print it.
SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("HOME", "the platform's user data folder", "folder of record.sqlite, releases/, logs/, exports/"),
    ("DATABASE_URL", "sqlite in HOME", "SQLAlchemy URL of the record; postgresql+psycopg://... is supported"),
    (
        "CONTACT",
        "what `promptjobs doctor` kept",
        "an e-mail address or https page put into the user agent so that a site's owner can reach you",
    ),
    ("UPSTREAM", "none", "send every request to {UPSTREAM}/{host}/{path} instead (replay, tests)"),
    ("HOST", "127.0.0.1", "address the dashboard binds to"),
    ("PORT", str(DEFAULT_PORT), "port of the dashboard"),
    ("WORKERS", "number of processors", "processes of the language stage"),
    ("BOARDS", "boards.csv of the program", "a list of boards of your own, same columns, instead of ours"),
    ("DEADLINE", str(DEFAULT_DEADLINE), "minutes one crawl may take; then it stops and keeps what it has"),
    ("ARCHIVE", "1", "0 leaves the starter archive out of releases"),
    (
        "SMTP_URL",
        "none",
        "mail server for alerts: smtp[s]://user:password@host:port; needs ALERT_TO and ALERT_FROM",
    ),
    ("ALERT_TO", "none", "addresses that alerts are mailed to, separated by commas"),
    ("ALERT_FROM", "none", "address that alerts are mailed from"),
    ("WEBHOOK_URL", "none", 'https address that alerts are posted to as {"text": ...} (Slack\'s shape)'),
    ("ALERT_LANG", "en", "language of alerts: en or fr"),
)


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Where alerts go, as it stands in the environment; read when an alert is sent. Secrets are not shown."""

    smtp_url: str | None = field(default=None, repr=False)
    to: str | None = None
    sender: str | None = None
    webhook_url: str | None = field(default=None, repr=False)
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force. Paths are absolute; `upstream` has no trailing slash."""

    home: Path
    database_url: str
    contact: str | None
    upstream: str | None
    host: str
    port: int
    workers: int
    boards: Path
    archive: bool
    deadline: int
    alerts: AlertSettings = field(default_factory=AlertSettings)

    @property
    def releases(self) -> Path:
        return self.home / "releases"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def exports(self) -> Path:
        return self.home / "exports"


def load_settings(environ: dict[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process's). Raises SettingError naming the variable."""
    env = os.environ if environ is None else environ
    home = home_folder(env)
    return Settings(
        home=home,
        database_url=env.get(f"{PREFIX}DATABASE_URL") or f"sqlite:///{home / 'record.sqlite'}",
        contact=_contact(env.get(f"{PREFIX}CONTACT"), home),
        upstream=_upstream(env.get(f"{PREFIX}UPSTREAM")),
        host=env.get(f"{PREFIX}HOST") or "127.0.0.1",
        port=_whole("PORT", env.get(f"{PREFIX}PORT"), DEFAULT_PORT, 0, 65535),
        workers=_whole("WORKERS", env.get(f"{PREFIX}WORKERS"), os.cpu_count() or 1, 1, 256),
        boards=_file("BOARDS", env.get(f"{PREFIX}BOARDS"), BOARDS),
        archive=_switch("ARCHIVE", env.get(f"{PREFIX}ARCHIVE"), True),
        deadline=_whole("DEADLINE", env.get(f"{PREFIX}DEADLINE"), DEFAULT_DEADLINE, 1, 10_000),
        alerts=AlertSettings(
            smtp_url=env.get(f"{PREFIX}SMTP_URL") or None,
            to=env.get(f"{PREFIX}ALERT_TO") or None,
            sender=env.get(f"{PREFIX}ALERT_FROM") or None,
            webhook_url=env.get(f"{PREFIX}WEBHOOK_URL") or None,
            lang=_one_of("ALERT_LANG", env.get(f"{PREFIX}ALERT_LANG"), ("en", "fr")),
        ),
    )


def home_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Where everything is kept; it need not exist yet."""
    value = (os.environ if environ is None else environ).get(f"{PREFIX}HOME")
    if value:
        return Path(value).expanduser().resolve()
    from platformdirs import user_data_path

    return user_data_path("promptjobs", appauthor=False)


def _contact(value: str | None, home: Path) -> str | None:
    return checked_contact(value, f"{PREFIX}CONTACT") if value else kept_contact(home)


def _upstream(value: str | None) -> str | None:
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(f"{PREFIX}UPSTREAM is {value!r}; give a URL such as http://127.0.0.1:8900.")
    return value.rstrip("/")


def _file(name: str, value: str | None, default: Path) -> Path:
    if not value:
        return default
    path = Path(value).expanduser().resolve()
    if not path.is_file():
        raise SettingError(f"{PREFIX}{name} is {value!r}, which is no file; give the path of one.")
    return path


def _whole(name: str, value: str | None, default: int, low: int, high: int) -> int:
    if not value:
        return default
    if not value.isdigit() or not low <= int(value) <= high:
        raise SettingError(f"{PREFIX}{name} is {value!r}; give a whole number from {low} to {high}.")
    return int(value)


def _one_of(name: str, value: str | None, allowed: tuple[str, ...]) -> str:
    if value and value not in allowed:
        raise SettingError(f"{PREFIX}{name} is {value!r}; give {' or '.join(allowed)}.")
    return value or allowed[0]


def _switch(name: str, value: str | None, default: bool) -> bool:
    if not value:
        return default
    if value not in ("0", "1"):
        raise SettingError(f"{PREFIX}{name} is {value!r}; give 0 or 1.")
    return value == "1"
