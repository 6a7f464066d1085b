"""Facts and nodes: what the material states, with identity, line and precedence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from graph.model import EDGE

STRUCTURE_DAY = date(1900, 1, 1)
"""Structure is timeless: this day on both clocks unless a sheet gives one."""

COEFFICIENT_DAY = date(2000, 1, 1)
"""A coefficient for which no sheet gives a year is valid from this day on."""

Value = str | float | bool | date | None


DIGITS = 20
"""Hexadecimal digits of a hash: 80 bits, so that a million facts collide with p < 1e-12."""


def digest(*parts: Any) -> str:
    """A short, stable hash of plain values: SHA-256, which a table engine has too (``graph/bulk_ids.py``)."""
    return sha256(_text(parts).encode()).hexdigest()[:DIGITS]


_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":")).encode
"""Made once: a load makes half a million of these, and json.dumps would make an encoder for each."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph: what does not change with the day."""

    label: str
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One edge with its source and its two clocks.

    ``own_source`` and ``own_day`` are False where the source or the day came from the file
    and not from the row: they then stay out of the identity, so that a new version of the
    file restates the old fact. ``stated`` is the id that a store keeps, where the fact was read
    back from one: the two marks above are not stored.
    """

    edge: str
    start_label: str
    start: str
    end_label: str
    end: str
    properties: Mapping[str, Value]
    source: str
    cell: str
    valid_from: date
    known_from: date
    authority: int
    audience: str = "公开"
    text: str = ""
    holds: bool = True
    own_source: bool = True
    own_day: bool = True
    stated: str = ""

    @property
    def id(self) -> str:
        return self.stated or digest(self.edge, self.start_label, self.start, self.end_label, self.end,
                                     dict(self.properties), self.source if self.own_source else "",
                                     self.valid_from if self.own_day else "", self.holds)

    @property
    def line(self) -> str:
        """Key of what can have one value at a time (DESIGN: the two clocks)."""
        edge = EDGE[self.edge]
        ends = {"": [self.start_label, self.start, self.end_label, self.end],
                "start": [self.start_label, self.start], "end": [self.end_label, self.end]}[edge.one]
        return digest(self.edge, ends, [self.properties[name] for name in edge.line_properties])

    @property
    def is_event(self) -> bool:
        edge = EDGE[self.edge]
        return edge.clock == "event" and self.properties.get(edge.planned) != "planned"

    @property
    def precedence(self) -> str:
        return self.placed(self.id)

    def placed(self, id: str) -> str:
        """Place within the line, made from the fact alone (``id`` is its own, for who has it at hand); greatest wins.

        A later day is no better evidence for an event, so there authority comes first.
        """
        valid, known = self.valid_from.isoformat(), self.known_from.isoformat()
        last = id if self.holds else f"~{id}"  # of two facts of one day the closing one wins
        if self.is_event:
            return f"{self.authority}|{known}|{valid}|{last}"
        return f"{valid}|{self.authority}|{known}|{last}"


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes and facts derived from a workspace's material, ordered by label and id."""

    nodes: tuple[Node, ...] = ()
    facts: tuple[Fact, ...] = ()
