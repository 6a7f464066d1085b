"""A check on a terminal: sheet by sheet, then what would be refused, what to look at, and the lines to paste."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports import grids_check as said
from reports import loading

TITLES = (("列", "Col"), ("表头", "Header"), ("读作", "Read as"), ("单位", "Unit"), ("怎么认的", "How"))
_MOST = 200
"""How many problems and flags are written out; a file (-o) has them all."""


def drawn(answer: Any, lang: str = "zh") -> RenderableType:
    """What was understood of every sheet, and the verdict at the foot."""
    parts = [part for sheet in answer.sheets for part in _sheet(sheet, lang)]
    parts += _lines(said.two("退回", "Refused", lang), [loading.problem(p, lang) for p in answer.problems], lang)
    parts += _lines(said.two("请核对", "To look at", lang), [f"! {flag}" for flag in answer.flags], lang)
    parts += _lines(said.two("若都在本地区内, 存为 地区表.csv 一并导入", "If they lie within the region: keep as 地区表.csv and load it too", lang),
                    loading.regions(answer.problems), lang)
    if answer.toml:
        parts += _lines(said.two("可写进 liantu.toml (已有该节就只加各行; # 开头的待定: 改对后去掉 #, \"\" 表示不读)",
                             "To add to liantu.toml (only the lines where it has the section; one that begins with # is yours to decide: "
                             "mend it and take the # away; \"\" leaves it out)", lang),
                        list(answer.toml), lang)
    parts += [_text(f"· {line}") for line in said.remarks(answer, lang)]
    return Group(*parts, _text(said.verdict(answer, lang), "bold" if answer.loadable else "bold red"))


def _sheet(sheet: Any, lang: str) -> list[RenderableType]:
    """Heading, columns, and how many rows were read and passed over."""
    taken = said.two(sheet.taken_for, sheet.english, lang)
    parts: list[RenderableType] = [_text(f"{sheet.file} / {sheet.sheet}" + (f" → {taken}" if taken else ""), "bold"),
                                   _text(f"  {said.why(sheet, lang)}; {said.two('表头', 'header', lang)}: {said.rows_of(sheet.header_rows, lang)}")]
    if sheet.above:
        parts.append(_text(f"  {said.two('表头之上', 'above it', lang)}: {' | '.join(sheet.above)}"))
    if sheet.columns:
        parts.append(_columns(sheet, lang))
    told = [said.read(sheet, lang)]
    told += [f"{said.two(*said.PASSED[kind], lang)} {len(numbers)} ({said.rows_of(numbers, lang)})"
             for kind, numbers in said.passed(sheet).items()]
    return [*parts, _text("  " + "; ".join(told)), _text("")]


def _columns(sheet: Any, lang: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for zh, en in TITLES:
        table.add_column(said.two(zh, en, lang), overflow="fold")
    for one in sheet.columns:
        cells = (one.letter, one.header.replace("\n", " "), said.two(one.column, one.english, lang) or "—", one.unit or "—", said.how(one, lang))
        style = "red" if one.how == "unknown" else "bright_black" if not one.key else ""
        table.add_row(*(_text(cell, style) for cell in cells))
    return table


def _lines(title: str, lines: list[str], lang: str) -> list[RenderableType]:
    if not lines:
        return []
    more = len(lines) - _MOST
    rest = [_text(said.two(f"… 另有 {more} 处, 用 -o 写入文件看全部", f"… and {more} more: -o writes them all to a file", lang))] if more > 0 else []
    return [_text(f"{title} ({len(lines)})", "bold"), *map(_text, lines[:_MOST]), *rest, _text("")]


def _text(text: str, style: str = "") -> Text:
    """Text and never markup, and no control characters."""
    return Text("".join(c for c in text if c.isprintable() or c in "\n\u3000"), style=style)
