"""How far the sheets of a workbook reach and how much they hold, told part by part before a reader makes room for it.

A reader makes a rectangle from the first cell to the last, and a copy of a shared text for every cell that points to it.
So a part of a few kB asks for 500 GB, and the whole process ends without a word. What is plain is counted by one
expression; where anything is written otherwise than Excel, WPS and LibreOffice write it, a real parser counts.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from graph.errors import LiantuError
from loaders import bounds
from loaders.bounds import column_number as column_number

MOST_AREA = 20 * 10**6
"""Cells of the rectangles of all sheets, 32 bytes each while a sheet is open."""
MOST_FILLED = 10 * 10**6
"""Cells that hold something, about 100 bytes each."""
MOST_WORDS = 150 * 10**6
"""Bytes of text in the cells, as UTF-8."""
_MOST_OF = {"xl/sharedstrings.xml": MOST_WORDS, "xl/styles.xml": 20 * 10**6, "xl/workbook.xml": 20 * 10**6,
            "xl/_rels/workbook.xml.rels": 20 * 10**6, "[content_types].xml": 20 * 10**6, "meta-inf/manifest.xml": 20 * 10**6}
"""Bytes of the parts that are kept in memory as they are."""
_CHUNK = 1 << 20
_LARGE = 4 << 20
"""Bytes of a sheet that is worth to be told by its bounds first."""
_LONGEST = 4 << 20  # between two tags; a cell has at most 32,767 characters


@dataclass
class Extent:
    """The last row and column that hold something, how many cells do, and the bytes of their texts."""

    row: int = 0
    column: int = 0
    filled: int = 0
    words: int = 0


class Odd(Exception):
    """A part that is no sound XML, or that declares entities."""


@dataclass
class Limits:
    """What all sheets of a workbook take together; ``add`` raises LiantuError where it is too much to open."""

    name: str
    area: int = 0
    filled: int = 0
    words: int = 0

    def add(self, seen: Extent) -> None:
        """A sheet that is at an end."""
        self.check(seen)
        self.area += seen.row * seen.column
        self.filled, self.words = self.filled + seen.filled, self.words + seen.words

    def check(self, seen: Extent) -> None:
        """A sheet that goes on."""
        if self.area + seen.row * seen.column > MOST_AREA:
            raise LiantuError(f"{self.name} 有一张表用到第 {seen.row} 行、第 {seen.column} 列 / a sheet reaches that row and column",
                              "删去表外的多余单元格, 或改用 CSV / delete the stray cells beyond the table, or use CSV")
        if self.filled + seen.filled > MOST_FILLED:
            raise LiantuError(f"{self.name} 有 {MOST_FILLED:,} 个以上非空单元格 / has more filled cells than that",
                              "拆成几个文件, 或改用 CSV / split it into several files, or use CSV")
        if self.words + seen.words > MOST_WORDS:
            raise LiantuError(f"{self.name} 的文字超过 {MOST_WORDS / 1e6:,.0f} MB / holds more text than that",
                              "删去长文字, 拆成几个文件 / take the long texts out, split it into several files")


def check(archive: zipfile.ZipFile, name: str) -> None:
    """Look through every part to its end; LiantuError where there is too much in it, Odd where it is no sound XML.

    Reading to the end tests the checksums too: a lie about the size of a part fails here. Large sheets are first told by
    their bounds, which may be too wide: what would be refused is looked at cell by cell.
    """
    try:
        _look(archive, name, True)
    except LiantuError:
        _look(archive, name, False)


def _look(archive: zipfile.ZipFile, name: str, quick: bool) -> None:
    total, lengths = Limits(name), array("L")
    for part in sorted(archive.infolist(), key=lambda part: part.filename.lower() != "xl/sharedstrings.xml"):
        _small_enough(part, name)
        if part.filename == "content.xml":
            _parsed(archive, part, _Ods(total))
        elif part.filename.lower() == "xl/sharedstrings.xml":
            lengths = _text_lengths(archive, part)
        elif part.filename.lower().endswith((".xml", ".rels")):
            _sheet(archive, part, total, lengths, quick)
        else:
            for _ in _pieces(archive, part, b""):
                pass


def _small_enough(part: zipfile.ZipInfo, name: str) -> None:
    if part.file_size > (most := _MOST_OF.get(part.filename.lower(), part.file_size)):
        raise LiantuError(f"{name} 的 {part.filename} 有 {part.file_size / 1e6:,.0f} MB, 上限 {most / 1e6:,.0f} MB / is over the limit",
                          "只保留需要的表, 另存一份 / keep the sheets that are needed and save a copy")


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, before: bytes = b"<") -> Iterator[bytes]:
    """The part piece by piece, each ending before a tag, so that no tag is cut."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            whole = rest + chunk
            if before and file.tell() == len(chunk):
                _plain_xml(archive, part, whole)
            cut = max(whole.rfind(before), 0) if before else len(whole)
            yield whole[:cut]
            rest = whole[cut:]
            if len(rest) > _LONGEST:
                raise Odd(part.filename)
    yield rest


