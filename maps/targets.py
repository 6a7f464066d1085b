"""The prospect map (远景图): what changes between the chain as it stands and its goals for a day, node by node.

Drawn on the same places as the panorama: a ring round the box, one line in it, one entry in the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.answers import PipelineItem
from analysis.picture import Picture
from analysis.prospect import ProspectRow
from graph.harmless import clean
from maps.figures import amount, number, percent, sized
from maps.labels import language, say

RINGS = ("open", "reached", "unknown", "another-day", "building")
"""Kinds of rings in the order of the list: the states of ``analysis.prospect.STATES`` that have a goal, and nodes that
have none but where something under construction is due by the day."""


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One node that changes. ``state`` is a key of ``analysis.prospect.STATES``, ``ring`` one of ``RINGS``.

    ``said`` is the state in words. ``box`` is for the line in the box (``475→870 kt/a``), ``parts`` for the list: goal, what
    stands, vision gap, what is under construction and due by then, what is left without a project; ``brief`` are the last
    three without units. ``projects`` are those under construction that are due by the day. All texts are harmless.
    """

    node: str
    state: str
    ring: str
    said: str
    box: str
    parts: tuple[str, ...]
    brief: tuple[str, ...]
    projects: tuple[str, ...]

    def words(self, lang: str) -> str:
        """One line for the list."""
        return " · ".join((*self.parts, *([say("list_comma", lang).join(self.projects)] if self.projects else [])))


def changes(picture: Picture, lang: str) -> dict[str, TargetChange]:
    """What changes by the day of ``picture.prospect``, by node as the panorama names it, in the panorama's order.

    Empty for a picture without goals. Nodes without a goal are left out unless something is being built for the day.
    """
    language(lang)
    if picture.prospect is None:
        return {}
    rows = {r.node: r for r in picture.prospect.rows}
    as_of, due = picture.prospect.as_of, picture.prospect.due
    found = {n.node: _ring(rows[n.node]) for n in picture.panorama.nodes if n.node in rows}
    return {node: _change(rows[node], ring, as_of, due, lang) for node, ring in found.items() if ring}


def listed(picture: Picture, lang: str) -> list[TargetChange]:
    """The same for the list: by kind of ring, then as on the map."""
    return sorted(changes(picture, lang).values(), key=lambda c: RINGS.index(c.ring))


def _ring(row: ProspectRow) -> str:
    if row.state != "none":
        return row.state
    return "building" if row.due_by is not None else ""


def _change(row: ProspectRow, ring: str, as_of: date, due: date | None, lang: str) -> TargetChange:
    said = say(f"ring_{ring}", lang)
    projects = tuple(clean(p.project) for p in row.pipeline if due and _due_by(p, as_of, due))
    parts = tuple(clean(p) for p in _parts(row, ring, lang))
    brief = tuple(clean(b) for b in _brief(row, ring, lang))
    return TargetChange(row.node, row.state, ring, said, clean(_box(row, ring, lang)), parts, brief, projects)


def _due_by(item: PipelineItem, as_of: date, due: date) -> bool:
    """Whether it, or one of its phases, is under construction and due by the day; what is late has no day to come."""
    own = not item.phases and item.stage == "在建" and item.due is not None and as_of <= item.due <= due
    return own or any(_due_by(p, as_of, due) for p in item.phases)


def _box(row: ProspectRow, ring: str, lang: str) -> str:
    """From what stands to the goal; an unknown side is ？ and never a number."""
    if ring == "building":
        by = row.due_by
        return say("box_building", lang, sized(by.capacity if by else None, by.unit if by else "", lang))
    goal = row.goal or row.nearest
    if goal is None:
        return ""
    aim = sized(goal.value, goal.unit, lang)
    if ring == "another-day":
        return f"{goal.due.year}: {aim}"
    if ring == "reached":
        return say("box_reached", lang, aim if lang == "en" else f" {aim}")
    stands = row.supply.value if row.supply and row.supply.unit in ("", goal.unit) else None
    if row.supply and row.supply.value == 0:
        stands = 0.0  # 0 is 0 in any unit
    return f"{'？' if stands is None else number(stands)}→{aim}"


def _parts(row: ProspectRow, ring: str, lang: str) -> list[str]:
    stands = say("target_stands", lang, amount(row.supply, lang))
    if ring == "another-day" and row.nearest is not None:
        goal = sized(row.nearest.value, row.nearest.unit, lang)
        return [say("target_other", lang, goal, row.nearest.due.isoformat()), stands]
    goals = [] if row.goal is None else [say("target_goal", lang, sized(row.goal.value, row.goal.unit, lang)), stands]
    found = [*(goals or [stands]), *_distance(row, lang), say("target_by", lang, _by(row, lang))]
    if row.left is not None and row.gap is not None and row.gap.value:
        found.append(say("target_left", lang, amount(row.left, lang)))
    return [*found, *([say("target_firms", lang, say("list_comma", lang).join(row.firms))] if row.firms else [])]


def _brief(row: ProspectRow, ring: str, lang: str) -> list[str]:
    """Vision gap, what is being built for the day and what is left, where they are known: in the unit of the goal."""
    if ring != "open" or row.gap is None or row.gap.value is None:
        return []
    by = row.due_by.capacity if row.due_by else 0.0 if row.fills == 0 else None
    left = None if row.left is None else row.left.value
    figures = (("target_gap", row.gap.value), ("brief_by", by), ("brief_left", left))
    return [say(key, lang, say("unknown_value", lang) if v is None else number(v)) for key, v in figures]


def _distance(row: ProspectRow, lang: str) -> list[str]:
    """The vision gap, or what stands beyond the goal; nothing for a node that has no goal."""
    if row.over is not None and row.over.value:
        return [say("target_over", lang, amount(row.over, lang))]
    return [say("target_gap", lang, amount(row.gap, lang))] if row.goal is not None else []


def _by(row: ProspectRow, lang: str) -> str:
    """What is under construction and due by the day; "none" only where nothing is being built without a day."""
    if row.due_by is None:
        building = any(s.stage == "在建" for s in row.sums)
        return say("target_undated", lang) if building and row.fills is None else say("target_none", lang)
    size = sized(row.due_by.capacity, row.due_by.unit, lang)
    return size if row.fills is None else say("target_fills", lang, size, percent(row.fills))
