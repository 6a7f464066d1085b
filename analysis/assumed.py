"""Capacity that is only assumed, put into a copy of the evidence: the engine that judges what stands judges it too.

An assumed plant stands in a place of its own that no figure is about: no figure can have it in it already, whatever its
day. A word about what stands still holds beside it: where S was 0 by somebody's word S becomes 0 + x and is no partial
list, where something is said to stand S is x and still unsized. Where nobody has looked S is at least x, and a list stays
as partial as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from analysis.parts import Amount
from analysis.supply import Supply
from graph.clocks import Seen
from graph.model import EDGE

ASSUMED = "假设新增 / assumed"
"""Source and place of what is assumed, and the mark before its ids."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """An addition as it counts on a day: ``capacity`` gross, ``counted`` saleable and by its ramp, in the node's unit.

    ``starts`` is the day that was given and ``opens`` the day of operation, later by the time of building;
    ``running`` is the share of the capacity that runs on the day: 0 before it opens.
    """

    node: str
    capacity: float
    unit: str
    yield_: float | None
    starts: date
    opens: date
    running: float
    counted: Amount


def running(ramp: tuple[float, ...], opens: date, day: date) -> float:
    """The share that runs on a day: ``ramp`` has that of the 1st, 2nd … year after opening, its last holds from then on."""
    if day < opens:
        return 0.0
    years = day.year - opens.year - ((day.month, day.day) < (opens.month, opens.day))
    return ramp[min(years, len(ramp) - 1)]


def supposed(engine: GapEngine, assumed: tuple[Assumed, ...]) -> Evidence:
    """The evidence of the engine with the additions that count on its day; the engine's own stays as it is."""
    evidence = engine.evidence
    ids = evidence.named
    counted = [(ids[a.node], a) for a in assumed if a.counted.value]
    plants = tuple(_plant(evidence, node, a, number) for number, (node, a) in enumerate(counted, start=1))
    touched = {n: a.unit for n in sorted(evidence.nodes) for node, a in counted if node in evidence.family(n)}
    words = [_word(evidence, engine.supplies.of(n), unit) for n, unit in touched.items()]
    facts = dict(evidence.facts)
    for fact in (*plants, *filter(None, words)):
        facts[fact.edge] = (*facts.get(fact.edge, ()), fact)
    return replace(evidence, regions=evidence.regions | {ASSUMED}, facts=facts,
                   names={**evidence.names, **{p.start: p.start for p in plants}},
                   sources={**evidence.sources, ASSUMED: {"title": ASSUMED}})


def _word(evidence: Evidence, supply: Supply, unit: str) -> Seen | None:
    """What was only said of S, as a fact that a plant beside it does not silence: a figure of 0, a plant without size."""
    node = supply.node
    if supply.state == "unsized" and not supply.pieces:
        return _seen(evidence, "MAKES", ASSUMED, node, "unsized", region=ASSUMED, plant="unsized", state="operating")
    own = any(f.end == node and f.start == evidence.region and f["measure"] == "capacity" and f["value"] is not None
              for f in evidence.sure("REPORTS"))
    if supply.state != "zero" or supply.complete or own:
        return None
    return _seen(evidence, "REPORTS", evidence.region, node, "none", measure="capacity", value=0.0, unit=unit)


def _plant(evidence: Evidence, node: str, assumed: Assumed, number: int) -> Seen:
    size = assumed.capacity * assumed.running
    return _seen(evidence, "MAKES", f"{ASSUMED} #{number}", node, f"#{number}", region=ASSUMED, plant=str(number),
                 capacity=size, unit=assumed.unit, yield_rate=assumed.yield_, state="operating", since=assumed.opens)


def _seen(evidence: Evidence, edge: str, start: str, end: str, key: str, **own: Any) -> Seen:
    """A fact on a line of its own, so that it overrules nothing and disagrees with nothing."""
    id = f"{ASSUMED}:{key}:{end}"
    properties = {p.name: own.get(p.name, "" if p.type == "text" else None) for p in EDGE[edge].properties}
    return Seen(edge, id, start, end, id, id, 9, True, evidence.as_of, evidence.known_by, ASSUMED,
                start_label=EDGE[edge].ends[0][0], own=properties)
