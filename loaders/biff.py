"""How much the sheets of an old workbook (.xls) hold, read record by record before a reader opens all of them at once.

Records and numbers: [MS-XLS]. A sheet is read as wide as its own claim, and every cell gets a copy of the shared text it
points to; so both are added up first.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

from loaders.compound import Broken
from loaders.counting import MOST_FILLED, Extent, Limits

_EOF, _LOCK, _SHEET, _SIZE, _TEXTS, _GOES_ON = 0x0A, 0x2F, 0x85, 0x200, 0xFC, 0x3C
_NUMBER, _LABEL, _SHARED, _RK, _RKS, _FORMULA, _FLAG, _RICH = 0x203, 0x204, 0xFD, 0x27E, 0xBD, 0x06, 0x205, 0xD6
_CELLS = {_NUMBER, _LABEL, _SHARED, _RK, _RKS, _FORMULA, _FLAG, _RICH}
_MOST_ROWS, _MOST_COLUMNS, _MOST_SHEETS = 65536, 256, 1000

Record = tuple[int, bytes]


class Locked(Exception):
    """The records are encrypted."""


def check(stream: bytes, name: str) -> None:
    """LiantuError where there is too much in it, Locked where it has a password, Broken where the records are none."""
    total, lengths, sheets = Limits(name), array("L"), []
    records = list(_records(stream, 0))
    for at, (kind, content) in enumerate(records):
        if kind == _LOCK:
            raise Locked
        if kind == _TEXTS:
            lengths = _text_lengths(content, records, at)
        elif kind == _SHEET:
            sheets.append(struct.unpack_from("<I", content)[0])
    if len(sheets) > _MOST_SHEETS:
        raise Broken("sheets")
    for start in sheets:
        total.add(_sheet(stream, start, total, lengths))


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """From there to the end of a part, or up to what is no record any more, which a reader does not get past either."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        content = stream[at + 4:at + 4 + length]
        if len(content) < length or kind == _EOF:
            return
        yield kind, content
        at += 4 + length


def _sheet(stream: bytes, start: int, total: Limits, lengths: array[int]) -> Extent:
    """A sheet begins where the list of sheets says, though that be in the middle of something else."""
    seen = Extent()
    for kind, content in _records(stream, start):
        if kind == _LOCK:
            raise Locked
        if kind == _SIZE:
            _claimed(content)
        elif kind in _CELLS:
            _count(seen, kind, content, lengths)
            total.check(seen)
    return seen


def _claimed(content: bytes) -> None:
    """A reader makes room for what a sheet says of its size."""
    if len(content) >= 14:
        first, end, left, right = struct.unpack_from("<2I2H", content)
    else:
        first, end, left, right = struct.unpack_from("<4H", content)
    if any((first, end, left, right)) and not (first < end <= first + _MOST_ROWS and left < right <= left + _MOST_COLUMNS):
        raise Broken("dimensions")


def _count(seen: Extent, kind: int, content: bytes, lengths: array[int]) -> None:
    row, column = struct.unpack_from("<2H", content)
    last = struct.unpack_from("<H", content, len(content) - 2)[0] if kind == _RKS else column
    if last < column:
        raise Broken("columns")
    seen.row, seen.column = max(seen.row, row + 1), max(seen.column, last + 1)
    seen.filled += last - column + 1
    if kind == _SHARED:
        number, = struct.unpack_from("<I", content, 6)
        seen.words += lengths[number] if number < len(lengths) else 0
    else:
        seen.words += len(content)


def _text_lengths(first: bytes, records: list[Record], at: int) -> array[int]:
    """Bytes of each shared text, as UTF-8 at most; a text may go on in the next record, in another width."""
    parts = [first]
    for kind, content in records[at + 1:]:
        if kind != _GOES_ON:
            break
        parts.append(content)
    count, = struct.unpack_from("<I", first, 4)
    if count > MOST_FILLED or count > sum(map(len, parts)):
        raise Broken("texts")
    walk = _Walk(parts)
    return array("L", (3 * walk.text() for _ in range(count)))


class _Walk:
    """Steps through texts that are spread over records."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts, self.part, self.at = parts, 0, 8

    def text(self) -> int:
        """Characters of the next text, which is passed over."""
        if self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
        length, how = struct.unpack_from("<HB", self.parts[self.part], self.at)
        self.at += 3
        rest = 0
        if how & 8:
            rest += 4 * struct.unpack_from("<H", self.parts[self.part], self.at)[0]
            self.at += 2
        if how & 4:
            rest += struct.unpack_from("<I", self.parts[self.part], self.at)[0]
            self.at += 4
        self._characters(length, 2 if how & 1 else 1)
        self._bytes(rest)
        return int(length)

    def _characters(self, count: int, width: int) -> None:
        while count:
            taken = min(count, (len(self.parts[self.part]) - self.at) // width)
            count, self.at = count - taken, self.at + taken * width
            if count:
                self.part += 1
                width, self.at = (2 if self.parts[self.part][0] & 1 else 1), 1

    def _bytes(self, count: int) -> None:
        while count:
            taken = min(count, len(self.parts[self.part]) - self.at)
            count, self.at = count - taken, self.at + taken
            if count:
                self.part, self.at = self.part + 1, 0
