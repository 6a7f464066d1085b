"""Target firms: whom to visit for a chain node that is lacking, with evidence, what speaks against, what is unknown, and a grade by rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.answers import PipelineItem
from analysis.cited import Cited
from analysis.parts import Amount, Source
from graph.grading import AGAINST, GRADES, KINDS, TIED, Rule

Both = tuple[str, str]
EVERY = {**KINDS, **AGAINST}
ORDER: tuple[Both, ...] = (("空白点名次", "rank of the gap"), ("产能比缺口", "size against the gap"), ("联系的种数", "kinds of ties"),
                           ("最新依据的日期", "day of the newest evidence"), ("名称", "name"))
"""Within a grade rows are compared by these, one after another."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A node that firms are sought for; ``place`` its rank among the gaps, None where it was named by hand and is not ranked.

    ``lacks`` is demand less supply in the node's unit, None where that is unknown.
    """

    node: str
    chain: str
    verdict: str
    place: int | None
    lacks: Amount | None


@dataclass(frozen=True, slots=True)
class Target:
    """``rule`` and ``would_raise`` in both languages; ``capacity`` is what the firm is known to make of the node elsewhere, ``share``
    its part of what all known makers make (of the same unit). ``owner``: the team of the first talk (首谈报备), and ``duplicate`` the
    other teams that talk to the firm about the node. ``unconverted``: figures are known, and none in a unit that converts to the node's."""

    firm: str
    node: str
    grade: str
    rule: Both
    evidence: tuple[Cited, ...]
    against: tuple[Cited, ...]
    unknown: tuple[Both, ...]
    would_raise: tuple[Both, ...]
    capacity: Amount | None
    share: float | None
    owner: str | None
    duplicate: tuple[str, ...]
    id: str
    unconverted: bool = False


