"""Names of a few keys from the index: as all names of all material would have them."""

from __future__ import annotations

from collections.abc import Iterable

from graph.workspace import Material
from loaders.index import Index
from loaders.index_firms import FirmsOf
from loaders.keys import Piece, drawn_by, named
from loaders.names import Firms, normal
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
        names.firms = FirmsOf(self.index)  # type: ignore[assignment]  # it answers the same of single names
        return names

    def firms(self) -> Firms:
        """Which name is which firm, worked out from all that is said now."""
        materials = self.index.materials()
        found = {number: (material, piece) for number, material, piece in self.index.firm_pieces()}
        found |= self._cited(found)
        decided = [one for number in materials for one in self.index.decided_by(number)]
        return named(self.home, [(materials[material], piece) for _, (material, piece) in sorted(found.items())], decided)[0].firms

    def _cited(self, found: dict[int, tuple[int, Piece]]) -> dict[int, tuple[int, Piece]]:
        """The sources that these pieces cite: who may see a name follows from them."""
        cited = {f"s:{piece.values['source']}" for _, piece in found.values() if piece.values.get("source")}
        return {number: (material, piece) for number, material, piece in self.index.pieces(cited)}

    def together(self, keys: set[str]) -> set[str]:
        """The keys, and those of all that they lead to: what a code joins is called anew where one of it changes."""
        return keys | {key for _, piece in self._led(keys).values() for key in piece.keys if key[0] in "npro"}

    def _led(self, keys: set[str]) -> dict[int, tuple[int, Piece]]:
        """All pieces under the keys and under those they lead to; then the sources that any of them cites."""
        found: dict[int, tuple[int, Piece]] = {}
        done: set[str] = set()
        keys = {key for key in keys if key[0] not in "fuw"}  # these are told by FirmsOf
        while keys:
            done |= keys
            for number, material, piece in self.index.pieces(keys):
                found[number] = material, piece
            keys = {key for _, piece in found.values() for key in piece.leads} - done
        return found | self._cited(found)

    def for_drawing(self, nodes: Iterable[tuple[str, str]]) -> Names:
        """Names that draw these nodes: with all that other rows say of their aliases."""
        keys = {key for node in nodes for key in drawn_by(*node)}
        names = self.of(keys)
        every = {alias for register in (names.nodes, names.regions) for some in register.aliases.values() for alias in some}
        aliases = {f"a:{alias}" for alias in every} | {f"n:{normal(alias)}" for alias in every}  # a guest's are its own where no other has them
        return self.of(keys | aliases) if aliases - keys else names

