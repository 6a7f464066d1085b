"""ChainKnowledgeGraph as the loader reads it: what a load of a public data set is measured on.

The data have no licence to be in the project, so their folder is named by who has them (``--chainkg``, LIANTU_CHAINKG).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.facts import Graph
from graph.workspace import create
from loaders import material

DAY = date(2021, 12, 31)


def chainkg(folder: Path) -> Graph:
    """All nodes and facts of the seven files. LiantuError where one is missing or damaged."""
    with TemporaryDirectory() as temp:
        given = material.incoming(folder, DAY, None, "", True, False, "chainkg")
        return material.read_all(create(Path(temp) / "city", "city"), (), [given]).graph
