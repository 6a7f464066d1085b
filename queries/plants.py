"""Plants where there are more of them than anybody would read: the store adds up what needs no judgement.

A plant is added up where its firm has one visible fact for the node here, which holds, counts, operates, began before
any figure of the node, and is of the node's unit or of none; where nothing else asks who makes it. All others are
fetched one by one, as everywhere, and ``analysis.supply`` judges both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


def plants(reader: Reader, nodes: Sequence[str], regions: Sequence[str], known: Known, wider: bool = False) -> Plants:
    """Plants in the regions; ``wider`` where narrower regions are asked about too, so that each is told by its region."""
    if not _many(reader, nodes, regions):
        return Plants(reader.seen("makes", "MAKES", nodes=nodes, regions=regions))
    alone = _alone(nodes, known)
    one_by_one = reader.seen("makes", "MAKES", nodes=sorted(set(nodes) - alone), regions=regions)
    apart = _apart(reader, sorted(alone), regions, known)
    facts, bundles = [one_by_one], list[Bundle]()
    for some, day, by_region in _batches(reader, sorted(alone), known, wider):
        more, added = _added_up(reader, some, regions, day, by_region, apart)
        facts.append(more)
        bundles += added
    return Plants(tuple(f for group in facts for f in group), tuple(bundles))


def _many(reader: Reader, nodes: Sequence[str], regions: Sequence[str]) -> bool:
    return any(row["plants"] > MANY for row in reader.rows("how_many_plants", nodes=nodes, regions=regions))


def _alone(nodes: Sequence[str], known: Known) -> set[str]:
    """Nodes without variants and with a unit: elsewhere a firm may make both, and the first plant's unit is the sum's."""
    families = {f.start for f in known.variants} | {f.end for f in known.variants}
    return {n for n in nodes if n in known.nodes and known.nodes[n].unit and n not in families}


def _apart(reader: Reader, nodes: Sequence[str], regions: Sequence[str], known: Known) -> dict[str, list[str]]:
    """By node the plants whose firm somebody asks about."""
    found: dict[str, list[str]] = defaultdict(list)
    for fact in reader.seen("makes_of_firms", "MAKES", firms=sorted(known.firms), nodes=nodes, regions=regions):
        asked = known.firms[fact.start]
        if not asked or fact.end in asked:
            found[fact.end].append(fact.id)
    return found


def _batches(reader: Reader, nodes: Sequence[str], known: Known, wider: bool) -> Iterator[tuple[list[str], date, bool]]:
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
        for at in range(0, len(some), AT_ONCE):
            yield some[at:at + AT_ONCE], day, by_region


def _added_up(reader: Reader, nodes: list[str], regions: Sequence[str], day: date, by_region: bool,
              apart: Mapping[str, list[str]]) -> tuple[tuple[Seen, ...], list[Bundle]]:
    text = "plants_added_up_by_region" if by_region else "plants_added_up"
    ids = [id for node in nodes for id in apart.get(node, ())] or [""]
    rows = reader.rows(text, nodes=nodes, regions=regions, day=day, apart=ids)
    pairs = {(r["firm"], r["node"]) for r in rows if r["firm"]}
    facts = reader.seen("makes_of_firms", "MAKES", firms=sorted({firm for firm, _ in pairs}), nodes=nodes, regions=regions)
    bundles = [Bundle(r["node"], r["region"] if by_region else reader.asked.region, int(r["plants"]), int(r["sized"]),
                      r["capacity"], r["saleable"], r["squares"], r["greatest"]) for r in rows if not r["firm"]]
    return tuple(f for f in facts if (f.start, f.end) in pairs), bundles
