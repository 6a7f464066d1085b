"""``liantu map``: one chain or all, to a folder, a page or a picture; bad input; a restricted name in none of the files."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.calling import run

DAY = ("--as-of", "2024-01-25")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "包头"
    run("demo", folder)
    return folder


def links(page: Path) -> list[str]:
    return [unquote(link) for link in re.findall(r'<a href="([^"]*)"', page.read_text(encoding="utf-8"))]


def test_all_chains_to_a_folder_that_was_not_there(demo: Path, tmp_path: Path) -> None:
    said = run("map", "--all", "-w", demo, *DAY, "--since", "2022-11-24", "-o", tmp_path / "新" / "总览").stdout
    index = tmp_path / "新" / "总览" / "index.html"
    assert str(index) in said and "9 个文件 / files" in said
    assert len(links(index)) == 8 and all((index.parent / link).is_file() for link in links(index))
    text = index.read_text(encoding="utf-8")
    assert "包头市产业链总览" in text and "自 2022-11-24" in text and "新空白点" in text
    assert text.index("<bdi>光伏</bdi>") < text.index("<bdi>铝</bdi>") < text.index("<bdi>氢能</bdi>"), "most breaks first"


def test_without_out_it_lies_in_the_workspace(demo: Path) -> None:
    run("map", "--all", "-w", demo, *DAY)
    assert (demo / "out" / "总览" / "index.html").is_file()


def test_a_trailing_slash_is_a_folder_whatever_its_name(demo: Path, tmp_path: Path) -> None:
    run("map", "--all", "-w", demo, *DAY, "-o", f"{tmp_path}/v1.2/")
    assert (tmp_path / "v1.2" / "index.html").is_file()


def test_all_chains_to_one_page_and_to_a_picture(demo: Path, tmp_path: Path) -> None:
    run("map", "--all", "-w", demo, *DAY, "-o", tmp_path / "a.html", "--lang", "en")
    assert "包头市: all industry chains" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert len([link for link in links(tmp_path / "a.html") if link.startswith("#chain-")]) == 8
    run("map", "--all", "-w", demo, *DAY, "-o", tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "a.svg"]


def test_the_same_twice_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    for name in "ab":
        run("map", "--all", "-w", demo, *DAY, "--known-by", "2024-02-01", "--since", "2023-09-12", "-o", tmp_path / f"{name}.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(("args", "said"), [
    ([], "either a chain or --all"), (["光伏", "--all"], "either a chain or --all"),
    (["光伏", "--since", "2023-01-01"], "--since goes with --all"),
    (["--all", "-o", "a.pdf"], "an overview cannot be written as that"), (["光伏", "-o", "a.docx"], "a map cannot be written as that"),
    (["--all", "--since", "2030-01-01"], "is later"), (["--all", "--region", "没有的市"], "no such region")])
def test_bad_input_is_told_with_the_cure(demo: Path, args: list[str], said: str) -> None:
    told = run("map", *args, "-w", demo, *DAY, code=2).stderr
    assert said in told and "→" in told and not Path("a.pdf").exists()


def test_a_chain_that_is_called_a_path_stays_in_the_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "某市"
    run("init", folder)
    sheet = tmp_path / "产业链全景视图(环节).csv"
    sheet.write_text("产业链,环节,产能单位,列\n../../x,料,kt/a,1\nCON,件,GW,2\n", encoding="utf-8")
    run("load", sheet, "-w", folder)
    run("map", "../../x", "-w", folder)
    run("map", "CON", "-w", folder)
    run("map", "--all", "-w", folder)
    assert sorted(p.name for p in (folder / "out").iterdir()) == ["CON-.html", "x.html", "总览"]
    assert sorted(p.name for p in (folder / "out" / "总览").iterdir()) == ["01-x.html", "02-CON-.html", "index.html"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["产业链全景视图(环节).csv", "某市"]


def test_what_is_restricted_is_in_no_public_file(tmp_path: Path) -> None:
    folder = tmp_path / "某市"
    run("init", folder)
    for kind, rows in (("公开", "甲链,料,kt/a,1\n"), ("内部", "机密链,机密料,kt/a,1\n甲链,暗号件,GW,2\n")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "产业链全景视图(环节).csv").write_text(f"产业链,环节,产能单位,列\n{rows}", encoding="utf-8")
        run("load", tmp_path / kind, "-w", folder, "--audience", kind)
    for audience, seen in (("公开", False), ("内部", True)):
        out = tmp_path / f"o-{audience}"
        run("map", "--all", "-w", folder, "--audience", audience, "-o", out)
        run("map", "--all", "-w", folder, "--audience", audience, "-o", tmp_path / f"{audience}.svg")
        files = [*out.iterdir(), tmp_path / f"{audience}.svg"]
        every = "".join(p.name + p.read_text(encoding="utf-8") for p in files)
        assert ("机密" in every, "暗号" in every) == (seen, seen)
