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

STYLES, THEMES, VIEWS = ("wall", "print"), ("light", "dark"), ("map", "bars", "profile")
"""Those of ``maps.look``, which is too heavy to import for a help text."""


@click.command("map")
@click.argument("chain", required=False)
@options.pictured
@click.option("--from", "first", type=options.Day(), metavar="DAY", help="与更早的这一天对照 / beside the same chain on an earlier day")
@click.option("--view", type=click.Choice(VIEWS), default="map",
              help="map 全景图, bars 供需对照, profile 主链剖面 / the map, supply and demand, the main lane [map]")
@click.option("--style", type=click.Choice(STYLES), default="wall", help="wall 上墙 16:9 / a screen; print A3 打印 / pages of A3")
@click.option("--theme", type=click.Choice(THEMES), default="light", help="浅色或深色 / colours")
@click.option("--due", type=options.Day(), metavar="DAY", help="远景图: 目标日 / the prospect map: goals for that day")
@click.option("--all", "every", is_flag=True, help="全部产业链的总览, 点开到每条链 / every chain: an overview that leads to each")
@click.option("--since", type=options.Day(), metavar="DAY", help="总览写明自那天以来的变化 / with --all: what changed since that day")
@click.option("-o", "--out", metavar="FILE.html|.svg|.png|.pptx", help="默认 out/产业链.html; --all: 文件夹或文件, 默认 out/总览 / "
                                                                      "by default in out/; --all: a folder or a file")
def draw(folder: str, chain: str | None, lang: str | None, out: str | None, view: str, style: str, theme: str, every: bool,
         first: date | None, since: date | None, **asked: Any) -> None:
    """全景图、远景图、两日对照、供需、剖面、总览 / the maps of a chain and its other pictures, and an overview of all.

    \b
    Example: liantu map 光伏 -o 光伏.html
             liantu map 光伏 --style print -o 光伏.svg
             liantu map 光伏 --due 2024-12-31 --theme dark -o 光伏.pptx
             liantu map 光伏 --from 2022-11-24 --to 2024-01-25 -o 两日.png
             liantu map 光伏 --view bars -o 供需.svg
             liantu map --all --since 2023-09-12 -o 总览/
    """
    import liantu
    from maps.look import Look

    if bool(chain) == every:
        raise LiantuError("产业链与 --all 二者取一 / either a chain or --all", "liantu map 光伏 | liantu map --all")
    if since and not every:
        raise LiantuError("--since 只与 --all 同用 / --since goes with --all",
                          "一条链用 / for one chain: liantu diff 光伏 --from DAY --to DAY")
    if asked["due"] and (first or view != "map"):
        raise LiantuError("--due 只画全景图的远景, 不与 --from 或 --view 同用 / --due is of the map itself, without --from and --view",
                          "分两次画 / draw them one after the other")
    if every and (first or view != "map"):
        raise LiantuError("--from 与 --view 只用于一条链 / --from and --view are of one chain",
                          "总览里的变化用 / for what changed in an overview: --since DAY")
    workspace = liantu.open(folder)
    look = Look(lang or workspace.settings.language, style, theme, view)
    if chain:
        _chain(workspace, chain, look, out, {**asked, "first": first})
    else:
        _overview(workspace, look, out, {**asked, "first": since})


def _chain(workspace: Workspace, chain: str, look: Look, out: str | None, asked: dict[str, Any]) -> None:
    from pathlib import Path

    import liantu
    import maps
    from maps.filenames import stem

    path = Path(out) if out else workspace.out / f"{stem(chain)}.html"
    if path.suffix.lower() not in maps.SUFFIXES:
        raise LiantuError(f"不能画成 {path.suffix or out} / a map cannot be written as that",
                          f"后缀用 / name the file with: {', '.join(maps.SUFFIXES)}")
    picture = liantu.picture(workspace, chain, timeline=path.suffix.lower() == ".html", **asked)
    if not out:
        path.parent.mkdir(exist_ok=True)
    click.echo(f"已写 / written: {maps.write(picture, path, look)}")


def _overview(workspace: Workspace, look: Look, out: str | None, asked: dict[str, Any]) -> None:
    import liantu
    from maps import overview

    eyes = asked["audience"] or workspace.settings.audience
    place = out or workspace.out / ("总览" if eyes == options.AUDIENCES[0] else f"总览-{eyes}")
    overview.checked(place)  # a wrong suffix is told before anything is computed
    answer = liantu.overview(workspace, timeline=overview.is_folder(place), **asked)
    written = overview.write(answer, place, look)
    click.echo(f"已写 / written: {written.path}" + (f", {written.count} 个文件 / files" if written.count > 1 else ""))
    if written.older:
        click.echo(f"  旧页未动, 不再在总览里 / older pages, in this overview no more: {', '.join(written.older)}")
