"""The command line: parse, call, print. No logic lives here, and nothing heavy is imported before a command runs."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.errors import LiantuError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from analysis.answers import Claims, GapRow, Gaps
    from graph.workspace import Workspace
    from loaders.load import Report
    from loaders.rows import Problem

F = TypeVar("F", bound=Callable[..., Any])
DEMO_DAYS = ("2022-11-24", "2023-09-12", "2024-01-25")
DEMO_CHAIN = "光伏"
AUDIENCES = ("公开", "内部", "专班")
EPILOG = ("补全 / completion: eval \"$(_LIANTU_COMPLETE=bash_source liantu)\"  (zsh_source, fish_source)")


class Commands(click.Group):
    """A group that guesses what was meant and prints every error as one message with its cure."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, self.list_commands(ctx), n=3, cutoff=0.5)
            guess = f"; 你是否想用 / did you mean: {', '.join(near)}?" if near else ""
            ctx.fail(f"没有命令 “{name}” / no such command{guess}\n  → liantu --help")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        _speak_utf8()
        try:
            return super().invoke(ctx)
        except LiantuError as error:
            _tell(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("已中断 / interrupted", err=True)
            ctx.exit(130)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(f"错误: 无法读写 / cannot read or write: {error.strerror or error}"
                       f"{f': {error.filename}' if error.filename else ''}\n"
                       "  → 检查磁盘余量、路径与权限 / check the disk's free space, the path and your rights", err=True)
            ctx.exit(2)
        except Exception as error:
            if os.environ.get("LIANTU_DEBUG") == "1":
                import traceback

                traceback.print_exc()
            said = " ".join(f"{type(error).__name__}: {error}".split())
            click.echo(f"内部错误 / internal error: {said}  → LIANTU_DEBUG=1 显示详情, 请报告 / shows more; please report it",
                       err=True)
            ctx.exit(1)


def _speak_utf8() -> None:
    """UTF-8 into pipes and files whatever the locale; on a terminal what it cannot show becomes '?'."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change and stream.isatty():
            change(errors="replace")
        elif change:
            change(encoding="utf-8")


def _tell(error: LiantuError) -> None:
    for problem in getattr(error, "problems", ()):
        click.echo(_problem(problem), err=True)
    click.echo(f"错误: {error.message}" + (f"\n  → {error.cure}" if error.cure else ""), err=True)


def _problem(p: Problem) -> str:
    place = ", ".join(part for part in (p.file, p.sheet, f"第 {p.row} 行 / row {p.row}" if p.row else "", p.column) if part)
    value = f" “{p.value}”" if p.value else ""
    return f"✗ {place}:{value} {p.why}\n  → {p.cure}"


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only to the type checker of newer versions
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from datetime import date

        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError as error:
            raise LiantuError(f"{value} 不是日期 / is not a day",
                              "写作 2023-09-12 / write days as 2023-09-12") from error


# --- option stacks ---


def _stack(*options: Callable[[F], F]) -> Callable[[F], F]:
    def put(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command
    return put


_lang = click.option("--lang", type=click.Choice(["zh", "en"]), help="语言, 默认按工作区 / language")
_chains = click.option("--chain", "chains", multiple=True, metavar="CHAIN", help="产业链骨架, 可重复 / a chain, repeatable")
_workspace = _stack(
    click.option("-w", "--workspace", "folder", default=".", metavar="FOLDER", help="工作区 / workspace [.]"),
    click.option("--store", default="", metavar="URL", help="另一图库: 路径或地址 / another store"))
_question = _stack(
    _workspace, _lang,
    click.option("--region", metavar="NAME", help="地区, 默认工作区的 / region"),
    click.option("--as-of", type=Day(), metavar="DAY", help="截至, 默认同 --known-by / as of"),
    click.option("--known-by", type=Day(), metavar="DAY", help="据…所知, 默认今天 / known by"),
    click.option("--audience", type=click.Choice(AUDIENCES), help="受众, 默认公开 / audience"))
_out = click.option("-o", "--out", metavar="FILE", help="写入文件 / write to a file")
_format = _stack(
    click.option("--format", "form", type=click.Choice(["table", "json", "csv", "xlsx"]),
                 help="终端默认 table, 管道默认 json / table on a terminal, JSON when piped"), _out)
_loading = _stack(
    _workspace,
    click.option("--data-date", type=Day(), metavar="DAY", help="无日期的行用这一天 / the day of rows without one [今天]"),
    click.option("--keep-good", is_flag=True, help="好行照导, 坏行写入 rejects/ / load good rows, write out the others"),
    click.option("--new-nodes", is_flag=True, help="新建未知环节 / create unknown chain nodes"),
    click.option("--audience", type=click.Choice(AUDIENCES), default=None, help="这些材料给谁看 / who may see it"))


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=lambda c, p, v: _version(c, v),
              help="版本 / version")
def main() -> None:
    """链图 liantu: 产业链缺什么, 凭什么这么说 / what an industry chain lacks, and on what evidence.

    \b
    先看样例 / the sample:    liantu demo
    自己的城市 / your own:    liantu init 我的城市 --chain 光伏
    """


def _version(ctx: click.Context, wanted: bool) -> None:
    if wanted:
        import liantu

        click.echo(f"liantu {liantu.__version__}")
        ctx.exit()


# --- begin ---


@main.command()
@click.argument("folder", default="liantu-demo")
@_lang
def demo(folder: str, lang: str | None) -> None:
    """包头样例: 三天的空白点与一张图 / the Baotou sample: gaps on three days, and a map.

    \b
    Example: liantu demo
    """
    from datetime import date

    import liantu
    import maps
    with _progress() as progress:
        workspace, new = liantu.demo(folder, lang or "zh", progress)
    zh = (lang or workspace.settings.language) == "zh"
    click.echo(_in(zh, f"样例工作区{'已建好' if new else '已存在, 直接使用'}: {folder}",
                   f"the sample workspace {'is made' if new else 'was there already and is used'}: {folder}"))
    today = date.today()
    answers = [liantu.gaps(workspace, DEMO_CHAIN, as_of=date.fromisoformat(d), known_by=today) for d in DEMO_DAYS]
    _print_days(answers, zh)
    _print_changes(answers, zh)
    picture = workspace.out / f"{DEMO_CHAIN}.html"
    picture.parent.mkdir(exist_ok=True)
    maps.write(liantu.panorama(workspace, DEMO_CHAIN, as_of=answers[-1].as_of, known_by=today), picture,
               "zh" if zh else "en")
    click.echo(_in(zh, f"\n全景图 (截至 {DEMO_DAYS[-1]}), 用浏览器打开: {picture.resolve()}",
                   f"\nthe map as of {DEMO_DAYS[-1]}, open it in a browser: {picture.resolve()}"))
    click.echo(_in(zh, "接下来:", "next:"))
    for command in (f"liantu explain {DEMO_CHAIN} 光伏玻璃 -w {folder} --as-of {DEMO_DAYS[1]} --known-by {DEMO_DAYS[1]}",
                    f"liantu claims {DEMO_CHAIN} -w {folder}", "liantu init 我的城市 --chain 光伏"):
        click.echo(f"  {command}")


def _in(zh: bool, chinese: str, english: str) -> str:
    return chinese if zh else english


def _print_days(answers: Sequence[Gaps], zh: bool) -> None:
    """One row a node, one column a day: verdict and ratio."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from reports import words

    lang = "zh" if zh else "en"
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False,
                  title=Text(_in(zh, f"{answers[0].region} {DEMO_CHAIN}: 三天的判定与供需比",
                                 f"{answers[0].region} {DEMO_CHAIN}: verdict and ratio on three days")))
    table.add_column(words.say("node", lang), no_wrap=True)
    for answer in answers:
        table.add_column(answer.as_of.isoformat(), overflow="fold")
    days = [{row.node: row for row in answer.rows} for answer in answers]
    for row in words.sorted_rows(answers[-1].rows):
        cells = [_compact(day.get(row.node), lang) for day in days]
        table.add_row(Text(row.node), *map(Text, cells))
    _console().print(table)


