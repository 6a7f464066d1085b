"""All material of a workspace that has tables → one graph: what Python derived of the sheets joins the tables in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph import bulk
from graph.bulk import STATED, Part
from graph.bulk_engine import Engine
from graph.bulk_ids import literal
from graph.ddl import csv_line
from graph.declare import Edge
from graph.facts import Fact, Value
from graph.model import EDGE, EDGES
from graph.workspace import Material
from loaders import tables_check as checking
from loaders import tables_names as naming
from loaders.derive import Derived
from loaders.settling import version
from loaders.tables_cells import TYPES
from loaders.tables_layout import layout
from loaders.tables_rows import Table, open_table, state

Tell = Callable[[str, int, int], None]
"""What is being done, how far, of how many."""


def silent(what: str, done: int, of: int) -> None:
    """Nobody looks."""


@dataclass
class Tables:
    """The tables of a workspace, opened and checked: ``parts`` are the facts by edge type."""

    engine: Engine
    derived: Derived
    tables: list[Table]
    parts: dict[str, list[Part]] = field(default_factory=dict)
    entries: dict[int, Material] = field(default_factory=dict)
    """Part number → its material."""

    @property
    def edges(self) -> list[str]:
        return [edge.name for edge in EDGES if self.parts.get(edge.name)]


def opened(engine: Engine, derived: Derived, material: Sequence[tuple[Material, Path]], region: str, tell: Tell = silent) -> Tables:
    """Read, check and compare everything; what is wrong is in ``problems`` of the engine and out of the relations."""
    checking.prepare(engine)
    tables = list(_tables(engine, material, tell))
    for at, table in enumerate(tables):
        tell(f"检查 / checking {table.file.path.name}", at, len(tables))
        checking.cells(engine, table)
    nodes = [table for table in tables if not table.file.is_facts]
    facts = [table for table in tables if table.file.is_facts]
    for _ in range(2):  # once more without what occurs twice
        for table in nodes:
            state(engine, table, region)
        checking.twice(engine, nodes)
    naming.sources(engine, nodes, derived)
    naming.periods(engine, facts)
    naming.known(engine, nodes, derived)
    for table in facts:
        state(engine, table, region)
    naming.new_nodes(engine, facts)
    checking.ends(engine, facts)
    out = Tables(engine, derived, tables, entries={table.number: table.entry for table in tables})
    for table in facts:
        if part := state(engine, table, region):
            out.parts.setdefault(part.edge, []).append(part)
    _of_python(out, len(tables))
    for at, name in enumerate(out.edges):
        tell(f"比较 / comparing {name}", at, len(out.edges))
        bulk.compare(engine, EDGE[name], out.parts[name])
    checking.same_line(engine, facts, out.edges)
    _correct(out)
    return out


def _correct(out: Tables) -> None:
    """A newer version of tables loaded on the very day of the older one corrects it."""
    numbers: dict[str, list[int]] = {}
    for table in out.tables:
        numbers.setdefault(table.entry.kept, []).append(table.number)
    entries = list({table.entry.kept: table.entry for table in out.tables}.values())
    for at, old in enumerate(entries):
        for new in entries[at + 1:]:
            if version(old) == version(new):
                for name in out.edges:
                    bulk.correct(out.engine, EDGE[name], numbers[old.kept], numbers[new.kept])


def _tables(engine: Engine, material: Sequence[tuple[Material, Path]], tell: Tell) -> Iterator[Table]:
    number = 0
    for entry, path in material:
        files, problems = layout(engine, path)
        checking.wrong(engine, entry, problems)
        bad = {problem.file for problem in problems}
        for at, file in enumerate(files):
            tell(f"读取 / reading {file.path.name}", at, len(files))
            if file.path.name not in bad:
                yield open_table(engine, file, entry, number, 0)
                number += 1


def _of_python(out: Tables, number: int) -> None:
    """The facts that the sheets state, each material's by itself, as parts with ids of their own."""
    alive = {fact.id for fact in out.derived.graph.facts}
    for at, stated in enumerate(out.derived.stated, start=number):
        by_edge: dict[str, list[Fact]] = {}
        for id, fact in stated.facts.items():
            if id not in alive:  # a newer version of the same day has corrected it
                continue
            by_edge.setdefault(fact.edge, []).append(fact)
        out.entries[at] = stated.entry
        for name, facts in by_edge.items():
            out.parts.setdefault(name, []).append(_part(out.engine, EDGE[name], facts, at))


def _part(engine: Engine, edge: Edge, facts: list[Fact], number: int) -> Part:
    types = {name: "VARCHAR" for name in STATED} | {
        "material": "INTEGER", "row": "BIGINT", "own_source": "BOOLEAN", "own_day": "BOOLEAN", "valid_from": "DATE",
        "known_from": "DATE", "authority": "INTEGER", "holds": "BOOLEAN"}
    types |= {p.name: TYPES[p.type] for p in edge.properties if p.name not in types} | {"pid": "VARCHAR"}
    name = f"python_{number}_{edge.name}"
    put(engine, name, types, (_row(edge, fact, number, at) for at, fact in enumerate(facts)))
    return Part(edge.name, name, "pid")


def _row(edge: Edge, fact: Fact, number: int, at: int) -> list[Value]:
    own = [fact.properties.get(p.name) for p in edge.properties if p.name not in STATED]
    return [number, at, fact.start_label, fact.start, fact.end_label, fact.end, fact.source, fact.own_source, fact.own_day, None,
            fact.cell, "", fact.text, fact.valid_from, fact.known_from, fact.authority, fact.audience, fact.holds, *own, fact.id]


def put(engine: Engine, name: str, types: dict[str, str], rows: Iterable[Sequence[Value]]) -> None:
    """Make a table of rows of Python: through a file, for a row by itself takes the engine a millisecond."""
    file = engine.folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines(csv_line(row) for row in rows)
    columns = ", ".join(f"{literal(column)}: {literal(type)}" for column, type in types.items())
    engine.run(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM read_csv({literal(file.as_posix())}, columns = {{{columns}}}, "
               "header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false)")
    file.unlink()
