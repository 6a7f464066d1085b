"""What is believed on a day as a networkx graph, for its algorithms: paths, dominators, centrality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import networkx as nx

from graph.clocks import Seen, believed, visible
from graph.errors import ModelError
from graph.facts import Fact, Graph
from graph.model import EDGE
from graph.networks import ends_of, to_networkx, without_null


def believed_view(graph: Graph, as_of: date, known_by: date, edges: Iterable[str] = ()) -> nx.DiGraph:
    """What is believed on ``as_of`` with what was known by ``known_by``, of the given edge types (none given: all).

    Its nodes are the ends of the visible facts of these types, with the attributes of ``to_networkx``; one that no
    believed fact touches stands alone. An edge joins two nodes whatever is believed between them: it has ``types``
    (sorted) and ``facts``, a tuple of dictionaries by type and line. Where one type was asked for and one fact is
    believed of the pair, the fact's own properties lie on the edge as well: ``weight="coefficient"`` works then.

    A figure that the believed fact leaves blank is the earlier one, with its unit, source and text. Structure has
    clocks too: a FEEDS stated as of 2024 is not there in 2020. Nothing is left out for its audience: read the graph
    with ``whole(store, audience)``. Raises ModelError as ``to_networkx`` does, and for an edge type that the model
    has not.
    """
    types = _types(edges)
    facts = {fact.id: fact for fact in graph.facts if not types or fact.edge in types}
    shown = visible((_seen(id, fact) for id, fact in facts.items()), as_of, known_by)
    met = {end for fact in shown for end in ends_of(facts[fact.id])}
    view = nx.DiGraph(as_of=as_of, known_by=known_by, edges=types)
    view.add_nodes_from((key, told) for key, told in to_networkx(graph).nodes(data=True) if key in met)
    for pair, chosen in _by_pair(believed(shown), facts).items():
        flat = without_null(chosen[0].own) if len(types) == len(chosen) == 1 else {}
        view.add_edge(*pair, types=tuple(sorted({f.edge for f in chosen})), facts=tuple(map(_told, chosen)), **flat)
    return view


def _types(edges: Iterable[str]) -> tuple[str, ...]:
    types = tuple(dict.fromkeys([edges] if isinstance(edges, str) else edges))
    unknown = [name for name in types if name not in EDGE]
    if unknown:
        raise ModelError(f"模型没有 / not in the model: {', '.join(map(str, unknown))}", f"可用 / known: {', '.join(EDGE)}")
    return types


def _seen(id: str, fact: Fact) -> Seen:
    """With every property that the edge declares: a unit that is blank is taken with its figure, one unasked is not."""
    own = {p.name: fact.properties.get(p.name) for p in EDGE[fact.edge].properties}
    return Seen(fact.edge, id, fact.start, fact.end, fact.line, fact.precedence, fact.authority, fact.holds,
                fact.valid_from, fact.known_from, fact.source, fact.text, fact.start_label, own)


def _by_pair(chosen: Iterable[Seen], facts: Mapping[str, Fact]) -> dict[tuple[str, str], list[Seen]]:
    pairs: dict[tuple[str, str], list[Seen]] = {}
    for fact in sorted(chosen, key=lambda f: (f.edge, f.line)):
        pairs.setdefault(ends_of(facts[fact.id]), []).append(fact)
    return pairs


def _told(fact: Seen) -> dict[str, Any]:
    """Without ``cell`` and ``audience``: they are of the fact, but its figure may be an earlier one's."""
    return {"edge": fact.edge, "id": fact.id, **without_null(fact.own), "source": fact.source, "text": fact.text,
            "valid_from": fact.valid_from, "known_from": fact.known_from, "authority": fact.authority,
            "line": fact.line, "precedence": fact.precedence}
