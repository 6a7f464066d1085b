"""How long a load of tables takes against the engine's own bare COPY of the finished tables, and what memory both need.

``python -m benchmarks.bulk`` measures a province of 100,000 firms, ``--full`` one of 1,000,000 (2.95 M MAKES, 2 M SUPPLIES);
``--runs 2`` repeats, the two in turn. Each is a process of its own: wall seconds, processor seconds, peak memory (MB).
Bare COPY takes tables in which ids, lines, precedence and ``sole`` stand already; ours reads the material, checks it, derives
these, builds the file and puts it in place.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.gap_province import Province
from graph.bulk import Prepared
from graph.ddl import COPY, csv_line, embedded_schema
from graph.facts import Value

LEFT_OUT = frozenset({"id", "line", "precedence", "sole", "cell", "text", "known_from"})
"""What a city's tables do not have."""
FORMS = ("csv", "parquet")


@dataclass(frozen=True, slots=True)
class Run:
    """A process: seconds by the clock, seconds of the processor, megabytes at its peak."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:8.1f} s {self.cpu:8.1f} s CPU {self.memory:8.0f} MB"


def material(shape: Province, folder: Path) -> Path:
    """The province as a folder of CSV tables, as a city has them."""
    folder.mkdir(parents=True)
    for table in shape.tables():
        keep = [at for at, one in enumerate(table.columns) if table.ends is None or one.name not in LEFT_OUT]
        first = ["start_label", "start", "end_label", "end"] if table.ends else []
        with (folder / f"{'facts' if table.ends else 'nodes'}-{table.name}.csv").open("w", encoding="utf-8") as out:
            out.write(csv_line([*first, *(table.columns[at].name for at in keep)]))
            if table.ends is None:
                out.writelines(csv_line([row[at] for at in keep]) for row in table.rows)
            else:
                start, end = table.ends
                out.writelines(csv_line([start, row[0], end, row[1], *(row[at + 2] for at in keep)]) for row in table.rows)
    with (folder / "facts-SUPPLIES.csv").open("w", encoding="utf-8") as out:
        out.write(csv_line(["start", "end", "node", "product", "amount", "unit", "source", "valid_from"]))
        out.writelines(map(csv_line, _supplies(shape)))
    return folder


def _supplies(shape: Province) -> Iterator[list[Value]]:
    """Two a firm."""
    chance = Random(f"{shape.seed} supplies")
    for at in range(2 * shape.firms):
        other, spot = int(chance.random() * shape.firms), shape.spots[int(chance.random() * len(shape.spots))]
        yield [f"91{at // 2:016}", f"91{other:016}", spot.id, "配套件", round(chance.random() * 1000, 2), "万元", "来源1", date(2023, 11, 30)]


def as_parquet(folder: Path, to: Path) -> Path:
    """The same tables as Parquet, with types of their own."""
    import duckdb

    to.mkdir()
    with duckdb.connect() as sql:
        for file in folder.glob("*.csv"):
            sql.execute(f"COPY (SELECT * FROM read_csv('{file}', header = true, sample_size = -1)) TO '{to / file.stem}.parquet' (FORMAT parquet)")
    return to


def finished(folder: Path, to: Path) -> list[Prepared]:
    """The tables of the store itself: made once, by us, for the bare COPY."""
    from graph import bulk_engine, workspace
    from loaders import material as kept
    from loaders import tables_graph, tables_out

    city = workspace.create(to / "city", "省")
    new = kept.incoming(folder, date(2024, 1, 1), None, "", False, False, "tables")
    with bulk_engine.engine(to) as engine:
        derived = kept.read_all(city, (), [new])
        tables = tables_graph.opened(engine, derived, [(new.entry, folder)], city.settings.region)
        return list(tables_out.prepared(tables, city.settings.region))


def bare(made: list[tuple[str, str, str]], path: Path) -> None:
    """Schema and COPY, with the engine's own settings; each table is (name, ends or '', file)."""
    import ladybug

    with ladybug.Database(str(path)) as database, ladybug.Connection(database) as connection:
        for statement in embedded_schema():
            connection.execute(statement)
        for name, ends, file in made:
            pair = "from='{}', to='{}'".format(*ends.split("-")) if ends else ""
            if file.endswith(".csv"):
                connection.execute(COPY.format(table=name, pair=f"{pair}, " if pair else "").format(file=file))
            else:
                connection.execute(f"COPY {name} FROM '{file}'" + (f" ({pair})" if pair else ""))


def measured(*arguments: str) -> Run:
    """Run a child of this interpreter and wait for it."""
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {child.returncode}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(firms: int, runs: int, folder: Path) -> None:
    import duckdb

    given = {"csv": material(Province(firms=firms), folder / "csv")}
    given["parquet"] = as_parquet(given["csv"], folder / "parquet")
    (folder / "made").mkdir()
    made = finished(given["parquet"], folder / "made")
    for one in made:
        duckdb.execute(f"COPY (SELECT * FROM '{one.file}') TO '{one.file.with_suffix('.csv')}' (FORMAT csv, HEADER false, FORCE_QUOTE *)")
    for form in FORMS:
        tables = [f"{one.name},{'-'.join(one.ends or ())},{one.file.with_suffix('.' + form)}" for one in made]
        for run in range(runs):
            city = folder / f"city-{form}-{run}"
            subprocess.run([sys.executable, "-m", "cli", "init", str(city)], check=True, stdout=subprocess.DEVNULL)
            theirs = measured("-m", "benchmarks.bulk", "--bare", str(folder / "bare.lbug"), *tables)
            print(f"{firms:>9} {form:8} bare COPY {theirs}", flush=True)
            (folder / "bare.lbug").unlink()
            ours = measured("-m", "cli", "load", "--from", "tables", str(given[form]), "-w", str(city))
            print(f"{firms:>9} {form:8} liantu    {ours}   {ours.wall / theirs.wall:.2f} ×, CPU {ours.cpu / theirs.cpu:.2f} ×", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--firms", type=int, default=0)
    asked.add_argument("--runs", type=int, default=2)
    asked.add_argument("--bare")
    asked.add_argument("tables", nargs="*")
    given = asked.parse_args()
    if given.bare:
        bare([(name, ends, file) for name, ends, file in (one.split(",") for one in given.tables)], Path(given.bare))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(given.firms or (1_000_000 if given.full else 100_000), given.runs, Path(folder))


if __name__ == "__main__":
    main()
