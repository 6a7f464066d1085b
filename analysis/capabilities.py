"""Which firms make or build which nodes, as believed: the matrix that adjacent capability is worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from graph.clocks import Seen, believed, visible

Pair = tuple[str, str]
Made = dict[Pair, tuple[Seen, ...]]
"""(firm, node) → the facts that say so: one of MAKES, or INVESTS_IN and ADDS of a project."""
EDGES = ("MAKES", "ADDS", "INVESTS_IN", "PHASE_OF", "REACHES")


def made(facts: Iterable[Seen], as_of: date, known_by: date) -> Made:
    """The pairs believed on a day with what was known by a day.

    A stopped plant makes nothing and an ended project builds nothing. Of several ways to know a pair a plant goes before a project, then
    the one known first.
    """
    sure: dict[str, list[Seen]] = defaultdict(list)
    for fact in believed(visible(facts, as_of, known_by)):
        sure[fact.edge].append(fact)
    ways: dict[Pair, list[tuple[Seen, ...]]] = defaultdict(list)
    for fact in sure["MAKES"]:
        if (fact["state"] or "operating") == "operating":
            ways[fact.start, fact.end].append((fact,))
    for invests, adds in _built(sure):
        ways[invests.start, adds.end].append((invests, adds))
    return {pair: min(ways[pair], key=_first) for pair in sorted(ways)}


def _built(sure: Mapping[str, list[Seen]]) -> Iterable[tuple[Seen, Seen]]:
    """Who invests in what adds to a node; who invests in the whole invests in its phases."""
    whole = {f.start: f.end for f in sure["PHASE_OF"]}
    ended = {f.start for f in sure["REACHES"] if f.end == "ended" and f["basis"] == "actual"}
    investors: dict[str, list[Seen]] = defaultdict(list)
    for fact in sure["INVESTS_IN"]:
        investors[fact.end].append(fact)
    for adds in sure["ADDS"]:
        projects = tuple(dict.fromkeys((adds.start, whole.get(adds.start, adds.start))))
        if not ended.intersection(projects):
            yield from ((invests, adds) for project in projects for invests in investors[project])


def _first(facts: tuple[Seen, ...]) -> tuple[object, ...]:
    return len(facts), known(facts), [f.id for f in facts]


def known(facts: Iterable[Seen]) -> date:
    """The day from which all of some facts are known."""
    return max(f.known_from for f in facts)


def first_known(facts: Iterable[Seen]) -> dict[Pair, date]:
    """The day from which each pair was said by anybody, whatever is believed of it later."""
    said: dict[str, dict[Pair, date]] = defaultdict(dict)
    for fact in facts:
        if fact.holds and fact.authority > 0:
            ends = fact.start, fact.end
            said[fact.edge][ends] = min(fact.known_from, said[fact.edge].get(ends, date.max))
    out, whole, investors = dict(said["MAKES"]), dict(said["PHASE_OF"].keys()), defaultdict[str, list[tuple[str, date]]](list)
    for (firm, project), day in said["INVESTS_IN"].items():
        investors[project].append((firm, day))
    for (project, node), day in said["ADDS"].items():
        for firm, invested in (*investors[project], *investors.get(whole.get(project, ""), ())):
            out[firm, node] = min(max(day, invested), out.get((firm, node), date.max))
    return out
