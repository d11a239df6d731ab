"""Our skills against SkillSpan's knowledge spans (Zhang et al. 2022, TECH dev set), span by span.

    python benchmarks/skillspan.py [FOLDER]

FOLDER holds skillspan_tech_dev.conll (default: ../shared/corpora/skillspan beside the checkout): a token a line with
its skill and its knowledge tag. Each sentence is read as an advert of its own; a span counts where start and end are
those of the label (strict F1), or overlap it (loose F1).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "shared" / "corpora" / "skillspan"
NAME = "skillspan_tech_dev.conll"
KNOWLEDGE = 2

Span = tuple[int, int]


def main(folder: Path) -> None:
    path = folder / NAME
    if not path.exists():
        print(f"skipped: {path.name} is not in {folder.name}/")
        return
    from nlp.extract import Extractor

    extractor = Extractor()
    pairs = []
    for tokens, tags in sentences(path.read_text(encoding="utf-8")):
        text = " ".join(tokens)
        found = extractor.extract({"id": 0, "title": "-", "text": text})["skills"]
        pairs.append((spans(tokens, tags), {(skill["start"], skill["end"]) for skill in found}))
    n, n_labelled = len(pairs), sum(len(wanted) for wanted, _ in pairs)
    print(f"{n} sentences, {n_labelled} knowledge spans, {sum(len(found) for _, found in pairs)} found")
    for name, same in (("strict", equal), ("loose", overlap)):
        right = sum(any(same(span, other) for other in wanted) for wanted, found in pairs for span in found)
        met = sum(any(same(span, other) for other in found) for wanted, found in pairs for span in wanted)
        precision, recall = (
            right / max(1, sum(len(found) for _, found in pairs)),
            met / max(1, n_labelled),
        )
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def sentences(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield tokens and knowledge tags of each sentence of a CoNLL text."""
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line.strip()]
        if rows:
            yield [row[0] for row in rows], [row[KNOWLEDGE] for row in rows]


def spans(tokens: list[str], tags: list[str]) -> set[Span]:
    """Return the labelled spans as characters of the tokens joined by spaces."""
    found: list[list[int]] = []
    start, before = 0, "O"
    for token, tag in zip(tokens, tags, strict=True):
        end = start + len(token)
        if tag.startswith("B") or (tag.startswith("I") and before == "O"):
            found.append([start, end])
        elif tag.startswith("I"):
            found[-1][1] = end
        start, before = end + 1, tag
    return {(first, last) for first, last in found}


def equal(span: Span, other: Span) -> bool:
    return span == other


def overlap(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
