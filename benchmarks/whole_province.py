"""The gap list of all chains of a made-up province, beside its peers: python -m benchmarks.whole_province [--full].

Twenty chains of 300 nodes; 10,000 and 100,000 firms, with --full 1,000,000 too (most of an hour, 8 GB;
without Neo4j a quarter of one). Every peer must
give our rows (verdict, supply, demand and ratio to 1e-9), or nothing is recorded.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import growth, province_files
from benchmarks.bench import RESULT, record
from benchmarks.gap_province import Province
from benchmarks.listing import List, differences
from benchmarks.neo4j_place import Left
from benchmarks.table import Row, table
from benchmarks.timing import Failed, Times, compared, in_turn, timed
from graph.errors import LiantuError
from scripts.neo4j_server import LTS, Server, missing

SIZES = (10_000, 100_000)
FULL = 1_000_000
HEAP = "2500m"
WORK = "gap list of 20 chains"
WHOLE = "embedded, whole rows"
TARGETS = {"networkx": 1.0, "plain Cypher": 1.0}
NOTES = (
    "medians warm, one whole process each; every peer gave our rows to 1e-9",
    "networkx is asked after the others and not in turn with them: its graph fills the memory",
    "as a whole process networkx reads the CSV and builds its graph, embedded and DuckDB open a file that is there",
    "only ours uses the mark of what is the sole fact between its ends, which is made when a graph is stored",
)
Sides = dict[str, Callable[[], List]]


@contextmanager
def sides(folder: Path, shape: Province, no_server: bool) -> Iterator[tuple[Sides, Server | None]]:
    """Each side ready to be asked, warm. networkx last: its graph fills the memory."""
    from benchmarks import peer_cypher, peer_duckdb
    from graph.store import open_store

    found: Sides = {}
    server = None if no_server or missing(LTS) else _server(folder)
    with ExitStack() as opened:
        if server:
            opened.callback(server.stop)
            province_files.neo4j(folder, shape, server)
            server.start()
            os.environ |= {"NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
            _indexed(server)
        store = opened.enter_context(open_store(province_files.embedded(folder, shape)))
        found["embedded"] = partial(_ours, store, shape)
        found[WHOLE] = partial(_ours, store, shape, whole=True)
        found["DuckDB SQL"] = partial(peer_duckdb.gaps, opened.enter_context(_sql(province_files.sql(folder, shape))))
        if server:
            found["plain Cypher"] = partial(peer_cypher.gaps, opened.enter_context(_driver(server.url)))
            found["on Neo4j"] = partial(_ours, opened.enter_context(open_store(server.url)), shape)
        yield found, server


def _server(folder: Path) -> Server:
    return Server(LTS, folder / "neo4j", heap=HEAP, settings={"server.memory.pagecache.size": "1g"})


def _driver(url: str) -> Any:
    import neo4j

    auth = os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]
    return neo4j.GraphDatabase.driver(url, auth=auth, notifications_min_severity="OFF")


def _sql(path: Path) -> Any:
    import duckdb

    return duckdb.connect(str(path), read_only=True)


def _indexed(server: Server) -> None:
    from graph import marking
    from graph.ddl import neo4j_schema

    with _driver(server.url) as driver, driver.session() as session:
        for rule in (marking.RULE, *neo4j_schema()):
            session.run(rule).consume()
        session.run("CALL db.awaitIndexes(1200)").consume()


def _ours(store: Any, shape: Province, whole: bool = False) -> List:
    from benchmarks import ours

    return ours.whole(store, shape) if whole else ours.ours(store, shape)


def _networkx(folder: Path, shape: Province) -> Any:
    from benchmarks import peer_networkx

    return peer_networkx.build(province_files.read(folder, shape))


def measured(firms: int, runs: int, no_server: bool) -> Iterator[Row]:
    """The rows of one size."""
    from benchmarks import peer_networkx

    shape = Province(firms=firms)
    with tempfile.TemporaryDirectory(prefix="liantu-province-") as temp:
        folder = Path(temp)
        province_files.write(shape, folder)
        with sides(folder, shape, no_server) as (found, server):
            want = _agreed(found)
            warm = _seconds(found, runs)
            whole = {side: [_process(side, folder, server.url if server else "", firms)] for side in found}
        graph = _networkx(folder, shape)
        found = {"networkx": partial(peer_networkx.gaps, graph)}
        _same("networkx", want, found["networkx"]())
        gc.collect()
        gc.freeze()  # the graph is no work of the collector's
        warm |= _seconds(found, runs)
        gc.unfreeze()
        del graph, found
        gc.collect()
        whole["networkx"] = [_process("networkx", folder, "", firms)]
        yield from _rows(firms, "warm", warm)
        yield from _rows(firms, "whole process", whole)


def _agreed(found: Sides) -> List:
    """Also the warm-up, and told as it goes: a list on a server takes minutes where there are a million firms."""
    lists: dict[str, List] = {}
    for side, ask in found.items():
        start = time.perf_counter()
        lists[side] = ask()
        print(f"· {side}, first time: {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
    for side, one in lists.items():
        _same(side, lists["embedded"], one)
    return lists["embedded"]


def _same(side: str, want: List, got: List) -> None:
    if odd := differences(want, got):
        raise Failed(f"{side}: {len(odd)} rows differ from ours: {'; '.join(odd[:3])}")


def _seconds(found: Sides, runs: int) -> Times:
    return in_turn({side: partial(timed, ask) for side, ask in found.items()}, runs, warm_up=0)


def _process(side: str, folder: Path, url: str, firms: int) -> float:
    command = [sys.executable, "-m", "benchmarks.whole_province", "--side", side, "--folder", str(folder),
               "--url", url, "--firms", str(firms)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=RESULT.parent.parent)
    if done.returncode:
        raise Failed(f"{side}: {done.stderr}")
    return time.perf_counter() - start


def _rows(firms: int, how: str, times: Times) -> Iterator[Row]:
    for peer in ("networkx", "plain Cypher", "DuckDB SQL", "on Neo4j"):
        if peer in times:
            name = f"{WORK}, {firms:,} firms, {how}: embedded / {peer}"
            yield compared(name, {"ours": times["embedded"], "peer": times[peer]}, "s", TARGETS.get(peer))
    yield Row(f"{WORK}, {firms:,} firms, {how}: with flags, derivation, output at risk", "s", round(median(times[WHOLE]), 1))
    if "on Neo4j" in times:
        yield compared(f"{WORK}, {firms:,} firms, {how}: ours on Neo4j / plain Cypher",
                       {"ours": times["on Neo4j"], "peer": times["plain Cypher"]}, "s")


def alone(chosen: argparse.Namespace) -> int:
    """One side's whole list, for its time as a process."""
    from graph.store import GRAPH_FILE, open_store

    shape, folder = Province(firms=chosen.firms), Path(chosen.folder)
    if chosen.side in ("embedded", WHOLE, "on Neo4j"):
        with open_store(chosen.url if chosen.side == "on Neo4j" else folder / GRAPH_FILE) as store:
            return len(_ours(store, shape, chosen.side == WHOLE))
    if chosen.side == "networkx":
        from benchmarks import peer_networkx

        return len(peer_networkx.gaps(_networkx(folder, shape)))
    from benchmarks import peer_cypher, peer_duckdb

    if chosen.side == "plain Cypher":
        with _driver(chosen.url) as driver:
            return len(peer_cypher.gaps(driver))
    with _sql(folder / "province.duckdb") as database:
        return len(peer_duckdb.gaps(database))


