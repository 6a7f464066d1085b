"""Which city a workbook is about, and what lies within it. All names are invented but those of well-known places."""

from __future__ import annotations

import pytest

from loaders import city
from loaders.rows import Row
from loaders.tables import Table
from tests.loaders.test_fitting import firms, rows


def standing(*places: str) -> list[Row]:
    return rows("重点企业", ("企业名称", "环节", "所在地"), *((f"甲{n}公司", "组件", place) for n, place in enumerate(places)))


def below(*lines: str) -> list[Table]:
    return [Table("a.xlsx", "重点企业", ("企业名称",), 3, (), above=tuple(enumerate(lines, 1)))]


@pytest.mark.parametrize(("places", "name"), [
    ([], ""), (["某某市"], "某某市"), (["某某市甲区", "某某市乙区", "某某市"], "某某市"),
    (["某某市甲区", "某某市乙区", "别市"], "某某市"), (["甲区", "甲区", "某某市"], "某某市"), (["某某盟甲旗"], "某某盟"),
    (["甲旗", "甲旗", "乙县"], ""), (["某某省", "某某自治区"], ""), (["沙市区", "通州区", "高新区"], ""),
])
def test_the_city_is_where_most_rows_stand_and_never_a_district(places: list[str], name: str) -> None:
    assert city.city([*standing(*places), *firms("组件")]) == name


@pytest.mark.parametrize(("line", "name"), [
    ("云川市光伏产业链重点企业表", "云川市"), ("2024年云川市重点企业", "云川市"), ("附件1 某某省云川市企业名录", "云川市"),
    ("填报单位:云川市工信局", "云川市"), ("填报单位(盖章): 某某省云川市工信局", "云川市"), ("(云川市)企业表", "云川市"),
    ("光伏上市公司表", ""), ("全市重点企业", ""), ("光伏市场企业", ""), ("产业联盟企业", ""), ("各地区企业", ""),
])
def test_a_title_or_who_filled_it_in_names_the_city(line: str, name: str) -> None:
    assert city.said(below(line)) == name
    assert city.city(standing("甲区", "甲区"), below(line)) == name


def test_a_title_counts_for_half_of_the_rows_and_the_sender_for_all() -> None:
    most = standing("某某市", "某某市甲区", "某某市乙区", "丙县")
    assert city.city(most, below("别处市企业")) == "某某市"
    assert city.city(most, below("填报单位:别处市工信局")) == "别处市"


def test_suppliers_and_customers_stand_anywhere() -> None:
    away = rows("配套企业", ("配套企业", "主机企业", "环节", "所在地"), *((f"乙{n}公司", "甲公司", "组件", "远方市") for n in range(5)))
    assert city.city([*away, *standing("某某市")]) == "某某市"
    assert city.within(away, (), "某某市") == []


def test_the_regions_own_sheet_counts() -> None:
    given = rows("地区表", ("地区", "上级地区"), ("甲区", "某某市"), ("乙区", "某某市"), ("某某市", "某某省"))
    assert city.city(given) == "某某市"
    assert city.within([*given, *standing("甲区", "乙区", "丙区")], (), "某某市") == ["丙区"]


def test_districts_lie_within_and_what_is_elsewhere_does_not() -> None:
    near = ["东塬区", "高新区", "西岭县", "海南区", "通州区", "沙市区", "某某东区", "某某"]
    away = ["别市", "别处市甲区", "某某盟", "某某省", "内蒙古", "北京海淀区", "江苏昆山", "深圳", "外地", "省外", "全国", "工业路12号"]
    assert city.within(standing(*near, *away, "某某市甲区", "某某市"), (), "某某市") == near
