"""Whole extraction against spaCy's bare tokenizer on real, distinct adverts, in one process and one run.

    python benchmarks/extraction.py [CORPORA]

CORPORA is the folder with hackernews/ and himalayas/ (default: ../shared/corpora beside the checkout). Prints
adverts per second for Hacker News adverts and for whole adverts of job boards, the ratio to the tokenizer,
start-up seconds and peak memory. HTML is turned to text before the clock starts.
"""

import json
import lzma
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
WARM_UP, TURN, EVERY, LONG = 50, 5, 40, 4_000


def main(corpora: Path) -> None:
    started = time.perf_counter()
    from nlp.extract import Extractor

    extractor = Extractor()
    extractor.extract({"id": 0, "text": "We are hiring."})
    print(f"start-up {time.perf_counter() - started:.2f} s")
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    for name, adverts in (
        ("Hacker News", list(hackernews(corpora))),
        ("whole adverts", list(whole(corpora))),
    ):
        n, size = len(adverts), sum(map(len, adverts)) / len(adverts)
        ours, bare = rates(
            adverts,
            lambda text: extractor.extract({"id": 0, "source": "hackernews", "text": text}),
            tokenizer,
        )
        print(
            f"{name}: {n} adverts of {size:.0f} characters; extraction {ours:.0f}/s, tokenizer {bare:.0f}/s, {ours / bare:.1f}x"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def rates(adverts: list[str], *readers: Callable[[str], object]) -> list[float]:
    """Return each reader's adverts per second of processor time; the first adverts warm up and do not count.

    The readers take turns of a few adverts each, so that a busy machine slows all of them alike. Every advert is read
    once: nothing is found in a cache because it was read before.
    """
    seconds = [0.0] * len(readers)
    for first in range(0, len(adverts), TURN):
        for number, read in enumerate(readers):
            start = time.process_time()
            for text in adverts[first : first + TURN]:
                read(text)
            seconds[number] += (time.process_time() - start) * (first >= WARM_UP)
    return [(len(adverts) - WARM_UP) / taken for taken in seconds]


def hackernews(corpora: Path) -> Iterator[str]:
    from nlp.text import html_to_text

    with lzma.open(
        corpora / "hackernews" / "whoishiring_2018-06_2026-01.jsonl.xz", "rt", encoding="utf-8"
    ) as lines:
        for number, line in enumerate(lines):
            if number % EVERY == 0:
                row = json.loads(line)
                if row["level"] == 0 and row["text_html"]:
                    yield html_to_text(row["text_html"])


def whole(corpora: Path) -> Iterable[str]:
    """Adverts of 4,000 characters and more."""
    from nlp.text import html_to_text

    with lzma.open(corpora / "himalayas" / "items_dev.json.xz", "rt", encoding="utf-8") as file:
        items = json.load(file)["jobs"]
    texts = (html_to_text(item["description"]) for item in items)
    return dict.fromkeys(text for text in texts if len(text) >= LONG)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
