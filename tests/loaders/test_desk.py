"""A workbook dropped on the desk: what becomes of it and of the workspace. Firms and places are invented."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import liantu
from graph.workspace import find
from loaders.desk import HOME, Desk, out_folder
from reports.desk import lines, text
from tests.loaders.sheet_files import book

HEADER = ["企业名称", "环节", "所在地"]
FIRMS = [HEADER, ["甲硅业有限公司", "多晶硅", "某某市"], ["乙组件有限公司", "组件", "某某市甲区"]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "解 压"


def dropped(home: Path, path: Path) -> Desk:
    return liantu.desk([path], home)


def test_two_columns_are_enough(tmp_path: Path, home: Path) -> None:
    done = dropped(home, book(tmp_path / "企业 表.xlsx", 重点企业=FIRMS))
    assert done.refused is None and done.new
    assert [(fit.chain, fit.said, fit.found) for fit in done.fits] == [("光伏", False, 2)]
    assert [path.relative_to(tmp_path / "输出").name for path in done.written] == ["链图-光伏.html", "空白点-光伏.xlsx", "检查报告.txt"]
    assert all(path.is_file() for path in done.written)
    assert find(home / HOME).settings.region == "某某市"
    assert {row.verdict for row in liantu.gaps(home / HOME, "光伏").rows if row.node in ("多晶硅", "组件")} == {"present"}


def test_a_newer_version_updates_and_the_same_changes_nothing(tmp_path: Path, home: Path) -> None:
    path = book(tmp_path / "a.xlsx", 重点企业=FIRMS)
    first, same = dropped(home, path), dropped(home, path)
    assert same.report and same.report.same == ["a.xlsx"] and not same.new
    assert same.chains == first.chains and len(same.written) == 3
    more = dropped(home, book(path, 重点企业=[*FIRMS, ["丙玻璃有限公司", "光伏玻璃", ""]]))
    assert more.report and (more.report.new, more.report.kept, more.report.home) == (1, 3, 1)


def test_a_workbook_of_another_chain_brings_its_skeleton(tmp_path: Path, home: Path) -> None:
    dropped(home, book(tmp_path / "a.xlsx", 重点企业=FIRMS))
    done = dropped(home, book(tmp_path / "b.xlsx", 重点企业=[HEADER, ["丁叶片有限公司", "叶片", ""]]))
    assert done.chains == ["风电"] and done.refused is None
    assert (tmp_path / "输出" / "链图-风电.html").is_file()
    assert {"光伏", "风电"} <= {entry.name for entry in find(home / HOME).manifest()}


def test_several_chains_are_a_map_each(tmp_path: Path, home: Path) -> None:
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=[*FIRMS, ["丁叶片有限公司", "风电/叶片", ""]]))
    assert set(done.chains) == {"光伏", "风电"}
    assert {path.name for path in done.written} >= {"链图-光伏.html", "链图-风电.html", "空白点-风电.xlsx"}


def test_every_problem_is_told_and_nothing_is_loaded(tmp_path: Path, home: Path) -> None:
    rows = [*FIRMS, ["丙公司", "没有的环节", ""], ["", "组件", ""], ["丁公司", "硅片", "外地市"]]
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=rows))
    assert {problem.row for problem in done.problems} == {4, 5, 6}
    assert done.sheets == {"a.xlsx / 重点企业": (2, 3)}
    assert [path.name for path in done.written] == ["检查报告.txt"]
    said = "\n".join(lines(done))
    for words in ("未导入 / not loaded", "没有的环节", "第 5 行", "外地市", "2 行读得懂, 未导入, 3 行有问题"):
        assert words in said
    assert not find(home / HOME).manifest()
    mended = dropped(home, book(tmp_path / "a.xlsx", 重点企业=FIRMS))
    assert mended.refused is None and len(mended.written) == 3


def test_a_file_that_cannot_be_read_makes_no_workspace(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    done = dropped(home, tmp_path / "a.xlsx")
    assert done.refused and "PDF" in done.refused.message
    assert not (home / HOME).exists()
    assert done.refused.cure in (tmp_path / "输出" / "检查报告.txt").read_text(encoding="utf-8-sig")


def test_the_city_comes_with_the_first_workbook_that_says_it(tmp_path: Path, home: Path) -> None:
    quiet = dropped(home, book(tmp_path / "a.xlsx", 重点企业=[["企业名称", "环节"], ["甲硅业有限公司", "多晶硅"]]))
    assert find(home / HOME).settings.region == HOME and "liantu.toml" in "\n".join(lines(quiet))
    dropped(home, book(tmp_path / "b.xlsx", 重点企业=FIRMS))
    assert find(home / HOME).settings.region == "某某市"
    dropped(home, book(tmp_path / "c.xlsx", 重点企业=[HEADER, ["戊公司", "硅片", "别市"]]))
    assert find(home / HOME).settings.region == "某某市"  # named once, it stays


def test_a_folder_of_sheets_is_dropped_as_one(tmp_path: Path, home: Path) -> None:
    (tmp_path / "表").mkdir()
    book(tmp_path / "表" / "a.xlsx", 重点企业=FIRMS)
    done = dropped(home, tmp_path / "表")
    assert done.refused is None
    assert (tmp_path / "输出").is_dir() and not (tmp_path / "表" / "输出").exists()


def test_a_sheet_held_open_leaves_the_others(tmp_path: Path, home: Path) -> None:
    (tmp_path / "输出" / "空白点-光伏.xlsx").mkdir(parents=True)  # as good as a file that Excel holds
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=FIRMS))
    assert [path.name for path in done.written] == ["链图-光伏.html", "检查报告.txt"]
    assert len(done.unwritten) == 1 and "空白点-光伏.xlsx" in "\n".join(lines(done))


def test_where_the_files_cannot_be_written_beside_it_is_the_home(tmp_path: Path) -> None:
    (tmp_path / "输出").write_text("a file", encoding="utf-8")
    assert out_folder(tmp_path, tmp_path / "家") == tmp_path / "家" / "输出"
    (tmp_path / "家" / "输出").rmdir()
    (tmp_path / "家" / "输出").write_text("a file", encoding="utf-8")
    with pytest.raises(liantu.LiantuError, match="都不能写"):
        out_folder(tmp_path, tmp_path / "家")


def test_the_report_opens_in_any_notepad(tmp_path: Path, home: Path) -> None:
    said = text(dropped(home, book(tmp_path / "a.xlsx", 重点企业=FIRMS)))
    assert said.startswith("\ufeff") and said.count("\n") == said.count("\r\n")


def test_a_hostile_name_is_text_and_no_path(tmp_path: Path, home: Path) -> None:
    rows = [["产业链", "环节"], ["../../x", "甲环节"]]
    done = dropped(home, book(tmp_path / "a.xlsx", 环节=rows))
    assert all(path.parent == tmp_path / "输出" for path in done.written)
    assert not list(tmp_path.parent.glob("*x.html"))


def test_two_drops_at_once_are_loaded_one_after_the_other(tmp_path: Path, home: Path) -> None:
    """The first drop makes the workspace; a second must neither find half of it nor take it away."""
    paths = [book(tmp_path / f"{name}.xlsx", 重点企业=[HEADER, [f"{name}公司", "组件", "某某市"]]) for name in "甲乙丙"]
    done: list[Desk] = []
    drops = [threading.Thread(target=lambda p=path: done.append(dropped(home, p))) for path in paths]  # type: ignore[misc]
    for drop in drops:
        drop.start()
    for drop in drops:
        drop.join()
    assert [desk.refused for desk in done] == [None] * 3
    assert sum(desk.new for desk in done) == 1
    assert {"甲.xlsx", "乙.xlsx", "丙.xlsx"} <= {entry.name for entry in find(home / HOME).manifest()}


def within(home: Path) -> set[tuple[str, str]]:
    facts = liantu.graph(home / HOME).facts
    return {(fact.start, fact.end) for fact in facts if fact.edge == "WITHIN"}


def test_a_column_of_districts_gives_the_map_and_says_where_they_were_taken_to_lie(tmp_path: Path, home: Path) -> None:
    rows = [["云川市光伏企业表"], HEADER, ["甲硅业有限公司", "多晶硅", "东塬区"], ["乙组件有限公司", "组件", "东塬区"],
            ["丙组件有限公司", "组件", "云川"]]
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=rows))
    assert done.refused is None and (tmp_path / "输出" / "链图-光伏.html").is_file()
    assert find(home / HOME).settings.region == "云川市"
    assert within(home) == {("东塬区", "云川市")}
    assert "东塬区、云川: 地区表里没有, 记为在云川市内" in "\n".join(lines(done))
    more = dropped(home, book(tmp_path / "b.xlsx", 重点企业=[HEADER, ["丁公司", "硅片", "西岭县"], ["戊公司", "硅片", "东塬区"]]))
    assert more.placed == ["西岭县"] and more.report and not more.report.gone
    assert within(home) == {("东塬区", "云川市"), ("西岭县", "云川市")}


def test_districts_lie_in_the_city_that_a_later_workbook_names(tmp_path: Path, home: Path) -> None:
    dropped(home, book(tmp_path / "a.xlsx", 重点企业=[HEADER, ["甲硅业有限公司", "多晶硅", "东塬区"]]))
    assert find(home / HOME).settings.region == HOME and within(home) == {("东塬区", HOME)}
    done = dropped(home, book(tmp_path / "b.xlsx", 重点企业=[HEADER, ["乙组件有限公司", "组件", "云川市"]]))
    assert done.refused is None and find(home / HOME).settings.region == "云川市"
    assert within(home) == {("东塬区", "云川市")}


def test_districts_of_another_city_do_not_lie_in_this_one(tmp_path: Path, home: Path) -> None:
    dropped(home, book(tmp_path / "a.xlsx", 重点企业=FIRMS))
    done = dropped(home, book(tmp_path / "b.xlsx", 重点企业=[["北川市企业表"], HEADER, ["丁公司", "硅片", "西岭县"]]))
    assert done.refused and done.other == "北川市" and "北川市" in "\n".join(lines(done))


def test_a_refused_first_load_binds_nothing(tmp_path: Path, home: Path) -> None:
    wrong = [HEADER, ["甲公司", "叶片", "别处市"], ["乙公司", "没有的环节", "别处市"]]
    assert dropped(home, book(tmp_path / "a.xlsx", 重点企业=wrong)).refused
    assert find(home / HOME).settings.region == HOME and not find(home / HOME).manifest()
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=FIRMS))
    assert done.refused is None and find(home / HOME).settings.region == "某某市" and done.chains == ["光伏"]


UNKNOWN = [["企业名称", "环节", "坐落何处", "采购何物"], ["甲硅业有限公司", "多晶硅", "某某市", "x"], ["乙组件有限公司", "组件", "某某市", "y"]]


def test_unknown_headers_are_told_with_the_lines_for_liantu_toml(tmp_path: Path, home: Path) -> None:
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=UNKNOWN))
    said = "\n".join(lines(done))
    assert done.refused and [(fit.chain, fit.found) for fit in done.fits] == [("光伏", 2)]
    assert "对不上" not in said and "行可用" not in said and done.sheets == {"a.xlsx / 重点企业": (2, 0)}
    for words in ("2 行读得懂, 未导入", "坐落何处 → —", "企业名称 → 企业名称", str(home / HOME / "liantu.toml"), '"采购何物"'):
        assert words in said


def test_a_header_without_its_chain_nodes_is_not_said_to_be_of_no_chain(tmp_path: Path, home: Path) -> None:
    done = dropped(home, book(tmp_path / "a.xlsx", 重点企业=[["企业名称", "属于何处"], ["甲硅业有限公司", "多晶硅"]]))
    said = "\n".join(lines(done))
    assert done.refused and done.fits == [] and "对不上" not in said and "先改好表名和表头" in said


@pytest.mark.parametrize("section", ['[headers."重点企业"]', "[headers]"])
def test_a_citys_own_words_hold_for_what_is_read_too(tmp_path: Path, home: Path, section: str) -> None:
    """A sheet and headers that only liantu.toml knows: read, and the chain told, as the load does."""
    dropped(home, book(tmp_path / "a.xlsx", 甲乙丙=UNKNOWN))
    toml = home / HOME / "liantu.toml"
    mended = toml.read_text(encoding="utf-8").replace("[headers]", "")
    toml.write_text(mended + f'[sheets]\n"甲乙丙" = "重点企业"\n{section}\n"坐落何处" = "所在地"\n"采购何物" = ""\n', encoding="utf-8")
    done = dropped(home, tmp_path / "a.xlsx")
    assert done.refused is None and done.sheets == {"a.xlsx / 甲乙丙": (2, 0)}
    assert done.chains == ["光伏"] and find(home / HOME).settings.region == "某某市"
