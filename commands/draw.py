"""Draw: the maps of a chain."""

from __future__ import annotations

from typing import Any

import click

from commands import options
from graph.errors import LiantuError

STYLES, THEMES, VIEWS = ("wall", "print"), ("light", "dark"), ("map", "bars", "profile")
"""Those of ``maps.look``, which is too heavy to import for a help text."""


@click.command("map")
@click.argument("chain")
@options.pictured
@click.option("--from", "first", type=options.Day(), metavar="DAY", help="与更早的这一天对照 / beside the same chain on an earlier day")
@click.option("--view", type=click.Choice(VIEWS), default="map",
              help="map 全景图, bars 供需对照, profile 主链剖面 / the map, supply and demand, the main lane [map]")
@click.option("--style", type=click.Choice(STYLES), default="wall", help="wall 上墙 16:9 / a screen; print A3 打印 / pages of A3")
@click.option("--theme", type=click.Choice(THEMES), default="light", help="浅色或深色 / colours")
@click.option("--due", type=options.Day(), metavar="DAY", help="远景图: 目标日 / the prospect map: goals for that day")
@click.option("-o", "--out", metavar="FILE.html|.svg|.png|.pptx", help="默认 out/产业链.html / by default in out/")
def draw(folder: str, chain: str, lang: str | None, out: str | None, view: str, style: str, theme: str, **asked: Any) -> None:
    """全景图、远景图、两日对照、供需、剖面 / the maps of a chain and its other pictures: a page, SVG, PNG, slides.

    \b
    Example: liantu map 光伏 -o 光伏.html
             liantu map 光伏 --style print -o 光伏.svg
             liantu map 光伏 --due 2024-12-31 --theme dark -o 光伏.pptx
             liantu map 光伏 --from 2022-11-24 --to 2024-01-25 -o 两日.png
             liantu map 光伏 --view bars -o 供需.svg
    """
    from pathlib import Path

    import liantu
    import maps
    from maps.look import Look

    workspace = liantu.open(folder)
    path = Path(out) if out else workspace.out / f"{chain}.html"
    if path.suffix.lower() not in maps.SUFFIXES:
        raise LiantuError(f"不能画成 {path.suffix or out} / a map cannot be written as that",
                          f"后缀用 / name the file with: {', '.join(maps.SUFFIXES)}")
    picture = liantu.picture(workspace, chain, timeline=path.suffix.lower() == ".html", **asked)
    if not out:
        path.parent.mkdir(exist_ok=True)
    look = Look(lang or workspace.settings.language, style, theme, view)
    click.echo(f"已写 / written: {maps.write(picture, path, look)}")
