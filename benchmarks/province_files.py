"""The made-up province on disk: written once as CSV, then taken in by each side in its fastest way."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import ladybug

from benchmarks.gap_province import Province
from benchmarks.timing import Failed
from graph import store
from graph.ddl import COPY, csv_line, embedded_schema
from graph.facts import Graph, Value
from graph.imports import TYPES, write_import
from graph.model import EDGE, LABEL, VERSION
from graph.sharing import ENGINE
from graph.store import GRAPH_FILE, Marker
from graph.tables import INTEGERS, Table, edge_properties, node_properties
from scripts.neo4j_server import Server

MARKER = Marker("benchmark", VERSION, "made-up")


def write(shape: Province, folder: Path) -> None:
    for table in shape.tables():
        with (folder / _name(table)).open("w", encoding="utf-8") as out:
            out.writelines(csv_line(row) for row in table.rows)


def _name(table: Table) -> str:
    return ("-".join((table.name, *table.ends)) if table.ends else table.name) + ".csv"


def read(folder: Path, shape: Province) -> Iterator[Table]:
    """The tables again, their rows from the files: the shape only tells which there are."""
    for table in shape.tables():
        label_or_edge = edge_properties(EDGE[table.name]) if table.ends else node_properties(LABEL[table.name])
        types = [*(["text"] * (2 if table.ends else 0)), *(one.type for one in label_or_edge)]
        yield Table(table.name, table.ends, table.columns, _rows(folder / _name(table), types))


def _rows(file: Path, types: list[str]) -> Iterator[list[Value]]:
    forms = {"number": float, "flag": lambda text: text == "true", "day": date.fromisoformat}
    known = [(at, forms[type]) for at, type in enumerate(types) if type in forms]
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            values: list[Value] = list(row)
            for at, form in known:
                values[at] = form(row[at]) if row[at] else None
            yield values


def embedded(folder: Path, shape: Province) -> Path:
    """A graph file with its sidecar, as the store opens one."""
    path = folder / GRAPH_FILE
    with ladybug.Database(str(path)) as database, ladybug.Connection(database) as connection:
        for statement in embedded_schema():
            connection.execute(statement)
        for table in shape.tables():
            pair = f"from='{table.ends[0]}', to='{table.ends[1]}', " if table.ends else ""
            connection.execute(COPY.format(table=table.name, pair=pair).format(file=(folder / _name(table)).as_posix()))
    store.write_sidecar(store.sidecar(path), path, MARKER, ENGINE, path)
    return path


def sql(folder: Path, shape: Province) -> Path:
    path = folder / "province.duckdb"
    with duckdb.connect(str(path)) as database:
        for table in shape.tables():
            _take(database, table, folder / _name(table))
    return path


def _take(database: duckdb.DuckDBPyConnection, table: Table, file: Path) -> None:
    types = {"text": "VARCHAR", "number": "DOUBLE", "flag": "BOOLEAN", "day": "DATE"}
    columns = [(one.name, "BIGINT" if one.name in INTEGERS else types[one.type]) for one in table.columns]
    ends = [("start_id", "VARCHAR"), ("end_id", "VARCHAR")] if table.ends else []
    database.execute(f"CREATE TABLE {table.name} ({', '.join(f'{name} {type}' for name, type in [*ends, *columns])})")
    database.execute(f"COPY {table.name} FROM '{file}' (FORMAT csv, HEADER false, AUTO_DETECT false, NULLSTR '', "
                     "ALLOW_QUOTED_NULLS false, QUOTE '\"', ESCAPE '\"', DELIMITER ',')")


def neo4j(folder: Path, shape: Province, server: Server) -> None:
    """By ``neo4j-admin database import``, into the database of a server that is not running; then its schema."""
    made = folder / "import"
    write_import(Graph(), MARKER, made)  # the marker, without which a store reads nothing
    given = [one.replace("=./", f"={made}/").replace(",./", f",{made}/")
             for one in (made / "import.args").read_text(encoding="utf-8").split()]
    for table in shape.tables():
        header = made / f"{_name(table)}.header"
        header.write_text(",".join(_header(table)) + "\n", encoding="utf-8")
        kind = "nodes" if table.ends is None else "relationships"
        given.append(f"--{kind}={table.name}={header},{folder / _name(table)}")
    done = server.admin("database", "import", "full", "neo4j", *given)
    if done.returncode:
        raise Failed(f"neo4j-admin: {done.stdout}{done.stderr}")


def _header(table: Table) -> Iterator[str]:
    if table.ends is None:
        yield f"id:ID({table.name})"
    else:
        yield f":START_ID({table.ends[0]})"
        yield f":END_ID({table.ends[1]})"
    for one in table.columns[0 if table.ends else 1:]:
        yield f"{one.name}:{'long' if one.name in INTEGERS else TYPES[one.type]}"
