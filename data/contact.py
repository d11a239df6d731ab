"""The user's contact, which stands in the user agent: asked for once, kept in the home, safe to put into a header."""

from __future__ import annotations

import re
from pathlib import Path

from data.errors import SettingError

_LONGEST = 200
_NAME = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
# No blanks, controls, brackets or quotes: they would end the header, or the comment that holds the contact.
_MAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_NAME}", re.ASCII)
_PAGE = re.compile(rf"https://{_NAME}(?::\d+)?(?:/[A-Za-z0-9._~%!$&'*+,;=:@/?#-]*)?", re.ASCII)


def checked_contact(text: str, where: str) -> str:
    """`text` where it is an e-mail address or an https page. Raises SettingError naming `where` it came from."""
    found = text.strip(" ")
    if len(found) > _LONGEST or not (_MAIL.fullmatch(found) or _PAGE.fullmatch(found)):
        raise SettingError(
            f"{where} is {text[:_LONGEST]!r}; give an e-mail address or a page that begins with https://."
        )
    return found


def contact_file(home: Path) -> Path:
    """Where the contact is kept."""
    return home / "contact"


def kept_contact(home: Path) -> str | None:
    """The contact that was kept; None before. Raises SettingError where the file holds something else."""
    file = contact_file(home)
    if not file.is_file():
        return None
    text = file.read_text("utf-8", errors="replace").removesuffix("\n")
    return checked_contact(text, str(file)) if text else None


def keep_contact(home: Path, text: str) -> str:
    """Keep `text` as the contact; returns it as it was understood. Raises SettingError."""
    found = checked_contact(text, "The contact")
    home.mkdir(parents=True, exist_ok=True)
    contact_file(home).write_text(found + "\n", "utf-8")
    return found
