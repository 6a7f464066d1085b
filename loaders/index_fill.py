"""The index of a graph that was derived in full: made anew, with everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.workspace import Material, Workspace
from loaders import closures, index_firms
from loaders.derive import Derived, Stated
from loaders.index import Index
from loaders.index_file import INDEXES, made
from loaders.index_graph import put_graph
from loaders.keys import looked_up, pieces


def filled(workspace: Workspace, entries: Sequence[Material], derived: Derived, file: Path | None = None) -> Index:
    """The index of these entries, in the order of the manifest; in memory where no ``file`` is given. Raises sqlite3.Error."""
    index = made(file)
    stated = {one.entry.kept: one for one in derived.stated}
    for entry in entries:
        _put(index, workspace, entry, stated[entry.kept])
    put_graph(index, derived.graph, {id: line for one in derived.stated for id, line in one.lines.items()})
    index_firms.put(index, derived.names.firms)
    index.sql.execute("UPDATE about SET contradicted = ?", (int(derived.contradicted),))
    for one in INDEXES.split(";"):
        index.sql.execute(one)
    return index


def _put(index: Index, workspace: Workspace, entry: Material, stated: Stated) -> None:
    read = stated.read
    number = index.add_material(entry, len(read.rows) if read else 0)
    index.add_said(number, ((id, stated.lines[id], fact) for id, fact in stated.facts.items()))
    index.add_told(number, stated.nodes)
    if read is None:
        index.add_closing(number, closures.records(workspace, entry))
    else:
        home = workspace.settings.region
        index.add_names(number, pieces(read, home), looked_up(read, home))
        index.add_decided(number, read.decided)
