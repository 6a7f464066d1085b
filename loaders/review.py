"""Names that nobody can settle by rule: each with the firms it may be, the likeliest first, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.matching import Pool, Written, likeness, slips, taken_apart
from loaders.names import Firms
from loaders.one_firm import Link, full
from loaders.spelling import normal

MOST_LINKS = 10
"""Lines of a load report that tell what was joined by itself."""

LEAST = 0.5
"""Likeness from which a name is worth a look, where it does not stand in order in another."""

_TAKEN = 0.1
"""What counts against a firm that has a short name already."""

WHY = {
    "order": ("依次含于 {n} 家企业的名称", "stands in order in the names of {n} firms"),
    "only": ("依次含于候选的名称; 不自动合并: 另有写法与它并非一简一繁, 或已说明不同",
             "stands in order in the candidate's name; not joined by itself: other short names of it stand in no order with this one, "
             "or some are said to be two"),
    "near": ("字面相近", "alike"),
    "slip": ("只差一字", "one character apart"),
    "form": ("只差地区或组织形式", "differs in its place or legal form"),
    "code": ("此名称有 {n} 个信用代码", "{n} credit codes carry this name"),
}


JOINED = {"spelling": "同名异写 / one name written in two ways", "alias": "曾用名、别名 / another name", "place": "只差地区 / differs in its place",
          "form": "有限与股份 / 股份 or not", "order": "唯一依次含于 / the only one it stands in, in order"}
"""How two names came together, 中文 / English."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm that the name may be of: ``score`` at most 1, ``why`` 中文 / English."""

    name: str
    code: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Case:
    """An open name: where it stands first (file/sheet/row), and how many facts hang on it."""

    name: str
    cells: tuple[str, ...]
    facts: int
    candidates: tuple[Candidate, ...]


def cases(firms: Firms, cells: Iterable[tuple[str, str]] = (), facts: Counter[str] | None = None) -> list[Case]:
    """Every open name, the one with most facts first; for an audience ask the firms that it has heard of (``Firms.heard_by``).

    ``cells``: (name, cell) wherever one stands; ``facts``: how many each firm's id has.
    """
    return _Review(firms).cases(cells, facts or Counter())


def _mistakable(one: Written, other: Written) -> bool:
    """Whether two full names may be one: of thousands of firms many differ in one character of four, or in the city alone."""
    if one.key == other.key or not (one.places.startswith(other.places) or other.places.startswith(one.places)):
        return False
    least = 5 if len(one.stem) == len(other.stem) else 4
    return one.stem == other.stem or min(len(one.stem), len(other.stem)) >= least


