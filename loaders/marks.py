"""What rows of a printed sheet are that are no material: totals, footnotes, section titles, column numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from loaders.tables import Cell
from loaders.values import text

_TOTAL = re.compile(r"(?:.{0,8}?)(?:合计|小计|总计|共计|总和)(?:\(.{0,20}\)|\d+[个家项户]?)?:?|(?:grand|sub)?-?total:?", re.IGNORECASE)
_NOTE = re.compile(r"(?:注释?|备注|附注|说明|填表说明|填报说明|(?:填表|制表|填报|审核|复核|负责|联系|经办)人|(?:单位)?负责人|联系电话"
                   r"|(?:填报|制表|编制|报送)(?:单位|部门)|(?:制表|填表|填报|报送)(?:日期|时间)|(?:数据|资料)来源|notes?|sources?|prepared by)"
                   r"(?:\(.{0,12}\))?\s*\d{0,2}\s*[::.、)]", re.IGNORECASE)
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[((][一二三四五六七八九十]{1,3}[))]|第[一二三四五六七八九十]{1,3}[部分章节类])")
_UNITS = re.compile(r"(?<![^\W\d_])(?:计量|金额|数量)?单位\s*[::]\s*([^\s::;;))]+)")
_ORDINALS = {c: i for names in ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ") for i, c in enumerate(names)}


def folded(cell: Cell) -> str:
    """The cell's words without blanks, full-width letters, digits and colons made plain."""
    return "".join(unicodedata.normalize("NFKC", cell).split()) if isinstance(cell, str) else ""


def is_total(cell: Cell) -> bool:
    """合 计, 光伏小计, 总计(12家), Total: — and no firm whose name merely holds the word."""
    return isinstance(cell, str) and ("计" in cell or "和" in cell or "otal" in cell or "OTAL" in cell) and \
        _TOTAL.fullmatch(folded(cell)) is not None


def is_note(cell: Cell) -> bool:
    """What opens a line under a table: 注: …, 填表人:…, 数据来源:…"""
    return isinstance(cell, str) and _NOTE.match(folded(cell)) is not None


def is_section(cell: Cell) -> bool:
    """一、硅料 or (二)电池 alone in its row."""
    return isinstance(cell, str) and _SECTION.match(folded(cell)) is not None


def are_numbers(cells: Sequence[Cell]) -> bool:
    """The numbers of the columns under a statistical header: 甲 乙 1 2 3, or 1 2 3."""
    given = [cell for cell in cells if cell is not None]
    words = [text(cell).strip("()（）") for cell in given]
    figures = [int(word) for word in words if word.isdecimal()]
    letters = [_ORDINALS.get(word) for word in words if not word.isdecimal()]
    return len(given) >= 3 and len(given) == len(cells) and letters == list(range(len(letters))) and \
        words[:len(letters)] == [w for w in words if not w.isdecimal()] and \
        figures in (list(range(1, len(figures) + 1)), list(range(len(letters) + 1, len(given) + 1)))


def units_told(line: str) -> tuple[str, ...]:
    """The units a line above the header gives for the whole table: 单位:万元、万吨 → 万元, 万吨."""
    found = _UNITS.findall(unicodedata.normalize("NFKC", line))
    return tuple(unit for words in found for unit in re.split("[、,，]", words) if unit)
