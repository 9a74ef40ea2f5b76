"""Words around a name that say which version is meant: (2014年修正), 新, 旧, 2014年版."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jingzhong.model.regulations import Version

_DATE = re.compile(r"((?:19|20)\d\d)(?:[年./-]?(?:(\d{1,2})[月./-](?:(\d{1,2})日?)?)?)?")
_VERSION_WORD = re.compile(r"修|版|公布|发布|颁布|通过|施行|实施|文本|生效|令")
_AFTER = re.compile(
    r"((?:19|20)\d\d)年?(?:第?[一二三四五]次)?(?:修正版|修订版|修正本|修订本|修正案|修正|修订|修改|版|本)(?:的|[时后中]的?)?"
    r"|((?:19|20)\d\d)(?=第)"
)
_NEW_AFTER = re.compile(r"(?:修[订正改]后|新修[订正改]|现行?|新[法版]?)的?(?=第)")
_OLD_AFTER = re.compile(r"(?:修[订正改]前|[旧老][法版]?|原)的?(?=第)")
# 第四十六条(2014年版)
_BEHIND = re.compile(
    r"\((?:((?:19|20)\d\d)年?(?:第?[一二三四五]次)?(?:修[正订改]版?|版)|(?:旧[法版]?|原|修[订正改]前))"
    r"(?:[,;][^()]{0,20})?\)"
)
_YEAR_BEFORE = re.compile(
    r"((?:19|20)\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:第[一二三]次)?(?:起)?"
    r"(?:新?(?:版|修正|修订|修改|颁布|公布|发布|施行|实施|通过)){1,2}(?:后|版)?(?:的|之)?新?$"
)
_NEW = re.compile(
    r"(?:新修[订正改]后?的?|修[订正改]后的?|修[订正]的|最?新版?的?|现行(?:有效)?的?)$"
)
_OLD = re.compile(r"(?:旧版?|原来?|修[订正改法]前|老版?)的?$")
_NOT_NEW = frozenset("创重革更全从崭")
_NOT_OLD = frozenset("草中平高照依仍陈还")
_SHORT = re.compile(
    r"(?:以下(?:统|合|分别)?(?:简)?称|下称|简称)(?:为)?[“‘\"'《]?(?P<name>[^“”‘’\"'《》,;]{1,20})"
)
_YEAR_WITHIN = re.compile(r"((?:19|20)\d\d)年?(?:修正|修订)?版?$")
_PLAIN_YEAR = re.compile(r"((?:19|20)\d\d)年的?$")
NEWEST, PREVIOUS, IF_FITTING = "newest", "previous", "if fitting"


@dataclass(frozen=True)
class Mark:
    """A version asked for: by year (perhaps month and day), the newest, or the one before it.

    2007年《…》 asks for a version only if there is one of that year (`IF_FITTING`).
    """

    which: str = ""
    year: str = ""
    month: str = ""
    day: str = ""

    def pick(self, versions: tuple[Version, ...]) -> Version | None:
        """The version meant, None where no known one fits."""
        if self.which == NEWEST:
            return versions[-1]
        if self.which == PREVIOUS:
            return versions[-2] if len(versions) > 1 else versions[-1]
        wanted = self.year
        if self.month:
            wanted += f"-{int(self.month):02}"
            if self.day:
                wanted += f"-{int(self.day):02}"
        for text in (wanted, self.year):
            for field in ("date", "effective"):
                fitting = [v for v in versions if (getattr(v, field) or "").startswith(text)]
                if fitting:
                    return fitting[-1]
        return None


def mark_in(inner: str) -> Mark | None:
    """The mark a bracket holds: 2014年修正, 2021年6月10日第三次修正, 2018, 现行."""
    if inner in ("现行", "现行有效", "新", "最新", "新版", "修订后", "修正后"):
        return Mark(NEWEST)
    if inner in ("旧", "旧版", "原", "已修改", "修订前", "修正前"):
        return Mark(PREVIOUS)
    dates = list(_DATE.finditer(inner))
    if not dates or not (_VERSION_WORD.search(inner) or len(dates[0][0]) >= len(inner) - 1):
        return None
    return Mark("", *(group or "" for group in dates[-1].groups()))


def mark_within(title: str) -> tuple[str, Mark | None]:
    """The title without the mark it holds, and the mark: 安全生产法(2021年修正), 新安全生产法."""
    if title.endswith(")") and "(" in title:
        bare, _, inner = title[:-1].rpartition("(")
        return bare, mark_in(inner)
    year = _YEAR_WITHIN.search(title)
    if year:
        return title[: year.start()], Mark("", year[1])
    if title.startswith(("新", "旧", "原")):
        return title[1:], mark_before(title, 1)
    return title, None


def mark_before(text: str, start: int) -> Mark | None:
    """A mark in front of a name: 2014年版《…》, 新《…》, 修订前的《…》."""
    before = text[max(0, start - 24) : start]
    year = _YEAR_BEFORE.search(before)
    if year:
        return Mark("", year[1])
    plain = _PLAIN_YEAR.search(before)
    if plain:
        return Mark(IF_FITTING, plain[1])
    for pattern, which, wrong in ((_NEW, NEWEST, _NOT_NEW), (_OLD, PREVIOUS, _NOT_OLD)):
        match = pattern.search(before)
        if match and before[match.start() - 1 : match.start()] not in wrong:
            return Mark(which)
    return None


def mark_after(text: str, start: int) -> tuple[Mark, int] | None:
    """A mark right behind a name, 《…》2014年版, 《…》原: the mark and where it ends."""
    match = _AFTER.match(text, start)
    if match:
        return Mark("", match[1] or match[2]), match.end()
    for pattern, which in ((_NEW_AFTER, NEWEST), (_OLD_AFTER, PREVIOUS)):
        match = pattern.match(text, start)
        if match:
            return Mark(which), match.end()
    return None


def mark_behind(text: str, start: int) -> Mark | None:
    """A mark in a bracket behind the articles: 第四十六条(2014年版)."""
    match = _BEHIND.match(text, start)
    if not match:
        return None
    return Mark("", match[1]) if match[1] else Mark(PREVIOUS)


def short_form_in(inner: str) -> str | None:
    """The short form a bracket defines: 以下简称《条例》 → 条例."""
    match = _SHORT.search(inner)
    return match["name"] if match else None
