"""What the scripts of the page draw, as plain data: places once, what the boxes show on every day and towards the goals."""

from __future__ import annotations

from dataclasses import asdict, astuple
from typing import Any

from analysis.answers import Panorama
from analysis.picture import Picture
from maps import labels, titles
from maps.days import on_days
from maps.faces import band_text, faces, lane_texts
from maps.labels_page import MONTHS
from maps.measure import DESK
from maps.network import network
from maps.packing import packed
from maps.page_target import target
from maps.panel import panels
from maps.places import Layout, Route
from maps.states import PIPES, States
from maps.status import BREAKS, BUILDING_MARK, GAPS, STYLES
from maps.svg import FONTS
from maps.themes import THEMES, Theme

SAID = ("and_others", "as_asked", "as_of", "as_of_below", "back", "changed", "changes", "closed", "dark", "flags",
        "found", "gaps", "gaps_then", "goal_here", "hide_panel", "left", "light", "list_comma", "no_changes", "no_node",
        "no_gaps", "on_day", "opened", "play", "show_panel", "stop", "unknowns")
"""Labels that the scripts put in, their braces still open."""


def page_data(picture: Picture, layout: Layout, lang: str) -> dict[str, Any]:
    """See draw.js, panel.js, filter.js, time.js, side.js and page.js for what each part is for."""
    panorama = picture.panorama
    states = States(lang)
    index = {n.node: i for i, n in enumerate(panorama.nodes)}
    now = states.of(panorama, layout)
    drawn = faces(panorama, layout, lang)
    lanes = [lane.name for lane in layout.lanes]
    parts = {
        "width": layout.width, "height": layout.height,
        "bands": [asdict(b) | {"text": astuple(band_text(b, lang))} for b in layout.bands],
        "lanes": [asdict(lane) | {"texts": [astuple(t) for t in lane_texts(lane, lang)]} for lane in layout.lanes],
        "boxes": [{"x": b.x, "y": b.y, "w": b.w, "h": b.h, "lane": lanes.index(b.lane), "judged": not b.boundary} for b in layout.boxes],
        "routes": [_route(r, index) for r in layout.routes],
        "network": network(layout, drawn),
        "now": [now[n.node] for n in panorama.nodes],
        "time": _time(picture, layout, states, index),
        "target": target(picture, layout, states, index, lang),
    }
    return {**short(parts), "states": packed(short(states.known)), "panels": panels(panorama, lang), **_words(panorama, lang)}


def _words(panorama: Panorama, lang: str) -> dict[str, Any]:
    styles = {key: {"width": s.width, "dash": s.dash, "strip": DESK.strip if s.strip else 0} for key, s in STYLES.items()}
    return {
        "fonts": FONTS, "lang": lang, "styles": styles, "pipes": PIPES, "gaps": GAPS, "breaks": BREAKS, "drawn": titles.DRAWN,
        "lines": {key: {"width": style.width, "dash": style.dash} for key, style in THEMES["light"].lines.items()},
        "themes": {name: _colours(theme, name == "dark") for name, theme in THEMES.items()}, "built": BUILDING_MARK,
        "labels": {key: labels.LABELS[key][labels.language(lang)] for key in SAID},
        "as_of": panorama.gaps.as_of.isoformat(), "months": MONTHS if lang == "en" else (),
    }


def _colours(theme: Theme, dark: bool) -> dict[str, Any]:
    """A theme as the scripts want it; accent, shadow and what changed on a day are the page's own."""
    own = {"accent": "#8fc0ff", "shadow": "rgba(120, 180, 255, 0.6)", "changed": "#ffb000"} if dark else \
        {"accent": "#0b3d91", "shadow": "rgba(15, 40, 80, 0.45)", "changed": "#e08a00"}
    return {
        "head": theme.head, "lane": theme.lane, "halo": theme.halo, "building": theme.building, "bands": dict(theme.bands),
        "other": theme.other, "lines": {key: style.ink for key, style in theme.lines.items()},
        "styles": {key: {"fill": s.fill, "line": s.line, "ink": s.ink, "strip": s.on_strip} for key, s in theme.styles.items()},
        "rings": {key: asdict(style) for key, style in theme.rings.items()}, **own,
    }


def _route(route: Route, index: dict[str, int]) -> dict[str, Any]:
    """``kind`` is that of an edge whose source stands; what comes from a gap is told by the state of the day."""
    return {"from": index[route.upstream], "to": index[route.downstream], "points": route.points, "joints": route.joints,
            "kind": titles.line_kind(route.feedback, route.essential, "")}


def _time(picture: Picture, layout: Layout, states: States, index: dict[str, int]) -> dict[str, Any] | None:
    """The days, and for each the boxes that changed with their states; the first has all."""
    if picture.timeline is None or len(picture.timeline.days) < 2:
        return None
    days = picture.timeline.days
    changes = [states.of(then, layout, changed) for then, changed in on_days(picture.panorama, picture.timeline)]
    return {
        "days": [d.day.isoformat() for d in days],
        "changes": [[[index[node], number] for node, number in found.items()] for found in changes],
        "opened": [[index[n] for n in d.opened if n in index] for d in days],
        "closed": [[index[n] for n in d.closed if n in index] for d in days],
    }


def short(value: Any) -> Any:
    """Coordinates with one decimal."""
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items()}
    return [short(v) for v in value] if isinstance(value, list | tuple) else value
