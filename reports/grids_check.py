"""What a check understood of sheets, for a person: as a grid for a file, and sheet by sheet on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reports import loading
from reports.grids import C, Cell, Grid

if TYPE_CHECKING:
    from loaders.checking import Checked, ColumnCheck, SheetCheck
    from loaders.tables import Problem

WHY = {
    "mapping": ("按 liantu.toml 的 [sheets]", "by [sheets] in liantu.toml"), "name": ("按表名", "by its name"),
    "like": ("按相近的表名", "by a name much like it"), "file": ("按文件名", "by the file's name"),
    "headers": ("按表头: 只有这张表合适", "by its headers: no other sheet fits"), "left out": ("按 liantu.toml 不读", "left out by liantu.toml"),
    "people": ("供人阅读的清单, 不导入", "a list for people, not loaded"), "": ("认不出", "not recognised"),
}
HOW = {
    "ours": ("按表头", "by the header"), "mapping": ("按 liantu.toml", "by liantu.toml"), "counter": ("序号, 不读", "a counter, not read"),
    "asked": ("请填, 不读", "what to fill in, not read"), "review": ("复核用, 不读", "for the review, not read"),
    "left out": ("按 liantu.toml 不读", "left out by liantu.toml"),
    "unknown": ("不认识", "unknown"),
}
TOLD = {"header": ("表头写明", "in the header"), "title": ("表上方写明", "above the table"), "ours": ("本列默认", "this column's own"), "": ("", "")}
PASSED = {"total": ("合计行", "totals"), "note": ("表下说明", "footnotes"), "section": ("小标题", "section titles"),
          "repeat": ("重复的表头", "headers again"), "numbers": ("列号", "column numbers"), "example": ("示例", "examples"),
          "unanswered": ("未填", "not filled in"), "unreviewed": ("未复核", "not reviewed"), "declined": ("不采用", "rejected"),
           "blank": ("无内容的行", "rows without content")}
COLUMNS = (C("文件", "File", wide=20), C("表", "Sheet", wide=22), C("项", "Item", wide=12), C("位置", "Where", wide=12),
           C("原文", "As written", wide=28), C("读作", "Read as", wide=22), C("单位", "Unit"), C("说明", "Remark", wide=60))
_SHOWN = 12
"""How many row numbers a line names."""


def checked(answer: Checked, lang: str) -> Grid:
    """One row a sheet, a header, a kind of rows passed over, a problem, a flag and a line to paste."""
    rows = [row for sheet in answer.sheets for row in _sheet(sheet, lang)]
    rows += [(p.file, p.sheet, two("退回", "refused", lang), _at(p), p.value, "", "", f"{p.why} → {p.cure}")
             for p in answer.problems]
    rows += [("", "", two("标记", "flag", lang), "", "", "", "", flag) for flag in answer.flags]
    rows += [("地区表.csv", "", two("可粘贴", "to paste", lang), "", line, "", "", "") for line in loading.regions(answer.problems)]
    rows += [("liantu.toml", "", two("可粘贴", "to paste", lang), "", line, "", "", "") for line in answer.toml]
    return Grid(two("检查", "check", lang), verdict(answer, lang), COLUMNS, tuple(rows), tuple(remarks(answer, lang)))


def _sheet(sheet: SheetCheck, lang: str) -> Iterator[tuple[Cell, ...]]:
    yield (sheet.file, sheet.sheet, two("表", "sheet", lang), rows_of(sheet.header_rows, lang), " ".join(sheet.above),
           two(sheet.taken_for, sheet.english, lang), "", why(sheet, lang))
    for one in sheet.columns:
        yield (sheet.file, sheet.sheet, two("列", "column", lang), one.letter, one.header, two(one.column, one.english, lang),
               one.unit, how(one, lang))
    for kind, numbers in passed(sheet).items():
        yield (sheet.file, sheet.sheet, two("略过", "passed over", lang), rows_of(numbers, lang), "", _word(PASSED, kind, lang), "",
               two(f"{len(numbers)} 行", f"{len(numbers)} rows", lang))
    yield sheet.file, sheet.sheet, two("读入", "read", lang), "", "", "", "", read(sheet, lang)


def read(sheet: SheetCheck, lang: str) -> str:
    """How many rows could be read, of how many where some could not."""
    zh, en = (f" (共 {sheet.data} 行数据)", f" of {sheet.data}") if sheet.data != sheet.rows else ("", "")
    return two(f"读入 {sheet.rows} 行{zh}", f"{sheet.rows} rows read{en}", lang)


def passed(sheet: SheetCheck) -> dict[str, list[int]]:
    """Kind → the numbers of the rows that were passed over."""
    out: dict[str, list[int]] = {}
    for one in sheet.passed:
        out.setdefault(one.kind, []).append(one.number)
    return out


def why(sheet: SheetCheck, lang: str) -> str:
    """By what a sheet was known; where it was not, what it looked like."""
    saw = "、".join(f"{name} {count}" for name, count in sheet.saw)
    return _word(WHY, sheet.why, lang) + (two(f" (认得的列: {saw})", f" (columns known: {saw})", lang)
                                          if saw and sheet.why in ("", "headers") else "")


def how(column: ColumnCheck, lang: str) -> str:
    parts = [_word(HOW, column.how, lang)]
    if column.unit and column.told:
        parts.append(two("单位: ", "unit: ", lang) + _word(TOLD, column.told, lang))
    if column.near:
        parts.append(two("最相近: ", "nearest: ", lang) + "、".join(column.near))
    return "; ".join(parts)


def rows_of(numbers: Sequence[int], lang: str) -> str:
    """第 3–4 行; the first few where there are many."""
    shown = ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
    return two(f"第 {shown} 行", f"row {shown}", lang)


def verdict(answer: Checked, lang: str) -> str:
    count = len(answer.problems)
    if not answer.loadable:
        return two(f"不能导入: {count} 处问题", f"cannot be loaded: {count} problems", lang)
    more = two(f", 其中 {count} 处退回", f", {count} of it refused", lang) if count else ""
    return two("可以导入", "can be loaded", lang) + more


def remarks(answer: Checked, lang: str) -> Iterator[str]:
    """What the load would do, and what was not checked."""
    if not answer.workspace:
        yield two("没有工作区: 只检查了读法, 没有核对环节、地区和已有材料",
                   "no workspace: only the reading was checked; chain nodes, regions and older material were not compared", lang)
    if answer.would:
        yield from loading.same(answer.would)
        yield from (loading.would(answer.would) if answer.would.loaded else ())


def _at(problem: Problem) -> str:
    rows = problem.rows or ((problem.row,) if problem.row else ())
    return ", ".join([*map(str, rows[:_SHOWN]), *(["…"] if len(rows) > _SHOWN else []), *([problem.column] if problem.column else [])])


def _word(words: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    zh, en = words[key]
    return two(zh, en, lang)


def two(zh: str, en: str, lang: str) -> str:
    """Of the two languages the one that is asked for."""
    return en if lang == "en" else zh
