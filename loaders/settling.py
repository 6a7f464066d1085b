"""The facts of one line, from all that any material says about it: the one definition for a whole graph and for a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from graph import model
from graph.facts import Fact
from graph.workspace import Material
from loaders import suspect

Version = tuple[str, date, str]
"""Name, day of loading and kind: what two versions of one file have in common where the newer corrects the older."""


class Said(NamedTuple):
    """One material states one fact. ``place`` orders materials: closures after all others, else as in the manifest."""

    place: tuple[bool, int]
    version: Version
    id: str
    line: str
    fact: Fact


def version(entry: Material) -> Version:
    return entry.name, entry.loaded, entry.kind


def place(entry: Material, number: int) -> tuple[bool, int]:
    return entry.kind == "retire", number


def settled(group: Iterable[Said]) -> tuple[dict[str, Fact], set[str]]:
    """The facts of one line by id, and which of them are held back (authority 0) as ten times their siblings."""
    facts = merged(corrected(sorted(group, key=lambda one: one.place)))
    held = suspect.tenfold(facts)
    return {id: replace(fact, authority=0) if id in held else fact for id, fact in facts.items()}, held


def corrected(group: Sequence[Said]) -> list[Said]:
    """A newer version loaded on the very day of the older one corrects it line by line.

    Both would share every clock, so no question could tell them apart; what the newer version does not restate stays.
    """
    if len(group) == 1:
        return list(group)
    return [old for number, old in enumerate(group) if not any(_corrects(group, new, old) for new in _newer(group, number))]


def _newer(group: Sequence[Said], number: int) -> Iterable[Said]:
    old = group[number]
    return (new for new in group[number + 1:] if new.version == old.version and new.place > old.place and new.version[2] != "retire")


def _corrects(group: Sequence[Said], new: Said, old: Said) -> bool:
    """Whether the newer version gives the same day and source another value, and not the old one too."""
    if (new.fact.valid_from, new.fact.source) != (old.fact.valid_from, old.fact.source):
        return False
    return not any(one.id == old.id and one.place == new.place for one in group)


def merged(group: Iterable[Said]) -> dict[str, Fact]:
    """One fact per id: its earliest days, the widest audience that states it, its first cell."""
    by_id: dict[str, list[Fact]] = {}
    for one in group:
        by_id.setdefault(one.id, []).append(one.fact)
    return {id: _one(facts) for id, facts in by_id.items()}


def _one(group: list[Fact]) -> Fact:
    if len(group) == 1:
        return group[0]
    widest = min((f.audience for f in group), key=model.AUDIENCES.index)
    group = [f for f in group if f.audience == widest]  # a stricter file leaves no trace in a wider answer
    first = min(group, key=lambda f: (f.known_from, f.valid_from, -f.authority, f.source, f.cell))
    return replace(first, valid_from=min(f.valid_from for f in group))
