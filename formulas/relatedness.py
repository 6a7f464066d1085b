"""Relatedness of nodes and how dense a firm stands around a node (Hidalgo, Klinger, Barabási, Hausmann 2007, Science 317, 482–487).

There they are products and countries. Only the pairs of M that are 1 are kept, and only what is not 0 is worked out: a graph of
100,000 nodes has as many rows of proximity as it has nodes, and next to nothing in each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Relatedness:
    """A binary matrix M of firms (rows) × nodes (columns), given as the pairs that are 1, in any order and as often as they come."""

    def __init__(self, rows: Sequence[int] | Ints, columns: Sequence[int] | Ints, firms: int, nodes: int) -> None:
        codes = np.unique(np.asarray(rows, dtype=np.int64) * nodes + np.asarray(columns, dtype=np.int64))
        self._columns, by_row = codes % nodes, codes // nodes
        self._row_at = np.searchsorted(by_row, np.arange(firms + 1))
        order = np.argsort(self._columns, kind="stable")
        self._rows = by_row[order]
        self._column_at = np.searchsorted(self._columns[order], np.arange(nodes + 1))
        self.breadth, self.ubiquity = np.diff(self._row_at), np.diff(self._column_at)
        """Nodes of each firm; firms of each node."""

    def proximity(self, node: int) -> tuple[Ints, Floats]:
        """Nodes that share a firm with this one, itself among them, and φ = min(P(n | m), P(m | n)) = shared / max(firms of n, of m)."""
        near, shared = np.unique(_slices(self.makers(node), self._row_at, self._columns)[0], return_counts=True)
        return near, shared / np.maximum(self.ubiquity[node], self.ubiquity[near])

    def density(self, node: int) -> tuple[Ints, Floats]:
        """Firms that make a node near to this one, and ω = Σ_m M[f, m] · φ[n, m] / Σ_m φ[n, m]: 0 to 1, and 0 for every other firm.

        Both sums go over all nodes m, n itself too, as in the paper's own code.
        """
        near, phi = self.proximity(node)
        makers, lengths = _slices(near, self._column_at, self._rows)
        firms, at = np.unique(makers, return_inverse=True)
        return firms, np.bincount(at, weights=np.repeat(phi, lengths), minlength=len(firms)) / (phi.sum() if len(phi) else 1.0)

    def makers(self, node: int) -> Ints:
        return self._rows[self._column_at[node]:self._column_at[node + 1]]


def _slices(which: Ints, at: Ints, values: Ints) -> tuple[Ints, Ints]:
    """The pieces ``values[at[i]:at[i + 1]]`` of each i one after another, and how long each is."""
    lengths = at[which + 1] - at[which]
    before = np.cumsum(lengths) - lengths
    return values[np.repeat(at[which] - before, lengths) + np.arange(lengths.sum())], lengths
