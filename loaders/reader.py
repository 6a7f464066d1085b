"""The rows of one table, read column by column and put together again; every problem of every row at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loaders import reviewed, values
from loaders.cells import MEASURED, impossible, is_blank, quoted, say, shown
from loaders.columns import NOTHING_SAID, Parsed, Seen, either, parsed
from loaders.headers import column_named
from loaders.sheets import Column, Sheet
from loaders.tables import Cell, Passed, Problem, Row, Table
from loaders.values import Unreadable

EXAMPLES = ("示例", "Example")
"""What the first cell of a row begins with that only shows how to fill in the sheet."""

SHARED = frozenset({"MAKES.capacity", "ADDS.capacity", "REPORTS.value", "SUPPLIES.amount", "FUNDED.amount", "AIMS.value"})
"""Figures that several rows cannot share: merged over them, one says of none how much of it is its own."""

SPLIT = frozenset({"firms", "suppliers", "contacts"})
"""Sheets of which a row may name several chain nodes: it is a row for each."""


class Reader:
    """Reads the rows of one table column by column; ``problems``, ``passed`` and ``flags`` grow as it goes."""

    def __init__(self, table: Table, sheet: Sheet, columns: Sequence[Seen]) -> None:
        self.table, self.sheet = table, sheet
        self.named = {one.column.key: one for one in columns if one.column}
        self.asked = next((one.place for one in columns if one.how == "asked"), None)
        self.review, self.sentence = (reviewed.place(table.header, name) for name in (reviewed.REVIEW, reviewed.SENTENCE))
        self.numbers = [number for number, _ in table.rows]
        self.cells: list[Sequence[Cell]] = list(zip(*(cells for _, cells in table.rows), strict=False))
        self.problems: list[Problem] = []
        self.passed: list[Passed] = []
        self.flags: list[str] = []

    def read(self) -> list[Row]:
        if not self.cells or not self.named:
            return []
        read = {key: parsed(self._column(key), self.cells[one.place], one.unit, self._units(key))
                for key, one in self.named.items()}
        for key, column in read.items():
            self._undivided(key, column)
            self._impossible(key, column)
        skipped = self._skipped(read)
        bad = self._refused(read, skipped)
        return self._rows(read, skipped | bad)

    def _column(self, key: str) -> Column:
        found = self.named[key].column
        if found is None:
            raise LookupError(key)
        return found

    def _units(self, key: str) -> Sequence[str]:
        """The row's 单位 of a figure that has no unit of its own, row by row."""
        if self._column(key).unit or self._column(key).kind != "quantity" or "unit" not in self.named:
            return ()
        cells = self.cells[self.named["unit"].place]
        written = {cell: "" if values.is_blank(cell) else values.text(cell) for cell in set(cells)}
        return [written[cell] for cell in cells]

    def _undivided(self, key: str, column: Parsed) -> None:
        """A figure merged over several rows is none's."""
        if self._column(key).prop not in SHARED:
            return
        for first, last, place in self.table.merged:
            if place != self.named[key].place:
                continue
            rows = [at for at, number in enumerate(self.numbers) if first <= number <= last]
            cell = quoted(shown(self.cells[place][rows[0]])) if rows else ""
            zh = f"{self._column(key).zh} {cell} 是第 {first}–{last} 行合并的单元格, 分不出各行是多少"
            en = f"{self._column(key).en} {cell} is merged over rows {first}–{last}: what each has cannot be told"
            column.whole = False
            for at in rows:
                column.values[at] = None
                column.texts.pop(at, None)
                if self._column(key).required:
                    column.wrong[at] = (f"{zh} / {en}", "拆开合并的单元格, 各行写各行的数 / unmerge it and give each row its own")
            if not self._column(key).required:
                self.flags.append(f"{self.table.file}/{self.table.sheet}: {zh}, 未采用 / {en}, left out")

    def _impossible(self, key: str, column: Parsed) -> None:
        """A figure that nothing has is left out and told: what else the row says is not lost for it."""
        for at, value in enumerate(column.values if key in MEASURED else ()):
            zh, en = ("", "") if value is None or value is NOTHING_SAID else impossible(self._column(key), value)
            if zh:
                column.values[at], column.whole = None, False
                column.texts.pop(at, None)
                where = f"{self.table.file}/{self.table.sheet}/{self.numbers[at]}"
                one, cell = self._column(key), quoted(shown(self.cells[self.named[key].place][at]))
                self.flags.append(f"{one.zh} {cell} {zh}, 未采用 [{where}] / {one.en} {cell} is {en}, left out")

    def _skipped(self, read: Mapping[str, Parsed]) -> set[int]:
        """Places of the rows that say nothing: examples, blanks, and those of a hand-out that were not filled in."""
        kinds: dict[int, str] = {}
        if self.asked is not None:
            kinds |= {at: "unanswered" for at, (_, cells) in enumerate(self.table.rows) if self._unanswered(cells)}
        if self.review is not None:
            kinds |= dict(self._not_accepted(self.cells[self.review]))
        if not any(column.whole for column in read.values()):
            wrong = {at for column in read.values() for at in column.wrong}
            blank = zip(*(column.values for column in read.values()), strict=True)
            kinds |= {at: "blank" for at, row in enumerate(blank) if at not in wrong and all(value is None for value in row)}
        for place in {0, next(iter(self.named.values())).place}:
            kinds |= {at: "example" for at, cell in enumerate(self.cells[place])
                      if cell.__class__ is str and ("示例" in cell or "Example" in cell) and cell.lstrip().startswith(EXAMPLES)}
        self.passed += [Passed(self.numbers[at], kind) for at, kind in kinds.items()]
        return set(kinds)

    def _not_accepted(self, cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
        """Places of the rows that a reviewer has not taken; a word that is neither is a problem of its row."""
        for at, cell in enumerate(cells):
            try:
                word = reviewed.accepted(cell)
            except Unreadable as error:
                self.problems.append(Problem(self.table.file, self.table.sheet, self.numbers[at], reviewed.REVIEW[0], shown(cell),
                                             error.why, error.cure))
                word = None
            if not word:
                yield at, "unreviewed" if word is None else "declined"

    def _unanswered(self, cells: Sequence[Cell]) -> bool:
        """Whether the row asks for cells (请填) and none of them is filled."""
        if self.asked is None:
            return False
        wanted = {column.key for name in values.text(cells[self.asked]).replace(",", "、").split("、")
                  if (column := column_named(self.sheet, name.strip()))}
        given = {key: cells[one.place] for key, one in self.named.items()}
        return bool(wanted) and all(key not in given or is_blank(self._column(key), given[key]) for key in wanted)

    def _refused(self, read: Mapping[str, Parsed], skipped: set[int]) -> set[int]:
        """Places of the rows with a problem; every problem is told."""
        said: list[tuple[int, str, tuple[str, str]]] = []
        for key, column in read.items():
            said += [(at, key, why) for at, why in column.wrong.items()]
            if self._column(key).required and not column.whole:
                missing = say("missing", self._column(key))
                said += [(at, key, missing) for at, value in enumerate(column.values) if value is None and at not in column.wrong]
        if some := [key for key in self.sheet.one_of if key in self.named]:
            nobody = zip(*(read[key].values for key in some), strict=True)
            said += [(at, some[0], say("one_of", near=either(self.sheet))) for at, row in enumerate(nobody)
                     if row.count(None) == len(row)]
        said = sorted((one for one in said if one[0] not in skipped), key=lambda one: one[0])
        self.problems += [self._problem(*one) for one in said]
        return {at for at, _, _ in said}

    def _problem(self, at: int, key: str, said: tuple[str, str]) -> Problem:
        cell = self.cells[self.named[key].place][at]
        value = "" if is_blank(self._column(key), cell) else shown(cell)
        return Problem(self.table.file, self.table.sheet, self.numbers[at], self._column(key).zh, value, *said)

    def _rows(self, read: Mapping[str, Parsed], without: set[int]) -> list[Row]:
        keys, file, sheet, tab = tuple(read), self.table.file, self.sheet, self.table.sheet
        texts: dict[int, dict[str, str]] = {}
        for key, column in read.items():
            for at, said in column.texts.items():
                texts.setdefault(at, {})[key] = said
        for at, words in self._sentences():
            texts.setdefault(at, {})[reviewed.SENTENCE[0]] = words
        several = self._several(read)
        whole = all(column.whole for column in read.values())
        if whole and not without and not several:
            return [Row(file, sheet, number, dict(zip(keys, row, strict=True)), texts.get(at) or {}, tab) for at, (number, row) in
                    enumerate(zip(self.numbers, zip(*(column.values for column in read.values()), strict=True), strict=True))]
        out: list[Row] = []
        for at, row in enumerate(zip(*(column.values for column in read.values()), strict=True)):
            if at in without:
                continue
            given = dict(zip(keys, row, strict=True)) if whole else {
                key: value for key, value in zip(keys, row, strict=True) if value is not None and value is not NOTHING_SAID}
            one = Row(file, sheet, self.numbers[at], given, texts.get(at) or {}, tab)
            if several and given["node"] in several:
                out += self._apart(at, one, several[given["node"]])
            else:
                out.append(one)
        return out

    def _sentences(self) -> Iterator[tuple[int, str]]:
        """The words that a reviewed row came from, kept beside its facts."""
        if self.review is not None and self.sentence is not None:
            yield from ((at, words) for at, cell in enumerate(self.cells[self.sentence]) if (words := values.text(cell)))

    def _several(self, read: Mapping[str, Parsed]) -> dict[str, tuple[str, ...]]:
        """硅片、电池 in the one cell of a firm's chain node, and what it names."""
        if self.sheet.key not in SPLIT:
            return {}
        written = {value for value in read["node"].values if value} if "node" in read else set()
        return {value: names for value in written if len(names := values.items(value)) > 1}

    def _apart(self, at: int, row: Row, names: Sequence[str]) -> list[Row]:
        """A row for each of its chain nodes; a figure of them all says of none how much of it is its own."""
        shared = [key for key in row.values if self._column(key).prop in SHARED]
        for key in shared:
            said = quoted(shown(self.cells[self.named[key].place][at]))
            self.flags.append(f"一格写了 {len(names)} 个环节, {self._column(key).zh} {said} 分不出各是多少, 未采用 [{row.cell}] / {len(names)} chain "
                              f"nodes in one cell: what each has of {said} cannot be told, left out")
        given = {key: value for key, value in row.values.items() if key not in shared}
        texts = {key: said for key, said in row.texts.items() if key not in shared}
        return [Row(row.file, row.sheet, row.number, given | {"node": name}, dict(texts), row.tab) for name in names]
