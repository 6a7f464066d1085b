"""Which questions there are: what nobody looked at, what has no size, lists, figures that clash, missing coefficients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.amounts import factor
from analysis.answers import GapRow
from analysis.conflicts import EDGES
from analysis.demand import Coefficient
from analysis.gaps import GapEngine
from analysis.parts import Step
from analysis.pieces import Piece
from analysis.supply import Supply
from analysis.supposing import Blank, filled
from graph.clocks import Seen
from graph.facts import Value
from graph.model import EDGE

KINDS = ("list", "state", "conflict", "figure", "size", "coefficient")
MOST_SIZES = 12
"""Sizes that are tried for one question: one inside each band of each verdict it can move."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with the answers to be tried: each answer is the facts that it would make true.

    ``node`` is '' for a question about a whole chain, which is then in ``chains``; ``about`` are the nodes whose
    supply or demand the answers tell. Questions of one ``like`` have the same answers, tried once.
    """

    kind: str
    node: str
    to: str
    zh: str
    en: str
    known: tuple[Step, ...]
    blanks: tuple[Blank, ...]
    answers: tuple[tuple[Seen, ...], ...]
    about: frozenset[str]
    chains: tuple[str, ...] = ()
    like: tuple[Value, ...] = ()


def candidates(engine: GapEngine, rows: Mapping[str, GapRow]) -> Iterator[Candidate]:
    """Of the asked chains, in their order; ``rows`` by the node's id."""
    for chain in engine.evidence.chains:
        yield from _list(engine, chain)
    for node in rows:
        supply = engine.supplies.of(node)
        if supply.state == "unknown":
            yield _state(engine, node, supply)
        elif supply.stands:
            yield from _sizes(engine, node, supply, rows)
        yield from _conflicts(engine, node, rows[node])
        if supply.state != "unknown":
            yield from _coefficients(engine, node)


def _list(engine: GapEngine, chain: str) -> Iterator[Candidate]:
    """Whether the list of firms is complete: asked once a chain, where something hangs on it."""
    evidence = engine.evidence
    found = [engine.supplies.of(n) for n in evidence.judged(chain)]
    unknown, partial = sum(s.state == "unknown" for s in found), sum(s.partial for s in found)
    if not unknown and not partial:
        return
    blank = Blank("SURVEYS", evidence.region, evidence.region, chain, (), ("valid_from",))
    yield Candidate(
        "list", "", evidence.region, f"{evidence.region}{chain}产业链的企业名单是否已齐全? 哪一天摸清的?",
        f"Is the list of the firms of the chain {chain} in {evidence.region} complete, and since which day?",
        (Step("known.list", f"{unknown} 个环节待核, {partial} 个环节名单不全; 改变的判定按现有名单就是全部来算",
              f"{unknown} nodes nobody has looked at, {partial} with an incomplete list; what would change is what would "
              "were the present list all there is"),),
        (blank,), ((filled(evidence, blank),),), frozenset(evidence.chains[chain]), (chain,))


def _state(engine: GapEngine, node: str, supply: Supply) -> Candidate:
    evidence = engine.evidence
    name, region = evidence.nodes[node].name, evidence.region
    claim = Blank("CLAIMS", region, region, node, _place(engine, node), ("says", "valid_from"))
    unit = engine.demands.unit(node)
    maker = Blank("MAKES", "", "", node, (("region", region), ("unit", unit)), ("firm", *_sized("capacity", unit)))
    return Candidate("state", node, region, f"{region}有没有企业生产{name}? 有的话是哪几家, 年产能各多大?",
                     f"Does anybody in {region} make {name}? If so who, and how much a year?", supply.steps, (claim, maker),
                     tuple((filled(evidence, claim, says=says),) for says in ("none", "present")), frozenset({node}))


def _place(engine: GapEngine, node: str) -> tuple[tuple[str, Value], ...]:
    """Where the node stands in the first of the asked chains that has it: its row on the sheet says so too."""
    places = {f.end: f for f in engine.evidence.sure("PART_OF") if f.start == node}
    chain = next(c for c in engine.evidence.chains if c in places)
    return (("chain", chain), *places[chain].own.items())


