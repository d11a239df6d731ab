"""The columns of the measures that compare releases: names, types, units and meaning."""

from __future__ import annotations

from data.frames import Column

_LABELS: tuple[Column, ...] = (
    Column("label_en", "text", ("In English", "En anglais")),
    Column("label_fr", "text", ("In French", "En français")),
)

CHANGES: tuple[Column, ...] = (
    Column(
        "cause",
        "text",
        (
            "What changed the number, in the order in which it is counted; before and after are the numbers themselves",
            "Ce qui a changé le nombre, dans l'ordre du décompte ; before et after sont les nombres eux-mêmes",
        ),
    ),
    *_LABELS,
    Column("n", "whole", ("Adverts concerned", "Annonces concernées")),
    Column(
        "postings",
        "whole",
        (
            "Change in the number of adverts (before, after: the number)",
            "Variation du nombre d'annonces (before, after : le nombre)",
        ),
    ),
    Column(
        "openings",
        "whole",
        (
            "Change in the number of openings (before, after: the number)",
            "Variation du nombre de postes (before, after : le nombre)",
        ),
    ),
    Column(
        "employers",
        "whole",
        (
            "Change in the number of known employers (before, after: the number)",
            "Variation du nombre d'employeurs connus (before, after : le nombre)",
        ),
    ),
    Column(
        "detail",
        "text",
        (
            "Times the releases were made, versions of rules and method, ids of sources; empty where there is none",
            "Dates des publications, versions des règles et de la méthode, identifiants de sources ; vide sinon",
        ),
    ),
)
FACTS: tuple[Column, ...] = (
    Column("fact", "text", ("Fact of the advert", "Fait de l'annonce")),
    *_LABELS,
    Column(
        "n_both",
        "whole",
        ("Adverts of the selection in both releases", "Annonces de la sélection dans les deux publications"),
    ),
    Column("n_postings", "whole", ("Of them with another fact now", "Dont le fait a changé")),
    Column("n_read", "whole", ("Of these: read for the first time", "Dont lues pour la première fois")),
    Column("n_edited", "whole", ("Of these: their wording changed", "Dont la rédaction a changé")),
    Column("n_rules", "whole", ("Of these: read by other rules", "Dont lues avec d'autres règles")),
    Column("n_other", "whole", ("Of these: for another reason", "Dont pour une autre raison")),
)
REVISIONS: tuple[Column, ...] = (
    Column("made_at", "time", ("When the release was made, UTC", "Date de la publication, UTC")),
    Column(
        "rules_version", "text", ("Version of its extraction rules", "Version de ses règles d'extraction")
    ),
    Column("method_version", "text", ("Version of its method", "Version de sa méthode")),
    Column(
        "period",
        "day",
        ("First day of the period; empty: the whole", "Premier jour de la période ; vide : l'ensemble"),
    ),
    Column(
        "figure",
        "text",
        ("What is followed: figure, or a column of the report", "Ce qui est suivi : figure, ou une colonne"),
    ),
    Column(
        "unit",
        "text",
        ("Unit of the value; empty: see the report's column", "Unité ; vide : voir la colonne du rapport"),
    ),
    Column("value", "number", ("The number as this release gives it", "Le nombre selon cette publication")),
    Column("low", "number", ("95 % interval, lower end, where it has one", "Intervalle à 95 %, borne basse")),
    Column(
        "high", "number", ("95 % interval, upper end, where it has one", "Intervalle à 95 %, borne haute")
    ),
    Column("n_openings", "whole", ("Openings it rests on", "Postes sur lesquels il repose")),
    Column(
        "revision",
        "number",
        (
            "value minus that of the release before; empty for the first that has the period",
            "value moins celle de la publication précédente ; vide pour la première qui a la période",
        ),
    ),
    Column(
        "is_provisional",
        "flag",
        ("The release itself calls it provisional", "La publication elle-même le dit provisoire"),
    ),
    Column(
        "withheld",
        "text",
        (
            "Why the release withholds it; empty where shown",
            "Pourquoi la publication le retient ; vide sinon",
        ),
    ),
)
