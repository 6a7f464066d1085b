"""ChainKnowledgeGraph's layout with every defect it is known to have. All rows here are invented."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import networkx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import liantu
from cli import main
from graph.errors import LiantuError
from graph.store import open_store
from graph.whole import whole
from graph.workspace import Workspace, create
from loaders import rejected
from loaders.chainkg import lines, rules
from loaders.chainkg.collecting import rings
from loaders.load import Options, check, load, rebuild, withdraw

TODAY = Options(today=date(2024, 1, 1), kind="chainkg")
SH, SZ = "上海证券交易所", "深圳证券交易所"

INDUSTRIES = [("910000", "甲业"), ("910100", "乙业"), ("910101", "丙业Ⅲ"), ("910102", "丁业"), ("990000", "空业"),
              ("910102", "丁丁业"), ("910103", "")]
WITHIN = [("910100", "910000", "上级行业"), ("910101", "910100", "上级行业"), ("910102", "910100", "上级行业"),
          ("910000", "910101", "上级行业"), ("910101", "910102", "上级行业"),
          ("910102", "910101", "上游产业"), ("910101", "910102", "上游产业"), ("910101", "910101", "上游产业"),
          ("910101", "910000", "上游产业"), ("910101", None, "上游产业"), ("910101", "910102", "邻近产业")]
PRODUCTS = ["甲料", "乙件", "丙机", "甲料", "ＡＢ片", "ab片", "丁\n件", "“戊料", "平衡项目", " ", "丁业", "孤品"]
FIRMS = [("甲甲", "某省甲甲科技股份有限公司", "301999", SZ, "2021-10-19"),
         ("乙乙", "乙乙家居股份有限公司", "600999SH", SH, SH),
         ("乙乙", "某省乙乙椅业股份有限公司", "600999.sh", SH, "2010-01-01"),
         ("*ST丙丙", "丙丙股份有限公司", "688999SH", SH, "2020-13-01"),
         ("*ST丙丙", "某港股份有限公司", "６８８９９９SH", "2010-02-11", "2010-02-11"),
         ("丁丁", "丁丁股份有限公司", "A1", SZ, "2010-02-11"),
         ("戊戊", "", "000999SZ", SZ, "2010-02-11")]
SOLD = [("301999.SZ", "甲料", "0.5"), ("301999.SZ", "甲料", "0.5"), ("301999.SZ", " 甲料", "0.4"),
        ("600999.SH", "乙件", "-3.5"), ("600999sh", "丁件", "x"), ("688999.SH", "AB片", "1"),
        ("300000.SZ", "甲料", "0.1"), ("301999.SZ", "没有的料", "0.1"), ("301999.SZ", "内部抵销数", "2"), ("", "甲料", "0.1")]
ACTIVE = [("301999.SZ", "910101"), ("301999.SZ", "910000"), ("600999.SH", "999999"), ("399999.SZ", "910101")]
BETWEEN = [("乙件", "甲料", "上游材料"), ("甲料", "乙件", "下游产品"), ("丙机", "戊料", "上游材料"), ("甲料", "丙机", "上游材料"),
           ("丙机", "甲料", "上游材料"), ("甲料", "甲料 ", "上游材料"), ("丙机", "没有的件", "上游材料"),
           ("乙件", "丙机", "产品小类"), ("丙机", "丁件", "产品小类"), ("丁件", "乙件", "产品小类"), ("乙件", "丁件", "替代品")]

REJECTS = {"accounting": 2, "broken_code": 2, "broken_day": 2, "broken_exchange": 1, "chain_end": 2, "code_twice": 4,
           "cycle": 2, "dangling": 6, "duplicate": 4, "nameless": 3, "relation": 2, "self_loop": 2, "unreadable": 2, "weight": 3}


def _industry(code: str | None) -> str:
    return next((name for known, name in INDUSTRIES if known == code), "没有的业")


def rows() -> dict[str, list[dict[str, Any]]]:
    return {
        "industry": [{"code": code, "name": name} for code, name in INDUSTRIES],
        "industry_industry": [{"from_code": a, "from_industry": _industry(a), "rel": rel, "to_code": b,
                               "to_industry": _industry(b)} for a, b, rel in WITHIN],
        "product": [{"name": name} for name in PRODUCTS],
        "company": [dict(zip(lines.FIELDS["company"], row, strict=True)) for row in FIRMS],
        "company_industry": [{"company_code": firm, "company_name": None, "rel": "所属行业", "industry_code": code,
                              "industry_name": _industry(code)} for firm, code in ACTIVE],
        "company_product": [{"company_code": firm, "company_name": "", "rel": "主营产品", "product_name": name, "rel_weight": share}
                            for firm, name, share in SOLD],
        "product_product": [{"from_entity": a, "to_entity": b, "rel": rel} for a, b, rel in BETWEEN]}


def put(folder: Path, packed: bool, given: dict[str, list[dict[str, Any]]] | None = None, also: str = "") -> Path:
    """The seven files; ``also`` is written under the products as it is."""
    folder.mkdir(parents=True)
    for name, found in (given or rows()).items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found) + (also if name == "product" else "")
        if packed:
            (folder / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
        else:
            (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


BROKEN = "\n{\"name\": \n[\"甲料\"]\n"


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    return create(tmp_path / "某市", "某市")


def edges(workspace: Workspace) -> set[tuple[str, str, str]]:
    with open_store(workspace.store) as store:
        return {(f.edge, f.start, f.end) for f in whole(store).facts}


EDGES = {("PART_OF", "甲业/乙业", "甲业"), ("PART_OF", "甲业/丙业Ⅲ", "甲业"), ("PART_OF", "甲业/丁业", "甲业"),
         ("VARIANT_OF", "甲业/丙业Ⅲ", "甲业/乙业"), ("VARIANT_OF", "甲业/丁业", "甲业/乙业"),
         ("FEEDS", "甲业/丙业Ⅲ", "甲业/丁业"), ("FEEDS", "甲业/丁业", "甲业/丙业Ⅲ"),
         ("FEEDS", "甲料", "乙件"), ("FEEDS", "戊料", "丙机"), ("FEEDS", "丙机", "甲料"), ("FEEDS", "甲料", "丙机"),
         ("VARIANT_OF", "丙机", "乙件"), ("VARIANT_OF", "丁件", "丙机"),
         ("MAKES", "某省甲甲科技股份有限公司", "甲料"), ("MAKES", "乙乙家居股份有限公司", "乙件"),
         ("MAKES", "乙乙家居股份有限公司", "丁件"), ("MAKES", "丙丙股份有限公司", "ＡＢ片"),
         ("MAKES", "某省甲甲科技股份有限公司", "甲业/丙业Ⅲ")}


def test_every_good_row_is_a_fact_and_every_other_has_its_reason(city: Workspace, tmp_path: Path) -> None:
    report = load(city, [put(tmp_path / "ckg", True, also=BROKEN)], TODAY)
    assert edges(city) == EDGES and report.new == len(EDGES)
    assert dict(sorted(rejected.by_reason(p.reason for p in report.rejects).items())) == REJECTS
    assert report.mended == {"code": 6, "name": 4, "spelling": 1, "both": 1}
    assert [n for n in report.notes if "供给成环" in n] == [
        "供给成环: 丙机、甲料 / a FEEDS cycle", "供给成环: 丁业、丙业Ⅲ / a FEEDS cycle"]


def test_each_rejected_row_is_written_down_with_file_line_value_and_cure(city: Workspace, tmp_path: Path) -> None:
    report = load(city, [put(tmp_path / "ckg", False, also=BROKEN)], TODAY)
    assert report.rejects_file
    written = list(csv.reader(io.StringIO(report.rejects_file.read_text(encoding="utf-8-sig"))))[1:]
    assert len(written) == sum(REJECTS.values())
    there = {(file, row, column, value) for file, _, row, column, value, _, _ in written}
    assert {("company.json", "2", "time", SH), ("company_product.json", "4", "rel_weight", "'-3.5"),
            ("product.json", "14", "", "{\"name\":"), ("company.json", "5", "location", "2010-02-11"),
            ("company_industry.json", "2", "industry_code", "910000")} <= there
    assert all(why and cure for *_, why, cure in written)


def test_what_is_there_by_itself_is_a_node_and_what_was_cleaned_keeps_its_wording(city: Workspace, tmp_path: Path) -> None:
    load(city, [put(tmp_path / "ckg", True)], TODAY)
    with open_store(city.store) as store:
        nodes = {(n.label, n.id): n for n in whole(store).nodes}
    assert {("ChainNode", "孤品"), ("ChainNode", "丁业"), ("ChainNode", "甲业/丁业"), ("Chain", "空业")} <= nodes.keys()
    assert ("ChainNode", "平衡项目") not in nodes
    assert nodes["ChainNode", "丁件"].aliases == ("丁\\n件",) and nodes["ChainNode", "戊料"].aliases == ("“戊料",)
    firm = nodes["Firm", "乙乙家居股份有限公司"]
    assert firm.properties["listed"] == "600999.SH" and {"乙乙", "某省乙乙椅业股份有限公司"} <= {firm.name, *firm.aliases}
    assert not any("某港" in str(n) for n in nodes.values())
    source = nodes["Source", "ChainKnowledgeGraph"].properties
    assert (source["authority"], source["published"]) == (1.0, date(2021, 12, 31))


def test_what_is_said_of_a_place_a_share_and_a_day(city: Workspace, tmp_path: Path) -> None:
    load(city, [put(tmp_path / "ckg", True)], TODAY)
    with open_store(city.store) as store:
        facts = {(f.edge, f.start, f.end): f for f in whole(store).facts}
    makes = facts["MAKES", "某省甲甲科技股份有限公司", "甲料"]
    assert (makes.properties["region"], makes.properties.get("capacity"), makes.valid_from) == ("", None, date(2021, 12, 31))
    assert makes.text == "主营产品 rel_weight 0.5" and facts["MAKES", "乙乙家居股份有限公司", "乙件"].text == "主营产品"
    assert facts["FEEDS", "甲业/丙业Ⅲ", "甲业/丁业"].properties["essential"] is False
    assert facts["FEEDS", "甲料", "乙件"].properties.get("essential") is None


def test_packed_and_plain_say_the_same(city: Workspace, tmp_path: Path) -> None:
    load(city, [put(tmp_path / "a", True)], TODAY)
    report = load(city, [put(tmp_path / "b", False)], TODAY)
    assert (report.new, report.kept) == (0, len(EDGES))


def test_a_second_load_changes_nothing_and_withdrawing_leaves_nothing(city: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "ckg", True)
    load(city, [folder], TODAY)
    before = rejected.remembered(city)
    assert load(city, [folder], TODAY).same == ["ckg"] and rejected.remembered(city) == before
    assert rebuild(city) == len(EDGES) and rejected.remembered(city) == before
    withdraw(city, ["ckg"])
    assert edges(city) == set() and rejected.remembered(city) == {"rejects": {}, "mended": {}, "reasons": {}}


def test_over_a_sheet_it_is_the_graph_that_a_rebuild_makes(city: Workspace, tmp_path: Path) -> None:
    """Nodes that stand without a fact, too."""
    (tmp_path / "产业链重点企业表.csv").write_text("企业名称,环节\n某县某某有限公司,某料\n", encoding="utf-8")
    load(city, [tmp_path / "产业链重点企业表.csv"], Options(today=date(2024, 1, 1), new_nodes=True))
    load(city, [put(tmp_path / "ckg", True)], TODAY)
    with open_store(city.store) as store:
        stepped = whole(store)
    rebuild(city)
    with open_store(city.store) as store:
        assert whole(store) == stepped
    assert {"孤品", "空业"} <= {node.name for node in stepped.nodes}


def test_the_command_line_ends_well_and_info_counts(city: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "ckg", True, also=BROKEN)
    ended = CliRunner().invoke(main, ["load", "--from", "chainkg", str(folder), "-w", str(city.folder)])
    assert ended.exit_code == 0, ended.output
    assert "退回 6 处 / rejected" in ended.output and "(dangling)" in ended.output
    told = json.loads(CliRunner().invoke(main, ["info", "-w", str(city.folder), "--format", "json"]).stdout)
    assert told["rejects"] == REJECTS and told["reasons"].keys() == REJECTS.keys() | told["mended"].keys()
    assert told["edges"] == told["facts"] == {"PART_OF": 3, "VARIANT_OF": 4, "FEEDS": 6, "MAKES": 5}
    assert told["nodes"]["ChainNode"] == 11 and told["nodes"]["Firm"] == 3 and told["nodes"]["Chain"] == 2
    words = CliRunner().invoke(main, ["info", "-w", str(city.folder), "--format", "table"]).stdout
    assert f"rejects: {sum(REJECTS.values())}" in words and "自己" not in words.partition("rejects")[0]


def test_of_many_refusals_of_a_kind_the_report_shows_ten(city: Workspace, tmp_path: Path) -> None:
    many = rows()
    many["product_product"] += [{"from_entity": f"无{n}", "to_entity": "甲料", "rel": "上游材料"} for n in range(40)]
    ended = CliRunner().invoke(main, ["load", "--from", "chainkg", str(put(tmp_path / "ckg", True, many)), "-w", str(city.folder)])
    assert ended.exit_code == 0 and "另 36 处同类 / and 36 more of this kind" in ended.output
    assert ended.output.count("there is no such thing: 无") <= 10


def test_a_trial_says_the_same_and_writes_nothing(city: Workspace, tmp_path: Path) -> None:
    report = check(city, [put(tmp_path / "ckg", True, also=BROKEN)], TODAY)
    assert rejected.by_reason(p.reason for p in report.rejects) == REJECTS and not list(city.rejects.iterdir())


@pytest.mark.parametrize("missing", [["product"], ["industry", "company"]])
def test_missing_files_are_named(city: Workspace, tmp_path: Path, missing: list[str]) -> None:
    folder = put(tmp_path / "ckg", True)
    for name in missing:
        (folder / f"{name}.json.gz").unlink()
    with pytest.raises(LiantuError, match=", ".join(f"{name}.json" for name in lines.FIELDS if name in missing)):
        load(city, [folder], TODAY)
    assert city.manifest() == ()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-12])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _long(path: Path) -> None:
    path.write_bytes(gzip.compress(b"x" * (lines.LONGEST + 2)))


def _both(path: Path) -> None:
    path.with_suffix("").write_text("{}\n", encoding="utf-8")


@pytest.mark.parametrize("harm", [_cut, _flip, _long, _both])
def test_a_damaged_file_is_told_and_nothing_is_written(city: Workspace, tmp_path: Path, harm: Any) -> None:
    folder = put(tmp_path / "ckg", True)
    harm(folder / "product.json.gz")
    with pytest.raises(LiantuError, match=r"product\.json"):
        load(city, [folder], TODAY)
    assert city.manifest() == () and not (city.material / "manifest.json").exists()


@pytest.mark.parametrize("bound", ["MOST_LINES", "MOST_BYTES"])
def test_what_unpacks_to_too_much_is_not_read_on(city: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(lines, bound, 5)
    with pytest.raises(LiantuError, match="is more than that when unpacked"):
        load(city, [put(tmp_path / "ckg", True)], TODAY)


def test_a_file_and_no_folder_is_told(city: Workspace, tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match="不是文件夹"):
        load(city, [put(tmp_path / "ckg", True) / "product.json.gz"], TODAY)


def test_a_citys_own_names_stay_the_ones_that_are_found(city: Workspace, tmp_path: Path) -> None:
    """丁料 is the city's, under the alias 甲料: the data set's 甲料 is another thing, and its 乙件 is the city's."""
    sheets = tmp_path / "in"
    sheets.mkdir()
    (sheets / "产业链全景视图(环节).csv").write_text("产业链,环节,别名\n丁链,丁料,甲料\n丁链,乙件,\n", encoding="utf-8")
    (sheets / "产业链重点企业表.csv").write_text("企业名称,环节\n本地厂,甲料\n", encoding="utf-8")
    folder = put(tmp_path / "ckg", True)
    orders = ([(sheets, "sheets"), (folder, "chainkg")], [(folder, "chainkg"), (sheets, "sheets")])
    found = []
    for number, order in enumerate(orders):
        workspace = create(tmp_path / f"市{number}", "某市")
        for path, kind in order:
            load(workspace, [path], Options(today=date(2024, 1, 1), kind=kind))
        found.append(edges(workspace))
    assert found[0] == found[1]
    assert {("MAKES", "本地厂", "丁料"), ("FEEDS", "甲料", "乙件"), ("PART_OF", "乙件", "丁链")} <= found[0]


