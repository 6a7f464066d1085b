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
]
NOT_SURE = [
    ("年产5万吨甲料、8万吨乙料", "kt/a"), ("项目分两期, 一期年产5万吨", "kt/a"), ("年产10-15万吨", "kt/a"), ("年产15万吨以上", "kt/a"),
    ("年产能不低于15万吨", "kt/a"), ("产能由5万吨增至10万吨", "kt/a"), ("占地300亩, 总投资20亿元", "kt/a"),
    ("年耗工业硅12万吨", "kt/a"), ("购置设备120台", "台"), ("年产10GW组件", "kt/a"), ("年产10GW组件", ""), ("建设厂房", "GW"),
    ("年产10GW组件, 其中造名片5GW", "GW"), ("10GW组件列入下年计划", "GW"), ("叶片长90米", "km/a"), ("单机10MW风机", "GW"),
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
