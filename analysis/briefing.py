"""A visit's brief out of three answers: what the firm would fill (target firms), how the place stands (comparison), who introduces us."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.brief import SECTIONS, Brief, Line, Section
from analysis.cited import Cited
from analysis.compare import Compare, CompareRow, Reading
from analysis.introductions import IntroductionRow, Introductions, state
from analysis.targets import EVERY, Target, Targets, Wanted
from analysis.words import VERDICTS
from graph.grading import TIED

MOST = 8
"""Lines of a section: a visit is one page; what is left out is counted."""
WHO, HERE = ("makes", "expands", "listed", "adjacent"), ("factors", "surplus")
"""Evidence about the firm, and about what stands ready for it here."""
OFFERS = ("leads", "lags", "alone")
"""Sections of what we offer."""
Notes = tuple[tuple[str, str], ...]


def brief(targets: Targets, compared: Compare | None, introduced: Introductions, hops: int, rivals: bool) -> Brief:
    """``introduced`` is the answer about the firm, within ``hops``; ``targets`` that about it and its group, of which the others are only
    named. Without ``compared`` what we offer is not told, and a note says why: no ``rivals`` were named, or it would fill nothing."""
    [way] = introduced.rows
    rows = [row for row in targets.rows if row.id == way.id]
    evidence = _once(c for r in rows for c in r.evidence)
    offers = _offers(compared) if compared else {key: [Line("未比", "not compared")] for key in OFFERS}
    told = {c.fact for each in way.ways for hop in each.hops for c in hop.evidence}
    lines = {
        "who": [_cited(c) for c in evidence if c.kind in WHO] + [_cited(c) for c in _once(c for r in rows for c in r.against)],
        "fills": [*(_fills(r, next(w for w in targets.nodes if w.node == r.node)) for r in rows), *(_cited(c) for c in evidence if c.kind in HERE)],
        **offers, "open": _open(rows),
        "introduction": [*_ways(way, hops), *(_cited(c) for c in evidence if c.kind in TIED and c.fact not in told)]}
    sources = {s.id: s for s in (*targets.sources, *(compared.sources if compared else ()), *introduced.sources)}
    return Brief("brief", targets.region, way.firm, targets.as_of, targets.known_by, targets.audience,
                 tuple(Section(key, _short(lines[key])) for key in SECTIONS), tuple(sources[id] for id in sorted(sources)),
                 (*_about(way, targets), *_offered(compared, rivals)))


def _once(found: Iterable[Cited]) -> list[Cited]:
    """Each fact once, though it speaks for several nodes."""
    return list({(c.kind, c.text): c for c in found}.values())


def _cited(one: Cited) -> Line:
    zh, en = EVERY[one.kind]
    day = f" ({one.valid_from})" if one.source else ""
    return Line(f"{zh}: {one.text}{day}", f"{en}: {one.en}{day}", (one.source,) if one.source else ())


def _ways(row: IntroductionRow, hops: int) -> list[Line]:
    """Each way as it is read aloud, with how far it carries and what its ties rest on; why there is none."""
    told = [Line(f"{way.zh} (可靠程度 {way.p:.2g}, 1 为必成)", f"{way.en} (carries {way.p:.2g}, 1 being certain)",
                 tuple(dict.fromkeys(c.source for hop in way.hops for c in hop.evidence if c.source))) for way in row.ways]
    return told or [Line(zh, en) for zh, en in state(row, hops)]


def _fills(row: Target, wanted: Wanted) -> Line:
    """The node, its verdict, what is lacking and how much of that the firm makes elsewhere."""
    zh, en = VERDICTS[wanted.verdict]
    told = [f"{row.node} ({zh})", f"{row.node} ({en})"]
    if wanted.lacks and wanted.lacks.value:
        amount = f"{wanted.lacks.value:.6g} {wanted.lacks.unit}"
        told = [f"{told[0]}, 缺 {amount}", f"{told[1]}, lacking {amount}"]
    if row.capacity and row.capacity.value is not None:
        told = [f"{told[0]}; 它在外地的产能 {row.capacity.value:.6g} {row.capacity.unit}",
                f"{told[1]}; it makes {row.capacity.value:.6g} {row.capacity.unit} elsewhere"]
    return Line(f"{told[0]}; 分级 {row.grade}", f"{told[1]}; grade {row.grade}", tuple(dict.fromkeys(c.source for c in row.evidence if c.source))[:3])


def _offers(compared: Compare) -> dict[str, list[Line]]:
    """Of ``OFFERS``: the factors on which no rival with a figure is better than we are, those where one is, and those without a rival's
    figure; a factor without a figure of ours is open."""
    ours = next(r for r in compared.rows if r.region == compared.region)
    out: dict[str, list[Line]] = {key: [] for key in OFFERS}
    for at, mine in enumerate(ours.readings):
        if mine.normal is not None:
            best = max((r for r in compared.rows if r is not ours and r.readings[at].normal is not None),
                       key=lambda r: (r.readings[at].normal or 0.0, r.region), default=None)
            ahead = mine.normal - (best.readings[at].normal or 0.0) if best else None
            out["alone" if ahead is None else "lags" if ahead < 0 else "leads"].append(_beside(ours, at, best, ahead, compared))
    return out


def _beside(ours: CompareRow, at: int, best: CompareRow | None, ahead: float | None, compared: Compare) -> Line:
    mine, theirs = ours.readings[at], best.readings[at] if best else None
    english = next(w.en for w in compared.weights if w.factor == mine.factor)
    zh, en = ("", "") if ahead is None else (" (持平)", " (level)") if ahead == 0 else (
        (" (领先)", " (ahead)") if ahead > 0 else (" (落后)", " (behind)"))
    told = [f"{ours.region} {_figure(mine, side)}" + (f"; {best.region} {_figure(theirs, side)}" if best and theirs else "") for side in (0, 1)]
    sources = dict.fromkeys(c.source for c in (*mine.evidence, *(theirs.evidence if theirs else ())) if c.source)
    return Line(f"{mine.factor}{zh}: {told[0]}", f"{english}{en}: {told[1]}", tuple(sources))


def _figure(one: Reading, side: int) -> str:
    from_whom = one.inherited and (f", 承自{one.inherited}", f", of {one.inherited}")[side]
    return f"{one.value:.6g} {one.unit} ({one.period}{from_whom})"


def _open(rows: Sequence[Target]) -> list[Line]:
    return list({text: Line(text, en) for r in rows for text, en in
                 ((f"{r.node}: {zh}", f"{r.node}: {en}") for zh, en in r.unknown)}.values())


def _short(lines: Sequence[Line]) -> tuple[Line, ...]:
    rest = len(lines) - MOST
    return (*lines[:MOST], Line(f"另有 {rest} 条: liantu targets --firm", f"{rest} more: liantu targets --firm")) if rest > 0 else tuple(lines)


def _about(way: IntroductionRow, targets: Targets) -> Notes:
    """That nothing is known of the firm, that its group has lists of its own, and what it is not sought for."""
    others = sorted({r.firm for r in targets.rows if r.id != way.id})
    nothing = all(r.id != way.id for r in targets.rows)
    out = [(f"没有依据说 {way.firm} 能补哪个空白点", f"no evidence says that {way.firm} would fill a gap")] * nothing
    out += [(f"同一集团的 {'、'.join(others)} 另有依据, 不在此页: liantu brief", f"there is evidence about {', '.join(others)} of its group, not on "
             "this page: liantu brief")] * bool(others)
    return (*out, *((f"不列 {e.node}: {e.evidence.text}", f"left out, {e.node}: {e.evidence.en}") for e in targets.excluded if e.id == way.id))


def _offered(compared: Compare | None, rivals: bool) -> Notes:
    """Why what we offer is not told, or which factors of ours are without a figure."""
    if compared is None and rivals:
        return (("没有它要补的环节, 要素无从比较", "it would fill no node, so there is nothing to compare for"),)
    if compared is None:
        return (("没有指定比较的地区, 要素未比: --with 银川,西宁", "no regions were named to compare with, so what we offer is not told: --with"),)
    weights = {w.factor: w.en for w in compared.weights}
    unknown = [r.factor for r in next(r for r in compared.rows if r.region == compared.region).readings if r.normal is None]
    return ((f"本地未见公开数据的要素: {'、'.join(unknown)}",
             f"factors of ours without a public figure: {', '.join(weights[f] for f in unknown)}"),) if unknown else ()
