"""The columns of the lifetime measures' frames."""

from __future__ import annotations

from data.frames import Column
from data.measures.columns import WITHHELD

_DAY = Column(
    "day", "whole", ("Days since it was first listed", "Jours depuis la première parution dans une liste")
)
_AT_RISK = Column(
    "at_risk",
    "number",
    (
        "Still listed and under observation just before that day (on day 0: from the first day on); fractions where "
        "ends are known to a span of days",
        "Encore présents et observés juste avant ce jour (jour 0 : dès le premier jour) ; fractions si la fin n'est "
        "connue qu'à quelques jours près",
    ),
)
_N_EXITS = Column(
    "n_exits",
    "number",
    (
        "Of them gone on that day; fractions where ends are known to a span of days",
        "Dont disparus ce jour-là ; fractions si la fin n'est connue qu'à quelques jours près",
    ),
)


def _band(
    name: str, what: tuple[str, str], how: tuple[str, str], kind: str = "number"
) -> tuple[Column, Column]:
    """The columns of the ends of a 95 % interval of column `name`, called `what`."""
    en, fr = f"95 % interval of {what[0]}, {how[0]}", f"Intervalle à 95 % de {what[1]}, {how[1]}"
    return (
        Column(f"{name}_low", kind, (f"{en}, lower end", f"{fr}, borne basse")),
        Column(f"{name}_high", kind, (f"{en}, upper end", f"{fr}, borne haute")),
    )


