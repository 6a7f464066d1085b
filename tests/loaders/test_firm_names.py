"""Which names are one firm. Every name and code here is invented."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from loaders.names import Firms
from loaders.review import cases
from loaders.settled import Decision, settled

X, Y = "91150200MA0PUXXX0X", "91150200MA0PUYYY0Y"


def firms(*stated: str | tuple[str, str] | tuple[str, str, int], aliases: tuple[tuple[str, str], ...] = (),
          apart: tuple[tuple[str, str], ...] = (), said: tuple[Decision, ...] = ()) -> Firms:
    """Names alone, or with a code, or with the rank of who may see them."""
    rows = [(s, "", 0) if isinstance(s, str) else (*s, 0)[:3] for s in stated]
    return Firms(rows, [(a, n, "", 0) for a, n in aliases], [(a, b, 0) for a, b in apart], settled(said))  # type: ignore[arg-type, misc]


def one(found: Firms, *names: str) -> bool:
    return len({found.id(name) for name in names}) == 1


def open_names(found: Firms) -> dict[str, list[str]]:
    return {case.name: [c.name for c in case.candidates] for case in cases(found)}


def test_a_code_joins_its_names_and_never_two_codes() -> None:
    found = firms(("甲硅业有限公司", X), ("甲业", f" {X.lower()} "), ("甲硅业有限公司", Y), "甲业")
    assert found.id("甲业") == X == found.id("随便", X) and found.id("甲硅业有限公司", Y) == Y
    assert found.ambiguous("甲硅业有限公司") and not found.ambiguous("甲业")


def test_an_organisation_code_is_the_credit_code_around_it() -> None:
    assert firms(("甲硅业有限公司", X), ("乙材料有限公司", X[8:17])).id("乙材料有限公司") == X
    two = firms(("甲硅业有限公司", X), ("丙业有限公司", "1" + X[1:]), ("乙材料有限公司", X[8:17]))
    assert two.id("乙材料有限公司") == X[8:17], "two codes hold it: nobody can say whose it is"


def test_spellings_are_one_firm() -> None:
    names = "甲硅业（集团）有限责任公司", "甲硅业集团有限公司"
    assert one(firms(*names, ("甲硅业 (集团)有限公司", X)), *names)


def test_a_spelling_of_two_firms_is_neither() -> None:
    found = firms(("甲硅业有限公司", X), ("甲硅业有限责任公司", Y), "“甲硅业”有限公司")
    assert found.id("“甲硅业”有限公司") not in (X, Y)


def test_a_short_name_is_of_the_only_firm_it_stands_in() -> None:
    found = firms("甲硅", "内蒙古甲能硅业有限公司", "乙钢股份有限公司")
    assert one(found, "甲硅", "内蒙古甲能硅业有限公司")
    assert [(link.name, link.to, link.how) for link in found.links] == [("甲硅", "内蒙古甲能硅业有限公司", "order")]


def test_in_two_firms_it_is_left_open() -> None:
    found = firms("甲硅", "内蒙古甲硅业有限公司", "甲能硅材料有限公司")
    assert found.id("甲硅") == "甲硅" and open_names(found) == {"甲硅": ["内蒙古甲硅业有限公司", "甲能硅材料有限公司"]}


def test_two_spellings_of_the_full_name_are_one_candidate() -> None:
    assert one(firms("甲硅", "甲硅业（包头）有限公司", "甲硅业包头有限责任公司"), "甲硅", "甲硅业包头有限责任公司")


def test_out_of_order_it_is_only_suggested() -> None:
    found = firms("甲乙丙硅", "内蒙古甲乙硅丙业有限公司")
    assert found.id("甲乙丙硅") == "甲乙丙硅" and open_names(found) == {"甲乙丙硅": ["内蒙古甲乙硅丙业有限公司"]}


def test_two_short_names_that_are_not_one_another_claim_nothing() -> None:
    """深基地 and 深赤湾 both stand in one real name, and are two firms: of such neither is believed."""
    assert not firms("甲湾", "甲地", "甲湾石油基地有限公司").links
    assert one(firms("甲湾", "甲湾石油", "甲湾石油基地有限公司"), "甲湾", "甲湾石油", "甲湾石油基地有限公司")


def test_a_group_is_not_its_share_company() -> None:
    """Full names that differ in 集团 are two firms; 有限公司 that became 股份有限公司 is one, where nothing else may be meant."""
    assert not one(firms("甲能硅业集团有限公司", "甲能硅业有限公司"), "甲能硅业集团有限公司", "甲能硅业有限公司")
    assert one(firms("甲能硅业股份有限公司", "甲能硅业有限公司"), "甲能硅业股份有限公司", "甲能硅业有限公司")
    assert one(firms("包头市甲能硅业有限公司", "甲能硅业有限公司"), "包头市甲能硅业有限公司", "甲能硅业有限公司")
    three = firms("包头市甲能硅业有限公司", "甲能硅业有限公司", "上海甲能硅业有限公司")
    assert len({three.id(n) for n in ("包头市甲能硅业有限公司", "甲能硅业有限公司", "上海甲能硅业有限公司")}) == 3


def test_two_firms_of_one_row_stay_two() -> None:
    """The group that a row names as the owner of a firm is not that firm, though its name stands in the firm's."""
    assert not one(firms("甲硅", "甲硅业有限公司", apart=(("甲硅业有限公司", "甲硅"),)), "甲硅", "甲硅业有限公司")