def test_a_product_and_an_industry_of_one_name_are_told_apart_in_a_sheet(city: Workspace, tmp_path: Path) -> None:
    load(city, [put(tmp_path / "ckg", True)], TODAY)
    sheet = tmp_path / "产业链重点企业表.csv"
    sheet.write_text("企业名称,环节\n本地厂,丁业\n本地厂,甲业/丁业\n本地厂,乙业\n", encoding="utf-8")
    load(city, [sheet], Options(today=date(2024, 1, 1)))
    assert {end for edge, start, end in edges(city) if start == "本地厂"} == {"丁业", "甲业/丁业", "甲业/乙业"}


@pytest.mark.parametrize(("written", "read"), [
    ("“鞋", "鞋"), ("联”", "联"), ("“三来一补”业务", "“三来一补”业务"), ('逐日"""', "逐日"), ("3'-二胺", "3'-二胺"), ("电缆\n接头\n", "电缆接头"),
    ("GP\u200d U\x7f", "GP U"), ("\ud800料", "料"), ("", ""), ('"', "")])
def test_names(written: str, read: str) -> None:
    assert rules.clean(written) == read


@given(st.text(st.characters(), max_size=12))
def test_a_clean_name_stays_as_it_is_and_can_be_printed(written: str) -> None:
    name = rules.clean(written)
    assert rules.clean(name) == name and name.isprintable() and rules.visible(written).isprintable()


