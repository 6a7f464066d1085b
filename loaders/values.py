"""One cell, one value: what people type into a cell, and what it means.

Every function takes a cell as the file holds it (str, float, int, bool, date, datetime, None) and
raises Unreadable, with the reason and the cure, and nothing else.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from graph import units
from loaders import days

BLANKS = {"", "-", "–", "—", "/", "无", "待定", "暂无", "未知", "n/a", "不详"}

LONGEST_BLANK = max(map(len, BLANKS))
_USUAL = re.compile("[ -~\u4e00-\u9fff（），。：；、“”]*")
"""Text that is as it looks: nothing in it to be made plain, so that a long column is not taken apart letter by letter."""
_UNUSUAL = re.compile("[^ -~\u4e00-\u9fff（），。：；、“”]")

_TRUE = {"是", "√", "✓", "✔", "☑", "true", "1", "y", "yes", "有"}
_FALSE = {"否", "×", "✗", "✘", "☒", "false", "0", "n", "no", "无"}
_POWER = "|".join(units.CHINESE_POWERS)
_FIGURE = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d{1,3})?|[+-]?\.\d+"
_NUMBER = re.compile(rf"({_FIGURE})({_POWER})?[家人户名个项次]?", re.IGNORECASE)
_AMOUNT = re.compile(rf"({_FIGURE})((?:[^\W\d_]|[%‰/·*()]|(?<=m)\^?[23])*)", re.IGNORECASE)
_MULTIPLIER = re.compile(rf"({_POWER})(.*)")
_BASE = re.compile(r"^(?:万亿|千万|百万|十万|亿|万|千(?![瓦吨克米伏]))")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:\s\d{3})+(?!\d)")
_TIMES = re.compile(r"(?<=[\d\D])[×✕✖*x](?=\d)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:大约|约为|约合|约|近|~|≈)+|(?:左右|上下)$")
_BOUND = re.compile(r"[<>≤≥≦≧余多超逾]|\d\+$|不低于|不少于|不足|以上|以下|以内|少于|至少")
_RANGE = re.compile(r"\d[^\d]{0,8}[-~–—至到][^\d]{0,2}\d")
_MADE = {"年产能": "/年", "年产": "/年", "月产": "/月", "日产": "/日"}
_EXCEL_ZERO = date(1899, 12, 30)  # day 0 of a workbook, which takes 1900 for a leap year
_SERIALS = range(20000, 80000)  # 1954 to 2119: apart from every year and every 20221124
_ONE_FIGURE = "一格只写一个数, 原话写进 说明 / one figure a cell; put the wording into 说明"
_DAY_CURE = "写成例如 / write for example 2022-11-24, 2022年11月, 2022Q4, 2023年底"


class Unreadable(Exception):
    """A cell that cannot be read as what its column holds: ``why``, and the ``cure``."""

    def __init__(self, why: str, cure: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and its unit as written; ``text`` is the cell's wording where it was more than a bare number."""

    value: float
    unit: str
    text: str = ""


