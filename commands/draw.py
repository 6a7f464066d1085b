"""Draw: the maps of a chain."""

from __future__ import annotations

from typing import Any

import click

from commands import options
from graph.errors import LiantuError


@click.command("map")
@click.argument("chain")
@options.pictured
@click.option("-o", "--out", metavar="FILE.html|.png|.svg", help="默认 out/产业链.html / by default in out/")
def draw(folder: str, chain: str, lang: str | None, out: str | None, **asked: Any) -> None:
    """全景图: 网页、PNG 或 SVG / the map of a chain: a page, PNG or SVG.

    \b
    Example: liantu map 光伏 -o 光伏.html
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
    click.echo(f"已写 / written: {maps.write(picture, path, Look(lang or workspace.settings.language))}")
