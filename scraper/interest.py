"""Which postings are worth a request of their own: those that speak of prompts."""

from __future__ import annotations

import re

# "promptly" and "promptness" are how adverts ask for quick answers.
_PROMPT = re.compile(r"\bprompt(?!ly|ness)|プロンプト|提示词|提示詞|프롬프트|\bпромпт", re.IGNORECASE)
_SIGNS = ("prompt", "プロンプト", "提示", "프롬프트", "промпт")  # cheap to look for


def is_of_interest(words: str) -> bool:
    """Whether a title or text mentions prompts. Errs on the side of asking: a false alarm costs one request."""
    plain = words.lower()
    return any(sign in plain for sign in _SIGNS) and _PROMPT.search(plain) is not None
