"""liantu.toml: city, region, store, thresholds, language."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from graph import grading
from graph.errors import LiantuError
from graph.grading import Grading
from graph.model import AUDIENCES

NAME = "liantu.toml"
RANKING = ("verdict", "output-at-risk", "single-inputs-before-ties", "leakage", "must-pass")
"""By what gaps are ranked, first to last, unless [ranking] says otherwise; ``analysis.ranking`` tells what each is."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where one verdict or flag ends and the next begins; ratios, days and shares."""

    weak: float = 0.6
    balanced: float = 1.5
    conversion: float = 0.6
    single_source: float = 0.75
    conflict_days: float = 31
    conflict_share: float = 0.05
    fall: float = 0.20
    range_years: float = 5


@dataclass(frozen=True, slots=True)
class Ties:
    """How far ties carry: strengths in (0, 1] by kind, the years after which half is left, the most ties on a way, and the
    number of ties beyond which a hub is not passed through. Our presets: an order of kinds that a city may change."""

    owns: float = 0.9
    seat: float = 0.9
    shareholder: float = 0.8
    invests: float = 0.7
    customer: float = 0.6
    supplier: float = 0.6
    supplies: float = 0.6
    chamber: float = 0.4
    alumni: float = 0.4
    institute: float = 0.35
    forum: float = 0.2
    half_life: float = 5
    hops: float = 4
    hub: float = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace is for, and its presets."""

    workspace: str
    region: str
    city: str = ""
    store: str = ""
    language: str = "zh"
    audience: str = "公开"
    timeout: float = 300.0
    """Seconds that one question to the store may take."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    headers: dict[str, str] = field(default_factory=dict)
    """A city's own header → ours, on every sheet; '' leaves a column out."""
    sheet_headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """The same for one sheet, by its name."""
    sheets: dict[str, str] = field(default_factory=dict)
    """A city's own name of a sheet → ours; '' leaves a sheet out."""
    ranking: tuple[str, ...] = RANKING
    targets: Grading = field(default_factory=Grading)
    compare: dict[str, Any] = field(default_factory=dict)
    """What a comparison of regions is told otherwise: checked by ``analysis.factors``."""
    factors: dict[str, Any] = field(default_factory=dict)
    """A factor's own keys over those of data/factors.toml."""
    introductions: Ties = field(default_factory=Ties)


