"""Small graphs, all invented, for the tests of the server store."""

from __future__ import annotations

from datetime import date

from graph.facts import Fact, Graph, Node
from graph.model import VERSION
from graph.store import Marker

DAY = date(2024, 1, 1)
FIRMS = "MATCH (f:Firm) RETURN count(*) AS firms"


def marker(material: str = "m", workspace: str = "w1") -> Marker:
    return Marker(workspace, VERSION, material)


def firms(count: int, share: float = 1.0) -> Graph:
    """A ring of owners; ``share`` tells one version of it from another."""
    nodes = tuple(Node("Firm", f"f{i}", f"企业{i}") for i in range(count))
    facts = tuple(Fact("OWNS", "Firm", f"f{i}", "Firm", f"f{(i + 1) % count}", {"share": share}, "s", "c", DAY, DAY, 5)
                  for i in range(count))
    return Graph(nodes, facts)
