"""``map --from`` and ``map --view`` as a user meets them: the sample through the command line."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

import liantu
from commands import draw
from maps.look import VIEWS
from tests.calling import run
from tests.maps.test_map_write import needs_font

DAYS = ("--from", "2022-11-24", "--to", "2024-01-25", "--known-by", "2024-01-25")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "样例"
    liantu.demo(folder)
    return folder


def test_two_days_in_one_picture(city: Path, tmp_path: Path) -> None:
    out = tmp_path / "两日.svg"
    assert str(out) in run("map", "光伏", "-w", city, *DAYS, "-o", out).stdout
    drawing = out.read_text(encoding="utf-8")
    assert "2022-11-24 → 2024-01-25" in drawing and "电池片：待核 → 断链" in drawing and "后来才知道" in drawing


@pytest.mark.parametrize(("lang", "said"), [("zh", "两日对照"), ("en", "two days")])
def test_a_page_of_two_days(city: Path, tmp_path: Path, lang: str, said: str) -> None:
    out = tmp_path / "x.html"
    run("map", "光伏", "-w", city, *DAYS, "--lang", lang, "-o", out)
    page = out.read_text(encoding="utf-8")
    assert said in page and "default-src 'none'" in unescape(page)


@pytest.mark.parametrize(("view", "said"), [("bars", "供给 475 kt/a"), ("profile", "瓶颈：电池片")])
def test_other_views(city: Path, tmp_path: Path, view: str, said: str) -> None:
    out = tmp_path / "x.svg"
    run("map", "光伏", "-w", city, "--as-of", "2024-01-25", "--view", view, "-o", out)
    assert said in out.read_text(encoding="utf-8")


@needs_font
def test_a_picture_of_pixels(city: Path, tmp_path: Path) -> None:
    run("map", "光伏", "-w", city, "--as-of", "2024-01-25", "--view", "profile", "-o", tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("given", "said"), [
    (("--from", "2024-01-25", "--to", "2022-11-24"), "不早于"), (("--from", "2024-01-25", "--to", "2024-01-25"), "不早于"),
    (("--from", "2024-02-30", "--to", "2024-03-25"), "2024-02-30 不是日期"), (("--view", "pie"), "'pie' is not one of"),
    (("--from", "2023-01-01", "--to", "2024-01-25", "--known-by", "2022-01-01"), "早于 --from")])
def test_bad_input_has_a_cure_and_leaves_no_file(city: Path, tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    shown = run("map", "光伏", "-w", city, *given, "-o", tmp_path / "x.svg", code=2).stderr
    assert said in shown and not list(tmp_path.iterdir())


def test_the_views_of_the_command_are_those_of_the_maps() -> None:
    option = next(p for p in draw.draw.params if p.name == "view")
    assert tuple(option.type.choices) == VIEWS


@pytest.mark.parametrize("with_it", [("--view", "bars"), ("--from", "2022-11-24")])
def test_goals_are_of_the_map_itself(city: Path, tmp_path: Path, with_it: tuple[str, str]) -> None:
    told = run("map", "光伏", "-w", city, "--due", "2024-12-31", *with_it, "-o", tmp_path / "a.svg", code=2).stderr
    assert "--due" in told and "one after the other" in told and not list(tmp_path.iterdir())
