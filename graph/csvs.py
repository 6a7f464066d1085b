"""A graph as CSV for Excel and pandas: a file for each label and each edge type.

Every file is written, also where it has no rows, so that none of an earlier graph stays behind in the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.ddl import csv_line
from graph.declare import Property
from graph.facts import Graph, Value
from graph.files import write_bytes
from graph.inert import inert
from graph.model import EDGES, LABELS
from graph.tables import Table, edge_properties, node_properties, tables

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""
ENDS = ("start_label", "start", "end_label", "end")
"""The first columns of a file of facts: an id alone is unique only within its label."""


def write_csvs(graph: Graph, folder: Path) -> list[Path]:
    """Write ``nodes-Firm.csv``, ``facts-MAKES.csv`` …; returns their paths, nodes first.

    UTF-8 with BOM, a header of the model's own names, days as 2024-01-31, flags as true and false. Nothing at all
    is null, ``""`` the empty text. A text that begins like a formula has an apostrophe before it, in ids too.
    Raises ModelError as ``tables`` does, LiantuError where a file cannot be written.
    """
    found: dict[str, list[Table]] = {}
    for table in tables(graph):
        found.setdefault(table.name, []).append(table)
    files = {f"nodes-{label.name}.csv": _content((), node_properties(label), found.get(label.name, [])) for label in LABELS}
    files |= {f"facts-{edge.name}.csv": _content(ENDS, edge_properties(edge), found.get(edge.name, [])) for edge in EDGES}
    for name, content in files.items():  # all of them made before the first is written: a refused graph changes none
        write_bytes(folder / name, content)
    return [folder / name for name in files]


def _content(first: tuple[str, ...], columns: tuple[Property, ...], found: list[Table]) -> bytes:
    lines = [csv_line([*first, *(one.name for one in columns)])]
    lines += [csv_line(map(inert, row)) for table in found for row in _rows(table)]
    return (BOM + "".join(lines)).encode("utf-8", "replace")  # half a surrogate pair is no character


def _rows(table: Table) -> Iterator[list[Value]]:
    if table.ends is None:
        yield from table.rows
        return
    start_label, end_label = table.ends
    for start, end, *values in table.rows:
        yield [start_label, start, end_label, end, *values]
