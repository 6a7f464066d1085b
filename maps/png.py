"""The still picture as PNG, drawn by resvg from the SVG: no browser needed."""

from __future__ import annotations

from analysis.picture import Picture
from maps.fonts import cjk
from maps.look import USUAL, Look
from maps.poster import poster
from maps.svg import drawing

WIDTHS = {"wall": 3840, "print": 4961}
"""px: 4K, and A3 landscape at 300 dpi (each page 3,508 px high)."""


def png(picture: Picture, look: Look = USUAL) -> bytes:
    """PNG bytes: a wall is 3,840 × 2,160 px, print are pages of A3 at 300 dpi one below the other.

    The same on one machine; another font gives other pixels. Raises ``LiantuError`` where no Chinese font
    is found, and as ``maps.poster.poster`` does.
    """
    return rendered(drawing(poster(picture, look), look, "px"), WIDTHS[look.style])  # the renderer takes no mm


def rendered(drawn: str, width: int) -> bytes:
    """A drawing in px, so many px wide. Raises ``LiantuError`` where no Chinese font is found."""
    family, files = cjk()
    from resvg_py import svg_to_bytes  # late: whoever wants HTML or SVG needs no renderer

    return svg_to_bytes(
        svg_string=drawn,
        width=width,
        font_files=[str(f) for f in files],
        font_family=family,
        sans_serif_family=family,
        background="#ffffff",
    )
