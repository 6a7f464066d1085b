"""The sheets a city fills in, declared once: which columns, what each becomes in the graph.

A column names the model's property it becomes; type, unit, choices and audience are taken from
there. The template workbook, the reading of headers and the checks of rows all derive from here.
``DERIVED`` names what no column gives because the loader makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from graph.declare import Property
from graph.model import AUDIENCES, EDGE, ENDS, FACT_PROPERTIES, LABEL, MILESTONES, NODE_PROPERTIES, PERMITS, SAYS
from graph.model import stricter as _stricter
from loaders.aliases import SHEETS as NAMES
from loaders.aliases import aliases, normal

Kind = Literal["text", "number", "quantity", "flag", "day", "choice", "items", "node", "nodes"]
Choices = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``zh`` is the header as people print it, its unit in brackets included.

    ``prop`` is the model's property it becomes ('MAKES.capacity'), ``unit`` what a bare number is
    in. ``first`` reads a period as its first day (a coefficient holds from 1 January). ``choices``
    are (stored value, 中文, English), the model's unless the sheet is narrower.
    """

    key: str
    zh: str
    en: str
    kind: Kind
    prop: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""
    unit: str = ""
    example: str = ""
    audience: str = AUDIENCES[0]
    choices: Choices = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; of the columns in ``one_of`` at least one is filled in every row."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    audience: str = AUDIENCES[0]
    short: bool = False
    aliases: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def property_named(prop: str) -> Property:
    """'MAKES.capacity' → its declaration. KeyError where the model has no such property."""
    owner, name = prop.split(".")
    own, every = ((EDGE[owner].properties, FACT_PROPERTIES) if owner in EDGE
                  else (LABEL[owner].properties, NODE_PROPERTIES))
    named: dict[str, Property] = {p.name: p for p in (*every, *own)}
    return named[name]


def _c(key: str, zh: str, en: str, prop: str, kind: Kind | None = None, example: str = "", *, note: str = "",
       unit: str = "", choices: Choices | None = None, inner: bool = False, required: bool = False,
       first: bool = False, also: tuple[str, ...] = ()) -> Column:
    """A column whose kind, unit, choices and audience are the model's unless given; note is '中文 / English'."""
    model = property_named(prop)
    choices = model.choices if choices is None else choices
    kind = kind or ("choice" if choices else model.type)
    note = note or model.note if " / " in (note or model.note) else ""
    note_zh, _, note_en = note.partition(" / ")
    return Column(key, zh, en, kind, prop, required, also, note_zh, note_en,
                  unit or (model.unit if kind in ("number", "quantity") else ""), example,
                  _stricter(model.audience, AUDIENCES[1] if inner else AUDIENCES[0]),
                  choices if kind == "choice" else (), first)


_must = partial(_c, required=True)
_money = partial(_c, prop="MEASURES.value", kind="quantity", unit="万元", inner=True)
_figure = partial(_c, prop="MEASURES.value", kind="quantity")


def _node(prop: str = "ChainNode.name", kind: Kind = "node", example: str = "光伏玻璃") -> Column:
    return _must("node", "环节", "Chain node", prop, kind, example,
                 note="两条链有同名环节时写 产业链/环节 / chain/node where two chains share a name")


def _source(edge: str) -> Column:
    return _c("source", "来源", "Source", f"{edge}.source",
              note="来源表的来源编号; 空白: 本文件 / a number of the sources sheet; blank: this file")


def _day(edge: str) -> Column:
    return _c("day", "数据日期", "Data day", f"{edge}.valid_from", example="2023-06-30",
              note="数字所属的日期, 不是填表日期 / the day the figures are of, not the day of typing")


def _trust(edge: str) -> Column:
    return _c("confidence", "可信度", "Confidence", f"{edge}.authority",
              choices=(("低", "低", "low"), ("中", "中", "medium"), ("高", "高", "high")), note="低: 只列示, 不计算 / low: shown, never counted")


