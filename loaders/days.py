"""Days and periods as offices write them, each read as its first and its last day.

2022年11月, 2022.11.24, 二〇二二年十一月, 2022Q2, 2023年上半年, 2023年1-6月, 2023年底, 2022-12至2023-01.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date

Span = tuple[date, date]
"""First and last day."""

_YEAR = r"(?:19|20|21)\d\d"
_TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d*)?)?Z?$")
_NUMERALS = {numeral: str(i) for i, numeral in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_NUMERAL = re.compile("[〇○零一二三四五六七八九十]+")
_BETWEEN = re.compile(rf"[~—–至到]+|(?<=\d{{4}})-(?={_YEAR}年?$)|(?<=\d{{4}}年)-(?={_YEAR})")


def period(text: str) -> Span | None:
    """First and last day of what ``text`` names; None where it is no day or period.

    Raises ValueError for a day that the calendar does not have (2023-02-30).
    """
    words = _plain(text)
    ends = [words] if (found := _form(words)) else _BETWEEN.split(words, maxsplit=1)
    if len(ends) < 2:
        return found
    first, last = _form(ends[0]), _form(ends[1])
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def parts(text: str) -> list[str]:
    """"~2022-12/2023-01" in its parts: the day of the figure, and the day it became known."""
    return re.split(rf"/(?={_YEAR})", text)


def _plain(text: str) -> str:
    text = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    text = re.sub(r"(?<=\d)\s+(?=\d)", "-", text)
    text = re.sub(r"\s", "", text).upper()
    text = re.sub(r"^(大约|约|~|截至|截止)+|(左右|前后)$", "", text)
    return _NUMERAL.sub(lambda run: _arabic(run[0]), text)


def _arabic(run: str) -> str:
    """二〇二三 → 2023, 十一 → 11, 二十四 → 24: around 十 an absent digit is 1 before it, 0 after it."""
    tens, ten, ones = run.rpartition("十")
    return "".join(_NUMERALS.get(c, c) for c in (f"{tens or '一'}{ones or '〇'}" if ten else run))


def _months(year: str, first: int, last: int) -> Span:
    if first > last:
        raise ValueError(f"{first}月 > {last}月")
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])


def _day(year: str, month: str, day: str) -> Span:
    there = date(int(year), int(month), int(day))
    return there, there


def _quarter(year: str, quarter: str) -> Span:
    return _months(year, 3 * int(quarter) - 2, 3 * int(quarter))


def _edge(year: str, edge: str) -> Span:
    # 年初 is said of the weeks in which last year's figures are told: January and February.
    first, last = {"初": (1, 2), "中": (6, 6)}.get(edge, (12, 12))
    return _months(year, first, last)


def _part(year: str, month: str, part: str) -> Span:
    first, last = _months(year, int(month), int(month))
    early, late = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20)}.get(part, (21, last.day))
    return first.replace(day=early), first.replace(day=late)


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Span]], ...] = tuple((re.compile(form), read) for form, read in (
    (rf"({_YEAR})[-.](\d{{1,2}})[-.](\d{{1,2}})", _day),
    (rf"({_YEAR})/(\d{{1,2}})/(\d{{1,2}})", _day),
    (rf"({_YEAR})年(\d{{1,2}})月(\d{{1,2}})(?:[日号]前?)?", _day),
    (rf"({_YEAR})(\d\d)(\d\d)", _day),
    (rf"({_YEAR})[-./年](\d{{1,2}})(?:月份?)?", lambda y, m: _months(y, int(m), int(m))),
    (rf"({_YEAR})(\d\d)", lambda y, m: _months(y, int(m), int(m))),
    (rf"({_YEAR})[-./年](\d{{1,2}})月?[-~—–至到](\d{{1,2}})月份?", lambda y, a, b: _months(y, int(a), int(b))),
    (rf"({_YEAR})[-./年](\d{{1,2}})月(上旬|中旬|下旬|初|底|末)前?", _part),
    (rf"({_YEAR})[-./年]?Q([1-4])", _quarter),
    (rf"({_YEAR})[-./年]?第?([1-4])(?:季度?|Q)", _quarter),
    (rf"Q([1-4])[-./]?({_YEAR})", lambda q, y: _quarter(y, q)),
    (rf"({_YEAR})[-./年]?(?:H1|上半年)", lambda y: _months(y, 1, 6)),
    (rf"({_YEAR})[-./年]?(?:H2|下半年)", lambda y: _months(y, 7, 12)),
    (rf"({_YEAR})年?前([1-4])季度?", lambda y, q: _months(y, 1, 3 * int(q))),
    (rf"({_YEAR})年?(?:年?([初底末])|(中))前?", lambda y, edge, middle: _edge(y, edge or middle)),
    (rf"({_YEAR})(?:年度?|全年|年全年)?", lambda y: _months(y, 1, 12)),
))


def _form(words: str) -> Span | None:
    for form, read in _FORMS:
        if match := form.fullmatch(words):
            return read(*match.groups())
    return None
