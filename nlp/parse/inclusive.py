"""Reads French titles that name both genders ("Rédacteur·rice", "Ingénieure / Ingénieur") as the plain one."""

import re

_MARKS = "·•‧∙.(/-"
_ENDINGS = "e|ne|se|le|te|ve|rice|trice|ice|euse|eure|ère|ière|enne|ienne"
_ENDING = re.compile(
    rf"(?<=[^\W\d_]{{3}})[{_MARKS}](?:{_ENDINGS})(?:[{_MARKS}]?s)?\)?s?(?![\w·])", re.IGNORECASE
)
_PAIR = re.compile(r"\b(([^\W\d_]{4})[^\W\d_]*)(?: ?/ ?| ou )(\2[^\W\d_]*)", re.IGNORECASE)


def without_genders(title: str) -> str:
    """Return a title with one gender: "Développeur(se) C#" as "Développeur C#"."""
    return _PAIR.sub(lambda pair: min(pair[1], pair[3], key=_is_feminine), _ENDING.sub("", title))


def _is_feminine(word: str) -> bool:
    return word.lower().endswith("e")
