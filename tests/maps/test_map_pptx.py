"""Slides, opened again: a native shape with its text for each node, lines, both fonts, the same bytes twice."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Mm

from analysis.answers import Panorama
from analysis.picture import Picture
from graph.harmless import clean
from maps.look import Look
from maps.poster import poster
from maps.pptx import pptx
from tests.maps.prospects import OPEN, goals


def opened(picture: Picture, look: Look) -> Any:
    return Presentation(io.BytesIO(pptx(picture, look)))


def every(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)
        else:
            yield shape


def nodes(slide: Any, names: list[str]) -> dict[str, Any]:
    """The group of each node, by its name."""
    return {s.name: s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP and s.name in names}


def plate(group: Any) -> Any:
    return next(s for s in group.shapes if s.auto_shape_type == MSO_SHAPE.ROUNDED_RECTANGLE and s.name == group.name)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("style", "size"), [("wall", (Emu(12192000), Emu(6858000))), ("print", (Mm(420), Mm(297)))])
def test_as_many_boxes_as_nodes_with_their_text(panorama: Panorama, style: str, size: tuple[int, int], lang: str) -> None:
    look = Look(lang, style)
    deck = opened(Picture(panorama), look)
    assert (deck.slide_width, deck.slide_height) == pytest.approx(size, rel=0.001)
    drawn = poster(Picture(panorama), look).leaves[0].map
    groups = nodes(deck.slides[0], [n.node for n in panorama.nodes])
    assert drawn is not None and len(groups) == len(panorama.nodes) == len(drawn.faces)
    emu = deck.slide_width / 1920
    for face in drawn.faces:
        shape, box = plate(groups[face.box.node]), face.box
        told = drawn.told[box.node]
        assert shape.text_frame.text.replace("\n", "").startswith("".join(box.name)) and told.beside in shape.text_frame.text
        assert all(line in shape.text_frame.text for line in told.lines)
        assert shape.left == pytest.approx((drawn.x + box.x * drawn.scale) * emu, abs=2)
        assert shape.width == pytest.approx(box.w * drawn.scale * emu, abs=2)


def test_the_mark_and_the_ring_are_shapes_of_the_node(panorama: Panorama) -> None:
    slide = opened(goals(panorama, OPEN), Look()).slides[0]
    groups = nodes(slide, [n.node for n in panorama.nodes])
    assert [s.text_frame.text for s in groups["光伏玻璃"].shapes if s.name == "×"] == ["×\n◆"]
    assert "ring" in [s.name for s in groups["光伏玻璃"].shapes] and "open" in [s.name for s in groups["硅片"].shapes]
    assert "25→88 GW" in plate(groups["硅片"]).text_frame.text


def test_edges_are_lines_from_node_to_node(panorama: Panorama) -> None:
    slide = opened(Picture(panorama), Look()).slides[0]
    lines = [s for s in every(slide.shapes) if s.shape_type == MSO_SHAPE_TYPE.FREEFORM and "→" in s.name]
    assert {s.name for s in lines} == {f"{f.upstream} → {f.downstream}" for f in panorama.feeds}
    assert all(s._element.find(f".//{qn('a:tailEnd')}") is not None for s in lines)


def test_nothing_is_a_picture_and_every_run_has_both_fonts(panorama: Panorama) -> None:
    deck = opened(Picture(panorama), Look())
    shapes = [s for slide in deck.slides for s in every(slide.shapes)]
    assert not [s for s in shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    runs = [r for s in shapes if s.has_text_frame for p in s.text_frame.paragraphs for r in p.runs]
    assert runs
    for run in runs:
        fonts = {e.tag.rpartition("}")[2]: e.get("typeface") for e in run._r.rPr if e.tag.endswith(("latin", "}ea"))}
        assert fonts == {"latin": "Microsoft YaHei", "ea": "Microsoft YaHei"}


def test_evidence_and_sources_are_on_the_next_slide(panorama: Panorama) -> None:
    deck = opened(Picture(panorama), Look())
    whole = " ".join(s.text_frame.text for s in every(deck.slides[1].shapes) if s.has_text_frame)
    assert "依据与来源" in whole and "《光伏产业清单》 包头市工信局，2023-09-12" in whole and "银浆" in whole


@pytest.mark.parametrize("look", [Look(), Look("en", "print", "dark")])
def test_the_same_bytes_twice_and_no_day_of_today(panorama: Panorama, look: Look) -> None:
    made = pptx(goals(panorama, OPEN), look)
    assert made == pptx(goals(panorama, OPEN), look)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2023-09-12" in archive.read("docProps/core.xml")


def test_hostile_names_are_text_and_nothing_else(hostile: Panorama) -> None:
    deck = opened(Picture(hostile), Look())
    shapes = [s for slide in deck.slides for s in every(slide.shapes)]
    whole = " ".join(s.text_frame.text for s in shapes if s.has_text_frame)
    assert "<img src=x" in whole and '=HYPERLINK("http:' in whole
    assert not set(whole) & set("\u202e\u2066\u2028\x00\ufffe\ud800")
    groups = [s for s in deck.slides[0].shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    assert {clean(n.node)[:120] for n in hostile.nodes} <= {s.name for s in groups}
    with zipfile.ZipFile(io.BytesIO(pptx(Picture(hostile), Look()))) as archive:
        links = [n for n in archive.namelist() if n.startswith("ppt/slides/_rels/")]
        assert links and not any(b"External" in archive.read(n) for n in links), "no name is a link"


def test_colours_of_the_dark_theme(panorama: Panorama) -> None:
    slide = opened(Picture(panorama), Look(theme="dark")).slides[0]
    assert str(slide.background.fill.fore_color.rgb) == "0B121B"
