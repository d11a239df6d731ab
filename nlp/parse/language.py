"""Names the language of an advert, from its commonest words and, where they do not settle it, from its letters."""

import re
from collections import Counter
from functools import cache
from itertools import chain
from operator import itemgetter

from nlp.parse.tables import rule_rows

HEAD = 1000
SURE = 6
_NOBODY = (("", 0), ("", 0))
_WORD = re.compile(r"[^\W\d_]+")
# The same in a folded text without other letters, in a fraction of the time.
_NO_WORD = {code: " " for code in range(128) if not "a" <= chr(code) <= "z"}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_ANY_SCRIPT = re.compile("|".join(letters.pattern for _, letters in _SCRIPTS).replace("]|[", ""))


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for row in rule_rows("stopwords"):
        words.setdefault(row["word"], []).append(row["lang"])
    return {word: tuple(langs) for word, langs in words.items()}


def detect(folded: str) -> str | None:
    """Return the ISO 639-1 code of the text's first part, or None for a text without words.

    An advert that is followed by its translation is in the language it begins with.
    """
    head = folded[:HEAD]
    words = head.translate(_NO_WORD).split() if head.isascii() else _WORD.findall(head)
    if not words:
        return None
    return _by_script(head, len(words)) or _by_stopwords(words) or _by_letters(head)


def _by_script(head: str, words: int) -> str | None:
    if head.isascii() or not _ANY_SCRIPT.search(head):
        return None
    for lang, letters in _SCRIPTS:
        if len(letters.findall(head, 0, 600)) > max(8, words // 2):
            return lang
    return None


def _by_stopwords(words: list[str]) -> str | None:
    known = _languages()
    votes = Counter(chain.from_iterable(map(known.__getitem__, filter(known.__contains__, words))))
    (lang, most), (_, second), *_ = sorted([*votes.items(), *_NOBODY], key=itemgetter(1), reverse=True)
    is_sure = (most >= SURE and most >= second * 1.25) or (most >= 2 and most >= second * 4)
    return lang if is_sure else None


def _by_letters(head: str) -> str | None:
    from py3langid.langid import classify

    return str(classify(head)[0])
