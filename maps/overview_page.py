"""The overview as a page: tiles that lead to their chains. It needs no script and fetches nothing.

Names reach it as escaped text only (Jinja2 with autoescape); the policy lets nothing in but this very style, by hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from markupsafe import Markup

from analysis.overview import Overview
from maps import tiles
from maps.bar import bar
from maps.board import legend_sample
from maps.hues import Hues, hues, variables
from maps.inline import part, policy, rendered
from maps.labels import language, say
from maps.look import USUAL, Look
from maps.status import STYLES
from maps.svg import FONTS

_BAR = (520.0, 36.0)


def page(overview: Overview, look: Look = USUAL, files: Mapping[str, str] | None = None, stills: Mapping[str, str] | None = None) -> str:
    """A complete HTML document. ``files``: chain → name of its page beside this one; else each leads to its part of this page,
    for which ``stills`` has its picture (an SVG of ours). Same input, same text.

    Raises LiantuError for another language or theme.
    """
    lang, colours = look.lang, hues(look.theme)
    language(lang)
    style = variables(colours) + part("overview.css")
    addresses = _addresses(overview, files)
    shown = [_tile(words, address, (stills or {}).get(tile.chain, ""), lang, colours)
             for tile, words, address in zip(overview.rows, tiles.told(overview, lang), addresses, strict=True)]
    legend = [{"name": say(key, lang), "sample": Markup(legend_sample(key, colours))} for key in STYLES if key != "boundary"]
    return rendered("overview.html", lang=lang, theme=look.theme, audience=overview.audience,
                    say=lambda key: say(key, lang), title=tiles.title(overview, lang),
                    meta=tiles.meta(overview, lang), legend=legend, tiles=shown, notes=tiles.notes(overview, lang),
                    style=Markup(style), policy=policy(style))


def _addresses(overview: Overview, files: Mapping[str, str] | None) -> list[str]:
    """Always relative, and never made of a name as it is: a file's name is percent-encoded, a part of the page is numbered."""
    if files is None:
        return [f"#chain-{i}" for i, _ in enumerate(overview.rows, 1)]
    return [quote(files[tile.chain]) for tile in overview.rows]


def _tile(words: tiles.Words, address: str, still: str, lang: str, colours: Hues) -> dict[str, object]:
    spoken = say("list_comma", lang).join(f"{say(status, lang)} {n}" for status, n in words.counts.items() if n)
    return {"words": words, "address": address, "spoken": spoken, "bar": Markup(_bar(words, colours)), "still": Markup(still)}


def _bar(words: tiles.Words, colours: Hues) -> str:
    width, height = _BAR
    root = Xml.Element("svg", {"viewBox": f"0 0 {width:g} {height:g}", "font-family": FONTS, "aria-hidden": "true"})
    bar(root, words.counts, (0.0, 0.0, width, height), 20.0, colours)
    return Xml.tostring(root, encoding="unicode")
