"""The desk without a command line: a workbook dropped on the start script. Hidden: the script calls it, people do not."""

from __future__ import annotations

import click

from commands import options, screen


@click.command(hidden=True)
@click.argument("files", nargs=-1)
@click.option("--home", default=".", metavar="FOLDER", help="放工作区的文件夹 / the folder of the workspace")
@click.option("--city", default="", metavar="NAME", help="城市名 / the city")
@click.option("--open", "show", is_flag=True, help="在浏览器里打开链图 / open the map in the browser")
@options.lang
def desk(files: tuple[str, ...], home: str, city: str, show: bool, lang: str | None) -> None:
    """拖来的工作簿: 检查、导入、空白点、链图; 没有文件就是样例 / a dropped workbook: check, load, gaps, map; without one the sample.

    \b
    Example: liantu desk 重点企业.xlsx
    """
    from pathlib import Path

    import liantu
    from reports import desk as report

    with screen.progress() as progress:
        made = liantu.desk(files, Path(home), city=city, language=lang or "zh", progress=progress)
    click.echo("\n".join(report.lines(made)))
    if show and (pages := [path for path in made.written if path.suffix == ".html"]):
        click.launch(str(pages[0]))
    if made.refused:
        raise SystemExit(made.refused.exit_code)
