"""What a load did, or would do, for a person to read; and why a row was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from loaders import rejected
from loaders.tables import folded

if TYPE_CHECKING:
    from loaders.load import Report
    from loaders.rows import Problem

DAYS = {"row": "按行内日期 / the row's own day", "source": "按来源日期 / the source's day",
        "file": "按文件日期 (--data-date) / the file's day"}
MOST = 10
"""Lines of a kind; a report of a hundred thousand rows is read to the end by nobody."""

GONE = 50
"""Facts not seen this time that are told one by one: somebody is to look at each."""

T = TypeVar("T")


def same(report: Report) -> list[str]:
    """A line for each file that was loaded before and has not changed, or that came back with nothing filled in."""
    lines = [f"{name}: 同一文件已导入过, 没有变化 / the same file again, nothing changes" for name in report.same]
    if report.unreviewed or report.declined:
        return lines + [f"{name}: 没有一行标为采用 ({_passed_over(report)}), 没有变化 / no row is accepted, nothing changes"
                        for name in report.blank]
    return lines + [f"{name}: {report.unanswered} 行都未填, 没有变化 / none of its rows is filled in, nothing changes"
                    for name in report.blank]


def _passed_over(report: Report) -> str:
    """How many rows of a review were not accepted."""
    return "; ".join(f"{count} {zh} / {en}" for count, zh, en in (
        (report.unreviewed, "行未复核, 未导入", "rows not reviewed, not loaded"),
        (report.declined, "行不采用, 未导入", "rows rejected, not loaded")) if count)


def loaded(report: Report, done: str) -> list[str]:
    """Files, rows, facts and days, then what to look at; ``done`` says whether it was done or only tried."""
    lines = [f"{done}: {', '.join(report.loaded)}",
             "  " + ", ".join(f"{sheet} {n} 行" for sheet, n in report.rows.items()), counted(report)]
    if report.new_nodes:
        lines.append(f"  新增 {report.new_nodes} 个节点 / nodes: {report.new_nodes} added")
    lines += [f"  日期: {count} 行{DAYS.get(key, key)}" for key, count in report.days.items()]
    if report.home:
        lines.append(f"  {report.home} 行未写所在地, 记为本地区 / rows without a place, taken as the workspace's region")
    if report.unanswered:
        lines.append(f"  {report.unanswered} 行未填, 未导入 / rows not filled in, not loaded")
    lines += [f"  {line}" for line in filter(None, [_passed_over(report)])]
    lines += [f"  {line}" for line in report.names]
    lines += _mended(report)
    lines += [f"  ! {note}" for note in _few(report.notes, lambda note: note.rpartition(" / ")[2], str)]
    return lines + _versions(report)


def counted(report: Report) -> str:
    """How many facts are new, have another value, are as before, and were not seen; every fact once."""
    added, changed, gone = report.new - report.changed_count, report.changed_count, len(report.gone)
    return (f"  新增 {added}, 变更 {changed}, 未变 {report.kept}, 本次未见 {gone} 条事实 / "
            f"facts: {added} added, {changed} changed, {report.kept} unchanged, {gone} not seen this time")


def _versions(report: Report) -> list[str]:
    """Line by line what a newer version changed, the first of each sort."""
    lines = [f"  新增 / added: {text}" for text in report.added]
    if report.added:
        lines += _more(report.new - report.changed_count - len(report.added))
    lines += [f"  变更 / changed: {one.text}: {one.was} → {one.now}  [{one.id[:12]}] {one.cell}" for one in report.changed]
    lines += _more(report.changed_count - len(report.changed))
    lines += [f"  本次未见 / not seen this time: {gone.text}  [{gone.id[:12]}] {gone.cell}" for gone in report.gone[:GONE]]
    lines += _more(len(report.gone) - GONE)
    if report.gone:
        lines.append(f"  → 仍计入; 已不成立的: liantu retire {report.gone[0].id[:12]} --date 日期 --why 原因 / "
                     "these still count; retire what no longer holds")
    return lines


def _more(count: int) -> list[str]:
    return [f"    … 另 {count} 条 / and {count} more"] if count > 0 else []


def would(report: Report) -> list[str]:
    """The same of a load that was only tried, without its notes."""
    return [line.strip() for line in loaded(replace(report, notes=[]), "可以导入 / can be loaded")]


def _mended(report: Report) -> list[str]:
    """What was read otherwise than written, by reason."""
    return [f"  改读 {count} 处 / read otherwise: {rejected.label(key)}" for key, count in report.mended.items()]


def _few(things: Iterable[T], kind: Callable[[T], str], line: Callable[[T], str]) -> list[str]:
    """A line each, of every kind the first ``MOST`` and then how many more."""
    groups: dict[str, list[T]] = {}
    for thing in things:
        groups.setdefault(kind(thing), []).append(thing)
    out = []
    for group in groups.values():
        out += [line(thing) for thing in group[:MOST]]
        if len(group) > MOST:
            out.append(f"… 另 {len(group) - MOST} 处同类 / and {len(group) - MOST} more of this kind")
    return out


def problems(report: Report) -> list[str]:
    """The rows that were refused; of a reason that is counted, the first few and how many more."""
    counted = [p for p in report.rejects if p.reason]
    return [*map(problem, folded(p for p in report.rejects if not p.reason)), *_few(counted, lambda p: p.reason, problem)]


def rejects(report: Report) -> list[str]:
    """How many places were refused, by reason, and the file that lists them; nothing where none was written."""
    counts = rejected.by_reason(p.reason for p in report.rejects if p.reason)
    lines = [f"  退回 {count} 处 / rejected: {rejected.label(key)} ({key})" for key, count in counts.items()]
    if report.rejects_file:
        lines.append(f"  退回 {max(report.rejected, len(report.rejects))} 处, 见 / rejected: {report.rejects_file}")
    return lines


def rows(given: Problem) -> str:
    """The rows of which it is told, the first of them where there are many."""
    numbers = ", ".join(map(str, (given.rows or (given.row,))[:MOST]))
    zh, en = (f" 等 {len(given.rows)} 行", f" … {len(given.rows)} rows") if len(given.rows) > MOST else (" 行", "")
    return f"第 {numbers}{zh} / row {numbers}{en}" if given.row else ""


def regions(problems: Iterable[Problem]) -> list[str]:
    """The rows of 地区表 that would make unknown regions known, below its header, ready to be kept as 地区表.csv."""
    lines = dict.fromkeys(one.paste for one in problems if one.paste)
    return ["地区,上级地区", *lines] if lines else []


def problem(given: Problem, lang: str = "zh") -> str:
    """Where, what stands there (unless the reason says it), why it is refused, and the cure; English first where that is asked."""
    row = rows(given)
    place = ", ".join(part for part in (given.file, given.sheet, row, given.column) if part)
    value = f" “{given.value}”" if given.value and not any(said in given.why for said in (f'"{given.value}"', f"“{given.value}”")) else ""
    return f"✗ {place}:{value} {_first(given.why, lang)}\n  → {_first(given.cure, lang)}"


def _first(both: str, lang: str) -> str:
    """中文 / English, the language that is read first."""
    zh, _, en = both.partition(" / ")
    return f"{en} / {zh}" if lang == "en" and en else both
