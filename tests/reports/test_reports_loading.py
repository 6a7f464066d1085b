"""What a load says of itself."""

from __future__ import annotations

from pathlib import Path

from loaders.load import Report
from loaders.rows import Problem
from loaders.telling import Changed, Gone
from reports import loading

LOADED = Report(loaded=["表.xlsx"], rows={"产业链重点企业表": 2}, new=3, changed_count=2, kept=1, days={"row": 1, "file": 1}, home=1, notes=["注意"],
                added=["某厂生产电池"], changed=[Changed("fedcba9876543210", "某项目到达投产", "表.xlsx 第 3 行", "日期 2023-06-30", "2023-12-31")],
                gone=[Gone("0123456789abcdef", "某厂生产组件", "表.xlsx 第 2 行")])


def test_a_load_line_by_line() -> None:
    assert loading.loaded(LOADED, "已导入 / loaded") == [
        "已导入 / loaded: 表.xlsx", "  产业链重点企业表 2 行",
        "  新增 1, 变更 2, 未变 1, 本次未见 1 条事实 / facts: 1 added, 2 changed, 1 unchanged, 1 not seen this time",
        "  日期: 1 行按行内日期 / the row's own day", "  日期: 1 行按文件日期 (--data-date) / the file's day",
        "  1 行未写所在地, 记为本地区 / rows without a place, taken as the workspace's region", "  ! 注意",
        "  新增 / added: 某厂生产电池",
        "  变更 / changed: 某项目到达投产: 日期 2023-06-30 → 2023-12-31  [fedcba987654] 表.xlsx 第 3 行", "    … 另 1 条 / and 1 more",
        "  本次未见 / not seen this time: 某厂生产组件  [0123456789ab] 表.xlsx 第 2 行",
        "  → 仍计入; 已不成立的: liantu retire 0123456789ab --date 日期 --why 原因 / these still count; retire what no longer holds"]


def test_the_same_file_again() -> None:
    assert loading.same(Report(same=["表.xlsx"])) == ["表.xlsx: 同一文件已导入过, 没有变化 / the same file again, nothing changes"]


def test_rejects_are_counted_where_they_were_written() -> None:
    problem = Problem("表.xlsx", "企业", 3, "产能", "很多", "不是一个数", "写一个数")
    assert loading.rejects(Report(rejects=[problem])) == []
    assert loading.rejects(Report(rejects=[problem], rejects_file=Path("退回.csv"))) == ["  退回 1 处, 见 / rejected: 退回.csv"]


def test_a_problem_says_where_what_and_the_cure() -> None:
    assert loading.problem(Problem("表.xlsx", "企业", 3, "产能", "很多", "不是一个数", "写一个数")) == \
        "✗ 表.xlsx, 企业, 第 3 行 / row 3, 产能: “很多” 不是一个数\n  → 写一个数"
    assert loading.problem(Problem("表.xlsx", "", 0, "", "", "空的", "填写")) == "✗ 表.xlsx: 空的\n  → 填写"
