"""Kinds of material: which files of a path belong to one, and how they become rows.

A kind of material is added here and nowhere else: loading, keeping, withdrawing and rebuilding are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.workspace import Material, Workspace
from loaders import decisions, tables_layout
from loaders.chainkg import lines, reading
from loaders.naming import Read
from loaders.readers import SUFFIXES, read
from loaders.rows import for_people, unanswered, validate


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
    """Files of a folder that are sheets: no hidden or lock files."""
    if path.is_file():
        return [path]
    return sorted(p for p in path.iterdir()
                  if p.is_file() and not p.name.startswith((".", "~$")) and p.suffix.lower() in SUFFIXES)


def _sheets(workspace: Workspace, entry: Material, path: Path) -> Read:
    rows, problems, blank = [], [], 0
    tables = read(path)
    lists, tables = [t for t in tables if decisions.is_list(t)], [t for t in tables if not decisions.is_list(t)]
    decided = [decisions.of_list(table) for table in lists]
    problems += [problem for _, found in decided for problem in found]
    for table in tables:
        good, bad = validate(table, workspace.settings.headers)
        rows += good
        problems += bad
        blank += unanswered(table, workspace.settings.headers)
    return Read(entry, tuple(rows), tuple(problems), blank, tuple(f"{t.file}/{t.sheet}" for t in tables if for_people(t)),
                tuple(one for found, _ in decided for one in found))


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
