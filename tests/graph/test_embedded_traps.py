"""The traps of the embedded engine that were measured (CYPHER.md), each as a test on the real engine."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import ladybug
import pytest

from graph import embedded, store
from graph.embedded import EmbeddedStore, quarantine
from graph.errors import StaleStore, StoreError
from graph.facts import Graph, Node
from graph.model import VERSION
from graph.store import Marker, open_store

FIRMS = "MATCH (f:Firm) RETURN count(*) AS firms"
OLD, NEW = 3, 4000


def firms(count: int) -> Graph:
    return Graph(tuple(Node("Firm", f"f{i}", f"企业{i}" * 20) for i in range(count)))


def fill(path: Path, count: int) -> None:
    with open_store(path, create=True) as opened:
        opened.replace(firms(count), Marker("w", VERSION, str(count)))


def counted(path: Path) -> tuple[int, str]:
    """Firms in the graph, and how many its marker says."""
    with open_store(path) as opened:
        marker = opened.marker()
        assert marker is not None
        return opened.read(FIRMS, {})[0]["firms"], marker.material


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    fill(tmp_path / "graph.lbug", OLD)
    return tmp_path / "graph.lbug"


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine must not be asked to open anything."""
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("the engine touched the file")
    monkeypatch.setattr(ladybug, "Database", never)


