"""What stands in a box on walls and paper, below and beside the name: figures, verdict, names of firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.answers import GapRow, Panorama, PlacedNode
from analysis.words import GAP_VERDICTS
from graph.harmless import clean
from maps import labels
from maps.figures import percent, sized
from maps.labels import say
from maps.layout import box_width, named
from maps.measure import Measure
from maps.names import investors, makers, packed
from maps.status import GAPS, rows_of, status
from maps.targets import TargetChange
from maps.text import ems, fit

LINES = {"three": 3, "two": 2, "one": 1, "none": 0, "slim": 0, "bare": 0}
"""How full boxes are: lines for names of firms. ``slim`` has below the name what is beside it elsewhere only where there is
a goal, ``bare`` the name alone. The fullest first."""


@dataclass(frozen=True, slots=True)
class Words:
    """``beside`` stands beside the name, where that leaves room; ``lines`` below it."""

    beside: str
    lines: tuple[str, ...]


def words(panorama: Panorama, measure: Measure, fullness: str, lang: str) -> dict[str, Words]:
    """By node. What it says does not depend on goals, so that a prospect map has the places of its panorama."""
    rows, width = rows_of(panorama), box_width(panorama, measure)
    return {n.node: _words(n, rows.get(n.node), panorama.around, measure, width, fullness, lang) for n in panorama.nodes}


def aimed(node: PlacedNode, found: Words, change: TargetChange | None, measure: Measure, width: float) -> Words:
    """With the line of what changes in place of the first, or beside the name where it stands alone.

    Its unit is left out where there is no room; where there is none for it at all, ring and list tell it.
    """
    if change is None:
        return found
    slim = change.box.rpartition(" ")[0] or change.box
    if found.lines:
        return Words(found.beside, (fitted((change.box, slim), measure, width), *found.lines[1:]))
    beside = next((t for t in (change.box, slim) if _room_beside(node, t, measure, width)), "")
    return Words(beside or found.beside, ())


def fitted(choices: tuple[str, ...], measure: Measure, width: float) -> str:
    """The first that fits in full size; else the last that says something, smaller or cut."""
    for text in choices:
        if text and ems(text) * measure.sub <= width:
            return text
    last = next((c for c in reversed(choices) if c), "")
    return fit(last, width, measure.sub, measure.sub_least, 1).lines[0] if last else ""


def below(found: Mapping[str, Words]) -> dict[str, int]:
    """How many lines each box needs, for ``Measure.below``."""
    return {node: len(w.lines) for node, w in found.items()}


def _words(
    node: PlacedNode, row: GapRow | None, around: tuple[str, ...], measure: Measure, box: float, fullness: str, lang: str
) -> Words:
    """A node with a goal has a line below its name: on the prospect map that line tells the goal."""
    width = measure.text_width(box, node.boundary)
    if fullness == "bare" or node.boundary:
        return Words("", ())
    names = _named(node, row, around, measure, width, fullness, lang)
    facts = _facts(node, row, bool(names), lang)
    first = next((f for f in facts[:2] if _room_beside(node, f, measure, width)), "")
    if first and row and row.goal and len(facts) == 1:
        first = ""
    dot = "·" if lang == "zh" else " · "
    left = [f for f in facts if f != first]
    if fullness == "slim":
        left = left[:1] if row and row.goal else []
    joined = dot.join(left)
    told = [joined] if joined and ems(joined) * measure.sub <= width else [fitted((f,), measure, width) for f in left]
    return Words(first, (*told, *names))


def _named(
    node: PlacedNode, row: GapRow | None, around: tuple[str, ...], measure: Measure, width: float, fullness: str, lang: str
) -> list[str]:
    """Who makes it here; of a gap who invests in the projects for it. How many, where there is no room for a name."""
    if status(row) in GAPS:
        names, count = investors(row, around)
        return packed(names, count, width, measure.sub, LINES[fullness], lang, say("invests", lang)) if names else []
    names, count = makers(node, row, around)
    found = packed(names, count, width, measure.sub, LINES[fullness], lang) if names else []
    return found or ([say("firms", lang, count)] if count > 1 and LINES[fullness] else [])


def _room_beside(node: PlacedNode, ratio: str, measure: Measure, width: float) -> bool:
    name = named(clean(node.node) or "?", width, measure)
    wide = ems(name.lines[0]) * name.size + ems(f" {ratio}") * measure.sub
    return bool(ratio) and len(name.lines) == 1 and wide <= width


def _facts(node: PlacedNode, row: GapRow | None, named: bool, lang: str) -> list[str]:
    """What is known, the weightiest first; one of the first two stands beside the name. Nothing where the mark says it all; no "0": not typed in
    is not missing."""
    projects = say("projects", lang, len(node.projects)) if node.projects else ""
    if row is not None and row.verdict in GAP_VERDICTS:
        return [labels.verdict(row.verdict, lang), *([projects] if projects and not named else [])]
    size = _size(row, lang)
    goal = say("box_goal", lang, sized(row.goal.value, row.goal.unit, lang)) if row and row.goal else ""
    told = [size, projects if not named else ""] if size else [projects or goal]
    return [t for t in (told[0], _ratio(row), *told[1:]) if t]


def _size(row: GapRow | None, lang: str) -> str:
    """Capacity of what stands; its size may be unknown."""
    if row is None or row.supply is None or row.supply.value == 0 or row.verdict in ("absent", "unknown"):
        return ""
    return clean(sized(row.supply.value, row.supply.unit, lang))


def _ratio(row: GapRow | None) -> str:
    """Supply ÷ demand of what stands, where known; 0 % of a gap says no more than its verdict."""
    if row is None or row.verdict in (*GAP_VERDICTS, "absent", "unknown") or row.coverage is None or row.coverage.used is None:
        return ""
    return percent(row.coverage.used)
