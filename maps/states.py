"""What a box shows, on every day of the time axis and towards the goals: each state once, and which box has which.

A day is drawn as the panorama of that day, made of the one that is shown and of what the timeline says; so boxes,
marks and the list of gaps come from the very code that draws the panorama itself.
"""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from typing import Any

from analysis.answers import GapRow, Panorama, PipelineItem, PlacedNode
from analysis.words import GAP_VERDICTS
from graph.harmless import clean
from maps import labels, titles
from maps.faces import Face, Text, faces
from maps.figures import amount, share
from maps.labels import say
from maps.places import Layout
from maps.status import BUILDING_INK, Style, mark, rows_of

_LATE = "late"
_PIPES = {"在谈": "talks", "签约": "signed", "在建": "building"}
PIPES = ("none", *_PIPES.values(), _LATE)
"""How far the projects of a node are, in the order of the filter; a node may have several of them."""


class States:
    """States as plain data: ``{status, verdict, mark, flags, words, order, pipe, rows, texts, ring}``, each once.

    ``words`` are those of the list of gaps ('' where it is none) and ``order`` its place in it; ``pipe`` are of ``PIPES``.
    ``texts`` are (text, x, y, size, part of its ink, bold, anchor, turn). ``known`` keeps the states in the order of their numbers.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.known: list[dict[str, Any]] = []
        self._number: dict[str, int] = {}

    def number(self, state: dict[str, Any]) -> int:
        key = json.dumps(state, ensure_ascii=False, sort_keys=True)
        if key not in self._number:
            self._number[key] = len(self.known)
            self.known.append(state)
        return self._number[key]

    def of(self, panorama: Panorama, layout: Layout, only: frozenset[str] | None = None) -> dict[str, int]:
        """The number of the state of every box, or of some of them, by node."""
        some = [i for i, n in enumerate(panorama.nodes) if only is None or n.node in only]
        nodes, boxes = tuple(panorama.nodes[i] for i in some), tuple(layout.boxes[i] for i in some)
        drawn = faces(replace(panorama, nodes=nodes), replace(layout, boxes=boxes), self.lang)
        rows, words = rows_of(panorama), {node: said for node, _, said in titles.gap_lines(panorama, self.lang)}
        return {node.node: self.number(_state(node, rows.get(node.node), face, words.get(clean(node.node), ""), self.lang))
                for node, face in zip(nodes, drawn, strict=True)}


def _state(node: PlacedNode, row: GapRow | None, face: Face, words: str, lang: str) -> dict[str, Any]:
    judged = None if node.boundary else row
    return {
        "status": face.status,
        "verdict": verdict(node, row, lang),
        "mark": mark(face.status),
        "flags": [labels.flag(f, lang) for f in judged.flags] if judged else [],
        "words": words,
        "order": GAP_VERDICTS.index(judged.verdict) if judged and words else 0,
        "pipe": pipes(judged) if judged else [],
        "rows": [r for r in _brief(node, judged, lang) if r[1]] if judged else [],
        "texts": [_text(t, face.style) for t in face.texts],
        "ring": face.ring,
    }


def _text(text: Text, style: Style) -> tuple[Any, ...]:
    """With the part that its ink plays instead of a colour: the page has two themes."""
    parts = {style.ink: "ink", style.line: "line", style.on_strip: "strip", BUILDING_INK: "building"}
    return (*astuple(text)[:4], parts[text.ink], *astuple(text)[5:])


def verdict(node: PlacedNode, row: GapRow | None, lang: str) -> str:
    """The verdict in words; that a boundary node has none."""
    if node.boundary:
        return say("is_boundary", lang)
    return labels.verdict(row.verdict if row else "unknown", lang)


def pipes(row: GapRow) -> list[str]:
    """How far the projects of a node are, of ``PIPES``."""
    found = {key for item in row.pipeline for key in _of_item(item)}
    return sorted(found or {"none"}, key=PIPES.index)


def _of_item(item: PipelineItem) -> set[str]:
    own = {_PIPES[item.stage]} if item.stage in _PIPES else set()
    late = {_LATE} if item.stalled or item.overdue else set()
    return own.union(late, *map(_of_item, item.phases))


def _brief(node: PlacedNode, row: GapRow, lang: str) -> list[list[str]]:
    """What the panel says of a day that is not the panorama's own."""
    comma = say("list_comma", lang)
    return [
        [say("supply", lang), amount(row.supply, lang)],
        [say("ratio", lang), share(row.coverage, lang) if row.coverage else ""],
        [say("firm_names", lang), comma.join(node.firms)],
        [say("project_names", lang), comma.join(node.projects)],
    ]
