"""Products: chain nodes, what they are made of, and what is a kind of what."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.chainkg import rules
from loaders.chainkg.collecting import Collected
from loaders.chainkg.lines import Line
from loaders.chainkg.sheets import FEEDS


def product(into: Collected, given: Iterator[Line]) -> None:
    """One name is one node, however it is spelled."""
    industries = set(map(rules.key, into.industries.values()))
    for line in given:
        written = line.fields["name"]
        name = rules.clean(written)
        into.mended["name"] += bool(name) and name != written
        if not name:
            into.reject("nameless", line, "name", written)
        elif into.nodes.find(written):
            into.mended["spelling"] += 1
        elif rules.is_accounting(name):
            into.reject("accounting", line, "name", written)
        else:
            into.declared[into.nodes.add(written)] = line
            into.mended["both"] += rules.key(name) in industries


def product_product(into: Collected, given: Iterator[Line]) -> None:
    """上游材料: ``to_entity`` goes into ``from_entity``; 下游产品: the other way; 产品小类: ``to_entity`` is a kind of it."""
    for line in given:
        rel = line.fields["rel"]
        if rel not in ("上游材料", "下游产品", "产品小类"):
            into.reject("relation", line, "rel", rel, rel)
            continue
        one, other = into.node(line, "from_entity"), into.node(line, "to_entity")
        if rel == "产品小类":
            into.kind_of(line, other, one)
            continue
        start, end = (one, other) if rel == "下游产品" else (other, one)
        if into.between("FEEDS", line, start, end):
            into.row(FEEDS, line, rel, start=start, end=end)
