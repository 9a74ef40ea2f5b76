"""People, money and grade of a report. A figure of a rule (3人以上死亡) is none of the accident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Finding, Statement, finding, sentences, statement
from jingzhong.model.articles import chinese_to_int
from jingzhong.model.cases import GRADES

_N = r"(?P<n>\d{1,5}|[一二三四五六七八九十百两]{1,5})"
_MAYBE = r"(?:不幸|当场|先后|不同程度|经抢救无效|送医后)?"


def _people(words: str) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{_N}\s?[人名](?:\w{{0,4}}人员|员工|工人|群众|作业人员)?{_MAYBE}(?:{words})"),
        re.compile(rf"(?:{words})(?:的?人数)?(?:共|为|达|共计|合计|分别为)?[:：]?\s?{_N}\s?[人名]"),
    )


_PATTERNS = {
    "deaths": _people("死亡|遇难|身亡|罹难"),
    "missing": _people("失踪|失联|下落不明"),
    "serious_injuries": _people("重伤"),
    "injuries": _people("受伤|(?<![重轻死杀])伤"),
}
_LOSS = re.compile(
    r"直接经济损失(?:约|共计|合计|总计|达到?|为|共|人民币|[:：]|\s)*(?P<n>\d[\d,，]*(?:\.\d+)?)\s?(?P<unit>亿|万)?元"
)
_GRADE = re.compile(
    rf"(?P<grade>{'|'.join(GRADES)})(?P<kind>[一-鿿、“”]{{0,14}}?)事故(?!隐患|等级|以上|以下|是指|应急)"
)
# A sentence of law or statistics speaks of no figure of this accident.
_RULE = re.compile(
    r"[人元]以[上下]|是指|《[^》]*》第.{1,8}条(?:规定)?.{0,6}(?:造成|死亡)|同比|历年|近年来|以来"
)


def figures(paragraphs: Sequence[Paragraph]) -> dict[str, Finding]:
    """deaths, missing, serious_injuries, injuries, economic_loss_wan, grade."""
    found: dict[str, list[Statement]] = {name: [] for name in _PATTERNS}
    losses, grades = list[Statement](), list[Statement]()
    for paragraph, start, sentence in sentences(paragraphs):
        if _RULE.search(sentence):
            continue
        for name, patterns in _PATTERNS.items():
            for pattern in patterns:
                found[name] += _counts(pattern, paragraph, start, sentence)
        for match in _LOSS.finditer(sentence):
            wan = in_wan(match["n"], match["unit"] or "")
            if wan is not None:
                losses.append(statement(wan, paragraph, start + match.start(), start + match.end()))
        for match in _GRADE.finditer(sentence):
            grades.append(
                statement(match["grade"], paragraph, start + match.start(), start + match.end())
            )
    result = {name: finding(one) for name, one in found.items()}
    result["economic_loss_wan"] = finding(losses)
    result["grade"] = finding(grades)
    return result


def _counts(
    pattern: re.Pattern[str], paragraph: Paragraph, start: int, sentence: str
) -> Iterator[Statement]:
    for match in pattern.finditer(sentence):
        count = chinese_to_int(match["n"])
        if count is not None:
            yield statement(str(count), paragraph, start + match.start(), start + match.end())


def in_wan(number: str, unit: str) -> str | None:
    """A sum in 万元 without rounding: (6.87, 亿) → 68700, (38318200, "") → 3831.82."""
    try:
        value = Decimal(number.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    factor = {"亿": Decimal(10_000), "万": Decimal(1)}.get(unit, Decimal("0.0001"))
    return format((value * factor).normalize(), "f")
