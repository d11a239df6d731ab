"""The columns of every measure's frame: names, types, units and meaning. Reports and the data dictionary use them."""

from __future__ import annotations

from data.frames import Column
from data.measures.reasons import WHOLE_SERIES, Withheld

_REASONS = ", ".join(reason for reason in Withheld if reason not in WHOLE_SERIES)
WITHHELD = Column(
    "withheld",
    "text",
    (
        f"Why the figures of this row are not shown ({_REASONS}); empty where shown",
        f"Pourquoi les chiffres de cette ligne sont retenus ({_REASONS}) ; vide s'ils sont montrés",
    ),
)
_MONTH = Column(
    "month",
    "day",
    (
        "First day of the month (or week, quarter, year)",
        "Premier jour du mois (ou semaine, trimestre, année)",
    ),
)
_N_ALL = Column(
    "n_all",
    "whole",
    (
        "All adverts of the same sources, places and kinds in the period, whatever the role",
        "Toutes les annonces des mêmes sources, lieux et types de la période, quel que soit le rôle",
    ),
)
_IS_COVERED = Column(
    "is_covered", "flag", ("False: a hole, nothing was observed", "Faux : un trou, rien n'a été observé")
)
_REASON = Column(
    "reason",
    "text",
    ("Why the period is a hole or provisional: gap:sources", "Pourquoi la période manque ou est provisoire"),
)
FLOW: tuple[Column, ...] = (
    _MONTH,
    Column("n_postings", "whole", ("Adverts posted in the period", "Annonces parues dans la période")),
    Column("n_openings", "whole", ("Openings advertised in the period", "Postes annoncés dans la période")),
    Column(
        "n_new",
        "whole",
        ("Of them with an advert that is no repost", "Dont au moins une annonce n'est pas une reparution"),
    ),
    Column("n_employers", "whole", ("Known employers of these openings", "Employeurs connus de ces postes")),
    Column(
        "n",
        "whole",
        (
            "What is counted: openings unless another unit was asked for",
            "Ce qui est compté : des postes, sauf si une autre unité est demandée",
        ),
    ),
    Column(
        "n_low",
        "number",
        (
            "Exact 95 % Poisson interval of n, lower end",
            "Intervalle de Poisson exact à 95 % de n, borne basse",
        ),
    ),
    Column(
        "n_high",
        "number",
        (
            "Exact 95 % Poisson interval of n, upper end",
            "Intervalle de Poisson exact à 95 % de n, borne haute",
        ),
    ),
    _N_ALL,
    Column("share_per_10k", "number", ("Adverts per 10,000 of n_all", "Annonces pour 10 000 de n_all")),
    Column(
        "share_low",
        "number",
        (
            "95 % Wilson interval of the share, lower end, per 10,000",
            "Intervalle de Wilson à 95 % de la part, borne basse, pour 10 000",
        ),
    ),
    Column(
        "share_high",
        "number",
        (
            "95 % Wilson interval of the share, upper end, per 10,000",
            "Intervalle de Wilson à 95 % de la part, borne haute, pour 10 000",
        ),
    ),
    Column(
        "n_backfilled",
        "whole",
        (
            "Openings dated before the first check of their board: only those still open then are known",
            "Postes datés d'avant le premier relevé de leur liste : seuls ceux encore ouverts sont connus",
        ),
    ),
    Column("is_provisional", "flag", ("Not over, or not wholly observed", "Inachevée ou observée en partie")),
    _IS_COVERED,
    _REASON,
    WITHHELD,
)
RELATIONS: tuple[Column, ...] = (
    _MONTH,
    Column(
        "relation",
        "text",
        ("title, core, required, preferred, mention", "title, core, required, preferred, mention"),
    ),
    Column(
        "n_openings",
        "whole",
        ("Openings with that relation in the period", "Postes de cette relation dans la période"),
    ),
    _N_ALL,
    _IS_COVERED,
    _REASON,
)
STOCK: tuple[Column, ...] = (
    Column("day", "day", ("Day, UTC", "Jour, UTC")),
    Column(
        "n_open",
        "whole",
        (
            "Openings (or another unit) open at the end of the day",
            "Postes (ou une autre unité) ouverts en fin de journée",
        ),
    ),
    Column("n_new", "whole", ("Openings that entered the stock", "Postes entrés dans le stock")),
    Column(
        "n_first_check",
        "whole",
        (
            "Of n_new, found by the first check of their board: not new on the market",
            "Parmi n_new, trouvés au premier relevé de leur liste : pas nouveaux sur le marché",
        ),
    ),
    Column("n_closed", "whole", ("Openings that left the stock", "Postes sortis du stock")),
    Column("boards_covered", "whole", ("Boards read completely that day", "Listes lues entièrement ce jour")),
    Column(
        "boards_failed", "whole", ("Boards tried without a complete answer", "Listes sans réponse complète")
    ),
    _IS_COVERED,
    _REASON,
)
BENCHMARKS: tuple[Column, ...] = (
    Column(
        "series",
        "text",
        ("indeed_postings_index or indeed_ai_share", "indeed_postings_index ou indeed_ai_share"),
    ),
    Column("country", "text", ("ISO 3166 alpha-2", "ISO 3166 alpha-2")),
    Column("day", "day", ("Day, or first day of the month", "Jour, ou premier jour du mois")),
    Column(
        "value",
        "number",
        ("Index (1 Feb 2020 = 100) or percent", "Indice (1er févr. 2020 = 100) ou pourcentage"),
    ),
)
_N_OPENINGS = Column(
    "n_openings",
    "whole",
    ("Openings of the market, with or without pay", "Postes du marché, avec ou sans rémunération"),
)
_CURRENCY_PERIOD: tuple[Column, ...] = (
    Column("currency", "text", ("Currency of the figures, ISO 4217", "Devise des chiffres, ISO 4217")),
    Column(
        "period", "text", ("year (annualised) or hour (as stated)", "year (annualisé) ou hour (tel quel)")
    ),
)


