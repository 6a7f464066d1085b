"""Finds in a text what the two engines read differently (``CYPHER.md``, rules 1–11).

Not a parser: a scan for known traps, so that they are met in CI and not as other rows on the
other engine. Comments and strings are blanked first; a problem starts with its line's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from graph.model import EDGE

_SILENT = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.S)

_WORDS = (
    "all and any asc ascending case cast column create dbtype default desc descending distinct else end ends exists "
    "false for glob group headers hint in index install join macro multi_join none not null on only optional or order "
    "primary profile shortest single starts table then trail true union unwind when where with wshortest xor"
)
RESERVED = frozenset(_WORDS.split())
"""Refused by ladybug 0.22 as property, alias, variable, parameter and row key alike (each was tried)."""

PHRASES = tuple((re.compile(shape, re.I), message) for shape, message in (
    (r"\bCALL\b", "CALL 不在通用写法内 / is not common"),
    (r"\[\s*\w+\s+IN\b", "列表推导, 用 UNWIND / a list comprehension: use UNWIND"),
    (r"\bshortestPath\b|\bSHORTEST\b", "最短路径写法各异 / shortest paths differ: use exact lengths with LIMIT 1"),
    (r"\+=", "+= 不在通用写法内 / is not common: name each property"),
    (r"\b(?:type|labels|id|elementId)\s*\(", "两引擎结果不同 / differs between the engines: return a property"),
    (r"\b(?:toString|toFloat|toInteger|CAST|datetime|localdatetime|timestamp|duration|split|head|last|reduce|keys)\s*\(",
     "只有一个引擎有 / only one engine has it: convert in Python"),
    (r"\b(?:substring|left|right|round)\s*\(", "截取与取整放到 Python / substrings and rounding happen in Python"),
    (r"[\w)\]]\[", "下标或切片 (一方从 1 起) / an index or slice (one engine counts from 1): do it in Python"),
    (r"\$\w+\s+IS\s+(?:NOT\s+)?NULL", "参数判空 / a parameter tested for null: build the text or use a list"),
    (r"\(\s*\w*\s*:[\w\s|]*\bWHERE\b", "条件写在 WHERE 子句 / filters go into a WHERE clause, not into the node"),
    (r"!=", "写 <> / write <>"),
    (r"\bEXISTS\s*\(", "用 EXISTS { MATCH … } / use EXISTS { MATCH … }"),
    (r":\s*[A-Z]\w*\s*:\s*[A-Z]", "n:A:B 一方是或, 一方是与 / means or in one engine and and in the other"),
    (r"\[[^\]]*\bnull\b[^\]]*\]", "列表里有 null / a null in a list: IN differs"),
    (r"(?<!coalesce\()\bsum\s*\(", "写成 coalesce(sum(x), 0.0) / the sum of nothing differs: coalesce(sum(x), 0.0)"),
))

_TOKEN = re.compile(
    r"""(?P<open>(?:\b(?P<sub>EXISTS|COUNT)\s*)?{) | (?P<close>})
    | (?<![.$\w])(?P<clause>MATCH|MERGE|CREATE|WHERE|RETURN|(?<!STARTS\ )(?<!ENDS\ )WITH|UNWIND|UNION|SET|ORDER)\b
    | (?P<alias>\bAS\s+(?P<named>\w+))
    | (?<![.\w])(?P<path>\w+)\s*=\s*(?=\()
    | (?P<node>(?:(?<!\w)|(?<=MATCH))\(\s*(?P<name>\w*)\s*(?P<label>:[\w\s|:]+)?(?=[{)]))
    | (?P<hop>(?<=\))\s*<?-\s*(?:\[\s*(?P<edge>\w*)\s*(?P<types>:[\w\s|:]+)?(?P<length>\*[\s\d.]*)?[^\]]*\]\s*-|-)>?)
    """,
    re.I | re.X)
_ORDER = re.compile(r"\bORDER\s+BY\s+(.*?)(?=\b(?:LIMIT|SKIP|WITH|MATCH|RETURN|UNION|UNWIND)\b|[;}]|$)", re.I | re.S)
_LAST_KEY = re.compile(r"(?:^|,)\s*([\w.]+)\s*(?:(?:ASC|DESC)(?:ENDING)?)?\s*$", re.I)
LONGEST, LONGEST_EXACT = 9, 4


def names(text: str) -> set[str]:
    """The ``$parameters`` of a text, without the ``$``."""
    return set(re.findall(r"\$(\w+)", _blanked(text)))


def problems(text: str) -> list[str]:
    """What the engines would read differently, a line each, in the order of the text; empty where nothing is."""
    text = _blanked(text)
    found = [*_phrases(text), *_reserved(text), *_orders(text), *_Scan(text).found]
    return [f"{text.count(chr(10), 0, at) + 1}: {message}" for at, message in sorted(set(found))]


def _blanked(text: str) -> str:
    """Without comments and strings; every line keeps its number."""
    return _SILENT.sub(lambda gone: ("''" if gone[0][0] in "'\"" else " ") + "\n" * gone[0].count("\n"), text)


def _phrases(text: str) -> Iterator[tuple[int, str]]:
    for shape, message in PHRASES:
        yield from ((hit.start(), f"{hit[0].strip()}: {message}") for hit in shape.finditer(text))


def _reserved(text: str) -> Iterator[tuple[int, str]]:
    """A reserved word as alias, parameter, property, key of a map, or variable of a pattern."""
    for hit in re.finditer(r"(?:\bAS\s+|\$|[\w)]\.|[{,(\[]\s*(?=\w+\s*:))(\w+)", text, re.I):
        if hit[1].lower() in RESERVED:
            yield hit.start(1), f"{hit[1]}: 保留字 / a reserved word"


def _orders(text: str) -> Iterator[tuple[int, str]]:
    """An order is total only if it ends with an id, or with an alias of one."""
    ids = {alias for _, alias in re.findall(r"(\w\.id)\s+AS\s+(\w+)", text, re.I)}
    for hit in _ORDER.finditer(text):
        last = _LAST_KEY.search(hit[1])
        if not last or (last[1] not in ids and not re.search(r"(?:^|[._])id$", last[1])):
            yield hit.start(), "ORDER BY 末尾须是 id / must end with an id, or ties come in any order"


class _Frame(NamedTuple):
    """Where the scan stands; kept at '{' to go on from there at '}'."""

    clause: str = ""
    bound: frozenset[str] = frozenset()
    patterns: int | None = None
    """MATCH clauses so far, in a subquery."""


class _Scan:
    """One pass over clauses, patterns and aliases; ``found`` holds (place, message)."""

    def __init__(self, text: str) -> None:
        self.found: list[tuple[int, str]] = []
        self.now = _Frame()
        self.outer: list[_Frame] = []
        self.stops_at_one = re.search(r"\bLIMIT\s+1\b", text, re.I) is not None
        for token in _TOKEN.finditer(text):
            getattr(self, f"_{token.lastgroup}")(token)

    def _say(self, token: re.Match[str], message: str) -> None:
        self.found.append((token.start(), f"{' '.join(token[0].split())}: {message}"))

    def _open(self, token: re.Match[str]) -> None:
        self.outer.append(self.now)
        self.now = self.now._replace(clause="", patterns=0 if token["sub"] else None)

    def _close(self, token: re.Match[str]) -> None:
        self.now = self.outer.pop() if self.outer else self.now

    def _clause(self, token: re.Match[str]) -> None:
        clause = token["clause"].upper()
        bound = frozenset() if clause == "UNION" else self.now.bound
        count = self.now.patterns
        if count is not None and clause == "MATCH":
            count += 1
            if count == 2:
                self._say(token, "子查询里只写一个 MATCH / one MATCH inside EXISTS or COUNT")
        self.now = _Frame(clause, bound, count)

    def _bind(self, name: str) -> None:
        self.now = self.now._replace(bound=self.now.bound | {name})

    def _alias(self, token: re.Match[str]) -> None:
        name, before = token["named"], re.search(r"[\w.]*\s*$", token.string[: token.start()])
        if name in self.now.bound and self.now.clause in ("RETURN", "WITH") and before and before[0].strip() != name:
            self._say(token, "别名与变量同名 / an alias named like a variable")
        self._bind(name)

    def _path(self, token: re.Match[str]) -> None:
        if self.now.clause == "MATCH":
            self._bind(token["path"])

    def _node(self, token: re.Match[str]) -> None:
        if self.now.clause not in _PATTERNS:
            return
        if not token["label"] and token["name"] not in self.now.bound:
            self._say(token, "首次出现须写标签 / a node's label is written where it first occurs")
        if token["name"]:
            self._bind(token["name"])

    def _hop(self, token: re.Match[str]) -> None:
        if self.now.clause not in _PATTERNS:
            self._say(token, "裸模式, 用 EXISTS { MATCH … } / a bare pattern: use EXISTS { MATCH … }")
        if token["edge"]:
            self._bind(token["edge"])
        if token["length"]:
            self._length(token)

    def _length(self, token: re.Match[str]) -> None:
        """Rule 4: one engine walks, the other trails, so lengths are bounded and cycles kept out."""
        low, dots, high = re.fullmatch(r"\*\s*(\d*)\s*(\.\.)?\s*(\d*)\s*", token["length"]).groups()  # type: ignore[union-attr]
        longest = int(high or (0 if dots else low) or 0)
        if not longest or longest > LONGEST:
            self._say(token, f"变长须有不大于 {LONGEST} 的上限 / a variable length needs a bound of at most {LONGEST}")
        if ("<" in token[0][:2]) == token[0].endswith(">"):
            self._say(token, "变长须有方向 / a variable length needs a direction")
        exact = low == high or not dots
        types = re.findall(r"\w+", token["types"] or "")
        if types and all(name in EDGE and EDGE[name].acyclic for name in types):
            return
        if not (exact and longest <= LONGEST_EXACT and self.stops_at_one):
            self._say(token, f"可能有环的边: 写定长 1–{LONGEST_EXACT} 并 LIMIT 1 / an edge that may have cycles: "
                      f"an exact length of 1 to {LONGEST_EXACT} with LIMIT 1")


_PATTERNS = ("MATCH", "MERGE", "CREATE")
