"""Further questions: what would follow, what was, what to find out."""

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
