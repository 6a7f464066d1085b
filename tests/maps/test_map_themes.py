"""Colours: every text of every sheet has contrast enough with what lies below it; what a colour says, a mark says too."""

import re
from dataclasses import dataclass
from itertools import product
from xml.etree import ElementTree

import pytest

from analysis.answers import Panorama
from analysis.parts import Amount, Goal, StageSum
from analysis.picture import Picture
from maps.look import Look
from maps.svg import svg
from maps.themes import LIGHT, THEMES, contrast
from tests.maps.prospects import DUE, OPEN, goals, target

SVG = "{http://www.w3.org/2000/svg}"
ENOUGH = 4.5


@dataclass(frozen=True)
class Ground:
    x: float
    y: float
    w: float
    h: float
    fill: str

    def under(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h


def written(drawing: str) -> list[tuple[str, str, str]]:
    """(text, its colour, the colour it stands on) of a drawing: the last filled shape below the text's middle."""
    found: list[tuple[str, str, str]] = []
    grounds: list[Ground] = []

    def walk(element: ElementTree.Element, x: float, y: float, k: float) -> None:
        if move := re.match(r"translate\(([\d.]+) ([\d.]+)\)(?: scale\(([\d.]+)\))?", element.get("transform", "")):
            x, y, k = x + float(move[1]) * k, y + float(move[2]) * k, k * float(move[3] or 1)
        tag, get = element.tag.removeprefix(SVG), element.get
        if tag == "rect" and get("fill") != "none":
            given = [float(get(n, "0")) for n in ("x", "y", "width", "height")]
            grounds.append(Ground(x + given[0] * k, y + given[1] * k, given[2] * k, given[3] * k, get("fill", "")))
        if tag == "path":  # the strip of a box: from the box's left edge to where the outline begins
            box, right = grounds[-1], x + float(re.findall(r"[\d.]+", get("d", ""))[0]) * k
            grounds.append(Ground(box.x, box.y, right - box.x, box.h, get("fill", "")))
        if tag == "text":
            size = float(get("font-size", "0"))
            aside = {"middle": 0.0, "end": -0.3}.get(get("text-anchor", ""), 0.3) * size
            at = x + (float(get("x", "0")) + aside) * k, y + (float(get("y", "0")) - 0.35 * size) * k
            below = next(g for g in reversed(grounds) if g.under(*at))
            found.append((element.text or "", get("fill", ""), below.fill))
        for child in element:
            walk(child, x, y, k)

    walk(ElementTree.fromstring(drawing), 0.0, 0.0, 1.0)
    return found


def picture(panorama: Panorama) -> Picture:
    rows = (OPEN, target("工业硅", "unknown", goal=Goal(9.0, "kt/a", DUE)), target("组件", "reached", goal=Goal(1.0, "GW", DUE)),
            target("电池片", "another-day", nearest=Goal(1.0, "GW", DUE)), target("背板", due_by=StageSum("在建", 1.0, "GW", 1, 0)),
            target("光伏玻璃", "open", goal=Goal(9.0, "kt/a", DUE), gap=Amount(9.0, "kt/a")))
    return goals(panorama, *rows)


@pytest.mark.parametrize(("theme", "style", "lang"), [*product(THEMES, ("wall", "print"), ("zh", "en"))])
def test_text_has_contrast_with_what_lies_below_it(panorama: Panorama, theme: str, style: str, lang: str) -> None:
    for given in (Picture(panorama), picture(panorama)):
        for text, ink, ground in written(svg(given, Look(lang, style, theme))):
            assert contrast(ink, ground) >= ENOUGH, (text, ink, ground, contrast(ink, ground))


def test_the_measure_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21) and contrast("#ffffff", "#ffffff") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01), "the lightest grey that WCAG allows on white"


def test_the_test_would_see_pale_text() -> None:
    pale = '<svg xmlns="http://www.w3.org/2000/svg"><rect x="0" y="0" width="9" height="9" fill="#ffffff"/>' \
           '<text x="2" y="5" font-size="2" fill="#cccccc">淡</text></svg>'
    [(_, ink, ground)] = written(pale)
    assert (ink, ground) == ("#cccccc", "#ffffff") and contrast(ink, ground) < ENOUGH


@pytest.mark.parametrize("name", THEMES)
def test_no_status_and_no_ring_by_colour_alone(name: str) -> None:
    found = THEMES[name]
    assert len({(s.mark, s.ringed, s.dash, s.strip) for s in found.styles.values()}) == len(found.styles)
    assert len({(r.dash, r.width) for r in found.rings.values()}) == len(found.rings)
    assert len({(line.dash, line.width) for line in found.lines.values()}) == len(found.lines)
    assert found.styles.keys() == LIGHT.styles.keys() and found.rings.keys() == LIGHT.rings.keys()


@pytest.mark.parametrize("name", THEMES)
def test_lines_are_seen_on_every_ground(name: str) -> None:
    """3 to 1 for what is no text (WCAG 1.4.11)."""
    found = THEMES[name]
    for ground in (found.ground, *found.bands.values(), found.other):
        assert all(contrast(line.ink, ground) >= 3 for line in (*found.lines.values(), *found.rings.values()))
