"""Kinds of material: which files of a path belong to one, and how they become rows.

A kind of material is added here and nowhere else: loading, keeping, withdrawing and rebuilding are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.workspace import Material, Workspace
from loaders import dated, decisions, mapping, rows, tables_layout
from loaders.chainkg import lines, reading
from loaders.flags import flags
from loaders.naming import Read
from loaders.readers import SUFFIXES, read
from loaders.tables import Table


@dataclass(frozen=True, slots=True)
class Kind:
    """How a material of one kind is found and read.

    ``files`` are those of a file or folder that are kept and hashed, ``read`` makes rows of them; with ``keep_good`` the
    rows that cannot be read never stop a load.
    """

    files: Callable[[Path], list[Path]]
    read: Callable[[Workspace, Material, Path], Read]
    keep_good: bool = False
    bulk: bool = False
    """Its rows never become Python's: ``loaders/tables_load.py`` hands the files to a table engine."""


def _sheet_files(path: Path) -> list[Path]:
    """Files of a folder that are sheets."""
    return tables_layout.files(path, SUFFIXES)


def _sheets(workspace: Workspace, entry: Material, path: Path) -> Read:
    own = mapping.own(workspace.settings)
    tables = read(path, own)
    decided = [decisions.of_list(table) for table in tables if decisions.is_list(table)]
    found = [rows.reading(table, own) for table in tables if not decisions.is_list(table)]
    problems = [problem for _, wrong in decided for problem in wrong] + [problem for one in found for problem in one.problems]
    return Read(entry, tuple(row for one in found for row in one.rows), tuple(problems), sum(one.unanswered for one in found),
                tuple(f"{one.table.file}/{one.table.sheet}" for one in found if rows.for_people(one.table)),
                tuple(one for said, _ in decided for one in said), flags=(*(flag for one in found for flag in flags(one)), *_dated(entry, tables)),
                unreviewed=sum(one.count("unreviewed") for one in found), declined=sum(one.count("declined") for one in found))


def _dated(entry: Material, tables: Iterable[Table]) -> Iterable[str]:
    """Where nobody gave the file a day, what it says itself."""
    return dated.flags(tables, entry.data_date) if entry.data_date == entry.loaded else ()


def _tables(workspace: Workspace, entry: Material, path: Path) -> Read:
    return Read(entry, ())


def _decided(workspace: Workspace, entry: Material, path: Path) -> Read:
    return Read(entry, (), decided=decisions.read(path))


KINDS: dict[str, Kind] = {"sheets": Kind(_sheet_files, _sheets), "chainkg": Kind(lines.files, reading.read, keep_good=True),
                          decisions.KIND: Kind(lambda path: [path], _decided),
                          "tables": Kind(tables_layout.files, _tables, bulk=True)}
"""By the name that ``liantu load --from`` takes and the manifest keeps."""


def bulk(entries: Iterable[Material]) -> bool:
    """Whether any material is for the table engine: then the whole graph is made there."""
    return any(entry.kind in KINDS and KINDS[entry.kind].bulk for entry in entries)
