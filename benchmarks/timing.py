"""Time whole processes in turn, so that a slow minute of the machine falls on both sides."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

Command = Sequence[str]
Times = dict[str, list[float]]


class Failed(Exception):
    """A measured command did not succeed: a time of it would mean nothing."""


def seconds(command: Command, folder: Path) -> float:
    """Wall time of one run, output piped; raises Failed with the output where it fails."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode:
        raise Failed(f"{' '.join(command)}: {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return taken


def in_turn(work: dict[str, Callable[[], float]], runs: int, warm_up: int = 2) -> Times:
    """A B A B …: ``runs`` times of each, after ``warm_up`` that do not count."""
    times: Times = {name: [] for name in work}
    for run in range(-warm_up, runs):
        for name, once in work.items():
            taken = once()
            if run >= 0:
                times[name].append(taken)
    return times


def medians(times: Times) -> dict[str, float]:
    return {name: median(values) for name, values in times.items()}
