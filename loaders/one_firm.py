"""Which names and codes are one firm: settled by people, else by code, by spelling, by a unique match in order.

Every step looks at all names at once and joins only what no other name contradicts, so that the same material gives the same
firms in whatever order it came. It is done for one audience after the other, the widest first: what a stricter one hears may
join what is there, and never joins two firms of the wider, opens one or takes one apart. So what everybody sees does not tell
of what only some may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from loaders.codes import credit_code, organisation_code
from loaders.firm_groups import Groups, Heard, Link
from loaders.matching import Pool, in_order, taken_apart
from loaders.settled import Settled
from loaders.spelling import normal

__all__ = ["Heard", "Link", "full", "grouped"]


def grouped(heard: Sequence[Heard], settled: Settled) -> Groups:
    """Every name in the group of its firm. ``heard``: by each audience all that it hears, the widest first."""
    groups = Groups(Heard({}), settled)
    for one in heard:
        _listen(groups, one)
        _settle(groups)
        for step in (_spellings, _aliases, _forms):
            _join(groups, list(step(groups)))
        _join(groups, list(_shorts(groups, coded=True)))
        _join(groups, list(_shorts(groups, coded=False)))
    return groups


def _listen(groups: Groups, heard: Heard) -> None:
    """Fix what there is, and put each new name by itself or to its one code."""
    groups.known, groups.before = set(groups.of), tuple(groups.links)
    groups.fixed = {group for group, names in groups.members.items() if names} | {groups.at(code) for code in groups.code}
    groups.heard, groups.against = heard, heard.apart | groups.settled.apart
    groups.code = _codes(groups.code, heard, groups.settled)
    fresh = heard.codes.keys() - groups.known
    groups.stated |= {name: {groups.code[code] for code in heard.codes[name]} for name in fresh}
    _learn_codes(groups)
    for name in sorted(fresh):
        own = groups.codes(name)
        groups.put(name, groups.at(min(own)) if len(own) == 1 and name not in groups.settled.alone else name)


def _learn_codes(groups: Groups) -> None:
    """A code that is new beside a known name comes to its firm, where both have no other."""
    found: dict[str, set[str]] = {}
    for name in groups.known - groups.settled.alone:
        if not groups.any_code(groups.of[name]):
            for code in {groups.code[c] for c in groups.heard.codes[name]} - groups.codes(name):
                found.setdefault(code, set()).add(groups.of[name])
    codes: dict[str, set[str]] = {}
    for code, homes in found.items():
        for home in homes:
            codes.setdefault(home, set()).add(code)
    for home, [code, *others] in ((home, sorted(of)) for home, of in codes.items()):
        if not others and len(found[code]) == 1 and f"#{code}" not in groups.fixed and code not in groups.home:
            groups.merge(f"#{code}", home)


def _codes(before: Mapping[str, str], heard: Heard, settled: Settled) -> dict[str, str]:
    """Nine characters of an organisation are the credit code that holds them; a person may say that a code is another."""
    written = sorted({code for codes in heard.codes.values() for code in codes})
    whole: dict[str, set[str]] = {}
    for code in written:
        if inside := organisation_code(code):
            whole.setdefault(inside, set()).add(code)
    found = {code: min(of) if len(of := whole.get(code, set())) == 1 else code for code in written}
    said = {credit_code(one): credit_code(other) for one, other in settled.same.items()}
    steps = {one: other for one, other in said.items() if one in found and other in found}
    counts = {code: _end(steps, to) for code, to in found.items()}
    if not before:
        return counts
    moved: dict[str, set[str]] = {}
    for code, to in counts.items():
        moved.setdefault(to, set()).update({before[code]} if code in before else ())
    return {code: before.get(code) or (min(of) if len(of := moved[to]) == 1 else to) for code, to in counts.items()}


def _end(steps: Mapping[str, str], at: str) -> str:
    """Where the steps lead; in a circle the smallest."""
    seen = [at]
    while (at := steps.get(at, "")) and at not in seen:
        seen.append(at)
    return min(seen[seen.index(at):]) if at else seen[-1]


def _settle(groups: Groups) -> None:
    """What people said is the same: the name goes to where the other stands, whatever its own code; a known name stays, and
    the other comes."""
    def known(text: str) -> str:
        return text if text in groups.of else groups.at(c) if (c := credit_code(text)) in groups.code else ""

    names = {n for pair in groups.settled.apart for n in pair} | groups.settled.alone
    names |= {n for pair in groups.settled.same.items() for n in pair}
    groups.unmet = sorted(n for n in names if not known(n))
    steps = {n: to for n, to in groups.settled.same.items() if known(n) and known(to)}
    for name in sorted(n for n in steps if n in groups.of):
        end = _end(steps, name)
        home = groups.of.get(end) or known(end)
        if name not in groups.known:
            groups.put(name, home)
        elif home not in groups.fixed and not (groups.any_code(home) and groups.any_code(groups.of[name])):
            groups.merge(home, groups.of[name])


Proposal = tuple[str, str, str]
"""(name, other name, how)."""


def _join(groups: Groups, proposals: Sequence[Proposal]) -> None:
    """Join what hangs together, where that has one code and one known firm at most and nobody said that two of it are two."""
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
            home = min(whole, key=lambda g: (g not in groups.fixed, not g.startswith("#"), g))
            for group in sorted(whole - {home}):
                groups.merge(group, home)
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
    codes = [code for group in whole if (code := groups.any_code(group))]
    if len(codes) > 1 or len(whole & groups.fixed) > 1:
        return True
    names, against = {n for group in whole for n in groups.members[group]} | set(map(normal, codes)), groups.against
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
        if len({groups.of[n] for n in names} & groups.fixed) > 1:
            continue
        first, *others = sorted(names)
        yield from ((other, first, "spelling") for other in others if groups.of[other] != groups.of[first])


def _aliases(groups: Groups) -> Iterator[Proposal]:
    """A name that rows give as another name, of one firm only."""
    claimed: dict[str, dict[str, str]] = {}
    for alias, name, code in sorted(groups.heard.aliases):
        if alias in groups.of and groups.loose(alias) and groups.loose(name):
            home = groups.at(code) if code in groups.code else groups.of[name]
            claimed.setdefault(alias, {}).setdefault(home, name)
    for alias, homes in claimed.items():
        if len(homes) == 1 and groups.of[alias] not in homes:
            yield alias, next(iter(homes.values())), "alias"


def _forms(groups: Groups) -> Iterator[Proposal]:
    """Full names that differ in the place before them, or in 股份 before 有限公司; never in 集团, which is another firm."""
    alike: dict[tuple[str, bool], dict[str, str]] = {}
    done = _joined_before(groups, "place", "form")
    for name in sorted(groups.of):
        written = taken_apart(name)
        if written.legal and groups.loose(name) and len(written.stem) > 2:
            alike.setdefault((written.stem, written.form[0]), {}).setdefault(groups.of[name], name)
    for names in alike.values():
        if len(names) == 2 and not done.keys() & names.keys():
            one, other = sorted(names.values(), key=lambda n: (len(taken_apart(n).key), n))
            if in_order(taken_apart(one).key, taken_apart(other).key):
                yield one, other, "place" if taken_apart(one).places != taken_apart(other).places else "form"


def full(groups: Groups, name: str) -> bool:
    """Whether short names may be of it: it has a legal form, or its firm a code."""
    return taken_apart(name).legal or groups.of[name].startswith("#")


def _joined_before(groups: Groups, *how: str) -> dict[str, list[str]]:
    """Group → the names that came to it so for a wider audience."""
    found: dict[str, list[str]] = {}
    for link in groups.before:
        if link.how in how:
            found.setdefault(groups.of[link.name], []).append(link.name)
    return found


def _shorts(groups: Groups, coded: bool) -> Iterator[Proposal]:
    """Short names that stand in order in the names of one firm only; those that have a code look for full names without."""
    short = [n for n in sorted(groups.of) if groups.loose(n) and not taken_apart(n).legal
             and len(taken_apart(n).key) > 1 and groups.of[n].startswith("#") is coded and not _has_full(groups, n)]
    if groups.known:
        new = Pool({taken_apart(n).key for n in groups.of if n not in groups.known})
        short = [n for n in short if n not in groups.known or new.holding(taken_apart(n).key)]
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
    done = _joined_before(groups, "order")
    for home, claimed in claims.items():
        if _one_in_another([taken_apart(name).key for name in (*(name for name, _ in claimed), *done.get(home, ()))]):
            yield from ((name, to, "order") for name, to in claimed)


def _has_full(groups: Groups, name: str) -> bool:
    return any(taken_apart(n).legal for n in groups.members[groups.of[name]])


def _one_in_another(keys: Iterable[str]) -> bool:
    """Whether each stands in order in the next longer: a firm has one short name, and shorter ones of that."""
    ordered = sorted(set(keys), key=lambda k: (len(k), k))
    return all(in_order(one, other) for one, other in pairwise(ordered))
