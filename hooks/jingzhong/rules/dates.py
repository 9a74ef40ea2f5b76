"""No page may know the future: dates stand at or before the site's `as_of`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from jingzhong.errors import Problem, expected
from jingzhong.model.fields import Date, walk
from jingzhong.model.library import Library

# A law may be adopted before it takes effect or ends; these dates may lie ahead.
_MAY_LIE_AHEAD = ("effective", "repealed_on")


def check_dates(library: Library) -> Iterator[Problem]:
    """Yield each date after `as_of`; a month or a year counts as past once it has begun."""
    as_of = library.settings.as_of
    for item in (*library.cases, *library.regulations, *library.banks):
        for owner, name, kind, value, key in walk(item):
            if not isinstance(kind, Date) or name in _MAY_LIE_AHEAD:
                continue
            day = value.isoformat() if isinstance(value, datetime.date) else value
            if day > as_of.isoformat()[: len(day)]:
                what = f"不晚于站点口径日期 {as_of}（mkdocs.yml 的 as_of）"
                yield Problem(
                    item.origin.path, owner.line_of(name), key, expected(what, day, str(as_of))
                )