def _compact(row: GapRow | None, lang: str) -> str:
    from reports import words

    if row is None:
        return ""
    share = f" {row.coverage.used:.0%}" if row.coverage and row.coverage.used is not None else ""
    return words.verdict(row, lang) + share


def _print_changes(answers: Sequence[Gaps], zh: bool) -> None:
    from itertools import pairwise

    from reports import words

    lang = "zh" if zh else "en"
    for before, after in pairwise(answers):
        click.echo(f"\n{before.as_of} → {after.as_of}")
        old = {row.node: row for row in before.rows}
        changed = [_change(old.get(row.node), row, lang) for row in words.sorted_rows(after.rows)]
        for line in filter(None, changed):
            click.echo(f"  {line}")
        if not any(changed):
            click.echo(_in(zh, "  没有变化", "  nothing changed"))


def _change(old: GapRow | None, new: GapRow, lang: str) -> str:
    from analysis.words import FLAGS
    from reports import words

    if old and (old.verdict, old.flags) == (new.verdict, new.flags):
        return ""
    verdicts = words.verdict(new, lang)
    if old and old.verdict != new.verdict:
        verdicts = f"{words.verdict(old, lang)} → {verdicts}"
    flags = old.flags if old else ()
    marks = [f"+{words.named(FLAGS, f, lang)}" for f in new.flags if f not in flags]
    marks += [f"-{words.named(FLAGS, f, lang)}" for f in flags if f not in new.flags]
    return f"{new.node}: {verdicts}" + (f"  ({', '.join(marks)})" if marks else "")