@dataclass(frozen=True, slots=True)
class Excluded:
    """A firm that is not sought for a node, and the fact that says why: ``why`` is here or pipeline."""

    firm: str
    node: str
    why: str
    evidence: Cited
    id: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A project for a node that is signed or being built here: the other half of the list."""

    node: str
    project: PipelineItem


@dataclass(frozen=True, slots=True)
class Talk:
    """How far the talks of a team with a firm about a node are; ``last`` the day they are told of."""

    firm: str
    node: str
    team: str
    stage: str
    next_step: str
    first: date | None
    last: date
    person: str
    id: str


@dataclass(frozen=True, slots=True)
class Targets:
    """Answer to: whom do we visit? ``about`` says what was asked; ``rules`` and ``order`` are printed with the list."""

    question: str
    region: str
    chain: str | None
    as_of: date
    known_by: date
    audience: str
    about: Both
    nodes: tuple[Wanted, ...]
    rules: tuple[Rule, ...]
    order: tuple[Both, ...]
    rows: tuple[Target, ...]
    excluded: tuple[Excluded, ...]
    signed: tuple[Signed, ...]
    talks: tuple[Talk, ...]
    sources: tuple[Source, ...]
    notes: tuple[Both, ...] = ()


def said(rule: Rule) -> Both:
    """A rule in words."""
    def joined(kinds: Sequence[str], side: int, joint: str) -> str:
        return joint.join(EVERY[k][side] for k in kinds)

    names = (f" {rule.name[0]}", f" {rule.name[1]}") if all(rule.name) else ("", "")
    zh = [joined(rule.all, 0, "、")] * bool(rule.all) + [f"以下任一: {joined(rule.any, 0, '、')}"] * bool(rule.any)
    en = [joined(rule.all, 1, ", ")] * bool(rule.all) + [f"any of: {joined(rule.any, 1, ', ')}"] * bool(rule.any)
    zh += [f"不能有: {joined(rule.without, 0, '、')}"] * bool(rule.without)
    en += [f"none of: {joined(rule.without, 1, ', ')}"] * bool(rule.without)
    told = (f": {'; '.join(zh)}" if zh else "", f": {'; '.join(en)}" if en else "")
    return f"{_zh(rule.grade)}{names[0]}{told[0] or (': 其余' if not names[0] else '')}", \
        f"{rule.grade}{names[1]}{told[1] or (': all others' if not names[1] else '')}"


def _zh(grade: str) -> str:
    return "观察" if grade == GRADES[-1] else grade


def graded(target: Target, rules: Sequence[Rule]) -> Target:
    """The grade by the first rule that fires; what speaks against it lowers it by one, and says so."""
    kinds = frozenset(c.kind for c in (*target.evidence, *target.against))
    at = next(i for i, rule in enumerate(rules) if rule.fires(kinds))
    grade, (zh, en) = rules[at].grade, said(rules[at])
    if target.against and grade != GRADES[-1]:
        grade = GRADES[GRADES.index(grade) + 1]
        zh, en = f"{zh}; 有相反依据, 降为 {_zh(grade)}", f"{en}; evidence against it, lowered to {grade}"
    better = [r for r in rules[:at] if GRADES.index(r.grade) < GRADES.index(rules[at].grade)]
    raised = tuple(_lacks(rule, kinds) for rule in sorted(better, key=lambda r: _far(r, kinds))[:1])
    if target.against:
        raised = (*raised, ("相反依据有了解释或不再成立", "the evidence against it explained or overtaken"))
    return replace(target, grade=grade, rule=(zh, en), would_raise=raised)


def _far(rule: Rule, kinds: frozenset[str]) -> int:
    """How many things would have to be otherwise for a rule to hold."""
    return len(set(rule.all) - kinds) + bool(rule.any and kinds.isdisjoint(rule.any)) + len(kinds & set(rule.without))


def _lacks(rule: Rule, kinds: frozenset[str]) -> Both:
    all_ = [k for k in rule.all if k not in kinds]
    any_ = rule.any if rule.any and kinds.isdisjoint(rule.any) else ()
    zh = [*(KINDS[k][0] for k in all_), *(["以下任一: " + "、".join(KINDS[k][0] for k in any_)] if any_ else [])]
    en = [*(KINDS[k][1] for k in all_), *(["any of: " + ", ".join(KINDS[k][1] for k in any_)] if any_ else [])]
    bad = [k for k in rule.without if k in kinds]
    told_zh = [f"还缺: {'; '.join(zh)}"] * bool(zh) + [f"不能再有: {'、'.join(EVERY[k][0] for k in bad)}"] * bool(bad)
    told_en = [f"it lacks: {'; '.join(en)}"] * bool(en) + [f"it must not have: {', '.join(EVERY[k][1] for k in bad)}"] * bool(bad)
    return f"为 {rule.grade} {'; '.join(told_zh)}", f"for {rule.grade} {'; '.join(told_en)}"


def ordered(rows: Sequence[Target], nodes: Sequence[Wanted]) -> tuple[Target, ...]:
    """By grade, then by ``ORDER``; a total order."""
    place = {w.node: (w.place if w.place is not None else 10**6, at) for at, w in enumerate(nodes)}
    lacks = {w.node: w.lacks for w in nodes}

    def key(row: Target) -> tuple[object, ...]:
        newest = max((c.known_from for c in row.evidence if c.source), default=date.min)
        return (GRADES.index(row.grade), *place[row.node], -_size(row.capacity, lacks[row.node]),
                -len({c.kind for c in row.evidence} & set(TIED)), -newest.toordinal(), row.firm, row.id)

    return tuple(sorted(rows, key=key))


def _size(capacity: Amount | None, lacks: Amount | None) -> float:
    """Capacity against the gap, else the capacity itself; -1 where it is unknown. Nine digits, so that engines agree."""
    if capacity is None or capacity.value is None:
        return -1.0
    whole = lacks.value if lacks and lacks.value and lacks.unit == capacity.unit else 1.0
    return float(f"{capacity.value / whole:.9g}")
