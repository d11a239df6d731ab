"""The columns of the skill measures beyond the plain lists: names, types, units and meaning."""

from __future__ import annotations

from data.frames import Column
from data.measures.columns import SKILLS_BY_YEAR, SOFT_SKILLS, TOP_SKILLS, WITHHELD

SKILL: tuple[Column, ...] = TOP_SKILLS[:3]
_NAMING = Column("n_openings", "whole", ("Openings that name it", "Postes qui la nomment"))
_EMPLOYERS = Column("n_employers", "whole", ("Known employers behind them", "Employeurs connus derrière eux"))
_SHARE: tuple[Column, ...] = SKILLS_BY_YEAR[-5:]  # n_all to withheld


def _label(english: str, french: str) -> tuple[Column, ...]:
    return (
        Column("label_en", "text", (f"{english} in English", f"{french} en anglais")),
        Column("label_fr", "text", (f"{english} in French", f"{french} en français")),
    )


def _ends(name: str, english: str, french: str) -> tuple[Column, ...]:
    """Both ends of a 95 % interval, called `{name}_low` and `{name}_high`."""
    return (
        Column(f"{name}_low", "number", (f"{english}, lower end", f"{french}, borne basse")),
        Column(f"{name}_high", "number", (f"{english}, upper end", f"{french}, borne haute")),
    )


