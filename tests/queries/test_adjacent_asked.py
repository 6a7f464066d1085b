"""Adjacent capability from a real store: who is suggested, from which facts, who is not, the time split, clocks, audience. Names invented."""

from __future__ import annotations

from datetime import date

import pytest

import liantu
from analysis.adjacent import Adjacents
from analysis.answers import plain
from graph.errors import QuestionError
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.adjacent import adjacent, adjacents
from queries.asking import Asked, Reader
from queries.targets import What, targets

D = date.fromisoformat
NODES = "产业链,环节,产能单位,上位环节\n" + "".join(f"甲链,{node},GW,\n" for node in ("料", "件", "品", "器", "孤", "空")) + "甲链,薄件,GW,件\n"
HEAD = "企业名称,环节,产能,单位,状态,厂区/期,所在地,数据日期\n"
SHEETS = {
    "产业链全景视图(环节).csv": NODES,
    "地区表.csv": "地区,上级地区\n市,国\n远市,国\n国,\n",
    "声明表.csv": "环节,类型,声明者,声明日期\n件,空白,市,2022-12-31\n",
    "产业链重点企业表.csv": HEAD +
        "甲厂,料,5,GW,,,远市,2022-12-31\n甲厂,件,5,GW,,,远市,2022-12-31\n"
        "乙厂,料,4,GW,,,远市,2022-12-31\n乙厂,薄件,4,GW,,,远市,2022-12-31\n"
        "丙厂,料,3,GW,,,远市,2022-12-31\n丙厂,器,3,GW,,,远市,2022-12-31\n"
        "丁厂,器,3,GW,,,远市,2022-12-31\n丁厂,料,3,GW,停产,旧厂,远市,2022-12-31\n"
        "戊厂,品,1,GW,,,远市,2022-12-31\n甲厂,品,1,GW,,,远市,2022-12-31\n丙厂,野,1,GW,,,远市,2022-12-31\n独厂,孤,1,GW,,,远市,2022-12-31\n",
    "产业链重点项目库.csv":
        "项目名称,期,环节,投资方,新增产能,单位,所在地,开工,终止,数据日期\n"
        "庚料项目,,料,庚集团,8,GW,远市,2022-06-01,,2022-06-01\n"
        "辛料项目,,料,辛集团,8,GW,远市,2022-06-01,2022-09-01,2022-06-01\n",
}
LATER = {"产业链重点企业表.csv": HEAD + "丙厂,件,9,GW,,,远市,2023-05-31\n"}
SECRET = {"产业链重点企业表.csv": HEAD + "密厂,密品,9,GW,,,远市,2022-12-31\n密厂,料,9,GW,,,远市,2022-12-31\n密厂,器,9,GW,,,远市,2022-12-31\n"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, home: str) -> Workspace:
    folder = tmp_path_factory.mktemp("adjacent")
    made = create(folder / "市", "市", store=home)
    for kind, given, day, audience in (("名单", SHEETS, "2023-03-01", ""), ("新", LATER, "2023-09-01", ""), ("密", SECRET, "2023-03-01", "专班")):
        (folder / kind).mkdir()
        for name, text in given.items():
            (folder / kind / name).write_text(text, encoding="utf-8")
        load(made, [folder / kind], Options(today=D(day), audience=audience, new_nodes=True))
    return made


def ask(city: Workspace, node: str = "件", day: str = "2023-06-30", audience: str = "公开", split: str = "", top: int = 20) -> Adjacents:
    with open_store(city.store) as store:
        return adjacents(store, node, Asked("市", D(day), D(day), audience), D(split) if split else None, top)


def test_who_makes_what_is_near_and_not_the_node(city: Workspace) -> None:
    """Of 件 (its variant is it) the makers are 甲 and 乙; 料 is made by 甲, 乙, 丙, 庚: φ = 2/4; 品 by 甲, 戊: φ = 1/2."""
    answer = ask(city)
    assert answer.made_by == 2 and answer.node == "件"
    assert [(r.firm, r.density) for r in answer.rows if r.firm not in ("丙厂", "庚集团", "戊厂")] == []
    assert {r.firm: r.density for r in answer.rows} == pytest.approx({"丙厂": 0.25, "庚集团": 0.25, "戊厂": 0.25})
    (basis,) = next(r for r in answer.rows if r.firm == "丙厂").basis
    assert (basis.node, basis.proximity, basis.shared) == ("料", 0.5, 2)


