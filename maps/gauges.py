"""The figures of a chain as a whole, beside its profile: bottleneck, completeness, sufficiency, published goals."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.parts import ChainFigures
from maps.easel import FIGURE, HEAD, ITEM, Easel
from maps.figures import percent, sized
from maps.labels import say
from maps.prose import Item

_BIG, _CELL, _BAR = 40.0, 24.0, 18.0


def gauges(easel: Easel, figures: ChainFigures, neck: Sequence[str], x: float, y: float, width: float) -> float:
    """One below the other on a ground of their own; the y below."""
    ground = easel.group(class_="gauges")
    inner, room = x + 22, width - 44
    bottom = _neck(easel, neck, inner, y + 18, room)
    bottom = _completeness(easel, figures, inner, bottom + 24, room)
    bottom = _sufficiency(easel, figures, inner, bottom + 24, room)
    bottom = _goals(easel, figures, inner, bottom + 24, room)
    easel.rect(x, y, width, bottom + 20 - y, ground, fill=easel.ink.track, rx="10")
    return bottom + 20


def _neck(easel: Easel, neck: Sequence[str], x: float, y: float, room: float) -> float:
    first = Item(neck[0], HEAD + 4, easel.ink.bad if len(neck) > 1 else easel.ink.text, True, 4)
    return easel.paragraphs([first, *(Item(text, ITEM, easel.ink.text, after=2) for text in neck[1:])], x, y, room)


def _headed(easel: Easel, key: str, big: str, x: float, y: float, room: float) -> float:
    """A rule, and a heading with its figure large at the right; the y below."""
    easel.line([(x, y - 8), (x + room, y - 8)], easel.ink.rule, 2)
    easel.text(say(key, easel.look.lang), x, y + 30, HEAD, bold=True)
    if big:
        easel.text(big, x + room, y + 36, _BIG, easel.ink.text, True, "end")
    return y + 50


def _completeness(easel: Easel, figures: ChainFigures, x: float, y: float, room: float) -> float:
    """A cell a needed node: full where it stands, hollow where it does not, hatched where nobody knows."""
    lang, unlooked = easel.look.lang, len(figures.unlooked)
    share = figures.completeness
    y = _headed(easel, "profile_completeness", say("unknown_figure", lang) if share is None else percent(share), x, y, room)
    absent = figures.needed - figures.standing - unlooked
    a_row = max(1, int(room // (_CELL + 6)))
    for i, state in enumerate(["stands"] * figures.standing + ["absent"] * absent + ["unknown"] * unlooked):
        left, top = x + (i % a_row) * (_CELL + 6), y + (i // a_row) * (_CELL + 6)
        if state == "unknown":
            easel.hatched(left, top, _CELL, _CELL)
        elif state == "stands":
            easel.rect(left, top, _CELL, _CELL, fill=easel.ink.supply, class_="cell stands")
        else:
            easel.rect(left, top, _CELL, _CELL, fill=easel.ink.ground, stroke=easel.ink.bad, stroke_width="2.5", class_="cell absent")
    y += ((max(1, figures.needed) - 1) // a_row + 1) * (_CELL + 6) + 4
    words = say("profile_cells", lang, figures.needed, figures.standing, absent, unlooked)
    return easel.paragraphs([Item(words, FIGURE, easel.ink.quiet)], x, y, room)


def _sufficiency(easel: Easel, figures: ChainFigures, x: float, y: float, room: float) -> float:
    lang, share = easel.look.lang, figures.sufficiency
    y = _headed(easel, "profile_sufficiency", say("unknown_figure", lang) if share is None else percent(share), x, y, room)
    if share is None:
        easel.hatched(x, y, room, _BAR)
    else:
        easel.rect(x, y, room, _BAR, fill=easel.ink.ground)
        easel.rect(x, y, room * min(1.0, share), _BAR, fill=easel.ink.supply, class_="sufficiency")
    words = say("profile_priced", lang, len(figures.priced)) if figures.priced else say("profile_unpriced", lang)
    return easel.paragraphs([Item(words, FIGURE, easel.ink.quiet)], x, y + _BAR + 8, room)


def _goals(easel: Easel, figures: ChainFigures, x: float, y: float, room: float) -> float:
    """What the region itself published for the chain."""
    lang = easel.look.lang
    y = _headed(easel, "profile_goals", "" if figures.published else "—", x, y, room)
    if not figures.published:
        return easel.paragraphs([Item(say("profile_no_goals", lang), FIGURE, easel.ink.quiet)], x, y, room)
    told = [say("profile_goal", lang, p.indicator, sized(p.goal.value, p.goal.unit, lang), p.goal.due) for p in figures.published]
    return easel.paragraphs([Item(text, ITEM, easel.ink.text, after=4) for text in told], x, y, room)
