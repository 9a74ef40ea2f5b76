"""Plans for a month: a page with every day and a calendar to print, and the day's five questions."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jingzhong.law.citations import Context
from jingzhong.model.library import Library
from jingzhong.model.plans import Plan
from jingzhong.output import urls
from jingzhong.output.page import Crumb, Heading, Page, TextFile


def plan_pages(library: Library) -> Iterator[Page]:
    """One page a plan."""
    for plan in library.plans:
        yield Page(
            address=urls.plan_address(plan.id),
            title=plan.title,
            template="plan.html",
            description=plan.description,
            data={
                "plan": plan,
                "crumbs": (Crumb(urls.MONTH, "安全生产月"),),
                "questions": {name: _question(name, library) for name in _names(plan)},
            },
            headings=(Heading("calendar", "一页日历"), Heading("days", "每一天")),
            anchors=frozenset(f"day-{day.day}" for day in plan.days),
            date=library.settings.as_of,
            origin=plan.origin.path,
            column="安全生产月",
            cites=Context(library.settings.as_of),
        )


def _names(plan: Plan) -> list[str]:
    return [name for day in plan.days for name in day.questions]


def _question(name: str, library: Library) -> tuple[str, str]:
    bank, question = library.question_by_id[name]
    return urls.question_address(bank.id, library.question_index[name], name), question.stem


def plan_files(library: Library) -> Iterator[TextFile]:
    """`data/plans/<plan>.js`: day of the month → its theme and its questions `[id, bank]`."""
    for plan in library.plans:
        days = {
            str(day.day): [
                day.theme,
                [[name, library.question_by_id[name][0].id] for name in day.questions],
            ]
            for day in plan.days
        }
        text = json.dumps(days, ensure_ascii=False, separators=(",", ":"))
        yield TextFile(
            f"data/plans/{plan.id}.js", f'Jingzhong.register("plans","{plan.id}",{text});\n'
        )
