"""The user's own keys: read from the environment, put into requests, and kept out of every log and reason."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "[key]"


def without_keys(text: str, secrets: Mapping[str, str]) -> str:
    """`text` with every secret, plain or as an address writes it, replaced."""
    for value in sorted(filter(None, secrets.values()), key=len, reverse=True):
        for form in {value, quote(value, safe=""), quote_plus(value), quote(value)}:
            text = text.replace(form, HIDDEN)
    return text


def keep_out_of_logs(secrets: Mapping[str, str]) -> None:
    """From now on no log record of this process, and no traceback in one, holds a value of `secrets`.

    The mapping is looked into at each record: a key that is added later is hidden too.
    """
    before = logging.getLogRecordFactory()

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = before(*args, **kwargs)
        record.msg, record.args = without_keys(record.getMessage(), secrets), None
        if record.exc_info and record.exc_info[0] is not None:
            told = "".join(traceback.format_exception(*record.exc_info))
            record.exc_text = without_keys(told, secrets).rstrip()
        return record

    logging.setLogRecordFactory(factory)
