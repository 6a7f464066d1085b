"""What a load did, told from the index after it: 新增, 变更, 未变, 本次未见, and what a person should look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.declare import Property
from graph.facts import Fact
from graph.model import EDGE
from graph.workspace import Material
from loaders import suspect
from loaders.derive import Stated, sentence
from loaders.index import Index
from loaders.index_firms import FirmsOf
from loaders.index_text import fact_of
from loaders.settling import version
from loaders.words import words

LINES = 20
"""Of each sort that are told one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class Gone:
    """本次未见: a fact of the older version that the newer does not state."""

    id: str
    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class Changed:
    """变更: a line that had another value; the old one stays, as what was known then."""

    id: str
    text: str
    cell: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Told:
    """New facts on lines that were known, on lines that were not, facts that were stated before, and those not seen."""

    added: tuple[str, ...]
    changed: tuple[Changed, ...]
    added_count: int
    changed_count: int
    kept: int
    gone: tuple[Gone, ...]


class Telling:
    """``numbers``: the new material, in the index. Nothing here is asked of more than its own lines."""

    def __init__(self, index: Index, numbers: Sequence[int], stated: Sequence[Stated]) -> None:
        self.index, self.numbers, self.stated = index, numbers, stated
        self.materials = index.materials()
        self.lines = {id: line for one in stated for id, line in one.lines.items()}
        self.earlier: dict[str, list[tuple[int, str, str]]] = {}
        for number, id, line, text in index.bodies_on(dict.fromkeys(self.lines.values())):
            if number not in numbers and self.materials[number].kind != "retire":
                self.earlier.setdefault(line, []).append((number, id, text))

    def told(self) -> Told:
        known = {id for said in self.earlier.values() for _, id, _ in said}
        facts = {id: f for one in self.stated for id, f in one.facts.items()}
        fresh = [id for id in facts if id not in known]
        changed = [id for id in fresh if self.lines[id] in self.earlier]
        added = [id for id in fresh if self.lines[id] not in self.earlier]
        newer = any(self._older(number) is not None for number in self.numbers)
        return Told(tuple(self.sentence(facts[id]) for id in added[:LINES if newer else 0]),
                    tuple(self._changed(facts[id], id) for id in changed[:LINES]), len(added), len(changed), len(facts) - len(fresh),
                    tuple(gone for number, one in zip(self.numbers, self.stated, strict=True) for gone in self._gone(number, one)))

    def sentence(self, one: Fact) -> str:
        return sentence(one, self.index.name_of)

    def _changed(self, new: Fact, id: str) -> Changed:
        """Against the last version of the same file where that stated the line, else against what counted most."""
        names = {self.materials[number].name for number in self.numbers}
        ranked = [((self.materials[number].name in names, number), fact_of(at, text)) for number, at, text in self.earlier[self.lines[id]]]
        _, old = max(ranked, key=lambda one: (*one[0], one[1].precedence))
        was, now = zip(*self._differing(old, new), strict=True)
        return Changed(id, self.sentence(new), new.cell, ", ".join(was), ", ".join(now))

    def _differing(self, old: Fact, new: Fact) -> list[tuple[str, str]]:
        """Values that are not the same, old and new, as a person reads them; the days where only these differ."""
        pairs = [(f"{p.zh} {_said(p, old.properties[p.name])}", _said(p, new.properties[p.name])) for p in EDGE[new.edge].properties
                 if old.properties[p.name] != new.properties[p.name]]
        pairs += [(self.index.name_of(*before), self.index.name_of(*after)) for before, after in
                  (((old.start_label, old.start), (new.start_label, new.start)), ((old.end_label, old.end), (new.end_label, new.end)))
                  if before != after]
        return pairs or [(f"{old.valid_from} ({old.source})", f"{new.valid_from} ({new.source})")]

    def _older(self, number: int) -> int | None:
        """The last version of the same file, itself left out."""
        name = self.materials[number].name
        return max((n for n, entry in self.materials.items() if entry.name == name and n != number), default=None)

    def _gone(self, number: int, one: Stated) -> Iterator[Gone]:
        """Facts only the last version of the same file stated, on lines the new one does not speak of."""
        older = self._older(number)
        if older is None:
            return
        lines = set(one.lines.values())
        lost = {id: (line, text) for id, (line, text) in self.index.said_by(older).items() if line not in lines}
        elsewhere = {id for n, id, _, _ in self.index.bodies_on({line for line, _ in lost.values()}) if n != older}
        for id, (_, text) in lost.items():
            if id not in elsewhere:
                found = fact_of(id, text)
                yield Gone(id, self.sentence(found), found.cell)

    def notes(self, facts: Mapping[str, Fact], held: Collection[str], portraits: Mapping[tuple[str, str], Iterable[str]]) -> list[str]:
        """``facts``: those of the graph, by id; ``portraits``: what was said differently of a node."""
        told = dict.fromkeys((one.label, one.id) for stated in self.stated for one in stated.nodes)
        known = {id for said in self.earlier.values() for _, id, _ in said}
        mine = [facts[id] for id in self.lines if id in facts]
        codes = dict.fromkeys((self.index.name_of("Firm", one.id), str(one.properties["credit_code"]))
                              for stated in self.stated for one in stated.nodes if one.properties.get("credit_code"))
        moved = any(f.edge == "FEEDS" and f.id not in known for f in mine)
        notes = [note for key in sorted(told) for note in portraits.get(key, ())]
        fresh = suspect.Fresh(mine, held, list(codes), self.index.feeds() if moved else [], self.index.name_of, self.sentence)
        return notes + self._within_a_day(mine) + self._outranked(mine, facts) + suspect.notes(fresh)

    def _outranked(self, mine: Iterable[Fact], facts: Mapping[str, Fact]) -> list[str]:
        """A newer value of the same day and authority as one that stands, where that one still counts: nothing but its hash is greater."""
        out = []
        for fact in (f for f in mine if EDGE[f.edge].clock == "state"):
            place = fact.precedence.rsplit("|", 1)[0]
            for _, id, _ in self.earlier.get(self.lines[fact.id], ()):
                old = facts.get(id)
                if old and id not in self.lines and old.precedence > fact.precedence and old.precedence.rsplit("|", 1)[0] == place:
                    out.append(f"{self.sentence(fact)}: 与先前的一条同日, 仍算先前的, 这次的改动不生效; 把日期 (如“最近对接”) 改为改动的那天再导入 "
                               f"[{fact.cell}] / of the same day as an earlier value, which still counts; give the day of the change and load again")
                    break
        return out

    def _within_a_day(self, mine: Iterable[Fact]) -> list[str]:
        """A planned day that a newer version of the same day moves: the older one leaves no slip."""
        out = []
        for fact in (f for f in mine if f.edge == "REACHES" and f.properties["basis"] == "planned"):
            same = {version(self.materials[number]) for number in self.numbers}
            was = [fact_of(id, text) for number, id, text in self.earlier.get(self.lines[fact.id], ())
                   if version(self.materials[number]) in same and id not in self.lines]
            if any((old.valid_from, old.source) == (fact.valid_from, fact.source) for old in was):
                out.append(f"{self.sentence(fact)}: 计划日期在同一天内改过, 前一版的不留, 不算推迟; 两版各有其日的, 用 --data-date 分别导入 "
                           f"[{fact.cell}] / a planned day changed within one day leaves no slip; load each version with its --data-date")
        return out


def joined(index: Index, fresh: Sequence[Stated], stated: Iterable[Stated]) -> list[str]:
    """What rows of other material say differently of a firm that decisions among the new material make one."""
    firms = FirmsOf(index)
    said = [one for new in fresh if new.read for one in new.read.decided]
    decided = {firms.id(*at) for one in said for text in (one.name, one.candidate) for at in ((text,), ("", text)) if text}
    return [line for one in stated if decided and not any(one is new for new in fresh) for firm, line in one.joined if firm in decided]


def revived(left: Iterable[Material], there: Sequence[Material]) -> list[str]:
    """Which older versions count again, now that a newer one is taken back, and how to take them back too."""
    before = {one.name: max((old for old in there if (old.name, old.kind) == (one.name, one.kind)), key=there.index, default=None)
              for one in left}
    return [f"{name}: 上一版 ({old.loaded} 导入) 重新成立; 一并撤回: liantu withdraw {name} / "
            f"the version before (loaded {old.loaded}) counts again; to take it back too: the same command once more"
            for name, old in before.items() if old]


def _said(of: Property, value: object) -> str:
    return "—" if value in (None, "") else words(of, value)
