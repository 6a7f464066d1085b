"""A graph as tables: what every store, and every file that a graph is written to, is filled from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graph.declare import Edge, Label, Property
from graph.errors import ModelError
from graph.facts import Fact, Graph, Node, Value
from graph.model import EDGE, FACT_PROPERTIES, LABEL, NODE_PROPERTIES

INTEGERS = frozenset({"authority"})
"""Numbers that are counts of steps: compared and joined as whole numbers on both engines."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
D = TypeVar("D", Label, Edge)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one label, or of one edge type between two labels (``ends``).

    A row holds the values of ``columns`` in order; that of an edge has the ids of its two ends before them.
    """

    name: str
    ends: tuple[str, str] | None
    columns: tuple[Property, ...]
    rows: Iterator[list[Value]]


def node_properties(label: Label) -> tuple[Property, ...]:
    """The columns of a label's table, in order: id, name, aliases, then its own."""
    return (*NODE_PROPERTIES, *label.properties)


def edge_properties(edge: Edge) -> tuple[Property, ...]:
    """The columns of an edge's table, in order: its own, then what every fact carries."""
    return (*edge.properties, *FACT_PROPERTIES)


def tables(graph: Graph) -> Iterator[Table]:
    """A table for each label and each kind of edge that has rows, nodes first.

    Raises ModelError for a label, an edge, a pair of ends or a property that is not in the model, and for
    a fact that occurs twice.
    """
    for name, nodes in _grouped(graph.nodes, lambda node: node.label).items():
        label = _known(name, LABEL)
        yield Table(name, None, node_properties(label), _node_rows(label, nodes))
    for (name, ends), facts in _grouped(graph.facts, _kind).items():
        edge = _known(name, EDGE)
        if ends not in edge.ends:
            raise ModelError(f"模型没有这种事实 / not in the model: {ends[0]} -{name}-> {ends[1]} ({facts[0].cell})")
        yield Table(name, ends, edge_properties(edge), _fact_rows(edge, facts))


def _kind(fact: Fact) -> tuple[str, tuple[str, str]]:
    return fact.edge, (fact.start_label, fact.end_label)


def _grouped(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def _known(name: str, declared: Mapping[str, D]) -> D:
    if name not in declared:
        raise ModelError(f"模型没有 / not in the model: {name}")
    return declared[name]


def _node_rows(label: Label, nodes: Iterable[Node]) -> Iterator[list[Value]]:
    columns = [one.name for one in node_properties(label)]
    for node in nodes:
        own = {"id": node.id, "name": node.name, "aliases": "、".join(node.aliases)}
        yield _row({**node.properties, **own}, columns, label.name)


def _fact_rows(edge: Edge, facts: Sequence[Fact]) -> Iterator[list[Value]]:
    """The two ends first. A fact stated twice is refused: an engine would keep both edges."""
    columns = [one.name for one in edge_properties(edge)]
    names = [one.name for one in FACT_PROPERTIES if one.name not in ("id", "precedence", "sole")]
    between = Counter((fact.start, fact.end) for fact in facts)
    seen: set[Value] = set()
    for fact in facts:
        id = fact.id  # a hash, and part of the precedence: made once
        own: dict[str, Value] = {"id": id, "precedence": fact.placed(id), "sole": between[fact.start, fact.end] == 1,
                                 **{name: getattr(fact, name) for name in names}}
        if own["id"] in seen:
            raise ModelError(f"同一事实出现两次 / the same fact twice: {edge.name} {own['id']} ({fact.cell})")
        seen.add(own["id"])
        yield [fact.start, fact.end, *_row({**fact.properties, **own}, columns, edge.name)]


def _row(values: Mapping[str, Value], columns: Sequence[str], table: str) -> list[Value]:
    unknown = values.keys() - set(columns)
    if unknown:
        raise ModelError(f"模型没有这些属性 / not in the model: {table}: {', '.join(sorted(unknown))} ({values['id']})")
    return [values.get(name) for name in columns]
