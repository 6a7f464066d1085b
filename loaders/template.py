"""Workbooks that people fill in: the template, and rows written back so that they load again."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from graph import files
from graph.errors import LiantuError
from graph.inert import inert
from loaders.rows import EXAMPLES, Row
from loaders.sheets import SHEET, SHEETS, Column, Sheet
from loaders.values import Quantity

CREATED = datetime(2000, 1, 1)
"""A fixed day, so that the same input gives the same bytes."""

LONGEST = 32767
"""Characters that Excel takes in a cell."""

LAST = 2000
"""The row that drop-downs and the list of chain nodes reach to."""

KINDS: dict[str, tuple[str, str]] = {
    "text": ("文字", "text"), "node": ("一个环节", "one chain node"), "nodes": ("环节, 几个用、隔开", "nodes, separated by 、"),
    "items": ("几个用、隔开", "several, separated by 、"), "number": ("数", "number"),
    "quantity": ("数, 可带单位", "number, may carry a unit"), "flag": ("是/否", "yes/no"), "choice": ("选一项", "choose one"),
    "day": ("日期或期间", "day or period"),
}
NOTES = (
    ("带 * 的列必填, 其余可空; 空白就是未知, 不是零。",
     "Columns with * are required, all others may be blank; blank is unknown, not zero."),
    ("第一格以“示例”开头的行只是样例, 不导入。", "A row whose first cell begins with 示例 or Example is not loaded."),
    ("日期可写 2023-06-30、2023年6月、2023Q2、2023年底; 期间按最后一天。",
     "Days: 2023-06-30, 2023年6月, 2023Q2, 2023年底; a period is read as its last day."),
    ("产能可带单位: 5万吨/年、8GW、3×800t/d; 一格只写一个数。",
     "Capacities may carry their unit: 5万吨/年, 8GW, 3×800t/d; one figure a cell."),
    ("表式由多地公开文书综合而成, 不是任何一地的原表; 用不着的列可以删去。",
     "The forms are composed from published instruments of several places and are no city's own; unused columns may go."),
)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?")


def template(path: Path, nodes: Sequence[Row] = (), all_sheets: bool = False, lang: str = "zh") -> None:
    """A workbook to fill in: three sheets, or all; 环节 prefilled from ``nodes``. LiantuError where it cannot be written.

    Both languages stand in every header; ``lang`` decides which the drop-downs and notes are in (first).
    """
    shown = [sheet for sheet in SHEETS if all_sheets or sheet.short]
    with Book() as book:
        for sheet in shown:
            rows = [written(row) for row in nodes if row.sheet.key == sheet.key == "nodes"]
            page = book.sheet(sheet, sheet.columns, rows or [_example(sheet)], both=True, grey=not rows)
            for place, column in enumerate(sheet.columns):
                page.data_validation(1, place, LAST - 1, place, validation(sheet, column, bool(nodes), lang))
        notes(book, NOTES, shown, lang)
    files.write_bytes(path, book.content)


def write_sheets(path: Path, sheets: Mapping[Sheet, Sequence[Mapping[str, str]]]) -> None:
    """Rows by sheet as a workbook, or as a folder of CSV where ``path`` has no suffix; both load again.

    A row is {our 中文 header or column key: text of the cell}. Raises LiantuError where a row could not be
    read back (a cell that is too long, a name that marks an example) or the file cannot be written.
    """
    for sheet, rows in sheets.items():
        _check(sheet, rows)
    if not path.suffix:
        for sheet, rows in sheets.items():
            files.write_text(path / f"{sheet.zh}.csv", _csv(sheet, rows))
        return
    with Book() as book:
        for sheet, rows in sheets.items():
            book.sheet(sheet, _used(sheet, rows), rows)
    files.write_bytes(path, book.content)


def written(row: Row) -> dict[str, str]:
    """A row's cells as text that reads back to the same values, by 中文 header."""
    return {column.zh: _text(row, column) for column in row.sheet.columns if column.key in row.values}


