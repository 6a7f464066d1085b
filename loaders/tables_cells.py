"""A column of a table, read in SQL: the value of each type, and when it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.bulk_ids import literal, quoted
from graph.declare import Edge, Property
from graph.inert import _UNSEEN, FORMULA
from graph.model import AUDIENCES
from graph.tables import INTEGERS
from loaders.aliases import normal
from loaders.values import _FALSE, _TRUE, LEAST, MOST

TYPES = {"text": "VARCHAR", "number": "DOUBLE", "flag": "BOOLEAN", "day": "DATE"}
_DAY = r"\d{4}-\d{1,2}-\d{1,2}"
_CONTROL = r"[\x00-\x1f\x7f]"
"""No name has one: it would be cut there by one program and not by another."""
_CONTROL_IN_PROSE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
"""A text may have lines."""
NAMES = frozenset({"id", "name", "start", "end", "source"})
_AMOUNTS = frozenset({"capacity", "coefficient", "amount"})


@dataclass(frozen=True, slots=True)
class Check:
    """When a cell of ``column`` is bad: an expression over the raw columns, never NULL; the kind of problem."""

    column: str
    bad: str
    kind: str
    near: str = ""


def raw(name: str) -> str:
    """The cell, NULL where it is blank: text, or of the type that a Parquet file gives it."""
    return f"raw.{quoted(name)}"


def without_apostrophe(column: str) -> str:
    """The text that ``graph.inert`` wrote: its apostrophe before what looks like a formula taken away."""
    pattern = "^'[" + _UNSEEN + "]*[" + "".join("\\" + c if c in "+-" else c for c in FORMULA) + "]"
    return (f"CASE WHEN starts_with({column}, '''') AND regexp_matches({column}, {literal(pattern)}) "
            f"THEN substr({column}, 2) ELSE {column} END")


def value(one: Property, there: bool) -> str:
    """The typed value of a column, NULL where it is blank or cannot be read."""
    if not there:
        return f"NULL::{'INTEGER' if one.name in INTEGERS else TYPES[one.type]}"
    cell = raw(one.name)
    if one.name == "audience":
        return _chosen(cell, {normal(name): name for name in AUDIENCES})
    if one.choices:
        return _chosen(cell, {normal(word): stored for stored, *words in one.choices for word in (stored, *words)})
    if one.name in INTEGERS:
        return f"try_cast(try_cast({cell} AS DOUBLE) AS INTEGER)"
    if one.type == "flag":
        return f"CASE WHEN {_folded(cell)} IN ({_listed(_TRUE)}) THEN true WHEN {_folded(cell)} IN ({_listed(_FALSE)}) THEN false END"
    if one.type == "day":
        return f"CASE WHEN regexp_full_match({cell}::VARCHAR, {literal(_DAY)}) THEN try_cast({cell} AS DATE) END"
    return cell if one.type == "text" else f"try_cast({cell} AS DOUBLE)"


def _chosen(cell: str, words: dict[str, str]) -> str:
    cases = " ".join(f"WHEN {literal(word)} THEN {literal(stored)}" for word, stored in words.items())
    return f"CASE {_folded(cell)} {cases} END"


def _folded(cell: str) -> str:
    return f"lower(trim({cell}::VARCHAR))"


def _listed(words: set[str]) -> str:
    return ", ".join(literal(word) for word in sorted(words))


def checks(one: Property, edge: Edge | None) -> Iterator[Check]:
    """What may be wrong with the cells of a column that the file has."""
    cell, read = raw(one.name), value(one, True)
    given = f"{cell} IS NOT NULL AND "
    if one.choices or one.name == "audience":
        words = AUDIENCES if one.name == "audience" else tuple(zh for _, zh, _ in one.choices)
        yield Check(one.name, f"{given}{read} IS NULL", "choice", "、".join(words))
    elif one.name in INTEGERS:
        yield Check(one.name, f"{given}coalesce(try_cast({cell} AS DOUBLE) NOT IN (0,1,2,3,4,5,6,7,8,9), true)", "authority")
    elif one.type == "number":
        yield Check(one.name, f"{given}NOT coalesce({_sound(read)}, false)", "number")
        yield from _range(one, read, edge)
    elif one.type != "text":
        yield Check(one.name, f"{given}{read} IS NULL", one.type)


def _sound(number: str) -> str:
    """Finite, and of a size that something in the world has."""
    return f"({number} = 0 OR abs({number}) BETWEEN {LEAST!r} AND {MOST!r})"


def _range(one: Property, read: str, edge: Edge | None) -> Iterator[Check]:
    if one.name in _AMOUNTS or (edge is not None and edge.name == "REPORTS" and one.name == "value"):
        yield Check(one.name, f"coalesce({read} < 0, false)", "negative")
    if one.name == "yield_rate":
        yield Check(one.name, f"coalesce({read} <= 0 OR {read} > 1, false)", "yield")
    if one.name == "share":
        yield Check(one.name, f"coalesce({read} < 0 OR {read} > 100, false)", "share")


def control(one: Property) -> Check:
    """A control character in a text."""
    pattern = _CONTROL if one.name in NAMES or one.line else _CONTROL_IN_PROSE
    return Check(one.name, f"coalesce(regexp_matches({raw(one.name)}, {literal(pattern)}), false)", "control")


def any_control(columns: list[Property]) -> str:
    """Whether any of several texts may have one: asked once a row, for it is nearly always no."""
    texts = ", ".join(raw(one.name) for one in columns)
    return f"regexp_matches(concat_ws(' ', {texts}), {literal(_CONTROL)})"
