"""Factory `promptjobs_context`: marks the ambiguous skill names of a Doc that their neighbours corroborate."""

from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from nlp.parse.neighbours import TARGET, rules, targets

KEY = "context"


@Language.factory("promptjobs_context", default_config={"key": KEY}, assigns=["doc.spans"])
class ContextMarker:
    """Puts a span into `doc.spans[key]` for each ambiguous word that stands in a corroborating context."""

    def __init__(self, nlp: Language, name: str, key: str) -> None:
        self.name, self.key = name, key
        self._matcher = Matcher(nlp.vocab)
        for number, rule in enumerate(rules()):
            self._matcher.add(f"{number}", [[_token(item) for item in rule]])
        self._places = [rule.index(TARGET) for rule in rules()]

    def __call__(self, doc: Doc) -> Doc:
        spans = []
        for label, start, _ in self._matcher(doc):
            at = start + self._places[int(doc.vocab.strings[label])]
            spans.append(Span(doc, at, at + 1, label="corroborated"))
        doc.spans[self.key] = filter_spans(spans)
        return doc


def _token(item: Any) -> dict[str, Any]:
    return {"ORTH": {"IN": list(targets())}} if item == TARGET else {"LOWER": {"IN": item}}
