"""From the material that is there to the material that is to be: the graph and the index after it, not yet in place.

The change alone where an index fits, else everything; ``Renewal.commit`` puts graph, manifest and index in place in this
order, so that whatever breaks off between leaves a workspace that answers as before or as after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from graph.change import Change, worth_applying
from graph.errors import StaleStore
from graph.facts import Fact, Graph
from graph.model import VERSION
from graph.store import Marker, Store, another_workspace, open_store
from graph.workspace import Material, Workspace
from loaders import index_file as indexing
from loaders import index_firms, material, rejected
from loaders.derive import Derived, Stated
from loaders.increment import Unfit, step
from loaders.index import Index
from loaders.index_fill import filled
from loaders.index_graph import whole
from loaders.index_names import Contradicted
from loaders.kinds import bulk
from loaders.material import Incoming, Progress
from loaders.naming import learn
from loaders.one_firm import Link

Refuse = Callable[[Derived], None]
"""Raises Refused where the material may not become a graph."""


@dataclass
class Renewal:
    """A change that is not yet in place; a context manager that forgets it unless it was committed."""

    workspace: Workspace
    before: tuple[Material, ...]
    after: tuple[Material, ...]
    index: Index
    file: Path | None
    """Where a new index was written, None where the one in place is changed or none is wanted."""
    stated: Sequence[Stated]
    """What was read: by all material, or by that which the change touches."""
    numbers: Sequence[int]
    """Of the new material, in the index."""
    fresh: Sequence[Stated]
    facts: Mapping[str, Fact]
    held: Collection[str]
    notes: Mapping[tuple[str, str], Iterable[str]]
    change: Change | None
    graph: Graph | None = None
    """The whole, where it was derived."""
    written: int | None = None
    """How many facts were written, where there are tables: the index has those of the sheets."""
    links: Sequence[Link] = ()
    """Which names of the material before were joined by themselves."""

    def __enter__(self) -> Renewal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.index.close()
        if self.file is not None:
            self.file.unlink(missing_ok=True)

    def commit(self, store: str = "", progress: Progress | None = None, anew: bool = False) -> None:
        """The manifest is what makes the change true: a graph whose marker does not match it is derived again.

        ``anew`` replaces whatever graph is there; else a shared one must have been built from the material before.
        """
        if bulk(self.after):
            from loaders import tables_load

            self.written = tables_load.again(self.workspace, self.after, store, progress)
            return
        digest = self.workspace.digest(self.after)
        marker = Marker(self.workspace.settings.workspace, VERSION, digest, "")
        with open_store(store or self.workspace.store, create=True) as target:
            found = target.marker()
            if found and found.workspace != marker.workspace:
                raise another_workspace(target.url)
            self._write(target, marker, found, "" if anew else self.workspace.digest(self.before), _counted(progress))
        self.workspace.write_manifest(self.after)
        rejected.remember(self.workspace, self.stated, self.graph is not None)
        self.keep(digest)

    def count(self) -> int:
        """How many facts the graph has, once it is in place."""
        return self.index.facts() if self.written is None else self.written

    def keep(self, digest: str) -> None:
        """The index is in place; where that fails it is made again when it is needed."""
        with suppress(sqlite3.Error, OSError):
            self.index.keep(digest)
            if self.file is not None:
                self.index.moved(self.file, indexing.path(self.workspace))

    def _write(self, target: Store, marker: Marker, found: Marker | None, over: str,
               progress: Callable[[int, int], None] | None) -> None:
        """The change alone over the graph that it starts from, where that is quicker."""
        if self.change is not None and found is not None and found.material == over and worth_applying(
                self.change, self.index.size()):
            with suppress(StaleStore):
                return target.apply(self.change, marker, progress, over)
        return target.replace(self.graph or whole(self.index), marker, progress, over)


def _counted(progress: Progress | None) -> Callable[[int, int], None] | None:
    return (lambda done, of: progress("graph", done, of)) if progress else None


def renewed(workspace: Workspace, refuse: Refuse, *, leaving: Sequence[Material] = (), arriving: Sequence[Incoming] = (),
            retired: Sequence[Material] = (), progress: Progress | None = None, aside: bool = False) -> Renewal:
    """The graph after a change. ``aside``: for who only looks; nothing at all is written.

    Raises what ``refuse`` raises, and what reading the material raises.
    """
    before = workspace.manifest()
    after = (*(e for e in before if e not in leaving), *(one.entry for one in arriving), *retired)
    index = None if bulk((*before, *after)) else indexing.opened(workspace, before, aside)
    links = None
    if index is not None:
        try:
            links = index_firms.links(index)
            return _stepped(workspace, index, links, before, after, leaving, arriving, retired)
        except (Unfit, Contradicted, sqlite3.Error, UnicodeEncodeError):
            index.close()
        except BaseException:
            index.close()
            raise
    return derived_anew(workspace, before, after, arriving, refuse, progress, aside, links)


def _stepped(workspace: Workspace, index: Index, links: Sequence[Link], before: tuple[Material, ...], after: tuple[Material, ...],
             leaving: Sequence[Material], arriving: Sequence[Incoming], retired: Sequence[Material]) -> Renewal:
    made = step(workspace, index, leaving, arriving, retired)
    return Renewal(workspace, before, after, index, None, made.stated, made.numbers, made.fresh, made.graph.facts, made.graph.held,
                   made.graph.notes, made.graph.change(), links=links)


def derived_anew(workspace: Workspace, before: tuple[Material, ...], after: tuple[Material, ...], arriving: Sequence[Incoming],
                 refuse: Refuse, progress: Progress | None = None, aside: bool = False, links: Sequence[Link] | None = None) -> Renewal:
    """Everything from the material: the definition of what a change must come to. ``links``: of before, where known."""
    new = [one.entry for one in arriving]
    derived = material.read_all(workspace, [e for e in after if e not in new], arriving, progress)
    refuse(derived)
    index, file = _indexed(workspace, after, derived, aside)
    kept = {entry.kept for entry in new}
    numbers = [number for number, entry in index.materials().items() if entry.kept in kept]
    fresh = [one for one in derived.stated if one.entry.kept in kept]
    return Renewal(workspace, before, after, index, file, derived.stated, numbers, fresh, {f.id: f for f in derived.graph.facts}, derived.held_back,
                   derived.notes, None, derived.graph, links=_links(workspace, derived, kept) if links is None and new else links or ())


def _links(workspace: Workspace, derived: Derived, new: Collection[str]) -> Sequence[Link]:
    """Which names were joined by themselves before that material came."""
    reads = [one.read for one in derived.stated if one.read and one.entry.kept not in new]
    return learn(workspace.settings.region, reads)[0].firms.links


def _indexed(workspace: Workspace, entries: Sequence[Material], derived: Derived, aside: bool) -> tuple[Index, Path | None]:
    """The index of what was derived, and its file, not yet in place; in memory where it cannot be written, for a load does
    not fail for want of an index."""
    if not aside:
        file = workspace.folder / f".{indexing.NAME}.building"
        with suppress(sqlite3.Error, OSError):
            file.unlink(missing_ok=True)  # of a process that was killed
            return filled(workspace, entries, derived, file), file
        with suppress(OSError):
            file.unlink(missing_ok=True)
    return filled(workspace, entries, derived), None


@contextmanager
def looked_at(workspace: Workspace, entries: tuple[Material, ...]) -> Iterator[Index]:
    """The index of these entries, to look things up in: the one in place, else one made for the purpose."""
    index = indexing.opened(workspace, entries)
    if index is not None:
        with closing(index):
            yield index
        return
    with derived_anew(workspace, entries, entries, (), lambda derived: None, aside=True) as renewal:
        yield renewal.index
