"""The head of a still map: title, what it is of and when, legend."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.picture import Picture
from maps import titles
from maps.faces import Face, Text
from maps.flow import Area
from maps.labels import say
from maps.names import has_masters
from maps.places import Box
from maps.status import BUILDING_MARK, STYLES
from maps.text import clip, ems, wrap
from maps.themes import LIGHT, Theme

_SAMPLE = (34.0, 26.0)


@dataclass(frozen=True, slots=True)
class LineSample:
    """An edge of that kind in the legend, from x to x + w."""

    kind: str
    x: float
    y: float
    w: float


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the map; ``bottom`` is where it ends."""

    texts: tuple[Text, ...]
    samples: tuple[Face, ...]
    lines: tuple[LineSample, ...]
    bottom: float


def head(picture: Picture, lang: str, theme: Theme, area: Area, sizes: tuple[float, float, float]) -> Head:
    """``sizes`` are those of title, meta and legend. As high with goals as without, so that both maps lie on each other."""
    title, meta, small = sizes
    texts, y = _title(picture, lang, theme, area, title, meta)
    samples, lines, words, y = _legend(picture, lang, theme, area, y, small)
    return Head((*texts, *words), tuple(samples), tuple(lines), y)


def _title(
    picture: Picture, lang: str, theme: Theme, area: Area, size: float, small: float
) -> tuple[list[Text], float]:
    """The title, and what it is of and when beside it, or below where there is no room."""
    name = titles.title(picture.panorama, lang)
    if picture.prospect is not None:
        due = picture.prospect.due
        name = titles.prospect(picture.panorama, lang)
        name += f" · {say('target_day', lang, due.isoformat())}" if due else ""
    plain = clip(name, area.w, size)
    texts = [Text(plain, area.x, area.y + size * 0.9, size, theme.ink, True, "start")]
    meta = "  ·  ".join([*titles.meta(picture.panorama, lang), titles.source_count(picture.panorama, lang)])
    longest = max(ems(titles.title(picture.panorama, lang)), ems(titles.prospect(picture.panorama, lang)) + 10) * size
    room = area.w - longest - 40
    rows = wrap(meta, room, small) if room > 30 * small else []
    if 0 < len(rows) <= 2:
        base = area.y + size * 0.86 - (len(rows) - 1) * small * 1.1
        right = area.x + area.w
        texts += [Text(r.strip(" ·"), right, base + i * small * 1.25, small, theme.quiet, anchor="end") for i, r in enumerate(rows)]
        return texts, area.y + size * 1.28
    y = area.y + size * 1.2
    for row in wrap(meta, area.w, small):
        y += small * 1.3
        texts.append(Text(row.strip(" ·"), area.x, y - small * 0.3, small, theme.quiet, anchor="start"))
    return texts, y + small * 0.4


def _legend(
    picture: Picture, lang: str, theme: Theme, area: Area, top: float, size: float
) -> tuple[list[Face], list[LineSample], list[Text], float]:
    """Every status with its count, then every kind of edge; set in rows."""
    samples, lines, words = [], [], []
    x, y, (w, h) = area.x, top, _SAMPLE
    entries = [(key, f"{name} {n}") for key, name, n in titles.legend(picture.panorama, lang)]
    entries += [(kind, say(kind, lang)) for kind in titles.LINES]
    entries += [("", say("master", lang))] if has_masters(picture.panorama) else []
    for key, label in entries:
        lead = w + 8 if key else 0.0
        wide = lead + ems(label) * size + 16
        if x + wide > area.x + area.w + 16 and x > area.x:
            x, y = area.x, y + h + 8
        if key in STYLES:
            samples.append(sample(key, x, y, w, h, theme))
        elif key:
            lines.append(LineSample(key, x, y + h / 2, w))
        words.append(Text(clip(label, area.w, size), x + lead, y + h / 2 + size * 0.36, size, theme.ink, anchor="start"))
        x += wide
    return samples, lines, words, y + h + 10


def sample(key: str, x: float, y: float, w: float, h: float, theme: Theme = LIGHT) -> Face:
    """A small box of that status, its mark in the middle; ◆ beside the ringed ×."""
    style, box = theme.styles[key], Box("", x, y, w, h, 0, "", key == "boundary", (), 0)
    middle, base = x + w / 2, y + h / 2 + 7
    ink = style.on_strip if style.strip else style.line
    if style.ringed:
        marks = (Text(style.mark, x + 11, base - 1, 20, ink, True), Text(BUILDING_MARK, x + 26, base, 20, theme.building))
        return Face(box, key, style, marks, (x + 11, y + h / 2, 8.5))
    return Face(box, key, style, (Text(style.mark, middle, base, 20, ink, True),) if style.mark else (), None)
