"""The day that a sheet gives above its header: 制表日期：2024年6月, 数据截至2024年6月底. It is proposed and never taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from loaders.days import period
from loaders.tables import Table

_WHOSE = r"(?:(?:制表|填表|填报|统计|报送|数据)(?:日期|时间|截[至止](?:日期|时间)?)|截[至止](?:日期|时间)?)"
_SAID = re.compile(_WHOSE + r"\s*[:\uff1a]?\s*((?:19|20|21)\d\d[^\s,\uff0c;\uff1b\u3002)\uff09]*)")


def said(words: str) -> date | None:
    """The last day of the day or period that a line above a table says the sheet is of."""
    for found in _SAID.findall(words):
        for end in range(len(found), 3, -1):
            with suppress(ValueError):
                if span := period(found[:end]):
                    return span[1]
    return None


def flags(tables: Iterable[Table], counted: date) -> Iterator[str]:
    """A line for each table that says another day than the one its rows count by where they give none, 中文 / English."""
    for table in tables:
        for number, words in table.above:
            if (day := said(words)) and day != counted:
                zh = f"表上方写 “{words}”, 行内没有日期的却按 {counted} 计: 加 --data-date {day} [{table.file}/{table.sheet}/{number}]"
                yield (f"{zh} / the sheet gives its day above the header; rows without a day count by {counted}: "
                       f"--data-date {day}")
                break
