"""Which names and codes are one firm: settled by people, else by code, by spelling, by a unique match in order.

Every step looks at all names at once and joins only what no other name contradicts, so that the same material gives the same
firms in whatever order it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from loaders.codes import credit_code, organisation_code
from loaders.matching import Pool, in_order, taken_apart
from loaders.settled import Settled
from loaders.spelling import normal

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Two names that were joined by themselves: ``how`` is spelling, alias, place, form or order."""

    name: str
    to: str
    how: str


@dataclass(frozen=True, slots=True)
class Heard:
    """All that the material says of firms, by normalised names: their codes, who else they are called, who is another firm."""

    codes: Mapping[str, frozenset[str]]
    """Every name, with the codes stated beside it."""
    aliases: frozenset[tuple[str, str, str]] = frozenset()
    """(alias, name, code or '') as one row gives them."""
    apart: frozenset[Pair] = frozenset()
    """Names that stand as two firms in one row."""


@dataclass
class Groups:
    """Names by firm; every name starts in a group of its own, or in that of its one code."""

    heard: Heard
    settled: Settled
    code: dict[str, str] = field(default_factory=dict)
    """Code as it is written → the code it counts as."""
    of: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)
    """Names in decisions that no material has now."""

    def code_of(self, group: str) -> str:
        return group.removeprefix("#") if group.startswith("#") else ""

    def codes(self, name: str) -> set[str]:
        return {self.code[c] for c in found} if (found := self.heard.codes.get(name)) else set()

    def put(self, name: str, group: str) -> None:
        if (before := self.of.get(name)) is not None:
            self.members[before].discard(name)
        self.of[name] = group
        self.members.setdefault(group, set()).add(name)

    def loose(self, name: str) -> bool:
        """Whether it may be joined by itself: nobody took it out, and its codes do not contradict each other."""
        return name not in self.settled.alone and (len(self.codes(name)) <= 1 or name in self.settled.same)


def grouped(heard: Heard, settled: Settled) -> Groups:
    """Every name in the group of its firm."""
    groups = Groups(heard, settled, _codes(heard, settled))
    for name in sorted(heard.codes):
        own = groups.codes(name)
        groups.put(name, f"#{min(own)}" if len(own) == 1 and name not in settled.alone else name)
    _settle(groups)
    for step in (_spellings, _aliases, _forms):
        _join(groups, list(step(groups)))
    _join(groups, list(_shorts(groups, coded=True)))
    _join(groups, list(_shorts(groups, coded=False)))
    return groups


def _codes(heard: Heard, settled: Settled) -> dict[str, str]:
    """Nine characters of an organisation are the credit code that holds them; a person may say that a code is another."""
    written = sorted({code for codes in heard.codes.values() for code in codes})
    whole: dict[str, set[str]] = {}
    for code in written:
        if inside := organisation_code(code):
            whole.setdefault(inside, set()).add(code)
    found = {code: min(of) if len(of := whole.get(code, set())) == 1 else code for code in written}
    said = {credit_code(one): credit_code(other) for one, other in settled.same.items()}
    steps = {one: other for one, other in said.items() if one in found and other in found}
    return {code: _end(steps, to) for code, to in found.items()}


def _end(steps: Mapping[str, str], at: str) -> str:
    """Where the steps lead; in a circle the smallest."""
    seen = [at]
    while (at := steps.get(at, "")) and at not in seen:
        seen.append(at)
    return min(seen[seen.index(at):]) if at else seen[-1]


def _settle(groups: Groups) -> None:
    """What people said is the same: the name goes to where the other stands, whatever its own code."""
    def known(text: str) -> str:
        return text if text in groups.of else f"#{groups.code[c]}" if (c := credit_code(text)) in groups.code else ""

    names = {n for pair in groups.settled.apart for n in pair} | groups.settled.alone
    names |= {n for pair in groups.settled.same.items() for n in pair}
    groups.unmet = sorted(n for n in names if not known(n))
    steps = {n: to for n, to in groups.settled.same.items() if known(n) and known(to)}
    for name in sorted(n for n in steps if n in groups.of):
        end = _end(steps, name)
        groups.put(name, groups.of.get(end) or known(end))


Proposal = tuple[str, str, str]
"""(name, other name, how)."""


def _join(groups: Groups, proposals: Sequence[Proposal]) -> None:
    """Join what hangs together, where that has one code at most and nobody said that two of it are two."""
    near: dict[str, list[Proposal]] = {}
    for one in proposals:
        if _contradicted(groups, {groups.of[n] for n in one[:2]}):
            continue
        for name in one[:2]:
            near.setdefault(groups.of[name], []).append(one)
    done: set[str] = set()
    for start in sorted(near):
        if start in done:
            continue
        whole, said = _connected(groups, near, start)
        done |= whole
        if len(whole) > 1 and not _contradicted(groups, whole):
            home = min(whole, key=lambda g: (not g.startswith("#"), g))
            for name in [n for group in sorted(whole - {home}) for n in sorted(groups.members[group])]:
                groups.put(name, home)
            groups.links += [Link(*one) for one in sorted(said)]


