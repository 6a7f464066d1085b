"""The words the model is declared in: Property, Label, Edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "number", "flag", "day"]
Clock = Literal["structure", "state", "plan", "event"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a label or an edge.

    ``line`` marks a line property (never null: unknown is ''), ``value`` the figure whose
    blank does not overrule a figure stated before, ``audience`` who may see it at all.
    ``choices`` lists (stored value, 中文, English).
    """

    name: str
    zh: str
    en: str
    type: Type = "text"
    unit: str = ""
    line: bool = False
    value: bool = False
    audience: str = "公开"
    choices: tuple[tuple[str, str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of node; ``properties`` are what does not change with the day."""

    name: str
    zh: str
    en: str
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A kind of fact.

    ``ends`` are the pairs of labels it may join. ``one`` names the end that can have one
    value at a time ('start' or 'end'; '' where both ends make the line). ``planned`` names
    the property whose value 'planned' turns an event into a plan.
    """

    name: str
    zh: str
    en: str
    reads: str
    ends: tuple[tuple[str, str], ...]
    clock: Clock
    properties: tuple[Property, ...] = ()
    one: Literal["", "start", "end"] = ""
    planned: str = ""
    acyclic: bool = False

    @property
    def line_properties(self) -> tuple[str, ...]:
        return tuple(p.name for p in self.properties if p.line)

    @property
    def value(self) -> str:
        """Name of the figure, '' where the edge has none."""
        return next((p.name for p in self.properties if p.value), "")
