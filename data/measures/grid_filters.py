"""AG Grid's filter models, read strictly and written as SQL conditions with placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.errors import SelectionError
from data.frames import Column
from data.measures.selection import Condition

# Type of filter -> SQL over the column {c} and its operand; text ignores case and accents.
_TEXT: dict[str, str] = {
    "contains": "contains({c}, {v})",
    "notContains": "NOT contains({c}, {v})",
    "equals": "{c} = {v}",
    "notEqual": "{c} <> {v}",
    "startsWith": "starts_with({c}, {v})",
    "endsWith": "ends_with({c}, {v})",
}
_ORDERED: dict[str, str] = {
    "equals": "{c} = ?",
    "notEqual": "{c} <> ?",
    "lessThan": "{c} < ?",
    "lessThanOrEqual": "{c} <= ?",
    "greaterThan": "{c} > ?",
    "greaterThanOrEqual": "{c} >= ?",
    "inRange": "{c} BETWEEN ? AND ?",
}
_BLANK: dict[str, str] = {"blank": "{c} IS NULL", "notBlank": "{c} IS NOT NULL", "empty": "TRUE"}
_FLAG: dict[str, str] = {"true": "{c}", "false": "NOT {c}"}
_JOINS: dict[str, str] = {"AND": " AND ", "OR": " OR "}
_TYPES: dict[str, dict[str, str]] = {
    "text": _TEXT,
    "texts": _TEXT,
    "number": _ORDERED,
    "whole": _ORDERED,
    "day": _ORDERED,
    "flag": _FLAG,
}


def grid_condition(column: Column, model: Mapping[str, Any]) -> Condition:
    """(SQL, values) of one column's filter model over alias p. Raises SelectionError naming the column."""
    if "conditions" in model:
        return _joined(column, model)
    kind = str(model.get("type"))
    name = f"p.{column.name}" if column.kind != "texts" else f"array_to_string(p.{column.name}, ' ')"
    if kind in _BLANK:
        return _BLANK[kind].format(c=name), []
    allowed = _TYPES[column.kind]
    if kind not in allowed:
        raise SelectionError(
            "filter_kind", value=kind[:40], name=column.name, allowed=", ".join((*allowed, *_BLANK))
        )
    if allowed is _TEXT:
        folded = f"strip_accents(lower({name}))"
        return allowed[kind].format(c=folded, v="strip_accents(lower(?))"), [_text(column, model)]
    sql = allowed[kind].format(c=name)
    return sql, [_operand(column, model, i) for i in range(sql.count("?"))]


def _joined(column: Column, model: Mapping[str, Any]) -> Condition:
    operator = str(model.get("operator"))
    conditions = model["conditions"]
    if operator not in _JOINS or not isinstance(conditions, list) or not 1 <= len(conditions) <= 10:
        raise SelectionError("filter_join", name=column.name)
    parts = [grid_condition(column, condition) for condition in conditions]
    return _JOINS[operator].join(f"({sql})" for sql, _ in parts), [v for _, values in parts for v in values]


def _text(column: Column, model: Mapping[str, Any]) -> str:
    value = model.get("filter")
    if not isinstance(value, str):
        raise SelectionError("filter_text", name=column.name, value=value)
    return plain_text(value)


def plain_text(value: str) -> str:
    """`value` without lone surrogates, which no database takes."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _operand(column: Column, model: Mapping[str, Any], position: int) -> object:
    """The first or second operand: a number, or a day given as YYYY-MM-DD (with or without a time)."""
    name = (("dateFrom", "dateTo") if column.kind == "day" else ("filter", "filterTo"))[position]
    value = model.get(name)
    try:
        if column.kind == "day":
            return date.fromisoformat(str(value)[:10])
        return float(str(value))
    except ValueError as error:
        wanted = "filter_day" if column.kind == "day" else "filter_number"
        raise SelectionError(wanted, name=column.name, part=name, value=str(value)[:40]) from error
