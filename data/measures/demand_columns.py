"""The columns of the measures of demand beyond flow and stock: names, types, units and meaning."""

from __future__ import annotations

from data.frames import Column
from data.measures.columns import BENCHMARKS, WITHHELD

_BOARDS: tuple[Column, ...] = (
    Column("boards_covered", "whole", ("Boards read completely that day", "Listes lues entièrement ce jour")),
    Column(
        "boards_failed", "whole", ("Boards tried without a complete answer", "Listes sans réponse complète")
    ),
)
_IS_COVERED = Column(
    "is_covered", "flag", ("False: a hole, nothing was observed", "Faux : un trou, rien n'a été observé")
)
_IS_PROVISIONAL = Column(
    "is_provisional",
    "flag",
    (
        "May still change: not over, or a part of it is not known yet",
        "Peut encore changer : inachevé, ou en partie inconnu",
    ),
)
_REASON = Column(
    "reason", "text", ("Why it is a hole or provisional", "Pourquoi c'est un trou ou provisoire")
)
INDEX: tuple[Column, ...] = (
    Column("day", "day", ("Day, UTC", "Jour, UTC")),
    Column(
        "n_open", "whole", ("Stock at the day's end, in the unit", "Stock en fin de journée, dans l'unité")
    ),
    Column(
        "raw_index",
        "number",
        (
            "The stock as counted, mean of the base window = 100: grows with the list of boards",
            "Le stock tel que compté, moyenne de la base = 100 : croît avec la liste des listes",
        ),
    ),
    Column(
        "index",
        "number",
        (
            "Matched-panel chained index, mean of the base window = 100",
            "Indice chaîné à panel apparié, moyenne de la base = 100",
        ),
    ),
    Column(
        "index_7d",
        "number",
        (
            "Mean of index over the last 7 days (4 or more of them covered)",
            "Moyenne de l'indice sur les 7 derniers jours (dont 4 couverts au moins)",
        ),
    ),
    Column(
        "index_7d_low",
        "number",
        (
            "95 % interval of index_7d over boards, lower end",
            "Intervalle à 95 % sur les listes, borne basse",
        ),
    ),
    Column(
        "index_7d_high",
        "number",
        (
            "95 % interval of index_7d over boards, upper end",
            "Intervalle à 95 % sur les listes, borne haute",
        ),
    ),
    Column(
        "boards_matched",
        "whole",
        (
            "Boards with such adverts at some time that link the day to an earlier one",
            "Listes ayant eu de telles annonces qui rattachent le jour à un jour antérieur",
        ),
    ),
    *_BOARDS,
    Column("is_base", "flag", ("A day of the base window", "Un jour de la fenêtre de base")),
    _IS_PROVISIONAL,
    _IS_COVERED,
    _REASON,
    WITHHELD,
)

_MONTH = Column(
    "month",
    "day",
    ("First day of the month (or quarter, year)", "Premier jour du mois (ou trimestre, année)"),
)


def _ends(name: str, of: tuple[str, str], how: str) -> tuple[Column, Column]:
    """The two columns of a 95 % interval: of what (English, French), and the name of the method."""
    return (
        Column(
            f"{name}_low",
            "number",
            (
                f"95 % interval of {of[0]} ({how}), lower end",
                f"Intervalle à 95 % {of[1]} ({how}), borne basse",
            ),
        ),
        Column(
            f"{name}_high",
            "number",
            (
                f"95 % interval of {of[0]} ({how}), upper end",
                f"Intervalle à 95 % {of[1]} ({how}), borne haute",
            ),
        ),
    )


ABSORPTION: tuple[Column, ...] = (
    _MONTH,
    Column(
        "group",
        "text",
        (
            "Kind of employer or of work; empty for all, or unknown",
            "Type d'employeur ou de travail ; vide : tous",
        ),
    ),
    Column("n_job", "whole", ("Openings whose title is prompt engineer", "Postes intitulés prompt engineer")),
    Column(
        "n_other",
        "whole",
        (
            "Openings of other titles that ask for prompting",
            "Postes d'autres intitulés qui demandent le prompting",
        ),
    ),
    Column("n_employers", "whole", ("Known employers of both", "Employeurs connus des deux")),
    Column("share", "number", ("n_job / (n_job + n_other), 0 to 1", "n_job / (n_job + n_other), de 0 à 1")),
    *_ends("share", ("the share", "de la part"), "Clopper–Pearson"),
    Column("ratio", "number", ("n_job / n_other", "n_job / n_other")),
    *_ends("ratio", ("the ratio", "du rapport"), "Clopper–Pearson"),
    _IS_PROVISIONAL,
    _IS_COVERED,
    _REASON,
    WITHHELD,
)


