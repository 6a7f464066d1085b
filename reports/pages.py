"""The generated pages of docs/: what the model, the sheets, the questions and the commands declare, as Markdown."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence

import click

from graph.declare import Property
from graph.model import AUDIENCES, EDGES, ENDS, FACT_PROPERTIES, LABELS, MILESTONES, NODE_PROPERTIES, PERMITS, VERSION
from loaders.sheets import SHEETS, Column, Sheet
from queries import catalogue

HEAD = ("<!-- 由 `python -m reports.docs` 生成, 请勿手改 / "
        "written by `python -m reports.docs`, do not edit -->\n\n")
CLOCKS = {
    "structure": "结构 / structure: 不随日期变, 除非给出日期 / timeless unless a day is given",
    "state": "状态 / state: 生效日是状态开始或数据所属的日期 / valid from the day the state began or the figure is of",
    "plan": "计划 / plan: 生效日是首次提出的日期 / valid from the day it was first stated",
    "event": "事件 / event: 生效日是发生的日期; 计划的事件按计划 / valid from its own day; a planned one is a plan",
}
FORMS = """表式由多地公开的文书综合而成, 并**不是包头市的原表**; 各列的别名见下表, 本市自己的表头可在 `liantu.toml` 的
`[headers]` 里对应一次。空白就是未知, 不是零。

The forms are composed from published instruments of several other places. They are **not Baotou's own forms**. Aliases
of the headers are listed below; a city maps headers of its own once, under `[headers]` in `liantu.toml`. A blank is
unknown and never zero.
"""


def dictionary() -> str:
    """Labels, edges and their properties, from the declaration of the model."""
    parts = [HEAD, f"# 数据字典 / Data dictionary\n\n模型版本 / model version {VERSION}\n\n"]
    parts += ["## 节点标签 / Labels\n\n每个节点都有 / every node carries:\n\n", _properties(NODE_PROPERTIES)]
    for label in LABELS:
        parts += [f"\n### {label.name} {label.zh} / {label.en}\n\n",
                  _properties(label.properties) if label.properties else "没有别的属性 / no other property.\n"]
    parts += ["\n## 关系 / Edges\n\n每条事实都有 / every fact carries:\n\n", _properties(FACT_PROPERTIES)]
    for edge in EDGES:
        parts += [f"\n### {edge.name} {edge.zh} / {edge.en}\n\n{edge.reads}\n\n",
                  f"- 两端 / ends: {'; '.join(f'{a} → {b}' for a, b in edge.ends)}\n- 时钟 / clock: {CLOCKS[edge.clock]}\n"]
        if edge.one:
            parts.append(f"- 同一时间只有一个值的一端 / the end with one value at a time: {edge.one}\n")
        if edge.acyclic:
            parts.append("- 不得成环 / acyclic\n")
        parts += ["\n", _properties(edge.properties)] if edge.properties else []
    kinds = [(MILESTONES, "里程碑 (有次序) / Milestones, in order"), (PERMITS, "手续 / Permits"), (ENDS, "中止 / Ends")]
    for values, title in kinds:
        parts += [f"\n## {title}\n\n", _table(("值 / value", "中文", "English"), values)]
    parts.append(f"\n## 受众 / Audiences\n\n{' < '.join(AUDIENCES)}: 后者可见前者 / each sees those before it.\n")
    return "".join(parts)


def sheets() -> str:
    """Every sheet with its columns, aliases and what they become."""
    parts = [HEAD, "# 表与列 / Sheets and columns\n\n", FORMS]
    for sheet in SHEETS:
        parts += [f"\n## {sheet.zh} / {sheet.en}\n\n", *_about(sheet),
                  _table(("列 / column", "English", "必填 / required", "类型 / type", "成为 / becomes", "别名 / aliases",
                          "说明 / note"), [_column(c) for c in sheet.columns])]
    return "".join(parts)


def commands() -> str:
    """Every command's own help."""
    main: click.Command = importlib.import_module("cli").main
    parts = [HEAD, "# 命令 / Commands\n"]
    for path, command in _walk(main, ("liantu",)):
        # the width is fixed: the page must not depend on the terminal it was made in
        context = click.Context(command, info_name=" ".join(path), terminal_width=100, max_content_width=100,
                                help_option_names=main.context_settings.get("help_option_names"))
        lines = [line.rstrip() for line in command.get_help(context).splitlines()]
        parts.append(f"\n## {' '.join(path)}\n\n```text\n" + "\n".join(lines) + "\n```\n")
    return "".join(parts)


def questions() -> str:
    """The catalogue of .cypher texts."""
    parts = [HEAD, "# 问题目录 / Catalogue of questions\n\n`liantu query NAME -p key=value`; "
             "`liantu query NAME --text` 打印 Cypher / prints the Cypher.\n"]
    for question in catalogue.every():
        parts += [f"\n## {question.id}\n\n{question.zh}\n\n{question.en}\n\n"]
        if question.parameters:
            parts += [_table(("参数 / parameter", "类型 / type", "中文", "English"),
                             [(f"`{p.name}`", p.type, p.zh, p.en) for p in question.parameters]), "\n"]
        parts += [_table(("列 / column", "类型 / type"), [(f"`{name}`", type) for name, type in question.columns]),
                  f"\n一行由此识别 / a row is identified by: {', '.join(f'`{key}`' for key in question.key)}\n"]
    return "".join(parts)


def _walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, by name."""
    yield path, command
    for name, below in sorted(getattr(command, "commands", {}).items()):
        yield from _walk(below, (*path, name))


def _about(sheet: Sheet) -> list[str]:
    said = [f"- 键 / key: `{sheet.key}`\n"]
    if sheet.aliases:
        said.append(f"- 表名别名 / aliases: {'、'.join(sheet.aliases)}\n")
    if sheet.one_of:
        either = " / ".join(sheet.column(key).zh for key in sheet.one_of)
        said.append(f"- 至少填一个 / at least one of: {either}\n")
    return [*said, f"- 受众 / audience: {sheet.audience}\n\n"]


def _column(column: Column) -> tuple[str, ...]:
    kind = column.kind + (f" ({column.unit})" if column.unit else "")
    notes = [" / ".join(n for n in (column.note_zh, column.note_en) if n), _choices(column.choices)]
    if column.audience != AUDIENCES[0]:
        notes.append(f"受众 / audience: {column.audience}")
    return (column.zh, column.en, "必填 / yes" if column.required else "", kind,
            f"`{column.prop}`" if column.prop else "", "、".join(column.aliases), "; ".join(n for n in notes if n))


def _properties(properties: Sequence[Property]) -> str:
    return _table(("属性 / property", "中文", "English", "类型 / type", "单位 / unit", "事实线 / line", "取值与说明 / choices, notes"),
                  [(f"`{p.name}`", p.zh, p.en, p.type, p.unit, "是 / yes" if p.line else "", _notes(p)) for p in properties])


def _notes(given: Property) -> str:
    notes = [_choices(given.choices), given.note]
    if given.audience != AUDIENCES[0]:
        notes.append(f"受众 / audience: {given.audience}")
    return "; ".join(n for n in notes if n)


def _choices(choices: Iterable[tuple[str, str, str]]) -> str:
    return ", ".join(f"`{value}` {zh} {en}" for value, zh, en in choices)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