@main.command()
@click.argument("name")
@_chains
@click.option("--region", metavar="NAME", help="地区, 默认取文件夹名 / region, by default the folder's name")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language")
def init(name: str, chains: tuple[str, ...], region: str | None, lang: str) -> None:
    """新建工作区, 可带产业链骨架 / a new workspace, with chain skeletons if you like.

    \b
    Example: liantu init 我的城市 --chain 光伏
    """
    import liantu

    liantu.begin(name, chains, region or "", lang)
    with_chains = f" ({'、'.join(chains)})" if chains else ""
    click.echo(f"已建工作区 / made the workspace: {name}{with_chains}\n"
               f"接下来 / next:\n  liantu template -w {name} -o 模板.xlsx\n  liantu load 模板.xlsx -w {name}")
    if not chains:
        from loaders.start import chains as known

        click.echo(f"可用的骨架 / skeletons there are: {'、'.join(known(liantu.data()))}")


@main.command()
@_workspace
@_lang
@_chains
@click.option("-o", "--out", default="liantu-模板.xlsx", metavar="FILE", help="[liantu-模板.xlsx]")
@click.option("--all", "every", is_flag=True, help="全部表, 不止三张 / all sheets, not three")
def template(folder: str, store: str, lang: str | None, chains: tuple[str, ...], out: str, every: bool) -> None:
    """写一个待填的工作簿 / write a workbook to fill in.

    \b
    Example: liantu template -o 模板.xlsx --chain 光伏
    """
    from pathlib import Path

    import liantu
    from loaders.template import template as write

    path = Path(out)
    if path.suffix.lower() != ".xlsx":
        raise LiantuError(f"模板是 .xlsx 文件, 不是 {out} / the template is a .xlsx file", "liantu template -o 模板.xlsx")
    inside = folder != "." or (Path(folder) / "liantu.toml").is_file()
    workspace = _open(folder) if inside else None
    write(path, liantu.panorama_rows(workspace, chains), every, lang or (workspace.settings.language if workspace else "zh"))
    click.echo(f"已写 / written: {path}")


# --- change ---


@main.command()
@click.argument("files", nargs=-1, required=True)
@_loading
def check(folder: str, store: str, files: tuple[str, ...], **options: Any) -> None:
    """试导: 报告会发生什么, 什么都不写 / say what a load would do; nothing is written.

    \b
    Example: liantu check 重点企业.xlsx
    """
    from loaders.load import check as look

    report = look(_open(folder), _paths(files), _options(options))
    _print_report(report, "可以导入 / can be loaded")


@main.command()
@click.argument("files", nargs=-1, required=True)
@_loading
def load(folder: str, store: str, files: tuple[str, ...], **options: Any) -> None:
    """导入工作簿、CSV 或文件夹 / load workbooks, CSV files or folders of them.

    \b
    Example: liantu load 重点企业.xlsx --data-date 2023-06-30
    """
    from loaders.load import load as put

    workspace = _open(folder)
    with _progress() as progress:
        report = put(workspace, _paths(files), _options(options), store, progress)
    _print_report(report, "已导入 / loaded")


