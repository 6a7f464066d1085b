"""The other views of a chain for the page: drawn in both themes, put in when somebody asks for them."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from analysis.picture import Picture
from maps.look import Look
from maps.themes import THEMES
from maps.views import views


def page_views(picture: Picture, lang: str) -> list[dict[str, Any]]:
    """``{key, name, words, drawings: {theme: svg}}``, in the order of the buttons."""
    found: dict[str, dict[str, Any]] = {}
    for theme in THEMES:
        for one in views(picture, Look(lang, theme=theme)):
            entry = found.setdefault(one.key, {"key": one.key, "name": one.name, "words": one.words, "drawings": {}})
            entry["drawings"][theme] = Markup(_apart(one.svg, theme))
    return list(found.values())


def _apart(svg: str, theme: str) -> str:
    """Patterns named by theme: of two drawings of one document each must find its own."""
    return re.sub(r'( id="|="url\(#)([a-z-]+)', rf"\1{theme}-\2", svg)
