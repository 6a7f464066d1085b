"""Why rows were left out or read otherwise than written, by a stable key; and how many, as the workspace remembers it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from graph import files
from graph.inert import inert
from graph.workspace import Workspace

if TYPE_CHECKING:
    from loaders.derive import Stated
    from loaders.rows import Problem

SUMMARY = "summary.json"
HEADER = ("文件", "表", "行", "列", "值", "原因", "办法")
"""Of the lists in rejects/."""
OTHER = "row"
"""The key of a refusal that has none of its own: of a sheet's row, with its own words."""

REASONS: Mapping[str, tuple[str, str, str, str]] = {
    OTHER: ("行有误", "the row is wrong", "见该行的原因", "see the row's own reason"),
    "duplicate": ("已在 {near} 说过", "said already in {near}", "删去一行; 图谱不受影响", "remove one; the graph is the same"),
    "code_twice": ("代码 {near} 已有另一企业", "the code belongs to another firm: {near}",
                   "核对代码; 若是曾用名, 以别名记在该企业下", "check the code; a former name belongs to that firm as an alias"),
    "self_loop": ("两端是同一环节", "both ends are one node", "改其中一端, 或删去", "name another end, or remove the row"),
    "dangling": ("没有 “{near}”", "there is no such thing: {near}", "先把它加进所属文件, 或改正拼写",
                 "add it to the file it belongs to, or mend its spelling"),
    "accounting": ("是报表的平衡、抵销或合计行, 不是产品", "a balancing, eliminating or adding-up line of a report, no product",
                   "不作产品; 若确是产品, 换一个名称", "it is no product; if it is one, give it another name"),
    "cycle": ("与已有的行成环: {near}", "closes a ring of kinds with earlier rows: {near}", "改上级, 一物不能是自己的一种",
              "name another whole: nothing is a kind of itself"),
    "chain_end": ("“{near}” 是产业链, 不是环节", "a chain and no chain node: {near}", "改为其下的一个行业", "name an industry within it"),
    "relation": ("不认识关系 “{near}”", "unknown relation {near}", "上级行业、上游产业; 上游材料、下游产品、产品小类; 主营产品; 所属行业",
                 "one of those of the layout"),
    "unreadable": ("不是一行 JSON 对象", "not an object of JSON on one line", "改正该行", "mend the line"),
    "nameless": ("缺名称或代码", "a name or code is missing", "补上, 或删去该行", "fill it in, or remove the row"),
    "broken_code": ("不是股票代码", "no stock code", "写六位数字与交易所, 如 301079.SZ", "six digits and the exchange, 301079.SZ"),
    "broken_day": ("不是日期, 只有该值未采用", "no day; only this value is left out", "写作 2021-10-19", "write 2021-10-19"),
    "broken_exchange": ("不是交易所, 只有该值未采用", "no exchange; only this value is left out", "写交易所全称", "write the exchange's name"),
    "weight": ("不在 0 与 1 之间, 只有该值未采用", "not between 0 and 1; only this value is left out", "写占收入的比例, 如 0.51",
               "a share of the sales, such as 0.51"),
}
"""Key → why and the cure, in both languages."""

MENDED: Mapping[str, tuple[str, str]] = {
    "code": ("股票代码补全为 301079.SZ 的写法", "stock codes completed to the form 301079.SZ"),
    "name": ("名称去掉换行、控制字符或半个引号, 原名存为别名", "names without their line breaks, control characters or open quotes; "
             "the original is kept as an alias"),
    "spelling": ("只差全半角、大小写或空格的名称, 并为一个环节", "names that differ in width, case or blanks only: one node"),
    "both": ("行业与产品同名, 是两个环节, 行业写作 产业链/行业", "an industry and a product of one name: two nodes, the industry is "
             "written chain/industry"),
}
"""What was loaded otherwise than written."""


def why(reason: str, near: str = "") -> tuple[str, str]:
    """(why, cure) of a reason, both languages."""
    zh, en, cure_zh, cure_en = (text.format(near=near) if "{near}" in text else text for text in REASONS[reason])
    return f"{zh} / {en}", f"{cure_zh} / {cure_en}"


def label(key: str) -> str:
    """The reason by itself: 中文 / English."""
    zh, en, *_ = REASONS[key] if key in REASONS else MENDED[key]
    plain = [text.format(near="…") if "{near}" in text else text for text in (zh, en)]
    return " / ".join(plain)


def by_reason(reasons: Iterable[str]) -> dict[str, int]:
    """How many of each, the most first."""
    return dict(Counter(reason or OTHER for reason in reasons).most_common())


def cells(problems: Iterable[Problem]) -> Iterable[tuple[object, ...]]:
    """Rows under ``HEADER``."""
    return ((p.file, p.sheet, p.row, p.column, p.value, p.why, p.cure) for p in problems)


def write(out: TextIO, rows: Iterable[Iterable[object]]) -> None:
    """The CSV of what was refused, in UTF-8 with BOM; no cell of it is a formula."""
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([inert(cell) for cell in row] for row in rows)


def put(workspace: Workspace, today: date, name: str, text: str) -> Path:
    """Keep the list of a load of that name, beside those of the same name and day; where it is."""
    stem = f"{today.isoformat()}-{name[:-4] if name.lower().endswith('.csv') else name}"
    paths = (workspace.rejects / f"{stem}{f'-{n}' if n > 1 else ''}.csv" for n in count(1))
    path = next(path for path in paths if not path.exists())
    files.write_text(path, text)
    return path


def remember(workspace: Workspace, stated: Iterable[Stated], afresh: bool = True, tables: Mapping[str, int] | None = None) -> None:
    """Keep the counts of every material beside the lists of rejected rows: a rebuild writes the same.

    ``stated`` is all that any material states; where it is not ``afresh``, what was brought besides what is kept.
    ``tables``: how many places were refused in each material that no row of Python's was made of.
    """
    counted = {} if afresh else _kept(workspace)
    counted |= {one.entry.kept: {"rejects": by_reason(p.reason for p in one.problems), "mended": dict(one.mended)}
                for one in stated if one.problems or one.mended}
    counted |= {kept: {"rejects": {OTHER: number}, "mended": {}} for kept, number in (tables or {}).items()}
    path = workspace.rejects / SUMMARY
    if counted:
        files.write_text(path, json.dumps(counted, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    else:
        path.unlink(missing_ok=True)


def _kept(workspace: Workspace) -> dict[str, dict[str, dict[str, int]]]:
    """The counts of the material that there is."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    with suppress(OSError, ValueError):
        found = json.loads((workspace.rejects / SUMMARY).read_text(encoding="utf-8"))
    names = {entry.kept for entry in workspace.manifest()}
    return {kept: counts for kept, counts in found.items() if kept in names}


def remembered(workspace: Workspace) -> dict[str, Any]:
    """``rejects`` and ``mended`` by reason, of all material that there is, and the ``reasons`` in words."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    with suppress(OSError, ValueError):
        found = json.loads((workspace.rejects / SUMMARY).read_text(encoding="utf-8"))
    kept = [found[e.kept] for e in workspace.manifest() if e.kept in found]
    total = {what: sum((Counter(one.get(what, {})) for one in kept), Counter[str]()) for what in ("rejects", "mended")}
    reasons = {key: label(key) for counts in total.values() for key in sorted(counts)}
    return {**{what: dict(sorted(counts.items())) for what, counts in total.items()}, "reasons": reasons}