def _options(given: dict[str, Any]) -> Any:
    from loaders.load import Options

    return Options(**{**given, "audience": given["audience"] or ""})


def _paths(files: Sequence[str]) -> list[Path]:
    from pathlib import Path

    return [Path(f) for f in files]


def _print_report(report: Report, done: str) -> None:
    for name in report.same:
        click.echo(f"{name}: 同一文件已导入过, 没有变化 / the same file again, nothing changes")
    if not report.loaded:
        return
    click.echo(f"{done}: {', '.join(report.loaded)}")
    click.echo("  " + ", ".join(f"{sheet} {n} 行" for sheet, n in report.rows.items()))
    click.echo(f"  新事实 {report.new}, 已有 {report.kept} / {report.new} new facts, {report.kept} known already")
    kinds = {"row": "按行内日期 / the row's own day", "source": "按来源日期 / the source's day",
             "file": "按文件日期 (--data-date) / the file's day"}
    for key, count in report.days.items():
        click.echo(f"  日期: {count} 行{kinds.get(key, key)}")
    if report.home:
        click.echo(f"  {report.home} 行未写所在地, 记为本地区 / rows without a place, taken as the workspace's region")
    for note in report.notes:
        click.echo(f"  ! {note}")
    for gone in report.gone:
        click.echo(f"  本次未见 / not seen this time: {gone.text}  [{gone.id[:12]}] {gone.cell}")
    if report.gone:
        click.echo(f"  → 仍计入; 已不成立的: liantu retire {report.gone[0].id[:12]} --date 日期 --why 原因 / "
                   "these still count; retire what no longer holds")
    for problem in report.rejects:
        click.echo(_problem(problem), err=True)
    if report.rejects_file:
        click.echo(f"  退回 {len(report.rejects)} 处, 见 / rejected: {report.rejects_file}")


@main.command()
@click.argument("names", nargs=-1, required=True)
@_workspace
def withdraw(folder: str, store: str, names: tuple[str, ...]) -> None:
    """撤回材料, 如同从未导入 / take material back as if never loaded.

    \b
    Example: liantu withdraw 重点企业.xlsx
    """
    from loaders.load import withdraw as take

    with _progress() as progress:
        report = take(_open(folder), names, store, progress)
    click.echo(f"已撤回 / withdrawn: {', '.join(report.closed)}; 余 {report.kept} 条事实 / {report.kept} facts remain")


@main.command()
@click.argument("facts", nargs=-1, required=True)
@_workspace
@click.option("--date", "day", type=Day(), required=True, metavar="DAY", help="从哪天起不再成立 / no longer true from")
@click.option("--why", required=True, metavar="TEXT", help="原因 / why")
def retire(folder: str, store: str, facts: tuple[str, ...], day: date, why: str) -> None:
    """从某天起关闭事实 / close facts from a day on.

    \b
    Example: liantu retire 3f2a9c01b7de --date 2023-06-30 --why 已停产
    """
    from datetime import date

    from loaders.load import retire as close

    report = close(_open(folder), facts, day, why, date.today(), store)
    for line in report.closed:
        click.echo(f"自 {day} 起关闭 / closed from {day}: {line}")
    if report.same:
        click.echo("早已关闭, 没有变化 / closed already, nothing changes")


@main.command()
@_workspace
def rebuild(folder: str, store: str) -> None:
    """从材料重新生成图谱 / derive the graph again from the material.

    \b
    Example: liantu rebuild
    """
    from loaders.load import rebuild as build

    with _progress() as progress:
        count = build(_open(folder), store, progress)
    click.echo(f"已重建, {count} 条事实 / rebuilt, {count} facts")


# --- ask ---


