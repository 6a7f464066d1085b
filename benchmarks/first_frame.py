"""How soon a page of 60 nodes stands: ours beside the same page written by hand on vis-network, and beside pyvis' own template.

    python -m benchmarks.first_frame [--runs N] [--check]

From navigation to the first frame in which every box is drawn, in one headless Chromium without a network, the three in turn, by
their medians. The page by hand has our title, legend and lists round its map; pyvis' template has nothing round it. All three are told
apart by nothing but the page: a script that runs before any of theirs watches what is written on the canvases; once every node's name
has been, the next frame but one has been shown. pyvis' template gets its vis-network inlined (``cdn_resources="in_line"``) and loses
its links to Bootstrap's files on a CDN, which would never arrive: that can only speed it up.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import maps
from analysis.answers import Feed, GapRow, Gaps, Panorama, PlacedNode
from analysis.parts import Demand
from analysis.picture import Picture
from benchmarks.table import Row, table
from benchmarks.timing import Failed, compared, in_turn, timed
from maps.faces import faces
from maps.layout import place
from maps.network import vis_script
from tests.maps.browser import Browser

DAY = date(2024, 1, 25)
LANES = ("主链", "工艺装备", "辅材耗材", "系统")
VERDICTS = ("balanced", "present", "weak", "missing", "broken", "surplus", "unknown", "extension", "absent", "short")
PATIENCE = 30.0
WATCH = """(() => {
  const names = new Set(%s), seen = new Set(), write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    const before = seen.size;
    if (names.has(text)) seen.add(text);
    if (seen.size === names.size && before < seen.size)
      requestAnimationFrame(() => requestAnimationFrame(() => { window.firstFrame = performance.now(); }));
    return write.call(this, text, ...rest);
  };
})();"""


def chain(count: int) -> Panorama:
    """A made-up chain, ten columns for every sixty nodes; every name fits on one line, so that each page writes it at once."""
    columns = max(9, min(30, count // 7))
    nodes = tuple(PlacedNode(f"环节{i}", False, ("上游", "中游", "下游")[i % columns * 3 // columns], i % columns,
                             LANES[i // columns % len(LANES)], "GW", None, (f"企业{i}",), ()) for i in range(count))
    rows = tuple(GapRow("大链", n.node, VERDICTS[i % len(VERDICTS)], ("essential",) if i % 2 else (), None, None,
                        Demand(None, None, None, "GW"), None, (), None, None, None, (), (), ()) for i, n in enumerate(nodes))
    feeds = tuple(Feed(nodes[i].node, nodes[i + step].node, "material", True, None, "") for i in range(count) for step in (1, columns + 1)
                  if i + step < count and i % columns + 1 < columns)
    return Panorama("panorama", Gaps("gaps", "某市", "大链", DAY, DAY, "公开", rows), nodes, feeds)


def graph(panorama: Panorama) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same nodes where we place them, in the colours we give them, and the same edges, as vis-network takes them."""
    layout = place(panorama)
    index = {box.node: i for i, box in enumerate(layout.boxes)}
    nodes = [{"id": i, "label": face.box.node, "shape": "box", "x": round(face.box.x + face.box.w / 2), "y": round(face.box.y + face.box.h / 2),
              "color": {"background": face.style.fill, "border": face.style.line}} for i, face in enumerate(faces(panorama, layout, "zh"))]
    return nodes, [{"from": index[r.upstream], "to": index[r.downstream], "arrows": "to"} for r in layout.routes]


def by_hand(panorama: Panorama) -> str:
    """The same page as one would write it by hand: our title, legend, lists and style as they stand, and vis-network drawing its own
    boxes at fixed places; nothing that can be clicked, no panels, no days, nothing to print."""
    nodes, edges = (json.dumps(part, ensure_ascii=False) for part in graph(panorama))
    options = '{physics: false, edges: {smooth: false}, nodes: {fixed: true, font: {size: 20}}}'
    drawn = (f"<script>{vis_script()}</script><script>new vis.Network(document.getElementById('map'), "
             f"{{nodes: new vis.DataSet({nodes}), edges: new vis.DataSet({edges})}}, {options});</script></body></html>")
    still = re.sub(r"<script\b.*?</script>|<meta http-equiv[^>]*>", "", maps.page_of(Picture(panorama)), flags=re.S)
    return still[:still.index('<figure class="still')].replace("<html ", '<html data-state="running" ', 1) + drawn


def by_pyvis(panorama: Panorama) -> str:
    """What pyvis' own template makes of the same, without what it would fetch."""
    from pyvis.network import Network

    nodes, edges = graph(panorama)
    net = Network(height="1000px", width="100%", directed=True, cdn_resources="in_line", heading="大链")
    for n in nodes:
        net.add_node(n["id"], label=n["label"], shape="box", x=n["x"], y=n["y"], physics=False, color=n["color"])
    for e in edges:
        net.add_edge(e["from"], e["to"])
    net.toggle_physics(False)
    html = str(net.generate_html(notebook=False))
    return re.sub(r"<link\b[^>]*https?://[^>]*/?>|<script\b[^>]*src=\"https?://[^>]*>\s*</script>", "", html)


def first_frame(browser: Browser, page: Path) -> float:
    """Seconds from navigation to the frame after the last name was written; Failed where it never is."""
    browser.ask("Page.navigate", url="about:blank")
    browser.ask("Page.navigate", url=page.as_uri())
    try:
        return float(browser.wait("window.firstFrame || 0")) / 1000
    except AssertionError as error:
        raise Failed(f"{page.name}: {error}; {browser.errors[:3]}") from error


def frames(folder: Path, runs: int) -> list[Row]:
    panorama = chain(60)
    pages = {"ours": maps.page_of(Picture(panorama)), "by hand": by_hand(panorama), "pyvis": by_pyvis(panorama)}
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")
    with Browser(folder) as browser:
        browser.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH % json.dumps([n.node for n in panorama.nodes], ensure_ascii=False))
        work: dict[str, Callable[[], float]] = {name: partial(first_frame, browser, folder / f"{name}.html") for name in pages}
        times = in_turn(work, runs)
    rows = [compared(f"first frame, 60 nodes / {what}", {"ours": times["ours"], "peer": times[name]}, "ms", target)
            for name, what, target in (("by hand", "vis-network by hand", 1.2), ("pyvis", "pyvis' own template", 1.0))]
    return [*rows, *(Row(f"  size, {name}", "MB", round(len(text.encode()) / 1e6, 2)) for name, text in pages.items())]


def large(folder: Path, runs: int) -> list[Row]:
    """10,000 nodes: until the file is written, and how heavy it is."""
    picture, path = Picture(chain(10_000)), folder / "large.html"
    times = [timed(lambda: maps.write(picture, path)) for _ in range(min(runs, 5))]
    return [Row("page of 10,000 nodes, written", "s", round(median(times), 2)),
            Row("  size", "MB", round(path.stat().st_size / 1e6, 2))]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each page (15)")
    parser.add_argument("--check", action="store_true", help="exit 1 where a target is missed")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temp:
        try:
            rows = [*frames(Path(temp), chosen.runs), *large(Path(temp), chosen.runs)]
        except Failed as error:
            print(error, file=sys.stderr)
            return 1
    print(table(rows))
    return int(chosen.check and not all(row.met for row in rows))


if __name__ == "__main__":
    sys.exit(main())