def is_blank(cell: object) -> bool:
    """Nothing was said. 无 is among the blanks: where 无 is an answer (flags, 摸排结论), ask for that first."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > LONGEST_BLANK and _USUAL.fullmatch(cell) and cell.lstrip()[LONGEST_BLANK:] and cell.lstrip()[0] not in "-–—":
        return False
    words = text(unicodedata.normalize("NFKC", cell)).casefold()
    return words in BLANKS or not words.strip("-–—")


def is_unusual(text: str) -> bool:
    """Whether there is anything in a text that ``text`` would make plain, blanks at its ends aside."""
    return _UNUSUAL.search(text) is not None


def text(cell: object) -> str:
    """The cell as trimmed text: full-width letters and digits made plain, Chinese punctuation kept."""
    if cell.__class__ is str and _USUAL.fullmatch(cell):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    return "".join(map(_character, str(cell))).strip()


def _character(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Lu", "Ll", "Lm", "Lo", "Nd", "Zs"):
        return unicodedata.normalize("NFKC", character)
    # What no page can print (zero-width marks, control characters) only keeps equal names apart.
    return "" if kind in ("Cc", "Cf", "Cs") and character not in "\n\t" else character


def day(cell: object, first: bool = False) -> date:
    """The last day (``first``: the first) of the day or period in the cell.

    Reads dates, Excel's serial numbers and text: 20221124, 2022年11月, 2022Q2, 2023年上半年, 2023年底.
    2023年初 is read as the end of February. Of "~2022-12/2023-01" the part before the stroke is read.
    """
    return _span(cell, 0)[0 if first else 1]


def day_known(cell: object) -> date:
    """The last day of the second part of "~2022-12/2023-01": when it became known; without one, day()."""
    return _span(cell, -1)[1]


def _span(cell: object, part: int) -> days.Span:
    if isinstance(cell, date):
        there = cell.date() if isinstance(cell, datetime) else cell
        return there, there
    words = _day_words(cell)
    if re.fullmatch(r"\d{5}(\.\d+)?", words) and int(float(words)) in _SERIALS:
        there = _EXCEL_ZERO + timedelta(days=int(float(words)))
        return there, there
    try:
        span = days.period(days.parts(words)[part])
    except ValueError as error:
        raise Unreadable(f"日历上没有这一天 / no such day: {words}", _DAY_CURE) from error
    if span is None:
        raise Unreadable("不是日期或期间 / not a day or a period", _DAY_CURE)
    return span


def _day_words(cell: object) -> str:
    if isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", str(cell)):
        # A number 2022.1 was 2022.1 or 2022.10 when it was typed; nobody can tell.
        raise Unreadable("1 月还是 10 月 / January or October?", "写成 / write 2022-01 or 2022-10")
    return "" if isinstance(cell, bool) else text(cell)


def number(cell: object) -> float:
    """A bare number: 1,234.5, ５０６０．４, 约20, 1.6亿, 5224家. Where a unit may follow, use quantity()."""
    if cell.__class__ is float and math.isfinite(cell):
        return _finite(cell)
    words = _figures(cell)
    if match := _NUMBER.fullmatch(_ABOUT.sub("", words)):
        return _finite(_float(match[1]) * units.CHINESE_POWERS.get(match[2] or "", 1.0))
    if _AMOUNT.fullmatch(_ABOUT.sub("", words)) and not _BOUND.search(words):
        raise Unreadable("数字后面有单位 / a unit follows the number", "这一列只写数 / only the number in this column")
    raise _no_figure(words)


def quantity(cell: object, unit: str = "") -> Quantity:
    """A number with its unit; ``unit`` is that of the 单位 column or the header.

    3×800t/d is 2400 t/d, 年产15万吨 is 15 万吨/年; 1.6亿 in a column of 只 or 万只 is 1.6 亿只.
    """
    if cell.__class__ is float and math.isfinite(cell):
        return Quantity(_finite(cell), unit)
    words = _figures(cell)
    value, own, bare = _amount(words)
    if power := _MULTIPLIER.fullmatch(own):
        if not power[2] and not unit:
            value, own = value * units.CHINESE_POWERS[own], ""
        elif not power[2]:
            own += _BASE.sub("", unit)
    if own and unit and own != unit and units.capacity(1.0, own, unit)[1] != unit:
        raise Unreadable(f"格内单位 {own} 与列的单位 {unit} 不一致 / the cell's unit is not the column's",
                         "改其中一个 / correct one of them")
    return Quantity(_finite(value), own or unit, "" if bare else text(cell))


def _amount(words: str) -> tuple[float, str, bool]:
    """(value, unit as written, whether the words are nothing but a number)."""
    if _BOUND.search(words):
        raise _no_figure(words)
    made = next((m for m in _MADE if words.startswith(m)), "")
    plain = _ABOUT.sub("", words.removeprefix(made))
    found = [_AMOUNT.fullmatch(factor) for factor in _TIMES.split(plain)]
    amounts = [(_float(m[1]), m[2]) for m in found if m]
    written = [own for _, own in amounts if own]
    if len(amounts) < len(found) or len(written) > 1 or (len(amounts) > 1 and not all(v > 0 for v, _ in amounts)):
        raise _no_figure(words)
    own = written[0] if written else ""
    own += _MADE[made] if made and "/" not in own else ""
    return math.prod(v for v, _ in amounts), own, not own and plain == words and len(amounts) == 1


def _figures(cell: object) -> str:
    """The cell's words with plain digits, without the blanks that mean nothing."""
    if isinstance(cell, (bool, date)) or cell is None:
        raise Unreadable("不是数字 / not a number", _ONE_FIGURE)
    written = repr(cell) if isinstance(cell, float) else str(cell)
    # The number below would take 10⁴ for 104 and ①15 for 115; only m² and m³ are raised in a unit.
    if any(unicodedata.category(c) == "No" for c in re.sub("(?<=[mM米])[²³]", "", written)):
        raise Unreadable("带上标或序号的数 / a raised or circled figure", _ONE_FIGURE)
    words = unicodedata.normalize("NFKC", written).strip().replace("−", "-")
    words = _THOUSANDS.sub(lambda match: re.sub(r"\s", "", match[0]), words)
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", words)


def _no_figure(words: str) -> Unreadable:
    if re.search(r"\d", words) and _BOUND.search(words):
        return Unreadable("只说了上限或下限 / only a bound is given", _ONE_FIGURE)
    if _RANGE.search(words):
        return Unreadable("是一个范围 / a range", _ONE_FIGURE)
    return Unreadable("不是一个数 / not one number", _ONE_FIGURE)


def _float(figure: str) -> float:
    return float(figure.replace(",", ""))


LEAST, MOST = 1e-15, 1e15
"""What a figure of a city can be; beyond it products run into infinity, or into nought."""


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise Unreadable("不是有限的数 / not a finite number", _ONE_FIGURE)
    if value and not LEAST <= abs(value) <= MOST:
        raise Unreadable(f"超出 {LEAST:g} 到 {MOST:g} / not between {LEAST:g} and {MOST:g}", _ONE_FIGURE)
    return value


def flag(cell: object) -> bool:
    """是/否, 有/无, √/×, true/false, yes/no, Y/N, 1/0."""
    words = unicodedata.normalize("NFKC", text(cell)).casefold()
    if words not in _TRUE | _FALSE:
        raise Unreadable("不是 是/否 / neither yes nor no", "写 是 或 否 / write 是 or 否")
    return words in _TRUE


def items(cell: object, slash: bool = False) -> tuple[str, ...]:
    """The names in a cell, each once, split at 、 ， ； and line breaks outside brackets (``slash``: at / too)."""
    found, depth, item = [], 0, ""
    for character in "" if is_blank(cell) else text(cell):
        depth = max(0, depth + (character in "(（[【《") - (character in ")）]】》"))
        if depth == 0 and character in ("、，,；;\n\r/" if slash else "、，,；;\n\r"):
            found.append(item)
            item = ""
        else:
            item += character
    return tuple(dict.fromkeys(name for part in [*found, item] if (name := part.strip()) and not is_blank(name)))
