"""The marker node of a server store: whose graph it is, what it was built from, and whether a load is under way.

A database belongs to one workspace. A load says ``loading`` before it changes anything, so that nobody takes half a
graph for a city; it holds its place by a heartbeat, so that a load that was killed can be told from one that runs.
Anybody with the password can write to the node, so what is odd in it is read as missing.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import uuid4

from graph.errors import Locked, StaleStore, StoreError
from graph.model import EDGES, LABELS, VERSION
from graph.store import Marker, another_workspace

MARKER_LABEL = "LiantuMarker"
READY, LOADING = "ready", "loading"
SILENT = 60_000
"""Milliseconds without a heartbeat after which a load of another machine is taken for dead."""

_NUMBER = "CASE WHEN {0} IS :: INTEGER NOT NULL THEN {0} ELSE 0 END"
FIND = f"""MATCH (m:{MARKER_LABEL} {{id: 'marker'}}) OPTIONAL MATCH (l:{MARKER_LABEL}) WHERE l.id <> 'marker'
WITH m, sum({_NUMBER.format("l.changes")}) AS batches RETURN properties(m) AS mark, batches,
CASE WHEN m.beat IS :: INTEGER NOT NULL THEN timestamp() - m.beat ELSE 1000000000 END AS silent"""
ANY_NODE = "MATCH (n) RETURN count(n) AS nodes"
RULE = f"CREATE CONSTRAINT {MARKER_LABEL}_id IF NOT EXISTS FOR (m:{MARKER_LABEL}) REQUIRE m.id IS UNIQUE"
HOLD = f"MERGE (m:{MARKER_LABEL} {{id: 'marker'}}) SET m.beat = timestamp()"
"""Takes the node's lock: who reads it afterwards in the same transaction is alone."""

_COUNTED = f"m.changes = {_NUMBER.format('m.changes')} + 1"
SET = f"""MATCH (m:{MARKER_LABEL} {{id: 'marker'}}) SET m += $values, {_COUNTED}, m.beat = timestamp()
REMOVE m:{':'.join(one.name for one in LABELS)} RETURN count(m) AS held"""
BEAT = f"""MATCH (m:{MARKER_LABEL} {{id: 'marker'}}) SET m.beat = timestamp()
WITH m WHERE m.loader = $loader SET m.done = $done RETURN count(m) AS held"""
GIVE_UP = f"MATCH (m:{MARKER_LABEL} {{id: 'marker'}}) WHERE m.loader = $loader SET m.loader = ''"

# Batches that run at once may not wait for the one node, so each holds a lane: a node beside it, while a load runs.
HOLD_LANES = f"MATCH (l:{MARKER_LABEL}) WHERE l.id <> 'marker' SET l.beat = timestamp()"
"""Waits for the batches that are under way, whoever's they are."""
SET_LANES = f"""UNWIND range(0, $lanes - 1) AS lane MERGE (l:{MARKER_LABEL} {{id: 'lane-' + lane}})
SET l.loader = $loader, l.changes = 0"""
BEAT_LANE = f"""MATCH (l:{MARKER_LABEL} {{id: $lane}}) SET l.beat = timestamp()
WITH l WHERE l.loader = $loader MATCH (m:{MARKER_LABEL} {{id: 'marker'}}) WHERE m.loader = $loader
SET l.changes = {_NUMBER.format("l.changes")} + 1 RETURN count(l) AS held"""
DROP_LANES = f"MATCH (l:{MARKER_LABEL}) WHERE l.id <> 'marker' DETACH DELETE l"

RUNNING: set[str] = set()
"""Loads of this process that are under way."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The marker node as it was found. ``changes`` counts the beginnings and ends of loads, ``batches`` what the one
    that is under way has written: together they tell whether the graph is still what it was."""

    workspace: str
    model: str = ""
    material: str = ""
    state: str = "damaged"
    changes: int = 0
    loader: str = ""
    host: str = ""
    pid: int = 0
    since: str = ""
    done: int = 0
    total: int = 0
    labels: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    silent: int = 0
    batches: int = 0

    @property
    def loading(self) -> bool:
        return self.state != READY


def found(rows: Iterable[Mapping[str, Any]]) -> Mark | None:
    """The mark in the rows of FIND; None where the node is not there, or was only just made by HOLD."""
    for row in rows:
        told = {one.name: row["mark"][one.name] for one in fields(Mark)
                if type(row["mark"].get(one.name)) is {"str": str, "int": int}.get(str(one.type))}
        lists = {name: tuple(one for one in row["mark"].get(name) or () if isinstance(one, str))
                 for name in ("labels", "edges") if isinstance(row["mark"].get(name), list)}
        if "workspace" in told:
            return Mark(**{**told, **lists, "silent": row["silent"], "batches": row["batches"]})
    return None


