"""A brief out of its answers: what is told once, who leads, what is cut and counted, what is not known. Names invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analysis.brief import SECTIONS, Brief
from analysis.briefing import MOST, OFFERS
from analysis.briefing import brief as composed
from analysis.cited import Cited
from analysis.compare import Compare, CompareRow, Reading, Weight
from analysis.introductions import Hop, Introduction, IntroductionRow, Introductions
from analysis.parts import Amount
from analysis.targets import ORDER, Excluded, Target, Targets, Wanted
from graph.grading import RULES

DAY = date(2023, 1, 31)


def cited(kind: str, text: str) -> Cited:
    return Cited(kind, text, text, "s1", DAY, DAY, text)


def target(node: str, *evidence: Cited) -> Target:
    return Target("试用厂", node, "B", ("规则", "rule"), evidence, (cited("stopped", "旧厂"),), (("产能", "capacity"),), (("缺联系", "ties"),),
                  Amount(5.0, "GW"), None, None, (), "f1")


def targets(*rows: Target) -> Targets:
    nodes = tuple(Wanted(r.node, "试链", "missing", at, Amount(10.0, "GW")) for at, r in enumerate(rows, 1))
    return Targets("targets", "试市", None, DAY, DAY, "公开", ("", ""), nodes, RULES, ORDER, rows, (), (), (), (), (("没有依据说", "no evidence"),))


def reading(factor: str, value: float | None, normal: float | None) -> Reading:
    return Reading(factor, value, "元", normal, "", "2022", "", "", "", (cited("figure", f"{factor}{value}"),) if value is not None else ())


def compared(*pairs: tuple[str, float | None, float | None]) -> Compare:
    """Factor, our and their place on its bounds."""
    def row(region: str, side: int) -> CompareRow:
        found = tuple(reading(p[0], p[side], p[side]) for p in pairs)
        return CompareRow(region, 1, 0.0, 0.0, 0.0, 0.0, 0.0, 1, 1, 1, 1, 1, 1, found, ())

    weights = tuple(Weight(p[0], f"{p[0]} en", "元", 0.0, 1.0, "", False, 0.5, None, 0.5) for p in pairs)
    rows = row("试市", 1), row("别市", 2)
    return Compare("compare", "试市", "件", ("件",), DAY, DAY, "公开", ("", ""), True, None, "critic", weights, rows, (), (), ())


def introduced(firm: str, *ways: Introduction) -> Introductions:
    row = IntroductionRow("f1", firm, "found" if ways else "none", None, ways)
    return Introductions("introduce", "试市", firm, DAY, DAY, "公开", None, None, (row,), None, None, (), (), (("p = 强度", "p = strength"),))


def brief(firm: str, found: Targets, beside: Compare | None, *ways: Introduction, rivals: bool = False) -> Brief:
    return composed(found, beside, introduced(firm, *ways), 4, rivals or beside is not None)


def lines(answer: Brief, key: str) -> list[str]:
    return [line.text for section in answer.sections if section.key == key for line in section.lines]


def test_each_fact_once_and_in_its_part() -> None:
    same, tie = cited("makes", "远市: 5 GW"), cited("customer", "购片")
    answer = brief("试用厂", targets(target("件", same, tie), target("品", same)), None)
    assert lines(answer, "who") == ["在外地生产: 远市: 5 GW (2023-01-31)", "停产: 旧厂 (2023-01-31)"]
    assert lines(answer, "introduction")[1:] == ["本地企业的客户: 购片 (2023-01-31)"]
    assert lines(answer, "fills") == ["件 (缺链), 缺 10 GW; 它在外地的产能 5 GW; 分级 B", "品 (缺链), 缺 10 GW; 它在外地的产能 5 GW; 分级 B"]
    assert "件: 产能" in lines(answer, "open")
    assert any("--with" in zh for zh, _ in answer.notes)


def test_the_way_is_read_aloud_with_what_it_rests_on() -> None:
    hop = Hop("商会", "试用厂", "chamber", 0.4, 0.0, 0.4, 3, 1.0, (cited("chamber", "商会结识试用厂"),))
    answer = brief("试用厂", targets(target("件")), None, Introduction("商会", "Channel/商会", 0.4, 0.916, (hop,), "请商会引荐", "ask"))
    (line,) = next(s.lines for s in answer.sections if s.key == "introduction")
    assert (line.text, line.sources) == ("请商会引荐 (可靠程度 0.4, 1 为必成)", ("s1",)) and len(lines(answer, "introduction")) == 1
    assert lines(brief("试用厂", targets(target("件")), None), "introduction") == ["9 步之内没有已知的引荐路径"]


def test_who_leads_who_does_not_and_what_is_not_known() -> None:
    factors = compared(("电", 0.8, 0.4), ("地", 0.5, 0.5), ("水", None, 0.4), ("人", 0.3, None), ("税", 0.1, 0.2))
    answer = brief("试用厂", targets(target("件", cited("makes", "厂"))), factors)
    assert [text.partition(":")[0] for text in lines(answer, "leads")] == ["电 (领先)", "地 (持平)"]
    assert [text.partition(":")[0] for text in lines(answer, "lags")] == ["税 (落后)"]
    assert lines(answer, "alone") == ["人: 试市 0.3 元 (2022)"]
    assert any("水" in zh and "人" not in zh for zh, _ in answer.notes)


def test_what_does_not_fit_is_counted() -> None:
    answer = brief("试用厂", targets(target("件", *(cited("expands", f"项目{n}") for n in range(MOST + 3)))), None)
    assert len(lines(answer, "who")) == MOST + 1
    assert "另有 4 条" in lines(answer, "who")[-1]  # three projects and the stopped plant


def test_a_firm_without_evidence_is_a_named_state() -> None:
    answer = brief("试无名", targets(), None)
    assert answer.firm == "试无名"
    assert {key: lines(answer, key) for key in SECTIONS} == {key: ["未比"] if key in OFFERS else [] for key in SECTIONS} | {
        "introduction": ["9 步之内没有已知的引荐路径"]}
    assert any("没有依据" in zh for zh, _ in answer.notes)
    assert any("--with" in zh for zh, _ in answer.notes)
    named = brief("试无名", targets(), None, rivals=True).notes
    assert not any("--with" in zh for zh, _ in named) and any("要素无从比较" in zh for zh, _ in named)


def test_others_of_its_group_are_named_and_no_more() -> None:
    other = replace(target("品", cited("makes", "母厂在产")), firm="母集团", id="f0")
    gone = (Excluded("母集团", "件", "here", cited("makes", "母厂已在"), "f0"), Excluded("试用厂", "料", "here", cited("makes", "已在本地"), "f1"))
    answer = brief("试用厂", replace(targets(other, target("件", cited("makes", "远厂在产"))), excluded=gone), None)
    assert answer.firm == "试用厂" and "母厂在产" not in str(answer.sections)
    assert [text.partition(" ")[0] for text in lines(answer, "fills")] == ["件"]
    assert [zh for zh, _ in answer.notes if "母集团" in zh] == ["同一集团的 母集团 另有依据, 不在此页: liantu brief"]
    assert [zh for zh, _ in answer.notes if "不列" in zh] == ["不列 料: 已在本地"]
    alone = brief("试用厂", targets(other), None)
    assert alone.firm == "试用厂" and not lines(alone, "fills") and any("没有依据" in zh for zh, _ in alone.notes)
