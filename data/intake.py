"""The one gate into the record: cleans a collected record and validates it strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from data.errors import IntakeError
from data.schema import MAX_TEXT, PAY_KINDS, Posting, Reject
from data.signs import finder

# Contact details of people are not facts about jobs: they never enter the record.
_PLAIN_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_AT = r"\s{0,3}[\[({<]\s{0,3}(?:at|@|arroba)\s{0,3}[\])}>]\s{0,3}"
_DOT = r"(?:\s{0,3}[\[({<]\s{0,3}(?:dot|\.)\s{0,3}[\])}>]\s{0,3}|\s{1,3}dot\s{1,3}|\.)"
_MASKED_EMAIL = re.compile(rf"[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{0,4}}", re.IGNORECASE)
_WORDED_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s{1,2}at\s{1,2}[\w-]{1,63}(?:\s{1,2}dot\s{1,2}[\w-]{2,63}){1,3}", re.IGNORECASE
)
# Cheap signs of the two: most adverts have neither, and the patterns above start at every letter.
_SPACE = r"[\s\x1c-\x1f]"
_may_be_masked = finder(
    rf"(?i)[\[({{<]{_SPACE}{{0,3}}(?:at|@|arroba){_SPACE}{{0,3}}[\])}}>]|{_SPACE}dot{_SPACE}|&#64;|&#x40;|&commat;"
)
EMAIL_REMOVED = "[e-mail removed]"
_SAMPLE = 2000
NOT_A_JOB = "not a job"
"""The field of records that can be read and are no adverts: set aside, and no sign that a source has changed."""


def drop_contacts(text: str) -> str:
    """`text` with e-mail addresses, also masked ones ("jobs [at] acme dot com"), replaced. Idempotent."""
    if _may_be_masked(text):
        text = text.replace("&#64;", "@").replace("&#x40;", "@").replace("&commat;", "@")
        text = _MASKED_EMAIL.sub(EMAIL_REMOVED, _PLAIN_EMAIL.sub(EMAIL_REMOVED, text))
        return _WORDED_EMAIL.sub(EMAIL_REMOVED, text)
    return _PLAIN_EMAIL.sub(EMAIL_REMOVED, text) if "@" in text else text


def accept(raw: Mapping[str, object]) -> Posting:
    """A validated posting from a spider's or importer's record.

    Shape: the fields of `data.schema.Posting`. Raises IntakeError naming the first field at fault.
    """
    record = {name: value for name, value in raw.items() if value is not None}
    for body in ("html", "text"):
        value = record.get(body)
        if isinstance(value, str):
            record[body] = drop_contacts(value[:MAX_TEXT])
            record["is_truncated"] = len(value) > MAX_TEXT or record.get("is_truncated", False)
    try:
        return Posting.model_validate(record)
    except ValidationError as error:
        if (sound := _sound(raw)) != raw:
            return accept(sound)
        first = error.errors()[0]
        where = [str(part) for part in first["loc"] if part not in PAY_KINDS]
        raise IntakeError(".".join(where) or "record", first["msg"]) from error


def _sound(value: Any) -> Any:
    """`value` with its texts free of lone surrogates and NULs."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    if isinstance(value, Mapping):
        return {name: _sound(part) for name, part in value.items()}
    return tuple(map(_sound, value)) if isinstance(value, tuple) else value


def set_aside(raw: object, error: IntakeError) -> Reject:
    """The row kept for a record that did not pass, with a short sample to look at."""
    return Reject(field=error.field, reason=str(error), sample=drop_contacts(repr(raw))[:_SAMPLE])
