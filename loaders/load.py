"""Load, withdraw, retire, rebuild: the only ways a workspace changes. Each is all or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph import files
from graph.errors import LiantuError, QuestionError
from graph.facts import Fact
from graph.inert import inert
from graph.lock import WriteLock
from graph.model import VERSION
from graph.store import Marker, another_workspace, open_store
from graph.workspace import Material, Workspace
from loaders import closures, material, suspect
from loaders.derive import Derived, Stated
from loaders.material import Incoming, Progress
from loaders.names import nearest
from loaders.rows import Problem


@dataclass(frozen=True, slots=True)
class Gone:
    """本次未见: a fact of the older version that the newer does not state."""

    id: str
    text: str
    cell: str


@dataclass
class Report:
    """What a load did, for a person to read."""

    loaded: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    new: int = 0
    kept: int = 0
    gone: list[Gone] = field(default_factory=list)
    days: dict[str, int] = field(default_factory=dict)
    home: int = 0
    notes: list[str] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    rejects_file: Path | None = None
    closed: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    """Hand-outs that came back with nothing filled in."""
    unanswered: int = 0
    unreviewed: int = 0
    declined: int = 0


class Refused(LiantuError):
    """Rows that cannot be loaded: nothing was written. ``problems`` lists every one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = material.unreadable(problems)
        super().__init__(f"{len(self.problems)} 处问题, 未导入任何内容 / problems: {len(self.problems)}, nothing was loaded",
                         "改正后重试; 或 --keep-good 只导入好的行, 其余写入 rejects/ / mend them and try again; or "
                         "--keep-good loads the good rows and writes the others to rejects/")


@dataclass(frozen=True, slots=True)
class Options:
    """How to load: the file's day, who may see it, whether good rows go in alone, whether nodes are made, the kind of material."""

    data_date: date | None = None
    audience: str = ""
    keep_good: bool = False
    new_nodes: bool = False
    today: date = field(default_factory=date.today)
    kind: str = "sheets"


def check(workspace: Workspace, paths: Sequence[Path], options: Options) -> Report:
    """What a load would do; nothing is written. Raises Refused like the load itself."""
    before = workspace.manifest()
    new, report = _incoming(before, paths, options)
    derived = material.read_all(workspace, before, new)
    _refuse(derived, new, options)
    if _nothing(report, derived, new):
        return report
    return _report(report, workspace, before, new, derived)


def load(workspace: Workspace, paths: Sequence[Path], options: Options, store: str = "",
         progress: Progress | None = None) -> Report:
    """Add files or folders to the material and derive the graph again.

    Raises Refused (nothing written), Locked, StoreError, LiantuError for what cannot be read.
    """
    with WriteLock(workspace.folder):
        before = workspace.manifest()
        new, report = _incoming(before, paths, options)
        if not new:
            return report
        derived = material.read_all(workspace, before, new, progress)
        _refuse(derived, new, options)
        if _nothing(report, derived, new):
            return report
        report = _report(report, workspace, before, new, derived)
        try:
            material.keep(workspace, new)
            _commit(workspace, before, (*before, *(i.entry for i in new)), derived, store, progress)
        except BaseException:
            _forget(workspace, [one.entry for one in new])
            raise
        _write_rejects(workspace, report, options.today)
        return report


def _forget(workspace: Workspace, entries: Sequence[Material]) -> None:
    """Files of a change that did not come about; where its manifest is in place already, they are needed."""
    named = {entry.kept for entry in workspace.manifest()}
    for entry in entries:
        if entry.kept not in named:
            material.forget(workspace, entry)


def _incoming(before: Sequence[Material], paths: Sequence[Path], options: Options) -> tuple[list[Incoming], Report]:
    report, new = Report(), []
    known = {e.hash for e in before}
    for path in paths:
        one = material.incoming(path, options.today, options.data_date, options.audience, options.keep_good,
                                options.new_nodes, options.kind)
        if one.entry.hash in known:
            report.same.append(one.entry.name)
        else:
            known.add(one.entry.hash)
            new.append(one)
    return new, report


