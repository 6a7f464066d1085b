"""What people type into a cell, and what it means."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import units
from loaders.values import (
    BLANKS,
    Quantity,
    Unreadable,
    day,
    day_known,
    flag,
    is_blank,
    items,
    number,
    quantity,
    text,
)

YEARS = st.integers(1950, 2100)
MONTHS = st.integers(1, 12)


def end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@pytest.mark.parametrize("blank", [*BLANKS, None, "  ", "　", "－", "／", "N/A", "——", "--", "\u200b"])
def test_blanks(blank: str | None) -> None:
    assert is_blank(blank)


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "无锡", "n", float("nan")])
def test_not_blank(cell: object) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(("cell", "expected"), [
    (None, ""), (15.0, "15"), (0.5, "0.5"), (7, "7"), (" Ａ公司（包头）\u200b", "A公司（包头）"), ("①㎡，；", "①㎡，；"),
    (datetime(2022, 1, 2), "2022-01-02"), (date(2022, 1, 2), "2022-01-02"), ("a\x00\nb", "a\nb"), ("　包头　市", "包头 市"),
])
def test_text(cell: object, expected: str) -> None:
    assert text(cell) == expected


DAYS = [
    ("2022-11-24", "2022-11-24"), ("2022.11.24", "2022-11-24"), ("2022/11/24", "2022-11-24"), ("20221124", "2022-11-24"),
    ("2022年11月24日", "2022-11-24"), ("2022-11-24 00:00:00", "2022-11-24"), ("2022-11-24T08:30", "2022-11-24"),
    ("2022 1 1", "2022-01-01"), ("二〇二二年十一月二十四日", "2022-11-24"), ("二○二三年一月十日", "2023-01-10"),
    ("2022年11月", "2022-11-30"), ("2022-11", "2022-11-30"), ("２０２２年１１月", "2022-11-30"), ("2022.1", "2022-01-31"),
    ("202211", "2022-11-30"), ("2024年2月份", "2024-02-29"),
    ("2022Q2", "2022-06-30"), ("2022年二季度", "2022-06-30"), ("2022年第三季度", "2022-09-30"), ("Q4 2022", "2022-12-31"),
    ("2023H1", "2023-06-30"), ("2023年上半年", "2023-06-30"), ("2023年下半年", "2023-12-31"), ("2023年1-6月", "2023-06-30"),
    ("2023年前三季度", "2023-09-30"), ("2023年底", "2023-12-31"), ("2023年末", "2023-12-31"), ("2023年年底", "2023-12-31"),
    ("2023年初", "2023-02-28"), ("2024年初", "2024-02-29"), ("2023年中", "2023-06-30"), ("2025年底前", "2025-12-31"),
    ("2022年11月上旬", "2022-11-10"), ("2022年11月中旬", "2022-11-20"), ("2022年11月底", "2022-11-30"),
    ("2023", "2023-12-31"), ("2023年", "2023-12-31"), ("2023年度", "2023-12-31"), ("约2022年12月", "2022-12-31"),
    ("~2022-12/2023-01", "2022-12-31"), ("2022-2025", "2025-12-31"), ("2022年7月至2023年1月", "2023-01-31"),
    (2023, "2023-12-31"), (2023.0, "2023-12-31"), (20221124.0, "2022-11-24"), (2022.11, "2022-11-30"), (2022.2, "2022-02-28"),
    (44889, "2022-11-24"), (44889.5, "2022-11-24"), ("44889", "2022-11-24"),
    (date(2022, 11, 24), "2022-11-24"), (datetime(2022, 11, 24, 23, 59), "2022-11-24"),
]


@pytest.mark.parametrize(("cell", "expected"), DAYS)
def test_a_period_is_read_as_its_last_day(cell: object, expected: str) -> None:
    assert day(cell) == date.fromisoformat(expected)


@pytest.mark.parametrize(("cell", "expected"), [
    ("2023Q2", "2023-04-01"), ("2023", "2023-01-01"), ("2023年底", "2023-12-01"), ("2023年初", "2023-01-01"),
    ("2022-11", "2022-11-01"), ("2022-11-24", "2022-11-24"), ("2022-2025", "2022-01-01"), ("2022年11月中旬", "2022-11-11"),
])
def test_the_first_day_where_it_is_asked_for(cell: str, expected: str) -> None:
    assert day(cell, first=True) == date.fromisoformat(expected)


def test_when_it_became_known() -> None:
    assert day_known("~2022-12/2023-01") == date(2023, 1, 31)
    assert day_known("2022-11") == day("2022-11")
    assert day_known(date(2022, 1, 2)) == date(2022, 1, 2)


@pytest.mark.parametrize(("cell", "why"), [
    ("2023-02-30", "no such day"), ("2023年13月", "no such day"), ("2022年11-2月", "no such day"), (2022.1, "October"),
    ("22.11", "not a day"), ("", "not a day"), (None, "not a day"), (True, "not a day"), ("待定", "not a day"),
    (-1, "not a day"), (1e300, "not a day"), (float("nan"), "not a day"), ("2025-2022", "not a day"), ("2023年前", "not a day"),
    ("2022/", "not a day"), ("/2022/2023", "not a day"),
])
def test_no_day(cell: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as caught:
        day(cell)
    assert caught.value.cure


MONTH_FORMS = ["{y}-{m:02}", "{y}-{m}", "{y}.{m:02}", "{y}/{m}", "{y}年{m}月", "{y}{m:02}", " {y} 年 {m} 月份", "{y}年{m}月底"]


@given(YEARS, MONTHS, st.sampled_from(MONTH_FORMS))
def test_every_month(year: int, month: int, form: str) -> None:
    cell = form.format(y=year, m=month)
    assert day(cell) == end(year, month)
    assert day(cell, first=True).replace(day=1) == date(year, month, 1)


@given(YEARS, st.integers(1, 4), st.sampled_from(["{y}Q{q}", "{y}年{c}季度", "{y}年第{q}季度", "{y}-Q{q}", "Q{q} {y}", "{y}年{q}季"]))
def test_every_quarter(year: int, quarter: int, form: str) -> None:
    cell = form.format(y=year, q=quarter, c="一二三四"[quarter - 1])
    assert (day(cell, first=True), day(cell)) == (date(year, 3 * quarter - 2, 1), end(year, 3 * quarter))


@given(YEARS, st.sampled_from([("{}", 12), ("{}年", 12), ("{}年底", 12), ("{}年末", 12), ("{}H1", 6), ("{}年上半年", 6), ("{}H2", 12),
                               ("{}下半年", 12), ("{}年初", 2)]))
def test_every_year(year: int, form: tuple[str, int]) -> None:
    assert day(form[0].format(year)) == end(year, form[1])


@given(st.dates(date(1955, 1, 1), date(2100, 12, 31)),
       st.sampled_from(["{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日",
                        "{0.year}/{0.month}/{0.day}"]))
def test_every_day(there: date, form: str) -> None:
    assert day(form.format(there)) == day(form.format(there), first=True) == there
    assert day((there - date(1899, 12, 30)).days) == there


@pytest.mark.parametrize(("cell", "expected"), [
    ("1,234.5", 1234.5), ("５０６０．４", 5060.4), ("约20", 20), ("1.6亿", 1.6e8), ("5224家", 5224), ("1.2万人", 12000), (5.0, 5), (7, 7),
    ("-5", -5), ("−5", -5), ("1 234", 1234), ("1e-5", 1e-5), ("20左右", 20), (" 15 ", 15), (".5", 0.5), ("1，075", 1075),
])
def test_number(cell: object, expected: float) -> None:
    assert number(cell) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("cell", "why"), [
    ("很多", "not one number"), ("0.25-0.31", "range"), ("12至14", "range"), (">50", "bound"), ("100多家", "bound"), ("50以上", "bound"),
    (float("nan"), "not one number"), (float("inf"), "not one number"), ("nan", "not one number"), ("1e999", "not a finite"),
    ("10⁴", "raised"), ("①15", "raised"), ("½", "raised"), ("12 34", "not one number"), ("1,5", "not one number"),
    ("1.6亿元", "a unit follows"), ("82%", "a unit follows"), (True, "not a number"), (None, "not a number"),
    (date(2022, 1, 1), "not a number"), ("", "not one number"),
])
def test_no_number(cell: object, why: str) -> None:
    for read in (number, quantity):
        if why != "a unit follows" or read is number:
            with pytest.raises(Unreadable, match=why) as caught:
                read(cell)
            assert caught.value.cure


@pytest.mark.parametrize(("cell", "unit", "expected"), [
    (800.0, "t/d", (800, "t/d", "")),
    ("800", "t/d", (800, "t/d", "")),
    ("1,800", "t/d", (1800, "t/d", "")),
    (5, "", (5, "", "")),
    ("3×800t/d", "", (2400, "t/d", "3×800t/d")),
    ("4x1200 t/d", "", (4800, "t/d", "4x1200 t/d")),
    ("800t/d×3", "", (2400, "t/d", "800t/d×3")),
    ("3×800", "t/d", (2400, "t/d", "3×800")),
    ("1.6亿只", "", (1.6, "亿只", "1.6亿只")),
    ("1.6亿", "只", (1.6, "亿只", "1.6亿")),
    ("1.6亿", "万只/年", (1.6, "亿只/年", "1.6亿")),
    ("5.2亿", "万元", (5.2, "亿元", "5.2亿")),
    ("1.5万", "千瓦时", (1.5, "万千瓦时", "1.5万")),
    ("1.6亿", "", (1.6e8, "", "1.6亿")),
    ("15万吨/年", "", (15, "万吨/年", "15万吨/年")),
    ("15万吨", "kt/a", (15, "万吨", "15万吨")),
    ("年产15万吨", "", (15, "万吨/年", "年产15万吨")),
    ("8GW", "", (8, "GW", "8GW")),
    ("８ＧＷ", "GW", (8, "GW", "8GW")),
    ("约20亿元", "亿元", (20, "亿元", "约20亿元")),
    ("20 亿元左右", "", (20, "亿元", "20 亿元左右")),
    ("约20", "亿元", (20, "亿元", "约20")),
    ("3 m³", "", (3, "m3", "3 m³")),
    ("2km2", "", (2, "km2", "2km2")),
    ("82%", "%", (82, "%", "82%")),
    ("100台(套)", "", (100, "台(套)", "100台(套)")),
    ("15foo", "foo", (15, "foo", "15foo")),
    ("15foo", "", (15, "foo", "15foo")),
])
def test_quantity(cell: object, unit: str, expected: tuple[float, str, str]) -> None:
    assert quantity(cell, unit) == Quantity(*expected)


@pytest.mark.parametrize(("cell", "unit", "why"), [
    ("15万吨", "GW", "not the column's"), ("15foo", "kt/a", "not the column's"), ("100台", "套", "not the column's"),
    ("12至14万吨", "", "range"), ("20亿元以上", "", "bound"), ("20余亿元", "", "bound"), ("超20亿元", "", "bound"),
    ("5万千瓦/10万千瓦时", "", "not one number"), ("1.5×10⁴吨", "", "raised"), ("×5GW", "", "not one number"),
    ("3GW×5GW", "", "not one number"), ("25GW(一期10GW)", "", "not one number"), ("-3×4", "t", "not one number"),
    ("0x10", "t", "not one number"), ("3×0", "t", "not one number"),
])
def test_no_quantity(cell: str, unit: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        quantity(cell, unit)


@given(st.floats(0.001, 1e6).map(lambda value: round(value, 3)), st.sampled_from(["", "万", "亿"]),
       st.sampled_from(["t", "吨/年", "只", "套/年", "GW", "元", "平方米", "kWh", "t/d"]),
       st.sampled_from(["{}{}", "约{}{}", "{} {}", "{:,}{}", "{}{}左右"]))
def test_every_figure_with_every_unit(value: float, power: str, unit: str, form: str) -> None:
    found = quantity(form.format(value, power + unit))
    assert found.value == pytest.approx(value, rel=1e-9) and found.unit == power + unit
    assert units.capacity(found.value, found.unit) == units.capacity(value, power + unit)
    assert quantity(form.format(value, power), unit).unit == power + unit


@given(st.integers(1, 9), st.integers(1, 5000), st.sampled_from("×xX*"))
def test_every_product(lines: int, size: int, sign: str) -> None:
    assert quantity(f"{lines}{sign}{size}t/d").value == lines * size


@pytest.mark.parametrize(("cell", "expected"), [
    *((yes, True) for yes in ("是", "√", "TRUE", "1", "Ｙ", "yes", "有", 1, 1.0, True)),
    *((no, False) for no in ("否", "×", "False", "0", "n", "NO", "无", 0, 0.0, False)),
])
def test_flag(cell: object, expected: bool) -> None:
    assert flag(cell) is expected


@pytest.mark.parametrize("cell", ["x", "", None, 2, "也许"])
def test_no_flag(cell: object) -> None:
    with pytest.raises(Unreadable, match="neither"):
        flag(cell)


@pytest.mark.parametrize(("cell", "slash", "expected"), [
    ("硅片、电池", False, ("硅片", "电池")), ("a,b，c;d；e\nf\r\ng", False, tuple("abcdefg")), ("光伏/电池", False, ("光伏/电池",)),
    ("光伏/电池", True, ("光伏", "电池")), ("甲（a、b）、乙(c,d)", False, ("甲（a、b）", "乙(c,d)")), ("无", False, ()), (None, False, ()),
    ("甲、、乙、甲、-", False, ("甲", "乙")), (7.0, False, ("7",)), ("甲）、乙", False, ("甲）", "乙")),
])
def test_items(cell: object, slash: bool, expected: tuple[str, ...]) -> None:
    assert items(cell, slash) == expected


WORDS = "0123456789.,-~/×xX年月日季度QH上下半底初约亿万元吨tGW%()²⁴ 〇十"
ANY = st.one_of(st.text(), st.text(WORDS, max_size=16), st.none(), st.floats(), st.integers(), st.booleans(),
                st.dates(), st.datetimes())
READERS: list[Callable[..., object]] = [number, quantity, day, day_known, flag, text, items, is_blank]


@pytest.mark.parametrize("read", READERS)
@given(ANY)
def test_nothing_but_unreadable(read: Callable[..., object], cell: object) -> None:
    try:
        read(cell)
    except Unreadable as error:
        assert error.why and error.cure


@given(ANY, st.text(max_size=6))
def test_no_column_unit_breaks_a_quantity(cell: object, unit: str) -> None:
    try:
        assert quantity(cell, unit).value is not None
    except Unreadable as error:
        assert error.why and error.cure


@pytest.mark.parametrize("cell", [1e16, "-2e15", 1e-16])
def test_a_figure_of_no_city_is_refused(cell: object) -> None:
    with pytest.raises(Unreadable, match="1e-15"):
        number(cell)
    assert number(1e15) == 1e15 and number(0) == 0
