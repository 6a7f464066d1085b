"""ChainKnowledgeGraph's files as sheets of our own: no template shows them, no header is read from them."""

from __future__ import annotations

from collections.abc import Mapping

from loaders.sheets import SHEET, Sheet

SOURCE = "ChainKnowledgeGraph"
SOURCES = SHEET["sources"]
GIVEN: Mapping[str, object] = {
    "source": SOURCE, "title": SOURCE, "publisher": "liuhuanyong", "authority": 1.0, "audience": "公开",
    "address": "https://github.com/liuhuanyong/ChainKnowledgeGraph"}
"""Authority 1 and not that of a data set: rows are drawn from texts by machine and name no issuer; whatever a city says wins."""

NODES = Sheet("guests", "行业与产品", "Industries and products", ())
CHAINS = Sheet("chainkg:chain", "一级行业", "Top industries", ())
FIRMS = Sheet("chainkg:firm", "上市公司", "Listed firms", ())
VARIANTS = Sheet("chainkg:variant_of", "上级行业、产品小类", "Kinds of", ())
FEEDS = Sheet("chainkg:feeds", "上游产业、上游材料、下游产品", "Feeds", ())
MAKES = Sheet("chainkg:makes", "主营产品、所属行业", "Makes", ())
