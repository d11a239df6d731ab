"""The columns of the pay measures beyond those of columns.py: names, types, units and meaning."""

from __future__ import annotations

from data.frames import Column
from data.measures.columns import WITHHELD

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
