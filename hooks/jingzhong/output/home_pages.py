"""Home, 安全生产月, and the data behind 历史上的今天."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.model.safety_month import CampaignPlace, SafetyMonth
from jingzhong.output import urls
from jingzhong.output.page import Heading, Page, TextFile

NEWEST_ON_HOME = 6
TODAY_SHOWN = 5


def home_page(library: Library, month: SafetyMonth) -> Page:
    """The first page: theme, three doors, this month, today in history, sectors, newest cases."""
    sectors = sorted(library.vocabularies.sectors, key=lambda sector: not sector.key)
    return Page(
        address=urls.HOME,
        title="首页",
        template="home.html",
        description=f"{library.settings.city}安全生产警示教育：事故案例、法规条文和知识题库",
        data={
            "theme": month.theme_of(library.settings.as_of.year),
            "days": month.days,
            "today_days": sorted(_by_day(library)),
            "sectors": sectors,
            "newest": library.cases[:NEWEST_ON_HOME],
            "questions": sum(len(bank.questions) for bank in library.banks),
            "counts": Counter(name for case in library.cases for name in case.sector),
        },
        date=library.settings.as_of,
        column="首页",
        scripts=("today",),
    )


def month_page(library: Library, month: SafetyMonth) -> Page:
    """Themes year by year, fixed days, and what each of the five places finds here."""
    return Page(
        address=urls.MONTH,
        title="安全生产月",
        template="month.html",
        description="历年安全生产月主题、全年的安全宣传日，以及企业、农村、社区、学校、家庭各能用什么",
        data={
            "theme": month.theme_of(library.settings.as_of.year),
            "themes": tuple(reversed(month.themes)),
            "days": month.days,
            "places": [_place(place, library) for place in month.places],
        },
        headings=(
            Heading("places", "五进：各取所需"),
            Heading("days", "全年固定的日子"),
            Heading("themes", "历年主题"),
        ),
        date=library.settings.as_of,
        column="安全生产月",
        scripts=("today",),
    )


def _place(place: CampaignPlace, library: Library) -> dict[str, object]:
    audience = set(place.audience)
    cases = [
        case
        for name in place.sector
        for case in library.cases_by_sector.get(name, ())[:3]
        if any(action.audience in audience for action in case.actions)
    ]
    return {
        "place": place,
        "sectors": [library.sector_by_name[name] for name in place.sector],
        "banks": [bank for bank in library.banks if audience.intersection(bank.audience)],
        "cases": list(dict.fromkeys(case.id for case in cases))[:3],
    }


def _by_day(library: Library) -> dict[str, list[Case]]:
    days: defaultdict[str, list[Case]] = defaultdict(list)
    for case in library.cases:
        days[f"{case.date:%m-%d}"].append(case)
    return days


def today_files(library: Library) -> Iterator[TextFile]:
    """One small script a day of the year that has accidents: `[[id, title], …]`."""
    for day, cases in sorted(_by_day(library).items()):
        rows = [[case.id, case.title] for case in cases[:TODAY_SHOWN]]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield TextFile(f"data/today/{day}.js", f'Jingzhong.register("today","{day}",{text});\n')
