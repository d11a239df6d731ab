"""The columns of the measures about sources; see data.measures.columns."""

from __future__ import annotations

from data.frames import Column

SOURCE_HEALTH: tuple[Column, ...] = (
    Column("source", "text", ("Source id", "Identifiant de la source")),
    Column("label", "text", ("Name", "Nom")),
    Column("label_fr", "text", ("French name", "Nom français")),
    Column("origin", "text", ("live, snapshot, import or archive", "live, snapshot, import ou archive")),
    Column("n_postings", "whole", ("Adverts of it in the release", "Ses annonces dans la publication")),
    Column(
        "last_good_day",
        "text",
        ("Day of its last complete answer; empty where none", "Jour de sa dernière réponse complète"),
    ),
    Column("last_outcome", "text", ("How its last check ended", "Issue de son dernier relevé")),
    Column("sentence_en", "text", ("Its state in a sentence, English", "Son état en une phrase, anglais")),
    Column("sentence_fr", "text", ("Its state in a sentence, French", "Son état en une phrase, français")),
    Column(
        "boards_covered",
        "whole",
        ("Boards read completely on its last day of checks", "Listes lues entièrement le dernier jour"),
    ),
    Column(
        "boards_failed",
        "whole",
        ("Boards without a complete answer that day", "Listes sans réponse complète ce jour"),
    ),
    Column("last_day", "day", ("Its last day of checks", "Son dernier jour de relevé")),
    Column("last_run_at", "time", ("Start of its last run, UTC", "Début de sa dernière exécution, UTC")),
    Column("last_run_status", "text", ("How the last run ended", "Issue de la dernière exécution")),
    Column("last_run_reason", "text", ("Why it did not end well", "Pourquoi elle a échoué")),
    Column("n_runs", "whole", ("Runs recorded", "Exécutions enregistrées")),
    Column("n_rejected", "whole", ("Records set aside in all runs", "Enregistrements écartés en tout")),
    Column(
        "level",
        "text",
        ("well, ill (look at it) or idle (not collected)", "well, ill (à voir) ou idle (pas relevée)"),
    ),
    Column(
        "last_good_at",
        "time",
        ("Start of its last good run, UTC", "Début de sa dernière bonne exécution, UTC"),
    ),
    Column(
        "next_run_at",
        "time",
        ("When its cron line has it run next, UTC", "Prochaine exécution selon sa ligne cron, UTC"),
    ),
    Column("boards_asked", "whole", ("Boards asked on its last day", "Listes demandées le dernier jour")),
    Column(
        "boards_answered",
        "whole",
        ("Of them that gave all the source lets us have", "Dont celles qui ont tout donné"),
    ),
    Column(
        "boards_suspended",
        "whole",
        (
            "Boards that wait because they were gone for long",
            "Listes en attente car disparues depuis longtemps",
        ),
    ),
    Column("n_seen", "whole", ("Adverts seen on its last day", "Annonces vues le dernier jour")),
    Column(
        "n_usual",
        "whole",
        ("Adverts usual for the boards known before", "Annonces habituelles des listes déjà connues"),
    ),
    Column(
        "n_set_aside",
        "whole",
        ("Records set aside on its last day", "Enregistrements écartés le dernier jour"),
    ),
    Column("licence", "text", ("Licence or kind of access", "Licence ou type d'accès")),
    Column("attribution_en", "text", ("Attribution it asks for, English", "Mention demandée, en anglais")),
    Column("attribution_fr", "text", ("Attribution it asks for, French", "Mention demandée, en français")),
    Column("url", "text", ("Its address", "Son adresse")),
    Column("terms", "text", ("Its terms", "Ses conditions")),
)
COVERAGE_STRIP: tuple[Column, ...] = (
    Column("source", "text", ("Source id", "Identifiant de la source")),
    Column("day", "day", ("Day of the checks, UTC", "Jour des relevés, UTC")),
    Column("boards_covered", "whole", ("Boards read completely", "Listes lues entièrement")),
    Column("boards_failed", "whole", ("Boards without a complete answer", "Listes sans réponse complète")),
    Column("n_seen", "whole", ("Postings listed", "Annonces listées")),
    Column("reason", "text", ("Most frequent reason of failure", "Raison d'échec la plus fréquente")),
)
