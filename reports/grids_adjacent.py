"""Adjacent capability as a grid: a row a near node of each suggestion, then how well the predictor told; on a terminal a row a firm."""

from __future__ import annotations

from analysis.adjacent import Adjacent, Adjacents
from analysis.hindcast import AT, PREDICTORS, Hindcast, Predictor
from reports import words
from reports.grids import C, Cell, Grid, cited, heading, notes

COLUMNS = (
    C("企业", "Firm", wide=24), C("性质", "Kind"), C("密度", "Density", "number"), C("相近环节", "Near node", wide=16),
    C("相近度 φ", "Proximity φ", "number"), C("同做的企业数", "Firms of both", "number"),
    C("依据", "Evidence", wide=44), C("来源", "Source", wide=44),
    C("预测", "Predictor", wide=16), C("平均精度", "Average precision", "number"), *(C(f"精度@{k}", f"Precision@{k}", "number") for k in AT))
NARROW = (C("企业", "Firm"), C("性质", "Kind"), C("密度", "Density", "number"), C("凭什么", "From what"),
          C("平均精度", "Average precision", "number"), *(C(f"精度@{k}", f"Precision@{k}", "number") for k in AT))
TITLE = ("能力相近", "adjacent capability")
KIND = ("推断", "inferred")
CHANCE = ("随机 (基准率)", "chance (base rate)")
HINDCAST = ("回测", "hindcast")


def adjacent(answer: Adjacents, lang: str) -> Grid:
    sources = {s.id: s for s in answer.sources}
    rows: list[tuple[Cell, ...]] = []
    for row in answer.rows:
        for basis in row.basis:
            said = "; ".join(c.en if lang == "en" else c.text for c in basis.evidence)
            told = " / ".join(dict.fromkeys(cited(sources.get(c.source), c.source, lang) for c in basis.evidence))
            rows.append((row.firm, _side(KIND, lang), row.density, basis.node, basis.proximity, basis.shared, said, told, "", None,
                         *(None for _ in AT)))
    blank: tuple[Cell, ...] = ("", _side(HINDCAST, lang), None, "", None, None, "", "")
    rows += [(*blank, *told) for told in _judged(answer.hindcast, lang)]
    return Grid(_side(TITLE, lang), _title(answer, lang), COLUMNS, tuple(rows), notes(answer.notes, lang))


def narrow(answer: Adjacents, lang: str) -> Grid:
    if not answer.hindcast.predictors:  # the notes say so; columns of dashes say nothing
        short = tuple((row.firm, _side(KIND, lang), row.density, _why(row, lang)) for row in answer.rows)
        return Grid(_side(TITLE, lang), _title(answer, lang), NARROW[:4], short, notes(answer.notes, lang))
    rows: list[tuple[Cell, ...]] = [(row.firm, _side(KIND, lang), row.density, _why(row, lang), None, *(None for _ in AT)) for row in answer.rows]
    rows += [(told[0], _side(HINDCAST, lang), None, "", *told[1:]) for told in _judged(answer.hindcast, lang)]
    return Grid(_side(TITLE, lang), _title(answer, lang), NARROW, tuple(rows), notes(answer.notes, lang))


def _judged(given: Hindcast, lang: str) -> list[tuple[Cell, ...]]:
    """Chance gets the base rate whatever is asked of it."""
    told = [_told(p, lang) for p in given.predictors]
    return [*told, (_side(CHANCE, lang), given.base_rate, *(given.base_rate for _ in AT))] if told else []


def _told(given: Predictor, lang: str) -> tuple[Cell, ...]:
    return (words.named(PREDICTORS, given.name, lang), given.average_precision, *(p.value for p in given.precision))


def _why(row: Adjacent, lang: str) -> str:
    return row.evidence.en if lang == "en" else row.evidence.text


def _title(answer: Adjacents, lang: str) -> str:
    return heading(answer, f"{answer.node} {_side(TITLE, lang)}", lang)


def _side(given: tuple[str, str], lang: str) -> str:
    return given[words.side(lang)]
