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
    rows = tuple((row.region, NOT_RANKED if row.rank is None else str(row.rank), *_told(row), *(_short(r, lang) for r in row.readings))
                 for row in answer.rows)
    return Grid(TITLE[words.side(lang)], _title(answer, lang), columns, rows, foot(answer, lang))


NOT_RANKED = "—"


def _told(row: CompareRow) -> tuple[str, ...]:
    """Open and firm ranks, then the three scores; of a region without any figure what is open alone."""
    if row.sum is None or row.topsis is None or row.vikor is None:
        return f"{row.rank_low}–{row.rank_high} / {NOT_RANKED}", f"{NOT_RANKED} [{row.low:.3f}, {row.high:.3f}]", NOT_RANKED, NOT_RANKED
    return (f"{row.rank_low}–{row.rank_high} / {row.firm_low}–{row.firm_high}", f"{row.sum:.3f} [{row.low:.3f}, {row.high:.3f}]",
            f"{row.topsis:.3f} ({row.rank_topsis})", f"{row.vikor:.3f} ({row.rank_vikor})")


def remark(reading: Reading, lang: str) -> str:
    side = words.side(lang)
    parts = [UNKNOWN[side] if reading.value is None else "", reading.other_unit if reading.value is None else "",
             (f"承自{reading.inherited}", f"inherited from {reading.inherited}")[side] if reading.inherited else "",
             (f"口径不同不计: {reading.other_scope}", f"another scope, not counted: {reading.other_scope}")[side] if reading.other_scope else ""]
    return "; ".join(part for part in parts if part)


def foot(answer: Compare, lang: str) -> tuple[str, ...]:
    """Effects of what is unknown, agreement of the methods, what would change the order, then the answer's own notes."""
    side = words.side(lang)
    tau = "; ".join(f"{METHODS[a.one][side]}–{METHODS[a.other][side]} {UNKNOWN_TAU[side] if a.tau is None else f'{a.tau:.2f}'}"
                    for a in answer.agreement)
    return (*_weights(answer, lang), *(_effects(answer, row, lang) for row in answer.rows if row.effects), f"Kendall τ: {tau}",
            *_moves(answer, lang), *notes(answer.notes, lang))


MOVES = ("怎样会改变第一名 (按加权和, 一次只动一个要素, 其余不变, 未知的在参照界中点):",
         "what would change the first place (by weighted sum, one factor at a time, all else as it is, what is unknown in the middle of its bounds):")
UNPLACED = ("本地或所有对手没有一个要素有公开数据, 说不出怎样会改变名次",
            "we, or all the others, are without any public figure: what would change the order cannot be told")
UNKNOWN_TAU = ("无法计算 (并列, 或有名次的不足两个)", "undefined (all tied, or fewer than two ranked)")


def _weights(answer: Compare, lang: str) -> tuple[str, str]:
    """Judged, found and used weights, and the fixed bounds: what a rank rests on."""
    side = words.side(lang)
    none = ("无", "none")[side]
    each = "; ".join(f"{_name(answer, w.factor, lang)} {w.given:.0%} / {none if w.found is None else f'{w.found:.0%}'} / {w.used:.0%}"
                     for w in answer.weights)
    bounds = "; ".join(f"{_name(answer, w.factor, lang)} {w.worse:.6g} → {w.best:.6g} {w.unit}" for w in answer.weights)
    return ((f"权重 (判断 / {answer.objective.upper()} / 所用): {each}", f"weights (judged / {answer.objective.upper()} / used): {each}")[side],
            (f"参照界 (差 → 好): {bounds}", f"fixed bounds (worse → best): {bounds}")[side])


def _effects(answer: Compare, row: CompareRow, lang: str) -> str:
    each = words.comma(lang).join(_name(answer, e.factor, lang) + f" {e.rank_best}" + (f"–{e.rank_worst}" if e.rank_best != e.rank_worst else "")
                                  for e in row.effects)
    return (f"{row.region} 未知要素单独在最好与最差参照界时的名次: {each}",
            f"{row.region}: rank with one unknown factor at its best and its worse bound: {each}")[words.side(lang)]


def _name(answer: Compare, factor: str, lang: str) -> str:
    return next(w.en for w in answer.weights if w.factor == factor) if lang == "en" else factor


def _move(answer: Compare, move: Move, lang: str) -> str:
    side = words.side(lang)
    weight = next(w for w in answer.weights if w.factor == move.factor)
    more = (weight.best > weight.worse) == move.gains
    now = UNKNOWN[side] if move.now is None else f"{move.now:.6g} {move.unit}"
    can = ("本市可调整", "the city can move it") if move.movable else ("本市不能调整", "the city cannot move it")
    about = f"{answer.region} {_name(answer, move.factor, lang)} ({now}; {can[side]})"
    if move.needed is None:
        bound = f"{weight.best if move.gains else weight.worse:.6g} {move.unit}"
        zh = f"即使到参照界 {bound} 也" + ("追不平第一" if move.gains else "仍独居第一")
        return f"{about}: " + (zh, f"even at its bound, {bound}, " + ("not level with the first" if move.gains else "still alone first"))[side]
    zh, en = ("追平第一", "level with the first") if move.gains else ("不再独居第一", "no longer alone first")
    return f"{about}: {'≥' if more else '≤'} {move.needed:.6g} {move.unit} " + (f"即{zh}", f"makes us {en}")[side]


def _moves(answer: Compare, lang: str) -> tuple[str, ...]:
    if not answer.moves:
        return (UNPLACED[words.side(lang)],)
    if any(m.normal == 0 for m in answer.moves):
        return (("按加权和已并列第一", "level with the first already, by weighted sum")[words.side(lang)],)
    return (MOVES[words.side(lang)], *(_move(answer, m, lang) for m in answer.moves), *_none_movable(answer, lang))


def _none_movable(answer: Compare, lang: str) -> tuple[str, ...]:
    """Said plainly where nothing that the city can move is enough by itself."""
    ours = [m for m in answer.moves if m.movable and m.gains]
    said = ("本市能调整的要素, 单独哪一个都追不平第一", "no factor that the city can move makes us level with the first by itself")
    return () if not ours or any(m.needed is not None for m in ours) else (said[words.side(lang)],)


def _short(reading: Reading, lang: str) -> str:
    """For a narrow column: what is not counted is only pointed at, the foot tells it."""
    side = words.side(lang)
    if reading.value is None:
        return UNKNOWN[side] + (("; 别的口径见注", "; other scope: see note")[side] if reading.other_scope
                                else f"; {reading.other_unit}" if reading.other_unit else "")
    inherited = (f"承自{reading.inherited}", f"inherited from {reading.inherited}")[side] if reading.inherited else ""
    return f"{reading.value:.6g} ({', '.join(p for p in (reading.period, inherited) if p)})"


def _scores(row: CompareRow) -> tuple[Cell, ...]:
    return (row.sum, row.low, row.high, row.topsis, row.vikor, row.rank_topsis, row.rank_vikor, row.rank_low, row.rank_high,
            row.firm_low, row.firm_high)


def _title(answer: Compare, lang: str) -> str:
    return heading(answer, f"{answer.about} {TITLE[words.side(lang)]} ({answer.kind[words.side(lang)]})", lang)
