"""Ours against a peer that does the least one could: python -m benchmarks.bench [--runs N] [--no-size] [--no-server].

Neo4j is measured where one can be started (scripts/neo4j_server.py), else on the empty database of NEO4J_URL.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import machine, size
from benchmarks.table import Row, table
from benchmarks.timing import Command, Failed, compared, in_turn, seconds
from graph.errors import LiantuError

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "result.json"
LIANTU = str(Path(sysconfig.get_path("scripts")) / ("liantu.exe" if sys.platform == "win32" else "liantu"))
PLAIN_STORE = "import ladybug, click; ladybug.Connection(ladybug.Database()).execute('RETURN 1')"


def against(work: str, ours: Command, peer: Command, target: float, folder: Path, runs: int) -> Row:
    """Both commands in turn in ``folder``, compared by their medians."""
    times = in_turn({"ours": partial(seconds, ours, folder), "peer": partial(seconds, peer, folder)}, runs)
    return compared(work, times, "ms", target)


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


def measure(chosen: argparse.Namespace) -> tuple[list[Row], list[str]]:
    """Rows and notes."""
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        demo = folder / "demo"
        seconds([LIANTU, "demo", str(demo)], folder)
        rows = [gaps(demo, chosen.runs), help_page(demo, chosen.runs), loading(demo, chosen.runs)]
        notes = list[str]()
        if not chosen.no_size:
            rows += sizes(folder)
        if not chosen.no_server:
            from benchmarks.neo4j_rows import neo4j_rows  # the driver is slow to import, and other rows do without

            more, notes = neo4j_rows(demo, chosen.chainkg, chosen.runs, folder / "neo4j")
            rows += more
        return rows, notes


def record(rows: Iterable[Row], notes: Sequence[str], runs: int) -> str:
    """The result as JSON: what, when, on what."""
    result = {
        "measured": datetime.now(UTC).date().isoformat(),
        "runs": runs,
        "machine": machine.machine(),
        "versions": machine.versions(),
        "rows": [asdict(row) | {"work": row.work.strip()} for row in rows],
        "notes": list(notes),
    }
    return json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def arguments_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each side (15)")
    parser.add_argument("--no-size", action="store_true", help="leave out the install size (needs the network)")
    parser.add_argument("--no-server", action="store_true", help="leave out what needs a Neo4j (minutes)")
    parser.add_argument("--chainkg", type=Path, default=os.environ.get("LIANTU_CHAINKG") or None, metavar="FOLDER",
                        help="ChainKnowledgeGraph's files, else rows like them are made up (LIANTU_CHAINKG)")
    parser.add_argument("--check", action="store_true", help="exit 1 where a target is missed")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = arguments_of(arguments)
    try:
        rows, notes = measure(chosen)
    except (Failed, LiantuError) as error:
        print(error, file=sys.stderr)
        return 1
    RESULT.write_text(record(rows, notes, chosen.runs), encoding="utf-8", newline="\n")
    print("\n".join([table(rows), *(f"· {note}" for note in notes)]))
    return int(chosen.check and not all(row.met for row in rows))


if __name__ == "__main__":
    sys.exit(main())
