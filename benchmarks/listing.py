"""The gap list once more, from GAPS.md and not from our engine: what the peers that are no SQL share.

Only as much of the definition as the made-up province needs: no variants, no phases of projects, no blank figure after
a sized one. What is heavy, the plants, each peer adds up by itself; this is the little Python behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from typing import Any

from benchmarks.gap_province import PROVINCE

Line = tuple[str, float | None, float | None, float | None]
"""Verdict, supply, demand, ratio."""
List = dict[tuple[str, str], Line]
"""By chain and node."""
Row = Mapping[str, Any]
ROLES = frozenset({"material", "component", "consumable"})


@dataclass(slots=True)
class Total:
    sized: int = 0
    blank: int = 0
    net: float = 0.0
    gross: float = 0.0

    def add(self, other: Total) -> None:
        self.sized, self.blank = self.sized + other.sized, self.blank + other.blank
        self.net, self.gross = self.net + other.net, self.gross + other.gross


@dataclass(slots=True)
class Stands:
    """S of a node: unknown, zero, unsized or known."""

    state: str
    net: float | None = None
    gross: float | None = None
    partial: bool = False

    @property
    def here(self) -> bool:
        return self.state in ("known", "unsized")


def newest(rows: Iterable[Row]) -> list[Row]:
    """The fact to believe of each line; of authority 0 none, and none of a line that is closed."""
    top: dict[str, Row] = {}
    for row in rows:
        if row["authority"] > 0 and (row["line"] not in top or row["precedence"] > top[row["line"]]["precedence"]):
            top[row["line"]] = row
    return [row for row in top.values() if row["holds"]]


@dataclass
class Small:
    """Everything but the plants: visible facts of each edge as rows, and the chain nodes."""

    nodes: Sequence[Row]
    facts: dict[str, list[Row]]
    sure: dict[str, list[Row]] = field(init=False)

    def __post_init__(self) -> None:
        self.sure = {edge: newest(rows) for edge, rows in self.facts.items()}
        self.unit = {n["id"]: n["unit"] for n in self.nodes}
        self.market = {n["id"] for n in self.nodes if n["boundary"]}
        self.chain = {f["start"]: f["end"] for f in self.sure["PART_OF"]}
        self.above = {f["start"]: f["end"] for f in self.sure["WITHIN"]}
        self.leaves = self.above.keys() - set(self.above.values())
        self.owner = {f["end"]: f["start"] for f in self.sure["OWNS"]}
        self.figures: dict[str, dict[str, Row]] = defaultdict(dict)
        for fact in self.sure["REPORTS"]:
            self.figures[fact["end"]][fact["start"]] = fact
        for node, by_region in self.figures.items():
            if PROVINCE in by_region:
                self.figures[node] = {PROVINCE: by_region[PROVINCE]}
        self.events: dict[str, dict[str, date]] = defaultdict(dict)
        for fact in self.sure["REACHES"]:
            if fact["basis"] == "actual":
                self.events[fact["start"]][fact["end"]] = fact["day"]

    def later(self, node: str, region: str, since: date | None) -> bool:
        """Whether no figure covers it, or only an earlier one."""
        for place in (PROVINCE, region, self.above.get(region, "")):
            if fact := self.figures.get(node, {}).get(place):
                return since is not None and since > fact["valid_from"]
        return True

    def group(self, firm: str) -> str:
        return str(self.owner.get(firm, firm))

    def opened(self) -> list[tuple[Row, date, list[str]]]:
        """ADDS of projects that operate and say for which node; since when; who invests."""
        nodes: dict[str, int] = defaultdict(int)
        for fact in self.sure["ADDS"]:
            nodes[fact["start"]] += 1
        investors: dict[str, list[str]] = defaultdict(list)
        for fact in self.sure["INVESTS_IN"]:
            investors[fact["end"]].append(fact["start"])
        return [(fact, self.events[fact["start"]]["operating"], investors[fact["start"]]) for fact in self.sure["ADDS"]
                if "operating" in self.events[fact["start"]] and "ended" not in self.events[fact["start"]]
                and nodes[fact["start"]] == 1]

    def building(self) -> set[str]:
        """Nodes of projects under construction, or that opened without saying for which of two nodes."""
        said = {id(fact) for fact, _, _ in self.opened()}
        return {fact["end"] for fact in self.sure["ADDS"] if "ended" not in self.events[fact["start"]]
                and "started" in self.events[fact["start"]] and id(fact) not in said}


def piece(small: Small, node: str, size: float | None, unit: str, rate: float | None) -> Total:
    if size is None or unit != small.unit[node]:
        return Total(blank=1)
    return Total(1, 0, size * (1.0 if rate is None else rate), size)


def listing(small: Small, plants: dict[tuple[str, bool], Total], makers: set[tuple[str, str]]) -> List:
    """``plants`` by node and whether they began after its figure; ``makers`` are (group, node) that have one."""
    place = {f["start"]: f["end"] for f in small.sure["LOCATED_IN"]}
    for fact, since, investors in small.opened():
        node = fact["end"]
        if not any((small.group(firm), node) in makers for firm in investors):
            key = node, small.later(node, place[fact["start"]], since)
            plants.setdefault(key, Total()).add(piece(small, node, fact["capacity"], fact["unit"], fact["yield_rate"]))
    stands = _supplies(small, plants)
    out: dict[str, list[Row]] = defaultdict(list)
    into: dict[str, list[Row]] = defaultdict(list)
    for fact in small.sure["FEEDS"]:
        out[fact["start"]].append(fact)
        into[fact["end"]].append(fact)
    building = small.building()
    return {(small.chain[n], n): _line(small, n, stands, out[n], into[n], building)
            for n in small.chain if n not in small.market}


def _supplies(small: Small, plants: dict[tuple[str, bool], Total]) -> dict[str, Stands]:
    surveys: dict[str, list[date]] = defaultdict(list)
    for fact in small.sure["SURVEYS"]:
        surveys[fact["end"]].append(fact["valid_from"])
    lists: dict[str, date] = {}
    for fact in small.sure["CLAIMS"]:
        if fact["says"] == "wanted":
            chain = small.chain[fact["end"]]
            lists[chain] = max(fact["valid_from"], lists.get(chain, date.min))
    words: dict[str, list[Row]] = defaultdict(list)
    for fact in small.sure["CLAIMS"]:
        if fact["says"] != "wanted" or fact["valid_from"] == lists[small.chain[fact["end"]]]:
            words[fact["end"]].append(fact)
    return {node: _supply(small, node, plants, surveys[small.chain.get(node, "")], words[node]) for node in small.unit}


def _supply(small: Small, node: str, plants: dict[tuple[str, bool], Total], surveys: list[date], words: list[Row]) -> Stands:
    figures = small.figures.get(node, {})
    late = plants.get((node, True), Total())
    if figures and not any(day > max(f["valid_from"] for f in figures.values()) for day in surveys):
        base = sum(f["value"] for f in figures.values())
        covered = all(region in figures or small.above[region] in figures for region in small.leaves)
        partial = PROVINCE not in figures and not surveys and not covered
        if base + late.net > 0:
            return Stands("known", base + late.net, base + late.gross, partial)
        return Stands("unsized", partial=partial) if late.blank else Stands("zero", 0.0, 0.0, partial)
    total = Total()
    total.add(late)
    total.add(plants.get((node, False), Total()))
    if total.sized and (total.net > 0 or not total.blank):
        return Stands("known" if total.net > 0 else "zero", total.net, total.gross, not surveys)
    if total.blank:
        return Stands("unsized", partial=not surveys)
    word = max(words, key=lambda w: (w["valid_from"], w["says"] == "present", w["precedence"]), default=None)
    if word is not None:
        return Stands("unsized", partial=True) if word["says"] == "present" else Stands("zero", 0.0, 0.0)
    return Stands("zero", 0.0, 0.0) if surveys else Stands("unknown")


def _line(small: Small, node: str, stands: dict[str, Stands], out: list[Row], into: list[Row], building: set[str]) -> Line:
    supply, demand, known = stands[node], 0.0, True
    for fact in out:
        consumer = stands[fact["end"]]
        if consumer.here and fact["end"] not in small.market:
            if fact["coefficient"] is None or consumer.gross is None or consumer.partial or \
                    fact["unit"] != _over(small.unit[node], small.unit[fact["end"]]):
                known = False
            else:
                demand += fact["coefficient"] * consumer.gross
    needed = any(f["role"] in ROLES and f["end"] not in small.market and (stands[f["end"]].here or f["end"] in building)
                 for f in out)
    fed = any(stands[f["start"]].here and f["start"] not in small.market for f in into)
    inside = [stands[f["end"]] for f in out if f["end"] not in small.market]
    unlooked = not any(c.here for c in inside) and any(c.state == "unknown" for c in inside)
    used = demand if known and not unlooked else None
    ratio = supply.net / used if supply.net is not None and used else None
    return _verdict(supply, ratio, needed, fed), supply.net, used, ratio


def _verdict(supply: Stands, ratio: float | None, needed: bool, fed: bool) -> str:
    if supply.state == "unknown":
        return "unknown"
    if supply.state == "zero":
        return {(True, True): "broken", (True, False): "missing", (False, True): "extension"}.get((needed, fed), "absent")
    if supply.state == "unsized" or supply.partial or ratio is None:
        return "present"
    return "weak" if ratio < 0.6 else "short" if ratio < 1 else "balanced" if ratio <= 1.5 else "surplus"


def _over(up: str, down: str) -> str:
    return f"{up.removesuffix('/a')}/{down.removesuffix('/a')}"


def differences(one: List, other: List) -> list[str]:
    """What of two lists is not the same to 1e-9, row by row."""
    return [f"{key}: {one.get(key)} / {other.get(key)}" for key in sorted(one.keys() | other.keys())
            if key not in one or key not in other or not _same(one[key], other[key])]


def _same(one: Line, other: Line) -> bool:
    return one[0] == other[0] and all(
        a is b if a is None or b is None else isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
        for a, b in zip(one[1:], other[1:], strict=True))
