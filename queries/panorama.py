"""A chain with its places, its edges and who is there: what a map draws."""

from __future__ import annotations

from analysis.amounts import into
from analysis.answers import Feed, Panorama, PlacedNode
from analysis.evidence import Evidence, outward
from analysis.gaps import GapEngine
from graph.clocks import Seen
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.gaps import answer
from queries.names import chain_named


def panorama(store: Store, settings: Settings, chain: str, asked: Asked) -> Panorama:
    """The chain's nodes in their columns and lanes with the gaps answer they are coloured by."""
    chain = chain_named(store, asked, chain)
    found = evidence(Reader(store, asked), settings, [chain])
    engine = GapEngine(found)
    places = {f.start: f for f in found.sure("PART_OF") if f.end == chain}
    nodes = tuple(_placed(found, engine, node, places[node]) for node in found.chains[chain])
    feeds = tuple(Feed(found.nodes[c.upstream].name, found.nodes[c.downstream].name, c.role, c.essential, c.used, c.unit)
                  for c in engine.demands.feeds if c.upstream in places and c.downstream in places)
    return Panorama("panorama", answer(engine, chain, asked), nodes, feeds, tuple(outward(asked.region, found.parent)))


def _placed(found: Evidence, engine: GapEngine, node: str, place: Seen) -> PlacedNode:
    about = found.nodes[node]
    firms, projects = met(engine, node)
    whole = found.whole_of.get(node)
    return PlacedNode(about.name, about.boundary, place["band"] or "", None if place["col"] is None else int(place["col"]),
                      place["lane"] or "", about.unit, found.nodes[whole].name if whole else None,
                      tuple(title for title, _ in firms), projects, tuple(title for title, master in firms if master))


def met(engine: GapEngine, node: str) -> tuple[list[tuple[str, bool]], tuple[str, ...]]:
    """Who is met at a node or its variants here: firms, and whether they are 链主; projects."""
    found, family = engine.evidence, engine.evidence.family(node)
    projects = {found.name(u.whole) for u in engine.projects.units_of(family) if not engine.projects.ended(u)}
    return _firms(found, engine, family, found.nodes[node].unit), tuple(sorted(projects))


def _firms(found: Evidence, engine: GapEngine, family: tuple[str, ...], unit: str) -> list[tuple[str, bool]]:
    """Firms with a plant, and whether they are 链主: those first, then by capacity; of unknown size last."""
    size: dict[tuple[str, bool], float] = {}
    for p in engine.supplies.pieces(family):
        if p.fact and p.fact.edge == "MAKES":
            one = p.title, p.firm in found.masters
            size[one] = size.get(one, 0.0) + (into(p.saleable, p.unit, unit) or 0.0)
    return sorted(size, key=lambda one: (not one[1], -size[one], one[0]))
