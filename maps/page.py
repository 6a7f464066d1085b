"""The interactive page: one HTML file, nothing fetched, nothing of what was typed in ever run.

Names reach the document as escaped text (Jinja2 with autoescape) or as JSON that is read by ``JSON.parse`` and
shown by ``textContent``. The policy in the head lets only these very scripts and this style run, by hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from analysis.answers import Panorama
from analysis.picture import Picture
from maps import titles
from maps.faces import Face, band_text, faces, lane_texts
from maps.labels import language, say
from maps.layout import STRIP, place
from maps.look import USUAL, Look
from maps.network import network, vis_script
from maps.panel import panels
from maps.places import Layout
from maps.status import BUILDING_MARK, STYLES, statuses
from maps.svg import FONTS, legend_line, legend_sample, svg
from maps.text import clean, cleaned

_SAID = ("back", "flags", "found", "hide_panel", "show_panel")
"""Labels that the script puts in."""
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def page(picture: Picture, look: Look = USUAL) -> str:
    """A complete HTML document in UTF-8, about 0.6 MB, most of it vis-network. Same input, same text.

    Raises ``LiantuError`` as ``maps.layout.place`` does, and for another language.
    """
    panorama, lang = picture.panorama, look.lang
    language(lang)
    layout = place(panorama)
    scripts = {"watch": _part("watch.js"), "vis": vis_script(), "app": _app()}
    style = _part("page.css")
    index = {clean(n.node): i for i, n in enumerate(panorama.nodes)}
    return _template().render(
        lang=lang,
        say=lambda key: say(key, lang),
        title=titles.title(panorama, lang),
        meta=titles.meta(panorama, lang),
        legend=_legend(panorama, lang),
        gaps=[
            {"node": node, "status": key, **_marks(key), "words": words, "box": index[node]}
            for node, key, words in titles.gap_lines(panorama, lang)
        ],
        unknown=[{"node": node, "box": index[node]} for node in titles.unknown_nodes(panorama)],
        notes=titles.notes(panorama, lang),
        sources=[titles.source_text(s, lang) for s in titles.sources(panorama)],
        policy=_policy([*scripts.values()], style),
        style=Markup(style),
        scripts={name: Markup(text) for name, text in scripts.items()},
        still=Markup(svg(picture, look)),
        data=Markup(embedded(_data(panorama, layout, lang))),
    )


def embedded(value: Any) -> str:
    """JSON that may stand in a script element: no ``<``, ``>``, ``&``, U+2028 or U+2029 in it."""
    text = json.dumps(cleaned(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPED)


def _part(name: str) -> str:
    """A file beside the template; the parser of HTML turns CR LF into LF, so the hash is of LF."""
    return (files("maps") / "templates" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _app() -> str:
    return "\n".join(_part(name) for name in ("draw.js", "panel.js", "page.js"))


def _template() -> Template:
    env = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return env.from_string(_part("page.html"))


def _policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(_hash(s) for s in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _marks(status: str) -> dict[str, str]:
    return {"mark": STYLES[status].mark, "built": BUILDING_MARK if STYLES[status].ringed else ""}


def _mark(status: str) -> str:
    return "".join(_marks(status).values())


def _legend(panorama: Panorama, lang: str) -> list[dict[str, Any]]:
    boxes = [
        {"status": key, "name": name, "count": n, "sample": Markup(legend_sample(key))}
        for key, name, n in titles.legend(panorama, lang)
    ]
    lines = [{"status": "", "name": say(key, lang), "sample": Markup(legend_line(key))} for key in titles.LINES]
    return [*boxes, *lines]


def _data(panorama: Panorama, layout: Layout, lang: str) -> dict[str, Any]:
    """What the scripts draw: see draw.js, panel.js and page.js."""
    drawn = faces(panorama, layout, lang)
    told = [p | {"mark": _mark(p["status"])} for p in panels(panorama, lang)]
    bands = [
        asdict(b) | {"fill": titles.BAND_GROUND.get(b.name, titles.OTHER_GROUND), "text": asdict(band_text(b, lang))}
        for b in layout.bands
    ]
    shape = {
        "width": layout.width,
        "height": layout.height,
        "bands": bands,
        "lanes": [asdict(lane) | {"texts": [asdict(t) for t in lane_texts(lane, lang)]} for lane in layout.lanes],
        "boxes": [_box(f) for f in drawn],
        "routes": _routes(panorama, layout),
        "network": network(layout, drawn),
    }
    said = {key: say(key, lang) if key != "found" else say(key, lang, "{}") for key in _SAID}
    lines = {key: asdict(style) for key, style in titles.LINE_STYLES.items()}
    searched = [_searched(p) for p in told]
    shared = {"fonts": FONTS, "labels": said, "lines": lines, "panels": told, "index": searched}
    return {**_short(shape), **shared}


def _box(face: Face) -> dict[str, Any]:
    b, s = face.box, face.style
    place_ = {"x": b.x, "y": b.y, "w": b.w, "h": b.h, "ring": face.ring, "strip": STRIP if s.strip else 0}
    look = {"fill": s.fill, "line": s.line, "width": s.width, "dash": s.dash}
    return place_ | look | {"texts": [asdict(t) for t in face.texts]}


def _routes(panorama: Panorama, layout: Layout) -> list[dict[str, Any]]:
    """In the order of drawing: what comes from a gap lies on top."""
    index = {n.node: i for i, n in enumerate(panorama.nodes)}
    found = statuses(panorama)
    routes = [
        {
            "from": index[r.upstream],
            "to": index[r.downstream],
            "kind": titles.line_kind(r.feedback, r.essential, found[r.upstream]),
            "points": r.points,
            "joints": r.joints,
        }
        for r in layout.routes
    ]
    return sorted(routes, key=lambda r: titles.DRAWN.index(r["kind"]))


def _searched(panel: dict[str, Any]) -> str:
    """What a search looks through: name, verdict, flags, firms, projects and all else the panel says."""
    rows = [text for s in panel["sections"] for b in s["blocks"] for text in (b["head"], *(r[1] for r in b["rows"]))]
    return "\n".join([panel["node"], panel["verdict"], *panel["flags"], *rows]).lower()


def _short(value: Any) -> Any:
    """Coordinates with one decimal."""
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, dict):
        return {k: _short(v) for k, v in value.items()}
    return [_short(v) for v in value] if isinstance(value, list | tuple) else value
