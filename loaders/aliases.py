"""Other names that real sheets give a sheet or a column, in one place.

``ANY`` holds what is true of a column on every sheet that has it, ``OWN`` what one sheet adds.
No seat of a registration (注册地, 总部所在地) is another name of 所在地: headquarters taken for
plants is the field's commonest error.
"""

from __future__ import annotations

import re
import unicodedata

Names = dict[str, tuple[str, ...]]

SHEETS: Names = {
    "nodes": ("环节", "环节表", "产业链全景视图", "全景视图", "产业链环节", "全景图环节"),
    "feeds": ("供给", "供给表", "供需关系", "全景图供给"),
    "goals": ("远景", "远景视图", "招商远景", "远景图", "目标"),
    "firms": ("重点企业", "重点企业表", "企业表", "企业", "重点企业库"),
    "suppliers": ("配套企业", "配套企业表", "配套"),
    "projects": ("重点项目", "重点项目库", "项目库", "项目", "重点项目表"),
    "contacts": ("关联客户库", "关联客户", "客户库", "客户"),
    "claims": ("声明",),
    "sources": ("来源",),
    "regions": ("地区", "区划表"),
    "reports": ("地区产能", "产能表"),
    "indicators": ("地区指标", "指标表"),
    "surveys": ("摸排",),
    "teams": ("专班",),
    "funding": ("到位资金", "资金月报"),
}

ANY: Names = {
    "aliases": ("别称", "又名", "曾用名", "其他名称"),
    "chain": ("链条", "所属产业链", "产业链名称", "链名"),
    "confidence": ("置信度", "可靠性"),
    "credit_code": ("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码证号", "USCC"),
    "day": ("数据截至", "数据时间", "截至日期", "统计日期", "填报日期"),
    "firm": ("企业", "单位名称", "公司名称", "名称", "企业全称", "公司", "Company"),
    "node": ("链节", "产业环节", "所属环节", "环节名称", "产业链环节", "所处环节", "细分环节"),
    "place": ("地区", "所属地区", "所在地区", "旗县区", "所属旗县区", "所在旗县区", "属地", "县区", "落地地区"),
    "region": ("区域", "地区名称", "所属地区", "旗县区", "县区"),
    "source": ("数据来源", "资料来源", "出处", "信息来源"),
    "team": ("招商专班", "责任专班", "专班名称", "产业链专班"),
    "unit": ("计量单位",),
    "yield": ("良率", "成材率", "良品率", "Yield rate"),
}

