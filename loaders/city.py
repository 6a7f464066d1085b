"""Which city a workbook is about, and which of the places it names lie within that city."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from loaders.aliases import normal
from loaders.places_of_china import PREFECTURES, PROVINCES
from loaders.rows import Row
from loaders.sheets import SHEET
from loaders.tables import Table
from loaders.template import write_sheets

PLACES = "地区表(推定).csv"
"""The material that says where places lie that no 地区表 has; a newer version has the older one's rows too."""

_PLACES = ("place", "region", "within", "survey_region")
_MOST_HEADER = 40
"""Letters of a line above a table that may be its title; more is a text."""

_SUFFIX = re.compile(r"市|盟|地区|州")
_SENDER = re.compile(r"(?:填报|填表|报送|上报|编制|制表)(?:单位|部门|机关)(?:[(（][^)）]*[)）])?\s*[:：]?\s*(?:\S*?(?:省|自治区))?(\S+)")
_TITLE = re.compile(r"(?:^|[^\u4e00-\u9fff])(?:[年月底末度]|[\u4e00-\u9fff]{2,4}(?:省|自治区))*"
                    r"((?![年月底末度])[\u4e00-\u9fff]{2,5}?(?:市(?![场值级])|盟|地区|自治州))")
_NO_CITY = re.compile(r"(?:上|城|全|各|我|本|该|都|超|县级|地级|直辖)市|[联加同结]盟|[各本该全]地区")
_AWAY = re.compile(r"[省市县境国海]外|外[地省市县国]|全[国省球]|\d|[路号]")
_MUNICIPAL = ("北京", "天津", "上海", "重庆")


def city(rows: Iterable[Row], tables: Iterable[Table] = ()) -> str:
    """The city that 填报单位 names, else the one that most rows stand in, the one of a title counting for half of them;
    '' where none says. Only a name that ends in 市, 盟, 州 or 地区 is a city's: most rows of a district do not make it one."""
    tables = list(tables)
    if sender := next(_senders(tables), ""):
        return sender
    places = list(_stands(rows))
    counts: dict[str, float] = {name: sum(place.startswith(name) for place in places)
                                for place in places for name in _cities(place)[:1]}
    for title in dict.fromkeys(_titles(tables)):
        counts[title] = counts.get(title, 0) + len(places) / 2
    return max(counts, key=lambda name: (counts[name], len(name), name), default="")


def said(tables: Iterable[Table]) -> str:
    """The city that 填报单位 or a title names."""
    tables = list(tables)
    return next(_senders(tables), "") or next(_titles(tables), "")


def _senders(tables: Sequence[Table]) -> Iterator[str]:
    for line in _above(tables):
        for match in _SENDER.finditer(line):
            yield from (name for name in _cities(match[1])[:1] if not _NO_CITY.search(name))


def _titles(tables: Sequence[Table]) -> Iterator[str]:
    for line in _above(tables):
        if len(line) <= _MOST_HEADER:
            yield from (match[1] for match in _TITLE.finditer(line) if not _NO_CITY.search(match[1]))


def _above(tables: Sequence[Table]) -> Iterator[str]:
    return (line for table in tables for _, line in table.above)


def _stands(rows: Iterable[Row]) -> Iterator[str]:
    """Where rows say that something of the city stands; a customer or a supplier may be anywhere."""
    return (str(row.values[key]) for row in rows if row.sheet.key not in ("contacts", "suppliers")
            for key in _PLACES if row.values.get(key))


def _cities(place: str) -> list[str]:
    """The names at the head of a place that are a city's: 某某市 of 某某市甲区. 沙市区 and 通州区 are districts."""
    return [place[:end] for match in _SUFFIX.finditer(place) for end in (match.end(),)
            if (end > 1 if end == len(place) else end > 2 and (match[0] != "州" or len(place) > end + 1))]


def within(rows: Iterable[Row], kept: Iterable[Row], city: str) -> list[str]:
    """The places that no 地区表 has and that may lie within the city, as they are written: those of another city, of a
    province or abroad, and whole addresses, may not. A city's name without its suffix is the city's."""
    rows = list(rows)
    known = {normal(name) for row in (*rows, *kept) if row.sheet.key == "regions"
             for name in (row.values["region"], row.values.get("within", ""), *row.values.get("aliases", ()))}
    return [place for place in dict.fromkeys(_stands(rows))
            if normal(place) not in known and not place.startswith(city) and not _elsewhere(place, city)]


def _elsewhere(place: str, city: str) -> bool:
    province = next((name for name in PROVINCES.split() if place.startswith(name)), None)
    rest = place.removeprefix(province or "")
    if _cities(place) or _AWAY.search(place) or re.search("省|自治区", place):
        return True
    return not place.startswith(_bare(city)) and (
        place in PREFECTURES.split() or bool(province and (len(rest) != 1 or province in _MUNICIPAL)))


def _bare(city: str) -> str:
    short = re.sub("(?:市|盟|地区|州)$", "", city)
    return short if len(short) > 1 else city


def hanging(kept: Iterable[Row], once: str) -> bool:
    """Whether places were said to lie in ``once``, and nobody has said yet which city that is."""
    rows = [row.values for row in kept if row.file == PLACES]
    return any(row.get("within") == once for row in rows) and not any(once in row.get("aliases", ()) for row in rows)


def write(folder: Path, places: Iterable[str], kept: Iterable[Row], city: str, once: str) -> Path:
    """The places as a 地区表 in ``folder``, below those of its older version. ``once``: what the city was called before it
    was known, so that what was said to lie there lies in the city."""
    names = [str(row.values["region"]) for row in kept if row.file == PLACES]
    bare = [name for name in (*names, *places) if name == _bare(city) and name != city]
    column = {key: SHEET["regions"].column(key).zh for key in ("region", "within", "aliases")}
    also = "、".join(dict.fromkeys(filter(None, (*bare, once))))
    head = [{column["region"]: city, column["aliases"]: also}] if also else []
    lines = [{column["region"]: name, column["within"]: city} for name in dict.fromkeys((*names, *places))
             if name not in (city, once, *bare)]
    write_sheets(folder, {SHEET["regions"]: [*head, *lines]})
    return next(folder.iterdir()).replace(folder / PLACES)
