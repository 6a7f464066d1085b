"""The embedded store: one LadybugDB file beside the material it is derived from.

Measured on ladybug 0.22, and the reason for most of what follows: a damaged file often opens and
answers with *other values*, or ends in bad_alloc; a newer version upgrades a file one way; COPY
twice doubles edges; two Databases on one path in one process lose rows. So no file is written in
place, one Database serves a process, and the sidecar (``graph/store.py``) is asked before the engine.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from threading import Condition, Lock
from typing import Any, NamedTuple

import ladybug

from graph import store as seam
from graph.ddl import copies, embedded_schema
from graph.errors import LiantuError, StaleStore, StoreError
from graph.facts import Graph
from graph.store import GRAPH_FILE, Marker, Progress, Store, check_parameters

MAGIC = b"LBUG"
ENGINE = f"ladybug {ladybug.__version__}"
quarantine = seam.quarantine


class _Opened(NamedTuple):
    """A Database, which file it was opened on, and what that was built from."""

    database: ladybug.Database
    identity: tuple[int, int, int]
    marker: Marker


class EmbeddedStore(Store):
    """One file, no server. Choose it unless several people must write at once or planners want Neo4j
    Browser: it loads a city in a second, many processes may read, and the file can be made again.

    Whoever calls ``replace`` holds the workspace's WriteLock; readers need none. An open store
    keeps its graph, whatever another process puts in its place, until this process opens one again.
    """

    def __init__(self, path: Path, *, create: bool = False, timeout: float | None = None) -> None:
        self.path = (path / GRAPH_FILE if path.is_dir() else path).resolve()
        self.url = str(self.path)
        self.timeout = timeout
        self._shared: _Shared | None = _acquire(self.path)
        try:
            if not create:
                self._shared.opened()
        except BaseException:
            self.close()
            raise

    def read(self, text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        check_parameters(text, parameters)
        with self._open().using() as database, _errors_as_ours(self.path), ladybug.Connection(database) as asking:
            asking.set_query_timeout(int((self.timeout or 0) * 1000))
            return _rows(asking.execute(text, _bound(parameters)))

    def replace(self, graph: Graph, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        shared = self._open()
        _not_anothers(self.path)
        with _errors_as_ours(self.path), _workshop(self.path) as folder:
            fresh, about = folder / GRAPH_FILE, folder / "sidecar.json"
            _build(fresh, graph, progress or (lambda done, total: None))
            seam.write_sidecar(about, fresh, marker, ENGINE, self.path)
            shared.closed_for(lambda: _put_in_place(fresh, about, self.path))

    def marker(self) -> Marker | None:
        with suppress(StaleStore):
            return self._open().opened().marker
        return None

    def about(self) -> dict[str, Any]:
        there = self.path.is_file()
        return {"engine": ENGINE, "store": self.url, "bytes": self.path.stat().st_size if there else 0}

    def backup(self, to: Path) -> None:
        target = to / self.path.name if to.is_dir() else to
        with self._open().using(), _errors_as_ours(target):
            for source, copy in ((seam.sidecar(self.path), seam.sidecar(target)), (self.path, target)):
                shutil.copyfile(source, copy)
            seam.checked_marker(target, ENGINE)  # another process may have replaced the pair meanwhile

    def close(self) -> None:
        shared, self._shared = self._shared, None
        if shared is not None:
            _release(shared)

    def _open(self) -> _Shared:
        if self._shared is None:
            raise StoreError(f"图库已关闭 / the store is closed: {self.url}")
        return self._shared


def _not_anothers(path: Path) -> None:
    """Refuse to overwrite a file that is no graph: what a mistyped --store may name."""
    if path.is_file() and path.stat().st_size and not seam.sidecar(path).exists():
        with path.open("rb") as file:
            if file.read(4) != MAGIC and path.name != GRAPH_FILE:
                raise StoreError(f"{path} 不是图谱文件, 未改动 / is no graph file and was not changed",
                                 "给 --store 另一个路径 / name another path with --store")


# --- one Database object per file and process ---


class _Shared:
    """The Database of one path. Who waits to close it goes first, or a busy screen would keep a new graph out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.holders = 0
        self._running = self._closing = 0
        self._changed = Condition()
        self._open: _Opened | None = None

    @contextmanager
    def using(self) -> Iterator[ladybug.Database]:
        """The open database, kept open as long as the block runs."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closing)
            opened = self.opened()
            self._running += 1
        try:
            yield opened.database
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def opened(self) -> _Opened:
        """What is open, opened if need be. Raises StaleStore, StoreError."""
        with self._changed:
            self._open = self._open or _open_checked(self.path)
            return self._open

    def closed_for(self, step: Callable[[], None]) -> None:
        """Run ``step`` while this process has the file closed; the next question opens it again."""
        with self._changed:
            self._closing += 1
            try:
                self._changed.wait_for(lambda: not self._running)
                if self._open is not None:
                    self._open.database.close()
                self._open = None
                step()
            finally:
                self._closing -= 1
                self._changed.notify_all()

    def refresh(self) -> None:
        """Let go of a file that another process has replaced since it was opened."""
        with self._changed:
            if self._open is not None and self._open.identity != _identity(self.path):
                self.closed_for(lambda: None)


_registry: dict[Path, _Shared] = {}
_registry_lock = Lock()


def _acquire(path: Path) -> _Shared:
    with _registry_lock:
        shared = _registry.setdefault(path, _Shared(path))
        shared.holders += 1
    shared.refresh()
    return shared


def _release(shared: _Shared) -> None:
    with _registry_lock:
        shared.holders -= 1
        if not shared.holders:
            _registry.pop(shared.path).closed_for(lambda: None)


def _pool(path: Path) -> int:
    """Bytes of buffer for reading: four times the file, 256 MiB at least. The engine's own default, most of
    the memory, makes opening 10 ms slower."""
    return max(256 << 20, 4 * path.stat().st_size)


def _open_checked(path: Path) -> _Opened:
    """Check the sidecar and open read only; once more if another process replaced the file meanwhile."""
    while True:
        before = _identity(path)
        with _errors_as_ours(path):
            marker = seam.checked_marker(path, ENGINE)
        try:
            database = ladybug.Database(str(path), read_only=True, buffer_pool_size=_pool(path))
        except Exception as error:
            raise _not_opened(path, error) from error
        if before == _identity(path):
            return _Opened(database, before, marker)
        database.close()


def _identity(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _not_opened(path: Path, error: Exception) -> StoreError:
    if isinstance(error, MemoryError) or "mmap" in str(error).lower():  # the file is sound: do not blame it
        return StoreError(f"内存不足, 图库未打开 / not enough memory to open the graph: {path}: {error}",
                          "关闭其他程序或放宽内存限制 / close other programs or raise the memory limit")
    return seam.stale(path, "引擎打不开", f"the engine cannot open it ({error})")


# --- a fresh file, written beside the old one; no fsync: after a power cut the checksum finds what is torn ---


@contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    """A folder beside ``path`` (one disk, so that a rename is enough), gone afterwards whatever happens."""
    prefix = f".{path.name}.building-"
    for leftover in path.parent.glob(f"{glob.escape(prefix)}*"):  # of a process that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(fresh: Path, graph: Graph, progress: Progress) -> None:
    """A new file that holds the schema and the graph, table by table."""
    with ladybug.Database(str(fresh)) as database, ladybug.Connection(database) as connection:
        for statement in ("BEGIN TRANSACTION", *embedded_schema(), "COMMIT"):  # in one: 50 ms less
            connection.execute(statement)
        tables = list(copies(graph))
        for done, (statement, lines) in enumerate(tables, start=1):
            _copy(connection, statement, lines, fresh.with_suffix(".csv"))
            progress(done, len(tables))


def _copy(connection: ladybug.Connection, statement: str, lines: Iterable[str], file: Path) -> None:
    """COPY the lines; StoreError where the engine took another number of rows than were written."""
    with file.open("w", encoding="utf-8", newline="") as out:
        written = sum(1 for line in lines if out.write(line))
    place = glob.escape(file.as_posix()).replace("\\", "\\\\").replace("'", "\\'")  # COPY reads [ and * as patterns
    copied = _rows(connection.execute(statement.format(file=place)))
    if not str(next(iter(copied[0].values()))).startswith(f"{written} "):
        raise StoreError(f"写入行数不符 / rows written differ: {written}: {copied[0]} ({statement})")


def _put_in_place(fresh: Path, about: Path, path: Path) -> None:
    """Two renames, the sidecar first: it also knows the old file. Nothing of the old graph is touched before."""
    for ending in seam.LEFTOVERS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    os.replace(about, seam.sidecar(path))
    os.replace(fresh, path)


# --- values and errors of the engine, as ours ---


def _rows(result: Any) -> list[dict[str, Any]]:
    if isinstance(result, list):
        raise StoreError("一次只能运行一条查询 / one statement at a time")
    return [{name: _plain(value) for name, value in row.items()} for row in result.rows_as_dict()]


def _plain(value: Any) -> Any:
    """Python's own: sums come as Decimal, nodes with the engine's keys and a null for every other label's property."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        inner = "_ID" in value
        return {key: _plain(one) for key, one in value.items() if not inner or (key[0] != "_" and one is not None)}
    return value


def _bound(value: Any) -> Any:
    """Parameters as the engine takes them: it knows lists and dicts, no other collection."""
    if isinstance(value, Mapping):
        return {key: _bound(one) for key, one in value.items()}
    return [_bound(one) for one in value] if isinstance(value, (list, tuple)) else value


@contextmanager
def _errors_as_ours(path: Path) -> Iterator[None]:
    try:
        yield
    except LiantuError:
        raise
    except OSError as error:
        raise seam.not_written(path, error) from error
    except Exception as error:  # the engine raises RuntimeError, and others where a file is damaged
        raise _refused(path, error) from error


def _refused(path: Path, error: Exception) -> StoreError:
    text = str(error)
    if "Interrupted" in text:
        return StoreError(f"查询超时 / the question took too long: {path}", "缩小范围后重试 / narrow the question")
    if any(words in text for words in ("No space left", "File too large", "Cannot write to file", "checkpoint failed")):
        return seam.not_written(path, OSError(errno.ENOSPC, text))
    return StoreError(f"图库引擎报错 / the graph engine refused: {path}: {text}")
