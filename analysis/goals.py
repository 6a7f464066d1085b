"""Goals (AIMS) of the asked region: the nearest, carried over from an earlier day, and those due before they were set."""

from __future__ import annotations

from math import isclose

from analysis.amounts import into
from analysis.evidence import Evidence
from analysis.parts import Goal, Step
from graph.clocks import Seen


def is_backwards(aim: Seen) -> bool:
    """Due before it was set: a slip of the pen or a blank 提出日期, and no goal to plan by."""
    return bool(aim["due"] < aim.valid_from)


def goals(evidence: Evidence, node: str) -> list[Seen]:
    """The believed goals of R for a node by their day; those due before they were set are none."""
    return sorted((f for f in evidence.sure_about("AIMS", node) if f.start == evidence.region and not is_backwards(f)),
                  key=lambda f: (f["due"], f.id))


def nearest(evidence: Evidence, node: str) -> Seen | None:
    """The goal with the nearest due on or after the day."""
    return next((f for f in goals(evidence, node) if f["due"] >= evidence.as_of), None)


def shown(aim: Seen | None) -> Goal | None:
    return None if aim is None else Goal(aim["value"], aim["unit"] or "", aim["due"])


def same(one: Seen, other: Seen) -> bool:
    """Whether two goals state the same amount, in whatever units."""
    if one["value"] is None or other["value"] is None:
        return False
    value = into(float(one["value"]), one["unit"] or "", other["unit"] or "")
    return value is not None and isclose(value, float(other["value"]), rel_tol=1e-9)


def carried_over(evidence: Evidence, node: str, goal: Seen | None) -> tuple[Step, ...]:
    """The same goal set before for an earlier day; one plan that names the same amount for two years carries nothing over."""
    if goal is None:
        return ()
    before = [f for f in goals(evidence, node) if f["due"] < goal["due"] and f.valid_from < goal.valid_from and same(f, goal)]
    return tuple(Step("carried-over", f"{goal['value']:.6g} {goal['unit']} 曾定于 {f['due']}, 现定于 {goal['due']}",
                      f"{goal['value']:.6g} {goal['unit']} was due {f['due']}, now {goal['due']}",
                      (f.id, goal.id), (f.source, goal.source)) for f in before[-1:])


def backwards(evidence: Evidence, node: str) -> tuple[Step, ...]:
    """The goals of R that are due before they were set: printed, not counted."""
    return tuple(backwards_step(f) for f in evidence.sure_about("AIMS", node)
                 if f.start == evidence.region and is_backwards(f))


def backwards_step(aim: Seen) -> Step:
    return Step("goal.backwards", f"目标日期 {aim['due']} 早于提出日期 {aim.valid_from}: 不作目标, 请核对目标日期与提出日期",
                f"a goal due {aim['due']}, before it was set on {aim.valid_from}: not counted, check both days",
                (aim.id,), (aim.source,))
