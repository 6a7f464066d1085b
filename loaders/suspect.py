"""What is loaded and yet looks wrong: named in the load report, never changed silently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.facts import Fact
from graph.model import AUDIENCES, EDGE
from loaders.codes import credit_code_ok, organisation_code_ok

_TENFOLD = 9.5
_YEAR = 366


def tenfold(line: Mapping[str, Fact]) -> set[str]:
    """Ids of figures of one line ten times another of it within a year (万吨/亿只 slips): to be held back.

    Only siblings known no later than the figure itself are compared: a later fact must not
    change an earlier view.
    """
    if len(line) < 2 or next(iter(line.values())).edge not in ("MAKES", "REPORTS", "ADDS"):
        return set()
    group = list(line.values())
    return {id for id, fact in line.items() if _tenfold(fact, group)}


def _tenfold(fact: Fact, siblings: list[Fact]) -> bool:
    figure = EDGE[fact.edge].value
    value = fact.properties.get(figure)
    others = [v for s in siblings if s is not fact and s.known_from <= fact.known_from and s.authority >= 1
              and AUDIENCES.index(s.audience) <= AUDIENCES.index(fact.audience)
              and abs((s.valid_from - fact.valid_from).days) <= _YEAR
              and s.properties.get("unit") == fact.properties.get("unit")
              and isinstance(v := s.properties.get(figure), float) and v > 0]
    return isinstance(value, float) and bool(others) and value >= _TENFOLD * max(others)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a load brought: its facts as they are in the graph, ids of those held back, the firms that it gives a code
    (name and code), and all FEEDS of the graph (upstream, downstream) where it brought one of them."""

    facts: Sequence[Fact]
    held_back: Collection[str]
    codes: Sequence[tuple[str, str]]
    feeds: Sequence[tuple[str, str]]
    called: Callable[[str, str], str]
    """Name of a node, by label and id."""
    sentence: Callable[[Fact], str]


def notes(fresh: Fresh) -> list[str]:
    """What a person should look at, of what was just loaded."""
    out = [f"数值约为同线其他数值的十倍, 暂不计入: {fresh.sentence(f)} [{f.cell}] / ten times its siblings, not counted"
           for f in fresh.facts if f.id in fresh.held_back]
    out += [f"实际日期在将来: {fresh.sentence(f)} [{f.cell}] / an actual day in the future"
            for f in fresh.facts if (f.edge == "CONTACTS" or (f.edge == "REACHES" and f.is_event)) and f.valid_from > f.known_from
            and f.valid_from > date.today()]
    out += [f"首次对接 {first} 晚于最近对接: {fresh.sentence(f)} [{f.cell}] / the first talk is after the last"
            for f in fresh.facts if f.edge == "CONTACTS" and isinstance(first := f.properties.get("first"), date) and first > f.valid_from]
    out += [f"统一社会信用代码校验不符: {name} {code} / the check character is wrong"
            for name, code in fresh.codes if not (credit_code_ok(code) or organisation_code_ok(code))]
    return out + _order(fresh) + _cycles(fresh)


def _order(fresh: Fresh) -> list[str]:
    days = {(f.start, f.end): f for f in fresh.facts if f.edge == "REACHES" and f.is_event}
    return [f"投产早于开工: {fresh.sentence(f)} [{f.cell}] / operating before the start"
            for (project, milestone), f in days.items()
            if milestone == "operating" and (start := days.get((project, "started")))
            and f.valid_from < start.valid_from]


def _cycles(fresh: Fresh) -> list[str]:
    """FEEDS cycles (recycling is real): loaded, named, drawn dotted."""
    if not fresh.feeds:
        return []
    import networkx

    feeds = networkx.DiGraph(fresh.feeds)
    groups = [sorted(c) for c in networkx.strongly_connected_components(feeds) if len(c) > 1]
    groups += [[n] for n in networkx.nodes_with_selfloops(feeds)]
    return [f"供给成环: {_some([fresh.called('ChainNode', n) for n in group])} / a FEEDS cycle" for group in sorted(groups)]


def _some(names: list[str], most: int = 12) -> str:
    """The first names, and how many there are where that is not all."""
    return "、".join(names[:most]) + (f" … 共 {len(names)} 个 / {len(names)} in all" if len(names) > most else "")
