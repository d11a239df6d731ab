"""When an extracted pay figure or skill counts as the one a reader labelled, and what follows from the counts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data.annualise import annual
from nlp.parse.lexicon import TABLE, forms
from nlp.parse.tables import reference_rows

Item = dict[str, Any]
WITHIN = 0.005  # of the labelled amount
_BRACKETS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[a-z0-9àâäçéèêëîïôöùûüÿœ+#]+")


@dataclass(frozen=True, slots=True)
class Counts:
    """True and false positives and negatives; `tn` is None where what is absent cannot be counted."""

    tp: int
    fp: int
    fn: int
    tn: int | None = None

    @property
    def precision(self) -> float | None:
        """The share of what was said that is right; None where nothing was said."""
        return _share(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """The share of what is there that was said; None where nothing is there."""
        return _share(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing was said and nothing is there."""
        return _share(2 * self.tp, 2 * self.tp + self.fp + self.fn)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def count_sets(pairs: Iterable[tuple[set[Any], set[Any]]], universe: int | None = None) -> Counts:
    """Counts over pairs (said, there); `universe` is how many things could have been said in all."""
    tp = fp = fn = 0
    for said, there in pairs:
        tp, fp, fn = tp + len(said & there), fp + len(said - there), fn + len(there - said)
    return Counts(tp, fp, fn, None if universe is None else universe - tp - fp - fn)


# --- pay ------------------------------------------------------------------------------------------


def is_same_pay(said: Item | None, there: Item | None) -> bool:
    """Do two figures state the same amounts in the same currency, per their period or both per year?

    Hours, days, weeks and months become years at 2,080, 260, 52 and 12.
    """
    if said is None or there is None:
        return said is there
    if (said["currency"] or "").upper() != there["currency"]:
        return False
    return all(_is_close(*_alike(said, there, bound)) for bound in ("min", "max"))


_SOME = 1.0


def _alike(said: Item, there: Item, bound: str) -> tuple[float | None, float | None]:
    """The bound of both in the unit of the label; (None, 1) where their periods cannot be compared."""
    if said["period"] == there["period"]:
        return said[bound], there[bound]
    ours, theirs = annual(_SOME, said["period"]), annual(_SOME, there["period"])
    if ours is None or theirs is None:
        return None, _SOME
    return None if said[bound] is None else said[bound] * ours / theirs, there[bound]


def _is_close(said: float | None, there: float | None) -> bool:
    if said is None or there is None:
        return said is None and there is None
    return abs(said - there) <= max(0.01, WITHIN * abs(there))


def count_pays(said: Sequence[Item], there: Sequence[Item]) -> Counts:
    """Counts of figures with their kind: each label takes the first of ours that is the same."""
    free = list(said)
    for label in there:
        found = next((s for s in free if s["kind"] == label["kind"] and is_same_pay(s, label)), None)
        if found is not None:
            free.remove(found)
    tp = len(said) - len(free)
    return Counts(tp, len(free), len(there) - tp)


# --- skills ---------------------------------------------------------------------------------------


def name_words(name: str) -> tuple[str, ...]:
    """The words of a skill's name without case, brackets and plural s."""
    return tuple(_singular(word) for word in _WORD.findall(_BRACKETS.sub(" ", name.lower())))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def pair_skills(said: Sequence[Item], there: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Pairs (ours, label), each skill in one pair at most: labels in turn take an equal name, else a near one."""
    free = [(skill, _spellings(skill)) for skill in said]
    pairs = []
    for label in there:
        wanted = name_words(label["s"])
        at = next((i for i, (_, names) in enumerate(free) if wanted in names), None)
        if at is None:
            at = next(
                (i for i, (_, names) in enumerate(free) if any(_is_near(n, wanted) for n in names)), None
            )
        if at is not None:
            pairs.append((free.pop(at)[0], label))
    return pairs


def _spellings(skill: Item) -> list[tuple[str, ...]]:
    return [words for words in (name_words(skill["s"]), name_words(skill["label"])) if words]


def _is_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Do two names share half of their words or more?"""
    shared, both = set(one) & set(other), set(one) | set(other)
    return bool(one and other) and 2 * len(shared) >= len(both)


# --- single skills, advert by advert -----------------------------------------------------------------

LEAST_NAMED = 20
"""Adverts whose labels or facts name a skill, from which it is counted by itself."""


def soft_counts(pairs: Sequence[tuple[Item, Item]]) -> Iterator[tuple[str, Counts]]:
    """(id, counts over adverts) of each soft skill that facts or labels name."""
    yield from _by_value([(set(facts["soft"]), set(row["soft"])) for facts, row in pairs], least=1)


def skill_counts(pairs: Sequence[tuple[Item, Item]]) -> Iterator[tuple[str, Counts]]:
    """(id, counts over adverts) of each skill that LEAST_NAMED adverts name, by our facts or by their labels.

    A label belongs to the skill of ours that it is paired with; one that we missed to the skill of the lexicon with a
    name of the same words, and to none where there is no such name.
    """
    ids = _ids_by_name()
    yield from _by_value(
        [_named(facts["skills"], row["skills"], ids) for facts, row in pairs], least=LEAST_NAMED
    )


def _by_value(adverts: Sequence[tuple[set[str], set[str]]], *, least: int) -> Iterator[tuple[str, Counts]]:
    counts = Counter(value for said, there in adverts for value in said | there)
    for value in sorted(value for value, n in counts.items() if n >= least):
        yield value, count_sets(((said & {value}, there & {value}) for said, there in adverts), len(adverts))


def _named(
    said: Sequence[Item], there: Sequence[Item], ids: dict[tuple[str, ...], str]
) -> tuple[set[str], set[str]]:
    """Ids that our facts name, and that the labels name."""
    matched = pair_skills(said, there)
    taken = {id(label) for _, label in matched}
    missed = (ids.get(name_words(label["s"])) for label in there if id(label) not in taken)
    found = {ours["id"] for ours, _ in matched} | {skill for skill in missed if skill is not None}
    return {skill["id"] for skill in said}, found


def _ids_by_name() -> dict[tuple[str, ...], str]:
    """Words of every name in the lexicon -> id; the first row wins, as in reading."""
    found: dict[tuple[str, ...], str] = {}
    for row in reference_rows(TABLE):
        for form in forms(row):
            found.setdefault(name_words(form), row["id"])
    return found
