"""The ties that ways to one firm may use, fetched layer by layer from its side until nobody farther off can be better."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from analysis.introductions import Web
from formulas.introducing import best_ways, cost, hops_left, passing
from graph.settings import Settings
from queries.ties import Circle

FARTHEST = 9
WIDE = 400
"""Most firms whose ties are fetched in one layer: the cheapest to reach first, then by id."""
HUBS, DOORS = 10, 60
"""Most hubs of which ties to us are looked for, the cheapest first; and most firms of ours behind them, by id."""


class Walk:
    """Outwards from ``target``: ``web`` fills with ties; ``reached`` is the least cost at which somebody was met.

    Without ``unit`` a way ends at whoever is ours; with it the two sides meet, and nobody else counts as ours.
    """

    def __init__(self, circle: Circle, settings: Settings, target: str, unit: str | None, k: int) -> None:
        self.circle, self.target, self.unit, self.k = circle, target, unit, k
        self.hops, self.hub = int(settings.introductions.hops), settings.introductions.hub
        self.web = Web(settings.introductions, circle.reader.asked.as_of, circle.degree, {unit} if unit else set())
        self.reached = {target: 0.0}
        self.hubs = dict[str, float]()

    def walked(self) -> Web:
        self.circle.count([self.target, *([self.unit] if self.unit else ())])
        if self.unit is None and self.circle.degree[self.target] > self.hub:
            self.hubs[self.target] = 0.0
            self._behind_hubs()
            if self._ways(self.hops):
                return self.web
        self._outwards([self.target], (self.hops + 1) // 2 if self._two_sided() else self.hops)
        if self._two_sided() and self.unit:
            self.reached = {self.unit: 0.0}
            self._outwards([self.unit], self.hops // 2)
        self._behind_hubs()
        if not self._ways(self.hops):
            self.reached = {self.target: 0.0}
            self._outwards([self.target], FARTHEST)
            self._behind_hubs()
        return self.web

    def nearest(self) -> int | None:
        """How many ties off the nearest of ours is, up to 9; None where nobody is."""
        left = hops_left(self.web.ways(), self.target, FARTHEST)
        return min((left[key] for key in self.web.ours - {self.target} if key in left), default=None)

    def _two_sided(self) -> bool:
        return self.unit is not None and self.unit.startswith("Firm/")

    def _ways(self, hops: int) -> list[tuple[float, tuple[str, ...]]]:
        return best_ways(self.web.ways(), dict.fromkeys(self.web.ours - {self.target}, 0.0), self.target, self.k, hops)

    def _outwards(self, front: Sequence[str], hops: int) -> None:
        """``hops`` layers; beyond those that a way may have only until somebody of ours is met."""
        for step in range(1, hops + 1):
            front = self._layer(front, last=step == hops)
            if step >= self.hops and any(key in self.reached for key in self.web.ours):
                return
            if front and self.unit is None and len(known := self._ways(step)) == self.k:
                front = [key for key in front if self.reached[key] <= known[-1][0]]
            if not front:
                return

    def _layer(self, front: Sequence[str], last: bool) -> list[str]:
        """Ties of a frontier; the next one: new, not ours, no hub, the cheapest ``WIDE``."""
        web, circle = self.web, self.circle
        circle.fetch(front)
        met = dict[str, float]()
        for key in front:
            for link in circle.links[key]:
                web.add(link)
                one = link.other if link.one == key else link.one
                if one not in self.reached:
                    met[one] = min(met.get(one, math.inf), self.reached[key] + cost(web.p(link)))
        ours = circle.ours(met) if self.unit is None else {self.unit} & met.keys()
        web.ours |= ours
        on = sorted((key for key in met if key.startswith("Firm/") and key not in web.ours), key=lambda key: (met[key], key))
        web.cut += 0 if last else max(len(on) - WIDE, 0)
        on = [] if last else on[:WIDE]
        circle.count([*sorted(ours), *on])
        self.reached |= {key: met[key] + cost(passing(circle.degree[key])) for key in (*ours, *on)}
        self.hubs |= {key: self.reached[key] for key in on if circle.degree[key] > self.hub}
        return [key for key in on if key not in self.hubs]

    def _behind_hubs(self) -> None:
        """Of the hubs from where a way could still be better than those known, the ties to us, the cheapest ``HUBS`` of them."""
        web, circle = self.web, self.circle
        web.hubs |= set(self.hubs)
        if self.unit is not None or not self.hubs:
            return
        known = self._ways(self.hops)
        limit = known[-1][0] if len(known) == self.k else math.inf
        asked = [key for _, key in sorted((spent, key) for key, spent in self.hubs.items() if spent <= limit)][:HUBS]
        doors = [key for key in circle.doors(asked) if key != self.target]
        web.doors = (len(asked), max(len(doors) - DOORS, 0))
        self._open(doors[:DOORS], set(asked))

    def _open(self, doors: Sequence[str], hubs: Iterable[str]) -> None:
        self.circle.fetch(doors)
        self.circle.count(doors)
        for key in doors:
            for link in self.circle.links[key]:
                if link.one in hubs or link.other in hubs:
                    self.web.add(link)
        self.web.ours |= set(doors)
