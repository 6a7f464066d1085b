"""The seven files of a folder → rows."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from graph.workspace import Material, Workspace
from loaders.chainkg import firms, industries, lines, products
from loaders.chainkg.collecting import Collected
from loaders.chainkg.sheets import GIVEN, SOURCES
from loaders.naming import Read
from loaders.rows import Row

PUBLISHED = date(2021, 12, 31)
"""2021, read as its last day like any other year."""


def read(workspace: Workspace, entry: Material, path: Path) -> Read:
    """Rows and refusals; LiantuError where a file is missing, damaged or no such file."""
    files = {file.name.partition(".")[0]: file for file in lines.files(path)}
    into = Collected()
    into.rows.append(Row(entry.name, SOURCES, 0, {**GIVEN, "published": PUBLISHED}, {"published": "2021"}))
    lying = industries.industry(into, into.good(files["industry"]))
    for name, taken in (("industry_industry", partial(industries.industry_industry, found=lying)), ("product", products.product),
                        ("company", firms.company), ("company_product", firms.company_product),
                        ("company_industry", firms.company_industry), ("product_product", products.product_product)):
        taken(into, into.good(files[name]))
    into.close()
    return Read(entry, tuple(into.rows), tuple(into.problems), mended=dict(+into.mended))
