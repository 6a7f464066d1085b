"""Figures that speak for a region: what was signed, built and paid in, and what it aims at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.article.figures import NUMBER, QUANTITY
from loaders.article.when import Moment

_MONEY = rf"{NUMBER}(?:万亿|千亿|百万|亿|万)?(?:元|美元|欧元)"
_COUNT = rf"{NUMBER}万?(?:[个家项次户座辆]|余[个家项])"
_FIGURE = re.compile(rf"(?P<figure>{_MONEY}|{NUMBER}%|{_COUNT}|{QUANTITY})")
_BEFORE = re.compile(
    r"(?P<name>[^,。;:、!?“”\"()]{0,28}?)(?:累计|共计|合计|总数|总量|已|将|力争|要|分别)*"
    r"(?:达到了?|高达|达|为|突破|超过|超|实现|完成|增至|提高到|增加到|扩大到|保持在|控制在|有)?(?:约|近|到|至|了)*$")
_AFTER = re.compile(
    r"(?P<what>(?:[^,。;:、!?“”\"()]{0,12}?)(?:项目|企业))"
    r"(?P<verb>(?:同步|集中|正式|成功|先后|全部|已|顺利)*(?:签约|开工|投产|竣工|落地|注册|入库|动工))?")
_VERBS = ("签约", "注册落地", "落地", "开工", "动工", "投产", "竣工", "在建", "在谈", "入库", "入统", "注册")
_LEADING = re.compile(
    r"^(?:其中|据悉|据统计|据了解|目前|截至|截止|累计|仅|共|已经|已|新增|全[市县区省旗州]|我[市县区省旗州]|以来|此次|本次|会上|现场|集中|实现|完成(?!投资)|实施|达成|推介会|"
    r"同时|并|和|及|与|以及|还|也|又|则|有|总共|引进了|引进|招引|推进|党政主要领导带队|的|在(?!谈|建)|将|力争|确保|建成|推广|形成|使|要|可|能|预计|计划(?!投资)|拟|上半年|"
    r"总?投资\d+[^,。]{1,3}元?以上|以上(?=招商|重|项)|招商引资(?=累计|共|新|已)|\d)+")
_TAIL = re.compile(r"(?:总数|总量|数量|数|共|累计|已|增至|项目共|达成)$")
_GROWTH = re.compile(r"(?:同比|环比|较?上年|同期|增长|增幅|增速|上升|提高|下降)+")
_PLANT = re.compile(r"占地|用地|税收|销售收入|就业|面积|电价|亩|利润|地块|厂房|时间|天数|工期")
_AIM = re.compile(r"力争|确保|到20\d\d年|到[“\"]?十[四五六]五|[“\"]?十[四五六]五[”\"]?期?末")
_THINGS = re.compile(r"项目|企业|协议|合同|工厂|基地|中心|平台|园区|车间|站|专利")


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure with its name; ``goal`` where it is one to be reached; ``scope`` what narrows it (亿元以上, 500强企业)."""

    name: str
    scope: str
    figure: str
    goal: bool
    moment: Moment | None
    start: int
    end: int


def sums(words: str, moments: Sequence[Moment], taken: Sequence[tuple[int, int]] = (),
         regions: Sequence[tuple[int, int]] = ()) -> tuple[Sum, ...]:
    """The figures of a sentence that are a region's, but for those of ``taken`` places; ``regions``: where it names some."""
    return tuple(_sums(words, moments, taken, regions))


def _sums(words: str, moments: Sequence[Moment], taken: Sequence[tuple[int, int]],
          regions: Sequence[tuple[int, int]]) -> Iterator[Sum]:
    ends = [*(m.end for m in moments), *(end for _, end in regions)]
    before, name_before = 0, ""
    for match in _FIGURE.finditer(words):
        start, end = match.start("figure"), match.end("figure")
        if any(a < end and start < b for a, b in (*taken, *((m.start, m.end) for m in moments))):
            continue
        if re.match(r"(?:以上|以下)?的?(?:项目|企业)", words[end:]) and match["figure"].endswith("元"):
            continue  # 过10亿元项目3个: it narrows the next figure
        name, scope = _named(words, match, max([before, *(e for e in ends if e <= start)]), name_before)
        before = end
        if not name or _PLANT.search(name) or re.search(r"均$|^每|任务|目标|(?<!产业)年产值$", name):
            continue
        name_before = name
        said = words[max(words.rfind(edge, 0, start) for edge in "。;!") + 1:start]
        own = [m for m in moments if m.end <= start]
        own = [m for m in own if not re.match(r"第|全省|全市|重点|重大|招商|项目|集中", words[m.end:])] or own
        if words.startswith("的", end) and match["figure"].endswith("元") and not re.match(r"的\d+(?:余|多)?[个项]", words[end:]):
            continue  # 总投资10亿元的…: of a project
        if re.search(r"\d[个家项][^,。;]*(?:均|都)?(?:超过|超|过)$", words[:start]):
            continue  # 8个项目超过10亿元: a bound
        if re.search(r"(?:达产|投产|建成|完工|投运)后", said):
            continue
        aim = bool(_AIM.search(said) or re.search(r"预计|将|拟|有望", re.split(r"[,、]", said)[-1]))
        yield Sum(name, scope, match["figure"], aim, own[-1] if own else None, start, end)


