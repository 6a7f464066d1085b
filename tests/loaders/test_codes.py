"""Credit codes and organisation codes. The codes are those that the standards and their descriptions print, or invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.codes import credit_code, credit_code_ok, organisation_code, organisation_code_ok

SOUND = "91110000600037341L"


def test_a_code_is_compared_in_one_way() -> None:
    assert credit_code(" ９1110000-600037341ｌ\u200b ") == SOUND
    assert credit_code("") == ""


@pytest.mark.parametrize(("code", "sound"), [
    (SOUND, True), (SOUND.lower(), True), ("91110000600037341M", False), ("9111000060003734L", False), ("", False),
    ("91110000600O37341L", False)])
def test_the_last_character_is_checked(code: str, sound: bool) -> None:
    assert credit_code_ok(code) is sound


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_is_noticed(place: int, character: str) -> None:
    """31 is a prime and no weight is 0 modulo 31."""
    wrong = SOUND[:place] + character + SOUND[place + 1:]
    assert credit_code_ok(wrong) is (wrong == SOUND)


def test_the_organisation_inside() -> None:
    assert organisation_code(SOUND) == "600037341" and organisation_code_ok("60003734-1")
    assert not organisation_code_ok("600037342") and not organisation_code_ok("6000373") and organisation_code("600037341") == ""
    assert organisation_code_ok("D2143569X"), "10 is written as X: the example of GB 11714"
