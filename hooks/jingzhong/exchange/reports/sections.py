"""The paragraphs of a report by what they tell: course, causes, lessons; and the law it cites."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.law.citations import Context, find_citations
from jingzhong.law.lexicon import Lexicon

# Heading of the case → words of a report's headings.
_HEADINGS = {
    "事故经过": r"(?:事故|事发|起火|火灾|发生)(?:发生)?的?(?:简要|详细)?经过|应急(?:处置|救援)(?:情况|经过)?|救援(?:经过|情况)|处置情况",
    "直接原因": r"直接原因",
    "间接原因": r"间接原因|管理(?:方面的?)?原因|主要问题|存在的?(?:主要)?问题"
    r"|暴露[^。]{0,6}问题(?!.*教训)",
    "事故教训": r"教训",
    "防范措施": r"(?:防范|整改|改进)[^。]{0,8}(?:措施|建议)",
    "责任追究": r"责任[^。]{0,14}(?:建议|认定|意见|追究|处理)|(?<![水气物料])处理[^。]{0,8}(?:建议|意见)|处理情况|追责",
}
_KNOWN = re.compile(
    r"(?:造成|导致)?(?:本次|这起|该起|此次|本起)?(?:事故|火灾)?(?:发生)?的?"
    rf"(?:{'|'.join(_HEADINGS.values())})(?:及?分析|认定)?"
)
# A heading without a number that no section of a case takes up.
_OTHER = re.compile(r"(?:事故|涉事|火灾)[一-鿿]{0,10}(?:情况|概况|原因分析|原因|性质)")
# 根据报告，事故直接原因为： with the cause on the next lines.
_LEADING = re.compile(r"[^。]{0,24}(?P<kind>(?:直接|间接)原因)(?:为|是|如下|有)?[:：]")
_HAN = "[一二三四五六七八九十]"
# Numbers by their depth: 一、 over （一） over 1. over （1）.
_NUMBERS = (
    (1, re.compile(rf"(?:第{_HAN}+[章节部分]{{1,2}}|{_HAN}{{1,3}}[、.．])\s*")),
    (2, re.compile(rf"[（(]{_HAN}{{1,3}}[)）]\s*[、.．]?\s*")),
    (3, re.compile(r"\d{1,2}[、.．)）](?!\d)\s*")),
    (4, re.compile(r"[（(]\d{1,2}[)）]\s*[、.．]?\s*")),
)
_DECIMAL = re.compile(r"(?P<steps>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+")
_CONTENTS = re.compile(r"(?:[.．…·]\s*){3,}\d{0,3}$")
_CAUSE_TOLD = {
    kind: re.compile(
        rf"(?:^|[，,。；;])[^，,。；;]{{0,12}}{kind}原因(?:是|为|系|包括|有|主要|[:：])"
        rf"|(?:是|系)[^，,。]{{0,16}}{kind}原因(?:[。；;，,]|$)"
    )
    for kind in ("直接", "间接")
}
_TIME = re.compile(
    r"(?P<time>(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日)?\s?(?:凌晨|上午|中午|下午|晚上?|当日)?\s?"
    r"\d{1,2}\s?(?:时\s?\d{0,2}\s?分?(?:\d{1,2}秒)?|[:：]\d\d(?:[:：]\d\d)?)(?:许|左右|前后)?)[，,]"
)
# What a clause says of the article that it goes on to name.
_BROKEN = re.compile(r"违反|不符合|未按|未依|未执行|未遵守|未落实|不满足")
_GROUND = re.compile(r"依据|根据|(?<!未)按照|(?<!未)依照|参照|适用")
_LISTED = re.compile(r"[\s、，,和及与或以]*(?:[（(][^（）()]*[）)])?[\s、，,和及与或以]*")
_WHOLE_LAW = re.compile(
    r"违反了?(?:[^《》，,。；;]{0,8})《(?P<title>[^《》]{4,60})》(?![^，,。；;]{0,30}第)"
)
_SIGNATURE = re.compile(
    r"[^。，]{0,60}事故调查组|[\d〇零○一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?"
)
LONGEST_HEADING = 40
MOST_MOMENTS = 20
_OK = ("ok", "renumbered", "version_not_carried")


@dataclass(frozen=True)
class Moment:
    """A time and the sentence that begins with it."""

    time: str
    line: int
    words: str


@dataclass(frozen=True)
class Cited:
    """An article that a report cites; `law` is an id of the site, else `title` is the name.

    `doubt` says why an article of a known law cannot be taken as it stands.
    """

    law: str | None
    title: str
    article: str | None
    line: int
    words: str
    broken: bool
    doubt: str = ""


def split_sections(paragraphs: Sequence[Paragraph]) -> dict[str, list[Paragraph]]:
    """Case heading → the report's paragraphs under a heading of that kind.

    Causes told outside such headings (事故的直接原因是……) count where there is no such heading.
    """
    found: dict[str, list[Paragraph]] = {}
    current, depth = "", 0
    for one in _without_contents(paragraphs):
        if _SIGNATURE.fullmatch(one.text):
            current = ""
            continue
        heading = _heading(one)
        if heading is not None:
            rank, words = heading
            deeper = bool(current) and rank > depth
            section = next((k for k, sign in _HEADINGS.items() if re.search(sign, words)), "")
            # A deeper heading may but sound like another section: （二）落实责任追究建议.
            if section and (not deeper or section == current or _KNOWN.fullmatch(words)):
                current, depth = section, depth if deeper and section == current else rank
                continue
            if not deeper:
                current = ""
                continue
        lead = re.match(
            r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?:事故的?)?(直接|间接)原因[:：是为]",
            one.text,
        )
        if lead:
            current, depth = f"{lead[1]}原因", 9
        if current:
            found.setdefault(current, []).append(one)
    for kind, told in _CAUSE_TOLD.items():
        places = [one for one in paragraphs if told.search(one.text)]
        if places and f"{kind}原因" not in found:
            found[f"{kind}原因"] = places
    return found


def _without_contents(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Leaves out a table of contents: lines that end in dots, and numbered ones after 目录.

    It ends with the first running text, or with the first line that it has had already.
    """
    had: set[str] | None = None
    for one in paragraphs:
        if _CONTENTS.search(one.text):
            continue
        if re.fullmatch(r"目\s*录", one.text):
            had = set()
            continue
        line = re.sub(r"[\s\d]+$", "", one.text)
        is_entry = "。" not in line and any(number.match(line) for _, number in _NUMBERS)
        if had is not None and is_entry and line not in had:
            had.add(line)
            continue
        had = None
        yield one


