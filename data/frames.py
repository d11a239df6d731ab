"""The tables of a release, column by column: their types, units and meaning. The data dictionary is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is a key of ARROW; `meaning` is (English, French)."""

    name: str
    kind: str
    meaning: tuple[str, str]


POSTINGS: tuple[Column, ...] = (
    Column(
        "posting_key",
        "text",
        ("Identity at the source: source:external id", "Identité à la source : source:identifiant"),
    ),
    Column(
        "opening_key",
        "text",
        ("The opening this posting advertises (see docs/method.md)", "Le poste que cette annonce propose"),
    ),
    Column(
        "opening_reason",
        "text",
        ("The rule that put the posting into the opening", "La règle qui rattache l'annonce au poste"),
    ),
    Column(
        "is_repost", "flag", ("A later spell of an opening already seen", "Reparution d'un poste déjà vu")
    ),
    Column(
        "employer_key",
        "text",
        ("Normalised employer name; null where unknown", "Nom d'employeur normalisé ; nul si inconnu"),
    ),
    Column(
        "origin",
        "text",
        (
            "live, import or archive: how the posting came here",
            "live, import ou archive : provenance de l'annonce",
        ),
    ),
    Column(
        "source", "text", ("Source id, as in sources.yml", "Identifiant de la source, comme dans sources.yml")
    ),
    Column(
        "board", "text", ("The employer's listing or thread at the source", "La liste ou le fil à la source")
    ),
    Column(
        "lifecycle",
        "text",
        (
            "listing: presence is observed; flow: only the posting date is",
            "listing : présence observée ; flow : seule la date de parution l'est",
        ),
    ),
    Column("url", "text", ("Address of the advert", "Adresse de l'annonce")),
    Column(
        "title",
        "text",
        ("Job title as advertised; null where the advert has none", "Intitulé ; nul si l'annonce n'en a pas"),
    ),
    Column(
        "company",
        "text",
        ("Employer as advertised; null where unknown", "Employeur tel qu'annoncé ; nul si inconnu"),
    ),
    Column(
        "posted_on",
        "day",
        (
            "First publication as stated by the source; null where unstated",
            "Première parution indiquée par la source",
        ),
    ),
    Column(
        "posted_basis",
        "text",
        (
            "Where posted_on comes from: stated, thread (month of the thread), snapshot",
            "Origine de posted_on : stated, thread, snapshot",
        ),
    ),
    Column(
        "first_seen",
        "day",
        (
            "First day a check of ours listed it; null in the archive",
            "Premier jour où un de nos relevés l'a vue",
        ),
    ),
    Column(
        "last_seen",
        "day",
        (
            "Last day a check of ours listed it; null in the archive",
            "Dernier jour où un de nos relevés l'a vue",
        ),
    ),
    Column(
        "gone_by",
        "day",
        ("First complete check without it; null while open or unknown", "Premier relevé complet sans elle"),
    ),
    Column(
        "dated_on",
        "day",
        (
            "The day used for flow: posted_on, else first_seen",
            "Le jour retenu pour le flux : posted_on, sinon first_seen",
        ),
    ),
    Column("month", "day", ("First day of the month of dated_on", "Premier jour du mois de dated_on")),
    Column("city", "text", ("City of the first place; null where unknown", "Ville du premier lieu")),
    Column(
        "country", "text", ("Country of the first place with one, ISO 3166 alpha-2", "Pays, ISO 3166 alpha-2")
    ),
    Column(
        "countries",
        "texts",
        ("Every country named by the advert's places", "Tous les pays des lieux de l'annonce"),
    ),
    Column(
        "place",
        "text",
        ("Places in the advert's own words, joined by '; '", "Lieux dans les mots de l'annonce"),
    ),
    Column("remote", "text", ("remote, hybrid, onsite, unspecified", "remote, hybrid, onsite, unspecified")),
    Column("lang", "text", ("Language of the advert, ISO 639-1", "Langue de l'annonce, ISO 639-1")),
    Column(
        "prompt_relation",
        "text",
        (
            "title, core, required, preferred, mention, none",
            "title, core, required, preferred, mention, none",
        ),
    ),
    Column(
        "work_kind",
        "text",
        (
            "payroll, contract, gig_content, gig_ai_training, unclear",
            "payroll, contract, gig_content, gig_ai_training, unclear",
        ),
    ),
    Column("seniority", "text", ("intern … executive, unspecified", "intern … executive, unspecified")),
    Column("coding", "text", ("required, preferred, not_mentioned", "required, preferred, not_mentioned")),
    Column("ml", "text", ("required, preferred, not_mentioned", "required, preferred, not_mentioned")),
    Column(
        "years_min",
        "number",
        ("Smallest number of years demanded; null where none", "Plus petit nombre d'années exigé"),
    ),
    Column(
        "degree",
        "text",
        ("none_stated, bachelor, master, phd, other", "none_stated, bachelor, master, phd, other"),
    ),
    Column("degree_level", "text", ("required, preferred or null", "required, preferred ou nul")),
    Column(
        "domain", "text", ("Field of the employer or role; null where unclear", "Domaine ; nul si incertain")
    ),
    Column(
        "has_pay",
        "flag",
        (
            "States a base pay that no plausibility rule objects to",
            "Indique une rémunération de base plausible",
        ),
    ),
    Column(
        "pay_min",
        "number",
        ("Lower bound as stated, in pay_currency per pay_period", "Borne basse telle qu'indiquée"),
    ),
    Column(
        "pay_max",
        "number",
        ("Upper bound as stated, in pay_currency per pay_period", "Borne haute telle qu'indiquée"),
    ),
    Column(
        "pay_currency",
        "text",
        ("ISO 4217; null where the advert leaves it open", "ISO 4217 ; nul si l'annonce ne le dit pas"),
    ),
    Column(
        "pay_period",
        "text",
        ("year, month, week, day, hour, project, unit", "year, month, week, day, hour, project, unit"),
    ),
    Column("pay_bound", "text", ("range, floor, ceiling, point", "range, floor, ceiling, point")),
    Column(
        "pay_annual_min",
        "number",
        ("Lower bound per year in pay_currency", "Borne basse annuelle en pay_currency"),
    ),
    Column(
        "pay_annual_max",
        "number",
        ("Upper bound per year in pay_currency", "Borne haute annuelle en pay_currency"),
    ),
    Column(
        "pay_usd_min",
        "number",
        (
            "Lower bound per year in USD at the yearly mean rate of dated_on's year",
            "Borne basse annuelle en USD, taux moyen de l'année",
        ),
    ),
    Column(
        "pay_usd_max",
        "number",
        (
            "Upper bound per year in USD at the yearly mean rate of dated_on's year",
            "Borne haute annuelle en USD, taux moyen de l'année",
        ),
    ),
    Column(
        "rules_version",
        "text",
        ("Version of the extraction rules that read the advert", "Version des règles d'extraction"),
    ),
)

