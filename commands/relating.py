"""Who could make a node next, by what he makes already."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen


@click.command()
@click.argument("node")
@click.option("--chain", default="", metavar="CHAIN", help="环节在哪条产业链 / the chain of the node")
@click.option("--split", type=options.Day(), metavar="DAY",
              help="回测在哪天分开, 默认留下最后五分之一 / day of the split [leaves the last fifth]")
@click.option("--top", type=click.IntRange(1, 1000), default=20, help="几家 / how many firms [20]")
@options.question
@options.form
def adjacent(folder: str, node: str, lang: str | None, form: str | None, out: str | None, **asked: Any) -> None:
    """能力相近 (推断): 谁不做这个环节而做与它相近的, 以及这样推断有多准 / who makes what is near to a node, and how well that has told.

    是推断, 不是事实 / it is inferred and no fact.

    \b
    Example: liantu adjacent 电池片
             liantu adjacent 电池片 --split 2023-06-30 --top 5
    """
    import liantu

    workspace = liantu.open(folder)
    screen.show(liantu.adjacent(workspace, node, **asked), lang or workspace.settings.language, form, out)
