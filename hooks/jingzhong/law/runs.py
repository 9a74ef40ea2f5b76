"""Patterns for runs of numbered places (第十四、十五条, 第（一）至（三）项) and what looks like them.

All patterns read uniform text (see `reading.py`) and are possessive or bounded, so that a list is
read in time linear in its length.
"""

from __future__ import annotations

import re

from jingzhong.law.reading import NUMERALS
from jingzhong.model.articles import chinese_to_int

_ENCLOSED = {
    chr(first + offset): offset + 1
    for first, count in ((0x3220, 10), (0x2474, 20), (0x2460, 20))
    for offset in range(count)
}
_N = rf"(?:\d{{1,4}}|[{NUMERALS}]{{1,9}}|[{''.join(_ENCLOSED)}])"
_JOIN = r"(?:、|,|/|以及|或者|和|及|与|或|至|到|~|-)"
RANGE_SIGNS = frozenset("至到~-")
_ITEM = rf"(?:第?\({_N}\)|第?{_N})"
# 七项职责 counts duties; only 第七项 and （七）项 name one.
RUNS = {
    "条": re.compile(rf"第?{_N}(?:{_JOIN}第?{_N}){{0,80}}+条"),
    "款": re.compile(rf"(?:第{_N}|\d{{1,2}})(?:{_JOIN}第?{_N}){{0,30}}+款"),
    "项": re.compile(rf"(?:第?\({_N}\)|第{_N})(?:{_JOIN}{_ITEM}|第?\({_N}\)){{0,60}}+项"),
    # 1款3项: short for 第一款第三项.
    "数项": re.compile(r"\d{1,2}项"),
    # 第二十一条一款: short for 第一款, where no noun follows.
    "数款": re.compile(
        rf"[{NUMERALS}]{{1,2}}款(?=(?:的|之)?规定|第|\(|[{NUMERALS}]{{1,2}}项|[,.。;、:)]|$)"
    ),
    "几项": re.compile(rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,2}})项"),
    # (一) without 项 counts only in brackets.
    "括号": re.compile(rf"第?\([{NUMERALS}]{{1,3}}\)(?:{_JOIN}\([{NUMERALS}]{{1,3}}\)){{0,30}}+"),
    "目": re.compile(rf"{_ITEM}(?:{_JOIN}{_ITEM}){{0,30}}+目"),
}
TOKEN = re.compile(rf"(?P<join>{_JOIN})?(?P<whole>第?\(?(?P<number>{_N})\)?)")
SUB = re.compile(rf"之(?P<number>{_N})(?![分{NUMERALS}\d])")
SEPARATOR = re.compile(
    r"(?=[、,;/和及与或以并暨至到~-])[、,;/]?(?:以及|或者|和|及|与|或|并|暨|至|到|~|-)?"
)
# Some write 之一 as -1: 第134-1条.
DASHED = re.compile(r"第?(?P<number>\d{2,4})-(?P<sub>\d{1,2})条")
LONE = re.compile(rf"(?P<number>{_N})条")
CLAUSE = re.compile(r"第?(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})条?")
# 第二十八条（教育培训）、第四十一条: what stands between is passed over.
REMARK = re.compile(r"\([^()\s]{1,60}\)|“[^“”\s]{1,60}”|\[\d{1,3}\]")
# 第三条船: what is counted here is no article.
COUNTED = re.compile(
    r"船|街|河|沟|鱼|狗|蛇|腿|裤|新闻|消息|微博|热搜|短信|罚单|生产线|流水线|战线|道路|铁路|公路"
)
# …第十六条，第三条通道堵塞: behind a comma more things may be counted.
COUNTED_NEXT = re.compile(
    r"(?:疏散|消防|安全)?(?:通道|走道|走廊|楼梯|路线|红线|线索|意见|建议|经验|教训|措施|理由|原因|标语|横幅)"
)

# …第一百三十四条及一百三十五条: without 第, only where nothing is counted.
CITED = re.compile(r"(?:的|之)?规定|第|[,.。;、:)(]|$")


def value(number: str) -> int:
    """The number a numeral stands for."""
    return _ENCLOSED.get(number) or chinese_to_int(number) or 0