@pytest.mark.parametrize(("written", "exchange", "code"), [
    ("301079", SZ, "301079.SZ"), ("600373.SH", "", "600373.SH"), ("603661SH", SZ, "603661.SH"), ("６８８０９６", "", "688096.SH"),
    ("000001sz", "", "000001.SZ"), ("430047", "", "430047.BJ"), ("920001", "", "920001.BJ"), ("12345", SZ, ""), ("平安", SZ, "")])
def test_stock_codes(written: str, exchange: str, code: str) -> None:
    assert rules.stock_code(written, exchange) == code


@pytest.mark.parametrize("name", [
    "平衡项目", "分部间抵销", "内部抵消数", "抵减", "其他业务", "其他(补充)", "其他（补充）", "其它", "合计", "针剂小计", "调整项", "未分配利润",
    "分部", "分部三"])
def test_accounting_lines(name: str) -> None:
    assert rules.is_accounting(name)


@pytest.mark.parametrize("name", ["静脉补充维生素用药", "混合计量泵", "光伏分部", "抵押贷款", "其他食品", "调整器", "合计量具"])
def test_products_are_no_accounting_lines(name: str) -> None:
    assert not rules.is_accounting(name)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from("甲乙丙丁戊")).filter(lambda e: e[0] != e[1]), max_size=14))
