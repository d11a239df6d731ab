"""The columns of the pay measures beyond those of columns.py: names, types, units and meaning."""

from __future__ import annotations

from data.frames import Column
from data.measures.columns import CLAIM, WITHHELD

BOUND = Column(
    "bound",
    "text",
    ("lower or upper: which bound of the stated pay", "lower ou upper : quelle borne de la rémunération"),
)
N_OPENINGS = Column(
    "n_openings",
    "whole",
    ("Openings of the market, with or without pay", "Postes du marché, avec ou sans rémunération"),
)
N_FIGURES = Column(
    "n_figures",
    "whole",
    ("Openings with that bound in this currency and period", "Postes avec cette borne, devise et période"),
)
N_EMPLOYERS = Column(
    "n_employers", "whole", ("Known employers of n_figures", "Employeurs connus de n_figures")
)
UNIT: tuple[Column, ...] = (
    Column("currency", "text", ("Currency of the figures, ISO 4217", "Devise des chiffres, ISO 4217")),
    Column(
        "period", "text", ("year (annualised) or hour (as stated)", "year (annualisé) ou hour (tel quel)")
    ),
)
WORST_CASE: tuple[Column, ...] = (
    BOUND,
    Column("quantile", "number", ("0.25, 0.5 (the median) or 0.75", "0,25, 0,5 (la médiane) ou 0,75")),
    N_OPENINGS,
    N_FIGURES,
    Column("stated", "number", ("The quantile of what is stated", "Le quantile de ce qui est indiqué")),
    Column(
        "worst_low",
        "number",
        (
            "The quantile over all openings if every silent one paid nothing; empty: no lower limit",
            "Le quantile de tous les postes si les silencieux ne payaient rien ; vide : sans limite basse",
        ),
    ),
    Column(
        "low_withheld",
        "text",
        (
            "Why worst_low is empty (mostly_silent: too few state pay for a limit)",
            "Pourquoi worst_low est vide (mostly_silent : trop peu indiquent la rémunération)",
        ),
    ),
    Column(
        "worst_high",
        "number",
        (
            "The quantile over all openings if every silent one paid without limit; empty: no upper limit",
            "Le quantile de tous les postes si les silencieux payaient sans limite ; vide : sans limite haute",
        ),
    ),
    Column(
        "high_withheld",
        "text",
        (
            "Why worst_high is empty (mostly_silent: too few state pay for a limit)",
            "Pourquoi worst_high est vide (mostly_silent : trop peu indiquent la rémunération)",
        ),
    ),
    *UNIT,
    WITHHELD,
)
PERIODS: tuple[Column, ...] = (
    Column("market", "text", ("payroll, contract or gig", "payroll, contract ou gig")),
    Column(
        "period",
        "text",
        ("year, month, week, day, hour, project or unit, as stated", "Période telle qu'indiquée"),
    ),
    Column(
        "currency",
        "text",
        ("ISO 4217, as stated; empty where the adverts leave it open", "ISO 4217 ; vide si non précisée"),
    ),
    Column(
        "n_paid",
        "whole",
        ("Openings whose pay is stated in this unit", "Postes dont la rémunération est dans cette unité"),
    ),
    *(
        column
        for bound, english, french in (("lower", "lower", "basse"), ("upper", "upper", "haute"))
        for column in (
            Column(
                f"n_{bound}", "whole", (f"Of them with a {english} bound", f"Dont avec une borne {french}")
            ),
            Column(
                f"{bound}_employers", "whole", ("Known employers behind them", "Employeurs connus de ceux-ci")
            ),
            Column(
                f"{bound}_median",
                "number",
                (
                    f"Median of the {english} bounds, in currency per period",
                    f"Médiane des bornes {french}s, en devise par période",
                ),
            ),
            Column(
                f"{bound}_low",
                "number",
                ("95 % interval by employer, lower end", "Intervalle à 95 % par employeur, borne basse"),
            ),
            Column(
                f"{bound}_high",
                "number",
                ("95 % interval by employer, upper end", "Intervalle à 95 % par employeur, borne haute"),
            ),
            Column(
                f"{bound}_withheld",
                "text",
                (
                    "Why the figures of this bound are not shown",
                    "Pourquoi les chiffres de cette borne manquent",
                ),
            ),
        )
    ),
    Column(
        "n_openings", "whole", ("Openings of that market, with or without pay", "Postes de ce marché, tous")
    ),
    Column(
        "disclosure",
        "number",
        ("Of them stating pay in any unit, 0 to 1", "Dont la part indiquant une rémunération"),
    ),
)
_SERIES = (
    "naive (median of the year), within_cell (median growth of like cells) or employer_effects (regression)",
    "naive (médiane de l'année), within_cell (médiane des cellules semblables) ou employer_effects (régression)",
)
GROWTH: tuple[Column, ...] = (
    Column("year", "whole", ("Year of the adverts", "Année des annonces")),
    BOUND,
    Column("series", "text", _SERIES),
    Column(
        "n_figures",
        "whole",
        (
            "Openings of the year that enter the series (within_cell: of the cells compared)",
            "Postes de l'année qui entrent dans la série (within_cell : des cellules comparées)",
        ),
    ),
    N_EMPLOYERS,
    Column(
        "n_links",
        "whole",
        (
            "What links the year to the one before: cells (within_cell) or employers seen in both (employer_effects)",
            "Ce qui relie l'année à la précédente : cellules, ou employeurs vus les deux années",
        ),
    ),
    Column("median", "number", ("Median, naive only", "Médiane, série naive seulement")),
    Column(
        "growth", "number", ("Change on the year before, ratio minus 1", "Variation sur un an, ratio moins 1")
    ),
    Column("growth_low", "number", ("95 % interval, lower end", "Intervalle à 95 %, borne basse")),
    Column("growth_high", "number", ("95 % interval, upper end", "Intervalle à 95 %, borne haute")),
    Column("index", "number", ("First year of the series = 100", "Première année de la série = 100")),
    Column("index_low", "number", ("95 % interval, lower end", "Intervalle à 95 %, borne basse")),
    Column("index_high", "number", ("95 % interval, upper end", "Intervalle à 95 %, borne haute")),
    *UNIT,
    Column("is_provisional", "flag", ("The year is not over", "L'année n'est pas terminée")),
    WITHHELD,
)
WITHOUT: tuple[Column, ...] = (
    Column(
        "employer",
        "text",
        ("The employer left out; empty: none, all are in", "L'employeur retiré ; vide : aucun"),
    ),
    Column("n_own", "whole", ("Its openings with a figure", "Ses postes chiffrés")),
    Column(
        "share",
        "number",
        ("n_own of all openings with a figure, 0 to 1", "n_own sur tous les postes chiffrés"),
    ),
    Column("n_lower", "whole", ("Openings left with a lower bound", "Postes restants avec une borne basse")),
    Column(
        "lower_median",
        "number",
        ("Median of the lower bounds without this employer", "Médiane des bornes basses sans cet employeur"),
    ),
    Column(
        "lower_shift",
        "number",
        ("That median over the one with all, minus 1", "Cette médiane sur celle de tous, moins 1"),
    ),
    Column("n_upper", "whole", ("Openings left with a upper bound", "Postes restants avec une borne haute")),
    Column(
        "upper_median",
        "number",
        ("Median of the upper bounds without this employer", "Médiane des bornes hautes sans cet employeur"),
    ),
    Column(
        "upper_shift",
        "number",
        ("That median over the one with all, minus 1", "Cette médiane sur celle de tous, moins 1"),
    ),
    *UNIT,
    WITHHELD,
)
MANDATE: tuple[Column, ...] = (
    Column(
        "year", "whole", ("Year of the adverts; empty for all years", "Année des annonces ; vide pour toutes")
    ),
    Column(
        "place_group",
        "text",
        (
            "mandate (a law in force there demanded pay in adverts), same_country (another place of such a country), "
            "elsewhere, unknown",
            "mandate (une loi en vigueur y exigeait la rémunération), same_country (autre lieu d'un tel pays), "
            "elsewhere, unknown",
        ),
    ),
    Column("laws", "texts", ("Ids of the laws in pay_laws.csv", "Identifiants des lois dans pay_laws.csv")),
    N_OPENINGS,
    Column(
        "n_paid",
        "whole",
        ("Of them stating a plausible base pay", "Dont indiquant une rémunération plausible"),
    ),
    Column("share", "number", ("Disclosure: n_paid / n_openings", "Transparence : n_paid / n_openings")),
    Column(
        "share_low",
        "number",
        ("95 % interval by employer, lower end", "Intervalle à 95 % par employeur, borne basse"),
    ),
    Column(
        "share_high",
        "number",
        ("95 % interval by employer, upper end", "Intervalle à 95 % par employeur, borne haute"),
    ),
    Column("share_withheld", "text", ("Why the share is not shown", "Pourquoi la part n'est pas montrée")),
    *(
        column
        for bound, english, french in (("lower", "lower", "basse"), ("upper", "upper", "haute"))
        for column in (
            Column(
                f"n_{bound}",
                "whole",
                (
                    f"Openings with a {english} bound in this unit",
                    f"Postes avec une borne {french} dans l'unité",
                ),
            ),
            Column(
                f"{bound}_median",
                "number",
                (f"Median of the {english} bounds", f"Médiane des bornes {french}s"),
            ),
            Column(
                f"{bound}_low",
                "number",
                ("95 % interval by employer, lower end", "Intervalle à 95 % par employeur, borne basse"),
            ),
            Column(
                f"{bound}_high",
                "number",
                ("95 % interval by employer, upper end", "Intervalle à 95 % par employeur, borne haute"),
            ),
        )
    ),
    *UNIT,
    Column("is_provisional", "flag", ("The year is not over", "L'année n'est pas terminée")),
    WITHHELD,
)
HEADLINE: tuple[Column, ...] = (
    *(column for column in CLAIM if column.name != "withheld"),
    Column(
        "share_employer_low",
        "number",
        (
            "95 % interval where openings of one employer are alike, lower end",
            "Intervalle à 95 % si les postes d'un employeur se ressemblent, borne basse",
        ),
    ),
    Column(
        "share_employer_high",
        "number",
        (
            "95 % interval where openings of one employer are alike, upper end",
            "Intervalle à 95 % si les postes d'un employeur se ressemblent, borne haute",
        ),
    ),
    Column(
        "verdict",
        "text",
        (
            "most, few or open: the interval by employer lies above a half, below, or holds it",
            "most, few ou open : l'intervalle par employeur est au-dessus de la moitié, au-dessous, ou la contient",
        ),
    ),
    Column(
        "is_sure",
        "flag",
        (
            "The verdict holds whatever the silent openings pay",
            "Le verdict tient quoi que paient les postes silencieux",
        ),
    ),
    Column("sentence_en", "text", ("The row in words, English", "La ligne en mots, en anglais")),
    Column("sentence_fr", "text", ("The row in words, French", "La ligne en mots, en français")),
    WITHHELD,
)
