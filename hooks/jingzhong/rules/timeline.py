"""Reads the times of a timeline, which are text as published, and finds steps back in time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jingzhong.errors import Problem, expected, quoted
from jingzhong.model.cases import Case, Moment
from jingzhong.model.library import Library

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:[-/年](?P<month>\d{1,2})(?:[-/月](?P<day>\d{1,2}))?)?(?![\d:：时点])"
)
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_CLOCK = re.compile(
    r"(?P<half>凌晨|清晨|早上?|上午|中午|下午|傍晚|晚上?|夜里|深夜)?"
    r"(?P<hour>\d{1,2})(?:[:：时点](?P<minute>\d{1,2})?(?:[:：分](?P<second>\d{1,2}))?)"
)
_SPAN = re.compile(r"\d\s*(个)?(小时|分钟|秒|天|日|个月|年)(?!\d)\s*(后|前|内|之|左右|多|余)")
# After these words the clock goes on from the entry before; other words leave open how far.
_AT_ONCE = re.compile(r"随后|随即|即刻|立即|当场|很快|同时|稍后|片刻|紧接着")
_OTHER_DAY = re.compile(r"次日|第二天|翌日|几天|数日|日后|天后")
_DAY_BEFORE = re.compile(r"前一|前两|前三|头天|昨")
_EVENING, _MORNING = 18 * 3600, 6 * 3600


@dataclass(frozen=True)
class _When:
    """A time as far as it is told; `clock` in seconds after midnight."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: int | None = None
    other_day: bool = False

    @property
    def date(self) -> tuple[int, ...]:
        """Year, month, day as far as known."""
        parts = (self.year, self.month, self.day)
        known = parts[: parts.index(None)] if None in parts else parts
        return tuple(part for part in known if part is not None)


def _read(text: str, accident: datetime.date) -> _When | None:
    """What a time says, or None where it says nothing that can be compared."""
    if _SPAN.search(text):
        return None
    year = month = day = None
    rest = text
    if match := _DATE.search(text):
        year = int(match["year"])
        month = int(match["month"]) if match["month"] else None
        day = int(match["day"]) if match["day"] else None
        rest = text[match.end() :]
    elif match := _MONTH_DAY.search(text):
        year, month, day = accident.year, int(match["month"]), int(match["day"])
        rest = text[match.end() :]
    clock = _clock(rest) if day is not None or year is None else None
    if year is None and (clock is None or _DAY_BEFORE.search(text)):
        return None
    return _When(year, month, day, clock, year is None and bool(_OTHER_DAY.search(text)))


def _clock(text: str) -> int | None:
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"] in ("下午", "傍晚", "晚", "晚上") and hour < 12:
        hour += 12
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    return hour * 3600 + minute * 60 + second


def backward_moment(case: Case) -> tuple[Moment, Moment] | None:
    """The first entry that lies before an earlier entry, with that earlier one; or None.

    An entry with a clock time only is read on the day of the entry before. Night after evening
    (22:51, then 02:00) is read as the next day; any other step back is one.
    """
    date: tuple[int, ...] = ()
    clock: int | None = None
    last: Moment | None = None
    for moment in case.timeline:
        when = _read(moment.time or "", case.date)
        if when is None:
            if not _AT_ONCE.search(moment.time or ""):
                clock = None
            continue
        if when.date:
            shared = min(len(when.date), len(date))
            if last and when.date[:shared] < date[:shared]:
                return last, moment
            if when.date[:shared] > date[:shared] or shared < 3 or len(when.date) < 3:
                clock = None
            date = when.date
        elif when.other_day:
            date, clock = (), None
        if when.clock is not None:
            if clock is not None and when.clock < clock and last:
                if clock >= _EVENING and when.clock < _MORNING and not when.date:
                    date = ()
                else:
                    return last, moment
            clock = when.clock
        last = moment
    return None


def check_timelines(library: Library) -> Iterator[Problem]:
    """Timelines that step back in time."""
    for case in library.cases:
        found = backward_moment(case)
        if found:
            earlier, moment = found
            what = f"不早于前面的{quoted(earlier.time or '')}（时间线从早到晚；过了零点请写上日期）"
            number = case.timeline.index(moment) + 1
            yield Problem(
                case.origin.path,
                moment.line_of("time"),
                f"timeline[{number}].time",
                expected(what, quoted(moment.time or ""), f"{case.date} 23:34"),
            )
