"""What a load did, or would do, for a person to read; and why a row was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.load import Report
    from loaders.rows import Problem

DAYS = {"row": "按行内日期 / the row's own day", "source": "按来源日期 / the source's day",
        "file": "按文件日期 (--data-date) / the file's day"}


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
             "  " + ", ".join(f"{sheet} {n} 行" for sheet, n in report.rows.items()),
             f"  新事实 {report.new}, 已有 {report.kept} / {report.new} new facts, {report.kept} known already"]
    lines += [f"  日期: {count} 行{DAYS.get(key, key)}" for key, count in report.days.items()]
    if report.home:
        lines.append(f"  {report.home} 行未写所在地, 记为本地区 / rows without a place, taken as the workspace's region")
    if report.unanswered:
        lines.append(f"  {report.unanswered} 行未填, 未导入 / rows not filled in, not loaded")
    if passed_over := _passed_over(report):
        lines.append(f"  {passed_over}")
    lines += [f"  ! {note}" for note in report.notes]
    lines += [f"  本次未见 / not seen this time: {gone.text}  [{gone.id[:12]}] {gone.cell}" for gone in report.gone]
    if report.gone:
        lines.append(f"  → 仍计入; 已不成立的: liantu retire {report.gone[0].id[:12]} --date 日期 --why 原因 / "
                     "these still count; retire what no longer holds")
    return lines


def rejects(report: Report) -> list[str]:
    """How many places were refused and the file that lists them; nothing where none was written."""
    if not report.rejects_file:
        return []
    return [f"  退回 {len(report.rejects)} 处, 见 / rejected: {report.rejects_file}"]


def problem(given: Problem) -> str:
    """Where, what stands there, why it is refused, and the cure."""
    row = f"第 {given.row} 行 / row {given.row}" if given.row else ""
    place = ", ".join(part for part in (given.file, given.sheet, row, given.column) if part)
    value = f" “{given.value}”" if given.value else ""
    return f"✗ {place}:{value} {given.why}\n  → {given.cure}"
