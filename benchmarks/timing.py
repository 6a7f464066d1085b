"""Time work in turn, so that a slow minute of the machine falls on both sides."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.table import Row

Command = Sequence[str]
Times = dict[str, list[float]]
UNITS = {"s": 1.0, "ms": 1000.0}


class Failed(Exception):
    """What is measured did not succeed: a time of it would mean nothing."""


def seconds(command: Command, folder: Path) -> float:
    """Wall time of one run, output piped; raises Failed with the output where it fails.

    Compiled modules are kept as on anybody's machine: without, ours would be compiled each time and a library not.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=environment)
    taken = time.perf_counter() - start
    if done.returncode:
        raise Failed(f"{' '.join(command)}: {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return taken


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(work: dict[str, Callable[[], float]], runs: int, warm_up: int = 2) -> Times:
    """A B, B A, A B …: ``runs`` times of each, after ``warm_up`` that do not count.

    Every second round goes the other way about: what gets steadily faster (a server that warms up) favours neither.
    """
    times: Times = {name: [] for name in work}
    for run in range(-warm_up, runs):
        for name in work if run % 2 == 0 else reversed(work):
            taken = work[name]()
            if run >= 0:
                times[name].append(taken)
    return times


def medians(times: Times) -> dict[str, float]:
    return {name: median(values) for name, values in times.items()}


def compared(work: str, times: Times, unit: str, target: float | None = None) -> Row:
    """``ours`` and ``peer`` by their medians."""
    mid, factor = medians(times), UNITS[unit]
    spread = max((max(values) - min(values)) / mid[name] for name, values in times.items())
    return Row(work, unit, round(mid["ours"] * factor, 1), round(mid["peer"] * factor, 1),
               round(mid["ours"] / mid["peer"], 2), target, round(spread, 2))
