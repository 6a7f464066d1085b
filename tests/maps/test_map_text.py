"""Text: harmless, measured by East Asian width, wrapped and shrunk."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.parts import Amount, Demand, Range
from graph.harmless import clean
from maps.figures import amount, demand, factor, number, percent, share
from maps.page import embedded
from maps.text import ems, fit, wrap


@given(st.text(alphabet=st.characters(), max_size=40))
def test_clean_text_can_be_written_and_turns_nothing_round(text: str) -> None:
    found = clean(text)
    found.encode("utf-8")
    assert not set(found) & set("\x00\n\r\t\u200e\u200f\u202a\u202e\u2066\u2069\u2028\ufeff\ufffe")
    assert clean(found) == found


@given(st.text(alphabet="硅片电池TOPConEVA/ 0123·W", max_size=60), st.floats(30, 400))
def test_lines_fit_and_lose_nothing_before_the_cut(text: str, width: float) -> None:
    lines = wrap(text, width, 20)
    assert all(ems(line) * 20 <= width + 0.001 or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(fit(text, width, 20, 12, 2).lines) <= 2


def test_latin_words_stay_whole_and_no_character_is_left_alone() -> None:
    assert fit("EVA/POE胶膜材料", 110, 22, 15, 2).lines == ("EVA/POE", "胶膜材料")
    assert fit("退役光伏组件回收", 160, 22, 22, 2).lines == ("退役光伏", "组件回收")


def test_what_does_not_fit_at_all_is_cut_with_an_ellipsis() -> None:
    found = fit("长" * 300, 150, 22, 14, 2)
    assert found.size == 14 and found.lines[-1].endswith("…") and ems(found.lines[-1]) * 14 <= 150


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (475.0, "475"),
        (188.8, "188.8"),
        (1696.07, "1,696.1"),
        (2.304, "2.3"),
        (0.135, "0.135"),
        (0.0, "0"),
        (0.0002, "0.0002"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text


def test_figures_say_what_is_unknown() -> None:
    assert amount(None, "zh") == "待核" and amount(Amount(None, "GW"), "en") == "size unknown"
    assert demand(Demand(None, None, None, "GW", 5.0), "zh") == "产能待核、至少 5 GW"
    assert demand(Demand(0.0, 0.0, 0.0, "GW"), "en") == "none"
    assert demand(Demand(529.3, 720.0, 529.3, "kt/a"), "zh") == "529.3 kt/a（529.3–720）"
    assert share(Range(1.0, 1.357, 1.357), "en") == "136% (100%–136%)"
    assert share(Range(7.55, 7.55, 7.55), "zh", cap=True) == "100%"
    assert percent(1.092) == "109%" and factor(44.11) == "44.11"


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9))
def test_json_in_a_script_element_cannot_leave_it(value: object) -> None:
    text = embedded(value)
    assert not set(text) & set("<>&\u2028\u2029")
    json.loads(text)
