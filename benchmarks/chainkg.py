"""ChainKnowledgeGraph's rows as a graph of the model, roughly: what a load is measured on, and nothing else.

The data have no licence to be in the project, so their folder is named by who has them (``--chainkg``, LIANTU_CHAINKG).
Not the loader: names are taken as they are, and what has no place in the model is left out.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.province import FEEDS, PART_OF, End, fact, makes
from graph.facts import Fact, Graph, Node, Value

DAY = date(2021, 10, 31)
SOURCE = "chainkg"

Row = dict[str, str]


def chainkg(folder: Path) -> Graph:
    """Firms, products as chain nodes, industries as chains, exchanges as regions; a row stated twice is one fact."""
    firms = {row["code"][:6]: row for row in _rows(folder, "company")}
    nodes = tuple(_nodes(folder, firms))
    there = {(node.label, node.id) for node in nodes}
    facts = {one.id: one for one in (*_places(firms), *_makes(folder, firms), *_parts(folder), *_between(folder))
             if one.start != one.end and {(one.start_label, one.start), (one.end_label, one.end)} <= there}
    return Graph(nodes, tuple(facts.values()))


def _rows(folder: Path, name: str) -> Iterator[Row]:
    with gzip.open(folder / f"{name}.json.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _nodes(folder: Path, firms: dict[str, Row]) -> Iterator[Node]:
    yield Node("Source", SOURCE, "ChainKnowledgeGraph", (), {"title": "ChainKnowledgeGraph", "authority": 5})
    for place in sorted({row["location"] for row in firms.values()}):
        yield Node("Region", place, place)
    for code, row in firms.items():
        yield Node("Firm", code, row["fullname"], (row["name"],), {"listed": row["code"]})
    for name in dict.fromkeys(row["name"] for row in _rows(folder, "product")):
        yield Node("ChainNode", name, name)
    for code, name in {row["code"]: row["name"] for row in _rows(folder, "industry")}.items():
        yield Node("Chain", code, name)


def _places(firms: dict[str, Row]) -> Iterator[Fact]:
    for at, (code, row) in enumerate(firms.items()):
        yield fact("LOCATED_IN", ("Firm", code), ("Region", row["location"]), {}, SOURCE, f"company,{at}")


def _makes(folder: Path, firms: dict[str, Row]) -> Iterator[Fact]:
    """Firms are told apart by the digits of their stock code: the files write it in three ways."""
    for at, row in enumerate(_rows(folder, "company_product")):
        code, product = row["company_code"][:6], row["product_name"]
        if code in firms:
            own = makes(firms[code]["location"], product, float(row["rel_weight"]))
            yield fact("MAKES", ("Firm", code), ("ChainNode", product), own, SOURCE, f"company_product,{at}", DAY)


def _parts(folder: Path) -> Iterator[Fact]:
    """A product belongs to the industries of its makers: the data tie only firms to industries."""
    of_firm = {row["company_code"]: row["industry_code"] for row in _rows(folder, "company_industry")}
    for at, row in enumerate(_rows(folder, "company_product")):
        if industry := of_firm.get(row["company_code"]):
            node, chain = ("ChainNode", row["product_name"]), ("Chain", industry)
            yield fact("PART_OF", node, chain, PART_OF, SOURCE, f"company_product,{at}")


def _between(folder: Path) -> Iterator[Fact]:
    """An upstream material feeds, a product feeds its downstream product, a kind of a product is its variant."""
    for at, row in enumerate(_rows(folder, "product_product")):
        one, other = ("ChainNode", row["from_entity"]), ("ChainNode", row["to_entity"])
        edge, start, end, own = _way(row["rel"], one, other)
        yield fact(edge, start, end, own, SOURCE, f"product_product,{at}")


def _way(rel: str, one: End, other: End) -> tuple[str, End, End, dict[str, Value]]:
    if rel == "产品小类":
        return "VARIANT_OF", other, one, {}
    return ("FEEDS", one, other, FEEDS) if rel == "下游产品" else ("FEEDS", other, one, FEEDS)
