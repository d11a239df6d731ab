"""Titles, duties and terms of short adverts written for these tests; each row names the class it stands for."""

import pytest

from nlp.extract import extract_line
from nlp.parse.places import find_places

MODELS = "You work with language models and LLM tools all day."

TITLES = [
    # words for the trade in the languages of the adverts
    "Senior AI Prompt Engineer (m/w/d)", "Prompt-Ingenieur (w/m/d)", "Promptingenieur KI", "Ingénieur(e) Prompt - IA générative",
    "Ingénieur / Ingénieure en prompts (H/F)", "Rédactrice de prompts IA", "Ingénieur en ingénierie de requêtes", "Ingénieur·e prompt",
    "Ingeniera de prompts", "Especialista en Prompt Engineering", "Redactor/a de prompts", "Ingegnere dei Prompt", "Engenheiro(a) de Prompt Pleno",
    "Analista de Prompts", "Prompt-ontwikkelaar", "Promptingenjör", "シニアプロンプトエンジニア", "高级提示词工程师", "프롬프트 엔지니어", "Промпт-инженер",
    "Inżynier promptów AI", "Kỹ sư Prompt AI", "Prompt mühendisi", "Kehoteinsinööri",
    # trades beside engineering, and the word in plural or beside another trade
    "Prompt Writer / Content Designer", "LLM Prompt Specialist", "Conversation & Prompt Designer", "Prompt and Context Engineer",
    "Engineering Manager, Model Prompts & Evals", "Head of Prompt Engineering", "Prompt Linguist",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_the_trade(title):
    assert extract_line({"id": "x", "title": title, "text": MODELS})["prompt_relation"] == "title"


OTHER_TITLES = [
    ("Prompt Payment Officer", "none"), ("Command Prompt Administrator", "none"), ("Teleprompter Operator", "none"),
    ("Pharmacist - Prompt Pharmacy", "none"), ("Ingénieur requêtes SQL", "none"), ("Ingénieur rapide", "none"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "relation"), OTHER_TITLES)
def test_titles_of_other_trades(title, relation):
    assert extract_line({"id": "x", "title": title, "text": MODELS})["prompt_relation"] == relation


RELATIONS = [
    ("machine-translated", "Ingénieur rapide", "Vous rédigez des prompts pour nos modèles d'IA.", "title"),
    ("title-without-duties", "Prompt Engineer", "You keep the vans of our depot on the road. " * 12, "mention"),
    ("title-that-names-ai-only", "Prompt Engineer", "You lead quality checks of our AI data projects and of the AI vendors. " * 12, "mention"),
    ("title-in-italian", "Prompt Engineer", "Scrivi le specifiche funzionali e le spieghi ai colleghi e ai clienti della nostra sede. " * 12, "mention"),
    ("topic-is-no-trade", "Thèse - Formulation des prompts", "La thèse compare les prompts des modèles de langage.", "core"),
    ("asked-of-the-reader", "Developer", "Have you prompt-engineered an LLM and liked it? Write to us.", "required"),
    ("people-who", "Developer", "We like people who excel at prompt engineering and enjoy LLM work.", "required"),
    ("a-desire", "Developer", "Bring a desire to learn prompt and pipeline engineering for our AI agents.", "required"),
    ("skills-in", "Librarian", "Duties:\n- Use AI for research, including skills in prompt writing", "required"),
    ("colleagues", "Data Engineer", "Duties:\n- Work with our prompt engineers on AI pipelines", "mention"),
    ("sought-in-prose", "Studio news", "We are hiring a prompt engineer for our chatbot.", "core"),
    ("tools-for-prompting", "Frontend Developer", "Duties:\n- Build internal tools for labeling contracts and writing prompts for LLMs", "mention"),
    ("one-thing-of-many", "Platform Engineer", "Duties:\n- Keep an inventory of AI agents, prompts and models", "mention"),
    ("in-passing", "Developer", "Our AI turns a simple prompt into a song.", "mention"),
    ("duty-and-wish", "Conversation Designer", "Duties:\n- Refine prompts of our chatbot\n\nNice to have:\n- Prompt engineering", "core"),
    ("field-is-no-section", "", "Company: Bluebird Clinics\nLocation: Leeds\nKey tasks include APIs and prompt engineering for LLM assistants.", "core"),
    ("duty-and-skill", "Researcher", "Duties:\n- Optimize prompts of the LLM\n\nRequirements:\n- Prompt engineering", "required"),
    ("not-this-work", "Course Author", "You test AI courses yourself (not a prompt-engineering role).", "none"),
    ("school-prompts", "Course Editor", "You review assignment prompts and rubrics for our AI courses.", "none"),
    ("de-duty", "Texter", "Deine Aufgaben:\n- Prompts schreiben und testen für unsere KI-Assistenten und das Team in der Zentrale", "core"),
    ("company-name", "Developer", "PromptHaus builds AI software for bakers.", "none"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "relation"), [row[1:] for row in RELATIONS], ids=[row[0] for row in RELATIONS]
)
def test_relation(title, text, relation):
    assert extract_line({"id": "x", "title": title, "text": text})["prompt_relation"] == relation


PLACES = [
    ("state-behind-country", "Raleigh, US, North Carolina", [("Raleigh", "North Carolina")]),
    ("postcode", "900 Quebec Avenue, Corcoran, CA 93212", [("Corcoran", "California")]),
    ("state-alone", "California", [(None, "California")]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "places"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_a_region_is_told_once(raw, places):
    assert [(place.city, place.region) for place in find_places(raw)] == places


HN = "hackernews"
FACTS = [
    ("technology-is-no-code", {"title": "Customer Success Manager", "text": "Requirements:\n- You explain our SDK and mobile apps to clients"}, {"coding": "not_mentioned"}),
    ("disability-act", {"title": "Copywriter", "text": "Requirements:\n- English\nWe follow the Americans with Disabilities Act (ADA)."}, {"coding": "not_mentioned"}),
    ("call-scripts", {"title": "Nurse", "text": "Requirements:\n- Knowledge of call scripts"}, {"coding": "not_mentioned"}),
    ("programming-skills", {"title": "Epidemiologist", "text": "Requirements:\n- Statistical programming in R or SAS"}, {"coding": "required"}),
    ("machine-tools", {"title": "Chef d'atelier", "text": "Profil recherché :\n- Programmation usinage sur centre à commande numérique"}, {"coding": "not_mentioned"}),
    ("language-of-the-duties", {"title": "Data Analyst", "text": "Duties:\n- Automate our reports in Python"}, {"coding": "required"}),
    ("french-gender", {"title": "Ingénieur / Ingénieure système informatique (H/F)", "text": "Vous rejoignez une équipe de dix personnes."}, {"coding": "required"}),
    ("french-other-engineer", {"title": "Ingénieur travaux (H/F)", "text": "Vous suivez les chantiers."}, {"coding": "not_mentioned"}),
    ("listed-below-recruiter", {"source": HN, "text": "Acme Mills | Ghent | Full-time\nAsk our recruiter Ann.\nSenior Software Engineers\nWe grind flour."}, {"coding": "required"}),
    ("head-of-another-trade", {"source": HN, "text": "Acme Mills | Office Manager | Ghent | Full-time\nOur Engineers like cake."}, {"coding": "not_mentioned"}),
    ("interest-is-no-background", {"title": "Editor", "text": "Requirements:\n- A keen interest in natural language processing"}, {"ml": "not_mentioned"}),
    ("legal-hybrid", {"title": "Clerk", "text": "For remote and hybrid positions you need a good line."}, {"remote": "unspecified"}),
    ("hybrid-care", {"title": "Therapist", "text": "A hybrid care model serves our clients."}, {"remote": "unspecified"}),
    ("distributed-teams", {"title": "Engineer", "text": "You talk well across distributed teams."}, {"remote": "unspecified"}),
    ("sought-for-an-office", {"source": HN, "text": "Acme Mills | Ghent | Full-time\nWe are hiring for these roles in our new Ghent office: miller, baker."}, {"remote": "onsite"}),
    ("office-of-others", {"title": "Clerk", "text": "We met last year in our Ghent office."}, {"remote": "unspecified"}),
    ("required-then-wish", {"title": "Analyst", "text": "Requirements:\n- Bachelor's degree required, MBA preferred"}, {"degree": "bachelor", "degree_level": "required"}),
    ("wish-of-experience", {"title": "Seller", "text": "Requirements:\n- Bachelor's degree, with sales experience preferred"}, {"degree": "bachelor", "degree_level": "required"}),
    ("team-of-doctors", {"source": HN, "text": "Acme Mills | Baker | Ghent | Full-time\nWe are a team of PhD scientists who love bread."}, {"degree": "none_stated"}),
    ("master-data", {"title": "Clerk", "text": "Requirements:\n- Care of master data and of the scrum master's calendar"}, {"degree": "none_stated"}),
    ("address", {"source": HN, "text": "Acme Mills | Baker | Ghent\nSee https://git.example/acme/mill/blob/master/jobs.md"}, {"degree": "none_stated"}),
    ("bs-or-ms", {"title": "Engineer", "text": "Requirements:\n- BS or MS in Computer Science"}, {"degree": "bachelor"}),
    ("ged-in-french", {"title": "Archiviste", "text": "Profil recherché :\n- Vous connaissez une GED et les archives de la ville"}, {"degree": "none_stated"}),
    ("first-role-has-no-rank", {"source": HN, "text": "Acme Mills | Software Engineer, Engineering Manager | Ghent\nWe grind flour."}, {"seniority": "unspecified"}),
    ("rank-in-brackets", {"source": HN, "text": "Acme Mills | Backend and Frontend Engineers (Senior) | Ghent\nWe grind flour."}, {"seniority": "senior"}),
    ("en-stage", {"title": "Data Scientist - en stage (H/F)", "text": "Six mois avec notre équipe."}, {"seniority": "intern"}),
    ("mean-tenure", {"title": "Clerk", "text": "Profil recherché :\n- Une équipe stable : ancienneté moyenne de 5 ans, expérience partagée"}, {"years_min": None}),
    ("wished-years", {"title": "Chargée de mission", "text": "Profil recherché :\n- Expérience souhaitée de deux ans en collectivité"}, {"years_min": None}),
    ("head-contract", {"source": HN, "text": "Acme Mills | Baker | Contract | Remote\nWe grind flour."}, {"work_kind": "contract"}),
    ("head-choice", {"source": HN, "text": "Acme Mills | Baker | Full-time or Contract | Remote\nWe grind flour. Freelance work is fine."}, {"work_kind": "payroll"}),
    ("head-post", {"source": HN, "text": "Acme Mills | Baker | Full-time | Remote\nWe write invoices for freelance people."}, {"work_kind": "payroll"}),
    ("firm-that-sells-annotation", {"source": HN, "text": "Surge AI | Full-Stack Engineer | Remote\nWe help teams train AI with people."}, {"work_kind": "payroll"}),
    ("expert-tasks", {"title": "Physics Specialist | up to $85/hr", "text": "Mercor works with AI labs. Type: Contract. $85/hour, 4 tasks/week. Develop challenging problems for large language models and create high-quality data to inform the future of AI."}, {"work_kind": "gig_ai_training"}),
]  # fmt: skip


@pytest.mark.parametrize(("advert", "facts"), [row[1:] for row in FACTS], ids=[row[0] for row in FACTS])
def test_classes(advert, facts):
    found = extract_line({"id": "x", **advert})
    assert {name: found[name] for name in facts} == facts


ROLES_OF_A_POST = (
    "Acme Mills | Ghent | Full-time\nWe grind flour with AI agents.\n* Senior Developer *\nYou love Rust.\n"
    "* Prompt Engineer *\nYou write prompts for our LLM.\n* Office Manager *\nYou keep us fed."
)


def test_a_post_of_several_roles():
    """The relation is that of the role nearest to prompting, the rank the first role's, the demands those of any role."""
    facts = extract_line({"id": "x", "source": HN, "text": ROLES_OF_A_POST})
    assert (facts["prompt_relation"], facts["seniority"], facts["coding"]) == ("title", "senior", "required")


UNSOLVED = [
    ("spelled-out-lead", {"source": HN, "text": "Acme Mills | Engineering | Ghent\nWe are looking for someone to lead our key engineering efforts."}, {"seniority": "lead"}),
    ("rank-in-address", {"source": HN, "text": "Acme Mills | Ghent\nJob: https://acme.example/jobs/senior-software-engineer"}, {"seniority": "senior"}),
    ("basic-execution", {"title": "Prompt Engineer", "text": "Requirements:\n- You write prompts for LLMs\n- Comfortable running small pieces of code"}, {"coding": "required"}),
    ("bracket-is-an-example", {"title": "Chargé de mission", "text": "Missions\n- Organiser des ateliers de découverte de l'IA (traduction, synthèse, rédaction de prompts)"}, {"prompt_relation": "mention"}),
    ("years-without-unit", {"title": "Directeur", "text": "Profil recherché :\n- Dix ans d'expérience au moins, dont cinq dans une fonction de direction"}, {"years_min": 5}),
    ("customers-are-freelancers", {"title": "Designer", "text": "Our app is made for freelancers and contractors."}, {"work_kind": "payroll"}),
]  # fmt: skip


@pytest.mark.xfail(strict=True, reason="known to be unsolved")
@pytest.mark.parametrize(("advert", "facts"), [row[1:] for row in UNSOLVED], ids=[row[0] for row in UNSOLVED])
def test_unsolved(advert, facts):
    found = extract_line({"id": "x", **advert})
    assert {name: found[name] for name in facts} == facts