class _Review:
    def __init__(self, firms: Firms) -> None:
        self.firms, self.groups = firms, firms.groups
        self.bare = {normal(name) for name, code in firms.ranks if not code}
        self.seen: dict[str, str] = {}
        for name, _ in sorted(firms.ranks, reverse=True):
            if normal(name) in firms.said or firms.id(name) in firms.names:
                self.seen[normal(name)] = name
        self.by_key: dict[str, list[str]] = {}
        self.by_slip: dict[str, set[str]] = {}
        for name in sorted(self.seen):
            if full(self.groups, name):
                written = taken_apart(name)
                self.by_key.setdefault(written.key, []).append(name)
                if len(written.stem) > 2:
                    for slip in slips(written.stem):
                        self.by_slip.setdefault(slip, set()).add(name)
        self.pool = Pool(self.by_key)
        self.taken = {self.groups.of[normal(link.to)] for link in firms.links if link.how == "order"}

    def cases(self, cells: Iterable[tuple[str, str]], facts: Counter[str]) -> list[Case]:
        where: dict[str, dict[str, None]] = {}
        cells = list(cells)
        for name, cell in cells:
            where.setdefault(normal(name), {})[cell] = None
        out = []
        for name in sorted(self.seen):
            if (name in where or not cells) and self._open(name) and (found := self._once(name, self.candidates(name), facts)):
                out.append(Case(self.seen[name], tuple(where.get(name, ())), facts[self.firms.id(name)], tuple(found)))
        return sorted(out, key=lambda case: (-case.facts, case.name))

    def _once(self, name: str, found: list[Candidate], facts: Counter[str]) -> list[Candidate]:
        """Two full names that may be one are told once: under the name with fewer facts."""
        def place(written: str) -> tuple[int, str]:
            return -facts[self.firms.id(written)], normal(written)

        return [c for c in found if not taken_apart(name).legal or c.code or place(c.name) < place(name)]

    def _open(self, name: str) -> bool:
        """One name of each firm that has no code: its fullest. Names with several codes too."""
        if name in self.groups.settled.alone or name not in self.firms.said:
            return False
        if self.firms.ambiguous(name):
            return name in self.bare
        group = self.groups.of[name]
        mates = [n for n in self.groups.members[group] if n in self.seen and n in self.firms.said]
        return not group.startswith("#") and name == min(mates, key=lambda n: (not taken_apart(n).legal, -len(n), n))

    def candidates(self, name: str, count: int = 5) -> list[Candidate]:
        if self.firms.ambiguous(name):
            codes = sorted(self.groups.codes(name))
            return [self._candidate(name, name, 1.0, "code", len(codes), code) for code in codes]
        written = taken_apart(name)
        if written.legal:
            found = {n for slip in slips(written.stem) for n in self.by_slip.get(slip, ())} if len(written.stem) > 2 else set()
            scored = [(likeness(written.key, taken_apart(n).key), n) for n in found if _mistakable(written, taken_apart(n))]
            ways = {n: "form" if taken_apart(n).stem == written.stem else "slip" for n in found}
        else:
            held = self.pool.holding(written.key)
            way, keys = ("order", [(likeness(written.key, key), key) for key in held]) if held else \
                ("near", self.pool.like(written.key, 20, LEAST))
            scored = [(score, n) for score, key in keys for n in self.by_key[key]]
            ways = dict.fromkeys((n for _, n in scored), way)
        best: dict[str, tuple[float, str]] = {}
        for score, other in sorted(scored, key=lambda s: (s[0], s[1])):
            group = self.groups.of[other]
            if group != self.groups.of[name] and not self._two(name, group):
                best[group] = (score - (_TAKEN if group in self.taken and not written.legal else 0), other)
        order = sorted(best.values(), key=lambda b: (-b[0], len(b[1]), b[1]))
        return [self._candidate(name, other, score, ways[other], len(best), "") for score, other in order[:count]]

    def _two(self, name: str, group: str) -> bool:
        """Whether a row or a person says that they are two firms."""
        against = self.groups.heard.apart | self.groups.settled.apart
        mates = self.groups.members[self.groups.of[name]]
        return any(frozenset((mate, other)) in against for mate in mates for other in (*self.groups.members[group], group[1:].lower()))

    def _candidate(self, name: str, other: str, score: float, way: str, count: int, code: str) -> Candidate:
        zh, en = (said.format(n=count) for said in WHY["only" if way == "order" and count == 1 else way])
        return Candidate(self.seen.get(other, other), code or self.groups.code_of(self.groups.of[other]),
                         round(max(0.0, min(1.0, score)), 2), f"{zh} / {en}")


def told(by_code: int, joined: Sequence[Link], unmet: Sequence[str], left: int) -> list[str]:
    """What a load says of names: how many of its firms were joined by code, what was joined by itself, names in decisions that
    no material has now, and how many names are open."""
    lines = [f"企业名称: {by_code} 家凭信用代码合并, {len(joined)} 个名称自动合并 / "
             f"firms joined by code: {by_code}, names joined by themselves: {len(joined)}"] if by_code or joined else []
    lines += [f"  {one.name} → {one.to} ({JOINED[one.how]})" for one in joined[:MOST_LINKS]]
    if len(joined) > MOST_LINKS:
        lines.append(f"  另有 {len(joined) - MOST_LINKS} 个 / and {len(joined) - MOST_LINKS} more: liantu names --format json")
    if unmet:
        lines.append(f"  决定仍保留, 但材料中已没有 / decisions about what no material has now: {'、'.join(unmet[:MOST_LINKS])}")
    if left:
        lines.append(f"  {left} 个名称待核对 / names to settle: liantu names")
    return lines


def parted(links: Sequence[Link]) -> list[str]:
    """What a load says of names that were one firm by themselves, and with the new material are not."""
    lines = [f"  不再自动合并: {one.name} → {one.to} (新材料使它可能是别家, 或与另一写法对不上) / no longer joined by itself: liantu names"
             for one in links[:MOST_LINKS]]
    return lines + ([f"  另有 {len(links) - MOST_LINKS} 个 / and {len(links) - MOST_LINKS} more"] if len(links) > MOST_LINKS else [])
