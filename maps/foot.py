"""The foot of a printed view: notes and sources. On a wall they would be too small, and only their number is told."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.answers import Panorama
from analysis.parts import Source
from maps import titles
from maps.easel import FIGURE, HEAD, MARGIN, SMALL, Easel
from maps.labels import say
from maps.prose import Item, height


def meta(panorama: Panorama, sources: Sequence[Source], lang: str) -> list[str]:
    """What the head tells beside the title: region, days, audience, scope, and how many sources there are."""
    return [*titles.meta(panorama, lang), say("source_count", lang, len(sources))]


def foot(easel: Easel, panorama: Panorama, sources: Sequence[Source], y: float) -> float:
    """Notes over the whole width, sources in columns; the height that the sheet then needs."""
    if easel.look.style == "wall":
        return y + MARGIN
    lang, ink = easel.look.lang, easel.ink
    notes = titles.notes(panorama, lang)
    if notes:
        items = [Item(say("notes", lang), HEAD - 2, ink.text, True, 6), *(Item(n, FIGURE, ink.quiet, after=2) for n in notes)]
        y = easel.turn(y, height(items, easel.width - 2 * MARGIN))
        y = easel.paragraphs(items, MARGIN, y, easel.width - 2 * MARGIN) + 14
    if sources:
        heading = Item(f"{say('sources', lang)} {len(sources)}", HEAD - 2, ink.text, True, 6)
        y = easel.paragraphs([heading], MARGIN, easel.turn(y, 6 * SMALL), easel.width)
        cited = [[Item(f"[{i}] {titles.source_text(s, lang)}", SMALL, ink.quiet, after=2)] for i, s in enumerate(sources, 1)]
        y = easel.columns(cited, y, max(1, min(len(cited), round(easel.width / 620))))
    return y + MARGIN
