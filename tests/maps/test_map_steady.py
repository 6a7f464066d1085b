"""Places hold: whatever the order of the feeds, and when one more node is added; names stay within their boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.answers import Feed, Panorama, PlacedNode
from maps.faces import faces
from maps.layout import Box, Layout, place
from maps.measure import DESK, PRINT, WALL, Measure
from maps.text import ems
from tests.maps.test_map_layout import LANES, chain, feed, node

MEASURES = st.sampled_from([DESK, WALL, PRINT])
NAMES = ("多晶硅", "EVA/POE胶膜材料", "TOPConPERCHJT", "玻璃🔋", "長長長長長長長長長長長長", "W" * 40, "a b c d e f g h i j",
         "ﾊﾝｶｸ半角ｶﾅ", "①②③④⑤⑥⑦⑧⑨", "İı—…·“”")


@st.composite
def placed(draw: st.DrawFn, most: int = 30) -> Panorama:
    """Every column is data, as in a chain that somebody placed; names of every width."""
    count = draw(st.integers(2, most))
    names = [f"{draw(st.sampled_from(NAMES))}{i}" for i in range(count)]
    nodes = tuple(PlacedNode(n, draw(st.integers(0, 9)) == 0, "", draw(st.integers(0, 8)), draw(st.sampled_from(LANES)), "", None, (), ())
                  for n in names)
    ends = st.sampled_from(names)
    return chain(nodes, *(feed(draw(ends), draw(ends), draw(st.booleans())) for _ in range(draw(st.integers(0, 2 * count)))))


@settings(max_examples=60)
@given(placed(), st.randoms(use_true_random=False), MEASURES)
def test_the_same_coordinates_whatever_the_order_of_the_feeds(panorama: Panorama, lot: object, measure: Measure) -> None:
    feeds = [*panorama.feeds, *panorama.feeds[:2]]  # some said twice
    lot.shuffle(feeds)  # type: ignore[attr-defined]
    assert place(replace(panorama, feeds=tuple(feeds)), measure) == place(panorama, measure)


@settings(max_examples=60)
@given(placed(), MEASURES)
def test_names_of_every_width_stay_within_their_boxes(panorama: Panorama, measure: Measure) -> None:
    for box in place(panorama, measure).boxes:
        room = measure.text_width(box.w, box.boundary)
        assert all(ems(line) * box.name_size <= room + 0.01 for line in box.name), (box.name, room)
        assert (len(box.name) * box.name_size + measure.sub) * measure.row + 2 * measure.pad <= box.h + 0.01
        assert "".join(box.name).rstrip("…").replace(" ", "") in box.node.replace(" ", "") or box.name[-1].endswith("…")


@settings(max_examples=40)
@given(placed(), st.sampled_from(["zh", "en"]))
def test_what_is_written_in_a_box_lies_in_it(panorama: Panorama, lang: str) -> None:
    for face in faces(panorama, place(panorama), lang):
        left = face.box.x + (DESK.strip if face.style.strip or face.style.mark else 0)
        for t in face.texts:
            wide = ems(t.text) * t.size
            start = t.x - {"start": 0.0, "middle": wide / 2, "end": wide}[t.anchor]
            inside = face.box.x if len(t.text) <= 2 else left
            assert start >= inside - 3 and start + wide <= face.box.x + face.box.w + 3, t.text
            assert face.box.y <= t.y <= face.box.y + face.box.h


def uprights(layout: Layout) -> Iterator[tuple[float, float, float, str, str]]:
    """The vertical pieces of all lines: x, from, to, source and target."""
    for r in layout.routes:
        for (ax, ay), (bx, by) in pairwise(r.points):
            if ax == bx and ay != by:
                yield ax, min(ay, by), max(ay, by), r.upstream, r.downstream


@settings(max_examples=40)
@given(placed(), MEASURES)
def test_verticals_of_strangers_never_lie_on_each_other(panorama: Panorama, measure: Measure) -> None:
    """Lines of one source or of one target share a trunk; any two others would read as one edge."""
    for one, other in combinations(uprights(place(panorama, measure)), 2):
        if one[3] != other[3] and one[4] != other[4] and abs(one[0] - other[0]) < 1:
            assert one[2] <= other[1] or other[2] <= one[1], (one, other)


def stacks(layout: Layout) -> dict[tuple[str, int], list[Box]]:
    found: dict[tuple[str, int], list[Box]] = {}
    for box in sorted(layout.boxes, key=lambda b: b.y):
        found.setdefault((box.lane, box.column), []).append(box)
    return found


def from_the_middle(layout: Layout, box: Box) -> float:
    lane = next(lane for lane in layout.lanes if lane.name == box.lane)
    return box.y - lane.y - lane.h / 2


@settings(max_examples=60)
@given(placed(), st.data())
def test_one_more_node_moves_few_others(panorama: Panorama, data: st.DataObject) -> None:
    """It stands where others stand already. Then all others keep their column, their lane and their neighbours; those of other stacks
    keep their place around the middle of their lane too; and what lies in the lanes above does not move at all."""
    host = data.draw(st.sampled_from(panorama.nodes))
    user = data.draw(st.sampled_from(panorama.nodes))
    more = replace(panorama, nodes=(*panorama.nodes, node("新环节", host.col, host.lane)),
                   feeds=(*panorama.feeds, Feed("新环节", user.node, "material", True, None, "")))
    before, after = place(panorama), place(more)
    old, new = {b.node: b for b in before.boxes}, {b.node: b for b in after.boxes}
    assert [lane.name for lane in before.lanes] == [lane.name for lane in after.lanes]
    assert all((new[n].column, new[n].lane) == (b.column, b.lane) for n, b in old.items())
    for key, boxes in stacks(before).items():
        assert [b.node for b in stacks(after)[key] if b.node != "新环节"] == [b.node for b in boxes]
    if all(new[n].w == b.w for n, b in old.items()):  # else every box became a little wider: see below how seldom
        own = (new["新环节"].lane, new["新环节"].column)
        above = [lane.name for lane in before.lanes][: [lane.name for lane in before.lanes].index(own[0])]
        for n, b in old.items():
            assert abs(new[n].y - b.y) <= new["新环节"].h + 12.01
            if (b.lane, b.column) != own:
                assert abs(from_the_middle(after, new[n]) - from_the_middle(before, b)) < 0.01
            if b.lane in above:
                assert new[n].y == b.y


def test_one_more_node_hardly_moves_a_real_chain() -> None:
    """A chain of 40 nodes, one more added beside each of them in turn, for the same user: the others stay within two tracks of a
    channel sideways, three of four do not move sideways at all, and the boxes keep their width."""
    nodes = tuple(node(f"环节{i}", i % 9, ("主链", "工艺装备", "辅材耗材", "辅材耗材")[i % 4]) for i in range(40))
    feeds = [feed(f"环节{i}", f"环节{i + k}") for i in range(40) for k in (1, 9) if i + k < 40 and nodes[i].col != 8]
    before = {b.node: b for b in place(chain(nodes, *feeds)).boxes}
    still = 0
    for host in nodes:
        also = [feed("新环节", f.downstream) for f in feeds if f.upstream == host.node][:1]
        after = {b.node: b for b in place(chain((*nodes, node("新环节", host.col, host.lane)), *feeds, *also)).boxes}
        moved = [abs(after[n].x - b.x) for n, b in before.items()]
        assert max(moved) <= 18.01 and all(after[n].w == b.w for n, b in before.items())
        still += sum(d < 0.01 for d in moved)
    assert still >= 0.75 * len(nodes) * len(before)