def child(code: str, *values: object) -> subprocess.Popen[str]:
    """Another process that runs ``code`` with this file's names."""
    head = f"import sys; sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}\n"
    return subprocess.Popen([sys.executable, "-c", f"{head}from {Path(__file__).stem} import *\n{code}",
                             *map(str, values)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


# --- the file is never written in place ---


def test_copy_twice_doubles_edges_which_is_why_replace_starts_afresh(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    with ladybug.Database() as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE T (id STRING PRIMARY KEY)")
        connection.execute("CREATE REL TABLE R (FROM T TO T)")
        connection.execute("CREATE (:T {id: 'a'})")
        rows.write_text('"a","a"\n', encoding="utf-8")
        for _ in range(2):
            connection.execute(f"COPY R FROM '{rows.as_posix()}' (HEADER=false)")
        [[edges]] = list(connection.execute("MATCH (:T)-[r:R]->(:T) RETURN count(*)"))
    assert edges == 2


def test_only_the_graph_and_its_sidecar_are_left(graph: Path) -> None:
    fill(graph, NEW)
    assert sorted(path.name for path in graph.parent.iterdir()) == ["graph.lbug", "graph.lbug.json"]


@pytest.mark.parametrize("folder", ["it's", "[2024] 招商", "a*b?", "sp ace", "{x}", "back\\slash", "q\"q"])
def test_folders_whose_names_are_patterns_or_quotes(tmp_path: Path, folder: str) -> None:
    if os.name == "nt" and set(folder) & set('*?"\\'):
        pytest.skip("not a file name on Windows")
    (tmp_path / folder).mkdir()
    fill(tmp_path / folder, OLD)
    assert counted(tmp_path / folder) == (OLD, str(OLD))


def test_killed_in_the_middle_of_replace(graph: Path) -> None:
    chance = random.Random(20240101)
    for _ in range(8):
        writer = child("print('ready', flush=True)\nfill(Path(sys.argv[1]), NEW)", graph)
        assert said(writer) == "ready"
        time.sleep(chance.uniform(0, 0.5))
        writer.kill()
        writer.communicate()
        firms_found, marked = counted(graph)
        assert firms_found in (OLD, NEW) and marked == str(firms_found)
    fill(graph, OLD)
    assert not list(graph.parent.glob(".*building*")), "what the killed left is swept"


def test_killed_between_the_two_renames(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.replace

    def killed(source: Any, target: Any) -> None:
        if Path(target) == graph:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        fill(graph, NEW)
    monkeypatch.undo()
    assert json.loads(store.sidecar(graph).read_bytes())["material"] == str(NEW)
    assert counted(graph) == (OLD, str(OLD)), "the sidecar still knows the old file"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EFBIG])
def test_a_full_disk_leaves_nothing_behind(graph: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def full(*_: Any) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(embedded, "_copy", full)
    with pytest.raises(StoreError, match=graph.name) as caught:
        fill(graph, NEW)
    assert caught.value.cure
    assert counted(graph) == (OLD, str(OLD))
    assert len(list(graph.parent.iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="no RLIMIT_FSIZE on Windows")
@pytest.mark.parametrize("limit", [300_000, 1_000_000, 1_500_000])
def test_a_file_that_may_not_grow_leaves_nothing_behind(graph: Path, limit: int) -> None:
    """The engine meets the limit itself, at different steps."""
    process = child(f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    fill(Path(sys.argv[1]), 20000)
except StoreError as error:
    print('StoreError', bool(error.cure))
""", graph)
    assert process.communicate(timeout=60)[0].strip() == "StoreError True"
    assert counted(graph) == (OLD, str(OLD))
    assert len(list(graph.parent.iterdir())) == 2


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        fill(tmp_path / "nowhere" / "graph.lbug", OLD)


# --- one Database a process, many processes ---


def test_handles_of_one_process_share_one_database(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = ladybug.Database

    def counting(path: str = "", **options: Any) -> ladybug.Database:
        opened.append(path)
        return real(path, **options)

    monkeypatch.setattr(ladybug, "Database", counting)
    odd = graph.parent / ".." / graph.parent.name / graph.name
    with open_store(graph) as one, open_store(odd) as other:
        assert one.read(FIRMS, {}) == other.read(FIRMS, {})
        assert opened == [str(graph)]
        one.close()
        assert other.read(FIRMS, {}) == [{"firms": OLD}], "closing one leaves the other"
    assert not embedded._registry


def test_a_replaced_graph_is_seen_by_every_handle_of_the_process(graph: Path) -> None:
    with open_store(graph) as reader:
        fill(graph, NEW)
        assert reader.read(FIRMS, {}) == [{"firms": NEW}]


def test_threads_ask_while_the_graph_is_replaced(graph: Path) -> None:
    seen: set[int] = set()

    def ask() -> None:
        with open_store(graph) as mine:
            for _ in range(60):
                seen.add(mine.read(FIRMS, {})[0]["firms"])

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for count in (NEW, OLD, NEW):
        fill(graph, count)
    for thread in threads:
        thread.join()
    assert seen <= {OLD, NEW} and seen


READER = """
with open_store(Path(sys.argv[1])) as reader:
    print(reader.read(FIRMS, {})[0]['firms'], flush=True)
    for line in sys.stdin:
        print(reader.read(FIRMS, {})[0]['firms'], flush=True)
"""


@pytest.fixture
def reader(graph: Path) -> Iterator[subprocess.Popen[str]]:
    process = child(READER, graph)
    yield process
    process.communicate()


def ask(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return said(process)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file in place: replace says so")
def test_a_reader_elsewhere_keeps_its_graph_and_the_next_open_sees_the_new(
    graph: Path, reader: subprocess.Popen[str]
) -> None:
    assert said(reader) == str(OLD)
    for count in (NEW, NEW + 1):
        fill(graph, count)
        assert ask(reader) == str(OLD)
        assert counted(graph) == (count, str(count))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file in place")
def test_a_graph_replaced_elsewhere_is_seen_by_the_next_open_here(graph: Path) -> None:
    with open_store(graph) as held:
        writer = child("fill(Path(sys.argv[1]), NEW)", graph)
        writer.communicate()
        assert held.read(FIRMS, {}) == [{"firms": OLD}]
        assert counted(graph) == (NEW, str(NEW))


def test_many_processes_read_at_once(graph: Path) -> None:
    readers = [child(READER, graph) for _ in range(4)]
    assert [said(process) for process in readers] == [str(OLD)] * 4
    for process in readers:
        process.communicate()


# --- what is damaged or foreign is found before the engine opens it: it would answer with other values ---


@pytest.mark.parametrize("seed", range(12))
def test_overwritten_bytes(graph: Path, seed: int, untouched: None) -> None:
    chance, content = random.Random(seed), bytearray(graph.read_bytes())
    at, length = chance.randrange(len(content)), chance.choice([1, 8, 4096])
    content[at : at + length] = bytes(byte ^ 0x5A for byte in content[at : at + length])
    graph.write_bytes(content)
    with pytest.raises(StaleStore, match="damaged"):
        open_store(graph)


@pytest.mark.parametrize("part", [0, 0.3, 0.999])
def test_a_truncated_file(graph: Path, part: float, untouched: None) -> None:
    content = graph.read_bytes()
    graph.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(StaleStore, match="liantu rebuild"):
        open_store(graph)


def test_damage_that_the_checksum_does_not_cover_is_stale_and_no_crash(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("Runtime exception: Cannot read PIP page 3098990846 from disk")

    monkeypatch.setattr(ladybug, "Database", broken)
    with pytest.raises(StaleStore, match="PIP page"):
        open_store(graph)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("Buffer manager exception: Mmap for size 8796 failed.")])
def test_too_little_memory_does_not_blame_the_file(
    graph: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(ladybug, "Database", refused)
    with pytest.raises(StoreError, match="memory") as caught:
        open_store(graph)
    assert not isinstance(caught.value, StaleStore)


@pytest.mark.parametrize(("key", "value"), [("engine", "ladybug 99.1"), ("model", "0"), ("crc", 1), ("size", 1)])
def test_another_version_is_refused_before_the_engine_touches_the_file(
    graph: Path, untouched: None, key: str, value: object
) -> None:
    about = json.loads(store.sidecar(graph).read_bytes())
    store.sidecar(graph).write_text(json.dumps({**about, key: value}), encoding="utf-8")
    with pytest.raises(StaleStore, match="damaged" if key in ("crc", "size") else str(value)):
        open_store(graph)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"size": 1}'])
def test_a_sidecar_that_tells_nothing(graph: Path, untouched: None, content: bytes | None) -> None:
    store.sidecar(graph).unlink()
    if content is not None:
        store.sidecar(graph).write_bytes(content)
    with pytest.raises(StaleStore, match="sidecar"):
        open_store(graph)


def test_a_log_beside_the_file_is_somebody_elses(graph: Path, untouched: None) -> None:
    graph.with_name("graph.lbug.wal").write_bytes(b"x")
    with pytest.raises(StaleStore, match="log"):
        open_store(graph)


def test_a_missing_file(graph: Path, untouched: None) -> None:
    graph.unlink()
    with pytest.raises(StaleStore, match="missing"):
        open_store(graph)


def test_a_stale_graph_can_be_replaced(graph: Path) -> None:
    graph.write_bytes(b"hello")
    graph.with_name("graph.lbug.wal").write_bytes(b"x")
    with open_store(graph, create=True) as stale:
        assert stale.marker() is None
        stale.replace(firms(NEW), Marker("w", VERSION, "new"))
        assert stale.read(FIRMS, {}) == [{"firms": NEW}]


def test_quarantine_moves_all_of_it_aside(graph: Path) -> None:
    graph.write_bytes(b"hello")
    kept = quarantine(graph)
    assert kept.name.startswith("graph.lbug.damaged-") and len(kept.name) == len("graph.lbug.damaged-20240101-120000")
    assert kept.read_bytes() == b"hello"
    assert sorted(path.name for path in graph.parent.iterdir()) == [kept.name, f"{kept.name}.json"]
    fill(graph, OLD)
    assert counted(graph) == (OLD, str(OLD))


def test_a_failed_open_leaves_no_handle(graph: Path) -> None:
    graph.unlink()
    with pytest.raises(StaleStore):
        EmbeddedStore(graph)
    assert not embedded._registry


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="POSIX")
def test_a_killed_reader_hinders_nobody(graph: Path) -> None:
    process = child(READER, graph)
    said(process)
    process.kill()
    process.communicate()
    fill(graph, NEW)
    assert counted(graph) == (NEW, str(NEW))
