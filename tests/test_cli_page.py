"""The page of ``map`` through the command line: days on it, and only on it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import liantu
from tests.calling import run


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "样例"
    liantu.demo(folder)
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_has_the_days_up_to_the_one_asked_about(city: Path, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "map.html"
    run("map", "光伏", "-w", city, "--as-of", "2023-01-31", "--lang", lang, "-o", out)
    text = out.read_text(encoding="utf-8")
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    days = json.loads(found[1] if found else "")["time"]["days"]
    assert days[-1] == "2023-01-31" and "2022-11-24" in days and f'max="{len(days) - 1}"' in text
    assert len(text.encode()) < 1_500_000


def test_the_two_pictures_need_no_days(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    picture = liantu.picture
    monkeypatch.setattr(liantu, "picture", lambda *given, **more: asked.append(more["timeline"]) or picture(*given, **more))
    for name in ("map.svg", "map.html"):
        run("map", "光伏", "-w", city, "-o", tmp_path / name)
    assert asked == [False, True]
