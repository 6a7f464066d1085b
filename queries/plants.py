"""Plants where there are more of them than anybody would read: the store adds up what needs no judgement.

A plant is added up where its firm has one visible fact for the node here, which holds, counts, operates, began before
any figure of the node, and is of the node's unit or of none; where nothing else asks who makes it. All others are
fetched one by one, as everywhere, and ``analysis.supply`` judges both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.evidence import Bundle, ChainNode
from graph.clocks import Seen
from queries.asking import Reader

MANY = 5_000
"""From here on plants are added up; ``how_many_plants`` counts no further."""
AT_ONCE = 300
"""Nodes in one question: an engine groups a few times as fast where its groups fit into the processor's cache."""


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
    facts |= {f.id: f for f in reader.seen("plants_stated_twice", "MAKES", nodes=alone, regions=regions)}
    bundles = list[Bundle]()
    for some, day, by_region in _batches(reader, alone, known, wider):
        facts |= {f.id: f for f in reader.seen("plants_to_judge", "MAKES", nodes=some, regions=regions, day=day)}
        bundles += _added_up(reader, some, regions, day, by_region)
    apart = [f for f in _apart(reader, alone, regions, known) if f.id not in facts]
    return Plants((*facts.values(), *apart), tuple(_without(bundles, apart, reader.asked.region)))


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
        for part in _parts(some):
            yield part, day, by_region


def _parts(nodes: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(nodes), AT_ONCE):
        yield nodes[at:at + AT_ONCE]


def _added_up(reader: Reader, nodes: Sequence[str], regions: Sequence[str], day: date, by_region: bool) -> Iterator[Bundle]:
    text = "plants_added_up_by_region" if by_region else "plants_added_up"
    for row in reader.rows(text, nodes=nodes, regions=regions, day=day):
        yield Bundle(row["node"], row["place"] if by_region else reader.asked.region, int(row["plants"]), int(row["sized"]),
                     row["capacity"], row["saleable"], row["squares"], row["greatest"])


def _without(bundles: Iterable[Bundle], apart: Iterable[Seen], region: str) -> Iterator[Bundle]:
    """The bundles less what stands apart. Their greatest stays: where it is one of these, it is known besides."""
    by_place = {(b.node, b.region): b for b in bundles}
    taken: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for fact in apart:
        place = fact.end, fact["region"]
        taken[place if place in by_place else (fact.end, region)].append(fact)
    for place, bundle in by_place.items():
        for fact in taken.get(place, ()):
            bundle = _less(bundle, fact)
        if bundle.plants:
            yield bundle


def _less(bundle: Bundle, fact: Seen) -> Bundle:
    if fact["capacity"] is None:
        return replace(bundle, plants=bundle.plants - 1)
    gross = float(fact["capacity"])
    net = gross * (1.0 if fact["yield_rate"] is None else float(fact["yield_rate"]))
    if bundle.sized == 1:  # what is left is nothing, and not a rounding
        return replace(bundle, plants=bundle.plants - 1, sized=0, gross=0.0, saleable=0.0, squares=0.0, greatest=None)
    return replace(bundle, plants=bundle.plants - 1, sized=bundle.sized - 1, gross=bundle.gross - gross,
                   saleable=bundle.saleable - net, squares=bundle.squares - net * net)
