"""Factory `promptjobs_facts`: reads every fact of an advert and points at its words in the Doc."""

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.parse.reading import Line
from nlp.read import Advert, Reader

EXTENSION = "promptjobs"


@Language.factory(
    "promptjobs_facts", default_config={"country": None}, assigns=["doc._.promptjobs", "doc.spans"]
)
class FactReader:
    """Sets `doc._.promptjobs` (the facts, as `extract` writes them) and the spans skills, pay and sections."""

    def __init__(self, nlp: Language, name: str, country: str | None) -> None:
        self.name, self._country = name, country
        self._reader = Reader()
        if not Doc.has_extension(EXTENSION):
            Doc.set_extension(EXTENSION, default=None)

    def __call__(self, doc: Doc) -> Doc:
        reading, facts = self._reader.read(Advert(text=doc.text, country=self._country))
        doc._.promptjobs = facts
        doc.spans["skills"] = [span for item in facts["skills"] if (span := _span(doc, item, item["id"]))]
        doc.spans["pay"] = [span for item in facts["salaries"] if (span := _span(doc, item, item["kind"]))]
        doc.spans["sections"] = [span for line in reading.lines if (span := _section(doc, line))]
        return doc


def _span(doc: Doc, item: dict[str, Any], label: str) -> Span | None:
    return doc.char_span(item["start"], item["end"], label=label, alignment_mode="expand")


def _section(doc: Doc, line: Line) -> Span | None:
    if line.section is None:
        return None
    return doc.char_span(line.start, line.end, label=line.section, alignment_mode="expand")
