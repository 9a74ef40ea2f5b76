"""Numbers and dates of one case that cannot all be true."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from jingzhong.errors import Problem, expected
from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.rules.grade import counting_days

# The dearest accident on record here cost 686,600 万元; a hundred times a medium one is a slip.
_LOSS_INCREDIBLE = 1_000_000
_LOSS_DOUBTFUL = 100_000
_FEW_DEAD = 10
_LOSS_TEXT = re.compile(
    r"直接经济损失[^。；]{0,12}?(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿|万)?元"
)
_OFFICIAL_TITLE = re.compile(r"调查报告|事故通报")


def check_consistency(library: Library) -> Iterator[Problem]:
    """Yield what contradicts itself inside one case."""
    for case in library.cases:
        yield from _people(case)
        yield from _dates(case)
        yield from _loss(case)


def _people(case: Case) -> Iterator[Problem]:
    people, path = case.casualties, case.origin.path
    serious, injured = people.serious_injuries, people.injuries
    if serious is not None and injured is not None and injured < serious:
        what = f"不少于重伤人数 {serious}（injuries 含重伤）"
        yield Problem(
            path,
            people.line_of("injuries"),
            "casualties.injuries",
            expected(what, str(injured), "injuries: 58"),
        )


def _dates(case: Case) -> Iterator[Problem]:
    path, day = case.origin.path, case.date.isoformat()
    told: list[tuple[str, int, str, str | datetime.date | None]] = [
        ("as_of", case.line_of("as_of"), "数字截止日", case.as_of),
        ("reviewed", case.line_of("reviewed"), "最近核对日期", case.reviewed),
    ]
    if case.report:
        line = case.report.line_of("date")
        told.append(("report.date", line, "调查报告公布日期", case.report.date))
    if case.reported:
        line = case.reported.line_of("until")
        told.append(("reported.until", line, "统计截止日", case.reported.until))
    for number, source in enumerate(case.sources, 1):
        if _OFFICIAL_TITLE.search(source.title):
            line = source.line_of("date")
            told.append((f"sources[{number}].date", line, "报告或通报的日期", source.date))
    for number, correction in enumerate(case.corrections, 1):
        line = correction.line_of("date")
        told.append((f"corrections[{number}].date", line, "更正日期", correction.date))
    for field, line, name, date in told:
        if date is None:
            continue
        text = str(date)
        if text < day[: len(text)]:
            what = f"不早于事故日期 {day} 的{name}"
            yield Problem(path, line, field, expected(what, text, day))
    if case.reported and case.reported.until:
        days = counting_days(case)
        if (case.reported.until - case.date).days > days:
            what = f"事故后 {days} 日以内（国务院令第493号第十三条）的统计截止日"
            last = case.date + datetime.timedelta(days=days)
            message = expected(what, str(case.reported.until), str(last))
            line = case.reported.line_of("until")
            yield Problem(path, line, "reported.until", message, "warning")


def _loss(case: Case) -> Iterator[Problem]:
    loss = case.economic_loss_wan
    if not loss:
        return
    path, line, field = case.origin.path, case.line_of("economic_loss_wan"), "economic_loss_wan"
    for written in _losses_in_text(case):
        if abs(written * 10_000 - loss) <= 0.001 * loss:
            what = f"以万元为单位的数（正文写的是 {written:g} 万元）"
            message = expected(what, f"{loss:g}，像是以元为单位", f"{written:g}")
            yield Problem(path, line, field, message)
            return
        if abs(written - loss * 10_000) <= 0.001 * written:
            what = f"以万元为单位的数（正文写的是 {written:g} 万元）"
            message = expected(what, f"{loss:g}，像是以亿元为单位", f"{written:g}")
            yield Problem(path, line, field, message)
            return
    dead = (case.casualties.deaths or 0) + (case.casualties.missing or 0)
    if loss >= _LOSS_INCREDIBLE or (loss >= _LOSS_DOUBTFUL and dead < _FEW_DEAD):
        got = f"{loss:g}（合 {loss / 10_000:g} 亿元），像是以元为单位"
        message = expected("以万元为单位的数", got, f"{loss / 10_000:g}")
        yield Problem(path, line, field, message, "warning")


def _losses_in_text(case: Case) -> Iterator[float]:
    """Direct losses that the prose of a case tells, in 万元."""
    texts = [section.markdown for section in case.sections]
    texts += [moment.event for moment in case.timeline]
    if case.notes and case.notes.loss:
        texts.append(case.notes.loss)
    units = {"亿": 10_000.0, "万": 1.0, None: 0.0001}
    for text in texts:
        for match in _LOSS_TEXT.finditer(text):
            yield float(match["number"].replace(",", "")) * units[match["unit"]]
