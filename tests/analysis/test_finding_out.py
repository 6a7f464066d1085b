"""What to find out next: the right question first, and what it would change is what the engine gives when it is so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analysis.answers import plain
from analysis.evidence import Evidence
from analysis.finding_out import Question, find_out
from analysis.gaps import GapEngine
from analysis.parts import AtRisk
from analysis.questions import candidates
from analysis.supposing import Standing, Supposing, standing
from graph.clocks import Seen
from tests.analysis.facts import claim, evidence, fact, feeds, figure, plant, project, step

NODES = ("料", "件", "品", "辅")


def asked(found: Evidence) -> list[Question]:
    engine = GapEngine(found)
    return list(find_out(engine, {chain: engine.rows(chain) for chain in found.chains}))


def ask(*facts: Any, **more: Any) -> list[Question]:
    return asked(evidence(*facts, **more))


def of(questions: list[Question], kind: str, node: str = "") -> Question:
    return next(q for q in questions if q.kind == kind and q.node == node)


def moved(question: Question) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {c.node: (c.now, c.may) for c in question.changes}


def added(found: Evidence, *facts: Seen) -> Evidence:
    return replace(found, facts={**found.facts, **{
        f.edge: (*found.all(f.edge), *(g for g in facts if g.edge == f.edge)) for f in facts}})


def whole(found: Evidence, *facts: Seen) -> dict[str, Standing]:
    """What the engine says on the whole evidence with these facts in it."""
    engine = GapEngine(added(found, *facts))
    return {n: standing(engine, n) for chain in found.chains for n in found.judged(chain)}


def test_needed_and_unseen_comes_before_unseen() -> None:
    """件 stands: whether 料, which it takes, is here makes a gap or none; nobody takes 品."""
    questions = [q.node for q in ask(figure("件", 10)) if q.kind == "state"]
    assert questions[0] == "料" and set(questions) == {"料", "品", "辅"}


def test_a_state_may_be_none_or_present() -> None:
    question = of(ask(figure("件", 10)), "state", "料")
    assert moved(question)["料"] == ("unknown", ("missing", "present"))
    assert question.to == "市" and "料" in question.zh and "料" in question.en


def test_completeness_moves_between_what_the_answers_make_of_it() -> None:
    """品 stands and takes 件, which stands, and 辅, of which nobody knows: 1 of 1, then 1 of 2 or 2 of 2."""
    question = of(ask(figure("件", 10), figure("品", 10)), "state", "辅")
    assert [(s.chain, s.now, s.low, s.high) for s in question.shifts] == [("甲链", 1.0, 0.5, 1.0)]


def test_a_list_is_asked_once_a_chain_and_empties_what_nobody_saw() -> None:
    question = of(ask(plant("甲", "件", 10)), "list")
    assert moved(question)["料"] == ("unknown", ("missing",))
    assert (question.rank.place, question.chains) == (1, ("甲链",))


def test_nothing_is_asked_where_all_is_known() -> None:
    assert ask(*(figure(n, 10) for n in NODES)) == []


def test_the_figure_of_a_node_without_a_size_reaches_every_band() -> None:
    question = of(ask(plant("甲", "料"), figure("件", 10), figure("品", 1), figure("辅", 1)), "figure", "料")
    assert moved(question)["料"] == ("present", ("weak", "short", "balanced", "surplus"))


def test_a_size_tells_what_feeds_the_node_too() -> None:
    """20 料 for an unsized 件: balanced at 2.0 × 8, weak at 2.0 × 33."""
    survey = fact("SURVEYS", "市", "甲链")
    question = of(ask(plant("甲", "件", region="区"), figure("料", 20), figure("品", 10), survey), "size", "件")
    assert set(moved(question)) == {"料", "件"}
    assert question.to == "区" and question.blanks[0].start == "甲" and "capacity" in question.blanks[0].asked


def test_a_size_on_an_open_list_alone_changes_nothing_and_comes_last() -> None:
    questions = ask(plant("甲", "料"), figure("件", 10), figure("品", 1), figure("辅", 1))
    assert questions[-1].kind == "size" and questions[-1].changes == ()


def test_a_number_without_a_unit_is_asked_for() -> None:
    bare = fact("MAKES", "乙", "料", capacity=2.0, unit="", region="市", state="operating")
    assert of(ask(plant("甲", "料", 1.0), bare), "size", "料").node == "料"


def test_two_figures_are_asked_about() -> None:
    facts = (figure("料", 20), figure("料", 5, valid="2023-01-20"), figure("件", 10), figure("品", 10), figure("辅", 50))
    question = of(ask(*facts), "conflict", "料")
    assert moved(question)["料"] == ("weak", ("balanced",)) and "20 kt/a" in question.zh and "5 kt/a" in question.en
    assert question.to == "市" and [s.id for s in question.sources] == ["S"]


def test_a_missing_coefficient_is_asked_where_both_ends_stand() -> None:
    questions = ask(feeds("料", "件"), figure("料", 20), figure("件", 10), figure("品", 10), figure("辅", 50))
    question = of(questions, "coefficient", "料")
    assert moved(question)["料"] == ("present", ("weak", "short", "balanced", "surplus"))
    assert dict(question.blanks[0].known)["unit"] == "kt/GW"


def test_no_coefficient_is_asked_for_what_nobody_has_seen() -> None:
    assert not [q for q in ask(feeds("料", "件"), figure("件", 10)) if q.kind == "coefficient"]


def test_output_at_risk_decides_between_equals_and_unknown_is_no_zero() -> None:
    found = evidence(figure("品", 10), feeds("料", "品", 1.0))
    engine = GapEngine(found)
    rows = [replace(r, output_at_risk=(AtRisk("品", 10, "GW", 0.8),) if r.node == "辅" else None) for r in engine.rows("甲链")]
    questions = [q for q in find_out(engine, {"甲链": rows}) if q.kind == "state" and q.node in ("料", "辅")]
    assert questions[0].node == "辅"
    assert questions[1].at_risk is None and "未知" in questions[1].rank.parts[-1][1]


def test_two_sizes_of_one_plant_are_asked_where_it_stands() -> None:
    facts = (plant("甲", "料", 20, region="区"), plant("甲", "料", 5, region="区", valid="2023-01-20"), fact("SURVEYS", "市", "甲链"))
    question = of(ask(*facts, plant("乙", "件", 10), plant("丙", "品", 10), plant("丁", "辅", 50)), "conflict", "料")
    assert moved(question)["料"] == ("weak", ("balanced",)) and question.to == "区" and question.blanks[0].name == "甲"


def test_two_sizes_of_a_project_are_asked_of_people_and_of_no_sheet() -> None:
    facts = [fact("ADDS", "建", "料", capacity=c, unit="kt/a", valid=day) for c, day in ((20, "2023-01-01"), (5, "2023-01-20"))]
    question = of(ask(facts, fact("LOCATED_IN", "建", "区", label="Project")), "conflict", "料")
    assert (question.to, question.blanks, question.changes) == ("区", (), ())


def test_a_unit_is_asked_for_where_nobody_knows_it() -> None:
    assert "unit" not in of(ask(plant("甲", "料")), "size", "料").blanks[0].asked
    found = evidence(plant("甲", "料"))
    bare = replace(found, nodes={**found.nodes, "料": replace(found.nodes["料"], unit="")})
    assert "unit" in of(asked(bare), "size", "料").blanks[0].asked


def test_plants_without_a_size_are_each_asked_about() -> None:
    questions = ask(plant("甲", "料"), plant("乙", "料"), plant("丙", "料", region="区"), plant("丁", "料", 5))
    assert sorted(q.to for q in questions if q.kind == "size") == ["区", "市", "市"]


def test_a_part_of_the_region_stands_for_its_plants() -> None:
    questions = ask(plant("甲", "料", region="区"), plant("乙", "料", 5))
    assert of(questions, "size", "料").to == "区"


def test_questions_have_a_json_form() -> None:
    made = plain(ask(figure("件", 10), plant("甲", "料", since=None))[0])
    assert {"kind", "node", "chains", "to", "zh", "en", "known", "changes", "shifts", "at_risk", "rank", "sources", "blanks"} == set(made)


@st.composite
def worlds(draw: st.DrawFn) -> Evidence:
    """Chains of six nodes with a variant and a second chain, some of it known in some way."""
    given: list[Any] = [feeds("料", "件", draw(st.sampled_from([None, 2.0])), draw(st.sampled_from(["material", "equipment"])))]
    given += [feeds("变型", "件", 1.0)] if draw(st.booleans()) else []
    given += [feeds("品", "料", 0.1)] if draw(st.booleans()) else []
    given += [fact("VARIANT_OF", "变型", "料", valid="1900-01-01")] if draw(st.booleans()) else []
    for node in (*NODES, "变型"):
        given += draw(st.sampled_from([
            [], [figure(node, 10)], [plant("甲", node)], [plant("乙", node, 5.0, region="区"), plant("丙", node)],
            [figure(node, 10), figure(node, 3, valid="2023-01-10")], [claim(node, "none")], [claim(node, "wanted")],
            [claim(node, "wanted", valid="2022-06-01")], [claim(node, "present", who="甲", label="Firm")],
            [figure(node, 4, region="区")], [*project("建", node, 3.0), step("建", "started", "2023-02-01")],
            [*project("投", node), step("投", "operating", "2023-02-01"), fact("INVESTS_IN", "甲", "投")]]))
    given += [fact("OWNS", "甲", "乙")] if draw(st.booleans()) else []
    given += [fact("SURVEYS", "市", "甲链")] if draw(st.booleans()) else []
    return evidence(*given, chain=(*NODES, "变型"))


@given(worlds())
def test_what_is_predicted_is_what_the_engine_gives_when_the_fact_is_there(found: Evidence) -> None:
    engine = GapEngine(found)
    supposing = Supposing(engine)
    rows = {n: r for n, r in zip(found.judged("甲链"), engine.rows("甲链"), strict=True)}
    assert supposing.now == whole(found)
    for one in candidates(engine, rows):
        for answer in one.answers:
            near = supposing.after(one.about, *answer)
            assert {**supposing.now, **{n: s for n, s in near.items() if n in rows}} == whole(found, *answer), (one.zh, answer)


@given(worlds())
def test_no_question_is_asked_twice_and_each_says_why_it_stands_there(found: Evidence) -> None:
    questions = asked(found)
    assert len({(q.kind, q.zh) for q in questions}) == len(questions)
    assert [q.rank.place for q in questions] == list(range(1, len(questions) + 1))
    counts = [len(q.changes) for q in questions if not any({c.now, *c.may} & {"broken", "missing", "extension"} for c in q.changes)]
    assert counts == sorted(counts, reverse=True)
