"""One graph of the facts of several materials, made by the table engine: the same as ``loaders/derive.py`` makes in Python.

Stated facts come as relations with the columns of STATED and the edge's own. Nearly all of them stand alone on their line
and between their ends; these are written as they pass. Only the others (``hot``) are compared with one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph import bulk_ids as ids
from graph.bulk_engine import Engine
from graph.bulk_ids import quoted
from graph.declare import Edge, Label
from graph.model import AUDIENCES, EDGE, LABEL
from graph.tables import edge_properties, node_properties

STATED = ("material", "row", "start_label", "start", "end_label", "end", "source", "own_source", "own_day", "given", "cell",
          "sheet", "text", "valid_from", "known_from", "authority", "audience", "holds")
"""Columns of stated facts besides the edge's own; ``given`` is an id that is the fact's own or NULL, ``sheet`` what
the fact must not contradict itself in."""

TENFOLD, YEAR = 9.5, 366
"""Held back is a figure this many times its siblings' within so many days (``loaders/suspect.py``)."""


@dataclass(frozen=True, slots=True)
class Part:
    """The facts of one edge type that one material states: a relation, and the expression that makes their ids."""

    edge: str
    relation: str
    id: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table of a graph on disk, in the order of the store's columns: ``ends`` None for nodes."""

    name: str
    ends: tuple[str, str] | None
    file: Path
    rows: int


def rank(column: str = '"audience"') -> str:
    """The place of an audience in AUDIENCES."""
    return f"list_position({list(AUDIENCES)!r}, {column})"


def columns(edge: Edge) -> str:
    """What every relation of stated facts has, in this order."""
    return ", ".join(map(quoted, (*STATED, *(p.name for p in edge.properties if p.name not in STATED))))


def compare(engine: Engine, edge: Edge, parts: Sequence[Part]) -> None:
    """Make ``hot_EDGE``: the facts that share their line or their ends with another, with id and line."""
    relations = " UNION ALL ".join(f"SELECT {ids.line_key(edge)} AS a, {ids.pair_key()} AS b FROM {one.relation}" for one in parts)
    engine.run(f"CREATE OR REPLACE TABLE keys AS {relations}")
    for name, key in (("lines", "a"), ("pairs", "b")):
        engine.run(f"CREATE OR REPLACE TABLE {name}_{edge.name} AS SELECT {key} AS key FROM keys GROUP BY ALL HAVING count(*) > 1")
    engine.run("DROP TABLE keys")
    found = " UNION ALL ".join(
        f"SELECT {columns(edge)}, {one.id} AS id, {ids.line(edge)} AS line FROM {one.relation} WHERE {_met(edge)}" for one in parts)
    engine.run(f"CREATE OR REPLACE TABLE hot_{edge.name} AS {found}")


def _met(edge: Edge) -> str:
    return (f"({ids.line_key(edge)} IN (SELECT key FROM lines_{edge.name}) "
            f"OR {ids.pair_key()} IN (SELECT key FROM pairs_{edge.name}))")


def contradictions(edge: Edge) -> str:
    """Stated facts of one line, day, source and sheet that give another value than the first of them: a query.

    Columns: material, row, first (the cell it contradicts), and what is shown of it.
    """
    day = f"CASE WHEN {ids.is_event(edge)} THEN DATE '0001-01-01' ELSE valid_from END"
    if edge.value:
        names = [n for n in (edge.value, "state", "since", "yield_rate") if any(p.name == n for p in edge.properties)]
        differ = " OR ".join(f"(nullif({quoted(n)}::VARCHAR, '') <> nullif({_first(n)}::VARCHAR, ''))" for n in names)
        shown = quoted(edge.value)
    else:
        names = ["start", "end", *(p.name for p in edge.properties)]
        differ = " OR ".join(f"{quoted(n)} IS DISTINCT FROM {_first(n)}" for n in names)
        shown = quoted("day" if any(p.name == "day" for p in edge.properties) else "end")
    return (f"SELECT material, row, first, shown FROM (SELECT material, row, {_first('cell')} AS first, {shown}::VARCHAR AS shown, "
            f"({differ}) AS differ FROM hot_{edge.name} "
            f"WINDOW w AS (PARTITION BY material, line, {day}, source, sheet ORDER BY row)) WHERE differ")


def _first(name: str) -> str:
    return f"first_value({quoted(name)}) OVER w"


def correct(engine: Engine, edge: Edge, older: Sequence[int], newer: Sequence[int]) -> None:
    """Of two versions of one day the newer corrects the older line by line: hot facts of the older parts leave, where the
    newer ones give the same line, day and source another value and not the old one too."""
    old, new = (f"material IN ({', '.join(map(str, numbers))})" for numbers in (older, newer))
    engine.run(f"""DELETE FROM hot_{edge.name} AS h WHERE h.{old} AND h.id NOT IN (SELECT id FROM hot_{edge.name} WHERE {new})
        AND EXISTS (SELECT 1 FROM hot_{edge.name} n WHERE n.{new} AND n.line = h.line AND n.valid_from = h.valid_from AND n.source = h.source)""")


