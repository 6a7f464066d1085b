"""The embedded store: one LadybugDB file beside the material it is derived from.

Measured on ladybug 0.22, and the reason for most of what follows: a damaged file often opens and
answers with *other values*, or ends in bad_alloc; a newer version upgrades a file one way; COPY
twice doubles edges; two Databases on one path in one process lose rows. So no file is written in
place, one Database serves a process, and the sidecar (``graph/store.py``) is asked before the engine.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug

from graph import store as seam
from graph.change import Change
from graph.ddl import copies, embedded_schema
from graph.errors import StaleStore, StoreError
from graph.facts import Graph
from graph.sharing import ENGINE, Shared, acquire, errors_as_ours, release
from graph.store import GRAPH_FILE, Marker, Progress, Store, check_parameters

if TYPE_CHECKING:
    from graph.bulk import Prepared

MAGIC = b"LBUG"
AS_IS = frozenset({str, float, int, bool, date, type(None)})
"""Almost every value: told by its type, for a question may fetch millions."""
quarantine = seam.quarantine


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
        self._shared: Shared | None = acquire(self.path)
        try:
            if not create:
                self._shared.opened()
        except BaseException:
            self.close()
            raise

    def read(self, text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        check_parameters(text, parameters)
        with errors_as_ours(self.path), self._open().asking(text) as asking:
            asking.set_query_timeout(int((self.timeout or 0) * 1000))
            return _rows(asking.execute(text, _bound(parameters)))

    def replace(self, graph: Graph, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        self._replace(lambda fresh: _build(fresh, graph, progress or (lambda done, total: None)), marker)

    def replace_prepared(self, tables: Sequence[Prepared], marker: Marker, progress: Progress | None = None) -> None:
        """The same from files of tables (``graph/bulk.py``), within bounded memory."""
        from graph.bulk_build import build

        self._replace(lambda fresh: build(fresh, tables, progress or (lambda done, total: None)), marker)

    def _replace(self, build: Callable[[Path], None], marker: Marker) -> None:
        shared = self._open()
        _not_anothers(self.path)
        with errors_as_ours(self.path), _workshop(self.path) as folder:
            fresh, about = folder / GRAPH_FILE, folder / "sidecar.json"
            build(fresh)
            seam.write_sidecar(about, fresh, marker, ENGINE, self.path)
            shared.closed_for(lambda: _put_in_place(fresh, about, self.path))

    def apply(self, change: Change, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        from graph.embedded_changes import applied

        shared = self._open()
        if shared.opened().marker.material != over:
            raise seam.stale(self.path, "它来自别的材料", "it was built from other material")
        with errors_as_ours(self.path), _workshop(self.path) as folder:
            fresh, about = folder / GRAPH_FILE, folder / "sidecar.json"
            log = applied(self.path, fresh, change, progress or (lambda done, total: None))
            seam.write_sidecar(about, fresh, marker, ENGINE, self.path, log)
            shared.closed_for(lambda: _put_in_place(fresh, about, self.path, log))

    def marker(self) -> Marker | None:
        with suppress(StaleStore):
            return self._open().opened().marker
        return None

    def about(self) -> dict[str, Any]:
        sizes = [one.stat().st_size for one in (self.path, seam.changes(self.path)) if one.is_file()]
        return {"engine": ENGINE, "store": self.url, "bytes": sum(sizes)}

    def backup(self, to: Path) -> None:
        target = to / self.path.name if to.is_dir() else to
        with self._open().using(), errors_as_ours(target):
            for source, copy in ((seam.sidecar(self.path), seam.sidecar(target)), (self.path, target),
                                 (seam.changes(self.path), seam.changes(target))):
                copy.unlink(missing_ok=True)
                if source.exists():
                    shutil.copyfile(source, copy)
            seam.checked_marker(target, ENGINE)  # another process may have replaced the pair meanwhile

    def close(self) -> None:
        shared, self._shared = self._shared, None
        if shared is not None:
            release(shared)

    def _open(self) -> Shared:
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
    copied = _rows(connection.execute(statement.format(file=place(file))))
    if not str(next(iter(copied[0].values()))).startswith(f"{written} "):
        raise StoreError(f"写入行数不符 / rows written differ: {written}: {copied[0]} ({statement})")


def place(file: Path) -> str:
    """A path as COPY reads it between quotation marks, where [ and * are patterns."""
    return glob.escape(file.as_posix()).replace("\\", "\\\\").replace("'", "\\'")


def _put_in_place(fresh: Path, about: Path, path: Path, log: Path | None = None) -> None:
    """Two renames, the sidecar first: it also knows the old file and its log. Nothing of the old graph is touched before.

    A ``log`` belongs to the file that is there already; a fresh file has none, and the old log is no longer told of.
    """
    for ending in seam.LEFTOVERS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    os.replace(about, seam.sidecar(path))
    if log is not None:
        os.replace(log, seam.changes(path))
        return
    os.replace(fresh, path)
    seam.changes(path).unlink(missing_ok=True)


# --- values of the engine, as ours ---


def _rows(result: Any) -> list[dict[str, Any]]:
    if isinstance(result, list):
        raise StoreError("一次只能运行一条查询 / one statement at a time")
    names = result.get_column_names()
    return [{name: value if type(value) in AS_IS else _plain(value) for name, value in zip(names, row, strict=True)}
            for row in result]


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
