"""Fetches the evidence of chains: their nodes, their neighbours and variants, and every fact about them here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.evidence import ChainNode, Evidence, groups, outward
from analysis.leakage import MARKET
from analysis.projects import Projects
from analysis.supply import Supplies
from graph.clocks import Seen, believed
from graph.model import MILESTONES
from graph.settings import Settings
from queries.asking import Reader
from queries.names import parents, within
from queries.plants import Known, plants

OPEN = frozenset(id for rank, (id, _, _) in enumerate(MILESTONES) if rank >= [m[0] for m in MILESTONES].index("operating"))
"""Milestones that say that a project operates."""


def evidence(reader: Reader, settings: Settings, chains: Sequence[str]) -> Evidence:
    """All that the gap rows of some chains (ids) rest on, for the asked region with all within it."""
    parent = parents(reader)
    part_of = reader.seen("part_of", "PART_OF")
    placed = sorted(believed(part_of), key=_place)
    variants = reader.seen("variants", "VARIANT_OF")
    members = {chain: tuple(dict.fromkeys(f.start for f in placed if f.end == chain)) for chain in chains}
    core = _with_variants({node for nodes in members.values() for node in nodes}, variants)
    feeds = reader.seen("feeds", "FEEDS", nodes=sorted(core))
    around = _with_variants(core | {f.start for f in feeds} | {f.end for f in feeds}, variants)
    kin = tuple(f for f in variants if f.start in around and f.end in around)
    facts = {"PART_OF": part_of, "VARIANT_OF": kin, "FEEDS": feeds}
    found = _about(reader, settings, members, parent, around, facts)
    return _nearby(reader, found)


def _place(fact: Seen) -> tuple[float, str, str]:
    return (fact["col"] if fact["col"] is not None else 1e9, fact["lane"] or "", fact.start)


def _with_variants(nodes: set[str], variants: tuple[Seen, ...]) -> set[str]:
    """Nodes with what they are variants of, and all the variants of these.

    Not the other wholes of a variant: where names lie in several wholes, as in a data set of products, one would come from
    every node to nearly every other.
    """
    wholes, parts = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for fact in variants:
        wholes[fact.start].append(fact.end)
        parts[fact.end].append(fact.start)
    return _reached(_reached(nodes, wholes), parts)


def _reached(nodes: set[str], ways: Mapping[str, Sequence[str]]) -> set[str]:
    found, waiting = set(nodes), list(nodes)
    while waiting:
        more = [n for n in ways.get(waiting.pop(), ()) if n not in found]
        found.update(more)
        waiting += more
    return found


def _about(reader: Reader, settings: Settings, chains: dict[str, tuple[str, ...]], parent: dict[str, str],
           nodes: set[str], structure: dict[str, tuple[Seen, ...]]) -> Evidence:
    region = reader.asked.region
    regions = within(region, parent)
    here, about = sorted(regions), sorted(nodes)
    facts = dict(structure)
    facts |= _reports(reader, about, here, [*outward(region, parent), MARKET])
    facts["SURVEYS"] = reader.seen("surveys", "SURVEYS", regions=sorted({*here, *outward(region, parent)}))
    facts["AIMS"] = reader.seen("aims", "AIMS", nodes=about, regions=here)
    scopes = sorted({*chains, *(n for nodes in chains.values() for n in nodes)})
    facts["INDICATOR_AIMS"] = reader.seen("aims_at_indicators", "AIMS", "Region", scopes=scopes, regions=here)
    facts["CLAIMS"] = tuple(f for label in ("Region", "Firm", "Project")
                            for f in reader.seen(f"claims_by_{label.lower()}s", "CLAIMS", label, nodes=about))
    _projects(reader, facts, about)
    chain_nodes = _nodes(reader, nodes)
    stand = plants(reader, about, here, _known(chain_nodes, facts, facts["REPORTS"], parent))
    facts["MAKES"] = stand.facts
    names, masters = _names(reader, facts)
    sources = sorted({f.source for edge in facts.values() for f in edge})
    return Evidence(region, regions, parent, reader.asked.as_of, reader.asked.known_by, chains,
                    chain_nodes, settings.thresholds, facts, names,
                    {r["id"]: r for r in reader.rows("sources", ids=sources)}, bundles=stand.bundles, masters=masters)


def _known(nodes: dict[str, ChainNode], facts: dict[str, tuple[Seen, ...]], reports: tuple[Seen, ...],
           parent: dict[str, str]) -> Known:
    group = groups(believed(facts["OWNS"]))
    return Known(nodes, facts["VARIANT_OF"], reports, _asked_firms(facts, group), parent, group)


def _asked_firms(facts: dict[str, tuple[Seen, ...]], group: dict[str, str]) -> dict[str, frozenset[str]]:
    """Firms of whom it matters whether they make something: who claims, and who has invested in a project that opened.

    The latter with all of its group, for the nodes of the project: none of its plants may be counted twice.
    """
    members: dict[str, set[str]] = {}
    for firm, one in group.items():
        members.setdefault(one, set()).add(firm)
    parts: dict[str, set[str]] = {}
    for phase in facts["PHASE_OF"]:
        parts.setdefault(phase.end, set()).add(phase.start)
    adds: dict[str, set[str]] = {}
    for fact in facts["ADDS"]:
        adds.setdefault(fact.start, set()).add(fact.end)
    opened = {f.start for f in facts["REACHES"] if f["basis"] == "actual" and f.end in OPEN}
    found: dict[str, set[str]] = {}
    for fact in facts["INVESTS_IN"]:
        if not opened & {fact.end, *parts.get(fact.end, ())}:
            continue
        nodes = {n for project in (fact.end, *parts.get(fact.end, ())) for n in adds.get(project, ())}
        for firm in members.get(group.get(fact.start, fact.start), {fact.start}) if nodes else ():
            found.setdefault(firm, set()).update(nodes)
    claiming = {f.start: frozenset[str]() for f in facts["CLAIMS"] if f.start_label == "Firm"}
    return {firm: frozenset(nodes) for firm, nodes in found.items()} | claiming


def _reports(reader: Reader, nodes: list[str], here: list[str], markets: list[str]) -> dict[str, tuple[Seen, ...]]:
    """What regions here report, and beside it, from the same reading, the prices of the wider regions and the market."""
    found = reader.seen("reports", "REPORTS", nodes=nodes, regions=sorted({*here, *markets}))
    inside = set(here)
    return {"REPORTS": tuple(f for f in found if f.start in inside),
            "PRICES": tuple(f for f in found if f["measure"] == "price" and f.start in markets)}


def _projects(reader: Reader, facts: dict[str, tuple[Seen, ...]], nodes: list[str]) -> None:
    about = {f.start for f in reader.seen("adds", "ADDS", nodes=nodes)}
    # A project's other nodes too: an opening tells nothing of one node where it adds to several.
    facts["ADDS"] = reader.seen("adds_of_projects", "ADDS", projects=sorted(about))
    adding = sorted(about | {f.start for f in facts["CLAIMS"] if f.start_label == "Project"})
    facts["PHASE_OF"] = reader.seen("phases", "PHASE_OF", projects=adding)
    every = sorted({*adding, *(f.start for f in facts["PHASE_OF"]), *(f.end for f in facts["PHASE_OF"])})
    facts["REACHES"] = reader.seen("reaches", "REACHES", projects=every)
    facts["INVESTS_IN"] = reader.seen("invests", "INVESTS_IN", projects=every)
    claiming = sorted({f.start for f in facts["CLAIMS"] if f.start_label == "Firm"})
    facts["LOCATED_IN"] = (reader.seen("project_places", "LOCATED_IN", "Project", projects=every)
                           + reader.seen("firm_places", "LOCATED_IN", "Firm", firms=claiming))
    facts["OWNS"] = reader.seen("owns", "OWNS")


def _names(reader: Reader, facts: dict[str, tuple[Seen, ...]]) -> tuple[dict[str, str], frozenset[str]]:
    """Names of the firms and projects met in the facts, and which of the firms are chain masters."""
    firms = {f.start for edge in ("MAKES", "INVESTS_IN") for f in facts[edge]}
    firms |= {f.start for f in facts["CLAIMS"] if f.start_label == "Firm"}
    projects = {f.start for edge in ("ADDS", "PHASE_OF", "REACHES") for f in facts[edge]}
    projects |= {f.end for f in facts["PHASE_OF"]} | {f.start for f in facts["CLAIMS"] if f.start_label == "Project"}
    named = reader.rows("firm_names", ids=sorted(firms))
    rows = [*named, *reader.rows("project_names", ids=sorted(projects))]
    return {r["id"]: r["name"] for r in rows}, frozenset(r["id"] for r in named if r["chain_master"])


def _nodes(reader: Reader, nodes: set[str]) -> dict[str, ChainNode]:
    return {r["id"]: ChainNode(r["id"], r["name"], r["unit"] or "", bool(r["boundary"]))
            for r in reader.rows("chain_nodes", ids=sorted(nodes))}


def _nearby(reader: Reader, found: Evidence) -> Evidence:
    """The nearest wider region known to have a node, asked only of what does not stand here.

    Only plants, figures and surveys are fetched by region; the rest is already at hand. The region that lies in no other
    is no nearness: everything that is known at all is in it.
    """
    above = [r for r in outward(found.region, found.parent)[1:] if r in found.parent]
    if not above:
        return found
    supplies = Supplies(found, Projects(found))
    lacking = {n for chain in found.chains for n in found.judged(chain) if not supplies.of(n).stands}
    if not lacking:
        return found
    there, about = sorted(within(above[-1], found.parent)), sorted(_with_variants(lacking, found.facts["VARIANT_OF"]))
    reports = reader.seen("reports", "REPORTS", nodes=about, regions=there)
    stand = plants(reader, about, there, _known(found.nodes, found.facts, reports, found.parent), wider=True)
    facts = {**found.facts, "MAKES": stand.facts, "REPORTS": reports,
             "SURVEYS": reader.seen("surveys", "SURVEYS", regions=there)}
    nearest: dict[str, str] = {}
    for wider in above:
        view = replace(found, region=wider, regions=within(wider, found.parent), facts=facts, bundles=stand.bundles)
        have = Supplies(view, Projects(view))
        nearest |= {n: wider for n in sorted(lacking - set(nearest)) if have.of(n).stands}
    return replace(found, nearby=nearest.get)
