"""The identity of a fact in SQL: the very texts that ``graph/facts.py`` hashes, made by a table engine for millions.

``tests/graph/test_bulk_ids.py`` compares the two for arbitrary facts. Every function returns an expression of DuckDB
over columns that are named as the model names them (``start_label``, ``start``, ``end_label``, ``end`` for the ends).
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.declare import Edge, Property
from graph.facts import DIGITS


def quoted(name: str) -> str:
    """A name of the model as a column: ``end`` and ``first`` are words of SQL too."""
    return f'"{name}"'


def literal(text: str) -> str:
    """A text of ours, or a path, as SQL."""
    return "'" + text.replace("'", "''") + "'"


def number(column: str) -> str:
    """A float as Python writes it. Both write the fewest digits that tell it apart, and switch to powers of ten
    at the same places; a whole number has ``.0`` in both."""
    return f"{column}::VARCHAR"


def value(one: Property) -> str:
    """The JSON of a property's value, ``null`` where there is none."""
    column = quoted(one.name)
    if one.type == "text":
        return f"coalesce(to_json({column})::VARCHAR, 'null')"
    if one.type == "day":
        return f"coalesce('\"' || {day(column)} || '\"', 'null')"
    return f"coalesce({number(column) if one.type == 'number' else column + '::VARCHAR'}, 'null')"


def day(column: str) -> str:
    """2024-01-31."""
    return f"{column}::VARCHAR"


def id(edge: Edge, own_source: str = "own_source", own_day: str = "own_day") -> str:
    """``Fact.id``; the two marks are expressions that tell whether source and day are the row's own."""
    own = sorted(edge.properties, key=lambda one: one.name)
    properties = _joined([f"'\"{one.name}\":', {value(one)}" for one in own])
    return _digest([literal(f'["{edge.name}",'), _text("start_label"), "','", _text("start"), "','", _text("end_label"), "','",
                    _text("end"), "',{'", *([properties] if own else []), "'},'",
                    f"CASE WHEN {own_source} THEN {_text('source')} ELSE '\"\"' END", "',\"'",
                    f"CASE WHEN {own_day} THEN {day('valid_from')} ELSE '' END", "'\",'", "holds::VARCHAR", "']'"])


def line(edge: Edge) -> str:
    """``Fact.line``."""
    ends = {"": ("start_label", "start", "end_label", "end"), "start": ("start_label", "start"),
            "end": ("end_label", "end")}[edge.one]
    own = [value(one) for one in edge.properties if one.line]
    return _digest([literal(f'["{edge.name}",['), _joined(map(_text, ends)), "'],['", *([_joined(own)] if own else []), "']]'"])


def precedence(edge: Edge) -> str:
    """``Fact.placed``, over columns ``id``, ``valid_from``, ``known_from``, ``authority`` and ``holds``."""
    valid, known = day("valid_from"), day("known_from")
    last = "CASE WHEN holds THEN '' ELSE '~' END, id"
    state = f"concat({valid}, '|', authority, '|', {known}, '|', {last})"
    event = f"concat(authority, '|', {known}, '|', {valid}, '|', {last})"
    return f"CASE WHEN {is_event(edge)} THEN {event} ELSE {state} END" if edge.clock == "event" else state


def is_event(edge: Edge) -> str:
    """Whether the fact is an event and no plan of one."""
    return f"{quoted(edge.planned)} IS DISTINCT FROM 'planned'" if edge.clock == "event" else "false"


def line_key(edge: Edge) -> str:
    """A number of 64 bits that is equal for facts of one line: quicker than the line, and no proof of it."""
    ends = {"": ("start_label", "start", "end_label", "end"), "start": ("start_label", "start"),
            "end": ("end_label", "end")}[edge.one]
    return f"hash({', '.join(map(quoted, (*ends, *edge.line_properties)))})"


def pair_key() -> str:
    """The same for the two ends."""
    return 'hash("start_label", "start", "end_label", "end")'


def _digest(parts: Iterable[str]) -> str:
    return f"substr(sha256(concat({', '.join(parts)})), 1, {DIGITS})"


def _joined(parts: Iterable[str]) -> str:
    return ", ',', ".join(parts)


def _text(name: str) -> str:
    return f"to_json({quoted(name)})::VARCHAR"
