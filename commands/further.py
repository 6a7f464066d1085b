"""Ask further: what to find out next."""

from __future__ import annotations

from typing import Any

import click

from commands import options, screen


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
    hand_out(Path(out), (shown.header(lang), shown.rows, (shown.title, *shown.notes)),
             [(row["rank"]["place"], hole) for row in plain(answer)["rows"] for hole in row["holes"]], workspace.settings.region, answer.audience, lang)
    click.echo(f"已写 / written: {out}", err=True)
