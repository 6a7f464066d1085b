"""Whom to visit: the graded list of target firms."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen
from graph.errors import LiantuError


@click.command()
@click.argument("node", required=False)
@click.option("--chain", metavar="CHAIN", help="这条链的每个空白点 / every gap of this chain; 与环节同用: 按哪条链 / which chain NODE is told for")
@click.option("--firm", metavar="FIRM", help="这家企业能补什么 / what this firm would fill")
@click.option("--all", "every", is_flag=True, help="全部产业链的空白点 / the gaps of every chain")
@options.question
@options.form
def targets(folder: str, node: str | None, chain: str | None, firm: str | None, every: bool, lang: str | None, form: str | None,
            out: str | None, **asked: Any) -> None:
    """目标企业清单: 找谁、凭什么、还不知道什么、按规则分级 / whom to visit: evidence, unknowns, grades by rules.

    -o 清单.xlsx 是目标企业和签约项目清单, 对接各列改后可导回 / a workbook whose edited talks load back.

    \b
    Example: liantu targets 电池片 --as-of 2023-01-31
             liantu targets --chain 光伏
             liantu targets --firm 爱旭股份
    """
    import liantu

    if sum((bool(node), bool(firm), every, bool(chain) and not node and not firm)) != 1:
        raise LiantuError("环节、--chain、--firm 与 --all 取一 / one of a node, --chain, --firm and --all",
                          "liantu targets 电池片 | liantu targets --chain 光伏 | liantu targets --firm 企业 | liantu targets --all")
    workspace = liantu.open(folder)
    answer, lang = liantu.targets(workspace, node or "", chain=chain or "", firm=firm or "", **asked), lang or workspace.settings.language
    if screen.file_form(form, out) != "xlsx" or not out:
        screen.show(answer, lang, form, out)
        return
    liantu.visits(answer, out, lang)
    click.echo(f"已写 / written: {out}", err=True)