OWN: dict[str, Names] = {
    "nodes": {
        "band": ("上中下游", "环节位置"), "col": ("列号", "列次", "Column"), "lane": ("泳道名称",), "unit": ("单位",),
        "variant_of": ("父环节", "所属上位环节", "上级环节"), "boundary": ("链外环节", "是否外部环节"),
        "survey": ("摸排情况", "摸排结果", "有无"), "survey_day": ("摸排时间",), "note": ("备注",),
    },
    "feeds": {
        "upstream": ("上游", "上游产品", "供给环节", "From"), "downstream": ("下游", "下游产品", "需求环节", "To"),
        "role": ("供给关系", "关系类型", "投入类型"), "essential": ("是否必需", "必需品"),
        "coefficient": ("消耗系数", "单位消耗", "系数"), "unit": ("系数单位", "单位"),
        "valid": ("生效日", "年份", "数据年份"),
    },
    "goals": {
        "indicator": ("指标名称",), "value": ("目标", "目标产能", "目标数值", "规划值"), "unit": ("目标单位",),
        "due": ("目标年份", "目标时间", "完成时限", "到期日"), "stated": ("提出时间", "发布日期", "印发日期"),
        "firms": ("拟引进企业", "目标企业", "招引企业"),
    },
    "firms": {
        "aliases": ("别名", "简称", "企业简称", "公司简称", "原名", "曾用名称"),
        "product": ("产品", "主营产品", "产品名称", "主导产品"), "unit": ("产能单位",),
        "capacity": ("现有产能", "年产能", "设计产能", "产能规模", "生产能力"),
        "state": ("生产状态", "运行状态", "经营状态", "生产情况"), "plant": ("厂区", "期", "期次", "基地", "厂区期次"),
        "since": ("投产时间", "投产日", "建成投产时间"), "group": ("集团", "所属集团", "母公司", "集团名称"),
        "share": ("集团持股", "持股比例", "集团持股比例"), "chain_master": ("链主企业", "是否链主"),
        "above_scale": ("规上企业", "是否规上", "规模以上"), "top500": ("500强企业", "是否500强"),
        "listed": ("股票代码", "证券代码"), "output_value": ("工业总产值", "工业产值", "总产值"),
        "revenue": ("营业收入", "主营业务收入"), "tax": ("纳税额", "税收贡献", "上缴税金"),
        "jobs": ("用工人数", "从业人数", "职工人数", "就业人数"), "contact": ("企业联系人", "联系方式"),
    },
    "suppliers": {
        "supplier": ("供应商", "供货企业", "配套企业名称", "企业名称"),
        "customer": ("主机厂", "客户企业", "被配套企业", "采购企业"),
        "product": ("供货产品", "配套产品名称", "产品"), "amount": ("供货额", "年配套额", "配套金额", "年采购额"),
        "valid": ("起始日期", "合同起始", "供货起始日期"), "until": ("截止日期", "合同截止", "供货截止日期"),
    },
    "projects": {
        "project": ("项目", "名称"), "investors": ("投资企业", "投资主体", "投资单位", "建设单位", "业主单位"),
        "project_code": ("投资项目代码", "审批监管平台代码", "代码"), "nature": ("建设类型",),
        "content": ("建设内容", "建设规模及内容", "建设规模", "项目概况", "主要建设内容"),
        "capacity": ("产能", "设计产能", "新增年产能", "拟新增产能"), "unit": ("产能单位",),
        "phase": ("期次", "项目期次", "一期/二期"), "total_investment": ("投资总额", "计划总投资", "项目总投资"),
        "planned_investment": ("年度计划投资", "今年计划投资"), "spent": ("累计投资", "已完成投资", "累计完成"),
        "land": ("用地面积", "占地面积", "占地"), "power": ("年用电量", "用电量", "年耗电量"),
        "energy": ("综合能耗", "年能耗", "能源消耗"), "water": ("年用水量", "用水量"), "tax": ("年税收", "达产年税收"),
        "added": ("年工业增加值",), "sales": ("年销售收入",), "jobs": ("用工人数",), "leader": ("包联领导", "市级领导", "包保领导"),
        "unit_in_charge": ("牵头单位", "责任部门", "包联单位"), "stake": ("认缴出资额", "出资金额"),
        "local": ("是否本地投资方", "本地投资"), "place": ("建设地点", "项目地址", "选址"),
    },
    "contacts": {
        "tie": ("关系类型", "关联关系"), "with": ("关联对象", "关联企业"), "channel": ("渠道", "引荐渠道"),
        "stage": ("对接阶段", "洽谈阶段", "对接进展"), "first": ("首次接触", "首次对接日期"),
        "last": ("最近接触", "最近对接日期", "最新对接"), "person": ("联络人", "对接人员"),
        "next_step": ("下一步工作", "下步计划", "下一步打算"),
    },
    "claims": {
        "says": ("声明类型", "声明内容"), "claimant": ("声明主体", "声明单位"), "day": ("声明日", "日期"),
        "scope": ("声明范围",),
    },
    "sources": {
        "source": ("编号", "来源ID", "来源代号"), "title": ("来源名称", "标题", "文件名称"),
        "publisher": ("发布单位", "发文机关", "发布方"), "published": ("发布日", "发布时间", "印发日期"),
        "authority": ("权威性", "权威等级"), "audience": ("受众范围", "公开范围", "密级"),
        "address": ("网址", "地址", "URL", "Link"),
    },
    "regions": {"within": ("上级", "隶属", "上级区划"), "code": ("行政区划代码", "区划代码")},
    "reports": {"value": ("产能", "数量"), "day": ("时间",), "measure": ("指标口径", "数值口径", "类别")},
    "indicators": {
        "indicator": ("指标名称",), "value": ("指标值",), "period": ("时期", "时间", "年份"),
        "scope": ("统计口径", "范围"),
    },
    "surveys": {"day": ("摸排日期", "齐全日期", "摸排完成日期")},
    "teams": {
        "leader": ("链长", "包联领导", "责任领导"), "department": ("牵头单位", "责任部门"),
        "report": ("产业链分析报告",), "plan": ("招商方案", "招商计划书"), "valid": ("成立日期", "开始日期"),
        "measures": ("考核内容",),
    },
    "funding": {
        "project": ("项目名称",), "month": ("统计月份", "所属月份"), "amount": ("到位资金", "到位金额"),
        "scope": ("资金口径",), "span": ("统计周期", "累计/本月"), "basis": ("数据性质", "核实/上报"),
    },
}


def aliases(sheet: str, column: str) -> tuple[str, ...]:
    """All other spellings of a column's header."""
    return OWN.get(sheet, {}).get(column, ()) + ANY.get(column, ())


def normal(name: str) -> str:
    """A header or sheet name as it is compared: NFKC, lower case, letters and digits only."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).lower())
