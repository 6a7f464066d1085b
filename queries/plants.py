"""Plants where there are more of them than anybody would read: the store adds up what needs no judgement.

A plant is added up where its firm has one visible fact for the node here, which holds, counts, operates, began before
any figure of the node, and is of the node's unit or of unknown size; where nothing else asks who makes it. All others
are fetched one by one, as everywhere, and ``analysis.supply`` judges both.

The store adds up all that pass by themselves; what is judged for its company (another fact of the firm, its group, a
question about it) is taken off again. To look for company plant by plant takes an engine many times as long.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

from analysis.evidence import Bundle, ChainNode
from graph.clocks import Seen
from queries.asking import Reader

MANY = 5_000
"""From here on plants are added up; ``how_many_plants`` counts no further."""
AT_ONCE = 300
"""Nodes in one question: an engine groups a few times as fast where its groups fit into the processor's cache."""
FEW = 20
"""Nodes in one question that names the facts to leave out: each plant is compared with each of these."""


@dataclass(frozen=True, slots=True)
class Plants:
    """Facts to judge one by one, and what the store added up."""

    facts: tuple[Seen, ...]
    bundles: tuple[Bundle, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What of the evidence says which plants are to be judged one by one."""

    nodes: Mapping[str, ChainNode]
    variants: tuple[Seen, ...]
    reports: tuple[Seen, ...]
    firms: Mapping[str, frozenset[str]]
    """Firms that somebody asks about, and the nodes they are asked about for; none: for all."""
    groups: Mapping[str, str]
    """The group of every firm that is in one: its plants for a node are one maker's."""


def plants(reader: Reader, nodes: Sequence[str], regions: Sequence[str], known: Known, wider: bool = False) -> Plants:
    """Plants in the regions; ``wider`` where narrower regions are asked about too, so that each is told by its region."""
    if not reader.adds_up or not _many(reader, nodes, regions):
        return Plants(reader.seen("makes", "MAKES", nodes=nodes, regions=regions))
    alone = sorted(_alone(nodes, known))
    facts = {f.id: f for f in reader.seen("makes", "MAKES", nodes=sorted(set(nodes) - set(alone)), regions=regions)}
    twice = reader.seen("plants_stated_twice", "MAKES", nodes=alone, regions=regions)
    company = {f.id: f for f in (*twice, *_apart(reader, alone, regions, known))}
    bundles = list[Bundle]()
    for some, day, by_region in _batches(reader, alone, known, wider):
        facts |= {f.id: f for f in reader.seen("plants_to_judge", "MAKES", nodes=some, regions=regions, day=day)}
        there = set(some)
        off = [f for f in company.values() if f.end in there and f.id not in facts]
        bundles += _Sums(reader, regions, day, by_region).without(off, some)
    return Plants(tuple((facts | company).values()), tuple(bundles))


def _many(reader: Reader, nodes: Sequence[str], regions: Sequence[str]) -> bool:
    return any(row["plants"] > MANY for row in reader.rows("how_many_plants", nodes=nodes, regions=regions))


def _alone(nodes: Sequence[str], known: Known) -> set[str]:
    """Nodes without variants, of one unit: elsewhere a firm may make both, or the sum is in another unit than its plants."""
    families = {f.start for f in known.variants} | {f.end for f in known.variants}
    units = {(f.end, f["unit"]) for f in known.reports if f["measure"] == "capacity"}
    mixed = {node for node, unit in units if node in known.nodes and unit != known.nodes[node].unit}
    return {n for n in nodes if n in known.nodes and known.nodes[n].unit and n not in families | mixed}


def _apart(reader: Reader, nodes: Sequence[str], regions: Sequence[str], known: Known) -> list[Seen]:
    """The plants whose firm somebody asks about, and those of a group with several makers of a node."""
    there, firms = set(nodes), known.firms
    made = [(r["firm"], r["node"]) for r in reader.rows("nodes_of_firms", firms=sorted({*firms, *known.groups}))
            if r["node"] in there]
    by_group = Counter((known.groups[firm], node) for firm, node in made if firm in known.groups)
    pairs = {(firm, node) for firm, node in made
             if (firm in firms and (not firms[firm] or node in firms[firm])) or by_group[known.groups.get(firm, ""), node] > 1}
    facts = reader.seen("makes_of_firms", "MAKES", firms=sorted({firm for firm, _ in pairs}),
                        nodes=sorted({node for _, node in pairs}), regions=regions)
    return [f for f in facts if (f.start, f.end) in pairs]


def _batches(reader: Reader, nodes: Sequence[str], known: Known, wider: bool) -> Iterator[tuple[Sequence[str], date, bool]]:
    """Nodes to ask for at once, the day by which a plant began, whether by region: a figure covers a region and a day."""
    earliest: dict[str, date] = {}
    below: set[str] = set()
    for fact in known.reports:
        earliest[fact.end] = min(fact.valid_from, earliest.get(fact.end, date.max))
        if fact.start != reader.asked.region:
            below.add(fact.end)
    alike: dict[tuple[date, bool], list[str]] = defaultdict(list)
    for node in nodes:
        alike[earliest.get(node, reader.asked.as_of), wider or node in below].append(node)
    for (day, by_region), some in sorted(alike.items()):
        for part in _parts(some, AT_ONCE):
            yield part, day, by_region


def _parts(nodes: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(nodes), size):
        yield nodes[at:at + size]


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the store adds up: plants in these regions that began by this day and need no judgement by themselves."""

    reader: Reader
    regions: Sequence[str]
    day: date
    by_region: bool

    def without(self, off: Iterable[Seen], nodes: Sequence[str]) -> Iterator[Bundle]:
        """The bundles of these nodes, less some of the facts in them.

        A fact that may be the greatest is not taken off: what would be left says neither which is the greatest then
        nor, where it was by far (a typing error, mended later), how much. Its node is added up again.
        """
        by_place: dict[tuple[str, str], list[Seen]] = defaultdict(list)
        for fact in off:
            by_place[fact.end, self._place(fact["region"])].append(fact)
        bundles = [(bundle, by_place.get((bundle.node, bundle.region), [])) for bundle in self._of(nodes)]
        again = sorted({bundle.node for bundle, facts in bundles if any(_is_greatest(bundle, f) for f in facts)})
        for bundle, facts in bundles:
            left = reduce(_less, facts, bundle)
            if left.plants and bundle.node not in again:
                yield left
        for part in _parts(again, FEW):
            yield from self._of(part, [f.id for facts in by_place.values() for f in facts if f.end in part])

    def _of(self, nodes: Sequence[str], without: Sequence[str] = ()) -> Iterator[Bundle]:
        text = "plants_added_up_by_region" if self.by_region else "plants_added_up"
        for row in self.reader.rows(text, nodes=nodes, regions=self.regions, day=self.day, without=[*without, ""]):
            yield Bundle(row["node"], self._place(row.get("place")), int(row["plants"]), int(row["sized"]),
                         row["capacity"], row["saleable"], row["squares"], row["greatest"])

    def _place(self, region: Any) -> str:
        return str(region) if self.by_region else self.reader.asked.region


def _is_greatest(bundle: Bundle, fact: Seen) -> bool:
    return fact["capacity"] is not None and bundle.greatest is not None and max(_sizes(fact)) >= bundle.greatest


def _sizes(fact: Seen) -> tuple[float, float]:
    """Gross, and after its yield."""
    gross = float(fact["capacity"])
    return gross, gross * (1.0 if fact["yield_rate"] is None else float(fact["yield_rate"]))


def _less(bundle: Bundle, fact: Seen) -> Bundle:
    if fact["capacity"] is None:
        return replace(bundle, plants=bundle.plants - 1)
    gross, net = _sizes(fact)
    return replace(bundle, plants=bundle.plants - 1, sized=bundle.sized - 1, gross=bundle.gross - gross,
                   saleable=bundle.saleable - net, squares=bundle.squares - net * net)