def read(path: Path) -> Settings:
    """The settings of a workspace; LiantuError names the key that is wrong and its cure."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LiantuError(f"{path} 读不懂: {error} / {path} cannot be read",
                          "改正该行, 文件须为 UTF-8 / mend that line; the file must be UTF-8") from error
    head = _section(path, raw, "workspace", Settings)
    headers = _table(path, raw, "headers")
    by_sheet = {k: _texts(path, f'headers."{k}"', v) for k, v in headers.items() if isinstance(v, dict)}
    every = _texts(path, "headers", {k: v for k, v in headers.items() if k not in by_sheet})
    return Settings(**head, thresholds=Thresholds(**_section(path, raw, "thresholds", Thresholds)), headers=every,
                    sheet_headers=by_sheet, sheets=_texts(path, "sheets", _table(path, raw, "sheets")), ranking=_ranking(path, raw),
                    targets=grading.grading(path, raw), compare=_table(path, raw, "compare"),
                    factors={k: _table(path, _table(path, raw, "factors"), k) for k in _table(path, raw, "factors")},
                    introductions=_ties(path, raw))


def _ties(path: Path, raw: dict[str, Any]) -> Ties:
    """Strengths are probabilities; ways of more than nine ties are never looked for."""
    section = _section(path, raw, "introductions", Ties)
    limits = {"half_life": 1e9, "hops": 9, "hub": 1e9}
    for key, value in section.items():
        if value > (most := limits.get(key, 1)) or (key == "hops" and value != int(value)):
            whole = ("整数, ", "a whole number, ") if key == "hops" else ("", "")
            raise _wrong(path, "introductions", key, value, f"{whole[0]}至多 {most:g} / {whole[1]}at most {most:g}")
    return Ties(**section)


def _table(path: Path, raw: dict[str, Any], name: str) -> dict[str, Any]:
    section = raw.get(name, {})
    if not isinstance(section, dict):
        raise _wrong(path, name, name, section, f"写成一节 [{name}] / write a section [{name}]")
    return section


def _texts(path: Path, section: str, found: dict[str, Any]) -> dict[str, str]:
    """Theirs = ours, both texts."""
    for key, value in found.items():
        if not isinstance(value, str):
            raise _wrong(path, section, key, value, '填标准名称, 用引号; "" 表示不读 / our name in quotes; "" leaves it out')
    return dict(found)


def _ranking(path: Path, raw: dict[str, Any]) -> tuple[str, ...]:
    """The order of ranking: some of the known parts, each once; what is left out does not count."""
    section = raw.get("ranking", {})
    for key in section.keys() - {"order"}:
        raise _wrong(path, "ranking", key, section[key], "可用的键 / known keys: order")
    order = section.get("order", list(RANKING))
    if not isinstance(order, list) or not order or any(order.count(part) > 1 or part not in RANKING for part in order):
        raise _wrong(path, "ranking", "order", order, f"以下各项, 每项至多一次 / some of these, each once: {', '.join(RANKING)}")
    return tuple(order)


def _section(path: Path, raw: dict[str, Any], name: str, kind: type) -> dict[str, Any]:
    section = raw.get(name, {})
    types = {f.name: f.type for f in fields(kind) if f.type in ("str", "float")}
    for key, value in section.items():
        if key not in types:
            raise _wrong(path, name, key, value, f"可用的键 / known keys: {', '.join(types)}")
        good = isinstance(value, str) if types[key] == "str" else _positive(value)
        if not good:
            raise _wrong(path, name, key, value, "填文字 / a text" if types[key] == "str" else "填正数 / a number > 0")
    if name == "workspace":
        _check_head(path, section)
    return dict(section)


def _check_head(path: Path, head: dict[str, Any]) -> None:
    for key in ("workspace", "region"):
        if not head.get(key):
            raise _wrong(path, "workspace", key, head.get(key, ""), "必填 / required")
    if head.get("language", "zh") not in ("zh", "en"):
        raise _wrong(path, "workspace", "language", head["language"], "zh | en")
    if head.get("audience", "公开") not in AUDIENCES:
        raise _wrong(path, "workspace", "audience", head["audience"], " | ".join(AUDIENCES))


def _positive(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9


def _wrong(path: Path, section: str, key: str, value: Any, cure: str) -> LiantuError:
    return LiantuError(f"{path} [{section}] {key} = {value!r} 不可用 / is not usable", cure)


def text(settings: Settings) -> str:
    """The settings as a liantu.toml (JSON strings are TOML strings)."""
    head = {f.name: getattr(settings, f.name) for f in fields(Settings) if f.type in ("str", "float")}
    limits = {f.name: getattr(settings.thresholds, f.name) for f in fields(Thresholds)}
    out = ["# liantu 链图 工作区设置 / workspace settings", "[workspace]"]
    out += [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in head.items()]
    out += ["", "# 判定与标记的界限 / limits of verdicts and flags", "[thresholds]"]
    out += [f"{k} = {v}" for k, v in limits.items()]
    out += ["", "# 空白点排序: 依次比较 / what gaps are ranked by, first to last", "[ranking]",
            f"order = {json.dumps(settings.ranking, ensure_ascii=False)}"]
    ties = {f.name: getattr(settings.introductions, f.name) for f in fields(Ties)}
    out += ["", "# 引荐: 关系强度, 半衰期 (年), 最多几步, 关系多于 hub 的不经过 / strengths of ties, half-life in years, most hops, "
            "hubs beyond this are not passed", "[introductions]", *(f"{k} = {v}" for k, v in ties.items())]
    out += ["", "# 本地表头 = 标准表头, 可带单位, \"\" 不读 / your header = our header, with a unit if need be, \"\" leaves it out",
            "[headers]", *_pairs(settings.headers)]
    for name, headers in sorted(settings.sheet_headers.items()):
        out += ["", f"[headers.{_quoted(name)}]", *_pairs(headers)]
    if settings.sheets:
        out += ["", "# 本地表名 = 标准表名 / your sheet = our sheet", "[sheets]", *_pairs(settings.sheets)]
    out += grading.text(settings.targets)
    return "\n".join(out) + "\n"


def _pairs(found: dict[str, str]) -> list[str]:
    return [f"{_quoted(theirs)} = {_quoted(ours)}" for theirs, ours in sorted(found.items())]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
