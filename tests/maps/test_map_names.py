"""Names in boxes: shortened by rule, 链主 first, up to three, 等N家; of a gap who invests; figures never made up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import Gaps, Panorama
from analysis.parts import Amount, Makers
from analysis.picture import Picture
from maps.look import Look
from maps.measure import WALL
from maps.names import MASTER, investors, makers, packed, short
from maps.poster import poster
from maps.status import rows_of
from maps.text import ems
from maps.words import words
from tests.maps.conftest import K, T, placed, row
from tests.maps.prospects import OPEN

AROUND = ("包头市", "内蒙古自治区", "全国")


@pytest.mark.parametrize(("name", "expected"), [
    ("内蒙古通威高纯晶硅有限公司", "通威高纯晶硅"),
    ("双良硅材料（包头）有限公司", "双良硅材料"),
    ("包头晶澳太阳能科技有限公司", "晶澳太阳能科技"),
    ("包头市某某股份有限公司", "某某"),
    ("上海电气风电集团股份有限公司", "上海电气风电"),
    ("包头钢铁（集团）有限责任公司", "钢铁"),
    ("包头公司", "包头"),
    ("有限公司", "有限公司"),
    ("通威", "通威"),
])
def test_a_firm_by_its_short_name(name: str, expected: str) -> None:
    assert short(name, AROUND) == expected


@given(st.text(min_size=1, max_size=30))
def test_never_less_than_two_characters_of_a_name_that_has_them(name: str) -> None:
    assert len(short(name, AROUND)) >= min(2, len(short(name)))


def test_two_firms_that_would_read_the_same_stay_whole() -> None:
    node = placed("硅片", "中游", 1, "主链", firms=("弘元材料（包头）有限公司", "弘元材料有限公司"))
    assert makers(node, None, AROUND)[0] == ["弘元材料（包头）有限公司", "弘元材料有限公司"]


def test_a_chain_master_is_marked_and_the_store_knows_of_more() -> None:
    node = replace(placed("硅片", "中游", 1, "主链", firms=("链头", "二号")), masters=("链头",))
    found = row("硅片", "present", makers=Makers(7, "链头", None, None))
    assert makers(node, found, AROUND) == ([f"{MASTER}链头", "二号"], 7)


def test_up_to_three_names_and_how_many_in_all() -> None:
    names = ["甲厂", "乙厂", "丙厂", "丁厂"]
    assert packed(names, 4, 300, 20, 3, "zh") == ["甲厂、乙厂、丙厂 等4家"]
    assert packed(names[:3], 3, 300, 20, 3, "zh") == ["甲厂、乙厂、丙厂"]
    assert packed(names, 4, 120, 20, 3, "zh") == ["甲厂、乙厂", "丙厂 等4家"]
    assert packed(names, 4, 120, 20, 1, "zh") == ["甲厂 等4家"]
    assert packed(names, 4, 150, 20, 1, "en") == ["甲厂, 乙厂 (of 4)"]
    assert packed(names, 4, 70, 20, 1, "zh") == [], "no room for a name"


def test_a_name_is_not_broken_and_loses_its_tail_first() -> None:
    assert packed(["鑫元硅材料科技"], 1, 120, 20, 3, "zh") == ["鑫元硅材料"]
    assert packed(["甲", "鑫元硅材料科技"], 2, 120, 20, 3, "zh") == ["甲", "鑫元硅材料"]
    assert packed(["长" * 30], 1, 120, 20, 3, "zh") == ["长" * 5 + "…"]


@given(st.lists(st.text("甲乙丙丁硅材料科技AB ", min_size=1, max_size=12), min_size=1, max_size=5), st.floats(90, 300), st.integers(1, 3))
def test_lines_fit(names: list[str], width: float, most: int) -> None:
    found = packed(names, len(names), width, 20, most, "zh", "投资 ")
    assert len(found) <= most and all(ems(line) * 20 <= width + 0.01 for line in found)


def test_a_gap_names_who_invests_and_says_so(panorama: Panorama) -> None:
    assert investors(rows_of(panorama)["光伏玻璃"], AROUND) == (["格索兰"], 1)
    assert words(panorama, WALL, "three", "zh")["光伏玻璃"].lines[-1] == "投资 格索兰"
    assert words(panorama, WALL, "three", "en")["光伏玻璃"].lines[-1] == "backers 格索兰"
    assert investors(row("焊带", "missing"), AROUND) == ([], 0), "nobody is made up"


def boxes(panorama: Panorama, **look: str) -> dict[str, list[str]]:
    drawn = poster(Picture(panorama), Look(**look)).leaves[0].map
    assert drawn is not None
    return {f.box.node: [t.text for t in f.texts] for f in drawn.faces}


@pytest.mark.parametrize("style", ["wall", "print"])
def test_chain_masters_come_first_in_the_box_with_its_capacity(panorama: Panorama, style: str) -> None:
    node = placed("多晶硅", "上游", 2, "主链", firms=("龙头", "甲", "乙", "丙"))
    nodes = tuple(replace(node, masters=("龙头",)) if n.node == "多晶硅" else n for n in panorama.nodes)
    found = boxes(replace(panorama, nodes=nodes), style=style)["多晶硅"]
    assert found[1:3] == ["多晶硅", "475 kt/a"] and f"{MASTER}龙头、甲、乙等4家" in "".join(found[3:]).replace(" ", "")
    whole = [t.text for t in poster(Picture(replace(panorama, nodes=nodes))).leaves[0].texts]
    assert "★ 链主企业" in whole, "the legend explains the star"


def test_what_nobody_said_is_not_in_a_box(panorama: Panorama) -> None:
    found = boxes(panorama)
    assert found["背板"] == ["？", "背板"] and found["逆变器"] == ["○", "逆变器"] and found["电站"] == ["电站"]
    assert found["硅片"][1:] == ["硅片", "产能待核"]
    assert not any("0" in t for texts in found.values() for t in texts if t.startswith(("企业", "项目")))


def test_a_node_with_a_goal_keeps_a_line_for_it() -> None:
    with_goal = row("组件", "present", supply=Amount(17.0, "GW"), goal=OPEN.goal)
    given = Panorama("panorama", Gaps("gaps", "包头市", "光伏", T, K, "公开", (with_goal,)), (placed("组件", "中游", 1, "主链"),), ())
    for fullness in ("three", "none", "slim"):
        assert words(given, WALL, fullness, "zh")["组件"].lines

