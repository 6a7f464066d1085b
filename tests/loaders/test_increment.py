"""A change comes to what the whole derivation comes to: random sequences of loads, versions, withdrawals and retirements
on small sheets. All names here are invented."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from graph.facts import Graph
from graph.model import EDGES
from graph.store import open_store
from graph.whole import whole
from graph.workspace import Workspace, create, find
from loaders import closures, material, renewal, settle
from loaders import index_file as indexing
from loaders.index import Index
from loaders.index_fill import filled
from loaders.load import Options, Report, check, load, rebuild, retire, withdraw
from loaders.opening import opened
from tests.graphs import plain

ROOT = Path(__file__).parent.parent.parent

CODES = ("91310000MA1FL0AA0B", "91310000MA1FL0BB0X")
HEADS = {
    "产业链全景视图(环节)": "产业链,环节,别名,产能单位,来源",
    "产业链全景视图(供给)": "上游环节,下游环节,单耗,单耗单位,来源",
    "产业链重点企业表": "企业名称,环节,统一社会信用代码,产能,单位,厂区/期,所在地,集团总部,链主,产值(万元),数据日期,来源",
    "产业链配套企业表": "配套企业,主机企业,环节,年供货额(万元),所在地,来源",
    "产业链重点项目库": "项目名称,环节,投资方,项目代码,新增产能,单位,期,所在地,专班,计划投产,投产,来源",
    "声明表": "环节,类型,声明者,声明日期,来源",
    "来源表": "来源编号,名称,发布机构,发布日期,权威级别,受众",
    "地区表": "地区,上级地区,别名",
}
NODES = ["料", "件", "芯", "新料", "甲链/料"]
FIRMS = ["一厂", "二厂", "三 厂", "一厂(集团)", "某市一厂有限公司", "二厂股份有限公司"]
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
        "产业链全景视图(环节)": f"{one(draw, '甲链', '乙链')},{one(draw, *NODES)},{one(draw, '', '物', '件', '新料')},"
                                f"{one(draw, '', 'kt/a', 'GW')},{source}",
        "产业链全景视图(供给)": f"{node},{one(draw, *NODES[:4])},{one(draw, '', '2', '3')},kt/GW,{source}",
        "产业链重点企业表": f"{firm},{node},{one(draw, '', '', *CODES)},{size},kt/a,{one(draw, '', '一期')},"
                            f"{one(draw, *PLACES)},{one(draw, '', *FIRMS)},"
                            f"{one(draw, '', '是')},{one(draw, '', '5')},{day},{source}",
        "产业链配套企业表": f"{firm},{one(draw, *FIRMS)},{node},{size},{one(draw, '', '外省', '东区')},{source}",
        "产业链重点项目库": f"{one(draw, '大项目', '小项目')},{node},{firm},{one(draw, '', 'X1', 'X1', 'X2')},{size},kt/a,"
                            f"{one(draw, '', '一期')},{one(draw, *PLACES)},"
                            f"{one(draw, '', '专班甲')},{one(draw, '', '2023-06', '2023-12')},{one(draw, '', '2023-05-01')},{source}",
        "声明表": f"{node},填补,{one(draw, '', '东区', '大项目', '一厂')},2023-01-01,{source}",
        "来源表": f"{one(draw, '甲报', '乙报')},报,社,{one(draw, '', '2023-01-01', '2023-03-01')},{one(draw, '3', '5')},"
                  f"{one(draw, '公开', '公开', '内部')}",
        "地区表": f"{one(draw, '东区', '西区')},{one(draw, '', '某市', '外省')},{one(draw, '', '东城')}",
    }[sheet]


@st.composite
def files(draw: Any) -> dict[str, str]:
    """A few sheets of one folder, by name."""
    names = draw(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, max_size=3, unique=True))
    return {name: "\n".join([HEADS[name], *(row(draw, name) for _ in range(draw(st.integers(1, 4))))]) + "\n" for name in sorted(names)}


BASE = {"产业链全景视图(环节)": f"{HEADS['产业链全景视图(环节)']}\n甲链,料,物,kt/a,\n甲链,件,,GW,\n乙链,芯,,,\n乙链,新料,,kt/a,\n",
        "地区表": f"{HEADS['地区表']}\n东区,某市,东城\n西区,某市,\n"}

STEPS = st.lists(st.one_of(
    st.tuples(st.just("load"), st.sampled_from(["表一", "表二", "表三"]), files(), st.booleans(), st.sampled_from(["", "", "内部"])),
    st.tuples(st.sampled_from(["accept", "reject", "split"]), st.sampled_from(FIRMS), st.sampled_from(FIRMS)),
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
        if step[0] in ("accept", "reject"):
            getattr(settle, step[0])(city.workspace, step[1], *([step[2]] if step[0] == "accept" else [[step[2]]]))
            return Report()
        if step[0] == "split":
            settle.split(city.workspace, [step[1]])
            return Report()
        facts = material.read_all(city.workspace, city.workspace.manifest()).graph.facts
        return retire(city.workspace, [facts[step[1] % len(facts)].id], date(2024, 1, 1) + timedelta(days=step[2]), "停产", city.day)
    except LiantuError as error:
        city.taken.append(error.message)
        return None


def content(workspace: Workspace) -> tuple[Any, ...]:
    """Nodes and facts of the store, and what ``whole`` does not tell: line, precedence, and which facts are alone."""
    with open_store(workspace.store) as store:
        text = "MATCH ()-[e:{}]->() RETURN e.id AS id, e.line AS line, e.precedence AS precedence, e.sole AS sole ORDER BY id"
        return whole(store), [row for edge in EDGES for row in store.read(text.format(edge.name), {})]


def same(city: City) -> None:
    """Store and index are what the material gives when it is derived in full."""
    workspace, entries = city.workspace, city.workspace.manifest()
    derived = material.read_all(workspace, entries)
    stored, rows = content(workspace)
    assert stored == plain(derived.graph)
    between = Counter(closures.pair(fact) for fact in derived.graph.facts)
    assert {row["id"]: (row["line"], row["precedence"], row["sole"]) for row in rows} == {
        fact.id: (fact.line, fact.precedence, between[closures.pair(fact)] == 1) for fact in derived.graph.facts}
    index = indexing.opened(workspace, entries)
    assert index is None if derived.contradicted else index is not None, "an index that fits, unless a source means two things"
    if index is not None:
        assert dump(index) == dump(filled(workspace, entries, derived))


def dump(index: Index) -> dict[str, list[str]]:
    """Every table, with materials by name and not by number."""
    kept = dict(index.sql.execute("SELECT number, kept FROM material"))
    tables: dict[str, list[str]] = {}
    for table in ("material", "said", "told", "piece", "used", "closing", "decided", "fact", "node", "called", "firm", "code", "shown",
                  "link", "names"):
        cursor = index.sql.execute(f"SELECT * FROM {table}")
        names, at = [column[0] for column in cursor.description], {"material": "number", "link": ""}.get(table, "material")
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        tables[table] = sorted(str({**row, at: kept.get(row.get(at)), "number": 0}) for row in rows)
    index.close()
    return tables


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_any_sequence_comes_to_what_the_material_gives(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]) -> None:
    folder = tmp_path_factory.mktemp("steps")
    city = City(folder, create(folder / "某市", "某市"))
    load(city.workspace, [put(folder / "0" / "底", BASE)], Options(today=city.day))
    for step in steps:
        done(city, step)
        same(city)
    before = content(city.workspace)
    rebuild(city.workspace)
    assert content(city.workspace) == before


@pytest.fixture
def city(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> City:
    """A city with a firm sheet, on each engine."""
    workspace = create(tmp_path / "某市", "某市", store=request.getfixturevalue("server") if engine == "neo4j" else "")
    load(workspace, [put(tmp_path / "底", BASE)], Options(today=date(2024, 1, 1)))
    load(workspace, [firms(tmp_path, 1, "一厂,料,5,2023-01-01", "二厂,料,7,2023-01-01", "三厂,件,1,2023-01-01")], Options(today=date(2024, 1, 2)))
    return City(tmp_path, workspace)


def firms(folder: Path, version: int, *rows: str) -> Path:
    """A version of one firm sheet."""
    path = folder / str(version) / "产业链重点企业表.csv"
    path.parent.mkdir(parents=True)
    path.write_text("企业名称,环节,产能,数据日期\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def no_derivation(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """What derives everything fails: what passes is a change alone."""
    def fail(*given: object, **named: object) -> None:
        raise AssertionError("everything was derived")

    monkeypatch.setattr(renewal, "derived_anew", fail)


SECOND = ("一厂,料,5,2023-01-01", "二厂,料,9,2023-07-01", "新厂,件,2,2023-01-01")


def told(report: Report) -> tuple[Any, ...]:
    return (report.new, report.changed_count, report.kept, [(one.was, one.now) for one in report.changed],
            [one.partition(" —")[0] for one in report.added], [one.text.partition(" —")[0] for one in report.gone], report.notes)


EXPECTED: tuple[Any, ...] = (2, 1, 1, [("产能 7", "9")], ["新厂"], ["三厂"], [])


@pytest.mark.usefixtures("no_derivation")
def test_a_newer_version_says_what_is_new_changed_as_before_and_not_seen(city: City) -> None:
    path = firms(city.folder, 2, *SECOND)
    assert told(check(city.workspace, [path], Options(today=date(2024, 2, 1)))) == EXPECTED
    assert told(load(city.workspace, [path], Options(today=date(2024, 2, 1)))) == EXPECTED
    same(city)


def test_the_report_is_the_same_where_everything_is_derived(city: City) -> None:
    indexing.path(city.workspace).unlink()
    assert told(load(city.workspace, [firms(city.folder, 2, *SECOND)], Options(today=date(2024, 2, 1)))) == EXPECTED
    same(city)


@pytest.mark.usefixtures("no_derivation")
def test_withdrawing_and_retiring_are_changes_too(city: City) -> None:
    fact = next(f for f in whole_of(city).facts if f.edge == "MAKES" and f.start == "一厂")
    assert "一厂" in retire(city.workspace, [fact.id[:12]], date(2024, 1, 1), "卖出", date(2024, 1, 3)).closed[0]
    same(city)
    load(city.workspace, [firms(city.folder, 2, *SECOND)], Options(today=date(2024, 2, 1)))
    assert withdraw(city.workspace, ["产业链重点企业表.csv"]).kept == len(whole_of(city).facts)
    same(city)


@pytest.mark.usefixtures("no_derivation")
def test_a_plan_that_moves_keeps_its_old_day(city: City) -> None:
    head = "项目名称,环节,投资方,计划投产,数据日期\n"
    for version, (planned, day) in enumerate((("2023-06-30", "2022-12-31"), ("2023-12-31", "2023-06-30")), start=3):
        path = city.folder / str(version) / "产业链重点项目库.csv"
        path.parent.mkdir()
        path.write_text(f"{head}大项目,料,一厂,{planned},{day}\n", encoding="utf-8")
        report = load(city.workspace, [path], Options(today=date(2024, 3, version)))
    assert ("日期 2023-06-30", "2023-12-31") in [(one.was, one.now) for one in report.changed]
    plans = [f for f in whole_of(city).facts if f.edge == "REACHES"]
    assert {(f.properties["day"], f.valid_from) for f in plans} == {
        (date(2023, 6, 30), date(2022, 12, 31)), (date(2023, 12, 31), date(2023, 6, 30))}


def test_a_name_that_now_stands_for_something_else_reaches_other_material(city: City) -> None:
    coded = city.folder / "4" / "产业链配套企业表.csv"
    coded.parent.mkdir()
    coded.write_text(f"配套企业,主机企业,环节,统一社会信用代码\n一厂,二厂,料,{CODES[0]}\n", encoding="utf-8")
    load(city.workspace, [coded], Options(today=date(2024, 2, 1)))
    assert {f.start for f in whole_of(city).facts if f.edge == "MAKES"} == {CODES[0], "二厂", "三厂"}
    same(city)
    withdraw(city.workspace, ["产业链配套企业表.csv"])
    assert {f.start for f in whole_of(city).facts if f.edge == "MAKES"} == {"一厂", "二厂", "三厂"}
    same(city)


def whole_of(city: City) -> Graph:
    with open_store(city.workspace.store) as store:
        return whole(store)


def test_notes_speak_of_this_load_only(city: City) -> None:
    wrong = city.folder / "4" / "产业链配套企业表.csv"
    wrong.parent.mkdir()
    wrong.write_text("配套企业,主机企业,环节,统一社会信用代码\n四厂,二厂,料,123\n", encoding="utf-8")
    assert any("123" in note for note in load(city.workspace, [wrong], Options(today=date(2024, 2, 1))).notes)
    assert load(city.workspace, [firms(city.folder, 2, *SECOND)], Options(today=date(2024, 2, 2))).notes == []


@pytest.mark.parametrize("damage", ["gone", "torn", "holed", "other"])
def test_an_index_that_does_not_fit_is_made_again(city: City, damage: str) -> None:
    path = indexing.path(city.workspace)
    if damage == "gone":
        path.unlink()
    elif damage == "torn":
        path.write_bytes(path.read_bytes()[:4096] + b"x" * 20_000)
    elif damage == "holed":
        there = path.read_bytes()
        path.write_bytes(there[:3 * 4096] + b"\xff" * (len(there) - 6 * 4096) + there[-3 * 4096:])
    else:
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("UPDATE about SET digest = 'other'")
            other.commit()
    load(city.workspace, [firms(city.folder, 2, *SECOND)], Options(today=date(2024, 2, 1)))
    same(city)


def test_looking_writes_nothing(city: City) -> None:
    before = {p: p.read_bytes() for p in city.workspace.folder.rglob("*") if p.is_file()}
    check(city.workspace, [firms(city.folder, 2, *SECOND)], Options(today=date(2024, 2, 1)))
    assert {p: p.read_bytes() for p in city.workspace.folder.rglob("*") if p.is_file()} == before


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from graph.workspace import find
from loaders.load import Options, load, withdraw
left = int(sys.argv[3])
def counted(call):
    def step(*given, **named):
        global left
        left -= 1
        if not left:
            os._exit(9)
        return call(*given, **named)
    return step
os.replace, os.unlink, os.mkdir = map(counted, (os.replace, os.unlink, os.mkdir))
workspace = find(Path(sys.argv[1]))
if sys.argv[2] == "withdraw":
    withdraw(workspace, ["产业链重点企业表.csv"])
else:
    load(workspace, [Path(sys.argv[2])], Options(today=date(2024, 2, 1)))
"""
"""Ends like a kill at the n-th change of a folder: everything that is put in place goes through these."""


