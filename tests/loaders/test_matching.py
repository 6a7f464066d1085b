"""How names are compared. Every name here is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.matching import Pool, in_common, in_order, likeness, marked, ranked, slips, taken_apart

WORDS = st.text("甲乙丙丁戊己庚辛硅钢科技", max_size=8)


@pytest.mark.parametrize(("one", "other"), [
    ("甲硅业有限公司", "甲硅业有限责任公司"), ("甲硅业（集团）股份有限公司", "甲硅业(集团)股份公司"),
    ("甲硅业集团股份有限公司", "甲硅业（集团）股份有限公司"), ("*ST甲硅", "甲硅"), ("S*ST甲硅", "甲硅"), ("甲硅退", "甲硅"),
    ("退市甲硅", "甲硅"), ("甲硅A", "甲硅B股"), ("ＡＢＣ 硅业有限公司", "abc硅业有限公司"), ("“甲”硅业有限公司", "甲硅业有限公司"),
    ("甲硅业有限公司（简称：甲硅）", "甲硅业有限公司")])
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert taken_apart(one).key == taken_apart(other).key


@pytest.mark.parametrize(("one", "other"), [
    ("甲硅业集团有限公司", "甲硅业有限公司"), ("甲硅业股份有限公司", "甲硅业有限公司"), ("甲硅一期", "甲硅二期"), ("STEEL甲", "EEL甲"),
    ("内蒙古甲硅业有限公司", "甲硅业有限公司")])
def test_names_that_are_not_one(one: str, other: str) -> None:
    assert taken_apart(one).key != taken_apart(other).key


@pytest.mark.parametrize(("name", "places", "stem", "form", "legal"), [
    ("内蒙古自治区包头市甲硅业集团股份有限公司", "内蒙古自治区包头市", "甲硅业", (True, True, True), True),
    ("固阳县甲乙丙硅业有限公司", "固阳县", "甲乙丙硅业", (False, False, True), True), ("甲硅股份", "", "甲硅", (False, True, False), False),
    ("北京硅业", "北京", "硅业", (False, False, False), False), ("丁厂(有限合伙)", "", "丁厂有限合伙", (False, False, False), True),
    ("甲硅业有限公司(集团)", "", "甲硅业有限公司", (True, False, False), True),
    ("公司", "", "公司", (False, False, False), False), ("Beta Silicon Co., Ltd.", "", "betasiliconcoltd", (False, False, False), True)])
def test_what_a_name_is_made_of(name: str, places: str, stem: str, form: tuple[bool, bool, bool], legal: bool) -> None:
    found = taken_apart(name)
    assert (found.places, found.stem, found.form, found.legal) == (places, stem, form, legal)


def test_marks_of_an_exchange() -> None:
    assert marked("*ST甲硅") and not marked("甲硅") and not marked("ST") and taken_apart("ST").key == "st"


@given(WORDS, WORDS)
def test_in_order_is_what_it_says(short: str, full: str) -> None:
    rest = iter(full)
    assert in_order(short, full) is all(character in rest for character in short)
    assert in_common(short, full) == in_common(full, short) and (in_common(short, full) == len(short)) is in_order(short, full)


@given(WORDS, WORDS)
def test_likeness_knows_no_direction_and_no_more_than_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) <= 1
    if one:
        assert likeness(one, one) == pytest.approx(1)


@given(st.lists(WORDS, max_size=12), WORDS)
def test_the_pool_finds_what_reading_all_finds(keys: list[str], short: str) -> None:
    found = Pool(keys).holding(short)
    assert sorted(found) == sorted({k for k in keys if short and k != short and in_order(short, k)})


@given(st.lists(WORDS, max_size=12, unique=True), WORDS, st.randoms())
def test_ranking_does_not_depend_on_order(keys: list[str], short: str, chance: object) -> None:
    mixed = list(keys)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert ranked(short, keys) == ranked(short, mixed)
    assert sorted(Pool(keys).like(short)) == sorted(Pool(mixed).like(short))


def test_the_likelier_stands_first() -> None:
    """Together and from the beginning, behind the place, counts more than scattered."""
    near = ["乙甲丙硅料科技有限公司", "内蒙古甲硅科技有限公司", "丁钢股份有限公司"]
    assert [key for _, key in ranked("甲硅", near)] == near[1::-1], "and what has nothing of it not at all"
    assert not Pool(["包头丁钢有限公司"]).like("包头甲硅", 5, 0.5), "one city makes no likeness"


@given(st.text("甲乙丙丁", min_size=2, max_size=6), st.integers(0, 5), st.sampled_from("戊己"))
def test_one_character_apart_shares_a_slip(stem: str, place: int, character: str) -> None:
    at = place % len(stem)
    for other in (stem[:at] + character + stem[at + 1:], stem[:at] + stem[at + 1:], stem[:at] + character + stem[at:]):
        assert set(slips(stem)) & set(slips(other))
