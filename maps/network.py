"""pyvis as the builder: nodes, edges and options, taken from it as data.

Its own template is never used: it requests files from CDNs, writes in the locale's encoding and executes
titles. No ``title`` is given to it at all. Ids are indices: of two equal ids it would keep the first in silence.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any

from graph.harmless import clean
from maps.faces import Face
from maps.places import Layout
from maps.status import BUILDING_MARK

OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": False,
        "multiselect": False,
        "navigationButtons": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 3_600_000,
    },
    "nodes": {"chosen": False, "fixed": True},
    "edges": {"chosen": False, "hidden": True, "smooth": False},
}
"""Positions are fixed and the page minds the size itself; the edges are ours to draw (a bus), so vis-network only knows that they exist."""


def network(layout: Layout, drawn: tuple[Face, ...]) -> dict[str, Any]:
    """``{nodes, edges, options}`` for vis-network; x and y of a node are the middle of its box, px."""
    # late: pyvis takes 400 ms and brings ipython with it; only a page needs it
    from pyvis.network import Network

    net = Network(directed=True)
    for i, face in enumerate(drawn):
        box = face.box
        mark = face.style.mark + (BUILDING_MARK if face.ring else "")
        label = f"{mark} {clean(box.node)}".strip()
        x, y = box.x + box.w / 2, box.y + box.h / 2
        net.add_node(i, label=label, shape="custom", color=face.style.line, x=x, y=y, physics=False)
    index = {face.box.node: i for i, face in enumerate(drawn)}
    for route in layout.routes:
        net.add_edge(index[route.upstream], index[route.downstream])
    net.set_options(json.dumps(OPTIONS))
    nodes, edges, _, _, _, options = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


@functools.cache
def vis_script() -> str:
    """vis-network as it ships inside pyvis, with its licence header; its pointer to a source map taken off."""
    text = (files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL")).strip() + "\n"
