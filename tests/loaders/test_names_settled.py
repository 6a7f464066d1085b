"""Names settled in a workspace: no fact is lost, decisions are material. Every name and code here is invented."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from graph.store import open_store
from graph.whole import whole
from graph.workspace import Material, Workspace, create
from loaders import material
from loaders.derive import Stated, derive
from loaders.kinds import KINDS
from loaders.load import Options, Refused, check, load, rebuild, withdraw
from loaders.names_sheet import write
from loaders.naming import Read
from loaders.settle import accept, reject, split, standing, undo
from loaders.settled import Decision
from tests.calling import run
from tests.graphs import plain

X, Y = "91150200MA0PUXXX0X", "91150200MA0PUYYY0Y"
NODES = "产业链,环节,产能单位\n甲链,料,kt/a\n甲链,件,GW\n"
HEAD = "企业名称,环节,主要产品,产能,单位,统一社会信用代码,集团总部,曾用名,数据日期\n"
TODAY = Options(today=date(2024, 1, 1))


def sheet(folder: Path, name: str, rows: str, file: str = "产业链重点企业表.csv", head: str = HEAD) -> Path:
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / file).write_text(head + rows, encoding="utf-8")
    return folder / name


@pytest.fixture
def city(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "某市", "某市")
    load(workspace, [sheet(tmp_path, "链", "", "产业链全景视图(环节).csv", NODES)], TODAY)
    return workspace


def firm(product: str, name: str, node: str = "料", size: int = 5, code: str = "", group: str = "", former: str = "") -> str:
    return f"{name},{node},{product},{size},{'kt/a' if node == '料' else 'GW'},{code},{group},{former},2023-01-01\n"


def ends(workspace: Workspace) -> dict[str, str]:
    """Which firm makes what: product → id."""
    facts = material.read_all(workspace, workspace.manifest()).graph.facts
    return {str(f.properties["product"]): f.start for f in facts if f.edge == "MAKES"}


def stated(workspace: Workspace) -> Counter[tuple[str, str, str, str]]:
    """All that the material states, without the ends."""
    derived = material.read_all(workspace, workspace.manifest())
    return Counter((f.edge, json.dumps(dict(f.properties), sort_keys=True, default=str), f.source, f.cell)
                   for s in derived.stated for f in s.facts.values())


def test_a_short_name_in_one_file_and_the_full_name_in_another_are_one_firm(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅"))], TODAY)
    report = load(city, [sheet(tmp_path, "b", firm("二", "内蒙古甲硅业有限公司", code=X))], TODAY)
    assert ends(city) == {"一": X, "二": X}
    assert any("甲硅 → 内蒙古甲硅业有限公司" in line for line in report.names)
    withdraw(city, ["b"])
    assert ends(city) == {"一": "甲硅"}


def test_a_firm_and_its_group_of_one_row_stay_two(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "内蒙古甲硅业有限公司", group="甲硅"))], TODAY)
    derived = material.read_all(city, city.manifest())
    assert [(f.start, f.end) for f in derived.graph.facts if f.edge == "OWNS"] == [("甲硅", "内蒙古甲硅业有限公司")]
    with pytest.raises(LiantuError, match="同一行里是两家"):
        accept(city, "甲硅", "内蒙古甲硅业有限公司")


def test_a_former_name_is_the_firm(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "内蒙古甲硅业有限公司", former="丁材料公司、戊材料"))], TODAY)
    load(city, [sheet(tmp_path, "b", firm("二", "丁材料公司"))], TODAY)
    assert len(set(ends(city).values())) == 1


def test_accept_reject_split_and_undo_are_material(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅") + firm("二", "内蒙古甲硅业有限公司") + firm("三", "甲能硅材料有限公司"))], TODAY)
    before = ends(city)
    [case] = standing(city).cases
    assert (case.name, case.facts, len(case.candidates)) == ("甲硅", 1, 2) and case.cells == ("产业链重点企业表.csv/产业链重点企业表/2",)
    done = accept(city, "甲硅", "甲能硅材料有限公司", by="某人", why="执照")
    assert ends(city) == {**before, "一": "甲能硅材料有限公司"} and not standing(city).cases
    assert not accept(city, "甲硅", "甲能硅材料有限公司").file, "so already"
    entry = city.manifest()[-1]
    assert (entry.name, entry.kind) == (done.file, "names")
    kept = json.loads((city.material / entry.kept).read_text(encoding="utf-8"))
    assert kept["names"] == [{"say": "accept", "name": "甲硅", "candidate": "甲能硅材料有限公司", "by": "某人", "why": "执照"}] and kept["day"]
    rebuild(city)
    assert ends(city)["一"] == "甲能硅材料有限公司"
    split(city, ["甲硅"])
    assert ends(city) == before
    assert undo(city) != done.file and ends(city)["一"] == "甲能硅材料有限公司"
    assert undo(city, "甲硅") == done.file and ends(city) == before and len(standing(city).cases) == 1
    reject(city, "甲硅")
    assert not standing(city).cases and ends(city) == before
    withdraw(city, [city.manifest()[-1].name])
    assert len(standing(city).cases) == 1
    with pytest.raises(LiantuError, match="没有可撤回"):
        undo(city)


MONEY = "企业名称,环节,主要产品,产能,单位,产值(万元)\n"
TWO = "甲硅,料,一,5,kt/a,{0}\n甲能硅材料有限公司,料,二,7,kt/a,300\n内蒙古甲硅业有限公司,料,三,1,kt/a,1\n"


@pytest.mark.parametrize("whole", [False, True])
def test_rows_that_a_decision_makes_one_firm_keep_what_they_say_differently(city: Workspace, tmp_path: Path, whole: bool) -> None:
    load(city, [sheet(tmp_path, "a", TWO.format(200), head=MONEY)], TODAY)
    if whole:
        (city.folder / "index.sqlite").unlink()
    done = accept(city, "甲硅", "甲能硅材料有限公司")
    graph = material.read_all(city, city.manifest()).graph
    money = [f for f in graph.facts if f.edge == "MEASURES" and f.start == "甲能硅材料有限公司"]
    assert {f.properties["value"] for f in money} == {200.0, 300.0} and len({f.line for f in money}) == 1
    assert len([f for f in graph.facts if f.edge == "MAKES" and f.start == "甲能硅材料有限公司"]) == 2
    assert len(done.flags) == 2 and any("产值" in flag and "200" in flag and "300" in flag for flag in done.flags)
    rebuild(city)


def test_one_firm_with_two_figures_in_one_sheet_is_told_of_the_column_and_what_helps(city: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        load(city, [sheet(tmp_path, "a", "甲硅,料,,5,kt/a,200\n甲硅,件,,5,GW,300\n", head=MONEY)], TODAY)
    problem, = caught.value.problems
    assert (problem.row, problem.column) == (3, "产值") and "其余行留空" in problem.cure
    load(city, [sheet(tmp_path, "b", "甲硅,料,,5,kt/a,200\n甲硅,件,,5,GW,\n", head=MONEY)], TODAY)


@pytest.mark.parametrize("whole", [False, True])
def test_a_spelling_that_takes_apart_what_was_joined_is_told(city: Workspace, tmp_path: Path, whole: bool) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅") + firm("二", "内蒙古甲硅业有限公司"))], TODAY)
    if whole:
        (city.folder / "index.sqlite").unlink()
    report = load(city, [sheet(tmp_path, "b", firm("三", "甲业"))], TODAY)
    assert len(set(ends(city).values())) == 3
    assert [line for line in report.names if "不再自动合并: 甲硅 → 内蒙古甲硅业有限公司" in line]
    assert all("不自动合并" in case.candidates[0].why for case in standing(city).cases)
    assert not [line for line in load(city, [sheet(tmp_path, "c", firm("四", "丙"))], TODAY).names if "不再" in line]


def test_a_decision_taken_again_after_another_counts(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅") + firm("二", "乙钢业有限公司"))], TODAY)
    for verb, same in ((accept, True), (reject, False), (accept, True)):
        verb(city, "甲硅", "乙钢业有限公司" if verb is accept else ["乙钢业有限公司"])  # type: ignore[arg-type]
        assert (len(set(ends(city).values())) == 1) is same


def test_what_is_decided_of_a_firm_that_went_waits_for_it(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅"))], TODAY)
    load(city, [sheet(tmp_path, "b", firm("二", "乙钢业有限公司"))], TODAY)
    accept(city, "甲硅", "乙钢业有限公司")
    withdraw(city, ["b"])
    assert ends(city) == {"一": "甲硅"} and standing(city).unmet == ("乙钢业有限公司",)
    assert standing(city, "公开").unmet == ()  # nobody knows any more who may see that name
    load(city, [sheet(tmp_path, "b", firm("二", "乙钢业有限公司"))], TODAY)
    assert ends(city) == {"一": "乙钢业有限公司", "二": "乙钢业有限公司"}


def test_what_cannot_be_is_refused_and_changes_nothing(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅业有限公司", code=X) + firm("二", "乙钢业有限公司", code=Y)
                      + firm("三", "丙玻璃") + firm("四", "丁玻璃", size=7))], TODAY)
    before = ends(city), city.manifest()
    with pytest.raises(LiantuError, match="两家企业"):
        accept(city, "甲硅业有限公司", "乙钢业有限公司")
    with pytest.raises(LiantuError, match="材料里没有企业"):
        accept(city, "没有的企业", "乙钢业有限公司")
    with pytest.raises(LiantuError, match="没有待定的候选"):
        reject(city, "甲硅业有限公司")
    assert (ends(city), city.manifest()) == before
    assert accept(city, X, Y).file and set(ends(city).values()) == {Y, "丙玻璃", "丁玻璃"}, "a wrong code is mended by its codes"


def test_two_sizes_of_rows_that_a_decision_joins_are_both_kept(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("三", "丙玻璃") + firm("四", "丁玻璃", size=7))], TODAY)
    accept(city, "丙玻璃", "丁玻璃")
    assert len(ends(city)) == 2 and len(set(ends(city).values())) == 1


def test_an_ambiguous_name_is_refused_until_somebody_says_whose_it_is(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅业有限公司", code=X) + firm("二", "甲硅业有限公司", code=Y))], TODAY)
    late = sheet(tmp_path, "b", firm("三", "甲硅业有限公司"))
    with pytest.raises(Refused) as caught:
        load(city, [late], TODAY)
    assert "liantu names accept" in caught.value.problems[0].cure
    accept(city, "甲硅业有限公司", Y)
    load(city, [late], TODAY)
    assert ends(city) == {"一": X, "二": Y, "三": Y}


def test_a_name_of_several_codes_is_told_by_its_codes(city: Workspace, tmp_path: Path) -> None:
    rows = firm("一", "甲硅业有限公司", code=X) + firm("二", "甲硅业有限公司", code=Y)
    load(city, [sheet(tmp_path, "a", rows)], TODAY)
    assert not standing(city).cases, "every row says whose it is"
    load(city, [sheet(tmp_path, "b", firm("三", "甲硅业有限公司") + firm("四", "乙钢"))], Options(today=date(2024, 1, 1), keep_good=True))
    [case] = standing(city).cases
    assert (case.name, [c.code for c in case.candidates]) == ("甲硅业有限公司", [X, Y]) and "三" not in ends(city)
    path = tmp_path / "企业名称核对.csv"
    path.write_text(f"名称,候选,候选信用代码,决定\n甲硅业有限公司,甲硅业有限公司,{X},\n甲硅业有限公司,甲硅业有限公司,{Y},同一\n", encoding="utf-8")
    load(city, [path], TODAY)
    assert ends(city) == {"一": X, "二": Y, "三": Y, "四": "乙钢"}


def test_a_wrong_check_character_is_loaded_and_flagged(city: Workspace, tmp_path: Path) -> None:
    rows = firm("一", "甲硅业有限公司", code=X) + firm("二", "乙钢业有限公司", code="９1110000600037341l")
    rows += firm("三", "丙有限公司", code="60003734-2")
    flagged = [note for note in load(city, [sheet(tmp_path, "a", rows)], TODAY).notes if "校验不符" in note]
    assert ends(city) == {"一": X, "二": "91110000600037341L", "三": "600037342"}
    assert len(flagged) == 2 and not any("乙钢业" in note for note in flagged)


def test_the_list_is_filled_in_and_loaded_back(city: Workspace, tmp_path: Path) -> None:
    import openpyxl

    load(city, [sheet(tmp_path, "a", firm("一", "甲硅") + firm("二", "内蒙古甲硅业有限公司") + firm("三", "甲能硅材料有限公司")
                      + firm("四", "乙能钢业丁有限公司") + firm("五", "乙能纲业丁有限公司"))], TODAY)
    path = tmp_path / "核对.xlsx"
    write(path, standing(city).cases)
    book = openpyxl.load_workbook(path)
    page = book["企业名称核对"]
    head = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        said = {"甲能硅材料有限公司": "同一", "内蒙古甲硅业有限公司": "不同"}.get(str(row[head.index("候选")].value), "")
        row[head.index("决定")].value = said or None
        row[head.index("理由")].value = "执照" if said else None
    book.save(path)
    assert check(city, [path], TODAY).rows == {"企业名称核对": 2}
    load(city, [path], TODAY)
    assert ends(city)["一"] == ends(city)["三"] != ends(city)["二"] and len(standing(city).cases) == 1, "a blank leaves it open"
    withdraw(city, ["核对.xlsx"])
    assert ends(city)["一"] == "甲硅"
    page.cell(2, head.index("决定") + 1).value = "也许"
    book.save(path)
    with pytest.raises(Refused) as caught:
        load(city, [path], TODAY)
    assert [(p.row, p.column, p.value) for p in caught.value.problems] == [(2, "决定", "也许")]


@pytest.mark.parametrize("text", ["", "{}", '{"names": [{"say": "perhaps", "name": "甲"}]}', '{"names": [{"odd": 1}]}', '{"names": 3}', "[" * 9999])
def test_what_is_no_file_of_decisions_is_refused(city: Workspace, tmp_path: Path, text: str) -> None:
    path = tmp_path / "names.json"
    path.write_text(text, encoding="utf-8")
    before = city.manifest()
    with pytest.raises(LiantuError, match="不是名称决定的文件"):
        load(city, [path], Options(today=date(2024, 1, 1), kind="names"))
    assert city.manifest() == before


def test_a_stricter_name_is_in_no_list_for_a_wider_audience(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅") + firm("二", "内蒙古甲硅业有限公司"))], TODAY)
    strict = firm("三", "甲密硅材料有限公司") + firm("四", "密钢") + firm("五", "大密钢业") + firm("六", "大密纲业有限公司")
    load(city, [sheet(tmp_path, "密", strict)],
         Options(today=date(2024, 1, 1), audience="专班"))
    public, all_of_it = standing(city, "公开"), standing(city, "专班")
    assert "密" not in repr((public.cases, public.links)) and "密" in repr((all_of_it.cases, all_of_it.links))
    with open_store(city.store) as store:
        assert "密" not in repr(whole(store, "公开").nodes) and "密" in repr(whole(store, "专班").nodes)


def test_a_project_code_joins_two_spellings_and_two_codes_are_refused(city: Workspace, tmp_path: Path) -> None:
    head, file = "项目名称,环节,投资方,项目代码,新增产能,单位\n", "产业链重点项目库.csv"
    rows = "甲玻璃项目,料,甲公司,2306-01,5,kt/a\n甲玻璃一期,料,甲公司,2306-02,1,kt/a\n甲玻璃二期,料,甲公司,2306-02,2,kt/a\n"
    load(city, [sheet(tmp_path, "a", rows, file, head)], TODAY)
    load(city, [sheet(tmp_path, "b", "甲公司玻璃生产项目,料,甲公司,2306-01,6,kt/a\n", file, head)], TODAY)
    facts = material.read_all(city, city.manifest()).graph.facts
    assert {f.start for f in facts if f.edge == "ADDS"} == {"甲公司玻璃生产项目", "甲玻璃一期", "甲玻璃二期"}
    with pytest.raises(Refused) as caught:
        load(city, [sheet(tmp_path, "c", "甲玻璃项目,料,甲公司,2306-09,7,kt/a\n", file, head)], TODAY)
    assert caught.value.problems[0].column == "项目代码"


NAMES = ["甲硅", "甲能硅", "甲能硅业有限公司", "包头甲能硅业有限公司", "乙钢股份", "乙能钢业股份有限公司", "乙能纲业股份有限公司"]
SAID = st.lists(st.builds(Decision, st.sampled_from(["accept", "reject", "split"]), st.sampled_from([*NAMES, X]), st.sampled_from(NAMES)),
                max_size=6)
ROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["", "", X]), st.booleans()), min_size=2, max_size=8)


def reads(folder: Path, rows: list[tuple[str, str, bool]], said: list[Decision]) -> list[Read]:
    """The rows as two files, and the decisions as a third material."""
    city = create(folder / "某市", "某市")
    out = []
    for name, text, file, head in (("链", "", "产业链全景视图(环节).csv", NODES), *(
            (str(half), "".join(firm(f"产品{n}", name, code=code) for n, (name, code, side) in enumerate(rows) if side is half),
             "产业链重点企业表.csv", HEAD) for half in (False, True))):
        if text or head is NODES:
            entry = Material(name, name, name, date(2024, 1, 1), date(2024, 1, 1))
            out.append(KINDS["sheets"].read(city, entry, sheet(folder, name, text, file, head)))
    return [*out, Read(Material("n", "n", "n", date(2024, 1, 2), date(2024, 1, 2), "names"), (), decided=tuple(said))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, SAID)
def test_no_sequence_of_decisions_loses_a_fact(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, bool]],
                                               said: list[Decision]) -> None:
    """What the material states is the same after each decision; only ends change."""
    every = reads(tmp_path_factory.mktemp("names"), rows, said)

    def told(count: int) -> Counter[tuple[str, str, str, str]]:
        derived = derive("某市", [*every[:-1], replace(every[-1], decided=every[-1].decided[:count])])
        firms = derived.names.firms
        assert all(f.start in firms.names for s in derived.stated for f in s.facts.values() if f.edge == "MAKES")
        return Counter({key: 1 for s in derived.stated for key in _told(s)})

    first = told(0)
    assert all(told(count) == first for count in range(1, len(said) + 1))
    assert {cell for edge, *_, cell in first if edge == "MAKES"} == {
        f"{half}/产业链重点企业表.csv/产业链重点企业表/{n + 2}" for half in (False, True) for n in range(sum(r[2] is half for r in rows))}


def _told(stated: Stated) -> Iterator[tuple[str, str, str, str]]:
    for f in stated.facts.values():
        yield f.edge, json.dumps(dict(f.properties), sort_keys=True, default=str), f.source, f"{stated.entry.name}/{f.cell}"


def test_a_sequence_in_a_workspace_leads_back(city: Workspace, tmp_path: Path) -> None:
    rows = "".join(firm(f"产品{n}", name) for n, name in enumerate(NAMES))
    load(city, [sheet(tmp_path, "a", rows)], TODAY)
    before, first = stated(city), ends(city)
    accept(city, NAMES[0], NAMES[5])
    reject(city, NAMES[4], [NAMES[5]])
    split(city, [NAMES[1], NAMES[3]])
    rebuild(city)
    assert stated(city) == before and ends(city) != first and len(set(ends(city).values())) == 6
    with open_store(city.store) as store:
        assert whole(store) == plain(material.read_all(city, city.manifest()).graph)
    for _ in range(3):
        undo(city)
    assert (stated(city), ends(city)) == (before, first)


def test_the_command(city: Workspace, tmp_path: Path) -> None:
    load(city, [sheet(tmp_path, "a", firm("一", "甲硅") + firm("二", "内蒙古甲硅业有限公司") + firm("三", "甲能硅材料有限公司"))], TODAY)
    at = ("-w", city.folder)
    found = json.loads(run("names", *at, "--format", "json").stdout)
    assert found["open"] == 1 and found["audience"] == "公开" and len(found["cases"][0]["candidates"]) == 2
    assert "候选" in run("names", *at, "--format", "table").stdout and "Candidate" in run("names", *at, "--format", "csv", "--lang", "en").stdout
    run("names", *at, "-o", tmp_path / "l.xlsx")
    run("names", *at, "-o", tmp_path / "l.csv")
    assert (tmp_path / "l.xlsx").exists() and (tmp_path / "l.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "甲硅 — 甲能硅材料有限公司" in run("names", *at, "accept", "甲硅", "甲能硅材料有限公司", "--by", "某人").stdout
    assert "names-" in run("info", *at).stdout
    assert "没有变化" in run("names", "accept", "甲硅", "甲能硅材料有限公司", *at).stdout
    assert "撤回" in run("names", "undo", *at).stdout and "不同企业" in run("names", "reject", "甲硅", *at).stdout
    assert "单独一家" in run("names", "split", "甲硅", *at).stdout
    said = run("names", "accept", "没有", "甲硅", *at, code=2).stderr
    assert "材料里没有企业" in said and "→" in said
