"""How Word shows a run (colour, bold, underline, highlight, hidden), and what a paper says it means.

A run's own properties count before those of its character style, and these before the paragraph's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.package import child, value
from jingzhong.exchange.questions.tidy import SCAN

# Look → how it is called where an editor is told of it.
NAMES = {
    "red": "红字",
    "blue": "蓝字",
    "green": "绿字",
    "colour": "有颜色的字",
    "bold": "粗体",
    "underline": "下划线",
    "highlight": "底色",
    "italic": "斜体",
}
Rule = tuple[frozenset[str], ...]
# What is offered as a mark of right options without a word of the paper; it is asked.
USUAL: Rule = (frozenset({"red"}), frozenset({"highlight"}))
# Looks that are offered only where they mark an option of every question that lacks an answer.
OTHERS = ("bold", "underline", "blue", "green", "colour", "italic")

_OFF = ("0", "false", "off", "none")
_WORDS = (
    ("red", "红[色字]?|[标描飘]红"),
    ("blue", "蓝[色字]?"),
    ("green", "绿[色字]?"),
    ("highlight", "高亮|底色|底纹|突出显示|荧光笔?|[标涂][黄绿]|黄色"),
    ("bold", "加粗|粗体|黑体|[标描]黑"),
    ("underline", "(?:下[划画]|[划画]|下横)线"),
    ("italic", "斜体"),
    ("colour", "变色|彩色|标色|有颜色|带颜色"),
)
_LOOK = "(?:" + "|".join(words for _, words in _WORDS) + ")"
_LOOKS = rf"{_LOOK}(?:[的字体和与及并且、,/+或者并用加 ]{{0,4}}{_LOOK}){{0,3}}"
_KEY = "(?:正确|标准|参考)(?:答案|选项|项)|答案"
_RIGHT = f"{_KEY}|正确的?|对的"
# 红色加粗的为正确答案; 标红的选项是答案; 加粗选项为正确项.
_SAYS = re.compile(
    rf"(?P<looks>{_LOOKS})[^。;!?为是]{{0,8}}?(?:即?为|就?是|表示|代表|标[注明示出]的?是?)[^。;!?不错]{{0,3}}?(?:{_RIGHT})"
)
# 正确答案用红色标出; 答案已加粗; 正确选项以下划线标示.
_SAID = re.compile(
    rf"(?:{_KEY})[^。;!?不错]{{0,4}}?(?:用|以|为|是|已|均|都|标|{_LOOK})[^。;!?不错]{{0,4}}?(?P<looks>{_LOOKS})|(?:正确)?答案(?P<more>{_LOOKS})"
)
_NOT = re.compile(r"不是|不为|并非|错误|干扰|易错|重点|[?]|\(\s*\)|_{2,}")
_EITHER = re.compile("或者?")
_LONGEST = 80


def stated(text: str) -> tuple[str, Rule] | None:
    """(the words, the rule) where a line says which look is the answer's."""
    scan = text.translate(SCAN).strip()
    if not scan or len(scan) > _LONGEST or _NOT.search(scan):
        return None
    match = _SAYS.search(scan) or _SAID.search(scan)
    if match is None:
        return None
    words = match["looks"] or match["more"]
    looks = [look for look, pattern in _WORDS if re.search(pattern, words)]
    together = () if _EITHER.search(words) else (frozenset(looks),)
    singles = tuple(frozenset({look}) for look in looks)
    return match[0], together or singles


def singly(rule: Rule) -> Rule:
    """Each look of a rule by itself: what 红色加粗 says where nothing is both."""
    return tuple(frozenset({look}) for looks in rule for look in sorted(looks))


def named(rule: Rule) -> str:
    """红字、粗体: the looks of a rule."""
    return "、".join(word for look, word in NAMES.items() if any(look in looks for looks in rule))


@dataclass(frozen=True)
class Way:
    """How a document is read: with its hidden text or not, and which looks mark an option."""

    hidden: bool = False
    rule: Rule = USUAL


@dataclass(frozen=True)
class _Style:
    properties: Element | None
    based_on: str


class Looks:
    """What the runs of a document look like, by themselves and by their styles."""

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        for style in styles if styles is not None else ():
            if style.tag == "style":
                self._styles[style.get("styleId", "")] = _Style(
                    child(style, "rPr"), value(style, "basedOn")
                )

    def of(self, properties: Element | None, paragraph_style: str) -> frozenset[str]:
        """The looks of a run; `hidden` is text that neither screen nor paper shows."""
        own = value(properties, "rStyle")
        if properties is None and not paragraph_style:
            return frozenset()
        chain = [properties, *self._chain(own), *self._chain(paragraph_style)]
        return frozenset(_looks(part for part in chain if part is not None))

    def _chain(self, style: str) -> Iterator[Element]:
        for _ in range(12):
            found = self._styles.get(style)
            if found is None:
                return
            if found.properties is not None:
                yield found.properties
            style = found.based_on


def _looks(chain: Iterable[Element]) -> Iterator[str]:
    told: set[str] = set()
    for properties in chain:
        for item in properties:
            if item.tag in told:
                continue
            told.add(item.tag)
            given = item.get("val", "")
            if item.tag == "color":
                yield from _colours(given.upper())
            elif _is_lit(item, given):
                yield "highlight"
            elif item.tag == "u" and given and given != "none":
                yield "underline"
            elif item.tag in _TOGGLES and given not in _OFF:
                yield _TOGGLES[item.tag]
            elif item.tag == "em" and given not in ("", "none"):
                yield "dotted"


_TOGGLES = {"b": "bold", "i": "italic", "vanish": "hidden"}


def _is_lit(item: Element, given: str) -> bool:
    """Highlighted or shaded; grey comes from web pages."""
    if item.tag == "highlight":
        return given not in ("", "none", "white")
    return item.tag == "shd" and any(_colours(item.get("fill", "").upper(), 0x20))


def _colours(value: str, least: int = 0x40) -> Iterator[str]:
    if not re.fullmatch("[0-9A-F]{6}", value):
        return
    red, green, blue = (int(value[at : at + 2], 16) for at in (0, 2, 4))
    if max(red, green, blue) - min(red, green, blue) < least:
        return
    yield "colour"
    if red >= 0xB0 and green <= 0x60 and blue <= 0x60:
        yield "red"
    elif blue >= 0x80 and red <= 0x60 and blue - green >= 0x20:
        yield "blue"
    elif green >= 0x60 and red <= 0x90 and blue <= 0x80:
        yield "green"
