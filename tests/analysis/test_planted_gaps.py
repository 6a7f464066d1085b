"""Gaps of every verdict planted in generated chains, whose truth is known by construction: all are found, and no other."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.gaps import GapEngine
from analysis.risk import Risks
from analysis.words import VERDICTS
from tests.chains import Chain, fact

CHAINS = 1000
RATIOS = {"weak": (0.05, 0.58), "short": (0.62, 0.98), "balanced": (1.02, 1.48), "surplus": (1.52, 9.0)}
"""Clear of the limits, which have tests of their own."""


class Planted:
    """A chain in the making with the verdict of each node, and the share that stops of whom where that is plain."""

    def __init__(self, lot: Random) -> None:
        self.lot = lot
        self.chain = Chain()
        self.truth: dict[str, str] = {}
        self.stops: dict[str, dict[str, float]] = {}
        self.asked: list[str] = []

    def node(self, verdict: str) -> str:
        name = f"节{len(self.truth)}"
        self.chain.unit(name)
        self.truth[name] = verdict
        return name

    def size(self) -> float:
        return round(self.lot.uniform(0.5, 500), 3)

    def standing(self) -> tuple[str, float]:
        """A node of known size that nobody known takes from."""
        name, size = self.node("present"), self.size()
        way = self.lot.choice(("figure", "figure and plant", "survey"))
        if way == "survey":
            self.chain.plant(name, size, firm=f"企{name}").surveyed(name)
        else:
            self.chain.figure(name, size)
        if way == "figure and plant":  # within the figure: not added
            self.chain.plant(name, size / 2, firm=f"企{name}")
        return name, size

    def nothing(self, name: str) -> str:
        """Somebody says that there is none; a rumour of the contrary counts for nothing."""
        way = self.lot.choice(("none", "wanted", "figure", "survey"))
        if way == "figure":
            self.chain.figure(name, 0.0)
        elif way == "survey":
            self.chain.surveyed(name)
        else:
            self.chain.says(name, way)
        if self.lot.random() < 0.3:
            self.chain.says(name, self.lot.choice(("filled", "complete")))
        if self.lot.random() < 0.3:  # held back or elsewhere: not here
            self.chain.add(fact("MAKES", "外企", name, capacity=5.0, unit="t/a", region="外市", state="operating"))
        return name

    def not_here(self) -> str:
        """A neighbour that stands for nothing: nobody looked, none, or outside the chain."""
        way = self.lot.choice(("unknown", "absent", "boundary"))
        name = self.node("unknown" if way == "unknown" else "absent")
        if way == "absent":
            self.nothing(name)
        elif way == "boundary":
            self.chain.boundary.add(name)
            self.chain.figure(name, 9.0)
            del self.truth[name]
            self.truth[f"界{name}"] = "boundary"  # keeps the count of names
        return name

    def needed_by(self, node: str) -> None:
        """One to three that stand and cannot do without; how much they take does not matter."""
        for _ in range(self.lot.randint(1, 3)):
            taker, _ = self.standing()
            coefficient = self.lot.choice((None, round(self.lot.uniform(0.01, 9), 3)))
            role, essential = self.lot.choice((("material", None), ("component", None), ("consumable", None), ("equipment", True)))
            self.chain.feeds(node, taker, coefficient, role, essential=essential)
            self.stops.setdefault(node, {})[taker] = 1.0

    def feed(self, node: str) -> None:
        """A node that stands and feeds it; it has no known taker but this one."""
        self.chain.feeds(self.standing()[0], node, self.lot.choice((None, 2.0)))

    def idle(self, node: str) -> None:
        """Neighbours that neither need it nor feed it."""
        for _ in range(self.lot.randint(0, 2)):
            self.chain.feeds(node, self.not_here(), 1.5)
        if self.lot.random() < 0.4:
            self.chain.feeds(node, self.standing()[0], None, "equipment")

    def plant(self, verdict: str) -> None:
        name = self.node(verdict)
        self.asked.append(name)
        if verdict == "unknown":
            self._unknown(name)
        elif verdict in RATIOS:
            self._ratio(name, verdict)
        elif verdict == "present":
            self._present(name)
        else:
            self.nothing(name)
            self.needed_by(name) if verdict in ("broken", "missing") else self.idle(name)
            if verdict in ("broken", "extension"):
                self.feed(name)
            elif self.lot.random() < 0.5:
                self.chain.feeds(self._unlooked(), name, 1.0)

    def _unlooked(self) -> str:
        return self.node("unknown")

    def _unknown(self, name: str) -> None:
        """Nobody looked: whoever needs or feeds it, whoever says it is filled."""
        if self.lot.random() < 0.6:
            self.chain.feeds(name, self.standing()[0], 1.0)
        if self.lot.random() < 0.6:
            self.feed(name)
        if self.lot.random() < 0.4:
            self.chain.says(name, "filled")

    def _ratio(self, name: str, verdict: str) -> None:
        """Takers first; then as much as makes the ratio."""
        demand, takers = 0.0, []
        for _ in range(self.lot.randint(1, 3)):
            taker, size = self.standing()
            coefficient = round(self.lot.uniform(0.01, 9), 3)
            self.chain.feeds(name, taker, coefficient)
            demand += coefficient * size
            takers.append(taker)
        ratio = self.lot.uniform(*RATIOS[verdict])
        self.chain.figure(name, ratio * demand)
        self.stops[name] = dict.fromkeys(takers, 1 - ratio) if ratio < 1 else {}

    def _present(self, name: str) -> None:
        """It stands, and one thing or another that a ratio needs is not known or not there."""
        way = self.lot.choice(("unsized", "partial", "no demand", "no coefficient", "taker unsized", "taker partial", "said"))
        if way == "unsized":
            self.chain.plant(name, None, firm=f"企{name}")
        elif way == "partial":
            self.chain.plant(name, self.size(), firm=f"企{name}")
        elif way == "said":
            self.chain.says(name, "present")
        else:
            self.chain.figure(name, self.size())
        if way in ("taker unsized", "taker partial"):
            taker = self.node("present")
            self.chain.plant(taker, None if way == "taker unsized" else 7.0, firm=f"企{taker}").feeds(name, taker, 1.0)
        elif way == "no demand":
            self.chain.feeds(name, self.not_taking(), 1.0)
        else:
            self.chain.feeds(name, self.standing()[0], None if way == "no coefficient" else 1.0)

    def not_taking(self) -> str:
        """A node that this one feeds and that is not here: an extension, or nobody looked."""
        taker = self.node(self.lot.choice(("extension", "unknown")))
        return self.nothing(taker) if self.truth[taker] == "extension" else taker


def planted(seed: int) -> Planted:
    """A verdict by turns and one to three by lot, in one chain."""
    names = list(VERDICTS)
    return by_lot(Random(seed), names[seed % len(names)])


def by_lot(lot: Random, first: str) -> Planted:
    made, names = Planted(lot), list(VERDICTS)
    for verdict in (first, *made.lot.choices(names, k=made.lot.randint(1, 3))):
        made.plant(verdict)
    return made


@pytest.mark.slow
@settings(max_examples=CHAINS)
@given(lot=st.randoms(use_true_random=False), first=st.sampled_from(list(VERDICTS)))
def test_every_generated_chain_has_the_gaps_that_were_planted(lot: Random, first: str) -> None:
    made = by_lot(lot, first)
    truth = {n: v for n, v in made.truth.items() if v != "boundary"}
    assert {r.node: r.verdict for r in GapEngine(made.chain.evidence()).rows("甲链")} == truth


@pytest.mark.slow
def test_every_planted_gap_is_found_and_nothing_else() -> None:
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    true: Counter[str] = Counter()
    wrong = []
    for seed in range(CHAINS):
        made = planted(seed)
        truth = {n: v for n, v in made.truth.items() if v != "boundary"}
        rows = {r.node: r.verdict for r in GapEngine(made.chain.evidence()).rows("甲链")}
        assert rows.keys() == truth.keys(), seed
        found.update(rows.values())
        true.update(truth.values())
        right.update(v for n, v in truth.items() if rows[n] == v)
        wrong += [(seed, n, v, rows[n]) for n, v in truth.items() if rows[n] != v]
    assert not wrong, wrong[:5]
    precision = {v: right[v] / found[v] for v in VERDICTS}
    recall = {v: right[v] / true[v] for v in VERDICTS}
    assert precision == recall == dict.fromkeys(VERDICTS, 1.0)
    assert min(true.values()) >= 100  # each verdict often enough to mean something


def test_what_planted_gaps_stop() -> None:
    """Where it is plain: all of who needs what there is none of; of who shares what is short, what it lacks."""
    kinds: Counter[str] = Counter()
    for seed in range(0, CHAINS, 4):
        made = planted(seed)
        demands = made.chain.demands()
        risks = Risks(demands.evidence, demands)
        for node in made.asked:
            if made.truth[node] in ("unknown", "present"):
                continue
            found = {r.node: r.share for r in risks.of(node) or ()}
            assert found == pytest.approx(made.stops.get(node, {}), abs=1e-9), (seed, node)
            kinds[made.truth[node]] += 1
    assert min(kinds[v] for v in VERDICTS if v not in ("unknown", "present")) >= 20
