"""Names to ids: one thing in the world is one node, however a sheet writes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.codes import credit_code
from loaders.matching import marked, taken_apart
from loaders.one_firm import Heard, Link, grouped
from loaders.settled import Settled
from loaders.spelling import normal

__all__ = ["Firms", "Nodes", "Register", "nearest", "normal"]


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Known names most like ``name``, for a "did you mean"."""
    choices = {normal(k): k for k in known}
    hits = difflib.get_close_matches(normal(name), choices, n=count, cutoff=0.4)
    parts = [k for key, k in choices.items() if normal(name) in key or key in normal(name)]
    return list(dict.fromkeys([choices[h] for h in hits] + parts))[:count]


@dataclass
class Register:
    """Names of one label: every spelling points to the ids that carry it."""

    spellings: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)

    def add(self, id: str, name: str, aliases: Iterable[str] = ()) -> str:
        """Know ``id`` by its name and aliases; of two spellings of one name the smaller is shown."""
        self.names[id] = min(name, self.names.get(id, name))
        for alias in aliases:
            if normal(alias) != normal(name):
                self.aliases.setdefault(id, set()).add(alias)
        for spelling in (name, *aliases):
            self.spellings.setdefault(normal(spelling), set()).add(id)
        return id

    def find(self, name: str) -> set[str]:
        """Ids that carry ``name``: none, one, or several where the name alone does not tell."""
        return self.spellings.get(normal(name), set())

    def near(self, name: str) -> list[str]:
        return nearest(name, self.names.values())


