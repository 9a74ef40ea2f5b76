"""People, money and grade of a report. A figure of a rule (3人以上死亡) is none of the accident."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Finding, Statement, finding, sentences, statement
from jingzhong.exchange.reports.moment import days_in
from jingzhong.model.articles import chinese_to_int
from jingzhong.model.cases import GRADES

# Not the end of 1,231 or 12.5, but 2 in 3人死亡,2人受伤.
_N = r"(?P<n>(?<![\d.])(?!(?<=\d[,，])\d{3}(?!\d))\d{1,5}|[一二三四五六七八九十百两]{1,5})"
_WHO = r"(?:\w{0,4}人员|员工|工人|群众|学生|乘客|村民|儿童|旅客)?"
_HOW = (
    r"(?:(?:不幸|当场|先后|不同程度|因|经?(?:送医|送往?医院|医院)?抢救无效后?|送医后|坠落|触电|溺水|淹溺"
    r"|中毒|窒息|缺氧|烧伤|被困|被埋)\s*){0,3}"
)


def _people(words: str) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{_N}\s*[人名]{_WHO}\s*{_HOW}(?:{words})"),
        re.compile(
            # Not 死亡6人 in 1人死亡6人受伤.
            rf"(?<![\d一二三四五六七八九十两][人名])(?:{words})(?:的?人数)?(?:共|为|达|共计|合计|分别为)?\s*[:：|]?\s*{_N}\s*[人名]"
        ),
        re.compile(rf"(?:{words})人数\s*[:：|]\s*{_N}\s*(?=$|[|，,、])"),
    )


_DEAD = "死亡|遇难|身亡|罹难|坠亡|溺亡|致死"
_GONE = "失踪|失联|下落不明"
_PATTERNS = {
    "deaths": (
        *_people(_DEAD),
        # 一名工人被土方压住，经120急救人员抢救无效死亡: no other people may be counted between.
        re.compile(
            rf"{_N}\s*[人名](?:(?!(?:\d|[一二三四五六七八九十两])+\s*(?:人(?!员)|名))[^。]){{1,30}}"
            r"(?:抢救无效|当场)(?:死亡|身亡)"
        ),
    ),
    "missing": _people(_GONE),
    "serious_injuries": _people("重伤"),
    "injuries": _people("受伤|(?<![重轻死杀])伤(?![者员势情亡害])"),
}
# 7名某公司员工在食堂受伤: somewhere a part is told. It counts where nothing is told of the whole.
_LOOSE = {
    name: re.compile(rf"{_N}\s*名[^，,。；;、\d人名]{{1,20}}(?:{words})")
    for name, words in (("deaths", _DEAD), ("missing", _GONE), ("injuries", "受伤"))
}
_LOSS = re.compile(
    r"直接(?:经济)?损失(?:[（(](?P<label>亿|万)元[）)])?"
    r"(?:大?约|共计|合计|总计|达到?|为|共|人民币|[:：|]|\s)*"
    r"(?P<n>\d[\d,，]*(?:\.\d+)?)\s*余?\s*(?:(?P<unit>亿|万)余?\s*元?|元|(?=$|[|，,。]))"
)
_GRADE = re.compile(
    rf"(?P<grade>{'|'.join(GRADES)})(?P<kind>[一-鿿、“”]{{0,14}}?)事故(?!隐患|等级|以上|以下|是指|应急)"
)
# A sentence of law or statistics, of several accidents or of a tip-off speaks of no figure of
# this accident.
_RULE = re.compile(
    r"[人元]以[上下]|是指|《[^》]*》第.{1,8}条(?:规定)?.{0,6}(?:造成|死亡)|同比|历年|近年来|以来|举报"
    r"|(?:[2-9]|\d{2,}|[两二三四五六七八九十])\s?起[^。]{0,12}事故"
)
# Words shortly before a count that say it outright of the whole accident.
_ALL = ("共造成", "总共", "共计", "合计", "累计")
_NEAR, _BEFORE = 60, 200
# 死亡5人，其中2人……死亡 tells of a part; 受伤9人，其中4人……身亡 of all that died.
_PARTS = {
    name: re.compile(rf"(?:{words})[^。]{{0,10}}其中[^。，,、]{{0,6}}$")
    for name, words in (("deaths", _DEAD), ("missing", _GONE), ("injuries", "伤"))
}
_JUDGED = re.compile(r"(?:是|为|属于?|构成)(?:一起|1起|一般|较大|重大|特别重大)|事故等级|报告$")


def figures(paragraphs: Sequence[Paragraph], day: str | None = None) -> dict[str, Finding]:
    """deaths, missing, serious_injuries, injuries, economic_loss_wan, grade.

    Where the `day` (ISO) of the accident is known, accidents of other days are passed over.
    """
    found: dict[str, list[Statement]] = {name: [] for name in _PATTERNS}
    loose: dict[str, list[Statement]] = {name: [] for name in _LOOSE}
    losses, grades = list[Statement](), list[Statement]()
    for paragraph, start, sentence in _own(paragraphs, day):
        for name, patterns in _PATTERNS.items():
            for pattern in patterns:
                found[name] += _counts(pattern, paragraph, start, sentence, name)
        for name, pattern in _LOOSE.items():
            loose[name] += _counts(pattern, paragraph, start, sentence, name)
        for match in _LOSS.finditer(sentence):
            unit = match["unit"] or match["label"] or ""
            wan = in_wan(match["n"], unit)
            if wan is not None and (unit or match[0].endswith("元")):
                span = (start + match.start(), start + match.end())
                whole = int("造成" in sentence or "死亡" in sentence)
                losses.append(statement(wan, paragraph, *span, whole=whole))
        named = list(_GRADE.finditer(sentence))
        if len({match["grade"] for match in named}) > 1:
            continue
        for match in named:
            span = (start + match.start(), start + match.end())
            whole = int(_JUDGED.search(sentence) is not None)
            grades.append(statement(match["grade"], paragraph, *span, whole=whole))
    for name, more in loose.items():
        if not any(one.whole for one in found[name]):
            found[name] += more
    result = {name: finding(one) for name, one in found.items()}
    result["economic_loss_wan"] = finding(losses)
    result["grade"] = finding(grades)
    return result


def _own(paragraphs: Sequence[Paragraph], day: str | None) -> Iterator[tuple[Paragraph, int, str]]:
    """Sentences that speak of this accident; after one of another day its paragraph is left."""
    line, other = -1, False
    for paragraph, start, sentence in sentences(paragraphs):
        if paragraph.line != line:
            line, other = paragraph.line, False
        days = days_in(sentence)
        if day and days and "发生" in sentence:
            other = day not in days
        elif day in days:
            other = False
        if not other and not _RULE.search(sentence):
            yield paragraph, start, sentence


def _counts(
    pattern: re.Pattern[str],
    paragraph: Paragraph,
    start: int,
    sentence: str,
    name: str,
) -> Iterator[Statement]:
    for match in pattern.finditer(sentence):
        count = chinese_to_int(unicodedata.normalize("NFKC", match["n"]))
        before = sentence[max(match.start() - _BEFORE, 0) : match.start()]
        if name in _PARTS and _PARTS[name].search(before):
            continue
        if count is not None:
            after = sentence[match.end() : match.end() + _NEAR]
            span = (start + match.start(), start + match.end())
            yield statement(str(count), paragraph, *span, whole=_whole(before, after))


def _whole(before: str, after: str) -> int:
    """How surely a count with these words before and after it is that of the whole accident."""
    near = before[-_NEAR:]
    if any(word in near for word in _ALL) or ("造成" in near and "损失" in after):
        return 2
    return int("造成" in near and ("发生" in before or "事故造成" in near))


def in_wan(number: str, unit: str) -> str | None:
    """A sum in 万元 without rounding: (6.87, 亿) → 68700, (38318200, "") → 3831.82."""
    try:
        value = Decimal(number.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    factor = {"亿": Decimal(10_000), "万": Decimal(1)}.get(unit, Decimal("0.0001"))
    return format((value * factor).normalize(), "f")
