"""The traps of the embedded engine that were measured (CYPHER.md), each as a test on the real engine."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import ladybug
import pytest

from graph import embedded, sharing, store
from graph.embedded import quarantine
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


def raising(error: BaseException) -> Callable[..., None]:
    def raises(*_: Any, **__: Any) -> None:
        raise error
    return raises


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine must not be asked to open anything."""
    monkeypatch.setattr(ladybug, "Database", raising(AssertionError("the engine touched the file")))


def child(code: str, *values: object) -> subprocess.Popen[str]:
    """Another process that runs ``code`` with this file's names."""
    head = f"import sys; sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}\n"
    return subprocess.Popen([sys.executable, "-c", f"{head}from {Path(__file__).stem} import *\n{code}",
                             *map(str, values)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


# --- the file is never written in place ---


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
    monkeypatch.setattr(embedded, "_copy", raising(OSError(code, os.strerror(code))))
    with pytest.raises(StoreError, match=graph.name) as caught:
        fill(graph, NEW)
    assert caught.value.cure and len(list(graph.parent.iterdir())) == 2
    assert counted(graph) == (OLD, str(OLD))


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
        fill(graph, NEW)
        assert other.read(FIRMS, {}) == [{"firms": NEW}], "a replaced graph is seen by every handle"
    assert not sharing.registry


def test_threads_that_never_stop_asking_do_not_keep_a_new_graph_out(graph: Path) -> None:
    pairs, done = "MATCH (a:Firm), (b:Firm) WHERE a.id <> b.id RETURN count(*) AS pairs", Event()
    seen: set[int] = set()

    def ask() -> None:
        with open_store(graph) as mine:
            while not done.is_set():
                seen.update(row["pairs"] for row in mine.read(pairs, {}))

    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(ask) for _ in range(3)]
        for count in (NEW, OLD, NEW):
            fill(graph, count)
        done.set()
    assert [one.exception() for one in asked] == [None] * 3
    assert seen <= {count * (count - 1) for count in (OLD, NEW)}


READER = """
with open_store(Path(sys.argv[1])) as reader:
    print(reader.read(FIRMS, {})[0]['firms'], flush=True)
    for line in sys.stdin:
        print(reader.read(FIRMS, {})[0]['firms'], flush=True)
"""


def ask(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    print(file=process.stdin, flush=True)
    return said(process)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file in place: replace says so")
def test_a_reader_elsewhere_keeps_its_graph_and_the_next_open_sees_the_new(graph: Path) -> None:
    reader = child(READER, graph)
    assert said(reader) == str(OLD)
    for count in (NEW, NEW + 1):
        fill(graph, count)
        assert ask(reader) == str(OLD)
        assert counted(graph) == (count, str(count))
    reader.kill()
    reader.communicate()
    fill(graph, OLD)  # a killed reader hinders nobody


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open file in place")
def test_a_graph_replaced_elsewhere_is_seen_by_the_next_open_here(graph: Path) -> None:
    with open_store(graph) as held:
        child("fill(Path(sys.argv[1]), NEW)", graph).communicate()
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


@pytest.mark.parametrize(("error", "stale"), [
    (RuntimeError("Runtime exception: Cannot read PIP page 3098990846 from disk"), True),
    (RuntimeError("Buffer manager exception: Mmap for size 8796093022208 failed."), False), (MemoryError(), False)])
def test_what_the_engine_cannot_open_is_stale_unless_memory_is_short(
    graph: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, stale: bool
) -> None:
    monkeypatch.setattr(ladybug, "Database", raising(error))
    with pytest.raises(StoreError) as caught:
        open_store(graph)
    assert isinstance(caught.value, StaleStore) is stale
    assert not sharing.registry, "a failed open leaves no handle"


@pytest.mark.parametrize(("key", "value"), [("engine", "ladybug 99.1"), ("model", "0"), ("crc", 1), ("size", 1)])
def test_another_version_is_refused_before_the_engine_touches_the_file(
    graph: Path, untouched: None, key: str, value: object
) -> None:
    about = json.loads(store.sidecar(graph).read_bytes())
    store.sidecar(graph).write_text(json.dumps({**about, key: value}), encoding="utf-8")
    with pytest.raises(StaleStore, match="damaged" if key in ("crc", "size") else str(value)):
        open_store(graph)


@pytest.mark.parametrize(("name", "content", "told"), [
    *(("graph.lbug.json", content, "sidecar") for content in
      (None, b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'{"size": 1}')),
    ("graph.lbug.wal", b"x", "an unfinished log"), ("graph.lbug", None, "missing")])
def test_what_lies_beside_the_file_must_fit(
    graph: Path, untouched: None, name: str, content: bytes | None, told: str
) -> None:
    graph.with_name(name).unlink(missing_ok=True)
    if content is not None:
        graph.with_name(name).write_bytes(content)
    with pytest.raises(StaleStore, match=told):
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
    assert re.fullmatch(r"graph\.lbug\.damaged-\d{8}-\d{6}", kept.name) and kept.read_bytes() == b"hello"
    assert sorted(path.name for path in graph.parent.iterdir()) == [kept.name, f"{kept.name}.json"]
    fill(graph, OLD)
    assert counted(graph) == (OLD, str(OLD))
