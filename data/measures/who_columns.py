"""The columns of the measures about employers, domains and places: names, types, units and meaning."""

from __future__ import annotations

from data.frames import Column
from data.measures.columns import WITHHELD

_LABELS: tuple[Column, ...] = (
    Column("label_en", "text", ("English name", "Nom anglais")),
    Column("label_fr", "text", ("French name", "Nom français")),
)
_N_EMPLOYERS = Column(
    "n_employers", "whole", ("Known employers of these openings", "Employeurs connus de ces postes")
)
_WORST_HIGH = Column(
    "worst_high",
    "number",
    (
        "Share of all openings if every one that does not say were of this kind (if none were: share)",
        "Part de tous les postes si tous ceux qui ne le disent pas étaient de ce type (si aucun : share)",
    ),
)


def _estimate(name: str, english: str, french: str) -> tuple[Column, ...]:
    """A share and the ends of its interval."""
    return (
        Column(name, "number", (english, french)),
        Column(
            f"{name}_low",
            "number",
            (
                f"95 % Wilson interval of {name}, lower end",
                f"Intervalle de Wilson à 95 % de {name}, borne basse",
            ),
        ),
        Column(
            f"{name}_high",
            "number",
            (
                f"95 % Wilson interval of {name}, upper end",
                f"Intervalle de Wilson à 95 % de {name}, borne haute",
            ),
        ),
    )


_SHARE = _estimate("share", "n_openings / n_all, 0 to 1", "n_openings / n_all, de 0 à 1")
_SHARE_KNOWN = _estimate(
    "share_known",
    "n_openings / n_known, 0 to 1; empty in the row of those that do not say",
    "n_openings / n_known, de 0 à 1 ; vide à la ligne de ceux qui ne le disent pas",
)


