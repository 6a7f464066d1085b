"""A change comes to what the whole derivation comes to: random sequences of loads, versions, withdrawals and retirements
on small sheets. All names here are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from graph.model import EDGES
from graph.store import open_store
from graph.whole import whole
from graph.workspace import Workspace, create
from loaders import index as indexing
from loaders import material
from loaders.index_fill import filled
from loaders.load import Options, Report, load, rebuild, retire, withdraw
from tests.graphs import plain

CODES = ("91310000MA1FL0AA0B", "91310000MA1FL0BB0X")
HEADS = {
    "产业链全景视图(环节)": "产业链,环节,别名,产能单位,来源",
    "产业链全景视图(供给)": "上游环节,下游环节,单耗,单耗单位,来源",
    "产业链重点企业表": "企业名称,环节,统一社会信用代码,产能,单位,厂区/期,所在地,集团总部,链主,产值(万元),数据日期,来源",
    "产业链配套企业表": "配套企业,主机企业,环节,年供货额(万元),所在地,来源",
    "产业链重点项目库": "项目名称,环节,投资方,新增产能,单位,期,所在地,专班,计划投产,投产,来源",
    "声明表": "环节,类型,声明者,声明日期,来源",
    "来源表": "来源编号,名称,发布机构,发布日期,权威级别,受众",
    "地区表": "地区,上级地区,别名",
}
NODES = ["料", "件", "芯", "新料", "甲链/料"]
FIRMS = ["一厂", "二厂", "三 厂", "一厂(集团)"]
PLACES = ["", "东区", "西区", "某市西区", "东城"]
SOURCES = ["", "甲报", "乙报"]


def one(draw: Any, *values: str) -> str:
    return str(draw(st.sampled_from(values)))


def row(draw: Any, sheet: str) -> str:
    """One row of a sheet; most name the same few things."""
    node, firm, source = one(draw, *NODES[:4]), one(draw, *FIRMS), one(draw, *SOURCES)
    day = one(draw, "", "2022-12-31", "2023-06-30")
    size = draw(st.sampled_from([1, 2, 20, 200]))
    return {
        "产业链全景视图(环节)": f"{one(draw, '甲链', '乙链')},{one(draw, *NODES)},{one(draw, '', '物', '件', '新料')},{one(draw, '', 'kt/a', 'GW')},{source}",
        "产业链全景视图(供给)": f"{node},{one(draw, *NODES[:4])},{one(draw, '', '2', '3')},kt/GW,{source}",
        "产业链重点企业表": f"{firm},{node},{one(draw, '', '', *CODES)},{size},kt/a,{one(draw, '', '一期')},{one(draw, *PLACES)},{one(draw, '', *FIRMS)},"
                            f"{one(draw, '', '是')},{one(draw, '', '5')},{day},{source}",
        "产业链配套企业表": f"{firm},{one(draw, *FIRMS)},{node},{size},{one(draw, '', '外省', '东区')},{source}",
        "产业链重点项目库": f"{one(draw, '大项目', '小项目')},{node},{firm},{size},kt/a,{one(draw, '', '一期')},{one(draw, *PLACES)},"
                            f"{one(draw, '', '专班甲')},{one(draw, '', '2023-06', '2023-12')},{one(draw, '', '2023-05-01')},{source}",
        "声明表": f"{node},填补,{one(draw, '', '东区', '大项目', '一厂')},2023-01-01,{source}",
        "来源表": f"{one(draw, '甲报', '乙报')},报,社,{one(draw, '', '2023-01-01', '2023-03-01')},{one(draw, '3', '5')},{one(draw, '公开', '公开', '内部')}",
        "地区表": f"{one(draw, '东区', '西区')},{one(draw, '', '某市', '外省')},{one(draw, '', '东城')}",
    }[sheet]


@st.composite
def files(draw: Any) -> dict[str, str]:
    """A few sheets of one folder, by name."""
    names = draw(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, max_size=3, unique=True))
    return {name: "\n".join([HEADS[name], *(row(draw, name) for _ in range(draw(st.integers(1, 4))))]) + "\n" for name in sorted(names)}


BASE = {"产业链全景视图(环节)": "\n".join([HEADS["产业链全景视图(环节)"], "甲链,料,物,kt/a,", "甲链,件,,GW,", "乙链,芯,,,", "乙链,新料,,kt/a,"]) + "\n",
        "地区表": "\n".join([HEADS["地区表"], "东区,某市,东城", "西区,某市,"]) + "\n"}

STEPS = st.lists(st.one_of(
    st.tuples(st.just("load"), st.sampled_from(["表一", "表二", "表三"]), files(), st.booleans(), st.sampled_from(["", "", "内部"])),
    st.tuples(st.just("withdraw"), st.integers(0, 9)), st.tuples(st.just("retire"), st.integers(0, 99), st.integers(0, 400))),
    min_size=2, max_size=7)


@dataclass
class City:
    """A workspace whose days pass."""

    folder: Path
    workspace: Workspace
    day: date = date(2024, 1, 1)
    paths: int = 0
    taken: list[str] = field(default_factory=list)


def put(folder: Path, sheets: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def done(city: City, step: tuple[Any, ...]) -> Report | None:
    """Take a step; None where it is refused, as the whole derivation would refuse it."""
    city.paths += 1
    city.day += timedelta(days=city.paths % 3 == 0)  # some versions come on the very same day
    try:
        if step[0] == "load":
            _, name, sheets, new_nodes, audience = step
            path = put(city.folder / str(city.paths) / name, sheets)
            return load(city.workspace, [path], Options(today=city.day, new_nodes=new_nodes, audience=audience))
        if step[0] == "withdraw":
            entries = city.workspace.manifest()[1:]
            return withdraw(city.workspace, [entries[step[1] % len(entries)].kept]) if entries else None
        facts = material.read_all(city.workspace, city.workspace.manifest()).graph.facts
        return retire(city.workspace, [facts[step[1] % len(facts)].id], date(2024, 1, 1) + timedelta(days=step[2]), "停产", city.day)
    except LiantuError as error:
        city.taken.append(error.message)
        return None


def content(workspace: Workspace) -> tuple[Any, ...]:
    """Nodes and facts of the store, and what ``whole`` does not tell: which facts are alone between their ends."""
    with open_store(workspace.store) as store:
        soles = [row for edge in EDGES for row in store.read(
            f"MATCH ()-[e:{edge.name}]->() RETURN e.id AS id, e.sole AS sole, e.line AS line, e.precedence AS precedence ORDER BY id", {})]
        return whole(store), soles


def same(city: City) -> None:
    """Store and index are what the material gives when it is derived in full."""
    workspace, entries = city.workspace, city.workspace.manifest()
    derived = material.read_all(workspace, entries)
    stored, soles = content(workspace)
    assert stored == plain(derived.graph)
    assert index_of(workspace) == dump(filled(workspace, entries, derived))
    rebuild(workspace)
    assert content(workspace) == (stored, soles)


def index_of(workspace: Workspace) -> dict[str, list[Any]]:
    index = indexing.opened(workspace, workspace.manifest())
    assert index is not None, "the index fits"
    return dump(index)


def dump(index: indexing.Index) -> dict[str, list[Any]]:
    """Every table, with materials by name and not by number."""
    kept = dict(index.sql.execute("SELECT number, kept FROM material"))
    tables = {}
    for table in ("material", "said", "told", "piece", "used", "closing"):
        column = "number" if table == "material" else "material"
        found = [dict(zip([c[0] for c in cursor.description], row, strict=True)) for cursor in [index.sql.execute(f"SELECT * FROM {table}")]
                 for row in cursor]
        tables[table] = sorted(str({**one, column: kept[one[column]], "number": 0}) for one in found)
    tables["fact"] = sorted(map(str, index.sql.execute("SELECT * FROM fact")))
    tables["node"] = sorted(map(str, index.sql.execute("SELECT * FROM node")))
    tables["called"] = sorted(map(str, index.sql.execute("SELECT * FROM called")))
    index.close()
    return tables


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_any_sequence_comes_to_what_the_material_gives(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]) -> None:
    folder = tmp_path_factory.mktemp("steps")
    city = City(folder, create(folder / "某市", "某市"))
    load(city.workspace, [put(folder / "0" / "底", BASE)], Options(today=city.day))
    for step in steps:
        done(city, step)
        same(city)
