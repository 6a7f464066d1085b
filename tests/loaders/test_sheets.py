"""The declaration of the sheets against the model, and the names a sheet or a header may have."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.model import AUDIENCES, EDGES, ENDS, LABELS, MILESTONES, PERMITS
from loaders.aliases import ANY, OWN, normal
from loaders.aliases import SHEETS as NAMES
from loaders.headers import column_named, near_columns, unit_of
from loaders.sheets import DERIVED, SHEET, SHEETS, Column, Sheet, property_named, sheet_named

COLUMNS = [pytest.param(sheet.key, column, id=f"{sheet.key}.{column.key}") for sheet in SHEETS for column in sheet.columns]

# header as a city writes it → sheet, our column
HEADERS = [
    ("企业名称", "firms", "firm"), ("企业", "firms", "firm"), ("单位名称", "firms", "firm"), ("公司名称 ", "firms", "firm"),
    ("企业名称*\nFirm", "firms", "firm"), ("企业名称 Firm", "firms", "firm"), ("＊企业 名称（必填）", "firms", "firm"),
    ("firm", "firms", "firm"), ("现有产能", "firms", "capacity"), ("产能（万吨/年）", "firms", "capacity"),
    ("所属旗县区", "firms", "place"), ("总投资(万元)", "projects", "total_investment"), ("总投资", "projects", "total_investment"),
    ("用地", "projects", "actual:land"), ("用地(亩)", "projects", "land"), ("用地（亩）", "projects", "land"),
    ("投产", "projects", "actual:operating"), ("实际投产时间", "projects", "actual:operating"),
    ("计划投产", "projects", "planned:operating"), ("计划产能置换", "projects", "planned:quota"),
    ("终止", "projects", "actual:ended"), ("５００强", "firms", "top500"), ("集团持股（％）", "firms", "share"),
]
UNITS = [("产能(万吨/年)", "万吨/年"), ("总投资（单位：万元）", "万元"), ("持股(%)", "%"), ("产能(设计)", ""), ("产能", ""),
         ("本年计划投资*\nPlanned this year (亿元)", "亿元"), ("产能(设计)(GW)", "GW")]
SHEET_NAMES = [("产业链全景视图(环节)", "nodes"), ("产业链全景视图（环节）", "nodes"), ("环节", "nodes"), (" 供 给 ", "feeds"),
               ("重点企业", "firms"), ("重点企业表", "firms"), ("Key firms", "firms"), ("firms", "firms"),
               ("重点项目", "projects"), ("专班表", "teams"), ("到位资金月报", "funding")]


@pytest.mark.parametrize(("sheet", "column"), COLUMNS)
def test_a_column_becomes_a_property_of_the_model(sheet: str, column: Column) -> None:
    model = property_named(column.prop)
    if model.choices and column.kind == "choice" and column.prop != "CLAIMS.says":
        assert column.choices == model.choices, column.prop
    if model.unit:
        assert column.unit == model.unit, f"{column.prop}: {column.unit} against the model's {model.unit}"
    assert AUDIENCES.index(column.audience) >= AUDIENCES.index(model.audience)


def test_every_property_of_the_model_has_a_column_or_is_derived() -> None:
    named = {column.prop for sheet in SHEETS for column in sheet.columns} | set(DERIVED)
    model = {f"{label.name}.{p.name}" for label in LABELS for p in label.properties}
    model |= {f"{edge.name}.{p.name}" for edge in EDGES for p in edge.properties}
    assert model - named == set()


def test_derived_is_no_column_and_is_in_the_model() -> None:
    named = {column.prop for sheet in SHEETS for column in sheet.columns}
    assert named & set(DERIVED) == set()
    for prop in DERIVED:
        property_named(prop)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_no_two_columns_share_a_header(sheet: Sheet) -> None:
    spellings = Counter(spelling for column in sheet.columns
                        for spelling in {normal(n) for n in (column.zh, column.en, column.key, *column.aliases)})
    assert [spelling for spelling, count in spellings.items() if count > 1] == []
    assert "" not in spellings


@pytest.mark.parametrize(("sheet", "column"), COLUMNS)
def test_its_own_headers_name_a_column(sheet: str, column: Column) -> None:
    for header in (column.zh, column.en, f"{column.zh}*\n{column.en}", *column.aliases):
        assert column_named(SHEET[sheet], header) is column, header


def test_every_alias_is_of_a_column_that_exists() -> None:
    assert set(NAMES) == set(SHEET)
    for key, names in OWN.items():
        assert set(names) - {column.key for column in SHEET[key].columns} == set(), key
    assert set(ANY) - {column.key for sheet in SHEETS for column in sheet.columns} == set()


def test_every_step_has_its_columns() -> None:
    keys = {column.key for column in SHEET["projects"].columns}
    assert {f"actual:{name}" for name, *_ in (*MILESTONES, *PERMITS, *ENDS)} <= keys
    assert {f"planned:{name}" for name, *_ in (*MILESTONES, *PERMITS)} <= keys


def test_money_of_firms_and_talks_are_not_public() -> None:
    firms = {column.key: column.audience for column in SHEET["firms"].columns}
    assert {firms[key] for key in ("output_value", "revenue", "tax", "jobs", "contact")} == {"内部"}
    assert SHEET["contacts"].audience == "专班"


@pytest.mark.parametrize(("name", "key"), SHEET_NAMES)
def test_a_sheet_is_found_by_its_names(name: str, key: str) -> None:
    found = sheet_named(name)
    assert found is not None
    assert found.key == key


def test_no_two_sheets_share_a_name() -> None:
    names = Counter(n for sheet in SHEETS for n in {normal(n) for n in (sheet.key, sheet.zh, sheet.en, *sheet.aliases)})
    assert [name for name, count in names.items() if count > 1] == []
    assert sheet_named("工资表") is None


@pytest.mark.parametrize(("header", "sheet", "key"), HEADERS)
def test_a_header_is_found(header: str, sheet: str, key: str) -> None:
    found = column_named(SHEET[sheet], header)
    assert found is not None, header
    assert found.key == key


def test_the_seat_of_a_registration_is_no_place_of_a_plant() -> None:
    assert [column_named(SHEET["firms"], header) for header in ("注册地", "总部所在地", "注册地址")] == [None] * 3


def test_near_headers() -> None:
    assert near_columns(SHEET["firms"], "企业名")[0] == "企业名称"
    assert near_columns(SHEET["firms"], "zzzz") == ["企业名称", "环节"]


@pytest.mark.parametrize(("header", "unit"), UNITS)
def test_the_unit_of_a_header(header: str, unit: str) -> None:
    assert unit_of(header) == unit