def _change(name: str, against: tuple[str, str]) -> tuple[Column, ...]:
    """A change of the share, its interval, the boards it rests on and why it is withheld."""
    return (
        Column(
            name,
            "number",
            (
                f"Change of the share from {against[0]} on the same boards, percentage points",
                f"Variation de la part depuis {against[1]} sur les mêmes listes, points de pourcentage",
            ),
        ),
        *_ends(name, ("the change", "de la variation"), "Newcombe"),
        Column(
            f"{name}_boards",
            "whole",
            ("Boards observed through both windows", "Listes observées sur les deux fenêtres"),
        ),
        Column(
            f"{name}_withheld", "text", ("Why the change is not shown", "Pourquoi la variation est retenue")
        ),
    )


PANEL_SHARE: tuple[Column, ...] = (
    Column("since", "day", ("First day of the window", "Premier jour de la fenêtre")),
    Column("until", "day", ("Last day of the window", "Dernier jour de la fenêtre")),
    Column("n_openings", "whole", ("Openings advertised in it", "Postes annoncés dans la fenêtre")),
    Column("n_employers", "whole", ("Known employers of these openings", "Employeurs connus de ces postes")),
    Column(
        "n_all",
        "whole",
        (
            "All adverts of the same boards dated in it that were read, whatever the role",
            "Toutes les annonces lues des mêmes listes datées dans la fenêtre, quel que soit le rôle",
        ),
    ),
    Column("n_boards", "whole", ("Boards observed through it", "Listes observées sur toute la fenêtre")),
    Column("share_per_10k", "number", ("Openings per 10,000 of n_all", "Postes pour 10 000 de n_all")),
    *_ends("share", ("the share, per 10,000", "de la part, pour 10 000"), "Wilson"),
    *_change("change", ("the window before", "la fenêtre précédente")),
    *_change("base_change", ("the first window", "la première fenêtre")),
    _IS_PROVISIONAL,
    _IS_COVERED,
    _REASON,
    WITHHELD,
)
TREND: tuple[Column, ...] = (
    Column(
        "verdict",
        "text",
        (
            "up, down, level or not_enough_data",
            "up (hausse), down (baisse), level (stable) ou not_enough_data",
        ),
    ),
    Column(
        "growth",
        "number",
        (
            "Growth a month of new openings per advert of the same boards (0.05 = 5 %)",
            "Croissance mensuelle des nouveaux postes par annonce des mêmes listes (0,05 = 5 %)",
        ),
    ),
    *_ends("growth", ("the growth", "de la croissance"), "score"),
    Column(
        "detectable",
        "number",
        (
            "The smallest growth a month that so much data would find with 80 % power",
            "La plus petite croissance mensuelle qu'autant de données révéleraient 4 fois sur 5",
        ),
    ),
    Column(
        "dispersion",
        "number",
        (
            "Variance of the counts over Poisson's, at least 1",
            "Variance des comptes rapportée à celle de Poisson, au moins 1",
        ),
    ),
    Column(
        "grain", "text", ("week or month: what the periods are", "week ou month : la nature des périodes")
    ),
    Column("n_periods", "whole", ("Complete periods looked at", "Périodes complètes examinées")),
    Column("n_openings", "whole", ("New openings in them", "Nouveaux postes de ces périodes")),
    Column("since", "day", ("First day of the first period", "Premier jour de la première période")),
    Column("until", "day", ("Last day of the last period", "Dernier jour de la dernière période")),
    WITHHELD,
)
GROWTH: tuple[Column, ...] = (
    Column(
        "basis",
        "text",
        (
            "stock (open at listing sources) or flow (advertised in the month at the others)",
            "stock (ouverts, sources à listes) ou flow (annoncés dans le mois, autres sources)",
        ),
    ),
    Column(
        "component",
        "text",
        (
            "start; market, boards_added, boards_lost; data, presence, rules, matching (another release); end",
            "start ; market, boards_added, boards_lost ; data, presence, rules, matching (autre version) ; end",
        ),
    ),
    Column(
        "n",
        "whole",
        (
            "The count at the start and end; what the component added between them, net",
            "Le compte au début et à la fin ; ce que la composante a ajouté entre eux, net",
        ),
    ),
    Column("n_gained", "whole", ("Of it, added", "Dont ajoutés")),
    Column("n_lost", "whole", ("Of it, taken away", "Dont retirés")),
    Column("since", "day", ("First day (flow: month)", "Premier jour (flux : mois)")),
    Column("until", "day", ("Second day (flow: month)", "Second jour (flux : mois)")),
    WITHHELD,
)
REBASED: tuple[Column, ...] = (
    *BENCHMARKS,
    Column(
        "rebased",
        "number",
        (
            "value with the mean of the base window = 100, as in index",
            "value, moyenne de la fenêtre de base = 100, comme pour index",
        ),
    ),
    Column("n_base", "whole", ("Points of the series in the base window", "Points de la série dans la base")),
    WITHHELD,
)
