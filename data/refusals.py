"""Why a filter or a report's option is refused, in English and French; SelectionError fills the places."""

from __future__ import annotations

# Key -> language -> sentence. Values are the reader's own words, cut short by whoever raises.
REFUSALS: dict[str, dict[str, str]] = {
    "no_filter": {
        "en": "{name!r} is no filter; there are: {allowed}.",
        "fr": "« {name} » n'est pas un filtre ; il y a : {allowed}.",
    },
    "not_allowed": {
        "en": "{name} is {value!r}; allowed: {allowed}.",
        "fr": "{name} vaut « {value} » ; valeurs permises : {allowed}.",
    },
    "one_value": {
        "en": "{name} takes one value of: {allowed}.",
        "fr": "{name} ne prend qu'une valeur, parmi : {allowed}.",
    },
    "given_once": {
        "en": "{name} is given {n} times; give it once.",
        "fr": "{name} est donné {n} fois ; donnez-le une seule fois.",
    },
    "too_long": {
        "en": "{name} has {n} characters; at most {most} are allowed.",
        "fr": "{name} compte {n} caractères ; {most} au plus sont permis.",
    },
    "order": {
        "en": "since ({since:%Y-%m}) lies after until ({until:%Y-%m}).",
        "fr": "since ({since:%Y-%m}) vient après until ({until:%Y-%m}).",
    },
    "source": {
        "en": "source is {value!r}; give an id of the Sources page, such as hackernews.",
        "fr": "source vaut « {value} » ; donnez un identifiant de la page Sources, comme hackernews.",
    },
    "country": {
        "en": "country is {value!r}; give ISO 3166 codes of two letters, such as US,FR.",
        "fr": "country vaut « {value} » ; donnez des codes ISO 3166 de deux lettres, comme US,FR.",
    },
    "month": {
        "en": "{name} is {value!r}; give a month as YYYY-MM, such as 2024-03.",
        "fr": "{name} vaut « {value} » ; donnez un mois sous la forme AAAA-MM, comme 2024-03.",
    },
    "currency": {
        "en": "currency is {value!r}; give an ISO 4217 code such as USD or EUR.",
        "fr": "currency vaut « {value} » ; donnez un code ISO 4217, comme USD ou EUR.",
    },
    "at_least_one": {
        "en": "{name} is {value}; give at least 1.",
        "fr": "{name} vaut {value} ; donnez au moins 1.",
    },
    "claim": {
        "en": "a claim's lower end ({low:,.0f}) cannot exceed its upper end ({high:,.0f}).",
        "fr": "le bas d'une affirmation ({low:.0f}) ne peut pas dépasser son haut ({high:.0f}).",
    },
    "rows": {
        "en": "rows {start} to {end}: ask for at most {most} at a time.",
        "fr": "lignes {start} à {end} : demandez-en {most} au plus à la fois.",
    },
    "posting": {
        "en": "posting is {value!r}: this release holds no such posting.",
        "fr": "posting vaut « {value} » : cette version ne contient pas une telle annonce.",
    },
    "column": {
        "en": "column {name!r} is not in the list; there are: {allowed}.",
        "fr": "la colonne « {name} » n'est pas dans la liste ; il y a : {allowed}.",
    },
    "filter_kind": {
        "en": "filter {value!r} on {name}; allowed: {allowed}.",
        "fr": "filtre « {value} » sur {name} ; valeurs permises : {allowed}.",
    },
    "filter_join": {
        "en": "filter on {name}: join one to ten conditions with AND or OR.",
        "fr": "filtre sur {name} : joignez une à dix conditions par AND ou OR.",
    },
    "filter_text": {
        "en": "filter on {name} needs a text, not {value!r}.",
        "fr": "le filtre sur {name} demande un texte, pas « {value} ».",
    },
    "filter_day": {
        "en": "filter on {name}: {part} is {value!r}; give a day such as 2024-03-01.",
        "fr": "filtre sur {name} : {part} vaut « {value} » ; donnez un jour, comme 2024-03-01.",
    },
    "filter_number": {
        "en": "filter on {name}: {part} is {value!r}; give a number.",
        "fr": "filtre sur {name} : {part} vaut « {value} » ; donnez un nombre.",
    },
    "report": {
        "en": "There is no report {name!r}; there are: {allowed}.",
        "fr": "Il n'y a pas de rapport « {name} » ; il y a : {allowed}.",
    },
    "chart": {
        "en": "There is no chart {name!r}; there are: {allowed}.",
        "fr": "Il n'y a pas de graphique « {name} » ; il y a : {allowed}.",
    },
    "not_collected": {
        "en": "{name!r} is no source to collect; there are {allowed}.",
        "fr": "« {name} » n'est pas une source à collecter ; il y a {allowed}.",
    },
    "unknown_platform": {
        "en": "{name!r} is no platform of boards; known: {allowed}.",
        "fr": "« {name} » n'est pas une plateforme de listes ; connues : {allowed}.",
    },
    "no_token": {
        "en": "{name!r} cannot be a board's token; write it as in its address ({example}).",
        "fr": "« {name} » ne peut pas être le nom d'une liste ; écrivez-le comme dans son adresse ({example}).",
    },
    "no_board_address": {
        "en": "{name!r} is no board of a known platform; known: {allowed}.",
        "fr": "« {name} » n'est pas une liste d'une plateforme connue ; connues : {allowed}.",
    },
    "board_not_listed": {
        "en": "{name!r} is no board of the list; promptjobs boards add puts it there.",
        "fr": "« {name} » n'est pas dans les listes ; promptjobs boards add l'y met.",
    },
    "no_releases": {
        "en": "There is no release to read; run `promptjobs publish`.",
        "fr": "Il n'y a aucune publication à lire ; lancez `promptjobs publish`.",
    },
    "no_series": {
        "en": "{report} has no row per period to follow; leave out the column to follow its figure.",
        "fr": "{report} n'a pas une ligne par période à suivre ; omettez la colonne pour suivre son chiffre.",
    },
    "report_missing": {
        "en": "Name a report: {allowed}.",
        "fr": "Nommez un rapport : {allowed}.",
    },
}