SALARIES: tuple[Column, ...] = (
    Column("posting_key", "text", ("The posting the figure is in", "L'annonce qui donne ce chiffre")),
    Column("position", "whole", ("Order of the figure in the advert", "Ordre du chiffre dans l'annonce")),
    Column(
        "is_main",
        "flag",
        ("The base pay of the most relevant role", "La rémunération de base du poste principal"),
    ),
    Column("min", "number", ("Lower bound as stated", "Borne basse telle qu'indiquée")),
    Column("max", "number", ("Upper bound as stated", "Borne haute telle qu'indiquée")),
    Column(
        "annual_min", "number", ("Lower bound per year, same currency", "Borne basse annuelle, même devise")
    ),
    Column(
        "annual_max", "number", ("Upper bound per year, same currency", "Borne haute annuelle, même devise")
    ),
    Column("currency", "text", ("ISO 4217; null where open", "ISO 4217 ; nul si non dit")),
    Column(
        "period",
        "text",
        ("year, month, week, day, hour, project, unit", "year, month, week, day, hour, project, unit"),
    ),
    Column(
        "kind",
        "text",
        (
            "base, ote, bonus, equity, signing, stipend, piece",
            "base, ote, bonus, equity, signing, stipend, piece",
        ),
    ),
    Column("bound", "text", ("range, floor, ceiling, point", "range, floor, ceiling, point")),
    Column(
        "flag",
        "text",
        (
            "The plausibility rule that objects; null where none does",
            "La règle de plausibilité qui s'y oppose",
        ),
    ),
    Column("rule", "text", ("The rule that read the figure", "La règle qui a lu le chiffre")),
    Column(
        "quote",
        "text",
        ("The words that state it (null in the archive)", "Les mots qui le disent (nul dans l'archive)"),
    ),
)

