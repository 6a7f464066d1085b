"""Load, withdraw, retire, rebuild: the only ways a workspace changes. Each is all or nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from graph import files
from graph.errors import LiantuError, QuestionError
from graph.facts import Fact
from graph.lock import WriteLock
from graph.workspace import Material, Workspace
from loaders import closures, index_firms, material, rejected, review
from loaders.derive import Derived, Stated, sentence
from loaders.index import Index
from loaders.index_file import mended
from loaders.kinds import bulk
from loaders.material import Incoming, Progress
from loaders.names import nearest
from loaders.renewal import Renewal, derived_anew, looked_at, renewed
from loaders.rows import Problem
from loaders.tables import folded
from loaders.telling import Changed, Gone, Telling, joined, revived


@dataclass
class Report:
    """What a load did, for a person to read."""

    loaded: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    new: int = 0
    """新增 and 变更 together."""
    new_nodes: int = 0
    """Of tables: nodes that nobody stated before; a sheet states no node but by its facts."""
    added: list[str] = field(default_factory=list)
    """Of a newer version: what stands on lines of its own, the first of them (``telling.LINES``)."""
    changed: list[Changed] = field(default_factory=list)
    """变更, the first of them; ``changed_count`` is of all."""
    changed_count: int = 0
    kept: int = 0
    """未变."""
    gone: list[Gone] = field(default_factory=list)
    """本次未见."""
    days: dict[str, int] = field(default_factory=dict)
    home: int = 0
    notes: list[str] = field(default_factory=list)
    rejects: list[Problem] = field(default_factory=list)
    rejected: int = 0
    """How many in all, where ``rejects`` lists only the first."""
    rejects_file: Path | None = None
    closed: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """What was done about names of firms, and what is left."""
    blank: list[str] = field(default_factory=list)
    """Hand-outs that came back with nothing filled in."""
    unanswered: int = 0
    unreviewed: int = 0
    declined: int = 0
    mended: dict[str, int] = field(default_factory=dict)


class Refused(LiantuError):
    """Rows that cannot be loaded: nothing was written. ``problems`` lists every one, what is the same of several rows once.

    ``helps``: whether --keep-good would load something.
    """

    def __init__(self, problems: Sequence[Problem], total: int = 0, helps: bool = True) -> None:
        self.problems, self.helps = folded(material.unreadable(problems)), helps
        more = total > len(problems)
        total = total if more else len(self.problems)
        shown = f", 列出前 {len(self.problems)} 处 / the first {len(self.problems)} are listed" if more else ""
        super().__init__(f"{total} 处问题, 未导入任何内容{shown} / problems: {total}, nothing was loaded",
                         "改正后重试; 或 --keep-good 只导入好的行, 其余写入 rejects/ / mend them and try again; or "
                         "--keep-good loads the good rows and writes the others to rejects/" if helps else
                         "改正后重试 / mend them and try again")


@dataclass(frozen=True, slots=True)
class Options:
    """How to load: the file's day, who may see it, whether good rows go in alone, whether nodes are made, the kind of material."""

    data_date: date | None = None
    audience: str = ""
    keep_good: bool = False
    new_nodes: bool = False
    today: date = field(default_factory=date.today)
    kind: str = "sheets"


@mended
def check(workspace: Workspace, paths: Sequence[Path], options: Options) -> Report:
    """What a load would do; nothing is written. Raises Refused like the load itself."""
    new, report = _incoming(workspace.manifest(), paths, options)
    if not new:
        return report
    if bulk([*workspace.manifest(), *(i.entry for i in new)]):
        from loaders import tables_load

        return tables_load.check(workspace, new, report)
    with renewed(workspace, partial(_refuse, new=new), arriving=new, aside=True) as renewal:
        return report if _nothing(report, renewal.fresh) else _report(report, renewal)


@mended
def load(workspace: Workspace, paths: Sequence[Path], options: Options, store: str = "",
         progress: Progress | None = None) -> Report:
    """Add files or folders to the material and bring the graph up to it.

    Raises Refused (nothing written), Locked, StoreError, LiantuError for what cannot be read.
    """
    with WriteLock(workspace.folder):
        new, report = _incoming(workspace.manifest(), paths, options)
        if not new:
            return report
        if bulk([*workspace.manifest(), *(i.entry for i in new)]):
            from loaders import tables_load

            return tables_load.load(workspace, new, report, options, store, progress)
        with renewed(workspace, partial(_refuse, new=new), arriving=new, progress=progress) as renewal:
            if _nothing(report, renewal.fresh):
                return report
            report = _report(report, renewal)
            try:
                material.keep(workspace, new)
                renewal.commit(store, progress)
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


def _refuse(derived: Derived, new: Sequence[Incoming]) -> None:
    """Bad rows of the new material, and rows of the old that the new would make bad."""
    fresh = [s for s in derived.stated if s.entry in [i.entry for i in new]]
    bad = [p for s in derived.stated for p in s.problems if not s.entry.keep_good]
    whole = [p for s in fresh for p in s.problems if p.row == 0]
    if bad or whole:
        mine = all(s in fresh for s in derived.stated if s.problems and not s.entry.keep_good)
        raise Refused(bad or whole, helps=mine and not whole and any(s.facts for s in fresh))
    if new and not any(s.facts for s in fresh) and any(s.problems for s in fresh):
        raise Refused([p for s in fresh for p in s.problems], helps=False)
    if new and not any(s.rows or s.unanswered or s.unreviewed or s.declined for s in fresh):
        raise LiantuError("没有一行可导入 / there is not one row to load",
                          "在表头下填写数据行; `liantu template` 给出样例 / fill rows under the header; see `liantu template`")


