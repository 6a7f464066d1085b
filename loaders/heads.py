"""Where the header of a sheet is and which of our sheets it is: by how many cells are known headers, not by position."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.aliases import normal
from loaders.for_people import NAMES as FOR_PEOPLE
from loaders.headers import found, is_unit
from loaders.mapping import LEFT_OUT, Own
from loaders.sheets import SHEETS, Sheet, sheet_named
from loaders.tables import Cell
from loaders.values import text

FIRST_ROWS = 40
"""How many filled rows are looked through for a header: titles and instructions stand above it."""

FIRST_COLUMNS = 200
"""How many columns of them; the widest of our sheets has 70."""

DEEP = 3
"""The most rows a header has."""

FAR = 3
"""How many times as many known headers as the next sheet's make a sheet certain; and at least so many."""

Rows = Sequence[tuple[int, tuple[Cell, ...]]]
"""Filled rows with their numbers, from 1."""

_NO_NAME = re.compile(r"(?:sheet|table|工作表|表格?|表单|新建.{0,8}|book)\d*", re.IGNORECASE)
_DRESS = re.compile(r"[(][^()]*[)]|附[件表]\d*|表\d+[-.\d]*|(?:19|20)\d\d年?(?:度|底|末)?|\d{1,2}月份?|[\d.\-_—:、]+|汇总|最新|[终修]改?稿")


@dataclass(frozen=True, slots=True)
class Head:
    """A header: the places of its rows in the filled rows, and column → its texts, top to bottom."""

    places: tuple[int, ...]
    parts: Mapping[int, tuple[str, ...]]
    known: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """The sheet a table was taken for (None where nothing tells), by what, its header, and what else it looked like."""

    sheet: Sheet | None
    why: str
    head: Head
    saw: tuple[tuple[str, int], ...] = ()


class Merges:
    """The merged cells of a sheet, counted from 0 as its rows are: what stands in the first stands for all of them."""

    def __init__(self, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (), left: int = 0) -> None:
        self.ranges = [(top, first - left, bottom, last - left) for (top, first), (bottom, last) in ranges]
        self.wide = {(row, top_left): last for top, top_left, bottom, last in self.ranges if last > top_left
                     for row in range(top, min(bottom, top + FIRST_ROWS) + 1)}
        self.tall = [(top, first, bottom) for top, first, bottom, _ in self.ranges if bottom > top]
        self.depth = {top: bottom - top + 1 for top, _, bottom in self.tall if bottom - top < DEEP}
        """Row from 0 → over how many rows a cell of it stands: a header is at least as deep."""

    def width(self, number: int, column: int) -> int:
        """How many columns the cell in row ``number`` (from 1) covers."""
        return self.wide.get((number - 1, column), column) - column + 1


def taken(name: str, stem: str, rows: Rows, merges: Merges, own: Own, alone: bool, hidden: bool) -> Taken:
    """What a sheet called ``name`` in a file called ``stem`` is; ``alone``: the file's only sheet that is no prose."""
    if (key := own.sheets.get(normal(name))) is not None:
        sheet = next((s for s in SHEETS if s.key == key), None)
        return Taken(sheet, "mapping" if key != LEFT_OUT else "left out", best(rows, merges, [sheet] if sheet else [], own))
    if sheet := sheet_named(name):
        return Taken(sheet, "name", best(rows, merges, [sheet], own))
    if hidden or normal(name) in FOR_PEOPLE:
        return Taken(None, "", best(rows, merges, [], own))
    likely = [(_like(name), "like")] + ([(_like(stem), "file")] if alone and _says_nothing(name) else [])
    for sheet, why in likely:
        if sheet and _complete(sheet, head := best(rows, merges, [sheet], own), own):
            return Taken(sheet, why, head)
    return _by_headers(rows, merges, own)