SKILLS: tuple[Column, ...] = (
    Column("posting_key", "text", ("The posting that names the skill", "L'annonce qui nomme la compétence")),
    Column("skill_id", "text", ("Id in skills.csv", "Identifiant dans skills.csv")),
    Column(
        "level",
        "text",
        (
            "required, preferred, mentioned: the strongest in the advert",
            "required, preferred, mentioned : le plus fort",
        ),
    ),
    Column(
        "surface",
        "text",
        ("The words of the advert (null in the archive)", "Les mots de l'annonce (nul dans l'archive)"),
    ),
)

SKILL_NAMES: tuple[Column, ...] = (
    Column("skill_id", "text", ("Id in skills.csv", "Identifiant dans skills.csv")),
    Column("label_en", "text", ("English name", "Nom anglais")),
    Column("label_fr", "text", ("French name", "Nom français")),
    Column("kind", "text", ("Kind of skill", "Type de compétence")),
    Column("parent", "text", ("Broader skill; null at the top", "Compétence plus large")),
)

SOFT: tuple[Column, ...] = (
    Column("posting_key", "text", ("The posting that asks for it", "L'annonce qui la demande")),
    Column("soft", "text", ("Soft skill id", "Identifiant de la qualité humaine")),
)

EVIDENCE: tuple[Column, ...] = (
    Column("posting_key", "text", ("The posting the quote is from", "L'annonce citée")),
    Column(
        "fact", "text", ("pay, skill, or the name of the fact proved", "pay, skill, ou le nom du fait prouvé")
    ),
    Column(
        "item",
        "text",
        (
            "Which one: skill id, position of the pay figure; null for single facts",
            "Lequel : compétence, rang du chiffre",
        ),
    ),
    Column(
        "start",
        "whole",
        (
            "Offset of the quote in the advert's plain text, characters",
            "Position de la citation, en caractères",
        ),
    ),
    Column("quote", "text", ("The words that prove the fact", "Les mots qui prouvent le fait")),
    Column("before", "text", ("Up to 80 characters before it", "Jusqu'à 80 caractères avant")),
    Column("after", "text", ("Up to 80 characters after it", "Jusqu'à 80 caractères après")),
    Column("rule", "text", ("The rule that decided", "La règle qui a décidé")),
)

COVERAGE: tuple[Column, ...] = (
    Column("source", "text", ("Source id", "Identifiant de la source")),
    Column("board", "text", ("Board at the source", "Liste à la source")),
    Column("day", "day", ("Day of the check, UTC", "Jour du relevé, UTC")),
    Column(
        "outcome",
        "text",
        (
            "Best outcome of the day: complete, unchanged, partial, empty, failed, blocked",
            "Meilleur résultat du jour",
        ),
    ),
    Column(
        "n_seen",
        "whole",
        ("Postings listed by the best check of the day", "Annonces listées par le meilleur relevé du jour"),
    ),
    Column(
        "reason",
        "text",
        ("Why it was not complete; null where it was", "Pourquoi le relevé n'est pas complet"),
    ),
)

