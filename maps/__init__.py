"""Answers to pictures: one layout, drawn as an interactive page, as SVG, as PNG and as slides."""

from __future__ import annotations

import os
from pathlib import Path

from analysis.picture import Picture
from graph.errors import LiantuError
from graph.files import write_bytes
from maps.look import USUAL, Look

SUFFIXES = (".html", ".svg", ".png", ".pptx")


def write(picture: Picture, path: str | os.PathLike[str], look: Look = USUAL) -> Path:
    """Writes the map in the form that the suffix names (.html, .svg, .png, .pptx) and returns the path.

    The file appears whole or not at all: it is written beside its place and moved there; folders are made. Text is
    UTF-8 with LF whatever the locale. Raises ``LiantuError`` for another suffix, a place that cannot be written to,
    and as ``maps.layout.place`` does.
    """
    place = Path(path)
    write_bytes(place, _drawn(picture, place, look))
    return place


def _drawn(picture: Picture, place: Path, look: Look) -> bytes:
    suffix = place.suffix.lower()
    from maps.views import asked

    if (key := asked(picture, look)) and suffix in SUFFIXES:
        _small_enough(picture)
        return _view(key, picture, suffix, look)
    # late: a table needs no picture, an SVG no pyvis; and a name `svg` here would hide the module
    if suffix == ".html":
        return page_of(picture, look).encode("utf-8")
    if suffix == ".svg":
        return svg_of(picture, look).encode("utf-8")
    if suffix == ".png" and _too_large(picture):
        from maps.png import WIDTHS, rendered

        return rendered(svg_of(picture, look), WIDTHS["wall"])
    if suffix == ".png":
        from maps.png import png

        return png(picture, look)
    if suffix == ".pptx":
        _small_enough(picture)
        from maps.pptx import pptx

        return pptx(picture, look)
    raise LiantuError(
        f"a map cannot be written as 不支持的格式: {suffix or place.name!r}",
        f"name the file with one of 文件名后缀请用 {', '.join(SUFFIXES)}",
    )


def page_of(picture: Picture, look: Look = USUAL) -> str:
    """The page of a chain; of one too large for boxes a still page that sums them."""
    if _too_large(picture):
        from maps.aggregate_page import page
    else:
        from maps.page import page
    return page(picture, look)


def svg_of(picture: Picture, look: Look = USUAL) -> str:
    """The still picture of a chain, or the sums of one too large for boxes."""
    if _too_large(picture):
        from maps.aggregate_svg import svg
    else:
        from maps.svg import svg
    return svg(picture, look)


def _small_enough(picture: Picture) -> None:
    """LiantuError where what was asked for has a place for each node, and there are too many of them."""
    if _too_large(picture):
        raise LiantuError(f"环节太多 ({len(picture.panorama.nodes):,}), 只能画成汇总 / too many nodes, they are drawn as sums only",
                          "用不带 --view、--from 的 .html、.svg 或 .png / name a .html, .svg or .png, without --view and --from")


def _too_large(picture: Picture) -> bool:
    from maps.layout import MOST_NODES

    large = len(picture.panorama.nodes) > MOST_NODES
    if large and picture.prospect:
        raise LiantuError(f"环节超过 {MOST_NODES:,} 个, 只画汇总, 没有远景图 / more than {MOST_NODES:,} nodes are drawn as sums, without goals",
                          "去掉 --due; 目标见 liantu prospect -o x.xlsx / leave out --due; for the goals: liantu prospect -o x.xlsx")
    return large


def _view(key: str, picture: Picture, suffix: str, look: Look) -> bytes:
    """Bars, profile or two days by themselves."""
    from maps.views import view

    made = view(key, picture, look)
    from maps.still import on_paper, size, still

    if suffix == ".png":
        from maps.png import WIDTHS, rendered

        width, height = size(made.svg)
        return rendered(made.svg, WIDTHS[look.style] if width >= height else round(WIDTHS[look.style] / 2**0.5))
    if suffix == ".svg":
        return (on_paper(made.svg) if look.style == "print" else made.svg).encode("utf-8")
    if suffix == ".html":
        return still(made, look).encode("utf-8")
    raise LiantuError(f"这个视图不能画成 {suffix} / this view cannot be written as that",
                      "用 .html、.svg 或 .png / name the file with .html, .svg or .png")
