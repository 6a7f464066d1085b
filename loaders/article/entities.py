"""Who and what a sentence names: projects, firms, the regions an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.article.figures import MONEY, NUMBER, QUANTITY
from loaders.article.lexicon import COUNTED, FIRM_END, FIRM_SHORT, GENERIC, NO_REGION, OUR, PRODUCT, REGION_END, TALK
from loaders.article.text import Sentence

_EDGE = ",;。:!?—、“”\"'‘’《》…"
_PHASE = r"[一二三四五六七]期"
_PROJECT = re.compile(rf"项目(?P<phase>\({_PHASE}(?:工程)?\)|{_PHASE}(?:工程)?)?(?:(?<=\))项目)?(?![部库])")
_PLANT = re.compile(rf"(?:年产)?(?:能)?(?P<size>{QUANTITY})的?[^,;。:!?、的将已正和与]{{2,20}}?(?:生产线|生产基地|基地|产业园|工厂)")
_DONE = r"(?:在[^,。;]{2,12}?)?(?:正式|成功|顺利|今日|同步)*(?:开工|投产|竣工|奠基|签约|落户|位于|投运|动工)"
_NAMED = re.compile(
    rf"(?<![^\W_])[^\W\d_][^,。;:、“”—的在]{{4,24}}?(?:基地|产业园|科技园|工厂)(?=(?:、[^,。;、]{{4,26}}(?:基地|产业园|科技园|工厂))*{_DONE})")
_SAID = re.compile(
    r"(?:引进|签约|签订|签署|实施|推进|推动|启动|盯紧|落户|布局|打造|投产|举行|包括|涉及|促成|谋划|储备|争取|对接|洽谈|承担|参观|考察|调研|加快|围绕|新增|建成|"
    r"(?:投资|开工|规划|合作|共同|联合|计划|拟|正在|重点)?(?:建设|投建|新建|兴建|开工)|投资)(?:了|的|着|好|过)*")
_LEAD = re.compile(
    rf"^(?:\d{{1,2}}(?:[-—至]\d{{1,2}})?月份?|\d{{1,2}}日|主要有|分别[为有是]|包括|涵盖|利用|(?:世界|中国|民营)?500强(?:企业)?|"
    rf"上市(?:公司|企业)|(?:全球|国内|行业|[^\W\d_]{{0,4}})?(?:龙头|知名|头部)企业|"
    rf"组建|成立|央企|国企|{MONEY}|{QUANTITY}的|其中|据悉|目前|同时|此外|日前|近日|现场|图为|今年|去年|今天|当天|随着|以及|由|与|对|将|已|在|把|为|是|以|和|及|让|使|从|该|这个|这一|这|此次|"
    rf"我们|首个|{COUNTED}|我[市县区省州旗]|全[市县区省州旗]|如|即|像|有|的|了|也|还|就|另|又|上午|下午|总|约|并)+")
_FIRM = re.compile(rf"[^\W_][^{_EDGE}\s]{{0,40}}?{FIRM_END}")
_CUT_FIRM = re.compile(
    r"^.*(?:引进了?|签约|投资方为|单位为|主体为|企业为|记者从|走进|位于|落户"
    r"|会见|拜访|对接|邀请|携手|提供|支持|的|由|与|同|和|及|对|向|在|为|是|让|其中)(?=[^\W\d_]{2})")
_NO_FIRM = re.compile(
    r"^(?:我|该|这家|本|全市|分|子|母|某|各|多家|上市|总|两家|一家|有限|股份)*(?:公司|集团|有限公司)$|[我该]公司|专班|政府|委员会|名录")
_ANAPHOR = re.compile(r"(?:该|这一|这个|此|本|上述|同一)项目|^项目")
_VERB = re.compile(
    r"仪式|大会|推介会|再签|新签|认真|盯办|衡量|坚持|围绕|招引|吸引|集中|攻坚|举办|"
    r"召开|通过|强化|提升|推进|对接|分析|携手|加快|聚焦|谋划|服务企业|全力|扎实|更多|一批|做好|涉及|占比")
_LISTED = re.compile(r"等(?:在谈|在建|[\d一二三四五六七八九十多]+[个家项]|一批|重大|重点|.{0,4}$)|\d+[个家项]")
_BUILT = re.compile(r"(?:园|港|城|中心|基地|工程|线|厂|站|场|馆|楼|区|院|店|铺|桥|路|库)$")
_STEP = (r"(?:开工|动工|奠基|投产|投运|竣工|建成|完工|达产|签约|落户|落地|获批|通过环评|完成备案|封顶|启动建设|试生产|在谈)"
         r"(?!率|数|额|会|转化|见效|大会|活动|项目)")
_ON = rf"(?:(?:、|和|及|以及|与)[^,。;、]{{2,30}}?项目(?:\(?{_PHASE}\)?)?)*"
_TOLD_AFTER = re.compile(rf"{_ON}(?:[^,。;、的]{{0,10}}?{_STEP}|[^,。;、]{{0,6}},?(?:计划|预计|拟)?总?投资额?(?:约|达|为|:)*{MONEY}"
                         rf"|[^,。;、]{{0,12}},?[^,。;、个家]{{0,10}}?{QUANTITY})")
_TOLD_BEFORE = re.compile(rf"(?:{MONEY}的|(?:^|[,。;])[^,。;]{{0,6}}(?:签约|开工|引进|投产|建设|新建|落户|实施)了?(?:的)?|^\d{{1,2}}[.、])$")
_REGION = re.compile(rf"(?:内蒙古自治区|[^\W\d_]{{1,4}}?{REGION_END})(?!域|块|外|内|级|场|长)")
_TOO_SHORT = re.compile(r"[^\W\d_][省市区盟旗]")
"""No city, district, league or banner has a name of one character; counties have (单县), and a 州 is (泉州)."""

_ZONE = re.compile(r"(?:国家)?(?:高新区|经开区|(?:经济(?:技术)?)?开发区|示范区|新区|矿区)")
"""A zone without its name is one of the region that the article is about."""

_AT = re.compile(r"[,;。:!?、“”\"'()《》\s]|在|为|对|从|与|赴|位于|落户|落地|是|和|及|了|的|由|到|向|使|给|据|—|\d日|\d月|\d年|季度|年底|上午|下午")


@dataclass(frozen=True, slots=True)
class Project:
    """A project that a sentence names, with its place: ``firm`` is the full name of a firm that stands before its own."""

    name: str
    start: int
    end: int
    firm: str = ""
    phase: str = ""
    plant: bool = False
    """Named only by what is built (…生产线): a part of another project where one is spoken of."""


@lru_cache(maxsize=64)  # a sentence is asked several times
def projects(words: str) -> tuple[Project, ...]:
    """Projects by name; kinds and numbers of projects (重点项目, 12个项目) are none."""
    found = list(_labelled(words)) or [p for match in _PROJECT.finditer(words) if (p := _project(words, match))]
    found = [p for p in found if p.name.count("项目") <= 1]
    found = found or [Project(m[0], m.start(), m.end()) for m in _NAMED.finditer(words) if _is_name(m[0])]
    if not found and re.search(r"建设|投建|新建|签|落户|合作|投资", words):
        found = [Project(m[0], m.start(), m.end(), plant=True) for m in _PLANT.finditer(words) if _builds(words, m)]
    return tuple(found)


def _labelled(words: str) -> Iterator[Project]:
    if match := re.match(r"(?:\d+[.、])?项目(?:名称)?:(?P<name>[^,;。]{3,60})", words):
        yield Project(match["name"].strip(), match.start("name"), match.end("name"))


def _builds(words: str, match: re.Match[str]) -> bool:
    """A plant is a project where somebody is said to build it: not where it stands."""
    clause = re.split(r"[,。;]", words[:match.start()])[-1]
    return bool(re.search(r"建设|投建|新建|围绕|打造|签", clause)) and not re.search(r"已?建成|形成|拥有|改造为", clause)


def _project(words: str, match: re.Match[str]) -> Project | None:
    quoted = re.search(r"[“\"'‘《]([^“”\"'《》]{3,40})[”\"'’》]$", words[:match.start()])
    start = match.start() - len(_before(words, match.start()))
    name = quoted[1] if quoted else words[start:match.start()]
    firm = ""
    if own := re.match(rf"(?P<firm>.{{2,30}}?{FIRM_END})(?P<rest>.{{3,}})", name):
        firm, name = own["firm"], own["rest"].lstrip("的")
    valued = re.search(rf"(?:{MONEY}|投资|建设)的$", words[:start]) and len(name) >= 4 and not GENERIC.fullmatch(name)
    told = _TOLD_AFTER.match(words, match.end()) or _TOLD_BEFORE.search(words[max(0, start - 40):start])
    named = quoted or valued or _is_name(name) or (told and _may_be_name(name))
    if not named or _described(words, match) or re.search(rf"{COUNTED}$", words[:start]) or _LISTED.search(name):
        return None
    phase = (match["phase"] or "").removesuffix("工程")
    bracketed = phase.startswith("(")
    whole = name + "项目" + (phase if bracketed else "")
    return Project(whole, start, match.end(), _clean(firm), "" if bracketed else phase)


def _is_name(name: str) -> bool:
    """Whether words before 项目 name one: a product or a place to build is among them, and no verb of a report."""
    name = re.sub(r"^[^\W\d_]{1,4}[市县区旗](?=\d)|(?:19|20)\d\d年", "", name)
    if name.endswith("产业") and len(name) <= 6:
        return False
    return (len(name) >= 2 and not GENERIC.fullmatch(name) and not _VERB.search(name) and not re.match(rf"{NUMBER}[个家项]", name)
            and bool(PRODUCT.search(name) or _BUILT.search(name)))


def _may_be_name(name: str) -> bool:
    """Whether words before 项目 may name one of which a step or an amount is told, whatever it makes."""
    return 2 <= len(name) <= 20 and not any(form.search(name) for form in (TALK, _VERB)) and not (
        GENERIC.fullmatch(name) or re.match(NUMBER, name) or name.endswith("产业") or _REGION.fullmatch(name))


def _described(words: str, match: re.Match[str]) -> bool:
    """项目n个, 项目建设, 项目数量: a kind or a count of projects; 项目清单: something else."""
    return bool(re.match(rf"{NUMBER}(?:余|多)?[个家项]|(?:数|占比|清单|库|资金|推进会|观摩|投资额|集中)", words[match.end():]))


def _before(words: str, end: int) -> str:
    """What of the words before 项目 belongs to its name."""
    start = max(*(words.rfind(edge, 0, end) + 1 for edge in _EDGE), words.rfind("项目", 0, end) + 2 if "项目" in words[:end] else 0)
    if listed := re.search(rf"{QUANTITY}[^,。;:、]{{2,10}}(?:、[^,。;:、\d]{{1,8}})+$", words[:end]):
        return listed[0]  # 5GW单晶拉棒、切片、电池片
    if end - start < 2 and words[end - 1] in "”\"’'》":
        return words[start:end]
    name = words[start:end]
    if cut := list(re.finditer(r"(?<!美)的", name[:-2])):
        name = name[cut[-1].end():]
    for match in reversed(list(_SAID.finditer(name))):
        if len(name) - match.end() >= (4 if match.start() else 2):
            name = name[match.end():]
            break
    name = re.sub(r"^(?!华)[^,]{1,7}(?<!华)[为是](?=.{4,})", "", re.sub(r"^\d{1,2}[.、)]", "", name))
    name = _LEAD.sub("", name)
    if "暨" not in name and not re.search(FIRM_END, name):  # 某某市某某开发区… before a name says where it stands
        name = re.sub(r"^.{2,16}?(?:高新区|开发区|工业园区|工业园|园区|[^\W\d_]{2}[市县])(?=[^\W_]{4,})(?!.{0,3}$)", "", name)
    # 石岭县… before a name says where it stands; 石岭 alone is part of it
    where = re.match(r"(?:[^\W\d_]{2,3}[市县区旗])+(?=[^\W_]{4})", name)
    return name if where is None or NO_REGION.fullmatch(where[0]) or re.search(FIRM_END, name) else name[where.end():]


def brand(name: str) -> tuple[str, ...]:
    """The firms whose short names a project's name begins with: before 年产, else before the first word of a product."""
    if seated := re.match(r"[^()]{2,6}\([^()]{2,4}\)", name):
        return (seated[0],)
    if made := re.search(r"年产|年处理|年加工|年综合", name):
        head, longest = name[:made.start()], 8
    else:
        longest = 4
        first = PRODUCT.search(name)
        if not first or first.start() == 0:
            return ()
        later = first if first.start() >= 2 else PRODUCT.search(name, 2)
        head = name[:later.start()] if later and not re.match(_PHASE, later[0]) else ""
    heads = re.split(r"[和与、及]", head)
    named = all(2 <= len(h) <= longest and not GENERIC.fullmatch(h) and not re.search(r"开发|利用|处理|建设$", h) for h in heads)
    return tuple(heads) if named else ()


