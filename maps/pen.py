"""Native shapes on a slide: boxes with their text, lines, rings. px of the poster in, EMU out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.harmless import clean
from maps.themes import LineStyle

FONT = "Microsoft YaHei"
"""Latin and East Asian: on the machines that the slides are opened on."""
_POINT = 12700
"""EMU."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text within a paragraph; ``size`` in px."""

    text: str
    size: float
    ink: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """``emu`` to the px; ``x``, ``y`` is where px 0, 0 lies, in EMU."""

    shapes: Any
    emu: float
    lang: str
    x: float = 0.0
    y: float = 0.0

    def at(self, x: float, y: float, scale: float) -> Pen:
        """One that draws ``scale`` times as large from x, y on."""
        return replace(self, x=self.x + x * self.emu, y=self.y + y * self.emu, emu=self.emu * scale)

    def group(self, name: str) -> Pen:
        """One that draws into a group of its own."""
        group = self.shapes.add_group_shape()
        group.name = _name(name)
        return replace(self, shapes=group.shapes)

    def box(
        self, kind: str, place: tuple[float, float, float, float], name: str, fill: str = "", line: LineStyle | None = None
    ) -> Any:
        """A shape of that kind (of MSO_SHAPE) at x, y, w, h; without fill or line where none is given."""
        from pptx.enum.shapes import MSO_SHAPE

        x, y, w, h = place
        shape = self.shapes.add_shape(getattr(MSO_SHAPE, kind), *self._place(x, y), self._long(w), self._long(h))
        shape.name, shape.shadow.inherit = _name(name), False
        if kind == "ROUNDED_RECTANGLE":
            shape.adjustments[0] = min(0.5, 6.0 / max(min(w, h), 1.0))
        self._fill(shape, fill)
        self._stroke(shape, line)
        return shape

    def line(self, points: Sequence[tuple[float, float]], style: LineStyle, name: str, arrow: bool = True) -> Any:
        """An open polyline, with an arrow head at its end."""
        from pptx.oxml.ns import qn

        (x, y), *others = [self._place(*p) for p in points]
        builder = self.shapes.build_freeform(x, y, scale=1.0)
        builder.add_line_segments(others, close=False)
        shape = builder.convert_to_shape()
        shape.name, shape.shadow.inherit = _name(name), False
        self._fill(shape, "")
        self._stroke(shape, style)
        if arrow:
            drawn = shape.line._get_or_add_ln()
            drawn.append(drawn.makeelement(qn("a:tailEnd"), {"type": "triangle", "w": "med", "len": "med"}))
        return shape

    def write(
        self, shape: Any, paragraphs: Sequence[Sequence[Run]], align: str = "CENTER", inset: tuple[float, float] = (0.0, 0.0),
        wrap: bool = False, lead: float = 1.16, anchor: str = "MIDDLE",
    ) -> None:
        """Text into a shape, ``inset`` px from left and right; lines of ``lead`` em."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Emu

        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = wrap, getattr(MSO_ANCHOR, anchor)
        frame.margin_left, frame.margin_right = self._long(inset[0]), self._long(inset[1])
        frame.margin_top = frame.margin_bottom = 0
        for i, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if not i else frame.add_paragraph()
            paragraph.alignment = getattr(PP_ALIGN, align)
            paragraph.line_spacing = Emu(max(1, self._long(max((r.size for r in runs), default=1.0) * lead)))
            for run in runs:
                self._run(paragraph, run)

    def text(self, place: tuple[float, float, float, float], runs: Sequence[Run], name: str, align: str = "LEFT", wrap: bool = False) -> Any:
        """A text of its own in x, y, w, h."""
        x, y, w, h = place
        shape = self.shapes.add_textbox(*self._place(x, y), self._long(w), self._long(h))
        shape.name = _name(name)
        self.write(shape, [runs], align, wrap=wrap, lead=1.3, anchor="TOP" if wrap else "MIDDLE")
        return shape

    def _run(self, paragraph: Any, given: Run) -> None:
        from pptx.oxml.ns import qn

        run = paragraph.add_run()
        run.text = " " * given.text.startswith(" ") + clean(given.text)
        run.font.size, run.font.bold, run.font.name = self._points(given.size), given.bold, FONT
        run.font.color.rgb = rgb(given.ink)
        properties = run._r.get_or_add_rPr()
        properties.set("lang", "zh-CN" if self.lang == "zh" else "en-US")
        properties.set("altLang", "en-US" if self.lang == "zh" else "zh-CN")
        latin = properties.find(qn("a:latin"))
        latin.addnext(properties.makeelement(qn("a:ea"), {"typeface": FONT}))

    def _points(self, size: float) -> int:
        """Font size in EMU, in whole tenths of a point."""
        return max(1, round(size * self.emu / _POINT * 10)) * _POINT // 10

    def _fill(self, shape: Any, colour: str) -> None:
        if not colour:
            shape.fill.background()
            return
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)

    def _stroke(self, shape: Any, style: LineStyle | None) -> None:
        from pptx.enum.dml import MSO_LINE

        if style is None:
            shape.line.fill.background()
            return
        shape.line.color.rgb, shape.line.width = rgb(style.ink), self._long(style.width)
        if style.dash:
            shape.line.dash_style = MSO_LINE.ROUND_DOT if style.dash[0] < 4 else MSO_LINE.DASH if len(style.dash) < 4 else MSO_LINE.DASH_DOT

    def _place(self, x: float, y: float) -> tuple[int, int]:
        return round(self.x + x * self.emu), round(self.y + y * self.emu)

    def _long(self, px: float) -> int:
        return round(px * self.emu)


def rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def _name(name: str) -> str:
    """What the selection pane shows."""
    return clean(name)[:120] or "?"
