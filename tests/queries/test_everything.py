"""Everything at once from a real store: chains, regions within, prices of wider regions, one gap once, clocks, audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.ranking import Everything
from graph.errors import LiantuError
from graph.facts import Graph
from graph.model import VERSION
from graph.settings import Settings
from graph.store import Marker, open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.additions import plan
from queries.asking import Asked, Reader
from queries.everything import _regions, everything, explained
from queries.fetch import evidence
from queries.whatif import whatif

DAY = date(2024, 1, 1)
SHEETS = {
    "产业链全景视图(环节).csv": "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n甲链,品,GW\n乙链,料,kt/a\n乙链,物,GW\n",
    "产业链全景视图(供给).csv": "上游,下游,关系,单耗,单耗单位,年份\n料,件,材料,2,kt/GW,2023\n件,品,材料,1,GW/GW,2023\n料,物,材料,5,kt/GW,2023\n",
    "地区表.csv": "地区,上级地区\n全国,\n省,全国\n市,省\n东区,市\n西区,市\n镇,西区\n南区,市\n北区,市\n",
    "产业链重点企业表.csv": "企业名称,环节,产能,单位,所在地,数据日期\n南厂,品,0.5,GW,南区,2023-06-30\n",
    "地区产能表.csv": "地区,环节,数值,单位,日期,口径\n市,品,3,GW,2023-06-30,产能\n市,物,1,GW,2023-06-30,产能\n市,料,2,kt/a,2023-06-30,产能\n"
                      "市,件,1,GW,2023-06-30,产能\n"
                      "东区,件,1,GW,2023-06-30,产能\n东区,料,1,kt/a,2023-06-30,产能\n西区,品,2,GW,2023-06-30,产能\n"
                      "全国,料,10000,元/t,2023-06-30,单价\n全国,件,1.5,元/W,2023-06-30,单价\n省,料,99000,元/t,2023-06-30,单价\n",
    "声明表.csv": "环节,类型,声明者,声明日期\n件,空白,西区,2023-06-30\n",
    "产业链重点项目库.csv": "项目名称,环节,投资方,新增产能,单位,总投资(亿元),所在地,签约\n新件,件,甲公司,2,GW,20,西区,2023-07-01\n",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("everything")
    made = create(folder / "市", "市")
    for name, text in SHEETS.items():
        (folder / name).write_text(text, encoding="utf-8")
    load(made, [folder / name for name in SHEETS], Options(today=DAY))
    return made


def ask(city: Workspace, region: str = "市", top: int | None = None, settings: Settings | None = None,
        audience: str = "公开") -> Everything:
    with open_store(city.store) as store:
        return everything(store, settings or city.settings, Asked(region, DAY, DAY, audience), top)


def place(answer: Everything) -> list[tuple[int, str, str, str]]:
    return [(r.rank.place, r.region, r.node, r.verdict) for r in answer.rows if r.rank]


def test_chains_and_regions_at_once(city: Workspace) -> None:
    """西区 says of itself that it has no 件, of which the city has 1 GW; 料 is weak in the city and in 东区: one gap."""
    answer = ask(city)
    assert place(answer) == [(1, "西区", "件", "missing"), (2, "市", "料", "weak"), (3, "市", "件", "weak")]
    at_risk = {r.node: [round(a.share or 0, 3) for a in r.output_at_risk or ()] for r in answer.rows if r.region == "市"}
    assert at_risk == {"料": [0.714, 0.714, 0.238], "件": [0.667]}  # 料: 2 of 7; then 品 has 2/7 of 1 GW and 2 from outside
    assert (answer.question, answer.chain, answer.total, answer.order[0]) == ("everything", None, 3, "verdict")
    assert {(r.region, r.node): r.also for r in answer.rows}["市", "料"] == ("东区",)


def test_a_node_of_two_chains_is_one_row_with_both(city: Workspace) -> None:
    row = next(r for r in ask(city).rows if r.node == "料")
    assert (row.chains, set(row.must_pass), row.paths) == (("乙链", "甲链"), {"品", "物"}, 2)


def test_prices_of_the_market_and_not_of_the_nearer_wider_region(city: Workspace) -> None:
    """料: 1 × 2 + 1 × 5 − 2 = 5 kt/a at 10,000 元/t; 件: 3 − 1 = 2 GW at 1.5 元/W, in 西区 2 GW as well."""
    found = {(r.region, r.node): r.leakage.value for r in ask(city).rows if r.leakage}
    assert found == {("市", "料"): pytest.approx(0.5), ("市", "件"): 30, ("西区", "件"): 30}


def test_the_nearest_wider_region_that_has_the_node(city: Workspace) -> None:
    assert ask(city).rows[0].nearby == "市"


def test_an_asked_region_is_ranked_with_what_lies_in_it(city: Workspace) -> None:
    assert place(ask(city, "西区")) == [(1, "西区", "件", "missing")]


def test_a_region_without_facts_of_its_own_is_left_out(city: Workspace) -> None:
    """镇 lies in 西区, whose word that there is none holds for it too; nobody says anything of 镇 itself."""
    assert ask(city, "西区").rows[0].also == ()


def test_a_region_of_which_only_a_plant_is_known_is_asked_too(city: Workspace) -> None:
    with open_store(city.store) as store:
        reader = Reader(store, Asked("市", DAY, DAY))
        assert _regions(reader, evidence(reader, city.settings, ["甲链"])) == ["东区", "南区", "西区"]


def test_the_order_of_liantu_toml(city: Workspace) -> None:
    answer = ask(city, settings=replace(city.settings, ranking=("leakage",)))
    assert place(answer) == [(1, "市", "件", "weak"), (1, "西区", "件", "missing"), (3, "市", "料", "weak")]
    assert [[name for name, _, _ in r.rank.parts] for r in answer.rows if r.rank] == [["leakage"]] * 3


def test_the_first_of_them(city: Workspace) -> None:
    answer = ask(city, top=1)
    assert (len(answer.rows), answer.total, answer.top) == (1, 3, 1)
    with pytest.raises(LiantuError, match="--top 0"):
        ask(city, top=0)


def test_fill_in_with_the_rule_and_investment(city: Workspace) -> None:
    answer = ask(city)
    assert [(f.chain, f.projects, f.fill_in, f.share, f.investment) for f in answer.fill_in] == [
        ("甲链", 1, ("新件",), 1.0, 20), (None, 1, ("新件",), 1.0, 20)]
    assert "fill-in" in answer.notes[0][1]


def test_explain_knows_the_ways(city: Workspace) -> None:
    with open_store(city.store) as store:
        rows = {r.node: r for r in explained(store, city.settings, "甲链", Asked("市", DAY, DAY)).rows}
    assert {n: (r.must_pass, r.paths) for n, r in rows.items()} == {"料": (("品",), 1), "件": (("品",), 1), "品": ((), 1)}


def test_no_chain_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "graph.lbug", create=True) as store:
        store.replace(Graph(), Marker("w", VERSION, "m"))
        with pytest.raises(LiantuError, match="no chain"):
            everything(store, Settings("w", "市"), Asked("市", DAY, DAY))


def test_nothing_stricter_is_seen(city: Workspace, tmp_path: Path) -> None:
    """A price and a project that only 专班 may see change no other answer."""
    (tmp_path / "地区产能表.csv").write_text("地区,环节,数值,单位,日期,口径\n全国,料,20000,元/t,2023-07-30,单价\n", encoding="utf-8")
    (tmp_path / "产业链重点项目库.csv").write_text(
        "项目名称,环节,投资方,新增产能,单位,总投资(亿元),所在地,签约\n密件,件,甲公司,2,GW,99,西区,2023-07-01\n", encoding="utf-8")
    before = ask(city)
    load(city, sorted(tmp_path.iterdir()), Options(today=DAY, audience="专班"))
    assert ask(city) == before
    inside = ask(city, audience="专班")
    assert inside.fill_in[-1].projects == 2
    assert next(r for r in inside.rows if r.node == "料").leakage != next(r for r in before.rows if r.node == "料").leakage


def test_a_cycle_that_eats_itself_up_is_named_at_every_foot(tmp_path: Path) -> None:
    sheets = {"产业链全景视图(环节).csv": "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,kt/a\n",
              "产业链全景视图(供给).csv": "上游,下游,关系,单耗,单耗单位,年份\n料,件,材料,2,t/t,2023\n件,料,材料,0.6,t/t,2023\n",
              "地区产能表.csv": "地区,环节,数值,单位,日期,口径\n市,料,1,kt/a,2023-06-30,产能\n市,件,1,kt/a,2023-06-30,产能\n"}
    made = create(tmp_path / "市", "市")
    for name, text in sheets.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    load(made, [tmp_path / name for name in sheets], Options(today=DAY))
    with open_store(made.store) as store:
        supposed = whatif(store, made.settings, "甲链", plan(["料=5kt/a@2023-06-30"]), Asked("市", DAY, DAY), DAY)
    for notes in (ask(made).notes, supposed.notes):
        assert any("has gain 1.2" in en for _, en in notes), notes


def test_two_nodes_of_one_name_are_two_gaps(tmp_path: Path) -> None:
    """甲链/电池 and 乙链/电池 are not the same node: neither hides the other, and an addition reaches the one that is meant."""
    sheets = {
        "产业链全景视图(环节).csv": "产业链,环节,产能单位,摸排结论,摸排日期\n甲链,甲链/电池,GW,无,2023-01-01\n甲链,甲车,GW,有,2023-01-01\n"
                             "乙链,乙链/电池,GW,无,2023-01-01\n乙链,乙车,GW,有,2023-01-01\n",
        "产业链全景视图(供给).csv": "上游,下游,关系\n甲链/电池,甲车,部件\n乙链/电池,乙车,部件\n甲链/电池,乙链/电池,部件\n"}
    made = create(tmp_path / "市", "市")
    for name, text in sheets.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    load(made, [tmp_path / name for name in sheets], Options(today=DAY))
    answer = ask(made)
    assert sorted((r.chains, r.node, r.also) for r in answer.rows) == [(("乙链",), "电池", ()), (("甲链",), "电池", ())]
    with open_store(made.store) as store:
        told = whatif(store, made.settings, "乙链", plan(["电池=5GW@2023-06-30"]), Asked("市", DAY, DAY), DAY)
    row = next(r for r in told.rows if r.node == "电池")
    assert row.after.supply is not None and row.after.supply.value == 5
