"""The paragraphs of a report by what they tell: course, causes, lessons; and the law it cites."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.law.citations import Context, find_citations
from jingzhong.law.lexicon import Lexicon

# Heading of the case → words of a report's headings.
_HEADINGS = {
    "事故经过": r"事故(?:发生)?(?:的)?经过|应急(?:处置|救援)(?:情况|经过)?|救援(?:经过|情况)|处置情况",
    "直接原因": r"直接原因",
    "间接原因": r"间接原因|管理(?:方面的?)?原因|主要问题|存在的?(?:主要)?问题",
    "事故教训": r"教训",
    "防范措施": r"(?:防范|整改|改进)[^。]{0,8}(?:措施|建议)",
    "责任追究": r"(?:责任|处理)[^。]{0,14}(?:建议|认定|意见|追究|情况)",
}
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]+[章节部分]{1,2}|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．)）])\s*"
)
_TIME = re.compile(
    r"(?P<time>(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日)?\s?(?:凌晨|上午|中午|下午|晚上?|当日)?\s?"
    r"\d{1,2}(?:时\d{0,2}分?(?:\d{1,2}秒)?|[:：]\d\d(?:[:：]\d\d)?)(?:许|左右|前后)?)[，,]"
)
_BROKEN = re.compile(r"违反|不符合|未按|未依|未履行|未落实|违规|违法|不满足")
_SIGNATURE = re.compile(r"[^。，]{0,60}事故调查组|\d{4}年\d{1,2}月(?:\d{1,2}日)?")
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
    """An article that a report cites; `law` is an id of the site, else `title` is the name."""

    law: str | None
    title: str
    article: str | None
    line: int
    words: str
    broken: bool


def split_sections(paragraphs: Sequence[Paragraph]) -> dict[str, list[Paragraph]]:
    """Case heading → the report's paragraphs under a heading of that kind."""
    found: dict[str, list[Paragraph]] = {}
    current = ""
    for one in paragraphs:
        heading = _heading(one)
        if _SIGNATURE.fullmatch(one.text):
            current = ""
            continue
        if heading is not None:
            current = next((k for k, words in _HEADINGS.items() if re.search(words, heading)), "")
            continue
        lead = re.match(
            r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?:事故的?)?(直接|间接)原因[:：是为]",
            one.text,
        )
        if lead:
            current = f"{lead[1]}原因"
        if current:
            found.setdefault(current, []).append(one)
    return found


def _heading(one: Paragraph) -> str | None:
    """The words of a heading, or None for running text."""
    text = one.text.rstrip(":： ")
    if len(text) > LONGEST_HEADING or "。" in text or "，" in text:
        return None
    numbered = _NUMBERED.match(text)
    if one.level or numbered:
        return text[numbered.end() :] if numbered else text
    known = any(re.fullmatch(f"(?:事故)?(?:{words})", text) for words in _HEADINGS.values())
    return text if known else None


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
    """The articles a report cites, each once; `broken` where the sentence says it was broken."""
    found: dict[tuple[str | None, str, str | None], Cited] = {}
    for one in paragraphs:
        for citation in find_citations(one.text, lexicon, Context(as_of, day)):
            start = max(one.text.rfind(sign, 0, citation.start) for sign in "。；") + 1
            stop = one.text.find("。", citation.end)
            words = one.text[start : stop if stop >= 0 else len(one.text)].strip()
            known = lexicon.book.laws.get(citation.law or "")
            carried = known is not None and known.page is not None
            if citation.status == "ambiguous" or (known and citation.status not in _OK):
                continue
            title = known.title if known else citation.text.split("》")[0].strip("《")
            key = (citation.law if carried else None, title, citation.article)
            broken = _BROKEN.search(words) is not None
            if key not in found or (broken and not found[key].broken):
                found[key] = Cited(key[0], title, citation.article, one.line, words, broken)
    return list(found.values())
