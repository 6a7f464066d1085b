"""From facts to target firms: who may be sought for a node, and what each fact about such a firm is evidence of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.cited import Cited
from analysis.evidence import Evidence
from analysis.gaps import GapEngine
from analysis.parts import Amount
from analysis.projects import Unit
from analysis.targets import Both, Excluded, Talk, Target
from graph import units
from graph.clocks import Seen, believed
from graph.grading import KINDS, Grading
from graph.model import TIES

TIE = {id: (zh, en) for id, zh, en in TIES}
PRICE = "工业电价"
Found = dict[str, list[Cited]]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beyond the region: believed facts, and of firms their names, stock codes and whether 500-largest.

    ``local``: firms with a plant or their seat here. ``prices``: what power costs here or in a wider region, nearest first.
    """

    makers: tuple[Seen, ...]
    supplies: tuple[Seen, ...]
    knows: tuple[Seen, ...]
    contacts: tuple[Seen, ...]
    owns: tuple[Seen, ...]
    cards: Mapping[str, Mapping[str, str]]
    local: frozenset[str]
    prices: tuple[Seen, ...] = ()
    inferred: Mapping[str, Mapping[str, Cited]] | None = None
    """Node → firm → adjacent capability, where somebody worked it out."""


class Candidates:
    """The firms that may be sought for one node."""

    def __init__(self, engine: GapEngine, around: Around, grading: Grading, node: str) -> None:
        self.engine, self.around, self.grading, self.node = engine, around, grading, node
        self.evidence: Evidence = engine.evidence
        self.family = frozenset(engine.evidence.family(node))
        self.name, self.unit = engine.evidence.nodes[node].name, engine.evidence.nodes[node].unit

    def targets(self) -> list[Target]:
        """Each candidate that is not here already, not yet graded."""
        gone = {e.id for e in self._excluded}
        return [self._target(firm, found) for firm, found in sorted(self._found.items()) if firm not in gone]

    def talks(self) -> list[Talk]:
        return [Talk(self._firm(f.end), self.name, f.start, f["stage"] or "", f["next_step"] or "", f["first"], f.valid_from, f["person"] or "")
                for f in self.around.contacts if f["node"] in self.family]

    def excluded(self) -> list[Excluded]:
        return [Excluded(self._firm(e.id), self.name, e.why, e.cited) for e in self._excluded]

    # --- Who.
    @cached_property
    def _found(self) -> Found:
        """Firm → what speaks for it; a firm without any is no candidate."""
        out: Found = defaultdict(list)
        for fact in self._elsewhere:
            out[fact.start].append(self._makes(fact))
        for firm, cited in self._expansions:
            out[firm].append(cited)
        for fact in self.around.supplies:
            self._supply(fact, out)
        for fact in self.around.contacts:
            if fact["node"] in self.family:
                out[fact.end].append(self._contact(fact))
        for firm, cited in ((self.around.inferred or {}).get(self.node, {})).items():
            out[firm].append(cited)
        for firm in out:
            out[firm] += self._more(firm, {c.kind for c in out[firm]})
        return {firm: found for firm, found in out.items() if firm in self.around.cards}

    @cached_property
    def _elsewhere(self) -> list[Seen]:
        return [f for f in self.around.makers if f.end in self.family and f["region"] not in self.evidence.regions
                and (f["state"] or "operating") == "operating"]

    @cached_property
    def _units(self) -> list[tuple[Unit, list[str]]]:
        """Projects for the node with the ids of their investors."""
        investors: dict[str, list[str]] = defaultdict(list)
        for fact in self.evidence.sure("INVESTS_IN"):
            investors[fact.end].append(fact.start)
        every = [u for u in self.engine.projects.every if u.adds.end in self.family]
        return [(u, sorted({*investors.get(u.project, ()), *investors.get(u.whole, ())})) for u in every]

    @cached_property
    def _expansions(self) -> list[tuple[str, Cited]]:
        since = self.evidence.as_of.toordinal() - self.grading.months * 365.25 / 12
        out = []
        for unit, investors in self._units:
            if self.engine.projects.place(unit) in self.evidence.regions or self.engine.projects.ended(unit) \
                    or self.engine.projects.stalled(unit):
                continue
            fact = self._latest(unit)
            if fact.valid_from.toordinal() >= since:
                out += [(firm, self._project("expands", unit, fact)) for firm in investors]
        return out

    def _latest(self, unit: Unit) -> Seen:
        """The newest actual step of a project, else what says that it adds."""
        steps = [f for f in self.evidence.sure("REACHES") if f.start in (unit.project, unit.whole) and f["basis"] == "actual"]
        return max(steps, key=lambda f: (f.valid_from, f.id), default=unit.adds)

    def _supply(self, fact: Seen, out: Found) -> None:
        """Who sells the node to a firm here; who buys from a firm here what the node is made of."""
        node = self.evidence.nodes.get(fact["node"])
        name = node.name if node else fact["node"]
        until = "" if fact["until"] is None else f", 至 {fact['until']}", "" if fact["until"] is None else f", until {fact['until']}"
        if fact["until"] is not None and fact["until"] < self.evidence.as_of:
            return
        if fact["node"] in self.family and fact.end in self.around.local and fact.start not in self.around.local:
            out[fact.start].append(self._cited("supplies", f"向本地 {self._firm(fact.end)} 供 {name}{until[0]}",
                                               f"supplies {name} to {self._firm(fact.end)} here{until[1]}", fact))
        if fact["node"] in self._inputs and fact.start in self.around.local and fact.end not in self.around.local:
            out[fact.end].append(self._cited("customer", f"向本地 {self._firm(fact.start)} 购 {name}{until[0]}",
                                             f"buys {name} from {self._firm(fact.start)} here{until[1]}", fact))

    @cached_property
    def _inputs(self) -> frozenset[str]:
        return frozenset(m for n in self.family for c in self.engine.demands.neighbours(n)[0] for m in self.evidence.family(c.upstream))

    # --- What else speaks for it.
    def _more(self, firm: str, kinds: set[str]) -> list[Cited]:
        out = [self._knows(f) for f in self.around.knows if f.end == firm]
        if "contact" not in kinds:
            out += [self._contact(f) for f in self.around.contacts if f.end == firm]
        out += [self._owns(f) for f in self.around.owns if f.start == firm and f.end in self.around.local]
        if kinds & {"makes", "expands"}:
            out += self._surplus + self._factors
        return out + self._listed(firm)

    @cached_property
    def _surplus(self) -> list[Cited]:
        """Inputs of which more is made than is used here, as for ``surplus`` (nobody here using any is the extreme of it), with the fact
        behind the first step of their supply."""
        out = []
        for input in sorted(self._inputs & set(self.evidence.nodes)):
            supply, (demand, _) = self.engine.supplies.of(input), self.engine.demands.of(input)
            fact = next((f for s in supply.steps for id in s.facts if (f := self._facts.get(id))), None)
            spare = supply.state == "known" and demand.used is not None and (supply.value or 0.0) > self.evidence.limits.balanced * demand.used
            if fact and spare:
                name = self.evidence.nodes[input].name
                out.append(self._cited("surplus", f"本地 {name} 富余, 是 {self.name} 的投入",
                                       f"{name}, an input of {self.name}, is in surplus here", fact))
        return out

    @cached_property
    def _facts(self) -> dict[str, Seen]:
        return {f.id: f for edge in ("REPORTS", "MAKES", "ADDS", "REACHES") for f in self.evidence.facts.get(edge, ())}

    @cached_property
    def _factors(self) -> list[Cited]:
        """Cheap power for a node that takes much of it; the nearest region with a figure in 元/千瓦时 tells."""
        if self.name not in self.grading.power_hungry:
            return []
        for fact in self.around.prices:
            value = units.convert(float(fact["value"]), fact["unit"] or "", "元/千瓦时")
            if value is not None:
                about = f"{fact.start} {PRICE} {value:.4g} 元/千瓦时 ({fact['period']})"
                return [] if value > self.grading.power_price else [self._cited(
                    "factors", f"{self.name} 耗电大, {about}", f"{self.name} takes much power; {about}", fact)]
        return []

    def _listed(self, firm: str) -> list[Cited]:
        card = self.around.cards.get(firm, {})
        stock, big = card.get("listed"), bool(card.get("top500"))
        zh, en = [f"上市 {stock}"] * bool(stock) + ["500强"] * big, [f"listed {stock}"] * bool(stock) + ["500-largest"] * big
        return [Cited("listed", "、".join(zh), ", ".join(en), "", self.evidence.as_of, self.evidence.known_by)] if zh else []

    # --- One firm.
    def _target(self, firm: str, found: list[Cited]) -> Target:
        capacity = self._capacity(firm)
        talks = sorted((f for f in self.around.contacts if f.end == firm and f["node"] in self.family),
                       key=lambda f: (f["first"] or f.valid_from, f.start))
        told = tuple(sorted(set(found), key=lambda c: (list(KINDS).index(c.kind), -c.valid_from.toordinal(), c.text, c.fact)))
        owner = talks[0].start if talks else None
        return Target(self._firm(firm), self.name, "", ("", ""), told, self._against(firm), self._unknown(firm, capacity, found), (), capacity,
                      self._share(capacity), owner, tuple(dict.fromkeys(f.start for f in talks if f.start != owner)), firm)

    def _capacity(self, firm: str) -> Amount | None:
        """Its plants together, or the figure of the whole group, whichever says more: a total holds the plants."""
        sizes = defaultdict[str, list[float]](list)
        for fact in self._elsewhere:
            if fact.start == firm and fact["capacity"] is not None:
                value = units.convert(float(fact["capacity"]), fact["unit"] or "", self.unit)
                if value is not None:
                    sizes["total" if fact["region"] in self._wide else "plants"].append(value)
        found = [sum(sizes["plants"]), *sizes["total"]] if sizes else []
        return Amount(float(f"{max(found):.9g}"), self.unit) if found else None

    @cached_property
    def _wide(self) -> frozenset[str]:
        """Regions that lie in no other: a figure of the whole country is no single plant."""
        return frozenset(f["region"] for f in self._elsewhere if f["region"] not in self.evidence.parent)

    def _share(self, capacity: Amount | None) -> float | None:
        return None if capacity is None or capacity.value is None or not self._total else float(f"{capacity.value / self._total:.9g}")

    @cached_property
    def _total(self) -> float:  # once a node, not once a firm
        return sum(c.value for firm in sorted({f.start for f in self._elsewhere}) if (c := self._capacity(firm)) and c.value)

    def _against(self, firm: str) -> tuple[Cited, ...]:
        stopped = [self._cited("stopped", f"{f['region']} 的 {self.name} 已停产", f"its plant of {self.name} in {f['region']} stopped", f)
                   for f in self.around.makers if f.start == firm and f.end in self.family and f["state"] == "stopped"]
        ended = [self._project("cancelled", unit, self._latest(unit)) for unit, investors in self._units if firm in investors
                 and (self.engine.projects.ended(unit) or self.engine.projects.stalled(unit))]
        return tuple(sorted([*stopped, *ended], key=lambda c: (c.kind, c.valid_from, c.text, c.fact)))

    def _unknown(self, firm: str, capacity: Amount | None, found: Iterable[Cited]) -> tuple[Both, ...]:
        kinds = {c.kind for c in found}
        out: list[Both] = []
        if capacity is None:
            told = any(f.start == firm and f["capacity"] is not None for f in self._elsewhere)
            zh, en = (f"有数, 但换算不成 {self.unit}", f"a figure, not in {self.unit}") if told else ("未见公开数据", "no public figure")
            out.append((f"产能: {zh}", f"capacity: {en}"))
        if not kinds & {"supplies", "customer", "parent", "tie", "contact"}:
            out.append(("与本地的联系: 未见", "ties with us: none known"))
        if self.name in self.grading.power_hungry and not self.around.prices:
            out.append((f"{PRICE}: 未见公开数据", "price of power: no public figure"))
        return tuple(out)

    # --- Who is here already.
    @cached_property
    def _excluded(self) -> list[_Gone]:
        here = [_Gone(f.start, "here", self._cited("here", f"已在本地生产 {self.name}", f"makes {self.name} here already", f))
                for f in self.evidence.sure("MAKES") if f.end in self.family and f["region"] in self.evidence.regions
                and (f["state"] or "operating") == "operating"]
        coming = [_Gone(firm, "here" if self.engine.projects.opened(u) else "pipeline", self._project("pipeline", u, self._latest(u)))
                  for u, investors in self._units for firm in investors
                  if self.engine.projects.place(u) in self.evidence.regions and not self.engine.projects.ended(u)]
        first: dict[str, _Gone] = {}
        for gone in (*here, *coming):
            first.setdefault(gone.id, gone)
        kin = {self.evidence.group(firm): gone for firm, gone in sorted(first.items(), reverse=True)}
        for firm in self._found:
            near = kin.get(self.evidence.group(firm))
            if firm not in first and near:
                first[firm] = _Gone(firm, near.why, near.cited)
        return [gone for _, gone in sorted(first.items())]

    # --- Facts in words.
    def _firm(self, id: str) -> str:
        return self.around.cards.get(id, {}).get("name") or self.evidence.name(id)

    def _makes(self, fact: Seen) -> Cited:
        size = "产能未见公开数据" if fact["capacity"] is None else f"{float(fact['capacity']):.6g} {fact['unit']}"
        en = "capacity not public" if fact["capacity"] is None else size
        whole = (" (合计)", " (total)") if fact["region"] in self._wide else ("", "")
        what = self.evidence.nodes[fact.end].name
        return self._cited("makes", f"{fact['region']}{whole[0]} {what}: {size}", f"{fact['region']}{whole[1]} {what}: {en}", fact)

    def _project(self, kind: str, unit: Unit, fact: Seen) -> Cited:
        place = self.engine.projects.place(unit)
        size = "" if unit.adds["capacity"] is None else f", {float(unit.adds['capacity']):.6g} {unit.adds['unit']}"
        told = f"{self.evidence.name(unit.project)} ({place or '—'}{size})"
        return self._cited(kind, told, told, fact)

    def _knows(self, fact: Seen) -> Cited:
        zh, en = TIE.get(fact["tie"], (fact["tie"] or "", fact["tie"] or ""))
        return self._cited("tie", f"{self._firm(fact.start)} ({zh})", f"{self._firm(fact.start)} ({en})", fact)

    def _contact(self, fact: Seen) -> Cited:
        return self._cited("contact", told := f"{fact.start}: {fact['stage'] or '—'}", told, fact)

    def _owns(self, fact: Seen) -> Cited:
        share = "" if fact["share"] is None else f" {float(fact['share']):.6g} %"
        return self._cited("parent", f"本地 {self._firm(fact.end)} 的总部{share}", f"parent of {self._firm(fact.end)} here{share}", fact)

    @staticmethod
    def _cited(kind: str, text: str, en: str, fact: Seen) -> Cited:
        return Cited(kind, text, en, fact.source, fact.valid_from, fact.known_from, fact.id)


@dataclass(frozen=True, slots=True)
class _Gone:
    id: str
    why: str
    cited: Cited


def newest_prices(facts: Iterable[Seen], ways: list[str]) -> tuple[Seen, ...]:
    """Believed prices of power of the region and those around it, nearest region first, the newest first."""
    sure = [f for f in believed(facts) if f["value"] is not None and f.start in ways]
    return tuple(sorted(sure, key=lambda f: (ways.index(f.start), -f.valid_from.toordinal(), f.line)))

