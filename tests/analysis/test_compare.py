"""Ranks, their intervals, and what would change them, on invented readings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analysis.compare import CompareRow, Reading, agreement, compared, moves, normal, weighed
from analysis.factors import Profile, profile
from tests.analysis.test_factors import RAW

OF = replace(profile(RAW, {"weights": {"甲": 0.5, "乙": 0.3, "丙": 0.2}}, {}, []), blend=0.0)
FIGURES: dict[str, tuple[float | None, ...]] = {"试市": (40, 50, 5), "东市": (60, 50, 5), "西市": (20, None, 5)}


def readings(figures: dict[str, tuple[float | None, ...]], of: Profile = OF) -> dict[str, tuple[Reading, ...]]:
    return {region: tuple(Reading(f.name, v, f.unit, normal(f, v), "", "", "", "", "", ()) for f, v in zip(of.factors, values, strict=True))
            for region, values in figures.items()}


def rows(figures: dict[str, tuple[float | None, ...]] = FIGURES) -> dict[str, CompareRow]:
    return {r.region: r for r in compared(readings(figures), weighed(OF, [[], [], []]), OF)}


def test_the_unknown_opens_an_interval_and_is_no_zero() -> None:
    west = rows()["西市"]
    assert (west.low, west.sum, west.high) == (pytest.approx(0.2), pytest.approx(0.35), pytest.approx(0.5))
    assert (west.rank, west.rank_low, west.rank_high) == (3, 2, 3)
    assert [(e.factor, e.rank_best, e.rank_worst) for e in west.effects] == [("乙", 2, 3)]


def test_a_region_without_any_figure_is_kept_with_every_rank_open() -> None:
    """It has no rank of its own and takes none from the others."""
    found = rows({"无市": (None, None, None), **FIGURES})
    none = found.pop("无市")
    assert (none.low, none.high, none.rank_low, none.rank_high) == (0, 1, 1, 4)
    assert {none.rank, none.sum, none.topsis, none.vikor, none.rank_topsis, none.firm_low, none.firm_high} == {None} and not none.effects
    without = rows()
    assert {name: (r.rank, r.sum, r.firm_low, r.effects) for name, r in found.items()} == {
        name: (r.rank, r.sum, r.firm_low, r.effects) for name, r in without.items()}
    alone = compared(readings({"试市": (40, 50, 5), "无市": (None, None, None)}), weights := weighed(OF, [[], [], []]), OF)
    assert [r.region for r in alone] == ["试市", "无市"] and moves("试市", alone, OF, weights) == moves("无市", alone, OF, weights) == ()


def test_the_least_move_makes_us_level_with_the_first() -> None:
    found = compared(readings(FIGURES), weights := weighed(OF, [[], [], []]), OF)
    by: dict[str, Any] = {m.factor: m for m in moves("试市", found, OF, weights)}
    assert by["甲"].gains and by["甲"].needed == pytest.approx(60) and not by["甲"].movable
    assert by["丙"].needed == pytest.approx(1) and by["丙"].movable and moves("试市", found, OF, weights)[0].factor == "丙"
    for factor, move in by.items():
        at = [f.name for f in OF.factors].index(factor)
        ours = tuple(move.needed if i == at else v for i, v in enumerate(FIGURES["试市"]))
        after = rows({**FIGURES, "试市": ours})
        assert after["试市"].sum == pytest.approx(after["东市"].sum, abs=1e-8)
    lead = {m.factor: m for m in moves("东市", found, OF, weights)}
    assert not lead["甲"].gains and lead["甲"].needed == pytest.approx(40)


def test_of_two_that_are_level_none_needs_a_move() -> None:
    level = compared(readings({"试市": (40, 50, 5), "东市": (40, 50, 5)}), weights := weighed(OF, [[], [], []]), OF)
    assert [r.rank for r in level] == [1, 1]
    assert {(m.gains, m.normal, m.needed == m.now) for m in moves("试市", level, OF, weights)} == {(True, 0.0, True)}


def test_an_unknown_factor_says_what_it_must_be_or_that_no_value_would_do() -> None:
    unknown: dict[str, tuple[float | None, ...]] = {"试市": (40, None, None), "东市": (60, 50, 5), "西市": (20, None, 5)}
    found = compared(readings(unknown), weights := weighed(OF, [[], [], []]), OF)
    by = {m.factor: m for m in moves("试市", found, OF, weights)}
    assert [(m.factor, m.now, m.needed) for m in by.values() if m.movable] == [("丙", None, pytest.approx(1))]
    assert by["乙"].now is None and by["乙"].needed == pytest.approx(50 + 100 / 3)
    after = {r.region: r for r in compared(readings({**unknown, "试市": (40, by["乙"].needed, None)}), weights, OF)}
    assert after["试市"].rank == 1 and after["试市"].sum == pytest.approx(after["东市"].sum)
    far = {**unknown, "东市": (100, 50, 5)}
    beyond = {m.factor: m for m in moves("试市", compared(readings(far), weights, OF), OF, weights)}
    assert (beyond["丙"].needed, beyond["丙"].normal, beyond["丙"].gains) == (None, None, True) and beyond["甲"].needed == pytest.approx(100)


def test_perturbed_weights_are_repeatable_and_contain_the_rank() -> None:
    assert rows() == rows()
    assert all((r.firm_low or 0) <= (r.rank or 0) <= (r.firm_high or 0) for r in rows().values())


def test_weights_that_are_moved_turn_a_narrow_order_and_not_a_wide_one() -> None:
    """甲 0.5 and 乙 0.3, each moved by ± 20 %: 东市 leads by what 试市 has of 乙; 西市 is behind in both whatever they are."""
    near = rows({"试市": (40, 71, 5), "东市": (60, 40, 5), "西市": (10, 10, 5)})
    assert [(near[name].rank, near[name].firm_low, near[name].firm_high) for name in ("东市", "试市", "西市")] == [(1, 1, 2), (2, 1, 2), (3, 3, 3)]
    still = replace(OF, perturb=0.0)
    fixed = {r.region: r for r in compared(readings({"试市": (40, 71, 5), "东市": (60, 40, 5)}, still), weighed(still, [[], [], []]), still)}
    assert {(r.firm_low, r.firm_high) for r in fixed.values()} == {(1, 1), (2, 2)}


def test_methods_agree_where_one_region_leads_in_all() -> None:
    found = compared(readings({"试市": (40, 50, 5), "东市": (60, 60, 2)}), weighed(OF, [[], [], []]), OF)
    assert [a.tau for a in agreement(found)] == [1, 1, 1]
