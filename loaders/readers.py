"""Files into tables: xlsx, xlsm, xls, ods, csv, or a folder of them. Nothing is executed, memory is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from graph.errors import LiantuError
from loaders import containers, lines
from loaders.extents import MOST_FILLED, MOST_WORDS
from loaders.values import text

Cell = str | float | int | bool | date | datetime | None

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_NOTES = {"说明", "填表说明", "填报说明", "notes", "readme"}
"""Sheets of prose: they have no header and are no material."""

_MOST_BYTES = 500 * 10**6
_MOST_ROWS = 300_000
_MOST_COLUMNS = 1_000


@dataclass(frozen=True)
class Table:
    """One sheet: its header, and the rows under it that are not blank.

    ``header_row`` and the number of each row count from 1 as the sheet shows them; every row is as
    long as the header. ``hidden`` sheets are often lists for drop-downs.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    hidden: bool = False


class NoTable(LiantuError):
    """The rows of a sheet do not fit under its header."""


def read(path: Path) -> list[Table]:
    """The tables of a workbook, a CSV file or a folder of both; LiantuError where one cannot be read."""
    path = Path(path)
    try:
        return _folder(path) if path.is_dir() and path.suffix.lower() not in SUFFIXES else _file(path)
    except PermissionError as error:
        raise LiantuError(f"无权读取 {path} / no permission to read it",
                          "关闭占用它的程序, 检查权限 / close the program that holds it, check its rights") from error
    except OSError as error:
        raise LiantuError(f"无法读取 {path}: {error.strerror} / cannot be read",
                          "检查路径和磁盘, 复制到本机再试 / check the path and the disk, try a local copy") from error


def _folder(path: Path) -> list[Table]:
    files = [child for child in sorted(path.iterdir(), key=lambda child: child.name)
             if child.suffix.lower() in SUFFIXES and not child.name.startswith((".", "~$"))
             and not child.name.lower().startswith("readme")]
    if not files:
        raise LiantuError(f"文件夹 {path} 里没有表格 / no sheets in this folder",
                          "放入 .xlsx 或 .csv (liantu template 给出空表) / put .xlsx or .csv files there")
    return [table for file in files for table in _file(file)]


def _file(path: Path) -> list[Table]:
    _check_file(path)
    kind = containers.kind(path)
    if kind in ("zip", "ole"):
        return list(_workbook(path, kind))
    if kind:
        raise containers.not_a_workbook(path.name, kind)
    if path.suffix.lower() != ".csv":
        raise LiantuError(f"{path.name} 不是工作簿, 而是文本, 或已损坏 / is no workbook but text, or damaged",
                          "是文本就改名为 .csv, 否则重新下载 / rename it to .csv if it is text, else fetch it again")
    return _table(path.name, path.stem, lines.rows(path))


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
    most = MOST_WORDS if path.suffix.lower() == ".csv" else _MOST_BYTES
    if size > most:
        raise LiantuError(f"{path.name} 有 {size / 1e6:,.0f} MB, 上限 {most / 1e6:,.0f} MB / is over the limit",
                          "删去图片, 拆成几个文件 / remove pictures, split it into several files")


def _workbook(path: Path, kind: str) -> Iterator[Table]:
    import python_calamine as calamine

    containers.check(path, kind)
    try:
        with path.open("rb") as file, calamine.load_workbook(file) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                    cells = book.get_sheet_by_name(sheet.name)
                    left = cells.start[1] if cells.start else 0
                    hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
                    yield from _table(path.name, sheet.name, cells.iter_rows(), left, hidden)
    except (LiantuError, OSError, KeyboardInterrupt, GeneratorExit):
        raise
    except calamine.PasswordError as error:
        raise containers.locked(path.name) from error
    except BaseException as error:  # a panic in the reader's Rust is no Exception
        raise containers.damaged(path.name) from error


def _table(file: str, sheet: str, rows: Iterable[Sequence[object]], left: int = 0, hidden: bool = False) -> list[Table]:
    """The sheet as a table, none where it is blank or prose. ``left``: columns that ``rows`` leaves out."""
    if text(sheet).casefold() in _NOTES:
        return []
    file, sheet = text(file), text(sheet)  # they are shown, and kept beside every fact
    where = f"{file} / {sheet}"
    filled = _filled(rows, where)
    header_row, names = next(filled, (0, ()))
    if not header_row:
        return []
    header = {column: name for column, cell in enumerate(names) if (name := text(cell))}
    _check_header(header, left, where)
    body = tuple((number, _row(header, cells, left, number, where)) for number, cells in filled)
    return [Table(file, sheet, tuple(header.values()), header_row, body, hidden)]


def _filled(rows: Iterable[Sequence[object]], where: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows that are not blank, by number; never more of them than can be held in memory."""
    count = filled = 0
    for number, row in enumerate(rows, 1):
        cells = tuple(map(_cell, row))
        if any(cell is not None for cell in cells):
            count, filled = count + 1, filled + len(cells) - cells.count(None)
            if count > _MOST_ROWS or filled > MOST_FILLED:
                raise NoTable(f"{where}: 非空行超过 {_MOST_ROWS:,}, 或非空单元格超过 {MOST_FILLED:,} / more filled rows, or cells, than that",
                              "拆成几个文件分别导入 / split it into several files and load each")
            yield number, cells


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value if value.strip() else None
    return value if isinstance(value, (bool, int, float, date)) else None if value is None else str(value)


def _check_header(header: dict[int, str], left: int, where: str) -> None:
    if len(header) > _MOST_COLUMNS:
        raise NoTable(f"{where}: 表头有 {len(header):,} 列, 上限 {_MOST_COLUMNS:,} / the header has more columns than any table",
                      "只保留需要的列 / keep the columns that are needed")
    first: dict[str, int] = {}
    for column, name in header.items():
        if (other := first.setdefault("".join(name.split()), column)) != column:
            raise NoTable(f"{where}: {_letters(other + left)} 列和 {_letters(column + left)} 列同名 {name!r} / "
                          "two columns of one name", "给其中一列改名或删去 / rename or delete one of them")


def _row(header: dict[int, str], cells: tuple[Cell, ...], left: int, number: int, where: str) -> tuple[Cell, ...]:
    for column, cell in enumerate(cells):
        if cell is not None and column not in header:
            place = f"{_letters(column + left)}{number}"
            raise NoTable(f"{where}: {place} 的 {str(cell)[:40]!r} 上面没有表头 / {place} has no header above it",
                          "补上表头或删去该格, 说明文字放进名为 说明 的表 / name the column or delete the cell; "
                          "notes go to a sheet named 说明")
    return tuple(cells[column] if column < len(cells) else None for column in header)


def _letters(column: int) -> str:
    """0 → A, 26 → AA, as the sheet shows it."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
