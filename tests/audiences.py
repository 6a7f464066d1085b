"""A city of invented firms with rows that not everybody may see, and the same city without them; every way out of both.

A restricted text holds a mark of its own, of letters and digits only: no way of writing it down (HTML, JSON, a URL) changes it.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from calling import run

from commands.options import AUDIENCES

Sheets = dict[str, list[dict[str, str]]]
REGION, CHAIN = "试市", "试链"
MARKS: dict[str, str] = {}
"""Mark → who may see it."""


def mark(audience: str, words: str = "") -> str:
    made = f"ZQ{len(MARKS):02d}ZQ"
    MARKS[made] = audience
    return made + words


PUBLIC: Sheets = {
    "产业链全景视图(环节)": [{"产业链": CHAIN, "环节": node, "位置": band, "列": str(col), "泳道": "主链", "产能单位": unit, "别名": alias}
                     for col, (node, band, unit, alias) in enumerate(
                         [("石料", "上游", "kt/a", "石头"), ("板材", "中游", "kt/a", ""), ("框架", "中游", "kt/a", ""),
                          ("整机", "下游", "GW", "")], 1)],
    "产业链全景视图(供给)": [
        {"上游环节": "石料", "下游环节": "板材", "必需": "是", "单耗": "2", "单耗单位": "kt/kt", "生效日期": "2020"},
        {"上游环节": "板材", "下游环节": "整机", "必需": "是", "单耗": "10", "单耗单位": "kt/GW", "生效日期": "2020"},
        {"上游环节": "框架", "下游环节": "整机", "必需": "是", "单耗": "5", "单耗单位": "kt/GW", "生效日期": "2020"}],
    "地区表": [{"地区": "试东区", "上级地区": REGION}],
    "产业链重点企业表": [
        {"企业名称": "试甲板材有限公司", "环节": "板材", "产能": "30", "单位": "kt/a", "数据日期": "2023-06-30", "所在地": "试东区",
         "主要产品": "厚板"},
        {"企业名称": "试丁板材", "环节": "板材", "产能": "4", "单位": "kt/a", "数据日期": "2023-06-30"},
        {"企业名称": "试戊能整机有限公司", "环节": "整机", "产能": "2", "单位": "GW", "数据日期": "2023-06-30"},
        {"企业名称": "试戊能", "环节": "框架", "产能": "3", "单位": "kt/a", "数据日期": "2023-06-30"},
        {"企业名称": "试乙整机有限公司", "环节": "整机", "产能": "5", "单位": "GW", "数据日期": "2023-06-30", "厂区/期": "一期"}],
    "产业链重点项目库": [
        {"项目名称": "试丙框架项目", "环节": "框架", "投资方": "试丙有限公司", "新增产能": "20", "单位": "kt/a",
         "总投资(亿元)": "3", "用地(亩)": "60",
         "签约": "2023-03-01", "计划投产": "2024年底", "数据日期": "2023-06-30"}],
    "产业链招商远景视图": [{"产业链": CHAIN, "环节": "整机", "目标值": "10", "单位": "GW", "目标日期": "2025", "提出日期": "2023-01-10"}],
    "声明表": [{"环节": "框架", "类型": "填补", "声明日期": "2023-05-01"}],
    "地区产能表": [{"地区": REGION, "环节": "石料", "数值": "5", "单位": "kt/a", "日期": "2022年底"}],
    "地区指标表": [{"地区": REGION, "指标": "工业电价", "数值": "0.4", "单位": "元/千瓦时", "期间": "2023-05"},
              {"地区": "试东区", "指标": "工业地价", "数值": "10", "单位": "万元/亩", "期间": "2023-05"}],
    "来源表": [],
}
"""What everybody may see."""


def _inner(seen_by: str, number: int) -> Sheets:
    """Rows of every sheet that only ``seen_by`` may see: new things, and more about the known ones."""
    def m(words: str = "") -> str:
        return mark(seen_by, words)

    node = m("环节")
    region, firm, project, chain = m("区"), m("有限公司"), m("项目"), m("链")
    own = str(number)
    return {
        "产业链全景视图(环节)": [{"产业链": CHAIN, "环节": node, "列": "9", "位置": "下游", "产能单位": "kt/a", "别名": m("别名"), "说明": m()},
                         {"产业链": chain, "环节": "板材", "列": "2"},
                         {"产业链": CHAIN, "环节": "石料", "别名": m("俗称"), "说明": m("说明")}],
        "产业链全景视图(供给)": [{"上游环节": "整机", "下游环节": node, "必需": "是", "单耗": own, "单耗单位": "GW/kt", "生效日期": "2021"},
                         {"上游环节": "石料", "下游环节": "板材", "必需": "是", "单耗": own + "7", "单耗单位": "kt/kt", "生效日期": "2022"}],
        "地区表": [{"地区": region, "上级地区": REGION, "别名": m("旧称")}, {"地区": "试东区", "别名": m("东")}],
        "产业链重点企业表": [
            {"企业名称": m("试戊旧能材料有限公司"), "环节": "框架", "产能": own + "2", "单位": "kt/a", "数据日期": "2023-07-01"},
            {"企业名称": firm, "环节": node, "产能": own + "3", "单位": "kt/a", "数据日期": "2023-07-01", "所在地": region},
            {"企业名称": m("公司"), "环节": "石料", "产能": own + "400", "单位": "kt/a", "数据日期": "2023-07-01",
             "主要产品": m("料"), "厂区/期": m("厂")},
            {"企业名称": "试甲板材有限公司", "环节": "框架", "产能": own + "1", "单位": "kt/a", "数据日期": "2023-07-02", "厂区/期": m("期"),
             "集团总部": m("集团"), "集团持股(%)": "60", "上市代码": m("代码")},
            {"企业名称": "试乙整机有限公司", "环节": "整机", "产能": own + "7", "单位": "GW", "数据日期": "2023-07-03", "厂区/期": "一期"}],
        "产业链配套企业表": [{"配套企业": "试丁新板材科技有限公司", "主机企业": "试乙整机有限公司", "环节": "板材", "数据日期": "2023-07-01"},
                      {"配套企业": m("配套公司"), "主机企业": "试乙整机有限公司", "环节": "框架", "年供货额(万元)": own + "00",
                       "配套产品": m("件"),
                       "数据日期": "2023-07-01"}],
        "产业链重点项目库": [
            {"项目名称": project, "环节": "板材", "投资方": m("投资有限公司"), "新增产能": own + "5", "单位": "kt/a", "总投资(亿元)": "9",
             "建设内容及规模": m("内容"), "责任领导": m("领导"), "责任单位": m("局"), "专班": m("专班"), "签约": "2023-04-01",
             "开工": "2023-05-01", "计划投产": "2025-06", "所在地": region, "数据日期": "2023-07-01"},
            {"项目名称": "试丙框架项目", "环节": "框架", "投资方": m("另一投资公司"), "新增产能": own + "9", "单位": "kt/a", "投产": "2023-06-01",
             "计划投产": "2026年底", "总投资(亿元)": own + "1", "用地(亩)": own + "11", "年耗电(万千瓦时)": own + "22", "税收(万元)": own + "33",
             "数据日期": "2023-07-05"}],
        "产业链招商远景视图": [{"产业链": CHAIN, "环节": "板材", "目标值": own + "00", "单位": "kt/a", "目标日期": "2025", "提出日期": "2023-02-01",
                        "拟引企业": m("拟引公司")},
                       {"产业链": CHAIN, "指标": m("指标"), "目标值": own, "单位": "个", "目标日期": "2025", "提出日期": "2023-02-01"}],
        "声明表": [{"环节": "石料", "类型": "完整", "声明者": firm, "声明日期": "2023-07-01", "范围": m("范围")},
                {"环节": "石料", "类型": "空白", "声明日期": "2023-07-02"}],
        "地区产能表": [{"地区": region, "环节": "板材", "数值": own + "6", "单位": "kt/a", "日期": "2023-06-30"},
                  {"地区": REGION, "环节": "石料", "数值": own + "8", "单位": "kt/a", "日期": "2023-06-30"}],
        "地区指标表": [{"地区": REGION, "指标": "可供用地", "数值": own + "44", "单位": "亩", "期间": "2023-06"},
                  {"地区": REGION, "指标": "亩均税收基准值", "数值": own, "单位": "万元/亩", "期间": "2023-06"},
                  {"地区": region, "指标": m("电价"), "数值": own, "单位": "个", "期间": "2023-06"},
                  {"地区": REGION, "指标": "工业电价", "数值": f"0.{number}", "单位": "元/千瓦时", "期间": "2023-06", "口径": m("口径")},
                  {"地区": "试东区", "指标": "工业电价", "数值": f"0.{number}", "单位": "元/千瓦时", "期间": "2023-06"}],
        "摸排表": [{"地区": REGION, "产业链": CHAIN, "摸排齐全日期": f"2023-0{number}-30"}],
        "专班表": [{"产业链": CHAIN, "专班": m("班"), "市级领导": m("市长"), "牵头部门": m("委"), "考核指标": m("考核"), "起始日期": "2023-01-01"}],
        "到位资金月报": [{"项目": project, "月份": "2023年6月", "金额(万元)": own + "000", "口径": "区外", "本月/累计": "累计", "上报/核实": "上报"}],
    }


INNER: dict[str, Sheets] = {audience: _inner(audience, number) for number, audience in enumerate(AUDIENCES[1:], 3)}
CONTACTS: Sheets = {"产业链关联客户库": [
    {"企业名称": mark("专班", "客户公司"), "环节": "整机", "关系": "商会", "关系对象": mark("专班", "关系公司"), "招商渠道": mark("专班", "商会"),
     "专班": mark("专班", "班"),
     "接触阶段": "已拜访", "最近对接": "2023-06-20", "对接人": mark("专班", "先生"), "下一步": mark("专班", "再访")},
    {"企业名称": "试甲板材有限公司", "环节": "板材", "招商渠道": mark("专班", "校友会"), "最近对接": "2023-06-21", "对接人": mark("专班")}]}
COLUMNS = {"联系人": mark("内部", "女士"), "产值(万元)": "987654", "税收(万元)": "4321", "用工": "1234", "规上": "是"}
"""Cells of a public row that only 内部 may see."""


def _sourced() -> Sheets:
    """Rows of a public file whose source is not public."""
    made: Sheets = {name: [] for name in PUBLIC}
    for audience in AUDIENCES[1:]:
        number = mark(audience, "号")
        made["来源表"].append({"来源编号": number, "名称": mark(audience, "名录"), "发布机构": mark(audience, "局"), "发布日期": "2023-06-01",
                            "权威级别": "9", "受众": audience, "链接": f"http://example.invalid/{mark(audience)}"})
        made["产业链重点企业表"].append({"企业名称": mark(audience, "源公司"), "环节": "框架", "产能": "77", "单位": "kt/a", "数据日期": "2023-06-02",
                                  "来源": number})
        made["地区产能表"].append({"地区": REGION, "环节": "框架", "数值": "55", "单位": "kt/a", "日期": "2023-06-02", "来源": number})
    return made


SOURCED = _sourced()


def cities(folder: Path) -> tuple[Path, Path]:
    """The city with everything, and the same one (of the same id) with only what is public."""
    (folder / "with").mkdir()
    with chdir(folder / "with"):
        run("init", "w", "--region", REGION)
    shutil.copytree(folder / "with", folder / "without")
    with chdir(folder / "with"):
        _load(_together(PUBLIC, SOURCED), "public", COLUMNS)
        _load(CONTACTS, "contacts")
        for audience, sheets in INNER.items():
            _load(sheets, f"{mark(audience)}-inner", audience=audience)
    with chdir(folder / "without"):
        _load(PUBLIC, "public")
    return folder / "with", folder / "without"


def _together(one: Sheets, other: Sheets) -> Sheets:
    return {name: [*rows, *other.get(name, [])] for name, rows in one.items()}


def _load(sheets: Sheets, name: str, more: dict[str, str] | None = None, audience: str = "公开") -> None:
    place = Path(name)
    place.mkdir()
    for sheet, rows in sheets.items():
        if not rows:
            continue
        if more and sheet == "产业链重点企业表":
            rows = [rows[0] | more, *rows[1:]]
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (place / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    run("load", name, "-w", "w", "--audience", audience, "--data-date", "2023-06-30")


def written(folder: Path, *arguments: str) -> dict[str, bytes]:
    """Run a command where the city lies; what it printed, and every file it wrote into ``out``."""
    with chdir(folder):
        shutil.rmtree("out", ignore_errors=True)
        Path("out").mkdir()
        result = run(*arguments, *(() if "-w" in arguments else ("-w", "w")))
        return {"": result.output.encode()} | {p.relative_to("out").as_posix(): p.read_bytes() for p in sorted(Path("out").rglob("*"))
                                               if p.is_file()}


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as it is, the parts of an archive, and the texts that a picture carries."""
    yield name, content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from unpacked(f"{name}/{part}", archive.read(part))
    if content.startswith(b"\x89PNG"):
        for packed in re.findall(rb"(?:zTXt|iTXt)[^\0]*\0+[^\x78]*(\x78.*?)(?=IDAT|IEND)", content, re.DOTALL):
            yield f"{name}/text", zlib.decompressobj().decompress(packed)


def marks_in(files: dict[str, bytes]) -> dict[str, str]:
    """Mark → the file it stands in; tags are taken out first, so that a word that is drawn in two pieces is whole."""
    found: dict[str, str] = {}
    for name, content in files.items():
        for part, text in unpacked(name, content):
            for words in (text, re.sub(rb"<[^<>]*>", b"", text)):
                found |= {each.decode().upper(): part for each in re.findall(rb"(?i)ZQ\d\dZQ", words)}
    return found
