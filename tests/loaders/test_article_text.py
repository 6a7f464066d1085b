"""Articles: files that are read or refused, lines mended into sentences, days by the day of publication. All names are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import LiantuError
from loaders.article.claims import claims
from loaders.article.entities import Project
from loaders.article.invest import investors
from loaders.article.known import Known
from loaders.article.propose import propose
from loaders.article.reading import MOST_BYTES, read_text
from loaders.article.text import plain, sentences, unspaced
from loaders.article.when import Clock, published

NEWS = "甲县年产5万吨料项目开工。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_article_is_read_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes(NEWS.encode(encoding))
    assert read_text(path) == NEWS


@pytest.mark.parametrize(("content", "said"), [
    (b"", "没有文字"), (b" \n ", "没有文字"), (b"<!DOCTYPE html><html><p>\xe4\xb8\x80</p>", "HTML"), (b"PK\x03\x04rest", "Word"),
    (b"%PDF-1.4", "PDF"), (b"\xff\xff\xff\x80", "编码"), (b"a\0b", "编码"), (b"a" * (MOST_BYTES + 1), "上限")])
def test_what_is_no_article_is_refused_with_the_cure(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes(content)
    with pytest.raises(LiantuError, match=said) as error:
        read_text(path)
    assert error.value.cure and " / " in error.value.message


@pytest.mark.parametrize("name", ["没有.txt", "."])
def test_a_missing_file_and_a_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(LiantuError):
        read_text(tmp_path / name)


def texts(article: str) -> list[str]:
    return [s.text for s in sentences(article)]


def test_blanks_inside_words_go_and_those_between_foreign_words_stay() -> None:
    assert unspaced("源头 活水,总投资 162.05 亿元。 New Energy 公司") == "源头活水,总投资162.05亿元。New Energy公司"


def test_lines_broken_at_a_width_are_one_sentence_with_its_lines() -> None:
    found = sentences("标题\n\n    甲市今年以来全力推进产业链招商,一共\n签约项目12个,总投资3\n0亿元。\n    下一段。")
    assert [s.text for s in found] == ["标题", "甲市今年以来全力推进产业链招商,一共签约项目12个,总投资30亿元。", "下一段。"]
    assert found[1].lines == (3, 5)


def test_a_sentence_goes_on_after_the_picture_that_interrupts_it() -> None:
    article = "标题\n\n甲市采取的办法有绘制产业链全景图、建立产业链重点企业表、重点项目库和产业链配\n\n图为甲项目全景。\n\n套企业表等,成效明显。\n"
    assert "甲市采取的办法有绘制产业链全景图、建立产业链重点企业表、重点项目库和产业链配套企业表等,成效明显。" in texts(article)


def test_a_figure_that_is_cut_off_is_not_joined_with_the_next_paragraph() -> None:
    found = texts("标题\n\n引进到位资金577.2\n\n甲市实行调度。\n\n填补了\n\n据了解,乙项目开工。")
    assert not any("577.2甲" in s or "填补了据" in s for s in found)


def test_a_line_each_stays_a_paragraph_each() -> None:
    found = sentences("标题一二三\n" + "\n".join(f"项目{n}总投资{n}亿元, 位于甲县工业园区内的某处。" for n in range(1, 9)))
    assert len({s.paragraph for s in found}) == 9


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("甲乙项目公司12亿元年产万吨,。、;:（）()\n 　“”投资签约填补空白的由和"), max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for sentence in sentences(text):
        assert len(sentence.text) == len(sentence.plain) and sentence.lines[0] <= sentence.lines[1] <= text.count("\n") + 1
    if text.strip():
        for said in propose("x", text, Known()).said:
            assert said.sentence and said.lines[0] >= 1


def test_a_run_of_digits_is_no_figure() -> None:
    assert plain("１２万") == "12万" and plain("1" * 40) == "·" * 40


@pytest.mark.parametrize(("words", "day"), [
    ("3月17日签约", "2024-03-17"), ("计划2024年6月开工", "2024-06-30"), ("今年一季度", "2024-03-31"), ("去年底", "2023-12-31"),
    ("截至2月底", "2024-02-29"), ("预计今年年底前投产", "2024-12-31"), ("“十四五”末", "2025-12-31"),
    ("1—7月, 全市", "None"), ("12月28日签约", "None"),
    ("去年1—7月签约, 9月开工", "2023-09-30"),
    ("将于下月动工", "2024-04-30"), ("昨天", "2024-03-17"),
    ("计划7月底投产", "2024-07-31"), ("2022年春季", "2022-05-31"), ("今年以来", "2024-03-18")])
def test_days_lean_on_the_day_of_publication(words: str, day: str) -> None:
    assert str(Clock(date(2024, 3, 18)).moments(words)[-1].day) == day


@pytest.mark.parametrize("words", ["去年底", "3月17日", "今年", "本月", "今天"])
def test_without_that_day_relative_words_stay_words(words: str) -> None:
    moment = Clock().moments(words)[0]
    assert moment.day is None and moment.text == words


def test_the_same_year_is_that_of_the_day_before() -> None:
    assert [str(m.day) for m in Clock().moments("2021年3月签约,同年9月开工,2023年2月30日")] == ["2021-03-31", "2021-09-30", "None"]


@pytest.mark.parametrize(("lines", "day"), [
    (["标题", "发布时间:2023年10月26日 浏览次数:41"], "2023-10-26"), (["标题", "2024-03-18 08:15 来源:甲报"], "2024-03-18"),
    (["标题", "正文一句。", "(2023年4月11日《甲报》)"], "2023-04-11"), (["标题", "2023年1月1日, 甲项目开工。"], "None")])
def test_the_day_of_publication_stands_on_a_line_of_its_own(lines: list[str], day: str) -> None:
    assert str(published(lines)) == day


@pytest.mark.parametrize(("line", "paper", "day"), [
    ("造川日报 2024年7月15日讯（记者 某某）", "造川日报", "2024-07-15"), ("造川日报2024年7月15日讯(记者某某)", "造川日报", "2024-07-15"),
    ("本报讯(记者 某某 通讯员 某某)", "", "None"), ("造华社造川2024年7月15日电(某某)", "造华社", "2024-07-15"), ("【造川网讯】", "造川网", "None"),
    ("本报讯", "", "None")])
@pytest.mark.parametrize("joint", ["", "\n", "\n\n"])
def test_a_dateline_tells_who_and_when_and_is_no_title_and_no_part_of_a_name(line: str, paper: str, day: str, joint: str) -> None:
    found = propose("文", f"{line}{joint}造川市某某公司投资建设8GW高效电池项目开工。", Known())
    assert (found.title, found.publisher, str(found.published), found.region) == (
        "造川市某某公司投资建设8GW高效电池项目开工。", paper, day, "造川市")
    assert [s.what for s in found.said if s.kind == "investor"] == ["造川市某某公司"]
    assert [s.day_text for s in found.said if s.kind == "milestone"] == [""]


@pytest.mark.parametrize("words", ["造川报社发布电池产业规划。", "造川电网7月15日电池项目投产。", "造川发布消息称项目开工。"])
def test_words_that_begin_as_a_dateline_does_are_none(words: str) -> None:
    assert texts(f"标题\n\n{words}") == ["标题", words]


def test_numbers_after_commas_without_end_are_no_figure() -> None:
    assert plain("1,234,567,890.5万元") == "1,234,567,890.5万元" and plain("1," * 40) == "·" * 80


def test_the_names_of_regions_are_looked_up_and_not_gone_through() -> None:
    class Looked(frozenset[str]):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError("as many steps as there are regions, for each project")

    stems = Looked({"造川", "造川市"})
    assert [(c.node, c.scope) for c in claims("填补造川市玻璃空白", stems)] == [("玻璃", "全市")]
    own = (Project("造川甲垣光伏项目", 0, 8),)
    assert [s.what for s in investors("造川甲垣光伏项目开工", own, [own], (), stems)] == ["甲垣"]