def product(name: str) -> str:
    """What a project makes, by its name: without the firm, the size and the words that every plant bears."""
    name = re.sub(rf"\({_PHASE}\)|项目|生产线|{_PHASE}(?:工程)?", "", name)
    first = re.search(rf"(?:年产(?:能)?)?{QUANTITY}", name)
    rest = name[first.end():] if first and len(name) - first.end() >= 2 else name
    if rest == name and (firms := brand(name)):
        rest = name[len("和".join(firms)):]
    return re.sub(r"(?:扩建|技改|改造|制造|生产|加工|建设|一体化|产业化|产业园|产业|生产基地|基地|一体化|智能)+$", "", rest) or rest


@lru_cache(maxsize=64)
def firms(words: str) -> tuple[tuple[str, int, int], ...]:
    """Firms by their full names, with their places."""
    found: list[tuple[str, int, int]] = []
    for match in _FIRM.finditer(words) if re.search(r"公司|集团|厂", words) else ():
        if re.search(r"(?:组建|成立|设立)(?:了)?[^,。;]{0,2}$", words[:match.start()]) or re.match(r"[^,。;]{0,4}(?:组建|成立|设立)", match[0]):
            continue
        name = _clean(match[0])
        if len(name) >= 4 and not _NO_FIRM.search(name) and not words.startswith("注册", match.end()):
            found.append((name, match.end() - len(name), match.end()))
    return tuple(found)


