"""``liantu map`` on the sample: styles, themes, the prospect map, slides; a bad option is told with the cure."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from commands import draw
from maps import look
from tests.calling import run

THEN = ("--as-of", "2024-01-25", "--known-by", "2026-01-01")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "包头"
    run("demo", folder)
    return folder


def drawn(sample: Path, path: Path, *more: object) -> str:
    run("map", "光伏", *THEN, "-w", sample, "-o", path, *more)
    return path.read_text(encoding="utf-8") if path.suffix == ".svg" else ""


def test_a_wall_names_the_makers_and_who_invests_in_a_gap(sample: Path, tmp_path: Path) -> None:
    wall = drawn(sample, tmp_path / "墙.svg")
    for part in ('viewBox="0 0 1920 1080"', "光伏产业链全景图", "通威高纯晶硅", "475 kt/a", "投资 斯威克", "列入招引", "来源 33 项"):
        assert part in wall, part
    assert "远景图" not in wall and "#0b121b" not in wall
    assert "#0b121b" in drawn(sample, tmp_path / "深.svg", "--theme", "dark")


def test_the_prospect_map_on_paper_in_english(sample: Path, tmp_path: Path) -> None:
    paper = drawn(sample, tmp_path / "p.svg", "--style", "print", "--due", "2024-12-31", "--lang", "en")
    for part in ('width="420mm"', 'height="594mm"', "prospect · goals for 2024-12-31", "475→870", "gap 395 kt/a", "Sources 33",
                 "evidence and sources 1"):
        assert part in paper, part


def test_slides_with_a_box_for_each_node(sample: Path, tmp_path: Path) -> None:
    drawn(sample, tmp_path / "光伏.pptx", "--due", "2024-12-31")
    deck = Presentation(io.BytesIO((tmp_path / "光伏.pptx").read_bytes()))
    groups = {s.name: s for s in deck.slides[0].shapes if s.shape_type == 6}
    assert {"电池片", "多晶硅", "光伏电站"} <= groups.keys() and len(deck.slides) > 1
    assert any("0→60 GW" in s.text_frame.text for s in groups["电池片"].shapes if s.has_text_frame)


@pytest.mark.parametrize(("given", "told"), [(("--style", "poster"), "wall"), (("--theme", "neon"), "dark"), (("--due", "soon"), "2023-09-12")])
def test_a_bad_option_is_told_with_what_there_is(sample: Path, given: tuple[str, str], told: str) -> None:
    assert told in run("map", "光伏", "-w", sample, *given, code=2).output


def test_the_options_are_those_of_the_maps() -> None:
    assert (draw.STYLES, draw.THEMES) == (look.STYLES, look.THEMES)


def test_a_page_needs_no_library_for_slides() -> None:
    code = "import sys, maps, maps.svg, maps.page; print('pptx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    assert done.stdout.strip() == "False"
