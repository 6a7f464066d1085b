"""Everything at once as a grid: a row a gap, its place, and the parts it was ranked by, a column each."""

from __future__ import annotations

from dataclasses import replace

from analysis.fill_in import FillIn
from analysis.paths import Blocked
from analysis.ranking import PARTS, Everything, RankedRow
from reports import words
from reports.grids import Cell, Column, Grid, heading, notes
from reports.words import say

SCREEN = 30
"""Rows on a terminal unless --top says otherwise; JSON, CSV and workbook carry all."""


def everything(answer: Everything, lang: str) -> Grid:
    columns = (Column("名次", "Place", "number", 6), Column("地区", "Region"), Column("产业链", "Chain"),
               Column("环节", "Chain node", wide=16), *(Column(*PARTS[name], wide=22) for name in answer.order),
               Column("标记", "Flags", wide=24), Column("项目", "Projects", wide=44))
    return Grid(say("everything", lang), heading(answer, say("everything", lang), lang), columns,
                tuple(_row(row, lang) for row in answer.rows), _foot(answer, lang),
                tuple(row.verdict for row in answer.rows),
                4 + answer.order.index("verdict") if "verdict" in answer.order else -1)


def _row(row: RankedRow, lang: str) -> tuple[Cell, ...]:
    assert row.rank is not None
    parts = (words.verdict(row, lang) if name == "verdict" else en if lang == "en" else zh
             for name, zh, en in row.rank.parts)
    also = f" (and {words.comma(lang).join(row.also)})" if lang == "en" else f" (及 {words.comma(lang).join(row.also)})"
    region = row.region + (also if row.also else "")
    return (float(row.rank.place), region, words.comma(lang).join(row.chains), row.node, *parts, words.flags(row, lang),
            words.projects(row.pipeline, lang))


def narrowed(answer: Everything, lang: str) -> Grid:
    """The first of them, for a terminal."""
    return everything(replace(answer, rows=answer.rows[:answer.top or SCREEN]), lang)


def _foot(answer: Everything, lang: str) -> tuple[str, ...]:
    more, en = answer.total - len(answer.rows), lang == "en"
    order = words.comma(lang).join(PARTS[name][words.side(lang)] for name in answer.order)
    lines = [f"{answer.total} gaps ranked by, first to last: {order} ([ranking] in liantu.toml); equal rows share a place" if en
             else f"共 {answer.total} 项, 依次按 {order} 比较 (liantu.toml 的 [ranking]); 相同者并列"]
    if more > 0:
        lines.append(f"{more} more: --top {answer.total}, or -o FILE.xlsx" if en else f"另有 {more} 项: --top {answer.total}, 或 -o 文件.xlsx")
    lines += _blocked(answer.blocked, lang)
    lines += [_share(one, lang) for one in answer.fill_in]
    return (*lines, *notes(answer.notes, lang))


def _blocked(found: tuple[Blocked, ...], lang: str) -> list[str]:
    """A line a final product: its inputs that are stopped, and by what where that is not the input itself."""
    lines: dict[tuple[str, str], list[str]] = {}
    for one in found:
        by = words.comma(lang).join(one.by)
        why = "" if one.by == (one.through,) else f" (without {by})" if lang == "en" else f" (缺 {by})"
        lines.setdefault((one.chain, one.product), []).append(one.through + why)
    return [f"{chain}: {len(stopped)} essential inputs of {product} are blocked: {', '.join(stopped)}" if lang == "en"
            else f"{chain}: {product} 有 {len(stopped)} 项必需投入受阻: {'、'.join(stopped)}"
            for (chain, product), stopped in lines.items()]


def _share(one: FillIn, lang: str) -> str:
    if one.share is None:
        return f"{one.chain or 'all chains'}: {one.projects} projects, all unknown" if lang == "en" else \
            f"{one.chain or '全部产业链'}: {one.projects} 个项目, 均待核"
    fills, extends, unknown = len(one.fill_in), len(one.extension), len(one.unknown)
    if lang == "en":
        more = f"; {unknown} more unknown" if unknown else ""
        return (f"{one.chain or 'all chains'}: of {one.projects - unknown} projects {fills} fill in and {extends} extend, "
                f"{words.percent(one.share)}{more}; investment known of {one.known}" + _money(one, lang))
    more = f", 另有 {unknown} 个待核" if unknown else ""
    return (f"{one.chain or '全部产业链'}: {one.projects - unknown} 个项目中补链 {fills}、延链 {extends}, 占 {words.percent(one.share)}"
            f"{more}; 已知总投资 {one.known} 个" + _money(one, lang))


def _money(one: FillIn, lang: str) -> str:
    """Of the projects that can be judged and whose total is known."""
    if one.investment is None or one.investment_share is None:
        return ""
    fills, extends, whole = (words.number(v or 0.0) for v in (one.fill_in_investment, one.extension_investment, one.investment))
    share = words.percent(one.investment_share)
    return f" ({whole} 亿元): {fills} fill in, {extends} extend, {share}" if lang == "en" else \
        f", 合计 {whole} 亿元, 其中补链 {fills} 亿元、延链 {extends} 亿元, 占 {share}"
