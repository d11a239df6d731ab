"""The lexicon: well-formed tables, and the automaton against spaCy's PhraseMatcher as reference."""

import spacy
from spacy.matcher import PhraseMatcher

from nlp.parse.folding import fold
from nlp.parse.matcher import Literal, Matcher, longest, open_page
from nlp.parse.tables import alternatives, reference_rows, rule_rows
from nlp.pipeline import build

TEXT = """We look for a Prompt Engineer who knows Python, SQL and Docker; vector databases such as Pinecone or Weaviate.
You evaluate large language models (GPT-4, Claude, Llama), build RAG with LangChain and deploy on AWS or Azure.
Nice to have: TypeScript, React, PostgreSQL, knowledge graphs, fine-tuning and A/B testing."""
TERMS = [
    "python", "sql", "docker", "vector databases", "pinecone", "weaviate", "large language models", "claude", "llama",
    "rag", "langchain", "aws", "azure", "typescript", "react", "postgresql", "knowledge graphs", "java", "rust",
]  # fmt: skip


def test_agrees_with_the_phrase_matcher():
    nlp = spacy.blank("en")
    reference = PhraseMatcher(nlp.vocab, attr="LOWER")
    reference.add("term", list(nlp.pipe(TERMS)))
    doc = nlp(TEXT)
    wanted = sorted((doc[start:end].start_char, doc[start:end].end_char) for _, start, end in reference(doc))
    found = Matcher([Literal(term, "t", term) for term in TERMS]).find(open_page(TEXT))["t"]
    assert [(hit.start, hit.end) for hit in longest(found)] == wanted


def test_folding_keeps_every_offset():
    for text in ("İstanbul ŞİŞ", "l’IA – «prompt»", "𝗣𝘆𝘁𝗵𝗼𝗻", "ﬁn ẞ", "\u00a0\t"):
        assert len(fold(text)) == len(text)
    assert fold("𝗣𝘆𝘁𝗵𝗼𝗻 l’IA") == "python l'ia"


def test_ids_are_unique_and_parents_exist():
    rows = reference_rows("skills")
    ids = [row["id"] for row in rows]
    assert len(ids) == len(set(ids))
    assert all(row["label_en"] and row["kind"] and row["parent"] and row["source"] for row in rows)
    assert {row["need"] for row in rows} == {"", "asked", "cue"}


def test_demands_name_known_skills():
    known = {row["id"] for row in reference_rows("skills")}
    assert {row["skill"] for row in rule_rows("demands")} <= known


def test_braces_expand():
    assert alternatives("{ai|} agent {a|b}") == ["ai agent a", "ai agent b", "agent a", "agent b"]


def test_the_pipeline_marks_skills_pay_and_sections():
    doc = build("en")("Requirements:\n- Python and R\n\nSalary: $90,000 per year")
    assert {span.label_ for span in doc.spans["skills"]} == {"python", "r"}
    assert doc.spans["pay"][0].label_ == "base"
    assert "requirements" in {span.label_ for span in doc.spans["sections"]}
    assert doc._.promptjobs["coding"] == "required"
