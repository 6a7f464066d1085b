"""Industries: a classification of three levels. The first are chains; what lies below is a chain node of its chain.

An industry and a product of one name are two nodes, the industry being 电子/半导体: it is a heading and no thing. Taken for
one, the kinds of the products would hang below the headings, and a question about one chain would rest on 16,000 nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from loaders.chainkg import rules
from loaders.chainkg.collecting import Collected
from loaders.chainkg.lines import Line
from loaders.chainkg.sheets import CHAINS, FEEDS, NODES


def industry(into: Collected, given: Iterator[Line]) -> dict[str, Line]:
    """Codes and names; the line of each code, for ``within``."""
    found: dict[str, Line] = {}
    for line in given:
        code, name = line.fields["code"].strip(), line.fields["name"]
        if not code or not rules.clean(name):
            into.reject("nameless", line, "name" if code else "code", name or code)
        elif code in found:
            into.reject("code_twice", line, "code", name, f"{code} {into.industries[code]}")
        else:
            into.industries[code], found[code] = rules.clean(name), line
    return found


def industry_industry(into: Collected, given: Iterator[Line], found: dict[str, Line]) -> None:
    """上级行业 tells the levels; 上游产业 feeds."""
    rows, codes = list(given), {rules.key(name): code for code, name in into.industries.items()}
    end = partial(_code, into, codes)
    whole: dict[str, str] = {}
    wholes = [line for line in rows if line.fields["rel"] == "上级行业" and _lies(into, line, whole, end(line, "from"), end(line, "to"))]
    into.tops = into.industries.keys() - whole.keys()
    for code, line in found.items():
        _place(into, line, code, whole)
    for line in wholes:
        _kind(into, line, end(line, "from"), end(line, "to"))
    for line in rows:
        if line.fields["rel"] == "上游产业":
            _feeds(into, line, end(line, "from"), end(line, "to"))
        elif line.fields["rel"] != "上级行业":
            into.reject("relation", line, "rel", line.fields["rel"], line.fields["rel"])


def _code(into: Collected, codes: dict[str, str], line: Line, end: str) -> str:
    """The industry of an end by its code, else by its name; '' where there is none, and that is said."""
    code, name = line.fields[f"{end}_code"].strip(), line.fields[f"{end}_industry"]
    found = (code if code in into.industries else "") if code else codes.get(rules.key(rules.clean(name)), "")
    if not found:
        into.reject("dangling", line, f"{end}_code" if code else f"{end}_industry", code or name, name or code)
    return found


def _lies(into: Collected, line: Line, whole: dict[str, str], part: str, of: str) -> bool:
    """Learn what an industry lies in: in one, and in no ring."""
    if not part or not of:
        return False
    up = [part, of]
    while up[-1] in whole and up[-1] != part:
        up.append(whole[up[-1]])
    if part in whole:
        into.reject("code_twice", line, "to_code", of, f"{part} → {whole[part]}")
    elif part == of:
        into.reject("self_loop", line, "to_code", of)
    elif up[-1] == part:
        into.reject("cycle", line, "to_code", of, " → ".join(into.industries[one] for one in up))
    else:
        whole[part] = of
        return True
    return False


def _place(into: Collected, line: Line, code: str, whole: dict[str, str]) -> None:
    """A chain, or a chain node of one: the industry right below the chain stands as the lane."""
    name = into.industries[code]
    if code in into.tops:
        into.row(CHAINS, line, chain=name)
        return
    up = [code]
    while up[-1] in whole:
        up.append(whole[up[-1]])
    chain = into.industries[up[-1]]
    into.placed[code] = f"{chain}/{name}"
    into.row(NODES, line, node=into.placed[code], name=name, chain=chain, lane=into.industries[up[-2]])


def node(into: Collected, line: Line, column: str, code: str) -> str:
    """The chain node of an industry; '' where it is a chain, and that is said."""
    if code in into.tops:
        into.reject("chain_end", line, column, code, into.industries[code])
        return ""
    return into.placed.get(code, "")


def _kind(into: Collected, line: Line, part: str, of: str) -> None:
    """Below the second level: what lies right in a chain is part of it and no kind of it."""
    if of not in into.tops:
        into.kind_of(line, node(into, line, "from_code", part), node(into, line, "to_code", of))


def _feeds(into: Collected, line: Line, fed: str, upstream: str) -> None:
    """An upstream industry is no condition: nobody says that a trade stands still without it."""
    start, end = node(into, line, "to_code", upstream), node(into, line, "from_code", fed)
    if into.between("FEEDS", line, start, end):
        into.row(FEEDS, line, "上游产业", start=start, end=end, essential=False)
