"""The panorama as the store gives it: 链主 first, then by capacity; the regions around."""

from datetime import date
from pathlib import Path

from graph.store import open_store
from graph.workspace import create
from loaders.load import Options, load
from queries.asking import Asked
from queries.panorama import panorama


def test_chain_masters_first_then_by_capacity(tmp_path: Path) -> None:
    city = create(tmp_path / "市", "某市")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "地区表.csv").write_text("地区,上级地区\n某省,\n某市,某省\n", "utf-8")
    (folder / "产业链全景视图(环节).csv").write_text("产业链,环节,产能单位,列\n甲链,料,kt/a,1\n甲链,件,GW,2\n", "utf-8")
    firms = "小厂,料,5,kt/a,\n大厂,料,2,万吨,否\n龙头,料,1,kt/a,是\n无数厂,料,,kt/a,\n龙头,件,1,GW,是\n"
    (folder / "产业链重点企业表.csv").write_text(f"企业名称,环节,产能,单位,链主\n{firms}", "utf-8")
    load(city, [folder], Options())
    today = date.today()
    with open_store(city.store) as store:
        drawn = panorama(store, city.settings, "甲链", Asked("某市", today, today))
    found = {n.node: n for n in drawn.nodes}
    assert found["料"].firms == ("龙头", "大厂", "小厂", "无数厂"), "2 万吨 are more than 5 kt"
    assert found["料"].masters == found["件"].masters == ("龙头",)
    assert drawn.around[:2] == ("某市", "某省")
