"""Claims in running text: a gap filled, a chain complete, a node missing or wanted. What is said, and never what is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from loaders.article.lexicon import GENERIC, HEDGE, SCOPES

_END = r"(?:的)?(?:产业|产业链|环节|产品|市场|技术|领域|生产|行业|企业|项目)*(?:的)?"
_FILLED = re.compile(rf"填补(?:了|上)?(?P<body>[^,。;!]{{0,40}}?){_END}空白")
_CUT = re.compile(r"填补(?:了)?(?P<body>)[”\"]?$")
_MENDED = re.compile(rf"补(?:齐|上)(?:了)(?P<body>[^,。;]{{1,20}}?){_END}短板")
_ENDED = re.compile(r"结束(?:了)?(?P<body>[^,。;]{2,30}?)的历史")
_WANTED = re.compile(
    r"(?:聚焦|围绕|补齐|瞄准|针对|紧盯|招引|补上|突破|引进)(?P<body>[^,。;]{2,40}?)(?:等)?(?:[两二三四五六\d]+个)?(?:关键|主要|重点|产业链|产业)?"
    r"(?:空白|缺失|薄弱|短板|断点|缺链|弱链)(?:环节|领域|产业)")
_NONE = re.compile(
    r"(?P<body>[^,。;:“”\"]{2,30}?)(?:[两二三四五六\d]+个)?(?:关键|主要|重点)?(?:环节|领域)?(?:至今|目前|几乎|仍然|仍|还|均|长期|尚|依然|基本|都)*"
    r"(?:(?:是|为|属于|处于|存在)?(?:一片)?(?:空白|缺失)(?:状态)?(?=$|[,。;])|(?:没有|尚无|无)(?:一家)?(?:规上)?(?:企业|厂家)(?:生产|布局)?(?=$|[,。;]))")
_COMPLETE = re.compile(r"(?:(?:构建|打造|建立)(?:了|起)|(?:形成|建成|拥有)(?:了)?)(?P<body>[^,。;]{0,60}?)"
                       r"(?:全产业链|完整(?:的)?产业链|全链条|完整链条)(?!的)")
_SUBJECT = re.compile(r"^(?:.*(?:标志着|意味着|使得?|让|令|为|实现了?))?(?P<body>.{2,30}?)(?:环节|领域)(?:成功|正式|将|已|率先)*$")
_FORMS = (("filled", _FILLED), ("filled", _CUT), ("filled", _MENDED), ("filled", _ENDED),
          ("wanted", _WANTED), ("none", _NONE), ("complete", _COMPLETE))
_SPOKEN = re.compile(r"空白|缺失|薄弱|短板|断点|缺链|弱链|没有|尚无|填补|产业链|链条")
_LEAD = re.compile(r"^(?:但也要看到|但|而|我们|应该说|在|的|了|是|主要|重点|大力|目前|由于|因为|因|仅|其中|同时|也|储运环节)+(?=[^\W\d_])")
_TAIL = re.compile(r"(?:的)?(?:环节|产业|产品|领域|生产|市场|行业|等)+$")


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a node ('' where the text is cut off or names a chain), how far it reaches, and a remark."""

    says: str
    node: str
    scope: str
    remark: str
    start: int


def claims(words: str, stems: Set[str] = frozenset()) -> tuple[Claim, ...]:
    """The claims of a sentence, one a node; ``stems``: the names of the article's regions, which no node begins with."""
    found: list[tuple[int, int, Claim]] = []
    if not _SPOKEN.search(words):
        return ()
    for says, form in _FORMS:
        for match in form.finditer(words):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found += [(match.start(), match.end(), claim) for claim in _claims(says, words, match, stems)]
    return tuple(claim for _, _, claim in sorted(found, key=lambda f: f[0]))


def _claims(says: str, words: str, match: re.Match[str], stems: Set[str]) -> Iterator[Claim]:
    body, before = match["body"], words[max(0, match.start() - 12):match.start()]
    ahead = bool(HEDGE.search(re.split(r"[,。;]", before)[-1])) or bool(re.search(r"(?:建成|投产|达产)后", before))
    if says == "complete" and (ahead or re.search(r"到20\d\d年|力争|将|努力|加快|推动", words[:match.start()])):
        return
    if match.re is _ENDED:
        if "没有" not in body and "无" not in body:
            return
        body = re.sub(r"没有|无", "", body)
    scope, body = _scope(body, stems)
    remark = "说的是将来 / said of what is to come" if says == "filled" and ahead else ""
    if match.re is _CUT:
        remark = "原句在此中断 / the sentence is cut off here"
    if says == "complete":
        yield Claim(says, "", scope, f"说的是整条链: {body} / said of a whole chain", match.start())
        return
    if says == "none" and "填补" in body:
        return
    found = list(_nodes(body))
    if says == "filled" and not found and match.re is _FILLED:
        found, far = _before(re.split(r"[,。;:、]", words[:match.start()])[-1], stems)
        scope = scope or far
    if says == "filled" and not found and match.re is _FILLED:
        yield Claim(says, "", scope, remark or "没有读出是什么环节, 见原句 / of what was not read: see the sentence", match.start())
    for node in found:
        yield Claim(says, node, scope, remark, match.start())
    if match.re is _CUT:
        yield Claim(says, "", "", remark, match.start())


def _before(words: str, stems: Set[str]) -> tuple[list[str], str]:
    """The node before the verb (全市光伏产业链电池片环节填补空白), and how far it reaches; none where no 环节 ends the words."""
    match = _SUBJECT.search(words)
    scope, rest = _scope(_LEAD.sub("", match["body"]) if match else "", stems)
    return list(_nodes(re.sub(r"^.*(?:产业链|链条)(?:的|上|中)?(?=..)", "", rest))), scope


def _scope(body: str, stems: Set[str]) -> tuple[str, str]:
    """How far it reaches (全国, 自治区, 全省, 全市 …), and the rest."""
    for scope, form in SCOPES:
        if match := re.match(rf"(?:在)?(?:{form})(?:范围)?(?:内)?(?:的|在)?", body):
            return scope, body[match.end():]
    if match := re.match(r"(?:[^\W\d_]{2,4})?自治区(?:的|在)?", body):
        return "自治区", body[match.end():]
    if end := next((end for end in range(len(body), 0, -1) if body[:end] in stems), 0):
        level = next((c for c in body[end:end + 1] if c in "市县区旗省州盟"), "")
        return f"全{level or '市'}", body[end + len(level):].lstrip("的在")
    return "", body


def _nodes(body: str) -> Iterator[str]:
    for part in re.split(r"[、和及与]|以及", body):
        name = _TAIL.sub("", _LEAD.sub("", part)).strip("的在上了“”\"")
        if len(name) >= 2 and not GENERIC.fullmatch(name) and len(name) <= 20:
            yield name