CONCENTRATION: tuple[Column, ...] = (
    Column(
        "year", "whole", ("Year of the adverts; empty for all years", "Année des annonces ; vide pour toutes")
    ),
    Column(
        "n_openings",
        "whole",
        ("Openings, with or without a known employer", "Postes, employeur connu ou non"),
    ),
    Column("n_known", "whole", ("Of them with a known employer", "Dont l'employeur est connu")),
    Column(
        "n_unknown",
        "whole",
        ("Of them without: in none of the figures", "Dont il est inconnu : hors des chiffres"),
    ),
    Column("n_employers", "whole", ("Known employers", "Employeurs connus")),
    Column(
        "top1_share",
        "number",
        ("Share of n_known of the largest employer", "Part de n_known du premier employeur"),
    ),
    Column(
        "top4_share",
        "number",
        ("Share of n_known of the four largest", "Part de n_known des quatre premiers"),
    ),
    Column(
        "top10_share", "number", ("Share of n_known of the ten largest", "Part de n_known des dix premiers")
    ),
    Column(
        "herfindahl_observed",
        "number",
        ("Sum of the squared shares observed, 0 to 1", "Somme des carrés des parts observées, de 0 à 1"),
    ),
    Column(
        "herfindahl",
        "number",
        (
            "Probability that two openings are of one employer (Simpson): the index without its bias of small numbers",
            "Probabilité que deux postes soient du même employeur (Simpson) : l'indice sans biais de petit nombre",
        ),
    ),
    Column(
        "herfindahl_low",
        "number",
        ("95 % interval of herfindahl, lower end", "Intervalle à 95 % de herfindahl, borne basse"),
    ),
    Column(
        "herfindahl_high",
        "number",
        ("95 % interval of herfindahl, upper end", "Intervalle à 95 % de herfindahl, borne haute"),
    ),
    Column(
        "effective",
        "number",
        (
            "Effective number of employers, 1 / herfindahl; empty where no two openings share one: no upper limit",
            "Nombre effectif d'employeurs, 1 / herfindahl ; vide si aucun n'a deux postes : sans limite haute",
        ),
    ),
    Column(
        "effective_low", "number", ("95 % interval of effective, lower end", "Intervalle à 95 %, borne basse")
    ),
    Column(
        "effective_high",
        "number",
        ("95 % interval of effective, upper end", "Intervalle à 95 %, borne haute"),
    ),
    Column(
        "effective_withheld",
        "text",
        ("Why the effective number is not shown", "Pourquoi le nombre effectif est retenu"),
    ),
    Column("is_provisional", "flag", ("The year is not over", "L'année n'est pas terminée")),
    WITHHELD,
)
DOMAINS: tuple[Column, ...] = (
    Column(
        "domain", "text", ("Field of the employer or role; empty: not clear", "Domaine ; vide : incertain")
    ),
    *_LABELS,
    Column("n_openings", "whole", ("Openings of the domain", "Postes du domaine")),
    _N_EMPLOYERS,
    Column("n_all", "whole", ("Openings of the selection", "Postes de la sélection")),
    *_SHARE,
    Column("n_known", "whole", ("Of n_all with a clear domain", "Parmi n_all, de domaine clair")),
    *_SHARE_KNOWN,
    _WORST_HIGH,
    WITHHELD,
    Column(
        "n_role",
        "whole",
        (
            "Openings for prompt engineers (title or core), whatever the selection's role",
            "Postes de prompt engineer (title ou core), quel que soit le rôle de la sélection",
        ),
    ),
    Column(
        "n_asks",
        "whole",
        (
            "Other openings that require or prefer prompting, whatever the selection's role",
            "Autres postes qui exigent ou souhaitent le prompting, quel que soit le rôle de la sélection",
        ),
    ),
    *_estimate("role_share", "n_role / (n_role + n_asks), 0 to 1", "n_role / (n_role + n_asks), de 0 à 1"),
    Column("role_withheld", "text", ("Why role_share is not shown", "Pourquoi role_share est retenu")),
)
WORK_KINDS: tuple[Column, ...] = (
    Column(
        "work_kind",
        "text",
        (
            "payroll, contract, gig_content, gig_ai_training; empty: not clear",
            "payroll, contract, gig_content, gig_ai_training ; vide : incertain",
        ),
    ),
    *_LABELS,
    Column("n_openings", "whole", ("Openings of that kind", "Postes de ce type")),
    _N_EMPLOYERS,
    Column("n_all", "whole", ("Openings of the selection", "Postes de la sélection")),
    *_SHARE,
    Column("n_known", "whole", ("Of n_all whose kind is clear", "Parmi n_all, de type clair")),
    *_SHARE_KNOWN,
    _WORST_HIGH,
    WITHHELD,
)
COUNTRIES: tuple[Column, ...] = (
    Column(
        "country",
        "text",
        ("ISO 3166 alpha-2; empty: no country named", "ISO 3166 alpha-2 ; vide : aucun cité"),
    ),
    Column("alpha3", "text", ("ISO 3166 alpha-3", "ISO 3166 alpha-3")),
    *_LABELS,
    Column(
        "n_openings",
        "whole",
        (
            "Openings that name the country; one of several countries counts in each",
            "Postes qui citent le pays ; un poste de plusieurs pays compte dans chacun",
        ),
    ),
    Column("n_shared", "whole", ("Of them also in another country", "Dont aussi dans un autre pays")),
    _N_EMPLOYERS,
    Column("n_all", "whole", ("Openings of the selection", "Postes de la sélection")),
    *_SHARE,
    WITHHELD,
    Column(
        "n_postings",
        "whole",
        (
            "Adverts of the selection in the panel that name the country",
            "Annonces du panel qui citent le pays",
        ),
    ),
    Column(
        "n_read",
        "whole",
        (
            "All adverts of the panel that name the country, whatever the role",
            "Toutes les annonces du panel qui citent le pays, quel que soit le rôle",
        ),
    ),
    *_estimate("per_10k", "Adverts per 10,000 of n_read", "Annonces pour 10 000 de n_read"),
    Column("per_10k_withheld", "text", ("Why per_10k is not shown", "Pourquoi per_10k est retenu")),
)
REMOTE: tuple[Column, ...] = (
    Column(
        "period",
        "day",
        ("First day of the period; empty for all time", "Premier jour de la période ; vide : toute la durée"),
    ),
    Column(
        "remote",
        "text",
        ("remote, hybrid, onsite; empty: not said", "remote, hybrid, onsite ; vide : non dit"),
    ),
    *_LABELS,
    Column("n_openings", "whole", ("Openings of that kind", "Postes de ce type")),
    _N_EMPLOYERS,
    Column("n_all", "whole", ("Openings of the period", "Postes de la période")),
    *_SHARE,
    Column(
        "n_known",
        "whole",
        ("Of n_all that say where the work is done", "Parmi n_all, ceux qui disent le lieu de travail"),
    ),
    *_SHARE_KNOWN,
    _WORST_HIGH,
    Column(
        "is_covered", "flag", ("False: a hole, nothing was observed", "Faux : un trou, rien n'a été observé")
    ),
    Column("is_provisional", "flag", ("Not over, or not wholly observed", "Inachevée ou observée en partie")),
    Column(
        "reason",
        "text",
        (
            "Why the period is a hole or provisional: gap:sources",
            "Pourquoi la période manque ou est provisoire",
        ),
    ),
    WITHHELD,
)