_WILSON = ("95 % Wilson interval", "Intervalle de Wilson à 95 %")
_PERIOD: tuple[Column, ...] = (
    Column("month", "day", ("First day of the period", "Premier jour de la période")),
)
CORRECTION: tuple[Column, ...] = (
    Column(
        "share_corrected",
        "number",
        (
            "Share corrected for the misses and false finds of our rules (Rogan-Gladen), cut to 0 to 1",
            "Part corrigée des oublis et des fausses détections de nos règles (Rogan-Gladen), bornée à [0, 1]",
        ),
    ),
    *_ends("corrected", "95 % Lang-Reiczigel interval of it", "Son intervalle de Lang-Reiczigel à 95 %"),
    Column(
        "sensitivity",
        "number",
        ("Of what is there the share that our rules say", "Part dite par nos règles de ce qui est là"),
    ),
    Column(
        "specificity",
        "number",
        (
            "Of the adverts without it the share that our rules leave alone",
            "Part des annonces sans elle où nos règles ne disent rien",
        ),
    ),
    Column(
        "measured_on",
        "text",
        (
            "Labelled adverts the error rates are from: unread (a half whose misses were not read), all",
            "Annonces étiquetées d'où viennent ces taux : unread (moitié dont les erreurs n'ont pas été lues), all",
        ),
    ),
    Column(
        "uncorrected",
        "text",
        (
            "Why there is no corrected share: not_measured, or the reason in withheld",
            "Pourquoi il n'y a pas de part corrigée : not_measured, ou la raison de withheld",
        ),
    ),
)
TOP_SKILLS_CORRECTED = (*TOP_SKILLS, *CORRECTION)
SOFT_SKILLS_CORRECTED = (*SOFT_SKILLS, *CORRECTION)
SKILL_LEVELS: tuple[Column, ...] = (
    *SKILL,
    Column("level", "text", ("required, preferred, mentioned", "required, preferred, mentioned")),
    _NAMING,
    Column(
        "n_level", "whole", ("Of them at this level, their strongest", "Dont à ce niveau, leur plus fort")
    ),
    _EMPLOYERS,
    *_SHARE[:-1],
    Column("share_naming", "number", ("n_level / n_openings, 0 to 1", "n_level / n_openings, de 0 à 1")),
    *_ends("naming", *_WILSON),
    WITHHELD,
)
DEMANDS: tuple[Column, ...] = (
    Column("fact", "text", ("coding or ml (machine learning)", "coding ou ml (apprentissage automatique)")),
    Column("level", "text", ("required, preferred, not_mentioned", "required, preferred, not_mentioned")),
    *_label("What is counted", "Ce qui est compté"),
    Column("n_openings", "whole", ("Openings at this level", "Postes à ce niveau")),
    _EMPLOYERS,
    *_SHARE,
    *CORRECTION,
)
SKILLS_OVER_TIME: tuple[Column, ...] = (
    *_PERIOD,
    *SKILL,
    Column(
        "n_openings", "whole", ("Openings of the period that name it", "Postes de la période qui la nomment")
    ),
    _EMPLOYERS,
    *_SHARE,
    Column("is_provisional", "flag", ("Not over, or not wholly observed", "Inachevée ou observée en partie")),
    Column(
        "is_covered", "flag", ("False: a hole, nothing was observed", "Faux : un trou, rien n'a été observé")
    ),
    Column(
        "reason",
        "text",
        (
            "Why the period is a hole or provisional: gap:sources",
            "Pourquoi la période manque ou est provisoire",
        ),
    ),
)
_BEFORE = Column("before", "day", ("First day of the period before", "Premier jour de la période précédente"))
CHURN: tuple[Column, ...] = (
    *_PERIOD,
    _BEFORE,
    *SKILL,
    Column(
        "change",
        "text",
        (
            "entered or left the list of those asked, rose or fell within it; empty where chance alone may explain it",
            "entered, left (entrée dans la liste ou sortie), rose, fell (hausse, baisse) ; vide si le hasard suffit",
        ),
    ),
    Column("n_before", "whole", ("Openings that named it before", "Postes qui la nommaient avant")),
    Column("n_all_before", "whole", ("Openings before", "Postes d'avant")),
    Column(
        "share_before",
        "number",
        (
            "n_before / n_all_before; empty below the cell rule",
            "n_before / n_all_before ; vide sous le seuil",
        ),
    ),
    Column(
        "n_openings", "whole", ("Openings of the period that name it", "Postes de la période qui la nomment")
    ),
    Column("n_all", "whole", ("Openings of the period", "Postes de la période")),
    Column(
        "share",
        "number",
        ("n_openings / n_all; empty below the cell rule", "n_openings / n_all ; vide sous le seuil"),
    ),
    Column(
        "difference",
        "number",
        (
            "share - share_before (1 is 100 points); empty where one of them is",
            "share - share_before (1 vaut 100 points) ; vide si l'une l'est",
        ),
    ),
    *_ends(
        "difference",
        "95 % Newcombe interval of the difference, widened for employers with many adverts",
        "Intervalle de Newcombe à 95 % de la différence, élargi pour les employeurs à annonces multiples",
    ),
    Column(
        "design_effect",
        "number",
        (
            "How many times wider in variance employers with several adverts make it, at least 1",
            "Facteur de variance dû aux employeurs à annonces multiples, au moins 1",
        ),
    ),
    Column("p_value", "number", ("Score test of equal shares", "Test du score d'égalité des parts")),
    Column(
        "q_value",
        "number",
        (
            "The same after Benjamini-Hochberg over all skills tested in the period",
            "Le même après Benjamini-Hochberg sur toutes les compétences testées de la période",
        ),
    ),
    WITHHELD,
)
TURNOVER: tuple[Column, ...] = (
    *_PERIOD,
    _BEFORE,
    Column("n_all_before", "whole", ("Openings before", "Postes d'avant")),
    Column("n_all", "whole", ("Openings of the period", "Postes de la période")),
    Column("n_before", "whole", ("Skills asked before (cell rule)", "Compétences demandées avant (seuil)")),
    Column("n_listed", "whole", ("Skills asked in the period (cell rule)", "Compétences demandées (seuil)")),
    Column("n_tested", "whole", ("Skills tested for a change", "Compétences testées")),
    Column("n_entered", "whole", ("Entered beyond chance", "Entrées au-delà du hasard")),
    Column("n_left", "whole", ("Left beyond chance", "Sorties au-delà du hasard")),
    Column("n_rose", "whole", ("Rose within the list beyond chance", "En hausse au-delà du hasard")),
    Column("n_fell", "whole", ("Fell within the list beyond chance", "En baisse au-delà du hasard")),
    Column(
        "turnover",
        "number",
        (
            "(n_entered + n_left) / (n_before + n_listed), 0 to 1: a lower bound",
            "(n_entered + n_left) / (n_before + n_listed), de 0 à 1 : une borne basse",
        ),
    ),
    Column(
        "turnover_raw",
        "number",
        (
            "The same counting every coming and going, chance included",
            "Le même en comptant toute entrée ou sortie, hasard compris",
        ),
    ),
    Column(
        "turnover_by_chance",
        "number",
        (
            "What turnover_raw would be on average if no share had changed",
            "Ce que turnover_raw vaudrait en moyenne si aucune part n'avait changé",
        ),
    ),
    WITHHELD,
)
PAIRS: tuple[Column, ...] = (
    Column("skill_a", "text", ("One skill, id in skills.csv", "Une compétence, identifiant dans skills.csv")),
    Column("skill_b", "text", ("The other", "L'autre")),
    Column("label_a_en", "text", ("English name of skill_a", "Nom anglais de skill_a")),
    Column("label_a_fr", "text", ("French name of skill_a", "Nom français de skill_a")),
    Column("label_b_en", "text", ("English name of skill_b", "Nom anglais de skill_b")),
    Column("label_b_fr", "text", ("French name of skill_b", "Nom français de skill_b")),
    Column("n_both", "whole", ("Openings that name both", "Postes qui nomment les deux")),
    Column("n_a", "whole", ("Openings that name skill_a", "Postes qui nomment skill_a")),
    Column("n_b", "whole", ("Openings that name skill_b", "Postes qui nomment skill_b")),
    Column(
        "n_employers", "whole", ("Known employers that name both", "Employeurs connus qui nomment les deux")
    ),
    Column("n_all", "whole", ("Openings of the selection that were read", "Postes lus de la sélection")),
    Column("support", "number", ("n_both / n_all, 0 to 1", "n_both / n_all, de 0 à 1")),
    *_ends("support", *_WILSON),
    Column(
        "lift",
        "number",
        (
            "How many times more often together than if they were independent",
            "Combien de fois plus souvent ensemble que si elles étaient indépendantes",
        ),
    ),
    *_ends(
        "lift",
        "95 % interval of the lift (delta method), widened for having been picked among all pairs",
        "Intervalle à 95 % du lift (méthode delta), élargi parce que la paire est choisie parmi toutes",
    ),
    Column(
        "q_value",
        "number",
        (
            "Chance of so many openings naming both if independent, after Benjamini-Hochberg over all pairs looked at",
            "Probabilité d'autant de postes avec les deux par hasard, après Benjamini-Hochberg sur toutes les paires",
        ),
    ),
)


