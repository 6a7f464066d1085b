"""Ties around firms as one audience sees them on a day. What was fetched is kept; what it is used for is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from analysis.introductions import Link
from graph.clocks import Seen, believed
from queries.asking import Reader
from queries.names import parents, within

TIES = ("supplies_of_firms", "supplies_to_firms", "owns_and_knows_of_firms", "owns_and_knows_to_firms")
ROOTS = (("Channel", "channels", "knows_by_channels"), ("Team", "teams", "knows_by_teams"))
NAMES = (("Firm", "firm_names"), ("Channel", "channel_names"), ("Team", "team_names"), ("Project", "project_names"))
DEGREES = (("Firm", "ties_of_firms"), ("Channel", "ties_of_channels"), ("Team", "ties_of_teams"))
TO_US = ("ties_with_here", "shared_with_here")


class Circle:
    """Keys are ``label/id``; each is fetched, counted and placed once, however many firms are asked about."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.links, self.degree, self.names = dict[str, tuple[Link, ...]](), dict[str, int](), dict[str, str]()
        self.local, self.odd = dict[str, bool](), set[str]()
        self.roots = {label: {r["name"]: str(r["id"]) for r in reader.rows(text)} for label, text, _ in ROOTS}
        self.here = sorted(within(reader.asked.region, parents(reader)))

    def fetch(self, keys: Iterable[str]) -> None:
        """All believed ties of firms; those of a firm with itself are left out and named."""
        fresh = sorted({key for key in keys if key.startswith("Firm/")} - set(self.links))
        met: dict[str, dict[tuple[str, ...], Link]] = {key: {} for key in fresh}
        ids = _ids(fresh, "Firm")
        for text in TIES:
            for fact in believed(self._ties(text, ids)):
                self._met(met, self._link("Firm", fact))
        for link in self._known(ids):
            self._met(met, link)
        self._invested(met, ids)
        self.links |= {key: tuple(found.values()) for key, found in met.items()}

    def _ties(self, text: str, ids: list[str]) -> tuple[Seen, ...]:
        """One text holds two edges: each text asked costs as much as a hundred firms more (measured)."""
        found = self.reader.seen(text, "SUPPLIES" if text.startswith("supplies") else "OWNS", "Firm", ids=ids)
        return tuple(replace(fact, edge="KNOWS") if fact["tie"] else fact for fact in found)

    def _known(self, ids: list[str]) -> list[Link]:
        """By which channels and teams firms are known; of a tie that nobody named no strength is known, and it is none here."""
        return [self._link(label, fact) for label, _, text in ROOTS if self.roots[label]
                for fact in believed(self.reader.seen(text, "KNOWS", label, ids=ids)) if fact["tie"]]

    def _link(self, label: str, fact: Seen) -> Link:
        return Link(f"{label}/{fact.start}", f"Firm/{fact.end}", fact["tie"] or fact.edge.lower(), (fact,), self._day(fact))

    def _invested(self, met: dict[str, dict[tuple[str, ...], Link]], ids: list[str]) -> None:
        """Two firms that invest in one project know each other; the smaller key states it."""
        own = believed(self.reader.seen("invests_of_firms", "INVESTS_IN", "Firm", ids=ids))
        into: dict[str, list[Seen]] = {}
        for fact in believed(self.reader.seen("invests", "INVESTS_IN", "Firm", projects=sorted({f.end for f in own}))):
            into.setdefault(fact.end, []).append(fact)
        for fact in own:
            for other in into.get(fact.end, ()):
                one, two = sorted((fact, other), key=lambda f: f.start)
                if one.start != two.start:
                    day = max(self._day(one), self._day(two))
                    self._met(met, Link(f"Firm/{one.start}", f"Firm/{two.start}", "invests", (one, two), day))

    def _met(self, met: dict[str, dict[tuple[str, ...], Link]], link: Link) -> None:
        if link.one == link.other:
            self.odd.add(link.one)
            return
        for key in (link.one, link.other):
            if key in met:
                met[key][tuple(fact.id for fact in link.facts)] = link

    def _day(self, fact: Seen) -> date:
        """When the tie was last known to live: a supply that goes on is of today, an ended one of its last day."""
        until: date | None = fact["until"]
        return max(fact.valid_from, min(until, self.reader.asked.as_of)) if until else fact.valid_from

    def count(self, keys: Iterable[str]) -> None:
        """How many ties somebody has, both ways: lines that were ever stated to hold."""
        fresh = [key for key in keys if key not in self.degree]
        self.degree |= dict.fromkeys(fresh, 0)
        for label, text in DEGREES:
            for row in self.reader.rows(text, ids=_ids(fresh, label)):
                self.degree[f"{label}/{row['id']}"] += int(row["ties"])

    def ours(self, keys: Iterable[str]) -> set[str]:
        """Channels and teams, and firms that lie or make something here."""
        fresh = [key for key in keys if key not in self.local]
        ids = _ids(fresh, "Firm")
        self.local |= {key: not key.startswith("Firm/") for key in fresh}
        stood = [r["id"] for r in self.reader.rows("stood_here", ids=ids, regions=self.here)]
        for fact in believed(self.reader.seen("stands_of_firms", "LOCATED_IN", "Firm", ids=stood)):
            self.local[f"Firm/{fact.start}"] |= fact["region"] in self.here
        return {key for key in keys if self.local[key]}

    def to_us(self, rank: Mapping[str, int], most: int, target: str) -> tuple[list[Link], int]:
        """Ties of these firms to us, found without fetching all of theirs; and how many of ours were left out.

        Of more than ``most`` firms of ours those stay that are tied to whoever has the least rank.
        """
        ids = _ids(rank, "Firm")
        best = dict[str, int]()
        for text in TO_US:
            for row in self.reader.rows(text, ids=ids, regions=self.here):
                door, at = f"Firm/{row['id']}", rank[f"Firm/{row['beside']}"]
                best[door] = min(best.get(door, at), at)
        doors = sorted(self.ours(best.keys() - {target, *rank}), key=lambda key: (best[key], key))
        self.fetch(doors[:most])
        links = [link for door in doors[:most] for link in self.links[door] if link.beyond(door) in rank]
        return [*links, *(link for link in self._known(ids) if link.other in rank)], len(doors[most:])

    def name(self, keys: Iterable[str]) -> dict[str, str]:
        fresh = [key for key in keys if key not in self.names]
        for label, text in NAMES:
            self.names |= {f"{label}/{r['id']}": r["name"] for r in self.reader.rows(text, ids=_ids(fresh, label))}
        return {key: self.names.get(key, key.partition("/")[2]) for key in keys}


def _ids(keys: Iterable[str], label: str) -> list[str]:
    return sorted({key.partition("/")[2] for key in keys if key.startswith(f"{label}/")})
