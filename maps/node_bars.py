"""One node as bars: its name with its verdict, the bars over each other, each with its figure at the right."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from graph.harmless import clean
from maps import labels
from maps.easel import FIGURE, ITEM, SMALL, Easel
from maps.figures import number, percent, sized
from maps.labels import say
from maps.quantities import STAGES, Bar, Measured
from maps.status import BREAKS, BUILDING_MARK, STYLES
from maps.text import fit
from maps.themes import theme

LINE, NAME_LINE, NAME, WORDS = 22.0, 30.0, 208.0, 300.0
"""px: a bar with its text, a name; the name left and the figures right of a track."""
THICK, THIN, STUB, LEAST = 15.0, 8.0, 84.0, 2.0
"""px: the bars of supply and demand, of a stage, of what is unknown; and of what is above 0 at least."""


def high(row: Measured) -> float:
    """px of a node's track."""
    return max(NAME_LINE, LINE * len(row.bars))


def draw_node(easel: Easel, row: Measured, x: float, y: float, wide: float) -> None:
    """The name with its verdict at the left, then the bars over each other, each with its figure at the right."""
    found, lang = row.bars, easel.look.lang
    tall = high(row)
    group = easel.group(row.row.node, class_="node")
    _name(easel, row, x, y, group)
    left, room = x + NAME, wide - NAME - WORDS
    easel.rect(left, y, room, tall - 3, group, fill=easel.ink.track)
    easel.line([(left, y), (left, y + tall - 3)], easel.ink.quiet, 1.5, into=group)
    y += (tall - LINE * len(found)) / 2
    for i, bar in enumerate(found):
        _bar(easel, row, bar, left, y + i * LINE, room, group)
        words = fit(clean(told(row, bar, lang)), WORDS - 14, FIGURE, SMALL, 1)
        easel.text(words.lines[0], left + room + 14, y + i * LINE + 16, words.size, into=group)
    if row.before is not None:
        earlier_mark(easel, left + row.share(row.before) * room, y, group)


def _name(easel: Easel, row: Measured, x: float, y: float, group: Xml.Element) -> None:
    style, lang = STYLES[row.status], easel.look.lang
    colour = easel.ink.bad if row.status in BREAKS else easel.ink.text
    name = fit(clean(row.row.node) or "?", NAME - 44, ITEM + 2, ITEM, 1)
    easel.text(style.mark, x + 14, y + 19, ITEM if len(style.mark) == 1 else SMALL, colour, True, "middle", group)
    if style.ringed:
        easel.text(BUILDING_MARK, x + 14, y + 19 + LINE, ITEM, theme(easel.look.theme).building, True, "middle", group)
    easel.text(name.lines[0], x + 32, y + 19, name.size, colour, True, into=group)
    ratio = row.row.coverage.used if row.row.coverage else None
    if ratio is not None:
        below = fit(say("bars_ratio", lang, percent(ratio)), NAME - 44, FIGURE, SMALL, 1)
        easel.text(below.lines[0], x + 32, y + 19 + LINE, below.size, easel.ink.quiet, into=group)


def told(row: Measured, bar: Bar, lang: str) -> str:
    """The figure of a bar in words, with its unit."""
    made = _figure(bar, lang)
    if bar.kind == "supply":
        return say("bars_supply", lang, made)
    if bar.kind == "demand" and bar.value == 0:
        return say("bars_no_demand", lang)
    if bar.kind == "demand":
        return say("bars_demand", lang, made)
    if bar.kind == "goal":
        return say("bars_goal", lang, made, row.row.goal.due if row.row.goal else "")
    stage = labels.stage(bar.kind, lang)
    return say("bars_stage", lang, stage[:1].upper() + stage[1:], made)


