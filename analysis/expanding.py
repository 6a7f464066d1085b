"""Projects for one chain node as evidence about who invests in them: expansions elsewhere, what ended or stands still, what is put off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from analysis.cited import Cited
from analysis.evidence import Evidence
from analysis.evidence_words import Words
from analysis.projects import Projects, Unit
from graph.clocks import Seen


class Expanding:
    """``family``: the node and its variants; whatever names a firm goes by its id."""

    def __init__(self, evidence: Evidence, projects: Projects, words: Words, family: frozenset[str]) -> None:
        self.evidence, self.projects, self.words, self.family = evidence, projects, words, family

    @cached_property
    def units(self) -> list[tuple[Unit, list[str]]]:
        """Projects for the node with the ids of their investors."""
        investors: dict[str, list[str]] = defaultdict(list)
        for fact in self.evidence.sure("INVESTS_IN"):
            investors[fact.end].append(fact.start)
        every = [u for u in self.projects.every if u.adds.end in self.family]
        return [(u, sorted({*investors.get(u.project, ()), *investors.get(u.whole, ())})) for u in every]

    @cached_property
    def _building(self) -> list[tuple[Unit, list[str]]]:
        """Those elsewhere that neither ended nor stand still."""
        return [(unit, investors) for unit, investors in self.units if self.projects.place(unit) not in self.evidence.regions
                and not self.projects.ended(unit) and not self.projects.stalled(unit)]

    def latest(self, unit: Unit) -> Seen:
        """The newest actual step of a project, else what first said that it adds: to say it again is no step."""
        steps = [f for f in self.evidence.sure("REACHES") if f.start in (unit.project, unit.whole) and f["basis"] == "actual"]
        said = [f for f in self.evidence.facts.get("ADDS", ()) if f.line == unit.adds.line and f.holds] or [unit.adds]
        return max(steps, key=lambda f: (f.valid_from, f.id), default=min(said, key=lambda f: (f.valid_from, f.id)))

    def recent(self, months: float) -> Iterator[tuple[str, Cited]]:
        """Firm and expansion elsewhere whose latest step lies at most so many months back."""
        since = self.evidence.as_of.toordinal() - months * 365.25 / 12
        for unit, investors in self._building:
            fact = self.latest(unit)
            if fact.valid_from.toordinal() >= since:
                yield from ((firm, self.words.project("expands", unit, fact)) for firm in investors)

    def against(self, firm: str) -> list[Cited]:
        """Its projects, here or elsewhere, that ended or stand still."""
        return [self.words.project("cancelled", unit, self.latest(unit)) for unit, investors in self.units
                if firm in investors and (self.projects.ended(unit) or self.projects.stalled(unit))]

    def here(self) -> Iterator[tuple[str, str, Cited]]:
        """Firm, here (it opened) or pipeline, and the project here that has not ended."""
        for unit, investors in self.units:
            if self.projects.place(unit) in self.evidence.regions and not self.projects.ended(unit):
                why = "here" if self.projects.opened(unit) else "pipeline"
                yield from ((firm, why, self.words.project("pipeline", unit, self.latest(unit))) for firm in investors)

    @cached_property
    def postponed(self) -> dict[str, list[tuple[str, str]]]:
        """Firm → its expansions that are planned for later than they were: built or not, they speak neither for it nor against."""
        out: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for unit, investors in self._building:
            for last in self.projects.slips(unit)[-1:]:
                name = self.evidence.name(unit.project)
                said = (f"{name}: 计划投产由 {last.due} 推迟到 {last.revised} ({last.stated} 所述), 是否照建",
                        f"{name}: planned to open on {last.revised} and no longer on {last.due} (said on {last.stated}); whether it is built")
                for firm in investors if last.revised > last.due else ():
                    out[firm].append(said)
        return out
