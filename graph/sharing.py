"""One Database object a file and process, opened only after its sidecar was asked; shared by all who hold the file.

Two Databases on one path in one process lose rows, and a damaged file answers with other values (measured).
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition, Lock
from typing import NamedTuple

import ladybug

from graph import store as seam
from graph.errors import LiantuError, StoreError
from graph.store import Marker

ENGINE = f"ladybug {ladybug.__version__}"


Stamp = tuple[int, int, int]
Identity = tuple[Stamp, Stamp]


class Opened(NamedTuple):
    """A Database, which file it was opened on, and what that was built from."""

    database: ladybug.Database
    identity: Identity
    marker: Marker


class Asking(NamedTuple):
    """A connection and the texts whose plans it holds."""

    connection: ladybug.Connection
    texts: set[str]


TEXTS, IDLE = 24, 2
"""Texts after which a connection is let go, and connections that stay: a plan holds some 4 MB of the pool (measured)."""


class Shared:
    """The Database of one path. Who waits to close it goes first, or a busy screen would keep a new graph out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.holders = 0
        self._running = self._closing = 0
        self._changed = Condition()
        self._open: Opened | None = None
        self._idle: list[Asking] = []

    @contextmanager
    def asking(self, text: str) -> Iterator[ladybug.Connection]:
        """A connection for one question. One that has served stays for a while: it knows the plans of the texts it was asked,
        and to plan a text takes longer than to answer it (3 ms of 4, measured)."""
        with self.using() as database:
            one = self._taken(text) or Asking(ladybug.Connection(database), set())
            try:
                yield one.connection
            except BaseException:
                one.connection.close()
                raise
            one.texts.add(text)
            with self._changed:
                stays = len(one.texts) < TEXTS and len(self._idle) < IDLE
                if stays:
                    self._idle.append(one)
            if not stays:
                one.connection.close()

    def _taken(self, text: str) -> Asking | None:
        """An idle connection, rather one that knows the text."""
        with self._changed:
            one = next((one for one in self._idle if text in one.texts), self._idle[-1] if self._idle else None)
            if one is not None:
                self._idle.remove(one)
            return one

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

    def opened(self) -> Opened:
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
                while self._idle:
                    self._idle.pop().connection.close()
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


registry: dict[Path, Shared] = {}
_registry_lock = Lock()


def acquire(path: Path) -> Shared:
    with _registry_lock:
        shared = registry.setdefault(path, Shared(path))
        shared.holders += 1
    shared.refresh()
    return shared


def release(shared: Shared) -> None:
    with _registry_lock:
        shared.holders -= 1
        if not shared.holders:
            registry.pop(shared.path).closed_for(lambda: None)


def _pool(path: Path) -> int:
    """Bytes of buffer for reading: four times the file, 512 MiB at least. The engine's own default, most of
    the memory, makes opening 10 ms slower."""
    return max(512 << 20, 4 * path.stat().st_size)


def _open_checked(path: Path) -> Opened:
    """Check the sidecar and open read only; once more if another process replaced the file meanwhile."""
    while True:
        before = _identity(path)
        with errors_as_ours(path):
            marker, log = seam.checked(path, ENGINE)
        try:
            with linked(path, log) as opens:
                database = ladybug.Database(str(opens), read_only=True, buffer_pool_size=_pool(path))
        except Exception as error:
            raise _not_opened(path, error) from error
        if before == _identity(path):
            return Opened(database, before, marker)
        database.close()


@contextmanager
def linked(path: Path, log: bytes) -> Iterator[Path]:
    """The path to open the file by so that the engine takes in its log: one of our own, where nobody else meets it."""
    if not log:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="liantu-") as folder:
        alias = Path(folder) / seam.GRAPH_FILE
        _link(path, alias)
        alias.with_name(alias.name + ".wal").write_bytes(log)
        yield alias


def _link(path: Path, alias: Path) -> None:
    """A link of any sort; a copy where the system makes none (Windows without that right, and another disk)."""
    for make in (os.symlink, os.link):
        with suppress(OSError):
            return make(path, alias)
    shutil.copyfile(path, alias)


def _identity(path: Path) -> Identity:
    """Which file and which log: either may be exchanged."""
    return _stamp(path), _stamp(seam.changes(path))


def _stamp(path: Path) -> Stamp:
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


# --- errors of the engine, as ours ---


@contextmanager
def errors_as_ours(path: Path) -> Iterator[None]:
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
