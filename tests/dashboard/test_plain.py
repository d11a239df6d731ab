"""Words of strangers are shown without their tricks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plain import plain, plot_text, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("  a \n b ", "a b"),
        ("a\u202eb\u2066c\u0000d", "abcd"),
        ("<b>x</b>", "<b>x</b>"),
        ("A" * 100_000, "A" * 159 + "…"),
    ],
)
def test_plain(text: str | None, expected: str) -> None:
    assert plain(text) == expected


def test_plot_labels_hold_no_markup() -> None:
    assert plot_text("<a href='javascript:x'>&") == "&lt;a href='javascript:x'&gt;&amp;"


@pytest.mark.parametrize(
    ("url", "is_link"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ('https://example.org/"onclick="x', False),
        ("https://[bad", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, is_link: bool) -> None:
    assert (web_address(url) == url and url is not None) is is_link


@given(st.text(max_size=400), st.integers(2, 80))
def test_plain_is_bounded_and_stays_put(text: str, length: int) -> None:
    once = plain(text, length)
    assert len(once) <= length
    assert plain(once, length) == once
