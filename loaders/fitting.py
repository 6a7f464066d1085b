"""Which chains a workbook is about: what its rows say, else what they are most like.

``data`` is the folder with ``chains/`` that comes with liantu.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.names import normal
from loaders.readers import read
from loaders.rows import Row, validate
from loaders.start import chains

Names = Mapping[str, Mapping[str, int]]
"""Chain → its nodes' names and aliases, normalised → 2 for one of its main lane, 1 for one at its side."""

_MAIN = "主链"


@dataclass(frozen=True, slots=True)
class Fit:
    """A chain of a workbook: said by it (``said``), or the one that has ``found`` of the ``nodes`` named in it."""

    chain: str
    said: bool
    found: int
    nodes: int


def skeletons(data: Path) -> Names:
    """The nodes of every skeleton that comes with liantu."""
    return declared(row for name in chains(data) for table in read(data / "chains" / name) for row in validate(table)[0])


def declared(rows: Iterable[Row]) -> Names:
    """The nodes that rows of 环节 declare, chain by chain."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.sheet.key == "nodes":
            chain, node = row.values["chain"], row.values["node"]
            names = (node, node.removeprefix(f"{chain}/"), *row.values.get("aliases", ()))
            weight = 2 if row.values.get("lane") == _MAIN and not row.values.get("boundary") else 1
            found.setdefault(chain, {}).update(dict.fromkeys(map(normal, names), weight))
    return found


def fits(rows: Sequence[Row], known: Names, preferred: Iterable[str] = ()) -> list[Fit]:
    """The chains that the rows name, then as few of the others as have the remaining nodes.

    Of two chains with as many of them the one whose main lane they are, then the ``preferred`` (those already worked with)
    goes first; then the name decides, so that the same rows always give the same chains.
    """
    nodes = dict.fromkeys(normal(name) for row in rows for name in _nodes(row))
    said = dict.fromkeys([*(row.values["chain"] for row in rows if row.values.get("chain")), *_prefixes(nodes, known)])
    first = frozenset(preferred)
    found = [Fit(chain, True, _has(chain, nodes, known), len(nodes)) for chain in said]
    left = {node for node in nodes if "/" not in node and not any(node in known.get(chain, ()) for chain in said)}
    while left:
        best = min(known, key=lambda c: (*_rank(left, known[c]), c not in first, c), default="")
        if not best or not left & known[best].keys():
            break
        found.append(Fit(best, False, _has(best, nodes, known), len(nodes)))
        left -= known[best].keys()
    return found


def _rank(nodes: set[str], own: Mapping[str, int]) -> tuple[int, int]:
    """Fewest last: how many of the nodes a chain has, and how near its main lane they are."""
    return -len(nodes & own.keys()), -sum(own[node] for node in nodes & own.keys())


def _nodes(row: Row) -> Iterable[str]:
    """The chain nodes that a row names, in whatever columns."""
    for column in row.sheet.columns:
        value = row.values.get(column.key)
        if value and column.kind in ("node", "nodes"):
            yield from (value if isinstance(value, tuple) else (value,))


def _prefixes(nodes: Iterable[str], known: Names) -> list[str]:
    """Chains written before a node: 光伏/组件."""
    names = {normal(chain): chain for chain in known}
    return [names[prefix] for node in nodes if (prefix := node.partition("/")[0]) != node and prefix in names]


def _has(chain: str, nodes: Iterable[str], known: Names) -> int:
    own = known.get(chain, {})
    return sum(node in own or node.partition("/")[2] in own for node in nodes)
