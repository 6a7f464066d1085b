"""A whole sheet: head, map, lists; a wall is one screen of 16 : 9, print are pages of A3.

How full the boxes are and where the list stands is tried from the fullest on: what fits at full size is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.picture import Picture
from maps import appendix, boxes, titles
from maps.faces import Face, Text
from maps.flow import LEAD, Area, Flowed, Para, flow, need
from maps.labels import language, say
from maps.layout import box_width, height, place
from maps.lists import DETAILS, extras, lists
from maps.look import USUAL, Look
from maps.measure import PRINT, WALL, Measure
from maps.places import Box, Layout
from maps.sheet import Head, LineSample, head
from maps.status import statuses
from maps.targets import changes
from maps.themes import Theme, theme
from maps.words import LINES, Words, aimed, below, words

LARGEST = 1.5
"""A small chain is drawn larger, up to this."""
COLUMNS = 3
"""Of a list at the foot."""
AIR = (2.5, 2.2, 1.9, 1.6, 1.3)
"""How much more room between boxes is tried."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A style: size of the page in px, margin, sizes of title, meta, legend and list."""

    width: float
    height: float
    margin: float
    head: tuple[float, float, float]
    item: float
    measure: Measure
    foot: float
    side: float
    lines: int


KINDS = {
    "wall": Kind(1920.0, 1080.0, 22.0, (40.0, 20.0, 20.0), 20.0, WALL, 96.0, 400.0, 1),
    "print": Kind(1920.0, 1920.0 * 297 / 420, 34.0, (40.0, 18.0, 17.0), 16.0, PRINT, 120.0, 420.0, 3),
}
"""``foot`` and ``side`` are the least height and the width of the place for the list, ``lines`` those of a node with a goal."""


@dataclass(frozen=True, slots=True)
class Map:
    """The map itself: everything of ``layout`` is drawn ``scale`` times as large from x, y on.

    ``told`` is what the boxes say, ``faces`` where it stands; ``kinds`` are those of the routes, ``rings`` those of boxes.
    """

    x: float
    y: float
    scale: float
    layout: Layout
    faces: tuple[Face, ...]
    told: Mapping[str, Words]
    measure: Measure
    kinds: tuple[str, ...]
    rings: tuple[tuple[Box, str], ...]
    heads: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page; ``flowed`` is the list, or what else stands in columns."""

    flowed: Flowed
    texts: tuple[Text, ...] = ()
    samples: tuple[Face, ...] = ()
    lines: tuple[LineSample, ...] = ()
    map: Map | None = None


@dataclass(frozen=True, slots=True)
class Poster:
    """Pages of ``width`` × ``height`` px; the first holds the map."""

    title: str
    width: float
    height: float
    theme: Theme
    leaves: tuple[Leaf, ...]


_Spread = tuple[Measure, Layout]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way to fill the page: the measure with its lines, the layout, where map and list stand, and how large the map is."""

    fullness: str
    measure: Measure
    layout: Layout
    room: Area
    list: Area
    columns: int
    scale: float


def poster(picture: Picture, look: Look = USUAL, whole: bool = False) -> Poster:
    """The sheet; pages of evidence and sources follow in print, and on walls where ``whole`` asks for them.

    Raises ``LiantuError`` as ``maps.layout.place`` does, and for another language, style or theme.
    """
    language(look.lang)
    kind, colours = KINDS[look.style], theme(look.theme)
    page = Area(kind.margin, kind.margin * 0.7, kind.width - 2 * kind.margin, kind.height - 1.4 * kind.margin)
    top = head(picture, look.lang, colours, page, kind.head)
    rest = Area(page.x, top.bottom, page.w, page.y + page.h - top.bottom)
    plan = _plan(picture, look, kind, rest)
    first = _first(picture, look, kind, colours, top, plan)
    more = appendix.pages(picture, look.lang, colours, page, kind.item) if whole or look.style == "print" else []
    name = titles.prospect(picture.panorama, look.lang) if picture.prospect else titles.title(picture.panorama, look.lang)
    return Poster(name, kind.width, kind.height, colours, (first, *map(Leaf, more)))


def _plan(picture: Picture, look: Look, kind: Kind, rest: Area) -> _Plan:
    """The first that needs no shrinking; else the largest. Goals have no say in it: both maps have the same places."""
    colours, panorama = theme(look.theme), Picture(picture.panorama)
    told = {detail: lists(panorama, look.lang, colours, kind.item, detail) for detail in DETAILS}
    places = {detail: list(_places(picture, kind, rest, paras, detail == DETAILS[-1])) for detail, paras in told.items()}
    best: _Plan | None = None
    for fullness in LINES:
        spread: dict[float, _Spread | None] = {}
        for detail in DETAILS if fullness != "bare" else DETAILS[2:]:
            for room, area, columns in places[detail]:
                plan = _filled(picture, look, kind, room, area, columns, fullness, spread)
                if plan is not None and plan.scale >= 1:
                    return _aired(picture, plan)
                best = plan if plan is not None and (best is None or plan.scale > best.scale) else best
    assert best is not None
    return _aired(picture, best)


def _places(picture: Picture, kind: Kind, rest: Area, paras: list[Para], last: bool) -> Iterator[tuple[Area, Area, int]]:
    """Room for the map, place of the list, its columns: at the foot, then at the side."""
    high = need(paras, rest.w, COLUMNS, rest.h * 0.4)
    side = need(paras, kind.side, 1, rest.h)
    if last and high is None and side is None:
        high = rest.h * 0.25  # too long for any place: it will be cut
    if high is not None:
        foot = max(high, _goals_high(picture, kind, COLUMNS))
        yield replace(rest, h=rest.h - foot - 10), Area(rest.x, rest.y + rest.h - foot, rest.w, foot), COLUMNS
    if side is not None:
        left = rest.w - kind.side
        yield replace(rest, w=left - 24), Area(rest.x + left, rest.y, kind.side, rest.h), 1


