"""Article numbers: 第一百三十四条之一 ↔ "134-1" ↔ `#art-134-1`."""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "零〇一二三四五六七八九十百千两"
_ARTICLE = re.compile(
    rf"(?:第\s*)?(?P<number>[{_CHINESE}]{{1,9}}|[0-9]{{1,4}})\s*条?"
    rf"(?:\s*(?:之|-)\s*(?P<sub>[{_CHINESE}]{{1,3}}|[0-9]{{1,2}}))?"
)


def chinese_to_int(text: str) -> int | None:
    """Read 一百三十四, 二〇二六 or 134 as a number; None when it is not one (below 10,000).

    What nobody would write, as 五十四十, or what can be read two ways, as 一百五, is no number.
    """
    if len(text) > 9:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    if not any(char in _UNITS for char in text):
        digits = [_DIGITS.get(char) for char in text]
        if not text or None in digits:
            return None
        return int("".join(map(str, digits)))
    total, current = 0, 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        elif char in _DIGITS:
            current = _DIGITS[char]
        else:
            return None
    number = total + current
    if not 0 < number < 10_000:
        return None
    spelled = int_to_chinese(number)
    return number if text == spelled or _full(text) == _full(spelled) else None


def _full(text: str) -> str:
    """One spelling of what is written two ways: 一百十四 → 一百一十四, 〇 → 零, 两千 → 二千."""
    text = text.replace("〇", "零").replace("两", "二")
    return re.sub(r"(?<![一二三四五六七八九])十", "一十", text)


def int_to_chinese(number: int) -> str:
    """Write 1…9999 the way statutes do: 134 → 一百三十四, 108 → 一百零八, 14 → 十四."""
    if not 0 < number < 10_000:
        raise ValueError(f"article number out of range: {number}")
    text, pending_zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if pending_zero else "") + "零一二三四五六七八九"[digit] + sign
            pending_zero = False
        elif text and number:
            pending_zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def parse_article(text: str) -> str | None:
    """Canonical number of 第五十四条, 第134条之一, "54" or "134-1"; None when it is none."""
    match = _ARTICLE.fullmatch(text.strip())
    if not match:
        return None
    number = chinese_to_int(match["number"])
    sub = chinese_to_int(match["sub"]) if match["sub"] else 0
    if not number or number > 9999 or sub is None or (match["sub"] and not 0 < sub < 100):
        return None
    return f"{number}-{sub}" if sub else str(number)


def article_name(article: str) -> str:
    """第五十四条 for "54", 第一百三十四条之一 for "134-1"."""
    number, _, sub = article.partition("-")
    name = f"第{int_to_chinese(int(number))}条"
    return f"{name}之{int_to_chinese(int(sub))}" if sub else name


def article_anchor(article: str) -> str:
    """The permanent anchor of an article on its regulation's page: `art-134-1`."""
    return f"art-{article}"


def article_order(article: str) -> tuple[int, int]:
    """Sort key: 134 before 134-1 before 135."""
    number, _, sub = article.partition("-")
    return int(number), int(sub or 0)
