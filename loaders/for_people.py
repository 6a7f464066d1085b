"""Sheets of our own workbooks that people read: a load leaves them alone and names them."""

from __future__ import annotations

from loaders.aliases import normal

HANDOUT = ("摸排清单", "What to find out")
"""The list of questions that opens a hand-out (``liantu ask``)."""
LISTS = {"targets": ("目标企业清单(只读)", "Target firms (read only)"), "projects": ("签约项目清单(只读)", "Signed projects (read only)"),
         "evidence": ("依据(只读)", "Evidence (read only)"), "unknown": ("待核(只读)", "Unknowns (read only)")}
"""Of the workbook of ``liantu targets``. A city may well have a 目标企业清单 of its own, and that is material."""
NAMES = frozenset(normal(name) for both in (HANDOUT, *LISTS.values()) for name in both)
