"""The check report of a dropped workbook: what was read, what it is about, what was loaded or why not, what was made."""

from __future__ import annotations

from graph.settings import NAME
from loaders.checking import SheetCheck
from loaders.desk import HOME, Desk
from loaders.fitting import Fit
from reports import grids_check, loading

BOM = "\ufeff"
"""The older Notepad reads UTF-8 only where the file begins with it."""


def text(desk: Desk) -> str:
    """As a file for Notepad: a byte order mark, CR LF."""
    return BOM + "".join(line + "\r\n" for line in lines(desk))


def lines(desk: Desk) -> list[str]:
    """For a person, 中文 / English, the outcome first."""
    said = ["链图 检查报告 / check report", "", *map(_file, desk.files), "", _outcome(desk)]
    said += [*_refused(desk), *_loaded(desk)]
    said += _part("读到 / what was read", [_rows(desk, name, *counts) for name, counts in desk.sheets.items()])
    said += _part("表头 / headers", [line for sheet in desk.columns if sheet.columns for line in _columns(sheet)])
    said += _part("可写进 / to add to: " + _toml(desk), list(desk.toml))
    said += _part("产业链 / chains", [_fit(fit) for fit in desk.fits] or _none(desk))
    said += _part("工作区 / workspace", _workspace(desk))
    said += _part("写不下 / could not be written", [f"{e.message}\n    → {e.cure}" for e in desk.unwritten])
    return said + _part("已写 / written", [str(path) for path in desk.written])


def _rows(desk: Desk, name: str, good: int, bad: int) -> str:
    """Of a refused file no row was loaded, readable or not."""
    zh, en = ("行读得懂, 未导入", "rows can be read, none is loaded") if desk.refused else ("行可用", "rows")
    return f"{name}: {good} {zh}" + (f", {bad} 行有问题" if bad else "") + f" / {good} {en}" + (f", {bad} with a problem" if bad else "")


def _columns(sheet: SheetCheck) -> list[str]:
    """A sheet, and each of its headers with what it was taken for."""
    taken = f" → {sheet.taken_for} / {sheet.english}" if sheet.taken_for else ""
    why = " / ".join(f"{grids_check.why(sheet, lang)}; {grids_check.rows_of(sheet.header_rows, lang)}" for lang in ("zh", "en"))
    return [f"{sheet.file} / {sheet.sheet}{taken} ({why})"] + [
        f"  {one.letter}  {' '.join(one.header.split())} → " + (f"{one.column} / {one.english}" if one.key else "—")
        + (f" [{one.unit}]" if one.unit else "") + f"  ({grids_check.how(one, 'zh')} / {grids_check.how(one, 'en')})"
        for one in sheet.columns]


def _toml(desk: Desk) -> str:
    return str(desk.workspace.folder / NAME) if desk.workspace else NAME


def _part(title: str, found: list[str]) -> list[str]:
    return ["", f"[{title}]", *(f"  {line}" for line in found)] if found else []


def _file(path: object) -> str:
    return f"文件 / file: {path}"


def _outcome(desk: Desk) -> str:
    if desk.refused:
        return f"未导入 / not loaded: {desk.refused.message}"
    if desk.report and not desk.report.loaded:
        return "没有变化: 与已导入的相同 / nothing changes: it is what was loaded already"
    return "已导入 / loaded"


def _refused(desk: Desk) -> list[str]:
    """Every problem with its cure; the cure of the whole where there is no list of them."""
    if desk.problems:
        return ["改好下列各处, 再拖一次 / mend these and drop the file again:", "", *map(loading.problem, desk.problems)]
    return [f"  → {desk.refused.cure}"] if desk.refused else []


def _loaded(desk: Desk) -> list[str]:
    if desk.report is None:
        return []
    return _part("导入 / load", [*loading.same(desk.report),
                                 *(loading.loaded(desk.report, "文件 / files") if desk.report.loaded else [])])


def _fit(fit: Fit) -> str:
    """How a chain was come by; a guess says by how many of the nodes."""
    if fit.said:
        return f"{fit.chain}: 表里写明, 或已在工作区 / named in the sheets, or in the workspace already"
    return (f"{fit.chain}: 表里没有写产业链, 按环节推定 ({fit.nodes} 个环节中有 {fit.found} 个属于它) / not named: taken from the nodes "
            f"({fit.found} of {fit.nodes} are of it); 不对就把环节写作 产业链/环节 / if wrong, write nodes as CHAIN/NODE")


def _none(desk: Desk) -> list[str]:
    if not desk.sheets:
        return []
    if desk.unclear:
        return ["先改好表名和表头, 才认得出是哪条链 / mend the sheet and its headers first: then the chain can be told"]
    return ["环节与随附的产业链骨架都对不上; 先填 产业链全景视图(环节) 与 (供给) / the nodes are of no chain that comes with liantu: "
            "fill in 产业链全景视图(环节) and (供给) first"]


def _workspace(desk: Desk) -> list[str]:
    if desk.workspace is None:
        return []
    city = desk.workspace.settings.region
    made = "新建 / new: " if desk.new else ""
    if desk.refused and city == HOME:
        return [f"{made}{desk.workspace.folder}, 导入后才定地区 / the region is settled by the first load"]
    hint = ("; 表里没有写明是哪个市, 可在 liantu.toml 里改, 再拖一次 / nothing names the city: name it in liantu.toml and drop the file again"
            if city == HOME else "")
    return [f"{made}{desk.workspace.folder}, 地区 / region: {city}{hint}", *_places(desk)]


def _places(desk: Desk) -> list[str]:
    """Where the places were taken to lie that no 地区表 has."""
    if desk.other:
        return [f"表题或填报单位写的是 {desk.other} / a title or 填报单位 names {desk.other}"]
    if not desk.placed or desk.refused:
        return []
    city = desk.workspace.settings.region if desk.workspace else HOME
    return [f"{'、'.join(desk.placed)}: 地区表里没有, 记为在{city}内; 不对就在 地区表 写上级地区 / in no 地区表, taken to lie within {city}; "
            "if wrong, give their 上级地区 in 地区表"]
