"""The side panel: what is said of a node when its box is clicked, as plain data.

Shape: ``{node, status, verdict, flags: [text], sections: [{title, blocks: [{head, rows: [[label, text]]}]}]}``.
The page only lays it out, by ``textContent``; no markup is made here.
"""

from __future__ import annotations

from typing import Any

from analysis.answers import Claim, Feed, GapRow, Panorama, PipelineItem, PlacedNode
from analysis.parts import Slip, Source
from maps import labels
from maps.figures import amount, demand, factor, percent, share, sized
from maps.labels import say
from maps.panel_more import beside, matters
from maps.states import verdict
from maps.status import rows_of, status
from maps.titles import source_text

Rows = list[list[str]]
Block = dict[str, Any]


def panels(panorama: Panorama, lang: str) -> list[dict[str, Any]]:
    """One panel per placed node, in the order of the nodes."""
    rows = rows_of(panorama)
    known = {s.id: s for r in panorama.gaps.rows for s in r.sources}
    return [_panel(n, rows.get(n.node), panorama, known, lang) for n in panorama.nodes]


def _panel(
    node: PlacedNode, row: GapRow | None, panorama: Panorama, known: dict[str, Source], lang: str
) -> dict[str, Any]:
    sections = [
        *(_of_row(row, known, lang) if row and not node.boundary else []),
        _section("here", [_block(_here(node, lang))], lang),
        _section("place", [_block(_place(node, panorama.feeds, lang))], lang),
        *(_evidence(row, lang) if row and not node.boundary else []),
    ]
    return {
        "node": node.node,
        "status": status(row, node.boundary),
        "verdict": verdict(node, row, lang),
        "flags": [labels.flag(f, lang) for f in row.flags] if row and not node.boundary else [],
        "sections": [s for s in sections if s["blocks"]],
    }


def _section(key: str, blocks: list[Block], lang: str) -> dict[str, Any]:
    return {"title": say(key, lang), "blocks": [b for b in blocks if b["rows"] or b["head"]]}


def _block(rows: Rows, head: str = "") -> Block:
    return {"head": head, "rows": [r for r in rows if r[1]]}


def _of_row(row: GapRow, known: dict[str, Source], lang: str) -> list[dict[str, Any]]:
    return [
        _section("balance", [_block(_balance(row, lang))], lang),
        _section("pipeline", [b for p in row.pipeline for b in _projects(p, known, lang)], lang),
        _section("matters", [_block(matters(row, lang))], lang),
        _section("claims", [_claim(c, known, lang) for c in row.claims], lang),
    ]


def _balance(row: GapRow, lang: str) -> Rows:
    own = row.own if row.own != row.supply else None
    goal = row.goal
    reach = f"{sized(goal.value, goal.unit, lang)} · {say('goal_due', lang, goal.due.isoformat())}" if goal else ""
    return [
        [say("supply", lang), amount(row.supply, lang)],
        [say("own", lang), amount(own, lang) if own else ""],
        [say("demand", lang), demand(row.demand, lang)],
        [say("ratio", lang), share(row.coverage, lang) if row.coverage else ""],
        [say("coverage", lang), share(row.coverage, lang, cap=True) if row.coverage else ""],
        [say("leaves", lang), amount(row.leaves, lang) if row.leaves else ""],
        *beside(row, lang),
        [say("nearby", lang), row.nearby or ""],
        [say("goal", lang), reach],
    ]


def _projects(item: PipelineItem, known: dict[str, Source], lang: str) -> list[Block]:
    """The project's block, then one per phase."""
    phases = [b for p in item.phases for b in _projects(p, known, lang)]
    return [_block(_project(item, known, lang), item.project), *phases]


def _project(item: PipelineItem, known: dict[str, Source], lang: str) -> Rows:
    comma = say("list_comma", lang)
    state = [("stalled", item.stalled), ("overdue", item.overdue)]
    words = [labels.stage(item.stage, lang), *(say(key, lang) for key, true in state if true)]
    size = sized(item.capacity, item.unit, lang)
    if item.yield_ is not None:
        size += comma + say("yield", lang, percent(item.yield_))
    return [
        [say("stage", lang), " · ".join(words)],
        [say("capacity", lang), size],
        [say("due", lang), item.due.isoformat() if item.due else say("unknown_value", lang)],
        *([say("slips", lang), _slip(s, known, lang)] for s in item.slips),
        [say("permits", lang), comma.join(labels.permit(p, lang) for p in item.missing_permits)],
        [say("would_cover", lang), share(item.would_cover, lang) if item.would_cover else ""],
        [say("investors", lang), comma.join(item.investors)],
    ]


def _slip(slip: Slip, known: dict[str, Source], lang: str) -> str:
    text = say("slip", lang, slip.due.isoformat(), slip.revised.isoformat(), slip.stated.isoformat())
    return f"{text} {_source(slip.source, known, lang)}".strip()


def _claim(claim: Claim, known: dict[str, Source], lang: str) -> Block:
    standing = labels.evidence(claim.evidence, lang)
    if not claim.holds:
        standing += " · " + say("withdrawn", lang)
    head = f"{claim.day.isoformat()} {claim.claimant}{'：' if lang == 'zh' else ': '}{labels.claim(claim.says, lang)}"
    rows = [
        [say("claim_scope", lang), claim.scope],
        [say("evidence", lang), standing],
        [say("sources", lang), _source(claim.source, known, lang)],
    ]
    return _block(rows, head)


def _source(id_: str, known: dict[str, Source], lang: str) -> str:
    return source_text(known[id_], lang) if id_ in known else id_


def _here(node: PlacedNode, lang: str) -> Rows:
    comma = say("list_comma", lang)
    return [[say("firm_names", lang), comma.join(node.firms)], [say("project_names", lang), comma.join(node.projects)]]


def _place(node: PlacedNode, feeds: tuple[Feed, ...], lang: str) -> Rows:
    inputs = [_feed(f, f.upstream, lang) for f in feeds if f.downstream == node.node]
    outputs = [_feed(f, f.downstream, lang) for f in feeds if f.upstream == node.node]
    where = [labels.band(node.band, lang), labels.lane(node.lane, lang)]
    return [
        [say("place", lang), " · ".join(w for w in where if w)],
        [say("variant_of", lang), node.variant_of or ""],
        *([say("inputs", lang) if not i else "", text] for i, text in enumerate(inputs)),
        *([say("outputs", lang) if not i else "", text] for i, text in enumerate(outputs)),
    ]


def _feed(feed: Feed, other: str, lang: str) -> str:
    words = [labels.role(feed.role, lang), say("essential", lang) if feed.essential else ""]
    if feed.coefficient is not None:
        words.append(f"{factor(feed.coefficient)} {feed.unit}".strip())
    inside = say("list_comma", lang).join(w for w in words if w)
    return f"{other}（{inside}）" if lang == "zh" else f"{other} ({inside})"


def _evidence(row: GapRow, lang: str) -> list[dict[str, Any]]:
    steps = [[str(i), step.en if lang == "en" else step.zh] for i, step in enumerate(row.derivation, 1)]
    sources = [["", source_text(s, lang)] for s in row.sources]
    return [_section("derivation", [_block(steps)], lang), _section("sources", [_block(sources)], lang)]
