"""Adjacent capability: firms that make what is near to a node, and not yet the node itself. Inferred, and never a fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.capabilities import Made, Pair
from analysis.cited import Cited
from analysis.hindcast import Hindcast
from analysis.parts import Source
from formulas.relatedness import Relatedness
from graph.clocks import Seen

Both = tuple[str, str]
SAID = 3
"""Nodes that the words of a suggestion name; the answer itself has all of them."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A node of the firm that is near: ``shared`` firms make both, ``proximity`` is φ; ``evidence`` says that this firm makes it."""

    node: str
    proximity: float
    shared: int
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Adjacent:
    """``density`` is the share of all proximity of the node that the firm's nodes have, 0 to 1; ``evidence`` is what is inferred from
    ``basis`` and has no source of its own."""

    firm: str
    node: str
    density: float
    evidence: Cited
    basis: tuple[Basis, ...]
    id: str


@dataclass(frozen=True, slots=True)
class Adjacents:
    """Answer to: who does not make this node but what is near to it? ``made_by`` firms make or build it, as far as is known,
    and ``chain`` is None where it is in none; ``firms`` and ``nodes`` stand in ``pairs`` of the matrix that ``hindcast`` judges the predictor on."""

    question: str
    region: str
    chain: str | None
    node: str
    as_of: date
    known_by: date
    audience: str
    made_by: int
    firms: int
    nodes: int
    pairs: int
    rows: tuple[Adjacent, ...]
    hindcast: Hindcast
    sources: tuple[Source, ...]
    notes: tuple[Both, ...] = ()


class Matrix:
    """Pairs as a matrix, firms and nodes in the order of their ids: both engines add up in the same order."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        held = sorted(set(pairs))
        self.firms, self.nodes = sorted({f for f, _ in held}), sorted({n for _, n in held})
        self.firm_at, self.node_at = {f: i for i, f in enumerate(self.firms)}, {n: i for i, n in enumerate(self.nodes)}
        self.related = Relatedness([self.firm_at[f] for f, _ in held], [self.node_at[n] for _, n in held], len(self.firms), len(self.nodes))


class Near:
    """The pairs around one node after another: all that its proximity and density rest on, and no more, whatever else is known."""

    def __init__(self, found: Made) -> None:
        self.found, self._of_firm, self._of_node = found, defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for firm, node in found:
            self._of_firm[firm].append(node)
            self._of_node[node].append(firm)

    def pairs(self, node: str, family: Iterable[str]) -> Made:
        """Who makes a variant of the node makes it; the variants are then no nodes of their own."""
        kin = dict.fromkeys([node, *family])
        own = {(firm, node): self.found[firm, one] for one in reversed(kin) for firm in self._of_node.get(one, ())}
        near = {n for firm, _ in own for n in self._of_firm[firm]} - kin.keys()
        return own | {(firm, n): self.found[firm, n] for n in sorted(near) for firm in self._of_node[n]}


def suggested(found: Made, node: str, top: int) -> list[tuple[str, float, list[tuple[str, float, int]]]]:
    """The ``top`` firms that do not make a node, by density, then by id: firm, density, and each near node of it with φ and the number of
    shared firms, the nearest first. All ids; empty where nobody is known to make the node."""
    matrix = Matrix(found)
    at = matrix.node_at.get(node)
    if at is None:
        return []
    firms, density = matrix.related.density(at)
    ranked = sorted((-round(float(d), 9), matrix.firms[f]) for f, d in zip(firms, density, strict=True) if (matrix.firms[f], node) not in found)
    near = _near(matrix, at)
    return [(firm, -d, [(n, phi, shared) for n, phi, shared in near if (firm, n) in found]) for d, firm in ranked[:top]]


def _near(matrix: Matrix, at: int) -> list[tuple[str, float, int]]:
    near, phi = matrix.related.proximity(at)
    makers = matrix.related.ubiquity
    rows = [(matrix.nodes[n], round(float(p), 9), round(float(p) * max(int(makers[at]), int(makers[n]))))
            for n, p in zip(near, phi, strict=True) if n != at]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def worded(found: Made, node: str, rows: Sequence[tuple[str, float, list[tuple[str, float, int]]]], names: Mapping[str, str]) -> tuple[Adjacent, ...]:
    """Suggestions in words, each with the facts that it comes from; another node of the same name is told by its id."""
    asked, out = names.get(node, node), []
    for firm, density, near in rows:
        called = {n: n if names.get(n) == asked else names.get(n, n) for n, _, _ in near}
        basis = tuple(Basis(called[n], phi, shared, cited(found[firm, n], names)) for n, phi, shared in near)
        out.append(Adjacent(names.get(firm, firm), asked, density, _inferred(asked, density, basis), basis, firm))
    return tuple(out)


def _inferred(node: str, density: float, basis: Sequence[Basis]) -> Cited:
    """It is as new as the newest fact that it rests on."""
    more = len(basis) > SAID
    said = [f"{b.node} (φ {b.proximity:.3g})" for b in basis[:SAID]]
    days = [c for b in basis for c in b.evidence]
    return Cited("adjacent", f"推断: 其{'、'.join(said)}{f' 等 {len(basis)} 个环节' if more else ''}与{node}相近, 密度 {density:.3g}",
                 f"inferred: makes {', '.join(said)}{f' and others, {len(basis)} nodes in all' if more else ''}, near to {node}, "
                 f"density {density:.3g}",
                 "", max(c.valid_from for c in days), max(c.known_from for c in days))


def cited(facts: Sequence[Seen], names: Mapping[str, str]) -> tuple[Cited, ...]:
    return tuple(Cited("expands" if f.edge != "MAKES" else "makes", *_said(f, names), f.source, f.valid_from, f.known_from, f.id) for f in facts)


def _said(fact: Seen, names: Mapping[str, str]) -> Both:
    start, end = names.get(fact.start, fact.start), names.get(fact.end, fact.end)
    if fact.edge == "MAKES":
        return f"{start} 在 {fact['region'] or '—'} 生产 {end}", f"{start} makes {end} in {fact['region'] or '—'}"
    if fact.edge == "INVESTS_IN":
        return f"{start} 投资 {end}", f"{start} invests in {end}"
    return f"{start} 新增 {end}", f"{start} adds {end}"
