"""Word's automatic numbers and letters, counted again from `numbering.xml` and the styles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.package import child, value

_CN = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
MAX_LEVELS = 9


@dataclass
class _Level:
    format: str
    text: str
    start: int
    # A deeper level counts anew below this one; None: below every higher level; 0: never.
    restart: int | None = None
    # All numbers in this label are Arabic, whatever their own levels say.
    legal: bool = False


class Numbers:
    """Labels of paragraphs in the order of the document."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        # List → levels that it has in its own way.
        self._changed: dict[str, dict[int, _Level]] = {}
        # Abstract list → style of paragraphs that has it; style → its level of the list.
        self._by_style: dict[str, str] = {}
        self._style_levels: dict[str, int] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._seen: set[str] = set()
        self._styles: dict[str, tuple[str, int, str]] = {}
        self._outlines: dict[str, str] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_numbering(self, root: Element) -> None:
        for item in root:
            if item.tag == "abstractNum":
                key = item.get("abstractNumId", "")
                self._abstract[key] = dict(_level(level) for level in item if level.tag == "lvl")
                self._by_style[key] = value(item, "numStyleLink")
                for level in item:
                    if style := value(level, "pStyle"):
                        self._style_levels[style] = _number(level.get("ilvl", "0"))
            elif item.tag == "num":
                name = item.get("numId", "")
                self._lists[name] = value(item, "abstractNumId")
                for override in item:
                    start = value(override, "startOverride")
                    own = child(override, "lvl")
                    if override.tag == "lvlOverride" and own is not None:
                        self._changed.setdefault(name, {}).update([_level(own)])
                    if override.tag == "lvlOverride" and start.isdigit():
                        self._overrides.setdefault(name, {})[_number(override.get("ilvl", "0"))] = (
                            int(start[:6])
                        )

    def _read_styles(self, root: Element) -> None:
        for style in root:
            if style.tag == "style":
                properties = child(style, "pPr", "numPr")
                self._styles[style.get("styleId", "")] = (
                    value(properties, "numId"),
                    _number(value(properties, "ilvl")),
                    value(style, "basedOn"),
                )
                self._outlines[style.get("styleId", "")] = value(child(style, "pPr"), "outlineLvl")

    def label(self, paragraph: Element) -> str:
        """The label that Word shows before a paragraph, with a blank; "" without one."""
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        name, level = value(own, "numId"), _number(value(own, "ilvl"))
        if own is None or not name:
            inherited, own_level = self._inherited(value(properties, "pStyle"))
            name = inherited
            level = level if own is not None and value(own, "ilvl") else own_level
            level = self._style_levels.get(value(properties, "pStyle"), level)
        if not name or name == "0" or name not in self._lists:
            return ""
        return self._next(name, min(max(level, 0), MAX_LEVELS - 1))

    def is_heading(self, paragraph: Element) -> bool:
        """Whether Word counts a paragraph among its headings, by itself or by its style."""
        properties = child(paragraph, "pPr")
        level, style = value(properties, "outlineLvl"), value(properties, "pStyle")
        for _ in range(12):
            if level or not style:
                break
            level, style = self._outlines.get(style, ""), self._styles.get(style, ("", 0, ""))[2]
        return level.isdigit() and int(level[:3]) < MAX_LEVELS

    def _levels(self, key: str) -> dict[int, _Level]:
        """The levels of an abstract list, or those of the list that its style stands for."""
        for _ in range(4):
            found = self._abstract.get(key, {})
            if found or not self._by_style.get(key):
                return found
            name = self._styles.get(self._by_style[key], ("", 0, ""))[0]
            key = self._lists.get(name, "")
        return {}

    def _inherited(self, style: str) -> tuple[str, int]:
        for _ in range(12):
            name, level, base = self._styles.get(style, ("", 0, ""))
            if name or not base:
                return name, level
            style = base
        return "", 0

    def _next(self, name: str, level: int) -> str:
        key = self._lists[name]
        levels = {**self._levels(key), **self._changed.get(name, {})}
        here = levels.get(level)
        if here is None or here.format == "none":
            return ""
        if here.format == "bullet":
            return "• "
        counters = self._counters.setdefault(key, [None] * MAX_LEVELS)
        if name not in self._seen:
            self._seen.add(name)
            for place, start in self._overrides.get(name, {}).items():
                if place < MAX_LEVELS:
                    counters[place] = start - 1
        current = counters[level]
        counters[level] = here.start if current is None else current + 1
        for deeper in range(level + 1, MAX_LEVELS):
            below = levels.get(deeper)
            if below is None or below.restart is None or level < below.restart:
                counters[deeper] = None

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            count = counters[place]
            other = levels.get(place, here)
            form = "decimal" if here.legal else other.format
            return _written(other.start if count is None else count, form)

        return re.sub(r"%([1-9])", shown, here.text)[:40] + " "


def _level(element: Element) -> tuple[int, _Level]:
    start, restart, legal = (
        value(element, "start"),
        value(element, "lvlRestart"),
        child(element, "isLgl"),
    )
    level = _Level(
        value(element, "numFmt") or "decimal",
        value(element, "lvlText"),
        int(start[:6]) if start.isdigit() else 1,
        int(restart[:3]) if restart.isdigit() else None,
        legal is not None and legal.get("val", "1") not in ("0", "false", "off"),
    )
    return _number(element.get("ilvl", "0")), level


def _number(text: str) -> int:
    return int(text[:3]) if text.isdigit() else 0


def _written(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = (
            chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            if 0 < number < 200
            else str(number)
        )
        return letter if form == "upperLetter" else letter.lower()
    if form.startswith(("chinese", "japanese", "ideographDigital", "taiwanese", "koreanDigital")):
        return _chinese(number)
    if form == "decimalEnclosedParen":
        return f"({number})"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form == "ideographTraditional" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if form.startswith("decimalEnclosedCircle") and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_CN[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else _CN[tens]) + "十"
    return text + (_CN[ones] if ones else "")


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for worth, sign in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= worth:
            text, number = text + sign, number - worth
    return text