def _heading(one: Paragraph) -> tuple[int, str] | None:
    """Depth and words of a heading, or None for running text."""
    if match := _LEADING.fullmatch(one.text):
        return 1, match["kind"]
    text = one.text.rstrip(":： ")
    if len(text) > LONGEST_HEADING or re.search("[。，,；;]", text):
        return None
    decimal = _DECIMAL.match(text)
    if decimal:
        return 1 + decimal["steps"].count("."), text[decimal.end() :]
    for depth, number in _NUMBERS:
        if match := number.match(text):
            return depth, text[match.end() :]
    if one.level:
        return one.level, text
    return (1, text) if _KNOWN.fullmatch(text) or _OTHER.fullmatch(text) else None


def moments(paragraphs: Sequence[Paragraph]) -> list[Moment]:
    """Sentences of the course of events that begin with a time."""
    found: list[Moment] = []
    for one in paragraphs:
        for sentence in re.split(r"(?<=[。；])", one.text):
            match = _TIME.match(sentence.strip())
            if match and len(found) < MOST_MOMENTS:
                found.append(Moment(match["time"].strip(), one.line, sentence.strip()))
    return found


def cited(
    paragraphs: Sequence[Paragraph],
    lexicon: Lexicon,
    as_of: datetime.date,
    day: datetime.date | None,
) -> list[Cited]:
    """The articles a report cites, each once; `broken` where its clause says it was broken.

    An article that is the ground of a penalty (依据……第一百一十四条) was not broken.
    """
    found: dict[tuple[str | None, str, str | None], Cited] = {}
    for one in paragraphs:
        title, broken, last = "", False, 0
        for citation in find_citations(one.text, lexicon, Context(as_of, day)):
            start = max(one.text.rfind(sign, 0, citation.start) for sign in "。；;") + 1
            stop = one.text.find("。", citation.end)
            words = one.text[start : stop if stop >= 0 else len(one.text)].strip()
            known = lexicon.book.laws.get(citation.law or "")
            carried = known is not None and known.page is not None
            if not _LISTED.fullmatch(one.text[last : citation.start]) or not last:
                broken = _says_broken(one.text[max(citation.start - 200, 0) : citation.start])
            last = citation.end
            if known:
                title = known.title
            elif "《" in citation.text:
                title = citation.text.split("》")[0].split("《")[-1]
            # 第五条 after an article of a law by name is of that law; alone it is of none.
            if citation.status == "ambiguous" or not title:
                continue
            doubt = citation.message if known and citation.status not in _OK else ""
            key = (citation.law if carried else None, title, citation.article)
            if key not in found or (broken and not found[key].broken):
                found[key] = Cited(
                    key[0], title, citation.article, one.line, words, broken and not doubt, doubt
                )
    return list(found.values())


def _says_broken(before: str) -> bool:
    """Whether the clause that leads to a citation says 违反, and no 依据 after it."""
    clause = re.split("[，,。；;]", before)[-1]
    breaks = max((match.start() for match in _BROKEN.finditer(clause)), default=-1)
    grounds = max((match.start() for match in _GROUND.finditer(clause)), default=-1)
    return breaks > grounds


def broken_whole(paragraphs: Sequence[Paragraph]) -> dict[str, int]:
    """Laws that are said to be broken without an article, with their first paragraph."""
    found: dict[str, int] = {}
    for one in paragraphs:
        for match in _WHOLE_LAW.finditer(one.text):
            found.setdefault(match["title"], one.line)
    return found
