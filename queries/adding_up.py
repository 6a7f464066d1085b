"""Plants that the store adds up: those of some nodes that began by a day and need no judgement by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

from analysis.evidence import Bundle
from graph.clocks import Seen
from queries.asking import Reader

FEW = 100
"""Nodes in one question that names the facts to leave out: each plant is compared with each of these."""

At = tuple[str, str]
"""A node, and the region that its plants are told by."""


@dataclass(frozen=True, slots=True)
class AddingUp:
    """``nodes`` whose plants are told by the same regions: ``told`` maps each region to that one; empty: all to the asked."""

    reader: Reader
    nodes: Sequence[str]
    regions: Sequence[str]
    day: date
    told: Mapping[str, str]

    def judged(self) -> tuple[Seen, ...]:
        """What it does not add up: plants that need a judgement each."""
        return self.reader.seen("plants_to_judge", "MAKES", nodes=self.nodes, regions=self.regions, day=self.day)

    def whole(self) -> dict[At, Bundle]:
        return self._of(self.nodes, ())

    def without(self, off: Iterable[Seen], bundles: Mapping[At, Bundle]) -> list[Bundle]:
        """The bundles of ``whole``, less some of the facts in them.

        A fact that may be the greatest is not taken off: what would be left says neither which is the greatest then
        nor, where it was by far (a typing error, mended later), how much. Its node is added up again without it, and
        where the next one is doubtful too, without some more each time.
        """
        by_place: dict[At, list[Seen]] = defaultdict(list)
        for fact in sorted(off, key=_size, reverse=True):
            by_place[fact.end, self._place(fact["region"])].append(fact)
        named, more = Counter[At](), 1
        while doubted := [at for at, bundle in bundles.items() if _has_greatest(bundle, by_place[at][named[at]:])]:
            named.update(dict.fromkeys(doubted, more))
            again = sorted({node for node, _ in doubted})
            for part in parts(again, FEW):
                ids = [f.id for at, facts in by_place.items() if at[0] in part for f in facts[:named[at]]]
                bundles = {at: b for at, b in bundles.items() if at[0] not in part} | self._of(part, ids)
            more *= 4
        left = (reduce(_less, by_place[at][named[at]:], bundle) for at, bundle in bundles.items())
        return [bundle for bundle in left if bundle.plants]

    def _of(self, nodes: Sequence[str], without: Sequence[str]) -> dict[At, Bundle]:
        out: dict[At, Bundle] = {}
        for row in self.reader.rows("plants_added_up_by_region" if self.told else "plants_added_up", nodes=nodes,
                                    regions=self.regions, day=self.day, without=[*without, ""]):
            at = row["node"], self._place(row.get("place"))
            one = Bundle(*at, int(row["plants"]), int(row["sized"]), row["capacity"], row["saleable"], row["squares"],
                         row["greatest"])
            out[at] = _both(out[at], one) if at in out else one
        return out

    def _place(self, region: Any) -> str:
        return self.told[region] if self.told else self.reader.asked.region


def parts(nodes: Sequence[str], size: int) -> list[Sequence[str]]:
    return [nodes[at:at + size] for at in range(0, len(nodes), size)]


def _both(one: Bundle, other: Bundle) -> Bundle:
    greatest = max((b.greatest for b in (one, other) if b.greatest is not None), default=None)
    return Bundle(one.node, one.region, one.plants + other.plants, one.sized + other.sized, one.gross + other.gross,
                  one.saleable + other.saleable, one.squares + other.squares, greatest)


def _has_greatest(bundle: Bundle, facts: Sequence[Seen]) -> bool:
    """``facts``: some of those in it, greatest first."""
    return bool(facts) and bundle.greatest is not None and _size(facts[0]) >= bundle.greatest


def _size(fact: Seen) -> float:
    return -1.0 if fact["capacity"] is None else max(_sizes(fact))


def _sizes(fact: Seen) -> tuple[float, float]:
    """Gross, and after its yield."""
    gross = float(fact["capacity"])
    return gross, gross * (1.0 if fact["yield_rate"] is None else float(fact["yield_rate"]))


def _less(bundle: Bundle, fact: Seen) -> Bundle:
    if fact["capacity"] is None:
        return replace(bundle, plants=bundle.plants - 1)
    gross, net = _sizes(fact)
    return replace(bundle, plants=bundle.plants - 1, sized=bundle.sized - 1, gross=bundle.gross - gross,
                   saleable=bundle.saleable - net, squares=bundle.squares - net * net)
