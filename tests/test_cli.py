"""The command line as a new user meets it: help, guesses, bad input, one sheet, the demo."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import liantu
from cli import main
from graph.model import VERSION
from tests.calling import run

ONE_SHEET = "企业名称,环节\n某某玻璃有限公司,光伏玻璃\n某某组件有限公司,组件\n"
COMMANDS = ("demo", "init", "template", "check", "load", "withdraw", "retire", "rebuild", "gaps", "explain", "claims",
            "map", "query", "prospect", "slips", "whatif", "history", "diff", "compare", "ask", "export", "info", "names", "read", "desk",
            "suitability", "targets", "brief", "introduce", "adjacent")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "我的城市"
    run("init", folder, "--chain", "光伏")
    return folder


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "产业链重点企业表.csv"
    path.write_text(ONE_SHEET, encoding="utf-8")
    return path


def test_all_commands_are_there() -> None:
    assert set(main.commands) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_both_languages_and_an_example(command: str) -> None:
    text = run(command, "--help").stdout
    assert f"Example: liantu {command}" in text and " / " in text


def test_version_is_the_projects() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version").stdout == f"liantu {project['version']}\n"


def test_unknown_command_guesses() -> None:
    assert "did you mean: gaps" in run("gap", code=2).stderr


def test_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    said = run("gaps", "光伏", "-w", tmp_path, code=2).stderr
    assert said.startswith("错误: ") and "liantu init" in said


@pytest.mark.parametrize("day", ["2023-02-30", "昨天"])
def test_a_day_that_is_no_day(city: Path, day: str) -> None:
    assert f"{day} 不是日期" in run("gaps", "光伏", "-w", city, "--as-of", day, code=2).stderr


def test_unknown_chain_guesses_and_leaves_nothing(tmp_path: Path) -> None:
    assert "光伏" in run("init", tmp_path / "某市", "--chain", "光付", code=2).stderr
    assert not (tmp_path / "某市").exists()


def test_unknown_chain_of_a_question(city: Path) -> None:
    assert "光伏" in run("gaps", "光付", "-w", city, code=2).stderr


def test_unknown_node_guesses(city: Path) -> None:
    assert "光伏玻璃" in run("explain", "光伏", "光伏玻", "-w", city, code=2).stderr


def test_a_server_store_names_its_address(city: Path) -> None:
    assert "bolt://nowhere:7687" in run("gaps", "光伏", "-w", city, "--store", "bolt://me:pw@nowhere:7687", code=2).stderr


def test_one_sheet(city: Path, sheet: Path) -> None:
    assert "已导入" in run("load", sheet, "-w", city).stdout
    answer = json.loads(run("gaps", "光伏", "-w", city).stdout)
    assert (answer["question"], answer["region"], answer["chain"], answer["audience"]) == ("gaps", "我的城市", "光伏", "公开")
    rows = {row["node"]: row for row in answer["rows"]}
    assert rows["光伏玻璃"]["verdict"] == rows["组件"]["verdict"] == "present"
    assert "unsized" in rows["组件"]["flags"]
    assert rows["电池片"]["verdict"] == "unknown"


def test_as_of_is_known_by_unless_given(city: Path) -> None:
    answer = json.loads(run("gaps", "光伏", "-w", city, "--known-by", "2023-09-12").stdout)
    assert (answer["as_of"], answer["known_by"]) == ("2023-09-12", "2023-09-12")


def test_the_same_file_twice_changes_nothing(city: Path, sheet: Path) -> None:
    run("load", sheet, "-w", city)
    before = (city / "material/manifest.json").read_bytes()
    assert "没有变化" in run("load", sheet, "-w", city).stdout
    assert (city / "material/manifest.json").read_bytes() == before


def test_every_bad_row_is_listed_and_nothing_loaded(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "产业链重点企业表.csv"
    path.write_text("企业名称,环节,产能\n甲公司,组件,很多\n乙公司,没有的环节,5GW\n丙公司,组件,5GW\n", encoding="utf-8")
    before = (city / "material/manifest.json").read_bytes()
    said = run("load", path, "-w", city, code=2).stderr
    assert "很多" in said and "第 2 行" in said and "--keep-good" in said
    assert (city / "material/manifest.json").read_bytes() == before
    path.write_text("企业名称,环节,产能\n甲公司,组件,很多\n", encoding="utf-8")
    assert "--keep-good" not in run("load", path, "-w", city, code=2).stderr  # there is no good row


def test_no_file(city: Path) -> None:
    assert "没有这个文件" in run("load", "nowhere.xlsx", "-w", city, code=2).stderr


def test_withdraw_takes_it_back(city: Path, sheet: Path) -> None:
    before = run("gaps", "光伏", "-w", city).stdout
    run("load", sheet, "-w", city)
    run("withdraw", sheet.name, "-w", city)
    assert run("gaps", "光伏", "-w", city).stdout == before


def test_a_damaged_graph_is_made_again(city: Path) -> None:
    before = run("gaps", "光伏", "-w", city).stdout
    (city / "graph.lbug").write_bytes(b"no graph")
    again = run("gaps", "光伏", "-w", city)
    assert again.stdout == before and "正在从材料生成图谱" in again.stderr
    assert list(city.glob("graph.lbug.damaged-*"))


def test_a_graph_of_an_older_model_is_made_again_and_nothing_kept(city: Path, tmp_path: Path) -> None:
    before = run("gaps", "光伏", "-w", city).stdout
    about, other = city / "graph.lbug.json", tmp_path / "other.lbug"
    shutil.copy(city / "graph.lbug", other)
    older = about.read_text(encoding="utf-8").replace(f'"model": "{VERSION}"', '"model": "0"')
    for place in (about, other.with_name("other.lbug.json")):
        place.write_text(older, encoding="utf-8")
    assert f"liantu rebuild --store {other}" in run("gaps", "光伏", "-w", city, "--store", other, code=2).stderr
    again = run("gaps", "光伏", "-w", city)
    assert again.stdout == before and "model 0" in again.stderr and not list(city.glob("*.damaged-*"))


def test_a_graph_of_another_workspace_is_not_overwritten(city: Path, tmp_path: Path) -> None:
    run("init", tmp_path / "别市", "--chain", "风电")
    other = tmp_path / "别市/graph.lbug"
    before = other.read_bytes()
    assert "另一个工作区" in run("gaps", "光伏", "-w", city, "--store", other, code=2).stderr
    assert other.read_bytes() == before


def test_template_and_export_load_again(city: Path, sheet: Path, tmp_path: Path) -> None:
    run("load", sheet, "-w", city)
    run("template", "-w", city, "-o", tmp_path / "模板.xlsx")
    run("export", "-w", city, "-o", tmp_path / "材料.xlsx")
    run("init", tmp_path / "again", "--region", "我的城市")
    run("load", tmp_path / "材料.xlsx", "-w", tmp_path / "again")
    one, other = (json.loads(run("gaps", "光伏", "-w", w).stdout) for w in (city, tmp_path / "again"))
    assert [(r["node"], r["verdict"]) for r in one["rows"]] == [(r["node"], r["verdict"]) for r in other["rows"]]


def test_explain_by_alias(city: Path, sheet: Path) -> None:
    run("load", sheet, "-w", city)
    assert json.loads(run("explain", "光伏", "光伏组件", "-w", city).stdout)["node"] == "组件"


def test_query(city: Path) -> None:
    assert "feeds" in {q["id"] for q in json.loads(run("query", "-w", city).stdout)}
    assert "MATCH" in run("query", "feeds", "--text").stdout
    rows = json.loads(run("query", "feeds", "-p", "nodes=组件", "-w", city).stdout)
    assert any(row["end_id"] == "组件" for row in rows)
    assert "没有参数" in run("query", "feeds", "-p", "node=组件", "-w", city, code=2).stderr


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_gaps_into_a_file(city: Path, tmp_path: Path, form: str) -> None:
    run("gaps", "光伏", "-w", city, "-o", tmp_path / f"空白点.{form}")
    assert (tmp_path / f"空白点.{form}").stat().st_size > 100


def test_xlsx_needs_a_file(city: Path) -> None:
    assert "-o" in run("gaps", "光伏", "-w", city, "--format", "xlsx", code=2).stderr


def test_a_map_of_no_known_kind(city: Path) -> None:
    assert ".png" in run("map", "光伏", "-w", city, "-o", "x.pdf", code=2).stderr


def test_demo_runs_and_is_repeatable(tmp_path: Path) -> None:
    first = run("demo", tmp_path / "demo").stdout
    assert "2022-11-24 → 2023-09-12" in first and "光伏玻璃" in first
    assert (tmp_path / "demo/out/光伏.html").stat().st_size > 10_000
    graph = (tmp_path / "demo/graph.lbug").stat().st_mtime_ns
    second = run("demo", tmp_path / "demo").stdout
    assert "已存在" in second and second.splitlines()[1:] == first.splitlines()[1:]
    assert (tmp_path / "demo/graph.lbug").stat().st_mtime_ns == graph
    info = json.loads(run("info", "-w", tmp_path / "demo").stdout)
    assert info["region"] == "包头市" and info["facts"]["FEEDS"] > 10
    assert json.loads(run("claims", "光伏", "-w", tmp_path / "demo").stdout)["rows"]


def test_demo_does_not_touch_a_workspace_of_ones_own(city: Path) -> None:
    assert "不是样例" in run("demo", city, code=2).stderr


def test_an_internal_error_is_one_line(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(liantu, "gaps", broken)
    said = run("gaps", "光伏", "-w", city, code=1).stderr
    assert said.startswith("内部错误 / internal error: ZeroDivisionError: x") and said.count("\n") == 1


def test_a_stray_file_is_named(tmp_path: Path) -> None:

    (tmp_path / "graph.py").write_text("x = 1\n", encoding="utf-8")
    root = Path(liantu.__file__).parent
    code = f"import sys; sys.path.append({str(root)!r}); import liantu"
    said = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
                          env={"PYTHONIOENCODING": "utf-8"}).stderr
    assert "graph.py" in said and "改名" in said


def test_help_imports_nothing_heavy() -> None:

    root = Path(liantu.__file__).parent
    code = ("import sys, cli; rooms = ('analysis', 'loaders', 'queries', 'maps', 'reports', 'liantu', 'ladybug', 'rich', "
            "'pydantic', 'pint', 'networkx', 'numpy', 'graph.model'); print([r for r in rooms if r in sys.modules])")
    assert subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True).stdout == "[]\n"


def test_asking_imports_no_loader_and_no_driver(city: Path) -> None:
    """Half the time of a question would go into what only a load needs."""
    code = ("import sys, liantu; liantu.gaps(sys.argv[1], '光伏'); "
            "print([m for m in ('loaders.load', 'neo4j', 'pydantic', 'networkx', 'python_calamine') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code, str(city)], capture_output=True, text=True, check=True,
                          cwd=Path(liantu.__file__).parent)
    assert done.stdout.strip() == "[]"
