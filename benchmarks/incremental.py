"""A newer version of one small sheet, and taking it back: the change alone against the whole derivation, both ours.

    python -m benchmarks.incremental [--small 5000] [--large 50000] [--runs 3] [--store bolt://…]

Two sizes of graph × two sizes of change, in turn and in one process each. The firms are made up.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.timing import in_turn, timed
from graph.store import changes
from graph.workspace import Workspace, create
from loaders import index as indexing
from loaders.load import Options, load, withdraw

NODES = 300
SHEET = "产业链重点企业表.csv"
HEAD = "企业名称,环节,产能,单位,数据日期,产值(万元)\n"


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
        rows = (f"企业{n}有限公司,环节{n * 7 % NODES},{n % 90 + 1},kt/a,2023-01-01,{n % 50}\n" for n in range(firms))
        (big / SHEET).write_text(HEAD + "".join(rows), encoding="utf-8")
        load(self.workspace, [big], Options(today=self.day))
        self.load(self.sheet(0))

    def sheet(self, changed: int) -> Path:
        """The small sheet, ``changed`` of its rows with other figures than ever before."""
        self.version += 1
        path = self.folder / "小表" / SHEET
        path.parent.mkdir(exist_ok=True)
        rows = (f"小企业{n}有限公司,环节{n % NODES},{n % 90 + (self.version if n < changed else 0)},kt/a,"
                f"{2023 if n < changed else 2022}-01-01,\n" for n in range(1_000))
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        return path

    def load(self, path: Path) -> None:
        self.day += timedelta(days=1)
        load(self.workspace, [path], Options(today=self.day))

    def newer(self, changed: int, whole: bool) -> float:
        """Seconds for a newer version; afterwards it is withdrawn, so that every run starts from the same material."""
        return self._timed(partial(self.load, self.sheet(changed)), whole, after=self.back)

    def taken_back(self, changed: int, whole: bool) -> float:
        self.load(self.sheet(changed))
        return self._timed(self.back, whole)

    def back(self) -> None:
        withdraw(self.workspace, [self.workspace.manifest()[-1].kept])

    def _timed(self, work: Callable[[], None], whole: bool, after: Callable[[], None] | None = None) -> float:
        """``whole``: without the index everything is derived, as it was before there was one."""
        if whole:
            indexing.path(self.workspace).unlink(missing_ok=True)
        taken = timed(work)
        if after:
            after()
        return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, default in (("--small", 5_000), ("--large", 50_000), ("--runs", 3)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--store", default="")
    given = parser.parse_args()
    print(f"{'firms':>8} {'facts':>8} {'rows changed':>12}  {'newer version':>14} {'derived whole':>14}  {'withdraw':>9} {'derived whole':>14}")
    for firms in (given.small, given.large):
        with tempfile.TemporaryDirectory() as folder:
            city = City(Path(folder), firms, given.store)
            for changed in (10, 500):
                _line(city, firms, changed, given.runs)
            _copy(city)


def _line(city: City, firms: int, changed: int, runs: int) -> None:
    work: dict[str, Callable[[], float]] = {
        f"{what}{whole}": partial(do, changed, whole)
        for what, do in (("newer", city.newer), ("back", city.taken_back)) for whole in (False, True)}
    times = {name: median(values) for name, values in in_turn(work, runs, warm_up=1).items()}
    index = indexing.opened(city.workspace, city.workspace.manifest())
    facts = index.facts() if index else 0
    if index:
        index.close()
    print(f"{firms:>8,} {facts:>8,} {changed:>12}  {times['newerFalse']:>12.2f} s {times['newerTrue']:>12.2f} s  "
          f"{times['backFalse']:>7.2f} s {times['backTrue']:>12.2f} s", flush=True)


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
