"""Ask further: what follows from the gaps of a chain, how it stands to what was planned, what was, what would be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands import options, screen
from graph.errors import LiantuError

if TYPE_CHECKING:
    from datetime import date


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
    liantu.hand_out(workspace, answer, out, lang)
    click.echo(f"已写 / written: {out}", err=True)


@click.command()
@click.argument("about", metavar="PROJECT|NODE")
@click.option("--with", "rivals", multiple=True, required=True, metavar="REGIONS", help="比较的地区, 逗号分隔 / regions to compare with")
@options.question
@options.form
def compare(folder: str, about: str, rivals: tuple[str, ...], lang: str | None, form: str | None, out: str | None,
            **asked: Any) -> None:
    """竞争比较: 要素、权重、名次及其稳固程度、什么会改变名次 / our region against others: factors, ranks, how firm, what would change them.

    \b
    Example: liantu compare 电池片 --with 银川,西宁,乐山
    """
    import liantu

    names = [name.strip() for text in rivals for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]
    workspace = liantu.open(folder)
    screen.show(liantu.compare(workspace, about, names, **asked), lang or workspace.settings.language, form, out)
