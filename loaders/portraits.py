"""A node from all that any material says of it: the one definition for a whole graph and for a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from graph import model
from graph.facts import Node, Value
from loaders.settling import Version
from loaders.sheets import property_named
from loaders.stating import Names, NodeStatement
from loaders.words import words

LADDER: dict[str, dict[str, Value]] = {
    **{key: {"kind": "ladder", "rank": float(number)} for number, (key, _zh, _en) in enumerate(model.MILESTONES)},
    **{key: {"kind": "permit"} for key, *_ in model.PERMITS}}
FIXED = {key: zh for key, zh, _ in (*model.MILESTONES, *model.PERMITS, *model.ENDS)}
"""Milestones are nodes of every graph, whatever the material says."""


class Told(NamedTuple):
    """One material states properties of one node; ``place`` and ``version`` as with facts."""

    place: tuple[bool, int]
    version: Version
    statement: NodeStatement


def corrected(told: Sequence[Told]) -> list[NodeStatement]:
    """Of one node: what a newer version of the very day restates, the older has not said."""
    def restated(old: Told) -> set[str]:
        return {name for new in told for name in new.statement.properties
                if new.version == old.version and new.place > old.place}

    ordered = sorted(told, key=lambda one: one.place)
    if len({one.place for one in told}) == len({one.version for one in told}):  # no version has a newer one
        return [one.statement for one in ordered]
    return [_less(one.statement, restated(one)) for one in ordered]


def _less(statement: NodeStatement, restated: set[str]) -> NodeStatement:
    if not restated & statement.properties.keys():
        return statement
    return replace(statement, properties={k: v for k, v in statement.properties.items() if k not in restated})


def portrait(names: Names, label: str, id: str, told: Sequence[Told], widest: int) -> tuple[Node, list[str]]:
    """The node, and what of it was said differently or left out. ``widest``: the widest audience that anything about
    the node is said to, facts and properties, as its place in AUDIENCES."""
    statements = corrected(told)
    properties, notes = _properties(statements, widest)
    if label == "Source" and id in names.sources and not properties:
        info = names.sources[id]
        properties = {"title": id, "publisher": names.region, "published": info.published,
                      "authority": info.authority, "audience": info.audience}
    elif label == "Milestone":
        properties = {**LADDER[id]} if id in LADDER else properties
    name, aliases = _called(names, label, id, widest)
    return Node(label, id, name, aliases, properties), sorted(notes)


def _called(names: Names, label: str, id: str, widest: int) -> tuple[str, tuple[str, ...]]:
    """What a stricter file alone calls it is read there, and shown to nobody: a node carries no audience."""
    if label == "ChainNode":
        return names.nodes.names[id], names.told(names.nodes.aliases.get(id, ()), widest)
    if label == "Region":
        return id, names.told(names.regions.aliases.get(id, ()), widest)
    if label == "Firm":
        return names.firms.shown(id)
    if label == "Project":
        return names.projects.names[id], ()
    return FIXED[id] if label == "Milestone" else id, ()


def _properties(statements: Iterable[NodeStatement], widest: int) -> tuple[dict[str, Value], set[str]]:
    """Where two sources give a property differently the greater precedence wins, and it is reported.

    What a stricter file says of a node that a wider audience sees too is left out, and that is reported.
    """
    best: dict[str, tuple[tuple[int, date, str], Value, str]] = {}
    notes: set[str] = set()
    for statement in statements:
        if not statement.properties:
            continue
        if model.AUDIENCES.index(statement.audience) > widest:
            notes.add(f"{statement.id}: {statement.cell} 比已有材料更严, 其 {'、'.join(statement.properties)} 未采用 (节点属性不分受众) / "
                      f"stricter than what {model.AUDIENCES[widest]} sees of it: its properties are left out")
            continue
        for name, value in statement.properties.items():
            notes.update(_kept(best, statement, name, value))
    return {name: value for name, (_, value, _) in best.items()}, notes


def _kept(best: dict[str, tuple[tuple[int, date, str], Value, str]], statement: NodeStatement, name: str,
          value: Value) -> Iterator[str]:
    """Keep the value where it outranks what is there; what is said of two that differ."""
    rank = (*statement.rank, str(value))
    before = best.get(name)
    if before is None:
        best[name] = (rank, value, statement.cell)
        return
    higher = rank > before[0]
    if before[1] != value:
        of = property_named(f"{statement.label}.{name}")
        both = [f"“{words(of, one)}” [{cell}]" for one, cell in ((value, statement.cell), before[1:])]
        kept, left = both if higher else both[::-1]
        yield f"{statement.id} {of.zh}: 采用 {kept}, 未采用 {left} / {of.en}: kept the first, not the second"
    if higher:
        best[name] = (rank, value, statement.cell)
