"""The typed reasons and methods that stand beside numbers, each with its words in English and French."""

from __future__ import annotations

from enum import StrEnum


class _Said(StrEnum):
    """An id with its words. Members are (id, English, French)."""

    english: str
    french: str

    def __new__(cls, value: str, english: str = "", french: str = "") -> _Said:
        member = str.__new__(cls, value)
        member._value_, member.english, member.french = value, english, french
        return member

    def words(self, lang: str) -> str:
        """What it says (`lang`: en or fr)."""
        return {"en": self.english, "fr": self.french}[lang]


class Withheld(_Said):
    """Why a number is not shown; the value is the id that stands in a frame's `withheld` column.

    SAMPLE stands in a coverage only: it withholds a whole series."""

    FEW_OPENINGS = (
        "few_openings",
        "not enough data (n = {n})",
        "pas assez de données (n = {n})",
    )
    FEW_EMPLOYERS = (
        "few_employers",
        "not enough data (n = {n}, too few employers)",
        "pas assez de données (n = {n}, trop peu d'employeurs)",
    )
    ONE_EMPLOYER = (
        "one_employer",
        "not enough data (n = {n}, more than half from one employer)",
        "pas assez de données (n = {n}, plus de la moitié d'un seul employeur)",
    )
    SAMPLE = (
        "sample",
        "these adverts were picked by hand, so they cannot say how demand moves (n = {n})",
        "ces annonces ont été choisies à la main et ne disent rien de l'évolution de la demande (n = {n})",
    )
    OLD_RELEASE = (
        "old_release",
        "this release is older than this figure: publish again (n = {n})",
        "cette version est plus ancienne que ce chiffre : publiez de nouveau (n = {n})",
    )
    FEW_PERIODS = (
        "few_periods",
        "not enough data (fewer than 5 complete periods, n = {n})",
        "pas assez de données (moins de 5 périodes complètes, n = {n})",
    )
    NO_BASE = (
        "no_base",
        "nothing was observed in the base window (n = {n})",
        "rien n'a été observé dans la fenêtre de base (n = {n})",
    )
    NO_COMPARISON = (
        "no_comparison",
        "there is nothing to compare with (n = {n})",
        "il n'y a rien à quoi comparer (n = {n})",
    )
    OPEN_CURRENCY = (
        "open_currency",
        "the adverts leave the currency open (n = {n})",
        "les annonces ne précisent pas la devise (n = {n})",
    )
    NO_LINK = (
        "no_link",
        "too little is comparable with the period before (n = {n})",
        "trop peu de données comparables à la période précédente (n = {n})",
    )
    MOSTLY_SILENT = (
        "mostly_silent",
        "too many openings state no pay for this to have a limit (n = {n})",
        "trop de postes taisent la rémunération pour qu'une limite existe (n = {n})",
    )
    COMPLEMENT = (
        "complement",
        "withheld so that the only other withheld share cannot be worked out (n = {n})",
        "retenu pour que la seule autre part retenue ne puisse être déduite (n = {n})",
    )
    NO_EARLIER = (
        "no_earlier",
        "there is no earlier release to compare with (n = {n})",
        "il n'y a pas de publication précédente à comparer (n = {n})",
    )
    FEW_EXITS = (
        "few_exits",
        "not enough data (n = {n}, too few seen to end)",
        "pas assez de données (n = {n}, trop peu de fins observées)",
    )
    NOT_HALVED = (
        "not_halved",
        "no median yet: more than half are still listed at the longest time observed (n = {n})",
        "pas encore de médiane : plus de la moitié paraît encore au terme observé (n = {n})",
    )
    UNSEEN_AGES = (
        "unseen_ages",
        "not enough data (n = {n}, none was under observation at some age)",
        "pas assez de données (n = {n}, aucune n'était observée à certains âges)",
    )
    FEW_DAYS = (
        "few_days",
        "not observed for long enough (n = {n})",
        "durée d'observation encore trop courte (n = {n})",
    )
    NOT_MEASURED = (
        "not_measured",
        "how often our rules err here was not measured on enough labelled adverts (n = {n})",
        "les erreurs de nos règles n'ont pas été mesurées ici sur assez d'annonces étiquetées (n = {n})",
    )
    ONE_SIDED = (
        "one_sided",
        "not enough data (n = {n}, too few openings with or without it in comparable groups)",
        "pas assez de données (n = {n}, trop peu de postes avec ou sans elle dans des groupes comparables)",
    )
    NAMED_ONLY = (
        "named_only",
        "counted only among adverts that name prompting: choose such a role (n = {n})",
        "compté seulement parmi les annonces qui nomment le prompting : choisissez un tel rôle (n = {n})",
    )
    ONE_PERIOD = (
        "one_period",
        "there are no two complete periods in a row to compare (n = {n})",
        "il n'y a pas deux périodes complètes de suite à comparer (n = {n})",
    )
    NO_PAIRS = (
        "no_pairs",
        "no two openings share an employer, so this has no limit (n = {n})",
        "aucun employeur n'a deux postes : ce nombre n'a pas de limite (n = {n})",
    )

    def sentence(self, lang: str, n: int) -> str:
        """The reason in words (`lang`: en or fr) with the n it rests on."""
        return self.words(lang).format(n=n)


