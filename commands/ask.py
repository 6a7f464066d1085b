"""Ask: what is missing, why, who claims otherwise; any question of the catalogue."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen
from graph.errors import LiantuError


@click.command()
@click.argument("chain", required=False)
@options.question
@options.form
@click.option("--all", "every", is_flag=True, help="全部产业链, 本地区与下一级地区, 按要害排序 / every chain, here and right below, ranked")
@click.option("--top", type=int, metavar="N", help="只要前 N 名 (与 --all 同用) / only the first N, with --all")
def gaps(folder: str, chain: str | None, every: bool, top: int | None, lang: str | None, form: str | None, out: str | None,
         **asked: Any) -> None:
    """一条链缺什么: 判定、标记、供需 / what a chain lacks: verdicts, flags, supply and demand.

    \b
    Example: liantu gaps 光伏 --as-of 2023-09-12
             liantu gaps --all --top 10
    """
    import liantu

    if bool(chain) == every:
        raise LiantuError("产业链与 --all 二者取一 / either a chain or --all",
                          "liantu gaps 光伏 | liantu gaps --all")
    if top is not None and not every:
        raise LiantuError("--top 只与 --all 同用 / --top goes with --all", "liantu gaps --all --top 10")
    workspace = liantu.open(folder)
    answer = liantu.gaps(workspace, chain, **asked) if chain else liantu.everything(workspace, top, **asked)
    screen.show(answer, lang or workspace.settings.language, form, out)


@click.command()
@click.argument("chain")
@click.argument("node")
@options.question
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="终端默认文字, 管道默认 json / words or JSON")
def explain(folder: str, chain: str, node: str, lang: str | None, form: str | None, **asked: Any) -> None:
    """一个环节的判定从何而来 / how the verdict of one node came about.

    \b
    Example: liantu explain 光伏 光伏玻璃 --as-of 2023-09-12
    """
    import liantu

    workspace = liantu.open(folder)
    row, answer = liantu.explain(workspace, chain, node, **asked)
    if (form or screen.usual()) == "json":
        from reports.text import json_text

        click.echo(json_text(row), nl=False)
        return
    from reports import listing, table

    click.echo(table.explain(row, answer, lang or workspace.settings.language))
    for line in listing.fact_ids(row):
        click.echo(line)


@click.command()
@click.argument("chain", required=False)
@options.question
@options.form
def claims(folder: str, chain: str | None, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """尚无依据的声明 / the claims that no evidence backs.

    \b
    Example: liantu claims 光伏 --as-of 2023-09-12
    """
    import liantu

    workspace = liantu.open(folder)
    screen.show(liantu.claims(workspace, chain, **asked), lang or workspace.settings.language, form, out)


@click.command()
@click.argument("name", required=False)
@options.question
@click.option("-p", "--param", "given", multiple=True, metavar="KEY=VALUE", help="参数, 列表用逗号 / a parameter")
@click.option("--text", "text", is_flag=True, help="只显示 Cypher 与参数, 供粘贴到 Neo4j Browser / print the Cypher and its "
              "parameters, to be pasted into Neo4j Browser")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), help="表, JSON 或 CSV")
def query(folder: str, name: str | None, given: tuple[str, ...], text: bool, lang: str | None, form: str | None,
          **asked: Any) -> None:
    """问题目录: 单独运行列出全部 / the catalogue of questions; alone it lists them.

    \b
    Example: liantu query feeds -p nodes=组件
    """
    from pathlib import Path

    import liantu
    from queries.catalogue import every, question
    from reports import listing

    if name is None:
        rows = listing.questions(every())
    elif text:
        inside = folder if folder != "." or (Path(folder) / "liantu.toml").is_file() else None
        click.echo(liantu.pasted(inside, name, dict(map(_pair, given)), **asked))
        return
    else:
        question(name)  # a wrong name is told before a missing workspace
        rows = liantu.query(liantu.open(folder), name, dict(map(_pair, given)), **asked)
    form = form or screen.usual()
    if form == "table":
        screen.draw(listing.table(rows))
    else:
        click.echo(listing.json_text(rows) if form == "json" else listing.csv_text(rows), nl=False)


def _pair(written: str) -> tuple[str, str]:
    key, equals, value = written.partition("=")
    if not equals or not key:
        raise LiantuError(f"参数 “{written}” 缺等号 / has no '='", "写作 -p nodes=组件,硅片 / write -p nodes=组件,硅片")
    return key.strip(), value
