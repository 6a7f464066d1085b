"""Opens the store of a workspace to be asked; an embedded graph that does not fit the material is made again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from graph.errors import Locked, OtherVersion, StaleStore
from graph.model import VERSION
from graph.store import GRAPH_FILE, Marker, Store, another_workspace, is_server, open_store, quarantine
from graph.workspace import Workspace

Say = Callable[[str], None]


def opened(workspace: Workspace, store: str, say: Say) -> Store:
    """The store at the address ``store``, else the workspace's own. Raises StoreError.

    A server's graph is never made again unasked: who asks may have no right to, or an older copy of the material.
    """
    url = store or workspace.store
    if is_server(url):
        return _on_server(workspace, url)
    try:
        found = open_store(url, timeout=workspace.settings.timeout)
    except StaleStore as error:
        if store and Path(store).is_file():  # not ours to put aside
            raise StaleStore(error.message, f"运行 liantu rebuild --store {store} / run: liantu rebuild --store {store}") from error
        return _remade(workspace, store, say, error.message, not isinstance(error, OtherVersion))
    if _kept(workspace, found):
        return found
    return _remade(workspace, store, say, "图谱与材料不一致 / the graph does not match the material", False)


def fits(workspace: Workspace, marker: Marker | None) -> bool:
    """Whether a graph was built by this model from the material that the workspace holds now."""
    return bool(marker and marker.model == VERSION and marker.material == workspace.digest(workspace.manifest()))


def _kept(workspace: Workspace, found: Store) -> bool:
    """Whether the open store may be asked; else it is closed. Raises StoreError for another workspace's."""
    try:
        marker = found.marker()
        if marker and marker.workspace != workspace.settings.workspace:
            raise another_workspace(found.url)
        good = fits(workspace, marker)
    except BaseException:
        found.close()
        raise
    if not good:
        found.close()
    return good


def _on_server(workspace: Workspace, url: str) -> Store:
    """A small load takes a second, and then writes the manifest: that long one waits, and does not refuse."""
    for last in (False, False, False, False, True):
        try:
            found = open_store(url, timeout=workspace.settings.timeout)
            if _kept(workspace, found):
                return found
        except Locked:
            if last:
                raise
        time.sleep(0.5)
    raise StaleStore(f"服务器上的图谱与本工作区的材料或设置不一致 / the graph on the server does not match this "
                     f"workspace's material or settings: {found.url}",
                     "以本工作区为准: liantu rebuild --store …; 或从导入过的机器拷来工作区文件夹 / to make this workspace's the one: "
                     f"liantu rebuild --store {found.url}; or copy the workspace's folder from where it was loaded")


def _remade(workspace: Workspace, store: str, say: Say, why: str, damaged: bool) -> Store:
    from loaders.load import rebuild  # every question opens a store, few make one again

    url = store or workspace.store
    path = Path(url) / GRAPH_FILE if Path(url).is_dir() else Path(url)
    say(why)
    if damaged and path.is_file():
        say(f"旧文件留作 / the old file is kept as {quarantine(path).name}")
    if workspace.manifest():
        say("正在从材料生成图谱 / building the graph from the material …")
    rebuild(workspace, store)
    return open_store(url, timeout=workspace.settings.timeout)
