"""Whom to visit for what is lacking here: gaps by their rank, firms elsewhere with their evidence, grades by rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.building import ORDER as STAGES
from analysis.candidates import Around, Candidates
from analysis.factors import POWER, factor, power_nodes
from analysis.gaps import GapEngine
from analysis.owners import Owners
from analysis.parts import Amount
from analysis.ranking import Ranking, placed
from analysis.targets import ORDER, Both, Signed, Target, Targets, Wanted, graded, ordered
from graph.clocks import Seen, believed
from graph.errors import QuestionError
from graph.model import AUDIENCES, audiences
from graph.settings import Settings
from graph.store import Store
from queries.adjacent import INFERRED, adjacent
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.figures import own_reading
from queries.names import chain_named, chain_names, firm_named, placed_node
from queries.standing import standing

COMPOSED = ("分级规则为自拟, 写在 liantu.toml 的 [[targets.grades]]",
            "the rules of grading are composed by this project; yours go into [[targets.grades]] of liantu.toml")

OPEN = ("unknown", "absent", "weak", "short")
"""Verdicts of nodes that are no gap and yet not filled: asked of one firm these count too, each with its verdict."""


@dataclass(frozen=True, slots=True)
class What:
    """What is asked for: a node by name, every gap of a chain, what one firm would fill, or (none of them) every gap of every chain."""

    node: str = ""
    chain: str = ""
    firm: str = ""


def targets(store: Store, settings: Settings, what: What, factors: Path, asked: Asked) -> Targets:
    """Target firms; QuestionError for an unknown node, chain or firm with the nearest names."""
    reader = Reader(store, asked)
    said: tuple[Both, ...] = ()
    node = ""
    if what.node:
        chain, node, said = placed_node(store, asked, what.node, what.chain or None)
        chains = [chain]
    else:
        chains = [chain_named(store, asked, what.chain)] if what.chain else chain_names(store, asked.audience)
    firm = firm_named(reader, what.firm) if what.firm else ""
    engine = GapEngine(evidence(reader, settings, chains))
    if node and engine.evidence.nodes[node].boundary:
        name = engine.evidence.nodes[node].name
        raise QuestionError(f"“{name}” 是外部环节, 不招企业 / is a boundary node", f"liantu gaps {chains[0]}")
    wanted = _wanted(engine, settings, chains, asked.region, node, OPEN if firm else ())
    around = _around(reader, settings, engine, list(wanted), tomllib.loads(factors.read_text(encoding="utf-8")))
    return _answer(reader, settings, engine, around, wanted, what, firm, said)


def _answer(reader: Reader, settings: Settings, engine: GapEngine, around: Around, wanted: dict[str, Wanted], what: What, firm: str,
            said: tuple[Both, ...]) -> Targets:
    asked, found = reader.asked, [Candidates(engine, around, settings.targets, id) for id in wanted]
    kin = {f for f in around.cards if firm and engine.evidence.group(f) == engine.evidence.group(firm)} | {firm} if firm else set(around.cards)
    nodes = tuple(wanted.values())
    rows = ordered([graded(t, settings.targets.rules) for one in found for t in one.targets() if t.id in kin], nodes)
    nodes = tuple(w for w in nodes if w.place is not None or what.node or any(r.node == w.node for r in rows))
    gone = tuple(e for one in found for e in one.excluded() if not firm or e.id in kin)
    projects = {engine.evidence.name(f.end) for f in engine.evidence.sure("INVESTS_IN") if f.start in kin}
    signed = [s for s in _signed(engine, wanted) if not firm or s.project.project in projects]
    talks = [t for one in found for t in one.talks() if not firm or t.id in kin]
    sources = {c.source for r in rows for c in (*r.evidence, *r.against) if c.source} | {e.evidence.source for e in gone}
    return Targets("targets", asked.region, nodes[0].chain if what.node else what.chain or None, asked.as_of, asked.known_by, asked.audience,
                   _about(what, nodes), nodes, settings.targets.rules, ORDER, rows, gone, tuple(signed), tuple(talks),
                   reader.sources(sources),
                   (*said, *_notes(what, rows, nodes, asked.audience)))


def _about(what: What, nodes: Sequence[Wanted]) -> Both:
    if what.node:
        return f"为 {nodes[0].node}", f"for {nodes[0].node}"
    if what.firm:
        return f"{what.firm} 能补什么", f"what {what.firm} would fill"
    return (f"{what.chain} 的空白点", f"gaps of {what.chain}") if what.chain else ("全部产业链的空白点", "gaps of every chain")


def _wanted(engine: GapEngine, settings: Settings, chains: Sequence[str], region: str, node: str,
            too: Sequence[str]) -> dict[str, Wanted]:
    """Node id → what is lacking of it, by rank; a node named by hand whatever its verdict; after the gaps those of verdicts ``too``."""
    ranked = placed(sorted(Ranking(engine, region, settings.ranking).rows(), key=lambda pair: (pair[1].chains[0], pair[1].node)))
    places = {row.node: row.rank.place for row in ranked if row.rank}
    rows = {n: (chain, row) for chain in reversed(chains) for n in engine.evidence.judged(chain) if (row := engine.row(chain, n))}
    ids = [node] if node else sorted((n for n, (_, row) in rows.items() if row.node in places), key=lambda n: (places[rows[n][1].node], n))
    ids += sorted(n for n, (_, row) in rows.items() if row.verdict in too and n not in ids)
    out = {}
    for id in ids:
        chain, row = rows[id]
        lacks = None
        if row.demand.used is not None and row.supply is not None and row.supply.value is not None:
            lacks = Amount(float(f"{max(row.demand.used - row.supply.value, 0.0):.9g}"), row.demand.unit)
        out[id] = Wanted(row.node, chain, row.verdict, places.get(row.node), lacks)
    return out


def _signed(engine: GapEngine, wanted: Mapping[str, Wanted]) -> tuple[Signed, ...]:
    """Projects here for the wanted nodes that are signed or being built, by the gap and then the stage."""
    out = []
    for id, one in wanted.items():
        row = engine.row(one.chain, id)
        items = [i for i in (row.pipeline if row else ()) if i.stage != "在谈"]
        out += [Signed(one.node, i) for i in sorted(items, key=lambda i: (STAGES.index(i.stage), i.project))]
    return tuple(out)


def _around(reader: Reader, settings: Settings, engine: GapEngine, wanted: Sequence[str], shipped: Mapping[str, Any]) -> Around:
    """Everything that is known of firms that may be sought: asked by node first, then by firm, never of all firms."""
    found = engine.evidence
    family = sorted({n for node in wanted for n in found.family(node)})
    inputs = {m for n in family for c in engine.demands.neighbours(n)[0] for m in found.family(c.upstream)}
    makers = _sure(reader.seen("makers_anywhere", "MAKES", nodes=family))
    supplies = _sure(reader.seen("supplies_of_nodes", "SUPPLIES", nodes=sorted({*family, *inputs})))
    contacts = _sure(reader.seen("contacts_of_nodes", "CONTACTS", nodes=family))
    investors = {f.start for f in found.sure("INVESTS_IN")}
    inferred = {node: {a.id: a.evidence for a in rows} for node, rows in adjacent(reader, wanted).items()}
    near_to = {firm for by in inferred.values() for firm in by}
    firms = {f.start for f in makers} | investors | near_to | {e for f in supplies for e in (f.start, f.end)} | {f.end for f in contacts}
    library = reader.seen("knows_of_nodes", "KNOWS", nodes=family)
    firms |= {f.end for f in library}
    owners = Owners(found.sure("OWNS"))
    stand = standing(reader, sorted(firms | owners.owned), sorted(found.regions))
    parents = owners.parents({f.start for f in stand})
    near = sorted(firms | owners.met(firms, parents))
    known = _sure((*library, *(f for id in ("knows_by_channels", "knows_by_teams", "knows_to_firms") for f in reader.seen(id, "KNOWS", ids=near))))
    contacts = _talks((*reader.seen("contacts_with_firms", "CONTACTS", firms=near), *reader.seen("contacts_of_nodes", "CONTACTS", nodes=family)))
    cards = _cards(reader, {*near, *(f.start for f in known), *(f.end for f in contacts)})
    power = own_reading(reader, factor(POWER, shipped, settings.factors), found.region, found.parent)
    return Around(makers, supplies, tuple(f for f in known if f.start != f.end), contacts, owners, parents, cards,
                  frozenset(f.start for f in stand), _made(stand), power, power_nodes(shipped, settings.compare), inferred)


def _sure(facts: Iterable[Seen]) -> tuple[Seen, ...]:
    """Believed, each once: a fact asked for by node and by firm is one fact."""
    return tuple(sorted(believed({f.id: f for f in facts}.values()), key=lambda f: f.id))


def _talks(facts: Sequence[Seen]) -> tuple[Seen, ...]:
    """Believed talks. A later row seldom repeats when talks began: ``first`` is the earliest day that any row of theirs gives, and ``began``
    that or, where none does, the earliest day they are told of."""
    stated: dict[str, list[Seen]] = {}
    for fact in facts:
        if fact.holds and fact.authority > 0:
            stated.setdefault(fact.line, []).append(fact)

    def dated(fact: Seen) -> Seen:
        given = [f["first"] for f in stated[fact.line] if f["first"]]
        began = min([*given, *(f.valid_from for f in stated[fact.line])])
        return replace(fact, own={**fact.own, "first": min(given, default=None), "began": began})

    return tuple(dated(fact) for fact in _sure(facts))


def _made(stand: Iterable[Seen]) -> dict[str, frozenset[str]]:
    """Firm here → the chain nodes that its plants here make: where it only has its seat the fact ends at the region itself."""
    out: dict[str, set[str]] = {}
    for fact in stand:
        if fact.end != fact["region"]:
            out.setdefault(fact.start, set()).add(fact.end)
    return {firm: frozenset(nodes) for firm, nodes in out.items()}


def _cards(reader: Reader, firms: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Names, stock codes and the source of these: ``stated`` None where it is unknown or not for the asked audience."""
    cards = {str(r["id"]): r for r in reader.rows("firm_cards", ids=sorted(firms))}
    cited = sorted({str(card["stated_by"]) for card in cards.values() if card["stated_by"]})
    may = {r["id"] for r in reader.rows("sources", ids=cited) if (r["audience"] or AUDIENCES[0]) in audiences(reader.asked.audience)}
    return {firm: {**card, "stated": card["stated_by"] if card["stated_by"] in may else None} for firm, card in cards.items()}


