"""One spelling for one employer: legal forms, brackets and punctuation do not make another company."""

from __future__ import annotations

import re
import unicodedata

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^\w&+]+")
# Legal forms, as the words they become once dots are gone ("B.V." -> "bv").
_FORMS = (
    "inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh mbh ag se kg ug ev bv nv "
    "sa sas sasu sarl srl spa ab as asa aps oy oyj oü kft zrt sro doo dd pte pty pvt kk sl slu lda ltda "
    "eirl eurl snc scop pbc"
)
_LEGAL_FORMS = frozenset(_FORMS.split())


def normalise_employer(name: str | None) -> str | None:
    """The key two spellings of one employer share; None where nothing of the name is left.

    >>> normalise_employer("The Blue Heron Co., Inc. (YC W24)")
    'blue heron'
    """
    if name is None:
        return None
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace("'", "")
    words = _NOT_WORD.sub(" ", _BRACKETS.sub(" ", plain).replace(".", "")).split()
    return " ".join(_core(words)) or None


def _core(words: list[str]) -> list[str]:
    kept = words[1:] if len(words) > 1 and words[0] == "the" else words
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept = kept[:-1]
    return kept
