"""Answers to pictures: one layout, drawn as an interactive page, as SVG, as PNG and as slides."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from analysis.picture import Picture
from graph.errors import LiantuError
from graph.files import unwritable
from maps.look import USUAL, Look

SUFFIXES = (".html", ".svg", ".png", ".pptx")


def write(picture: Picture, path: str | os.PathLike[str], look: Look = USUAL) -> Path:
    """Writes the map in the form that the suffix names (.html, .svg, .png, .pptx) and returns the path.

    The file appears whole or not at all: it is written beside its place and moved there. Text is UTF-8 with
    LF whatever the locale. Raises ``LiantuError`` for another suffix, a folder that is not there or cannot
    be written to, and as ``maps.layout.place`` does.
    """
    place = Path(path)
    content = _drawn(picture, place, look)
    try:
        _put(place, content)
    except OSError as error:
        raise unwritable(place, error) from error
    return place


def _drawn(picture: Picture, place: Path, look: Look) -> bytes:
    suffix = place.suffix.lower()
    from maps.views import asked

    if (key := asked(picture, look)) and suffix in SUFFIXES:
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


def _too_large(picture: Picture) -> bool:
    from maps.layout import MOST_NODES

    return len(picture.panorama.nodes) > MOST_NODES


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


def _put(place: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{place.name[:40]}.", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """mkstemp makes files for the owner alone; a map is for the others too, as the umask allows."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
