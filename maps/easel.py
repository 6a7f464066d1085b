"""A standalone SVG: what bars, profile and the two days are drawn with. A wall grows downwards; print turns pages of A3.

Presentation attributes only, no style attribute: a page embeds it under a policy that would block those. The ids carry
the view's name, so that several may stand on one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from graph.harmless import clean
from maps import elements
from maps.elements import short
from maps.faces import Text
from maps.inks import Ink, ink
from maps.look import Look
from maps.prose import LEADING, Item, fitting, height
from maps.svg import FONTS
from maps.text import clip, ems, wrap

MARGIN, SCREEN = 24.0, (1920.0, 1080.0)
"""px: round the sheet, and a screen."""
A3_MM = (404.0, 281.0)
"""Of a page within its margins, wider than high."""
TITLE, META, HEAD, ITEM, FIGURE, SMALL = 42.0, 21.0, 24.0, 20.0, 18.0, 16.0
"""Font sizes in px: the title, what it is of, headings, names, figures, and what is small."""

@dataclass(frozen=True, slots=True)
class Drawn:
    """``svg`` is the whole, its ``pages`` the same one by one: several only in print. The first has what the others refer to."""

    svg: str
    pages: tuple[str, ...]


class Easel:
    """``width`` px wide, drawn larger where that is less than a screen; ``finish`` gives it its height.

    Pages of print lie one below the other; what is drawn belongs to the page that was turned to last.
    """

    def __init__(self, key: str, width: float, title: str, look: Look) -> None:
        self.key, self.width, self.title, self.look = key, width, clean(title), look
        self.ink: Ink = ink(look.theme)
        self.high = width * A3_MM[1] / A3_MM[0] if look.style == "print" else 0.0
        self._pages: list[Xml.Element] = [Xml.Element("g")]
        self._hatching()

    @property
    def root(self) -> Xml.Element:
        """What is drawn on now."""
        return self._pages[-1]

    def turn(self, y: float, need: float) -> float:
        """The y to go on from: below on this page, or at the head of the next where so many px have no room."""
        top = (len(self._pages) - 1) * self.high
        if not self.high or y + need <= top + self.high - MARGIN / 2 or y <= top + 2 * MARGIN:
            return y
        self._pages.append(Xml.Element("g"))
        top += self.high
        self.text(clip(f"{self.title} · {len(self._pages)}", self.width - 2 * MARGIN, FIGURE), MARGIN, top + 30, FIGURE, bold=True)
        return top + 2 * MARGIN

    @property
    def bottom(self) -> float:
        """Where the page ends; a wall does not."""
        return len(self._pages) * self.high - MARGIN / 2 if self.high else float("inf")

    def _hatching(self) -> None:
        """待核: a pattern, the only thing that needs an id."""
        defs = Xml.SubElement(self.root, "defs")
        box = {"id": f"{self.key}-unknown", "width": "9", "height": "9", "patternUnits": "userSpaceOnUse",
               "patternTransform": "rotate(45)"}
        pattern = Xml.SubElement(defs, "pattern", box)
        elements.rect(pattern, 0, 0, 9, 9, {"fill": self.ink.ground})
        elements.rect(pattern, 0, 0, 3, 9, {"fill": self.ink.hatch})

    @property
    def unknown(self) -> str:
        """The paint of what nobody knows."""
        return f"url(#{self.key}-unknown)"

    def group(self, name: str = "", **attributes: str) -> Xml.Element:
        """A group, with its name for who hovers or listens."""
        made = Xml.SubElement(self.root, "g", _named(attributes))
        if name:
            Xml.SubElement(made, "title").text = clean(name)
        return made

    def rect(self, x: float, y: float, w: float, h: float, into: Xml.Element | None = None, **look: str) -> None:
        elements.rect(self._in(into), x, y, w, h, _named(look))

    def hatched(self, x: float, y: float, w: float, h: float, into: Xml.Element | None = None) -> None:
        self.rect(x, y, w, h, into, fill=self.unknown, stroke=self.ink.hatch, stroke_dasharray="5 4", class_="unknown")

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = "",
             into: Xml.Element | None = None, **look: str) -> None:
        place = {"points": " ".join(f"{short(x)},{short(y)}" for x, y in points), "fill": "none", "stroke": colour,
                 "stroke-width": short(width)}
        Xml.SubElement(self._in(into), "polyline", place | ({"stroke-dasharray": dash} if dash else {}) | _named(look))

    def shape(self, path: str, into: Xml.Element | None = None, **look: str) -> None:
        Xml.SubElement(self._in(into), "path", {"d": path} | _named(look))

    def circle(self, x: float, y: float, radius: float, into: Xml.Element | None = None, **look: str) -> None:
        place = {"cx": short(x), "cy": short(y), "r": short(radius)}
        Xml.SubElement(self._in(into), "circle", place | _named(look))

    def text(self, text: str, x: float, y: float, size: float, colour: str = "", bold: bool = False, anchor: str = "start",
             into: Xml.Element | None = None) -> None:
        elements.text(self._in(into), Text(clean(text), x, y, size, colour or self.ink.text, bold, anchor))

    def _in(self, into: Xml.Element | None) -> Xml.Element:
        return self.root if into is None else into

    def head(self, title: str, meta: Sequence[str]) -> float:
        """The title, and what it is of and when beside it, or below where there is no room; the y below."""
        room = self.width - 2 * MARGIN
        title = clip(clean(title), room, TITLE)
        self.text(title, MARGIN, 52, TITLE, bold=True)
        said = clean("  ·  ".join(meta))
        if MARGIN + ems(title) * TITLE + 40 + ems(said) * META <= self.width - MARGIN:
            self.text(said, self.width - MARGIN, 50, META, self.ink.quiet, anchor="end")
            return 80
        return self.paragraphs([Item(said, META, self.ink.quiet)], MARGIN, 72, room) + 8

    def paragraphs(self, items: Sequence[Item], x: float, y: float, width: float) -> float:
        """Wrapped one below the other from the top ``y``, nothing cut; the y below."""
        for item in items:
            for row in wrap(clean(item.text), width, item.size):
                self.text(row, x, y + item.size * 1.02, item.size, item.colour, item.bold)
                y += item.size * LEADING
            y += item.after
        return y

    def columns(self, blocks: Sequence[Sequence[Item]], y: float, count: int) -> float:
        """The same in columns of about equal height, side by side over the whole width; the y below the longest.

        What stands in one block stays in one column; what has no room on the page goes on on the next.
        """
        wide = (self.width - 2 * MARGIN - 40 * (count - 1)) / count
        rest = list(blocks)
        while rest:
            y = self.turn(y, height(rest[0], wide))
            room = max(self.bottom - y, height(rest[0], wide))
            taken, rest = fitting(rest, count, wide, room)
            for i, column in enumerate(taken):
                self.paragraphs([item for block in column for item in block], MARGIN + i * (wide + 40), y, wide)
            y += max(sum(height(b, wide) for b in column) for column in taken)
        return y

    def finish(self, height: float) -> Drawn:
        """The complete drawing; a wall is a whole screen at least, print whole pages."""
        if self.high:
            height = len(self._pages) * self.high
        elif self.look.style == "wall":
            height = max(height, self.width * SCREEN[1] / SCREEN[0])
        whole = self._document(self._pages, 0, height)
        if len(self._pages) == 1:
            return Drawn(whole, (whole,))
        return Drawn(whole, tuple(self._document([p], i * self.high, self.high) for i, p in enumerate(self._pages)))

    def _document(self, pages: Sequence[Xml.Element], top: float, height: float) -> str:
        """These pages as an SVG without XML declaration."""
        larger = max(1.0, SCREEN[0] / self.width)
        root = Xml.Element("svg", {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 {short(top)} {short(self.width)} {short(height)}",
            "width": short(self.width * larger), "height": short(height * larger), "font-family": FONTS, "role": "img",
            "lang": "zh-CN" if self.look.lang == "zh" else "en"})
        Xml.SubElement(root, "title").text = self.title
        elements.rect(root, 0, top, self.width, height, {"fill": self.ink.ground})
        root.extend(pages)
        return Xml.tostring(root, encoding="unicode") + "\n"


def _named(look: dict[str, str]) -> dict[str, str]:
    """``stroke_width`` → ``stroke-width``; the underscore of ``class_`` only avoids a word of Python."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in look.items()}
