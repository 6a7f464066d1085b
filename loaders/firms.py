"""Sheets of firms: key firms, supporting firms, related customers."""

from __future__ import annotations

from typing import Any

from graph import units
from graph.facts import Value
from loaders.naming import through_a_body
from loaders.stating import End, Stating

_MONEY = {"output_value": ("产值", "万元"), "revenue": ("营收", "万元"), "tax": ("税收", "万元"),
          "jobs": ("用工", "人"), "above_scale": ("规上", "")}
"""Columns of the key-firm sheet that become MEASURES of the firm, seen by 内部 only."""


def capacity(row: Stating, node: str, tell: bool = True) -> dict[str, Any]:
    """Capacity, unit and yield of a row, in the node's unit where it converts; the wording is kept. ``tell`` where it does not."""
    quantity = row["capacity"]
    if quantity is None:
        return {"capacity": None, "unit": "", "yield_rate": row["yield"]}
    value, canonical = row.sized("capacity", quantity, node, tell)
    return {"capacity": value, "unit": canonical, "yield_rate": row["yield"]}


def firms(row: Stating) -> None:
    node, firm, place = row.node("node"), row.firm("firm", row.code()), row.place("place")
    if node is None or firm is None or place is None:
        return
    own: dict[str, Value] = {k: row[k] for k in ("listed", "top500", "chain_master", "contact")}
    if row["listed"] or row["top500"]:
        own |= {"stated_by": row.source.id, "stated_on": row.source.published or row.entry.loaded}
    row.node_properties(*firm, {"credit_code": row.code(), **own})
    row.state("MAKES", firm, node, {
        "region": place[1], "plant": row.text("plant"), "product": row.text("product"), **capacity(row, node[1]),
        "state": row["state"] or "operating", "since": row["since"]}, "since")
    if row["group"]:
        group = row.firm("group")
        if group:
            row.state("OWNS", group, firm, {"share": row["share"]}, "since")
    _measures(row, firm)


def _measures(row: Stating, firm: End) -> None:
    for key, (indicator, unit) in _MONEY.items():
        value = row[key]
        if value is None:
            continue
        day, own = row.valid()
        amount, given = figure(value, unit)
        row.fact("MEASURES", firm, ("Indicator", indicator), {
            "period": str(day.year), "scope": "", "value": amount, "unit": given},
            day, own_day=own, audience="内部")


def figure(value: Any, unit: str) -> tuple[float, str]:
    """A figure in the column's unit where its own converts."""
    if isinstance(value, bool | int | float):
        return float(value), unit
    converted = units.convert(value.value, value.unit, unit) if value.unit and unit else None
    return (value.value, value.unit or unit) if converted is None else (converted, unit)


def suppliers(row: Stating) -> None:
    node = row.node("node")
    supplier, customer = row.firm("supplier", row.code()), row.firm("customer")
    place = row.place("place", guest=True) if row["place"] else None
    if node is None or supplier is None or customer is None:
        return
    amount, unit = (None, "") if row["amount"] is None else figure(row["amount"], "万元")
    row.node_properties(*supplier, {"credit_code": row.code()})
    row.state("SUPPLIES", supplier, customer, {
        "node": node[1], "product": row.text("product"), "amount": amount, "unit": unit, "until": row["until"]}, "valid")
    if place:
        row.structure("LOCATED_IN", supplier, place)


def contacts(row: Stating) -> None:
    node, firm = row.node("node"), row.firm("firm", row.code())
    if node is None or firm is None:
        return
    row.node_properties(*firm, {"credit_code": row.code()})
    if row["place"]:
        place = row.place("place", guest=True)
        if place:
            row.structure("LOCATED_IN", firm, place)
    if row["tie"] or row["channel"]:
        _knows(row, firm, node[1])
    if (row["stage"] or row["next_step"]) and not row["team"]:  # a person alone may be the channel's
        row.problem("team", "有对接情况而没有专班 / talks without a team",
                    "填专班, 或清空接触阶段与下一步 / name the team, or clear stage and next step")
    elif row["team"]:
        row.state("CONTACTS", ("Team", row.text("team")), firm, {
            "node": node[1], "stage": row.text("stage"), "next_step": row.text("next_step"),
            "first": row["first"], "person": row.text("person")}, "last", "first", audience="专班")


def _knows(row: Stating, firm: End, node: str) -> None:
    """Through a channel where one is named, of whatever tie, and through the firm the tie is with; a body is the channel itself."""
    body = through_a_body(row.row.values)
    if row["channel"]:
        row.state("KNOWS", ("Channel", row.text("with" if body else "channel")), firm, {"tie": row["tie"] or "", "node": node}, "last", "first")
    if row["with"] and row["tie"] and not body:
        other = row.firm("with")
        if other:
            row.state("KNOWS", other, firm, {"tie": row["tie"], "node": node}, "last", "first")
