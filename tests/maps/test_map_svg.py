"""The still picture: marks, both languages, complete title block, hostile names harmless, same bytes."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from analysis.answers import Panorama
from analysis.picture import Picture
from graph.errors import LiantuError
from maps.look import Look
from maps.status import BUILDING_MARK, STYLES, counts, statuses
from maps.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "g", "title", "rect", "path", "circle", "polyline", "polygon", "text"}


def texts(drawing: str) -> list[str]:
    return [e.text or "" for e in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def test_same_input_same_bytes(panorama: Panorama) -> None:
    assert svg(Picture(panorama)) == svg(Picture(replace(panorama)))


def test_status_by_mark_colour_and_line(panorama: Panorama) -> None:
    found = statuses(panorama)
    assert found["多晶硅"] == "solid" and found["单晶硅棒"] == "surplus" and found["工业硅"] == "thin"
    assert found["电池片"] == "gap" and found["光伏玻璃"] == "building" and found["切片机"] == "extension"
    assert found["逆变器"] == "absent" and found["背板"] == "unknown" and found["电站"] == "boundary"
    assert [s.mark for s in STYLES.values()] == ["●", "●+", "▲", "×", "×", "＋", "○", "？", ""]
    assert STYLES["gap"].dash and not STYLES["solid"].dash and STYLES["gap"].mark == "\u00d7"
    assert len({(s.mark, s.line, s.dash, s.ringed) for s in STYLES.values()}) == len(STYLES)
    assert sum(counts(panorama).values()) == len(panorama.nodes)


def test_the_ring_and_the_diamond_stand_on_what_is_being_built(panorama: Panorama) -> None:
    tree = ElementTree.fromstring(svg(Picture(panorama)))
    box = next(g for g in tree.iter(f"{SVG}g") if g.findtext(f"{SVG}title") == "光伏玻璃")
    inside = [e.text for e in box.findall(f"{SVG}text")]
    assert inside[:3] == ["×", BUILDING_MARK, "光伏玻璃"] and box.find(f"{SVG}circle") is not None


def test_chinese(panorama: Panorama) -> None:
    found = texts(svg(Picture(panorama)))
    whole = " ".join(found)
    for part in ("光伏产业链全景图", "地区：包头市", "截至 2023-09-12", "据 2024-01-25 所知", "受众：公开", "口径"):
        assert part in whole
    for part in (
        "甲、乙、丙",
        "475 kt/a",
        "109%",
        "缺链",
        "断链",
        "投资 格索兰",
        "外部 1",
        "待核 1",
        "具备·配套 3",
        "空白点 3",
    ):
        assert part in found, part
    assert "来源 2 项" in whole
    printed = texts(svg(Picture(panorama), Look(style="print")))
    assert any("《光伏产业清单》 包头市工信局，2023-09-12" in t for t in printed) and "来源 2" in printed
    assert any(t.startswith("银浆") for t in found)


def test_english(panorama: Panorama) -> None:
    found = texts(svg(Picture(panorama), Look("en")))
    whole = " ".join(found)
    for part in ("光伏 industry chain: panorama", "Region: 包头市", "As of 2023-09-12", "known by 2024-01-25"):
        assert part in whole
    for part in (
        "甲, 乙, 丙",
        "missing",
        "backers 格索兰",
        "outside 1",
        "upstream",
        "main chain",
        "Gaps 3",
        "surplus 1",
    ):
        assert part in found, part


def test_no_zero_that_nobody_said(panorama: Panorama) -> None:
    assert not any("企业0" in t or "项目0" in t for t in texts(svg(Picture(panorama))))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(hostile: Panorama, lang: str) -> None:
    drawing = svg(Picture(hostile), Look(lang))
    drawing.encode("utf-8")
    tree = ElementTree.fromstring(drawing)
    assert {e.tag.removeprefix(SVG) for e in tree.iter()} <= ALLOWED
    assert not any(a.startswith("on") or "href" in a or a == "style" for e in tree.iter() for a in e.attrib)
    assert not set(drawing) & set("\u202e\u2066\u2028\x00")
    assert "<img src=x onerror=alert(1)>" in [e.text for e in tree.iter(f"{SVG}title")]


def test_another_language_is_refused(panorama: Panorama) -> None:
    with pytest.raises(LiantuError, match="'fr'"):
        svg(Picture(panorama), Look("fr"))
