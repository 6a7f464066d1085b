"""The profile of the main lane (主链剖面): how wide each stage is against the widest, and the figures of the chain beside it.

Widths are supplies in equivalents of the final product. A stage of which nobody knows the width is hatched, and one that
is known to be 0 is drawn as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as Xml

from analysis.answers import GapRow
from analysis.parts import Lane, Source
from analysis.picture import Picture
from graph.harmless import clean
from maps import labels, titles
from maps.easel import FIGURE, HEAD, ITEM, MARGIN, SMALL, Drawn, Easel
from maps.figures import amount, percent, sized
from maps.foot import foot, meta
from maps.gauges import gauges
from maps.labels import say
from maps.look import USUAL, Look
from maps.prose import Item
from maps.status import BREAKS, mark, rows_of, status
from maps.text import ems, fit

SLOT, SIDE, HIGH, PLATE = 150.0, 480.0, 640.0, 0.62
"""px: a stage at least, the figures at the side, the widest stage; and the part of a slot that is the stage itself."""
UNKNOWN = 0.3
"""Height of a hatched stage against the widest: it says nothing, and the legend says so."""
_BIG = 30.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as it is drawn, px: its plate from x, w wide, h high round the middle; ``wide`` None: unknown."""

    lane: Lane
    row: GapRow | None
    x: float
    w: float
    wide: float | None


def profile(picture: Picture, look: Look = USUAL) -> Drawn:
    """The complete drawing. Same input, same text. Raises ``LiantuError`` for another language."""
    panorama, lang = picture.panorama, look.lang
    labels.language(lang)
    figures = panorama.gaps.figures
    lanes = figures.profile if figures else ()
    width = max(1920.0, SLOT * len(lanes) + SIDE + 3 * MARGIN)
    easel = Easel("profile", width, title(picture, lang), look)
    rows = rows_of(panorama)
    sources = _sources(picture, lanes, rows)
    y = easel.head(title(picture, lang), meta(panorama, sources, lang))
    earlier = _earlier(picture)
    day = picture.before.gaps.as_of if picture.before and earlier else None
    y = _legend(easel, y, lanes, day)
    slot = (width - SIDE - 3 * MARGIN) / max(1, len(lanes))
    stages = tuple(_stage(lane, rows.get(lane.node), MARGIN + slot * i, slot) for i, lane in enumerate(lanes))
    middle = y + 120 + HIGH / 2
    bottom = _lane(easel, stages, earlier, middle, slot) if lanes else _nothing(easel, y)
    side = gauges(easel, figures, neck_words(lanes, lang), width - MARGIN - SIDE, y + 6, SIDE) if figures else y
    return easel.finish(foot(easel, panorama, sources, max(bottom, side) + 14))


def title(picture: Picture, lang: str) -> str:
    return clean(labels.title(clean(picture.panorama.gaps.chain), lang, "profile_title"))


