"""The profile of the main lane: widths are the shares, the narrowest is named, unknown is hatched and never narrow."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from analysis.answers import Panorama
from analysis.parts import ChainFigures, Lane
from analysis.picture import Picture
from maps.look import Look
from maps.profile import HIGH, narrowest, neck_words, profile
from tests.maps.timed import FIGURES, LAST, ONE, TWO, lane, named, of_class, panorama, texts, tree


def stage(name: str, picture: Picture = ONE) -> Element:
    return named(tree(profile(picture).svg), name, "stage")


def given(*widths: float | None, **own: object) -> Picture:
    return Picture(panorama(LAST, figures=replace(FIGURES, profile=lane(*widths), **own)))  # type: ignore[arg-type]


def test_widths_are_the_shares() -> None:
    for name, share in (("多晶硅", 1.0), ("硅片", 0.25)):
        plate = of_class(stage(name), "width")[0]
        assert float(plate.get("height", "nan")) == pytest.approx(HIGH * share, abs=0.1)
    found = texts(profile(ONE).svg)
    assert {"100%", "25%", "0%", "200 GW", "50 GW", "0 GW"} <= set(found)


def test_every_stage_is_centred() -> None:
    middles = {round(float(p.get("y", "nan")) + float(p.get("height", "nan")) / 2)
               for name in ("多晶硅", "硅片") for p in of_class(stage(name), "width")}
    assert len(middles) == 1


def test_zero_is_zero_and_unknown_is_hatched() -> None:
    cells, modules = stage("电池片"), stage("组件")
    assert of_class(cells, "zero") and not of_class(cells, "width") and not of_class(cells, "unknown")
    assert of_class(modules, "unknown") and not of_class(modules, "zero") and not of_class(modules, "width")
    assert any(t.text == "待核" for t in modules.iter()) and not any(t.text in ("0 GW", "0%") for t in modules.iter())


def test_no_band_leads_to_what_is_unknown() -> None:
    assert len(of_class(tree(profile(ONE).svg), "between")) == 2, "多晶硅–硅片 and 硅片–电池片, not to 组件"


def test_the_narrowest_is_the_bottleneck() -> None:
    assert of_class(stage("电池片"), "neck") and not of_class(stage("硅片"), "neck")
    found = " ".join(texts(profile(ONE).svg))
    assert "瓶颈：电池片" in found and "电池片只有 0 GW，是最宽处多晶硅的 0%" in found and "只比较已知的 3 个环节，1 个待核" in found
    assert "Bottleneck: 电池片" in " ".join(texts(profile(ONE, Look("en")).svg))


@pytest.mark.parametrize(("widths", "names"), [
    ((200.0, 50.0, 50.0, 90.0), ["硅片", "电池片"]), ((None, 50.0, None, None), []), ((5.0, 5.0, 5.0, 5.0), []),
    ((0.0, 0.0, 0.0, 0.0), []), ((None, None, None, None), [])])
def test_a_bottleneck_needs_something_to_compare_with(widths: tuple[float | None, ...], names: list[str]) -> None:
    assert [found.node for found in narrowest(lane(*widths))] == names
    assert ("瓶颈：" in neck_words(lane(*widths), "zh")[0]) == bool(names)
    assert bool(of_class(tree(profile(given(*widths)).svg), "neck")) == bool(names)


def test_completeness_has_a_cell_a_node() -> None:
    root = tree(profile(ONE).svg)
    assert (len(of_class(root, "stands")), len(of_class(root, "absent"))) == (2, 2)
    found = texts(profile(ONE).svg)
    assert "50%" in found and "必需环节 5 个：具备 2，不具备 2，待核 1（不计入）" in found
    assert "光伏产值 2,000 亿元（2024-12-31）" in found


def test_sufficiency_is_a_bar_or_unknown() -> None:
    bar = of_class(tree(profile(ONE).svg), "sufficiency")[0]
    assert "42%" in texts(profile(ONE).svg) and float(bar.get("width", "nan")) == pytest.approx(436 * 0.42, abs=0.1)
    unpriced = given(1.0, 2.0, 3.0, 4.0, sufficiency=None, priced=(), completeness=None)
    assert not of_class(tree(profile(unpriced).svg), "sufficiency") and "没有一个环节有单价" in texts(profile(unpriced).svg)
    assert texts(profile(unpriced).svg).count("待核") >= 2 and "0%" not in texts(profile(unpriced).svg)


def test_the_earlier_day_is_an_outline_in_the_same_scale() -> None:
    outline = of_class(stage("多晶硅", TWO), "earlier")[0]
    assert float(outline.get("height", "nan")) == pytest.approx(HIGH * 50 / 200, abs=0.1)
    assert not of_class(stage("硅片", TWO), "earlier") and "2022-11-24 的宽度" in texts(profile(TWO).svg)
    assert not any("的宽度" in t for t in texts(profile(ONE).svg))


def test_a_lane_without_nodes_and_a_chain_without_figures() -> None:
    empty = ChainFigures(0, 0, (), None, None, (), (), ())
    for figures in (empty, None):
        assert "主链上没有作判定的环节" in texts(profile(Picture(panorama(LAST, (), (), figures))).svg)


def test_one_stage() -> None:
    alone = replace(FIGURES, profile=(Lane("多晶硅", 200.0, "GW", 1.0),))
    drawing = profile(Picture(panorama(LAST, figures=alone))).svg
    assert len(of_class(tree(drawing), "width")) == 1 and not of_class(tree(drawing), "between")
    assert any("瓶颈待核" in t for t in texts(drawing))


def test_a_long_lane_makes_the_sheet_wider() -> None:
    lanes = tuple(Lane(f"环节{i:02d}", float(i), "GW", i / 40) for i in range(1, 41))
    root = tree(profile(Picture(panorama(LAST, figures=replace(FIGURES, profile=lanes)))).svg)
    assert float(root.get("width", "0")) > 40 * 150 and len(of_class(root, "width")) == 40


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(hostile: Panorama, lang: str) -> None:
    lanes = tuple(Lane(n.node, 1.0 + i, n.unit, 0.5) for i, n in enumerate(hostile.nodes))
    gaps = replace(hostile.gaps, figures=replace(FIGURES, profile=lanes, unlooked=tuple(n.node for n in hostile.nodes)))
    drawing = profile(Picture(replace(hostile, gaps=gaps)), Look(lang)).svg
    assert not any(a.startswith("on") or "href" in a or a == "style" for e in tree(drawing).iter() for a in e.attrib)
    assert "script" not in {e.tag.partition("}")[2] for e in tree(drawing).iter()}
    assert not set(drawing) & set("\u202e\u2066\u2028\x00")


def test_same_input_same_bytes() -> None:
    assert profile(TWO).svg == profile(replace(TWO)).svg and 'id="profile-unknown"' in profile(TWO).svg


def test_text_is_large_enough() -> None:
    assert min(float(e.get("font-size", "0")) for e in tree(profile(ONE).svg).iter() if e.tag.endswith("text")) >= 16
