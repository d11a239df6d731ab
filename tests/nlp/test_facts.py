"""Facts of short adverts written for these tests: one row an advert, the facts it must give."""

import pytest

from nlp.extract import extract_line

ADVERTS = [
    ("en-title", {"title": "Senior Prompt Engineer", "text": "Requirements:\n- 5+ years of experience with Python\n- Bachelor's degree in Computer Science\nThis is a fully remote role."},
     {"lang": "en", "prompt_relation": "title", "seniority": "senior", "years_min": 5, "degree": "bachelor", "degree_level": "required", "remote": "remote", "coding": "required", "work_kind": "payroll"}),
    ("en-core", {"title": "Content Lead", "text": "What you'll do:\n- Write prompts for our LLM products\n- Test prompts with every new model and keep our prompt library\n\nRequirements:\n- Two years of experience in editing"},
     {"prompt_relation": "core", "seniority": "lead", "years_min": 2, "degree": "none_stated", "degree_level": None}),
    ("en-required", {"title": "Support Analyst", "text": "Requirements:\n- Experience with prompt engineering for LLM tools\n- Clear communication skills"},
     {"prompt_relation": "required", "coding": "not_mentioned"}),
    ("en-preferred", {"title": "Data Analyst", "text": "Requirements:\n- SQL\n\nNice to have:\n- Prompt engineering for ChatGPT"},
     {"prompt_relation": "preferred", "coding": "not_mentioned", "ml": "not_mentioned"}),
    ("trap-payment", {"title": "Accounts Clerk", "text": "You make sure of prompt payment of invoices and answer promptly. Familiar with the command prompt."}, {"prompt_relation": "none"}),
    ("trap-not", {"title": "Rater", "text": "What this is not: not prompt engineering, not labelling."}, {"prompt_relation": "none"}),
    ("trap-address", {"source": "hackernews", "text": "Promptwell | Ghent | Full-time | https://promptwell.example\n\nWe hire a developer for our AI chatbot."}, {"prompt_relation": "none"}),
    ("trap-title", {"title": "Prompt Payment Officer", "text": "You pay suppliers on time."}, {"prompt_relation": "none"}),
    ("fr-titre", {"title": "Ingénieur Prompt confirmé (H/F)", "text": "Vos missions :\n- Concevoir des prompts pour nos LLM\n\nProfil :\n- Bac+5\n- Au moins 3 ans d'expérience en développement Python\n- 2 jours de télétravail par semaine"},
     {"lang": "fr", "prompt_relation": "title", "seniority": "mid", "years_min": 3, "degree": "master", "degree_level": "required", "remote": "hybrid", "coding": "required"}),
    ("fr-aucun", {"title": "Comptable H/F", "text": "Votre profil : vous êtes titulaire d'un BTS et vous avez deux ans d'expérience dans le métier. Le poste est basé dans nos locaux, à Lille."},
     {"lang": "fr", "prompt_relation": "none", "degree": "other", "years_min": 2, "remote": "onsite", "coding": "not_mentioned"}),
    ("fr-stage", {"title": "Stage - Rédacteur de prompts", "text": "Nous cherchons pour notre équipe une personne qui écrit des prompts pour nos outils d'IA générative. Le stage dure six mois dans les bureaux de la société."},
     {"prompt_relation": "title", "seniority": "intern", "work_kind": "payroll"}),
    ("fr-freelance", {"title": "Développeur Java", "text": "Mission freelance de six mois pour notre client, avec un TJM de 450 € et une équipe de dix personnes sur le site de Nantes."}, {"work_kind": "contract", "coding": "required"}),
    ("fr-remote", {"title": "Développeuse Go", "text": "Le poste est ouvert en 100 % télétravail pour une personne qui aime les systèmes et la qualité."}, {"remote": "remote", "coding": "required"}),
    ("de-titel", {"title": "Prompt-Ingenieur (m/w/d)", "text": "Wir suchen für unser Team in Köln eine Person, die mit Sprachmodellen arbeitet. Deine Aufgaben:\n- Prompts für unsere KI schreiben und mit dem Team testen"}, {"lang": "de", "prompt_relation": "title"}),
    ("es-titulo", {"title": "Ingeniera de prompts", "text": "Buscamos una persona para diseñar los prompts de nuestro asistente, con experiencia en modelos de lenguaje y en el trabajo con clientes."}, {"lang": "es", "prompt_relation": "title"}),
    ("gig", {"title": "Writing Expert - AI Training", "text": "Help train AI models. Rate AI responses, evaluate model responses and write better ones. You are a freelance independent contractor, choose your own hours and are paid weekly per task."}, {"work_kind": "gig_ai_training"}),
    ("contract", {"title": "Prompt Designer (contract)", "text": "A 6-month contract position. You design prompts for our LLM assistant."}, {"work_kind": "contract", "prompt_relation": "title"}),
    ("hybrid", {"title": "Engineer", "text": "A hybrid role: three days in the office, and sometimes you may work remotely."}, {"remote": "hybrid"}),
    ("onsite", {"title": "Engineer", "text": "This job is on-site in Leeds. No remote work."}, {"remote": "onsite"}),
    ("remote-trap", {"title": "Nurse", "text": "You look after remote patient monitoring and remote sensing devices."}, {"remote": "unspecified"}),
    ("hn", {"source": "hackernews", "text": "Acme Robots | Lead Scala Engineer | Berlin or REMOTE | Full-time\nWe build arms for kitchens.\nMust have: Kafka."}, {"seniority": "lead", "remote": "remote", "coding": "required", "company": "Acme Robots"}),
    ("ml", {"title": "Machine Learning Engineer", "text": "You train models."}, {"ml": "required", "coding": "required"}),
    ("years-not-age", {"title": "Baker", "text": "Requirements:\n- You are 18 years old\n- Our company has been in business for 30 years"}, {"years_min": None}),
    ("degree-preferred", {"title": "Analyst", "text": "Requirements:\n- Excel\n\nPreferred qualifications:\n- Master's degree in statistics"}, {"degree": "master", "degree_level": "preferred"}),
    ("director", {"title": "Director of AI", "text": "You lead the department."}, {"seniority": "executive"}),
]  # fmt: skip


