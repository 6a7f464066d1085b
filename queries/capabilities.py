"""Fetches who makes or builds what: around some nodes, or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.capabilities import made
from graph.clocks import Seen
from queries.asking import Reader

Facts = dict[tuple[str, str], Seen]
"""By edge and id: a fact that was asked for by node and by firm is one fact."""


def around(reader: Reader, nodes: Sequence[str]) -> tuple[Seen, ...]:
    """All that proximity and density of these nodes rest on: their makers, all that these make, and all makers of that.

    Never all firms: what is farther away adds nothing to either.
    """
    facts = _of_nodes(reader, sorted(set(nodes)))
    facts |= _of_firms(reader, sorted({firm for firm, _ in _made(reader, facts)}))
    near = {node for _, node in _made(reader, facts)} - set(nodes)
    return tuple((facts | _of_nodes(reader, sorted(near))).values())


def everywhere(reader: Reader) -> tuple[Seen, ...]:
    invests = reader.seen("invests_everywhere", "INVESTS_IN")
    facts = _keyed(reader.seen("makes_everywhere", "MAKES"), invests)
    return tuple((facts | _projects(reader, {f.end for f in invests})).values())


def _made(reader: Reader, facts: Facts) -> Iterable[tuple[str, str]]:
    return made(facts.values(), reader.asked.as_of, reader.asked.known_by)


def _of_nodes(reader: Reader, nodes: list[str]) -> Facts:
    """Makers and builders of nodes; who invests in the whole builds its phases."""
    facts = _keyed(reader.seen("makers_anywhere", "MAKES", nodes=nodes), adds := reader.seen("adds", "ADDS", nodes=nodes))
    projects = {f.start for f in adds}
    phases = reader.seen("phases", "PHASE_OF", projects=sorted(projects))
    every = sorted(projects | {f.end for f in phases if f.start in projects})
    return facts | _keyed(phases, reader.seen("invests", "INVESTS_IN", projects=every), reader.seen("reaches", "REACHES", projects=every))


def _of_firms(reader: Reader, firms: list[str]) -> Facts:
    invests = reader.seen("invests_of_firms", "INVESTS_IN", ids=firms)
    facts = _keyed(reader.seen("plants_of_firms", "MAKES", firms=firms), invests)
    return facts | _projects(reader, {f.end for f in invests})


def _projects(reader: Reader, invested: set[str]) -> Facts:
    """What the projects of investors add, and their phases with them."""
    phases = reader.seen("phases", "PHASE_OF", projects=sorted(invested))
    every = sorted(invested | {e for f in phases for e in (f.start, f.end)})
    return _keyed(phases, reader.seen("adds_of_projects", "ADDS", projects=every), reader.seen("reaches", "REACHES", projects=every))


def _keyed(*found: Iterable[Seen]) -> Facts:
    return {(f.edge, f.id): f for facts in found for f in facts}
