"""The ways an alert leaves: e-mail over SMTP and a webhook. Addresses and keys never reach a message or a log."""

from __future__ import annotations

import ipaddress
import json
import smtplib
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, getaddresses
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from data.errors import AlertError, SettingError
from data.settings import PREFIX, AlertSettings
from data.visible import visible

TIMEOUT = 20
"""Seconds that a mail server or a webhook may take for one step."""
_MOST = 8000
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: a line and the lines below it, as plain text; `key` is the same for the same news."""

    subject: str
    lines: tuple[str, ...]
    key: str

    @property
    def text(self) -> str:
        return "\n".join([self.subject, "", *self.lines])


class Channel(Protocol):
    """One way out. `name` stands in the state that is kept and in what is told when it fails."""

    @property
    def name(self) -> str: ...

    def send(self, message: Message) -> None:
        """Hand the message over. Raises AlertError, in words without a secret."""


def channels(settings: AlertSettings) -> list[Channel]:
    """The ways the environment names. Raises SettingError naming the variable, never its value."""
    found: list[Channel] = []
    if settings.smtp_url:
        found.append(read_mailbox(settings))
    if settings.webhook_url:
        found.append(read_webhook(settings.webhook_url))
    return found


# --- e-mail ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server and who writes to whom. Without TLS only this machine is talked to."""

    host: str
    port: int
    is_tls: bool
    sender: str
    to: tuple[str, ...]
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    name: str = "email"

    def send(self, message: Message) -> None:
        try:
            mail = self.compose(message)
            with self._connect() as server:
                if self.user is not None:
                    server.login(self.user, self.password or "")
                server.send_message(mail)
        except (smtplib.SMTPException, OSError, MessageError, ValueError) as error:
            raise AlertError(f"The e-mail was not sent: {_kind(error)}.") from None

    def compose(self, message: Message) -> EmailMessage:
        """The mail; its id follows from the news, so that one sent twice can be told by it."""
        mail = EmailMessage()
        mail["Subject"] = visible(message.subject, 200)
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.to)
        mail["Date"] = formatdate()
        mail["Message-ID"] = f"<{message.key}@promptjobs.invalid>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("\n".join(visible(line, 2000) for line in message.lines) + "\n")
        return mail

    def _connect(self) -> smtplib.SMTP:
        if self.is_tls:
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        if not is_this_machine(self.host):
            try:
                server.starttls(context=ssl.create_default_context())
            except (smtplib.SMTPException, OSError):
                server.close()
                raise
        return server


def read_mailbox(settings: AlertSettings) -> Mailbox:
    """The mailbox that SMTP_URL, ALERT_TO and ALERT_FROM name. Raises SettingError naming the variable."""
    parts = _split("SMTP_URL", settings.smtp_url or "", "smtps://user:password@mail.example.org:465")
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingError(f"{PREFIX}SMTP_URL must begin with smtp:// or smtps:// and name a host.")
    to = _addresses("ALERT_TO", settings.to)
    sender = _addresses("ALERT_FROM", settings.sender)
    return Mailbox(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        sender=sender[0],
        to=to,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _addresses(name: str, value: str | None) -> tuple[str, ...]:
    if not value:
        raise SettingError(f"{PREFIX}SMTP_URL is set and {PREFIX}{name} is not: alerts need both ends.")
    found = [address for _, address in getaddresses([value])]
    try:
        if not value.isprintable():
            raise ValueError
        return tuple(Address(addr_spec=address).addr_spec for address in found)
    except (MessageError, ValueError, IndexError):
        raise SettingError(f"{PREFIX}{name} is no e-mail address, such as you@example.org.") from None


# --- webhook --------------------------------------------------------------------------------------


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes {"text": …}, as Slack, Mattermost and others do. Redirects are not followed."""

    url: str = field(repr=False)
    name: str = "webhook"

    def send(self, message: Message) -> None:
        body = json.dumps({"text": marked_up(message)}).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "promptjobs"}
        request = urllib.request.Request(self.url, data=body, headers=headers, method="POST")
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
                answer.read(1000)
        except (OSError, HTTPException, ValueError) as error:
            raise AlertError(f"The webhook was not told: {_kind(error)}.") from None


def marked_up(message: Message) -> str:
    """The message with Slack's three characters escaped, so that no word of a stranger is a link or a mention."""
    lines = [visible(line, 2000) for line in (message.subject, *message.lines)]
    text = "\n".join(lines)[:_MOST]
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_webhook(url: str) -> Webhook:
    """The webhook at `url`. Raises SettingError where it would be talked to without TLS."""
    parts = _split("WEBHOOK_URL", url, "https://hooks.example.org/…")
    is_near = parts.scheme == "http" and is_this_machine(parts.hostname or "")
    if not parts.hostname or not (parts.scheme == "https" or is_near):
        raise SettingError(f"{PREFIX}WEBHOOK_URL must begin with https:// and name a host.")
    return Webhook(url)


# --- both -----------------------------------------------------------------------------------------


def is_this_machine(host: str) -> bool:
    """Whether `host` is the loopback: nothing leaves the machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _split(name: str, value: str, example: str) -> Any:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise SettingError(f"{PREFIX}{name} cannot be read; give an address such as {example}.") from None
    if any(c.isspace() or not c.isprintable() for c in value):
        raise SettingError(f"{PREFIX}{name} cannot be read; give an address such as {example}.")
    return parts


def _kind(error: BaseException) -> str:
    """What went wrong without the server's words, which may repeat a secret."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP {error.code}"
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(inner, socket.gaierror):
        return "the host is not known"
    if isinstance(inner, OSError) and inner.strerror:
        return f"{type(inner).__name__} ({inner.strerror})"
    return type(inner).__name__
