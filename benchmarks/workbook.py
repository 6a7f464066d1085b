"""``python -m benchmarks.workbook``: a workbook of 100,000 made-up firms read and checked, against python-calamine's bare read.

Ours is everything up to the rows: the file looked through before it is opened, the header found, every cell read and
checked. Both sides are processes of their own, in turn. ``--check``: exit code 1 where the target is missed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.table import table
from benchmarks.timing import Failed, compared, in_turn, seconds

TARGET = 3
SHEET = "产业链重点企业表"
HEADER = ("企业名称", "环节", "统一社会信用代码", "主要产品", "产能", "单位", "成品率", "状态", "厂区/期", "投产日期", "所在地", "数据日期")
NODES = ("多晶硅", "硅片", "电池片", "组件", "光伏玻璃", "逆变器")

BARE = f"""
import sys, python_calamine
with open(sys.argv[1], "rb") as file, python_calamine.load_workbook(file) as book:
    count = sum(1 for _ in book.get_sheet_by_name({SHEET!r}).iter_rows())
assert count == int(sys.argv[2]) + 1
"""
OURS = """
import sys
from pathlib import Path
from loaders.readers import read
from loaders.rows import reading
found, = map(reading, read(Path(sys.argv[1])))
assert (len(found.rows), found.problems) == (int(sys.argv[2]), ())
"""


def write(path: Path, count: int) -> Path:
    """A sheet of twelve filled columns, its texts shared as Excel shares them; the names, codes and products are made up."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(SHEET), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(rows(count), start=1):
            sheet.write_row(number, 0, row)
            sheet.write_datetime(number, len(row), datetime(2023, 6, 30), day)
    return path


def rows(count: int) -> Iterator[list[str | float]]:
    chance = random.Random(7)
    for number in range(count):
        yield [f"造名{number}号有限公司", chance.choice(NODES), f"9115{number:014d}", f"产品{number % 500}", round(chance.uniform(1, 100), 2),
               "万吨/年", f"{chance.randint(80, 99)}%", "在产", f"{1 + number % 3}期",
               f"{chance.randint(2005, 2023)}年{chance.randint(1, 12)}月", f"造区{number % 9}"]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each side (5)")
    parser.add_argument("--check", action="store_true", help="exit 1 where the target is missed")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder) / "重点企业.xlsx", chosen.rows)
        sides = {name: [sys.executable, "-c", code, str(file), str(chosen.rows)] for name, code in (("ours", OURS), ("peer", BARE))}
        home = Path(__file__).parent.parent
        try:
            times = in_turn({name: lambda command=command: seconds(command, home)  # type: ignore[misc]
                             for name, command in sides.items()}, chosen.runs, warm_up=1)
        except Failed as error:
            print(error, file=sys.stderr)
            return 1
    row = compared(f"{chosen.rows:,} rows of xlsx, read and checked / python-calamine bare", times, "s", TARGET)
    print(table([row]))
    return int(chosen.check and not row.met)


if __name__ == "__main__":
    sys.exit(main())