def _nothing(report: Report, fresh: Sequence[Stated]) -> bool:
    """Whether all that is new is a hand-out without an answer, or a review without a row accepted: then nothing changes."""
    if any(s.says for s in fresh) or not fresh:
        return False
    report.blank, report.unanswered = [s.entry.name for s in fresh], sum(s.unanswered for s in fresh)
    report.unreviewed, report.declined = sum(s.unreviewed for s in fresh), sum(s.declined for s in fresh)
    return True


def _report(report: Report, renewal: Renewal) -> Report:
    telling = Telling(renewal.index, renewal.numbers, renewal.fresh)
    told = telling.told()
    report.loaded = [one.entry.name for one in renewal.fresh]
    report.new, report.kept, report.changed_count = told.added_count + told.changed_count, told.kept, told.changed_count
    report.added, report.changed, report.gone = list(told.added), list(told.changed), list(told.gone)
    for one in renewal.fresh:
        report.rows = _add(report.rows, one.rows)
        report.days = _add(report.days, one.days)
        report.home += one.home
        report.unanswered += one.unanswered
        report.unreviewed += one.unreviewed
        report.declined += one.declined
        report.rejects += one.problems
        report.mended = _add(report.mended, one.mended)
    ends = {end for one in renewal.fresh for fact in one.facts.values() for end in (fact.start, fact.end)}
    report.names = review.told(*index_firms.standing(renewal.index, ends))
    decided = any(one.read and one.read.decided for one in renewal.fresh)
    report.names += [] if decided else review.parted(index_firms.dissolved(renewal.index, renewal.links))
    report.notes = [f"{name}: 供人阅读的清单, 不导入 / a list for people, not loaded" for s in renewal.fresh for name in s.for_people]
    report.notes += [flag for one in renewal.fresh for flag in one.flags]
    report.notes += joined(renewal.index, renewal.fresh, renewal.stated)
    report.notes += telling.notes(renewal.facts, renewal.held, renewal.notes)
    return report


def _add(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {k: one.get(k, 0) + other.get(k, 0) for k in (*one, *(k for k in other if k not in one))}


def _write_rejects(workspace: Workspace, report: Report, today: date) -> None:
    if not report.rejects:
        return
    out = io.StringIO()
    rejected.write(out, rejected.cells(material.unreadable(report.rejects)))
    report.rejects_file = rejected.put(workspace, today, report.loaded[0], out.getvalue())


@mended
def withdraw(workspace: Workspace, names: Sequence[str], store: str = "", progress: Progress | None = None) -> Report:
    """Take material back as if it had never been loaded; refused where other material rests on it."""
    with WriteLock(workspace.folder):
        before = workspace.manifest()
        leaving = list(dict.fromkeys(_named(before, name) for name in names))
        with renewed(workspace, _orphans, leaving=leaving, progress=progress) as renewal:
            renewal.commit(store, progress)
            kept = renewal.count()
        for entry in leaving:
            material.forget(workspace, entry)
        return Report(closed=[e.name for e in leaving], kept=kept, notes=revived(leaving, workspace.manifest()))


def _orphans(derived: Derived) -> None:
    """Rows of other material that rest on what is withdrawn."""
    if orphans := [p for s in derived.stated for p in s.problems if not s.entry.keep_good]:
        raise Refused(orphans, helps=False)


def _named(entries: Sequence[Material], name: str) -> Material:
    """The newest material of that name (or kept name)."""
    found = [e for e in entries if name in (e.name, e.kept, e.hash[:12])]
    if not found:
        near = ", ".join(nearest(name, [e.name for e in entries]) or sorted({e.name for e in entries})) or "—"
        raise QuestionError(f"没有导入过 “{name}” / nothing of that name was loaded",
                            f"已有: {near}; `liantu info` 列出全部 / loaded: {near}; `liantu info` lists all")
    return found[-1]


@mended
def retire(workspace: Workspace, ids: Sequence[str], day: date, why: str, today: date, store: str = "") -> Report:
    """Close the lines of these facts from ``day`` on; kept as material and replayed by a rebuild."""
    with WriteLock(workspace.folder):
        before = workspace.manifest()
        with looked_at(workspace, before) as index:
            found = [_fact(index, id) for id in ids]
            content = closures.text([closures.record(fact, index.name_of, day, why) for fact in found])
            closed = [sentence(fact, index.name_of) for fact in found]
        entry = closures.entry(content, today)
        if entry in before:
            return Report(same=[entry.name])
        try:
            files.write_text(workspace.material / entry.kept, content)
            with renewed(workspace, lambda derived: None, retired=[entry]) as renewal:
                renewal.commit(store)
        except BaseException:
            _forget(workspace, [entry])
            raise
        return Report(closed=closed)


def _fact(index: Index, id: str) -> Fact:
    found = index.ids(id) if len(id) >= 6 else []
    if len(found) != 1:
        raise QuestionError(f"没有事实 “{id}” / no such fact" if not found else f"“{id}” 不止一个事实 / is not unique",
                            "事实标识见 `liantu explain` 与导入报告 / ids stand in `liantu explain` and in the load report")
    return index.fact(found[0])


def rebuild(workspace: Workspace, store: str = "", progress: Progress | None = None) -> int:
    """Derive the graph again from the material; the number of facts."""
    with WriteLock(workspace.folder):
        entries = workspace.manifest()
        with derived_anew(workspace, entries, entries, (), partial(_refuse, new=()), progress) as renewal:
            renewal.commit(store, progress, anew=True)
            return renewal.count()
