"""A view as a page without a script: to be read in any browser and printed on A3."""

from __future__ import annotations

import re

from markupsafe import Markup

from maps.easel import A3_MM
from maps.inks import ink
from maps.inline import policy, rendered
from maps.look import Look
from maps.views import View

_STYLE = """html, body {{ margin: 0; background: {ground}; }}
figure {{ margin: 0; }}
svg {{ display: block; width: 100%; height: auto; max-width: {width}px; margin: 0 auto; }}
figcaption {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
@page {{ size: A3 {orientation}; margin: 8mm; }}
@media print {{
  svg {{ width: auto; max-width: 100%; max-height: {tall}mm; }}
  svg + svg {{ break-before: page; }}
  figcaption {{ display: none; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""
_TALL = {"landscape": 280, "portrait": 403}
"""mm of A3 within its margins."""


def still(view: View, look: Look) -> str:
    """A complete HTML document: one view, nothing fetched, nothing run. Same input, same text."""
    width, height = size(view.pages[0])
    orientation = "landscape" if width >= height else "portrait"
    paper = {"ground": ink(look.theme).ground, "width": round(width * 1.5), "orientation": orientation, "tall": _TALL[orientation]}
    style = _STYLE.format(**paper)
    return rendered("still.html", lang=look.lang, title=view.title, words=view.words, drawings=[Markup(page) for page in view.pages],
                    style=Markup(style), policy=policy(style))


def on_paper(drawing: str) -> str:
    """The same drawing in mm: its pages as large as A3 is."""
    width, height = size(drawing)
    scale = A3_MM[0] / width
    return re.sub(r'width="[\d.]+" height="[\d.]+"', f'width="{width * scale:.1f}mm" height="{height * scale:.1f}mm"', drawing, count=1)


def size(drawing: str) -> tuple[float, float]:
    """Width and height in px of an SVG of ours."""
    found = re.search(r'viewBox="0 [\d.]+ ([\d.]+) ([\d.]+)"', drawing)
    return (float(found[1]), float(found[2])) if found else (1.0, 1.0)
