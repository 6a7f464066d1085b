"""How the gap list grows with the number of firms, drawn from the recorded result: python -m benchmarks.growth."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from benchmarks.bench import RESULT

PICTURE = RESULT.parent / "growth.svg"
ROW = re.compile(r"gap list of 20 chains, ([\d,]+) firms, (warm|whole process): (embedded|ours on Neo4j) / (.+)")
COLOURS = {"liantu, embedded": "#c1121f", "liantu on Neo4j": "#e07a5f", "plain Cypher on Neo4j": "#3d5a80",
           "networkx": "#6a994e", "DuckDB SQL": "#8d8d8d"}
NAMES = {"plain Cypher": "plain Cypher on Neo4j", "on Neo4j": "liantu on Neo4j"}

Lines = dict[str, dict[str, dict[int, float]]]
"""Seconds by how, side and firms."""


def lines() -> Lines:
    found: Lines = defaultdict(lambda: defaultdict(dict))
    for row in json.loads(RESULT.read_text(encoding="utf-8"))["rows"]:
        if told := ROW.fullmatch(row["work"]):
            firms, how, ours, peer = told.groups()
            size = int(firms.replace(",", ""))
            found[how][NAMES.get(peer, peer)][size] = row["peer"]
            found[how]["liantu, embedded" if ours == "embedded" else "liantu on Neo4j"][size] = row["ours"]
    return found


def draw() -> None:
    """The same result gives the same bytes."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "liantu", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
    from matplotlib import pyplot

    told = lines()
    picture, axes = pyplot.subplots(1, 2, figsize=(9, 3.8), sharey=True, layout="constrained")
    for axis, how in zip(axes, ("warm", "whole process"), strict=True):
        for side, colour in COLOURS.items():
            points = sorted(told[how][side].items())
            axis.loglog([x for x, _ in points], [y for _, y in points], "o-", color=colour, label=side, markersize=4)
        axis.set(title=f"gap list of 20 chains × 300 nodes, {how}", xlabel="firms")
        axis.grid(True, which="major", alpha=0.3)
    axes[0].set_ylabel("seconds")
    axes[0].legend(frameon=False)
    picture.savefig(PICTURE, metadata={"Date": None, "Creator": None})
    pyplot.close(picture)


if __name__ == "__main__":
    draw()
