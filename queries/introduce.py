"""Who introduces us: the ties around a firm, fetched layer by layer from its side, and the best ways among them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analysis.introductions import Introduction, IntroductionRow, Introductions, Link, Web, loss, spread, ways_to
from analysis.parts import Source
from formulas.introducing import best_ways, costs_left
from graph.clocks import Seen, believed
from graph.errors import LiantuError, QuestionError
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.names import SUGGESTED, parents, within
from queries.targets import What, targets

FARTHEST = 9
WIDE = 400
"""Most firms whose ties are fetched in one layer: the cheapest to reach first, then by id."""
SHOWN, OFFERED = 3, 30
"""Ways that are shown of a firm, and brokers among whom one is chosen where a cap holds."""
TIES = (("supplies_of_firms", "SUPPLIES", "Firm"), ("supplies_to_firms", "SUPPLIES", "Firm"), ("owns_of_firms", "OWNS", "Firm"),
        ("owns_to_firms", "OWNS", "Firm"), ("knows_of_firms", "KNOWS", "Firm"), ("knows_to_firms", "KNOWS", "Firm"),
        ("knows_by_channels", "KNOWS", "Channel"), ("knows_by_teams", "KNOWS", "Team"))


def introduce(store: Store, settings: Settings, firm: str, asked: Asked, unit: str | None = None, k: int = SHOWN) -> Introductions:
    """The ``k`` best ways to a firm from us (channels, teams, local firms), or between it and a named unit.

    QuestionError for an unknown firm or unit (with the nearest names), or where both are the same.
    """
    finder = Finder(store, settings, asked)
    target = finder.named(firm)
    other = finder.named(unit, ("Firm", "Channel", "Team")) if unit else None
    if target == other:
        raise QuestionError(f"{firm} 与 {unit} 是同一家 / both are the same firm", "--to 另一单位 / --to another unit")
    row = finder.row(target, other, k)
    return finder.answer(firm, (row,), unit=finder.web.names[other] if other else None)


def introduce_all(store: Store, settings: Settings, firms: Sequence[str], asked: Asked, cap: int, about: str = "") -> Introductions:
    """All firms at once, no broker asked more than ``cap`` times: as many served as can be, then the greatest product."""
    finder = Finder(store, settings, asked)
    rows = [finder.row(target, None, OFFERED) for target in dict.fromkeys(map(finder.named, firms))]
    chosen, ways = spread(rows, cap)
    free, _ = spread(rows, len(rows) or 1)
    shown = tuple(replace(row, ways=_kept(row, chosen.get(row.firm)), asked=chosen.get(row.firm),
                          only_door=len(row.ways) == 1) for row in rows)
    made = finder.answer(about or "、".join(row.firm for row in rows), shown, cap=cap)
    unserved = tuple(row.firm for row in rows if row.ways and row.firm not in chosen)
    made = replace(made, loss=loss(chosen, ways), free=loss(free, ways), unserved=unserved)
    return replace(made, notes=(*made.notes, *_costs(made, len(chosen), len(free))))


def introduce_chain(store: Store, settings: Settings, chain: str, asked: Asked, cap: int) -> Introductions:
    """The target firms of every gap of a chain at once; LiantuError where it has none."""
    rows = targets(store, settings, What(chain=chain), asked).rows
    if not rows:
        raise LiantuError(f"{chain} 没有目标企业 / has no target firm", f"liantu targets --chain {chain}")
    return introduce_all(store, settings, list(dict.fromkeys(row.id for row in rows)), asked, cap, chain)


def _kept(row: IntroductionRow, broker: str | None) -> tuple[Introduction, ...]:
    return tuple(way for at, way in enumerate(row.ways) if at < SHOWN or way.broker == broker)


def _costs(made: Introductions, served: int, free: int) -> tuple[tuple[str, str], ...]:
    doors: dict[str, list[str]] = {}
    for row in made.rows:
        if row.only_door:
            doors.setdefault(row.ways[0].broker, []).append(row.firm)
    out = [(f"每位引荐人至多 {made.cap} 次: {served} 家有人引荐, Σ −ln p = {made.loss:.6g}; 不设上限: {free} 家, {made.free:.6g}",
            f"no broker asked more than {made.cap} times: {served} firms served, Σ −ln p = {made.loss:.6g}; "
            f"without a cap: {free} firms, {made.free:.6g}")]
    out += [(f"{broker} 是通往 {'、'.join(to)} 的唯一一门", f"{broker} is the only door to {', '.join(to)}")
            for broker, to in sorted(doors.items())]
    if made.unserved:
        out.append((f"上限之下无人可请: {'、'.join(made.unserved)}", f"nobody left to ask under the cap: {', '.join(made.unserved)}"))
    return tuple(out)


class Finder:
    """Ties of a day as one audience sees them; what was fetched is kept from one firm to the next."""

    def __init__(self, store: Store, settings: Settings, asked: Asked) -> None:
        self.reader, self.settings = Reader(store, asked), settings
        self.web = Web(settings.introductions, asked.as_of)
        self.fetched, self.known = set[str](), set[str]()
        self.here = sorted(within(asked.region, parents(self.reader)))
        self.odd = set[str]()

    def named(self, name: str, labels: Sequence[str] = ("Firm",)) -> str:
        """Key of a firm (or channel, or team) of which a tie or a place is visible."""
        for label in labels:
            key = f"{label}/{name}"
            if self.count([key]).get(key) or (label == "Firm" and any(self._stands([name]))):
                return self._meet([key])[0]
        rows = self.reader.rows("firms_with_ties")
        found = sorted(r["id"] for r in rows if r["name"] == name)
        if found:
            return self._meet([f"Firm/{found[0]}"])[0]
        names = sorted({r["name"] for r in rows})
        near = [n for n in names if name in n or n in name][:SUGGESTED] or difflib.get_close_matches(name, names, 3, 0.3)
        raise QuestionError(f"没有企业 “{name}”, 或没有关于它的公开关系 / no such firm, or no tie of it is known: {name}",
                            f"你是否想问: {'、'.join(near or names[:SUGGESTED]) or '—'} / did you mean one of these")

    def row(self, target: str, unit: str | None, k: int) -> IntroductionRow:
        """Ways within the hops allowed; else how far the nearest of ours is, up to 9 ties."""
        web, hops = self.web, int(self.settings.introductions.hops)
        held = web.ours
        web.ours = ({unit} if unit else held - {target})
        try:
            self.walk(target, unit, hops, k)
            ways = ways_to(web, target, k, unit)
            nearest = min(len(way.hops) for way in ways) if ways else self.walk(target, unit, FARTHEST)
        finally:
            web.ours |= held
        return IntroductionRow(web.names[target], "found" if ways else "far" if nearest else "none", nearest, ways)

    def walk(self, target: str, unit: str | None, hops: int, k: int = 0) -> int | None:
        """Fetch the ties that ways of at most ``hops`` may use; how many ties off the nearest of ours is, None where there is none.

        Two sides meet where the unit is a firm; us are so many that only the target's side is walked, and it ends at us.
        """
        web, both = self.web, unit is not None and unit.startswith("Firm/") and hops <= int(self.settings.introductions.hops)
        seen, front, nearest = {target}, [target], None
        for step in range(1, (hops + 1) // 2 + 1 if both else hops + 1):
            front = self.layer(front, seen, target, unit)
            if nearest is None and any(key in web.ours for key in seen):
                nearest = step
                if hops == FARTHEST:
                    return nearest
            if k and unit is None and nearest and step < hops:
                front = self._worth(front, seen, target, k, step)
        if both and unit:
            seen, front = {unit}, [unit]
            for _ in range(hops // 2):
                front = self.layer(front, seen, unit, None)
        return nearest

    def _worth(self, front: list[str], seen: set[str], target: str, k: int, step: int) -> list[str]:
        """Of a frontier those from where a way can still be better than the ``k`` known; the others may be met again, cheaper."""
        ways = self.web.ways()
        known = best_ways(ways, dict.fromkeys(self.web.ours, 0.0), target, k, step)
        if len(known) < k:
            return front
        left = costs_left(ways, target, step)[step]
        kept = [key for key in front if left.get(key, 0.0) <= known[-1][0]]
        seen.difference_update(set(front) - set(kept))
        return kept

    def layer(self, front: Sequence[str], seen: set[str], target: str, unit: str | None) -> list[str]:
        """Fetch the ties of a frontier; the next one: new, not ours, no hub, the cheapest ``WIDE``."""
        web = self.web
        spent = {key: at for at, key in enumerate(front)}
        self.fetch(front)
        about: dict[str, tuple[float, int]] = {}
        for (one, other), (c, _) in web.best.items():
            if other in spent and one not in seen:
                about[one] = min(about.get(one, (c, spent[other])), (c, spent[other]))
        fresh = sorted(about, key=lambda key: (about[key], key))
        self.meet_all(fresh, mine=unit is None)
        seen.update(fresh)
        hubs = {key for key in fresh if web.degree.get(key, 0) > self.settings.introductions.hub and key not in web.ours}
        web.hubs |= hubs
        on = [key for key in fresh if key not in web.ours and key not in hubs and key.startswith("Firm/")]
        web.cut += max(len(on) - WIDE, 0)
        return on[:WIDE]

    def meet_all(self, keys: Sequence[str], mine: bool) -> None:
        """Degrees of those met for the first time, and which of them are ours."""
        fresh = [key for key in keys if key not in self.known]
        self.known.update(fresh)
        self.count(fresh)
        if mine and fresh:
            self.web.ours |= {key for key in fresh if not key.startswith("Firm/")} | self._local(fresh)

    def count(self, keys: Sequence[str]) -> dict[str, int]:
        """Visible ties by key, both ways; kept as degrees."""
        out = dict.fromkeys(keys, 0)
        for label, texts in (("Firm", ("ties_from_firms", "ties_to_firms")), ("Channel", ("ties_of_channels",)),
                             ("Team", ("ties_of_teams",))):
            for text in texts:
                for row in self.reader.rows(text, ids=_ids(keys, label)):
                    out[f"{label}/{row['id']}"] += int(row["ties"])
        self.web.degree.update(out)
        return out

    def fetch(self, keys: Sequence[str]) -> None:
        """All ties of firms not yet fetched, as links; ties of a firm with itself are left out and named."""
        ids = _ids([key for key in keys if key not in self.fetched], "Firm")
        self.fetched.update(keys)
        met = set[str]()
        for text, edge, label in TIES:
            for fact in believed(self.reader.seen(text, edge, label, ids=ids)):
                met |= self._link(f"{label}/{fact.start}", f"Firm/{fact.end}", fact["tie"] or edge.lower(), (fact,))
        met |= self._invested(ids)
        self._meet(sorted(met))

    def _invested(self, ids: list[str]) -> set[str]:
        own = believed(self.reader.seen("invests_of_firms", "INVESTS_IN", "Firm", ids=ids))
        every = believed(self.reader.seen("invests", "INVESTS_IN", "Firm", projects=sorted({f.end for f in own})))
        met = set[str]()
        for fact in own:
            for other in every:
                if other.end == fact.end and other.start != fact.start:
                    met |= self._link(f"Firm/{fact.start}", f"Firm/{other.start}", "invests", (fact, other))
        return met

    def _link(self, one: str, other: str, kind: str, facts: tuple[Seen, ...]) -> set[str]:
        if one == other:
            self.odd.add(one)
            return set()
        if len(facts) == 2 and one > other:
            one, other, facts = other, one, facts[::-1]  # the same link from whichever side it is met
        self.web.add(Link(one, other, kind, facts, max(self._day(fact) for fact in facts)))
        return {one, other}

    def _day(self, fact: Seen) -> date:
        """When the tie was last known to live: a supply that goes on is of today, an ended one of its last day."""
        until: date | None = fact["until"]
        return max(fact.valid_from, min(until, self.reader.asked.as_of)) if until else fact.valid_from

    def _local(self, keys: Sequence[str]) -> set[str]:
        """Firms that lie or make something here."""
        places, makes = self._stands(_ids(keys, "Firm"))
        return {f"Firm/{f.start}" for f in places if f.end in self.here} | {f"Firm/{f.start}" for f in makes if f["region"] in self.here}

    def _stands(self, ids: list[str]) -> tuple[list[Seen], list[Seen]]:
        """Where firms lie, and what they make where."""
        return (believed(self.reader.seen("firm_places", "LOCATED_IN", "Firm", firms=ids)),
                believed(self.reader.seen("makes_by_firms", "MAKES", "Firm", ids=ids)))

    def _meet(self, keys: Sequence[str]) -> list[str]:
        for label, text in (("Firm", "firm_names"), ("Channel", "channel_names"), ("Team", "team_names")):
            ids = _ids([key for key in keys if key not in self.web.names], label)
            self.web.names |= {f"{label}/{r['id']}": r["name"] for r in self.reader.rows(text, ids=ids)}
        return list(keys)

    def answer(self, about: str, rows: tuple[IntroductionRow, ...], unit: str | None = None, cap: int | None = None) -> Introductions:
        asked = self.reader.asked
        cited = sorted({e.source for row in rows for way in row.ways for hop in way.hops for e in hop.evidence})
        sources = tuple(Source(r["id"], r["title"] or "", r["publisher"] or "", r["published"], int(r["authority"] or 0))
                        for r in self.reader.rows("sources", ids=cited))
        return Introductions("introduce", asked.region, about, asked.as_of, asked.known_by, asked.audience, unit, cap, rows,
                             None, None, (), sources, self.notes(rows))

    def notes(self, rows: Sequence[IntroductionRow]) -> tuple[tuple[str, str], ...]:
        ties, hops = self.settings.introductions, int(self.settings.introductions.hops)
        out = [(f"p = 关系强度 × 0.5^(年数/{ties.half_life:g}), 持股与总部不衰减; 经过有 d 条关系的一方再乘 1/ln d (d ≥ 3): 谁都认识的, 说明不了什么",
                f"p = strength × 0.5^(years/{ties.half_life:g}), ownership and seats do not fade; beyond somebody with d ties × 1/ln d "
                "(d ≥ 3): who knows everybody says little")]
        for row in rows:
            if row.state == "far":
                out.append((f"{row.firm}: {hops} 步之内没有引荐路径, 最近的要 {row.nearest} 步",
                            f"{row.firm}: no introduction path within {hops} hops; the nearest takes {row.nearest}"))
            elif row.state == "none":
                out.append((f"{row.firm}: {FARTHEST} 步之内没有已知的引荐路径", f"{row.firm}: no introduction path is known within {FARTHEST} hops"))
        names = self.web.names
        if self.odd:
            said = sorted(names.get(k, k.partition("/")[2]) for k in self.odd)
            out.append((f"指向自己的关系, 不计: {'、'.join(said)}", f"ties that point at themselves, left out: {', '.join(said)}"))
        if self.web.hubs:
            said = sorted(names[k] for k in self.web.hubs)[:SUGGESTED]
            out.append((f"关系多于 {ties.hub:g} 条、不经过的枢纽 {len(self.web.hubs)} 家: {'、'.join(said)}",
                        f"{len(self.web.hubs)} hubs with more than {ties.hub:g} ties, not passed through: {', '.join(said)}"))
        if self.web.cut:
            out.append((f"每层只展开最强的 {WIDE} 家, 另有 {self.web.cut} 家未展开", f"only the strongest {WIDE} of a layer were followed; "
                        f"{self.web.cut} were not"))
        return tuple(out)


def _ids(keys: Sequence[str], label: str) -> list[str]:
    return sorted({key.partition("/")[2] for key in keys if key.startswith(f"{label}/")})
