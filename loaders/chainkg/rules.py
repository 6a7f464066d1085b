"""How what is written in ChainKnowledgeGraph is read: names, stock codes, weights, days; and what is no product."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from loaders.names import normal

ACCOUNTING = re.compile(
    r"平衡项目?|调整项目?|未分配.{0,4}|.*抵[销消减](?:数|额|金额|项目?|部分)?|.*(?:合计|小计|总计)|其[他它](?:业务|收入|项目?)?(?:收入)?(?:\(补充\))?"
    r"|分部[一二三四五六七八九十]?")
"""Lines of a segment report that are no product: what balances, eliminates, adds up or gathers the rest."""

EXCHANGES = {"上海证券交易所": "SH", "深圳证券交易所": "SZ", "北京证券交易所": "BJ"}
_BY_DIGITS = (("BJ", ("4", "8", "92")), ("SH", ("5", "6", "9")), ("SZ", ("0", "1", "2", "3")))
_CODE = re.compile(r"(\d{6})\.?(SH|SZ|BJ)?")
_MARKS = re.compile(r"^(?:\*?ST|S\*?ST|退市|[SNCUW](?=[\u4e00-\u9fff]))|(?:退|-[UWVA]+|[AB])$")
_SPACE = re.compile(r"\s+")
_BY_A_CHARACTER = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_PAIRS = {"“": "”", "‘": "’"}
_STRAIGHT = "\"'"
_ENDS = frozenset("\"'“”‘’")
_QUOTES = dict.fromkeys(map(ord, "\"“”"))


@lru_cache(maxsize=1 << 10)  # a name is looked at a few times in a row
def clean(written: str) -> str:
    """A name without line breaks, control characters, blanks at its ends and quotes that nothing closes."""
    name = written
    if not name.isprintable():  # also true of a line break and of half a surrogate pair
        name = "".join(" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
        name = _BY_A_CHARACTER.sub("", _SPACE.sub(" ", name))
    name = name.strip()
    return _without_open_quotes(name) if {name[:1], name[-1:]} & _ENDS else name


def _without_open_quotes(name: str) -> str:
    """Takes off what stands at an end and has no partner: “鞋, 逐日\"\"\"; a prime inside a formula stays."""
    while name and _open(name[0], name):
        name = name[1:].lstrip()
    while name and _open(name[-1], name):
        name = name[:-1].rstrip()
    return name


def _open(quote: str, name: str) -> bool:
    if quote in _STRAIGHT:
        return name.count(quote) % 2 == 1 or name.strip(quote) == "" or quote * 2 in (name[:2], name[-2:])
    return any(quote in pair and name.count(pair[0]) != name.count(pair[1]) for pair in _PAIRS.items())


@lru_cache(maxsize=1 << 10)
def key(name: str) -> str:
    """What two spellings of one name have in common: width, case, blanks and quotation marks are not told apart."""
    return normal(name).translate(_QUOTES)


def stock_code(written: str, exchange: str = "") -> str:
    """Six digits and the exchange, 301079.SZ; '' for what is no such code. The exchange is the code's own, else the one
    named beside it, else that of its first digit."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", written).strip().upper())
    if not found:
        return ""
    digits, suffix = found.groups()
    at = suffix or EXCHANGES.get(exchange) or next((at for at, first in _BY_DIGITS if digits.startswith(first)), "")
    return f"{digits}.{at}" if at else digits


def weight(written: str) -> float | None:
    """A share of the firm's sales within [0, 1]; None for anything else."""
    try:
        value = float(written)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def is_day(written: str) -> bool:
    """Whether it is a day of the calendar as the files write them, 2021-10-19."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def is_accounting(name: str) -> bool:
    return ACCOUNTING.fullmatch(unicodedata.normalize("NFKC", name)) is not None


def fits(short: str, full: str) -> bool:
    """Whether the characters of a short name stand in the full one in their order, marks of the exchange (*ST, 退) apart."""
    rest = iter(normal(full))
    return all(c in rest for c in normal(_MARKS.sub("", short)))


def visible(written: str) -> str:
    """The wording with what cannot be seen spelt out: a name with a line break is told on one line."""
    return written if written.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in written)