@dataclass
class Nodes(Register):
    """Chain nodes; a name is one node in all chains unless a sheet writes 产业链/环节."""

    chains: dict[str, set[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    guests: dict[str, str] = field(default_factory=dict)
    """What a data set writes → the node's id."""

    def declare(self, chain: str, written: str, aliases: Iterable[str] = (), unit: str = "") -> str:
        """The id of a node as the panorama sheet writes it (``发电机`` or ``风电/发电机``)."""
        prefix, _, rest = written.partition("/")
        own = bool(rest) and normal(prefix) == normal(chain)
        name = rest if own else written
        id = self.add(f"{chain}/{name}" if own else name, name, aliases)
        if chain:
            self.chains.setdefault(chain, set()).add(id)
        if unit:
            self.units[id] = unit
        return id

    def guest(self, written: str, name: str, aliases: Iterable[str] = (), chain: str = "") -> None:
        """A node of a data set, ``written`` 半导体 or 电子/半导体: the node that is declared by that name, else a new one.

        It takes no spelling from what is declared. A hundred thousand names would make half the aliases of a city's own
        sheets ambiguous: there the sheets' node stays the only one that is found, and the guest is a node of its own.
        """
        if written in self.guests:
            return
        there = self.chains.get(chain, set()) if chain else {id for id in self.find(name) if normal(id) == normal(name)}
        self.guests[written] = id = min(self.find(name) & there, default=written)
        self.names.setdefault(id, name)
        for spelling in (written, name, *aliases):
            self.spellings.setdefault(normal(spelling), {id})
        self.aliases.setdefault(id, set()).update(a for a in aliases if self.find(a) == {id})
        if chain:
            self.chains.setdefault(chain, set()).add(id)

    def find(self, name: str) -> set[str]:
        found = super().find(name)
        prefix, _, rest = name.partition("/")
        if found or not rest:
            return found
        chain = next((c for c in self.chains if normal(c) == normal(prefix)), "")
        return {id for id in super().find(rest) if id in self.chains.get(chain, ())}


def _widest(seen: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Name → the smallest rank it is given."""
    found: dict[str, int] = {}
    for name, rank in seen:
        found[name] = min(rank, found.get(name, rank))
    return found


class Firms:
    """Firms by credit code, else by name; which names are one firm is ``loaders.one_firm``'s to say."""

    def __init__(self, stated: Iterable[tuple[str, str, int]], aliases: Iterable[tuple[str, str, str, int]] = (),
                 apart: Iterable[tuple[str, str, int]] = (), settled: Settled | None = None) -> None:
        """``stated``: every (name, credit code or '', rank of the audience that may see the row) of all material;
        ``aliases``: (other name, name, code, rank); ``apart``: two names that stand as two firms in one row, and its rank."""
        stated, aliases, apart = tuple(stated), tuple(aliases), tuple(apart)
        self._given = stated, aliases, apart, settled or Settled()
        self.said = _widest((normal(name), rank) for name, _, rank in stated)
        """Names that stand for a firm somewhere, and who may see that; the others are only given as another name of one."""
        self.ranks: dict[tuple[str, str], int] = {}
        for name, code, rank in (*stated, *((alias, "", rank) for alias, _, _, rank in aliases)):
            key = name, credit_code(code)
            self.ranks[key] = min(rank, self.ranks.get(key, rank))
        self.widest = _widest((normal(name), rank) for (name, _), rank in self.ranks.items())
        """Who may see a name, normalised."""
        self.groups = grouped(self._heard(aliases, apart), settled or Settled())
        self._ids = self._named()
        order = sorted(self.groups.of, key=lambda name: (self.widest[name], name), reverse=True)
        self._keys = {taken_apart(name).key: self.groups.of[name] for name in order}
        self.names = self._spelled((n, self.id(n, c), rank) for n, c, rank in stated)
        self.aliases = self._spelled((a, self.id(n, c), rank) for a, n, c, rank in aliases)
        self._rank = _widest((name, rank) for (name, _), rank in self.ranks.items())

    def heard_by(self, widest: int) -> Firms:
        """The firms as an audience knows them (``widest``: its place in AUDIENCES), which has not heard of stricter rows."""
        stated, aliases, apart, said = self._given
        return Firms([one for one in stated if one[-1] <= widest], [one for one in aliases if one[-1] <= widest],
                     [one for one in apart if one[-1] <= widest], said)

    def _heard(self, aliases: Sequence[tuple[str, str, str, int]], apart: Sequence[tuple[str, str, int]]) -> list[Heard]:
        """By each audience that hears more than the wider ones: all that it hears."""
        out, codes = list[Heard](), dict[str, frozenset[str]]()
        for widest in sorted({*self.ranks.values(), *(rank for *_, rank in apart), *(rank for *_, rank in aliases)}):
            for (name, code), rank in self.ranks.items():
                if rank == widest:
                    key = normal(name)
                    codes[key] = codes.get(key, frozenset()) | ({code} if code else frozenset())
            out.append(Heard(dict(codes), frozenset((normal(a), normal(n), credit_code(c)) for a, n, c, rank in aliases if rank <= widest),
                             frozenset(frozenset((normal(a), normal(b))) for a, b, rank in apart if rank <= widest)))
        return out

    @staticmethod
    def _spelled(given: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
        """Id → how it is written → who may see that."""
        out: dict[str, dict[str, int]] = {}
        for name, id, rank in given:
            spellings = out.setdefault(id, {})
            spellings[name] = min(rank, spellings.get(name, rank))
        return out

    def _named(self) -> dict[str, str]:
        """Group → id: the code, else the fullest name of those that the widest audience may see."""
        order: dict[str, tuple[int, bool, bool, int, str]] = {}
        for (name, _), rank in self.ranks.items():
            group, key = self.groups.of[normal(name)], normal(name)
            place = rank, self.said.get(key, rank + 1) > rank, not taken_apart(key).legal, len(key), key
            order[group] = min(place, order.get(group, place))
        return {group: self.groups.code_of(group) or place[-1] for group, place in order.items()}

    def id(self, name: str, code: str = "") -> str:
        """The code where whoever sees the firm knows one of it, else the firm's own name, normalised."""
        group = self.groups.at(code) if (code := credit_code(code)) else self._group(name)
        return (self._ids.get(group) or self.groups.code_of(group)) if group else normal(name)

    def code(self, written: str) -> str:
        """A code as it counts: written in one way, mended where somebody said that it is another."""
        code = credit_code(written)
        return self.groups.code.get(code, code)

    def _group(self, name: str) -> str:
        return self.groups.of.get(normal(name)) or self._keys.get(taken_apart(name).key, "")

    def ambiguous(self, name: str) -> bool:
        """Whether several codes are stated with this very name, to the widest that hear it, and nobody said whose it is."""
        key = normal(name)
        settled = self.groups.settled
        return len(self.groups.codes(key)) > 1 and key not in settled.same and key not in settled.alone

    def coded(self, id: str) -> bool:
        """Whether the id of a firm is a credit code."""
        return f"#{id}" in self.groups.members

    def rank(self, name: str) -> int:
        """Who may see the name, as a place in AUDIENCES: the widest of the rows that write it so."""
        return self._rank[name]

    def has(self, name: str) -> bool:
        return bool(self._group(name))

    def shown(self, id: str) -> tuple[str, tuple[str, ...]]:
        """Display name (the shortest spelling without an exchange's marks) and the others, of those that the widest audience
        sees; what is only given as another name stands last."""
        spellings = self.names[id]
        widest = min(spellings.values())
        name, *others = sorted((n for n, rank in spellings.items() if rank == widest), key=lambda n: (marked(n), len(n), n))
        also = sorted(a for a, rank in self.aliases.get(id, {}).items() if rank <= widest and a not in (name, *others))
        return name, (*others, *also)

    @property
    def ids(self) -> dict[str, str]:
        """Every name, normalised, with its id where no code stands beside it: two of these differ in the names that a change
        of the material moved to another firm."""
        return {name: self.id(name) for name in self.groups.of}

    @property
    def links(self) -> tuple[Link, ...]:
        """What was joined by itself, each name once, as the material writes it."""
        written = {normal(name): name for (name, _), _ in sorted(self.ranks.items(), key=lambda one: (one[1], one[0]), reverse=True)}
        return tuple(sorted((Link(written[one.name], written[one.to], one.how) for one in self.groups.links),
                            key=lambda one: (one.how, one.name)))
