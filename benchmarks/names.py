"""Short names against full names, on real pairs: python -m benchmarks.names --chainkg FOLDER

Ours is what a load does: ``loaders.names.Firms`` joins, ``loaders.review.cases`` suggests. The peer is what a script does:
rapidfuzz' ``process.extractOne`` with WRatio and a threshold (``pip install rapidfuzz``; without it only ours is measured).
The data have no licence to be in the project, so their folder is named by who has them (``--chainkg``, LIANTU_CHAINKG).

A pair counts by its names: right is the full name that stands beside the short one. Some stock codes stand twice, once with
the firm's former full name: "by stock code" counts any full name of that code as right.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from loaders.matching import taken_apart
from loaders.names import Firms
from loaders.review import cases
from loaders.spelling import normal

LEAST = (60, 85, 95)
"""Thresholds of the peer, of 100."""

T = TypeVar("T")
Pair = tuple[str, str, str]
"""Short name, full name, stock code."""


@dataclass(frozen=True, slots=True)
class Result:
    """Shares of all pairs, but ``precision`` of those joined; seconds for the whole list."""

    who: str
    precision: float
    precision_by_code: float
    coverage: float
    top: float
    top_by_code: float
    seconds: float


Found = dict[str, tuple[frozenset[str], bool]]
"""Short name → the full names that it is said to be of (the likeliest suggestion), and whether it was joined by itself."""


def pairs(folder: Path) -> list[Pair]:
    """Every row of company.json.gz."""
    with gzip.open(folder / "company.json.gz", "rt", encoding="utf-8") as lines:
        return [(row["name"], row["fullname"], row["code"][:6]) for row in map(json.loads, lines)]


def ours(short: Sequence[str], full: Sequence[str]) -> Found:
    firms = Firms((name, "", 0) for name in (*full, *short))
    of: dict[str, set[str]] = {}
    for name in full:
        of.setdefault(firms.id(name), set()).add(name)
    found: Found = {name: (frozenset(of[id]), True) for name in short if (id := firms.id(name)) in of}
    for case in cases(firms):
        if not taken_apart(case.name).legal:
            found[case.name] = frozenset(of[firms.id(case.candidates[0].name)]), False
    return found


def peer(short: Sequence[str], full: Sequence[str]) -> dict[str, tuple[str, float]]:
    """Short name → the full name most like it, and how like, of 100."""
    fuzz, process = (importlib.import_module(f"rapidfuzz.{name}") for name in ("fuzz", "process"))
    keys = list(map(normal, full))
    found = ((name, process.extractOne(normal(name), keys, scorer=fuzz.WRatio)) for name in short)
    return {name: (full[best[2]], best[1]) for name, best in found if best}


def measured(who: str, given: Sequence[Pair], found: Found, seconds: float) -> Result:
    by_code: dict[str, set[str]] = {}
    for _, name, code in given:
        by_code.setdefault(name, set()).add(code)
    joined = right = right_code = top = top_code = 0
    for short, full, code in given:
        names, itself = found.get(short, (frozenset[str](), False))
        same, same_code = full in names, any(code in by_code[name] for name in names)
        joined, right, right_code = joined + itself, right + (itself and same), right_code + (itself and same_code)
        top, top_code = top + same, top_code + same_code
    of = len(given)
    return Result(who, right / max(1, joined), right_code / max(1, joined), joined / of, top / of, top_code / of, seconds)


def run(given: Sequence[Pair]) -> list[Result]:
    """Ours and, where rapidfuzz is there, the peer at three thresholds."""
    short, full = sorted({s for s, _, _ in given}), sorted({f for _, f, _ in given})
    match, seconds = _timed(partial(ours, short, full))
    out = [measured("liantu", given, match, seconds)]
    try:
        importlib.import_module("rapidfuzz")
    except ImportError:
        print("rapidfuzz 未安装, 只测自己 / is not installed: only ours is measured", file=sys.stderr)
        return out
    near, seconds = _timed(partial(peer, short, full))
    return out + [measured(f"rapidfuzz WRatio ≥ {least}", given, {n: (frozenset({to}), of >= least) for n, (to, of) in near.items()}, seconds)
                  for least in LEAST]


def _timed(match: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return match(), time.perf_counter() - started


def absent(given: Sequence[Pair], every: int = 10) -> float:
    """How often a name is joined wrongly where its own firm is not in the material at all: of every tenth pair."""
    gone = {code for at, (_, _, code) in enumerate(given) if at % every == 0}
    short = sorted({s for s, _, _ in given})
    found = ours(short, sorted({f for _, f, code in given if code not in gone}))
    lost = {s for s, _, code in given if code in gone} - {s for s, _, code in given if code not in gone}
    return sum(found.get(s, (None, False))[1] for s in lost) / max(1, len(lost))


def table(results: Iterable[Result]) -> str:
    lines = ["| who | precision | by stock code | coverage | top-1 | by stock code | seconds |", "|---|---|---|---|---|---|---|"]
    return "\n".join(lines + [f"| {r.who} | {r.precision:.2%} | {r.precision_by_code:.2%} | {r.coverage:.1%} | {r.top:.1%} | "
                              f"{r.top_by_code:.1%} | {r.seconds:.2f} |" for r in results])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chainkg", type=Path, default=os.environ.get("LIANTU_CHAINKG") or None, metavar="FOLDER")
    folder = parser.parse_args().chainkg
    if not folder:
        parser.error("--chainkg FOLDER: 数据所在文件夹 / the folder of the data")
    given = pairs(Path(folder))
    codes = len({code for *_, code in given})
    print(f"{len(given)} pairs, {len({s for s, *_ in given})} short names, {codes} stock codes\n\n{table(run(given))}\n")
    print(f"its own firm not in the material: {absent(given):.1%} of such names are joined with another")


if __name__ == "__main__":
    main()
