"""Two days in one picture: the same places, what changed ringed and listed once, what was only learned apart."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from analysis.answers import Feed, Panorama
from analysis.changes import CHANGES as KINDS
from analysis.picture import Picture
from graph.errors import LiantuError
from maps import moved, two
from maps.inks import ink
from maps.look import USUAL, Look
from maps.pair import pair
from tests.maps.timed import (
    BEFORE,
    CHANGES,
    DIFF,
    FEEDS,
    FIRST,
    KNOWN,
    LAST,
    NODES,
    ONE,
    SVG,
    TWO,
    change,
    many,
    of_class,
    panorama,
    placed,
    row,
    texts,
    tree,
)


def side(name: str, picture: Picture = TWO, look: Look = USUAL) -> Element:
    """One of the two maps: before or after."""
    return next(g for g in tree(pair(picture, look).svg).iter(f"{SVG}g") if g.get("id") == f"pair-{name}")


def places(group: Element) -> dict[str, tuple[str, ...]]:
    """Node → where its box stands within its map."""
    found = {}
    for box in group.iter(f"{SVG}g"):
        name, plate = box.findtext(f"{SVG}title"), box.find(f"{SVG}rect")
        if name and plate is not None and not box.get("class"):
            found[name] = tuple(plate.get(k, "") for k in ("x", "y", "width", "height"))
    return found


def ringed(group: Element, kind: str) -> list[str]:
    """The nodes that have a ring of a kind."""
    return [g.findtext(f"{SVG}title") or "" for g in group.iter(f"{SVG}g") if g.get("class") == f"ring {kind}"]


def test_every_node_stands_in_the_same_place_on_both_days() -> None:
    before, after = places(side("before")), places(side("after"))
    assert before == after and set(after) == {n.node for n in NODES}


def test_both_maps_lie_below_each_other() -> None:
    moves = [re.findall(r"[\d.]+", side(s).get("transform", "")) for s in ("before", "after")]
    assert moves[0][0] == moves[1][0] and float(moves[0][1]) < float(moves[1][1])


def test_a_node_of_one_day_has_its_place_on_the_other() -> None:
    older = replace(BEFORE, nodes=(*BEFORE.nodes, placed("石墨", 1)), feeds=(*FEEDS, Feed("石墨", "硅片", "material", True, None, "")))
    newer = replace(TWO, before=older)
    assert len(two.union(TWO.panorama, older).nodes) == len(NODES) + 1
    before, after = places(side("before", newer)), places(side("after", newer))
    assert set(before) - set(after) == {"石墨"} and all(before[n] == after[n] for n in after)
    ghosts = [t.text for t in side("after", newer).iter(f"{SVG}text") if t.text and "不在链上" in t.text]
    assert len(ghosts) == 1


def test_only_the_edges_of_a_day_are_drawn_on_it() -> None:
    older = replace(BEFORE, feeds=FEEDS[:2])
    whole, _ = two.placed(TWO.panorama, older, USUAL, 1872)
    assert len(two.half(whole, older).routes) == 2 and len(two.half(whole, TWO.panorama).routes) == len(FEEDS)


def test_a_ring_has_the_colour_of_bad_news_or_of_good() -> None:
    after = side("after")
    strokes = {k: {e.get("stroke") for g in after.iter(f"{SVG}g") if g.get("class") == f"ring {k}" for e in g if e.get("fill") == "none"}
               for k in ("opened", "closed")}
    assert strokes["opened"] == {ink("light").bad} and strokes["closed"] == {ink("light").supply}


def test_what_changed_is_ringed_on_the_later_map_and_what_was_learned_on_the_earlier() -> None:
    before, after = side("before"), side("after")
    assert {k: ringed(after, k) for k in ("opened", "closed", "moved", "learned")} == {
        "opened": ["电池片"], "closed": ["多晶硅"], "moved": ["硅片", "组件"], "learned": []}, "no flag, no goal"
    assert {k: ringed(before, k) for k in ("opened", "closed", "moved", "learned")} == {
        "opened": [], "closed": [], "moved": [], "learned": ["玻璃"]}


def test_the_numbers_on_the_map_are_those_of_the_list() -> None:
    drawing = pair(TWO).svg
    for group in of_class(tree(drawing), "ring"):
        name, number = group.findtext(f"{SVG}title"), group.findtext(f"{SVG}text")
        assert any(re.match(rf"\[[\d ]*\b{number}\b[\d ]*\] .*{name}", t) for t in texts(drawing)), name


def test_the_list_has_every_row_of_the_diff_once() -> None:
    listed = [r for learned in (False, True) for e in moved.entries(DIFF, learned) for r in e.rows]
    assert sorted(map(repr, listed)) == sorted(map(repr, DIFF.rows))
    found = " ".join(texts(pair(TWO, Look(style="print")).svg))
    for entry in (*moved.entries(DIFF, False), *moved.entries(DIFF, True)):
        assert moved.headline(entry, "zh") in found and moved.why(entry, "zh") in found
    assert "变化 10 项：空白点 2 · 判定 1 · 供给 1 · 项目 3 · 目标 1 · 标记 2" in found
    assert f"另有 1 项在 {FIRST} 已是如此" in found and f"后来才知道 1 项：{FIRST} 已是如此" in found


def test_a_wall_tells_flags_in_a_line_a_node() -> None:
    found = texts(pair(TWO).svg)
    assert "银浆：＋关键 2023-05-01" in found and "标记（原因见打印版 --style print）" in found
    assert not any("--style print" in t for t in texts(pair(TWO, Look(style="print")).svg))


def test_print_turns_pages_of_a3() -> None:
    rows = tuple(replace(CHANGES[0], name=f"环节{i}", causes=(), day=None) for i in range(200))
    made = pair(replace(TWO, diff=replace(DIFF, rows=rows)), Look(style="print"))
    assert len(made.pages) > 2
    width, height, tops = 0.0, 0.0, []
    for page in made.pages:
        _, top, width, height = map(float, (tree(page).get("viewBox") or "").split())
        tops.append(top)
        for t in tree(page).iter(f"{SVG}text"):  # the maps have coordinates of their own
            y = float(t.get("y", "nan"))
            assert top <= y <= top + height or t.get("text-anchor") == "middle", t.text
    assert width / height == pytest.approx(404 / 281, rel=0.001)
    assert tops == pytest.approx([i * height for i in range(len(tops))], abs=0.1)
    listed = [t for page in made.pages for t in texts(page) if "：待核 → 断链" in t]
    assert len(listed) == 200, "each once, on one page"


def test_the_day_and_the_cause_stand_by_the_change() -> None:
    whole = "".join(texts(pair(TWO).svg))
    assert "电池片：待核 → 断链；＋已列入招引" in whole, "one fact, one entry"
    assert "2023-05-01 市里称空白" in whole and "2023-02-28 后来的报道" in whole
    assert "甲电池项目（电池片、组件）：新项目 在谈" in whole
    assert "乙硅料二期（多晶硅）：推迟 2023-12-31 → 2024-06-30" in whole


@pytest.mark.parametrize(("kind", "before", "after", "zh", "en"), [
    ("verdict", "short", "balanced", "不足 → 配套", "short → balanced"),
    ("flag", "", "wanted", "＋已列入招引", "+wanted"), ("flag", "wanted", "", "－已列入招引", "−wanted"),
    ("supply", "", "25 GW", "供给 待核 → 25 GW", "supply unknown → 25 GW"),
    ("supply", "?", "0 GW", "供给 产能待核 → 0 GW", "supply size unknown → 0 GW"),
    ("goal", "96 GW (2022-12-31)", "", "目标 96 GW (2022-12-31) → 无", "goal 96 GW (2022-12-31) → none"),
    ("stage", "在谈", "ended", "阶段 在谈 → 终止", "stage in talks → ended"),
    ("gone", "签约", "", "不再在列 签约", "no longer listed, signed"), ("stalled", "", "stalled", "停滞", "stalled"),
    ("permit", "eia、energy", "", "手续变化 环评、能评 → 无", "missing permits changed, environmental impact, energy review → none"),
    ("dated", "", "2024-12-31", "提出投产日期 2024-12-31", "planned day set, 2024-12-31"),
    ("size", "?", "20 GW", "规模变化 产能待核 → 20 GW", "size changed, size unknown → 20 GW"),
    ("phased", "在谈", "", "改为分期列示", "listed by its phases now")])
def test_a_change_in_words(kind: str, before: str, after: str, zh: str, en: str) -> None:
    found = change(kind, "某", before, after)
    assert (moved.words(found, "zh"), moved.words(found, "en")) == (zh, en)


def test_every_kind_of_change_has_its_section() -> None:
    assert sorted(k for kinds in moved.SECTIONS.values() for k in kinds) == sorted(KINDS)


def test_the_title_says_by_whose_knowledge_each_half_is_drawn() -> None:
    found = texts(pair(TWO).svg)
    assert "光伏产业链两日对照" in found and f"两图均据 {KNOWN} 所知" in " ".join(found) and f"{FIRST} → {LAST}" in " ".join(found)
    assert {f"截至 {FIRST}", f"截至 {LAST}"} <= set(found)
    english = " ".join(texts(pair(TWO, Look("en")).svg))
    assert f"both by what is known by {KNOWN}" in english and "a gap appeared" in english


def test_two_days_by_two_knowledges_are_told_apart() -> None:
    older = replace(BEFORE, gaps=replace(BEFORE.gaps, known_by=FIRST))
    found = " ".join(texts(pair(replace(TWO, before=older)).svg))
    assert f"{FIRST}（据 {FIRST} 所知）" in found and f"{LAST}（据 {KNOWN} 所知）" in found and "两图均据" not in found


def test_no_change_and_no_comparison_are_told() -> None:
    assert "两日之间没有变化" in texts(pair(replace(TWO, diff=replace(DIFF, rows=()))).svg)
    assert "没有比对变化" in texts(pair(replace(TWO, diff=None)).svg)


def test_one_day_is_not_enough() -> None:
    with pytest.raises(LiantuError, match="两日对照"):
        pair(ONE)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hostile_names_stay_text(hostile: Panorama, lang: str, theme: str) -> None:
    names = [n.node for n in hostile.nodes]
    rows = tuple(change("opened", n, n, n, nodes=(n,), why=n) for n in names) + tuple(
        change("new", n, "", n, "project", tuple(names), n) for n in names)
    drawing = pair(Picture(hostile, None, hostile, replace(DIFF, rows=rows, chain=names[0])), Look(lang, theme=theme)).svg
    root = tree(drawing)
    allowed = {"svg", "g", "title", "rect", "path", "circle", "polyline", "polygon", "text", "defs", "pattern"}
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= allowed
    assert not any(a.startswith("on") or "href" in a or a == "style" for e in root.iter() for a in e.attrib)
    assert not set(drawing) & set("\u202e\u2066\u2028\x00")


@pytest.mark.parametrize("count", [0, 1, 300])
def test_chains_of_any_length(count: int) -> None:
    now = many(count)
    rows = tuple(replace(CHANGES[0], name=n.node, nodes=(n.node,)) for n in now.nodes)
    root = tree(pair(Picture(now, None, now, replace(DIFF, rows=rows))).svg)
    assert len(of_class(root, "ring")) == count
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) and all(i and i.startswith("pair-") for i in ids)


def test_same_input_same_bytes() -> None:
    assert pair(TWO).svg == pair(replace(TWO)).svg


def test_names_are_large_enough() -> None:
    for name in ("before", "after"):
        found = {t.text: float(t.get("font-size", "0")) for t in side(name).iter(f"{SVG}text")}
        assert all(found[n.node] >= 20 for n in NODES)
    assert min(float(t.get("font-size", "0")) for t in tree(pair(TWO).svg).iter(f"{SVG}text")) >= 16


def test_a_gap_is_counted_for_each_day() -> None:
    """By the verdicts of that day, not by the diff."""
    rows = (row("电池片", "broken", None, DEMAND), row("组件", "missing", None, DEMAND))
    now, before = panorama(LAST, rows, NODES[2:4]), panorama(FIRST, rows[:1], NODES[2:4])
    found = " ".join(texts(pair(Picture(now, None, before, replace(DIFF, rows=()))).svg))
    assert "空白点 1" in found and "空白点 2" in found


DEMAND = BEFORE.gaps.rows[0].demand
