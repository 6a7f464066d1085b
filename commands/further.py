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


@click.command()
@click.argument("chain", required=False)
@options.question
@options.form
def ask(folder: str, chain: str | None, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """接下来该摸清什么: 排好序的问题; -o 写成可填、可导回的工作簿 / what to find out next; -o writes a workbook that loads back.

    \b
    Example: liantu ask 光伏 -o 摸排清单.xlsx
    """
    import liantu

    workspace = liantu.open(folder)
    answer = liantu.ask(workspace, chain, **asked)
    lang = lang or workspace.settings.language
    if not out or not out.lower().endswith(".xlsx") or form not in (None, "xlsx"):
        screen.show(answer, lang, form, out)
        return
    from pathlib import Path

    from analysis.answers import plain
    from loaders.handout import hand_out
    from reports.grids import grid

    shown = grid(answer, lang)
    holes = [(row["rank"]["place"], hole) for row in plain(answer)["rows"] for hole in row["holes"]]
    hand_out(Path(out), (shown.header(lang), shown.rows, (shown.title, *shown.notes)), holes, workspace.settings.region,
             answer.audience, lang)
    click.echo(f"已写 / written: {out}", err=True)
