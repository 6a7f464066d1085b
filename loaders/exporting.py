"""The rows of a workspace written back as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.errors import LiantuError
from graph.model import AUDIENCES, audiences, stricter
from graph.workspace import Workspace
from loaders import material, template
from loaders.rows import Row
from loaders.sheets import SHEETS, Sheet


def rows(workspace: Workspace, audience: str, key: str = "") -> list[Row]:
    """Every good row of the kept material that ``audience`` may see, of one sheet where ``key`` names it.

    Rows that a stricter audience may see are left out: by their sheet, their file or their source.
    """
    reads = [material.read_one(workspace, e, workspace.material / e.kept)
             for e in workspace.manifest() if e.kind == "sheets"]
    may = audiences(audience)
    hidden = {row.values["source"] for read in reads for row in read.rows
              if row.sheet.key == "sources" and row.values.get("audience", AUDIENCES[0]) not in may}
    return [row for read in reads for row in read.rows
            if key in ("", row.sheet.key) and stricter(row.sheet.audience, read.entry.audience or AUDIENCES[0]) in may
            and row.values.get("source") not in hidden]


def export(workspace: Workspace, path: Path, audience: str) -> int:
    """Write the material's rows back as a workbook or a folder of CSV; the number of rows.

    Columns that a stricter audience may see are left out too.
    """
    if path.suffix not in ("", ".xlsx"):
        raise LiantuError(f"不能导出为 {path.suffix} / cannot export that", "文件名用 .xlsx, 或写文件夹名 / name a .xlsx file or a folder")
    if path.is_dir() and any(path.iterdir()):
        raise LiantuError(f"{path} 已存在且不为空 / exists and is not empty", "换一个名字 / choose another name")
    out: dict[Sheet, dict[tuple[tuple[str, str], ...], dict[str, str]]] = {s: {} for s in SHEETS}
    for row in rows(workspace, audience):
        cells = _cells(row, audiences(audience))
        out[row.sheet].setdefault(tuple(sorted(cells.items())), cells)
    template.write_sheets(path, {sheet: list(found.values()) for sheet, found in out.items() if found})
    return sum(map(len, out.values()))


def _cells(row: Row, allowed: Sequence[str]) -> dict[str, str]:
    shown = {c.zh for c in row.sheet.columns if c.audience in allowed}
    return {k: v for k, v in template.written(row).items() if k in shown}
