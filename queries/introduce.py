"""Who introduces us to one firm, or to many at once: names, answers and what is to be said about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.introductions import (
    Introduction,
    IntroductionRow,
    Introductions,
    Web,
    introduction,
    loss,
    named_on,
    spread,
    state,
)
from graph.errors import LiantuError, QuestionError
from graph.grading import GRADES
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.names import SUGGESTED, firm_named
from queries.targets import What, targets
from queries.ties import Circle
from queries.walking import Walk

SHOWN = 3
"""Ways that are shown of a firm where several are asked about."""
Notes = tuple[tuple[str, str], ...]


def introduce(store: Store, settings: Settings, firm: str, asked: Asked, unit: str | None = None, k: int = SHOWN) -> Introductions:
    """The ``k`` best ways to a firm from us (channels, teams, local firms), or between it and a named unit.

    QuestionError for an unknown firm or unit (with the nearest names), or where both are the same.
    """
    finder = Finder(store, settings, asked)
    target = f"Firm/{firm_named(finder.reader, firm)}"
    other = finder.unit(unit) if unit else None
    if target == other:
        raise QuestionError(f"{firm} 与 {unit} 是同一家 / both are the same firm", "--to 另一单位 / --to another unit")
    row = finder.row(target, other, k)
    return finder.answer(row.firm, (row,), unit=finder.circle.name([other])[other] if other else None)


def introduce_all(store: Store, settings: Settings, firms: Sequence[str], asked: Asked, cap: int) -> Introductions:
    """All firms at once, no broker asked more than ``cap`` times; QuestionError for an unknown one."""
    finder = Finder(store, settings, asked)
    return served(finder, dict.fromkeys((firm_named(finder.reader, firm) for firm in firms), 0), cap)


def served(finder: Finder, classes: Mapping[str, int], cap: int, about: str = "") -> Introductions:
    """As many served as can be, those of the least class first (``classes``: id → class), then the greatest product. Whoever is here
    himself needs nobody.

    (n − 1) // cap + 1 brokers of each firm are enough: the others cannot keep all of these busy.
    """
    targets = [f"Firm/{id}" for id in classes]
    every = [finder.row(target, None, max(SHOWN, (len(targets) - 1) // cap + 1)) for target in targets]
    rows = [row for row in every if row.state != "here"]
    chosen, free = (spread(rows, most, classes) for most in (cap, max(len(rows), 1)))
    shown = tuple(_shown(row, chosen.get(row.id)) for row in rows)
    made = finder.answer(about or "、".join(row.firm for row in rows), shown, cap=cap)
    unserved = tuple(row.firm for row in rows if row.ways and row.id not in chosen)
    made = replace(made, loss=loss(chosen, chosen), free=loss(free, chosen), unserved=unserved)
    return replace(made, notes=(*made.notes, *_costs(made, len(chosen), len(free))))


def introduce_chain(store: Store, settings: Settings, chain: str, factors: Path, asked: Asked, cap: int) -> Introductions:
    """The target firms of every gap of a chain at once, the better grades first; LiantuError where it has none."""
    rows = targets(store, settings, What(chain=chain), factors, asked).rows
    if not rows:
        raise LiantuError(f"{chain} 没有目标企业 / has no target firm", f"liantu targets --chain {chain}")
    classes: dict[str, int] = {}
    for row in rows:
        classes[row.id] = min(GRADES.index(row.grade), classes.get(row.id, len(GRADES)))
    return served(Finder(store, settings, asked), classes, cap, chain)


def _shown(row: IntroductionRow, taken: Introduction | None) -> IntroductionRow:
    kept = tuple(way for at, way in enumerate(row.ways) if at < SHOWN or (taken and way.asked == taken.asked))
    return replace(row, ways=kept, asked=taken.broker if taken else None)


def _costs(made: Introductions, count: int, free: int) -> Notes:
    doors: dict[str, list[str]] = {}
    for row in made.rows:
        if row.only_door:
            doors.setdefault(row.ways[0].broker, []).append(row.firm)
    out = [(f"每位引荐人至多 {made.cap} 次: {count} 家有人引荐 (不设上限 {free} 家); 这 {count} 家的 Σ −ln p 由 {made.free:.6g} "
            f"增至 {made.loss:.6g}",
            f"no broker asked more than {made.cap} times: {count} firms served (without a cap {free}); of these Σ −ln p goes from "
            f"{made.free:.6g} to {made.loss:.6g}")]
    out += [(f"{broker} 是通往 {'、'.join(to)} 的唯一一门", f"{broker} is the only door to {', '.join(to)}")
            for broker, to in sorted(doors.items())]
    if made.unserved:
        out.append((f"上限之下无人可请: {'、'.join(made.unserved)}", f"nobody left to ask under the cap: {', '.join(made.unserved)}"))
    return tuple(out)


class Finder:
    """Rows and the answer of one question: what was fetched for one firm serves the next, and changes nothing of it."""

    def __init__(self, store: Store, settings: Settings, asked: Asked) -> None:
        self.reader, self.settings = Reader(store, asked), settings
        self.circle = Circle(self.reader)
        self.said = dict[tuple[str, str], list[str]]()

    def unit(self, name: str) -> str:
        """Key of a channel or a team of which a tie is visible, or else of a firm."""
        roots = self.circle.roots
        keys = [f"{label}/{known[name]}" for label, known in roots.items() if name in known]
        self.circle.count(keys)
        return next((key for key in keys if self.circle.degree[key]), None) or f"Firm/{firm_named(self.reader, name)}"

    def row(self, target: str, unit: str | None, k: int) -> IntroductionRow:
        """Ways within the hops allowed; else how far the nearest of ours is, up to 9 ties. To who is here himself none is looked for."""
        if unit is None and self.circle.ours({target}):
            here = IntroductionRow(target.partition("/")[2], self.circle.name([target])[target], "here", None, ())
            self.said.setdefault(state(here, 0)[0], []).append(here.firm)
            return here
        walk = Walk(self.circle, self.settings, target, unit, k)
        web, ways = walk.web, walk.walked()
        nearest = None if ways else walk.nearest()
        names = self.circle.name({target, *(key for _, way in ways for key in named_on(web, way))})
        left = bool(web.hubs or web.cut or web.asked[1])
        how = "found" if ways else "far" if nearest else "unsearched" if left else "none"
        row = IntroductionRow(target.partition("/")[2], names[target], how, nearest,
                              tuple(introduction(web, spent, way, unit, names) for spent, way in ways),
                              only_door=len(ways) == 1 < k and not left)
        for said in (*state(row, int(self.settings.introductions.hops)), *self._left_out(web)):
            self.said.setdefault(said, []).append(row.firm)
        return row

    def _left_out(self, web: Web) -> Notes:
        out = []
        if web.hubs:
            hubs = self.circle.name(sorted(web.hubs)[:SUGGESTED]).values()
            out.append((f"关系多于 {web.settings.hub:g} 条的枢纽 {len(web.hubs)} 家 ({'、'.join(hubs)}): 只看其中 {web.asked[0]} "
                        "家直通我方的关系, 不再向外",
                        f"{len(web.hubs)} hubs with more than {web.settings.hub:g} ties ({', '.join(hubs)}): of {web.asked[0]} of them "
                        "ties straight to us were looked at, and none farther"))
        if left := web.cut + web.asked[1]:
            out.append((f"只看了最可靠的, 另有 {left} 家的关系未看", f"only the strongest were looked at, {left} firms were not"))
        return tuple(out)

    def answer(self, about: str, rows: tuple[IntroductionRow, ...], unit: str | None = None, cap: int | None = None) -> Introductions:
        asked = self.reader.asked
        sources = self.reader.sources(e.source for row in rows for way in row.ways for hop in way.hops for e in hop.evidence)
        return Introductions("introduce", asked.region, about, asked.as_of, asked.known_by, asked.audience, unit, cap, rows,
                             None, None, (), sources, self.notes())

    def notes(self) -> Notes:
        ties = self.settings.introductions
        out = [(f"p = 关系强度 × 0.5^(年数/{ties.half_life:g}), 持股与总部不衰减; 经过有 d 条关系的一方再乘 1/ln d (d ≥ 3): 谁都认识的, 说明不了什么",
                f"p = strength × 0.5^(years/{ties.half_life:g}), ownership and seats do not fade; beyond somebody with d ties × 1/ln d "
                "(d ≥ 3): who knows everybody says little"),
               *((f"{'、'.join(firms)}: {zh}", f"{', '.join(firms)}: {en}") for (zh, en), firms in self.said.items())]
        if self.circle.odd:
            said = sorted(self.circle.name(self.circle.odd).values())
            out.append((f"指向自己的关系, 不计: {'、'.join(said)}", f"ties that point at themselves, left out: {', '.join(said)}"))
        return tuple(out)
