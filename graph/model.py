"""The model, declared once: labels, edges, properties, line properties, clocks, both languages.

The embedded schema, the Neo4j constraints, the template workbook, the data dictionary and
the validation of rows all derive from here. ``python -m graph.lint`` checks the model itself.
"""

from __future__ import annotations

from graph.declare import Edge, Label
from graph.declare import Property as P

VERSION = "6"

AUDIENCES = ("公开", "内部", "专班")
"""From the widest to the strictest; an audience sees its own facts and all wider ones."""

MILESTONES: tuple[tuple[str, str, str], ...] = (
    ("lead", "线索", "lead"),
    ("talking", "在谈", "talking"),
    ("framework", "框架协议", "framework agreement"),
    ("signed", "签约", "signed"),
    ("registered", "注册", "registered"),
    ("started", "开工", "construction started"),
    ("counted", "入统", "counted in statistics"),
    ("completed", "竣工", "completed"),
    ("operating", "投产", "operating"),
    ("above-scale", "入规", "above designated size"),
    ("full", "达产", "full output"),
)
"""The ladder, in order."""

PERMITS: tuple[tuple[str, str, str], ...] = (
    ("filed", "备案", "filed"),
    ("eia", "环评", "environmental impact"),
    ("energy", "能评", "energy review"),
    ("land", "用地", "land"),
    ("planning", "规划许可", "planning permit"),
    ("quota", "产能置换", "capacity replacement"),
)
"""A set and not a step."""

ENDS: tuple[tuple[str, str, str], ...] = (("stalled", "停滞", "stalled"), ("ended", "终止", "ended"))

ROLES = (
    ("material", "材料", "material"),
    ("component", "部件", "component"),
    ("consumable", "耗材", "consumable"),
    ("equipment", "装备", "equipment"),
    ("service", "服务", "service"),
)
ESSENTIAL_ROLES = frozenset({"material", "component", "consumable"})
"""Roles that are essential unless the sheet says otherwise: a missing furnace maker stops no furnace."""

SAYS = (
    ("filled", "填补", "filled"),
    ("complete", "完整", "complete"),
    ("wanted", "招引", "wanted"),
    ("none", "空白", "none here"),
    ("present", "有", "present"),
)
BASES = (("actual", "实际", "actual"), ("planned", "计划", "planned"))
STATES = (("operating", "在产", "operating"), ("stopped", "停产", "stopped"))
MEASURES = (("capacity", "产能", "capacity in operation"), ("output", "产量", "output"), ("price", "单价", "price"))
TIES = (
    ("customer", "客户", "customer"),
    ("supplier", "供应商", "supplier"),
    ("shareholder", "股东", "shareholder"),
    ("alumni", "校友", "alumni"),
    ("chamber", "商会", "chamber of commerce"),
    ("institute", "院所", "institute"),
    ("forum", "论坛", "forum"),
    ("seat", "总部", "headquarters"),
)
BANDS = (("上游", "上游", "upstream"), ("中游", "中游", "midstream"), ("下游", "下游", "downstream"))
SCOPES = (("outside", "区外", "from outside"), ("total", "全部", "total"))
SPANS = (("month", "本月", "month"), ("cumulative", "累计", "cumulative"))
REPORTED = (("reported", "上报", "reported"), ("verified", "核实", "verified"))

LABELS: tuple[Label, ...] = (
    Label("Chain", "产业链", "chain"),
    Label("ChainNode", "环节", "chain node", (
        P("unit", "产能单位", "capacity unit"),
        P("note", "说明", "note"),
        P("boundary", "外部环节", "boundary", "flag",
          note="链外的市场或自然资源, 不作判定 / a market or natural resource outside the chain: no verdict"),
    )),
    Label("Firm", "企业", "firm", (
        P("credit_code", "统一社会信用代码", "credit code"),
        P("listed", "上市代码", "stock code"),
        P("top500", "500强", "top 500"),
        P("stated_by", "上市与500强的来源", "source of stock code and top 500", note="Source id"),
        P("stated_on", "上市与500强的获知日", "day stock code and top 500 were known from", "day"),
        P("chain_master", "链主", "chain master", "flag"),
        P("contact", "联系人", "contact", audience="内部"),
    )),
    Label("Project", "项目", "project", (
        P("project_code", "项目代码", "project code"),
        P("nature", "建设性质", "nature of construction"),
        P("content", "建设内容及规模", "content"),
        P("total_investment", "总投资", "total investment", "number", "亿元"),
    )),
    Label("Region", "地区", "region", (P("code", "代码", "division code"),)),
    Label("Team", "专班", "team"),
    Label("Channel", "招商渠道", "channel"),
    Label("Milestone", "里程碑", "milestone", (P("kind", "类别", "kind"), P("rank", "次序", "rank", "number"))),
    Label("Indicator", "指标", "indicator", (P("unit", "单位", "unit"),)),
    Label("Source", "来源", "source", (
        P("title", "名称", "title"),
        P("publisher", "发布机构", "publisher"),
        P("published", "发布日期", "published", "day"),
        P("authority", "权威级别", "authority", "number"),
        P("audience", "受众", "audience"),
        P("address", "链接", "address"),
    )),
)