SPELLS: tuple[Column, ...] = (
    Column("posting_key", "text", ("The posting", "L'annonce")),
    Column("spell", "whole", ("Order of the spell, from 1", "Rang de la période, à partir de 1")),
    Column("first_seen", "day", ("First day of the spell it was listed", "Premier jour de présence")),
    Column("last_seen", "day", ("Last day of the spell it was listed", "Dernier jour de présence")),
    Column(
        "gone_by",
        "day",
        ("First complete check without it; null while open", "Premier relevé complet sans elle"),
    ),
)

BENCHMARKS: tuple[Column, ...] = (
    Column(
        "series",
        "text",
        ("indeed_postings_index or indeed_ai_share", "indeed_postings_index ou indeed_ai_share"),
    ),
    Column("country", "text", ("ISO 3166 alpha-2", "ISO 3166 alpha-2")),
    Column("day", "day", ("Day (index) or first day of the month (share)", "Jour, ou premier jour du mois")),
    Column(
        "value",
        "number",
        ("Index (1 Feb 2020 = 100) or percent of postings", "Indice (1er févr. 2020 = 100) ou pourcentage"),
    ),
)

REPORTED_PAY: tuple[Column, ...] = (
    Column("year", "whole", ("Year worked", "Année travaillée")),
    Column("title", "text", ("Job title as reported", "Intitulé déclaré")),
    Column("experience", "text", ("EN, MI, SE, EX", "EN, MI, SE, EX")),
    Column("employment", "text", ("FT, PT, CT, FL", "FT, PT, CT, FL")),
    Column("country", "text", ("Country of the company, ISO 3166 alpha-2", "Pays de l'entreprise")),
    Column("currency", "text", ("Currency of the salary, ISO 4217", "Devise du salaire")),
    Column("salary", "number", ("Yearly salary in currency", "Salaire annuel en devise")),
    Column(
        "salary_usd",
        "number",
        ("Yearly salary in USD, as the table gives it", "Salaire annuel en USD, selon la table"),
    ),
)

# Process, not market: kept beside the release and left out of its content hash.
RUNS: tuple[Column, ...] = (
    Column("run_id", "text", ("Id of the run", "Identifiant de l'exécution")),
    Column("source", "text", ("Source id", "Identifiant de la source")),
    Column("kind", "text", ("scrape, import or archive", "scrape, import ou archive")),
    Column("started_at", "time", ("Start, UTC", "Début, UTC")),
    Column("finished_at", "time", ("End, UTC; null while running", "Fin, UTC")),
    Column(
        "status", "text", ("running, finished, failed, interrupted", "running, finished, failed, interrupted")
    ),
    Column("reason", "text", ("Why it did not finish well", "Pourquoi elle a échoué")),
    Column("n_boards", "whole", ("Boards checked", "Listes relevées")),
    Column("n_covered", "whole", ("Of them covered (complete or unchanged)", "Dont couvertes")),
    Column("n_failed", "whole", ("Of them failed or blocked", "Dont en échec ou bloquées")),
    Column("n_seen", "whole", ("Postings seen", "Annonces vues")),
    Column("n_new", "whole", ("Of them new to the record", "Dont nouvelles")),
    Column("n_rejected", "whole", ("Records set aside", "Enregistrements écartés")),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "postings": POSTINGS,
    "salaries": SALARIES,
    "skills": SKILLS,
    "skill_names": SKILL_NAMES,
    "soft": SOFT,
    "evidence": EVIDENCE,
    "coverage": COVERAGE,
    "spells": SPELLS,
    "benchmarks": BENCHMARKS,
    "reported_pay": REPORTED_PAY,
}
JOURNAL: dict[str, tuple[Column, ...]] = {"runs": RUNS}


def arrow_schema(columns: tuple[Column, ...]) -> pa.Schema:
    """The pyarrow schema of a table; all columns nullable."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
        "time": pa.timestamp("s"),
    }
    return pa.schema([(column.name, kinds[column.kind]) for column in columns])
