"""Out of the workspace: its material as sheets, and what there is in it."""

from __future__ import annotations

import click

from commands import options, screen
from graph.errors import LiantuError


@click.command()
@options.workspace
@click.option("-o", "--out", required=True, metavar="FILE|FOLDER", help="文件或文件夹 / a file or a folder")
@click.option("--as", "form", type=click.Choice(["sheets", "graphml", "csv", "neo4j"]),
              help="sheets: 材料, .xlsx 或 CSV 文件夹; graphml: Gephi、yEd; csv: 每类一表; neo4j: neo4j-admin 导入文件 / "
                   "material as sheets; the graph for Gephi and yEd; a table a type; files for neo4j-admin [按后缀 / by suffix]")
@click.option("--chain", metavar="CHAIN", help="只写一条链 (graphml, csv) / one chain only")
@click.option("--audience", type=click.Choice(options.AUDIENCES), help="受众, 默认公开 / audience")
def export(folder: str, store: str, out: str, form: str | None, chain: str | None, audience: str | None) -> None:
    """写回材料表格 (可改后再导入), 或把图谱交给别的程序 / material as sheets that load again, or the graph for other programs.

    \b
    Example: liantu export -o 材料.xlsx
    """
    from pathlib import Path

    import liantu
    from loaders.exporting import export as write

    workspace, path = liantu.open(folder), Path(out)
    form = form or ("graphml" if path.suffix.lower() == ".graphml" else "sheets")
    if form == "sheets":
        if chain:
            raise LiantuError("表格总是全部材料 / the sheets hold all material", "--as graphml | csv")
        count = write(workspace, path, audience or workspace.settings.audience)
        click.echo(f"已写 / written: {out}, {count} 行 / rows")
        return
    written = liantu.write(workspace, path, form, chain, audience=audience, store=store)
    eyes = "全部 / all" if form == "neo4j" else audience or workspace.settings.audience
    click.echo(f"已写 / written: {out}" + (f", {len(written)} 个文件 / files" if path.is_dir() else "") + f", 受众 / audience: {eyes}")
    if form == "neo4j":
        click.echo(f"  导入步骤见 / how to import: {path / 'README.txt'}")


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