@main.command()
@click.argument("chain")
@_question
@_format
def gaps(folder: str, chain: str, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """一条链缺什么: 判定、标记、供需 / what a chain lacks: verdicts, flags, supply and demand.

    \b
    Example: liantu gaps 光伏 --as-of 2023-09-12
    """
    import liantu

    workspace = _open(folder)
    answer = liantu.gaps(workspace, chain, **asked)
    _show(answer, _language(workspace, lang), form, out)


@main.command()
@click.argument("chain")
@click.argument("node")
@_question
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="终端默认文字, 管道默认 json / words or JSON")
def explain(folder: str, chain: str, node: str, lang: str | None, form: str | None, **asked: Any) -> None:
    """一个环节的判定从何而来 / how the verdict of one node came about.

    \b
    Example: liantu explain 光伏 光伏玻璃 --as-of 2023-09-12
    """
    import liantu

    workspace = _open(folder)
    row, answer = liantu.explain(workspace, chain, node, **asked)
    if (form or _usual()) == "json":
        from reports.text import json_text

        click.echo(json_text(row), nl=False)
        return
    from reports.table import explain as tell

    click.echo(tell(row, answer, _language(workspace, lang)))
    steps = [(number, step.facts) for number, step in enumerate(row.derivation, start=1) if step.facts]
    if steps:
        click.echo("\n事实标识 / ids of facts (liantu retire)")
    for number, ids in steps:
        click.echo(f"  {number}. {', '.join(id[:12] for id in ids)}")


@main.command()
@click.argument("chain", required=False)
@_question
@_format
def claims(folder: str, chain: str | None, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """尚无依据的声明 / the claims that no evidence backs.

    \b
    Example: liantu claims 光伏 --as-of 2023-09-12
    """
    import liantu

    workspace = _open(folder)
    _show(liantu.claims(workspace, chain, **asked), _language(workspace, lang), form, out)


@main.command("map")
@click.argument("chain")
@_question
@click.option("-o", "--out", metavar="FILE.html|.png|.svg", help="默认 out/产业链.html / by default in out/")
def draw(folder: str, chain: str, lang: str | None, out: str | None, **asked: Any) -> None:
    """全景图: 网页、PNG 或 SVG / the map of a chain: a page, PNG or SVG.

    \b
    Example: liantu map 光伏 -o 光伏.html
    """
    from pathlib import Path

    import liantu
    import maps

    workspace = _open(folder)
    path = Path(out) if out else workspace.out / f"{chain}.html"
    if path.suffix.lower() not in maps.SUFFIXES:
        raise LiantuError(f"不能画成 {path.suffix or out} / a map cannot be written as that",
                          f"后缀用 / name the file with: {', '.join(maps.SUFFIXES)}")
    answer = liantu.panorama(workspace, chain, **asked)
    if not out:
        path.parent.mkdir(exist_ok=True)
    click.echo(f"已写 / written: {maps.write(answer, path, _language(workspace, lang))}")


@main.command()
@click.argument("name", required=False)
@_question
@click.option("-p", "--param", "given", multiple=True, metavar="KEY=VALUE", help="参数, 列表用逗号 / a parameter")
@click.option("--text", "text", is_flag=True, help="只显示 Cypher / print the Cypher")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), help="表, JSON 或 CSV")
def query(folder: str, name: str | None, given: tuple[str, ...], text: bool, lang: str | None, form: str | None,
          **asked: Any) -> None:
    """问题目录: 单独运行列出全部 / the catalogue of questions; alone it lists them.

    \b
    Example: liantu query feeds -p nodes=组件
    """
    import liantu
    from queries.catalogue import every, question

    if name is None:
        rows = [{"id": q.id, "zh": q.zh, "en": q.en, "parameters": ", ".join(p.name for p in q.parameters)} for q in every()]
    elif text:
        click.echo(question(name).text.rstrip())
        return
    else:
        question(name)  # a wrong name is told before a missing workspace
        rows = liantu.query(_open(folder), name, dict(map(_pair, given)), **asked)
    _print_rows(rows, form or _usual())


def _pair(written: str) -> tuple[str, str]:
    key, equals, value = written.partition("=")
    if not equals or not key:
        raise LiantuError(f"参数 “{written}” 缺等号 / has no '='", "写作 -p nodes=组件,硅片 / write -p nodes=组件,硅片")
    return key.strip(), value


