"""The adverts that the labelled pairs of identity_pairs.csv are about, with all others of the same employers.

Texts are read from the shared corpora and never kept: what is made of them are facts and sketches.
By hand, with the mistakes of the half that may be looked at: python -m tests.data.identity_corpora
"""

from __future__ import annotations

import csv
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from data import corpora
from data.employers import normalise_employer
from data.intake import accept
from data.openings.chains import Advert
from data.reference import Board
from data.resolve import resolve
from data.settings import ARCHIVE
from data.similarity import sketch
from tests.shared import SHARED

CORPORA = SHARED / "corpora"
PAIRS = Path(__file__).parent / "identity_pairs.csv"
NO_TEXTS = "ats_presence"
Z = 1.96
AROUND = timedelta(days=180)
"""Adverts of the same employer that are read with a pair: further away none can have a say."""


@dataclass(frozen=True)
class Pair:
    """Two adverts and what a reader says: `label` same or different, `kind` of duplicate or reason of difference."""

    corpus: str
    a: str
    b: str
    label: str
    kind: str
    stratum: str

    @property
    def keys(self) -> tuple[str, str]:
        return f"{self.corpus}:{self.a}", f"{self.corpus}:{self.b}"

    @property
    def is_held_out(self) -> bool:
        """Half of the pairs, by hash: their mistakes are counted and not looked at."""
        return int(sha256(f"{self.corpus} {self.a} {self.b}".encode()).hexdigest(), 16) % 2 == 1


