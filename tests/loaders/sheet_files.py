"""Files as people have them, good and bad, made for the tests of the readers."""

from __future__ import annotations

import os
import struct
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import xlsxwriter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = ["企业名称", "环节", "产能"]
ROWS = [["甲公司", "硅片", 46.0], ["乙公司", "电池", 8.0]]


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def put(path: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def archive(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def ods(path: Path, body: str) -> Path:
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    inner = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    entry = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", f"<office:document-content {spaces}>{inner}</office:document-content>")
        file.writestr("META-INF/manifest.xml", entry)
    return path


def nothing(path: Path) -> Path:
    return path / "没有.xlsx"


def empty_folder(path: Path) -> Path:
    (path / "图.png").touch()
    return path


def named_like_a_file(path: Path) -> Path:
    (path / "x.csv").mkdir()
    return path / "x.csv"


def in_a_folder(path: Path) -> Path:
    (path / "x.csv").mkdir()
    return path


def truncated(path: Path) -> Path:
    whole = book(path / "a.xlsx", 表=[HEADER, *ROWS]).read_bytes()
    return put(path / "b.xlsx", whole[: len(whole) // 2])


def flipped(path: Path) -> Path:
    whole = bytearray(book(path / "a.xlsx", 表=[HEADER, *ROWS]).read_bytes())
    at = whole.index(b"xl/worksheets/sheet1.xml") + 60
    whole[at:at + 20] = bytes(20)
    return put(path / "b.xlsx", bytes(whole))


def claims(size: int) -> Callable[[Path], Path]:
    """A workbook whose directory claims that one part unpacks to ``size`` bytes."""
    def make(path: Path) -> Path:
        whole = bytearray(book(path / "a.xlsx", 表=[HEADER, *ROWS]).read_bytes())
        at = whole.index(b"PK\x01\x02")
        whole[at + 24:at + 28] = struct.pack("<I", size)
        return put(path / "b.xlsx", bytes(whole))
    return make


def zip_locked(path: Path) -> Path:
    whole = bytearray(book(path / "a.xlsx", 表=[HEADER, *ROWS]).read_bytes())
    at = whole.index(b"PK\x01\x02")
    whole[at + 8] |= 1
    return put(path / "b.xlsx", bytes(whole))


def far_cell(path: Path) -> Path:
    with xlsxwriter.Workbook(path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1048575, 16383, "x")
    return path / "a.xlsx"


def far_ods(path: Path) -> Path:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    return ods(path / "a.ods", f'<table:table><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>')


def locked_ods(path: Path) -> Path:
    with zipfile.ZipFile(path / "a.ods", "w") as file:
        file.writestr("content.xml", b"\x00\x01")
        file.writestr("META-INF/manifest.xml", '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>')
    return path / "a.ods"


def sparse(path: Path) -> Path:
    with (path / "a.xlsx").open("wb") as file:
        file.truncate(500 * 10**6 + 1)
    return path / "a.xlsx"


def fifo(path: Path) -> Path:
    os.mkfifo(path / "a.csv")
    return path / "a.csv"


def named(name: str, content: bytes | str) -> Callable[[Path], Path]:
    return lambda path: put(path / name, content)


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no such file": (nothing, "no such file"),
    "folder without sheets": (empty_folder, "no sheets"),
    "folder named x.csv": (named_like_a_file, "is a folder"),
    "folder named x.csv in a folder": (in_a_folder, "is a folder"),
    "0 bytes": (named("a.xlsx", b""), "empty"),
    "0 bytes csv": (named("a.csv", b""), "empty"),
    "pdf": (named("a.xlsx", b"%PDF-1.7\n..."), "PDF"),
    "pdf as csv": (named("a.csv", b"%PDF-1.7\n..."), "PDF"),
    "html": (named("a.xls", "\ufeff\n<!DOCTYPE html><html><table><tr><td>1"), "HTML"),
    "xml": (named("a.xls", '<?xml version="1.0"?><Workbook/>'), "XML"),
    "picture": (named("a.xlsx", b"\x89PNG\r\n"), "PNG"),
    "excel 4": (named("a.xls", b"\x09\x04\x06\x00\x00\x00"), "Excel 4"),
    "text as workbook": (named("a.xlsx", "企业名称\t环节\n"), "text"),
    "word": (lambda path: archive(path / "a.xlsx", word__document_dot_xml="<w/>"), "Word"),
    "xlsb": (lambda path: archive(path / "a.xlsx", xl__workbook_dot_bin="x"), "xlsb"),
    "any zip": (lambda path: archive(path / "a.xlsx", a_dot_txt="x"), "zip"),
    "old word": (named("a.xls", OLE + bytes(600) + "WordDocument".encode("utf-16-le")), "Word"),
    "encrypted": (named("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")), "encrypted"),
    "encrypted zip": (zip_locked, "encrypted"),
    "encrypted ods": (locked_ods, "encrypted"),
    "ole without a book": (named("a.xls", OLE + bytes(600)), "damaged"),
    "damaged xls": (named("a.xls", OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)), "damaged"),
    "truncated": (truncated, "damaged"),
    "flipped bits": (flipped, "damaged"),
    "broken xml": (lambda path: archive(path / "a.xlsx", xl__workbook_dot_xml="<workbook"), "damaged"),
    "zip bomb": (claims(2**32 - 2), "4,29"),
    "a lie about the size": (claims(1), "damaged"),
    "a cell at the end of the world": (far_cell, "1048576"),
    "a million equal rows": (far_ods, "1048576"),
    "500 MB": (sparse, "500 MB"),
    "neither encoding": (named("a.csv", b"\xff\xff\xff,\xff"), "GB18030"),
    "half of utf-16": (named("a.csv", "a,b".encode("utf-16")[:-1]), "UTF-16"),
    "nul": (named("a.csv", b"a,b\n\x00,1"), "not text"),
    "endless field": (named("a.csv", 'a,b\n"' + "x" * 200_000), "no sound CSV"),
}
if sys.platform != "win32":
    BAD["not a regular file"] = (fifo, "regular")
