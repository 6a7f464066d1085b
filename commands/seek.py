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


@click.command()
@click.argument("firm")
@click.option("--with", "rivals", multiple=True, metavar="REGIONS", help="比较的地区, 用逗号 / regions to compare with, comma-separated")
@options.question
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "xlsx", "html", "docx"]), help="默认按后缀 / by the file's suffix")
@click.option("-o", "--out", metavar="FILE", help="写入 .html、.docx 或别的 / write to a file")
def brief(folder: str, firm: str, rivals: tuple[str, ...], lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """拜访要点, 一页: 是谁、能补什么、我们的优势与不足、谁引荐、待问 / one page for a visit: who, what they fill, what we offer, who introduces us.

    \b
    Example: liantu brief 爱旭股份 --with 银川,西宁 -o 拜访要点.docx
    """
    import liantu

    workspace = liantu.open(folder)
    names = [name.strip() for text in rivals for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]
    suffix = form or (out.rpartition(".")[2].lower() if out and "." in out else "")
    if suffix in ("html", "docx") and not out:
        raise LiantuError("请用 -o 指明文件 / name a file with -o", "例 / for example: -o 拜访要点.docx")
    if out and suffix not in ("html", "docx", "xlsx", "csv", "json"):
        raise LiantuError(f"-o {out}: 没有这种形式 / no such form",
                          ".html、.docx、.xlsx、.csv 或 .json / one of these")
    answer, lang = liantu.brief(workspace, firm, names, **asked), lang or workspace.settings.language
    if suffix not in ("html", "docx") or not out:
        screen.show(answer, lang, form, out)
    elif suffix == "html":
        from maps.brief_page import page

        screen.write_text(out, page(answer, lang), "html")
    else:
        from pathlib import Path

        from graph import files
        from reports.brief_docx import docx

        files.write_bytes(Path(out), docx(answer, lang))
        click.echo(f"已写 / written: {out}", err=True)
