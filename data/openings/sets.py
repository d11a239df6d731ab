"""Placing many postings in openings, of which only those are worked out again whose surroundings changed.

Adverts that share no address, and no employer together with title or requisition number, have no say in each
other's opening: a set of adverts tied by these is resolved by itself, and while none of it changes its
placements hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from data.openings.chains import Advert
from data.openings.spellings import canonical_url, normalise_title
from data.resolve import Placed, resolve

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

IDENTITY = (
    "posting_key", "start", "end", "employer_key", "title", "seniority", "url", "requisition_id", "sketch",
    "place",
)  # fmt: skip
"""Columns of the frames below: the fields of data.openings.chains.Advert, with days as datetime64."""
DIGEST = ("digest_a", "digest_b")
PLACED = ("posting_key", *DIGEST, "opening_key", "opening_reason", "is_repost")
"""Columns of placements: a posting, the digest of the set it was resolved in, and where it was put."""
_HASH_KEYS = ("promptjobs open.", "openings, again.")  # 16 characters each, as the hash wants them
_NONE = "\0"


def place(identity: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Placements of the adverts of `identity` (columns IDENTITY), in its order, with its index.

    `known`: placements of an earlier time (columns PLACED); a set of adverts they hold unchanged is not
    resolved again. The answer is the same with and without.
    """
    import pandas as pd

    if identity.empty:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in PLACED}, index=identity.index)
    sets = connected(identity)
    placed = identity[["posting_key"]].assign(**dict(zip(DIGEST, _digests(identity, sets), strict=True)))
    placed = _remembered(placed, sets, known)
    stale = placed["opening_key"].isna().to_numpy()
    fresh = _resolved(identity[stale])
    for name, values in fresh.items():
        placed[name] = placed[name].astype(object)
        placed.loc[stale, name] = values
    return placed.astype({"is_repost": bool})


def _resolved(identity: pd.DataFrame) -> dict[str, list[Any]]:
    found = {one.posting_key: one for one in resolve(adverts(identity))}
    placed: list[Placed] = [found[key] for key in identity["posting_key"]]
    return {
        "opening_key": [one.opening_key for one in placed],
        "opening_reason": [one.reason for one in placed],
        "is_repost": [one.is_repost for one in placed],
    }


def adverts(identity: pd.DataFrame) -> Iterator[Advert]:
    """The rows of `identity` as adverts."""
    days = {name: identity[name].dt.date for name in ("start", "end")}
    words = identity[[name for name in IDENTITY if name not in days]].astype(object)
    words = words.where(words.notna(), None)
    for row in zip(*(days.get(name, words.get(name)) for name in IDENTITY), strict=True):
        yield Advert(*row)


def connected(identity: pd.DataFrame) -> np.ndarray[Any, Any]:
    """For each row the number of its set, from 0: rows share one where a link ties them, straight or round."""
    import numpy as np
    import pandas as pd

    titles = list(map(normalise_title, *(_plain(identity[name]) for name in ("title", "place"))))
    known = identity["employer_key"].notna().to_numpy()
    words = pd.DataFrame({"employer": identity["employer_key"].to_numpy(), "title": titles})
    # A set is a block of one employer and title; requisitions and addresses tie blocks together.
    blocks = words.groupby(["employer", "title"], dropna=False, sort=False).ngroup().to_numpy()
    nodes = np.where(known, blocks, blocks.max() + 1 + np.arange(len(identity)))
    stated = [None if number is None else number.casefold() for number in _plain(identity["requisition_id"])]
    numbers = pd.Series(list(zip(words["employer"], stated, strict=True)), dtype=object)
    numbers = numbers.where(known & identity["requisition_id"].notna().to_numpy())
    links = [numbers, pd.Series(map(canonical_url, _plain(identity["url"])), dtype=object)]
    roots = _roots([_tied(link, nodes) for link in links])
    moved = pd.Series(nodes).map(roots).fillna(pd.Series(nodes))
    numbered: np.ndarray[Any, Any] = pd.factorize(moved.astype("int64"))[0]
    return numbered


def _plain(values: pd.Series) -> pd.Series:
    plain = values.astype(object)
    return plain.where(plain.notna(), None)


def _tied(link: pd.Series, nodes: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """(link, node) of the links that more than one node has."""
    import pandas as pd

    codes, _ = pd.factorize(link)
    pairs = pd.DataFrame({"link": codes, "node": nodes})[codes >= 0].drop_duplicates()
    pairs = pairs[pairs.duplicated("link", keep=False)]
    return list(zip(pairs["link"].tolist(), pairs["node"].tolist(), strict=True))


def _roots(links: list[list[tuple[int, int]]]) -> dict[int, int]:
    """The root of every node, where nodes with a link in common belong together (union-find)."""
    parent = {node: node for pairs in links for _, node in pairs}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for pairs in links:
        first: dict[int, int] = {}
        for link, node in pairs:
            a, b = root(first.setdefault(link, node)), root(node)
            parent[max(a, b)] = min(a, b)
    return {node: root(node) for node in parent}


def _digests(identity: pd.DataFrame, sets: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    """Two 64-bit sums over the rows of each set, at each row: the same only for the same adverts."""
    import numpy as np
    from pandas.util import hash_pandas_object

    plain = identity[list(IDENTITY)].fillna(dict.fromkeys(("employer_key", "title", "url"), _NONE))
    plain = plain.fillna({"requisition_id": _NONE, "place": _NONE})
    order = np.argsort(sets, kind="stable")
    starts = np.flatnonzero(np.diff(sets[order], prepend=-1))
    sums = []
    for key in _HASH_KEYS:
        rows = hash_pandas_object(plain, index=False, hash_key=key).to_numpy()
        sums.append(np.add.reduceat(rows[order], starts)[sets])
    return sums


def _remembered(placed: pd.DataFrame, sets: np.ndarray[Any, Any], known: pd.DataFrame | None) -> pd.DataFrame:
    """`placed` with the known placements of whole unchanged sets; elsewhere opening_key is missing."""
    import numpy as np
    import pandas as pd

    answers = [name for name in PLACED if name not in placed]
    if known is None or known.empty:
        return placed.assign(**dict.fromkeys(answers))
    at = pd.Index(known["posting_key"]).get_indexer(pd.Index(placed["posting_key"]))
    held = known.iloc[at]
    same = at >= 0
    for name in DIGEST:
        same &= held[name].to_numpy() == placed[name].to_numpy()
    whole = np.ones(sets.max() + 1, dtype=bool)
    np.logical_and.at(whole, sets, same)
    for name in answers:
        values = held[name].astype(object).to_numpy().copy()
        values[~whole[sets]] = None
        placed[name] = values
    return placed
