"""What a file really is, by its first bytes, and whether it can be opened in bounded memory.

A workbook of 5 kB can claim a cell in the last row and the last column; a reader that makes room for
all between them takes 500 GB and ends the whole process. So every part is looked through first.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from graph.errors import LiantuError
from loaders import biff, compound, extents

_MOST_BYTES = 10**9
_MOST_PARTS = 20_000
_MOST_TAIL = 1 << 17  # the end of a directory and its comment

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
        _check_end(path)
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
    with path.open("rb") as file:
        try:
            found = compound.open_book(file)
            for book in found.books:
                biff.check(book, path.name)
            if found.books:
                return
            names = found.names
        except biff.Locked as error:
            raise locked(path.name) from error
        except (compound.Broken, struct.error, IndexError, MemoryError) as error:
            if (names := _named(path)) & {"Workbook", "Book"} or not names:
                raise damaged(path.name) from error
    if "EncryptedPackage" in names:
        raise locked(path.name)
    raise not_a_workbook(path.name, "Word") if "WordDocument" in names else damaged(path.name)


def _named(path: Path) -> frozenset[str]:
    """Streams that a broken container still names: in UTF-16, anywhere in the file."""
    content = path.read_bytes()
    return frozenset(word for word in ("EncryptedPackage", "WordDocument", "Workbook", "Book")
                     if word.encode("utf-16-le") in content)


_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"


def _check_end(path: Path) -> None:
    """One directory, at the end, of bounded length: where there might be two, two readers may see two workbooks."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = file.seek(max(0, size - _MOST_TAIL))
        tail = file.read()
        at = tail.rfind(_END)
        count, length, offset, comment = struct.unpack("<H2LH", tail[at + 10:at + 22])
        end = start + at
        if 0xFFFFFFFF in (length, offset) or count == 0xFFFF:
            end, = struct.unpack("<Q", tail[at - 12:at - 4])
            file.seek(end)
            mark, count, length, offset = struct.unpack("<4s28x3Q", file.read(56))
            if mark != _END_64:
                raise ValueError
    if start + at + 22 + comment != size or offset + length != end:
        raise ValueError
    if max(count, length >> 8) > _MOST_PARTS:
        raise LiantuError(f"{path.name} 里有 {count:,} 个部分, 上限 {_MOST_PARTS:,} / has more parts than any workbook", _SAVE)


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
    extents.check(archive, name)


def _manifest_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.read(manifest)