NODE_PROPERTIES = (P("id", "标识", "id"), P("name", "名称", "name"), P("aliases", "别名", "aliases"))
"""Carried by every label; aliases are joined by '、'."""

FACT_PROPERTIES = (
    P("id", "事实标识", "fact id"),
    P("source", "来源", "source", note="Source id"),
    P("cell", "单元格", "cell", note="文件, 表, 行 / file, sheet, row that first stated it"),
    P("text", "原文", "original wording"),
    P("valid_from", "生效日", "valid from", "day"),
    P("known_from", "获知日", "known from", "day"),
    P("authority", "权威级别", "authority", "number"),
    P("audience", "受众", "audience"),
    P("holds", "成立", "holds", "flag"),
    P("line", "事实线", "line"),
    P("precedence", "优先次序", "precedence"),
    P("sole", "唯一", "sole", "flag", note="两端之间没有同类的别的事实 / the only fact of its type between its ends"),
)
"""Carried by every edge. ``sole`` is told by the whole graph and not by the fact; it spares a join of all with all."""

_CAPACITY = (P("capacity", "产能", "capacity", "number", value=True), P("unit", "单位", "unit"),
             P("yield_rate", "成品率", "yield", "number"))

EDGES: tuple[Edge, ...] = (
    Edge("PART_OF", "属于", "part of", "环节属于产业链", (("ChainNode", "Chain"),), "structure", (
        P("col", "列", "column", "number"), P("lane", "泳道", "lane"), P("band", "位置", "band", choices=BANDS))),
    Edge("VARIANT_OF", "变型", "variant of", "环节是上位环节的一种做法", (("ChainNode", "ChainNode"),), "structure",
         acyclic=True),
    Edge("FEEDS", "供给", "feeds", "上游环节供给下游环节", (("ChainNode", "ChainNode"),), "structure", (
        P("role", "关系", "role", line=True, choices=ROLES), P("essential", "必需", "essential", "flag"),
        P("coefficient", "单耗", "coefficient", "number", value=True), P("unit", "单耗单位", "unit"))),
    Edge("MAKES", "生产", "makes", "企业在某地有某环节的产能", (("Firm", "ChainNode"),), "state", (
        P("region", "所在地", "region", line=True), P("plant", "厂区/期", "plant", line=True),
        P("product", "主要产品", "product"), *_CAPACITY,
        P("state", "状态", "state", choices=STATES), P("since", "投产日期", "since", "day"))),
    Edge("REPORTS", "报出", "reports", "地区给出的环节数值", (("Region", "ChainNode"),), "state", (
        P("measure", "口径", "measure", line=True, choices=MEASURES),
        P("value", "数值", "value", "number", value=True), P("unit", "单位", "unit"))),
    Edge("SURVEYS", "摸排", "surveys", "地区对产业链的企业名单已齐全", (("Region", "Chain"),), "state"),
    Edge("AIMS", "目标", "aims", "地区对环节或指标的目标", (("Region", "ChainNode"), ("Region", "Indicator")), "plan", (
        P("due", "目标日期", "due", "day", line=True), P("scope", "范围", "scope", line=True),
        P("value", "目标值", "value", "number", value=True), P("unit", "单位", "unit"),
        P("firms", "拟引企业", "firms wanted"))),
    Edge("ADDS", "新增", "adds", "项目为环节新增产能", (("Project", "ChainNode"),), "plan", _CAPACITY),
    Edge("PHASE_OF", "属于整体", "phase of", "期属于项目", (("Project", "Project"),), "plan", acyclic=True),
    Edge("REACHES", "到达", "reaches", "项目到达里程碑", (("Project", "Milestone"),), "event", (
        P("basis", "实际/计划", "basis", line=True, choices=BASES), P("day", "日期", "day", "day")), planned="basis"),
    Edge("CLAIMS", "声明", "claims", "有人就环节作出声明",
         (("Project", "ChainNode"), ("Firm", "ChainNode"), ("Region", "ChainNode")), "state", (
             P("says", "类型", "says", line=True, choices=SAYS), P("scope", "范围", "scope", line=True))),
    Edge("INVESTS_IN", "投资", "invests in", "企业投资项目", (("Firm", "Project"),), "plan", (
        P("amount", "出资额", "amount", "number", "亿元", value=True), P("local", "本地投资方", "local", "flag"))),
    Edge("OWNS", "持股", "owns", "企业持有企业", (("Firm", "Firm"),), "state", (
        P("share", "持股比例", "share", "number", "%", value=True),)),
    Edge("SUPPLIES", "供货", "supplies", "企业向企业供货", (("Firm", "Firm"),), "state", (
        P("node", "环节", "chain node", line=True), P("product", "配套产品", "product"),
        P("amount", "年供货额", "amount a year", "number", value=True), P("unit", "单位", "unit"),
        P("until", "供货截止", "until", "day"))),
    Edge("LOCATED_IN", "位于", "located in", "企业或项目位于地区", (("Firm", "Region"), ("Project", "Region")),
         "structure", one="start"),
    Edge("WITHIN", "隶属", "within", "地区隶属上级地区", (("Region", "Region"),), "structure", one="start", acyclic=True),
    Edge("KNOWS", "结识", "knows", "谁可引荐谁", (("Channel", "Firm"), ("Team", "Firm"), ("Firm", "Firm")), "state", (
        P("tie", "关系", "tie", line=True, choices=TIES),
        P("node", "环节", "chain node", line=True, note="客户库为它列出这家企业 / for which the customer library lists the firm"))),
    Edge("CONTACTS", "对接", "contacts", "专班对接企业", (("Team", "Firm"),), "state", (
        P("node", "环节", "chain node", line=True), P("stage", "接触阶段", "stage"), P("next_step", "下一步", "next step"),
        P("first", "首次对接", "first contact", "day"), P("person", "对接人", "person"))),
    Edge("HANDLES", "包联", "handles", "专班包联项目", (("Team", "Project"),), "state", (
        P("leader", "责任领导", "leader"), P("unit", "责任单位", "unit in charge")), one="end"),
    Edge("RUNS", "主抓", "runs", "专班主抓产业链", (("Team", "Chain"),), "state", (
        P("leader", "市级领导", "leader"), P("department", "牵头部门", "department"), P("report", "分析报告", "report"),
        P("plan", "招商计划", "plan"), P("measures", "考核指标", "measures")), one="end"),
    Edge("FUNDED", "到位", "funded", "项目到位资金", (("Project", "Region"),), "state", (
        P("scope", "口径", "scope", line=True, choices=SCOPES), P("period", "月份", "period", line=True),
        P("span", "本月/累计", "span", line=True, choices=SPANS),
        P("basis", "上报/核实", "basis", line=True, choices=REPORTED),
        P("amount", "金额", "amount", "number", "万元", value=True))),
    Edge("MEASURES", "测得", "measures", "地区、企业或项目的指标值",
         (("Region", "Indicator"), ("Firm", "Indicator"), ("Project", "Indicator")), "state", (
             P("period", "期间", "period", line=True), P("scope", "口径", "scope", line=True),
             P("value", "数值", "value", "number", value=True), P("unit", "单位", "unit"))),
)

LABEL = {label.name: label for label in LABELS}
EDGE = {edge.name: edge for edge in EDGES}


def audiences(audience: str) -> list[str]:
    """The audiences whose facts ``audience`` may see, widest first."""
    return list(AUDIENCES[: AUDIENCES.index(audience) + 1])


def stricter(one: str, other: str) -> str:
    """The stricter of two audiences."""
    return max(one, other, key=AUDIENCES.index)
