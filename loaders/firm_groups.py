"""Names by firm, while it is found out which are one: what an audience hears of them, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.settled import Settled

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Two names that were joined by themselves: ``how`` is spelling, alias, place, form or order."""

    name: str
    to: str
    how: str


@dataclass(frozen=True, slots=True)
class Heard:
    """All that an audience hears of firms, by normalised names: their codes, who else they are called, who is another firm."""

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
    stated: dict[str, set[str]] = field(default_factory=dict)
    """Name → the codes that the widest audience of the name hears beside it."""
    of: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)
    """Names in decisions that no material has now."""
    fixed: set[str] = field(default_factory=set)
    """Groups that a wider audience knows: no two of them become one."""
    known: set[str] = field(default_factory=set)
    """The names of a wider audience."""
    before: tuple[Link, ...] = ()
    """What was joined for a wider audience."""
    home: dict[str, str] = field(default_factory=dict)
    """Code → the group that it came to, where a wider audience knows that without the code."""
    inner: dict[str, str] = field(default_factory=dict)
    """The same from the group to the code."""
    against: frozenset[Pair] | set[Pair] = frozenset()

    def code_of(self, group: str) -> str:
        """The code that whoever sees the firm may see."""
        return group.removeprefix("#") if group.startswith("#") else ""

    def any_code(self, group: str) -> str:
        return self.code_of(group) or self.inner.get(group, "")

    def at(self, code: str) -> str:
        """The group of a code as it is written."""
        counts = self.code.get(code, code)
        return self.home.get(counts, f"#{counts}")

    def codes(self, name: str) -> set[str]:
        return self.stated.get(name, set())

    def put(self, name: str, group: str) -> None:
        if (before := self.of.get(name)) is not None:
            self.members[before].discard(name)
        self.of[name] = group
        self.members.setdefault(group, set()).add(name)

    def merge(self, group: str, home: str) -> None:
        """All of a group into another, which takes its code too."""
        for name in sorted(self.members.get(group, ())):
            self.put(name, home)
        if (code := self.code_of(group)) and not self.code_of(home):
            self.home[code], self.inner[home] = home, code

    def loose(self, name: str) -> bool:
        """Whether it may be joined by itself: nobody took it out, and its codes do not contradict each other."""
        return name not in self.settled.alone and (len(self.codes(name)) <= 1 or name in self.settled.same)