def _steps() -> Iterable[Column]:
    """One column per milestone, permit and end: 投产 is the actual day, 计划投产 the planned one."""
    permits = tuple((name, zh, f"permit: {en}") for name, zh, en in PERMITS)
    for name, zh, en in (*MILESTONES, *permits, *ENDS):
        yield _c(f"actual:{name}", zh, en.capitalize(), "REACHES.day",
                 also=(f"{zh}日期", f"{zh}时间", f"实际{zh}", f"实际{zh}日期", f"实际{zh}时间"))
    examples = {"started": "2024-04", "operating": "2024年底"}
    for name, zh, en in (*MILESTONES, *permits):
        yield _c(f"planned:{name}", f"计划{zh}", f"Planned: {en}", "REACHES.day", example=examples.get(name, ""),
                 also=(f"计划{zh}日期", f"计划{zh}时间", f"预计{zh}", f"预计{zh}时间", f"拟{zh}时间"))


_UNIT_NOTE = "单元格自带单位时可空 / may be blank where the cell carries its unit"
_SURVEY: Choices = (("present", "有", "present"), ("none", "无", "none"), ("", "未摸排", "not surveyed"))
_AUDIENCES: Choices = tuple(zip(AUDIENCES, AUDIENCES, ("public", "internal", "team"), strict=True))
_CLAIMS: Choices = tuple(say for say in SAYS if say[0] != "present")
_CHAIN = _must("chain", "产业链", "Chain", "Chain.name", example="光伏")
_REGION = _must("region", "地区", "Region", "Region.name", example="某某市")
_CREDIT = _c("credit_code", "统一社会信用代码", "Credit code", "Firm.credit_code")