def merge(engine: Engine, edge: Edge) -> None:
    """Make ``merged_EDGE`` of the hot facts: one fact an id, held back where it is ten times its siblings, and ``sole``.

    Of facts with one id the widest audience counts, then the earliest; its ``valid_from`` is the earliest of these.
    """
    first = "row_number() OVER (PARTITION BY id ORDER BY known_from, valid_from, authority DESC, source, cell) AS nth"
    engine.run(f"""CREATE OR REPLACE TABLE merged_{edge.name} AS SELECT * EXCLUDE (nth, widest) FROM (
        SELECT * REPLACE (min(valid_from) OVER (PARTITION BY id) AS valid_from), {first} FROM (
            SELECT *, min({rank()}) OVER (PARTITION BY id) AS widest FROM hot_{edge.name}) WHERE {rank()} = widest) WHERE nth = 1""")
    if edge.name in ("MAKES", "REPORTS", "ADDS"):
        engine.run(f"UPDATE merged_{edge.name} SET authority = 0 WHERE id IN ({_tenfold(edge)})")


def _tenfold(edge: Edge) -> str:
    """Ids of figures ten times their siblings'. A fact that came with its id was judged when it was first loaded."""
    value = quoted(edge.value)
    return f"""SELECT f.id FROM merged_{edge.name} f JOIN merged_{edge.name} s ON f.line = s.line AND f.id <> s.id
        WHERE f.given IS DISTINCT FROM f.id AND s.known_from <= f.known_from AND s.authority >= 1 AND {rank('s.audience')} <= {rank('f.audience')}
        AND abs(s.valid_from - f.valid_from) <= {YEAR} AND s.unit IS NOT DISTINCT FROM f.unit AND s.{value} > 0
        GROUP BY f.id, f.{value} HAVING f.{value} >= {TENFOLD} * max(s.{value})"""


def write(engine: Engine, edge: Edge, parts: Sequence[Part]) -> Iterator[Prepared]:
    """Write the facts as the store wants them, a file for each pair of ends that has any."""
    names = [quoted(p.name) for p in edge_properties(edge) if p.name not in ("precedence", "sole")]
    alone = [f"SELECT start_label, \"start\", end_label, \"end\", {_cold(edge, one)}, true AS sole FROM {one.relation} "
             f"WHERE NOT {_met(edge)}" for one in parts]
    sole = 'count(*) OVER (PARTITION BY start_label, "start", end_label, "end") = 1'
    met = (f"SELECT start_label, \"start\", end_label, \"end\", {', '.join(names)}, {sole} AS sole FROM merged_{edge.name}")
    shown = ", ".join(f"{ids.precedence(edge)} AS precedence" if p.name == "precedence" else quoted(p.name)
                      for p in edge_properties(edge))
    every = " UNION ALL ".join([*alone, met])
    for ends in edge.ends:
        file = engine.folder / f"{edge.name}-{ends[0]}-{ends[1]}.parquet"
        chosen = "" if len(edge.ends) == 1 else f" WHERE start_label = '{ends[0]}' AND end_label = '{ends[1]}'"
        rows = _written(engine, f'SELECT "start", "end", {shown} FROM ({every}){chosen}', file)
        if rows:
            yield Prepared(edge.name, ends, file, rows)


def _cold(edge: Edge, part: Part) -> str:
    made = {"id": part.id, "line": ids.line(edge)}
    return ", ".join(f"{made[p.name]} AS {p.name}" if p.name in made else quoted(p.name)
                     for p in edge_properties(edge) if p.name not in ("precedence", "sole"))


def write_nodes(engine: Engine, label: Label, relation: str) -> Iterator[Prepared]:
    """Write the nodes of a relation that has the label's columns."""
    file = engine.folder / f"{label.name}.parquet"
    rows = _written(engine, f"SELECT {', '.join(quoted(p.name) for p in node_properties(label))} FROM {relation}", file)
    if rows:
        yield Prepared(label.name, None, file, rows)


def _written(engine: Engine, query: str, file: Path) -> int:
    """COPY a query to a file; how many rows it has."""
    path = ids.literal(file.as_posix())
    return int(engine.value(f"COPY ({query}) TO {path} (FORMAT parquet, COMPRESSION snappy)"))


def labels(edges: Iterable[str]) -> set[str]:
    """The labels that facts of these types may join."""
    return {label for name in edges for ends in EDGE[name].ends for label in ends} & LABEL.keys()