def test_a_suggestion_is_inferred_and_its_basis_is_facts(city: Workspace) -> None:
    answer = ask(city)
    for row in answer.rows:
        assert row.evidence.kind == "adjacent" and row.evidence.text.startswith("推断") and row.evidence.en.startswith("inferred")
        assert not row.evidence.fact and not row.evidence.source
        cited = [c for basis in row.basis for c in basis.evidence]
        assert cited and all(c.fact and c.source in {s.id for s in answer.sources} for c in cited)
    built = next(r for r in answer.rows if r.firm == "庚集团").basis[0].evidence
    assert [c.text for c in built] == ["庚集团 投资 庚料项目", "庚料项目 新增 料"]
    with open_store(city.store) as store:
        assert not store.read("MATCH (f:Firm {name: $name})-[m:MAKES]->(n:ChainNode) RETURN n.id AS id", {"name": "庚集团"})


def test_stopped_plants_ended_projects_and_makers_are_not_suggested(city: Workspace) -> None:
    assert not {"丁厂", "辛集团", "甲厂", "乙厂"} & {r.firm for r in ask(city).rows}
    assert "丙厂" not in {r.firm for r in ask(city, day="2023-12-31").rows}  # it makes 件 by then


def test_names_for_some_eyes_only_stay_with_them(city: Workspace) -> None:
    assert "密厂" not in str(plain(ask(city))) and "密厂" in {r.firm for r in ask(city, audience="专班").rows}
    assert ask(city, "器").rows != ask(city, "器", audience="专班").rows


def test_nothing_known_says_so(city: Workspace) -> None:
    assert ask(city, "空").rows == () and "未见公开数据" in str(ask(city, "空").notes)
    assert ask(city, "孤").rows == () and ask(city, "孤").made_by == 1 and "无从推断" in str(ask(city, "孤").notes)


def test_too_little_to_be_judged_says_so(city: Workspace) -> None:
    found = ask(city, day="2023-12-31", split="2023-06-30")
    assert found.hindcast.state == "few" and found.hindcast.judged == 1 and "只作参考" in str(found.notes)
    assert found.hindcast.base_rate and [p.name for p in found.hindcast.predictors] == ["density", "popularity", "breadth"]
    assert f"基准率 {found.hindcast.base_rate:.3g}" in str(found.notes)


def test_the_list_of_targets_shows_it_as_grade_c(city: Workspace) -> None:
    with open_store(city.store) as store:
        answer = targets(store, city.settings, What("件"), liantu.data() / "factors.toml", Asked("市", D("2023-06-30"), D("2023-06-30"), "公开"))
    row = next(r for r in answer.rows if r.firm == "庚集团")
    assert row.grade == "C" and [c.kind for c in row.evidence] == ["adjacent"] and row.evidence[0].text.startswith("推断")
    assert "adjacent" not in {c.kind for r in answer.rows if r.firm in ("甲厂", "乙厂") for c in r.evidence}


def test_around_is_as_good_as_everywhere(city: Workspace) -> None:
    """A list of several nodes says of each what it says alone."""
    with open_store(city.store) as store:
        reader = Reader(store, Asked("市", D("2023-06-30"), D("2023-06-30"), "公开"))
        several = adjacent(reader, ["件", "器", "空"], 20)
        assert several == {node: adjacent(reader, [node], 20)[node] for node in ("件", "器", "空")}
        assert [len(adjacent(reader, ["件"], top)["件"]) for top in (1, 2, 20)] == [1, 2, 3]


def test_a_node_of_no_chain_needs_a_maker_that_one_may_see(city: Workspace) -> None:
    assert (ask(city, "野").chain, ask(city, "野").made_by) == (None, 1) and ask(city, "密品", audience="专班").made_by == 1
    with pytest.raises(QuestionError, match="密品"):
        ask(city, "密品")


@pytest.mark.parametrize(("node", "split", "said"), [("无此", "", "没有环节"), ("件", "2024-01-01", "--split")])
def test_bad_input(city: Workspace, node: str, split: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        ask(city, node, split=split)
