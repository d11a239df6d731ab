"""Which postings are worth a request of their own: those that speak of prompts."""

from __future__ import annotations

import re

from data.signs import finder

# "promptly" and "promptness" are how adverts ask for quick answers.
_PROMPT = re.compile(r"\bprompt(?!ly|ness)|プロンプト|提示词|提示詞|프롬프트|\bпромпт", re.IGNORECASE)
_may_be = finder("rompt|ROMPT|プロンプト|提示|프롬프트|ромпт|РОМПТ")


def is_of_interest(words: str) -> bool:
    """Whether a title or text mentions prompts. Errs on the side of asking: a false alarm costs one request."""
    return _may_be(words) and _PROMPT.search(words) is not None
