"""What every question shares: region, the two clocks, the audience, and the reader bound to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.parts import Source, source
from graph.clocks import Seen
from graph.model import audiences
from graph.store import Store
from queries.catalogue import question


@dataclass(frozen=True, slots=True)
class Asked:
    """As of which day, known by which day, for which region, for whose eyes."""

    region: str
    as_of: date
    known_by: date
    audience: str = "公开"


class Reader:
    """Asks texts of the catalogue of one store, always with the same clocks and audience."""

    adds_up = True
    """Whether the store may add up plants: not where facts are looked at again, with other clocks or without some."""

    def __init__(self, store: Store, asked: Asked) -> None:
        self.store = store
        self.asked = asked

    def rows(self, id: str, **more: Any) -> list[dict[str, Any]]:
        asked = question(id)
        values: dict[str, Any] = {"as_of": self.asked.as_of, "known_by": self.asked.known_by,
                                  "audiences": audiences(self.asked.audience), **more}
        if any(values[p.name] == [] for p in asked.parameters if p.type == "list"):
            return []
        return asked.ask(self.store, **values)

    def sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """What an answer cites, by id; one that the store does not know stands with its id alone."""
        wanted = sorted(set(ids))
        rows = {r["id"]: r for r in self.rows("sources", ids=wanted)}
        return tuple(source(id, rows.get(id, {})) for id in wanted)

    def seen(self, id: str, edge: str, label: str = "", **more: Any) -> tuple[Seen, ...]:
        """Visible facts of one edge type."""
        return tuple(Seen(edge, r.pop("id"), r.pop("start"), r.pop("end_id"), r.pop("line"), r.pop("precedence"),
                          int(r.pop("authority")), r.pop("holds"), r.pop("valid_from"), r.pop("known_from"), r.pop("source"),
                          r.pop("text") or "", label, r) for r in self.rows(id, **more))
