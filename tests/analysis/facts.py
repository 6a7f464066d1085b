"""Small invented chains as facts: 料 → 件 → 品, with 辅 beside; what the tests of this room share."""

from __future__ import annotations

from datetime import date
from typing import Any

from analysis.answers import GapRow
from analysis.evidence import ChainNode, Evidence
from analysis.gaps import GapEngine
from graph.clocks import Seen
from graph.facts import Fact
from graph.model import EDGE
from graph.settings import Thresholds

DAY = date(2023, 6, 30)
UNITS = {"料": "kt/a", "件": "GW", "品": "GW", "辅": "kt/a", "市场": "", "变型": "kt/a"}


def fact(edge: str, start: str, end: str, *, valid: str = "2023-01-01", authority: int = 5, holds: bool = True,
         label: str = "", source: str = "S", **own: Any) -> Seen:
    """A fact with blanks filled in as the loader does."""
    ends = next(e for e in EDGE[edge].ends if not label or e[0] == label)
    properties = {p.name: own.get(p.name, "" if p.type == "text" else None) for p in EDGE[edge].properties}
    day = date.fromisoformat(valid)
    made = Fact(edge, ends[0], start, ends[1], end, properties, source, "c", day, day, authority, holds=holds)
    return Seen(edge, made.id, start, end, made.line, made.precedence, authority, holds, day, day, source,
                start_label=ends[0], own=properties)


def feeds(upstream: str, downstream: str, coefficient: float | None = None, role: str = "material", **more: Any) -> Seen:
    unit = "/".join(UNITS[n].removesuffix("/a") for n in (upstream, downstream)) if coefficient else ""
    return fact("FEEDS", upstream, downstream, coefficient=coefficient, unit=unit, role=role, **more)


def plant(firm: str, node: str, size: float | None = None, region: str = "市", **own: Any) -> Seen:
    return fact("MAKES", firm, node, capacity=size, unit=UNITS[node] if size else "", region=region,
                state=own.pop("state", "operating"), **own)


def figure(node: str, value: float, region: str = "市", **more: Any) -> Seen:
    return fact("REPORTS", region, node, measure="capacity", value=value, unit=UNITS[node], **more)


def project(name: str, node: str, size: float | None = None, region: str = "市", **own: Any) -> list[Seen]:
    return [fact("ADDS", name, node, capacity=size, unit=UNITS[node] if size else "", **own),
            fact("LOCATED_IN", name, region, label="Project")]


def step(name: str, milestone: str, day: str, basis: str = "actual", **more: Any) -> Seen:
    more.setdefault("valid", day if basis == "actual" else "2023-01-01")
    return fact("REACHES", name, milestone, basis=basis, day=date.fromisoformat(day), **more)


def claim(node: str, says: str, **more: Any) -> Seen:
    return fact("CLAIMS", more.pop("who", "市"), node, says=says, label=more.pop("label", "Region"), **more)


def evidence(*facts: Seen | list[Seen], as_of: date = DAY, chain: tuple[str, ...] = ("料", "件", "品", "辅"),
             limits: Thresholds | None = None) -> Evidence:
    """The evidence of 甲链 in 市 (within 省, 区 within it): these facts, and the chain's FEEDS where none replaces them."""
    base = [feeds("料", "件", 2.0), feeds("件", "品", 1.0), feeds("辅", "品", 5.0)]
    given = [f for group in facts for f in (group if isinstance(group, list) else [group])]
    replaced = {(f.start, f.end) for f in given if f.edge == "FEEDS"}
    every = [f for f in base if (f.start, f.end) not in replaced] + given
    every += [fact("PART_OF", n, "甲链", valid="1900-01-01") for n in chain]
    by_edge = {edge: tuple(f for f in every if f.edge == edge and f.valid_from <= as_of) for edge in EDGE}
    nodes = {n: ChainNode(n, n, u, n == "市场") for n, u in UNITS.items()}
    return Evidence("市", frozenset({"市", "区"}), {"区": "市", "市": "省"}, as_of, as_of, {"甲链": chain}, nodes,
                    limits or Thresholds(), by_edge, sources={"S": {"publisher": "甲"}, "T": {"publisher": "乙"}})


def rows(*facts: Seen | list[Seen], as_of: date = DAY, chain: tuple[str, ...] = ("料", "件", "品", "辅")) -> dict[str, GapRow]:
    """The gap rows of that evidence by node."""
    return {r.node: r for r in GapEngine(evidence(*facts, as_of=as_of, chain=chain)).rows("甲链")}


def value(row: GapRow) -> float | None:
    assert row.supply is not None
    return row.supply.value