def _clean(name: str) -> str:
    """A firm's name without the words before it."""
    name = _LEAD.sub("", _CUT_FIRM.sub("", name))
    name = re.sub(r"^[^()]*\)", "", name) if name.count(")") > name.count("(") else name
    return name.strip()


def short_firms(words: str) -> tuple[str, ...]:
    """The firms of a list before a verb: 岱岳集团和临溪资本, 煦垣智造、棠樾科技."""
    parts = re.split(r"[、和与及]|以及", re.sub(r"(?:等)?[两二三四五六七八九十\d]?家?(?:企业|公司)(?:组成的?联合体)?$", "", words))
    names = [_clean(part) for part in parts]
    return tuple(n for n in names if 2 <= len(n) <= 24 and not GENERIC.fullmatch(n) and not _NO_FIRM.search(n)
                 and not re.search(r"项目|投资|^总|^年|目前", n) and (re.search(rf"(?:{FIRM_END}|{FIRM_SHORT}|厂|院|局|大学)$", n) or len(n) <= 6))


def points_back(words: str) -> bool:
    """Whether a sentence speaks of the project before: 该项目, 这一项目, 项目 as its subject."""
    return bool(_ANAPHOR.search(words))


@lru_cache(maxsize=64)
def regions(words: str, known: tuple[str, ...] = ()) -> tuple[tuple[int, str], ...]:
    """Regions by place; only at the beginning of a phrase, where a name can begin."""
    found = {words.find(name): name for name in known if name in words}
    for match in _AT.finditer("," + words):
        at = match.end() - 1
        while (region := _REGION.match(words, at)) and not (NO_REGION.fullmatch(region[0]) or OUR.match(region[0])):
            if not _TOO_SHORT.fullmatch(region[0]):
                found.setdefault(region.start(), region[0])
            at = region.end()
    return tuple(sorted(found.items()))


def home(sentences: Sequence[Sentence], known: tuple[str, ...] = (), own: str = "") -> str:
    """The region an article is about: the one named most, the title's counted thrice.

    ``own``, the workspace's, counts as named once before a word is read, and stands before others named as often; so do the known.
    """
    counts = Counter[str]([own] if own else [])
    for sentence in sentences:
        if sentence.kind == "byline":
            continue
        named = regions(sentence.plain, known)
        named = tuple((at, name) for at, name in named if name in known or not _ZONE.fullmatch(name))
        starts = {at for at, _ in named}
        for at, name in named:
            if at + len(name) not in starts:  # of 甲省乙市 the nearer
                counts[name] += 3 if sentence.kind == "title" else 1
    return max(counts, key=lambda name: (counts[name], name == own, name in known, -len(name)), default="")