_RANKS = ("95 % order-statistic interval of that median", "Intervalle à 95 % (rangs) de cette médiane")
_EMPLOYERS = (
    "95 % interval of that median where openings of one employer are alike (bootstrap)",
    "Intervalle à 95 % si les postes d'un employeur se ressemblent (bootstrap)",
)


def _bound_columns(bound: str, english: str, french: str) -> tuple[Column, ...]:
    counted = (
        f"Openings with a {english} bound in this currency and period",
        f"Postes avec une borne {french} dans cette devise et période",
    )
    median = (f"Median of the {english} bounds", f"Médiane des bornes {french}s")
    return (
        Column(f"n_{bound}", "whole", counted),
        Column(f"{bound}_median", "number", median),
        *_ends(bound, _RANKS),
        *_ends(f"{bound}_employer", _EMPLOYERS),
    )


def _ends(name: str, interval: tuple[str, str]) -> tuple[Column, Column]:
    """The two ends of an interval that is named in English and French."""
    english, french = interval
    return (
        Column(f"{name}_low", "number", (f"{english}, lower end", f"{french}, borne basse")),
        Column(f"{name}_high", "number", (f"{english}, upper end", f"{french}, borne haute")),
    )


PAY: tuple[Column, ...] = (
    Column(
        "year", "whole", ("Year of the advert; empty for all years", "Année de l'annonce ; vide pour toutes")
    ),
    _N_OPENINGS,
    Column(
        "n_paid",
        "whole",
        ("Of them stating a plausible base pay", "Dont indiquant une rémunération de base plausible"),
    ),
    Column("disclosure", "number", ("n_paid / n_openings, 0 to 1", "n_paid / n_openings, de 0 à 1")),
    Column(
        "n_employers",
        "whole",
        ("Known employers of the openings with a figure", "Employeurs connus des postes chiffrés"),
    ),
    *_bound_columns("lower", "lower", "basse"),
    *_bound_columns("upper", "upper", "haute"),
    *_CURRENCY_PERIOD,
    Column("is_provisional", "flag", ("The year is not over", "L'année n'est pas terminée")),
    WITHHELD,
)
DISTRIBUTION: tuple[Column, ...] = (
    Column("posting_key", "text", ("The advert the figures are from", "L'annonce qui donne les chiffres")),
    Column("opening_key", "text", ("The opening", "Le poste")),
    Column("title", "text", ("Title as advertised", "Intitulé")),
    Column("company", "text", ("Employer as advertised", "Employeur")),
    Column("dated_on", "day", ("Day of the advert", "Jour de l'annonce")),
    Column("lower", "number", ("Lower bound", "Borne basse")),
    Column("upper", "number", ("Upper bound", "Borne haute")),
    *_CURRENCY_PERIOD,
    Column("url", "text", ("Address of the advert", "Adresse de l'annonce")),
)
CLAIM: tuple[Column, ...] = (
    Column("criterion", "text", ("What is asked of the bounds", "Ce qui est demandé aux bornes")),
    Column("label_en", "text", ("The criterion in English", "Le critère en anglais")),
    Column("label_fr", "text", ("The criterion in French", "Le critère en français")),
    Column("low", "number", ("Lower end of the claim", "Borne basse de l'affirmation")),
    Column("high", "number", ("Upper end of the claim", "Borne haute de l'affirmation")),
    Column("n_reach", "whole", ("Openings that meet the criterion", "Postes qui satisfont au critère")),
    Column(
        "n_figures",
        "whole",
        ("Openings whose figures can tell", "Postes dont les chiffres permettent de le dire"),
    ),
    Column("n_employers", "whole", ("Known employers of n_figures", "Employeurs connus de n_figures")),
    _N_OPENINGS,
    Column("share", "number", ("n_reach / n_figures, 0 to 1", "n_reach / n_figures, de 0 à 1")),
    Column(
        "share_low", "number", ("95 % Wilson interval, lower end", "Intervalle de Wilson à 95 %, borne basse")
    ),
    Column(
        "share_high",
        "number",
        ("95 % Wilson interval, upper end", "Intervalle de Wilson à 95 %, borne haute"),
    ),
    Column(
        "worst_low",
        "number",
        (
            "Share of all openings if no undisclosed pay met it",
            "Part de tous les postes si aucune rémunération tue n'y satisfait",
        ),
    ),
    Column(
        "worst_high",
        "number",
        (
            "Share of all openings if all undisclosed pay met it",
            "Part de tous les postes si toutes les rémunérations tues y satisfont",
        ),
    ),
    WITHHELD,
)
REPORTED: tuple[Column, ...] = (
    Column("year", "whole", ("Year worked", "Année travaillée")),
    Column("n", "whole", ("Reported salaries", "Salaires déclarés")),
    Column("median", "number", ("Median yearly salary, USD", "Salaire annuel médian, USD")),
    Column(
        "low",
        "number",
        ("95 % order-statistic interval of the median, lower end", "Intervalle à 95 % (rangs), borne basse"),
    ),
    Column(
        "high",
        "number",
        ("95 % order-statistic interval of the median, upper end", "Intervalle à 95 % (rangs), borne haute"),
    ),
    WITHHELD,
)
_SKILL: tuple[Column, ...] = (
    Column("skill_id", "text", ("Id in skills.csv", "Identifiant dans skills.csv")),
    Column("label_en", "text", ("English name", "Nom anglais")),
    Column("label_fr", "text", ("French name", "Nom français")),
)
_SHARES: tuple[Column, ...] = (
    Column("n_all", "whole", ("Openings of the selection that were read", "Postes lus de la sélection")),
    Column("share", "number", ("Share of n_all, 0 to 1", "Part de n_all, de 0 à 1")),
    Column(
        "share_low", "number", ("95 % Wilson interval, lower end", "Intervalle de Wilson à 95 %, borne basse")
    ),
    Column(
        "share_high",
        "number",
        ("95 % Wilson interval, upper end", "Intervalle de Wilson à 95 %, borne haute"),
    ),
    WITHHELD,
)
_SKILL_EMPLOYERS = Column(
    "n_employers", "whole", ("Known employers behind the share", "Employeurs connus derrière la part")
)
TOP_SKILLS: tuple[Column, ...] = (
    *_SKILL,
    Column("kind", "text", ("Kind of skill", "Type de compétence")),
    Column("n_openings", "whole", ("Openings that name it", "Postes qui la nomment")),
    Column("n_required", "whole", ("Of them: required", "Dont : exigée")),
    Column("n_preferred", "whole", ("Of them: preferred", "Dont : souhaitée")),
    Column("n_mentioned", "whole", ("Of them: only mentioned", "Dont : seulement citée")),
    _SKILL_EMPLOYERS,
    *_SHARES,
)
SKILLS_BY_YEAR: tuple[Column, ...] = (
    Column("year", "whole", ("Year of the advert", "Année de l'annonce")),
    *_SKILL,
    Column("n_openings", "whole", ("Openings of the year that name it", "Postes de l'année qui la nomment")),
    _SKILL_EMPLOYERS,
    *_SHARES,
)
SOFT_SKILLS: tuple[Column, ...] = (
    Column("soft", "text", ("Soft skill id", "Identifiant de la qualité humaine")),
    *_SKILL[1:],
    Column("n_openings", "whole", ("Openings that ask for it", "Postes qui la demandent")),
    _SKILL_EMPLOYERS,
    *_SHARES,
)
EMPLOYERS: tuple[Column, ...] = (
    Column("employer_key", "text", ("Normalised employer name", "Nom d'employeur normalisé")),
    Column(
        "company", "text", ("Employer as its latest advert spells it", "Employeur selon sa dernière annonce")
    ),
    Column("n_openings", "whole", ("Openings", "Postes")),
    Column("n_postings", "whole", ("Adverts", "Annonces")),
    Column("first_month", "day", ("Month of its first advert", "Mois de sa première annonce")),
    Column("last_month", "day", ("Month of its latest advert", "Mois de sa dernière annonce")),
    Column("n_paid", "whole", ("Openings that state pay", "Postes qui indiquent la rémunération")),
    Column("countries", "texts", ("Countries named by its adverts", "Pays cités par ses annonces")),
    Column("sources", "texts", ("Sources of its adverts", "Sources de ses annonces")),
)
