"""The open names of a workspace: as a table, as JSON, as CSV. What a workbook of them is, its loader says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.model import AUDIENCES
from reports import listing

if TYPE_CHECKING:
    from rich.console import RenderableType


def text(found: Mapping[str, Any], rows: listing.Rows, form: str) -> str:
    """``json``: how names stand, as ``liantu.names(…).plain()`` gives it; ``csv``: a row for each candidate."""
    return listing.csv_text(rows) if form == "csv" else listing.json_text(found)


def table(found: Mapping[str, Any], rows: listing.Rows, lang: str = "zh") -> RenderableType:
    """A line for each candidate; under it how many there are and how they are settled."""
    from rich.console import Group
    from rich.text import Text

    return Group(*([listing.table(rows)] if rows else []), *(Text(f"· {line}") for line in _foot(found, lang == "en")))


def _foot(found: Mapping[str, Any], en: bool) -> list[str]:
    count, joined, eyes = len(found["cases"]), len(found["linked"]), found["audience"]
    foot = [f"{count} open, {joined} joined by themselves; audience {eyes}" if en else
            f"{count} 个待核对, {joined} 个已自动合并; 受众 {eyes}"]
    if count:
        foot.append("liantu names accept | reject | split NAME …; -o FILE.xlsx: a list to fill in" if en else
                    "liantu names accept | reject | split 名称 …; -o 文件.xlsx: 可填、可导回的清单")
    if eyes != AUDIENCES[-1]:
        foot.append("what only a stricter audience may see: --audience" if en else "只给更严受众看的另列: --audience")
    if gone := found["unmet"]:
        foot.append(("decisions about names that no material has now: " if en else "决定仍保留, 但材料中已没有: ") + "、".join(gone))
    return foot
