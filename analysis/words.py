"""Verdicts, flags and stages with their names in both languages, in the order they are tried."""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str]] = {
    "unknown": ("待核", "unknown"),
    "broken": ("断链", "broken link"),
    "missing": ("缺链", "missing"),
    "extension": ("延链", "extension"),
    "absent": ("未布局", "absent"),
    "weak": ("弱链", "weak"),
    "short": ("不足", "short"),
    "balanced": ("配套", "balanced"),
    "surplus": ("富余", "surplus"),
    "present": ("具备", "present"),
}
GAP_VERDICTS = ("broken", "missing", "extension")
"""空白点 is the umbrella word for these."""

FLAGS: dict[str, tuple[str, str]] = {
    "essential": ("关键", "essential"),
    "ahead": ("将缺", "ahead"),
    "claimed": ("已报道，待投产核实", "claimed"),
    "wanted": ("已列入招引", "wanted"),
    "check": ("待查证", "check"),
    "pipeline": ("有项目", "pipeline"),
    "overdue": ("逾期", "overdue"),
    "carried-over": ("目标顺延", "carried-over"),
    "conflict": ("数据不一", "conflict"),
    "unsized": ("产能待核", "unsized"),
    "partial": ("名单不全", "partial"),
    "single-source": ("单点", "single-source"),
    "thin": ("待延伸", "thin"),
    "nearby": ("邻近已有", "nearby"),
}

STAGES: dict[str, tuple[str, str]] = {
    "在谈": ("在谈", "in talks"),
    "签约": ("签约", "signed"),
    "在建": ("在建", "under construction"),
    "投产": ("投产", "operating"),
}

EVIDENCE: dict[str, tuple[str, str]] = {
    "stands": ("已有投产依据", "stands"),
    "not-standing": ("尚无投产依据", "does not stand"),
    "unproven": ("有投产报道，未说明环节", "an opening that does not say which node"),
    "unknown": ("尚未核实", "nobody has looked"),
}
