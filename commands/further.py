"""Ask further: what follows from the gaps of a chain, and how it stands to what was planned."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen


@click.command()
@click.argument("chain")
@click.option("--due", type=options.Day(), metavar="DAY", help="目标日期, 默认截至日以后最近的 / goals due on this day")
@options.question
@options.form
def prospect(folder: str, chain: str, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """远景: 离目标还差多少, 项目能补多少 / how far a chain is from its goals, and what projects fill.

    \b
    Example: liantu prospect 光伏 --due 2024-12-31 --as-of 2024-01-25
    """
    import liantu

    workspace = liantu.open(folder)
    screen.show(liantu.prospect(workspace, chain, **asked), lang or workspace.settings.language, form, out)


@click.command()
@click.argument("chain", required=False)
@options.question
@options.form
def slips(folder: str, chain: str | None, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """计划日期与目标的推迟和调整, 何时得知 / planned days and goals, how they were revised, when that became known.

    \b
    Example: liantu slips 光伏 --as-of 2023-11-01
    """
    import liantu

    workspace = liantu.open(folder)
    screen.show(liantu.slips(workspace, chain, **asked), lang or workspace.settings.language, form, out)
