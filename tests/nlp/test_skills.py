"""Which words are skills and how strongly they are asked for: sentences written for these tests, one class a row.

The classes come from reading what the rules say about real adverts (Hacker News, Himalayas, France Travail); strict
xfail rows are what is not solved yet.
"""

import pytest

from nlp.extract import extract_line

REQUIRED, PREFERRED, MENTIONED = "required", "preferred", "mentioned"


def unsolved(reason):
    return pytest.mark.xfail(strict=True, reason=reason)


FOUND = [
    ("one-a-tool", "Requirements:\n- JavaScript/TypeScript, React/Redux and Jira/Confluence", {"javascript": REQUIRED, "typescript": REQUIRED, "react": REQUIRED, "redux": REQUIRED, "jira": REQUIRED, "confluence": REQUIRED}),
    ("small-letters-between", "You know python, go, docker and kubernetes.", {"go": None, "docker": None}),
    ("ambiguous-in-list", "Requirements:\n- Python, R or Go", {"r": REQUIRED, "go": REQUIRED}),
    ("french-names", "Profil recherché :\n- Maîtrise de la modélisation de données et des bases de données vectorielles", {"data-modeling": REQUIRED, "vector-databases": REQUIRED}),
    ("synonym-fr", "Vos compétences :\n- Marchés publics et droit public", {"public-procurement": REQUIRED, "public-law": REQUIRED}),
    ("gen-ai", "Requirements:\n- RAG with LlamaIndex and Qdrant, guardrails, LLM-as-a-judge, n8n, ComfyUI, Label Studio", {"retrieval-augmented-generation": REQUIRED, "llamaindex": REQUIRED, "qdrant": REQUIRED, "llm-as-a-judge": REQUIRED, "n8n": REQUIRED, "comfyui": REQUIRED, "label-studio": REQUIRED}),
    ("examples-rather-than-head", "Requirements:\n- Experience with cloud platforms (AWS, GCP)", {"aws": REQUIRED, "google-cloud": REQUIRED}),
    ("nice-to-have", "Requirements:\n- SQL\n\nNice to have:\n- Experience with Terraform", {"sql": REQUIRED, "terraform": PREFERRED}),
    ("duty", "What you'll do:\n- Deploy services with Terraform and Docker", {"terraform": MENTIONED, "docker": MENTIONED}),
    ("strongest", "Our stack: Python.\n\nRequirements:\n- Python", {"python": REQUIRED}),
    ("even-if-basic", "Requirements:\n- Experience with SQL (even if basic)", {"sql": PREFERRED}),
    ("learned-there", "In this role you will gain experience with Kubernetes.", {"kubernetes": MENTIONED}),
]  # fmt: skip
ABSENT = [
    ("people", "You work with machine learning engineers, our front-end team and product managers.", {"machine-learning", "front-end-development", "product-management"}),
    ("people-fr", "Vous travaillez avec les équipes front-end et les développeurs back-end.", {"front-end-development", "back-end-development"}),
    ("investors", "We are backed by Salesforce Ventures and by engineers from OpenAI and Stripe.", {"salesforce", "openai", "stripe"}),
    ("clients", "Our customers include Snowflake, Databricks and Shopify.", {"snowflake", "databricks", "shopify"}),
    ("comparison", "We build an open tool for logs (think Datadog, but fast).", {"datadog"}),
    ("not-required", "Requirements:\n- Kubernetes is not required", {"kubernetes"}),
    ("everyday-word", "Requirements:\n- You have a sense of strategy in all you do", {"strategy"}),
    ("verb", "We move fast, make tea and go home at five.", {"make", "go"}),
    ("dutch-adverb", "Er wordt hard gewerkt, maar ook flink gelachen.", {"flink"}),
    ("rest", "We value rest and bike to work schemes.", {"rest-apis", "scheme"}),
    ("https", "Remote | Full-time | https://acme.example", {"http"}),
    ("head-of-examples", "Requirements:\n- Experience with cloud platforms (AWS, GCP)", {"cloud-computing"}),
    ("perks", "Benefits:\n- A budget for courses, pet insurance and writing retreats", {"insurance", "writing"}),
]  # fmt: skip
UNSOLVED_FOUND = [
    ("no-list-holds", "Requirements:\n- Python, Frobnicator and Docker", {"frobnicator": REQUIRED}, "a product that no list holds is not found (class: half of the skills we miss)"),
    ("phrase", "Requirements:\n- Experience building saved searches and custom records in NetSuite", {"custom-records": REQUIRED}, "phrases of an employer's own making (class: business systems)"),
    ("duty-in-title-case", "Responsibilities\n\nPrompt Engineering Techniques (Zero-shot, few-shot)\nLangChain & vector databases", {"langchain": REQUIRED}, "noun lists under a heading of duties read as mentions, people read demands"),
    ("several-roles", "Acme | Several roles | Remote | Full-time\nBackend: Go. Data: Spark is a plus for this role, a must for that one.", {"spark": REQUIRED}, "several roles in one advert share their levels (Hacker News)"),
]  # fmt: skip
UNSOLVED_ABSENT = [
    ("what-this-is-not", "What this is not:\n- Data labeling\n- Copywriting in lists", {"data-labeling"}, "a heading that says no holds for the lines below it"),
    ("own-product", "Arize is the leading platform for agents.\nCome to Arize and meet LangChain fans.", {"arize"}, "an employer's own product counts as a skill"),
    ("french-adjective", "Profil recherché :\n- Expérience en formation et compétences linguistiques exigées", {"linguistics"}, "French adjectives in the form of a science"),
]  # fmt: skip


def read(text):
    found = extract_line({"id": "x", "title": "Specialist", "text": text})["skills"]
    return {skill["id"]: skill["level"] for skill in found}


def rows(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


@pytest.mark.parametrize(
    ("text", "wanted"),
    rows(FOUND)
    + [
        pytest.param(text, wanted, id=name, marks=unsolved(why)) for name, text, wanted, why in UNSOLVED_FOUND
    ],
)
def test_found_at_level(text, wanted):
    found = read(text)
    assert {name: level and found.get(name) for name, level in wanted.items()} == wanted
    assert wanted.keys() <= found.keys()


@pytest.mark.parametrize(
    ("text", "unwanted"),
    rows(ABSENT)
    + [pytest.param(text, no, id=name, marks=unsolved(why)) for name, text, no, why in UNSOLVED_ABSENT],
)
def test_absent(text, unwanted):
    assert read(text).keys() & unwanted == set()
