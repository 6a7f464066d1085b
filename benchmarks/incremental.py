"""A newer version of one small sheet, and taking it back, against the whole derivation: all three ours, in one run.

    python -m benchmarks.incremental [--small 5000] [--large 50000] [--runs 3] [--store bolt://…]

Two sizes of graph × changes of several sizes; without an index every load took as long as the rebuild. The firms are made up.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from benchmarks.timing import timed
from graph.store import changes
from graph.workspace import Workspace, create
from loaders import index_file as indexing
from loaders.load import Options, load, rebuild, withdraw

NODES = 300
SHEET = "产业链重点企业表.csv"
HEAD = "企业名称,环节,产能,单位,数据日期,产值(万元)\n"


_WORDS = "金木水火土日月山川云松竹梅兰东南西北春夏秋冬安康宁泰和顺丰裕恒盛隆昌瑞祥嘉美华夏中正大同光明远达通利民生江河湖海天地星辰"


def called(number: int) -> str:
    """A made-up firm; names differ by more than a figure, as names do."""
    chosen = Random(number)
    return "".join(chosen.choice(_WORDS) for _ in range(5)) + "有限公司"


class City:
    """A workspace of ``firms`` firms with about three facts each, and one small sheet of 1,000 rows that changes."""

    def __init__(self, folder: Path, firms: int, store: str) -> None:
        self.folder = folder
        self.workspace: Workspace = create(folder / "某市", "某市", store=store)
        self.day = date(2024, 1, 1)
        self.version = 0
        big = folder / "in"
        big.mkdir()
        nodes = "".join(f"甲链,环节{n},kt/a\n" for n in range(NODES))
        (big / "产业链全景视图(环节).csv").write_text(f"产业链,环节,产能单位\n{nodes}", encoding="utf-8")
        rows = (f"{called(n)},环节{n * 7 % NODES},{n % 90 + 1},kt/a,2023-01-01,{n % 50}\n" for n in range(firms))
        (big / SHEET).write_text(HEAD + "".join(rows), encoding="utf-8")
        load(self.workspace, [big], Options(today=self.day))
        self.load(self.sheet(0))

    def sheet(self, changed: int, new: int = 0) -> Path:
        """The small sheet, ``changed`` of its rows with other figures than ever before, and ``new`` firms nobody has heard of."""
        self.version += 1
        path = self.folder / "小表" / SHEET
        path.parent.mkdir(exist_ok=True)
        rows = [f"{called(10**6 + n)},环节{n % NODES},{n % 90 + (self.version if n < changed else 0)},kt/a,"
                f"{2023 if n < changed else 2022}-01-01,\n" for n in range(1_000)]
        rows += [f"{called(10**7 + 100 * self.version + n)},环节1,1,kt/a,2023-01-01,\n" for n in range(new)]
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        return path

    def load(self, path: Path) -> None:
        self.day += timedelta(days=1)
        load(self.workspace, [path], Options(today=self.day))

    def back(self) -> None:
        withdraw(self.workspace, [self.workspace.manifest()[-1].kept])

    def facts(self) -> int:
        index = indexing.opened(self.workspace, self.workspace.manifest())
        assert index is not None
        with closing(index):
            return index.facts()


Times = tuple[float, float]
"""Seconds by the clock, and of the processor: on a machine that does other work the latter is the better figure."""


def spent(work: Callable[[], object]) -> Times:
    clock, processor = perf_counter(), process_time()
    work()
    return perf_counter() - clock, process_time() - processor


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, default in (("--small", 5_000), ("--large", 50_000), ("--runs", 3)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--store", default="", help="of an empty server")
    given = parser.parse_args()
    print("seconds by the clock / of the processor, medians")
    print(f"{'facts':>8} {'changed':>8} {'new firms':>9}  {'newer version':>15}  {'withdraw':>15}  {'rebuild':>15}")
    for firms in (given.small, given.large):
        with tempfile.TemporaryDirectory() as folder:
            city = City(Path(folder), firms, given.store)
            whole = _shown([spent(partial(rebuild, city.workspace, given.store))])
            for changed, new in ((10, 0), (500, 0), (10, 10)):
                newer, back = _runs(city, changed, new, given.runs)
                print(f"{city.facts():>8,} {changed:>8} {new:>9}  {_shown(newer):>15}  {_shown(back):>15}  {whole:>15}", flush=True)
            _copy(city)


def _runs(city: City, changed: int, new: int, runs: int) -> tuple[list[Times], list[Times]]:
    """A newer version, and taken back, so that every run starts from the same material. The first does not count."""
    newer, back = [], []
    for _ in range(runs + 1):
        newer.append(spent(partial(city.load, city.sheet(changed, new))))
        back.append(spent(city.back))
    return newer[1:], back[1:]


def _shown(times: list[Times]) -> str:
    clock, processor = (median(values) for values in zip(*times, strict=True))
    return f"{clock:.2f} / {processor:.2f}"


def _copy(city: City) -> None:
    """What of it is copying the graph file: that grows with the graph."""
    path = city.workspace.graph
    if path.is_file():
        taken = min(timed(lambda: shutil.copyfile(path, city.folder / "copy")) for _ in range(5))
        log = changes(path)
        print(f"  graph {path.stat().st_size / 1e6:.0f} MB, copied in {taken * 1000:.0f} ms; log "
              f"{(log.stat().st_size if log.exists() else 0) / 1e3:.0f} kB; index {indexing.path(city.workspace).stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