def _connected(groups: Groups, near: Mapping[str, list[Proposal]], start: str) -> tuple[set[str], set[Proposal]]:
    whole, said, left = {start}, set[Proposal](), [start]
    while left:
        for one in near[left.pop()]:
            said.add(one)
            left += (fresh := [g for g in {groups.of[n] for n in one[:2]} if g not in whole])
            whole.update(fresh)
    return whole, said


def _contradicted(groups: Groups, whole: set[str]) -> bool:
    if sum(g.startswith("#") for g in whole) > 1:
        return True
    names = {n for group in whole for n in groups.members[group]} | {normal(g[1:]) for g in whole if g.startswith("#")}
    against = groups.heard.apart | groups.settled.apart
    if len(names) ** 2 < 2 * len(against):
        return any(frozenset(pair) in against for pair in combinations(sorted(names), 2))
    return any(pair <= names for pair in against)


def _spellings(groups: Groups) -> Iterator[Proposal]:
    """Names of one key: brackets, 有限责任公司 for 有限公司, marks of the exchange."""
    by_key: dict[str, list[str]] = {}
    for name in groups.of:
        if groups.loose(name):
            by_key.setdefault(taken_apart(name).key, []).append(name)
    for names in by_key.values():
        first, *others = sorted(names)
        yield from ((other, first, "spelling") for other in others if groups.of[other] != groups.of[first])


def _aliases(groups: Groups) -> Iterator[Proposal]:
    """A name that rows give as another name, of one firm only."""
    claimed: dict[str, dict[str, str]] = {}
    for alias, name, code in sorted(groups.heard.aliases):
        if alias in groups.of and groups.loose(alias) and groups.loose(name):
            home = f"#{groups.code[code]}" if code in groups.code else groups.of[name]
            claimed.setdefault(alias, {}).setdefault(home, name)
    for alias, homes in claimed.items():
        if len(homes) == 1 and groups.of[alias] not in homes:
            yield alias, next(iter(homes.values())), "alias"


def _forms(groups: Groups) -> Iterator[Proposal]:
    """Full names that differ in the place before them, or in 股份 before 有限公司; never in 集团, which is another firm."""
    alike: dict[tuple[str, bool], dict[str, str]] = {}
    for name in sorted(groups.of):
        written = taken_apart(name)
        if written.legal and groups.loose(name) and len(written.stem) > 2:
            alike.setdefault((written.stem, written.form[0]), {}).setdefault(groups.of[name], name)
    for names in alike.values():
        if len(names) == 2:
            one, other = sorted(names.values(), key=lambda n: (len(taken_apart(n).key), n))
            if in_order(taken_apart(one).key, taken_apart(other).key):
                yield one, other, "place" if taken_apart(one).places != taken_apart(other).places else "form"


def full(groups: Groups, name: str) -> bool:
    """Whether short names may be of it: it has a legal form, or its firm a code."""
    return taken_apart(name).legal or groups.of[name].startswith("#")


def _shorts(groups: Groups, coded: bool) -> Iterator[Proposal]:
    """Short names that stand in order in the names of one firm only; those that have a code look for full names without."""
    short = [n for n in sorted(groups.of) if groups.loose(n) and not taken_apart(n).legal
             and len(taken_apart(n).key) > 1 and groups.of[n].startswith("#") is coded and not _has_full(groups, n)]
    if not short:
        return
    by_key: dict[str, list[str]] = {}
    for name in sorted(groups.of):
        if taken_apart(name).legal if coded else full(groups, name):
            by_key.setdefault(taken_apart(name).key, []).append(name)
    pool, claims = Pool(by_key), dict[str, list[tuple[str, str]]]()
    for name in short:
        found = {groups.of[n]: n for key in pool.holding(taken_apart(name).key) for n in by_key[key]
                 if groups.of[n] != groups.of[name]}
        if len(found) == 1 and groups.loose(next(iter(found.values()))):
            claims.setdefault(next(iter(found)), []).append((name, next(iter(found.values()))))
    for claimed in claims.values():
        if _one_in_another([taken_apart(name).key for name, _ in claimed]):
            yield from ((name, to, "order") for name, to in claimed)


def _has_full(groups: Groups, name: str) -> bool:
    return any(taken_apart(n).legal for n in groups.members[groups.of[name]])


def _one_in_another(keys: Iterable[str]) -> bool:
    """Whether each stands in order in the next longer: a firm has one short name, and shorter ones of that."""
    ordered = sorted(set(keys), key=lambda k: (len(k), k))
    return all(in_order(one, other) for one, other in pairwise(ordered))
