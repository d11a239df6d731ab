"""Which postings are worth a request of their own: those that speak of prompts."""

from __future__ import annotations

import re

# "promptly" and "promptness" are how adverts ask for quick answers.
_PROMPT = re.compile(r"\bprompt(?!ly|ness)", re.IGNORECASE)


def is_of_interest(words: str) -> bool:
    """Whether a title or text mentions prompts. Errs on the side of asking: a false alarm costs one request."""
    return "prompt" in words.lower() and _PROMPT.search(words) is not None
