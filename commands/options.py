"""Stacks of options that several commands share, and the day as a type of option."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.errors import LiantuError

if TYPE_CHECKING:
    from datetime import date

F = TypeVar("F", bound=Callable[..., Any])
AUDIENCES = ("公开", "内部", "专班")
"""Those of ``graph.model``, which is too heavy to import for a help text."""


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only to the type checker of newer versions
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from datetime import date

        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError as error:
            name = f"{param.opts[0]} " if param else ""
            raise LiantuError(f"{name}{value} 不是日期 / is not a day: {value}",
                              "写作 2023-09-12 / write days as 2023-09-12") from error


def _stack(*options: Callable[[F], F]) -> Callable[[F], F]:
    def put(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command
    return put


lang = click.option("--lang", type=click.Choice(["zh", "en"]), help="语言, 默认按工作区 / language")
chains = click.option("--chain", "chains", multiple=True, metavar="CHAIN", help="产业链骨架, 可重复 / a chain, repeatable")
workspace = _stack(
    click.option("-w", "--workspace", "folder", default=".", metavar="FOLDER", help="工作区 / workspace [.]"),
    click.option("--store", default="", metavar="URL", help="另一图库: 路径或地址 / another store"))
question = _stack(
    workspace, lang,
    click.option("--region", metavar="NAME", help="地区, 默认工作区的 / region"),
    click.option("--as-of", type=Day(), metavar="DAY", help="截至, 默认同 --known-by / as of"),
    click.option("--known-by", type=Day(), metavar="DAY", help="据…所知, 默认今天 / known by"),
    click.option("--audience", type=click.Choice(AUDIENCES), help="受众, 默认公开 / audience"))
between = _stack(
    workspace, lang,
    click.option("--region", metavar="NAME", help="地区, 默认工作区的 / region"),
    click.option("--from", "first", type=Day(), metavar="DAY", help="从哪天起; history 默认从头 / from; history: from the first fact"),
    click.option("--to", "last", type=Day(), metavar="DAY", help="到哪天; history 默认今天 / to; history: today"),
    click.option("--known-by", type=Day(), metavar="DAY", help="据…所知; history 默认今天, diff 默认同 --to / known by"),
    click.option("--audience", type=click.Choice(AUDIENCES), help="受众, 默认公开 / audience"))
"""For questions that move ``as_of`` themselves."""
pictured = _stack(
    workspace, lang,
    click.option("--region", metavar="NAME", help="地区, 默认工作区的 / region"),
    click.option("--as-of", "--to", "as_of", type=Day(), metavar="DAY", help="截至, 默认同 --known-by / as of"),
    click.option("--known-by", type=Day(), metavar="DAY", help="据…所知, 默认今天 / known by"),
    click.option("--audience", type=click.Choice(AUDIENCES), help="受众, 默认公开 / audience"))
"""For maps, which may show two days: from one to the other."""
form = _stack(
    click.option("--format", "form", type=click.Choice(["table", "json", "csv", "xlsx"]),
                 help="终端默认 table, 管道默认 json / table on a terminal, JSON when piped"),
    click.option("-o", "--out", metavar="FILE", help="写入文件 / write to a file"))
KINDS = ("sheets", "chainkg", "names", "tables")
"""Those of ``loaders.kinds``, which is too heavy to import for a help text."""
decided = _stack(
    click.option("--by", default="", metavar="NAME", help="谁决定的 / who decided"),
    click.option("--why", default="", metavar="TEXT", help="理由 / why"))
loading = _stack(
    workspace,
    click.option("--from", "kind", type=click.Choice(KINDS), default="sheets", help="材料的种类 / the kind of material [sheets]"),
    click.option("--data-date", type=Day(), metavar="DAY", help="无日期的行用这一天 / the day of rows without one [今天]"),
    click.option("--keep-good", is_flag=True, help="好行照导, 坏行写入 rejects/ / load good rows, write out the others"),
    click.option("--new-nodes", is_flag=True, help="新建未知环节 / create unknown chain nodes"),
    click.option("--audience", type=click.Choice(AUDIENCES), default=None, help="这些材料给谁看 / who may see it"))
