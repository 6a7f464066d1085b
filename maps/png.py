"""The still picture as PNG, drawn by resvg from the SVG: no browser needed."""

from __future__ import annotations

import re

from analysis.picture import Picture
from maps.fonts import cjk
from maps.look import USUAL, Look
from maps.svg import svg

A3 = (4961, 3508)
"""px of A3 landscape at 300 dpi."""


def png(picture: Picture, look: Look = USUAL) -> bytes:
    """PNG bytes that fill A3 landscape at 300 dpi in width or height; never smaller than the SVG.

    The same on one machine; another font gives other pixels. Raises ``LiantuError`` where no Chinese font
    is found, and as ``maps.svg.svg`` does.
    """
    return raster(svg(picture, look))


def raster(drawing: str, ground: str = "#ffffff") -> bytes:
    """Any SVG of ours as PNG, as ``png`` has it; ``ground`` lies behind it."""
    family, files = cjk()
    from resvg_py import svg_to_bytes  # late: whoever wants HTML or SVG needs no renderer

    return svg_to_bytes(
        svg_string=drawing,
        width=_width(drawing),
        font_files=[str(f) for f in files],
        font_family=family,
        sans_serif_family=family,
        background=ground,
    )


def _width(drawing: str) -> int:
    """px; as much as lets the sheet lie within ``A3``."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    width, height = (float(v) for v in found.groups()) if found else (1.0, 1.0)
    return int(width * max(1.0, min(A3[0] / width, A3[1] / height)))