_ENTITIES = re.compile(rb"<!doctype|<!entity", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def _plain_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, start: bytes) -> None:
    if start.startswith(_UTF_16):
        raise Odd(part.filename)
    if _ENTITIES.search(start):
        name = Path(archive.filename or "").name
        raise LiantuError(f"{name} 的 {part.filename} 声明了实体 (DOCTYPE), 没有表格软件会这样写 / declares entities, which no "
                          "spreadsheet program writes", "来源可疑就不要用; 否则在 Excel 里打开并另存 / do not use it if you doubt "
                          "where it came from, else open it in Excel and save it again")


_TEXT = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s/>]")


def _text_lengths(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> array[int]:
    """Bytes from one shared text to the next: never less than the text has."""
    found, open_text = array("L"), False
    for piece in _pieces(archive, part):
        plain = piece.count(b"<si") == piece.count(b"<si>") and b":si" not in piece
        first, *others = map(len, piece.split(b"<si>") if plain else _TEXT.split(piece))
        if open_text:
            found[-1] += first
        found.extend(others)
        open_text = open_text or bool(others)
        if len(found) > MOST_FILLED:
            raise Odd(part.filename)
    return found


_ANY = re.compile(rb"<(?:[^\s<>/:]+:)?c[\s/>]")
_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: (?:s|t|cm|vm|ph)="[^"<>&]*")*(/?)>')
_INLINE = (b"<is", b":is", b't="str"', b't="d"', b't="e"')
"""What a cell has that holds its text itself."""


def _sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, total: Limits, lengths: array[int], quick: bool) -> None:
    """Where a sheet is not plain, or its texts might be too much, it is parsed."""
    seen, pointing, inline = Extent(), 0, 0
    longest = max(lengths, default=0)
    if quick and part.file_size > _LARGE and (bounded := _bounded(archive, part, total, lengths)):
        return total.add(bounded)
    for piece in _pieces(archive, part):
        plain = _PLAIN.findall(piece)
        pointing += piece.count(b' t="s"')
        inline += len(piece) if any(mark in piece for mark in _INLINE) else 0
        seen.words = inline + pointing * longest
        if _cells(piece) > len(plain) or total.words + seen.words > MOST_WORDS:
            return _parsed(archive, part, _Xlsx(total, lengths))
        if filled := [cell for cell in plain if not cell[2]] if b"/>" in piece else plain:
            columns, lines, _ = zip(*filled, strict=True)
            seen.row, seen.column = max(seen.row, *map(int, lines)), max(seen.column, *map(column_number, set(columns)))
            seen.filled += len(filled)
            total.check(seen)
    if seen.filled:
        total.add(seen)


