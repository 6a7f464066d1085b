"""Projects: phases, stages, slips, permits; what of them stands and what is under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from analysis.amounts import into
from analysis.evidence import Evidence
from analysis.parts import Slip
from graph.clocks import Seen, lines
from graph.model import MILESTONES, PERMITS

_RANK = {key: rank for rank, (key, _, _) in enumerate(MILESTONES)}
_STARTED, _SIGNED, _OPERATING = _RANK["started"], _RANK["signed"], _RANK["operating"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A project or phase that adds to one node: what is counted, never both a whole and its phases."""

    project: str
    whole: str
    node: str
    adds: Seen

    @property
    def gross(self) -> float | None:
        value = self.adds["capacity"]
        return None if value is None else float(value)

    @property
    def saleable(self) -> float | None:
        rate = self.adds["yield_rate"]
        return None if self.gross is None else self.gross * (1.0 if rate is None else float(rate))

    def size(self, to: str) -> float | None:
        """Saleable capacity in a unit; None where it is blank or does not convert."""
        return into(self.saleable, self.adds["unit"] or "", to)


def in_turn(facts: Iterable[Seen]) -> list[Seen]:
    """What one line said, oldest first: of each day of statement the fact believed then, held-back ones left out.

    Two sources that state a plan on the same day and differ are no revision of one another.
    """
    by_day = {f.valid_from: f for f in sorted(facts, key=lambda f: f.precedence) if f.authority > 0}
    return list(by_day.values())