@pytest.mark.parametrize(("advert", "facts"), [row[1:] for row in ADVERTS], ids=[row[0] for row in ADVERTS])
def test_facts(advert, facts):
    found = extract_line({"id": "x", **advert})
    assert {name: found[name] for name in facts} == facts


KINDS = [
    ("rater", "Chemistry Expert", "Lumen Labs pays experts to write hard chemistry problems and to judge answers written by models. You rate model responses and write training data for chatbots. Pick your own hours; $35 per hour, paid weekly.", "gig_ai_training"),
    ("platform", "Physics Specialist", "Type: Contract. Mercor works with leading AI labs. You evaluate model outputs and annotate errors. $50/hour.", "gig_ai_training"),
    ("labels", "Image Annotator", "Label photos for our client from home. Part-time, as an independent contractor, $9 an hour; choose when and how much you work.", "gig_ai_training"),
    ("search", "Search Quality Rater", "Rate search results in your language. A freelance project of up to 20 hours per week, subject to task availability.", "gig_ai_training"),
    ("fr-annotateur", "Annotateur de données IA (freelance)", "Vous évaluez les réponses générées par l'IA et vous participez à l'annotation de données. Travail à la tâche, vous choisissez vos horaires.", "gig_ai_training"),
    ("fr-entrainer", "Juriste - entraînement d'IA", "Aidez-nous à entraîner des modèles de langage dans le domaine du droit. Prestataire indépendant, 30 €/heure, horaires flexibles.", "gig_ai_training"),
    ("fr-pige", "Rédacteur web", "Nous cherchons une personne qui écrit pour notre blog. Payé par article, en freelance.", "gig_content"),
    ("per-article", "Blog writer", "We need a writer for a gardening blog: $80 per article, two a month.", "gig_content"),
    ("staff-lead", "Annotation Team Lead", "Full-time. You lead a team of annotators who label training data. We offer health insurance, paid time off and equity.", "payroll"),
    ("staff-manager", "Data Labeling Manager", "You manage the annotators and vendors of our data annotation projects, with flexible hours. Base salary and pension.", "payroll"),
    ("ml-engineer", "Machine Learning Engineer", "You train large language models on our clusters and evaluate model outputs. Full-time, flexible hours, equity and dental.", "payroll"),
    ("ai-tutor", "Backend Engineer", "We build an AI tutor for schools. Flexible hours, remote from anywhere.", "payroll"),
    ("staff-writer", "Content Writer", "You write blog posts for our product team. Full-time with health insurance.", "payroll"),
    ("freelance-writer", "Freelance Copywriter", "Freelance work for our web agency, $60 per hour, about ten hours per week.", "contract"),
    ("fr-redactrice", "Rédactrice web (CDI)", "Vous écrivez des articles pour notre site. Mutuelle et tickets restaurant.", "payroll"),
    ("fr-freelance-dev", "Data engineer", "Mission freelance de trois mois, TJM selon profil : préparer les données d'entraînement de nos modèles.", "contract"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_work_kind(title, text, kind):
    assert extract_line({"id": "x", "title": title, "text": text})["work_kind"] == kind


SINGLE_FACTS = [
    ("himalayas-silent", {"source": "himalayas", "title": "Nurse", "text": "You look after people in Lisbon."}, {"remote": "unspecified"}),
    ("weak-anywhere", {"title": "Clerk", "text": "Our hybrid schedule has two office days. Perk: four weeks of work from anywhere."}, {"remote": "hybrid"}),
    ("remote-options", {"title": "Clerk", "text": "Parking, fruit and remote work options."}, {"remote": "remote"}),
    ("fr-tt", {"title": "Comptable", "text": "Avantages :\n- TT : 2 jours par semaine"}, {"remote": "hybrid"}),
    ("fr-occasionnel", {"title": "Comptable", "text": "Avantages : travail à domicile occasionnel, cantine sur place."}, {"remote": "hybrid"}),
    ("fr-environnements", {"title": "Comptable", "text": "Vous aimez les environnements hybrides, mêlant papier et logiciel."}, {"remote": "unspecified"}),
    ("fr-integral", {"title": "Comptable", "text": "Le poste se fait en télétravail intégral."}, {"remote": "remote"}),
    ("listed-rank", {"source": "hackernews", "text": "Acme Mills | Engineering | Rome | Full-time\nWe grind flour.\n* Staff Data Engineer\n* Baker"}, {"seniority": "lead"}),
    ("listed-none", {"source": "hackernews", "text": "Acme Mills | Engineering | Rome | Full-time\nWe grind flour.\n- Data Engineer\n- Senior Data Engineer"}, {"seniority": "unspecified"}),
    ("lead-is-a-verb", {"source": "hackernews", "text": "Acme Mills | Engineering | Rome | Full-time\nYour tasks:\n- Lead workshops for bakers"}, {"seniority": "unspecified"}),
    ("looking-for-senior", {"source": "hackernews", "text": "Acme Mills | Rome | Full-time\nWe are looking for senior engineers."}, {"seniority": "senior"}),
    ("reports-to", {"title": "Developer", "text": "The team is led by the CTO."}, {"seniority": "unspecified"}),
    ("fr-service", {"title": "Responsable de service achats (H/F)", "text": "Vous dirigez six personnes."}, {"seniority": "manager"}),
    ("fr-etudes", {"title": "Responsable d'études (H/F)", "text": "Vous suivez les chantiers."}, {"seniority": "unspecified"}),
    ("fr-confirmes", {"title": "Développeur", "text": "Nos consultants confirmés vous attendent."}, {"seniority": "unspecified"}),
    ("ai-prompt-engineer", {"title": "AI Prompt Engineer", "text": "You write prompts for our models."}, {"coding": "not_mentioned", "prompt_relation": "title"}),
    ("colleagues", {"title": "Designer", "text": "Requirements:\n- You draw well and talk with front-end engineers"}, {"coding": "not_mentioned"}),
    ("several-roles", {"source": "hackernews", "text": "Acme Mills | LLM Engineer / Product Designer | Rome | Full-time\nWe grind flour."}, {"coding": "required", "ml": "required"}),
    ("ml-products", {"source": "hackernews", "text": "Acme Mills | Rome | Full-time\nWe build machine learning products with our data scientists. Looking for a Full Stack Engineer."}, {"coding": "required", "ml": "not_mentioned"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("advert", "facts"), [row[1:] for row in SINGLE_FACTS], ids=[row[0] for row in SINGLE_FACTS]
)
def test_single_facts(advert, facts):
    found = extract_line({"id": "x", **advert})
    assert {name: found[name] for name in facts} == facts


RELATIONS = [
    ("prompting-us", "Sales of our AI prints doubled, prompting us to hire a gardener.", "none"),
    ("prompting-users", "The LLM sends mails prompting customers to pay.", "none"),
    ("writing-prompts", "We give our AI club daily writing prompts and cake.", "none"),
    ("prompt-reply", "Generative AI is fun. We ask for a prompt reply.", "none"),
    ("prompting-models", "You will spend your days prompting large language models for our clients.", "core"),
    ("product", "Our platform lets teams keep their LLM prompts in one place. You clean the office.", "mention"),
    ("product-features", "We build tools for AI teams. Features include prompt management and billing.", "mention"),
    ("product-and-duty", "We build tools for AI teams and you will work on prompt management for them.", "core"),
    ("fr-produit", "Notre plateforme permet de ranger les prompts des modèles d'IA dans un coffre.", "mention"),
    ("fr-duty", "Vous serez en charge de la création de prompts pour nos modèles d'IA.", "core"),
    ("fr-prompte", "Une réponse prompte à nos clients, avec l'aide de l'IA.", "none"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "relation"), [row[1:] for row in RELATIONS], ids=[row[0] for row in RELATIONS]
)
def test_relation_outside_titles(text, relation):
    assert extract_line({"id": "x", "title": "Someone", "text": text})["prompt_relation"] == relation


LEVELS = [
    ("Requirements:\n- Python and SQL", {"Python": "required", "SQL": "required"}),
    ("Nice to have:\n- LangChain", {"LangChain": "preferred"}),
    ("Requirements:\n- Python; Rust is a plus", {"Python": "required", "Rust": "preferred"}),
    ("Experience with Docker is required, ideally Kubernetes too.", {"Docker": "required", "Kubernetes": "preferred"}),
    ("You do not have to know it all: Terraform is not required.", {}),
    ("We use Kafka at work.", {"Kafka": "mentioned"}),
    ("Profil recherché :\n- Maîtrise de Python\n- La connaissance de LangChain serait un plus", {"Python": "required", "LangChain": "preferred"}),
    ("Environnement technique : Docker, GitLab", {"Docker": "mentioned", "GitLab": "mentioned"}),
    ("Requirements:\n- Bachelor's degree in Computer Science, Statistics or a related field", {}),
    ("Bonus points for experience with Pinecone.", {"Pinecone": "preferred"}),
    ("Requirements:\n- SQL (Redis is a plus)", {"SQL": "required", "Redis": "preferred"}),
    ("Requirements:\n- Docker (preferred)", {"Docker": "preferred"}),
    ("Requirements:\n- Core stack: Python, Redis", {"Python": "required", "Redis": "required"}),
    ("Requirements:\n- Docker\n\nOur stack:\nRedis and Kafka", {"Docker": "required", "Redis": "mentioned", "Kafka": "mentioned"}),
    ("Requirements:\n- Docker\n\nPreferred tools & technologies\n- Experience with Redis", {"Docker": "required", "Redis": "preferred"}),
    ("We strongly prefer candidates with a background in Docker.", {"Docker": "preferred"}),
    ("Requirements:\n- Basics of Docker or an interest in learning", {"Docker": "preferred"}),
    ("Profil :\n- Expérience en Docker, idéalement dans une banque", {"Docker": "required"}),
    ("Profil :\n- Langages et outils : Docker, Redis", {"Docker": "required", "Redis": "required"}),
    ("Vous avez une bonne maitrise de Docker.", {"Docker": "required"}),
    ("Profil :\n- Docker\n\nLes petits plus :\n- Redis", {"Docker": "required", "Redis": "preferred"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "levels"), LEVELS, ids=[row[0][:30] for row in LEVELS])
def test_levels(text, levels):
    skills = extract_line({"id": "x", "title": "Someone", "text": text})["skills"]
    assert {skill["s"]: skill["level"] for skill in skills} == levels


AMBIGUOUS = [
    ("We go on holiday. You react fast, make coffee and excel.", set()),
    ("Python, R and Go", {"Python", "R", "Go"}),
    ("Experience with Make and Zapier", {"Make", "Zapier"}),
    ("Make a difference with us", set()),
    ("You write services in Go.", {"Go"}),
    ("Go further with us", set()),
    ("Claude and Gemini", {"Claude", "Gemini"}),
    ("It was a claude day", set()),
    ("Read https://react.dev/python before you apply, or write to sql@acme.test", set()),
    ("Java is not JavaScript", {"Java", "JavaScript"}),
    ("Vector databases such as Pinecone", {"Vector databases", "Pinecone"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), AMBIGUOUS, ids=[row[0][:30] for row in AMBIGUOUS])
def test_ambiguous_words_need_support(text, names):
    assert {
        skill["s"] for skill in extract_line({"id": "x", "title": "Someone", "text": text})["skills"]
    } == names


def test_one_skill_once_at_its_strongest():
    text = "We use Python.\nRequirements:\n- Python 3"
    python = [
        s for s in extract_line({"id": "x", "title": "Dev", "text": text})["skills"] if s["id"] == "python"
    ]
    assert [(s["level"], text[s["start"] : s["end"]]) for s in python] == [("required", "Python 3")]


SOFT = [
    ("Requirements:\n- Excellent communication skills\n- A team player with attention to detail", {"communication", "teamwork", "attention_to_detail"}),
    ("Profil :\n- Rigueur, créativité et esprit d'équipe", {"attention_to_detail", "creativity", "teamwork"}),
    ("About us\nOur leadership is great.", set()),
    ("Requirements:\n- Leadership, communication and a sense of humour", {"leadership", "communication"}),
    ("Requirements:\n- Experience with satellite communication", set()),
    ("What you'll do:\n- Work closely with the bakers across the organization", set()),
    ("Profil :\n- Organisation, rigueur et pédagogie", {"time_management", "attention_to_detail", "communication"}),
    ("Missions :\n- Collaborer avec les métiers", set()),
    ("Profil :\n- Vous avez une aptitude à collaborer et un esprit innovant", {"teamwork", "creativity"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), SOFT, ids=[row[0][:40] for row in SOFT])
def test_soft_skills(text, names):
    assert set(extract_line({"id": "x", "title": "Someone", "text": text})["soft"]) == names
