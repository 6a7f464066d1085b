"""Out of the workspace: its material as sheets, and what there is in it."""

from __future__ import annotations

import click

from commands import options, screen


@click.command()
@options.workspace
@click.option("-o", "--out", required=True, metavar="FILE.xlsx|FOLDER", help="工作簿, 或放 CSV 的文件夹 / a workbook or a folder")
@click.option("--audience", type=click.Choice(options.AUDIENCES), help="受众, 默认公开 / audience")
def export(folder: str, store: str, out: str, audience: str | None) -> None:
    """把材料写回表格, 可改后再导入 / write the material back as sheets that load again.

    \b
    Example: liantu export -o 材料.xlsx
    """
    from pathlib import Path

    import liantu
    from loaders.start import export as write

    workspace = liantu.open(folder)
    count = write(workspace, Path(out), audience or workspace.settings.audience)
    click.echo(f"已写 / written: {out}, {count} 行 / rows")


@click.command()
@options.workspace
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="文字或 JSON / words or JSON")
def info(folder: str, store: str, form: str | None) -> None:
    """工作区概况: 图库、计数、材料、首末日 / the workspace: store, counts, material, days.

    \b
    Example: liantu info
    """
    import liantu
    from reports import listing

    found = liantu.info(liantu.open(folder), store)
    if (form or screen.usual()) == "json":
        click.echo(listing.json_text(found), nl=False)
    else:
        click.echo(listing.info(found))
