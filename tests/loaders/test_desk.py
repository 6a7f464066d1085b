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
    assert done.sheets == {"a.xlsx / 重点企业": (4, 1)}
    assert [path.name for path in done.written] == ["检查报告.txt"]
    said = "\n".join(lines(done))
    for words in ("未导入 / not loaded", "没有的环节", "第 5 行", "外地市", "4 行可用, 1 行有问题"):
        assert words in said
    assert "a.xlsx" not in {entry.name for entry in find(home / HOME).manifest()}
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
