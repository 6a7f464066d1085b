"""What is missing in a chain, here, as of a day, with what was known by a day."""

from __future__ import annotations

from analysis.answers import GapRow, Gaps
from analysis.chain_figures import chain_figures
from analysis.gaps import GapEngine
from graph.settings import Settings
from graph.store import Store
from queries.asking import Asked, Reader
from queries.fetch import evidence
from queries.names import chain_named


def gaps(store: Store, settings: Settings, chain: str, asked: Asked) -> Gaps:
    """The gap rows of ``chain``; QuestionError for an unknown chain."""
    chain = chain_named(store, asked, chain)
    return answer(GapEngine(evidence(Reader(store, asked), settings, [chain])), chain, asked)


def answer(engine: GapEngine, chain: str, asked: Asked) -> Gaps:
    """The answer about one chain of an engine that has its evidence."""
    rows = engine.rows(chain)
    return Gaps("gaps", asked.region, chain, asked.as_of, asked.known_by, asked.audience, rows, (*notes(rows), *cycles(engine)),
                chain_figures(engine, chain, rows))


def cycles(engine: GapEngine) -> tuple[tuple[str, str], ...]:
    """What feeds, or is a variant of, itself in a way that cannot be: named at the foot of every answer that rests on it."""
    return (*((step.zh, step.en) for step in engine.risks.cycles), *_rings(engine))


def _rings(engine: GapEngine) -> tuple[tuple[str, str], ...]:
    names = [" → ".join(engine.evidence.nodes[n].name for n in (f.start, f.end)) for f in engine.evidence.rings]
    return ((f"变型成环, 不计: {'、'.join(names)}", f"variants in a ring, not counted: {', '.join(names)}"),) if names else ()


def notes(rows: tuple[GapRow, ...]) -> tuple[tuple[str, str], ...]:
    """The foot of the table: how many nodes nobody looked at, how many ratios are off, what would tell most."""
    unknown = [r.node for r in rows if r.verdict == "unknown"]
    no_ratio = [r for r in rows if r.coverage is None and r.verdict == "present"]
    out = []
    if unknown:
        out.append((f"{len(unknown)} 个环节待核, 不等于缺: {'、'.join(unknown)}",
                    f"{len(unknown)} nodes nobody has looked at, which is not missing: {', '.join(unknown)}"))
    if no_ratio:
        out.append((f"{len(no_ratio)} 个环节已有而缺数字, 供需比未算", f"{len(no_ratio)} nodes stand without the figures for a ratio"))
    telling = most_telling(rows)
    if telling:
        out.append((f"最该补的产能: {'、'.join(telling)}", f"capacities that would tell most: {', '.join(telling)}"))
    return tuple(out)


def most_telling(rows: tuple[GapRow, ...], count: int = 3) -> list[str]:
    """Nodes whose missing size or survey switches most off: those that stand unsized before those unlooked at.

    The cheap look at the foot of every table; ``liantu ask`` tries the answers themselves.
    """
    def weight(row: GapRow) -> tuple[int, int, str]:
        blocked = sum(1 for other in rows if any(s.rule == "demand.unknown" and s.zh.startswith(row.node + " ")
                                                 for s in other.derivation))
        return (-blocked, 0 if "unsized" in row.flags else 1 if "partial" in row.flags else 2, row.node)

    lacking = [r for r in rows if {"unsized", "partial"} & set(r.flags) or (r.verdict == "unknown" and "essential" in r.flags)]
    return [r.node for r in sorted(lacking, key=weight)[:count]]
