"""Ways up to who owns a firm: the shortest, never round a ring, sisters over the nearest shared owner. Names invented."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from analysis.owners import Owners
from graph.clocks import Seen

DAY = date(2023, 1, 1)


def owns(*pairs: str) -> Owners:
    """Each pair is owner and owned."""
    return Owners(Seen("OWNS", f"f{at}", one, two, "l", "p", 3, True, DAY, DAY, "s") for at, (one, two) in enumerate(pairs))


def test_owners_of_any_height_by_the_shortest_way() -> None:
    found = owns("祖父", "父本", "祖中", "中父").above("本")
    assert {top: [f.start for f in way] for top, way in found.items()} == {"父": ["父"], "祖": ["祖", "父"], "中": ["中", "父"]}


def test_a_ring_ends_and_nobody_owns_himself() -> None:
    assert set(owns("甲乙", "乙丙", "丙甲", "甲甲").above("甲")) == {"乙", "丙"}


def test_a_sister_is_joined_by_the_nearest_shared_owner() -> None:
    group = owns("祖父", "祖姑", "父本", "父姊")
    parents = group.parents(["本"])
    kin = group.sister("姊", parents, frozenset("本"))
    assert kin and (kin.local, kin.top, [f.end for f in kin.facts]) == ("本", "父", ["本", "姊"])
    aunt = group.sister("姑", parents, frozenset("本"))
    assert aunt and (aunt.top, [f.end for f in aunt.down], [f.end for f in aunt.side]) == ("祖", ["父", "本"], ["姑"])
    assert group.sister("旁", parents, frozenset("本")) is None


def test_whom_a_local_firm_owns_is_of_its_group() -> None:
    kin = owns("本女").sister("女", {}, frozenset("本"))
    assert kin and (kin.local, kin.top, kin.down, [f.end for f in kin.side]) == ("本", "本", (), ["女"])


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁戊己"), st.sampled_from("甲乙丙丁戊己")), max_size=15))
def test_every_way_leads_down_without_meeting_anybody_twice(pairs: list[tuple[str, str]]) -> None:
    found = owns(*("".join(pair) for pair in pairs))
    for firm in "甲乙丙丁戊己":
        for top, way in found.above(firm).items():
            met = [top, *(f.end for f in way)]
            assert met[-1] == firm
            assert [f.start for f in way] == met[:-1]
            assert len(set(met)) == len(met)
