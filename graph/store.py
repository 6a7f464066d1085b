"""The seam to a graph store: the only place that knows which engine holds the graph.

A path opens the embedded engine, an address with ``://`` a server. What asks questions sees
``Store`` and nothing else. Engines are imported when one is opened, so this module stays light:
it can tell what a graph file is, and put a damaged one aside, without any engine.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.change import Change
from graph.cypher_lint import names
from graph.errors import OtherVersion, StaleStore, StoreError
from graph.facts import Graph
from graph.files import unwritable
from graph.model import VERSION

GRAPH_FILE = "graph.lbug"
SPAN = 16 << 20
"""Bytes at either end of a graph file that its checksum covers: all of a city's graph, in 25 ms at most."""
LEFTOVERS = (".wal", ".shadow", ".tmp", ".wal.checkpoint")
"""What an engine leaves beside a file that it did not finish; we never write in place, so never ours."""

Progress = Callable[[int, int], None]
"""Called with (tables written, tables in all) after each label's or edge's table."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What a store was built from: ``material`` is the manifest's hash.

    ``engine`` is the engine's name and version; the store fills it in, whoever writes leaves it ''.
    """

    workspace: str
    model: str
    material: str
    engine: str = ""


class Store(ABC):
    """A graph that can be asked and replaced; a context manager that closes itself."""

    url: str

    @abstractmethod
    def read(self, text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows of a common-Cypher text, by column, as str, float, int, bool, date, None, list or dict.

        Raises StoreError where the parameters are not exactly the ``$names`` of the text, where the
        text writes, and where the engine refuses it; StaleStore where the graph must be rebuilt.
        """

    @abstractmethod
    def replace(self, graph: Graph, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        """Make the store hold exactly this graph; until it does, the old one answers or nobody does.

        ``over`` is the material that the graph in place must have been built from, '' where any may be
        replaced: a server is shared, and a load must not undo what somebody loaded elsewhere.
        """

    @abstractmethod
    def apply(self, change: Change, marker: Marker, progress: Progress | None = None, over: str = "") -> None:
        """Make the graph in place into the next, all or nothing: as fast as the change is small.

        Only over a graph that was built from ``over``: raises StaleStore where there is none such, and whoever has the
        whole graph replaces it then; StoreError as ``replace`` does.
        """

    @abstractmethod
    def marker(self) -> Marker | None:
        """What the store was built from; None where it holds no graph that can be read."""

    @abstractmethod
    def about(self) -> dict[str, Any]:
        """Engine, version and edition, and where the graph is; asked of the engine, whatever state the graph is in."""

    @abstractmethod
    def backup(self, to: Path) -> None:
        """Copy the graph to a file (or into a folder) that ``open_store`` opens again."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the engine; closing twice is harmless."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_parameters(text: str, parameters: Mapping[str, Any]) -> None:
    """Raise StoreError (exit code 1) unless the parameters are exactly the ``$names`` of the text.

    The embedded engine answers some unbound names with no rows at all, which reads like "no gap".
    """
    wanted, given = names(text), set(parameters)
    if wanted == given:
        return
    unbound, unused = ", ".join(sorted(wanted - given)) or "—", ", ".join(sorted(given - wanted)) or "—"
    error = StoreError(
        f"查询参数不符: 未给 {unbound}, 多给 {unused} / parameters differ: unbound {unbound}, unused {unused}",
        "这是程序的错误, 请报告 / this is a fault of the program, please report it",
    )
    error.exit_code = 1
    raise error


def open_store(url: str | Path, *, create: bool = False, timeout: float | None = None) -> Store:
    """Open the store at a path (a file, or a folder that holds graph.lbug) or a server's address.

    ``create`` allows a store that holds no readable graph yet, to be filled by ``replace``; else
    StaleStore is raised there. ``timeout`` is seconds for one question. Raises StoreError for an
    address that no engine answers to.
    """
    if is_server(url):
        from graph.server import ServerStore  # the driver takes 0.25 s, a second where pandas is installed

        return ServerStore(str(url), create=create, timeout=timeout)
    from graph.embedded import EmbeddedStore  # the engine takes 75 ms to import

    return EmbeddedStore(Path(url), create=create, timeout=timeout)


def is_server(url: str | Path) -> bool:
    """Whether the address names a server and no path, be it misspelt: ``bolt:host``, ``bolt：//host``."""
    return "://" in str(url) or re.match(r"(?:bolt|neo4j)(?:\+s|\+ssc)?[:：]", str(url)) is not None


def another_workspace(url: str) -> StoreError:
    """A graph that is not ours to read or to replace."""
    return StoreError(f"这个图谱属于另一个工作区, 未改动 / this graph belongs to another workspace: {url}",
                      "检查 --store 与 liantu.toml 的 store; 服务器上另选数据库 bolt://主机:7687/数据库名, 或确认不再需要后先清空它 "
                      "(MATCH (n) DETACH DELETE n) / check --store and the store of liantu.toml; on a server name another "
                      "database, or empty this one first if nobody needs it")


# --- the sidecar of a graph file: what is known of it without opening it ---


def sidecar(path: Path) -> Path:
    """``graph.lbug.json`` beside ``graph.lbug``."""
    return path.with_name(path.name + ".json")


def changes(path: Path) -> Path:
    """``graph.lbug.changes`` beside ``graph.lbug``: the engine's log of what was changed since the file was made.

    It counts only where the sidecar tells of it, so that file and log are exchanged by one rename.
    """
    return path.with_name(path.name + ".changes")


def write_sidecar(about: Path, fresh: Path, marker: Marker, engine: str, path: Path, log: Path | None = None) -> None:
    """Write to ``about`` the sidecar of the ``fresh`` file, with its ``log``, that is to replace ``path``.

    It is put in place first and still knows the file before it, so that a reader, or a kill,
    between the two renames meets a pair that fits.
    """
    told = {**asdict(replace(marker, engine=engine)), **_fingerprint(fresh), **_logged(log.read_bytes() if log else b""),
            "previous": _told(path)[0]}
    about.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def checked_marker(path: Path, engine: str) -> Marker:
    """The marker of a graph file, as ``checked`` finds it."""
    return checked(path, engine)[0]


def checked(path: Path, engine: str) -> tuple[Marker, bytes]:
    """The marker of a graph file that this engine and model wrote and that nobody changed since, and its log.

    Raises StaleStore otherwise, before the engine has touched the file, and OSError where it
    cannot be read.
    """
    if not path.is_file():
        raise stale(path, "文件不存在", "the file is missing")
    if any(path.with_name(path.name + ending).exists() for ending in LEFTOVERS):
        raise stale(path, "旁边有未写完的日志", "an unfinished log lies beside it")
    told, log = _told(path)
    if told is None:
        raise stale(path, "已损坏、被改动, 或缺少说明文件", "it is damaged, changed, or its sidecar is missing")
    for key, now in (("engine", engine), ("model", VERSION)):
        if told[key] != now:
            raise stale(path, f"由 {key} {told[key]} 写成, 现为 {now}", f"written by {key} {told[key]}, this is {now}", OtherVersion)
    return Marker(told["workspace"], told["model"], told["material"], told["engine"]), log


def stale(path: Path, zh: str, en: str, kind: type[StaleStore] = StaleStore) -> StaleStore:
    """StaleStore with its cure."""
    return kind(f"图谱文件需要重建: {zh} / the graph must be rebuilt: {en}: {path}",
                "运行 liantu rebuild / run: liantu rebuild")


def _told(path: Path) -> tuple[dict[str, Any] | None, bytes]:
    """What the sidecar says of exactly this file and its log, and the log; None where it says nothing.

    The files are read before the sidecar, because they are renamed in the other order.
    """
    try:
        seen, log = _fingerprint(path), _log(path)
        told = json.loads(sidecar(path).read_bytes())
        for one in (told, told["previous"]):
            own = log if one and one.get("log") else b""
            known = {**seen, **_logged(own)}
            if one and all(one.get(key, 0) == value for key, value in known.items()):
                return {key: one[key] for key in ("workspace", "model", "material", "engine")} | known, own
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        pass
    return None, b""


def _log(path: Path) -> bytes:
    try:
        return changes(path).read_bytes()
    except FileNotFoundError:
        return b""


def _logged(log: bytes) -> dict[str, int]:
    """Size and checksum of a log; 0 and 0 where there is none."""
    return {"log": len(log), "log_crc": zlib.crc32(log)}


def _fingerprint(path: Path) -> dict[str, int]:
    """Size, and checksum of both ends."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        checksum = zlib.crc32(file.read(SPAN))
        file.seek(max(SPAN, size - SPAN))
        return {"size": size, "crc": zlib.crc32(file.read(), checksum)}


def quarantine(path: Path) -> Path:
    """Rename a damaged graph and what lies beside it; returns its new path, graph.lbug.damaged-YYYYMMDD-HHMMSS.

    Close every store of this process on it first. Raises StoreError where it cannot be renamed.
    """
    kept = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}")
    try:
        for ending in ("", ".json", ".changes", *LEFTOVERS):
            if path.with_name(path.name + ending).exists():
                os.replace(path.with_name(path.name + ending), kept.with_name(kept.name + ending))
    except OSError as error:
        raise not_written(path, error) from error
    return kept


def not_written(path: Path, error: OSError) -> StoreError:
    """A full disk, a missing right: the old file is as it was."""
    told = unwritable(path, error)
    return StoreError(told.message, told.cure)
