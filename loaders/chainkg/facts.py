"""ChainKnowledgeGraph's rows as facts. Ends were checked when the rows were read."""

from __future__ import annotations

from loaders.chainkg.sheets import CHAINS, FEEDS, FIRMS, NODES, VARIANTS
from loaders.chainkg.sheets import MAKES as MADE
from loaders.stating import End, Stating


def _node(row: Stating, key: str) -> End:
    return "ChainNode", row.names.nodes.guests[row.text(key)]


def nodes(row: Stating) -> None:
    """An industry is part of its chain; that of the second level stands as the lane: the classification's own grouping."""
    node = _node(row, "node")
    row.stands(*node)
    if row["chain"]:
        row.structure("PART_OF", node, ("Chain", row.text("chain")), {"lane": row.text("lane")})


def chains(row: Stating) -> None:
    row.stands("Chain", row.text("chain"))


def firms(row: Stating) -> None:
    firm = row.names.firms.id(row.text("firm"))
    row.stands("Firm", firm)
    row.node_properties("Firm", firm, {"listed": row.text("listed")})


def variant_of(row: Stating) -> None:
    row.structure("VARIANT_OF", _node(row, "start"), _node(row, "end"))


def feeds(row: Stating) -> None:
    """An upstream industry is no condition: nobody says that a trade stands still without it."""
    row.structure("FEEDS", _node(row, "start"), _node(row, "end"), {"role": "material", "essential": row["essential"]})


def makes(row: Stating) -> None:
    """Where it is made is not said: the region stays '', which counts for no region."""
    firm = row.names.firms.id(row.text("maker"))
    row.state("MAKES", ("Firm", firm), _node(row, "node"), {"state": "operating"})


CONVERT = {NODES.key: nodes, CHAINS.key: chains, FIRMS.key: firms, VARIANTS.key: variant_of,
           FEEDS.key: feeds, MADE.key: makes}
