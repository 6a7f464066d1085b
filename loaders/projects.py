"""The project sheet: projects, phases, what they add, milestones, permits, money in plan."""

from __future__ import annotations

from typing import Any

from loaders import prose, values
from loaders.firms import capacity, figure
from loaders.one_line import TOTAL
from loaders.stating import End, Stating

_TOTAL = {"total_investment": (TOTAL, "亿元")}
"""Of no year, and revised: the property of the project says the last one, the figure says since when."""
_MEASURED = {"planned_investment": ("本年计划投资", "亿元"), "spent": ("累计完成投资", "亿元"), "land": ("用地", "亩"),
             "power": ("年耗电", "万千瓦时"), "energy": ("能耗", "吨标煤"), "water": ("年用水", "万立方米"), "emissions": ("排放量", "吨"),
             "floor_ratio": ("容积率", ""), "built_share": ("建筑系数", "%"), "complies": ("产业政策符合", "")}
_INNER = {"tax": ("税收", "万元"), "added": ("工业增加值", "万元"), "sales": ("销售收入", "万元"), "research": ("研发费用", "万元"),
          "jobs": ("用工", "人")}
"""What an investor tells of the finished plant, seen by 内部 only, as the same columns of a firm are."""


def projects(row: Stating) -> None:
    if len(values.items(row.text("phase"))) > 1:
        row.problem("phase", "一格写了几个期 / several phases in one cell",
                    "一期一行, 各填各的产能和日期 / one row a phase, each with its own capacity and days")
        return
    if codes := row.names.projects.contested(row.text("project"), row.text("phase")):
        row.problem("project_code", f"“{row.text('project')}” 有 {len(codes)} 个项目代码: {'、'.join(codes)} / one project, several codes",
                    "两个项目各用自己的名称, 或填 期 分开; 写错的代码改正 / give each its own name, or tell them apart by 期; mend a wrong code")
        return
    whole = row.project(row.text("project"))
    project = row.project(row.text("project"), row.text("phase"))
    nodes = [row.node("node", written) for written in row["node"]]
    place = row.place("place")
    if place is None or not all(nodes):
        return
    if project != whole:
        row.state("PHASE_OF", project, whole)
    for node in nodes:
        if node:
            row.state("ADDS", project, node, _adds(row, node, len(nodes)))
    _describe(row, project, place)
    _milestones(row, project)
    _money(row, project)


def _adds(row: Stating, node: End, count: int) -> dict[str, Any]:
    """One capacity for several nodes says of none how much it adds. A blank one may be told in the 建设内容."""
    if row["capacity"] is None and row["content"] and count == 1:
        _told(row, node[1])
    sized = capacity(row, node[1], tell=count == 1)
    return sized if count == 1 else sized | {"capacity": None, "unit": ""}


def _told(row: Stating, node: str) -> None:
    """The capacity that 建设内容及规模 tells in words, where it is the only one that fits the node; the words are kept."""
    words, cell = row.text("content"), row.row.cell
    if found := prose.capacity(words, row.names.nodes.units.get(node, "")):
        row.row.values["capacity"], row.row.texts["capacity"] = found, found.text
        row.flags.append(f"新增产能取自建设内容: “{found.text}” 读作 {found.value:g} {found.unit} [{cell}] / the capacity is read from the words "
                         f"of 建设内容及规模: {found.value:g} {found.unit}")
    elif list(prose.capacities(words)):
        row.flags.append(f"建设内容里的产能未采用 (不止一个、说不准是谁的、单位不合或分期), 请填 新增产能 [{cell}] / a capacity told in "
                         "建设内容及规模 is left out (several, perhaps another's, another unit, or phases): fill in 新增产能")


def _describe(row: Stating, project: End, place: End) -> None:
    row.node_properties(*project, {
        "project_code": row.text("project_code"), "nature": row.text("nature"), "content": row.text("content"),
        "total_investment": _amount(row, "total_investment")})
    row.structure("LOCATED_IN", project, place)
    if row["team"] or row["leader"] or row["unit_in_charge"]:
        team = row.text("team") or row.text("unit_in_charge") or row.text("leader")
        row.state("HANDLES", ("Team", team), project,
                  {"leader": row.text("leader"), "unit": row.text("unit_in_charge")})


def _amount(row: Stating, key: str) -> float | None:
    return None if row[key] is None else figure(row[key], "亿元")[0]


def _milestones(row: Stating, project: End) -> None:
    """Actual days are events on their own day; planned days are plans of the row's day."""
    for key, day in row.row.values.items():
        basis, _, milestone = key.partition(":")
        end = ("Milestone", milestone)
        if basis == "actual":
            row.fact("REACHES", project, end, {"basis": "actual", "day": day}, day)
        elif basis == "planned":
            row.state("REACHES", project, end, {"basis": "planned", "day": day})


def _money(row: Stating, project: End) -> None:
    for written in row["investors"]:
        firm = row.firm("investors", written=written)
        if firm:
            row.state("INVESTS_IN", firm, project, {"amount": _amount(row, "stake"), "local": row["local"]})
    for key, (indicator, unit) in (_TOTAL | _MEASURED | _INNER).items():
        if row[key] is not None:
            day, own = row.valid()
            value, given = figure(row[key], unit)
            period = "" if key in _TOTAL else str(day.year)
            row.fact("MEASURES", project, ("Indicator", indicator), {"period": period, "scope": "", "value": value, "unit": given},
                     day, own_day=own, audience="内部" if key in _INNER else "")
