"""An invented brief, and one whose every text is hostile."""

from __future__ import annotations

from datetime import date

from analysis.brief import SECTIONS, Brief, Line, Section
from analysis.parts import Source

HOSTILE = ("<img src=x onerror=alert(1)>", "</style><script>alert(1)</script>", '=HYPERLINK("http://evil.example")', "]]><!--",
           "玻璃\u202egnp.exe", "\ud800半个\x00字\ufffe", "{{ 7 * 7 }}", "长" * 400)
SOURCES = (Source("s1", "试用公告", "试用甲报", date(2023, 1, 5), 3), Source("s2", "试用年报", "", None, 7))


def brief(**lines: tuple[Line, ...]) -> Brief:
    return Brief("brief", "试用市", "试用玻璃", date(2023, 1, 31), date(2023, 1, 31), "公开",
                 tuple(Section(key, lines.get(key, ())) for key in SECTIONS), SOURCES,
                 (("试用说明", "a trial note"),))


USUAL = brief(
    who=(Line("试用玻璃年产 800 kt/a", "Shiyong Glass makes 800 kt/a", ("s2",)),),
    fills=(Line("玻璃 缺链, 可补 12 %", "glass is missing; it would fill 12 %", ("s1", "s2")),),
    introduction=(Line("试用商会 → 试用玻璃", "the trial chamber → Shiyong Glass", ("s3",)),))


def hostile(text: str) -> Brief:
    line = (Line(text, text, (text,)),)
    return Brief("brief", text, text, date(2023, 1, 31), date(2023, 1, 31), "公开", tuple(Section(key, line) for key in SECTIONS),
                 (Source(text, text, text, None, 1),), ((text, text),))