def _goals_high(picture: Picture, kind: Kind, columns: int) -> float:
    """px that the lines of each node with a goal will take: on the panorama the room is filled with evidence."""
    lines = kind.lines * sum(r.goal is not None for r in picture.panorama.gaps.rows) + 4
    return min(max(kind.foot, -(-lines // columns) * kind.item * LEAD + 6), kind.height * 0.3)


def _filled(
    picture: Picture, look: Look, kind: Kind, room: Area, area: Area, columns: int, fullness: str,
    spread: dict[float, _Spread | None],
) -> _Plan | None:
    """None where the boxes are higher than the room; the thinnest are drawn in any case. ``spread`` remembers by width."""
    gutter = kind.measure.gutter if look.lang == "zh" else 2.8 * kind.measure.gutter  # English lanes are words across
    measure = replace(kind.measure, width=room.w, gutter=gutter)
    thinnest = fullness == list(LINES)[-1]
    if room.w not in spread:
        measure = replace(measure, below=below(words(picture.panorama, measure, fullness, look.lang)))
        fits = thinnest or height(picture.panorama, measure) <= room.h + kind.item * 4
        spread[room.w] = _spread(picture, look, measure, fullness) if fits else None
    found = spread[room.w]
    if found is None or not (thinnest or found[1].height <= room.h):
        return None
    measure, layout = found
    scale = min(room.w / layout.width, room.h / max(layout.height, 1.0), LARGEST)
    return _Plan(fullness, measure, layout, room, area, columns, scale)


def _spread(picture: Picture, look: Look, measure: Measure, fullness: str) -> _Spread:
    """Boxes as wide as the channels let them be: how wide those are is known once the lines are laid."""
    layout = place(picture.panorama, measure)
    over = layout.width - measure.width + 0.5
    if over <= 0.5 or not layout.columns:
        return measure, layout
    measure = replace(measure, channel=measure.channel + over / len(layout.columns))
    measure = replace(measure, below=below(words(picture.panorama, measure, fullness, look.lang)))
    return measure, place(picture.panorama, measure)


def _aired(picture: Picture, plan: _Plan) -> _Plan:
    """With more room between the boxes, where the page has it to spare."""
    m, most = plan.measure, plan.room.h / plan.scale
    for more in AIR:
        airy = replace(m, **{name: getattr(m, name) * more for name in ("box_gap", "lane_pad", "lane_gap")})
        if height(picture.panorama, airy) <= most:
            layout = place(picture.panorama, airy)
            if layout.width * plan.scale <= plan.room.w + 0.01:  # other places, other lines, other channels
                return replace(plan, measure=airy, layout=layout)
    return plan


def _first(picture: Picture, look: Look, kind: Kind, colours: Theme, top: Head, plan: _Plan) -> Leaf:
    found = _listed(picture, look, kind, colours, plan)
    return Leaf(found, top.texts, top.samples, top.lines, _map(picture, look, colours, plan))


def _listed(picture: Picture, look: Look, kind: Kind, colours: Theme, plan: _Plan) -> Flowed:
    """The list that says most of those that fit; the shortest is cut with a word that it is."""
    extra = extras(picture, look.lang, colours, kind.item)
    for detail in DETAILS:
        paras = lists(picture, look.lang, colours, kind.item, detail)
        for told in ([*paras, *extra], paras):
            found = flow(told, plan.list, plan.columns)
            if not found.rest:
                return found
    cut = Para(say("list_cut", look.lang), kind.item, colours.ink, True)
    line = kind.item * LEAD
    above = replace(plan.list, h=plan.list.h - line)
    found = flow(lists(picture, look.lang, colours, kind.item, DETAILS[-1]), above, plan.columns)
    last = flow([cut], Area(plan.list.x, above.y + above.h, plan.list.w, line), plan.columns)
    return Flowed((*found.texts, *last.texts), found.rings, (*found.blocks, *last.blocks), last.bottom, ())


def _map(picture: Picture, look: Look, colours: Theme, plan: _Plan) -> Map:
    measure, layout, lang, panorama = plan.measure, plan.layout, look.lang, picture.panorama
    found, changed, width = statuses(panorama), changes(picture, lang), box_width(panorama, measure)
    said = words(panorama, measure, plan.fullness, lang)
    told = {n.node: aimed(n, said[n.node], changed.get(n.node), measure, measure.text_width(width, n.boundary))
            for n in panorama.nodes}
    heads = [boxes.band_text(b, lang, measure, colours.head) for b in layout.bands]
    heads += [t for lane in layout.lanes for t in boxes.lane_texts(lane, lang, measure, colours.head, measure.sub)]
    x = plan.room.x + (plan.room.w - layout.width * plan.scale) / 2
    y = plan.room.y + (plan.room.h - layout.height * plan.scale) / 2
    return Map(x, y, plan.scale, layout, boxes.boxes(panorama, layout, told, measure, colours), told, measure,
               tuple(titles.line_kind(r.feedback, r.essential, found[r.upstream]) for r in layout.routes),
               tuple((b, changed[b.node].ring) for b in layout.boxes if b.node in changed), tuple(heads))