def test_former_names_are_the_firms_where_only_one_firm_gives_them() -> None:
    assert one(firms("丁材料有限公司", "甲硅业有限公司", aliases=(("丁材料有限公司", "甲硅业有限公司"),)), "丁材料有限公司", "甲硅业有限公司")
    both = firms("甲硅业有限公司", "乙钢业有限公司", aliases=(("丁材料", "甲硅业有限公司"), ("丁材料", "乙钢业有限公司")))
    assert both.id("丁材料") == "丁材料"


def test_the_name_and_the_id_are_those_of_the_widest_audience() -> None:
    found = firms(("甲硅", "", 0), ("内蒙古甲密硅业有限公司", "", 2))
    assert one(found, "甲硅", "内蒙古甲密硅业有限公司")
    assert found.id("甲硅") == "甲硅" and found.shown("甲硅") == ("甲硅", ())


def test_the_marks_of_an_exchange_are_not_shown_first() -> None:
    found = firms("*ST甲能", "甲能硅业", "甲能硅业有限公司", aliases=(("*ST甲能", "甲能硅业有限公司"),))
    assert found.shown(found.id("*ST甲能"))[0] == "甲能硅业"


def test_decisions() -> None:
    names = ("甲硅", "内蒙古甲硅业有限公司", "甲能硅材料有限公司")
    accepted = Decision("accept", "甲硅", "甲能硅材料有限公司")
    assert one(firms(*names, said=(accepted,)), "甲硅", "甲能硅材料有限公司")
    assert not firms(*names, said=(accepted, Decision("reject", "甲硅", "甲能硅材料有限公司"))).links
    assert firms(*names, said=(accepted, Decision("split", "甲硅"))).id("甲硅") == "甲硅"
    assert one(firms(*names, said=(Decision("split", "甲硅"), accepted)), "甲硅", "甲能硅材料有限公司"), "the last word counts"
    assert firms(*names[:2]).id("甲硅") != firms(*names[:2], said=(Decision("reject", *names[:2]),)).id("甲硅")


def test_a_code_typed_wrong_is_settled_for_good() -> None:
    found = firms(("甲硅业有限公司", X), ("甲硅业有限公司", Y), said=(Decision("accept", X, Y),))
    assert found.id("甲硅业有限公司") == found.id("", X) == Y and not found.ambiguous("甲硅业有限公司")


def test_whose_an_ambiguous_name_is_can_be_said() -> None:
    found = firms(("甲硅业有限公司", X), ("甲硅业有限公司", Y), said=(Decision("accept", "甲硅业有限公司", Y),))
    assert not found.ambiguous("甲硅业有限公司") and found.id("甲硅业有限公司") == Y and found.id("甲硅业有限公司", X) == X


def test_decisions_in_a_circle_end() -> None:
    found = firms("甲", "乙", "丙", said=(Decision("accept", "甲", "乙"), Decision("accept", "乙", "丙"), Decision("accept", "丙", "甲")))
    assert one(found, "甲", "乙", "丙")


def test_a_decision_about_a_firm_that_is_gone_is_named() -> None:
    found = firms("甲硅", said=(Decision("accept", "甲硅", "乙钢业有限公司"),))
    assert found.groups.unmet == ["乙钢业有限公司"] and found.id("甲硅") == "甲硅"


def test_what_a_stricter_audience_hears_joins_and_never_opens_or_undoes() -> None:
    public = firms("甲硅", "内蒙古甲能硅业有限公司")
    inner = "上海甲密硅材料有限公司"
    found = firms("甲硅", "内蒙古甲能硅业有限公司", (inner, "", 2))
    assert found.id("甲硅") == public.id("甲硅") == "内蒙古甲能硅业有限公司" and found.links == public.links and not one(found, "甲硅", inner)
    assert not one(firms("甲硅", "内蒙古甲硅业有限公司", "甲能硅材料有限公司", ("甲硅", X, 2), ("甲能硅材料有限公司", X, 2)),
                   "甲硅", "甲能硅材料有限公司"), "nor does a code that only it hears join two"
    assert one(firms("甲硅", "内蒙古甲能硅业有限公司", ("内蒙古甲能硅业股份有限公司", "", 1)), "甲硅", "内蒙古甲能硅业股份有限公司")


def test_a_code_that_few_may_see_is_nobody_elses_id() -> None:
    found = firms("甲硅业有限公司", ("甲硅业有限公司", X, 2), ("甲硅", X, 2))
    assert {found.id("甲硅业有限公司"), found.id("甲硅", X), found.id("", X), found.id("甲硅")} == {"甲硅业有限公司"}
    assert not firms(("甲硅业有限公司", X), ("甲硅业有限公司", Y, 2)).ambiguous("甲硅业有限公司")