def pairs() -> list[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [Pair(**row) for row in csv.DictReader(file)]


def judged(found: Iterable[Pair]) -> list[tuple[Pair, bool]]:
    """Each pair with whether the resolver, given all adverts of the employers concerned, makes it one opening."""
    found = list(found)
    wanted: dict[str, set[str]] = defaultdict(set)
    for pair in found:
        wanted[pair.corpus] |= {pair.a, pair.b}
    adverts = [one for corpus, ids in wanted.items() for one in READERS[corpus](ids)]
    opening = {one.posting_key: one.opening_key for one in resolve(adverts)}
    return [(pair, opening[pair.keys[0]] == opening[pair.keys[1]]) for pair in found]


# --- the corpora ----------------------------------------------------------------------------------


def hacker_news(ids: set[str]) -> Iterator[Advert]:
    """Facts out of the starter archive, texts out of the threads."""
    import pandas as pd

    names = ["posting_key", "source", "employer_key", "title", "seniority", "place", "dated_on", "url"]
    facts = pd.read_parquet(ARCHIVE / "postings.parquet", columns=names)
    facts = facts[facts["source"] == "hackernews"].astype(object)
    facts = facts.where(facts.notna(), None).set_index("posting_key")
    asked = facts.loc[[f"hackernews:{number}" for number in sorted(ids)]]
    days = asked.groupby("employer_key")["dated_on"].agg(["min", "max"])
    ours = facts.join(days, on="employer_key", how="inner")
    ours = ours[(ours["min"] - ours["dated_on"] <= AROUND) & (ours["dated_on"] - ours["max"] <= AROUND)]
    rows = ours.to_dict("index") | asked.to_dict("index")
    for key, text in _comments({key.removeprefix("hackernews:") for key in rows}):
        row = rows[f"hackernews:{key}"]
        yield Advert(
            f"hackernews:{key}", row["dated_on"], row["dated_on"], row["employer_key"], row["title"],
            row["seniority"], row["url"], None, sketch(text), row["place"],
        )  # fmt: skip


_ID = re.compile(rb'"id": ?(\d+)')


def _comments(ids: set[str]) -> Iterator[tuple[str, str]]:
    path = next(CORPORA.glob("hackernews/whoishiring_*.jsonl.xz"))
    for line in lzma.decompress(path.read_bytes()).splitlines():
        number = _ID.search(line)
        if number is not None and number[1].decode() in ids:
            comment = json.loads(line)
            yield str(comment["id"]), _text({"html": comment["text_html"]})
            ids.discard(str(comment["id"]))
    for path in sorted(CORPORA.glob("hackernews/raw_*.json.xz"), reverse=True):
        for job in json.loads(lzma.decompress(path.read_bytes()))["jobs"] if ids else ():
            if str(job["id"]) in ids:
                ids.discard(str(job["id"]))
                yield str(job["id"]), _text({"html": job["text"]})


def prompt_engineer_ads(ids: set[str]) -> Iterator[Advert]:
    return _read(corpora.SAMPLE, corpora.prompt_engineer_ads(CORPORA).adverts, ids)


def france_travail(ids: set[str]) -> Iterator[Advert]:
    with lzma.open(CORPORA / "francetravail/offers_dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        offers = [json.loads(line) for line in lines]
    return _read("francetravail", [
        {
            "source": "francetravail", "board": "corpus", "external_id": offer["offer_id"], "url": offer["url"],
            "title": offer["title"], "company": offer["company"], "text": offer["description"],
            "places": (offer["location"],) if offer["location"] else (),
            "posted_on": date.fromisoformat(offer["published_date"][:10]), "posted_basis": "stated",
        }
        for offer in offers
    ], ids)  # fmt: skip


def himalayas(ids: set[str]) -> Iterator[Advert]:
    from scraper.platforms.himalayas import Himalayas

    reader, board = Himalayas(), Board(source="himalayas", board="feed")
    raws = json.loads(lzma.decompress((CORPORA / "himalayas/items_dev.json.xz").read_bytes()))["jobs"]
    read = [reader.posting(raw, board, Counter()) | {"external_id": reader.external_id(raw)} for raw in raws]
    return _read("himalayas", read, ids)


def ats_presence(ids: set[str]) -> Iterator[Advert]:
    """Presence without texts: title, place and days only."""
    import pandas as pd

    jobs = pd.concat([pd.read_parquet(p) for p in CORPORA.glob("ats_presence/jobs/*/part.parquet")])
    seen = pd.concat(
        [
            pd.read_parquet(p, columns=["job_uid", "snapshot_date"])
            for p in CORPORA.glob("ats_presence/snapshots/*/part.parquet")
        ]
    )
    last = seen.groupby("job_uid")["snapshot_date"].max()
    companies = set(jobs.loc[jobs["job_uid"].isin(ids), "company"])
    for row in jobs[jobs["company"].isin(companies)].to_dict("records"):
        start, end = row["published_at"][:10], last[row["job_uid"]]
        yield Advert(
            f"ats_presence:{row['job_uid']}", date.fromisoformat(start), date.fromisoformat(end),
            normalise_employer(row["company"]), row["title"], "unspecified", row["apply_url"], None, b"",
            row["location_raw"],
        )  # fmt: skip


READERS = {
    "hackernews": hacker_news,
    "prompt_engineer_ads": prompt_engineer_ads,
    "francetravail": france_travail,
    "himalayas": himalayas,
    "ats_presence": ats_presence,
}


def _read(corpus: str, raws: list[dict[str, Any]], ids: set[str]) -> Iterator[Advert]:
    """The records of the employers that `ids` are of, read as a record's documents are."""
    from nlp.enrich import advert as form
    from nlp.extract import load_extractor

    employers = {normalise_employer(raw["company"]) for raw in raws if raw["external_id"] in ids} - {None}
    for raw in raws:
        if raw["external_id"] not in ids and normalise_employer(raw["company"]) not in employers:
            continue
        document = {k: v for k, v in accept(raw).model_dump().items() if v}
        text = _text(document)
        _, _, facts = load_extractor().read(form(document, text))
        yield Advert(
            f"{corpus}:{raw['external_id']}", raw["posted_on"], raw["posted_on"],
            normalise_employer(facts["company"]), facts["title"], facts["seniority"], raw["url"],
            raw.get("requisition_id"), sketch(text), "; ".join(raw["places"]) or None,
        )  # fmt: skip


def _text(document: dict[str, Any]) -> str:
    from nlp.extract import plain_text

    return plain_text(document)


# --- scores ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """Right and all: of the pairs made one (precision), of those that are one (recall)."""

    precision: tuple[int, int]
    recall: tuple[int, int]


def score(results: Iterable[tuple[Pair, bool]]) -> Score:
    results = list(results)
    right = sum(made and pair.label == "same" for pair, made in results)
    made_one = sum(made for _, made in results)
    return Score((right, made_one), (right, sum(pair.label == "same" for pair, _ in results)))


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of k in n."""
    middle, half = (k + Z * Z / 2) / (n + Z * Z), Z * (k * (n - k) / n + Z * Z / 4) ** 0.5 / (n + Z * Z)
    return middle - half, middle + half


def main() -> None:
    results = judged(pairs())
    for name, part in (("first half", False), ("held out", True)):
        print(name, _said([(p, m) for p, m in results if p.is_held_out == part]))
    strata: dict[str, list[tuple[Pair, bool]]] = defaultdict(list)
    for pair, made in results:
        strata[pair.stratum].append((pair, made))
    for name, rows in sorted(strata.items()):
        print(f"{name}: {_said(rows)}")
    for pair, made in results:
        if not pair.is_held_out and made != (pair.label == "same"):
            print("merged" if made else "missed", pair)


def _said(rows: list[tuple[Pair, bool]]) -> str:
    with_text = [(p, m) for p, m in rows if p.corpus != NO_TEXTS]
    found = score(with_text)
    said = [f"n {len(rows)}, same {sum(p.label == 'same' for p, _ in rows)}"]
    for name, (k, n) in (("precision", found.precision), ("recall", found.recall)):
        said.append(f"{name} {k}/{n}" + (f" [{wilson(k, n)[0]:.2f}, {wilson(k, n)[1]:.2f}]" if n else ""))
    return "; ".join(said)


if __name__ == "__main__":
    main()
