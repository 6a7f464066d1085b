"""Which names are one firm: what is open, and the decisions that settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands import options, screen
from graph.visible import visible

if TYPE_CHECKING:
    from loaders.settle import Done

@click.group(invoke_without_command=True)
@options.workspace
@options.lang
@click.option("--audience", type=click.Choice(options.AUDIENCES), help="受众, 默认公开 / audience")
@options.form
@click.pass_context
def names(context: click.Context, folder: str, store: str, lang: str | None, audience: str | None, form: str | None,
          out: str | None) -> None:
    """待核对的企业名称: 可能是哪家, 凭什么; -o 写成可填、可导回的工作簿 / names to settle: which firm each may be, and why.

    \b
    Example: liantu names
             liantu names -o 企业名称核对.xlsx
             liantu names accept 甲硅 甲硅业有限公司
    """
    if context.invoked_subcommand:
        context.obj = folder, store
        return
    import liantu
    from reports import naming

    workspace = liantu.open(folder)
    lang = lang or workspace.settings.language
    found = liantu.names(workspace, audience=audience)
    form = screen.file_form(form, out)
    if form == "xlsx":
        liantu.names_sheet(found, out or "", lang)
    elif out:
        screen.write_text(out, naming.text(found.plain(), found.rows(lang), form), form)
    elif form == "table":
        screen.draw(naming.table(found.plain(), found.rows(lang, blanks=False), lang))
    else:
        click.echo(naming.text(found.plain(), found.rows(lang), form), nl=False)


def _places(context: click.Context, folder: str, store: str) -> tuple[str, str]:
    """The workspace may be named before the verb or after it."""
    before = context.obj or (".", "")
    return (folder if folder != "." else before[0]), store or before[1]


@names.command()
@click.argument("name")
@click.argument("candidate")
@options.workspace
@options.decided
@click.pass_context
def accept(context: click.Context, folder: str, store: str, name: str, candidate: str, by: str, why: str) -> None:
    """这个名称 (或信用代码) 就是那家企业 / the name (or code) is of that firm.

    \b
    Example: liantu names accept 甲硅 甲硅业有限公司 --by 王某 --why 营业执照
    """
    import liantu

    folder, store = _places(context, folder, store)
    _tell(liantu.accept(folder, name, candidate, by=by, why=why, store=store), "同一家企业 / one firm")


@names.command()
@click.argument("name")
@click.argument("candidates", nargs=-1)
@options.workspace
@options.decided
@click.pass_context
def reject(context: click.Context, folder: str, store: str, name: str, candidates: tuple[str, ...], by: str, why: str) -> None:
    """它们是不同的企业; 不写候选就是现有候选都不是 / they are different firms; without a candidate: none of those there are.

    \b
    Example: liantu names reject 甲硅 甲硅科技有限公司
    """
    import liantu

    folder, store = _places(context, folder, store)
    _tell(liantu.reject(folder, name, *candidates, by=by, why=why, store=store), "不同企业 / different firms")


@names.command()
@click.argument("written", nargs=-1, required=True, metavar="NAME...")
@options.workspace
@options.decided
@click.pass_context
def split(context: click.Context, folder: str, store: str, written: tuple[str, ...], by: str, why: str) -> None:
    """自动合并错了: 这些名称各自成一家 / joined wrongly: each of these names is a firm by itself.

    \b
    Example: liantu names split 甲硅
    """
    import liantu

    folder, store = _places(context, folder, store)
    _tell(liantu.split(folder, *written, by=by, why=why, store=store), "单独一家 / a firm by itself")


@names.command()
@click.argument("name", required=False, default="")
@options.workspace
@click.pass_context
def undo(context: click.Context, folder: str, store: str, name: str) -> None:
    """撤回最近一次决定, 或关于某名称的最近一次 / take back the last decision, or the last about a name.

    \b
    Example: liantu names undo
    """
    import liantu

    folder, store = _places(context, folder, store)
    click.echo(f"已撤回 / taken back: {liantu.undo(folder, name, store=store)}")


def _tell(done: Done, meaning: str) -> None:
    for one in done.decisions:
        click.echo(f"{meaning}: {one.name}" + (f" — {one.candidate}" if one.candidate else ""))
    click.echo(f"已记录 / kept as material: {done.file}" if done.file else "早已如此, 没有变化 / so already, nothing changes")
    for flag in done.flags:
        click.echo(f"! {visible(flag)}")