PARTS = st.tuples(st.sampled_from(["", "包头", "上海"]), st.sampled_from(["甲", "甲乙", "丙丁", "甲丙丁", "甲乙丙丁"]),
                  st.sampled_from(["", "科技", "股份", "有限公司", "(集团)有限公司", "股份有限公司", "有限责任公司"])).map("".join)
STATED = st.lists(st.tuples(PARTS, st.sampled_from(["", "", "", X, Y]), st.integers(0, 2)), min_size=1, max_size=10)
SAID = st.lists(st.builds(Decision, st.sampled_from(["accept", "reject", "split"]), PARTS, PARTS), max_size=4)


@given(STATED, st.lists(st.tuples(PARTS, PARTS), max_size=3), SAID, st.integers(0, 9999))
def test_the_same_material_gives_the_same_firms_in_any_order(
        stated: list[tuple[str, str, int]], apart: list[tuple[str, str]], said: list[Decision], seed: int) -> None:
    mixed = random.Random(seed).sample(stated, len(stated))
    two = [Firms(rows, (), [(a, b, 0) for a, b in apart if a != b], settled(said)) for rows in (stated, [*mixed, *mixed[:2]])]
    assert [two[0].id(n, c) for n, c, _ in stated] == [two[1].id(n, c) for n, c, _ in stated]
    assert two[0].links == two[1].links and two[0].names == two[1].names and cases(two[0]) == cases(two[1])


@given(STATED)
def test_two_codes_are_never_one_firm_and_no_name_is_lost(stated: list[tuple[str, str, int]]) -> None:
    found = Firms(stated)
    ids = {code: {found.id(name, code) for name, other, _ in stated if other == code} for code in (X, Y)}
    assert not ids[X] & ids[Y] and all(len(of) <= 1 for of in ids.values())
    assert all(found.id(name, code) == code for name, code, rank in stated if code and not rank)
    assert {n for names in found.names.values() for n in names} == {name for name, _, _ in stated}
    assert all(found.has(name) for name, _, _ in stated)


CODED = st.sampled_from(["", "", "", X, Y, X[8:17]])
RANKED = st.lists(st.tuples(PARTS, CODED, st.integers(0, 2)), min_size=1, max_size=9)


@given(RANKED, st.lists(st.tuples(PARTS, PARTS, CODED, st.integers(0, 2)), max_size=3),
       st.lists(st.tuples(PARTS, PARTS, st.integers(0, 2)), max_size=3), SAID)
def test_what_an_audience_hears_says_alone_who_is_one_firm(
        stated: list[tuple[str, str, int]], aliases: list[tuple[str, str, str, int]], apart: list[tuple[str, str, int]],
        said: list[Decision]) -> None:
    """Rows that only a stricter audience may see change no id, no name and no link of a wider."""
    stated += [(n, c, rank) for _, n, c, rank in aliases]
    apart = [(a, b, rank) for a, b, rank in apart if a != b]
    whole = Firms(stated, aliases, apart, settled(said))
    for widest in range(2):
        seen = [row for row in stated if row[2] <= widest]
        alone = Firms(seen, [row for row in aliases if row[3] <= widest], [row for row in apart if row[2] <= widest], settled(said))
        assert [(whole.id(n, c), whole.ambiguous(n)) for n, c, _ in seen] == [(alone.id(n, c), alone.ambiguous(n)) for n, c, _ in seen]
        assert cases(whole.heard_by(widest)) == cases(alone) and whole.heard_by(widest).links == alone.links
        assert alone.links == tuple(li for li in whole.links if max(whole.rank(li.name), whole.rank(li.to)) <= widest)
        assert all(whole.shown(id) == alone.shown(id) for id in alone.names if min(alone.names[id].values()) == min(whole.names[id].values()))


def test_suggestions_say_why_in_both_languages() -> None:
    found = cases(firms("甲硅", "内蒙古甲硅业有限公司", "甲能硅材料有限公司", "乙能硅业丁有限公司", "乙能规业丁有限公司"))
    assert [case.name for case in found] == ["乙能规业丁有限公司", "甲硅"] or [case.name for case in found] == ["乙能硅业丁有限公司", "甲硅"]
    assert all(" / " in c.why and 0 <= c.score <= 1 for case in found for c in case.candidates)


def test_full_names_that_many_firms_have_nearly_are_not_asked_about() -> None:
    """Of thousands of firms many differ in one character of four, or in the city alone."""
    assert not open_names(firms("东丁证券有限公司", "东丙证券有限公司", "上海丙丁大楼有限公司", "包头丙丁大楼有限公司"))
    assert list(open_names(firms("丙丁大楼有限公司", "包头丙丁大楼集团有限公司"))) == ["包头丙丁大楼集团有限公司"]
