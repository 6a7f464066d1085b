"""Ways from us to a firm over ties of known strength, and brokers shared out among many firms. Numbers in, numbers out."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Mapping, Sequence

Ways = Mapping[str, Mapping[str, float]]
"""From → to → cost, which is −log of a probability and never negative."""
DIGITS = 9


def decayed(strength: float, years: float, half_life: float) -> float:
    """``strength`` × 0.5^(years / half_life): what is left of a tie that nobody renewed; both in years, exponential decay."""
    left: float = 0.5 ** (max(years, 0.0) / half_life)
    return strength * left


def passing(degree: int) -> float:
    """What a tie is worth beyond somebody with ``degree`` ties: 1 / ln degree, and 1 below e.

    Adamic and Adar, Friends and neighbors on the Web, Social Networks 25 (2003) 211–230: who knows everybody says little.
    """
    return 1 / math.log(degree) if degree > math.e else 1.0


def cost(p: float) -> float:
    """−ln p, rounded, so that both engines order alike; the least sum is the greatest product (Dijkstra 1959)."""
    return round(-math.log(p), DIGITS) + 0.0


def best_ways(ways: Ways, starts: Mapping[str, float], end: str, k: int, hops: int,
              once: bool = True) -> list[tuple[float, tuple[str, ...]]]:
    """The ``k`` cheapest simple paths of at most ``hops`` ties from any of ``starts`` (with its own cost) to ``end``.

    With ``once`` each begins with another of ``starts``. Ordered by cost, then by the ids on the way. Best first with the
    exact cost left by hops left as the bound (A*, Hart, Nilsson and Raphael 1968): what comes out is never to be mended.
    """
    left = costs_left(ways, end, hops)
    queue: list[tuple[float, tuple[str, ...], float]] = []
    for start, own in starts.items():
        _push(queue, left, own, (start,), hops)
    heapq.heapify(queue)
    found: list[tuple[float, tuple[str, ...]]] = []
    while queue and len(found) < k:
        _, path, spent = heapq.heappop(queue)
        if once and any(path[0] == way[0] for _, way in found):
            continue
        if path[-1] == end:
            found.append((spent, path))
            continue
        for then, more in ways.get(path[-1], {}).items():
            if then not in path:
                _push(queue, left, round(spent + more, DIGITS), (*path, then), hops)
    return found


def _push(queue: list[tuple[float, tuple[str, ...], float]], left: Sequence[Mapping[str, float]], spent: float,
          path: tuple[str, ...], hops: int) -> None:
    free = hops - len(path) + 1
    if free >= 0 and path[-1] in left[free]:
        heapq.heappush(queue, (round(spent + left[free][path[-1]], DIGITS), path, spent))


def costs_left(ways: Ways, end: str, hops: int) -> list[dict[str, float]]:
    """By hops left: the least cost to ``end`` from where it can be reached at all (Bellman and Ford)."""
    into: dict[str, list[tuple[str, float]]] = {}
    for one, others in ways.items():
        for other, more in others.items():
            into.setdefault(other, []).append((one, more))
    out = [{end: 0.0}]
    for _ in range(hops):
        now = dict(out[-1])
        for node, spent in out[-1].items():
            for one, more in into.get(node, ()):
                if (total := round(spent + more, DIGITS)) < now.get(one, math.inf):
                    now[one] = total
        out.append(now)
    return out


def hops_left(ways: Ways, end: str, hops: int) -> dict[str, int]:
    """Fewest ties to ``end``, whatever they cost, from where it can be reached within ``hops`` (breadth first)."""
    into: dict[str, list[str]] = {}
    for one, others in ways.items():
        for other in others:
            into.setdefault(other, []).append(one)
    out, front = {end: 0}, [end]
    for step in range(1, hops + 1):
        front = [one for one in dict.fromkeys(one for other in front for one in into.get(other, ())) if one not in out]
        out |= dict.fromkeys(front, step)
    return out


def shared_out(costs: Mapping[str, Mapping[str, float]], cap: int) -> dict[str, str]:
    """Who is asked for whom: target → broker, no broker more than ``cap`` times; as many targets as can be, then the least sum.

    Exact: successive cheapest augmentations (Ford and Fulkerson; Busacker and Gowen 1960), each found by Bellman–Ford.
    """
    taken: dict[str, str] = {}
    for _ in costs:
        path = _augmentation(costs, taken, cap)
        if path is None:
            break
        taken.update(path)
    return taken


def _augmentation(costs: Mapping[str, Mapping[str, float]], taken: Mapping[str, str], cap: int) -> dict[str, str] | None:
    """The cheapest change of who asks whom that serves one target more."""
    load = _load(taken.values())
    best = {t: (0.0, dict[str, str]()) for t in sorted(costs) if t not in taken}
    reached: dict[str, tuple[float, dict[str, str]]] = {}
    for _ in range(len(costs) + 1):
        for target, (spent, moved) in sorted(best.items()):
            for broker, more in sorted(costs[target].items()):
                total = round(spent + more, DIGITS)
                if taken.get(target) != broker and total < reached.get(broker, (math.inf,))[0]:
                    reached[broker] = (total, {**moved, target: broker})
        changed = False
        for target, broker in sorted(taken.items()):
            if broker in reached and load[broker] >= cap:
                total = round(reached[broker][0] - costs[target][broker], DIGITS)
                if total < best.get(target, (math.inf,))[0]:
                    best[target], changed = (total, reached[broker][1]), True
        if not changed:
            break
    free = [(spent, broker) for broker, (spent, _) in reached.items() if load.get(broker, 0) < cap]
    return reached[min(free)[1]][1] if free else None


def _load(brokers: Collection[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for broker in brokers:
        out[broker] = out.get(broker, 0) + 1
    return out
