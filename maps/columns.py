"""Which column a node stands in, and which band a column belongs to.

The column is data. ``topological_generations`` is no substitute: it put 24 of 40 nodes of a real chain into
the first column. Only nodes without a column get one, after the known ones are in place.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.answers import Feed, PlacedNode


def columns(nodes: Sequence[PlacedNode], feeds: Sequence[Feed]) -> dict[str, int]:
    """Index of the column of every node, 0 leftmost, no column empty.

    A node without ``col`` stands one right of its rightmost supplier (longest path), else one left of its
    leftmost user, else right of everything. A cycle among such nodes is cut at the node named first.
    """
    col = {n.node: n.col for n in nodes if n.col is not None}
    waiting = {n.node: i for i, n in enumerate(nodes) if n.col is None}
    before, after = _neighbours(nodes, feeds)
    lacking = {n: sum(supplier in waiting for supplier in before[n]) for n in waiting}
    ready = [n for n in waiting if not lacking[n]]
    while waiting:
        ready = ready or [next(iter(waiting))]
        for node in ready:
            col[node] = _computed(node, col, before, after)
            del waiting[node]
        freed = {user: waiting[user] for n in ready for user in after[n] if _freed(user, waiting, lacking)}
        ready = sorted(freed, key=lambda n: freed[n])
    rank = {c: i for i, c in enumerate(sorted(set(col.values())))}
    return {n.node: rank[col[n.node]] for n in nodes}


def _freed(user: str, waiting: dict[str, int], lacking: dict[str, int]) -> bool:
    """Whether one supplier less was the last one that a waiting node lacked."""
    lacking[user] = lacking.get(user, 0) - 1
    return user in waiting and not lacking[user]


def _neighbours(nodes: Sequence[PlacedNode], feeds: Sequence[Feed]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    before: dict[str, set[str]] = {n.node: set() for n in nodes}
    after: dict[str, set[str]] = {n.node: set() for n in nodes}
    for f in feeds:
        if f.upstream in after and f.downstream in before and f.upstream != f.downstream:
            before[f.downstream].add(f.upstream)
            after[f.upstream].add(f.downstream)
    return before, after


def _computed(node: str, col: dict[str, int], before: dict[str, set[str]], after: dict[str, set[str]]) -> int:
    suppliers = [col[n] for n in before[node] if n in col]
    users = [col[n] for n in after[node] if n in col]
    if suppliers:
        return max(suppliers) + 1
    if users:
        return min(users) - 1
    return max(col.values(), default=-1) + 1


def bands(nodes: Sequence[PlacedNode], column: dict[str, int]) -> list[str]:
    """Band (上游, 中游, 下游 or '') of each column: what most of its main-lane nodes say, else most of all."""
    names: list[str] = []
    for index in range(max(column.values(), default=-1) + 1):
        here = [n for n in nodes if column[n.node] == index and n.band]
        main = [n.band for n in here if n.lane == "主链"] or [n.band for n in here]
        names.append(max(main, key=main.count) if main else "")
    return names
