"""How much of a node firms are known to make, and all of them together: a total holds the plants, an owner's those of whom it owns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from analysis.owners import Owners
from analysis.parts import Amount
from graph import units
from graph.clocks import Seen


class Sizes:
    """Of believed MAKES of one node: figures in ``unit``; ``wide`` tells regions whose figure is of the whole firm, not of a plant."""

    def __init__(self, facts: Iterable[Seen], unit: str, wide: Callable[[str], bool]) -> None:
        self.unit = unit
        self.told = set[str]()
        """Firms of which a figure is known, whether or not it converts."""
        self._plants, self._totals = defaultdict[str, float](float), dict[str, float]()
        for fact in facts:
            if fact["capacity"] is None:
                continue
            self.told.add(fact.start)
            value = units.convert(float(fact["capacity"]), fact["unit"] or "", unit)
            if value is not None and wide(fact["region"]):
                self._totals[fact.start] = max(value, self._totals.get(fact.start, 0.0))
            elif value is not None:
                self._plants[fact.start] += value

    @cached_property
    def firms(self) -> tuple[str, ...]:
        """Firms with a figure in the unit."""
        return tuple(sorted({*self._plants, *self._totals}))

    def of(self, firm: str) -> Amount | None:
        """Its plants together or its total, whichever says more; None where no figure is in the unit."""
        return Amount(_short(self._with(firm, 0.0)), self.unit) if firm in self._plants or firm in self._totals else None

    def _with(self, firm: str, below: float) -> float:
        return max(self._totals.get(firm, 0.0), self._plants.get(firm, 0.0) + below)

    def together(self, owners: Owners) -> float:
        """All of them, each plant once: from the firms with the most owners up, each into its nearest owner; a ring ends where it is met."""
        above = {firm: list(owners.above(firm)) for firm in self.firms}
        above |= {owner: list(owners.above(owner)) for ways in list(above.values()) for owner in ways if owner not in above}
        below, done, out = defaultdict[str, float](float), set[str](), 0.0
        for firm in sorted(above, key=lambda f: (-len(above[f]), f)):
            held, owner = self._with(firm, below[firm]), next(iter(above[firm]), "")
            done.add(firm)
            if owner and owner not in done:
                below[owner] += held
            else:
                out += held
        return _short(out)


def _short(value: float) -> float:
    """Nine digits, so that both engines agree."""
    return float(f"{value:.9g}")