def keep(rows: Sequence[Row], notes: Sequence[str], runs: int) -> None:
    """Into the recorded result, in the place of all that earlier runs recorded of this work."""
    fresh = json.loads(record(rows, notes, runs))
    if RESULT.exists():
        before = json.loads(RESULT.read_text(encoding="utf-8"))
        fresh["rows"] = [row for row in before["rows"] if not row["work"].startswith(WORK)] + fresh["rows"]
        fresh["notes"] = [note for note in before["notes"] if not note.startswith(WORK)] + [*notes]
    RESULT.write_text(json.dumps(fresh, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="a million firms too")
    parser.add_argument("--firms", type=int, help="only this many firms")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each side, warm (3)")
    parser.add_argument("--no-server", action="store_true", help="leave out what needs a Neo4j")
    for name in ("--side", "--folder", "--url"):
        parser.add_argument(name, default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.side:
        return 0 if alone(chosen) else 1
    sizes = [chosen.firms] if chosen.firms else [*SIZES, *([FULL] if chosen.full else [])]
    notes = [f"{WORK}: {note}" for note in NOTES]
    notes += [] if chosen.no_server or not missing(LTS) else [f"{WORK}: left out, Neo4j: {missing(LTS)}"]
    try:
        rows = [row for firms in sizes for row in measured(firms, chosen.runs, chosen.no_server)]
    except (Failed, Left, LiantuError) as error:
        print(error, file=sys.stderr)
        return 1
    keep(rows, notes, chosen.runs)
    growth.draw()
    print("\n".join([table(rows), *(f"· {note}" for note in notes)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
