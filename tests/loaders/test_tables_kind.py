"""Tables as material: what they may hold, what is refused, and that the graph is the one that sheets give. All rows are invented."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from graph.csvs import write_csvs
from graph.errors import LiantuError
from graph.facts import STRUCTURE_DAY, Fact, Graph
from graph.inert import inert
from graph.store import open_store
from graph.whole import whole
from graph.workspace import Workspace, create, find
from loaders import rejected
from loaders.load import Options, Refused, Report, check, load, rebuild, withdraw
from loaders.opening import opened
from reports import loading

ROOT = Path(__file__).parent.parent.parent
TABLES = Options(kind="tables", today=date(2024, 5, 1))
SHEETS = Options(today=date(2024, 1, 1))
SMALL = {
    "nodes-Chain": "id\n甲链\n", "nodes-ChainNode": "id,unit\n料,kt/a\n件,GW\n", "nodes-Region": "id\n某市\n",
    "nodes-Firm": "id,name,chain_master\nf1,甲公司,true\nf2,乙公司,\n",
    "nodes-Source": "id,title,publisher,published,authority\ns1,名录,某局,2023-06-30,6\n",
    "facts-PART_OF": "start,end\n料,甲链\n件,甲链\n", "facts-FEEDS": "start,end,coefficient,unit\n料,件,2,kt/GW\n",
    "facts-MAKES": "start,end,region,capacity,unit,state,source\nf1,料,某市,12.5,kt/a,在产,s1\nf2,件,某市,,,,\n",
    "facts-SUPPLIES": "start,end,node\nf1,f2,料\n"}


def tables(folder: Path, **changed: str) -> Path:
    """A folder of small tables; ``nodes_Firm`` stands for nodes-Firm.csv, '' leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**SMALL, **{name.replace("_", "-", 1): text for name, text in changed.items()}}.items():
        (folder / f"{name}.csv").unlink(missing_ok=True)
        if text:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def graph(workspace: Workspace) -> Graph:
    with open_store(workspace.store) as store:
        return whole(store)


def facts(workspace: Workspace, edge: str) -> list[Fact]:
    return sorted((f for f in graph(workspace).facts if f.edge == edge), key=lambda f: (f.start, f.end, f.precedence))


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    return create(tmp_path / "某 市[1]", "某市")  # a path that a careless engine takes for a pattern


def put(city: Workspace, folder: Path) -> Report:
    return load(city, [folder], TABLES)


# --- what a table may leave out


def test_only_ids_and_ends_are_required(city: Workspace, tmp_path: Path) -> None:
    report = put(city, tables(tmp_path / "t"))
    assert (report.new, report.kept, report.rejected) == (6, 0, 0)
    assert report.rows["生产"] == 2 and report.days == {"source": 1, "file": 2}
    listed, unlisted = facts(city, "MAKES")
    assert (listed.source, listed.valid_from, listed.known_from, listed.authority) == ("s1", date(2023, 6, 30), date(2023, 6, 30), 6)
    assert (listed.properties["state"], listed.cell) == ("operating", "facts-MAKES.csv/2")
    assert (unlisted.source, unlisted.valid_from, unlisted.authority) == ("文件:t", date(2024, 5, 1), 5)
    assert "capacity" not in unlisted.properties  # unknown, and not 0
    assert {f.valid_from for f in facts(city, "PART_OF")} == {STRUCTURE_DAY}
    assert [f.valid_from for f in facts(city, "FEEDS")] == [date(2000, 1, 1)]
    names = {n.id: n.name for n in graph(city).nodes}
    assert (names["f1"], names["甲链"], names["文件:t"]) == ("甲公司", "甲链", "文件:t")


def test_the_ids_are_those_of_python(city: Workspace, tmp_path: Path) -> None:
    put(city, tables(tmp_path / "t"))
    for fact in graph(city).facts:
        own = {"region": "", "plant": "", "product": "", "capacity": None, "unit": "", "yield_rate": None, "state": "", "since": None}
        if fact.edge == "MAKES":
            made = Fact(fact.edge, fact.start_label, fact.start, fact.end_label, fact.end, own | dict(fact.properties), fact.source,
                        fact.cell, fact.valid_from, fact.known_from, fact.authority, own_source=fact.source == "s1",
                        own_day=fact.source == "s1")
            assert (made.id, made.line, made.precedence) == (fact.id, fact.line, made.placed(fact.id))


