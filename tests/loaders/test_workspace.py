"""Loading as a whole: order, splits, versions, withdrawing, retiring, rebuilding. All rows here are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.facts import Fact
from graph.store import open_store
from graph.whole import whole
from graph.workspace import Workspace, create
from loaders import load as loading
from loaders import material
from loaders.load import Options, Refused, load, rebuild, retire, withdraw
from tests.graphs import plain

NODES = "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n"
FIRMS = "企业名称,环节,产能,单位,厂区/期,数据日期\n"
TODAY = Options(today=date(2024, 1, 1))


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def facts(workspace: Workspace) -> dict[str, Fact]:
    derived = material.read_all(workspace, workspace.manifest())
    return {f.id: f for f in derived.graph.facts}


def content(workspace: Workspace) -> set[tuple[object, ...]]:
    """Facts without the cell: which file stated one first is not part of it."""
    return {(f.id, f.line, f.precedence, f.known_from, f.valid_from, f.audience) for f in facts(workspace).values()}


@pytest.fixture
def city(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """A small city on each engine; whatever a test does to it, in the end the store holds what the material says."""
    workspace = create(tmp_path / "某市", "某市", store=request.getfixturevalue("server") if engine == "neo4j" else "")
    load(workspace, [put(tmp_path / "in", "产业链全景视图(环节).csv", NODES)], TODAY)
    yield workspace
    with open_store(workspace.store) as store:
        assert whole(store) == plain(material.read_all(workspace, workspace.manifest()).graph)


def sheet(folder: Path, name: str, rows: str) -> Path:
    return put(folder / name, "产业链重点企业表.csv", FIRMS + rows)


def test_loading_twice_changes_nothing(city: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n")
    load(city, [path], TODAY)
    before = content(city), city.manifest()
    report = load(city, [path], TODAY)
    assert report.same == [path.name] and (content(city), city.manifest()) == before


ROWS = st.lists(st.tuples(st.sampled_from(["一厂", "二厂", "三厂"]), st.sampled_from(["料", "件"]), st.integers(1, 9),
                          st.sampled_from(["一期", "二期"]), st.sampled_from(["2022-12-31", "2023-06-30"])),
                min_size=1, max_size=8, unique_by=lambda r: (r[0], r[1], r[3], r[4]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.integers(1, 3), st.integers(0, 99))
def test_any_order_and_any_split_give_equal_facts(tmp_path_factory: pytest.TempPathFactory,
                                                  rows: list[tuple[str, str, int, str, str]], parts: int,
                                                  seed: int) -> None:
    folder = tmp_path_factory.mktemp("split")
    lines = [f"{firm},{node},{size},{'kt/a' if node == '料' else 'GW'},{plant},{day}\n"
             for firm, node, size, plant, day in rows]
    graphs = []
    for number, cut in enumerate((1, parts)):
        workspace = create(folder / str(number) / "某市", "某市")
        load(workspace, [put(folder / "in", "产业链全景视图(环节).csv", NODES)], TODAY)
        mixed = lines if cut == 1 else random.Random(seed).sample(lines, len(lines))
        for part in range(cut):
            if mixed[part::cut]:
                load(workspace, [sheet(folder, f"{number}-{part}", "".join(mixed[part::cut])).parent], TODAY)
        graphs.append({(f.edge, f.start, f.end, f.line, f.valid_from, f.known_from) for f in facts(workspace).values()})
    assert graphs[0] == graphs[1]


def test_withdrawing_equals_never_having_loaded(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n").parent], TODAY)
    before = content(city)
    load(city, [sheet(tmp_path, "b", "一厂,料,5,kt/a,,2023-01-01\n二厂,料,7,kt/a,,2023-01-01\n").parent], TODAY)
    assert content(city) != before
    withdraw(city, ["b"])
    assert content(city) == before
    assert not list(city.material.glob("*/b"))


def test_withdrawing_what_others_rest_on_is_refused(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n")], TODAY)
    before = content(city)
    with pytest.raises(Refused, match=r"1 处问题"):
        withdraw(city, ["产业链全景视图(环节).csv"])
    assert content(city) == before


def test_a_newer_version_adds_keeps_and_reports(city: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n二厂,料,7,kt/a,,2023-01-01\n三厂,料,1,kt/a,,2023-01-01\n")
    load(city, [path], TODAY)
    first = facts(city)
    path.write_text(FIRMS + "一厂,料,5,kt/a,,2023-01-01\n二厂,料,9,kt/a,,2023-07-01\n", encoding="utf-8")
    report = load(city, [path], Options(today=date(2024, 2, 1)))
    now = facts(city)
    assert first.keys() <= now.keys()
    kept = next(f for f in now.values() if f.start == "一厂")
    assert kept.known_from == date(2024, 1, 1), "an unchanged row keeps its first known day"
    assert {f.properties["capacity"] for f in now.values() if f.start == "二厂"} == {7.0, 9.0}
    assert len({f.line for f in now.values() if f.start == "二厂"}) == 1, "a changed row is a new fact on the same line"
    assert [g for g in report.gone if "三厂" in g.text] and len(report.gone) == 1


def test_a_correction_on_the_same_day_replaces_what_it_restates(city: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "a", "产业链重点企业表.csv", "企业名称,环节,产能,单位\n一厂,料,50,kt/a\n二厂,料,7,kt/a\n")
    load(city, [path], TODAY)
    path.write_text("企业名称,环节,产能,单位\n一厂,料,5,kt/a\n", encoding="utf-8")
    load(city, [path], TODAY)
    assert {(f.start, f.properties["capacity"]) for f in facts(city).values() if f.edge == "MAKES"} == {
        ("一厂", 5.0), ("二厂", 7.0)}


def test_taking_back_a_newer_version_says_that_the_older_counts_again(tmp_path: Path) -> None:
    city = create(tmp_path / "某市", "某市")
    load(city, [put(tmp_path / "in", "产业链全景视图(环节).csv", NODES)], TODAY)
    path = sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n")
    load(city, [path], TODAY)
    path.write_text(FIRMS + "一厂,料,9,kt/a,,2023-07-01\n", encoding="utf-8")
    load(city, [path], Options(today=date(2024, 2, 1)))
    note, = withdraw(city, [path.name]).notes
    assert "上一版 (2024-01-01 导入) 重新成立" in note and f"liantu withdraw {path.name}" in note
    assert not withdraw(city, [path.name]).notes


def test_a_planned_day_that_moves_within_one_day_says_that_no_slip_is_left(tmp_path: Path) -> None:
    city = create(tmp_path / "某市", "某市")
    load(city, [put(tmp_path / "in", "产业链全景视图(环节).csv", NODES)], TODAY)
    path, head = tmp_path / "产业链重点项目库.csv", "项目名称,环节,投资方,新增产能,单位,计划投产\n"

    def notes(day: str, options: Options) -> list[str]:
        path.write_text(f"{head}一项,料,甲方,5,kt/a,{day}\n", encoding="utf-8")
        return [note for note in load(city, [path], options).notes if "--data-date" in note]

    assert not notes("2025-06-30", TODAY)
    assert len(notes("2025-12-31", TODAY)) == 1
    assert not notes("2026-06-30", Options(today=date(2024, 1, 1), data_date=date(2023, 12, 1))), "each has its own day"
    assert not notes("2026-12-31", Options(today=date(2024, 2, 1)))


@pytest.mark.parametrize(("head", "rows", "days"), [
    ("企业名称,环节,产能,单位,投产日期", "一厂,料,5,kt/a,2020-01-01", {"row": 1}),
    ("企业名称,环节,产能,单位,投产日期,产值(万元)", "一厂,料,5,kt/a,2020-01-01,7", {"row": 1}),
    ("企业名称,环节,产能,单位", "一厂,料,5,kt/a", {"file": 1})])
def test_a_row_counts_by_the_day_it_gives_itself(tmp_path: Path, head: str, rows: str, days: dict[str, int]) -> None:
    city = create(tmp_path / "某市", "某市")
    load(city, [put(tmp_path / "in", "产业链全景视图(环节).csv", NODES)], TODAY)
    assert load(city, [put(tmp_path / "a", "产业链重点企业表.csv", f"{head}\n{rows}\n")], TODAY).days == days


def test_retiring_closes_a_line_and_survives_a_rebuild(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n")], TODAY)
    fact = next(f for f in facts(city).values() if f.edge == "MAKES")
    retire(city, [fact.id], date(2023, 9, 1), "卖出", date(2024, 1, 2))
    rebuild(city)
    closing = [f for f in facts(city).values() if not f.holds]
    assert [(f.line, f.valid_from, f.known_from) for f in closing] == [(fact.line, date(2023, 9, 1), date(2024, 1, 2))]
    assert closing[0].precedence > fact.precedence


def test_nothing_is_written_where_a_row_is_bad(city: Workspace, tmp_path: Path) -> None:
    before = sorted(p.name for p in city.folder.rglob("*") if p.name != ".lock")
    bad = "一厂,料,很多,kt/a,,2023-01-01\n二厂,没有的环节,5,kt/a,,2023-01-01\n三厂,料,5,kt/a,,2023-02-30\n"
    with pytest.raises(Refused) as caught:
        load(city, [sheet(tmp_path, "a", bad)], TODAY)
    assert {(p.row, p.column) for p in caught.value.problems} >= {(2, "产能"), (4, "数据日期")}
    assert sorted(p.name for p in city.folder.rglob("*") if p.name != ".lock") == before


def test_keep_good_writes_the_others_down(city: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n=cmd,没有的环节,5,kt/a,,2023-01-01\n")
    report = load(city, [path], Options(today=date(2024, 1, 1), keep_good=True))
    assert report.rejects_file and "没有的环节" in report.rejects_file.read_text(encoding="utf-8-sig")
    assert [f.start for f in facts(city).values() if f.edge == "MAKES"] == ["一厂"]


def test_two_loads_of_a_day_write_down_two_lists(city: Workspace, tmp_path: Path) -> None:
    kept = Options(today=date(2024, 1, 1), keep_good=True)
    paths = [load(city, [sheet(tmp_path, name, f"一厂,料,{size},kt/a,,2023-01-01\n甲,没有的{name},5,kt/a,,2023-01-01\n")], kept).rejects_file
             for name, size in (("a", 5), ("b", 6), ("c", 7))]
    assert [path.name for path in paths if path] == [f"2024-01-01-产业链重点企业表{n}.csv" for n in ("", "-2", "-3")]
    for name, path in zip("abc", paths, strict=True):
        text = path.read_bytes().decode() if path else ""
        assert text.startswith("\ufeff文件,表,行,列,值,原因,办法\n")
        assert [other for other in "abc" if f"没有的{other}" in text] == [name]


def test_two_phases_on_one_line_are_refused_with_the_cure(city: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        load(city, [sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n一厂,料,7,kt/a,,2023-01-01\n")], TODAY)
    assert "厂区/期" in caught.value.problems[0].cure


def test_new_nodes_only_when_asked(city: Workspace, tmp_path: Path) -> None:
    path = sheet(tmp_path, "a", "一厂,新料,5,kt/a,,2023-01-01\n")
    with pytest.raises(Refused):
        load(city, [path], TODAY)
    load(city, [path], Options(today=date(2024, 1, 1), new_nodes=True))
    assert any(f.end == "新料" for f in facts(city).values())


def test_ten_times_its_sibling_is_held_back_without_looking_ahead(city: Workspace, tmp_path: Path) -> None:
    text = ("来源编号,名称,发布机构,发布日期,权威级别\nA,甲,甲,2023-01-05,5\nB,乙,乙,2023-02-05,3\n")
    figures = "地区,环节,数值,单位,日期,来源\n某市,料,12,kt/a,2023-01-01,A\n某市,料,120,kt/a,2023-01-01,B\n"
    put(tmp_path / "f", "来源表.csv", text)
    put(tmp_path / "f", "地区产能表.csv", figures)
    load(city, [tmp_path / "f"], TODAY)
    assert {f.properties["value"]: f.authority for f in facts(city).values() if f.edge == "REPORTS"} == {12.0: 5, 120.0: 0}


def test_a_full_disk_changes_nothing(city: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import shutil

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")
    before = content(city)
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(loading.LiantuError, match="磁盘已满"):
        load(city, [sheet(tmp_path, "a", "一厂,料,5,kt/a,,2023-01-01\n")], TODAY)
    monkeypatch.undo()
    assert content(city) == before and not [p for p in city.material.iterdir() if p.name.startswith(".")]


def test_the_files_audience_holds_even_where_a_row_names_a_public_source(city: Workspace, tmp_path: Path) -> None:
    put(tmp_path / "f", "来源表.csv", "来源编号,名称,发布机构,受众\nA,甲,甲,公开\n")
    put(tmp_path / "f", "产业链重点企业表.csv", "企业名称,环节,来源\n密企,料,A\n")
    load(city, [tmp_path / "f"], Options(today=date(2024, 1, 1), audience="专班"))
    assert {f.audience for f in facts(city).values() if f.edge == "MAKES"} == {"专班"}


def test_a_stricter_file_leaves_no_trace_in_a_fact_that_is_public_too(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "密件", "一厂,料,5,kt/a,,2023-01-01\n").parent], Options(today=date(2024, 1, 1), audience="专班"))
    load(city, [sheet(tmp_path, "公开", "一厂,料,5,kt/a,,2023-01-01\n二厂,料,1,kt/a,,2023-01-01\n").parent],
         Options(today=date(2024, 2, 1)))
    fact = next(f for f in facts(city).values() if f.edge == "MAKES" and f.start == "一厂")
    assert (fact.audience, fact.source, fact.known_from) == ("公开", "文件:公开", date(2024, 2, 1))


def test_retiring_on_the_facts_own_day_closes_it(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", "一厂,料,5,kt/a,,2024-01-01\n")], TODAY)
    fact = next(f for f in facts(city).values() if f.edge == "MAKES")
    retire(city, [fact.id], date(2024, 1, 1), "录错", date(2024, 1, 1))
    closing = next(f for f in facts(city).values() if not f.holds)
    assert closing.precedence > fact.precedence


def test_two_days_for_one_event_in_one_sheet_are_refused(city: Workspace, tmp_path: Path) -> None:
    rows = "项目名称,环节,投资方,投产,数据日期\n项目,料,甲,2023-01-01,2023-06-01\n项目,件,甲,2023-05-01,2023-06-01\n"
    with pytest.raises(Refused, match="问题"):
        load(city, [put(tmp_path, "产业链重点项目库.csv", rows)], TODAY)


def test_an_unregistered_source_takes_the_files_day(city: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path / "a", "产业链重点企业表.csv", "企业名称,环节,来源\n一厂,料,企业年报\n")
    load(city, [path], Options(today=date(2024, 1, 1), data_date=date(2023, 6, 30)))
    fact = next(f for f in facts(city).values() if f.edge == "MAKES")
    assert (fact.valid_from, fact.known_from) == (date(2023, 6, 30), date(2024, 1, 1))


def test_several_phases_in_one_cell_are_refused(city: Workspace, tmp_path: Path) -> None:
    rows = "项目名称,环节,投资方,期,新增产能,单位\n项目,料,甲,一期、二期,5,kt/a\n"
    with pytest.raises(Refused) as caught:
        load(city, [put(tmp_path, "产业链重点项目库.csv", rows)], TODAY)
    assert "一期一行" in caught.value.problems[0].cure


def test_a_spelling_of_a_stricter_file_is_not_shown(city: Workspace, tmp_path: Path) -> None:
    code = "91150200MA0PUXXX0X"
    head = "企业名称,环节,统一社会信用代码\n"
    secret = put(tmp_path / "密", "产业链重点企业表.csv", f"{head}密名,料,{code}\n")
    open_ = put(tmp_path / "开", "产业链重点企业表.csv", f"{head}公开名称有限公司,料,{code}\n")
    load(city, [secret.parent], Options(today=date(2024, 1, 1), audience="专班"))
    load(city, [open_.parent], TODAY)
    graph = material.read_all(city, city.manifest()).graph
    assert [(n.name, n.aliases) for n in graph.nodes if n.label == "Firm"] == [("公开名称有限公司", ())]


def test_what_only_a_stricter_file_says_of_a_node_is_in_no_public_graph(city: Workspace, tmp_path: Path) -> None:
    """Properties and other names too: a node carries no audience of its own."""
    put(tmp_path / "open", "产业链重点项目库.csv", "项目名称,环节,投资方,建设内容及规模\n一号项目,料,一厂,公开的内容\n")
    put(tmp_path / "open", "地区表.csv", "地区,上级地区\n甲区,某市\n")
    put(tmp_path / "strict", "产业链重点项目库.csv",
        "项目名称,环节,投资方,建设内容及规模,总投资(亿元)\n一号项目,料,一厂,机密内容,99\n机密项目,料,一厂,机密内容二,7\n")
    put(tmp_path / "strict", "地区表.csv", "地区,上级地区,别名\n甲区,某市,机密地\n")
    put(tmp_path / "strict", "产业链全景视图(环节).csv", "产业链,环节,别名,说明\n甲链,料,机密料,机密说明\n")
    load(city, [tmp_path / "open"], TODAY)
    report = load(city, [tmp_path / "strict"], Options(audience="专班", today=date(2024, 1, 2)))
    assert any("机密" not in note and "left out" in note for note in report.notes)
    with open_store(city.store) as store:
        for audience, told in (("公开", False), ("专班", True)):
            said = repr(whole(store, audience))
            assert ("机密项目" in said) is told and ("机密内容二" in said) is told
            assert "公开的内容" in said and "机密料" not in said and "机密地" not in said and "机密说明" not in said


@pytest.mark.parametrize(("name", "text", "why"), [
    ("产业链全景视图(环节).csv", "产业链,环节,上位环节\n甲链,料,料\n", "不能是自己的变型"),
    ("产业链全景视图(环节).csv", "产业链,环节,摸排日期\n甲链,料,2023-01-01\n", "没有摸排结论"),
    ("产业链全景视图(环节).csv", "产业链,环节,摸排结论,摸排日期,摸排地区\n甲链,料,无,2023-01-01,别市\n", "地区表里没有"),
    ("产业链招商远景视图.csv", "产业链,环节,目标值,单位,目标日期,提出日期\n甲链,料,-4,kt/a,2025-12-31,2023-01-01\n", "小于 0"),
])
def test_what_cannot_be_is_refused_and_nothing_is_loaded(city: Workspace, tmp_path: Path, name: str, text: str, why: str) -> None:
    before = content(city)
    with pytest.raises(Refused) as refused:
        load(city, [put(tmp_path / "odd", name, text)], TODAY)
    assert [why in p.why for p in refused.value.problems] == [True] and content(city) == before


def test_a_survey_speaks_for_the_region_that_it_names(city: Workspace, tmp_path: Path) -> None:
    load(city, [put(tmp_path / "in", "地区表.csv", "地区,上级地区\n甲区,某市\n"),
                put(tmp_path / "in", "产业链全景视图(环节).csv",
                    "产业链,环节,摸排结论,摸排日期,摸排地区\n甲链,料,无,2023-01-01,甲区\n甲链,件,无,2023-01-01,\n")], TODAY)
    assert {(f.start, f.end) for f in facts(city).values() if f.edge == "CLAIMS"} == {("甲区", "料"), ("某市", "件")}
