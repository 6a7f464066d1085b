"""Change what is in the graph: try a load, load, withdraw, retire, rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands import options, screen
from graph.errors import LiantuError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loaders.load import Options, Report


@click.command()
@click.argument("files", nargs=-1, required=True)
@options.loading
@options.lang
@options.form
@click.pass_context
def check(ctx: click.Context, /, folder: str, store: str, files: tuple[str, ...], lang: str | None, form: str | None,
          out: str | None, **given: Any) -> None:
    """导入之前看懂了什么: 每张表的表头、列、单位、略过的行、会退回的和要核对的; 什么都不写.

    What is understood before anything is loaded: header, columns, units and rows passed over of every sheet, what would be
    refused and what to look at. Nothing is written; without a workspace only the reading is checked.

    \b
    Example: liantu check 重点企业.xlsx
             liantu check 重点企业.xlsx -o 检查.xlsx
    """
    import liantu

    asked = ctx.get_parameter_source("folder") is not click.core.ParameterSource.DEFAULT
    workspace = liantu.open(folder) if asked or liantu.is_workspace(folder) else None
    answer = liantu.check(workspace, *_paths(files), **{**given, "audience": given["audience"] or ""})
    screen.show(answer, lang or (workspace.settings.language if workspace else "zh"), form or (None if out else "table"), out)
    if not answer.loadable:
        raise LiantuError(f"{len(answer.problems)} 处问题, 这样不能导入 / problems: {len(answer.problems)}, it cannot be loaded so",
                          "改正后重试; 或 --keep-good 只导入好的行 / mend them and try again; or --keep-good loads the good rows"
                          if answer.keep_good else "改正后重试 / mend them and try again")


@click.command()
@click.argument("files", nargs=-1, required=True)
@options.loading
def load(folder: str, store: str, files: tuple[str, ...], **given: Any) -> None:
    """导入工作簿、CSV 或文件夹 / load workbooks, CSV files or folders of them.

    \b
    Example: liantu load 重点企业.xlsx --data-date 2023-06-30
    """
    import liantu
    from loaders.load import load as put

    workspace = liantu.open(folder)
    with screen.progress() as progress:
        report = put(workspace, _paths(files), _options(given), store, progress)
    _print(report, "已导入 / loaded")


def _options(given: dict[str, Any]) -> Options:
    from loaders.load import Options

    return Options(**{**given, "audience": given["audience"] or ""})


def _paths(files: Sequence[str]) -> list[Path]:
    from pathlib import Path

    return [Path(f) for f in files]


def _print(report: Report, done: str) -> None:
    from reports import loading

    _lines(loading.same(report))
    if not report.loaded:
        return
    _lines(loading.loaded(report, done))
    _lines(loading.problems(report), err=True)
    _lines(loading.rejects(report))


def _lines(lines: Iterable[str], err: bool = False) -> None:
    from graph.visible import visible

    for line in lines:
        click.echo(visible(line), err=err)


@click.command()
@click.argument("names", nargs=-1, required=True)
@options.workspace
def withdraw(folder: str, store: str, names: tuple[str, ...]) -> None:
    """撤回材料, 如同从未导入 / take material back as if never loaded.

    \b
    Example: liantu withdraw 重点企业.xlsx
    """
    import liantu
    from loaders.load import withdraw as take

    with screen.progress() as progress:
        report = take(liantu.open(folder), names, store, progress)
    click.echo(f"已撤回 / withdrawn: {', '.join(report.closed)}; 余 {report.kept} 条事实 / {report.kept} facts remain")
    _lines(f"  ! {note}" for note in report.notes)


@click.command()
@click.argument("facts", nargs=-1, required=True)
@options.workspace
@click.option("--date", "day", type=options.Day(), required=True, metavar="DAY", help="从哪天起不再成立 / no longer true from")
@click.option("--why", required=True, metavar="TEXT", help="原因 / why")
def retire(folder: str, store: str, facts: tuple[str, ...], day: date, why: str) -> None:
    """从某天起关闭事实 / close facts from a day on.

    \b
    Example: liantu retire 3f2a9c01b7de --date 2023-06-30 --why 已停产
    """
    from datetime import date

    import liantu
    from loaders.load import retire as close

    report = close(liantu.open(folder), facts, day, why, date.today(), store)
    for line in report.closed:
        click.echo(f"自 {day} 起关闭 / closed from {day}: {line}")
    if report.same:
        click.echo("早已关闭, 没有变化 / closed already, nothing changes")


@click.command()
@options.workspace
def rebuild(folder: str, store: str) -> None:
    """从材料重新生成图谱 / derive the graph again from the material.

    \b
    Example: liantu rebuild
    """
    import liantu
    from loaders.load import rebuild as build

    with screen.progress() as progress:
        count = build(liantu.open(folder), store, progress)
    click.echo(f"已重建, {count} 条事实 / rebuilt, {count} facts")