def _print_rows(rows: list[dict[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(_json(rows))
    elif form == "csv":
        import csv
        import io

        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(rows[0] if rows else [])
        writer.writerows([_inert(v) for v in row.values()] for row in rows)
        click.echo(written.getvalue(), nl=False)
    else:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        table = Table(*(rows[0] if rows else ["—"]), box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for row in rows:
            table.add_row(*(Text("" if v is None else str(v)) for v in row.values()))
        _console().print(table)


def _inert(value: Any) -> Any:
    """A spreadsheet program runs what looks like a formula in a CSV."""
    return "'" + value if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


@main.command()
@_workspace
@click.option("-o", "--out", required=True, metavar="FILE.xlsx|FOLDER", help="工作簿, 或放 CSV 的文件夹 / a workbook or a folder")
@click.option("--audience", type=click.Choice(AUDIENCES), help="受众, 默认公开 / audience")
def export(folder: str, store: str, out: str, audience: str | None) -> None:
    """把材料写回表格, 可改后再导入 / write the material back as sheets that load again.

    \b
    Example: liantu export -o 材料.xlsx
    """
    from pathlib import Path

    from loaders.start import export as write

    workspace = _open(folder)
    count = write(workspace, Path(out), audience or workspace.settings.audience)
    click.echo(f"已写 / written: {out}, {count} 行 / rows")


@main.command()
@_workspace
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="文字或 JSON / words or JSON")
def info(folder: str, store: str, form: str | None) -> None:
    """工作区概况: 图库、计数、材料、首末日 / the workspace: store, counts, material, days.

    \b
    Example: liantu info
    """
    import liantu

    found = liantu.info(_open(folder), store)
    if (form or _usual()) == "json":
        click.echo(_json(found))
        return
    for key, value in found.items():
        if key == "material":
            click.echo(f"material: {len(value)}")
            for entry in value:
                click.echo(f"  {entry['loaded']}  {entry['name']}  ({entry['kind']}, {entry['hash']})")
        elif isinstance(value, dict):
            click.echo(f"{key}: {sum(value.values())} ({', '.join(f'{k} {n}' for k, n in value.items())})")
        else:
            click.echo(f"{key}: {value if value is not None else '—'}")


# --- shared ---


def _open(folder: str) -> Workspace:
    import liantu

    return liantu.open(folder)


def _language(workspace: Workspace, lang: str | None) -> str:
    return lang or workspace.settings.language


def _json(rows: Any) -> str:
    """Rows that are no answer: days as ISO texts, UTF-8 not escaped."""
    import json

    return json.dumps(rows, ensure_ascii=False, indent=2, default=str)


def _usual() -> str:
    return "table" if sys.stdout.isatty() else "json"


def _console() -> Any:
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=160, no_color=True)


def _show(answer: Gaps | Claims, lang: str, form: str | None, out: str | None) -> None:
    """The answer as asked for; a file's suffix tells its form where --format does not."""
    suffix = out.rpartition(".")[2].lower() if out and "." in out else ""
    form = form or (suffix if suffix in ("json", "csv", "xlsx") else None) or (None if out else _usual())
    if form is None or (form == "xlsx" and not out) or (form == "table" and out):
        raise LiantuError("请用 -o 指明 .xlsx、.csv 或 .json 文件 / name a .xlsx, .csv or .json file with -o",
                          "例 / for example: -o 空白点.xlsx")
    if form == "table":
        from reports import table

        _console().print(table.gaps(answer, lang) if answer.question == "gaps" else table.claims(answer, lang))  # type: ignore[arg-type]  # the question tells the record
        return
    if out:
        _write(answer, lang, form, out)
        return
    click.echo(_text(answer, lang, form), nl=False)


def _text(answer: Gaps | Claims, lang: str, form: str) -> str:
    if form == "csv":
        from reports.sheets import csv_text

        return csv_text(answer, lang)
    from reports.text import json_text

    return json_text(answer)


def _write(answer: Gaps | Claims, lang: str, form: str, out: str) -> None:
    from pathlib import Path

    from graph import files

    if form == "xlsx":
        from reports.sheets import xlsx

        xlsx(answer, Path(out), lang)
    else:  # Excel reads a CSV as UTF-8 only with a byte order mark
        files.write_text(Path(out), ("\ufeff" if form == "csv" else "") + _text(answer, lang, form))
    click.echo(f"已写 / written: {out}", err=True)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)


if __name__ == "__main__":
    main()
