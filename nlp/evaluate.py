"""`promptjobs evaluate`: our facts against adverts that people have labelled, field by field, with counts."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import PromptjobsError
from nlp.scoring import (
    Counts,
    count_pays,
    count_sets,
    is_same_pay,
    pair_skills,
    skill_counts,
    soft_counts,
)

Row = dict[str, Any]
Pair = tuple[Row, Row]  # facts as extracted, labels
GIVEN = ("id", "title", "company", "country", "location", "posted", "text", "html")
EXACT = (
    "lang", "prompt_relation", "work_kind", "coding", "ml", "remote", "years_min", "degree", "seniority",
)  # fmt: skip
VALUED = frozenset({"prompt_relation", "work_kind", "coding", "ml", "remote", "degree", "seniority"})
LEVELS = ("required", "preferred", "mentioned")
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "is_prompt_role": ("prompt_relation", frozenset({"title", "core"})),
    "asks_prompting": ("prompt_relation", frozenset({"title", "core", "required", "preferred"})),
    "is_gig": ("work_kind", frozenset({"gig_content", "gig_ai_training"})),
}
BARS = {
    "lang": 0.99, "prompt_relation": 0.94, "is_prompt_role": 0.97, "work_kind": 0.97, "is_gig": 0.85,
    "coding": 0.92, "ml": 0.88, "remote": 0.95, "years_min": 0.95, "degree": 0.95, "seniority": 0.92,
    "main_salary": 0.93, "all_salaries": 0.88, "skills": 0.78, "skill_level": 0.90, "skills_required": 0.72,
    "soft": 0.82, "evidence": 1.0,
}  # fmt: skip
FALSE_PAY_BAR = (2, 140)  # false alarms at most, of so many adverts without pay
GIG_BAR = 0.92  # on labels of the kind of work alone, one advert per group of near-copies
FRENCH_SHARE = 0.95  # of each bar


@dataclass(frozen=True, slots=True)
class Score:
    """One field's score (0 to 1) by `measure` (accuracy, f1, recall or share) over `n` things.

    `value` names one value of a field against all others, None for the field as a whole.
    """

    field: str
    measure: str
    n: int
    score: float | None
    counts: Counts | None = None
    value: str | None = None


# --- the labelled adverts -------------------------------------------------------------------------


def load_gold(path: Path) -> list[Row]:
    """The labelled adverts of a JSON-lines file, one per `dup_group` where it names such. Raises PromptjobsError."""
    rows: dict[str, Row] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.setdefault(row.get("dup_group") or row["id"], row)
        except (ValueError, KeyError, AttributeError) as error:
            raise PromptjobsError(
                f"{path}, line {number} is no labelled advert with an id: {error!r}."
            ) from error
    if not rows:
        raise PromptjobsError(f"{path} holds no labelled adverts.")
    return list(rows.values())


def predict(gold: Sequence[Row], progress: Callable[[int, int], None]) -> list[Pair]:
    """Our facts beside the labels, read from what an advert says of itself: none of its labels, nor its language."""
    from nlp.extract import load_extractor

    extractor = load_extractor()
    pairs = []
    for done, row in enumerate(gold, 1):
        advert = {name: row[name] for name in GIVEN if row.get(name) is not None}
        pairs.append((extractor.extract(advert), row))
        progress(done, len(gold))
    return pairs


def is_unread(row: Row) -> bool:
    """Does the advert belong to the half whose misses nobody reads while writing rules?"""
    return zlib.crc32(str(row["id"]).encode()) % 2 == 1


SUBSETS: dict[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "fr": lambda row: row.get("lang") == "fr",
    "other": lambda row: row.get("lang") != "fr",
    "read": lambda row: not is_unread(row),
    "unread": is_unread,
}


# --- scores ---------------------------------------------------------------------------------------


def score(pairs: Sequence[Pair]) -> list[Score]:
    """A score for each field that every advert has a label for; none where there are no adverts."""
    labelled = set.intersection(*(set(row) for _, row in pairs)) if pairs else set()
    return [*_scalars(pairs, labelled), *_lists(pairs, labelled)]


def _scalars(pairs: Sequence[Pair], labelled: set[str]) -> Iterator[Score]:
    for field in EXACT:
        if field in labelled:
            right = sum(facts[field] == row[field] for facts, row in pairs)
            yield Score(field, "accuracy", len(pairs), right / len(pairs))
    for name, (field, values) in GROUPS.items():
        if field in labelled:
            yield _binary(name, pairs, field, values)
    for field in EXACT:
        if field in VALUED & labelled:
            for value in sorted({row[field] for _, row in pairs}):
                yield _binary(field, pairs, field, frozenset({value}), value=value)


def _binary(
    name: str, pairs: Sequence[Pair], field: str, values: frozenset[str], *, value: str | None = None
) -> Score:
    said = {number for number, (facts, _) in enumerate(pairs) if facts[field] in values}
    there = {number for number, (_, row) in enumerate(pairs) if row[field] in values}
    counts = count_sets([(said, there)], len(pairs))
    return Score(name, "f1", len(pairs), counts.f1, counts, value)


def _lists(pairs: Sequence[Pair], labelled: set[str]) -> Iterator[Score]:
    if {"salaries", "main_salary"} <= labelled:
        yield from _pay(pairs)
    if "skills" in labelled:
        yield from _skills(pairs)
    if "soft" in labelled:
        counts = count_sets((set(facts["soft"]), set(row["soft"])) for facts, row in pairs)
        yield Score("soft", "f1", counts.tp + counts.fn, counts.f1, counts)
        for value, found in soft_counts(pairs):
            yield Score("soft", "f1", len(pairs), found.f1, found, value)
    if {"skills", "salaries"} & labelled and "text" in labelled:
        yield _evidence(pairs)


def _pay(pairs: Sequence[Pair]) -> Iterator[Score]:
    mains = [(_main(facts), _main(row)) for facts, row in pairs]
    paid = [(said, there) for said, there in mains if there is not None]
    right = sum(is_same_pay(said, there) for said, there in paid)
    said = sum(said is not None for said, _ in mains)
    quiet = sum(said is None and there is None for said, there in mains)
    counts = Counts(right, said - right, len(paid) - right, quiet)
    yield Score("main_salary", "recall", len(paid), counts.recall, counts)
    stated = [({"pay"} if said else set(), {"pay"} if there else set()) for said, there in mains]
    states = count_sets(stated, len(pairs))
    yield Score("main_salary", "f1", len(pairs), states.f1, states, value="stated")
    alarms = [bool(facts["salaries"]) for facts, row in pairs if not row["salaries"]]
    without = Counts(0, sum(alarms), 0, len(alarms) - sum(alarms))
    yield Score(
        "no_false_pay", "share", len(alarms), 1 - sum(alarms) / len(alarms) if alarms else None, without
    )
    every = _sum(count_pays(facts["salaries"], row["salaries"]) for facts, row in pairs)
    yield Score("all_salaries", "f1", every.tp + every.fn, every.f1, every)


def _main(row: Row) -> Row | None:
    """The main pay of facts or labels."""
    found: Row | None = None if row["main_salary"] is None else row["salaries"][row["main_salary"]]
    return found


def _skills(pairs: Sequence[Pair]) -> Iterator[Score]:
    matched = [pair for facts, row in pairs for pair in pair_skills(facts["skills"], row["skills"])]
    said, there = (sum(len(pair[side]["skills"]) for pair in pairs) for side in (0, 1))
    counts = Counts(len(matched), said - len(matched), there - len(matched))
    yield Score("skills", "f1", there, counts.f1, counts)
    for value, named in skill_counts(pairs):
        yield Score("skills", "f1", len(pairs), named.f1, named, value)
    right = sum(ours["level"] == label["level"] for ours, label in matched)
    yield Score("skill_level", "accuracy", len(matched), right / len(matched) if matched else None)
    for level in LEVELS:
        found = _sum(_at_level(facts["skills"], row["skills"], level) for facts, row in pairs)
        yield Score(f"skills_{level}", "f1", found.tp + found.fn, found.f1, found)


def _at_level(said: Sequence[Row], there: Sequence[Row], level: str) -> Counts:
    ours = [skill for skill in said if skill["level"] == level]
    labels = [skill for skill in there if skill["level"] == level]
    tp = len(pair_skills(ours, labels))
    return Counts(tp, len(ours) - tp, len(labels) - tp)


def _sum(found: Iterable[Counts]) -> Counts:
    tp = fp = fn = 0
    for counts in found:
        tp, fp, fn = tp + counts.tp, fp + counts.fp, fn + counts.fn
    return Counts(tp, fp, fn)


def _evidence(pairs: Sequence[Pair]) -> Score:
    """1 where every quote of pay and skills reads in the advert as quoted, else 0."""
    spans = [
        row["text"][item["start"] : item["end"]] == item.get("quote", item.get("s"))
        for facts, row in pairs
        for item in (*facts["salaries"], *facts["skills"])
    ]
    return Score("evidence", "share", len(spans), float(all(spans)))


# --- what is kept and shown -----------------------------------------------------------------------


def bar_of(found: Score, *, subset: str, fields: set[str]) -> float | None:
    """What the project asks of a score; None for single values and fields without a bar."""
    if found.value is not None:
        return None
    if found.field == "no_false_pay":
        return round(1 - FALSE_PAY_BAR[0] / FALSE_PAY_BAR[1], 4)
    bars = {"is_gig": GIG_BAR} if fields <= {"work_kind", "is_gig"} else BARS
    bar = bars.get(found.field)
    return round(bar * FRENCH_SHARE, 4) if bar is not None and subset == "fr" else bar


def accuracy_rows(found: Sequence[Score], *, subset: str, gold: Path, version: str, day: date) -> list[Row]:
    """The scores of a subset as rows of data.accuracy."""
    fields = {each.field for each in found}
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()[:16]
    return [
        {
            "subset": subset,
            "field": each.field,
            "value": each.value,
            "measure": each.measure,
            "n": each.n,
            "score": _rounded(each.score),
            "bar": bar_of(each, subset=subset, fields=fields),
            **_counted(each.counts),
            "gold": gold.name,
            "gold_sha256": digest,
            "measured_on": day.isoformat(),
            "rules_version": version,
        }
        for each in found
    ]


def _counted(counts: Counts | None) -> Row:
    if counts is None:
        return dict.fromkeys(("precision", "recall", "tp", "fp", "fn", "tn"))
    shares = {"precision": _rounded(counts.precision), "recall": _rounded(counts.recall)}
    return {**shares, "tp": counts.tp, "fp": counts.fp, "fn": counts.fn, "tn": counts.tn}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
