"""Plants where there are more of them than anybody would read: the store adds up what needs no judgement.

A plant is added up where it is the only visible fact of its firm about the node and holds, counts, operates, began before
any figure of the node, and is of the node's unit or of unknown size; where nothing else asks who makes it. All others
are fetched one by one, as everywhere, and ``analysis.supply`` judges both.

The store adds up all that pass by themselves; what is judged for what stands beside it (a plant of its group, a question
about its firm) is taken off again. To look for that plant by plant takes an engine many times as long.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from analysis.evidence import Bundle, ChainNode
from graph.clocks import Seen
from queries.adding_up import AddingUp
from queries.asking import Reader

MANY = 5_000
"""From here on plants are added up; ``how_many_plants`` counts no further."""
AT_A_TIME = 2
"""Questions in flight: an engine answers each in a thread of its own."""
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
    parent: Mapping[str, str]
    """The region that each region lies in."""
    groups: Mapping[str, str]
    """The group of every firm that is in one: its plants for a node are one maker's."""


def plants(reader: Reader, nodes: Sequence[str], regions: Sequence[str], known: Known, wider: bool = False) -> Plants:
    """Plants in the regions; ``wider`` where narrower regions are asked about too, so that each is told by its region."""
    if not reader.adds_up or not many(reader, nodes, regions):
        return Plants(reader.seen("makes", "MAKES", nodes=nodes, regions=regions))
    alone = sorted(_alone(nodes, known))
    facts = {f.id: f for f in reader.seen("makes", "MAKES", nodes=sorted(set(nodes) - set(alone)), regions=regions)}
    sums = list(_sums(reader, alone, regions, known, wider))
    with _at_once() as asking:
        apart = asking.submit(_apart, reader, alone, regions, known)
        judged = [asking.submit(one.judged) for one in sums]
        added = [asking.submit(one.whole) for one in sums]
        beside = {f.id: f for f in apart.result()}  # waited for in turn: a failure is heard of soon
        shared = [one.shared_out(found.result()) for one, found in zip(sums, judged, strict=True)]
        facts |= {f.id: f for _, rest in shared for f in rest}
        off: dict[str, list[Seen]] = defaultdict(list)
        for fact in beside.values():
            if fact.id not in facts:
                off[fact.end].append(fact)
        less = [asking.submit(one.without, [f for node in one.nodes for f in off[node]], one.grown(found.result(), one.nodes))
                for (one, _), found in zip(shared, added, strict=True)]
        singly = sorted(node for found in less for node in found.result()[1])
        facts |= {f.id: f for f in reader.seen("makes", "MAKES", nodes=singly, regions=regions)}
        return Plants(tuple((facts | beside).values()), tuple(bundle for found in less for bundle in found.result()[0]))


@contextmanager
def _at_once() -> Iterator[ThreadPoolExecutor]:
    """Where one question fails, or somebody has pressed Ctrl-C, none begins that has not."""
    with ThreadPoolExecutor(AT_A_TIME) as asking:
        try:
            yield asking
        except BaseException:
            asking.shutdown(wait=False, cancel_futures=True)
            raise


def many(reader: Reader, nodes: Sequence[str], regions: Sequence[str]) -> bool:
    """Whether there are so many plants that the store adds them up."""
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


def _sums(reader: Reader, nodes: Sequence[str], regions: Sequence[str], known: Known, wider: bool) -> Iterator[AddingUp]:
    """Nodes to ask for at once, by the day by which a plant began and the regions that it is told by: a figure covers both."""
    earliest: dict[str, date] = {}
    reporting: dict[str, set[str]] = defaultdict(set)
    for fact in known.reports:
        earliest[fact.end] = min(fact.valid_from, earliest.get(fact.end, date.max))
        reporting[fact.end].add(fact.start)
    alike: dict[tuple[date, bool], list[str]] = defaultdict(list)
    for node in nodes:
        alike[earliest.get(node, reader.asked.as_of), wider or bool(reporting[node] - {reader.asked.region})].append(node)
    for (day, by_region), some in sorted(alike.items()):
        for part in (some[at:at + AT_ONCE] for at in range(0, len(some), AT_ONCE)):
            told = {node: set(regions) if wider else reporting[node] for node in part} if by_region else {}
            yield AddingUp(reader, part, regions, day, told, known.parent, {n: known.nodes[n].unit for n in part})
