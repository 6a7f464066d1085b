"""The overview from a real store: every chain, its 链主 and who is in charge, its changes, its clocks, its audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.overview import Charge, Overview, Tile
from graph.errors import LiantuError
from graph.store import open_store
from graph.workspace import Workspace, create
from loaders.load import Options, load
from queries.asking import Asked
from queries.diff import diff
from queries.overview import overview
from queries.picture import picture

D = date.fromisoformat
SHEETS = {
    "产业链全景视图(环节).csv": "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n甲链,品,GW\n乙链,料,kt/a\n乙链,物,GW\n",
    "产业链全景视图(供给).csv": "上游,下游,关系,单耗,单耗单位,年份\n料,件,材料,2,kt/GW,2023\n件,品,材料,1,GW/GW,2023\n料,物,材料,5,kt/GW,2023\n",
    "地区表.csv": "地区,上级地区\n市,省\n省,\n",
    "产业链重点企业表.csv": "企业名称,环节,产能,单位,所在地,链主,数据日期\n品厂,品,3,GW,市,是,2023-03-31\n品厂,件,1,GW,市,是,2023-03-31\n"
                      "小厂,品,1,GW,市,,2023-03-31\n外厂,料,1,kt/a,省,是,2023-03-31\n",
    "声明表.csv": "环节,类型,声明者,声明日期\n料,空白,市,2023-06-30\n",
    "产业链重点项目库.csv": "项目名称,环节,投资方,新增产能,单位,所在地,签约,计划投产,数据日期\n"
                      "新料,料,甲公司,2,kt/a,市,2023-03-01,2023-12-31,2023-03-01\n",
    "专班表.csv": "产业链,专班,市级领导,牵头部门,起始日期\n甲链,一班,旧人,工信局,2023-01-01\n甲链,一班,新人,工信局,2023-09-01\n",
}
LATER = {"产业链重点项目库.csv":
         "项目名称,环节,投资方,新增产能,单位,所在地,计划投产,数据日期\n新料,料,甲公司,2,kt/a,市,2024-12-31,2023-10-01\n"}
INNER = {"声明表.csv": "环节,类型,声明者,声明日期\n物,空白,市,2023-06-30\n",
         "产业链全景视图(环节).csv": "产业链,环节,产能单位\n丙链,机密料,kt/a\n"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("overview")
    made = create(folder / "市", "市")
    for kind, given, day in (("名单", SHEETS, "2023-07-01"), ("新名单", LATER, "2023-10-01"), ("内部", INNER, "2023-07-01")):
        (folder / kind).mkdir()
        for name, text in given.items():
            (folder / kind / name).write_text(text, encoding="utf-8")
        load(made, [folder / kind], Options(today=D(day), audience="内部" if given is INNER else ""))
    return made


def ask(city: Workspace, as_of: str = "2024-01-01", first: str = "", audience: str = "公开", known_by: str = "") -> Overview:
    with open_store(city.store) as store:
        return overview(store, city.settings, Asked("市", D(as_of), D(known_by or as_of), audience), D(first) if first else None)


def tile(answer: Overview, chain: str) -> Tile:
    return next(t for t in answer.rows if t.chain == chain)


def test_every_chain_once_with_the_picture_of_its_own_map(city: Workspace) -> None:
    answer = ask(city)
    assert [t.chain for t in answer.rows] == ["甲链", "乙链"]
    with open_store(city.store) as store:
        alone = picture(store, city.settings, "甲链", Asked("市", D("2024-01-01"), D("2024-01-01"), "公开"))
    assert tile(answer, "甲链").picture == alone
    assert (answer.question, answer.chain, answer.first, tile(answer, "甲链").since) == ("overview", None, None, None)


def test_the_leading_firm_is_here_and_named_once(city: Workspace) -> None:
    """品厂 makes two nodes here; 外厂 is called 链主 too, but its plant stands in the province outside."""
    answer = ask(city)
    assert tile(answer, "甲链").masters == ("品厂",) and tile(answer, "乙链").masters == ()


def test_who_is_in_charge_on_the_day(city: Workspace) -> None:
    assert tile(ask(city), "甲链").charge == Charge("一班", "新人", "工信局")
    assert tile(ask(city, "2023-08-01", known_by="2024-01-01"), "甲链").charge == Charge("一班", "旧人", "工信局")
    assert tile(ask(city), "乙链").charge is None


def test_what_became_of_it_since_is_what_diff_says(city: Workspace) -> None:
    found = tile(ask(city, first="2023-07-02"), "甲链").since
    assert found is not None and (found.opened, found.slipped) == ((), ("新料",))
    earlier = tile(ask(city, first="2023-06-01"), "甲链").since
    with open_store(city.store) as store:
        told = diff(store, city.settings, "甲链", D("2023-06-01"), Asked("市", D("2024-01-01"), D("2024-01-01"), "公开"))
    assert earlier is not None and earlier.opened == tuple(r.name for r in told.rows if r.kind == "opened" and not r.learned)
    assert "料" in earlier.opened
    assert earlier.others == sum(not r.learned and r.kind not in ("opened", "closed", "slipped") for r in told.rows)
    assert earlier.learned == sum(r.learned and r.kind in ("opened", "closed", "slipped") for r in told.rows)


def test_projects_by_stage(city: Workspace) -> None:
    assert dict(tile(ask(city), "乙链").stages) == {"在建": 0, "签约": 1, "在谈": 0}


def test_a_stricter_chain_is_not_in_it(city: Workspace) -> None:
    assert "丙链" in [t.chain for t in ask(city, audience="内部").rows]
    public = ask(city)
    assert "丙链" not in [t.chain for t in public.rows] and "机密料" not in repr(public)
    assert tile(ask(city, audience="内部"), "乙链") != tile(public, "乙链")


@pytest.mark.parametrize(("first", "said"), [("2024-01-01", "are the same day"), ("2024-02-01", "is later")])
def test_the_day_of_the_changes_is_earlier(city: Workspace, first: str, said: str) -> None:
    with pytest.raises(LiantuError, match=said):
        ask(city, first=first)


def test_no_chain_at_all_is_told_with_the_cure(tmp_path: Path) -> None:
    empty = create(tmp_path / "空", "空市")
    load(empty, [_sheet(tmp_path)], Options(today=D("2023-07-01")))
    with open_store(empty.store) as store, pytest.raises(LiantuError, match="there is no chain") as refused:
        overview(store, replace(empty.settings), Asked("空市", D("2024-01-01"), D("2024-01-01")))
    assert refused.value.cure


def _sheet(folder: Path) -> Path:
    path = folder / "地区表.csv"
    path.write_text("地区,上级地区\n空市,省\n省,\n", encoding="utf-8")
    return path
