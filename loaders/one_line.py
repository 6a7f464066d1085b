"""Two rows of one sheet that give one line two values: refused, or kept where only the names of a firm make them one line."""

from __future__ import annotations

from datetime import date

from graph import model
from graph.facts import Fact
from loaders.codes import credit_code
from loaders.naming import firms_of
from loaders.rows import Row
from loaders.spelling import normal
from loaders.stating import Names, Stating

Lines = dict[tuple[str, str, date, str, str], tuple[Fact, Row]]
"""Sheet, line, day, source and file, of which one value is stated → the first that states it."""

_OTHER = "", "保留一行, 或给另一行填不同的日期或来源 / keep one row, or give the other its own day or source"
_CURES = {
    "MAKES": ("plant", "填写 厂区/期 把两行分开 / tell the rows apart by 厂区/期"),
    "ADDS": ("phase", "填写 期 把两行分开 / tell the rows apart by 期"),
    "REPORTS": ("measure", "填写 口径 或不同的 日期 / tell the rows apart by 口径 or 日期"),
    "REACHES": ("phase", "填写 期 把两行分开, 或给另一行填另一来源 / tell the rows apart by 期, or give the other its own source"),
    "FUNDED": ("scope", "填写 口径、本月/累计、上报/核实 / tell the rows apart by 口径, 本月/累计, 上报/核实"),
    "MEASURES": ("", "一家企业、一个项目只有一个数: 在一行写全部的数, 其余行留空 / a firm or project has one figure: "
                     "write it whole in one row, leave the others blank"),
}
TOTAL = "总投资"
"""A project on several nodes has a row for each, and some sheets write each node's share there: both are kept, and it is flagged."""
_MEASURED = {"indicators": ("value", "填写 口径 或不同的 期间 把两行分开 / tell the rows apart by 口径 or 期间")}


def same_line(lines: Lines, fact: Fact, line: str, row: Stating, joined: list[tuple[str, str]]) -> None:
    """One line, one day, one source, two values in one sheet: two things taken for one, a problem of the row.

    Where only its names make a firm one, both are kept and it is flagged; ``joined`` grows by the firm and the flag.
    """
    # an event's day is its value: two days for one event are two values
    day = date.min if fact.is_event else fact.valid_from
    key = (row.row.sheet.key, line, day, fact.source, row.row.file)
    before, other = lines.setdefault(key, (fact, row.row))
    if not _differ(before, fact):
        return
    if firm := next((end for end in _firms(fact) if _named_apart(row.names, end, other, row.row)), ""):
        joined.append((firm, _told_apart(before, fact)))
        row.flags.append(joined[-1][1])
        return
    if fact.edge == "MEASURES" and fact.end == TOTAL:
        row.flags.append(f"{fact.start} 的总投资两行不同: {_shown(before)} [{other.cell}], {_shown(fact)} [{fact.cell}], 两个都保留, 请核对 / "
                         "two rows give the project different total investments: both are kept, please check")
        return
    column, cure = _MEASURED.get(row.row.sheet.key, _CURES["MEASURES"]) if fact.edge == "MEASURES" else _CURES.get(fact.edge, _OTHER)
    zh = model.EDGE[fact.edge].zh
    row.problem(column or (fact.end if fact.edge == "MEASURES" else "—"),
                f"与 {before.cell} 同一{zh}、同一天、同一来源, 数值却不同 / the same line as {before.cell} "
                "on the same day with another value", cure, _shown(fact))


def _firms(fact: Fact) -> list[str]:
    return [id for label, id in ((fact.start_label, fact.start), (fact.end_label, fact.end)) if label == "Firm"]


def _named_apart(names: Names, firm: str, one: Row, other: Row) -> bool:
    """Whether two rows write one firm in two ways: by its names, or by two codes that somebody said are one."""
    (these, codes), (those, others) = (_written(names, firm, row) for row in (one, other))
    return these != those or bool(codes and others and codes != others)


def _written(names: Names, firm: str, row: Row) -> tuple[set[str], set[str]]:
    """The names and the codes that a row has for a firm."""
    found = [(normal(name), credit_code(code)) for name, code in firms_of(row) if names.firms.id(name, code) == firm]
    return {name for name, _ in found}, {code for _, code in found if code}


def _told_apart(one: Fact, other: Fact) -> str:
    edge, (was, now) = model.EDGE[one.edge], (_shown(one), _shown(other))
    what = other.end if one.edge == "MEASURES" else ""
    return (f"两个名称已是同一家企业, 它们的{edge.zh}{what and ' ' + what}却不同: {was} [{one.cell}], {now} [{other.cell}], 两个都保留 / "
            f"two names are one firm now, whose rows differ ({edge.en}): both are kept")


def _shown(fact: Fact) -> str:
    figure = model.EDGE[fact.edge].value
    return str(fact.properties.get(figure or "day", fact.end)) if figure or "day" in fact.properties else fact.end


def _differ(one: Fact, other: Fact) -> bool:
    edge = model.EDGE[one.edge]
    if edge.value:
        compared = (edge.value, "state", "since", "yield_rate")
        return any(a != b for name in compared if (a := one.properties.get(name)) not in (None, "")
                   and (b := other.properties.get(name)) not in (None, ""))
    return (one.start, one.end, one.properties) != (other.start, other.end, other.properties)
