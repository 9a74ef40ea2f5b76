"""When an accident happened: the day and time that stand with the happening, not those of a
tip-off, an approval or the founding of a company."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Statement, sentences, statement

_PART = r"(?:凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上?|夜间|深夜)"
_CLOCK = (
    rf"{_PART}?\s*\d{{1,2}}\s*(?:时|点|[:：]\d\d)(?:\s*\d{{1,2}}(?:\s*分|(?=[，,许左])))?"
    r"(?:\s*\d{1,2}\s*秒)?\s*(?:左右|许|前后)?"
)
_WHEN = re.compile(
    r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
    rf"(?:[，,]?\s*(?P<time>{_CLOCK}))?"
)
_EVENTS = (
    r"事故|火灾|爆炸|坍塌|中毒|泄漏|碰撞|相撞|追尾|侧翻|翻沉|倾覆|沉没|沉船|溃坝|透水|突出|塌方|垮塌"
    r"|滑坡|燃爆|爆燃|闪爆|撞击|倒塌|喷爆|溺亡|坠亡"
)
_HAPPENED = re.compile(rf"发生[^。]{{0,50}}?(?:{_EVENTS})")
# Without 发生 the bare word may as well belong to a rule, a device or a plan.
_BARE = re.compile(
    r"(?<!防)(?:起火|爆炸|坍塌|坠落|失联|沉没|翻沉|倾覆|相撞|碰撞|侧翻|溺水|触电|透水|垮塌|塌方|燃爆|爆燃|倒塌|倒伏|撞击|喷爆)"
    r"(?!风险|隐患|防护|危险|预案|培训|演练|事故|保护|监测|报警|和|、)"
    r"|(?:造成|导致|致使?)[^。]{0,12}(?:死亡|遇难|身亡|受伤|重伤)"
)
# Between a day and the happening: then it is the day of something else.
_TOLD = re.compile(
    r"\d月\s*\d{1,2}\s*日|接[^。]{0,20}报(?:告|警)|截[至止]|举报|投诉|反映|信访|线索|接到|接报|曾|批复|公布|发布|成立|召开|评估|以来|通报|《|检查发现|监督检查"
    r"|执法检查|下达|下发|印发|签订|取得|竣工|投产|设立|有效期"
)
_LABEL = re.compile(r"(?:发生(?:的)?|事故)时间\s*(?:为|是)?\s*[:：|]?\s*(?:为|是)?\s*$")
_LIST = re.compile(r"\s*[、，,和及与]\s*")
_ANY_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


@dataclass(frozen=True)
class Happening:
    """A day with its time and the words between them and the happening."""

    day: Statement
    time: Statement | None
    between: str
    clear: bool


def happenings(paragraphs: Sequence[Paragraph]) -> list[Happening]:
    """What the text says of when it happened; said outright before what only sounds so."""
    found = [*_told(paragraphs), *_posters(paragraphs)]
    clear = [one for one in found if one.clear]
    return clear or found


def _told(paragraphs: Sequence[Paragraph]) -> Iterator[Happening]:
    for paragraph, start, sentence in sentences(paragraphs):
        whens = list(_WHEN.finditer(sentence))
        ends = _ends_of_lists(sentence, whens)
        for when, last in zip(whens, ends, strict=True):
            if _LABEL.search(sentence[max(when.start() - 20, 0) : when.start()]):
                yield from _happening(when, paragraph, start, when.end(), "", clear=True)
                continue
            limit = whens[last + 1].start() if last + 1 < len(whens) else len(sentence)
            rest = sentence[whens[last].end() : limit]
            happened = _HAPPENED.search(rest)
            clear = happened is not None
            happened = happened or _BARE.search(rest)
            if happened is None or _TOLD.search(rest[: happened.start()]):
                continue
            end = whens[last].end() + happened.end()
            yield from _happening(when, paragraph, start, end, rest[: happened.end()], clear=clear)


def _ends_of_lists(sentence: str, whens: Sequence[re.Match[str]]) -> list[int]:
    """For each day the last of those that follow with nothing but 、 or 和 between them."""
    ends = list(range(len(whens)))
    for place in reversed(range(len(whens) - 1)):
        if _LIST.fullmatch(sentence[whens[place].end() : whens[place + 1].start()]):
            ends[place] = ends[place + 1]
    return ends


def _posters(paragraphs: Sequence[Paragraph]) -> Iterator[Happening]:
    """A day with its time alone on a line, and the happening on one of the next two."""
    for place, one in enumerate(paragraphs):
        when = _WHEN.fullmatch(one.text.strip("，, "))
        if not when or not when["time"]:
            continue
        rest = "，".join(following.text for following in paragraphs[place + 1 : place + 3])
        happened = _HAPPENED.search(rest)
        if happened and not _ANY_DAY.search(rest[: happened.start()]):
            yield from _happening(when, one, 0, len(one.text), rest[: happened.end()], clear=True)


def _happening(
    when: re.Match[str], paragraph: Paragraph, start: int, end: int, between: str, *, clear: bool
) -> Iterator[Happening]:
    day = _iso(when["y"], when["m"], when["d"])
    if day is None:
        return
    span = (start + when.start(), start + end)
    time = re.sub(r"\s", "", when["time"] or "")
    yield Happening(
        statement(day, paragraph, *span),
        statement(time, paragraph, *span) if time else None,
        between,
        clear,
    )


def one_clock(times: Iterable[Statement]) -> list[Statement]:
    """15时30分许 and 下午3时30分左右 are one time: the first form of each stays."""
    seen: dict[int | str, str] = {}
    return [
        Statement(seen.setdefault(_minutes(one.value), one.value), one.line, one.words)
        for one in times
    ]


def _minutes(time: str) -> int | str:
    digits = [int(one) for one in re.findall(r"\d+", time)]
    if not digits or len(digits) > 2:
        return time
    hour = digits[0] + 12 * (digits[0] < 12 and re.match("下午|傍晚|晚|夜", time) is not None)
    return hour * 60 + (digits[1] if len(digits) > 1 else 0)


def days_in(text: str) -> set[str]:
    """All full days of a text, ISO."""
    return {day for parts in _ANY_DAY.findall(text) if (day := _iso(*parts))}


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
