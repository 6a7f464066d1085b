"""Batches of a load, several in flight at once: while the server writes one, the next is being made and sent.

Two batches that lock the same node would wait for each other, or undo each other in a deadlock; with all firms in one
region that might be every batch, and the tries run out. So a batch says which nodes it may have in common with others
(``Step.shares``), and only those that have none fly together: however the graph is, nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Thread

from graph.difference import LANES, Step

WAIT = 1.0
"""Seconds that may pass without a word to ``landed``."""
PATIENCE = 15.0
"""Seconds for what is in the air to land where another lane has failed, or somebody has pressed Ctrl-C."""

Work = Callable[[Step, int], None]
Landed = Callable[[int], None]


def in_lanes(steps: Iterable[Step], work: Work, landed: Landed) -> None:
    """``work(step, lane)`` for all: steps of another text only when those before them are done. The work is done in
    threads; ``landed`` is called in this one, with the rows of each step, or with 0 where nothing came for a second.

    What ``work`` or ``landed`` raises is raised once nothing is in the air any more.
    """
    for _, alike in groupby(steps, key=lambda step: step.text):
        _Flight(list(alike), work).run(landed)


class _Flight:
    """Steps of one text."""

    def __init__(self, waiting: list[Step], work: Work) -> None:
        self.waiting = waiting
        self.work = work
        self.air: dict[int, tuple[Step, Thread]] = {}
        self.back = SimpleQueue[tuple[int, BaseException | None]]()

    def run(self, landed: Landed) -> None:
        try:
            while self.waiting or self.air:
                self._start()
                landed(self._next())
        finally:
            for _, thread in self.air.values():
                thread.join(PATIENCE)

    def _start(self) -> None:
        """As many as there are lanes, none that has something in common with one in the air."""
        for lane in range(LANES):
            busy = frozenset[int]().union(*(step.shares for step, _ in self.air.values()))
            step = next((one for one in self.waiting if not one.shares & busy), None)
            if step is not None and lane not in self.air:
                self.waiting.remove(step)
                thread = Thread(target=self._fly, args=(step, lane), daemon=True)  # a dead line must not hold up the exit
                self.air[lane] = step, thread
                thread.start()

    def _fly(self, step: Step, lane: int) -> None:
        try:
            self.work(step, lane)
        except BaseException as error:  # told where it can be: in the thread that waits
            self.back.put((lane, error))
        else:
            self.back.put((lane, None))

    def _next(self) -> int:
        try:
            lane, error = self.back.get(timeout=WAIT)
        except Empty:
            return 0
        step, _ = self.air.pop(lane)
        if error is not None:
            raise error
        return len(step.rows)