def narrowest(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """The bottleneck: the narrowest of the stages that are known; several where they are equally narrow.

    None where fewer than two are known, or all are equally wide.
    """
    known = [lane for lane in lanes if lane.equivalent is not None]
    sizes = [lane.equivalent for lane in known if lane.equivalent is not None]
    if len(known) < 2 or min(sizes) == max(sizes):
        return ()
    return tuple(lane for lane in known if lane.equivalent == min(sizes))


def neck_words(lanes: Sequence[Lane], lang: str) -> tuple[str, ...]:
    """The bottleneck named, with how narrow it is, what comes next, and among how many; sentences."""
    known = [lane for lane in lanes if lane.equivalent is not None]
    among = [say("profile_among", lang, len(known), len(lanes) - len(known))] if len(known) < len(lanes) else []
    if not lanes:
        return (say("profile_none", lang),)
    found = narrowest(lanes)
    if not found:
        return (say("profile_no_neck" if len(known) < 2 else "profile_even", lang), *among)
    named = say("list_comma", lang).join(clean(lane.node) for lane in found)
    widest = max(known, key=lambda lane: lane.equivalent or 0.0)
    words = say("profile_neck_words", lang, named, sized(found[0].equivalent, found[0].unit, lang), clean(widest.node),
                percent(found[0].share or 0.0))
    rest = sorted((lane for lane in known if lane not in found), key=lambda lane: lane.equivalent or 0.0)
    after = [say("profile_next", lang, f"{clean(rest[0].node)} {percent(rest[0].share or 0.0)}")] if len(rest) > 1 else []
    return (say("profile_neck", lang, named), words, *after, *among)


def _stage(lane: Lane, row: GapRow | None, x: float, slot: float) -> Stage:
    w = slot * PLATE
    wide = None if lane.equivalent is None else HIGH * (lane.share or 0.0)
    return Stage(lane, row, x + (slot - w) / 2, w, wide)


def _earlier(picture: Picture) -> dict[str, float]:
    """Width on the earlier day in the scale of this one; nothing where the units differ or one is unknown."""
    figures, before = picture.panorama.gaps.figures, picture.before.gaps.figures if picture.before else None
    widest = max((lane.equivalent or 0.0 for lane in figures.profile), default=0.0) if figures else 0.0
    if not before or not figures or not widest:
        return {}
    units = {lane.unit for lane in figures.profile}
    return {lane.node: HIGH * lane.equivalent / widest for lane in before.profile
            if lane.equivalent is not None and lane.unit in units}


def _lane(easel: Easel, stages: Sequence[Stage], earlier: dict[str, float], middle: float, slot: float) -> float:
    """The band with its stages, their figures above and their names below; the y below."""
    necks = {lane.node for lane in narrowest([s.lane for s in stages])}
    left, right = stages[0].x, stages[-1].x + stages[-1].w
    easel.line([(left - 10, middle), (right + 10, middle)], easel.ink.rule, 1.5, "3 6")
    for one, other in pairwise(stages):
        _between(easel, one, other, middle)
    floor = middle + max([HIGH / 2, *(e / 2 for e in earlier.values())]) + 40
    ends = [floor]
    for stage in stages:
        group = easel.group(stage.lane.node, class_="stage")
        _plate(easel, stage, middle, stage.lane.node in necks, group)
        if stage.lane.node in earlier:
            _outline(easel, stage, earlier[stage.lane.node], middle, group)
        _figures(easel, stage, middle, stage.lane.node in necks, slot, group)
        ends.append(_name(easel, stage, floor, slot, group))
    return max(ends)


def _between(easel: Easel, one: Stage, other: Stage, middle: float) -> None:
    """From the width of one stage to that of the next; nothing where one of them is unknown."""
    if one.wide is None or other.wide is None:
        return
    a, b, x, z = one.wide / 2, other.wide / 2, one.x + one.w, other.x
    turn = (x + z) / 2
    path = (f"M{x:.1f} {middle - a:.1f}C{turn:.1f} {middle - a:.1f} {turn:.1f} {middle - b:.1f} {z:.1f} {middle - b:.1f}"
            f"V{middle + b:.1f}C{turn:.1f} {middle + b:.1f} {turn:.1f} {middle + a:.1f} {x:.1f} {middle + a:.1f}Z")
    easel.shape(path, fill=easel.ink.variants, fill_opacity="0.55", class_="between")


def _plate(easel: Easel, stage: Stage, middle: float, neck: bool, into: Xml.Element) -> None:
    if stage.wide is None:
        easel.hatched(stage.x, middle - HIGH * UNKNOWN / 2, stage.w, HIGH * UNKNOWN, into)
    elif stage.wide:
        colour = easel.ink.bad if neck else easel.ink.supply
        easel.rect(stage.x, middle - stage.wide / 2, stage.w, stage.wide, into, fill=colour, class_="width")
    else:
        easel.line([(stage.x, middle), (stage.x + stage.w, middle)], easel.ink.bad, 4, "10 6", into, class_="zero")
        centre = stage.x + stage.w / 2
        easel.circle(centre, middle, 22, into, fill=easel.ink.ground, stroke=easel.ink.bad, stroke_width="4")
        easel.text("×", centre, middle + 11, 32, easel.ink.bad, True, "middle", into)


def _outline(easel: Easel, stage: Stage, wide: float, middle: float, into: Xml.Element) -> None:
    """The width on the earlier day: a dashed outline, a stroke where it was 0."""
    x, w, half = stage.x - 5, stage.w + 10, max(wide / 2, 1.0)
    easel.rect(x, middle - half, w, 2 * half, into, fill="none", stroke=easel.ink.text, stroke_width="2.5",
               stroke_dasharray="7 5", class_="earlier")


def _figures(easel: Easel, stage: Stage, middle: float, neck: bool, slot: float, into: Xml.Element) -> None:
    """Share and size above the plate."""
    lang, lane, x = easel.look.lang, stage.lane, stage.x + stage.w / 2
    high = HIGH * UNKNOWN if stage.wide is None else max(stage.wide, 44.0)
    top, colour = middle - high / 2 - 14, easel.ink.bad if neck else easel.ink.text
    words = say("unknown_figure", lang) if lane.equivalent is None else sized(lane.equivalent, lane.unit, lang)
    shown = fit(words, slot - 8, HEAD, SMALL, 1)
    easel.text(shown.lines[0], x, top, shown.size, colour if stage.wide is not None else easel.ink.quiet, True, "middle", into)
    if lane.share is not None:
        easel.text(percent(lane.share), x, top - 30, _BIG, colour, True, "middle", into)
    if neck:
        tag = say("profile_neck_here", lang)
        wide = ems(tag) * ITEM + 24
        easel.rect(x - wide / 2, top - 96, wide, 34, into, fill=easel.ink.bad, rx="17", class_="neck")
        easel.text(tag, x, top - 72, ITEM, easel.ink.ground, True, "middle", into)


def _name(easel: Easel, stage: Stage, y: float, slot: float, into: Xml.Element) -> float:
    """Name, verdict and the stage's own figure below the band; the y below."""
    lang, x = easel.look.lang, stage.x + stage.w / 2
    found = status(stage.row)
    colour = easel.ink.bad if found in BREAKS else easel.ink.text
    name = fit(clean(stage.lane.node) or "?", slot - 10, HEAD, ITEM, 2)
    for line in name.lines:
        easel.text(line, x, y, name.size, colour, True, "middle", into)
        y += name.size * 1.2
    words = f"{mark(found)} {labels.verdict(stage.row.verdict if stage.row else 'unknown', lang)}".strip()
    own = say("profile_own", lang, amount(stage.row.supply if stage.row else None, lang))
    for line in (words, own):
        shown = fit(clean(line), slot - 10, FIGURE, SMALL, 2)
        for part in shown.lines:
            easel.text(part, x, y, shown.size, easel.ink.quiet if line is own else colour, anchor="middle", into=into)
            y += FIGURE * 1.35
    return y


def _nothing(easel: Easel, y: float) -> float:
    easel.text(say("profile_none", easel.look.lang), MARGIN, y + 40, HEAD)
    return y + 70


def _legend(easel: Easel, y: float, lanes: Sequence[Lane], before: date | None) -> float:
    """A key to every form, and what a width is; the y below. ``before``: the earlier day, where it is drawn."""
    lang, x, m = easel.look.lang, MARGIN, y + 13
    keys = ["width", "neck", "zero", "unknown", *(["widest"] if before else [])]
    for key in keys:
        words = say("hatched" if key == "unknown" else f"key_{key}", lang, before)
        if key == "unknown":
            easel.hatched(x, m - 11, 38, 22)
        elif key == "zero":
            easel.line([(x, m), (x + 38, m)], easel.ink.bad, 4, "10 6")
            easel.text("×", x + 19, m + 8, 24, easel.ink.bad, True, "middle")
        elif key == "widest":
            easel.rect(x, m - 10, 38, 20, fill="none", stroke=easel.ink.text, stroke_width="2.5", stroke_dasharray="7 5")
        else:
            easel.rect(x, m - 11, 38, 22, fill=easel.ink.bad if key == "neck" else easel.ink.supply)
        easel.text(words, x + 46, m + 7, ITEM)
        x += 46 + ems(words) * ITEM + 26
    unit = next((lane.unit for lane in lanes if lane.unit), "")
    items = [Item(say("profile_unit", lang, clean(unit)), FIGURE, easel.ink.quiet)] if unit else []
    return easel.paragraphs(items, MARGIN, y + 40, easel.width - 2 * MARGIN - SIDE) + 4


def _sources(picture: Picture, lanes: Sequence[Lane], rows: dict[str, GapRow]) -> list[Source]:
    """Those of the stages, the newest first."""
    of = {s.id for lane in lanes if lane.node in rows for s in rows[lane.node].sources}
    return [s for s in titles.sources(picture.panorama) if s.id in of]
