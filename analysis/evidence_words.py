"""Facts about a firm in words, as evidence for and against visiting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.cited import Cited
from analysis.evidence import Evidence
from analysis.owners import Kin
from analysis.projects import Projects, Unit
from graph.clocks import Seen
from graph.model import TIES

TIE = {id: (zh, en) for id, zh, en in TIES}


class Words:
    """What a fact says, in both languages, with its source. ``cards``: names of firms that lie beyond the asked chains."""

    def __init__(self, evidence: Evidence, projects: Projects, cards: Mapping[str, Mapping[str, str]]) -> None:
        self.evidence, self.projects, self.cards = evidence, projects, cards

    def firm(self, id: str) -> str:
        return self.cards.get(id, {}).get("name") or self.evidence.name(id)

    def node(self, id: str) -> str:
        return self.evidence.nodes[id].name if id in self.evidence.nodes else id

    def wide(self, region: str) -> bool:
        """Whether a region lies in no other: a figure of the whole country is no single plant."""
        return region not in self.evidence.parent

    def makes(self, fact: Seen) -> Cited:
        size = "产能未见公开数据" if fact["capacity"] is None else f"{float(fact['capacity']):.6g} {fact['unit']}"
        en = "capacity not public" if fact["capacity"] is None else size
        whole = (" (合计)", " (total)") if self.wide(fact["region"]) else ("", "")
        what = self.node(fact.end)
        return cited("makes", f"{fact['region']}{whole[0]} {what}: {size}", f"{fact['region']}{whole[1]} {what}: {en}", fact)

    def here(self, node: str, fact: Seen) -> Cited:
        return cited("here", f"已在本地生产 {node}", f"makes {node} here already", fact)

    def stopped(self, node: str, fact: Seen) -> Cited:
        return cited("stopped", f"{fact['region']} 的 {node} 已停产", f"its plant of {node} in {fact['region']} stopped", fact)

    def project(self, kind: str, unit: Unit, fact: Seen) -> Cited:
        place = self.projects.place(unit)
        size = "" if unit.adds["capacity"] is None else f", {float(unit.adds['capacity']):.6g} {unit.adds['unit']}"
        told = f"{self.evidence.name(unit.project)} ({place or '—'}{size})"
        return cited(kind, told, told, fact)

    def supplies(self, fact: Seen) -> Cited:
        zh, en = _until(fact)
        return cited("supplies", f"向本地 {self.firm(fact.end)} 供 {self.node(fact['node'])}{zh}",
                     f"supplies {self.node(fact['node'])} to {self.firm(fact.end)} here{en}", fact)

    def customer(self, fact: Seen) -> Cited:
        zh, en = _until(fact)
        return cited("customer", f"向本地 {self.firm(fact.start)} 购 {self.node(fact['node'])}{zh}",
                     f"buys {self.node(fact['node'])} from {self.firm(fact.start)} here{en}", fact)

    def knows(self, fact: Seen) -> Cited:
        zh, en = TIE.get(fact["tie"], (fact["tie"] or "关系未注明", fact["tie"] or "tie not told"))
        return cited("tie", f"{self.firm(fact.start)} ({zh})", f"{self.firm(fact.start)} ({en})", fact)

    def contact(self, fact: Seen) -> Cited:
        return cited("contact", told := f"{fact.start}: {fact['stage'] or '—'}", told, fact)

    def kin(self, kin: Kin) -> list[Cited]:
        """A piece for each fact on the way, since each has its own source; each names the whole way where that is longer than a step."""
        here, top = self.firm(kin.local), self.firm(kin.top)
        if len(kin.facts) == 1 and not kin.side:
            share = _share(kin.facts[0])
            return [cited("parent", f"本地 {here} 的总部{share}", f"parent of {here} here{share}", kin.facts[0])]
        if not kin.side:
            zh, en = f"本地 {here} 的上级总部, {self._way(kin.down)}", f"owner further up of {here} here, {self._way(kin.down)}"
        elif not kin.down:
            zh, en = f"本地 {here} 的下属, {self._way(kin.side)}", f"owned by {here} here, {self._way(kin.side)}"
        else:
            ways = f"{self._way(kin.down)}; {self._way(kin.side)}"
            zh, en = f"与本地 {here} 同属 {top}, {ways}", f"{top} owns both it and {here} here, {ways}"
        return [cited("parent", *self._step(zh, en, fact, len(kin.facts)), fact) for fact in kin.facts]

    def _step(self, zh: str, en: str, fact: Seen, steps: int) -> tuple[str, str]:
        told = f"{self.firm(fact.start)} → {self.firm(fact.end)}{_share(fact)}"
        return (zh, en) if steps == 1 else (f"{zh} [其中 {told}]", f"{en} [of it {told}]")

    def _way(self, way: Sequence[Seen]) -> str:
        return " → ".join([self.firm(way[0].start), *(self.firm(fact.end) + _share(fact) for fact in way)])


def cited(kind: str, text: str, en: str, fact: Seen) -> Cited:
    """With the days of what its source says: those of an earlier figure where the newer fact gives none."""
    return Cited(kind, text, en, fact.source, *(fact.figure_days or (fact.valid_from, fact.known_from)), fact.id)


def listed(card: Mapping[str, Any], evidence: Evidence) -> list[Cited]:
    """Stock code and 500-largest; told later, or by a source that is not for these eyes (no ``stated``), nothing is said."""
    stock, big, day = card.get("listed"), bool(card.get("top500")), card.get("stated_on")
    zh, en = [f"上市 {stock}"] * bool(stock) + ["500强"] * big, [f"listed {stock}"] * bool(stock) + ["500-largest"] * big
    if not zh or not card.get("stated") or day is None or day > evidence.known_by:
        return []
    return [Cited("listed", "、".join(zh), ", ".join(en), str(card["stated"]), day, day)]


def _share(fact: Seen) -> str:
    return "" if fact["share"] is None else f" {float(fact['share']):.6g} %"


def _until(fact: Seen) -> tuple[str, str]:
    return ("", "") if fact["until"] is None else (f", 至 {fact['until']}", f", until {fact['until']}")
