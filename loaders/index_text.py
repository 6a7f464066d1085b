"""Facts, nodes and statements as the index writes them: texts that are read back the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from graph.facts import Fact, Node, Value
from graph.model import EDGES, LABELS
from graph.workspace import Material
from loaders.stating import NodeStatement


def text_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


_DAYS = {**{one.name: frozenset(p.name for p in one.properties if p.type == "day") for one in EDGES},
         **{one.name: frozenset(p.name for p in one.properties if p.type == "day") for one in LABELS}}


def _typed(owner: str, told: dict[str, Any]) -> dict[str, Any]:
    days = _DAYS[owner]
    return {k: date.fromisoformat(v) if k in days and v is not None else v for k, v in told.items()} if days else told


def body_of(fact: Fact) -> str:
    """A fact as text, its id apart."""
    return text_of([fact.edge, fact.start_label, fact.start, fact.end_label, fact.end,
                  {k: _plain(v) for k, v in fact.properties.items()}, fact.source, fact.cell, fact.valid_from.isoformat(),
                  fact.known_from.isoformat(), fact.authority, fact.audience, fact.text, fact.holds, fact.own_source, fact.own_day])


def fact_of(id: str, text: str) -> Fact:
    """The fact of a text; it keeps the id it has."""
    (edge, start_label, start, end_label, end, own, source, cell, valid, known, authority, audience, wording, holds, own_source,
     own_day) = json.loads(text)
    return Fact(edge, start_label, start, end_label, end, _typed(edge, own), source, cell, date.fromisoformat(valid),
                date.fromisoformat(known), authority, audience, wording, holds, own_source, own_day, id)


def node_body(node: Node) -> str:
    return text_of([node.name, list(node.aliases), {k: _plain(v) for k, v in sorted(node.properties.items())}])


def node(label: str, id: str, text: str) -> Node:
    name, aliases, own = json.loads(text)
    return Node(label, id, name, tuple(aliases), _typed(label, own))


def statement(one: NodeStatement) -> str:
    return text_of([{k: _plain(v) for k, v in one.properties.items()}, one.rank[0], one.rank[1].isoformat(), one.cell, one.audience, one.stands])


def statement_of(label: str, id: str, text: str) -> NodeStatement:
    own, authority, day, cell, audience, stands = json.loads(text)
    return NodeStatement(label, id, _typed(label, own), (authority, date.fromisoformat(day)), cell, audience, stands)


def material_of(text: str) -> Material:
    told = json.loads(text)
    return Material(**{**told, "loaded": date.fromisoformat(told["loaded"]), "data_date": date.fromisoformat(told["data_date"])})