@pytest.mark.parametrize(("what", "index"), [("load", "fits"), ("load", "gone"), ("withdraw", "fits")])
def test_whoever_is_killed_leaves_what_was_or_what_is_to_be(tmp_path: Path, what: str, index: str) -> None:
    workspace = create(tmp_path / "某市", "某市")
    load(workspace, [put(tmp_path / "底", BASE)], Options(today=date(2024, 1, 1)))
    load(workspace, [firms(tmp_path, 1, "一厂,料,5,2023-01-01", "二厂,料,7,2023-01-01")], Options(today=date(2024, 1, 2)))
    given = "withdraw" if what == "withdraw" else str(firms(tmp_path, 2, *SECOND))
    if index == "gone":
        indexing.path(workspace).unlink()
    for moment in range(1, 40):
        copy = tmp_path / f"copy-{moment}"
        shutil.copytree(workspace.folder, copy)
        ended = subprocess.run([sys.executable, "-c", KILLED, str(copy), given, str(moment)], cwd=ROOT, check=False,
                               capture_output=True, text=True)
        assert ended.returncode in (0, 9), ended.stderr
        left = find(copy)
        with opened(left, "", lambda _: None) as store:  # as whoever asks opens it
            assert whole(store) == plain(material.read_all(left, left.manifest()).graph)
        assert len(left.manifest()) in (2, 1 if what == "withdraw" else 3)
        if ended.returncode == 0:
            return
    pytest.fail("it never came to its end")