SURVIVAL: tuple[Column, ...] = (
    _DAY,
    _AT_RISK,
    _N_EXITS,
    Column(
        "survival",
        "number",
        (
            "Share still listed after that many days (Kaplan-Meier with late entry), 0 to 1",
            "Part encore présente après ce nombre de jours (Kaplan-Meier, entrées tardives), de 0 à 1",
        ),
    ),
    *_band(
        "survival",
        ("the share", "la part"),
        ("Greenwood's variance, log-log scale", "variance de Greenwood, échelle log-log"),
    ),
    *_band(
        "survival_employer",
        ("the share", "la part"),
        (
            "where openings of one employer end together (the wider of this and the former)",
            "si les postes d'un même employeur prennent fin ensemble (la plus large des deux)",
        ),
    ),
    Column(
        "survival_early",
        "number",
        (
            "The share if every stay had been as short as its checks allow",
            "La part si chaque présence avait été aussi courte que les relevés le permettent",
        ),
    ),
    Column(
        "survival_late",
        "number",
        (
            "The share if every stay had been as long as its checks allow",
            "La part si chaque présence avait été aussi longue que les relevés le permettent",
        ),
    ),
    WITHHELD,
)
MEDIANS: tuple[Column, ...] = (
    Column(
        "unit",
        "text",
        (
            "opening, posting, or spell (every spell of every posting)",
            "opening (poste), posting (annonce) ou spell (chaque période de chaque annonce)",
        ),
    ),
    Column(
        "n",
        "whole",
        ("Units whose start is known and that were followed", "Unités au début connu et suivies"),
    ),
    Column("n_exits", "whole", ("Of them seen to end", "Dont la fin a été observée")),
    Column("n_employers", "whole", ("Known employers of these units", "Employeurs connus de ces unités")),
    Column(
        "n_undated",
        "whole",
        (
            "Units left out because nothing dates their start",
            "Unités écartées faute de date de début",
        ),
    ),
    Column("median_days", "whole", ("Median days advertised", "Médiane des jours de parution")),
    *_band(
        "median_days",
        (
            "the median (the end is missing where the data do not reach it)",
            "la médiane (vide si hors d'atteinte)",
        ),
        ("Greenwood's variance, log-log scale", "variance de Greenwood, échelle log-log"),
        "whole",
    ),
    *_band(
        "median_days_employer",
        ("the median", "la médiane"),
        (
            "where openings of one employer end together (the wider of this and the former)",
            "si les postes d'un même employeur prennent fin ensemble (le plus large des deux)",
        ),
        "whole",
    ),
    Column(
        "median_days_early",
        "whole",
        (
            "The median if every stay had been as short as its checks allow",
            "La médiane si chaque présence avait été aussi courte que les relevés le permettent",
        ),
    ),
    Column(
        "median_days_late",
        "whole",
        (
            "The median if every stay had been as long as its checks allow",
            "La médiane si chaque présence avait été aussi longue que les relevés le permettent",
        ),
    ),
    WITHHELD,
)
EXITS: tuple[Column, ...] = (
    _DAY,
    Column(
        "exit",
        "text",
        (
            "open (still listed), vanished (from a listing that goes on), emptied (with its whole board), "
            "board_gone, reposted (gone, and back within 60 days)",
            "open (encore présent), vanished (retiré d'une liste qui continue), emptied (avec toute la liste), "
            "board_gone (liste disparue), reposted (retiré puis reparu sous 60 jours)",
        ),
    ),
    _AT_RISK,
    _N_EXITS,
    Column(
        "share",
        "number",
        (
            "Share that has ended that way by that day, or is still listed; the shares of a day sum to 1",
            "Part qui a pris fin ainsi jusqu'à ce jour, ou encore présente ; les parts d'un jour font 1",
        ),
    ),
    *_band("share", ("the share", "la part"), ("log-log scale", "échelle log-log")),
    WITHHELD,
)
REPOSTS: tuple[Column, ...] = (
    Column(
        "day",
        "whole",
        ("Days since the opening was no longer listed", "Jours depuis que le poste n'est plus présent"),
    ),
    Column(
        "at_risk",
        "whole",
        (
            "Openings gone, not yet reposted and still followed just before that day",
            "Postes disparus, pas encore reparus et encore suivis juste avant ce jour",
        ),
    ),
    Column("n_reposted", "whole", ("Of them reposted on that day", "Dont reparus ce jour-là")),
    Column(
        "share",
        "number",
        (
            "Share of ended openings reposted by that day, 0 to 1",
            "Part des postes disparus reparue jusqu'à ce jour, de 0 à 1",
        ),
    ),
    *_band(
        "share",
        ("the share", "la part"),
        (
            "robust to employers that repost together, log-log scale",
            "robuste aux employeurs groupés, échelle log-log",
        ),
    ),
    WITHHELD,
)
SPELL_COUNTS: tuple[Column, ...] = (
    Column(
        "n_spells",
        "whole",
        (
            "Times the opening was listed, breaks of more than 3 days between them",
            "Nombre de présences du poste, séparées de plus de 3 jours",
        ),
    ),
    Column(
        "n_openings", "whole", ("Openings listed so often so far", "Postes présents autant de fois à ce jour")
    ),
    Column("n_all", "whole", ("All openings of the selection", "Tous les postes de la sélection")),
    Column("share", "number", ("n_openings / n_all", "n_openings / n_all")),
    *_band("share", ("the share", "la part"), ("Wilson", "Wilson")),
    WITHHELD,
)
FACTS: tuple[Column, ...] = (
    Column("opening_key", "text", ("The opening", "Le poste")),
    Column("employer_key", "text", ("Normalised employer name", "Nom d'employeur normalisé")),
    Column("title", "text", ("Title of its latest advert", "Intitulé de sa dernière annonce")),
    Column("url", "text", ("Address of its latest advert", "Adresse de sa dernière annonce")),
    Column("sources", "texts", ("Sources that list or listed it", "Sources qui l'ont présenté")),
    Column("n_postings", "whole", ("Its adverts", "Ses annonces")),
    Column(
        "n_spells",
        "whole",
        (
            "Times it was listed, breaks of more than 3 days between them",
            "Nombre de présences, séparées de plus de 3 jours",
        ),
    ),
    Column(
        "n_versions",
        "whole",
        ("Most wordings collected of one of its adverts", "Nombre maximal de rédactions d'une annonce"),
    ),
    Column("first_listed", "day", ("First day a check listed it", "Premier jour où un relevé l'a vu")),
    Column("last_listed", "day", ("Last day a check listed it", "Dernier jour où un relevé l'a vu")),
    Column("is_open", "flag", ("No check has missed it since", "Aucun relevé ne l'a manqué depuis")),
    Column(
        "days_listed",
        "whole",
        (
            "Days from the first to the last listing of its present (or last) spell, as checks of ours saw it",
            "Jours entre la première et la dernière vue de sa présence actuelle (ou dernière)",
        ),
    ),
    Column(
        "days_unchanged",
        "whole",
        (
            "Of them since the present wording of its latest advert was first listed",
            "Dont depuis la rédaction actuelle de sa dernière annonce",
        ),
    ),
    Column(
        "stated_on",
        "day",
        ("Earliest day of publication its sources state", "Premier jour de parution indiqué par ses sources"),
    ),
    Column(
        "days_stated_before",
        "whole",
        (
            "Days from that day to the first listing; missing where none is stated",
            "Jours entre ce jour et la première vue ; manque si rien n'est indiqué",
        ),
    ),
    Column(
        "was_listed_at_first_check",
        "flag",
        (
            "It was already up at the first complete check of its board: how long before is not observed",
            "Déjà présent au premier relevé complet de sa liste : le temps d'avant n'est pas observé",
        ),
    ),
)
FACT_SHARES: tuple[Column, ...] = (
    Column(
        "fact",
        "text",
        (
            "listed_60, listed_180 (still listed after so many days), unchanged_60 (one wording through 60 days), "
            "stated_earlier_30 (new in a listing, though stated over 30 days earlier), several_sources",
            "listed_60, listed_180 (encore présent après autant de jours), unchanged_60 (une seule rédaction en "
            "60 jours), stated_earlier_30 (nouveau dans une liste, mais daté de plus de 30 jours avant), "
            "several_sources (plusieurs sources)",
        ),
    ),
    Column("n_openings", "whole", ("Openings that the share is of", "Postes sur lesquels porte la part")),
    Column("n_employers", "whole", ("Known employers of these openings", "Employeurs connus de ces postes")),
    Column("share", "number", ("Share of these openings, 0 to 1", "Part de ces postes, de 0 à 1")),
    *_band(
        "share",
        ("the share", "la part"),
        ("Wilson; Greenwood for listed_60 and listed_180", "Wilson ; Greenwood pour listed_60 et listed_180"),
    ),
    WITHHELD,
)
