"""Every label that a person sees on a map, in both languages, in one place.

Verdicts, flags, stages and evidence have their names in ``analysis.words``; the ladder and the
permits in ``graph.model``.
"""

from __future__ import annotations

from analysis.words import EVIDENCE, FLAGS, STAGES, VERDICTS
from graph.errors import LiantuError
from graph.model import PERMITS, SAYS
from maps.labels_overview import OVERVIEW
from maps.labels_page import PAGE
from maps.labels_still import STILL
from maps.labels_time import TIME

LANGUAGES = ("zh", "en")

LABELS: dict[str, tuple[str, str]] = {
    # title block
    "panorama": ("{}产业链全景图", "{} industry chain: panorama"),
    "region": ("地区", "Region"),
    "as_of": ("截至 {}", "As of {}"),
    "known_by": ("据 {} 所知", "known by {}"),
    "audience": ("受众：{}", "audience: {}"),
    "scope": ("口径：铭牌产能，投产才算", "scope: nameplate capacity, only what operates counts"),
    "many": ("共 {} 个环节：超过 300 个，宜分链查看", "{} nodes: above 300 a map per chain reads better"),
    # legend
    "solid": ("具备·配套", "present, balanced"),
    "surplus": ("富余", "surplus"),
    "thin": ("弱链·不足", "weak, short"),
    "gap": ("断链·缺链", "broken, missing"),
    "building": ("同左，在建", "the same, being built"),
    "extension": ("延链", "extension"),
    "absent": ("未布局", "absent"),
    "unknown": ("待核", "unknown"),
    "boundary": ("外部", "outside"),
    "line_essential": ("关键投入", "essential input"),
    "line_other": ("一般投入", "other input"),
    "line_gap": ("断链缺链所供", "from a broken or missing node"),
    "line_back": ("回流", "feedback"),
    "legend": ("图例", "Legend"),
    # boxes
    "firms": ("企业{}", "firms {}"),
    "projects": ("项目{}", "projects {}"),
    "other_lane": ("其他", "other"),
    # panel
    "gaps": ("空白点", "Gaps"),
    "no_gaps": ("没有空白点", "No gaps"),
    "unknowns": ("待核环节", "Nodes nobody has looked at"),
    "notes": ("说明", "Notes"),
    "sources": ("来源", "Sources"),
    "verdict": ("判定", "Verdict"),
    "flags": ("标记", "Flags"),
    "balance": ("供需", "Supply and demand"),
    "supply": ("供给", "Supply"),
    "own": ("其中本环节", "of it without variants"),
    "demand": ("需求", "Demand"),
    "at_least": ("至少 {}", "at least {}"),
    "ratio": ("供需比", "Supply ÷ demand"),
    "coverage": ("本地配套率", "Coverage"),
    "leaves": ("未就地转化", "Leaves unused here"),
    "nearby": ("邻近已有", "Found nearby"),
    "goal": ("目标产能", "Goal"),
    "goal_due": ("到 {}", "by {}"),
    "pipeline": ("在手项目", "Pipeline"),
    "stage": ("阶段", "Stage"),
    "stalled": ("停滞", "stalled"),
    "overdue": ("逾期", "overdue"),
    "capacity": ("产能", "Capacity"),
    "yield": ("成品率 {}", "yield {}"),
    "due": ("计划投产", "Due"),
    "slips": ("延期", "Slips"),
    "slip": ("{} → {}（{} 公布）", "{} → {} (stated {})"),
    "permits": ("缺手续", "Missing permits"),
    "would_cover": ("建成可配套", "Would cover"),
    "investors": ("投资方", "Investors"),
    "claims": ("声明与依据", "Claims and evidence"),
    "claim_scope": ("范围", "Scope"),
    "evidence": ("依据", "Evidence"),
    "withdrawn": ("已撤回", "withdrawn"),
    "derivation": ("推导", "Derivation"),
    "here": ("本地企业与项目", "Firms and projects here"),
    "firm_names": ("企业", "Firms"),
    "project_names": ("项目", "Projects"),
    "place": ("位置", "Place"),
    "variant_of": ("替代路线", "Variant of"),
    "inputs": ("投入", "Inputs"),
    "outputs": ("去向", "Goes to"),
    "essential": ("关键", "essential"),
    "unsized": ("产能待核", "size unknown"),
    "unknown_value": ("待核", "unknown"),
    "no_demand": ("无", "none"),
    "is_boundary": ("链外的市场或资源，不作判定", "a market or resource outside the chain: no verdict"),
    "undated": ("日期不详", "no day"),
    "nameless_outlet": ("发布机构不详", "outlet unknown"),
    "list_comma": ("、", ", "),
    "range": ("{}（{}–{}）", "{} ({}–{})"),
    # page controls
    "search": ("搜索环节、企业、项目", "Search nodes, firms, projects"),
    "found": ("找到 {} 个", "{} found"),
    "back": ("返回总览", "Back to overview"),
    "whole": ("全图", "Whole map"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "hide_panel": ("收起侧栏", "Hide panel"),
    "show_panel": ("展开侧栏", "Show panel"),
    "print": ("打印 A3", "Print A3"),
    "panel": ("环节详情与空白点", "Details and gaps"),
    "map_help": (
        "全景图。方向键在环节间移动，Esc 返回总览，斜杠键搜索，加减号缩放，0 键全图。",
        "Map. Arrow keys move between nodes, Esc returns, slash searches, plus and minus zoom, 0 shows all.",
    ),
    "hint": (
        "点击环节看判定、依据与来源；点图例可筛选",
        "Click a box for verdict, evidence and sources; click the legend to filter",
    ),
    "failed": (
        "交互图未能画出，以下为静态图。请换用较新的 Chrome、Edge 或 Firefox。",
        "The interactive map could not be drawn; below is the still one. A newer browser helps.",
    ),
}

LABELS |= OVERVIEW | PAGE | STILL | TIME

_BANDS_EN = {"上游": "upstream", "中游": "midstream", "下游": "downstream"}
_LANES_EN = {"工艺装备": "equipment", "主链": "main chain", "辅材耗材": "materials", "系统": "system"}
_ROLES = {
    "material": ("材料", "material"),
    "component": ("部件", "component"),
    "consumable": ("耗材", "consumable"),
    "equipment": ("装备", "equipment"),
    "service": ("服务", "service"),
}
_AUDIENCES_EN = {"公开": "public", "内部": "internal", "专班": "task team"}
_PERMIT_NAMES = {word: (zh, en) for permit in PERMITS for word, zh, en in (permit, (permit[1], *permit[1:]))}
_SAYS_NAMES = {word: (zh, en) for word, zh, en in SAYS}


def language(lang: str) -> int:
    """0 for zh, 1 for en; ``LiantuError`` for any other."""
    if lang not in LANGUAGES:
        raise LiantuError(f"unknown language 未知语言: {lang!r}", f"choose one of {', '.join(LANGUAGES)}")
    return LANGUAGES.index(lang)


def say(key: str, lang: str, *values: object) -> str:
    """A label of the table, its braces filled."""
    return LABELS[key][language(lang)].format(*values)


def _named(table: dict[str, tuple[str, str]], word: str, lang: str) -> str:
    return table[word][language(lang)] if word in table else word


def verdict(word: str, lang: str) -> str:
    return _named(VERDICTS, word, lang)


def flag(word: str, lang: str) -> str:
    return _named(FLAGS, word, lang)


def stage(word: str, lang: str) -> str:
    return _named(STAGES, word, lang)


def evidence(word: str, lang: str) -> str:
    return _named(EVIDENCE, word, lang)


def permit(word: str, lang: str) -> str:
    return _named(_PERMIT_NAMES, word, lang)


def claim(word: str, lang: str) -> str:
    return _named(_SAYS_NAMES, word, lang)


def role(word: str, lang: str) -> str:
    return _named(_ROLES, word, lang)


def band(word: str, lang: str) -> str:
    return _BANDS_EN.get(word, word) if lang == "en" else word


def lane(word: str, lang: str) -> str:
    """The lane's name; an unnamed lane is called 其他."""
    if not word or word == LABELS["other_lane"][0]:
        return say("other_lane", lang)
    return _LANES_EN.get(word, word) if lang == "en" else word


def audience(word: str, lang: str) -> str:
    return _AUDIENCES_EN.get(word, word) if lang == "en" else word


def title(chain: str, lang: str, kind: str = "panorama") -> str:
    """光伏 → 光伏产业链全景图; a chain already called 光伏产业链 does not say it twice. ``kind``: panorama or prospect."""
    return say(kind, lang, chain.removesuffix("产业链") or chain)