def _sizes(engine: GapEngine, node: str, supply: Supply, rows: Mapping[str, GapRow]) -> Iterator[Candidate]:
    """The region's own figure where there is no whole sum; the size of each plant without one, asked at its own node."""
    if supply.value is None or supply.partial:
        yield _figure(engine, node, supply)
    unsized = [(p, p.fact) for p in supply.pieces if p.fact is not None and p.fact.edge == "MAKES"
               and (p.gross is None or factor(p.unit, supply.unit) is None) and (p.node == node or p.node not in rows)]
    alike: dict[tuple[Value, ...], tuple[tuple[Seen, ...], ...]] = {}
    values = _beside(engine, node, supply) if unsized and supply.unsized else []
    told = {fact: step for step in supply.steps for fact in step.facts}
    for piece, fact in unsized if supply.unsized else ():
        like = (node, piece.node, piece.region, piece.since, fact["yield_rate"], piece.unit)
        if like not in alike:
            blank = _plant(engine, node, piece, fact)
            alike[like] = tuple((filled(engine.evidence, blank, capacity=v),) for v in values)
        yield _size(engine, node, piece, fact, told.get(fact.id), alike[like], like)


def _beside(engine: GapEngine, node: str, supply: Supply) -> list[float]:
    """Sizes of one plant beside what is known of the others."""
    rest = supply.gross or 0.0
    return [v - rest for v in sizes(engine, node) if v > rest] or [1.0]


def _figure(engine: GapEngine, node: str, supply: Supply) -> Candidate:
    evidence, unit = engine.evidence, engine.demands.unit(node)
    name, region = evidence.nodes[node].name, evidence.region
    blank = Blank("REPORTS", region, region, node, (("measure", "capacity"), ("unit", unit)), _sized("value", unit))
    return Candidate("figure", node, region, f"{region}已建成的{name}年产能合计多少{_in(unit)}? 截至哪一天?",
                     f"How much {name} can all plants in {region} make a year{_in(unit)}, and as of which day?",
                     supply.steps, (blank,), tuple((filled(evidence, blank, value=v),) for v in sizes(engine, node)), frozenset({node}))


def _size(engine: GapEngine, node: str, piece: Piece, fact: Seen, known: Step | None, answers: tuple[tuple[Seen, ...], ...],
          like: tuple[Value, ...]) -> Candidate:
    blank, name = _plant(engine, node, piece, fact), engine.evidence.nodes[piece.node].name
    unit = _in(piece.unit or engine.demands.unit(node))
    plant = f"({fact['plant']})" if fact["plant"] else ""
    return Candidate("size", node, piece.region, f"{piece.title}{plant}已建成的{name}年产能多少{unit}?",
                     f"How much {name} can {piece.title}{plant} make a year{unit}, counting only what is built?",
                     (known,) if known else (), (blank,), answers, frozenset({node}), like=like)


def _plant(engine: GapEngine, node: str, piece: Piece, fact: Seen) -> Blank:
    unit = piece.unit or engine.demands.unit(node)
    known: dict[str, Value] = {k: v for k, v in fact.own.items() if k != "capacity"} | {"unit": unit}
    return Blank("MAKES", fact.start, piece.title, fact.end, tuple(known.items()), _sized("capacity", unit))


def _conflicts(engine: GapEngine, node: str, row: GapRow) -> Iterator[Candidate]:
    """Which of two figures is right: those of regions and plants can be answered on a sheet, others by their source."""
    evidence = engine.evidence
    for step in row.derivation:
        if not step.rule.startswith("conflict.") or len(step.facts) != 2:
            continue
        found = {f.id: f for edge in EDGES for f in evidence.all(edge) if f.id in step.facts}
        facts = [found[id] for id in step.facts]
        edge, figure = facts[0].edge, EDGE[facts[0].edge].value
        known = tuple((k, v) for k, v in facts[0].own.items() if k != figure)
        blank = Blank(edge, facts[0].start, evidence.name(facts[0].start), facts[0].end, known, (figure, "valid_from"))
        answers = tuple((filled(evidence, blank, **{figure: f[figure], "unit": f["unit"]}),) for f in facts)
        two = [f"{f[figure]:.6g} {f['unit']} ({f.valid_from})" for f in facts]
        who, to = evidence.name(facts[0].start), _where(engine, facts[0])
        yield Candidate("conflict", node, to, f"{who}的{row.node}两个数字哪个对: {two[0]} 还是 {two[1]}? 若确有变化, 原因是什么?",
                        f"Which figure of {who} for {row.node} is right, {two[0]} or {two[1]}? If it changed, why?", (step,),
                        (blank,) if edge in ("REPORTS", "MAKES") else (), answers if edge in ("REPORTS", "MAKES") else (), frozenset({node}))


