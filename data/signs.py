"""Whether a text may hold a sign of something, found fast: most adverts hold none, and all of them are looked through."""

from __future__ import annotations

from collections.abc import Callable

from pydantic_core import SchemaValidator, core_schema


def _holding(pattern: str) -> Callable[[object], bool]:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, strict=True)).isinstance_python


_is_sound = _holding("")  # only a text that can be UTF-8 passes


def finder(pattern: str) -> Callable[[str], bool]:
    """A test for `pattern` (syntax of Rust's regex) in a text; one with lone surrogates may hold anything.

    Over a whole advert that lacks the sign it takes 1 to 10 µs where `re.search` takes 30 to 300.
    """
    holds = _holding(pattern)
    return lambda text: holds(text) or not _is_sound(text)
