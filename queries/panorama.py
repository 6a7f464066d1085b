"""A chain with its places, its edges and who is there: what a map draws."""

from __future__ import annotations

from analysis.answers import Feed, Panorama, PlacedNode
from analysis.evidence import Evidence
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
    return Panorama("panorama", answer(engine, chain, asked), nodes, feeds)


def _placed(found: Evidence, engine: GapEngine, node: str, place: Seen) -> PlacedNode:
    about = found.nodes[node]
    firms, projects = met(engine, node)
    whole = found.whole_of.get(node)
    return PlacedNode(about.name, about.boundary, place["band"] or "", None if place["col"] is None else int(place["col"]),
                      place["lane"] or "", about.unit, found.nodes[whole].name if whole else None,
                      firms, projects)


def met(engine: GapEngine, node: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the firms and of the projects that are met at a node or its variants here."""
    family = engine.evidence.family(node)
    firms = {p.title for p in engine.supplies.pieces(family) if p.fact and p.fact.edge == "MAKES"}
    projects = {engine.evidence.name(u.whole) for u in engine.projects.units_of(family) if not engine.projects.ended(u)}
    return tuple(sorted(firms)), tuple(sorted(projects))