def _text(row: Row, column: Column) -> str:
    value = row.values[column.key]
    if wording := row.texts.get(column.key):
        return wording
    if isinstance(value, Quantity):
        unit = "" if value.unit == (column.unit or row.values.get("unit", "")) else value.unit
        return value.text or figure(value.value) + unit
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return figure(value)
    if isinstance(value, tuple):
        return "、".join(value)
    stored = {choice[0]: choice[1] for choice in column.choices}
    return value.isoformat() if isinstance(value, date) else stored.get(value, str(value))


def figure(value: float) -> str:
    return repr(value).removesuffix(".0")


class Book:
    """A workbook in memory: the same input, the same bytes; strings stay strings."""

    def __enter__(self) -> Book:
        import xlsxwriter

        self._buffer = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(self._buffer, _OPTIONS)
        self.book.set_properties({"created": CREATED})
        self.text = self.book.add_format({"num_format": "@"})
        self.grey = self.book.add_format({"num_format": "@", "italic": True, "font_color": "#7F7F7F"})
        head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.head = {required: self.book.add_format(head | {"bg_color": colour})
                     for required, colour in ((True, "#F4B183"), (False, "#DDEBF7"))}
        return self

    def __exit__(self, *error: object) -> None:
        self.book.close()
        self.content = self._buffer.getvalue()

    def sheet(self, sheet: Sheet, columns: Sequence[Column], rows: Sequence[Mapping[str, str]], *,
              both: bool = False, grey: bool = False) -> Any:
        """One sheet with its header and rows; ``both`` languages in the header, ``grey`` rows are examples."""
        page = self.page(sheet.zh)
        for place, column in enumerate(columns):
            head = header(column) if both else column.zh
            # Text columns are formatted as text, else Excel rounds credit codes to 15 digits.
            plain = column.kind in ("number", "quantity")
            page.set_column(place, place, max(9, min(30, 2 + max(map(width, head.split("\n"))))), None if plain else self.text)
            page.write_string(0, place, head, self.head[column.required])
            for number, row in enumerate(rows, start=1):
                if cell := _cell(row, column):
                    put(page, number, place, cell, plain, self.grey if grey else None if plain else self.text)
        page.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
        return page

    def page(self, name: str) -> Any:
        """A blank sheet that prints on A3, its first row on every page."""
        page = self.book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        return page


def listed(book: Book, name: str, titles: Sequence[str], rows: Sequence[Sequence[Any]], foot: Sequence[str]) -> None:
    """A sheet for people: header, rows (text, number, day or None, which is blank) and lines below them."""
    page = book.page(name)
    wrapped, counted = (book.book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": form}) for form in ("@", "General"))
    for place, title in enumerate(titles):
        page.write_string(0, place, title, book.head[False])
        lines = [line for row in rows for line in _shown(row[place]).split("\n")]
        page.set_column(place, place, max(6, min(44, 2 + max(map(width, [title, *lines])))))
        for number, row in enumerate(rows, start=1):
            if isinstance(row[place], float):
                page.write_number(number, place, row[place], counted)
            else:
                put(page, number, place, _shown(row[place]), False, wrapped)
    page.autofilter(0, 0, max(1, len(rows)), len(titles) - 1)
    for number, line in enumerate(foot, start=len(rows) + 2):
        page.write_string(number, 1, printable(line))


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return figure(cell)
    return printable(cell.isoformat() if isinstance(cell, date) else cell or "")[:LONGEST]


def put(page: Any, number: int, place: int, cell: str, plain: bool, style: Any) -> None:
    if plain and _NUMBER.fullmatch(cell):
        page.write_number(number, place, float(cell), style)
    elif page.write_string(number, place, cell, style):
        raise LiantuError(f"第 {number + 1} 行写不进工作簿: 超出 Excel 的上限 / row {number + 1} exceeds Excel's limits",
                          "写成 CSV 文件夹 / write a folder of CSV instead")


def _cell(row: Mapping[str, str], column: Column) -> str:
    return printable(row.get(column.zh) or row.get(column.key) or "")


def printable(text: str) -> str:
    """Control characters and half surrogates have no place in XML or CSV, and reading drops them anyway."""
    return _UNPRINTABLE.sub("", text)


def header(column: Column) -> str:
    """企业名称* over Firm; the unit in both where the 中文 has none."""
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.zh}{'*' if column.required else ''}\n{column.en}{unit}"


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _example(sheet: Sheet) -> dict[str, str]:
    first, *rest = sheet.columns
    return {first.zh: f"{EXAMPLES[0]}: {first.example}"} | {c.zh: c.example for c in rest if c.example}


