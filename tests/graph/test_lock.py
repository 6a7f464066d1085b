"""One writer at a time, tried with a real second process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import LiantuError, Locked
from graph.lock import WriteLock

HOLDS = """
import sys
sys.path[:0] = {path!r}
from pathlib import Path
from graph.lock import WriteLock
sys.argv[:] = ["/usr/bin/liantu", "load", "表.xlsx", "--store", "neo4j://planner:secret@db/x"]
with WriteLock(Path({folder!r})):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of ``tmp_path`` until it is told a line."""
    code = HOLDS.format(path=[os.path.abspath(p) for p in sys.path], folder=str(tmp_path))
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline().strip() == "held"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_told_who_writes(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(Locked) as caught, WriteLock(tmp_path):
        pass
    told = str(caught.value)
    assert f"正由进程 {holder.pid} (liantu load 表.xlsx --store neo4j://db/x) 自 2" in told
    assert "is being written by process" in told and caught.value.cure
    assert caught.value.exit_code == 2


def test_a_killed_holder_frees_the_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    assert json.loads((tmp_path / ".lock.json").read_text(encoding="utf-8"))["pid"] == holder.pid
    with WriteLock(tmp_path):
        assert json.loads((tmp_path / ".lock.json").read_text(encoding="utf-8"))["pid"] == os.getpid()


def test_waiting_for_a_holder_that_ends(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    with WriteLock(tmp_path, timeout=10):
        assert holder.wait(10) == 0


def test_it_is_freed_and_tells_nothing_afterwards(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path)
    for _ in range(2):
        with lock, pytest.raises(Locked, match=str(os.getpid())), WriteLock(tmp_path):
            pass
    assert not (tmp_path / ".lock.json").exists()


def test_it_is_freed_by_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), WriteLock(tmp_path):
        _ = 1 / 0
    with WriteLock(tmp_path):
        pass


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_a_holder_that_has_not_said_who_it_is(tmp_path: Path, content: str) -> None:
    with WriteLock(tmp_path):
        (tmp_path / ".lock.json").write_text(content, encoding="utf-8")
        with pytest.raises(Locked, match=r"process \?"), WriteLock(tmp_path):
            pass


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LiantuError) as caught, WriteLock(tmp_path / "file" / "folder"):
        pass
    assert caught.value.cure


def test_it_is_freed_where_the_holder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / ".lock.json").mkdir()
    with pytest.raises(LiantuError, match=r"lock\.json"), WriteLock(tmp_path):
        pass
    (tmp_path / ".lock.json").rmdir()
    with WriteLock(tmp_path):
        pass