_DECLARED: tuple[Sheet, ...] = (
    Sheet("nodes", "产业链全景视图(环节)", "Panorama (nodes)", (
        _CHAIN, _must("node", "环节", "Chain node", "ChainNode.name", "node", "光伏玻璃"),
        _c("aliases", "别名", "Aliases", "ChainNode.aliases", "items", "玻璃、压延玻璃"), _c("band", "位置", "Band", "PART_OF.band", example="中游"),
        _c("col", "列", "Col", "PART_OF.col", example="5", note="从左到右, 从1起 / from 1, left to right"),
        _c("lane", "泳道", "Lane", "PART_OF.lane", example="辅材耗材"),
        _c("unit", "产能单位", "Capacity unit", "ChainNode.unit", example="kt/a"),
        _c("variant_of", "上位环节", "Variant of", "ChainNode.name", "node"),
        _c("boundary", "外部环节", "Boundary", "ChainNode.boundary", example="否"),
        _c("survey", "摸排结论", "Survey result", "CLAIMS.says", choices=_SURVEY, example="未摸排"),
        _c("survey_day", "摸排日期", "Survey day", "CLAIMS.valid_from"),
        _c("survey_region", "摸排地区", "Surveyed region", "Region.name", note="空: 本工作区的 / blank: the workspace's"),
        _c("note", "说明", "Note", "ChainNode.note"), _source("PART_OF")), short=True),
    Sheet("feeds", "产业链全景视图(供给)", "Panorama (feeds)", (
        _must("upstream", "上游环节", "Upstream node", "ChainNode.name", "node", "光伏玻璃"),
        _must("downstream", "下游环节", "Downstream node", "ChainNode.name", "node", "组件"),
        _c("role", "关系", "Role", "FEEDS.role", example="材料", note="空白: 材料 / blank: material"),
        _c("essential", "必需", "Essential", "FEEDS.essential", example="是"),
        _c("coefficient", "单耗", "Coefficient", "FEEDS.coefficient", example="44.11",
           note="一个下游单位用多少上游单位 / upstream units used by one downstream unit"),
        _c("unit", "单耗单位", "Coefficient unit", "FEEDS.unit", example="kt/GW"),
        _c("valid", "生效日期", "Valid from", "FEEDS.valid_from", example="2023", first=True,
           note="年份按1月1日 / a year is its 1 January"),
        _trust("FEEDS"), _source("FEEDS"))),
    Sheet("goals", "产业链招商远景视图", "Prospect", (
        _CHAIN, replace(_node(), required=False),
        _c("indicator", "指标", "Indicator", "Indicator.name",
           note="环节与指标填一个 / fill in the node or the indicator"),
        _must("value", "目标值", "Goal", "AIMS.value", "quantity", "700"),
        _must("unit", "单位", "Unit", "AIMS.unit", example="kt/a"),
        _must("due", "目标日期", "Due", "AIMS.due", example="2025"),
        _c("stated", "提出日期", "Stated", "AIMS.valid_from", example="2024-01-10"),
        _c("firms", "拟引企业", "Firms wanted", "AIMS.firms"), _source("AIMS")), one_of=("node", "indicator")),
    Sheet("firms", "产业链重点企业表", "Key firms", (
        _must("firm", "企业名称", "Firm", "Firm.name", example="甲硅业有限公司"), _node(example="多晶硅"), _CREDIT,
        _c("product", "主要产品", "Product", "MAKES.product", example="N型多晶硅"),
        _c("capacity", "产能", "Capacity", "MAKES.capacity", "quantity", "5",
           note="已建成的产能; 不清楚就留空 / what physically stands; blank where unknown"),
        _c("unit", "单位", "Unit", "MAKES.unit", example="万吨/年", note=_UNIT_NOTE),
        _c("yield", "成品率", "Yield", "MAKES.yield_rate", example="0.98"),
        _c("state", "状态", "State", "MAKES.state", example="在产"),
        _c("plant", "厂区/期", "Plant", "MAKES.plant", example="一期"),
        _c("since", "投产日期", "Operating since", "MAKES.since", example="2022年11月"),
        _c("place", "所在地", "Place", "MAKES.region",
           note="工厂所在地, 不是总部; 空白: 本市 / where the plant stands, not the seat; blank: the city"),
        _c("aliases", "曾用名", "Former names", "Firm.aliases", "items"), _c("group", "集团总部", "Group", "Firm.name", example="甲集团"),
        _c("share", "集团持股(%)", "Group share", "OWNS.share", example="51"),
        _c("chain_master", "链主", "Chain master", "Firm.chain_master", example="是"),
        _c("above_scale", "规上", "Above scale", "MEASURES.value", "flag", "是", inner=True),
        _c("top500", "500强", "Top 500", "Firm.top500"), _c("listed", "上市代码", "Stock code", "Firm.listed"),
        _money("output_value", "产值(万元)", "Output value"), _money("revenue", "营收(万元)", "Revenue"),
        _money("tax", "税收(万元)", "Tax"),
        _money("jobs", "用工", "Jobs", unit="人"), _c("contact", "联系人", "Contact", "Firm.contact"), _day("MAKES"), _source("MAKES")), short=True),
    Sheet("suppliers", "产业链配套企业表", "Suppliers", (
        _must("supplier", "配套企业", "Supplier", "Firm.name", example="乙材料有限公司"),
        _must("customer", "主机企业", "Customer", "Firm.name", example="甲硅业有限公司"),
        _node("SUPPLIES.node", example="石英坩埚"), _CREDIT,
        _c("product", "配套产品", "Product supplied", "SUPPLIES.product", example="36英寸坩埚"),
        _c("amount", "年供货额(万元)", "Amount a year", "SUPPLIES.amount", "quantity", "1200", unit="万元",
           note="可写别的单位, 如 3亿片 / another unit may stand in the cell"),
        _c("valid", "供货起始", "Supplies from", "SUPPLIES.valid_from", example="2022-03"),
        _c("until", "供货截止", "Supplies until", "SUPPLIES.until", example="2025年底"),
        _c("place", "所在地", "Place", "Region.name"), _day("SUPPLIES"), _source("SUPPLIES"))),
    Sheet("projects", "产业链重点项目库", "Key projects", (
        _must("project", "项目名称", "Project", "Project.name", example="丙光伏玻璃项目"), _node(kind="nodes"),
        _must("investors", "投资方", "Investors", "Firm.name", "items", "丙玻璃有限公司、丁投资公司"),
        _c("project_code", "项目代码", "Project code", "Project.project_code"),
        _c("nature", "建设性质", "Nature", "Project.nature", example="新建"),
        _c("content", "建设内容及规模", "Content", "Project.content", example="3条日熔量800吨生产线"),
        _c("capacity", "新增产能", "Capacity added", "ADDS.capacity", "quantity", "3×800t/d"),
        _c("unit", "单位", "Unit", "ADDS.unit", note=_UNIT_NOTE),
        _c("yield", "成品率", "Yield", "ADDS.yield_rate", example="82%"),
        _c("phase", "期", "Phase", "Project.name", example="一期", note="每期是一个项目 / each phase is a project"),
        _c("total_investment", "总投资(亿元)", "Total investment", "Project.total_investment", "quantity", "20"),
        _figure("planned_investment", "本年计划投资", "Planned this year", unit="亿元"),
        _figure("spent", "累计完成投资", "Spent so far", unit="亿元"), _figure("land", "用地(亩)", "Land area", unit="亩"),
        _figure("power", "年耗电(万千瓦时)", "Power a year", unit="万千瓦时"), _figure("energy", "能耗(吨标煤)", "Energy used", unit="吨标煤"),
        _figure("water", "年用水(万立方米)", "Water a year", unit="万立方米"), _figure("emissions", "排放量(吨)", "Emissions", unit="吨"),
        _figure("built_share", "建筑系数(%)", "Share built on", unit="%"), _c("floor_ratio", "容积率", "Floor area ratio", "MEASURES.value"),
        _c("complies", "产业政策符合", "Complies", "MEASURES.value", "flag", "是"),
        _money("tax", "税收(万元)", "Tax a year"), _money("added", "工业增加值(万元)", "Value added a year"),
        _money("sales", "销售收入(万元)", "Sales a year"), _money("research", "研发费用(万元)", "R&D a year"),
        _money("jobs", "用工", "Jobs", unit="人"), _c("place", "所在地", "Place", "Region.name"),
        _c("leader", "责任领导", "Leader", "HANDLES.leader"), _c("unit_in_charge", "责任单位", "Unit in charge", "HANDLES.unit"),
        _c("team", "专班", "Team", "Team.name"), *_steps(), _c("stake", "出资额(亿元)", "Stake", "INVESTS_IN.amount", "quantity"),
        _c("local", "本地投资方", "Local investor", "INVESTS_IN.local"), _day("ADDS"), _source("ADDS")), short=True),
    Sheet("contacts", "产业链关联客户库", "Contacts", (
        _must("firm", "企业名称", "Firm", "Firm.name", example="戊科技股份有限公司"),
        _node("CONTACTS.node", example="逆变器"), _CREDIT, _c("place", "所在地", "Place", "Region.name"),
        _c("tie", "关系", "Tie", "KNOWS.tie", example="商会"),
        _c("with", "关系对象", "Tied to", "Firm.name", note="渠道写论坛年会等类别时填该组织, 否则填企业 / a body of that kind, else a firm"),
        _c("channel", "招商渠道", "Channel", "Channel.name", example="某某商会"), _c("team", "专班", "Team", "Team.name", example="光伏专班"),
        _c("stage", "接触阶段", "Stage", "CONTACTS.stage", example="已拜访"),
        _c("first", "首次对接", "First contact", "CONTACTS.first", example="2023-05-06", first=True),
        _c("last", "最近对接", "Last contact", "CONTACTS.valid_from", example="2023-06-20"),
        _c("person", "对接人", "Person", "CONTACTS.person"),
        _c("next_step", "下一步", "Next step", "CONTACTS.next_step"), _source("CONTACTS")), audience=AUDIENCES[2]),
    Sheet("claims", "声明表", "Claims", (
        _node(kind="nodes"), _must("says", "类型", "Says", "CLAIMS.says", choices=_CLAIMS, example="填补"),
        _c("claimant", "声明者", "Claimant", "Region.name", example="某某市",
           note="地区、企业或项目; 空白: 本市 / a region, firm or project; blank: the city"),
        _c("day", "声明日期", "Day claimed", "CLAIMS.valid_from", example="2022-11-24"),
        _c("scope", "范围", "Scope", "CLAIMS.scope"), _source("CLAIMS"))),
    Sheet("sources", "来源表", "Sources", (
        _must("source", "来源编号", "Source number", "Source.id", example="工信局-202306"),
        _must("title", "名称", "Title", "Source.title", example="2023年6月企业名录"),
        _must("publisher", "发布机构", "Publisher", "Source.publisher", example="某某市工信局"),
        _c("published", "发布日期", "Published", "Source.published", example="2023-06-30",
           note="空白: 首次导入日 / blank: the day of the first load"),
        _c("authority", "权威级别", "Authority", "Source.authority", example="5",
           note="9 法规公告, 7 备案年报, 6 数据集, 5 政府文稿, 3 媒体, 1 转载, 0 只列示 / "
                "9 law, 7 filing, 6 data set, 5 government text, 3 press, 1 mirror, 0 shown only"),
        _c("audience", "受众", "Audience", "Source.audience", choices=_AUDIENCES, example="公开"),
        _c("address", "链接", "Address", "Source.address"))),
    Sheet("regions", "地区表", "Regions", (
        _must("region", "地区", "Region", "Region.name", example="某某区"),
        _c("within", "上级地区", "Within", "Region.name", example="某某市"),
        _c("aliases", "别名", "Aliases", "Region.aliases", "items"), _c("code", "代码", "Code", "Region.code"))),
    Sheet("reports", "地区产能表", "Regional capacity", (
        _REGION, _node(example="多晶硅"), _must("value", "数值", "Value", "REPORTS.value", "quantity", "300"),
        _must("unit", "单位", "Unit", "REPORTS.unit", example="kt/a"),
        _must("day", "日期", "Day", "REPORTS.valid_from", example="2022年底"),
        _c("measure", "口径", "Measure", "REPORTS.measure", example="产能", note="空白: 产能 / blank: capacity"),
        _trust("REPORTS"), _source("REPORTS"))),
    Sheet("indicators", "地区指标表", "Regional indicators", (
        _REGION, _must("indicator", "指标", "Indicator", "Indicator.name", example="签约项目数"),
        _must("value", "数值", "Value", "MEASURES.value", "quantity", "120"),
        _must("unit", "单位", "Unit", "MEASURES.unit", example="个"),
        _must("period", "期间", "Period", "MEASURES.period", example="2023-06"),
        _c("scope", "口径", "Scope", "MEASURES.scope"), _source("MEASURES"))),
    Sheet("surveys", "摸排表", "Surveys", (
        _REGION, _CHAIN,
        _must("day", "摸排齐全日期", "Complete on", "SURVEYS.valid_from", example="2023-06-30"), _source("SURVEYS"))),
    Sheet("teams", "专班表", "Teams", (
        _CHAIN, _must("team", "专班", "Team", "Team.name", example="光伏专班"),
        _c("leader", "市级领导", "Leader", "RUNS.leader"), _c("department", "牵头部门", "Department", "RUNS.department", example="工信局"),
        _c("report", "分析报告", "Report", "RUNS.report"), _c("plan", "招商计划", "Plan", "RUNS.plan"),
        _c("valid", "起始日期", "From", "RUNS.valid_from", example="2023-01-01"),
        _c("measures", "考核指标", "Measures", "RUNS.measures"), _source("RUNS"))),
    Sheet("funding", "到位资金月报", "Funds in place", (
        _must("project", "项目", "Project", "Project.name", example="丙光伏玻璃项目"),
        _must("month", "月份", "Month", "FUNDED.period", "day", "2023年6月"),
        _must("amount", "金额(万元)", "Amount", "FUNDED.amount", "quantity", "5000"),
        _must("scope", "口径", "Scope", "FUNDED.scope", example="区外"), _must("span", "本月/累计", "Span", "FUNDED.span", example="累计"),
        _must("basis", "上报/核实", "Basis", "FUNDED.basis", example="上报"), _c("region", "地区", "Region", "Region.name"), _source("FUNDED"))),
)

DERIVED = {
    "REACHES.basis": "投产 or 计划投产: which column the day stands in", "KNOWS.node": "the row's chain node",
    "AIMS.scope": "the chain, for an indicator's goal", "SUPPLIES.unit": "年供货额's own unit, else 万元",
    "Indicator.unit": "the unit of its figures", "Milestone.kind": "fixed ladder", "Milestone.rank": "fixed ladder",
    "Firm.stated_by": "the row's source", "Firm.stated_on": "the day it was known"}
"""Properties that no column gives, and what the loader makes them from."""

SHEETS: tuple[Sheet, ...] = tuple(
    replace(sheet, aliases=NAMES[sheet.key], columns=tuple(
        replace(c, aliases=c.aliases + aliases(sheet.key, c.key)) for c in sheet.columns))
    for sheet in _DECLARED)
SHEET: dict[str, Sheet] = {sheet.key: sheet for sheet in SHEETS}
_NAMED = {normal(name): sheet for sheet in reversed(SHEETS) for name in (*sheet.aliases, sheet.key, sheet.en, sheet.zh)}


def sheet_named(name: str) -> Sheet | None:
    """The sheet of that name in either language, a short one included; None where there is none."""
    return _NAMED.get(normal(name))
