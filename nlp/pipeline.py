"""Builds spaCy pipelines from blank languages: no model is downloaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

LANGUAGES = ("en", "fr")


def build(lang: str) -> "Language":
    """Return a blank pipeline for `lang` with our components: contexts, then facts."""
    nlp = build_context(lang)
    nlp.add_pipe("promptjobs_facts")
    return nlp


def build_context(lang: str) -> "Language":
    """Return the pipeline for single lines: a tokenizer and the contexts of ambiguous words."""
    import spacy

    import nlp.components  # noqa: F401 - registers the factories

    pipeline = spacy.blank(lang if lang in LANGUAGES else "xx")
    pipeline.add_pipe("promptjobs_context")
    return pipeline