WHOLE_SERIES = frozenset({Withheld.SAMPLE, Withheld.NO_EARLIER})
"""Reasons that stand in a coverage only: they withhold a whole series."""


class Gap(_Said):
    """Why a period is a hole or provisional; a frame's `reason` is `gap` or `gap:source,source`."""

    NO_ADVERTS = (
        "no_adverts",
        "no adverts were collected for this period",
        "aucune annonce collectée sur la période",
    )
    NO_CHECK = (
        "no_check",
        "no board was checked",
        "aucune liste n'a été relevée",
    )
    BOARDS_FAILED = (
        "boards_failed",
        "some boards could not be read whole",
        "certaines listes n'ont pas pu être lues en entier",
    )
    BEFORE_FIRST_CHECK = (
        "before_first_check",
        "before the first check of some boards: only adverts still open then are known",
        "avant le premier relevé de certaines listes : seules les annonces encore ouvertes sont connues",
    )
    INCOMPLETE = (
        "incomplete",
        "the period is not over yet",
        "la période n'est pas terminée",
    )
    PART_OBSERVED = (
        "part_observed",
        "only part of the period was observed",
        "seule une partie de la période a été observée",
    )
    NO_MATCH = (
        "no_match",
        "no board that links this day to the series was read",
        "aucune liste qui rattache ce jour à la série n'a été relevée",
    )
    NOT_STARTED = (
        "not_started",
        "no such opening had been seen yet: there is nothing to index",
        "aucun poste de ce genre n'avait encore été vu : il n'y a rien à indexer",
    )
    BOARDS_OUT = (
        "boards_out",
        "boards of the series are out and may come back: the index assumes they moved like the others",
        "des listes de la série manquent et peuvent revenir : l'indice suppose qu'elles ont suivi les autres",
    )


class Interval(_Said):
    """How the ends of an interval were found (docs/method.md, intervals); all are at 95 %."""

    POISSON = (
        "poisson",
        "exact Poisson limits",
        "limites exactes de Poisson",
    )
    WILSON = (
        "wilson",
        "Wilson score interval",
        "intervalle du score de Wilson",
    )
    ORDER_STATISTIC = (
        "order_statistic",
        "order statistics",
        "statistiques d'ordre",
    )
    BOOTSTRAP = (
        "bootstrap_by_employer",
        "bootstrap over employers, fixed seed",
        "bootstrap sur les employeurs, graine fixe",
    )
    CLUSTER = (
        "cluster_robust",
        "robust to dependence within an employer",
        "robuste à la dépendance au sein d'un employeur",
    )
    GREENWOOD = (
        "greenwood",
        "Greenwood's variance, log-log scale",
        "variance de Greenwood, échelle log-log",
    )
    DELTA = (
        "delta",
        "delta method",
        "méthode delta",
    )
    WORST_CASE = (
        "worst_case",
        "worst cases, no interval of chance",
        "pires cas, sans intervalle d'aléa",
    )
    CLOPPER_PEARSON = (
        "clopper_pearson",
        "exact binomial limits (Clopper–Pearson)",
        "limites binomiales exactes (Clopper–Pearson)",
    )
    NEWCOMBE = (
        "newcombe",
        "difference of two Wilson intervals (Newcombe)",
        "différence de deux intervalles de Wilson (Newcombe)",
    )
    SCORE = (
        "score",
        "score interval of a Poisson trend",
        "intervalle du score d'une tendance de Poisson",
    )
    JACKKNIFE_BOARDS = (
        "jackknife_by_board",
        "infinitesimal jackknife over boards, log scale",
        "jackknife infinitésimal sur les listes, échelle log",
    )
    JACKKNIFE = (
        "jackknife",
        "jackknife over openings, logit scale",
        "jackknife sur les postes, échelle logit",
    )


def gap_sentence(reason: str, lang: str) -> str:
    """A frame's `reason` in words (`lang`: en or fr), its sources in brackets. Raises ValueError if unknown."""
    gap, _, sources = reason.partition(":")
    return Gap(gap).words(lang) + (f" ({sources.replace(',', ', ')})" if sources else "")