def _refuse(derived: Derived, new: Sequence[Incoming], options: Options) -> None:
    """Bad rows of the new material, and rows of the old that the new would make bad."""
    bad = [p for s in derived.stated for p in s.problems if not s.entry.keep_good]
    whole = [p for s in derived.stated for p in s.problems if p.row == 0 and s.entry in [i.entry for i in new]]
    if bad or whole:
        raise Refused(bad or whole)
    fresh = [s for s in derived.stated if s.entry in [i.entry for i in new]]
    if new and not any(s.facts for s in fresh) and any(s.problems for s in fresh):
        raise Refused([p for s in fresh for p in s.problems])
    if new and not any(s.rows or s.unanswered or s.unreviewed or s.declined for s in fresh):
        raise LiantuError("没有一行可导入 / there is not one row to load",
                          "在表头下填写数据行; `liantu template` 给出样例 / fill rows under the header; see `liantu template`")


def _nothing(report: Report, derived: Derived, new: Sequence[Incoming]) -> bool:
    """Whether all that is new is a hand-out without an answer, or a review without a row accepted: then nothing changes."""
    fresh = [s for s in derived.stated if s.entry in [i.entry for i in new]]
    if any(s.says for s in fresh) or not fresh:
        return False
    report.blank, report.unanswered = [s.entry.name for s in fresh], sum(s.unanswered for s in fresh)
    report.unreviewed, report.declined = sum(s.unreviewed for s in fresh), sum(s.declined for s in fresh)
    return True


def _report(report: Report, workspace: Workspace, before: Sequence[Material], new: Sequence[Incoming],
            derived: Derived) -> Report:
    fresh = [i.entry for i in new]
    stated = [s for s in derived.stated if s.entry in fresh]
    old = {id for s in derived.stated if s.entry not in fresh for id in s.facts}
    ids = {id for s in stated for id in s.facts}
    report.loaded = [e.name for e in fresh]
    report.new, report.kept = len(ids - old), len(ids & old)
    for one in stated:
        report.rows = _add(report.rows, one.rows)
        report.days = _add(report.days, one.days)
        report.home += one.home
        report.unanswered += one.unanswered
        report.unreviewed += one.unreviewed
        report.declined += one.declined
        report.rejects += one.problems
        report.gone += _gone(one, derived)
    report.notes = [f"{name}: 供人阅读的清单, 不导入 / a list for people, not loaded" for s in stated for name in s.for_people]
    report.notes += derived.notes + suspect.notes(derived, ids)
    return report


def _add(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {k: one.get(k, 0) + other.get(k, 0) for k in (*one, *(k for k in other if k not in one))}


def _gone(one: Stated, derived: Derived) -> list[Gone]:
    """Facts only the last version of the same file stated, on lines the new one does not speak of."""
    older = [s for s in derived.stated if s.entry.name == one.entry.name and s.entry != one.entry]
    if not older:
        return []
    elsewhere = {id for s in derived.stated if s is not older[-1] for id in s.facts}
    lines = {f.line for f in one.facts.values()}
    return [Gone(f.id, derived.sentence(f), f.cell) for f in older[-1].facts.values()
            if f.id not in elsewhere and f.line not in lines]


def _commit(workspace: Workspace, before: tuple[Material, ...] | None, entries: tuple[Material, ...], derived: Derived,
            store: str, progress: Progress | None) -> None:
    """The manifest is what makes the change true: a graph whose marker does not match it is derived again.

    ``before`` is what a shared graph must have been built from until now, None where that does not matter.
    """
    marker = Marker(workspace.settings.workspace, VERSION, workspace.digest(entries), "")
    over = "" if before is None else workspace.digest(before)
    with open_store(store or workspace.store, create=True) as target:
        found = target.marker()
        if found and found.workspace != marker.workspace:
            raise another_workspace(target.url)
        target.replace(derived.graph, marker, _counted(progress), over)
    workspace.write_manifest(entries)


def _counted(progress: Progress | None) -> Callable[[int, int], None] | None:
    return (lambda done, of: progress("graph", done, of)) if progress else None


def _write_rejects(workspace: Workspace, report: Report, today: date) -> None:
    if not report.rejects:
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["文件", "表", "行", "列", "值", "原因", "办法"])
    for p in material.unreadable(report.rejects):
        writer.writerow([inert(v) for v in (p.file, p.sheet, p.row, p.column, p.value, p.why, p.cure)])
    path = workspace.rejects / f"{today.isoformat()}-{report.loaded[0]}.csv"
    files.write_bytes(path, ("\ufeff" + out.getvalue()).encode())
    report.rejects_file = path


