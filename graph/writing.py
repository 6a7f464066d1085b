"""A graph written to files for other programs."""

from __future__ import annotations

from pathlib import Path

from graph.errors import LiantuError
from graph.facts import Graph
from graph.store import Marker

FORMS = ("graphml", "csv", "neo4j")


def write(graph: Graph, path: Path, form: str, marker: Marker | None) -> list[Path]:
    """``graphml`` into a file, ``csv`` and ``neo4j`` (which wants the marker) into a folder; what was written.

    Raises LiantuError for an unknown form, and as the writers do.
    """
    if form == "graphml":
        from graph.graphml import write_graphml

        write_graphml(graph, path)
        return [path]
    if form == "csv":
        from graph.csvs import write_csvs

        return write_csvs(graph, path)
    if form == "neo4j" and marker is not None:
        from graph.imports import write_import

        return write_import(graph, marker, path)
    raise LiantuError(f"不能写成 {form} / cannot be written as {form}", " | ".join(FORMS))
