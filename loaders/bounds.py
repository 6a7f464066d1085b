"""How far the cells of a piece of a sheet can reach, told in a fifth of the time it takes to look at each of them.

Only of sheets written as Excel, WPS, LibreOffice and the common libraries write them, ``<c r="B12" …>``: of any other
it says that it does not know, and then every cell must be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLACE = r'<c(?! r="[A-Z]{1,3}%s"|[a-z])'
_ROWS = tuple((most, re.compile((_PLACE % form).encode())) for most, form in (
    (9_999, "[1-9][0-9]{0,3}"), (29_999, "(?:[12][0-9]{4}|[1-9][0-9]{0,3})"), (99_999, "[1-9][0-9]{0,4}"),
    (299_999, "(?:[12][0-9]{5}|[1-9][0-9]{0,4})"), (9_999_999, "[1-9][0-9]{0,6}")))
"""The greatest row of a piece in which nothing is found that is a cell and does not say so plainly, or lies below it."""
_PREFIXED = re.compile(rb":(?:c|is)[\s/>]")
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})')
_NEAR = 1 << 14
_POINTER = re.compile(rb' t="s"><v>([0-9]{1,8})</v>')


def bound(piece: bytes) -> tuple[int, int] | None:
    """(row, column) that no cell in the piece lies beyond, (0, 0) where it has none; None where that is not known.

    ``piece`` holds whole tags. Every cell must begin with its place: of two attributes of a name a reader takes the first.
    """
    if _PREFIXED.search(piece):
        return None
    rows = next((most for most, odd in _ROWS if not odd.search(piece)), None)
    if rows is None or b'<c r="' not in piece:
        return None if rows is None else (0, 0)
    near = max(map(column_number, _LETTERS.findall(piece[:_NEAR])), default=0)
    if near == 0 or near > 25 or re.search(rb'<c r="(?:[%c-Z][1-9]|[A-Z]{2})' % (65 + near), piece):
        near = max(map(column_number, set(_LETTERS.findall(piece))))
    return rows, near


def words(piece: bytes, lengths: Sequence[int], longest: int, most: int) -> int:
    """The bytes of the texts in a piece that ``bound`` knows, or more: of shared texts by their ``lengths``, where the
    ``longest`` for each would be above ``most``."""
    shared = piece.count(b' t="s"')
    own = piece.count(b' t="') - shared
    inline = b"<is" in piece or (own > 0 and own > piece.count(b' t="n"') + piece.count(b' t="b"'))
    told = shared * longest + inline * len(piece)
    if told <= most or len(pointers := _POINTER.findall(piece)) < shared:
        return told
    return sum(lengths[at] for at in map(int, pointers) if at < len(lengths)) + inline * len(piece)


def column_number(letters: bytes) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