@dataclass(frozen=True, slots=True)
class Loader:
    """One load: what it writes into the marker."""

    marker: Marker
    since: str
    id: str = field(default_factory=lambda: uuid4().hex)

    def begins(self, before: Mark | None, total: int) -> dict[str, Any]:
        """While it runs the marker still says what the graph was built from."""
        kept = {"workspace": self.marker.workspace, "model": before.model if before else self.marker.model,
                "material": before.material if before else ""}
        names = _names(before.labels if before else (), before.edges if before else ())
        return {**kept, **names, "state": LOADING, "loader": self.id, "host": socket.gethostname(), "pid": os.getpid(),
                "since": self.since, "done": 0, "total": total}

    def ends(self) -> dict[str, Any]:
        return {"workspace": self.marker.workspace, "model": self.marker.model, "material": self.marker.material,
                "labels": [one.name for one in LABELS], "edges": [one.name for one in EDGES],
                "state": READY, "loader": self.id, "since": self.since, "host": None, "pid": None, "done": None,
                "total": None}


def _names(labels: Iterable[str], edges: Iterable[str]) -> dict[str, list[str]]:
    """What of the database is ours: of the older model and of this one, until the load has ended."""
    return {"labels": list(dict.fromkeys([*labels, *(one.name for one in LABELS)])),
            "edges": list(dict.fromkeys([*edges, *(one.name for one in EDGES)]))}


# --- what follows from a mark ---


def readable(mark: Mark | None, url: str) -> Mark:
    """The mark of a graph that may be asked. Raises StaleStore where it is to be made again, Locked while a load runs."""
    cure = f"liantu rebuild --store {url}"
    if mark is None:
        raise StaleStore(f"服务器上还没有图谱 / there is no graph on the server yet: {url}", cure)
    if mark.loading:
        share = f"{mark.done}/{mark.total}, 自 / since {mark.since}"
        if alive(mark):
            raise Locked(f"图库正在导入 ({share}), 暂不作答, 以免把半张图当成全貌 / "
                         f"the graph is being loaded and gives no answers meanwhile: {url}",
                         "稍候再问 / ask again in a while")
        raise StaleStore(f"上次导入中断 ({share}) / the last load broke off: {url}",
                         f"运行以续完 / to finish it, run: {cure}")
    if mark.model != VERSION:
        raise StaleStore(f"图谱由模型 {mark.model} 写成, 现为 {VERSION} / the graph was written by model {mark.model}, "
                         f"this is {VERSION}: {url}", f"运行 / run: {cure}")
    return mark


def writable(mark: Mark | None, nodes: int, marker: Marker, over: str, url: str) -> None:
    """Raises StoreError for a graph that is not ours to change, Locked while another load runs."""
    if mark is None:
        if nodes:
            raise StoreError(f"数据库里已有 {nodes} 个节点, 不是 liantu 写的, 未改动 / the database holds {nodes} nodes that "
                             f"liantu did not write; nothing was changed: {url}",
                             "换一个空数据库: --store bolt://主机:7687/数据库名; 或确认不再需要后先清空它 (MATCH (n) DETACH DELETE n) / "
                             "name an empty database, or empty this one first if nobody needs what is in it")
        return
    if mark.workspace != marker.workspace:
        raise another_workspace(url)
    if over and mark.material not in ("", over, marker.material):  # the last: it broke off after the graph was done
        raise StoreError(f"服务器上的图谱来自别的材料或设置: 有人在另一台机器上导入过, 或 liantu.toml 改过 / the graph on the server was "
                         f"built from other material or settings: perhaps loaded elsewhere, or liantu.toml was changed: {url}",
                         "从那台机器拷来工作区文件夹; 或以本工作区为准: liantu rebuild --store … / copy the workspace's folder "
                         f"from there; or make this workspace's the one: liantu rebuild --store {url}")
    if mark.loading and alive(mark):
        raise Locked(f"另一导入正在写这个图库 ({mark.host} 进程 {mark.pid}, 自 {mark.since}) / another load is writing to it "
                     f"({mark.host}, process {mark.pid}, since {mark.since}): {url}",
                     "等它结束后重试; 若它已被强行结束, 一分钟后即可重试 / try again when it has ended; if it was killed, in a minute")


def moved(before: Mark | None, now: Mark | None) -> bool:
    """Whether the graph may have been changed between two looks at the marker."""
    counted = [(mark.changes, mark.batches) if mark else (0, 0) for mark in (before, now)]
    return counted[0] != counted[1]


def alive(mark: Mark) -> bool:
    """Whether the load that left this mark may still be running."""
    if mark.silent > SILENT or not (mark.loader and mark.host):
        return False
    if mark.host != socket.gethostname():
        return True
    return mark.loader in RUNNING if mark.pid == os.getpid() else _runs(mark.pid)


def _runs(pid: int) -> bool:
    if not 0 < pid < 2**31:
        return False
    if os.name == "nt":  # there, signal 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
