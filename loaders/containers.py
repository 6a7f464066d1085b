"""What a file really is, by its first bytes, and whether it can be opened in bounded memory.

A workbook of 5 kB can claim a cell in the last row and the last column; a reader that makes room for
all between them takes 500 GB and ends the whole process. So every part is looked through first.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from graph.errors import LiantuError
from loaders import bounds

_MOST_BYTES = 10**9
_MOST_CELLS = 30 * 10**6  # about 1 GB while the sheet is open
_CHUNK = 1 << 20
_TAG = 1 << 12  # a tag that is cut by the end of a chunk is shorter than this

_MAGIC = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "PDF"), (b"{\\rtf", "RTF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"\x09\x00\x04\x00", "Excel 2"), (b"\x09\x02\x06\x00", "Excel 3"), (b"\x09\x04\x06\x00", "Excel 4"),
)
_MARKUP = ((b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<table", "HTML"), (b"<?xml", "XML"),
           (b"mime-version", "HTML"))
_INSIDE = (("xl/workbook.xml", ""), ("content.xml", ""), ("xl/workbook.bin", "xlsb"), ("word/document.xml", "Word"),
           ("ppt/presentation.xml", "PowerPoint"), ("Index/Document.iwa", "Apple Numbers"))

_SAVE = "在 Excel 或 WPS 里另存为 .xlsx / save it as .xlsx in Excel or WPS"
_AGAIN = "重新下载, 或在 Excel 里打开并另存为 .xlsx / fetch it again, or open it in Excel and save it as .xlsx"


def kind(path: Path) -> str:
    """"zip" or "ole" for what may be a workbook, the name of any other known content, "" for text or unknown."""
    with path.open("rb") as file:
        head = file.read(512)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((name for magic, name in _MAGIC if head.startswith(magic)),
                next((name for mark, name in _MARKUP if start.startswith(mark)), ""))


def check(path: Path, kind: str) -> None:
    """Raise LiantuError for a workbook that is encrypted, damaged, no workbook, or too large to open."""
    if kind == "ole":
        return _check_ole(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_zip(archive, path.name)
    except (LiantuError, OSError):
        raise
    except Exception as error:  # zipfile meets damage with a dozen kinds of error
        raise damaged(path.name) from error


def damaged(name: str) -> LiantuError:
    return LiantuError(f"{name} 已损坏或不完整 / is damaged or cut off", _AGAIN)


def locked(name: str) -> LiantuError:
    return LiantuError(f"{name} 有密码 / is encrypted",
                      "在 Excel 里去掉密码再保存 / open it in Excel and save it without the password")


def not_a_workbook(name: str, really: str) -> LiantuError:
    return LiantuError(f"{name} 不是工作簿, 而是 {really} / is no workbook but {really}", _SAVE)


def _check_ole(path: Path) -> None:
    """Streams are named in UTF-16 in the directory, which may stand anywhere in the file."""
    names = {word: word.encode("utf-16-le") for word in ("EncryptedPackage", "WordDocument", "Workbook", "Book")}
    with path.open("rb") as file:
        found = {word for chunk in _chunks(file) for word, name in names.items() if name in chunk}
    if "EncryptedPackage" in found:
        raise locked(path.name)
    if not found & {"Workbook", "Book"}:
        raise not_a_workbook(path.name, "Word") if "WordDocument" in found else damaged(path.name)


def _check_zip(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > _MOST_BYTES:
        raise LiantuError(f"{name} 解压后有 {size / 1e6:,.0f} MB, 上限 {_MOST_BYTES / 1e6:,.0f} MB / "
                          "would unpack beyond the limit",
                          "只保留需要的表, 另存一份 / keep the sheets that are needed and save a copy")
    names = {part.filename for part in parts}
    really = next((really for member, really in _INSIDE if member in names), "zip")
    if really:
        raise not_a_workbook(name, really)
    if any(part.flag_bits & 1 for part in parts) or _manifest_encrypted(archive, names):
        raise locked(name)
    for part in parts:
        with archive.open(part) as file:
            if part.filename != "content.xml" and bounds.within(file, _MOST_CELLS):
                continue
        areas = _ods_areas if part.filename == "content.xml" else _xlsx_areas
        with archive.open(part) as file:  # reading to the end tests the checksum: a lie about the size fails here
            _check_area(areas(file), name)


def _manifest_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.read(manifest)


def _check_area(areas: Iterator[tuple[int, int]], name: str) -> None:
    for rows, columns in areas:
        if rows * columns > _MOST_CELLS:
            raise LiantuError(f"{name} 有一张表用到第 {rows} 行、第 {columns} 列 / a sheet reaches that row and column",
                              "删去表外的多余单元格, 或改用 CSV / delete the stray cells beyond the table, or use CSV")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece, each beginning with the end of the one before."""
    tail = b""
    while chunk := file.read(_CHUNK):
        yield tail + chunk
        tail = (tail + chunk)[-_TAG:]


_CELL = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*[^/<>]>')


def _xlsx_areas(file: IO[bytes]) -> Iterator[tuple[int, int]]:
    """(last row, last column) of the cells so far that are not blank."""
    last_row = last_column = 0
    for chunk in _chunks(file):
        if cells := _CELL.findall(chunk):
            last_row = max(last_row, max(int(row) for _, row in cells))
            last_column = max(last_column, max(bounds.column_number(letters) for letters in {letters for letters, _ in cells}))
            yield last_row, last_column


_ODS = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_ROWS = re.compile(rb'number-rows-repeated="(\d{1,9})')
_COLUMNS = re.compile(rb'number-columns-repeated="(\d{1,9})')


def _ods_areas(file: IO[bytes]) -> Iterator[tuple[int, int]]:
    """The same of an OpenDocument sheet, where a tag may stand for a million equal rows or cells."""
    row = repeat = column = widest = last = 0
    for tag, attributes in _tags(file):
        if tag == b"table":
            row = repeat = column = widest = last = 0
        elif tag == b"table-row":
            row, repeat, column = row + repeat, _repeat(_ROWS, attributes), 0
        else:
            column += _repeat(_COLUMNS, attributes)
            if not attributes.endswith(b"/") or b"value" in attributes:
                last, widest = row + repeat, max(widest, column)
        yield last, widest


def _tags(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Every tag once, though it stand across two chunks."""
    rest = b""
    while chunk := file.read(_CHUNK):
        rest += chunk
        end = 0
        for match in _ODS.finditer(rest):
            end = match.end()
            yield match[1], match[2]
        rest = rest[max(end, len(rest) - _TAG):]


def _repeat(form: re.Pattern[bytes], attributes: bytes) -> int:
    match = form.search(attributes)
    return int(match[1]) if match else 1
