"""The switch from today to the goals: on the same places, what changes is ringed, named in its box, and listed."""

from __future__ import annotations

from typing import Any

from analysis.picture import Picture
from graph.harmless import clean
from maps import labels, targets
from maps.labels import say
from maps.measure import DESK
from maps.places import Layout
from maps.states import States
from maps.text import fit


def target(picture: Picture, layout: Layout, states: States, index: dict[str, int], lang: str) -> dict[str, Any] | None:
    """``{due, title, states: [[box, state]], rings: {box: kind}, list: [{box, ring, said, parts}]}``; None without goals."""
    if picture.prospect is None:
        return None
    told, now = targets.changes(picture, lang), states.of(picture.panorama, layout)
    widths = {b.node: DESK.text_width(b.w, b.boundary) for b in layout.boxes}
    due = picture.prospect.due
    return {
        "due": due.isoformat() if due else "",
        "title": clean(labels.title(clean(picture.panorama.gaps.chain), lang, "prospect")),
        "states": [[index[node], states.number(_aimed(states.known[now[node]], change.box, widths[node]))] for node, change in told.items()],
        "rings": {str(index[node]): change.ring for node, change in told.items()},
        "list": [{"box": index[c.node], "ring": c.ring, "said": c.said,
                  "parts": [*c.parts, *([say("list_comma", lang).join(c.projects)] if c.projects else [])]}
                 for c in targets.listed(picture, lang)],
    }


def _aimed(state: dict[str, Any], words: str, width: float) -> dict[str, Any]:
    """The state with the line below the name telling the goal."""
    *above, last = state["texts"]
    line = fit(words, width, DESK.sub, DESK.sub_least, 1)
    return state | {"texts": [*above, (line.lines[0], last[1], last[2], line.size, *last[4:])]} if words else state
