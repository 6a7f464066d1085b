"""Judge a project by an instrument, and list the instruments."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen
from graph.errors import LiantuError


@click.command()
@click.argument("project", required=False)
@click.option("--instrument", metavar="NAME", help="评价办法, 默认自拟的 / the instrument, the composed one unless named")
@click.option("--given", multiple=True, metavar="NAME=FIGURE", help="假设的数字, 可重复: 用地=600亩 / an assumed figure, repeatable")
@click.option("--list", "listing", is_flag=True, help="列出评价办法 / list the instruments")
@options.question
@options.form
def suitability(folder: str, project: str | None, listing: bool, instrument: str | None, given: tuple[str, ...], lang: str | None,
                form: str | None, out: str | None, **asked: Any) -> None:
    """落地适应性分析: 门槛、评分区间、接下来问什么、链上位置、要素 / a project against an instrument: vetoes, points, fit, demands.

    不知道的是区间, 不是零 / what is unknown is an interval and no zero.

    \b
    Example: liantu suitability 格索兰光伏玻璃 --as-of 2024-01-25
             liantu suitability 格索兰光伏玻璃 --instrument county-zone --given 用地=600亩
             liantu suitability --list
    """
    import liantu

    if listing:
        here = folder if folder != "." or liantu.is_workspace(folder) else None
        screen.show(liantu.instruments(here), lang or (liantu.open(here).settings.language if here else "zh"), form, out)
        return
    if not project:
        raise LiantuError("没有写项目 / no project is named", "liantu suitability 项目 | liantu suitability --list")
    workspace = liantu.open(folder)
    screen.show(liantu.suitability(workspace, project, instrument, given, **asked), lang or workspace.settings.language, form, out)
