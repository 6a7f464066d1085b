"""Who introduces us to a firm, or to several at once."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen
from graph.errors import QuestionError


@click.command()
@click.argument("firm", required=False)
@click.option("--to", "--from", "to", metavar="UNIT", help="引荐给谁: 企业、渠道或专班, 默认我方 / to whom: a firm, channel or team [us]")
@click.option("--firms", metavar="A,B,C", help="几家一起 / several firms at once")
@click.option("--chain", metavar="CHAIN", help="这条链的全部目标企业 / all target firms of this chain")
@click.option("--cap", type=click.IntRange(1), help="每位引荐人至多几次 / how often one broker may be asked [2]")
@click.option("-k", "k", type=click.IntRange(1, 20), default=3, help="几条路径 / how many ways [3]")
@options.question
@options.form
def introduce(folder: str, firm: str | None, firms: str | None, chain: str | None, lang: str | None, form: str | None, out: str | None,
              **asked: Any) -> None:
    """谁能把我们引荐给一家企业: 最可靠的几条引荐路径, 每步有依据 / who introduces us: the best ways, every hop with its evidence.

    \b
    Example: liantu introduce 阿特斯 --known-by 2026-01-01
             liantu introduce --firms 阿特斯,福莱特 --cap 1
             liantu introduce --chain 光伏
    """
    import liantu

    if sum(map(bool, (firm, firms, chain))) != 1 or (not firm and asked["to"]) or (firm and asked["cap"]):
        raise QuestionError("请给一家企业, 或用 --firms 给几家、--chain 给一条链 (--cap 不用于一家, --to 只用于一家) / "
                            "one firm, several with --firms, or a chain (--cap is for several, --to for one)",
                            "liantu introduce 阿特斯 | liantu introduce --firms 阿特斯,福莱特 --cap 1 | liantu introduce --chain 光伏")
    several = [part.strip() for part in (firms or "").replace("，", ",").split(",") if part.strip()]
    if firms and not several:
        raise QuestionError(f"--firms {firms}: 没有企业名 / names no firm", "--firms 阿特斯,福莱特 / for example")
    workspace = liantu.open(folder)
    screen.show(liantu.introduce(workspace, firm or several, chain=chain or "", **asked), lang or workspace.settings.language, form, out)
