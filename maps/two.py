"""The places of two days: one layout over the nodes and edges of both, and what of it stands on each."""

from __future__ import annotations

from dataclasses import replace

from analysis.answers import Panorama
from maps import boxes, titles
from maps.layout import place
from maps.look import Look
from maps.measure import WALL, Measure
from maps.places import Layout
from maps.poster import Map
from maps.status import statuses
from maps.themes import theme
from maps.words import Words, below, words

FULLNESS = "none"
"""Boxes say name and capacity or verdict, no firms: two maps stand on one sheet."""
_GAP = 15.0
"""px between two boxes: each may have a ring."""


def union(now: Panorama, before: Panorama) -> Panorama:
    """The chain with the nodes and edges of both days, those of the later day first: what is placed."""
    met, fed = {n.node for n in now.nodes}, {(f.upstream, f.downstream, f.role) for f in now.feeds}
    nodes = (*now.nodes, *(n for n in before.nodes if n.node not in met))
    feeds = (*now.feeds, *(f for f in before.feeds if (f.upstream, f.downstream, f.role) not in fed))
    return replace(now, nodes=nodes, feeds=feeds)


def placed(now: Panorama, before: Panorama, look: Look, width: float) -> tuple[Layout, Measure]:
    """The common layout, as wide as it may be where its channels let it.

    Every box is as high as what it says on either day needs. Raises ``LiantuError`` as ``maps.layout.place`` does.
    """
    both = union(now, before)
    measure = replace(WALL, width=width, gutter=WALL.gutter * (1 if look.lang == "zh" else 2.6), box_gap=_GAP)
    for _ in range(2):
        layout = place(both, replace(measure, below=_lines(now, before, measure, look.lang)))
        over = layout.width - width
        if over <= 0 or not layout.columns:
            break
        measure = replace(measure, channel=measure.channel + over / len(layout.columns))
    measure = replace(measure, below=_lines(now, before, measure, look.lang))
    return place(both, measure), measure


def _lines(now: Panorama, before: Panorama, measure: Measure, lang: str) -> dict[str, int]:
    one, other = (below(told(here(day, now, before), measure, lang)) for day in (now, before))
    return {node: max(lines, other[node]) for node, lines in one.items()}


def told(panorama: Panorama, measure: Measure, lang: str) -> dict[str, Words]:
    """One line for each box, the first of those that a map has: capacity, or the verdict of a gap."""
    found = words(panorama, measure, FULLNESS, lang)
    return {node: Words(said.beside, said.lines[:1]) for node, said in found.items()}


def here(day: Panorama, now: Panorama, before: Panorama) -> Panorama:
    """One of the days with all places of both: what its own nodes say, at the common places."""
    both = union(now, before)
    own = {n.node: n for n in day.nodes}
    nodes = tuple(replace(own.get(n.node, n), band=n.band, col=n.col, lane=n.lane, boundary=n.boundary) for n in both.nodes)
    return replace(day, nodes=nodes, feeds=both.feeds)


def half(layout: Layout, panorama: Panorama) -> Layout:
    """What of the common layout stands on one of the days."""
    own, fed = {n.node for n in panorama.nodes}, {(f.upstream, f.downstream) for f in panorama.feeds}
    return replace(layout, boxes=tuple(b for b in layout.boxes if b.node in own),
                   routes=tuple(r for r in layout.routes if (r.upstream, r.downstream) in fed))


def drawn(day: Panorama, now: Panorama, before: Panorama, layout: Layout, measure: Measure, look: Look) -> Map:
    """One of the days as a map, its origin at 0, 0."""
    whole, colours = here(day, now, before), theme(look.theme)
    stands, found = half(layout, day), statuses(whole)
    said = told(whole, measure, look.lang)
    heads = [boxes.band_text(b, look.lang, measure, colours.head) for b in layout.bands]
    heads += [t for lane in layout.lanes for t in boxes.lane_texts(lane, look.lang, measure, colours.head, measure.sub)]
    kinds = tuple(titles.line_kind(r.feedback, r.essential, found[r.upstream]) for r in stands.routes)
    return Map(0, 0, 1, stands, boxes.boxes(whole, stands, said, measure, colours), said, measure, kinds, (),
               tuple(heads))

