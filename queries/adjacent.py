"""Who has adjacent capability for a node, and how well that would have told; for target lists without the latter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from analysis.adjacent import Adjacent, Adjacents, Both, Near, suggested, worded
from analysis.capabilities import Made, made
from analysis.hindcast import FEWEST, Hindcast, hindcast
from graph.clocks import believed
from graph.errors import QuestionError
from graph.store import Store
from queries.asking import Asked, Reader
from queries.capabilities import around, everywhere
from queries.names import placed_node

TOP = 5
"""Suggestions for one node of a target list."""
INFERRED = ("能力相近是由谁生产什么推断的, 不是事实: 密度 = Σ M·φ / Σ φ, φ = 同做两环节的企业数 ÷ 较多一方的企业数 (Hidalgo 等 2007); "
            "在建项目的投资方也算, 停产的厂与终止的项目不算",
            "adjacent capability is inferred from who makes what and is no fact: density = Σ M·φ / Σ φ, φ = firms that make both ÷ firms of "
            "the node with more of them (Hidalgo et al. 2007); investors of projects count, stopped plants and ended projects do not")


def adjacent(reader: Reader, nodes: Sequence[str], top: int = TOP) -> dict[str, tuple[Adjacent, ...]]:
    """Node id → the ``top`` firms with the densest capability around it that do not make it or build it; empty where nobody who makes
    it is known."""
    below = _variants(reader)
    families = {node: _family(node, below) for node in nodes}
    asked = reader.asked
    found = Near(made(around(reader, sorted({n for family in families.values() for n in family})), asked.as_of, asked.known_by))
    rows = {}
    for node, family in families.items():
        own = found.pairs(node, family)
        rows[node] = own, suggested(own, node, top)
    ids = {id for own, some in rows.values() for firm, _, near in some for n, _, _ in near for f in own[firm, n] for id in (f.start, f.end)}
    names = _names(reader, ids | set(nodes))
    return {node: worded(own, node, some, names) for node, (own, some) in rows.items()}


def adjacents(store: Store, node: str, asked: Asked, split: date | None = None, top: int = 20, chain: str = "") -> Adjacents:
    """The suggestions with the time split at ``split``; QuestionError for an unknown node, or a split after which nothing is known."""
    if split and split >= asked.known_by:
        raise QuestionError(f"--split {split} 不早于 --known-by {asked.known_by} / is not before it", "--split 早些的一天 / an earlier day")
    reader = Reader(store, asked)
    placed, id, said = _named(reader, node, chain)
    rows, facts = adjacent(reader, [id], top)[id], everywhere(reader)
    found, judged = made(facts, asked.as_of, asked.known_by), hindcast(facts, asked.as_of, asked.known_by, split)
    makers = len({f for f, _ in _of(found, _family(id, _variants(reader)))})
    return Adjacents("adjacent", asked.region, placed, _names(reader, {id})[id], asked.as_of, asked.known_by, asked.audience, makers,
                     len({f for f, _ in found}), len({n for _, n in found}), len(found), rows, judged,
                     reader.sources(c.source for row in rows for basis in row.basis for c in basis.evidence),
                     (*said, INFERRED, *_state(judged), *_none(makers, rows)))


def _named(reader: Reader, node: str, chain: str) -> tuple[str | None, str, tuple[Both, ...]]:
    """Chain and id of a node; it need be in no chain where somebody is known to make it, as the products of a data set of firms are."""
    try:
        return placed_node(reader.store, reader.asked, node, chain or None)
    except QuestionError:
        if chain or not reader.seen("makers_anywhere", "MAKES", nodes=[node]):
            raise
        return None, node, ()


def _of(found: Made, family: Iterable[str]) -> list[tuple[str, str]]:
    kin = set(family)
    return [pair for pair in found if pair[1] in kin]


def _variants(reader: Reader) -> Mapping[str, list[str]]:
    below: dict[str, list[str]] = {}
    for fact in believed(reader.seen("variants", "VARIANT_OF")):
        below.setdefault(fact.end, []).append(fact.start)
    return below


def _family(node: str, below: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A node with all its variants; who makes one of them makes it."""
    out = dict.fromkeys([node])
    todo = [node]
    while todo:
        more = [v for v in below.get(todo.pop(), ()) if v not in out]
        out |= dict.fromkeys(more)
        todo += more
    return tuple(out)


def _names(reader: Reader, ids: set[str]) -> dict[str, str]:
    wanted = sorted(ids)
    return {r["id"]: r["name"] for text in ("chain_nodes", "project_names", "firm_names") for r in reader.rows(text, ids=wanted)}


def _state(judged: Hindcast) -> tuple[Both, ...]:
    if judged.state == "no-split":
        return (("回测: 材料都是同一天所知, 分不出先后", "hindcast: all is known of one day, there is no before and after"),)
    said = (f"回测: 学自截至 {judged.split} 已知的 {judged.learnt} 对 (企业, 环节), 其后新知 {judged.new} 对, "
            f"其中企业与环节当时都已知的 {judged.judged} 对, 在 {judged.guesses} 个可能里, 基准率 {_rate(judged)}",
            f"hindcast: learnt on {judged.learnt} pairs (firm, node) known by {judged.split}; {judged.new} are new after it, {judged.judged} of "
            f"these of a firm and a node known by then, among {judged.guesses} guesses, base rate {_rate(judged)}")
    zh, en = ("没有可评的, 平均精度无从算起", "none can be judged, so no precision is known") if not judged.judged else (
        "多一对少一对数字就变, 只作参考", "one more or less turns the figures")
    return (said, (f"少于 {FEWEST} 对: {zh}", f"fewer than {FEWEST}: {en}")) if judged.state == "few" else (said,)


def _rate(judged: Hindcast) -> str:
    return "—" if judged.base_rate is None else f"{judged.base_rate:.3g}"


def _none(makers: int, rows: Sequence[Adjacent]) -> tuple[Both, ...]:
    if not makers:
        return (("未见公开数据: 没有已知的生产企业, 无从推断", "no public figure: no maker of it is known, nothing can be inferred"),)
    return () if rows else (("已知的生产企业没有别的环节与他人共有, 无从推断",
                             "what its known makers make besides it nobody else makes: nothing can be inferred"),)
