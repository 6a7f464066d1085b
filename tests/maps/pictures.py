"""Pictures for the tests of the page: the chain of conftest day by day, and with a goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.answers import Panorama
from analysis.parts import Amount, Demand, Goal
from analysis.picture import Picture
from analysis.prospect import Prospect, ProspectRow
from analysis.timeline import NodeState, Timeline, state, timeline

EVE, OPENS, CLOSES, AGAIN = date(2022, 12, 31), date(2023, 1, 1), date(2023, 3, 1), date(2023, 7, 1)


def timed(panorama: Panorama) -> Picture:
    """Nobody had looked; 光伏玻璃 and 切片机 become gaps, the first closes, and opens again.

    Of a chain that has other names its third and eighth node are told so.
    """
    places = {n.node: n for n in panorama.nodes}
    last = {r.node: state(r, places[r.node].firms, places[r.node].projects) for r in panorama.gaps.rows}
    one, other = ("光伏玻璃", "切片机") if "光伏玻璃" in last else (list(last)[2], list(last)[7])
    none = {node: NodeState(node, "unknown", (), None, None, (), (), ()) for node in last}
    opened = none | {one: replace(none[one], verdict="missing", flags=("essential",)), other: replace(none[other], verdict="extension")}
    closed = opened | {one: replace(none[one], verdict="present", firms=("早年玻璃厂",)), other: replace(none[other], verdict="absent")}
    by_day = [(date(2021, 1, 1), none), (OPENS, opened), (CLOSES, closed), (AGAIN, last), (panorama.gaps.as_of, last)]
    return Picture(panorama, timeline=told(by_day))


def told(by_day: list[tuple[date, dict[str, NodeState]]]) -> Timeline:
    return timeline(by_day, len(by_day))


def aimed(panorama: Panorama, picture: Picture | None = None) -> Picture:
    """A goal for 2025-12-31 at 光伏玻璃, or at the first node."""
    gaps, due = panorama.gaps, date(2025, 12, 31)
    node = "光伏玻璃" if "光伏玻璃" in {r.node for r in gaps.rows} else panorama.nodes[0].node
    row = ProspectRow(node, "open", Goal(600.0, "kt/a", due), None, Amount(0.0, "kt/a"), Amount(600.0, "kt/a"), None, (), None, 0.0,
                      Amount(600.0, "kt/a"), Demand(None, None, None, "kt/a"), None, (), (), (), (), ())
    found = Prospect("prospect", gaps.region, gaps.chain, gaps.as_of, gaps.known_by, gaps.audience, due, (row,), (), ())
    return replace(picture or Picture(panorama), prospect=found)
