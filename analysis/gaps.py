"""The gap rows of a chain: supply against demand, verdict, flags, pipeline, claims, goal, derivation."""

from __future__ import annotations

from analysis import goals
from analysis.answers import Claim, GapRow, PipelineItem
from analysis.building import after, after_steps, sums
from analysis.claims import claims_of
from analysis.conflicts import conflicts
from analysis.demand import Demands, coverage
from analysis.evidence import Evidence
from analysis.leakage import leakage
from analysis.makers import makers, single
from analysis.parts import Amount, Demand, Source, Step
from analysis.pipeline import pipeline
from analysis.projects import Projects, Unit
from analysis.risk import Risks
from analysis.supply import Supplies, Supply
from analysis.words import FLAGS, VERDICTS
from graph.clocks import Seen
from graph.model import EDGE


class GapEngine:
    """Everything that is computed once for all rows of one question."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.projects = Projects(evidence)
        self.supplies = Supplies(evidence, self.projects)
        self.demands = Demands(evidence, self.supplies)
        self.risks = Risks(evidence, self.demands)
        self.building = self.projects.building()

    def rows(self, chain: str) -> tuple[GapRow, ...]:
        """One row a node of the chain; boundary nodes have none."""
        return tuple(self._row(chain, n) for n in self.evidence.judged(chain))

    def row(self, chain: str, node: str) -> GapRow | None:
        """The row of one node alone; None where the chain does not judge it."""
        return self._row(chain, node) if node in self.evidence.judged(chain) else None

    def _row(self, chain: str, node: str) -> GapRow:
        evidence, supply = self.evidence, self.supplies.of(node)
        own = self.supplies.own(node)
        demand, demand_steps = self.demands.of(node)
        ratio = coverage(supply.value, demand) if supply.state in ("known", "zero") else None
        verdict, rule = self.verdict(node, supply, demand)
        family = evidence.family(node)
        items = pipeline(evidence, self.projects, family, demand)
        unproven = [e for u in self.projects.units_of(family) if (e := self.projects.unproven(u))]
        claims = claims_of(evidence, node, supply, bool(unproven))
        goal = goals.nearest(evidence, node)
        thin = self.demands.thin(node)
        clashes = conflicts(evidence, node, frozenset(u.project for u in self.projects.units_of((node,))))
        clashes += self._figure_against_list(node, supply, demand, verdict)
        nearby = evidence.nearby(node) if supply.state in ("zero", "unknown") else None
        carried = goals.carried_over(evidence, node, goal)
        lost, price_steps = leakage(evidence, node, supply, demand)
        checks = tuple(_check(evidence, e) for e in unproven)
        flags = self._flags(node, supply, items, claims, bool(checks), bool(clashes), thin is not None, nearby, carried)
        steps = (*supply.steps, *self._held_back(node), *demand_steps, *((thin[1],) if thin else ()), *clashes, *checks, *carried,
                 *goals.backwards(evidence, node), *after_steps(evidence, self.projects, family, supply, demand),
                 *self.risks.steps(node), *price_steps, rule)
        return GapRow(chain, evidence.nodes[node].name, verdict, flags, _amount(supply), _amount(own), demand,
                      ratio, items, thin[0] if thin else None, nearby, goals.shown(goal), claims, steps,
                      self._sources(steps, claims, items, goal, self.projects.units_of(family)),
                      figure=_sized(supply.figure, supply.unit),
                      listed=_sized(supply.listed, supply.unit), conversion=self.demands.conversion(node),
                      own_verdict=self._own_verdict(node, own, demand), sums=sums(self.projects, family, demand.unit),
                      after_building=after(self.projects, family, supply, demand), output_at_risk=self.risks.of(node),
                      worth=self.risks.worth(node), makers=makers(evidence, supply), leakage=lost)

    def _own_verdict(self, node: str, own: Supply, demand: Demand) -> str | None:
        """What a node would be without its variants; None where it has none."""
        return self.verdict(node, own, demand)[0] if self.evidence.variants.get(node) else None

    def verdict(self, node: str, supply: Supply, demand: Demand) -> tuple[str, Step]:
        """The first verdict that holds, and the rule that fired."""
        if supply.state == "unknown":
            return _fired("unknown", "没有人核实过", "nobody has looked")
        if supply.state == "zero":
            return self._gap(node)
        if supply.state == "unsized" or supply.partial or demand.used is None or demand.used <= 0:
            why = ("产能待核", "size unknown") if supply.state == "unsized" else ("名单不全", "list incomplete") \
                if supply.partial else ("需求未知", "demand unknown") if demand.used is None else ("本地没有需求", "no demand here")
            return _fired("present", *why)
        return self._ratio((supply.value or 0.0) / demand.used)

    def _ratio(self, ratio: float) -> tuple[str, Step]:
        limits = self.evidence.limits
        verdict = "weak" if ratio < limits.weak else "short" if ratio < 1 else \
            "balanced" if ratio <= limits.balanced else "surplus"
        return _fired(verdict, f"供需比 {ratio:.1%}", f"ratio {ratio:.1%}")

    def _gap(self, node: str) -> tuple[str, Step]:
        whole = self.evidence.whole_of.get(node)
        if whole and self.supplies.of(whole).stands:
            name = self.evidence.nodes[whole].name
            return _fired("absent", f"变型, 其环节 {name} 已有", f"a variant; its node {name} stands")
        needed, fed = self.needed(node), self.demands.fed(node)
        feeder = self.evidence.nodes[fed[0].upstream].name if fed else ""
        if needed and fed:
            return _fired("broken", f"{needed[0]} 需要, {feeder} 在此: 两端都有, 中间没有",
                          f"{needed[0]} needs it and {feeder} is here: both neighbours stand, the link does not")
        if needed:
            return _fired("missing", f"{needed[0]} 需要, 本地没有上游", f"{needed[0]} needs it, nothing here feeds it")
        if fed:
            return _fired("extension", f"{feeder} 可供给, 本地无人需要", f"{feeder} could feed it, nothing here needs it")
        return _fired("absent", "上下游都未见于本地", "neither neighbour is known to be here")

    def needed(self, node: str) -> list[str]:
        """Names of local nodes that take it as an essential input: what stands first, then what is being built."""
        standing = [c.downstream for c in self.demands.essential(node)]
        return [self.evidence.nodes[n].name for n in standing] + \
            [self.evidence.nodes[n].name + "(在建)" for n in self._building(node) if n not in standing]

    def _building(self, node: str) -> list[str]:
        return [c.downstream for c in self.demands.neighbours(node)[1] if c.essential and c.downstream in self.building
                and not self.evidence.nodes[c.downstream].boundary]

    def _flags(self, node: str, supply: Supply, items: tuple[PipelineItem, ...], claims: tuple[Claim, ...], check: bool,
               conflict: bool, thin: bool, nearby: str | None, carried: tuple[Step, ...]) -> tuple[str, ...]:
        standing = bool(self.demands.essential(node))
        said = [c.says for c in claims if c.holds]
        found = {
            "essential": standing or bool(self._building(node)),
            "ahead": supply.state == "zero" and not standing and bool(self._building(node)),
            "claimed": not supply.stands and ("filled" in said or "complete" in said),
            "wanted": "wanted" in said, "check": check, "pipeline": bool(items),
            "overdue": any(i.overdue or any(p.overdue for p in i.phases) for i in items),
            "carried-over": bool(carried), "conflict": conflict, "unsized": supply.unsized,
            "partial": supply.partial, "single-source": single(self.evidence, supply), "thin": thin, "nearby": nearby is not None,
        }
        return tuple(flag for flag in FLAGS if found[flag])

    def _held_back(self, node: str) -> tuple[Step, ...]:
        """Figures of authority 0: shown, never counted."""
        facts = [f for edge in ("MAKES", "REPORTS", "ADDS") for f in self.evidence.about(edge, node)]
        facts += [f for f in self.demands.stated.get(node, ()) if f.authority == 0]
        return tuple(Step("held-back", f"仅列示, 不计入: {_figure(f)}", f"shown, not counted: {_figure(f)}", (f.id,), (f.source,))
                     for f in facts if f.authority == 0 and f[EDGE[f.edge].value] is not None)

    def _figure_against_list(self, node: str, supply: Supply, demand: Demand, verdict: str) -> tuple[Step, ...]:
        """Figure and sum are both printed; where a complete list would tell otherwise, they disagree."""
        if supply.figure is None or supply.listed is None or not supply.complete or not demand.used:
            return ()
        other, _ = self._ratio(supply.listed / demand.used)
        if other == verdict:
            return ()
        return (Step("conflict.list", f"按名单合计则为 {VERDICTS[other][0]}", f"by the list it would be {other}"),)

    def _sources(self, steps: tuple[Step, ...], claims: tuple[Claim, ...], items: tuple[PipelineItem, ...],
                 goal: Seen | None, units: list[Unit]) -> tuple[Source, ...]:
        ids = {s for step in steps for s in step.sources} | {c.source for c in claims}
        ids |= {s.source for i in items for s in i.slips} | ({goal.source} if goal else set())
        names = {i.project for i in items} | {p.project for i in items for p in i.phases}
        ids |= {u.adds.source for u in units if self.evidence.name(u.project) in names}
        return tuple(self.evidence.source(id) for id in sorted(ids))


def _figure(fact: Seen) -> str:
    return f"{fact[EDGE[fact.edge].value]:.6g} {fact['unit']} ({fact.valid_from})"


def _fired(verdict: str, zh: str, en: str) -> tuple[str, Step]:
    return verdict, Step(f"verdict.{verdict}", f"判定 {VERDICTS[verdict][0]}: {zh}", f"verdict {verdict}: {en}")


def _sized(value: float | None, unit: str) -> Amount | None:
    return None if value is None else Amount(value, unit)


def _amount(supply: Supply) -> Amount | None:
    return None if supply.state == "unknown" else Amount(supply.value, supply.unit)


def _check(evidence: Evidence, event: Seen) -> Step:
    name = evidence.name(event.start)
    return Step("check", f"{name} {event['day']} 投产, 未说明是哪个环节或哪一期: 不计入",
                f"{name} opened on {event['day']} without saying which node or phase: not counted",
                (event.id,), (event.source,))
