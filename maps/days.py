"""The panorama as it was on each day of a timeline: drawn by the very code that draws the panorama itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.answers import GapRow, Panorama, PipelineItem, PlacedNode
from analysis.timeline import NodeState, Timeline, UnderWay
from maps.status import rows_of


def on_days(panorama: Panorama, timeline: Timeline) -> Iterator[tuple[Panorama, frozenset[str]]]:
    """The panorama on each day, and the names of the nodes that changed on it (on the first day: of all).

    Nodes, places and edges are those of the panorama; a node that the chain did not have yet has no row, so nobody
    has looked at it. What a box does not show (claims, derivation, sources …) is still of the panorama's own day.
    """
    rows, now = rows_of(panorama), dict[str, NodeState]()
    for day in timeline.days:
        changed = frozenset(c.node for c in day.changes) if now else frozenset(n.node for n in panorama.nodes)
        now |= {c.node: c for c in day.changes}
        gaps = tuple(_row(row, now[node]) for node, row in rows.items() if node in now)
        nodes = tuple(n if n.boundary else _placed(n, now.get(n.node)) for n in panorama.nodes)
        yield replace(panorama, gaps=replace(panorama.gaps, as_of=day.day, rows=gaps), nodes=nodes), changed


def _placed(node: PlacedNode, then: NodeState | None) -> PlacedNode:
    return replace(node, firms=then.firms if then else (), projects=then.projects if then else ())


def _row(row: GapRow, then: NodeState) -> GapRow:
    return replace(row, verdict=then.verdict, flags=then.flags, supply=then.supply, coverage=then.ratio,
                   pipeline=tuple(map(_item, then.pipeline)))


def _item(then: UnderWay) -> PipelineItem:
    phases = tuple(map(_item, then.phases))
    return PipelineItem(then.project, then.stage, None, "", None, None, (), (), None, overdue=then.late, phases=phases)
