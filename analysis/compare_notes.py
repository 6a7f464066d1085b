"""What a comparison says of itself: its method, the scope of every figure, and what was not counted."""

from __future__ import annotations

from analysis.compare import TELLING, CompareRow, Reading
from analysis.factors import Factor, Profile

Notes = list[tuple[str, str]]
QUOTA = "能耗指标"
FAR = 2
"""Years between two figures of a factor from which on it is said."""


def notes(of: Profile, rows: tuple[CompareRow, ...], nodes: tuple[str, ...], regions: int) -> tuple[tuple[str, str], ...]:
    """``regions``: how many the found weights rest on."""
    unplaced = [] if nodes else [("没有写它新增哪个环节的产能: 按一般项目比较", "nothing says which node it adds to: compared as a general project")]
    return (*unplaced, *_method(of, regions), *_open(rows), *_scopes(of, rows), *_not_counted(of, rows), *_quota(of))


def _method(of: Profile, regions: int) -> Notes:
    out: Notes = []
    if of.composed:
        out.append(("要素、参照界与 AHP 判断为编者归纳, 不是官方办法; 可在 liantu.toml [compare] 与 [factors] 里改",
                    "factors, bounds and judgements are composed by the editors, no official method; see liantu.toml [compare], [factors]"))
    if of.cr is not None:
        out.append((f"AHP 一致性 CR = {of.cr:.3f} (≤ 0.1)", f"AHP consistency CR = {of.cr:.3f} (≤ 0.1)"))
    mixed = 1 - of.blend, of.blend, of.objective.upper()
    out.append((f"权重 = {mixed[0]:.0%} 判断 + {mixed[1]:.0%} {mixed[2]} (据有数的 {regions} 个地区, 与参比者无关; "
                f"不足 {TELLING} 个不同值的要素只按判断), 单项至多 {of.cap:.0%}",
                f"weights: {mixed[0]:.0%} judgement + {mixed[1]:.0%} {mixed[2]} (over {regions} regions with figures, whoever is "
                f"compared; a factor of fewer than {TELLING} different values keeps its judged weight), none "
                f"above {of.cap:.0%}"))
    out.append((f"名次区间: 权重各 ±{of.perturb:.0%}, 种子 {of.seed}; 未知要素在点估计里放在参照界中点, 其影响见名次上下限",
                f"firm ranks: weights moved by ±{of.perturb:.0%}, seed {of.seed}; an unknown factor stands in the middle for the point "
                "scores, its effect is the range of ranks"))
    return out


def _open(rows: tuple[CompareRow, ...]) -> Notes:
    """Who else may be first, and who has no figure at all."""
    may = [r.region for r in rows if r.rank_low == 1]
    out: Notes = [(f"未知的要素使 {'、'.join(may)} 都可能第一: 公开数据还定不了先后",
                   f"the unknown factors leave the first place open to {', '.join(may)}: public figures do not settle the order")] * (len(may) > 1)
    return out + [(f"{row.region}: 所有要素都未见公开数据, 名次可为 {row.rank_low}–{row.rank_high}",
                   f"{row.region}: no public figure of any factor, ranks {row.rank_low}–{row.rank_high} are open")
                  for row in rows if all(r.value is None for r in row.readings)]


def _scopes(of: Profile, rows: tuple[CompareRow, ...]) -> Notes:
    """The scope and period of every figure, a line a factor; whether their words differ, and which tier it is."""
    out: Notes = []
    for at, factor in enumerate(of.factors):
        known = [(row.region, row.readings[at]) for row in rows if row.readings[at].value is not None]
        if known:
            zh, en = (a + b for a, b in zip(_remark(factor, {one.scope for _, one in known}), _apart(known), strict=True))
            out.append((f"口径 {factor.name}: {_grouped(known, 0)}{zh}", f"scope of {factor.en}: {_grouped(known, 1)}{en}"))
    return out


def _grouped(known: list[tuple[str, Reading]], side: int) -> str:
    """Each scope once, with the regions that it is said of."""
    by: dict[str, list[str]] = {}
    for region, one in known:
        by.setdefault(_said(one, side), []).append(region)
    return "; ".join(f"{('、', ', ')[side].join(regions)}: {said}" for said, regions in by.items())


def _said(one: Reading, side: int) -> str:
    said = one.scope or ("口径未注明", "scope not stated")[side]
    return said + (f" ({one.period})" if one.period else "")


def _remark(factor: Factor, scopes: set[str]) -> tuple[str, str]:
    if factor.tiers:
        return " — 各地取自己公布的最高一档", " — of each region its highest published tier"
    return (" — 文字不同, 按同一口径比", " — the words differ, compared as one scope") if len(scopes) > 1 else ("", "")


def _apart(known: list[tuple[str, Reading]]) -> tuple[str, str]:
    """Said where two figures are of years far apart: the older may be overtaken."""
    years = sorted(int(one.period[:4]) for _, one in known if one.period[:4].isdecimal())
    far = bool(years) and years[-1] - years[0] >= FAR
    return (f" — 期间相差至 {years[-1] - years[0]} 年", f" — up to {years[-1] - years[0]} years apart") if far else ("", "")


def _not_counted(of: Profile, rows: tuple[CompareRow, ...]) -> Notes:
    out: Notes = []
    for row in rows:
        for factor, one in zip(of.factors, row.readings, strict=True):
            if one.value is None and one.other_unit:
                out.append((f"{row.region} {one.factor} 只有别的单位: {one.other_unit}, 不计入",
                            f"{row.region}, {factor.en}: {one.other_unit}, another unit, not counted"))
            if one.other_scope:
                out.append((f"{row.region} {one.factor} {one.other_scope} 口径不同, 不比, 不计入",
                            f"{row.region}, {factor.en}: {one.other_scope}, another scope, neither compared nor counted"))
    return out


def _quota(of: Profile) -> Notes:
    """The energy quota decides and is a city's to give, and nobody publishes it so that regions compare."""
    if any(factor.name == QUOTA for factor in of.factors):
        return []
    return [(f"{QUOTA}没有可比的公开数, 不在要素之内; 有自己的数可在 liantu.toml [factors.\"{QUOTA}\"] 与 [compare] 里加",
             "the energy quota (能耗指标) has no public figures that compare and is no factor here; with figures of your own add it in "
             f"liantu.toml [factors.\"{QUOTA}\"] and [compare]")]
