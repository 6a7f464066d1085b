"""Starting: a new workspace with chain skeletons, and the rows of a workspace written back."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from graph.errors import LiantuError, QuestionError
from graph.model import AUDIENCES
from graph.workspace import Workspace, create
from loaders import material, template
from loaders.load import Options, Report, load
from loaders.naming import Read
from loaders.rows import Row
from loaders.sheets import SHEETS, Sheet


def chains(data: Path) -> list[str]:
    """Names of the chain skeletons that come with liantu."""
    return sorted(p.name for p in (data / "chains").iterdir() if p.is_dir())


def skeletons(data: Path, names: Sequence[str]) -> list[Path]:
    known = chains(data)
    for name in names:
        if name not in known:
            near = "、".join(difflib.get_close_matches(name, known, cutoff=0.3) or known)
            raise QuestionError(f"没有产业链骨架 “{name}” / no such chain skeleton", f"你是否想用: {near} / did you mean: {near}")
    return [data / "chains" / name for name in names]


def start(folder: Path, region: str, data: Path, names: Sequence[str], language: str = "zh") -> Workspace:
    """A new workspace with the skeletons of these chains; LiantuError where the folder is taken."""
    wanted = skeletons(data, names)
    workspace = create(folder, region, language)
    if wanted:
        load(workspace, wanted, Options())
    return workspace


def demo(folder: Path, data: Path) -> tuple[Workspace, Report]:
    """The Baotou workspace: all skeletons and the sample, loaded in one go."""
    workspace = create(folder, "包头市")
    return workspace, load(workspace, [*skeletons(data, chains(data)), data / "baotou"], Options())


def rows(workspace: Workspace, key: str = "") -> list[Row]:
    """Every good row of the kept material, of one sheet where ``key`` names it."""
    return [row for read in _reads(workspace) for row in read.rows if key in ("", row.sheet.key)]


def _reads(workspace: Workspace) -> list[Read]:
    return [material.read_one(workspace, e, workspace.material / e.kept)
            for e in workspace.manifest() if e.kind == "sheets"]


def export(workspace: Workspace, path: Path, audience: str) -> int:
    """Write the material's rows back as a workbook or a folder of CSV; the number of rows.

    Rows that a stricter audience may see are left out: by their sheet, file or source, and by column.
    """
    if path.suffix not in ("", ".xlsx"):
        raise LiantuError(f"不能导出为 {path.suffix} / cannot export that", "文件名用 .xlsx, 或写文件夹名 / name a .xlsx file or a folder")
    allowed = AUDIENCES[: AUDIENCES.index(audience) + 1]
    out: dict[Sheet, dict[tuple[tuple[str, str], ...], dict[str, str]]] = {s: {} for s in SHEETS}
    reads = _reads(workspace)
    hidden = {row.values["source"] for read in reads for row in read.rows
              if row.sheet.key == "sources" and row.values.get("audience", AUDIENCES[0]) not in allowed}
    for read in reads:
        for row in read.rows:
            strict = row.sheet.audience not in allowed or (read.entry.audience or AUDIENCES[0]) not in allowed
            if not strict and row.values.get("source") not in hidden:
                cells = _cells(row, allowed)
                out[row.sheet].setdefault(tuple(sorted(cells.items())), cells)
    template.write_sheets(path, {sheet: list(found.values()) for sheet, found in out.items() if found})
    return sum(map(len, out.values()))


def _cells(row: Row, allowed: Sequence[str]) -> dict[str, str]:
    shown = {c.zh for c in row.sheet.columns if c.audience in allowed}
    return {k: v for k, v in template.written(row).items() if k in shown}
