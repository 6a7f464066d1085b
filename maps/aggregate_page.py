"""The page of a chain too large for boxes: the still picture of its sums. It needs no script, and no browser freezes over it."""

from __future__ import annotations

from markupsafe import Markup

from analysis.picture import Picture
from maps import titles
from maps.aggregate_svg import svg
from maps.hues import hues, variables
from maps.inline import part, policy, rendered
from maps.look import USUAL, Look


def page(picture: Picture, look: Look = USUAL) -> str:
    """A complete HTML document. Same input, same text; raises as ``maps.aggregate_svg.svg`` does."""
    style = variables(hues(look.theme)) + part("aggregate.css")
    return rendered("aggregate.html", lang=look.lang, theme=look.theme, title=titles.title(picture.panorama, look.lang),
                    policy=policy(style), style=Markup(style), still=Markup(svg(picture, look)))
