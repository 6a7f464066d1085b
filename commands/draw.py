"""Draw: the maps of a chain, and the overview of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands import options
from graph.errors import LiantuError

if TYPE_CHECKING:
    from datetime import date

    from graph.workspace import Workspace
    from maps.look import Look


@click.command("map")
@click.argument("chain", required=False)
@options.pictured
@click.option("--all", "every", is_flag=True, help="全部产业链: 总览与每条链的页 / every chain: an overview that leads to each")
@click.option("--since", type=options.Day(), metavar="DAY", help="总览上写明自那天以来的变化 / changes since that day, with --all")
@click.option("-o", "--out", metavar="FILE.html|.png|.svg", help="默认 out/产业链.html; --all: 文件夹或文件, 默认 out/总览 / "
                                                                 "by default in out/; --all: a folder or a file")
def draw(folder: str, chain: str | None, lang: str | None, out: str | None, every: bool, since: date | None, **asked: Any) -> None:
    """全景图: 网页、PNG 或 SVG; 全部产业链的总览 / the map of a chain: a page, PNG or SVG; an overview of all.

    \b
    Example: liantu map 光伏 -o 光伏.html
             liantu map --all --since 2023-09-12 -o 总览/
    """
    from pathlib import Path

    import liantu
    import maps
    from maps.filenames import stem
    from maps.look import Look

    if bool(chain) == every:
        raise LiantuError("产业链与 --all 二者取一 / either a chain or --all", "liantu map 光伏 | liantu map --all")
    if since and not every:
        raise LiantuError("--since 只与 --all 同用 / --since goes with --all",
                          "一条链用 / for one chain: liantu diff 光伏 --from DAY --to DAY")
    workspace = liantu.open(folder)
    look = Look(lang or workspace.settings.language)
    if chain is None:
        _overview(workspace, look, out, since, asked)
        return
    path = Path(out) if out else workspace.out / f"{stem(chain)}.html"
    if path.suffix.lower() not in maps.SUFFIXES:
        raise LiantuError(f"不能画成 {path.suffix or out} / a map cannot be written as that",
                          f"后缀用 / name the file with: {', '.join(maps.SUFFIXES)}")
    picture = liantu.picture(workspace, chain, timeline=path.suffix.lower() == ".html", **asked)
    if not out:
        path.parent.mkdir(exist_ok=True)
    click.echo(f"已写 / written: {maps.write(picture, path, look)}")


def _overview(workspace: Workspace, look: Look, out: str | None, since: date | None, asked: dict[str, Any]) -> None:
    import liantu
    from maps import overview

    place = out or workspace.out / "总览"
    overview.checked(place)  # a wrong suffix is told before anything is computed
    answer = liantu.overview(workspace, first=since, timeline=overview.is_folder(place), **asked)
    written = overview.write(answer, place, look)
    click.echo(f"已写 / written: {written.path}" + (f", {written.count} 个文件 / files" if written.count > 1 else ""))
    if written.older:
        click.echo(f"  旧页未动, 不再在总览里 / older pages, in this overview no more: {', '.join(written.older)}")
