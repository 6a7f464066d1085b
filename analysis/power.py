"""What the price of power says for a chain node that takes much of it."""

from __future__ import annotations

from dataclasses import replace

from analysis.cited import Cited
from analysis.compare import Reading
from analysis.factors import POWER
from graph import units

UNIT = "元/千瓦时"


def cheap(power: Reading, node: str, limit: float) -> list[Cited]:
    """The price as evidence for a node, where it is ``limit`` (元/千瓦时) or less; as a comparison of regions reads it."""
    value = None if power.value is None else units.convert(power.value, power.unit, UNIT)
    if value is None or value > limit:
        return []
    told = power.evidence[0]
    return [replace(told, kind="factors", text=f"{node} 耗电大, {told.text}", en=f"{node} takes much power; {told.en}")]


def unknown(power: Reading) -> tuple[str, str]:
    """That no price is known that compares, and which one there is."""
    if power.other_unit:
        return f"{POWER}: {power.other_unit} 换算不成 {power.unit}", f"price of power: {power.other_unit} does not convert to {power.unit}"
    if power.other_scope:
        return f"{POWER}: 只有别的口径 {power.other_scope}", f"price of power: another scope only, {power.other_scope}"
    return f"{POWER}: 未见公开数据", "price of power: no public figure"