def _notes(what: What, rows: Sequence[Target], nodes: Sequence[Wanted], audience: str) -> tuple[Both, ...]:
    out = [COMPOSED]
    empty = [w.node for w in nodes if not any(r.node == w.node for r in rows)]
    if not nodes and not what.firm:
        out.append(("没有判为空白点的环节; 还没有材料的, 先 liantu load; 各环节的判定: liantu gaps",
                    "no node is judged a gap; where nothing is loaded yet, liantu load; what each node is: liantu gaps"))
    if empty and not what.firm:
        out.append((f"没有找到可招企业的环节: {'、'.join(empty)}", f"nodes without a firm to seek: {', '.join(empty)}"))
    if what.firm and not rows:
        out.append((f"没有依据说 {what.firm} 能补哪个空白点", f"no evidence says that {what.firm} would fill a gap"))
    if any(c.kind == "adjacent" for row in rows for c in row.evidence):
        out += [INFERRED, ("能力相近的推断在此没有评过准不准, 有的链材料太少评不了: 回测与逐条依据见 liantu adjacent 环节",
                          "how well adjacent capability tells is not judged here, and of few facts cannot be: liantu adjacent NODE, "
                          "with the facts of each")]
    if audience != "专班":
        out.append(("接触阶段与首谈只给专班看", "contact stages and first talks are for the task teams only"))
    return tuple(out)