def _by_headers(rows: Rows, merges: Merges, own: Own) -> Taken:
    """The one sheet whose headers these are; none where two fit as well as each other. Where one is seen far more often than the
    next, it is that one though a required column is missing: the missing column is the problem then, and is told."""
    heads = sorted(((best(rows, merges, [sheet], own), sheet) for sheet in SHEETS), key=lambda one: -one[0].known)
    saw = tuple((sheet.zh, head.known) for head, sheet in heads[:3] if head.known)
    fit = [(head, sheet) for head, sheet in heads
           if head.known >= 2 and head.known >= head.unknown and _complete(sheet, head, own)]
    if fit and (len(fit) == 1 or fit[1][0].known < fit[0][0].known):
        return Taken(fit[0][1], "headers", fit[0][0], saw)
    if heads[0][0].known >= max(FAR, FAR * heads[1][0].known):
        return Taken(heads[0][1], "headers", heads[0][0], saw)
    return Taken(None, "", heads[0][0] if heads[0][0].known > 1 else best(rows, merges, [], own), saw)


def _says_nothing(name: str) -> bool:
    return _NO_NAME.fullmatch("".join(name.split())) is not None


def _like(name: str) -> Sheet | None:
    """The sheet of a name that is dressed up: 附件2 某市重点企业表(2023年6月)."""
    plain = _DRESS.sub("", "".join(unicodedata.normalize("NFKC", name).split()))
    if sheet := sheet_named(plain) or sheet_named(plain.removesuffix("表")):
        return sheet
    longest: dict[str, int] = {}
    for sheet in SHEETS:
        for alias in (*sheet.aliases, sheet.zh):
            if len(alias) >= 4 and normal(alias) in normal(plain):
                longest[sheet.key] = max(longest.get(sheet.key, 0), len(alias))
    keys = sorted(longest, key=lambda key: -longest[key])
    told = keys and (len(keys) == 1 or longest[keys[0]] > longest[keys[1]])
    return next(s for s in SHEETS if s.key == keys[0]) if told else None


def _complete(sheet: Sheet, head: Head, own: Own) -> bool:
    """Whether the header has every column that the sheet requires."""
    ours = own.of(sheet)
    there = {column.key for parts in head.parts.values() if (column := found(sheet, parts, ours).column)}
    return all(c.key in there for c in sheet.columns if c.required) and (not sheet.one_of or bool(there & {*sheet.one_of}))


def best(rows: Rows, merges: Merges, sheets: Sequence[Sheet], own: Own) -> Head:
    """The rows that hold most known headers of ``sheets``: of equal ones the fewest rows, and then the first.

    Where no row holds any it is the first filled row, below a lone title the one after it.
    """
    if not rows:
        return Head((), {})
    top = Head((), {})
    near = [(number, cells[:FIRST_COLUMNS]) for number, cells in rows[:FIRST_ROWS + DEEP]]
    for sheet in sheets:
        ours = own.of(sheet)
        for start in range(min(len(near), FIRST_ROWS)):
            for head in _blocks(near, start, merges, sheet, ours):
                if (head.known, -len(head.places), -head.unknown) > (top.known, -len(top.places), -top.unknown):
                    top = head
    if top.known > 1 or (top.known == 1 and (top.places[0] == 0 or len(top.parts) > 1)):
        head = _grouped(near, top, merges, sheets[0], own)
        return replace(head, parts=_parts(rows[head.places[0]:head.places[-1] + 1], merges))
    return _first(rows, merges)


def _blocks(rows: Rows, start: int, merges: Merges, sheet: Sheet, ours: Mapping[str, str]) -> Iterator[Head]:
    for deep in range(1, DEEP + 1):
        block = rows[start:start + deep]
        if deep < merges.depth.get(rows[start][0] - 1, 1):
            continue
        if len(block) < deep or block[-1][0] - block[0][0] != deep - 1 or not _wordy(block[-1][1]):
            return
        parts = _parts(block, merges)
        said = [found(sheet, texts, ours) for texts in parts.values()]
        known = len({one.column.key for one in said if one.column} | {i for i, one in enumerate(said) if one.how == "left out"})
        yield Head(tuple(range(start, start + deep)), parts, known, sum(one.how == "unknown" for one in said))


