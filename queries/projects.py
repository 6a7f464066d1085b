"""A project as a person writes it: its name, its phases, where it stands, and the nodes that it adds to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.clocks import believed
from graph.errors import QuestionError
from queries.asking import Reader
from queries.names import unknown


@dataclass(frozen=True, slots=True)
class Project:
    """A project or a phase as it is asked about: ``ids`` are its own and its phases'."""

    id: str
    name: str
    phases: tuple[str, ...]
    names: dict[str, str]
    place: str

    @property
    def ids(self) -> list[str]:
        return sorted({self.id, *self.phases})


def project_named(reader: Reader, written: str) -> Project:
    """A project by id or name; QuestionError with the nearest for an unknown one, with the ids where several have the name."""
    rows = reader.rows("projects_seen")
    ids = _ids(rows, written)
    if not ids:
        raise unknown("项目", "project", written, sorted({str(r["name"]) for r in rows}))
    if len(ids) > 1:
        raise QuestionError(f"有 {len(ids)} 个项目叫 “{written}” / several projects of that name", f"写标识 / write the id: {'、'.join(ids)}")
    whole = believed(reader.seen("phases", "PHASE_OF", projects=ids))
    phases = tuple(sorted({f.start for f in whole if f.end == ids[0]}))
    above = next((f.end for f in whole if f.start == ids[0]), "")
    places = {f.start: f.end for f in believed(reader.seen("project_places", "LOCATED_IN", projects=sorted({*ids, *phases, above} - {""})))}
    place = places.get(ids[0]) or places.get(above) or next((places[p] for p in phases if p in places), "")
    names = {r["id"]: str(r["name"]) for r in rows}
    return Project(ids[0], names[ids[0]], phases, names, place)


def project_names(reader: Reader, written: str) -> tuple[bool, list[str]]:
    """Whether something of that name or id is a visible project, and every visible name."""
    rows = reader.rows("projects_seen")
    return bool(_ids(rows, written)), [str(r["name"]) for r in rows]


def nodes_of(reader: Reader, found: Project) -> tuple[str, ...]:
    """Names of the nodes that the project adds to by itself or by one of its phases."""
    ids = sorted({f.end for f in believed(reader.seen("adds_of_projects", "ADDS", projects=found.ids))})
    return tuple(sorted(str(r["name"]) for r in reader.rows("chain_nodes", ids=ids)))


def _ids(rows: Sequence[dict[str, Any]], written: str) -> list[str]:
    return [r["id"] for r in rows if written == r["id"]] or [r["id"] for r in rows if written == r["name"]]