def test_chinese_headers_and_words(city: Workspace, tmp_path: Path) -> None:
    put(city, tables(tmp_path / "t", facts_MAKES="起点,终点,所在地,产能,单位,状态,生效日,成立\nf1,料,某市,3,万吨/年,停产,2023-01-31,否\n"))
    [fact] = facts(city, "MAKES")
    assert (fact.properties["state"], fact.holds, fact.valid_from) == ("stopped", False, date(2023, 1, 31))


def test_parquet_with_types_of_its_own_is_the_same_graph(city: Workspace, tmp_path: Path) -> None:
    folder = tables(tmp_path / "csv")
    other = create(tmp_path / "another", "某市")
    put(city, folder)
    typed = tables(tmp_path / "x" / "csv")
    with duckdb.connect() as sql:
        for file in sorted(typed.glob("*.csv")):
            sql.execute(f"COPY (SELECT * FROM read_csv('{file}', header = true)) TO '{file.with_suffix('.parquet')}' (FORMAT parquet)")
            file.unlink()
    put(other, typed)
    assert _without_cells(graph(other)) == _without_cells(graph(city))


def test_a_damaged_parquet_says_so(city: Workspace, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t", nodes_Firm="")
    (folder / "nodes-Firm.parquet").write_bytes(b"PAR1" + b"\xff" * 100 + b"PAR1")
    with pytest.raises(LiantuError, match=r"nodes-Firm\.parquet 已损坏"):
        put(city, folder)


@pytest.mark.parametrize("value", ["{'a': 'f1'}", "['f1']", "'f1'::BLOB", "MAP {'a': 'f1'}"])
def test_a_column_of_no_single_values_is_refused(city: Workspace, tmp_path: Path, value: str) -> None:
    folder = tables(tmp_path / "t", nodes_Firm="")
    with duckdb.connect() as sql:
        sql.execute(f"COPY (SELECT {value} AS id) TO '{folder / 'nodes-Firm.parquet'}' (FORMAT parquet)")
    with pytest.raises(LiantuError, match="的列 id 是"):
        put(city, folder)


def _without_cells(found: Graph) -> tuple[object, ...]:
    return found.nodes, tuple((f.edge, f.start, f.end, tuple(f.properties.items()), f.source, f.valid_from, f.stated) for f in found.facts)


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_with_or_without_bom(city: Workspace, tmp_path: Path, bom: str) -> None:
    put(city, tables(tmp_path / "t", nodes_Firm=f"{bom}id,name\nf1,甲公司\nf2,乙公司\n"))
    assert {n.name for n in graph(city).nodes if n.label == "Firm"} == {"甲公司", "乙公司"}


def test_a_fact_stated_twice_is_one_and_two_on_one_pair_are_not_sole(city: Workspace, tmp_path: Path) -> None:
    rows = "start,end,plant,capacity,unit\nf1,料,一期,1,kt/a\nf1,料,一期,1,kt/a\nf1,料,二期,1,kt/a\nf2,料,,1,kt/a\n"
    put(city, tables(tmp_path / "t", facts_MAKES=rows))
    with open_store(city.store) as store:
        found = store.read("MATCH (f:Firm)-[m:MAKES]->() RETURN f.id AS id, m.plant AS plant, m.sole AS sole ORDER BY id, plant", {})
    assert [(row["id"], row["plant"], row["sole"]) for row in found] == [("f1", "一期", False), ("f1", "二期", False), ("f2", "", True)]


def test_ten_times_its_sibling_is_held_back(city: Workspace, tmp_path: Path) -> None:
    rows = "start,end,capacity,unit,valid_from,known_from\nf1,料,1,kt/a,2023-01-31,2023-01-31\nf1,料,10,kt/a,2023-06-30,2023-06-30\n"
    put(city, tables(tmp_path / "t", facts_MAKES=rows))
    assert [(f.properties["capacity"], f.authority) for f in facts(city, "MAKES")] == [(1.0, 5), (10.0, 0)]


def test_who_may_see_it_is_the_strictest_of_row_source_file_and_kind(city: Workspace, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t", nodes_Source="id,audience\ns1,专班\n", facts_MAKES="start,end,source,audience\nf1,料,s1,\nf2,件,,公开\n",
                    nodes_Team="id\n队\n", facts_KNOWS="start_label,start,end,tie\nTeam,队,f1,客户\n")
    load(city, [folder], Options(kind="tables", audience="内部"))
    assert [f.audience for f in facts(city, "MAKES")] == ["专班", "内部"]
    assert [f.audience for f in facts(city, "KNOWS")] == ["专班"]


# --- what is refused


MAKES = [  # a row, the column that is wrong, what stands there, and why
    ("f1,料,十,,,,,,,,", "capacity", "十", "no number"), ("f1,料,nan,,,,,,,,", "capacity", "nan", "no number"),
    ("f1,料,-1,,,,,,,,", "capacity", "-1", "below 0"), ("f1,料,,1.2,,,,,,,", "yield_rate", "1.2", "between 0 and 1"),
    ("f1,料,,0,,,,,,,", "yield_rate", "0", "between 0 and 1"), ("f1,料,,,2023-02-30,,,,,,", "since", "2023-02-30", "no day"),
    ("f1,料,,,2023年底,,,,,,", "since", "2023年底", "no day"), ("f1,料,,,,perhaps,,,,,", "holds", "perhaps", "neither yes nor no"),
    ("f1,料,,,,,asleep,,,,", "state", "asleep", "not one of the choices"), ("f1,料,,,,,,谁,,,", "audience", "谁", "not one of the choices"),
    ("f1,料,,,,,,,5.5,,", "authority", "5.5", "whole number from 0 to 9"), ("f1,料,,,,,,,,蒲式耳,", "unit", "蒲式耳", "unknown unit"),
    (",料,,,,,,,,,", "start", "", "required"), ("f9,料,,,,,,,,,", "start", "f9", "no such node"), ("f1,没有,,,,,,,,,", "end", "没有", "no such node"),
    ("f1,料,,,,,,,,,\x07", "plant", "\x07", "control character"), ("f2,料,1,,,,,,,kt/a,一期", "", "", ""),
    ("f2,料,2,,,,,,,kt/a,一期", "capacity", "2.0", "same line"), ("f2,件,5,,,,,,,GW,", "", "", "")]
HEADER = "start,end,capacity,yield_rate,since,holds,state,audience,authority,unit,plant\n"


def refused(city: Workspace, folder: Path) -> list[tuple[str, int, str, str, str]]:
    """Every problem by its place; nothing was written."""
    with pytest.raises(Refused) as found:
        put(city, folder)
    assert not city.manifest() and not list(city.material.glob("*")) and not Path(city.store).exists()
    assert all(" / " in p.why and p.cure for p in found.value.problems)
    return [(p.file, p.row, p.column, p.value, p.why) for p in found.value.problems]


def test_what_cannot_be_is_refused_with_its_place_all_at_once(city: Workspace, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t", facts_MAKES=HEADER + "".join(f"{row}\n" for row, *_ in MAKES), facts_OWNS="start,end,share\nf1,f2,120\n",
                    facts_CLAIMS="start_label,start,end,says\nTeam,f1,料,有\nFirm,f1,料,\n", nodes_Milestone="id\n开始\n",
                    nodes_Region="id,name\n某市,甲\n另市,乙\n某市,丙\n")
    wanted = [("facts-MAKES.csv", at, column, value, why) for at, (_, column, value, why) in enumerate(MAKES, start=2) if why]
    wanted += [("facts-OWNS.csv", 2, "share", "120", "between 0 and 100"), ("facts-CLAIMS.csv", 2, "start_label", "Team", "no such pair of ends"),
               ("facts-CLAIMS.csv", 3, "says", "", "required"), ("nodes-Milestone.csv", 2, "id", "开始", "no milestone"),
               ("nodes-Region.csv", 4, "id", "某市", "two rows of one id")]
    found = refused(city, folder)
    missed = [one for one in wanted if not any(one[:4] == problem[:4] and one[4] in problem[4] for problem in found)]
    assert not missed, found
    assert len(found) == len(wanted), [problem for problem in found if not any(one[:4] == problem[:4] for one in wanted)]


def test_names_of_files_and_columns_are_known_or_refused(city: Workspace, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t", nodes_Firms="id\nf1\n", nodes_Firm="id,nmae\nf1,甲\nf2,乙\n", nodes_Chain="name\n甲链\n",
                    nodes_Source="id,id\ns1,s1\n")
    found = {(file, column): why for file, _, column, _, why in refused(city, folder)}
    for key, why in {("nodes-Firms.csv", ""): "unknown file name", ("nodes-Firm.csv", "nmae"): "unknown column",
                     ("nodes-Chain.csv", "id"): "required column", ("nodes-Source.csv", "id"): "stands twice"}.items():
        assert why in found[key]


def test_a_line_that_is_no_row_is_refused(city: Workspace, tmp_path: Path) -> None:
    found = refused(city, tables(tmp_path / "t", facts_MAKES="start,end,plant\nf1,料,一期\nf1,料\n"))
    assert [(file, row, value) for file, row, _, value, why in found if "no whole row" in why] == [("facts-MAKES.csv", 3, "f1,料")]


def test_all_bad_rows_are_listed_at_once_and_keep_good_writes_them_down(city: Workspace, tmp_path: Path) -> None:
    rows = "start,end,capacity,unit\n" + "".join(f"f1,料,x{at},kt/a\n" for at in range(1500)) + "f2,件,1,GW\nf9,件,1,GW\n"
    folder = tables(tmp_path / "t", facts_MAKES=rows)
    with pytest.raises(Refused) as refused:
        put(city, folder)
    assert "1501" in refused.value.message and len(refused.value.problems) == 1000
    report = load(city, [folder], Options(kind="tables", keep_good=True))
    assert report.rejected == 1501 and report.rejects_file
    assert len(report.rejects_file.read_text(encoding="utf-8-sig").splitlines()) == 1502
    assert [f.start for f in facts(city, "MAKES")] == ["f2"]
    assert "退回 1501 处" in loading.rejects(report)[0]
    assert rebuild(city) == 5


def test_what_tables_were_refused_is_remembered_until_they_are_withdrawn(city: Workspace, tmp_path: Path) -> None:
    keep = Options(kind="tables", keep_good=True, today=date(2024, 5, 1))
    load(city, [tables(tmp_path / "t", facts_SUPPLIES="start,end\nf1,f2\nf1,f8\nf1,f9\n")], keep)
    assert rejected.remembered(city)["rejects"] == {"row": 2}
    later = load(city, [tables(tmp_path / "later", facts_SUPPLIES="start,end\nf2,f1\nf7,f1\n")], keep)
    assert (later.rejected, [p.value for p in later.rejects]) == (1, ["f7"])
    assert later.rejects_file and "f9" not in later.rejects_file.read_text(encoding="utf-8-sig")
    assert rejected.remembered(city)["rejects"] == {"row": 3}
    rebuild(city)
    withdraw(city, ["t"])
    assert rejected.remembered(city)["rejects"] == {"row": 1}


def test_sheets_beside_tables_are_refused_in_the_same_words_and_list(city: Workspace, tmp_path: Path) -> None:
    load(city, [workbook(tmp_path / "a", "产业链全景视图(环节).csv", "产业链,环节\n甲链,料\n")], SHEETS)
    put(city, tables(tmp_path / "t"))
    bad = workbook(tmp_path / "b", "产业链重点企业表.csv", "企业名称,环节\n丙公司,料\n丁公司,没有的\n")
    report = load(city, [bad], Options(keep_good=True, today=date(2024, 5, 1)))
    assert (report.rejected, [p.value for p in report.rejects], report.new_nodes) == (1, ["没有的"], 0)
    assert report.rejects_file and report.rejects_file.name == "2024-05-01-产业链重点企业表.csv"
    assert "没有的" in report.rejects_file.read_text(encoding="utf-8-sig")
    assert rejected.remembered(city)["rejects"] == {"row": 1}


def test_new_nodes_are_told_though_no_fact_is_about_them(city: Workspace, tmp_path: Path) -> None:
    load(city, [workbook(tmp_path / "a", "产业链全景视图(环节).csv", "产业链,环节\n甲链,瓷\n")], SHEETS)
    assert put(city, tables(tmp_path / "t")).new_nodes == 6  # all of them but the chain, which the sheet's graph has
    (tmp_path / "more" / "t").mkdir(parents=True)
    (tmp_path / "more" / "t" / "nodes-Firm.csv").write_text("id\nf1\nf3\nf4\nf4\n", encoding="utf-8")
    more = put(city, tmp_path / "more" / "t")
    assert (more.new, more.new_nodes) == (0, 2)
    assert "  新增 2 个节点 / nodes: 2 added" in loading.loaded(more, "已导入 / loaded")


def test_gbk_is_refused_with_the_cure(city: Workspace, tmp_path: Path) -> None:
    folder = tables(tmp_path / "t")
    (folder / "nodes-Firm.csv").write_bytes("id,name\nf1,甲公司\nf2,乙\n".encode("gbk"))
    with pytest.raises(LiantuError, match="UTF-8"):
        put(city, folder)


def test_a_server_is_refused_before_anything_is_read(city: Workspace, tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match="neo4j-admin"):
        load(city, [tables(tmp_path / "t")], TABLES, store="bolt://nowhere:7687")


# --- together with other material


def workbook(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_sheets_and_tables_are_one_graph_whatever_the_order(tmp_path: Path) -> None:
    nodes = workbook(tmp_path / "a", "产业链全景视图(环节).csv", "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n")
    firms = workbook(tmp_path / "b", "产业链重点企业表.csv", "企业名称,环节,产能,单位,数据日期\n丙公司,件,7,GW,2023-12-31\n")
    folder = tables(tmp_path / "t")
    found = []
    for number, order in enumerate(((nodes, firms, folder), (folder, nodes, firms))):
        city = create(tmp_path / f"w{number}", "某市")
        for path in order:
            load(city, [path], TABLES if path == folder else SHEETS)
        found.append(graph(city))
        assert rebuild(city) == len(found[-1].facts)
        assert graph(city) == found[-1]
    assert found[0] == found[1]
    assert {f.start for f in found[0].facts if f.edge == "MAKES"} == {"f1", "f2", "丙公司"}
    assert len([f for f in found[0].facts if f.edge == "PART_OF"]) == 2  # stated by both, and one fact


def test_withdrawing_equals_never_having_loaded(tmp_path: Path) -> None:
    city = create(tmp_path / "w", "某市")
    load(city, [workbook(tmp_path / "a", "产业链全景视图(环节).csv", "产业链,环节\n甲链,料\n")], SHEETS)
    before = graph(city)
    put(city, tables(tmp_path / "t"))
    assert graph(city) != before
    withdraw(city, ["t"])
    assert graph(city) == before


def test_withdrawing_what_a_table_rests_on_is_refused(city: Workspace, tmp_path: Path) -> None:
    put(city, tables(tmp_path / "t"))
    later = tmp_path / "later"
    later.mkdir()
    (later / "facts-MAKES.csv").write_text("start,end,plant\nf2,料,新厂\n", encoding="utf-8")
    put(city, later)
    with pytest.raises(Refused, match="nothing was loaded"):
        withdraw(city, ["t"])
    assert [f.properties["plant"] for f in facts(city, "MAKES")] == ["", "", "新厂"]


def test_what_a_stricter_table_says_of_a_node_is_shown_to_nobody(city: Workspace, tmp_path: Path) -> None:
    """Neither where a wider table states the node nor where only a fact of one is about it."""
    put(city, tables(tmp_path / "t", facts_OWNS="start,end,share\nf1,f2,60\n"))
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "nodes-Firm.csv").write_text("id,name,listed\nf1,秘密甲,600000\nf3,秘密丙,600003\nf4,秘密丁,\n", encoding="utf-8")
    (inner / "facts-OWNS.csv").write_text("start,end,share\nf3,f4,51\n", encoding="utf-8")
    load(city, [inner], Options(kind="tables", audience="内部", today=date(2024, 5, 2)))
    later = tmp_path / "later"
    later.mkdir()
    (later / "facts-OWNS.csv").write_text("start,end,share\nf1,f3,10\n", encoding="utf-8")
    put(city, later)
    names = {n.id: (n.name, n.properties.get("listed")) for n in graph(city).nodes if n.label == "Firm"}
    assert names == {"f1": ("甲公司", None), "f2": ("乙公司", None), "f3": ("f3", None), "f4": ("秘密丁", None)}


def test_the_same_tables_again_change_nothing(city: Workspace, tmp_path: Path) -> None:
    put(city, tables(tmp_path / "t"))
    assert put(city, tables(tmp_path / "t")).same == ["t"]


def test_a_newer_version_keeps_what_it_restates(city: Workspace, tmp_path: Path) -> None:
    put(city, tables(tmp_path / "t"))
    rows = SMALL["facts-MAKES"].replace("12.5", "13")
    report = load(city, [tables(tmp_path / "t", facts_MAKES=rows)], Options(kind="tables", today=date(2024, 6, 1)))
    assert (report.new, report.kept) == (1, 5)
    assert [f.properties.get("capacity") for f in facts(city, "MAKES")] == [12.5, 13.0, None]
    assert {f.known_from for f in facts(city, "SUPPLIES")} == {date(2024, 5, 1)}  # the earliest is kept


def test_a_correction_on_the_same_day_replaces_what_it_restates(city: Workspace, tmp_path: Path) -> None:
    put(city, tables(tmp_path / "t"))
    put(city, tables(tmp_path / "t", facts_MAKES=SMALL["facts-MAKES"].replace("12.5", "13")))
    assert [f.properties.get("capacity") for f in facts(city, "MAKES")] == [13.0, None]


def test_nothing_is_written_by_a_check(city: Workspace, tmp_path: Path) -> None:
    before = sorted(city.folder.rglob("*"))
    assert check(city, [tables(tmp_path / "t")], TABLES).new == 6
    assert sorted(city.folder.rglob("*")) == before


def test_an_exported_graph_loads_as_an_equal_graph(city: Workspace, tmp_path: Path) -> None:
    """Also with names that a spreadsheet would run, before which an export puts an apostrophe."""
    names = ["=1+1", "-甲", "a,b", "'quoted", "公司 / x", " blank "]
    put(city, tables(tmp_path / "t", nodes_Firm="id\n" + "".join(f'"{inert(name)}"\n' for name in ["f1", "f2", *names]),
                     facts_MAKES="start,end,product,capacity,unit\n" + "".join(f'"{inert(name)}",料,"{inert(name)}",1,kt/a\n' for name in names)))
    assert {f.start for f in facts(city, "MAKES")} == set(names) == {f.properties["product"] for f in facts(city, "MAKES")}
    write_csvs(graph(city), tmp_path / "out")
    other = create(tmp_path / "other", "别市")
    load(other, [tmp_path / "out"], Options(kind="tables", today=date(2025, 1, 1)))
    assert graph(other).facts == graph(city).facts
    assert graph(other).nodes == graph(city).nodes


# --- stopped in the middle


LOAD = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); sys.path.insert(0, sys.argv[1]); from cli import main; " \
       "sys.argv = ['liantu', *sys.argv[2:]]; main()"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.8, 2.0, 4.0])
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle_the_old_graph_answers(tmp_path: Path, wait: float, kind: signal.Signals) -> None:
    city = create(tmp_path / "w", "某市")
    put(city, tables(tmp_path / "t"))
    before = graph(city)
    rows = "".join(f"g{at}\n" for at in range(60_000))
    makes = "".join(f"g{at},料,某市,1,kt/a\n" for at in range(60_000))
    many = tables(tmp_path / "many", nodes_Firm="id\nf1\nf2\n" + rows, facts_MAKES="start,end,region,capacity,unit\n" + makes)
    child = subprocess.Popen([sys.executable, "-c", LOAD, str(ROOT), "load", "--from", "tables", str(many), "-w", str(city.folder)],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(wait)
    child.send_signal(kind)
    code = child.wait(120)
    again = find(city.folder)
    landed = len(again.manifest()) == 2  # it was quicker than the signal, or heard of it only when all was done
    assert landed or code != 0
    if landed:
        assert len(graph(again).facts) > len(before.facts)
    else:
        with opened(again, "", lambda _: None) as store:  # a graph put in place without its manifest is made again
            assert whole(store) == before
    rebuild(again)
    assert not list(city.folder.glob(".*tables-*")) and not list(city.folder.glob(".*building*"))
