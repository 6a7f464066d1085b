"""A reader whose clocks move: what a question fetched once is kept, and the facts of every other day are picked out of it.

``queries.fetch.evidence`` asks it as it asks a store, so a day of a history is computed by the very code that answers a
fresh question. Lists (nodes, regions, projects, firms) that were not asked for yet are fetched, once, with all before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from datetime import date
from typing import Any

from graph.clocks import Seen, visible
from graph.model import EDGE
from graph.store import Store
from queries.asking import Asked, Reader
from queries.catalogue import question

_LABELS = {"nodes": "ChainNode", "regions": "Region", "projects": "Project", "firms": "Firm"}
"""Which ends of a fact a list of that name is about."""

Lists = dict[str, frozenset[str]]


class Memory:
    """All that was fetched of one store for one audience, visible on the last day that will be asked for."""

    def __init__(self, store: Store, last: Asked) -> None:
        self.widest = Reader(store, last)
        self._lists: dict[tuple[Any, ...], Lists] = {}
        self._found: dict[tuple[Any, ...], Any] = {}

    def at(self, as_of: date, known_by: date, without: Set[str] = frozenset()) -> Moved:
        """A reader of one moment (neither clock after the last), as if the facts ``without`` had not been loaded."""
        return Moved(self, replace(self.widest.asked, as_of=as_of, known_by=known_by), without)

    def facts(self) -> dict[str, Seen]:
        """Every fact that was fetched, by id."""
        return {f.id: f for key, found in self._found.items() if key[0] == "seen" for f in found}

    def seen(self, id: str, edge: str, label: str, more: dict[str, Any]) -> Iterable[Seen]:
        """The facts of the widest view that meet the lists."""
        lists, key = self._kept(("seen", id, edge, label), more, lambda all: self.widest.seen(id, edge, label, **all))
        about = [_about(edge, name, wanted) for name, wanted in lists.items()]
        return (f for f in self._found[key] if all(meets(f) for meets in about))

    def rows(self, id: str, more: dict[str, Any]) -> list[dict[str, Any]]:
        """Rows of a question without clocks, which are asked for by ``ids`` or as a whole."""
        lists, key = self._kept(("rows", id), more, lambda all: self.widest.rows(id, **all))
        return [r for r in self._found[key] if "ids" not in lists or r["id"] in lists["ids"]]

    def _kept(self, about: tuple[Any, ...], more: dict[str, Any], fetch: Callable[[dict[str, Any]], Any]) -> tuple[Lists, tuple[Any, ...]]:
        """The lists asked for and where the answer is kept; fetched where some of them are new."""
        lists = {name: frozenset(value) for name, value in more.items() if isinstance(value, list)}
        single = {name: value for name, value in more.items() if name not in lists}
        key = (*about, *sorted(single.items()))
        have = self._lists.get(key)
        if have is None or any(not wanted <= have[name] for name, wanted in lists.items()):
            wider = {name: wanted | (have or {}).get(name, frozenset()) for name, wanted in lists.items()}
            self._found[key] = fetch({**single, **{name: sorted(wanted) for name, wanted in wider.items()}})
            self._lists[key] = wider
        return lists, key


class Moved(Reader):
    """The memory as it was at one moment."""

    adds_up = False

    def __init__(self, memory: Memory, asked: Asked, without: Set[str]) -> None:
        super().__init__(memory.widest.store, asked)
        self.memory = memory
        self.without = without

    def rows(self, id: str, **more: Any) -> list[dict[str, Any]]:
        if any(p.name in ("as_of", "known_by") for p in question(id).parameters):
            return super().rows(id, **more)
        return self.memory.rows(id, more)

    def seen(self, id: str, edge: str, label: str = "", **more: Any) -> tuple[Seen, ...]:
        facts = self.memory.seen(id, edge, label, more)
        return tuple(f for f in visible(facts, self.asked.as_of, self.asked.known_by) if f.id not in self.without)


def _about(edge: str, name: str, wanted: frozenset[str]) -> Callable[[Seen], bool]:
    """Whether a fact is about one of a list, as the texts of the catalogue have it."""
    if name == "scopes":
        return lambda fact: fact["scope"] in wanted
    label, ends = _LABELS[name], EDGE[edge].ends
    if name == "regions" and any(p.name == "region" for p in EDGE[edge].properties):
        return lambda fact: fact["region"] in wanted
    starts, stops = any(one == label for one, _ in ends), any(other == label for _, other in ends)
    return lambda fact: (starts and fact.start in wanted) or (stops and fact.end in wanted)
