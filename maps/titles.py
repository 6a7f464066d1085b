"""What every map carries beside the picture: title, region, days, scope, legend, its own list, sources."""

from __future__ import annotations

from analysis.answers import GapRow, Panorama
from analysis.parts import Source
from graph.harmless import clean
from maps import labels
from maps.labels import say
from maps.status import BREAKS, counts, gap_rows, status, under_construction

DESK_NODES = 300
"""Above this a map is drawn with a note that it is too much for one page."""

LINES = ("line_essential", "line_other", "line_gap", "line_back")
"""The kinds of edges, in the order of the legend."""
DRAWN = ("line_other", "line_essential", "line_back", "line_gap")
"""The same in the order of drawing: the last lies on top."""


def line_kind(feedback: bool, essential: bool, upstream_status: str) -> str:
    """Which kind of line an edge is; feedback before gap before essential."""
    if feedback:
        return "line_back"
    if upstream_status in BREAKS:
        return "line_gap"
    return "line_essential" if essential else "line_other"


def title(panorama: Panorama, lang: str) -> str:
    return clean(labels.title(clean(panorama.gaps.chain), lang))


def prospect(panorama: Panorama, lang: str) -> str:
    return clean(labels.title(clean(panorama.gaps.chain), lang, "prospect"))


def source_count(panorama: Panorama, lang: str) -> str:
    return say("source_count", lang, len(sources(panorama)))


def meta(panorama: Panorama, lang: str) -> list[str]:
    """Region, the two days, audience, scope; a note where the map is too large for a page."""
    g = panorama.gaps
    parts = [
        f"{say('region', lang)}{'：' if lang == 'zh' else ': '}{g.region}",
        say("as_of", lang, g.as_of.isoformat()),
        say("known_by", lang, g.known_by.isoformat()),
        say("audience", lang, labels.audience(g.audience, lang)),
        say("scope", lang),
    ]
    if len(panorama.nodes) > DESK_NODES:
        parts.append(say("many", lang, len(panorama.nodes)))
    return [clean(p) for p in parts]


def legend(panorama: Panorama, lang: str) -> list[tuple[str, str, int]]:
    """(status, its name, number of boxes), all statuses, in the order of ``status.STYLES``."""
    return [(key, say(key, lang), n) for key, n in counts(panorama).items()]


def gap_lines(panorama: Panorama, lang: str) -> list[tuple[str, str, str]]:
    """The map's own list of 空白点: (node, status, what is to be said of it)."""
    return [(clean(r.node), status(r), clean(_gap_words(r, lang))) for r in gap_rows(panorama)]


def _gap_words(row: GapRow, lang: str) -> str:
    words = [labels.verdict(row.verdict, lang), *(labels.flag(f, lang) for f in row.flags)]
    building = [p.project for p in row.pipeline if under_construction(p)]
    if building:
        words.append(f"{labels.stage('在建', lang)} {say('list_comma', lang).join(building)}")
    return " · ".join(words)


def unknown_nodes(panorama: Panorama) -> list[str]:
    """Nodes that nobody has looked at: no gaps, and the first thing to find out."""
    rows = {r.node: r for r in panorama.gaps.rows}
    return [clean(n.node) for n in panorama.nodes if status(rows.get(n.node), n.boundary) == "unknown"]


def notes(panorama: Panorama, lang: str) -> list[str]:
    return [clean(pair[labels.language(lang)]) for pair in panorama.gaps.notes]


def sources(panorama: Panorama) -> list[Source]:
    """All sources of the answer once each, the newest first."""
    found = {s.id: s for r in panorama.gaps.rows for s in r.sources}
    undated = [s for s in found.values() if s.published is None]
    dated = [s for s in found.values() if s.published is not None]
    return sorted(dated, key=lambda s: (-s.published.toordinal() if s.published else 0, s.id)) + sorted(
        undated, key=lambda s: s.id
    )


def source_text(source: Source, lang: str) -> str:
    """Title, outlet and day."""
    outlet = source.publisher or say("nameless_outlet", lang)
    day = source.published.isoformat() if source.published else say("undated", lang)
    name = f"《{source.title}》" if lang == "zh" and not source.title.startswith("《") else source.title
    return clean(f"{name} {outlet}，{day}" if lang == "zh" else f"{name}. {outlet}, {day}")
