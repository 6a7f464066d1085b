"""外购额: what local makers have to buy elsewhere (GAPS: Leakage), and what a unit of a node is sold for."""

from __future__ import annotations

from analysis.amounts import into
from analysis.evidence import Evidence, outward
from analysis.parts import Demand, Leakage, Step
from analysis.supply import Supply
from graph import units
from graph.clocks import Seen

MARKET = "全国"
"""The region whose prices go before those of any other: what is bought elsewhere is bought on the market."""


def leakage(evidence: Evidence, node: str, supply: Supply, demand: Demand) -> tuple[Leakage | None, tuple[Step, ...]]:
    """(D − S)⁺ a year in the unit of the node, and the price it rests on; None where S or D is unknown, a lower bound or
    nothing."""
    here = into(supply.value, supply.unit, demand.unit)
    if here is None or supply.partial or not demand.used:
        return None, ()
    amount = max(demand.used - here, 0.0)
    value = money(evidence, node, amount, demand.unit)
    return Leakage(amount, demand.unit, value), _step(evidence, node, amount, demand.unit, value)


def _step(evidence: Evidence, node: str, amount: float, unit: str, value: float | None) -> tuple[Step, ...]:
    fact = price(evidence, node)
    if fact is None or not amount:
        return ()
    said = f"{amount:.6g} {unit} × {fact['value']:.6g} {fact['unit']} ({fact.start}, {fact.valid_from})"
    zh, en = ("= 未能换算", "does not convert") if value is None else (f"= {value:.6g} 亿元", f"= {value:.6g} 亿元 (100 M yuan)")
    return (Step("leakage", f"外购额 {said} {zh}", f"bought elsewhere {said} {en}", (fact.id,), (fact.source,)),)


def money(evidence: Evidence, node: str, amount: float, unit: str) -> float | None:
    """``amount`` a year of a node in 亿元 a year at the believed price; None where there is none that converts."""
    fact = price(evidence, node)
    if fact is None:
        return None
    times, of = amount * float(fact["value"]), f"({unit})·({fact['unit']})"
    yearly = units.convert(times, of, "亿元/a")
    return units.convert(times, of, "亿元") if yearly is None else yearly  # GW is written without its year


def price(evidence: Evidence, node: str) -> Seen | None:
    """The believed price: the market's (全国), else that of the nearest region, from the asked one outward."""
    found = {f.start: f for f in evidence.sure_about("PRICES", node) if f["value"] is not None}
    return next((found[region] for region in (MARKET, *outward(evidence.region, evidence.parent)) if region in found), None)
