"""Whether the cells of a sheet stay within bounds, in a fifth of the time it takes to look at each of them.

Only of sheets written as Excel, WPS, LibreOffice and the common libraries write them, ``<c r="B12" …>``: of any other
it says that it does not know, and then every cell must be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

_CHUNK = 1 << 20
_LONGEST = 1 << 22
"""Bytes from one tag to the next, at most; a cell has 32,767 characters."""

_PLACE = r'<c(?! r="[A-Z]{1,3}%s"|[a-z])'
_ROWS = tuple((most, re.compile((_PLACE % form).encode())) for most, form in (
    (99_999, "[1-9][0-9]{0,4}"), (299_999, "(?:[12][0-9]{5}|[1-9][0-9]{0,4})"), (9_999_999, "[1-9][0-9]{0,6}")))
"""The greatest row of a piece in which nothing is found that is a cell and does not say so plainly, or lies below it."""
_PREFIXED = re.compile(rb":c[\s/>]")
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})')


def within(file: IO[bytes], most: int) -> bool:
    """Whether rows × columns of the cells cannot be more than ``most``; False where it may be, or is not known."""
    rows = columns = 0
    for piece in pieces(file):
        found = bound(piece)
        if found is None:
            return False
        rows, columns = max(rows, found[0]), max(columns, found[1])
        if rows * columns > most:
            return False
    return True


def bound(piece: bytes) -> tuple[int, int] | None:
    """(row, column) that no cell in the piece lies beyond, (0, 0) where it has none; None where that is not known.

    ``piece`` holds whole tags. Every cell must begin with its place: of two attributes of a name a reader takes the first.
    """
    if b":c" in piece and _PREFIXED.search(piece):
        return None
    rows = next((most for most, odd in _ROWS if not odd.search(piece)), None)
    if rows is None or b'<c r="' not in piece:
        return None if rows is None else (0, 0)
    wide = set(_WIDE.findall(piece)) if _WIDE.search(piece) else ()
    return rows, max(map(column_number, wide), default=26)


def column_number(letters: bytes) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece, each ending before a tag; one that has none for too long ends as it is, and tells nothing."""
    rest = b""
    while chunk := file.read(_CHUNK):
        whole = rest + chunk
        cut = whole.rfind(b"<")
        if cut < 0 or len(whole) - cut > _LONGEST:
            cut = len(whole) if len(whole) > _LONGEST else 0
        if cut:
            yield whole[:cut]
        rest = whole[cut:]
    yield rest