def _figure(bar: Bar, lang: str) -> str:
    """``475 kt/a``, with its range, its own part, or what is unknown of it."""
    if bar.value is None:
        least = None if bar.at_least is None else say("bars_more", lang, sized(bar.at_least, bar.unit, lang))
        return least or say("unknown_figure", lang)
    shown = sized(bar.value, bar.unit, lang)
    if bar.low is not None and bar.high is not None and number(bar.low) != number(bar.high):
        shown = say("range", lang, shown, number(bar.low), number(bar.high))
    if bar.inner is not None:
        shown = say("bars_own", lang, shown, number(bar.inner))
    if bar.unsized:
        return say("bars_unsized", lang, shown, bar.unsized)
    return say("bars_more", lang, shown) if bar.more else shown


def _bar(easel: Easel, row: Measured, bar: Bar, x: float, y: float, room: float, into: Xml.Element) -> None:
    """``y`` is the top of its line. What is unknown is hatched, beyond what is known of it."""
    thick = THIN if bar.kind in STAGES else THICK
    top = y + (LINE - 3 - thick) / 2
    if not row.scaled(bar) or (bar.value is None and not bar.known):
        easel.hatched(x + 3, top, STUB, thick, into)
        return
    length = max(LEAST, row.share(bar.known) * room) if bar.known else 0.0
    if bar.kind == "goal":
        goal_mark(easel, x + length, y, into)
        up = y - LINE * (len(row.bars) - 1)
        easel.line([(x + length, up), (x + length, y)], easel.ink.goal, 1.5, "4 4", into)
        return
    easel.rect(x, top, length, thick, into, fill=colour(easel, bar.kind), class_=f"bar {bar.kind}")
    if bar.inner is not None and bar.value:
        own = row.share(bar.inner) * room
        easel.rect(x + own, top, length - own, thick, into, fill=easel.ink.variants, class_="variants")
    if bar.value is None or bar.more:
        easel.hatched(x + min(length, room - STUB / 2), top, STUB / 2, thick, into)
    if bar.value == 0 and bar.kind != "demand":  # where nothing here takes it there is no demand, in words
        zero_mark(easel, x, y, into, easel.ink.bad if bar.kind == "supply" else easel.ink.quiet)
    _whisker(easel, row, bar, x, top + thick / 2, room, into)


def colour(easel: Easel, kind: str) -> str:
    ink = easel.ink
    return {"supply": ink.supply, "demand": ink.demand, "在建": ink.building, "签约": ink.signed, "在谈": ink.talking}[kind]


def zero_mark(easel: Easel, x: float, y: float, into: Xml.Element, colour: str) -> None:
    """A thick stroke on the axis and the figure: it is known to be 0."""
    easel.line([(x, y + 1), (x, y + LINE - 4)], colour, 4, into=into, class_="zero")
    easel.text("0", x + 8, y + 16, FIGURE, colour, True, into=into)


def goal_mark(easel: Easel, x: float, y: float, into: Xml.Element) -> None:
    """A diamond on its line."""
    m = y + (LINE - 3) / 2
    path = f"M{x - 9:.1f} {m:.1f}L{x:.1f} {m - 9:.1f}L{x + 9:.1f} {m:.1f}L{x:.1f} {m + 9:.1f}Z"
    easel.shape(path, into, fill=easel.ink.goal, class_="goal")


def earlier_mark(easel: Easel, x: float, y: float, into: Xml.Element) -> None:
    """A hollow mark across the bar of supply: how much there was on the earlier day."""
    easel.line([(x, y - 2), (x, y + LINE - 1)], easel.ink.text, 3, into=into, class_="earlier")
    easel.line([(x - 5, y - 2), (x + 5, y - 2)], easel.ink.text, 3, into=into)


def _whisker(easel: Easel, row: Measured, bar: Bar, x: float, y: float, room: float, into: Xml.Element) -> None:
    if bar.low is None or bar.high is None or bar.low == bar.high:
        return
    a, b = x + row.share(bar.low) * room, x + row.share(bar.high) * room
    for points in ([(a, y), (b, y)], [(a, y - 6), (a, y + 6)], [(b, y - 6), (b, y + 6)]):
        easel.line(points, easel.ink.text, 2, into=into, class_="whisker")
