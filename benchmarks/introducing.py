"""Who introduces us, in a made-up province, beside networkx on the same ties: python -m benchmarks.introducing [FIRMS].

A county is "us". The peer is given every tie of the province in memory, weighed as ours are, and a node for us; its time is that of
``shortest_simple_paths`` alone, ours is all from the question to the answer with its evidence, out of a store on disk.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

import networkx as nx

from benchmarks.province import Shape, facts, province
from benchmarks.timing import timed
from formulas.introducing import cost, decayed, passing
from graph.facts import Fact
from graph.model import VERSION
from graph.settings import Settings, Ties
from graph.store import Marker, open_store
from queries.asking import Asked
from queries.introduce import introduce

US = "000000"
DAY = date(2024, 6, 30)


def main(firms: int, asks: int = 5) -> None:
    shape = Shape(firms=firms, nodes=200, chains=5, makes=0.2, owns=0.3, supplies=2.0)
    settings, asked = Settings("w", US), Asked(US, DAY, DAY)
    peer = _peer(list(facts(shape)))
    with tempfile.TemporaryDirectory(prefix="liantu-introducing-") as temp, open_store(Path(temp) / "graph.lbug", create=True) as store:
        store.replace(province(shape), Marker("w", VERSION, "m"))
        names = [str(r["id"]) for r in store.read("MATCH (f:Firm) RETURN f.id AS id ORDER BY id", {})]
        chosen = Random(1).sample(names, asks)
        introduce(store, settings, chosen[0], asked)
        for firm in (*chosen, names[0]):
            ours = [timed(lambda firm=firm: introduce(store, settings, firm, asked)) for _ in range(3)]  # type: ignore[misc]
            theirs = timed(lambda firm=firm: _paths(peer, firm))  # type: ignore[misc]
            row = introduce(store, settings, firm, asked).rows[0]
            print(f"{firm} {row.state} {row.nearest} ways {len(row.ways)}: {1000 * median(ours):.0f} ms; networkx {1000 * theirs:.0f} ms",
                  [way.p for way in row.ways], flush=True)
    print(f"{peer.number_of_nodes()} nodes, {peer.number_of_edges()} ties")


def _peer(ties: list[Fact]) -> nx.DiGraph:
    weights, graph, degree = Ties(), nx.DiGraph(), dict[str, int]()
    known = [f for f in ties if f.edge in ("SUPPLIES", "OWNS")]
    for fact in known:
        for end in (fact.start, fact.end):
            degree[end] = degree.get(end, 0) + 1
    ours = {f.start for f in ties if f.edge == "LOCATED_IN" and f.end == US}
    for fact in known:
        years = (DAY - fact.valid_from).days / 365.25
        p = weights.owns if fact.edge == "OWNS" else decayed(weights.supplies, years, weights.half_life)
        for one, other in ((fact.start, fact.end), (fact.end, fact.start)):
            spent = cost(p) + cost(passing(degree[one]))
            if spent < graph.get_edge_data(one, other, {"weight": 1e9})["weight"]:
                graph.add_edge(one, other, weight=spent)
    graph.add_weighted_edges_from(("我方", one, 0.0) for one in sorted(ours))
    return graph


def _paths(graph: nx.DiGraph, firm: str) -> list[list[str]]:
    return list(islice(nx.shortest_simple_paths(graph, "我方", firm, weight="weight"), 3)) if firm in graph else []


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
