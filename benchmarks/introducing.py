"""Who introduces us, in a made-up province, beside networkx on the same ties: python -m benchmarks.introducing [FIRMS].

A county is "us". The peer has every tie of the province in memory already, weighed as ours are, and a node for us; its time is that
of ``shortest_simple_paths`` alone. Ours is all from the question to the answer with its evidence, out of a store on disk, warm.
The best way must be the same one, but where the peer's leads through a hub: that is counted.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from functools import partial
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


def main(firms: int, asks: int = 20) -> None:
    shape = Shape(firms=firms, nodes=200, chains=5, makes=0.2, owns=0.3, supplies=2.0)
    settings, asked = Settings("w", US), Asked(US, DAY, DAY)
    peer, degree = _peer(list(facts(shape)))
    with tempfile.TemporaryDirectory(prefix="liantu-introducing-") as temp, open_store(Path(temp) / "graph.lbug", create=True) as store:
        store.replace(province(shape), Marker("w", VERSION, "m"))
        names = [str(r["id"]) for r in store.read("MATCH (f:Firm) RETURN f.id AS id ORDER BY id", {})]
        introduce(store, settings, names[-1], asked)
        ours, theirs, other = list[float](), list[float](), 0
        for firm in (*Random(1).sample(names, asks), names[0]):
            ours.append(median(timed(partial(introduce, store, settings, firm, asked)) for _ in range(3)))
            theirs.append(timed(partial(_paths, peer, firm)))
            row = introduce(store, settings, firm, asked).rows[0]
            best = next((path for path in _paths(peer, firm, 60) if len(path) <= settings.introductions.hops + 2), [])
            mine = [f"{row.ways[0].asked.partition('/')[2]}"] if row.ways else []
            other += bool(best) and best[1:2] != mine and not any(degree[key] > settings.introductions.hub for key in best[2:-1])
            print(f"{firm} {row.state} {len(row.ways)} ways, {degree.get(firm, 0)} ties: {1000 * ours[-1]:.0f} ms; "
                  f"networkx {1000 * theirs[-1]:.0f} ms", flush=True)
        print(f"{peer.number_of_nodes()} nodes, {peer.number_of_edges()} ties, greatest degree {max(degree.values())}: median "
              f"{1000 * median(ours):.0f} ms, worst {1000 * max(ours):.0f} ms; networkx {1000 * median(theirs):.0f} ms; other best way, "
              f"no hub on it: {other}")


def _peer(ties: list[Fact]) -> tuple[nx.DiGraph, dict[str, int]]:
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
    return graph, degree


def _paths(graph: nx.DiGraph, firm: str, most: int = 3) -> list[list[str]]:
    return list(islice(nx.shortest_simple_paths(graph, "我方", firm, weight="weight"), most)) if firm in graph else []


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
