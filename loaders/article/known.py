"""Names that are known already: of a workspace, else of the chain skeletons. They help; they decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import AUDIENCES
from graph.workspace import Workspace
from loaders.exporting import rows
from loaders.names import nearest, normal
from loaders.readers import read
from loaders.rows import Row, validate
from loaders.start import chains, skeletons


@dataclass(frozen=True, slots=True)
class Known:
    """Chain nodes by every spelling, the chains of each, firms and regions."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    """Normalised spelling → the node's name."""
    chains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    firms: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    region: str = ""

    def node(self, words: str) -> str:
        """The node that a phrase names: its own name, else the only node whose name it ends with; '' where none or several."""
        if not words:
            return ""
        if own := self.nodes.get(normal(words)):
            return own
        ends = {name for spelling, name in self.nodes.items() if len(spelling) >= 2 and normal(words).endswith(spelling)}
        longest = max((len(normal(n)) for n in ends), default=0)
        best = {n for n in ends if len(normal(n)) == longest}
        return next(iter(best)) if len(best) == 1 else ""

    def near(self, words: str) -> list[str]:
        return nearest(words, self.nodes.values()) if words and self.nodes else []

    def chain(self, node: str) -> str:
        """The chain of a node where it stands in one only."""
        chains = self.chains.get(node, ())
        return chains[0] if len(chains) == 1 else ""


def known(given: Iterable[Row], region: str = "") -> Known:
    """What the rows of a material name."""
    nodes: dict[str, str] = {}
    chains: dict[str, list[str]] = {}
    firms: list[str] = []
    regions: list[str] = []
    for row in given:
        v = row.values
        if row.sheet.key == "nodes":
            _node(v["node"], v.get("aliases", ()), v["chain"], nodes, chains)
        elif row.sheet.key == "regions":
            regions += [v["region"], *v.get("aliases", ())]
        firms += [str(v[key]) for key in ("firm", "supplier", "customer") if v.get(key)] + list(v.get("investors", ()))
    return Known(nodes, {n: tuple(dict.fromkeys(c)) for n, c in chains.items()}, tuple(dict.fromkeys(firms)),
                 tuple(dict.fromkeys([*([region] if region else []), *regions])), region)


def _node(name: str, aliases: Sequence[str], chain: str, nodes: dict[str, str], chains: dict[str, list[str]]) -> None:
    name = name.removeprefix(f"{chain}/")
    for spelling in (name, *aliases):
        nodes.setdefault(normal(spelling), name)
    chains.setdefault(name, []).append(chain)


def known_names(data: Path, workspace: Workspace | None) -> Known:
    """The names of a workspace's material, of all audiences for nobody but its reviewer; without one, of the chain skeletons."""
    if workspace is not None:
        return known(rows(workspace, AUDIENCES[-1]), workspace.settings.region)
    found = [row for folder in skeletons(data, chains(data)) for table in read(folder) for row in validate(table)[0]]
    return known(found)
