"""Sheets that speak for a region or a chain: goals, claims, figures, indicators, surveys, teams, money."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph import units
from loaders import values
from loaders.stating import End, Stating, find_region
from loaders.structure import confidence


def goals(row: Stating) -> None:
    chain = row.chain()
    region: End = ("Region", row.names.region)
    end = row.node("node") if row["node"] else ("Indicator", row.text("indicator"))
    if chain is None or end is None:
        return
    value, unit = _value(row, end)
    if value is not None and value < 0 and end[0] == "ChainNode":
        row.problem("value", f"{value:.6g} 小于 0 / is below 0", "环节的目标填 0 或正数 / a node's goal is 0 or more")
        return
    scope = "" if row["node"] else chain[1]
    row.state("AIMS", region, end, {
        "due": row["due"], "scope": scope, "value": value, "unit": unit, "firms": row.text("firms")}, "stated")


def _value(row: Stating, end: End, price: bool = False) -> tuple[float | None, str]:
    """A figure in the node's unit; prices and indicators stay as written."""
    quantity = row["value"]
    if quantity is None:
        return None, ""
    if end[0] == "ChainNode" and not price:
        return row.sized("value", quantity, end[1])
    return quantity.value, quantity.unit or row.text("unit")


def claims(row: Stating) -> None:
    claimant = _claimant(row)
    for written in row["node"]:
        node = row.node("node", written)
        if node and claimant:
            row.state("CLAIMS", claimant, node, {"says": row["says"], "scope": row.text("scope")}, "day")


def _claimant(row: Stating) -> End | None:
    """A region, a project or a firm that the material knows; the workspace's region where blank."""
    name = row.text("claimant")
    if not name:
        row.home = True
        return "Region", row.names.region
    region = find_region(row.names, name)
    if region:
        return "Region", region
    if row.names.projects.id(name) in row.names.projects.names:
        return row.project(name)
    if row.names.firms.has(name):
        return row.firm("claimant")
    near = ", ".join(row.names.regions.near(name) + row.names.projects.near(name)) or "—"
    row.problem("claimant", f"不知道声明者 “{name}” / the claimant is not a known region, firm or project",
                f"写地区、企业或项目的名称, 留空表示{row.names.region}; 最相近: {near} / "
                f"name a region, firm or project, or leave blank; nearest: {near}")
    return None


def reports(row: Stating) -> None:
    region, node = row.place("region"), row.node("node")
    if region is None or node is None:
        return
    measure = row["measure"] or "capacity"
    value, unit = _value(row, node, price=measure == "price")
    row.state("REPORTS", region, node, {"measure": measure, "value": value, "unit": unit}, "day",
              authority=confidence(row))


def indicators(row: Stating) -> None:
    region = row.place("region")
    if region is None:
        return
    value, unit = _value(row, ("Indicator", ""))
    period, day = _period(row, "period")
    row.fact("MEASURES", region, ("Indicator", row.text("indicator")),
             {"period": period, "scope": row.text("scope"), "value": value, "unit": unit}, day)


def surveys(row: Stating) -> None:
    region, chain = row.place("region"), row.chain()
    if region and chain:
        row.state("SURVEYS", region, chain, {}, "day")


def teams(row: Stating) -> None:
    chain = row.chain()
    if chain:
        row.state("RUNS", ("Team", row.text("team")), chain, {
            k: row.text(k) for k in ("leader", "department", "report", "plan", "measures")}, "valid")


def funding(row: Stating) -> None:
    region = row.place("region")
    project = row.project(row.text("project"))
    if project[1] not in row.names.projects.names:
        near = ", ".join(row.names.projects.near(row.text("project"))) or "—"
        row.problem("project", "项目库里没有这个项目 / the project is not in the project sheet",
                    f"先加进 产业链重点项目库; 最相近: {near} / add it there first; nearest: {near}")
        return
    if region is None:
        return
    amount: Any = row["amount"]
    value = None if amount is None else units.money(amount.value, amount.unit or "万元", "万元")
    period, day = _period(row, "month")
    row.fact("FUNDED", project, region, {
        "scope": row["scope"], "period": period, "span": row["span"], "basis": row["basis"], "amount": value},
        day)


def _period(row: Stating, key: str) -> tuple[str, date]:
    """A period as written and its last day; a month in one spelling, however it is written."""
    value = row[key]
    if isinstance(value, date) and key == "month":
        return f"{value:%Y-%m}", value
    if isinstance(value, date):
        return row.row.texts.get(key) or value.isoformat(), value
    return str(value), values.day(value)
