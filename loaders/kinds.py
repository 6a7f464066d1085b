"""Kinds of material: which files of a path belong to one, and how they become rows.

A kind of material is added here and nowhere else: loading, keeping, withdrawing and rebuilding are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.workspace import Material, Workspace
from loaders.naming import Read
from loaders.readers import SUFFIXES, read
from loaders.reviewed import counts
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


def _sheet_files(path: Path) -> list[Path]:
    """Files of a folder that are sheets: no hidden or lock files."""
    if path.is_file():
        return [path]
    return sorted(p for p in path.iterdir()
                  if p.is_file() and not p.name.startswith((".", "~$")) and p.suffix.lower() in SUFFIXES)


def _sheets(workspace: Workspace, entry: Material, path: Path) -> Read:
    rows, problems, blank, passed = [], [], 0, [(0, 0)]
    tables = read(path)
    for table in tables:
        good, bad = validate(table, workspace.settings.headers)
        rows += good
        problems += bad
        blank += unanswered(table, workspace.settings.headers)
        passed.append(counts(table))
    unreviewed, declined = map(sum, zip(*passed, strict=True))
    return Read(entry, tuple(rows), tuple(problems), blank, unreviewed, declined, tuple(f"{t.file}/{t.sheet}" for t in tables if for_people(t)))


KINDS: dict[str, Kind] = {"sheets": Kind(_sheet_files, _sheets)}
"""By the name that ``liantu load --from`` takes and the manifest keeps."""
