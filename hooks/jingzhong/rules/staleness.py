"""What was checked too long ago, or before the law behind it changed; cases without a source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType

from jingzhong.errors import Problem, expected
from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.model.regulations import Regulation
from jingzhong.rules.citations import Cited

MAX_AGE_DAYS = 365

Changes = MappingType[str, str | None]

_NOTICE = re.compile(
    r"调查报告|通报|公告|发布会|判决|裁判|裁定|认定书|批复|决定书|调查处理|情况说明|查处情况"
)
_AUTHORITY = re.compile(
    r"国务院|政府|法院|检察院|调查组|安委|指挥部|消防|公安|警方|交警|纪委|监委|管委会|委员会|"
    r"应急管理|安全监管|安全生产监督|住房|住建|交通运输|市场监管|市场监督|质量技术监督|矿山安全|煤矿安全|"
    r"教育(部|厅|局)|水利|海事|民航|铁路|卫生|民政|人力资源|自然资源|生态环境|[省市州盟县区旗](新闻办|新闻发布会)"
)


def last_change(regulation: Regulation, as_of: datetime.date) -> str | None:
    """The day (or month, or year) from which the text in force on `as_of` has been in force.

    None when no version was in force yet.
    """
    today = as_of.isoformat()
    days = [version.effective or version.date for version in regulation.versions]
    return max((day for day in days if day <= today[: len(day)]), default=None)


def check_staleness(library: Library) -> Iterator[Problem]:
    """Yield files reviewed before a law named in their fields last changed, and old regulations.

    A regulation whose own page was not checked for a year counts as old.
    """
    as_of = library.settings.as_of
    changes = law_changes(library)
    for path, reviewed, law, line, field in _named(library):
        if is_stale(reviewed, changes.get(law)):
            message = stale_message(library, law, reviewed, changes)
            yield Problem(path, line, field, message, "warning")
    for regulation in library.regulations:
        age = (as_of - regulation.reviewed).days
        if age > MAX_AGE_DAYS:
            line = regulation.line_of("reviewed")
            what = f"一年之内的核对日期（站点口径日期 {as_of}）"
            got = f"{regulation.reviewed}，已有 {age} 天"
            message = expected(what, got, f"reviewed: {as_of}")
            yield Problem(regulation.origin.path, line, "reviewed", message, "warning")


def find_stale(texts: Iterable[Cited], library: Library, changes: Changes) -> Iterator[Problem]:
    """Texts of one file reviewed before a law that they cite in prose last changed."""
    told: set[str] = set()
    for passage, found in texts:
        reviewed = getattr(passage.source, "reviewed", None)
        if reviewed is None:
            continue  # A hand-written page has no such date.
        for law in dict.fromkeys(one.law for one in found if one.law):
            if law not in told and is_stale(reviewed, changes.get(law)):
                told.add(law)
                message = stale_message(library, law, reviewed, changes)
                yield Problem(passage.path, passage.line, passage.field, message, "warning")


def law_changes(library: Library) -> Changes:
    """Regulation id → the day it last changed."""
    as_of = library.settings.as_of
    return {regulation.id: last_change(regulation, as_of) for regulation in library.regulations}


def is_stale(reviewed: datetime.date, change: str | None) -> bool:
    """Whether something was reviewed before a change; a month or a year counts as a whole."""
    return change is not None and reviewed.isoformat()[: len(change)] < change


def stale_message(library: Library, law: str, reviewed: datetime.date, changes: Changes) -> str:
    """Word it for editors."""
    title = library.regulation_by_id[law].short_title
    what = f"不早于《{title}》最近一次变动（{changes[law]} 起施行）的核对日期 reviewed；请重新核对"
    return expected(what, str(reviewed), f"reviewed: {library.settings.as_of}")


def _named(library: Library) -> Iterator[tuple[str, datetime.date, str, int, str]]:
    """(file, when reviewed, law, line, field) of each law that a field names."""
    for bank in library.banks:
        for number, question in enumerate(bank.questions, 1):
            for ref in question.law:
                field = f"questions[{number}].law"
                yield bank.origin.path, bank.reviewed, ref.law, ref.line, field
    for case in library.cases:
        for number, violation in enumerate(case.violations, 1):
            if violation.law:
                line, field = violation.line_of("law"), f"violations[{number}].law"
                yield case.origin.path, case.reviewed, violation.law, line, field
    for regulation in library.regulations:
        line = regulation.line_of("reviewed")
        yield regulation.origin.path, regulation.reviewed, regulation.id, line, "reviewed"


def check_sources(library: Library) -> Iterator[Problem]:
    """Cases none of whose sources is an official report or notice with its authority.

    An address is not required.
    """
    for case in library.cases:
        if case.report is None and not _is_official(_named_sources(case)):
            what = "至少一条官方的调查报告、通报或公告：title 里有这样的字样，publisher 是发布机关"
            got = "只有" + "、".join(
                f"“{source.title}”（{source.publisher}）" for source in case.sources
            )
            example = "title: “5·6”事故调查报告，publisher: 某市应急管理局"
            message = expected(what, got, example)
            yield Problem(case.origin.path, case.line_of("sources"), "sources", message, "warning")


def _named_sources(case: Case) -> Iterator[tuple[str, str]]:
    for source in case.sources:
        yield source.title, source.publisher


def _is_official(sources: Iterable[tuple[str, str]]) -> bool:
    return any(
        _NOTICE.search(title + publisher) and _AUTHORITY.search(publisher)
        for title, publisher in sources
    )
