"""What a title sounds like: a law, an act that changes one, a house rule, a bare 《条例》."""

from __future__ import annotations

import re

KINDS = "法|条例|规定|办法|规则|细则|规程|标准|准则|解释|规范"
# 关于修改〈安全生产法〉的决定 names an act that changes or spreads a law, not the law.
_ACT = re.compile(
    r"关于(?:修改|修正|修订|废止|公布|发布|印发|宣布|施行|实施|贯彻|学习|宣传|清理|开展)"
    r".*(?:决定|命令|通知|公告|意见|方案|修正案)(?:\([^()]*\))?$"
)
# Such a title, torn by a paragraph break.
_BROKEN_ACT = re.compile(r"[^《》\s]{0,30}?关于(?:修改|修正|修订|废止)[^《》\s]{0,80}")
_LEGAL_END = re.compile(
    r"(?:法|法典|条例|规定|规则|细则|办法|规程|准则|标准|规范|解释|通则|导则|决定|决议|宪法|.{6}公约"
    r"|意见|通知|批复|条约|协定|修正案)(?:\([^()]*\))*$"
)
# House rules are no law, whatever they are called.
_HOUSE = re.compile(r"有限公司|集团公司|[某本我X]+公司|小区|车间|班组|项目部|宿舍|操作规程$")
_CLAUSED_END = re.compile(r"(?:规范|标准|规程|导则|通则|准则)$")
_GENERIC = re.compile(
    r"(?:实施|暂行|管理|安全|安全管理|安全生产|判定|特别|试行)?"
    r"(?:法|条例|规定|办法|规则|细则|规程|标准|准则|解释)(?:\([一二三四五]\))?"
)
# 《决定》 alone: the act that changed a law, or any other paper.
_PAPERS = frozenset(("决定", "决议", "意见", "通知", "批复", "协定"))
_GENERIC_END = re.compile(_GENERIC.pattern + "$")
_ENDING = re.compile(r"(?:条例|规定|规则|细则|办法|规程|标准|准则|解释|规范|决定|法典?)$")
_LAST_BRACKET = re.compile(r"\([^()]*\)$")

# A law nobody told us of, known by the words before it.
_NATIONAL = re.compile(
    r".*(?:依照|根据|按照|依据|违反|适用|触犯|参照|遵守|符合|\n第[一二三四五六七八九十百]{1,7}条)"
    r"(?P<name>[一-鿿]{2,18}法)$",
    re.DOTALL,
)
_NO_LAW = re.compile(
    r"(?:方|办|做|说|想|手|算|用|技|看|语|疗|本|该|此|其|国|律|非|合|违|执|司|立)法$"
)
_LOCAL = re.compile(
    r"(?:.*(?:依照|根据|按照|依据|违反|适用|参照|遵守|符合|执行|[和及与或按依]))?"
    r"(?P<name>(?![全本我各该外])[一-鿿]{2,6}?(?:省|市|自治区|自治州|经济特区)[一-鿿]{2,24})$"
)


def names_act(title: str) -> bool:
    """True for a decision that amends laws or a notice that spreads them."""
    return _ACT.search(title) is not None


def broken_act_end(text: str, start: int) -> int | None:
    """Where an unclosed title that begins at `start` and names such a decision breaks off."""
    match = _BROKEN_ACT.match(text, start)
    return match.end() if match else None


def sounds_legal(title: str) -> bool:
    """True for a title that a law, rule or standard may have."""
    if title in _PAPERS or _HOUSE.search(title):
        return False
    return _LEGAL_END.search(title) is not None


def has_clauses(title: str) -> bool:
    """True for the title of a standard, whose clauses are numbered 5.2.1."""
    return _CLAUSED_END.search(title) is not None


def is_generic(title: str) -> bool:
    """True for 条例, 管理办法, 解释(二): a kind of law rather than one law."""
    return _GENERIC.fullmatch(title) is not None


def generic_words(title: str) -> set[str]:
    """The kinds a title may be called by later on: 管理办法 and 办法."""
    match = _GENERIC_END.search(title)
    return {ending(title), match[0] if match else ""} - {""}


def ending(title: str) -> str:
    """The kind a title ends with (法, 条例, 规定 …), or an empty string."""
    match = _ENDING.search(_LAST_BRACKET.sub("", title))
    return (match[0][:1] if match[0] == "法典" else match[0]) if match else ""


def unlisted_name(head: str, *, national: bool) -> str | None:
    """The law a text (ending with the name) cites by a name that no list holds.

    A national law must follow a verb (依照某某法), a local one begins with its place.
    """
    match = (_NATIONAL if national else _LOCAL).match(head)
    return match["name"] if match and not _NO_LAW.search(match["name"]) else None
