"""The page: self-contained, complete in both languages, hostile names harmless, same bytes."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from analysis.answers import Panorama
from analysis.picture import Picture
from maps.look import Look
from maps.page import page


class Reader(HTMLParser):
    """Elements with their attributes; the contents of scripts, styles and of everything else."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.held: dict[str, list[str]] = {"script": [], "style": []}
        self.words: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.held:
            self.held[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.held:
            self.held[self._inside][-1] += data
        else:
            self.words.append(data)

    def data(self) -> dict[str, object]:
        return json.loads(self.held["script"][1])  # type: ignore[no-any-return]


def test_same_input_same_bytes(panorama: Panorama) -> None:
    assert page(Picture(panorama)) == page(Picture(replace(panorama)))


def test_only_what_the_policy_names_runs(panorama: Panorama) -> None:
    found = Reader(page(Picture(panorama)))
    policy = next(a["content"] or "" for _, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy and "http" not in policy
    watch, _, vis, app = found.held["script"]
    for text in (watch, vis, app, *found.held["style"]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "@license" in vis and "MIT License" in vis, "the licence header stays"


def test_nothing_is_fetched(panorama: Panorama) -> None:
    found = Reader(page(Picture(panorama)))
    assert not {tag for tag, _ in found.elements} & {"link", "img", "iframe", "object", "embed", "base", "a"}
    assert not any({"src", "href", "style", "srcset", "action"} & set(a) for _, a in found.elements)
    assert not re.search(r"@import|url\(", found.held["style"][0])
    assert "sourceMappingURL" not in page(Picture(panorama))


def test_panel_of_a_gap_in_chinese(panorama: Panorama) -> None:
    panel = next(p for p in Reader(page(Picture(panorama))).data()["panels"] if p["node"] == "光伏玻璃")  # type: ignore[attr-defined]
    assert panel["verdict"] == "缺链"
    assert panel["flags"] == ["关键", "已报道，待投产核实", "有项目"]
    sections = {s["title"]: s["blocks"] for s in panel["sections"]}
    assert list(sections) == ["供需", "在手项目", "声明与依据", "本地企业与项目", "位置", "推导", "来源"]
    project = dict(sections["在手项目"][0]["rows"])
    assert sections["在手项目"][0]["head"] == "格索兰玻璃"
    assert project["阶段"] == "在建" and project["产能"] == "718.3 kt/a、成品率 82%" and project["缺手续"] == "产能置换"
    assert project["建成可配套"] == "136%（100%–136%）"
    assert project["延期"].startswith("2023-12-31 → 2024-12-31（2024-01-25 公布） 《产能置换公告》")
    assert dict(sections["供需"][0]["rows"])["目标产能"] == "600 kt/a · 到 2025-12-31"
    assert sections["声明与依据"][0]["head"] == "2022-11-24 包头市：填补"
    assert dict(sections["声明与依据"][0]["rows"])["依据"] == "尚无投产依据"
    assert sections["推导"][0]["rows"] == [["1", "光伏玻璃：依据清单"]]


def test_panel_in_english(panorama: Panorama) -> None:
    panels = {p["node"]: p for p in Reader(page(Picture(panorama), Look("en"))).data()["panels"]}  # type: ignore[attr-defined]
    assert panels["光伏玻璃"]["verdict"] == "missing" and "essential" in panels["光伏玻璃"]["flags"]
    assert panels["电站"]["verdict"].startswith("a market or resource") and panels["电站"]["flags"] == []
    labels = [s["title"] for p in panels.values() for s in p["sections"]]
    labels += [r[0] for p in panels.values() for s in p["sections"] for b in s["blocks"] for r in b["rows"]]
    assert not any("\u4e00" <= c <= "\u9fff" for label in labels for c in label)


def test_title_block_own_list_and_sources(panorama: Panorama) -> None:
    words = " ".join(Reader(page(Picture(panorama))).words)
    for part in ("光伏产业链全景图", "地区：包头市", "截至 2023-09-12", "据 2024-01-25 所知", "受众：公开", "空白点 3"):
        assert part in words
    for part in ("待核环节 1", "来源 2", "《产能置换公告》 内蒙古自治区工信厅，2024-01-25", "断链·缺链，", "银浆"):
        assert part.rstrip("，") in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(hostile: Panorama, panorama: Panorama, lang: str) -> None:
    text = page(Picture(hostile), Look(lang))
    text.encode("utf-8")
    found, plain = Reader(text), Reader(page(Picture(panorama), Look(lang)))
    assert {tag for tag, _ in found.elements} <= {tag for tag, _ in plain.elements} | {"h3", "p"}
    assert len(found.held["script"]) == 4 and found.held["script"][2:] == plain.held["script"][2:]
    assert not any(name.startswith("on") for _, a in found.elements for name in a)
    assert not set(text.replace(found.held["script"][2], "")) & set("\u202e\u2066\u2028\x00")
    nodes = [p["node"] for p in found.data()["panels"]]  # type: ignore[attr-defined]
    assert nodes[0] == "<img src=x onerror=alert(1)>" and "长" * 300 in nodes and "硅片🔋👩‍🔬" in nodes


def test_pyvis_builds_and_gets_no_title(panorama: Panorama) -> None:
    network = Reader(page(Picture(panorama))).data()["network"]
    assert [n["id"] for n in network["nodes"]] == list(range(12))  # type: ignore[index]
    assert not any("title" in n for n in network["nodes"])  # type: ignore[index]
    assert len(network["edges"]) == 12 and network["options"]["physics"] == {"enabled": False}  # type: ignore[index]


def test_svg_needs_no_pyvis() -> None:
    code = (
        "import sys, maps, maps.svg, maps.png, maps.page; print([m for m in ('pyvis', 'IPython') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_page_that_would_be_too_large_says_what_it_goes_without(panorama: Panorama, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = page(Picture(panorama))
    size, met = len(whole.encode()), []
    assert "本页过大" not in whole
    while "未放入时间轴" not in (text := page(Picture(panorama))):
        met.append((len(text.encode()), text.count("本页过大")))
        monkeypatch.setattr("maps.page.MOST_BYTES", len(text.encode()) - 1)
    assert met[0] == (size, 0) and [n for _, n in met] == [0, 1, 2] and sorted(met, reverse=True) == met, met
    assert "--view bars" in text and "--style print" in text and '<button type="button" data-view="bars"' not in text
