"""Html to text: structure kept, markup gone, anything survived."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.text import html_to_text

EXAMPLES = [
    ("<h2>Requirements</h2><ul><li>Python</li><li>SQL</li></ul>", "Requirements\n\n- Python\n- SQL"),
    ("<p>We use <b>Lang</b>Chain daily.</p>", "We use LangChain daily."),
    ("Acme | Remote<p>We write prompts.<p>Apply: jobs", "Acme | Remote\n\nWe write prompts.\n\nApply: jobs"),
    ("one<br>two<br/>three", "one\ntwo\nthree"),
    ("R&amp;D &#x2F; caf&eacute; &#8364;40&nbsp;000", "R&D / café €40 000"),
    ("<p>Hi</p><script>alert('x')</script><style>p{}</style><p>there</p>", "Hi\n\nthere"),
    ("<table><tr><td>Pay</td><td>$90,000</td></tr></table>", "Pay $90,000"),
    ("no markup\nat all < 3 tools", "no markup\nat all < 3 tools"),
    ('<a href="javascript:alert(1)" onclick="x()">Apply</a>', "Apply"),
    ("<div>broken <b>and <i>nested</b> markup", "broken and nested markup"),
    ("&lt;p&gt;R&amp;amp;D in Go&lt;/p&gt;&lt;p&gt;&amp;nbsp;Pay: $9&lt;/p&gt;", "R&D in Go\n\nPay: $9"),
    ("one&lt;br&gt;two", "one\ntwo"),
    ("<p>Write &lt;b&gt; for bold, close it with &lt;/b&gt;</p>", "Write <b> for bold, close it with </b>"),
    ("a &lt; b and b &gt; c", "a < b and b > c"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "text"), EXAMPLES)
def test_reads_as_the_page_reads(html, text):
    assert html_to_text(html) == text


@given(st.text(max_size=300))
def test_survives_any_text_and_is_deterministic(html):
    assert html_to_text(html) == html_to_text(html)


@pytest.mark.parametrize(
    "html", ["<p>\x00a\ud800b</p>", "<" * 5000, "<div>" * 30_000 + "deep", "&#xD800;<p>x", "<!-- <p>"]
)
def test_survives_hostile_markup(html):
    assert "\x00" not in html_to_text(html)


def test_nothing_is_lost_deep_inside():
    assert "deep" in html_to_text("<div>" * 200 + "deep" + "</div>" * 200)


@pytest.mark.slow
def test_twenty_megabytes():
    block = "<p>We look for a prompt engineer with Python.</p>"
    text = html_to_text(block * (20_000_000 // len(block)))
    assert text.count("prompt engineer") == 20_000_000 // len(block)
