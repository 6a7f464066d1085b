"""Regions compared, as a grid: a row a region and factor in a file, a row a region on a terminal."""

from __future__ import annotations

from analysis.compare import Compare, CompareRow, Move, Reading
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes

COLUMNS = (C("地区", "Region"), C("名次", "Rank", "number"), C("要素", "Factor", wide=16), C("权重", "Weight", "percent"),
           C("数值", "Value", "number"), C("单位", "Unit"), C("得分 0–1", "Score 0–1", "number"), C("说明", "Remark", wide=20),
           C("期间", "Period"), C("口径", "Scope", wide=20), C("来源", "Source", wide=44), C("加权和", "Weighted sum", "number"),
           C("下限", "Low", "number"), C("上限", "High", "number"), C("TOPSIS", "TOPSIS", "number"), C("VIKOR", "VIKOR", "number"),
           C("TOPSIS 名次", "Rank TOPSIS", "number"), C("VIKOR 名次", "Rank VIKOR", "number"),
           C("名次上限(未知)", "Best rank (unknown)", "number"), C("名次下限(未知)", "Worst rank (unknown)", "number"),
           C("名次上限(权重)", "Best rank (weights)", "number"), C("名次下限(权重)", "Worst rank (weights)", "number"))
TITLE = ("竞争比较性分析", "competition analysis")
UNKNOWN = ("未见公开数据", "no public figure")
METHODS = {"sum": ("加权和", "weighted sum"), "topsis": ("TOPSIS", "TOPSIS"), "vikor": ("VIKOR", "VIKOR")}


def compare(answer: Compare, lang: str) -> Grid:
    used = {w.factor: w for w in answer.weights}
    sources = {s.id: s for s in answer.sources}
    rows = tuple((row.region, row.rank, used[r.factor].en if lang == "en" else r.factor, used[r.factor].used, r.value, r.unit, r.normal,
                  remark(r, lang), r.period, r.scope, "; ".join(cited(sources.get(c.source), c.source, lang) for c in r.evidence),
                  *_scores(row)) for row in answer.rows for r in row.readings)
    return Grid(TITLE[words.side(lang)], _title(answer, lang), COLUMNS, rows, foot(answer, lang))


def narrow(answer: Compare, lang: str) -> Grid:
    """The methods side by side, then each factor with its weight in the title."""
    fixed = (C("地区", "Region"), C("名次", "Rank"), C("名次区间 未知/权重", "Ranks open: unknown/weights"), C("加权和", "Weighted sum"),
             C("TOPSIS", "TOPSIS"), C("VIKOR", "VIKOR"))
    columns = (*fixed, *(C(f"{w.factor} {w.used:.0%} ({w.unit})", f"{w.en} {w.used:.0%} ({w.unit})") for w in answer.weights))
    rows = tuple((row.region, str(row.rank), f"{row.rank_low}–{row.rank_high} / {row.firm_low}–{row.firm_high}",
                  f"{row.sum:.3f} [{row.low:.3f}, {row.high:.3f}]", f"{row.topsis:.3f} ({row.rank_topsis})",
                  f"{row.vikor:.3f} ({row.rank_vikor})", *(_short(r, lang) for r in row.readings)) for row in answer.rows)
    return Grid(TITLE[words.side(lang)], _title(answer, lang), columns, rows, foot(answer, lang))


def remark(reading: Reading, lang: str) -> str:
    side = words.side(lang)
    if reading.value is None:
        return UNKNOWN[side] + (f"; {reading.other_unit}" if reading.other_unit else "")
    return (f"承自{reading.inherited}", f"inherited from {reading.inherited}")[side] if reading.inherited else ""


def foot(answer: Compare, lang: str) -> tuple[str, ...]:
    """Effects of what is unknown, agreement of the methods, what would change the order, then the answer's own notes."""
    side = words.side(lang)
    effects = [(f"{row.region} {e.factor}未知: 最好时第 {e.rank_best}, 最差时第 {e.rank_worst}",
                f"{row.region}, {e.factor} unknown: rank {e.rank_best} at best, {e.rank_worst} at worst")[side]
               for row in answer.rows for e in row.effects]
    tau = "; ".join(f"{METHODS[a.one][side]}–{METHODS[a.other][side]} {UNKNOWN_TAU[side] if a.tau is None else f'{a.tau:.2f}'}"
                    for a in answer.agreement)
    changes = [_move(answer.region, m, lang) for m in answer.moves] or [
        ("没有哪一个已知要素单独变动就能改变第一名", "no known factor of ours changes the first place by itself")[side]]
    return (*effects, f"Kendall τ: {tau}", *changes, *notes(answer.notes, lang))


UNKNOWN_TAU = ("无法计算 (并列)", "undefined (all tied)")


def _move(us: str, move: Move, lang: str) -> str:
    zh = (f"{us} {move.factor} {move.now:.6g} → {move.needed:.6g} {move.unit} 即" + ("追平第一" if move.gains else "不再独居第一")
          + (" (本市可调整)" if move.movable else " (本市不能调整)"))
    en = (f"{us}, {move.factor} {move.now:.6g} → {move.needed:.6g} {move.unit}: "
          + ("level with the first" if move.gains else "no longer alone first")
          + (" (the city can move it)" if move.movable else " (the city cannot move it)"))
    return en if lang == "en" else zh


def _short(reading: Reading, lang: str) -> str:
    said = remark(reading, lang)
    return said if reading.value is None else f"{reading.value:.6g} ({', '.join(p for p in (reading.period, said) if p)})"


def _scores(row: CompareRow) -> tuple[Cell, ...]:
    return (row.sum, row.low, row.high, row.topsis, row.vikor, row.rank_topsis, row.rank_vikor, row.rank_low, row.rank_high,
            row.firm_low, row.firm_high)


def _title(answer: Compare, lang: str) -> str:
    return heading(answer, f"{answer.about} {TITLE[words.side(lang)]} ({answer.kind[words.side(lang)]})", lang)
