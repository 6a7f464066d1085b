"""Names of a few keys from the index: as all names of all material would have them."""

from __future__ import annotations

from collections.abc import Iterable

from graph.workspace import Material
from loaders.index import Index
from loaders.keys import Piece, drawn_by, named
from loaders.names import normal
from loaders.stating import Names


class Contradicted(Exception):
    """A source means two things in two files: for the full derivation, which says where."""


class NamesOf:
    """Makes names of some keys; every key that is looked up in them must be among these."""

    def __init__(self, index: Index, home: str) -> None:
        self.index, self.home = index, home

    def of(self, keys: Iterable[str]) -> Names:
        """Raises Contradicted."""
        materials: dict[int, Material] = self.index.materials()
        found = sorted(self._led(set(keys)).items())
        names, problems = named(self.home, [(materials[material], piece) for _, (material, piece) in found])
        if problems:
            raise Contradicted
        return names

    def _led(self, keys: set[str]) -> dict[int, tuple[int, Piece]]:
        """All pieces under the keys and under those they lead to; then the sources that any of them cites."""
        found: dict[int, tuple[int, Piece]] = {}
        done: set[str] = set()
        while keys:
            done |= keys
            for number, material, piece in self.index.pieces(keys):
                found[number] = material, piece
            keys = {key for _, piece in found.values() for key in piece.leads} - done
        cited = {f"s:{piece.values['source']}" for _, piece in found.values() if piece.values.get("source")}
        for number, material, piece in self.index.pieces(cited - done):
            found[number] = material, piece
        return found

    def for_drawing(self, nodes: Iterable[tuple[str, str]]) -> Names:
        """Names that draw these nodes: with all that other rows say of their aliases."""
        keys = {key for node in nodes for key in drawn_by(*node)}
        names = self.of(keys)
        every = {alias for register in (names.nodes, names.regions) for some in register.aliases.values() for alias in some}
        aliases = {f"a:{alias}" for alias in every} | {f"n:{normal(alias)}" for alias in every}  # a guest's are its own where no other has them
        return self.of(keys | aliases) if aliases - keys else names