def _bounded(archive: zipfile.ZipFile, part: zipfile.ZipInfo, total: Limits, lengths: array[int]) -> Extent | None:
    """What a sheet cannot go beyond; None where that is not known, or might be too much."""
    seen, longest = Extent(), max(lengths, default=0)
    for piece in _pieces(archive, part):
        if (found := bounds.bound(piece)) is None:
            return None
        seen.row, seen.column = max(seen.row, found[0]), max(seen.column, found[1])
        seen.filled += piece.count(b"<c ")
        seen.words += bounds.words(piece, lengths, longest, MOST_WORDS // 200)
        if total.words + seen.words > MOST_WORDS or total.area + seen.row * seen.column > MOST_AREA:
            return None
    return seen


def _cells(piece: bytes) -> int:
    """How many cells begin in it, or more: most tags that begin like a cell's are a cell's."""
    most = piece.count(b"<c")
    return most if b":c" not in piece and most == piece.count(b"<c ") else len(_ANY.findall(piece))


def _parsed(archive: zipfile.ZipFile, part: zipfile.ZipInfo, handler: _Xlsx | _Ods) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handler.start, handler.end
    parser.CharacterDataHandler = handler.words
    parser.StartDoctypeDeclHandler = _no_entities
    try:
        for piece in _pieces(archive, part):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Odd(part.filename) from error


def _no_entities(*_: Any) -> None:
    raise Odd("DOCTYPE")


class _Xlsx:
    """Counts a sheet as a reader would: a cell that does not say where it is stands beside the one before."""

    def __init__(self, total: Limits, lengths: array[int]) -> None:
        self.total, self.lengths = total, lengths
        self.seen = Extent()
        self.at_row = self.at_column = 0
        self.cell: dict[str, str] | None = None
        self.value = ""
        self.in_value = self.held = False

    def start(self, name: str, given: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.at_row, self.at_column = _whole(given.get("r", ""), self.at_row + 1), 0
        elif kind == "c":
            self._place(given.get("r", ""))
            self.cell, self.value, self.held = given, "", False
        elif self.cell is not None:
            self.held, self.in_value = True, kind == "v"

    def _place(self, written: str) -> None:
        if match := re.fullmatch(r"([A-Za-z]{1,7})([0-9]{1,10})", written):
            self.at_column, self.at_row = column_number(match[1].upper().encode()), int(match[2])
        elif written:
            raise Odd(written)
        else:
            self.at_column += 1

    def words(self, words: str) -> None:
        if self.cell is not None:
            if not self.in_value or self.cell.get("t", "n") not in ("n", "b", "s"):
                self.seen.words += 3 * len(words)
            if self.in_value and len(self.value) < 20:
                self.value += words

    def end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        self.in_value = False
        if kind == "worksheet":
            self.total.add(self.seen)
        if kind != "c" or self.cell is None:
            return
        if self.cell.get("t") == "s":
            at = _whole(self.value.strip(), 0)
            self.seen.words += self.lengths[at] if at < len(self.lengths) else 0
        if self.held:
            self.seen.row, self.seen.column = max(self.seen.row, self.at_row), max(self.seen.column, self.at_column)
            self.seen.filled += 1
            self.total.check(self.seen)
        self.cell = None


def _whole(written: str, otherwise: int) -> int:
    if not written:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,19}", written):
        raise Odd(written)
    return int(written)


_ODS_CELLS = ("table:table-cell", "table:covered-table-cell")


class _Ods:
    """Counts an OpenDocument sheet, where a tag may stand for a million equal rows or cells."""

    def __init__(self, total: Limits) -> None:
        self.total = total
        self.seen, self.last, self.repeat, self.column = Extent(), 0, 0, 0
        self.line = Extent()  # of one row: its last column, its cells, their texts
        self.cell: Extent | None = None

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "table:table":
            self.seen, self.last = Extent(), 0
        elif name == "table:table-row":
            self.line, self.column = Extent(), 0
            self.repeat = _whole(given.get("table:number-rows-repeated", ""), 1)
        elif name in _ODS_CELLS:
            self.cell = Extent(column=_whole(given.get("table:number-columns-repeated", ""), 1),
                               filled=any("value" in key for key in given), words=sum(map(len, given.values())))
        elif self.cell is not None:
            self.cell.filled, self.cell.words = 1, self.cell.words + sum(map(len, given.values()))

    def words(self, words: str) -> None:
        if self.cell is not None:
            self.cell.words += 3 * len(words)

    def end(self, name: str) -> None:
        if name in _ODS_CELLS and self.cell is not None:
            self.column += self.cell.column
            if self.cell.filled:
                self.line.column = self.column
                self.line.filled += self.cell.column
                self.line.words += self.cell.words * self.cell.column
            self.cell = None
        elif name == "table:table-row":
            self.last += self.repeat
            if self.line.filled:
                self.seen.row, self.seen.column = self.last, max(self.seen.column, self.line.column)
                self.seen.filled += self.line.filled * self.repeat
                self.seen.words += self.line.words * self.repeat
                self.total.check(self.seen)
        elif name == "table:table":
            self.total.add(self.seen)