def validation(sheet: Sheet, column: Column, prefilled: bool, lang: str) -> dict[str, Any]:
    """A drop-down where there is something to choose from, and the column's note beside the cell."""
    note = "\n".join(n for n in (column.note_zh, column.note_en) if n)
    found: dict[str, Any] = {"validate": "any"}
    language = 2 if lang == "en" else 1
    if column.kind in ("choice", "flag"):
        choices = [choice[language] for choice in column.choices] or (["yes", "no"] if language == 2 else ["是", "否"])
        found = {"validate": "list", "source": choices, "error_type": "warning"}
    elif column.kind in ("node", "nodes") and (sheet.key, column.key) != ("nodes", "node"):
        # Several nodes, or 产业链/环节, may be written too: the list only helps.
        first = 2 if prefilled else 3
        source = f"='{SHEET['nodes'].zh}'!$B${first}:$B${LAST}"
        found = {"validate": "list", "source": source, "show_error": False}
    return found | ({"input_title": column.zh, "input_message": note[:255]} if note else {})


def notes(book: Book, said: Sequence[tuple[str, str]], shown: Sequence[Sheet], lang: str) -> None:
    """How to fill in the sheets, (中文, English) each, then what each column holds."""
    page = book.page("说明")
    lines = [(f"{en} / {zh}" if lang == "en" else f"{zh} / {en}",) for zh, en in said]
    for number, cells in enumerate([*lines, (), *_dictionary(shown)]):
        for place, cell in enumerate(cells):
            page.write_string(number, place, cell)
    for place, width in enumerate((26, 20, 26, 6, 34, 12, 40, 60)):
        page.set_column(place, place, width)


def _dictionary(shown: Sequence[Sheet]) -> Iterator[tuple[str, ...]]:
    yield ("表 Sheet", "列 Column", "English", "必填 *", "填什么 Kind", "单位 Unit", "可选 Choices", "说明 Notes")
    for sheet in shown:
        for c in sheet.columns:
            yield (sheet.zh, c.zh, c.en, "*" if c.required else "", " / ".join(KINDS[c.kind]), c.unit,
                   "、".join(zh for _, zh, _ in c.choices), " / ".join(n for n in (c.note_zh, c.note_en) if n))


def _check(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> None:
    first = _used(sheet, rows)[0]
    for row in rows:
        if _cell(row, first).strip().startswith(EXAMPLES):
            raise LiantuError(f"{sheet.zh}: {_cell(row, first)[:40]!r} 会被当作样例行 / would be read as an example row",
                              f"名称不要以 {' 或 '.join(EXAMPLES)} 开头 / let no name begin so")


def _used(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> list[Column]:
    """The required columns and those that a row fills."""
    needed = {*sheet.one_of} if not any(_cell(r, sheet.column(k)) for r in rows for k in sheet.one_of) else set()
    return [c for c in sheet.columns if c.required or c.key in needed or any(_cell(row, c) for row in rows)]


def _csv(sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> str:
    """With the mark by which Excel knows UTF-8. A name that begins like a formula (=…) gets an apostrophe, which a load takes off."""
    out = io.StringIO()
    columns = _used(sheet, rows)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.zh for column in columns])
    writer.writerows([_inert(_cell(row, column)) for column in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _inert(words: str) -> str:
    return words if re.fullmatch(r"[+-][\d.,]+", words) else inert(words)
