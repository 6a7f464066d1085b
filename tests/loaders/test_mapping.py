"""A city's own headers and sheets, written once in liantu.toml. All names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from messy_files import columns, merged_book, sheet, understood, values

from graph.errors import LiantuError
from graph.settings import Settings, read, text
from graph.workspace import Workspace
from loaders import mapping
from loaders.readers import read as tables
from loaders.rows import validate
from loaders.values import Quantity

HEAD = '[workspace]\nworkspace = "w"\nregion = "造名市"\n'


def own(folder: Path, more: str) -> mapping.Own:
    path = folder / "liantu.toml"
    path.write_text(HEAD + more, encoding="utf-8")
    return mapping.own(read(path))


def test_headers_sheets_and_units(tmp_path: Path) -> None:
    mine = own(tmp_path, '[headers]\n"厂名" = "企业名称"\n"备注" = ""\n"年产能" = "产能(万吨/年)"\n'
                         '[headers."产业链重点企业表"]\n"工序" = "环节"\n[sheets]\n"企业台账" = "产业链重点企业表"\n')
    found = sheet(tmp_path, [["厂名", "工序", "年产能", "备注"], ["造名甲公司", "硅片", 5, "x"]], name="企业台账", own=mine)
    assert values(found) == [{"firm": "造名甲公司", "node": "硅片", "capacity": Quantity(5.0, "万吨/年")}]
    assert (found.table.why, [one.how for one in found.columns]) == ("mapping", ["mapping", "mapping", "mapping", "left out"])


def test_the_headers_own_unit_goes_before_the_mappings(tmp_path: Path) -> None:
    """总投资(亿元) is what our column is called, and not what the city's column is in."""
    mine = own(tmp_path, '[headers]\n"投资额(万元)" = "产值(万元)"\n"产值额(亿元)" = "产值(万元)"\n')
    found = sheet(tmp_path, [["企业名称", "环节", "产值额(亿元)"], ["造名甲公司", "硅片", 5]], own=mine)
    assert values(found)[0]["output_value"] == Quantity(5.0, "亿元")


def test_a_sheets_own_mapping_goes_before_the_one_for_all(tmp_path: Path) -> None:
    mine = own(tmp_path, '[headers]\n"厂名" = "配套企业"\n[headers."产业链重点企业表"]\n"厂名" = "企业名称"\n')
    assert columns(sheet(tmp_path, [["厂名", "环节"], ["造名甲公司", "硅片"]], own=mine))["厂名"] == "firm"


def test_a_mapping_for_another_sheet_says_nothing_here(tmp_path: Path) -> None:
    mine = own(tmp_path, '[headers]\n"企业名称" = "项目名称"\n')
    assert columns(sheet(tmp_path, [["企业名称", "环节"], ["造名甲公司", "硅片"]], own=mine))["企业名称"] == "firm"


def test_a_sheet_that_is_left_out(tmp_path: Path) -> None:
    mine = own(tmp_path, '[sheets]\n"内部备忘" = ""\n')
    path = merged_book(tmp_path / "a.xlsx", [["随便"], ["写写"]], sheet="内部备忘")
    assert [validate(table, mine) for table in tables(path, mine)] == [([], [])]
    assert understood(path, mine).table.why == "left out"


@pytest.mark.parametrize(("more", "says", "near"), [
    ('[headers]\n"厂名" = "企业名秤"\n', "没有叫 企业名秤 的列", "企业名称"),
    ('[headers."产业链重点企业表"]\n"厂名" = "项目名称"\n', "没有叫 项目名称 的列", "企业名称"),
    ('[headers."重点企业"]\n"厂名" = "企业名秤"\n', "没有叫 企业名秤 的列", "企业名称"),
    ('[headers."产业链重要企业表"]\n"厂名" = "企业名称"\n', "没有叫 产业链重要企业表 的表", "产业链重点企业表"),
    ('[sheets]\n"台账" = "产业链重要企业表"\n', "没有叫 产业链重要企业表 的表", "产业链重点企业表"),
])
def test_a_mapping_that_names_nothing_of_ours(tmp_path: Path, more: str, says: str, near: str) -> None:
    with pytest.raises(LiantuError) as caught:
        own(tmp_path, more)
    assert says in caught.value.message and near in caught.value.cure and " / " in caught.value.message


@pytest.mark.parametrize("more", ['[headers]\n"厂名" = 5\n', '[headers."产业链重点企业表"]\n"厂名" = ["企业名称"]\n',
                                  '[sheets]\n"台账" = true\n', "sheets = 3\n"])
def test_what_is_no_text_is_refused(tmp_path: Path, more: str) -> None:
    with pytest.raises(LiantuError) as caught:
        path = tmp_path / "liantu.toml"
        path.write_text(more + HEAD if more.startswith("sheets") else HEAD + more, encoding="utf-8")
        read(path)
    assert "liantu.toml" in caught.value.message and caught.value.cure


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    given = Settings("w", "造名市", headers={"备注": "", '有"引号': "企业名称"}, sheet_headers={"产业链重点企业表": {"厂名": "企业名称"}},
                     sheets={"台账": "产业链重点企业表"})
    path = tmp_path / "liantu.toml"
    path.write_text(text(given), encoding="utf-8")
    assert read(path) == given


def test_another_mapping_is_another_graph() -> None:
    """What the graph was derived from, of which the mapping is a part."""
    plain = Settings("w", "造名市")
    others = [Settings("w", "造名市", headers={"厂": "企业名称"}), Settings("w", "造名市", sheets={"台账": "产业链重点企业表"}),
              Settings("w", "造名市", sheet_headers={"产业链重点企业表": {"厂": "企业名称"}})]
    assert len({Workspace(Path(), settings).digest(()) for settings in (plain, *others)}) == 4
