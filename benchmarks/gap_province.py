"""A made-up province with everything that a gap list rests on, as tables: what the gap engine is measured on.

Verdicts of every kind occur, and what makes them hard: revised and closed lines, a plant stated at its city and again
at its county, yields, figures of the province and of its cities, surveys earlier and later than these, blank sizes,
units that do not convert, projects that opened (whose investor's group may have the plant already), what only the
office may see. The same shape gives the same rows; they are yielded one by one, in the order of the model's columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from graph.facts import STRUCTURE_DAY, Fact, Graph, Node, Value
from graph.model import AUDIENCES, EDGE, FACT_PROPERTIES, LABEL, MILESTONES
from graph.tables import Table, edge_properties, node_properties

PROVINCE = "省"
DAY = date(2024, 6, 30)
"""As of which day, and known by which, the list is asked."""
FIGURE_DAYS = (date(2022, 12, 31), date(2023, 6, 30), date(2023, 12, 31))
SURVEY_DAYS = (date(2023, 3, 31), date(2024, 3, 31))
LIST_DAY = date(2023, 11, 30)

Row = list[Value]


@dataclass(frozen=True, slots=True)
class Spot:
    """A chain node: how it is known (``kind``), and about how much one plant of it makes."""

    at: int
    chain: int
    kind: str
    unit: str
    scale: float

    @property
    def id(self) -> str:
        return f"环节{self.at:05}"


KINDS = {"listed": 0.48, "figure": 0.13, "cities": 0.06, "blank": 0.04, "market": 0.01, "none": 0.06, "wanted": 0.06,
         "present": 0.03, "nil": 0.03, "dark": 0.10}
"""Shares of chain nodes; those from ``market`` on have no makers, and there the kind is who says what of it."""
MADE = frozenset({"listed", "figure", "cities", "blank"})


@dataclass(frozen=True)
class Province:
    """The shape, and the rows of each table."""

    firms: int = 1_000_000
    chains: int = 20
    nodes: int = 300
    cities: int = 12
    counties: int = 10
    seed: int = 0

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        chance = self._chance("spots")
        kinds, weights = list(KINDS), list(KINDS.values())
        return tuple(Spot(at, at // self.nodes, chance.choices(kinds, weights)[0], chance.choice(("kt/a", "GW")),
                          round(chance.lognormvariate(2, 1), 2)) for at in range(self.chains * self.nodes))

    @property
    def projects(self) -> int:
        return max(self.firms // 100, self.chains * 5)

    @property
    def chain_ids(self) -> tuple[str, ...]:
        return tuple(map(_chain, range(self.chains)))

    def tables(self) -> Iterator[Table]:
        """Nodes first, as every store wants them."""
        for label, rows in (("Source", self._sources()), ("Region", self._regions()), ("Chain", self._chains()),
                            ("ChainNode", self._chain_nodes()), ("Firm", self._firms()), ("Project", self._projects()),
                            ("Milestone", self._milestones())):
            yield Table(label, None, node_properties(LABEL[label]), rows)
        for edge, start, end, rows in (
                ("WITHIN", "Region", "Region", self._within()), ("PART_OF", "ChainNode", "Chain", self._part_of()),
                ("FEEDS", "ChainNode", "ChainNode", self._feeds()), ("REPORTS", "Region", "ChainNode", self._reports()),
                ("SURVEYS", "Region", "Chain", self._surveys()), ("CLAIMS", "Region", "ChainNode", self._claims()),
                ("ADDS", "Project", "ChainNode", self._adds()), ("LOCATED_IN", "Project", "Region", self._places()),
                ("INVESTS_IN", "Firm", "Project", self._invests()), ("REACHES", "Project", "Milestone", self._reaches()),
                ("OWNS", "Firm", "Firm", self._owns()), ("MAKES", "Firm", "ChainNode", self._makes())):
            yield Table(edge, (start, end), edge_properties(EDGE[edge]), rows if edge == "MAKES" else _sole(rows))

    # --- nodes

    def _chance(self, what: str) -> Random:
        return Random(f"{self.seed} {what}")

    def _sources(self) -> Iterator[Row]:
        for at in range(3):
            yield [f"来源{at}", f"虚构名录{at}", "", f"虚构名录{at}", f"发布机构{at}", LIST_DAY, 5, AUDIENCES[0], ""]

    def _regions(self) -> Iterator[Row]:
        for region in (PROVINCE, *self._below):
            yield [region, region, "", ""]

    @cached_property
    def _below(self) -> dict[str, str]:
        """Each city and county, and what it lies in."""
        cities = {f"{city:02}市": PROVINCE for city in range(self.cities)}
        return cities | {f"{city}{county:02}县": city for city in cities for county in range(self.counties)}

    @cached_property
    def _counties(self) -> tuple[str, ...]:
        return tuple(region for region, above in self._below.items() if above != PROVINCE)

    def _chains(self) -> Iterator[Row]:
        for at in range(self.chains):
            yield [_chain(at), _chain(at), ""]

    def _chain_nodes(self) -> Iterator[Row]:
        for spot in self.spots:
            yield [spot.id, spot.id, "", spot.unit, "", spot.kind == "market"]

    def _firms(self) -> Iterator[Row]:
        for at in range(self.firms):
            yield [_firm(at), f"第{at}号新材料科技股份有限公司", f"新材{at}", "", "", "", "", None, False, None]

    def _projects(self) -> Iterator[Row]:
        for at in range(self.projects):
            yield [_project(at), f"第{at}号项目", "", "", "新建", "", None]

    def _milestones(self) -> Iterator[Row]:
        for rank, (id, name, _) in enumerate(MILESTONES):
            yield [id, name, "", "ladder", rank]
        yield ["ended", "终止", "", "end", None]

    # --- what is known of nodes and regions

    def _within(self) -> Iterator[Row]:
        for at, (region, above) in enumerate(self._below.items()):
            yield [region, above, *_tail("within", at, STRUCTURE_DAY)]

    def _part_of(self) -> Iterator[Row]:
        for spot in self.spots:
            yield [spot.id, _chain(spot.chain), spot.at % self.nodes, "", "", *_tail("part", spot.at, STRUCTURE_DAY)]

    def _feeds(self) -> Iterator[Row]:
        """From earlier nodes to later ones; the coefficients make supply and demand of one order."""
        chance, number = self._chance("feeds"), 0
        for spot in self.spots:
            for up in sorted(self._upstream(spot, chance), key=lambda one: one.at):
                role = chance.choices(("material", "component", "equipment"), (6, 3, 1))[0]
                unit = f"{_plain(up.unit)}/{_plain(spot.unit)}" if chance.random() > 0.01 else "亿只/台"
                size = None if chance.random() < 0.03 else up.scale / spot.scale * chance.lognormvariate(-0.6, 0.8)
                for year in (2021, 2023) if size and chance.random() < 0.2 else (2022,):
                    rate = size and float(f"{size * (1 if year != 2021 else 1.1):.4g}")
                    own: Row = [role, None, rate, unit if size else ""]
                    yield [up.id, spot.id, *own, *_tail("feeds", number, date(year, 1, 1), line=f"{up.at}-{spot.at}-{role}")]
                    number += 1

    def _upstream(self, spot: Spot, chance: Random) -> set[Spot]:
        """Up to three of the forty nodes before it, now and then one of another chain."""
        first = spot.chain * self.nodes
        near = self.spots[max(first, spot.at - 40):spot.at]
        found = {chance.choice(near) for _ in range(chance.randrange(1, 4))} if near else set()
        return found | ({self.spots[chance.randrange(first)]} if first and chance.random() < 0.02 else set())

    def _reports(self) -> Iterator[Row]:
        """Some with an earlier figure; ``nil`` is a figure of 0."""
        chance, number = self._chance("reports"), 0
        many = 2.8 * self.firms / max(1, sum(1 for s in self.spots if s.kind in MADE))
        for spot in self.spots:
            where = {"figure": [PROVINCE], "nil": [PROVINCE]}.get(spot.kind, [])
            if spot.kind == "cities":
                where = [r for r, above in self._below.items() if above == PROVINCE and chance.random() < 0.6]
            for region in where:
                size = 0.0 if spot.kind == "nil" else round(spot.scale * many / len(where) * chance.uniform(0.4, 1.6), 2)
                day = chance.randrange(3)
                for when in (0, day) if day and chance.random() < 0.3 else (day,):
                    yield [region, spot.id, "capacity", size, spot.unit,
                           *_tail("reports", number, FIGURE_DAYS[when], line=f"{region}-{spot.at}")]
                    number += 1

    def _surveys(self) -> Iterator[Row]:
        """Of two chains in three; half of them later than any figure."""
        for at in range(self.chains):
            if at % 3 != 2:
                yield [PROVINCE, _chain(at), *_tail("surveys", at, SURVEY_DAYS[at % 2])]

    def _claims(self) -> Iterator[Row]:
        """Wanted lists of two days: of a chain's older list, what the newer one does not name is no longer wanted."""
        chance = self._chance("claims")
        for spot in self.spots:
            if spot.kind in ("none", "wanted", "present"):
                day = FIGURE_DAYS[chance.randrange(2)] if spot.kind == "wanted" else FIGURE_DAYS[0]
                yield [PROVINCE, spot.id, spot.kind, "", *_tail("claims", spot.at, day)]

    # --- projects

    def _adds(self) -> Iterator[Row]:
        """One in ten adds to two nodes."""
        chance, number = self._chance("adds"), 0
        for at in range(self.projects):
            for spot in sorted({chance.choice(self.spots) for _ in range(1 if at % 10 else 2)}, key=lambda one: one.at):
                size = None if chance.random() < 0.1 else round(spot.scale * chance.uniform(0.5, 4), 2)
                own: Row = [size, spot.unit if size else "", 0.9 if chance.random() < 0.1 else None]
                yield [_project(at), spot.id, *own, *_tail("adds", number, LIST_DAY, line=f"{at}-{spot.at}")]
                number += 1

    def _places(self) -> Iterator[Row]:
        chance = self._chance("places")
        for at in range(self.projects):
            yield [_project(at), chance.choice(self._counties), *_tail("places", at, STRUCTURE_DAY)]

    def _invests(self) -> Iterator[Row]:
        chance = self._chance("invests")
        for at in range(self.projects):
            yield [_firm(chance.randrange(self.firms)), _project(at), None, True, *_tail("invests", at, LIST_DAY)]

    def _reaches(self) -> Iterator[Row]:
        chance, number = self._chance("reaches"), 0
        for at in range(self.projects):
            day = date(2022, 1, 1) + timedelta(chance.randrange(500))
            furthest = chance.randrange(4)
            ended = ["ended"] if chance.random() < 0.03 else []
            for step in [*("signed", "started", "operating")[:furthest], *ended]:
                yield [_project(at), step, "actual", day, *_tail("reaches", number, day, line=f"{at}-{step}")]
                day, number = day + timedelta(chance.randrange(30, 400)), number + 1
            if furthest < 3:
                for when in range(1 + (chance.random() < 0.2)):
                    due = date(2024 + when, 12, 31)
                    yield [_project(at), "operating", "planned", due,
                           *_tail("reaches", number, date(2023, 3 + when, 1), line=f"{at}-planned")]
                    number += 1

    # --- firms

    def _owns(self) -> Iterator[Row]:
        """The first hundredth of the firms own some of the others; an owner is owned by nobody."""
        chance, owners = self._chance("owns"), max(1, self.firms // 100)
        for at in range(owners, self.firms):
            if chance.random() < 0.05:
                yield [_firm(chance.randrange(owners)), _firm(at), 60.0, *_tail("owns", at, LIST_DAY)]

    def _makes(self) -> Iterator[Row]:
        """2.95 facts a firm."""
        chance, number = self._chance("makes"), 0
        made = [spot for spot in self.spots if spot.kind in MADE]
        for at in range(self.firms):
            some = chance.choices((1, 2, 3, 4, 5), (20, 20, 24, 22, 14))[0]
            for spot in dict.fromkeys(made[int(chance.random() * len(made))] for _ in range(some)):
                plants = list(self._plant(at, spot, chance))
                for row in plants:
                    yield [_firm(at), spot.id, *row[:8], *_fact("makes", number, *row[8:]), len(plants) == 1]  # type: ignore[arg-type]
                    number += 1

    def _plant(self, firm: int, spot: Spot, chance: Random) -> Iterator[Row]:
        """The facts of one plant: own properties, then line, day, authority, audience, holds."""
        region = self._counties[int(chance.random() * len(self._counties))]
        kind, odd = chance.random(), chance.random()
        blank = spot.kind == "blank" or odd < 0.02
        size = None if blank else round(spot.scale * (0.2 + 1.6 * chance.random()), 2)
        unit = "" if blank else "万只/a" if 0.02 < odd < 0.021 else spot.unit
        rate = 0.85 if 0.10 < odd < 0.15 else None
        since = None if chance.random() < 0.3 else date(2005, 1, 1) + timedelta(int(chance.random() * 7140))
        audience = AUDIENCES[1] if 0.2 < odd < 0.23 else AUDIENCES[0]
        authority = 0 if 0.3 < odd < 0.302 else 5
        state = "stopped" if 0.4 < odd < 0.403 else "operating"
        day = date(2024, 12, 1) if 0.5 < odd < 0.51 else LIST_DAY
        line = f"{firm}-{spot.at}-{region}"

        def own(where: str = region, capacity: float | None = size) -> Row:
            return [where, "", spot.id, capacity, unit, rate, state, since]

        yield [*own(), line, day, authority, audience, True]
        if kind < 0.006:  # a revision
            yield [*own(capacity=size and round(size * 1.2, 2)), line, day - timedelta(300), authority, audience, True]
        elif kind < 0.008:  # closed since
            yield [*own(), line, date(2024, 3, 1), 5, AUDIENCES[0], False]
        elif kind < 0.010:  # stated at its city too
            yield [*own(where=self._below[region]), f"{line}-", day, authority, audience, True]


def _sole(rows: Iterator[Row]) -> Iterator[Row]:
    """Each with whether it alone joins its two ends."""
    known = list(rows)
    between = Counter((row[0], row[1]) for row in known)
    for row in known:
        yield [*row, between[row[0], row[1]] == 1]


def graph(shape: Province) -> Graph:
    """The same rows as a graph, for whoever loads one of these; only where there are few firms."""
    nodes, facts = list[Node](), list[Fact]()
    for table in shape.tables():
        names = [one.name for one in table.columns]
        for row in table.rows:
            if table.ends is None:
                own = dict(zip(names, row, strict=True))
                id, name, aliases = (str(own.pop(key)) for key in ("id", "name", "aliases"))
                nodes.append(Node(table.name, id, name, (aliases,) if aliases else (), own))
            else:
                facts.append(_as_fact(table, table.ends, row, dict(zip(names, row[2:], strict=True))))
    return Graph(tuple(nodes), tuple(facts))


def _as_fact(table: Table, ends: tuple[str, str], row: Row, own: dict[str, Value]) -> Fact:
    about = {one.name: own.pop(one.name) for one in FACT_PROPERTIES}
    stated = about.pop("id")
    del about["line"], about["precedence"], about["sole"]
    return Fact(table.name, ends[0], str(row[0]), ends[1], str(row[1]), own, **about, stated=stated)  # type: ignore[arg-type]


def _tail(kind: str, number: int, day: date, line: str = "") -> Row:
    return _fact(kind, number, line or str(number), day, 5, AUDIENCES[0], True)


def _fact(kind: str, number: int, line: str, day: date, authority: int, audience: str, holds: bool) -> Row:
    """FACT_PROPERTIES in order but the last; ids as long as real ones."""
    id = f"{kind}{number:0{20 - len(kind)}}"
    source = f"来源{number % 3}"
    return [id, source, f"{kind},{number}", "", day, day, authority, audience, holds, f"{kind}-{line}",
            f"{day}|{authority}|{day}|{'' if holds else '~'}{id}"]


def _plain(unit: str) -> str:
    return unit.removesuffix("/a")


def _chain(at: int) -> str:
    return f"产业链{at:02}"


def _firm(at: int) -> str:
    return f"91{at:016}"


def _project(at: int) -> str:
    return f"项目{at:07}"
