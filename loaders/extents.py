"""How far the sheets of a workbook reach and how much they hold, told part by part before a reader makes room for it.

A reader makes a rectangle from the first cell to the last, and a copy of a shared text for every cell that points to it.
So a part of a few kB asks for 500 GB, and the whole process ends without a word. What is plain is counted by one
expression; where anything is written otherwise than Excel, WPS and LibreOffice write it, a real parser counts.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from graph.errors import LiantuError
from loaders import bounds
from loaders.counting import MOST_AREA, MOST_FILLED, MOST_WORDS, Extent, Limits, Odd, Ods, Xlsx

_MOST_OF = {"xl/sharedstrings.xml": MOST_WORDS, "xl/styles.xml": 20 * 10**6, "xl/workbook.xml": 20 * 10**6,
            "xl/_rels/workbook.xml.rels": 20 * 10**6, "[content_types].xml": 20 * 10**6, "meta-inf/manifest.xml": 20 * 10**6}
"""Bytes of the parts that are kept in memory as they are."""
_CHUNK = 1 << 20
_LARGE = 4 << 20
"""Bytes of a sheet that is worth to be told by its bounds first."""
_LONGEST = 4 << 20  # between two tags; a cell has at most 32,767 characters


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
            _parsed(archive, part, Ods(total))
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
            return _parsed(archive, part, Xlsx(total, lengths))
        if filled := [cell for cell in plain if not cell[2]] if b"/>" in piece else plain:
            columns, lines, _ = zip(*filled, strict=True)
            seen.row, seen.column = max(seen.row, *map(int, lines)), max(seen.column, *map(bounds.column_number, set(columns)))
            seen.filled += len(filled)
            total.check(seen)
    if seen.filled:
        total.add(seen)


def _bounded(archive: zipfile.ZipFile, part: zipfile.ZipInfo, total: Limits, lengths: array[int]) -> Extent | None:
    """What a sheet cannot go beyond; None where that is not known, or might be too much."""
    seen, longest = Extent(), max(lengths, default=0)
    share = (MOST_WORDS - total.words) // (part.file_size // _CHUNK + 1)
    for piece in _pieces(archive, part):
        if (found := bounds.bound(piece)) is None:
            return None
        seen.row, seen.column = max(seen.row, found[0]), max(seen.column, found[1])
        seen.filled += piece.count(b"<c ")
        seen.words += bounds.words(piece, lengths, longest, share)
        if total.words + seen.words > MOST_WORDS or total.area + seen.row * seen.column > MOST_AREA:
            return None
    return seen


def _cells(piece: bytes) -> int:
    """How many cells begin in it, or more: most tags that begin like a cell's are a cell's."""
    most = piece.count(b"<c")
    return most if b":c" not in piece and most == piece.count(b"<c ") else len(_ANY.findall(piece))


def _parsed(archive: zipfile.ZipFile, part: zipfile.ZipInfo, handler: Xlsx | Ods) -> None:
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