def withdraw(workspace: Workspace, names: Sequence[str], store: str = "", progress: Progress | None = None) -> Report:
    """Take material back as if it had never been loaded; refused where other material rests on it."""
    with WriteLock(workspace.folder):
        before = workspace.manifest()
        leaving = [_named(before, name) for name in names]
        staying = tuple(e for e in before if e not in leaving)
        derived = material.read_all(workspace, staying)
        orphans = [p for s in derived.stated for p in s.problems if not s.entry.keep_good]
        if orphans:
            raise Refused(orphans)
        _commit(workspace, before, staying, derived, store, progress)
        for entry in leaving:
            material.forget(workspace, entry)
        return Report(closed=[e.name for e in leaving],
                      kept=len(derived.graph.facts))


def _named(entries: Sequence[Material], name: str) -> Material:
    """The newest material of that name (or kept name)."""
    found = [e for e in entries if name in (e.name, e.kept, e.hash[:12])]
    if not found:
        near = ", ".join(nearest(name, [e.name for e in entries]) or sorted({e.name for e in entries})) or "—"
        raise QuestionError(f"没有导入过 “{name}” / nothing of that name was loaded",
                            f"已有: {near}; `liantu info` 列出全部 / loaded: {near}; `liantu info` lists all")
    return found[-1]


def retire(workspace: Workspace, ids: Sequence[str], day: date, why: str, today: date, store: str = "") -> Report:
    """Close the lines of these facts from ``day`` on; kept as material and replayed by a rebuild."""
    with WriteLock(workspace.folder):
        before = workspace.manifest()
        derived = material.read_all(workspace, before)
        records = [closures.record(_fact(derived, id), derived, day, why) for id in ids]
        content = closures.text(records)
        entry = closures.entry(content, today)
        if entry in before:
            return Report(same=[entry.name])
        after = (*before, entry)
        try:
            files.write_text(workspace.material / entry.kept, content)
            _commit(workspace, before, after, material.read_all(workspace, after), store, None)
        except BaseException:
            _forget(workspace, [entry])
            raise
        return Report(closed=[derived.sentence(_fact(derived, id)) for id in ids])


def _fact(derived: Derived, id: str) -> Fact:
    found = [f for f in derived.graph.facts if f.id == id or (len(id) >= 6 and f.id.startswith(id))]
    if len(found) != 1:
        raise QuestionError(f"没有事实 “{id}” / no such fact" if not found else f"“{id}” 不止一个事实 / is not unique",
                            "事实标识见 `liantu explain` 与导入报告 / ids stand in `liantu explain` and in the load report")
    return found[0]


def rebuild(workspace: Workspace, store: str = "", progress: Progress | None = None) -> int:
    """Derive the graph again from the material; the number of facts."""
    with WriteLock(workspace.folder):
        entries = workspace.manifest()
        derived = material.read_all(workspace, entries, progress=progress)
        _refuse(derived, (), Options())
        _commit(workspace, None, entries, derived, store, progress)
        return len(derived.graph.facts)
