"""The interactive page: one HTML file, nothing fetched, nothing of what was typed in ever run.

Names reach the document as escaped text (Jinja2 with autoescape) or as JSON that is read by ``JSON.parse`` and
shown by ``textContent``. The policy in the head lets only these very scripts and this style run, by hash.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from analysis.answers import Panorama
from analysis.picture import Picture
from graph.harmless import clean
from maps import labels, samples, targets, titles
from maps.inline import part, policy, rendered
from maps.labels import language, say
from maps.layout import place
from maps.look import USUAL, Look
from maps.network import vis_script
from maps.page_data import page_data
from maps.page_views import page_views
from maps.states import PIPES
from maps.status import BUILDING_MARK, STYLES
from maps.svg import pages
from maps.text import cleaned

SCRIPTS = ("lists.js", "draw.js", "panel.js", "filter.js", "time.js", "side.js", "theme.js", "views.js", "link.js", "page.js")
"""In the order in which they build on each other, one file a concern."""
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


MOST_BYTES = 1_500_000
"""Of a page with everything in it: it is mailed, and opened on old machines."""
LEFT_OUT = ("views", "evidence", "days")
"""What a page goes without where it would be larger, one after the other; a note says so."""


def page(picture: Picture, look: Look = USUAL) -> str:
    """A complete HTML document in UTF-8, about 0.6 MB, most of it vis-network. Same input, same text.

    Raises ``LiantuError`` as ``maps.layout.place`` does, and for another language.
    """
    for some in range(len(LEFT_OUT) + 1):
        text = _page(picture, look, LEFT_OUT[:some])
        if len(text.encode()) <= MOST_BYTES:
            break
    return text


def _page(picture: Picture, look: Look, left_out: tuple[str, ...]) -> str:
    panorama, lang = picture.panorama, look.lang
    language(lang)
    if "days" in left_out:
        picture = replace(picture, timeline=None)
    layout = place(panorama)
    scripts = {"watch": part("watch.js"), "vis": vis_script(), "app": _app()}
    style = part("page.css")
    index = {clean(n.node): i for i, n in enumerate(panorama.nodes)}
    return rendered(
        "page.html",
        lang=lang,
        theme=look.theme,
        say=lambda key, *values: say(key, lang, *values),
        title=titles.title(panorama, lang),
        meta=titles.meta(panorama, lang),
        as_of_day=panorama.gaps.as_of.isoformat(),
        as_of=say("as_of", lang, panorama.gaps.as_of.isoformat()),
        sides=_sides(picture, lang),
        lanes=[clean(labels.lane(lane.name, lang)) for lane in layout.lanes],
        pipes=PIPES,
        days=len(picture.timeline.days) if picture.timeline and len(picture.timeline.days) > 1 else 0,
        legend=_legend(panorama, lang),
        rings=_rings(picture, lang),
        gaps=[
            {"node": node, "status": key, **_marks(key), "words": words, "box": index[node]}
            for node, key, words in titles.gap_lines(panorama, lang)
        ],
        unknown=[{"node": node, "box": index[node]} for node in titles.unknown_nodes(panorama)],
        notes=[*titles.notes(panorama, lang), *_time_notes(picture, lang), *(say(f"without_{one}", lang) for one in left_out)],
        sources=[titles.source_text(s, lang) for s in titles.sources(panorama)],
        policy=policy(style, *scripts.values()),
        style=Markup(style),
        scripts={name: Markup(text) for name, text in scripts.items()},
        stills=_stills(picture, look, 1 if "evidence" in left_out else None),
        views=[] if "views" in left_out else page_views(picture, lang),
        data=Markup(embedded(page_data(picture, layout, lang))),
    )


def embedded(value: Any) -> str:
    """JSON that may stand in a script element: no ``<``, ``>``, ``&``, U+2028 or U+2029 in it."""
    text = json.dumps(cleaned(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPED)


def _app() -> str:
    return "\n".join(part(name) for name in SCRIPTS)


def _marks(status: str) -> dict[str, str]:
    return {"mark": STYLES[status].mark, "built": BUILDING_MARK if STYLES[status].ringed else ""}


def _stills(picture: Picture, look: Look, most: int | None) -> dict[str, list[Markup]]:
    """What prints, page by page, the first ``most``, always light: of today, and of the goals where there are any."""
    paper = replace(look, style="print", theme="light")
    both = {"today": replace(picture, prospect=None)} | ({"target": picture} if picture.prospect else {})
    return {side: [Markup(text) for text in pages(shown, paper)[:most]] for side, shown in both.items()}


def _sides(picture: Picture, lang: str) -> dict[str, str] | None:
    """What the two sides of the switch are called; None without goals."""
    if picture.prospect is None:
        return None
    due = picture.prospect.due
    return {"today": say("side_today", lang, picture.panorama.gaps.as_of.isoformat()),
            "target": say("side_target", lang, due.isoformat() if due else "").strip()}


def _time_notes(picture: Picture, lang: str) -> list[str]:
    return [clean(pair[language(lang)]) for pair in picture.timeline.notes] if picture.timeline else []


def _legend(panorama: Panorama, lang: str) -> list[dict[str, Any]]:
    boxes = [{"status": key, "name": name, "count": n, "sample": Markup(samples.status(key))}
             for key, name, n in titles.legend(panorama, lang)]
    lines = [{"status": "", "name": say(key, lang), "sample": Markup(samples.line(key))} for key in titles.LINES]
    return [*boxes, *lines]


def _rings(picture: Picture, lang: str) -> list[dict[str, Any]]:
    """The kinds of rings that the goals have."""
    met = {c.ring for c in targets.changes(picture, lang).values()}
    return [{"name": say(f"ring_{kind}", lang), "sample": Markup(samples.ring(kind))} for kind in targets.RINGS if kind in met]
