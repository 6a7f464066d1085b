"""Names to ids: one thing in the world is one node, however a sheet writes it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field


def normal(name: str) -> str:
    """Key under which a name is found: NFKC, no blanks, lower case, half-width brackets."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    if folded.isprintable():  # then the only blank is ' ', and nothing is of Cf: almost every name
        return folded.replace(" ", "")
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


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
    """Name that a data set gives → the node's id."""

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

    def guest(self, name: str, aliases: Iterable[str] = (), chain: str = "") -> None:
        """A node of a data set: the node of that name, else a new one; it takes no spelling from what is declared.

        A hundred thousand names would make half the aliases of a city's own sheets ambiguous: there the sheets' node stays
        the only one that is found, and the guest is a node of its own.
        """
        if name not in self.guests:
            same = [id for id in sorted(super().find(name)) if normal(id) == normal(name)]
            self.guests[name] = id = same[0] if same else name
            self.names.setdefault(id, name)
            for spelling in (name, *aliases):
                self.spellings.setdefault(normal(spelling), {id})
            self.aliases.setdefault(id, set()).update(a for a in aliases if self.find(a) == {id})
        if chain:
            self.chains.setdefault(chain, set()).add(self.guests[name])

    def find(self, name: str) -> set[str]:
        found = super().find(name)
        prefix, _, rest = name.partition("/")
        if found or not rest:
            return found
        chain = next((c for c in self.chains if normal(c) == normal(prefix)), "")
        return {id for id in super().find(rest) if id in self.chains.get(chain, ())}


class Firms:
    """Firms by credit code, else by name; a code joins the names it is given with."""

    def __init__(self, stated: Iterable[tuple[str, str, int]]) -> None:
        """``stated``: every (name, credit code or '', rank of the audience that may see the row) of all material."""
        stated = tuple(stated)
        codes: dict[str, set[str]] = {}
        self.names: dict[str, dict[str, int]] = {}
        for name, code, _ in stated:
            if code:
                codes.setdefault(normal(name), set()).add(code.upper())
        self.codes = codes
        for name, code, rank in stated:
            spellings = self.names.setdefault(self.id(name, code), {})
            spellings[name] = min(rank, spellings.get(name, rank))

    def id(self, name: str, code: str = "") -> str:
        """The code where one is known for the name, else the normalised name."""
        known = self.codes.get(normal(name), set())
        if code:
            return code.upper()
        return next(iter(known)) if len(known) == 1 else normal(name)

    def ambiguous(self, name: str) -> bool:
        return len(self.codes.get(normal(name), ())) > 1

    def has(self, name: str) -> bool:
        return self.id(name) in self.names

    def also(self, name: str, aliases: Iterable[str], rank: int) -> None:
        """Other names of a firm, as a data set gives them: shown with it."""
        spellings = self.names[self.id(name)]
        for alias in aliases:
            spellings[alias] = min(rank, spellings.get(alias, rank))

    def shown(self, id: str) -> tuple[str, tuple[str, ...]]:
        """Display name (the shortest spelling's first) and the others, of those that the widest audience may see."""
        spellings = self.names[id]
        seen = [n for n, rank in spellings.items() if rank == min(spellings.values())]
        name, *others = sorted(seen, key=lambda n: (len(n), n))
        return name, tuple(others)


def project_id(name: str, phase: str = "") -> str:
    """A 期 is a project of its own, named after the whole."""
    whole = normal(name)
    return f"{whole}/{normal(phase)}" if phase else whole
