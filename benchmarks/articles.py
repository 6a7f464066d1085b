"""How well an article is read: precision and recall by kind, of the articles the rules were made on and of those kept for the end.

``python -m benchmarks.articles [--misses]``; LIANTU_ARTICLES names a folder with baotou-2023.txt, which is not in the project.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import liantu
from graph import units
from loaders.article.known import known_names
from loaders.article.propose import propose
from loaders.article.reading import read_text
from loaders.article.said import UNNAMED, Article, Said
from loaders.names import normal

ROOT = Path(__file__).parent.parent / "tests" / "loaders" / "articles"
KINDS = ("project", "investor", "investment", "adds", "milestone", "makes", "claim", "goal", "indicator")
Fact = dict[str, Any]


@dataclass
class Score:
    """Counts by kind: right, proposed, in the gold list; days right of those that are in both."""

    right: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    days: int = 0
    dated: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in ("right", "proposed", "gold"):
            getattr(self, name).update(getattr(other, name))
        self.days, self.dated = self.days + other.days, self.dated + other.dated
        self.wrong += other.wrong
        self.missed += other.missed


def fact(one: Said) -> Fact:
    """A proposed fact in the form of the gold list."""
    one = replace(one, of="") if one.of.startswith(UNNAMED) else one
    sized = {"value": one.value, "unit": one.unit}
    day = {"day": one.day.isoformat() if one.day else ""}
    if one.kind == "project":
        return {"kind": "project", "name": one.of}
    if one.kind == "investor":
        return {"kind": one.kind, "project": one.of, "firm": one.what}
    if one.kind == "investment":
        return {"kind": one.kind, "project": one.of, **sized}
    if one.kind == "adds":
        return {"kind": one.kind, "project": one.of, "node": one.what, **sized}
    if one.kind == "milestone":
        return {"kind": one.kind, "project": one.of, "step": one.what, "basis": one.basis, **day}
    if one.kind in ("makes", "reports"):
        return {"kind": "makes", "firm": one.of if one.kind == "makes" else "", "node": one.what, **sized}
    if one.kind == "claim":
        return {"kind": one.kind, "says": one.basis, "node": one.what, "scope": one.scope}
    if one.kind == "goal":
        return {"kind": one.kind, "node": one.what, **sized, "due": day["day"]}
    return {"kind": one.kind, "region": one.of, "indicator": one.what, **sized, **day}


def same(one: Fact, gold: Fact) -> bool:
    """Whether two facts are one: names alike, the figure and unit equal, the step, basis and saying the same."""
    if one["kind"] != gold["kind"] or any(one.get(k) != gold.get(k) for k in ("step", "basis", "says")):
        return False
    if "value" in gold and not _equal(one, gold):
        return False
    names = [k for k in ("name", "project", "firm", "node") if k in gold]
    if gold["kind"] == "claim" and gold["scope"] and one["scope"] != gold["scope"]:
        return False
    if gold["kind"] == "indicator" and not (_alike(_short(one["indicator"]), _short(gold["indicator"])) and _alike(
            one["region"], gold["region"])):
        return False
    return all(_alike(one[k], gold[k]) for k in names)


def _short(indicator: str) -> str:
    return re.sub(r"[数额总]|^新|协议", "", indicator) or indicator


def _equal(one: Fact, gold: Fact) -> bool:
    unit = gold["unit"].replace("项", "个")
    if one["value"] == gold["value"] and one["unit"].replace("项", "个").removesuffix("/年") == unit.removesuffix("/年"):
        return True
    converted = units.convert(one["value"], one["unit"], gold["unit"])
    return converted is not None and abs(converted - gold["value"]) < 1e-9 * abs(gold["value"])


def _alike(one: str, gold: str) -> bool:
    """The same, or one within the other and more than half of it."""
    one, gold = normal(one), normal(gold)
    short, long = sorted((one, gold), key=len)
    return one == gold or (bool(short) and short in long and 2 * len(short) >= len(long))


def score(article: Article, gold: list[Fact]) -> Score:
    """Every gold fact is found at most once; ``may`` facts are neither missed nor wrong."""
    found, left = Score(), list(gold)
    if day := next((g["day"] for g in gold if g["kind"] == "published"), ""):
        assert article.published and article.published.isoformat() == day, (article.file, article.published, day)
    left = [g for g in gold if g["kind"] != "published"]
    found.gold.update(g["kind"] for g in left if not g.get("may"))
    for one in map(fact, article.said):
        match = _best(one, left)
        if match is None:
            found.proposed[one["kind"]] += 1
            found.wrong.append(f"{article.file}: {one}")
            continue
        left.remove(match)
        if not match.get("may"):
            found.proposed[one["kind"]] += 1
            found.right[one["kind"]] += 1
            _days(found, one, match)
    found.missed += [f"{article.file}: {g}" for g in left if not g.get("may")]
    return found


def _best(one: Fact, left: list[Fact]) -> Fact | None:
    """Of the gold facts that it may be, one that it must be, and whose day it has."""
    fits = [g for g in left if same(one, g)]
    return min(fits, key=lambda g: (bool(g.get("may")), g.get("day", g.get("due")) != one.get("day", one.get("due"))), default=None)


def _days(found: Score, one: Fact, gold: Fact) -> None:
    for key in ("day", "due"):
        if key in gold:
            found.dated += 1
            found.days += one[key] == gold[key]
            if one[key] != gold[key]:
                found.wrong.append(f"  day: {one} is {gold[key]!r}")


def scored(paths: Iterable[Path], golds: Path | None = None) -> Score:
    total, names = Score(), known_names(liantu.data(), None)
    for path in paths:
        gold = json.loads(((golds or path.parent) / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
        total.add(score(propose(path.name, read_text(path), names), gold))
    return total


def sets() -> dict[str, Score]:
    """dev, heldout and, where LIANTU_ARTICLES has it, real."""
    found = {name: scored(sorted((ROOT / name).glob("*.txt"))) for name in ("dev", "heldout")}
    real = Path(os.environ.get("LIANTU_ARTICLES", "-")) / "baotou-2023.txt"
    return found | ({"real": scored([real], ROOT)} if real.is_file() else {})


def table(found: dict[str, Score]) -> str:
    """A row a kind: precision and recall of each set, with the counts they are of."""
    lines = ["kind        " + "".join(f"{name:>30}" for name in found)]
    for kind in (*KINDS, "all"):
        lines.append(f"{kind:12}" + "".join(f"{_cell(s, kind):>30}" for s in found.values()))
    lines.append("days        " + "".join(f"{f'{s.days}/{s.dated}':>30}" for s in found.values()))
    return "\n".join(lines)


def _cell(s: Score, kind: str) -> str:
    right, proposed, gold = ((c[kind] if kind != "all" else sum(c.values())) for c in (s.right, s.proposed, s.gold))
    return f"P {_ratio(right, proposed)} R {_ratio(right, gold)} ({right}/{proposed}/{gold})"


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "  – "


if __name__ == "__main__":
    results = sets()
    print(table(results))
    if "--misses" in sys.argv:
        for name, result in results.items():
            if name != "heldout":
                print(f"\n{name} wrong:", *result.wrong, f"\n{name} missed:", *result.missed, sep="\n")
