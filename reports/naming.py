"""The open names of a workspace: as a table, as JSON, as CSV. What a workbook of them is, its loader says."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reports import listing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from loaders.settle import Standing


def text(found: Standing, form: str, lang: str = "zh") -> str:
    """``json``: the cases with their candidates; ``csv``: a row for each candidate, under the headers of a language."""
    if form == "csv":
        return listing.csv_text(found.rows(lang))
    said: dict[str, Any] = {"audience": found.audience, "open": len(found.cases), "hidden": found.hidden,
                            "linked": [asdict(link) for link in found.links], "unmet": found.unmet,
                            "cases": [asdict(case) for case in found.cases]}
    return listing.json_text(said)


def table(found: Standing, lang: str = "zh") -> RenderableType:
    """A line for each candidate; under it how many there are and how they are settled."""
    from rich.console import Group
    from rich.text import Text

    en = lang == "en"
    blank = ("Decision", "Decided by", "Reason") if en else ("决定", "决定人", "理由")
    rows = [{k: v for k, v in row.items() if k not in blank} for row in found.rows(lang)]
    foot = [f"{len(found.cases)} open, {len(found.links)} joined by themselves; audience {found.audience}" if en else
            f"{len(found.cases)} 个待核对, {len(found.links)} 个已自动合并; 受众 {found.audience}"]
    if found.cases:
        foot.append("liantu names accept | reject | split NAME …; -o FILE.xlsx: a list to fill in" if en else
                    "liantu names accept | reject | split 名称 …; -o 文件.xlsx: 可填、可导回的清单")
    if found.hidden:
        foot.append(f"{found.hidden} more are for a stricter audience" if en else f"另有 {found.hidden} 个属更严的受众 (--audience)")
    if found.unmet:
        foot.append(("decisions about names that no material has now: " if en else "决定仍保留, 但材料中已没有: ") + "、".join(found.unmet))
    return Group(*([listing.table(rows)] if rows else []), *(Text(f"· {line}") for line in foot))
