"""Time in one picture: the same chain on two days, every node in the same place, and what changed between them.

One layout over the nodes of both days. What changed is ringed and numbered on the later map and listed below it with day
and cause; what was so on the first day already and was only learned since is ringed on the earlier map and listed apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from analysis.answers import Panorama
from analysis.changes import Diff
from analysis.parts import Source
from analysis.picture import Picture
from graph.errors import LiantuError
from graph.harmless import clean
from maps import labels, moved, titles
from maps.easel import FIGURE, HEAD, ITEM, MARGIN, SCREEN, SMALL, Drawn, Easel
from maps.foot import foot, meta
from maps.labels import say
from maps.look import USUAL, Look
from maps.places import Box, Layout
from maps.prose import Item
from maps.sheet import sample
from maps.status import STYLES, counts
from maps.svg import draw_face, draw_map
from maps.text import ems
from maps.two import drawn, half, placed

STRIP, RING, BADGE, LEAST = 44.0, 4.0, 13.0, 0.8
"""px: the heading of a half, from a box to its ring, the radius of a number; how small a half may be to stay on a page."""


def pair(picture: Picture, look: Look = USUAL) -> Drawn:
    """The complete drawing. Same input, same text.

    Raises ``LiantuError`` where the picture has no earlier day, for another language, and as ``maps.layout.place`` does.
    """
    now, before, lang = picture.panorama, picture.before, look.lang
    labels.language(lang)
    if before is None:
        raise LiantuError("只有一天, 画不成两日对照 / two days are needed for this view", "给出 --from / give --from")
    layout, measure = placed(now, before, look, SCREEN[0] - 2 * MARGIN)
    sources = _sources(now, before, picture.diff)
    easel = Easel("pair", max(SCREEN[0], layout.width + 2 * MARGIN), title(picture, lang), look)
    y = _summary(easel, picture, before, easel.head(title(picture, lang), _meta(now, before, sources, lang)))
    y = _legend(easel, y)
    rows = picture.diff.rows if picture.diff else ()
    order = [b.node for b in sorted(layout.boxes, key=lambda b: (b.x, b.y))]
    numbers = moved.numbers(order, picture.diff) if picture.diff else {}
    for day, learned in ((before, True), (now, False)):
        y = _heading(easel, day, easel.turn(y, STRIP + layout.height * LEAST))
        scale = min(1.0, (easel.bottom - y) / layout.height)
        x = (easel.width - layout.width * scale) / 2
        group = easel.group(transform=f"translate({x:.1f} {y:.1f}) scale({scale:.4f})", id="pair-before" if learned else "pair-after")
        draw_map(group, drawn(day, now, before, layout, measure, look), easel.ink.theme)
        for box in layout.boxes:
            if box not in half(layout, day).boxes:
                _ghost(easel, box, group)
        _rings(easel, layout, moved.ringed(r for r in rows if r.learned is learned), numbers, learned, group)
        y += layout.height * scale + 20
    y = _list(easel, picture.diff, numbers, y)
    return easel.finish(foot(easel, now, sources, y + 6))


def title(picture: Picture, lang: str) -> str:
    return clean(labels.title(clean(picture.panorama.gaps.chain), lang, "pair_title"))


def _meta(now: Panorama, before: Panorama, sources: Sequence[Source], lang: str) -> list[str]:
    """Region, both days, and by whose knowledge each is drawn; audience, scope and sources."""
    region, _, _, *rest = meta(now, sources, lang)
    days = say("pair_days", lang, before.gaps.as_of, now.gaps.as_of)
    if now.gaps.known_by == before.gaps.known_by:
        return [region, days, say("pair_known", lang, now.gaps.known_by), *rest]
    return [region, *(say("pair_first", lang, p.gaps.as_of, p.gaps.known_by) for p in (before, now)), *rest]


def _summary(easel: Easel, picture: Picture, before: Panorama, y: float) -> float:
    """How many changes of which kind, and how many were only learned."""
    lang, diff = easel.look.lang, picture.diff
    if diff is None:
        told = [say("pair_no_diff", lang)]
    elif not diff.rows:
        told = [say("pair_nothing", lang)]
    else:
        real, learned = ([r for r in diff.rows if r.learned is flag] for flag in (False, True))
        parts = [f"{say('group_' + name, lang)} {n}" for name, kinds in moved.SECTIONS.items()
                 if (n := sum(moved.section(r.kind) == name for r in real))]
        told = [say("pair_changes", lang, len(real)) + (("：" if lang == "zh" else ": ") + " · ".join(parts) if parts else "")]
        told += [say("pair_learned", lang, len(learned), before.gaps.as_of)] if learned else []
    words = ("。" if lang == "zh" else ". ").join(told)
    return easel.paragraphs([Item(words, ITEM, easel.ink.text)], MARGIN, y, easel.width - 2 * MARGIN) + 8


def _heading(easel: Easel, panorama: Panorama, y: float) -> float:
    """The day of a half, and how many gaps and unknown nodes it has."""
    lang, found = easel.look.lang, counts(panorama)
    easel.rect(MARGIN, y, easel.width - 2 * MARGIN, STRIP, fill=easel.ink.head, rx="6")
    day = say("as_of", lang, panorama.gaps.as_of.isoformat())
    easel.text(day, MARGIN + 16, y + 33, HEAD + 4, bold=True)
    said = [say("known_by", lang, panorama.gaps.known_by.isoformat()),
            f"{say('gaps', lang)} {found['gap'] + found['building'] + found['extension']}", f"{say('unknown', lang)} {found['unknown']}"]
    easel.text("  ·  ".join(said), MARGIN + 16 + ems(day) * (HEAD + 4) + 28, y + 31, ITEM, easel.ink.quiet)
    return y + STRIP + 6


def _ghost(easel: Easel, box: Box, group: Xml.Element) -> None:
    """The place of a node that was not on the chain on that day."""
    easel.rect(box.x, box.y, box.w, box.h, group, fill="none", stroke=easel.ink.quiet, stroke_dasharray="2 6", rx="6")
    words = say("pair_absent", easel.look.lang)
    size = min(FIGURE, (box.w - 10) / ems(words))
    easel.text(words, box.x + box.w / 2, box.y + box.h / 2 + 6, size, easel.ink.quiet, anchor="middle", into=group)


def _rings(easel: Easel, layout: Layout, changed: dict[str, str], numbers: dict[str, int], learned: bool,
           group: Xml.Element) -> None:
    """A ring round each box with a change, and its number at the corner."""
    for box in (b for b in layout.boxes if b.node in changed):
        kind = "learned" if learned else changed[box.node]
        made = Xml.SubElement(group, "g", {"class": f"ring {kind}"})
        Xml.SubElement(made, "title").text = clean(box.node)
        _ring(easel, kind, box.x - RING, box.y - RING, box.w + 2 * RING, box.h + 2 * RING, made)
        _badge(easel, kind, str(numbers.get(box.node, "")), box.x + box.w + RING - 3, box.y - RING + 3, made)


def _colour(easel: Easel, kind: str) -> str:
    ink = easel.ink
    return {"opened": ink.bad, "closed": ink.supply, "moved": ink.ring, "learned": ink.learned}[kind]


def _ring(easel: Easel, kind: str, x: float, y: float, w: float, h: float, into: Xml.Element | None) -> None:
    dash = {"stroke_dasharray": "3 5"} if kind == "learned" else {}
    easel.rect(x, y, w, h, into, fill="none", stroke=_colour(easel, kind), stroke_width="4", rx="10", **dash)


def _badge(easel: Easel, kind: str, number: str, x: float, y: float, into: Xml.Element | None) -> None:
    easel.circle(x, y, BADGE + (4 if len(number) > 2 else 0), into, fill=_colour(easel, kind), stroke=easel.ink.ground, stroke_width="2")
    easel.text(number, x, y + 6, SMALL, easel.ink.ground, True, "middle", into)


def _legend(easel: Easel, y: float) -> float:
    """The rings, then every status of a box."""
    lang, x = easel.look.lang, MARGIN
    for kind in ("opened", "closed", "moved", "learned"):
        words = say(f"key_{kind}", lang)
        _ring(easel, kind, x + 2, y + 3, 34, 20, None)
        easel.text(words, x + 46, y + 20, ITEM)
        x += 46 + ems(words) * ITEM + 24
    for key in STYLES:
        words = say(key, lang)
        if x + 44 + ems(words) * ITEM > easel.width - MARGIN:
            x, y = MARGIN, y + 38
        draw_face(easel.root, sample(key, x, y, 34, 26, easel.ink.theme), strip=False)
        easel.text(words, x + 42, y + 20, ITEM)
        x += 42 + ems(words) * ITEM + 16
    return y + 44


def _list(easel: Easel, diff: Diff | None, numbers: dict[str, int], y: float) -> float:
    """What changed, under its headings, in columns; what was only learned below, apart."""
    if diff is None:
        return y
    lang = easel.look.lang
    real = moved.entries(diff, False)
    brief = easel.look.style == "wall"  # what is weighty has its day and cause; flags have them in print
    y = _entries(easel, [e for e in real if not brief or e.section != "flag"], numbers, y)
    if brief:
        y = _flags(easel, [e for e in real if e.section == "flag"], numbers, y)
    learned = moved.entries(diff, True)
    if learned:
        y = easel.turn(y, 8 * ITEM)
        n = sum(len(e.rows) for e in learned)
        easel.line([(MARGIN, y), (easel.width - MARGIN, y)], easel.ink.learned, 2, "3 5")
        heading = Item(say("pair_learned_list", lang, n, diff.from_), HEAD, easel.ink.learned, True, 6)
        y = easel.paragraphs([heading], MARGIN, y + 12, easel.width - 2 * MARGIN)
        y = _entries(easel, learned, numbers, y)
    return y


def _entries(easel: Easel, found: Sequence[moved.Entry], numbers: dict[str, int], y: float) -> float:
    lang, blocks, section = easel.look.lang, list[list[Item]](), ""
    for entry in found:
        block: list[Item] = []
        if entry.section != section:
            section = entry.section
            block.append(Item(say("group_" + section, lang), HEAD - 2, easel.ink.text, True, 6))
        block.append(Item(_numbered(entry, numbers) + moved.headline(entry, lang), FIGURE, easel.ink.text))
        block.append(Item(moved.why(entry, lang), SMALL, easel.ink.quiet, after=7))
        blocks.append(block)
    return easel.columns(blocks, y, max(2, round(easel.width / 640))) + 10 if blocks else y


def _flags(easel: Easel, found: Sequence[moved.Entry], numbers: dict[str, int], y: float) -> float:
    """A line a node: flags set and lifted, each with its day."""
    lang, lines = easel.look.lang, dict[str, list[str]]()
    for entry in found:
        lines.setdefault(_numbered(entry, numbers) + clean(entry.first.name), []).append(moved.dated(entry, lang))
    if not lines:
        return y
    y = easel.paragraphs([Item(say("pair_flags", lang), HEAD - 2, easel.ink.text, True, 4)], MARGIN, y, easel.width - 2 * MARGIN)
    colon = "：" if lang == "zh" else ": "
    blocks = [[Item(name + colon + say("list_comma", lang).join(told), FIGURE, easel.ink.text, after=4)] for name, told in lines.items()]
    return easel.columns(blocks, y, max(2, round(easel.width / 640))) + 10


def _numbered(entry: moved.Entry, numbers: dict[str, int]) -> str:
    marks = " ".join(map(str, sorted(numbers[n] for n in entry.first.nodes if n in numbers)))
    return f"[{marks}] " if marks else ""


def _sources(now: Panorama, before: Panorama, diff: Diff | None) -> list[Source]:
    """Those of both days and of the changes once each, the newest first."""
    found = {s.id: s for s in (*titles.sources(before), *titles.sources(now), *(diff.sources if diff else ()))}
    return sorted(found.values(), key=lambda s: (-s.published.toordinal() if s.published else 0, s.id))
