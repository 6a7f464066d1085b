"""How much a store holds: nodes and facts by type, and the days they are of."""

from __future__ import annotations

from typing import Any

from graph.facts import STRUCTURE_DAY
from graph.model import EDGE, LABEL
from graph.store import Store


def counts(store: Store) -> dict[str, Any]:
    """``nodes`` and ``facts`` by type, those that there are (``edges``: the facts under another name); ``first_day`` and
    ``last_day`` of what is not timeless."""
    nodes = {name: store.read(f"MATCH (n:{name}) RETURN count(n) AS n", {})[0]["n"] for name in LABEL}
    joins = {name: [f"MATCH (a:{start})-[e:{name}]->(b:{end})" for start, end in edge.ends] for name, edge in EDGE.items()}
    facts = {name: sum(store.read(f"{join} RETURN count(e) AS n", {})[0]["n"] for join in joins[name]) for name in EDGE}
    dated = [store.read(f"{join} WHERE e.valid_from > $first RETURN min(e.valid_from) AS first, max(e.valid_from) AS last",
                        {"first": STRUCTURE_DAY})[0] for name in facts if facts[name] for join in joins[name]]
    days = [row[end] for row in dated for end in ("first", "last") if row[end] is not None]
    found = {name: int(n) for name, n in facts.items() if n}
    return {"nodes": {name: int(n) for name, n in nodes.items() if n}, "facts": found, "edges": found,
            "first_day": min(days, default=None), "last_day": max(days, default=None)}
