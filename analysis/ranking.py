"""Ranking gaps: lexicographic, in the order of liantu.toml, every row with the parts that it was ranked by.

The parts (``graph.settings.RANKING``), each from the worst to the least:

- ``verdict``: broken, missing, extension, weak, short. Other verdicts are not ranked.
- ``output-at-risk``: the greatest share of a node's output that stops, then the sum of the shares. Amounts are in
  different units and are not added; 亿元 are printed where every price is known. What stops to an unknown share
  comes after every known one, and before what cannot be computed or stops nothing.
- ``single-inputs-before-ties``: an input is *single* for a consumer that stands here (or is being built) where no other
  essential input of it is known to be lacking (one that nobody has looked at may be): filling it alone sets it free. It
  is a *tie* where others are lacking as well. Lacking beside a node that is not here are the other nodes that are not
  here; beside one that is weak or short, also those that are weak or short. Variants of one node do not tie with it:
  either will do.
- ``leakage``: 亿元 a year, most first; then what is bought elsewhere without a known price (amounts of different units
  cannot be compared, so these tie); then what is unknown; then nothing.
- ``must-pass``: how many final products cannot be made without the node, then how many ways lead through it.

Equal rows share a place: 1, 1, 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from analysis.answers import GapRow
from analysis.evidence import Evidence
from analysis.fill_in import FillIn
from analysis.gaps import GapEngine
from analysis.leakage import money
from analysis.parts import AtRisk, Rank
from analysis.paths import Blocked, Paths
from analysis.words import GAP_VERDICTS, VERDICTS

RANKED = (*GAP_VERDICTS, "weak", "short")
PARTS: dict[str, tuple[str, str]] = {
    "verdict": ("判定", "Verdict"), "output-at-risk": ("限产", "Output at risk"),
    "single-inputs-before-ties": ("卡住谁", "Stops or limits"), "leakage": ("外购额", "Bought elsewhere"),
    "must-pass": ("必经 (成品)", "Must-pass for"),
}
Key = tuple[float, ...]
Part = tuple[Key, str, str]
"""What rows are compared by (less is worse), and the same in words."""


@dataclass(frozen=True, slots=True)
class RankedRow(GapRow):
    """A gap row of a region, once for all the chains it is a node of (``chain`` is the first of them).

    ``also``: the regions within that lack the node as well; they have no row of their own for it.
    """

    region: str = ""
    chains: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Everything:
    """Answer to: what matters most, of all chains, here and in every region right within?

    ``order`` is the order of the parts, ``total`` how many rows were ranked, ``top`` how many of them were asked for.
    ``blocked`` and ``fill_in`` are of the asked region; ``fill_in`` has a line a chain and, last, one of all (chain None).
    """

    question: str
    region: str
    chain: str | None
    as_of: date
    known_by: date
    audience: str
    order: tuple[str, ...]
    top: int | None
    total: int
    rows: tuple[RankedRow, ...]
    blocked: tuple[Blocked, ...]
    fill_in: tuple[FillIn, ...]
    notes: tuple[tuple[str, str], ...] = ()


class Ranking:
    """The rows of one region that are ranked, with the parts of each."""

    def __init__(self, engine: GapEngine, region: str, order: Sequence[str]) -> None:
        self.engine, self.region, self.order = engine, region, order
        evidence = engine.evidence
        self.paths = {chain: Paths(evidence, engine.demands, chain) for chain in evidence.chains}
        self._members: dict[str, list[str]] = {}
        self._rows: dict[str, GapRow] = {}
        for chain in evidence.chains:
            for node, row in zip(evidence.judged(chain), engine.rows(chain), strict=True):
                self._members.setdefault(node, []).append(chain)
                self._rows.setdefault(node, row)
        self._nodes = _by_name(evidence)
        self._of: dict[str, Callable[[str, RankedRow], Part]] = {
            "verdict": self._verdict, "output-at-risk": self._at_risk, "single-inputs-before-ties": self._single,
            "leakage": self._leakage, "must-pass": self._must_pass}

    def rows(self) -> list[tuple[Key, RankedRow]]:
        """Each ranked node once, with what it is compared by; the place is given by ``placed``."""
        return [self._ranked(node, tuple(self._members[node])) for node, row in self._rows.items() if row.verdict in RANKED]

    def missing(self, chain: str) -> set[str]:
        """The nodes of a chain that are not here and are a gap."""
        return {n for n in self.paths[chain].nodes if self._rows[n].verdict in GAP_VERDICTS}

    def unlooked(self, chain: str) -> int:
        """How many nodes of a chain nobody has looked at: they are not ranked, and not fine either."""
        return sum(self._rows[n].verdict == "unknown" for n in self.engine.evidence.judged(chain))

    def _ranked(self, node: str, chains: tuple[str, ...]) -> tuple[Key, RankedRow]:
        row = with_paths(self._rows[node], self.engine, node, [self.paths[c] for c in chains])
        made = RankedRow(**{f.name: getattr(row, f.name) for f in fields(GapRow)}, region=self.region, chains=chains)
        parts = {name: self._of[name](node, made) for name in self.order}
        key = tuple(value for name in self.order for value in parts[name][0])
        return key, replace(made, rank=Rank(0, tuple((name, zh, en) for name, (_, zh, en) in parts.items())))

    def _verdict(self, node: str, row: RankedRow) -> Part:
        return (RANKED.index(row.verdict),), *VERDICTS[row.verdict]

    def _at_risk(self, node: str, row: RankedRow) -> Part:
        risk = row.output_at_risk
        if risk is None:
            return (2, 0, 0), "算不出", "cannot be computed"
        shares = [r.share for r in risk if r.share]
        if not shares:
            stops = [r.node for r in risk if r.share is None]
            zh, en = "、".join(stops), ", ".join(stops)
            return ((1, 0, 0), f"{zh} 停, 比例未知", f"{en} stops, share unknown") if stops else ((3, 0, 0), "—", "—")
        said = sorted((r for r in risk if r.share), key=lambda r: -(r.share or 0))
        zh, en = (joint.join(f"{r.node} {r.share:.0%}" for r in said[:3]) for joint in ("、", ", "))
        more_zh, more_en = (f" 等 {len(said)} 个", f" and {len(said) - 3} more") if len(said) > 3 else ("", "")
        money = self._money(said)
        return (0, -_rounded(max(shares)), -_rounded(sum(shares))), f"{zh}{more_zh}{money[0]}", f"{en}{more_en}{money[1]}"

    def _money(self, risk: Sequence[AtRisk]) -> tuple[str, str]:
        """What stops in 亿元 a year, where the price of each is known."""
        found = [money(self.engine.evidence, self._nodes[r.node], r.amount, r.unit)
                 if r.amount is not None and r.node in self._nodes else None for r in risk]
        if None in found:
            return "", ""
        total = sum(value for value in found if value is not None)
        return f", {total:.4g} 亿元/年", f", {total:.4g} 亿元 (100 M yuan) a year"

    def _single(self, node: str, row: RankedRow) -> Part:
        alone, tied, others = list[str](), list[str](), dict[str, None]()
        for consumer in self._consumers(node):
            rivals = self._lacking_beside(node, consumer)
            (tied if rivals else alone).append(consumer)
            others |= dict.fromkeys(rivals)
        (zh, en), (first, _) = self._named(alone or tied), self._named(list(others)[:1])
        if alone:
            return (0,), f"{zh} (已知只缺它)", f"{en} (not known to lack more)"
        if tied:
            return (1,), f"{zh} (还缺 {first} 等 {len(others)} 项)", f"{en} (lacks {len(others)} more, as {first})"
        return (2,), "—", "—"

    def _consumers(self, node: str) -> list[str]:
        """What stands here, or is being built, and cannot do without the node."""
        demands, nodes = self.engine.demands, self.engine.evidence.nodes
        return list(dict.fromkeys(c.downstream for c in demands.neighbours(node)[1] if c.essential and (
            demands.local(c.downstream) or (c.downstream in self.engine.building and not nodes[c.downstream].boundary))))

    def _lacking_beside(self, node: str, consumer: str) -> list[str]:
        evidence = self.engine.evidence
        lacking = GAP_VERDICTS if self._rows[node].verdict in GAP_VERDICTS else RANKED
        kin = {*evidence.family(node), evidence.whole_of.get(node, node)}
        inputs = dict.fromkeys(c.upstream for c in self.engine.demands.neighbours(consumer)[0] if c.essential)
        return [i for i in inputs if i not in kin and self._verdict_of(i) in lacking]

    def _verdict_of(self, node: str) -> str:
        """Of a node outside the chains too: it may be an input of one that is inside."""
        if node in self._rows:
            return self._rows[node].verdict
        boundary = self.engine.evidence.nodes[node].boundary
        supply, (demand, _) = self.engine.supplies.of(node), self.engine.demands.of(node)
        return "" if boundary else self.engine.verdict(node, supply, demand)[0]

    def _named(self, ids: Any) -> tuple[str, str]:
        names = [self.engine.evidence.nodes[id].name for id in ids]
        return "、".join(names), ", ".join(names)

    def _leakage(self, node: str, row: RankedRow) -> Part:
        found = row.leakage
        if found is None:
            return (2, 0), "未知", "unknown"
        if not found.amount:
            return (3, 0), "无", "none"
        amount = f"{found.amount:.4g} {found.unit}"
        if found.value is None:
            return (1, 0), f"{amount}, 无单价", f"{amount}, no price"
        return (0, -_rounded(found.value)), f"{found.value:.4g} 亿元/年 ({amount})", f"{found.value:.4g} 亿元 (100 M yuan) a year ({amount})"

    def _must_pass(self, node: str, row: RankedRow) -> Part:
        finals = row.must_pass or ()
        names = "、".join(finals), ", ".join(finals)
        ways = row.paths or 0
        if not finals:
            return (0, -ways), f"— ({ways} 条路)", f"— ({ways} ways)"
        return (-len(finals), -ways), f"{names[0]} ({ways} 条路)", f"{names[1]} ({ways} ways)"


def _by_name(evidence: Evidence) -> dict[str, str]:
    """Names → ids, without those that several nodes have."""
    names = Counter(node.name for node in evidence.nodes.values())
    return {node.name: id for id, node in evidence.nodes.items() if names[node.name] == 1}


def with_paths(row: GapRow, engine: GapEngine, node: str, paths: Sequence[Paths]) -> GapRow:
    """The row with its final products and ways, of all the chains it is a node of."""
    finals = dict.fromkeys(f for one in paths for f in one.must_pass(node))
    return replace(row, must_pass=tuple(engine.evidence.nodes[f].name for f in finals), paths=sum(p.count(node) for p in paths))


def once(rows: Sequence[tuple[Key, RankedRow]], inside: Callable[[str, str], bool]) -> list[tuple[Key, RankedRow]]:
    """Rows of wider regions first: what is lacking in a region and in one that it lies in is one gap, that of the wider.

    What the wider region has too little of, and the one within has nothing of, are two.
    """
    out: list[tuple[Key, RankedRow]] = []
    at: dict[tuple[str, tuple[str, ...], bool], list[int]] = {}
    for key, row in rows:
        kept = at.setdefault((row.node, row.chains, row.verdict in GAP_VERDICTS), [])  # another node of the name: other chains
        wider = next((i for i in kept if inside(row.region, out[i][1].region)), None)
        if wider is None:
            kept.append(len(out))
            out.append((key, row))
        else:
            out[wider] = (out[wider][0], replace(out[wider][1], also=(*out[wider][1].also, row.region)))
    return out


def placed(rows: Sequence[tuple[Key, RankedRow]]) -> tuple[RankedRow, ...]:
    """Rows in their order, each with its place; equal keys share one (1, 1, 3)."""
    ordered = sorted(rows, key=lambda pair: pair[0])
    out: list[RankedRow] = []
    place, last = 0, None
    for number, (key, row) in enumerate(ordered, start=1):
        place = place if key == last else number
        last = key
        assert row.rank is not None
        out.append(replace(row, rank=Rank(place, row.rank.parts)))
    return tuple(out)


def _rounded(value: float) -> float:
    """Nine digits: two solutions of a linear programme that are equal differ in the last ones."""
    return float(f"{value:.9g}")