class Projects:
    """All projects of the evidence that stand or are planned within its regions."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.whole = {f.start: f.end for f in evidence.sure("PHASE_OF")}
        self.actual: dict[str, dict[str, Seen]] = {}
        self.planned: dict[str, dict[str, Seen]] = {}
        for fact in evidence.sure("REACHES"):
            side = self.actual if fact["basis"] == "actual" else self.planned
            side.setdefault(fact.start, {})[fact.end] = fact

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """A project counts for a node by its phases that add to it; where none does, by itself."""
        return self._counted([f for f in self.evidence.sure("ADDS") if self._here(f.start)])

    @cached_property
    def every(self) -> tuple[Unit, ...]:
        """The same of projects wherever they are."""
        return self._counted(self.evidence.sure("ADDS"))

    def _counted(self, adds: Sequence[Seen]) -> tuple[Unit, ...]:
        phased = {(self.whole[f.start], f.end) for f in adds if f.start in self.whole}
        return tuple(Unit(f.start, self.whole.get(f.start, f.start), f.end, f) for f in adds
                     if (f.start, f.end) not in phased)

    @cached_property
    def _by_node(self) -> dict[str, list[Unit]]:
        out: dict[str, list[Unit]] = {}
        for unit in self.units:
            out.setdefault(unit.node, []).append(unit)
        return out

    def units_of(self, family: Iterable[str]) -> list[Unit]:
        """The units that add to any of these nodes."""
        return [unit for node in family for unit in self._by_node.get(node, ())]

    def of(self, family: Iterable[str]) -> list[Unit]:
        """Those that are neither operating nor ended: the pipeline."""
        return [u for u in self.units_of(family) if self.under_way(u) and self.unproven(u) is None]

    def _here(self, project: str) -> bool:
        place = self.evidence.places.get(project) or self.evidence.places.get(self.whole.get(project, ""))
        return place is not None and place in self.evidence.regions

    def place(self, unit: Unit) -> str:
        """'' where no source says where it is."""
        places = self.evidence.places
        return places.get(unit.project) or places.get(unit.whole, "")

    @cached_property
    def _nodes_of(self) -> dict[str, set[str]]:
        out: dict[str, set[str]] = {}
        for fact in self.evidence.sure("ADDS"):
            out.setdefault(fact.start, set()).add(fact.end)
        return out

    def opened(self, unit: Unit) -> Seen | None:
        """The event that says this very unit is operating; None where none says so."""
        event = self._step(unit.project, _OPERATING)
        if event is None or len(self._nodes_of.get(unit.project, ())) > 1:
            return None
        return event

    def unproven(self, unit: Unit) -> Seen | None:
        """An opening that does not say which of several nodes, or which phase, opened."""
        if self.ended(unit) or self.opened(unit):
            return None
        own = self._step(unit.project, _OPERATING)
        if own is not None:
            return own
        if unit.whole == unit.project:
            return None
        return None if any(self._step(u.project, _OPERATING) for u in self._phases[unit.whole]) else self._step(unit.whole, _OPERATING)

    @cached_property
    def _phases(self) -> dict[str, list[Unit]]:
        out: dict[str, list[Unit]] = {}
        for unit in self.units:
            out.setdefault(unit.whole, []).append(unit)
        return out

    def _step(self, project: str, rank: int) -> Seen | None:
        """The first actual event at or beyond a rung of the ladder."""
        events = [e for m, e in self.actual.get(project, {}).items() if _RANK.get(m, -1) >= rank]
        return min(events, key=lambda e: (e["day"], e.id)) if events else None

    def ended(self, unit: Unit) -> bool:
        return any("ended" in self.actual.get(p, {}) for p in (unit.project, unit.whole))

    def stalled(self, unit: Unit) -> bool:
        """停滞 is its last word: no step of the ladder has been taken since."""
        events = {**self.actual.get(unit.whole, {}), **self.actual.get(unit.project, {})}
        stop = events.get("stalled")
        return stop is not None and not any(e["day"] > stop["day"] for m, e in events.items() if m in _RANK)

    def stage(self, unit: Unit) -> str:
        """在谈, 签约, 在建 or 投产, by the furthest actual step of the unit or its whole (none: 在谈).

        A whole's opening does not open a phase: it counts as under construction until one says so.
        """
        steps = [_RANK[m] for m in self.actual.get(unit.project, {}) if m in _RANK]
        if unit.whole != unit.project:
            steps += [min(_RANK[m], _OPERATING - 1) for m in self.actual.get(unit.whole, {}) if m in _RANK]
        furthest = max(steps, default=-1)
        return "投产" if furthest >= _OPERATING else "在建" if furthest >= _STARTED else \
            "签约" if furthest >= _SIGNED else "在谈"

    def under_way(self, unit: Unit) -> bool:
        return not self.ended(unit) and self.stage(unit) != "投产"

    def building(self, without: str = "") -> set[str]:
        """The nodes for which something is being built, or opened without saying so of them; ``without`` one whole project."""
        return {u.node for u in self.units if u.whole != without and (
            self.unproven(u) or (self.stage(u) == "在建" and self.under_way(u)))}

    def due(self, unit: Unit) -> Seen | None:
        """The believed plan of its operating day; the whole's where the phase has none."""
        return (self.planned.get(unit.project, {}).get("operating")
                or self.planned.get(unit.whole, {}).get("operating"))

    @cached_property
    def _said(self) -> dict[str, list[Seen]]:
        return {line: in_turn(facts) for line, facts in lines(self.evidence.all("REACHES")).items()}

    def slips(self, unit: Unit) -> tuple[Slip, ...]:
        """Every earlier planned day with what replaced it; a plan restated unchanged is no slip."""
        plan = self.due(unit)
        said = [f for f in self._said[plan.line] if f.holds] if plan else []
        return tuple(Slip(a["day"], b["day"], b.valid_from, b.known_from, b.source)
                     for a, b in pairwise(said) if a["day"] != b["day"])

    def missing_permits(self, unit: Unit) -> tuple[str, ...]:
        """Permits without an actual day; 产能置换 only where a plan of the project speaks of it."""
        has = set(self.actual.get(unit.project, {})) | set(self.actual.get(unit.whole, {}))
        asked = set(self.planned.get(unit.project, {})) | set(self.planned.get(unit.whole, {}))
        return tuple(key for key, _, _ in PERMITS if key not in has and (key != "quota" or key in asked))

    def investors(self, unit: Unit) -> tuple[str, ...]:
        found = {f.start for p in (unit.project, unit.whole) for f in self.evidence.sure_about("INVESTS_IN", p)}
        return tuple(sorted(found))

    def overdue(self, unit: Unit, as_of: date) -> bool:
        plan = self.due(unit)
        return plan is not None and plan["day"] < as_of and self.under_way(unit)
