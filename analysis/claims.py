"""Claims: who said what of a node, and what the evidence supports on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.answers import Claim
from analysis.evidence import Evidence
from graph.clocks import Seen

if TYPE_CHECKING:
    from analysis.supply import Supply


def made_here(evidence: Evidence, node: str) -> list[Seen]:
    """Claims about a node by R, by a firm or project in R, or by a wider region for a scope that contains R."""
    return [c for c in evidence.sure_about("CLAIMS", node) if _speaks_here(evidence, c)]


def _speaks_here(evidence: Evidence, claim: Seen) -> bool:
    if claim.start_label == "Region":
        if claim.start in evidence.regions:
            return True
        scope = claim["scope"] or claim.start
        return evidence.inside(evidence.region, claim.start) and evidence.inside(evidence.region, scope)
    if evidence.places.get(claim.start) in evidence.regions:
        return True
    return claim.start in evidence.makers_here


def wanted_now(evidence: Evidence, claim: Seen) -> bool:
    """Whether the claimant's newest wanted list for a chain of the node still names it."""
    chains = evidence.chains_of.get(claim.end, (claim.end,))
    return any(claim.valid_from == evidence.newest_lists[claim.start, chain] for chain in chains)


def speaks_for(evidence: Evidence, claim: Seen) -> bool:
    """Whether a claim that something is lacking is about all of R: a part of R speaks only for itself."""
    return claim.start_label != "Region" or evidence.inside(evidence.region, claim.start)


def holds(evidence: Evidence, claim: Seen) -> bool:
    return claim["says"] != "wanted" or wanted_now(evidence, claim)


def claims_of(evidence: Evidence, node: str, supply: Supply, unproven: bool) -> tuple[Claim, ...]:
    """All claims about a node with the state that the evidence supports, by day."""
    state = "stands" if supply.stands else "unproven" if unproven else \
        "unknown" if supply.state == "unknown" else "not-standing"
    found = made_here(evidence, node)
    return tuple(Claim(evidence.name(c.start), evidence.nodes[node].name, c["says"], c["scope"], c.valid_from,
                       c.known_from, state, holds(evidence, c), c.source)
                 for c in sorted(found, key=lambda c: (c.valid_from, c["says"], c.id)))
