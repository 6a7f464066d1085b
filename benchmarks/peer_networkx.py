"""The gap list over a networkx graph in memory, as somebody would write it: edges with their properties, loops in Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import networkx as nx

from benchmarks.gap_province import DAY
from benchmarks.listing import List, Row, Small, Total, listing, newest, piece
from graph.tables import Table

KEPT = ("region", "plant", "capacity", "unit", "yield_rate", "state", "since", "role", "coefficient", "measure", "value",
        "says", "basis", "day", "valid_from", "known_from", "authority", "audience", "holds", "line", "precedence")
"""What the list needs: all else is left out, to its advantage."""


def build(tables: Iterable[Table]) -> Any:
    graph = nx.MultiDiGraph(owns=[])
    for table in tables:
        names = [one.name for one in table.columns]
        if table.ends is None:
            for row in table.rows:
                graph.add_node(row[0], label=table.name, **dict(zip(names, row, strict=True)))
        else:
            kept = [(at, name) for at, name in enumerate(names, start=2) if name in KEPT]
            for row in table.rows:
                key = table.name, row[names.index("id") + 2]
                graph.add_edge(row[0], row[1], key=key, **{n: row[at] for at, n in kept})
                if table.name == "OWNS":  # kept aside: nobody would go through all edges for them
                    graph.graph["owns"].append((row[0], row[1], key, graph.edges[row[0], row[1], key]))
    return graph


def gaps(graph: Any) -> List:
    nodes = [data for _, data in graph.nodes(data=True) if data["label"] == "ChainNode"]
    facts: dict[str, list[Row]] = defaultdict(list)
    for start, data in graph.nodes(data=True):
        if data["label"] != "Firm":
            for _, end, key, own in graph.out_edges(start, keys=True, data=True):
                _take(facts, start, end, key, own)
    for project in [id for id, data in graph.nodes(data=True) if data["label"] == "Project"]:
        for start, end, key, own in graph.in_edges(project, keys=True, data=True):
            _take(facts, start, end, key, own)
    for start, end, key, own in graph.graph["owns"]:
        _take(facts, start, end, key, own)
    small = Small(nodes, defaultdict(list, facts))
    plants: dict[tuple[str, bool], Total] = {}
    makers: set[tuple[str, str]] = set()
    asked = {fact["end"] for fact, _, _ in small.opened()}
    for node in nodes:
        for plant in _standing(graph, node["id"], small.above):
            key = node["id"], small.later(node["id"], plant["region"], plant["since"])
            plants.setdefault(key, Total()).add(
                piece(small, node["id"], plant["capacity"], plant["unit"], plant["yield_rate"]))
            if node["id"] in asked:
                makers.add((small.group(plant["start"]), node["id"]))
    return listing(small, plants, makers)


def _take(facts: dict[str, list[Row]], start: str, end: str, key: tuple[str, str], own: Mapping[str, Any]) -> None:
    if _visible(own):
        facts[key[0]].append({**own, "start": start, "end": end})


def _visible(own: Mapping[str, Any]) -> bool:
    return bool(own["valid_from"] <= DAY and own["known_from"] <= DAY and own["audience"] == "公开")


def _standing(graph: Any, node: str, above: Mapping[str, str]) -> Iterator[Row]:
    facts = [{**own, "start": start} for start, _, key, own in graph.in_edges(node, keys=True, data=True)
             if key[0] == "MAKES" and _visible(own)]
    sure = newest(facts)
    finer = {(f["start"], f["plant"], above.get(f["region"])) for f in sure}
    for fact in sure:
        if fact["state"] == "operating" and (fact["since"] or date.min) <= DAY and \
                (fact["start"], fact["plant"], fact["region"]) not in finer:
            yield fact
