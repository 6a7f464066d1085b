"""Rows: a table checked against its declared sheet, all problems of all rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Annotated, Any

from loaders import reviewed, values
from loaders.aliases import normal
from loaders.cells import is_blank, parse, quoted, say, shown, wording
from loaders.headers import column_named, near_columns, nearest, unit_of
from loaders.readers import Cell, Table
from loaders.sheets import SHEETS, Column, Sheet, sheet_named
from loaders.values import Unreadable

if TYPE_CHECKING:
    from pydantic import BaseModel

NOTES = frozenset(map(normal, ("说明", "填表说明", "填报说明", "notes", "readme")))
"""Sheets of prose: no material."""

HANDOUT = ("摸排清单", "What to find out")
"""The list of questions that opens a hand-out (``liantu ask``): for people, no material."""

ASKED = ("请填", "To fill in")
"""The column of a hand-out that names the cells asked for: a row with none of them filled says nothing."""

_HANDOUTS, _ASKED = frozenset(map(normal, HANDOUT)), frozenset(map(normal, ASKED))

COUNTERS = frozenset({"序号", "序", "no", "seq"})
"""Columns that only count the rows."""

EXAMPLES = ("示例", "Example")
"""What the first cell of a row begins with that only shows how to fill in the sheet."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell, a row or (``row`` 0) a whole sheet is refused, and the cure, Chinese ' / ' English."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    why: str
    cure: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: the values of its cells that are not blank, by column key.

    Values are str, float, bool, date, tuple (items, nodes), Quantity, or the model's stored choice.
    ``texts`` keeps the wording of a cell that a rule has read. ``tab`` is the sheet's name in the file.
    """

    file: str
    sheet: Sheet
    number: int
    values: dict[str, Any]
    texts: dict[str, str] = field(default_factory=dict)
    tab: str = ""

    @property
    def cell(self) -> str:
        return f"{self.file}/{self.tab or self.sheet.zh}/{self.number}"


def validate(table: Table, headers: Mapping[str, str] | None = None) -> tuple[list[Row], list[Problem]]:
    """Rows of a table that can be read, and the problems of all the others.

    ``headers`` maps a city's own header to ours ('' leaves a column out). Where the header itself
    has a problem no row is given, but the problems of the rows are.
    """
    sheet = sheet_named(table.sheet)
    if sheet is None:
        skipped = normal(table.sheet) in NOTES | _HANDOUTS or table.hidden
        return [], [] if skipped else [_no_sheet(table)]
    columns, problems = _columns(table, sheet, headers or {})
    read = _Reader(table, sheet, columns)
    rows = [row for number, cells in table.rows if (row := read.row(number, cells))]
    return ([], problems + read.problems) if problems else (rows, read.problems)


def for_people(table: Table) -> bool:
    """Whether it is a list of questions, which a load leaves alone and names."""
    return sheet_named(table.sheet) is None and normal(table.sheet) in _HANDOUTS


def unanswered(table: Table, headers: Mapping[str, str] | None = None) -> int:
    """How many rows of a hand-out nobody has filled in."""
    sheet = sheet_named(table.sheet)
    if sheet is None or not any(map(_is_asked, table.header)):
        return 0
    reader = _Reader(table, sheet, _columns(table, sheet, headers or {})[0])
    return sum(reader.unanswered(cells) for _, cells in table.rows)


def _is_asked(header: str) -> bool:
    return any(normal(line) in _ASKED for line in header.splitlines())


def _columns(table: Table, sheet: Sheet, headers: Mapping[str, str]) -> tuple[dict[int, Column], list[Problem]]:
    """Place → column, and what is wrong with the header."""
    ours = {normal(theirs): mine for theirs, mine in headers.items()}
    found: dict[int, Column] = {}
    problems: list[Problem] = []

    def wrong(kind: str, header: str, near: str, column: Column | None = None) -> None:
        problems.append(Problem(table.file, table.sheet, table.header_row, header, "" if column else header,
                                *say(kind, column, value=quoted(header), near=near)))

    for place, written in enumerate(table.header):
        header = ours.get(normal(written), written)
        if column := column_named(sheet, header):
            if other := next((table.header[p] for p, c in found.items() if c is column), ""):
                wrong("twice", written, quoted(other))
            found[place] = column
        elif header and normal(header) not in COUNTERS and not _is_asked(header) and not reviewed.is_ours(header):
            wrong("header", written, "、".join(near_columns(sheet, header)))
    for column in sheet.columns:
        if column.required and column not in found.values():
            wrong("column", column.zh, "、".join(column.aliases[:4]) or column.en, column)
    if sheet.one_of and not {c.key for c in found.values()} & set(sheet.one_of):
        wrong("column", _either(sheet), _either(sheet), sheet.column(sheet.one_of[0]))
    return found, problems


def _either(sheet: Sheet) -> str:
    return "、".join(sheet.column(key).zh for key in sheet.one_of)


def _no_sheet(table: Table) -> Problem:
    """Names the nearest sheets, else the sheet whose columns this one has."""
    likely = max(SHEETS, key=lambda s: sum(column_named(s, header) is not None for header in table.header))
    names = {normal(name): s.zh for s in SHEETS for name in (*s.aliases, s.en, s.zh)}
    near = nearest(table.sheet, names, cutoff=0.6) or [likely.zh]
    return Problem(table.file, table.sheet, 0, "", table.sheet,
                   *say("sheet", value=quoted(table.sheet), near="、".join(near)))


class _Reader:
    """Reads the rows of one table; ``problems`` grows as it goes."""

    def __init__(self, table: Table, sheet: Sheet, columns: Mapping[int, Column]) -> None:
        self.table, self.sheet, self.columns = table, sheet, columns
        self.problems: list[Problem] = []
        self.named = {column.key: column for column in columns.values()}
        self.units = {column.key: unit_of(table.header[place]) or column.unit for place, column in columns.items()}
        self.model = _model(tuple(columns.values()))
        self.review, self.sentence = (reviewed.place(table.header, name) for name in (reviewed.REVIEW, reviewed.SENTENCE))
        self.asked = next((place for place, header in enumerate(table.header) if _is_asked(header)), None)

    def row(self, number: int, cells: Sequence[Cell]) -> Row | None:
        """The row, or None where it is an example, blank or has a problem."""
        given = {column.key: cells[place] for place, column in self.columns.items() if place < len(cells)}
        first = (*cells[:1], *list(given.values())[:1])
        if any(isinstance(cell, str) and cell.strip().startswith(EXAMPLES) for cell in first):
            return None
        filled = {key: cell for key, cell in given.items() if not is_blank(self.named[key], cell)}
        if not filled or self.unanswered(cells) or not self.accepted(number, cells):
            return None
        read, wrong = self._read(filled)
        self.problems += [self._problem(number, filled, key, *said) for key, said in wrong]
        return None if wrong else self._row(number, filled, read, self._sentence(cells))

    def accepted(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a reviewer has taken the row, where the sheet is one to be reviewed."""
        if self.review is None:
            return True
        try:
            return bool(reviewed.accepted(cells[self.review] if self.review < len(cells) else None))
        except Unreadable as error:
            self.problems.append(Problem(self.table.file, self.table.sheet, number, reviewed.REVIEW[0],
                                         shown(cells[self.review]), error.why, error.cure))
            return False

    def _sentence(self, cells: Sequence[Cell]) -> dict[str, str]:
        """The words a reviewed row came from, kept beside its facts."""
        said = values.text(cells[self.sentence]) if self.sentence is not None and self.sentence < len(cells) else ""
        return {reviewed.SENTENCE[0]: said} if said and self.review is not None else {}

    def unanswered(self, cells: Sequence[Cell]) -> bool:
        """Whether the row asks for cells (请填) and none of them is filled."""
        if self.asked is None or self.asked >= len(cells):
            return False
        wanted = {column.key for name in values.text(cells[self.asked]).replace(",", "、").split("、")
                  if (column := column_named(self.sheet, name.strip()))}
        given = {column.key: cells[place] for place, column in self.columns.items() if place < len(cells)}
        return bool(wanted) and all(key not in given or is_blank(self.named[key], given[key]) for key in wanted)

    def _row(self, number: int, filled: Mapping[str, Cell], read: Mapping[str, Any], sentence: Mapping[str, str]) -> Row:
        texts = {key: said for key, value in read.items()
                 if (said := wording(self.named[key], filled[key], value))} | dict(sentence)
        # '' is what 未摸排 is stored as: nothing was said.
        return Row(self.table.file, self.sheet, number, {k: v for k, v in read.items() if v != ""}, texts,
                   self.table.sheet)

    def _read(self, filled: Mapping[str, Cell]) -> tuple[dict[str, Any], list[tuple[str, tuple[str, str]]]]:
        """Values by key, and by key what is wrong."""
        from pydantic import ValidationError

        read: dict[str, Any] = {}
        wrong: list[tuple[str, tuple[str, str]]] = []
        try:
            model = self.model.model_validate({key: (cell, self._unit(key, filled)) for key, cell in filled.items()})
            read = {key: getattr(model, key) for key in filled}
        except ValidationError as error:
            wrong = [self._said(one) for one in error.errors(include_url=False, include_input=False)]
        either = [key for key in self.sheet.one_of if key in self.named]
        if either and not set(either) & set(filled):
            wrong.append((either[0], say("one_of", near=_either(self.sheet))))
        return read, wrong

    def _unit(self, key: str, filled: Mapping[str, Cell]) -> str:
        """What a bare number is in: the column's own unit, else the row's 单位, else the header's."""
        if self.named[key].unit or self.named[key].kind != "quantity":
            return self.units[key]
        return values.text(filled.get("unit")) or self.units[key]

    def _said(self, error: Any) -> tuple[str, tuple[str, str]]:
        key = str(error["loc"][0])
        if error["type"] == "missing":
            return key, say("missing", self.named[key])
        return key, (error["ctx"]["why"], error["ctx"]["cure"])

    def _problem(self, number: int, filled: Mapping[str, Cell], key: str, why: str, cure: str) -> Problem:
        return Problem(self.table.file, self.table.sheet, number, self.named[key].zh, shown(filled.get(key)), why, cure)


@lru_cache(maxsize=64)
def _model(columns: tuple[Column, ...]) -> type[BaseModel]:
    """The row model of the columns a table has; every field takes (cell, unit)."""
    from pydantic import BeforeValidator, create_model
    from pydantic_core import PydanticCustomError

    def read(column: Column, given: tuple[Cell, str]) -> Any:
        try:
            return parse(column, *given)
        except Unreadable as error:
            said = {"why": error.why, "cure": error.cure}
            raise PydanticCustomError("unreadable", "{why}", said) from error

    fields: dict[str, Any] = {
        column.key: (Annotated[Any, BeforeValidator(partial(read, column))], ... if column.required else None)
        for column in columns}
    return create_model("Row", **fields)