def _named(words: str, match: re.Match[str], before: int, last: str) -> tuple[str, str]:
    """(name of the figure, what narrows it); ('', '') where it is none of a region's."""
    start, end, figure = match.start("figure"), match.end("figure"), match["figure"]
    first = max([before, *(words.rfind(edge, 0, start) + 1 for edge in ",。;:、!?“”\"()")])
    said = words[first:start]
    unit = re.sub(rf"^{NUMBER}万?(?=[^元亿])", "", figure)
    if words.startswith(("以上", "以下"), end) and not re.search(r"项目|企业|力争|达|突破", said):
        return "", ""
    if re.fullmatch(r"[个家户项余]+", unit) and (after := _AFTER.match(words, end)) and not re.search(r"项目$|企业$|企业增至$|项目(?:共|达)$", said):
        return _counted(said, after["what"], after["verb"] or "", re.split(r"[,。;、]", words[after.end():])[0])
    found = _BEFORE.match(said)
    name = _tidy(found["name"]) if found else ""
    if _GROWTH.fullmatch(name or said):
        return "", ""  # 同比增长23%: of the figure before it, and no indicator by itself
    return _canonical(name, unit, last, words[:start])


def _counted(said: str, what: str, verb: str, rest: str) -> tuple[str, str]:
    """签约1166个项目, 12个项目同步开工: the verb names the figure, what stands between narrows it."""
    done = next((v for v in _VERBS if v in said or v in verb), "")
    done = done or next((v for v in _VERBS if what.startswith(v)), "")
    what = re.sub(rf"^(?:{'|'.join(_VERBS)})|^(?:亿元以上)?(?:重大|重点|优质|大|招商引资|招商)*", "", what)
    done = done or next((v for v in _VERBS if v in rest), "")
    if done:
        return _verb(done) + ("企业数" if what.endswith("企业") else "项目数"), re.sub(r"项目$", "", what)
    return (what, "") if len(what) > 2 else ("", "")


def _verb(done: str) -> str:
    return {"动工": "开工", "注册落地": "落地"}.get(done, done)


def _tidy(name: str) -> str:
    name = name if re.search(r"以上项目|以上企业", name) else re.sub(r".*(?:[上下]午|其中|以来|推介会|领导带队|以上的)", "", name)
    name = re.sub(r"^.*的(?=.{2,})", "", re.sub(r"实现|有望", "", name))
    return _TAIL.sub("", re.sub(r"^.*等(?=.{2,})", "", _LEADING.sub("", name))).strip("了的")


def _canonical(name: str, unit: str, last: str, before: str) -> tuple[str, str]:
    money = unit.endswith("元")
    if unit.endswith("%"):
        return (name, "") if name else ("", "")
    if money:
        return _money_name(name) if name or not re.search(r"年(?:完成|达|预计|有望|突破)*(?:达|到)?$", before) else (last, "")
    if re.fullmatch(r"[个项余]+", unit) and not name.endswith("企业"):
        done = next((v for v in _VERBS if v in name or (not name and v in before[-6:])), "")
        if name in ("等项目", "项目"):  # 签约甲、乙等项目29个
            name, done = "项目", next((v for v in _VERBS if v in before), "")
        if not name and not done:
            return "", ""
        if done and ("项目" in name or name in ("", done, "新" + done)):
            scope = re.sub(rf"项目|新?{done}|以上$", "", name) if "项目" in name else ""
            return f"{_verb(done)}项目数", re.sub(r"^注册", "", scope)
        if not _THINGS.search(name):
            return "", ""
    return (name, "") if len(name) >= 2 else ("", "")


def _money_name(name: str) -> tuple[str, str]:
    if match := re.search(r"到位(?P<scope>.{0,4}?)(?:资金|内资|外资|资)?(?:额)?$", name):
        scope = re.sub(r"资金$", "", match["scope"])
        return "到位资金", scope or ("区外" if "区外" in name else "")
    if re.search(r"(?:区外|市外|省外|国内)到位资金", name):
        return "到位资金", re.sub(r"引进|到位资金.*", "", name)[-2:]
    name = re.sub(r"^签约(?=协议)|(?<=投资)额$", "", name)
    return (name, "") if len(name) >= 2 and not re.fullmatch(r"投资|总额|其中", name) else ("", "")
