"""What is loaded and yet looks wrong: named in the load report, never changed silently."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from graph.facts import Fact
from graph.model import AUDIENCES, EDGE
from loaders.codes import credit_code_ok, organisation_code_ok

if TYPE_CHECKING:
    from loaders.derive import Derived

_TENFOLD = 9.5
_YEAR = 366


def tenfold(facts: Iterable[Fact]) -> set[str]:
    """Ids of figures ten times another of their line within a year (万吨/亿只 slips): to be held back.

    Only siblings known no later than the figure itself are compared: a later fact must not
    change an earlier view.
    """
    by_line: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.edge in ("MAKES", "REPORTS", "ADDS") and fact.properties.get(EDGE[fact.edge].value) is not None:
            by_line.setdefault(fact.line, []).append(fact)
    return {f.id for group in by_line.values() if len(group) > 1 for f in group if _tenfold(f, group)}


def _tenfold(fact: Fact, siblings: list[Fact]) -> bool:
    figure = EDGE[fact.edge].value
    value = fact.properties.get(figure)
    others = [v for s in siblings if s is not fact and s.known_from <= fact.known_from and s.authority >= 1
              and AUDIENCES.index(s.audience) <= AUDIENCES.index(fact.audience)
              and abs((s.valid_from - fact.valid_from).days) <= _YEAR
              and s.properties.get("unit") == fact.properties.get("unit")
              and isinstance(v := s.properties.get(figure), float) and v > 0]
    return isinstance(value, float) and bool(others) and value >= _TENFOLD * max(others)


def notes(derived: Derived, fresh: set[str]) -> list[str]:
    """What a person should look at, of the facts just loaded."""
    facts = [f for f in derived.graph.facts if f.id in fresh]
    out = [f"数值约为同线其他数值的十倍, 暂不计入: {derived.sentence(f)} [{f.cell}] / ten times its siblings, not counted"
           for f in facts if f.id in derived.held_back]
    out += [f"实际日期在将来: {derived.sentence(f)} [{f.cell}] / an actual day in the future"
            for f in facts if f.edge == "REACHES" and f.is_event and f.valid_from > f.known_from
            and f.valid_from > date.today()]
    return out + _order(derived, facts) + _codes(derived) + _cycles(derived)


def _order(derived: Derived, facts: list[Fact]) -> list[str]:
    days = {(f.start, f.end): f for f in facts if f.edge == "REACHES" and f.is_event}
    return [f"投产早于开工: {derived.sentence(f)} [{f.cell}] / operating before the start"
            for (project, milestone), f in days.items()
            if milestone == "operating" and (start := days.get((project, "started")))
            and f.valid_from < start.valid_from]


def _codes(derived: Derived) -> list[str]:
    return [f"统一社会信用代码校验不符: {n.name} {code} / the check character is wrong"
            for n in derived.graph.nodes if n.label == "Firm"
            and (code := str(n.properties.get("credit_code") or "")) and not (credit_code_ok(code) or organisation_code_ok(code))]


def _cycles(derived: Derived) -> list[str]:
    """FEEDS cycles (recycling is real): loaded, named, drawn dotted."""
    import networkx

    names = {n.id: n.name for n in derived.graph.nodes if n.label == "ChainNode"}
    feeds = networkx.DiGraph((f.start, f.end) for f in derived.graph.facts if f.edge == "FEEDS")
    groups = [sorted(c) for c in networkx.strongly_connected_components(feeds) if len(c) > 1]
    groups += [[n] for n in networkx.nodes_with_selfloops(feeds)]
    return [f"供给成环: {_some([names[n] for n in group])} / a FEEDS cycle" for group in sorted(groups)]


def _some(names: list[str], most: int = 12) -> str:
    """The first names, and how many there are where that is not all."""
    return "、".join(names[:most]) + (f" … 共 {len(names)} 个 / {len(names)} in all" if len(names) > most else "")
