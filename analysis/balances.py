"""Demands and supplies as balances of running shares: what an input gives, who takes it, what comes from outside."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.demand import Demands, Use
from formulas.leontief import components
from formulas.running import Balance


@dataclass(frozen=True, slots=True)
class Problem:
    """``parts`` are its columns; the first balance is that of the input whose outside supply is nothing."""

    parts: tuple[str, ...]
    balances: tuple[Balance, ...]
    stopped: frozenset[int]


@dataclass(frozen=True, slots=True)
class Side:
    """A balance by the names of its parts."""

    takes: dict[str, float]
    makes: dict[str, float]
    outside: float


class Balances:
    """The balance of every input of the evidence.

    What runs is a *part*: a node without its variants, or a variant. A node's share is that of its parts by size, so
    that a variant that stops takes its piece of the node with it. A node without variants is its own only part.
    ``broken`` are FEEDS that cannot be relied upon (a cycle that eats itself up): they bind nobody.
    """

    def __init__(self, demands: Demands, broken: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.demands = demands
        self.evidence, self.supplies = demands.evidence, demands.supplies
        self.broken = broken
        self._sides: dict[str, Side] = {}
        self._needs: dict[str, list[Use]] = {}
        self._feeds: dict[str, set[str]] = {}
        for feed in demands.feeds:
            self._feeds.setdefault(feed.upstream, set()).add(feed.downstream)

    def needs(self, node: str) -> list[Use]:
        """What cannot run without the node: essential, and no sister variant or whole of it feeds it too (OR)."""
        if node not in self._needs:
            rivals = set().union(*(self._feeds.get(o, ()) for o in self._others(node)))
            self._needs[node] = [u for u in self._counted(node) if u.feed.essential and u.feed.downstream not in rivals]
        return self._needs[node]

    def _others(self, node: str) -> set[str]:
        """The wholes of a variant and their other variants."""
        *_, root = self.wholes(node)
        return set(self.evidence.family(root)) - set(self.evidence.family(node))

    def _counted(self, node: str) -> list[Use]:
        return [u for u in self.demands.uses(node) if (u.feed.upstream, u.feed.downstream) not in self.broken]

    def sized(self, node: str) -> bool:
        return self.demands.local(node) and self.supplies.of(node).state == "known"

    def parts(self, node: str, gross: bool = False) -> dict[str, float]:
        """Share of each part in the saleable (or gross) size of a node that stands; they add up to 1."""
        sizes = {w: self._own(w, gross) for w in self.evidence.family(node) if self._alike(w, node)}
        whole = sum(sizes.values())
        return {w: size / whole for w, size in sizes.items() if size > 0}

    def _alike(self, variant: str, node: str) -> bool:
        return self.sized(variant) and self.supplies.of(variant).unit == self.supplies.of(node).unit

    def _own(self, node: str, gross: bool) -> float:
        """Size without the variants that are sized themselves; 0 where they are all of it."""
        def size(one: str) -> float:
            supply = self.supplies.of(one)
            return (supply.gross if gross else supply.value) or 0.0
        rest = size(node) - sum(size(v) for v in self.evidence.variants.get(node, ()) if self._alike(v, node))
        return rest if rest > 1e-12 * size(node) else 0.0

    def taken(self, use: Use) -> dict[str, float]:
        """Share of each part in a use; a variant with a FEEDS of its own from there is not in its node's."""
        consumer = use.feed.downstream
        own = self._feeds[use.feed.upstream]
        apart = {w for v in self.evidence.family(consumer)[1:] if v in own for w in self.evidence.family(v)}
        shares = {w: share for w, share in self.parts(consumer, gross=True).items() if w not in apart}
        whole = sum(shares.values())
        return {w: share / whole for w, share in shares.items()}

    def side(self, node: str) -> Side:
        """Today's balance of an input; who can do without it takes part in its outside supply and binds nobody."""
        if node not in self._sides:
            takes: dict[str, float] = {}
            for use in self.needs(node):
                for part, share in self.taken(use).items() if use.amount and self.sized(use.feed.downstream) else ():
                    takes[part] = takes.get(part, 0.0) + (use.amount or 0.0) * share
            supply = self.supplies.of(node).value or 0.0
            makes = {w: supply * share for w, share in self.parts(node).items()} if self.sized(node) else {}
            demand = sum(u.amount for u in self._counted(node) if u.amount is not None)
            self._sides[node] = Side({p: a for p, a in takes.items() if a > 0}, makes, max(demand - supply, 0.0))
        return self._sides[node]

    def problem(self, node: str) -> Problem:
        """What can stop when the outside supply of ``node`` is cut, and the inputs that can then be short; no more.

        The rest runs in full at the best point and is a given.
        """
        stopped = self._stopped(node)
        least, short = self._least(node, stopped)
        columns = tuple(sorted(least))
        at = {part: i for i, part in enumerate(columns)}
        return Problem(columns, tuple(_balance(s, at) for s in short.values()), frozenset(at[p] for p in stopped))

    def _least(self, node: str, stopped: list[str]) -> tuple[dict[str, float], dict[str, Side]]:
        """A share that each part keeps at the best point, where below 1; and the balances that can be short.

        At the best point a part that does not run in full has an input with nothing left over, else it would run more.
        So it keeps what is there when all makers of that input keep their least and all its other takers run in full.
        Along a cycle this could go round for ever: there the least is 0.
        """
        least, short = dict.fromkeys(stopped, 0.0), dict[str, Side]()
        cut = replace(self.side(node), outside=0.0)
        queue = deque([node, *(k for p in stopped for k in self.wholes(p) if self.sized(k))])
        while queue:
            name = queue.popleft()
            side = cut if name == node else self.side(name)
            lacking = sum(side.takes.values()) - side.outside - sum(a * least.get(p, 1.0) for p, a in side.makes.items())
            if lacking <= 1e-12 * sum(side.takes.values()):
                continue
            short[name] = side
            for part, amount in side.takes.items():
                kept = 0.0 if part in self._rings else max(1 - lacking / amount, 0.0)
                if kept < least.get(part, 1.0):
                    least[part] = kept
                    queue += [k for k in self.wholes(part) if self.sized(k)]
        return least, short

    @cached_property
    def _rings(self) -> frozenset[str]:
        """Nodes that feed themselves by some way, through variants and their wholes too."""
        feeds = {(f.upstream, w) for f in self.demands.feeds for w in self.evidence.family(f.downstream)}
        wholes = set(self.evidence.whole_of.items())
        return frozenset(n for ring in components(feeds | wholes) for n in ring)

    def _stopped(self, node: str) -> list[str]:
        """Parts that need some of what there is none of: how much does not matter."""
        if self.supplies.of(node).value != 0:
            return []
        unknown = [u for u in self.needs(node) if u.amount is None and self.sized(u.feed.downstream)]
        return sorted({p for u in unknown for p in self.taken(u)})

    def wholes(self, part: str) -> Iterable[str]:
        yield part
        while part in self.evidence.whole_of:
            part = self.evidence.whole_of[part]
            yield part


def _balance(side: Side, at: dict[str, int]) -> Balance:
    """What has no column runs in full; all takers of what can be short have one."""
    takes = tuple((at[p], a) for p, a in sorted(side.takes.items()))
    makes = tuple((at[p], a) for p, a in sorted(side.makes.items()) if p in at)
    return Balance(takes, makes, side.outside + sum(a for p, a in side.makes.items() if p not in at))
