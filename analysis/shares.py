"""How much of a node firms are known to make, and all of them together: a total holds the plants, an owner's those of whom it owns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from analysis.owners import Owners
from analysis.parts import Amount
from graph import units
from graph.clocks import Seen


class Sizes:
    """Of believed MAKES of one node: figures in ``unit``. ``totals`` are of whole firms, ``plants`` each stated once."""

    def __init__(self, plants: Iterable[Seen], totals: Iterable[Seen], unit: str) -> None:
        self.unit = unit
        self.told = set[str]()
        """Firms of which a figure is known, whether or not it converts."""
        self._plants, self._totals = defaultdict[str, float](float), dict[str, float]()
        for fact, value in self._figures(plants):
            self._plants[fact.start] += value
        for fact, value in self._figures(totals):
            self._totals[fact.start] = max(value, self._totals.get(fact.start, 0.0))

    def _figures(self, facts: Iterable[Seen]) -> Iterator[tuple[Seen, float]]:
        for fact in facts:
            if fact["capacity"] is not None:
                self.told.add(fact.start)
                value = units.convert(float(fact["capacity"]), fact["unit"] or "", self.unit)
                if value is not None:
                    yield fact, value

    @cached_property
    def firms(self) -> frozenset[str]:
        """Firms with a figure in the unit."""
        return frozenset({*self._plants, *self._totals})

    def of(self, firm: str) -> Amount | None:
        """Its plants together or its total, whichever says more; None where no figure is in the unit."""
        if firm not in self.firms:
            return None
        return Amount(_short(max(self._totals.get(firm, 0.0), self._plants.get(firm, 0.0))), self.unit)

    def together(self, owners: Owners) -> float:
        """All of them, each plant once: from the firms with the most owners up, each into its nearest owner with a total, of equally near ones
        that with the greatest. Firms that own each other are one."""
        above = {firm: owners.above(firm) for firm in sorted(self.firms)}
        ring = {firm: min([firm, *(o for o in above[firm] if o in above and firm in above[o])]) for firm in above}
        plants, totals = defaultdict[str, float](float), defaultdict[str, float](float)
        for firm, one in ring.items():
            plants[one] += self._plants.get(firm, 0.0)
            totals[one] = max(totals[one], self._totals.get(firm, 0.0))
        out, below = 0.0, defaultdict[str, float](float)
        for one in sorted(totals, key=lambda one: (-len(above[one]), one)):
            held = max(totals[one], plants[one] + below[one])
            near = {ring[o]: (len(way), -totals[ring[o]], ring[o]) for o, way in reversed(above[one].items())
                    if o in ring and ring[o] != one and totals[ring[o]] > 0}
            if near:
                below[min(near, key=near.__getitem__)] += held
            else:
                out += held
        return _short(out)


def _short(value: float) -> float:
    """Nine digits, so that both engines agree."""
    return float(f"{value:.9g}")
