"""Listed firms, told apart by their stock codes; what they make, and the industry they are in."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.chainkg import industries, rules
from loaders.chainkg.collecting import Collected
from loaders.chainkg.lines import Line
from loaders.chainkg.sheets import FIRMS, MAKES


def company(into: Collected, given: Iterator[Line]) -> None:
    """One code is one firm: that whose full name the short one abbreviates, else the first."""
    by_code: dict[str, list[Line]] = {}
    for line in given:
        code = _code(into, line)
        if code:
            by_code.setdefault(code, []).append(line)
    for code, rows in by_code.items():
        first, *others = sorted(rows, key=lambda line: (not _fits(line), line.number))
        names = [rules.clean(first.fields["name"])]
        for other in others:
            if _fits(other) and _fits(first):  # both say the short name: a former name, or its newer one
                names.append(rules.clean(other.fields["fullname"]))
            into.reject("code_twice", other, "code", other.fields["fullname"], f"{code} {first.fields['fullname']}")
        into.firms[code] = rules.clean(first.fields["fullname"])
        into.row(FIRMS, first, firm=into.firms[code], aliases=tuple(filter(None, names)), listed=code)


def _fits(line: Line) -> bool:
    return rules.fits(line.fields["name"], line.fields["fullname"])


def _code(into: Collected, line: Line) -> str:
    """The stock code of a firm; '' where the row is refused. What the model has no place for is checked all the same."""
    written, place, day = line.fields["code"], line.fields["location"], line.fields["time"]
    code = rules.stock_code(written, place)
    if not rules.is_day(day):
        into.reject("broken_day", line, "time", day)
    if place not in rules.EXCHANGES:
        into.reject("broken_exchange", line, "location", place)
    if not code:
        into.reject("broken_code", line, "code", written)
    elif not rules.clean(line.fields["fullname"]):
        into.reject("nameless", line, "fullname", line.fields["fullname"])
        return ""
    into.mended["code"] += bool(code) and code != written
    return code


def company_product(into: Collected, given: Iterator[Line]) -> None:
    """The share of the sales is no capacity: it stays with the wording."""
    for line in given:
        share, rel = line.fields["rel_weight"], line.fields["rel"]
        said = f"{rel} rel_weight {share}" if rules.weight(share) is not None else rel
        if said == rel:
            into.reject("weight", line, "rel_weight", share)
        _makes(into, line, "主营产品", into.firm(line), into.node(line, "product_name"), said)


def company_industry(into: Collected, given: Iterator[Line]) -> None:
    """A firm is active in its industry's node."""
    for line in given:
        code = line.fields["industry_code"].strip()
        if code not in into.industries:
            into.reject("dangling", line, "industry_code", code, line.fields["industry_name"] or code)
            code = ""
        node = industries.node(into, line, "industry_code", code)
        _makes(into, line, "所属行业", into.firm(line), node, f"{line.fields['rel']} {line.fields['industry_name']}")


def _makes(into: Collected, line: Line, meant: str, firm: str, node: str, said: str) -> None:
    if line.fields["rel"] != meant:
        into.reject("relation", line, "rel", line.fields["rel"], line.fields["rel"])
    elif into.between("MAKES", line, f"企业 {firm}" if firm else "", node):  # a firm may be called as what it makes
        into.row(MAKES, line, said, maker=firm, node=node)
