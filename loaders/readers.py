"""Files into tables: xlsx, xlsm, xls, ods, csv, or a folder of them. Nothing is executed, memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.errors import LiantuError
from loaders import containers, garbage, lines
from loaders.aliases import normal
from loaders.counting import MOST_WORDS
from loaders.layout import PROSE, Sheetful, laid_out
from loaders.mapping import NONE, Own
from loaders.tables import Cell as Cell
from loaders.tables import Table as Table
from loaders.values import text

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
"""What of a folder is a sheet; its .txt are for people."""

WORDS = (".csv", ".tsv", ".txt")
"""Text: what Excel calls CSV, and "Unicode text"."""

_MOST_BYTES = 500 * 10**6


def read(path: Path, own: Own = NONE) -> list[Table]:
    """The tables of a workbook, a CSV file or a folder of both; LiantuError where one cannot be read.

    ``own`` is what a city calls its sheets and headers.
    """
    path = Path(path)
    try:
        with garbage.at_rest():
            return _folder(path, own) if path.is_dir() and path.suffix.lower() not in SUFFIXES else _file(path, own)
    except PermissionError as error:
        raise LiantuError(f"无权读取 {path} / no permission to read it",
                          "关闭占用它的程序, 检查权限 / close the program that holds it, check its rights") from error
    except OSError as error:
        raise LiantuError(f"无法读取 {path}: {error.strerror} / cannot be read",
                          "检查路径和磁盘, 复制到本机再试 / check the path and the disk, try a local copy") from error


def _folder(path: Path, own: Own) -> list[Table]:
    files = [child for child in sorted(path.iterdir(), key=lambda child: child.name)
             if child.suffix.lower() in SUFFIXES and not child.name.startswith((".", "~$"))
             and not child.name.lower().startswith("readme")]
    if not files:
        raise LiantuError(f"文件夹 {path} 里没有表格 / no sheets in this folder",
                          "放入 .xlsx 或 .csv (liantu template 给出空表) / put .xlsx or .csv files there")
    return [table for file in files for table in _file(file, own)]


def _file(path: Path, own: Own) -> list[Table]:
    _check_file(path)
    kind = containers.kind(path)
    if kind in ("zip", "ole"):
        return list(_workbook(path, kind, own))
    if kind:
        raise containers.not_a_workbook(path.name, kind)
    if path.suffix.lower() not in WORDS:
        raise LiantuError(f"{path.name} 不是工作簿, 而是文本, 或已损坏 / is no workbook but text, or damaged",
                          "是文本就改名为 .csv, 否则重新下载 / rename it to .csv if it is text, else fetch it again")
    table = laid_out(Sheetful(text(path.name), path.stem, text(path.stem), lines.rows(path)), own)
    return [table] if table else []


def _check_file(path: Path) -> None:
    if not path.exists():
        raise LiantuError(f"没有这个文件: {path} / no such file", "检查路径和文件名 / check the path and the name")
    if path.is_dir():
        raise LiantuError(f"{path} 是文件夹, 不是文件 / is a folder, not a file", 
                          "给文件夹改名, 去掉后缀 / rename it without the suffix")
    if not path.is_file():
        raise LiantuError(f"{path} 不是普通文件 / is not a regular file", "给出一个文件 / name a file")
    size = path.stat().st_size
    if size == 0:
        raise LiantuError(f"{path.name} 是空文件 (0 字节) / is empty (0 bytes)", 
                          "重新导出或下载 / export or download it again")
    most = MOST_WORDS if path.suffix.lower() in WORDS else _MOST_BYTES
    if size > most:
        raise LiantuError(f"{path.name} 有 {size / 1e6:,.0f} MB, 上限 {most / 1e6:,.0f} MB / is over the limit",
                          "删去图片, 拆成几个文件 / remove pictures, split it into several files")


def _workbook(path: Path, kind: str, own: Own) -> Iterator[Table]:
    import python_calamine as calamine

    containers.check(path, kind)
    try:
        with path.open("rb") as file, calamine.load_workbook(file) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
            shown = [s.name for s in sheets if s.visible == calamine.SheetVisibleEnum.Visible and normal(s.name) not in PROSE]
            for sheet in sheets:
                cells = book.get_sheet_by_name(sheet.name)
                left = cells.start[1] if cells.start else 0
                hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                given = Sheetful(text(path.name), path.stem, text(sheet.name), cells.iter_rows(), left, cells.merged_cell_ranges or (),
                                 hidden, shown == [sheet.name])
                if table := laid_out(given, own):
                    yield table
    except (LiantuError, OSError, KeyboardInterrupt, GeneratorExit):
        raise
    except calamine.PasswordError as error:
        raise containers.locked(path.name) from error
    except BaseException as error:  # a panic in the reader's Rust is no Exception
        raise containers.damaged(path.name) from error