def _where(engine: GapEngine, fact: Seen) -> str:
    if fact.edge in ("REPORTS", "AIMS"):
        return fact.start
    return str(fact["region"] or engine.evidence.places.get(fact.start) or engine.evidence.region)


def _coefficients(engine: GapEngine, node: str) -> Iterator[Candidate]:
    """How much of the node one unit of a consumer takes, where a consumer stands and nobody says."""
    for use in engine.demands.uses(node):
        feed, unit = use.feed, engine.demands.unit(node)
        if feed.essential and use.size is not None and use.amount is None:
            yield _coefficient(engine, node, feed, use.size, f"{_undated(unit)}/{_undated(use.unit)}")


def _coefficient(engine: GapEngine, node: str, feed: Coefficient, size: float, unit: str) -> Candidate:
    evidence = engine.evidence
    up, down = evidence.nodes[feed.upstream].name, evidence.nodes[feed.downstream].name
    known: dict[str, Value] = {k: v for k, v in feed.fact.own.items() if k != "coefficient"} | {"unit": unit}
    blank = Blank("FEEDS", feed.upstream, up, feed.downstream, tuple(known.items()), ("coefficient", "valid_from"))
    supply = engine.supplies.of(node).value
    values = [supply / (r * size) for r in _bands(engine)] if supply and size else [1.0]
    each = _undated(engine.demands.unit(feed.downstream)) or "单位"
    return Candidate("coefficient", node, evidence.region, f"每 {each} {down}要用多少{up} ({unit})?",
                     f"How much {up} does one unit of {down} take ({unit})?",
                     (Step("known.coefficient", f"{down} 在此, 用 {up} 而没有单耗", f"{down} is here and takes {up}, nobody says how much",
                           (feed.fact.id,), (feed.fact.source,)),),
                     (blank,), tuple((filled(evidence, blank, coefficient=v),) for v in values), frozenset({feed.upstream}))


def sizes(engine: GapEngine, node: str) -> list[float]:
    """Sizes of a node, one inside each band: of its own ratio, and of the ratios of what feeds it."""
    demand = engine.demands.of(node)[0].used
    out = [r * demand for r in _bands(engine)] if demand else []
    for feed in engine.demands.neighbours(node)[0]:
        supply = engine.supplies.of(feed.upstream)
        per_unit = engine.demands.per_unit(feed)
        if per_unit and supply.value and not supply.partial:
            other = sum(u.amount or 0.0 for u in engine.demands.uses(feed.upstream) if u.feed.downstream != node)
            out += [(supply.value / r - other) / per_unit for r in _bands(engine) if supply.value / r > other]
    return list(dict.fromkeys(float(f"{v:.6g}") for v in out if v > 0))[:MOST_SIZES] or [1.0]


def _bands(engine: GapEngine) -> tuple[float, ...]:
    """A ratio inside each band: weak, short, balanced, surplus."""
    limits = engine.evidence.limits
    return limits.weak / 2, (limits.weak + 1) / 2, (1 + limits.balanced) / 2, limits.balanced * 2


def _sized(figure: str, unit: str) -> tuple[str, ...]:
    """What is asked of a figure: its unit too where nobody knows the node's."""
    return (figure, "valid_from") if unit else (figure, "unit", "valid_from")


def _in(unit: str) -> str:
    return f" ({unit})" if unit else ""


def _undated(unit: str) -> str:
    return unit.removesuffix("/a").removesuffix("/年")