def _premium(bound: str, english: str, french: str) -> tuple[Column, ...]:
    return (
        Column(
            f"n_{bound}_with",
            "whole",
            (
                f"Openings with it and a {english} bound, in groups that hold both",
                f"Postes avec elle et une borne {french}, dans des groupes mixtes",
            ),
        ),
        Column(
            f"n_{bound}_without",
            "whole",
            (
                f"Openings without it, a {english} bound, in the same groups",
                f"Postes sans elle, avec borne {french}, mêmes groupes",
            ),
        ),
        Column(
            f"{bound}_premium",
            "number",
            (
                f"{english.capitalize()} bounds with it against without, within groups: 0.1 is 10 % more (geometric means)",
                f"Bornes {french}s avec elle contre sans, à groupe égal : 0,1 vaut 10 % de plus (moyennes géométriques)",
            ),
        ),
        *_ends(f"{bound}", "95 % interval, by employer", "Intervalle à 95 %, par employeur"),
    )


PREMIUM: tuple[Column, ...] = (
    *SKILL,
    *_premium("lower", "lower", "basse"),
    *_premium("upper", "upper", "haute"),
    Column(
        "n_strata",
        "whole",
        ("Groups (year, country, relation) that hold both", "Groupes (année, pays, relation) mixtes"),
    ),
    Column("n_employers", "whole", ("Employers in these groups", "Employeurs de ces groupes")),
    Column(
        "q_value",
        "number",
        (
            "Chance of so large a premium of the lower bounds without one, Benjamini-Hochberg over all rows shown",
            "Probabilité d'un tel écart des bornes basses par hasard, Benjamini-Hochberg sur les lignes montrées",
        ),
    ),
    Column("currency", "text", ("Currency of the figures, ISO 4217", "Devise des chiffres, ISO 4217")),
    WITHHELD,
)
HEADINGS: tuple[Column, ...] = (
    Column("heading", "text", ("Heading of the study", "Rubrique de l'étude")),
    *_label("The heading", "La rubrique"),
    Column(
        "kind",
        "text",
        ("hard (skills) or soft (soft skills)", "hard (compétences) ou soft (qualités humaines)"),
    ),
    Column(
        "n_mentions",
        "whole",
        ("Our mentions: openings times skills under it", "Nos mentions : postes fois compétences"),
    ),
    Column(
        "n_mentions_all", "whole", ("All our mentions, hard and soft", "Toutes nos mentions, hard et soft")
    ),
    Column(
        "mention_share",
        "number",
        ("n_mentions / n_mentions_all, 0 to 1", "n_mentions / n_mentions_all, de 0 à 1"),
    ),
    *_ends("mention", "95 % interval, by employer", "Intervalle à 95 %, par employeur"),
    Column(
        "mention_share_of_kind",
        "number",
        ("The same among mentions of its kind only", "La même parmi les mentions de son type seulement"),
    ),
    Column("n_openings", "whole", ("Openings that name any of it", "Postes qui en nomment une")),
    _EMPLOYERS,
    *_SHARE,
    Column(
        "study_share", "number", ("The study's share of skill mentions", "Part des mentions selon l'étude")
    ),
    Column("study", "text", ("The study", "L'étude")),
)
STUDIES: tuple[Column, ...] = (
    Column("study", "text", ("The study", "L'étude")),
    Column("item", "text", ("What it counts", "Ce qu'elle compte")),
    *_label("The item", "L'élément"),
    Column(
        "study_k",
        "whole",
        ("Its adverts with it; empty where not given", "Ses annonces avec ; vide si non donné"),
    ),
    Column("study_n", "whole", ("Its adverts", "Ses annonces")),
    Column("study_share", "number", ("Its share, 0 to 1", "Sa part, de 0 à 1")),
    *_ends("study", *_WILSON),
    Column("n_openings", "whole", ("Our openings with it", "Nos postes avec")),
    _EMPLOYERS,
    *_SHARE,
    Column(
        "n_shared",
        "whole",
        (
            "Of n_all, openings from the study's own sample (0 unless that source is asked for)",
            "Dans n_all, postes issus de l'échantillon de l'étude (0 sauf si cette source est demandée)",
        ),
    ),
)
