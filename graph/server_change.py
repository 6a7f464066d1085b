"""A change of a server's graph: only what is new, moved or gone is sent, over the graph it was made for.

The marker, its lanes and what readers are told meanwhile are those of a load. What somebody else changed by hand is not
looked for here: a rebuild compares everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from graph.change import Change, Placed, by_kind, fact_values, node_values
from graph.difference import Row, Step, drop_facts, drop_nodes, kinds, put_facts, put_nodes, short, typed
from graph.errors import StaleStore
from graph.facts import Node
from graph.marking import Mark
from graph.model import EDGE, LABEL, VERSION
from graph.server_load import ServerLoad
from graph.store import Marker, Progress
from graph.tables import edge_properties, node_properties

if TYPE_CHECKING:
    from graph.server import ServerStore


T = TypeVar("T")


class ServerChange(ServerLoad):
    """One ``apply``."""

    def __init__(self, store: ServerStore, change: Change, marker: Marker, progress: Progress | None, over: str) -> None:
        self._for(store, marker, progress, over)
        self.change = change

    def _checked(self) -> Mark | None:
        """A load that broke off, an older model or other material: then only the whole graph will do."""
        mark = super()._checked()
        if mark is None or mark.loading or mark.model != VERSION or mark.material != self.over:
            raise StaleStore(f"服务器上的图谱不是这次改动的起点 / the graph on the server is not what the change starts from: {self.store.url}",
                             "liantu rebuild")
        return mark

    def _schema(self) -> None:
        """It is there: the graph in place was loaded."""

    def _steps(self, before: Mark | None) -> Iterator[Step]:
        """Facts go first and nodes last, so that no statement meets an end that is not there."""
        change = self.change
        put = by_kind((*change.facts, *change.moved))
        return chain(
            *(drop_facts(edge, ids) for edge, ids in _grouped((gone.edge, gone.id) for gone in change.facts_gone)),
            *(put_nodes(label, rows) for label, rows in _grouped((node.label, _node_row(node)) for node in change.nodes)),
            *(put_facts(edge, (start, end), [_fact_row(one) for one in facts]) for (edge, start, end), facts in put),
            *(drop_nodes(label, ids) for label, ids in _grouped(change.nodes_gone)))


def _grouped(pairs: Iterable[tuple[str, T]]) -> Iterable[tuple[str, list[T]]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups.items()


def _node_row(node: Node) -> Row:
    short(node.label, node.id)
    return typed(list(node_values(node).values()), node.label, kinds(node_properties(LABEL[node.label]), 0))


def _fact_row(one: Placed) -> Row:
    ends: Row = [one.fact.start, one.fact.end]
    return typed([*ends, *fact_values(one).values()], one.fact.edge, kinds(edge_properties(EDGE[one.fact.edge]), 2))
