"""The ties that ways to one firm may use: fetched from its side, those of us from whoever stands a tie before us."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence

from analysis.introductions import FARTHEST, Web, ways_to
from formulas.introducing import cost, hops_left, passing
from graph.settings import Settings
from queries.ties import Circle

WIDE = 400
"""Most firms of one distance whose ties are fetched: the cheapest to reach, then by id."""
LAST, HUBS, DOORS = 2000, 10, 200
"""Most firms that are asked for their ties to us alone; most hubs among them; most of ours behind them: the cheapest of each."""


class Walk:
    """Outwards from ``target``; ``web`` fills with ties. A way ends at whoever is ours, or at ``unit``, and then nobody else is.

    ``spent`` is the least cost known at which somebody was met, his own degree not counted, ``steps`` the ties on that way,
    ``depth`` the fewest ties that lead to him.
    """

    def __init__(self, circle: Circle, settings: Settings, target: str, unit: str | None, k: int) -> None:
        self.circle, self.target, self.unit, self.k = circle, target, unit, k
        self.hops, self.hub = int(settings.introductions.hops), settings.introductions.hub
        self.web = Web(settings.introductions, circle.reader.asked.as_of, circle.degree, {unit} if unit else set())
        self.spent, self.steps, self.depth = {target: 0.0}, {target: 0}, {target: 0}
        self.opened, self.hubs = set[str](), set[str]()

    def walked(self) -> list[tuple[float, tuple[str, ...]]]:
        """The best ``k`` ways. A hub is asked for its ties to us alone, and for all only if it is the target and has none."""
        self.circle.count([self.target, *([self.unit] if self.unit else ())])
        if self.unit is None and self.circle.degree[self.target] > self.hub:
            self._ask([self.target])
            if found := self._ways():
                return found
        for depth in range(self.hops if self.unit else max(self.hops - 1, 1)):
            self._layer(depth)
        if self.unit is None:
            self._ask([key for key, depth in self.depth.items() if depth < self.hops and self._new(key)])
        return self._ways()

    def nearest(self) -> int | None:
        """Where no way was found: how many ties off the nearest of ours is, up to 9; None where nobody is."""
        for depth in range(self.hops - 1, FARTHEST):
            self._layer(depth)
            if any(key in self.depth for key in self.web.ours):
                break
        left = hops_left(self.web.ways(), self.target, FARTHEST)
        return min((left[key] for key in self.web.ours - {self.target} if key in left), default=None)

    def _ways(self) -> list[tuple[float, tuple[str, ...]]]:
        return ways_to(self.web, self.target, self.k, self.unit)

    def _new(self, key: str) -> bool:
        return key.startswith("Firm/") and key not in self.web.ours and key not in self.opened

    def _through(self, key: str) -> float:
        """Cost of a way that goes on beyond somebody."""
        return self.spent[key] + (0 if key == self.target else cost(passing(self.circle.degree[key])))

    def _limit(self) -> float:
        """What the ``k``-th way known costs, each of ours counted once; nothing dearer is of use."""
        if self.unit is not None:
            return math.inf
        known = [self._through(key) for key in self.web.ours if 0 < self.steps.get(key, 0) <= self.hops]
        return heapq.nsmallest(self.k, known)[-1] if len(known) >= self.k else math.inf

    def _useful(self, keys: Iterable[str], most: int) -> list[str]:
        """The cheapest of these from where a way can still be one of the best; how many they have is counted then."""
        limit = self._limit()
        left = sorted((self.spent[key], key) for key in keys if self.spent[key] <= limit)
        self.web.cut += max(len(left) - most, 0)
        some = [key for _, key in left[:most]]
        self.circle.count(some)
        return [key for key in some if self._through(key) <= limit]

    def _layer(self, depth: int) -> None:
        """Fetch all ties of those ``depth`` ties off, but of no hub."""
        some = self._useful([key for key, deep in self.depth.items() if deep == depth and self._new(key)], WIDE)
        self.hubs |= {key for key in some if self.circle.degree[key] > self.hub and key != self.target}
        self.web.hubs |= self.hubs
        front = [key for key in some if key not in self.hubs]
        self.opened.update(front)
        self.circle.fetch(front)
        met = set[str]()
        for key in front:
            for link in self.circle.links[key]:
                self.web.add(link)
                met.add(link.beyond(key))
        self._ours(self.circle.ours(met) - {self.target} if self.unit is None else {self.unit} & met)
        self._spread(front)

    def _ours(self, keys: set[str]) -> None:
        self.circle.count(keys)
        self.web.ours |= keys

    def _spread(self, keys: Sequence[str]) -> None:
        """Tell those met what it costs to reach them; who is reached cheaper, or by fewer ties, tells it on."""
        todo = list(keys)
        while todo:
            key = todo.pop()
            through, step, deep = self._through(key), self.steps[key] + 1, self.depth[key] + 1
            for link in self.circle.links[key]:
                one = link.beyond(key)
                spent = through + cost(self.web.p(link))
                cheaper = spent < self.spent.get(one, math.inf)
                if cheaper:
                    self.spent[one], self.steps[one] = spent, step
                if cheaper or deep < self.depth[one]:
                    self.depth[one] = min(deep, self.depth.get(one, deep))
                    if one in self.opened:
                        todo.append(one)

    def _ask(self, keys: Iterable[str]) -> None:
        """Ties to us of those beyond whom nobody else is of use, of hubs the cheapest alone."""
        some = self._useful(keys, LAST)
        hubs = [key for key in some if self.circle.degree[key] > self.hub]
        self.web.hubs |= set(hubs)
        asked = [key for key in some if key not in hubs[HUBS:]]
        rank = {key: at for at, key in enumerate(sorted(asked, key=lambda key: (self._through(key), key)))}
        links, left_out = self.circle.to_us(rank, DOORS, self.target)
        for link in links:
            self.web.add(link)
        self._ours({key for link in links for key in (link.one, link.other)} - rank.keys())
        self.web.asked = (self.web.asked[0] + len(hubs[:HUBS]), self.web.asked[1] + left_out)
