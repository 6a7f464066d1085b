"""Small prospects for the pictures: rows with a goal, and a picture of them."""

from dataclasses import replace
from datetime import date

from analysis.answers import Panorama, PipelineItem
from analysis.parts import Amount, Demand, Goal, StageSum
from analysis.picture import Picture
from analysis.prospect import Prospect, ProspectRow

DUE = date(2025, 12, 31)
NOBODY = Demand(None, None, None, "GW")


def target(node: str, state: str = "none", **given: object) -> ProspectRow:
    blank = ProspectRow(node, state, None, None, None, None, None, (), None, None, None, NOBODY, None, (), (), (), (), ())
    return replace(blank, **given)  # type: ignore[arg-type]


def goals(panorama: Panorama, *rows: ProspectRow) -> Picture:
    g = panorama.gaps
    prospect = Prospect("prospect", g.region, g.chain, g.as_of, g.known_by, g.audience, DUE, rows, (), ())
    return Picture(panorama, prospect)


def project(name: str, due: date | None, *phases: PipelineItem) -> PipelineItem:
    return PipelineItem(name, "在建", 10.0, "GW", None, due, (), (), None, phases=phases)


OPEN = target("硅片", "open", goal=Goal(88.0, "GW", DUE), supply=Amount(25.0, "GW"), gap=Amount(63.0, "GW"),
              due_by=StageSum("在建", 21.0, "GW", 1, 0), fills=1 / 3, left=Amount(3.0, "GW"), firms=("甲", "乙"),
              pipeline=(project("如期", DUE), project("已晚", date(2020, 1, 1)), project("以后", date(2030, 1, 1)),
                        project("整体", None, project("一期", DUE))))