def test_a_ring_is_opened_at_the_row_that_closes_it(given_edges: list[tuple[str, str]]) -> None:
    found = list(rings(given_edges))
    kept: networkx.DiGraph = networkx.DiGraph()
    for (start, end), ring in zip(given_edges, found, strict=True):
        closes = start in kept and end in kept and networkx.has_path(kept, end, start)
        assert bool(ring) == closes and (not ring or (ring[0], ring[-1]) == (start, start))
        if not ring:
            kept.add_edge(start, end)
    assert networkx.is_directed_acyclic_graph(kept)


REAL = os.environ.get("LIANTU_CHAINKG", "")


@pytest.mark.slow
@pytest.mark.skipif(not REAL, reason="LIANTU_CHAINKG does not name the folder of the real files; they have no licence to be here")
def test_the_real_files(city: Workspace) -> None:
    report = load(city, [Path(REAL)], TODAY)
    told = liantu.info(city)
    # 4,586 stock codes; four of them share a name with another, or differ from it by a place alone: `liantu names split`
    assert told["nodes"] == {"Chain": 31, "ChainNode": 95934, "Firm": 4582, "Milestone": 19, "Source": 1}
    assert told["edges"] == {"PART_OF": 480, "VARIANT_OF": 53279, "FEEDS": 61904, "MAKES": 55371}
    assert told["rejects"] == dict(sorted(rejected.by_reason(p.reason for p in report.rejects).items()))
    rows_read = sum(1 for file in lines.files(Path(REAL)) for _ in lines.lines(file))
    stated = sum(_whole_rows(report.rejects)) + sum(_rows_of_facts(report.rows))
    # 134 industries lie right below a top: that row is their place in its chain; products in two spellings are one node
    assert rows_read == 274828 and stated + 134 + report.mended["spelling"] == rows_read


def _whole_rows(problems: Iterable[Any]) -> list[int]:
    return [len({(p.file, p.row) for p in problems if p.reason not in ("weight", "broken_day", "broken_exchange")})]


def _rows_of_facts(counts: dict[str, int]) -> list[int]:
    return [n for sheet, n in counts.items() if sheet != "来源表"]
