"""A capacity told only in words. All invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.facts import Fact
from graph.workspace import Workspace, create
from loaders import material
from loaders.load import Options, load
from loaders.prose import capacity
from loaders.values import Quantity

TOLD = [
    ("建成后年产15万吨多晶硅", "kt/a", Quantity(15.0, "万吨/年", "年产15万吨")),
    ("新建3条日熔量800吨光伏玻璃生产线", "kt/a", Quantity(2400.0, "吨/日", "3条日熔量800吨")),
    ("两条日熔量800吨光伏玻璃生产线", "kt/a", Quantity(1600.0, "吨/日", "两条日熔量800吨")),
    ("4条生产线年产8万吨甲料", "kt/a", Quantity(8.0, "万吨/年", "年产8万吨")),
    ("建设规模为3×800t/d", "kt/a", Quantity(2400.0, "t/d", "3×800t/d")),
    ("年产10GW高效组件, 占地500亩, 年用电20万千瓦时", "GW", Quantity(10.0, "GW/年", "年产10GW")),
    ("产能约1.6亿只", "万只/a", Quantity(1.6, "亿只", "产能约1.6亿只")),
    ("年产１２００万套坩埚", "万套/年", Quantity(1200.0, "万套/年", "年产1200万套")),
    ("配套20MW分布式光伏, 年产3GW电池", "GW", Quantity(3.0, "GW/年", "年产3GW")),
    ("年产15万吨硅料, 建成后年产15万吨", "kt/a", Quantity(15.0, "万吨/年", "年产15万吨")),
    ("总投资20亿元, 年产5GWh电芯", "GWh", Quantity(5.0, "GWh/年", "年产5GWh")),
    ("高纯晶硅年产能5万吨", "kt/a", Quantity(5.0, "万吨/年", "年产能5万吨")),
    ("高性能晶硅5万吨/年", "kt/a", Quantity(5.0, "万吨/年", "5万吨/年")),
    ("建设高效电池片产能10GW/年", "GW", Quantity(10.0, "GW/年", "产能10GW/年")),
    ("年产500MWh储能电池", "GWh", Quantity(500.0, "MWh/年", "年产500MWh")),
    ("建设500MWh储能电池生产线", "GWh", Quantity(500.0, "MWh", "500MWh")),
    ("年产储能电池500MWh, 配套储能20MWh", "GWh", Quantity(500.0, "MWh", "500MWh")),
    ("年产设备1200套", "套/年", Quantity(1200.0, "套", "1200套")),
    ("年产长丝5万吨", "kt/a", Quantity(5.0, "万吨", "5万吨")),
    ("总投资20亿元建设5万吨晶硅, 年耗硅粉6万吨", "kt/a", Quantity(5.0, "万吨", "5万吨")),
    ("年产长90米叶片500套, 购置设备120台", "套/年", Quantity(500.0, "套", "500套")),
    ("年产单机10MW风机, 产能5GW", "GW", Quantity(5.0, "GW", "产能5GW")),
    ("年产5万吨晶硅, 冷库3万吨, 储罐5万吨, 用水2万吨", "kt/a", Quantity(5.0, "万吨/年", "年产5万吨")),
]
NOT_SURE = [
    ("年产5万吨甲料、8万吨乙料", "kt/a"), ("项目分两期, 一期年产5万吨", "kt/a"), ("年产10-15万吨", "kt/a"), ("年产15万吨以上", "kt/a"),
    ("年产能不低于15万吨", "kt/a"), ("产能由5万吨增至10万吨", "kt/a"), ("占地300亩, 总投资20亿元", "kt/a"),
    ("年耗工业硅12万吨", "kt/a"), ("购置设备120台", "台"), ("年产10GW组件", "kt/a"), ("年产10GW组件", ""), ("建设厂房", "GW"),
    ("年产10GW组件, 其中造名片5GW", "GW"), ("10GW组件列入下年计划", "GW"), ("叶片长90米", "km/a"), ("单机10MW风机", "GW"),
    ("高纯晶硅产能5万吨/年,配套工业硅产能3万吨/年", "kt/a"), ("高纯晶硅年产5万吨，同步处理尾料2万吨/年", "kt/a"),
    ("配套工业硅产能3万吨/年", "kt/a"), ("利用甲厂年产能5万吨", "kt/a"), ("消纳绿电3GW", "GW"), ("建设厂房和晶硅生产线5万吨", "kt/a"),
    ("储能系统5GWh", "GWh"), ("配套储能20MWh", "GWh"), ("产能同比增长5万吨", "kt/a"), ("100MW渔光互补电站", "GW"),
    ("安装储能电池5GWh, 年产3GWh", "GWh"), ("5万吨料仓", "kt/a"), ("外购硅料5万吨", "kt/a"), ("叶片长度90米", "km/a"),
]


@pytest.mark.parametrize(("words", "unit", "expected"), TOLD)
def test_the_one_capacity_in_the_words(words: str, unit: str, expected: Quantity) -> None:
    assert capacity(words, unit) == expected


@pytest.mark.parametrize(("words", "unit"), NOT_SURE)
def test_what_is_not_sure_is_left_to_people(words: str, unit: str) -> None:
    assert capacity(words, unit) is None


def adds(city: Workspace) -> Fact:
    found, = [f for f in material.read_all(city, city.manifest()).graph.facts if f.edge == "ADDS"]
    return found


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "造名市", "造名市")
    nodes = tmp_path / "产业链全景视图(环节).csv"
    nodes.write_text("产业链,环节,产能单位\n甲链,料,kt/a\n", encoding="utf-8")
    load(workspace, [nodes], Options(today=date(2024, 1, 1)))
    return workspace


def put(folder: Path, capacity: str, words: str) -> Path:
    path = folder / "产业链重点项目库.csv"
    path.write_text(f"项目名称,环节,投资方,新增产能,建设内容及规模\n造名项目,料,造名公司,{capacity},{words}\n", encoding="utf-8")
    return path


def test_it_is_read_flagged_and_its_words_are_kept(city: Workspace, tmp_path: Path) -> None:
    report = load(city, [put(tmp_path, "", "建成后年产15万吨料")], Options(today=date(2024, 1, 1)))
    fact = adds(city)
    assert (fact.properties["capacity"], fact.properties["unit"]) == (150.0, "kt/a") and "年产15万吨" in fact.text
    assert any("年产15万吨" in note and "建设内容" in note and " / " in note for note in report.notes)


def test_what_the_cell_says_goes_before_the_words(city: Workspace, tmp_path: Path) -> None:
    report = load(city, [put(tmp_path, "5万吨/年", "建成后年产15万吨料")], Options(today=date(2024, 1, 1)))
    assert adds(city).properties["capacity"] == 50.0 and not any("建设内容" in note for note in report.notes)


def test_what_is_not_sure_is_blank_and_told(city: Workspace, tmp_path: Path) -> None:
    report = load(city, [put(tmp_path, "", "年产5万吨甲、8万吨乙")], Options(today=date(2024, 1, 1)))
    assert adds(city).properties["capacity"] is None
    assert any("未采用" in note and "left out" in note for note in report.notes)


@pytest.mark.parametrize("words", ["年产能不低于15万吨", "利用甲厂产能5万吨"])
def test_what_may_be_anothers_or_is_a_bound_is_told_too(city: Workspace, tmp_path: Path, words: str) -> None:
    report = load(city, [put(tmp_path, "", words)], Options(today=date(2024, 1, 1)))
    assert adds(city).properties["capacity"] is None and any("未采用" in note for note in report.notes)