def _wordy(cells: Sequence[Cell]) -> bool:
    """Whether a row may be one of headers: words, and no more than a year among them."""
    return all(cell is None or isinstance(cell, str) or (isinstance(cell, float) and 1990 <= cell <= 2100) for cell in cells)


def _parts(block: Rows, merges: Merges) -> dict[int, tuple[str, ...]]:
    """Column → the texts above one another; what is merged, or centred over blanks, stands over all its columns."""
    lines = [_spread(number, cells, block[i + 1:i + 2], merges) for i, (number, cells) in enumerate(block)]
    columns = sorted({column for line in lines for column in line})
    own = {column for _, cells in block for column, cell in enumerate(cells) if cell is not None}
    return {column: tuple(dict.fromkeys(line[column] for line in lines if column in line)) for column in columns
            if column in own}


def _spread(number: int, cells: Sequence[Cell], below: Rows, merges: Merges) -> dict[int, str]:
    line = {column: words for column, cell in enumerate(cells) if cell is not None and (words := text(cell))}
    under = below[0][1] if below else ()
    for column, words in list(line.items()):
        last = column + merges.width(number, column) - 1
        if below and last == column and column < len(under) and under[column] is not None:
            while last + 1 < len(under) and last + 1 not in line and under[last + 1] is not None:
                last += 1  # centred over its columns without being merged, and every CSV
        for covered in range(column + 1, last + 1):
            if below:
                line.setdefault(covered, words)
    return line


def _grouped(rows: Rows, head: Head, merges: Merges, sheet: Sheet, own: Own) -> Head:
    """With the row of groups above, whose unit may count, and with the row of units below."""
    first, last = head.places[0], head.places[-1]
    ours = own.of(sheet)
    if first > 0 and len(head.places) < DEEP and rows[first - 1][0] == rows[first][0] - 1 and _groups(rows[first - 1], head, merges):
        parts = _parts(rows[first - 1:last + 1], merges)
        said = [found(sheet, texts, ours) for texts in parts.values()]
        if len({one.column.key for one in said if one.column}) >= head.known:
            head = Head((first - 1, *head.places), parts, head.known, head.unknown)
    below = rows[last + 1:last + 2]
    if below and below[0][0] == rows[last][0] + 1 and _units(below[0][1]):
        parts = _parts(rows[head.places[0]:last + 2], merges)
        if set(parts) == set(head.parts):
            head = Head((*head.places, last + 1), parts, head.known, head.unknown)
    return head


def _groups(row: tuple[int, tuple[Cell, ...]], head: Head, merges: Merges) -> bool:
    """Cells that stand over some of the header's columns and not over all of them."""
    number, cells = row
    widths = [merges.width(number, column) for column, cell in enumerate(cells) if cell is not None]
    labels = any(isinstance(cell, str) and re.search("[::]", cell) for cell in cells)
    return not labels and any(1 < width < len(head.parts) for width in widths)


def _units(cells: Sequence[Cell]) -> bool:
    given = [cell for cell in cells if cell is not None]
    return bool(given) and all(isinstance(cell, str) and is_unit(cell) for cell in given)


def _first(rows: Rows, merges: Merges) -> Head:
    """The first filled row; below a lone title the first that has more."""
    at = 0
    if sum(cell is not None for cell in rows[0][1]) == 1:
        wide = (i for i, (_, cells) in enumerate(rows[:FIRST_ROWS]) if sum(cell is not None for cell in cells) > 1)
        at = next(wide, 0) if merges.width(rows[0][0], _only(rows[0][1])) > 1 else 0
    return Head((at,), _parts(rows[at:at + 1], merges))


def _only(cells: Sequence[Cell]) -> int:
    return next(column for column, cell in enumerate(cells) if cell is not None)
