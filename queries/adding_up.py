"""Plants that the store adds up: those of some nodes that began by a day and need no judgement by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any

from analysis.evidence import Bundle, outward
from graph.clocks import Seen
from queries.asking import Reader

FEW = 100
"""Nodes in one question that names facts to leave out."""
NAMED = 500
"""Facts that are named in one question, of one node at most: each plant is compared with each of them."""

At = tuple[str, str]
"""A node, and the region that its plants are told by."""


@dataclass(frozen=True, slots=True)
class AddingUp:
    """``told``: the regions that the plants of each of the nodes are told by; empty where that is the asked one for all."""

    reader: Reader
    nodes: Sequence[str]
    regions: Sequence[str]
    day: date
    told: Mapping[str, Collection[str]]
    parent: Mapping[str, str]
    units: Mapping[str, str]
    more: tuple[Seen, ...] = ()
    """Plants that the store does not add up and that belong to the sums all the same."""

    def judged(self) -> tuple[Seen, ...]:
        """What the store does not add up: plants that need a judgement each, and those beside which it has another fact."""
        return self.reader.seen("plants_to_judge", "MAKES", nodes=self.nodes, regions=self.regions, day=self.day)

    def shared_out(self, judged: Sequence[Seen]) -> tuple[AddingUp, tuple[Seen, ...]]:
        """With those of the ``judged`` that nothing visible stands beside; and what is left of them.

        The mark in the store is of all facts. What a stricter audience or a later day alone tells changes no answer,
        and no wording of one: a plant named by itself would say that there is something else.
        """
        between = Counter((f.start, f.end) for f in judged)
        more = tuple(f for f in judged if between[f.start, f.end] == 1 and self._passes(f))
        met = {f.id for f in more}
        return replace(self, more=more), tuple(f for f in judged if f.id not in met)

    def _passes(self, fact: Seen) -> bool:
        """As ``plants_added_up`` has it."""
        return (fact.authority > 0 and fact.holds and (fact["state"] or "") in ("", "operating")
                and (fact["since"] is None or fact["since"] <= self.day)
                and (fact["capacity"] is None or fact["unit"] == self.units[fact.end]))

    def whole(self) -> dict[At, Bundle]:
        return self._of(self.nodes, ())

    def grown(self, bundles: Mapping[At, Bundle], nodes: Collection[str], without: Collection[str] = ()) -> dict[At, Bundle]:
        """The sums of some nodes with ``more``."""
        out, left = dict(bundles), set(without)
        for fact in self.more:
            if fact.end in nodes and fact.id not in left:
                at = fact.end, self._place(fact.end, fact["region"])
                out[at] = _both(out[at], _bundle(fact, at)) if at in out else _bundle(fact, at)
        return out

    def without(self, off: Iterable[Seen], bundles: Mapping[At, Bundle]) -> tuple[list[Bundle], set[str]]:
        """The bundles of ``whole``, less some of the facts in them; and the nodes that have to be looked at plant by plant.

        A fact that may be the greatest is not taken off: what would be left says neither which is the greatest then
        nor, where it was by far (a typing error, mended later), how much. Its node is added up again without it, and
        where the next one is doubtful too, without some more each time.
        """
        by_place: dict[At, list[Seen]] = defaultdict(list)
        for fact in sorted(off, key=_size, reverse=True):
            by_place[fact.end, self._place(fact.end, fact["region"])].append(fact)
        many = {node for node, count in Counter(at[0] for at, facts in by_place.items() for _ in facts).items() if count > NAMED}
        named, more, singly = Counter[At](), 1, set[str]()
        while True:
            bundles = {at: b for at, b in bundles.items() if at[0] not in singly and b.plants > len(by_place[at]) - named[at]}
            doubted = [at for at, bundle in bundles.items() if _has_greatest(bundle, by_place[at][named[at]:])]
            if not doubted:
                return [reduce(_less, by_place[at][named[at]:], bundle) for at, bundle in bundles.items()], singly
            singly |= many.intersection(node for node, _ in doubted)
            for at in doubted:
                named[at] = min(named[at] + more, len(by_place[at]))
            more *= 4
            again: dict[str, list[str]] = {node: [] for node, _ in doubted if node not in singly}
            for at, facts in by_place.items():
                if at[0] in again:
                    again[at[0]] += [f.id for f in facts[:named[at]]]
            for part, ids in _packed(again):
                bundles = {at: b for at, b in bundles.items() if at[0] not in part} | self.grown(self._of(part, ids), part, ids)

    def _of(self, nodes: Sequence[str], without: Sequence[str]) -> dict[At, Bundle]:
        out: dict[At, Bundle] = {}
        for row in self.reader.rows("plants_added_up_by_region" if self.told else "plants_added_up", nodes=nodes,
                                    regions=self.regions, day=self.day, without=[*without, ""]):
            at = row["node"], self._place(row["node"], row.get("place"))
            one = Bundle(*at, int(row["plants"]), int(row["sized"]), row["capacity"], row["saleable"], row["squares"],
                         row["greatest"])
            out[at] = _both(out[at], one) if at in out else one
        return out

    def _place(self, node: str, region: Any) -> str:
        near = outward(region, self.parent) if self.told else ()
        return next((r for r in near if r in self.told[node]), self.reader.asked.region)


def _packed(named: Mapping[str, list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Nodes to ask for at once, and the facts of theirs that are left out."""
    nodes, ids = list[str](), list[str]()
    for node, more in sorted(named.items()):
        if nodes and (len(nodes) == FEW or len(ids) + len(more) > NAMED):
            yield nodes, ids
            nodes, ids = [], []
        nodes.append(node)
        ids.extend(more)
    if nodes:
        yield nodes, ids


def _bundle(fact: Seen, at: At) -> Bundle:
    if fact["capacity"] is None:
        return Bundle(*at, 1, 0, 0.0, 0.0, 0.0, None)
    gross, net = _sizes(fact)
    return Bundle(*at, 1, 1, gross, net, net * net, net)


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
