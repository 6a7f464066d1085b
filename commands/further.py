"""Ask further: how a verdict came to be over time, and what changed between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands import options, screen
from graph.errors import LiantuError

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("node")
@options.between
@click.option("--chain", metavar="CHAIN", help="按哪条链, 默认第一条有它的 / the chain to judge it in")
@click.option("--as-known", is_flag=True, help="每一天只用那天已知的 / each day by what was known on it")
@click.option("--all", "every", is_flag=True, help="供给、需求、供需比的变化也列 / changes of supply, demand and ratio too")
@options.form
def history(folder: str, node: str, lang: str | None, form: str | None, out: str | None, last: date | None,
            **asked: Any) -> None:
    """一个环节的判定如何变化, 因为哪条事实 / how the verdict of a node changed, and by which fact.

    \b
    Example: liantu history 光伏玻璃 --from 2022-01-01 --to 2024-01-25
    """
    import liantu

    workspace = liantu.open(folder)
    screen.show(liantu.history(workspace, node, as_of=last, **asked), lang or workspace.settings.language, form, out)


@click.command()
@click.argument("chain")
@options.between
@options.form
def diff(folder: str, chain: str, lang: str | None, form: str | None, out: str | None, first: date | None,
         last: date | None, **asked: Any) -> None:
    """一条链两天之间变了什么, 什么只是后来才知道 / what changed in a chain between two days, and what was only learned.

    \b
    Example: liantu diff 光伏 --from 2023-09-12 --to 2024-01-25
    """
    import liantu

    if first is None or last is None:
        raise LiantuError("请给出两天 / two days are needed", f"liantu diff {chain} --from 2023-09-12 --to 2024-01-25")
    workspace = liantu.open(folder)
    screen.show(liantu.diff(workspace, chain, first, last, **asked), lang or workspace.settings.language, form, out)
