"""Ask further: what follows from the gaps of a chain, how it stands to what was planned, what was, what would be."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen


@click.command()
@click.argument("chain")
@click.option("--add", "additions", multiple=True, required=True, metavar="NODE=AMOUNT[UNIT][*YIELD][@DAY]",
              help="新增产能, 可重复; 有成品率的按毛产能 / capacity to add, repeatable; gross where it has a yield")
@click.option("--build", default="0", metavar="MONTHS", help="建设期, 月: 从 @DAY 开工算起 / months of building from @DAY on")
@click.option("--ramp", default="100", metavar="PERCENTS", help="投产后逐年的达产率 / per cent of the capacity, year by year "
              "after opening [100]")
@options.question
@options.form
def whatif(folder: str, chain: str, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """假如新增产能: 前后对照、下一个瓶颈、富余 / what capacity would change: before and after, the next bottlenecks, surplus.

    什么都不写入。截至日默认为最晚的投产日 / nothing is written; --as-of is the latest opening unless given.

    \b
    Example: liantu whatif 光伏 --add "光伏玻璃=718kt/a@2025-12-31"
             liantu whatif 光伏 --add "光伏玻璃=876kt/a*0.82@2024-06-01" --build 18 --ramp 50,80,100 --as-of 2027-06-30
    """
    import liantu

    answer = liantu.whatif(folder, chain, **asked)
    screen.show(answer, lang or liantu.open(folder).settings.language, form, out)


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
