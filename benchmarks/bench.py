"""Ours against a peer that does the least one could: python -m benchmarks.bench [--runs N] [--no-size]."""

from __future__ import annotations

import argparse
import json
import os
import sys
import sysconfig
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks import machine, size
from benchmarks.timing import Command, Failed, in_turn, medians, seconds

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "result.json"
LIANTU = str(Path(sysconfig.get_path("scripts")) / ("liantu.exe" if sys.platform == "win32" else "liantu"))
PLAIN_STORE = "import ladybug, click; ladybug.Connection(ladybug.Database()).execute('RETURN 1')"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``peer``, ``ratio`` and ``target`` are None where there is only a figure to report."""

    work: str
    unit: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    target: float | None = None

    @property
    def met(self) -> bool:
        return self.target is None or (self.ratio is not None and self.ratio < self.target)


def against(work: str, ours: Command, peer: Command, target: float, folder: Path, runs: int) -> Row:
    """Both commands in turn in ``folder``, compared by their medians."""
    times = in_turn({"ours": lambda: seconds(ours, folder), "peer": lambda: seconds(peer, folder)}, runs)
    mid = medians(times)
    ratio = mid["ours"] / mid["peer"]
    return Row(work, "ms", round(mid["ours"] * 1000, 1), round(mid["peer"] * 1000, 1), round(ratio, 2), target)


def gaps(folder: Path, runs: int) -> Row:
    peer = [sys.executable, "-c", PLAIN_STORE]
    return against("liantu gaps 光伏 / ladybug RETURN 1", [LIANTU, "gaps", "光伏"], peer, 3, folder, runs)


def help_page(folder: Path, runs: int) -> Row:
    peer = [sys.executable, "-c", "import click"]
    return against("liantu --help / import click", [LIANTU, "--help"], peer, 2, folder, runs)


def loading(folder: Path, runs: int) -> Row:
    """The whole sample, from the kept material to a graph, as a process."""
    times = [seconds([LIANTU, "rebuild"], folder) for _ in range(min(runs, 5))]
    return Row("liantu rebuild (the sample)", "ms", round(median(times) * 1000, 1))


def sizes(folder: Path) -> list[Row]:
    """The weight of a minimal install, then its five heaviest."""
    added = size.install(ROOT / "requirements.lock", folder / "minimal")
    heavy = [Row(f"  {name}", "MB", mb) for name, mb in size.biggest(added).items()]
    return [Row("minimal install", "MB", size.total(added)), *heavy]


def on_a_server(folder: Path, demo: Path, runs: int, chainkg: str) -> list[Row]:
    """The store on Neo4j, where one can be started here; on the rows of ``chainkg`` where that folder is named."""
    from benchmarks import server
    from benchmarks.chainkg import chainkg as real
    from benchmarks.province import province

    with server.server(folder / "neo4j") as driver:
        if driver is None:
            return []
        graph = real(Path(chainkg)) if chainkg else province(20_000)
        return server.rows(driver, graph, "ChainKnowledgeGraph" if chainkg else "a generated province", demo, runs)


def measure(runs: int, with_size: bool, with_server: bool, chainkg: str) -> list[Row]:
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        demo = folder / "demo"
        seconds([LIANTU, "demo", str(demo)], folder)
        rows = [gaps(demo, runs), help_page(folder, runs), loading(demo, runs)]
        rows += on_a_server(folder, demo, runs, chainkg) if with_server else []
        return rows + (sizes(folder) if with_size else [])


def wide(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cells(row: Row) -> tuple[str, str, str, str]:
    def figure(value: float | None) -> str:
        return "" if value is None else f"{value:,} {row.unit}"

    target = "" if row.target is None else f" (< {row.target:g}: {'met' if row.met else 'MISSED'})"
    return row.work, figure(row.ours), figure(row.peer), "" if row.ratio is None else f"{row.ratio}{target}"


def table(rows: Iterable[Row]) -> str:
    lines = [("work", "ours", "peer", "ratio (medians)"), *map(cells, rows)]
    columns = [max(map(wide, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(text + " " * (column - wide(text)) for text, column in zip(line, columns, strict=True)).rstrip()
        for line in lines
    )


def record(rows: Iterable[Row], runs: int) -> str:
    """The result as JSON: what, when, on what."""
    result = {
        "measured": datetime.now(UTC).date().isoformat(),
        "runs": runs,
        "machine": machine.machine(),
        "versions": machine.versions(),
        "rows": [asdict(row) | {"work": row.work.strip()} for row in rows],
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each side (15)")
    parser.add_argument("--no-size", action="store_true", help="leave out the install size (needs the network)")
    parser.add_argument("--no-server", action="store_true", help="leave out the store on Neo4j")
    parser.add_argument("--chainkg", default=os.environ.get("LIANTU_CHAINKG", ""), metavar="FOLDER",
                        help="ChainKnowledgeGraph's files, to load their rows and not generated ones (or LIANTU_CHAINKG)")
    parser.add_argument("--check", action="store_true", help="exit 1 where a target is missed")
    chosen = parser.parse_args(arguments)
    try:
        rows = measure(chosen.runs, not chosen.no_size, not chosen.no_server, chosen.chainkg)
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    RESULT.write_text(record(rows, chosen.runs), encoding="utf-8", newline="\n")
    print(table(rows))
    return int(chosen.check and not all(row.met for row in rows))


if __name__ == "__main__":
    sys.exit(main())
