"""Load, withdraw, rebuild in a workspace that has tables: the whole pipeline, each time; all or nothing as ever."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from graph import bulk_engine, files
from graph.embedded import EmbeddedStore
from graph.errors import LiantuError
from graph.model import VERSION
from graph.store import Marker, another_workspace, is_server
from graph.workspace import Material, Workspace
from loaders import material, rejected, tables_check, tables_counts, tables_graph, tables_out
from loaders.derive import Derived
from loaders.kinds import bulk
from loaders.load import Options, Refused, Report
from loaders.material import Incoming, Progress
from loaders.tables_graph import Tables

PREFIX = ".tables-"


@contextmanager
def opened(workspace: Workspace, entries: Sequence[Material], new: Sequence[Incoming], derived: Derived,
           progress: Progress | None) -> Iterator[Tables]:
    """All material, read and checked, in a folder of the workspace that is gone afterwards whatever happens."""
    places = [(e, workspace.material / e.kept) for e in entries] + [(i.entry, i.path) for i in new]
    with _folder(workspace) as folder, bulk_engine.engine(folder) as engine:
        yield tables_graph.opened(engine, derived, [(e, p) for e, p in places if bulk([e])], workspace.settings.region,
                                  progress or tables_graph.silent)


@contextmanager
def _folder(workspace: Workspace) -> Iterator[Path]:
    """Beside the graph, for what is made there is large; what a killed process left is cleared."""
    for leftover in workspace.folder.glob(f"{PREFIX}*"):
        if not _alive(leftover):
            shutil.rmtree(leftover, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=workspace.folder))
    except OSError as error:
        raise files.unwritable(workspace.folder, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(folder: Path) -> bool:
    """Whether the process that made a folder still runs: a check needs no lock."""
    number = folder.name.removeprefix(PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0) if os.name == "posix" else None
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return os.name == "posix"


def check(workspace: Workspace, new: Sequence[Incoming], report: Report) -> Report:
    """What a load would do."""
    before = workspace.manifest()
    with opened(workspace, before, new, material.read_all(workspace, before, new), None) as tables:
        refuse(tables, new)
        return tables_counts.report(report, tables, new)


def load(workspace: Workspace, new: Sequence[Incoming], report: Report, options: Options, store: str,
         progress: Progress | None) -> Report:
    """The whole graph again, with what is new; for who holds the workspace's lock."""
    address, before = _embedded(workspace, store), workspace.manifest()
    with opened(workspace, before, new, material.read_all(workspace, before, new, progress), progress) as tables:
        refuse(tables, new)
        report = tables_counts.report(report, tables, new)
        listed = _listed(tables, new) if report.rejected else None
        try:
            material.keep(workspace, new)
            _commit(workspace, (*before, *(i.entry for i in new)), tables, address, progress)
        except BaseException:
            _forget(workspace, new)
            raise
        if listed:
            report.rejects_file = rejected.put(workspace, options.today, report.loaded[0], listed.read_text(encoding="utf-8"))
        return report


def _forget(workspace: Workspace, new: Sequence[Incoming]) -> None:
    """What was kept for a change that did not come about."""
    named = {entry.kept for entry in workspace.manifest()}
    for one in new:
        if one.entry.kept not in named:
            material.forget(workspace, one.entry)


def again(workspace: Workspace, entries: tuple[Material, ...], store: str, progress: Progress | None) -> int:
    """Derive the graph of these entries; the number of its facts."""
    address = _embedded(workspace, store)
    with opened(workspace, entries, (), material.read_all(workspace, entries, progress=progress), progress) as tables:
        refuse(tables, ())
        return _commit(workspace, entries, tables, address, progress)


def refuse(tables: Tables, new: Sequence[Incoming]) -> None:
    """Raise Refused where a row is bad whose load did not ask to keep the good ones, or a file is none of ours."""
    sheets = [p for s in tables.derived.stated for p in s.problems if not s.entry.keep_good]
    strict = tables.engine.value("SELECT count(*) FROM problems WHERE NOT keep_good OR whole")
    if strict or sheets:
        helps = bool(new) and not sheets and not tables.engine.value("SELECT count(*) FROM problems WHERE whole")
        total = len(sheets) + sum(tables_check.by_material(tables.engine).values())
        raise Refused([*sheets, *tables_check.listed(tables.engine)], total, helps)
    if new and not tables_counts.rows(tables, new):
        raise LiantuError("没有一行可导入 / there is not one row to load", "文件名与列见指南“百万行的表” / see “A million rows” in the guide")


def _commit(workspace: Workspace, entries: tuple[Material, ...], tables: Tables, address: str, progress: Progress | None) -> int:
    """As ``loaders.load`` does it: the manifest is what makes the change true. The number of facts."""
    marker = Marker(workspace.settings.workspace, VERSION, workspace.digest(entries), "")
    made = list(tables_out.prepared(tables, workspace.settings.region, progress or tables_graph.silent))
    refused = tables_check.by_material(tables.engine)
    tables.engine.close()  # its memory goes to the store that is built now
    with EmbeddedStore(Path(address), create=True) as target:
        found = target.marker()
        if found and found.workspace != marker.workspace:
            raise another_workspace(target.url)
        target.replace_prepared(made, marker, (lambda done, of: progress("graph", done, of)) if progress else None)
    workspace.write_manifest(entries)
    rejected.remember(workspace, tables.derived.stated, tables=refused)
    return sum(one.rows for one in made if one.ends)


def _embedded(workspace: Workspace, store: str) -> str:
    """The path of the graph; LiantuError where it is on a server, before anything is read."""
    address = store or workspace.store
    if is_server(address):
        raise LiantuError(f"工作区有大表, 不能直接写进服务器 {address} / a workspace with tables is not written to a server directly",
                          "先导入内嵌图库 (--store graph.lbug), 再 `liantu export --as neo4j`, 用 neo4j-admin 导入 / load into the embedded "
                          "store (--store graph.lbug), then `liantu export --as neo4j` and neo4j-admin")
    return address


def _listed(tables: Tables, new: Sequence[Incoming]) -> Path:
    """Every refused row of what is new, however many, as the file that sheets have too."""
    path = tables.engine.folder / "rejects.csv"
    sheets = rejected.cells(material.unreadable(tables_counts.refused(tables, new)))
    rows = (row for batch in tables_check.every(tables.engine, [i.entry for i in new]) for row in batch)
    with path.open("w", encoding="utf-8", newline="") as out:
        rejected.write(out, chain(sheets, rows))
    return path
