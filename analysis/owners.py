"""Who owns whom above the firms that stand here: parents of any height, and sisters of the same group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.clocks import Seen

Way = tuple[Seen, ...]
"""Facts of owning, the owner first: each ends where the next one starts."""


@dataclass(frozen=True, slots=True)
class Kin:
    """What joins a firm to one here. ``down`` leads from ``top`` to the firm ``local``; ``side`` from ``top`` to the firm itself, and is
    empty where that is the top, that is a parent of the local firm, or of its parents."""

    local: str
    top: str
    down: Way
    side: Way = ()

    @property
    def facts(self) -> Way:
        return (*self.down, *self.side)


Parents = Mapping[str, Sequence[Kin]]
"""Firm → the firms here that it owns, however far down."""


class Owners:
    """Believed facts of owning as ways up. Rings (甲 owns 乙 owns 甲) are gone round once, and nobody is his own owner."""

    def __init__(self, owns: Iterable[Seen]) -> None:
        self._up: dict[str, list[Seen]] = defaultdict(list)
        for fact in sorted(owns, key=lambda f: (f.start, f.id)):
            if fact.start != fact.end:
                self._up[fact.end].append(fact)

    @cached_property
    def owned(self) -> frozenset[str]:
        return frozenset(self._up)

    def above(self, firm: str) -> dict[str, Way]:
        """Each owner, however far up, with the shortest way down from it; nearest first."""
        found: dict[str, Way] = {}
        open_: list[tuple[str, Way]] = [(firm, ())]
        for one, way in open_:  # grows while it is read: breadth first
            for fact in self._up.get(one, ()):
                if fact.start != firm and fact.start not in found:
                    found[fact.start] = (fact, *way)
                    open_.append((fact.start, found[fact.start]))
        return found

    def parents(self, local: Iterable[str]) -> Parents:
        """Firm → the local firms below it, each by the shortest way."""
        out: dict[str, list[Kin]] = defaultdict(list)
        for firm in sorted(set(local) & self.owned):
            for top, way in self.above(firm).items():
                out[top].append(Kin(firm, top, way))
        return out

    def sister(self, firm: str, parents: Parents, local: frozenset[str]) -> Kin | None:
        """The nearest owner that a firm shares with one here, or that is here itself; None where there is none."""
        shared = [Kin(top, top, (), way) for top, way in self.above(firm).items() if top in local]
        shared += [Kin(kin.local, top, kin.down, way) for top, way in self.above(firm).items() for kin in parents.get(top, ())
                   if kin.local != firm]
        return min(shared, key=lambda k: (len(k.facts), k.local, k.top), default=None)


    def met(self, firms: Iterable[str], parents: Parents) -> set[str]:
        """Parents of firms here and everybody on the ways to them, and all owners of ``firms``: who has to have a name."""
        ways = [kin.down for found in parents.values() for kin in found] + [way for one in firms for way in self.above(one).values()]
        return {firm for way in ways for fact in way for firm in (fact.start, fact.end)}
