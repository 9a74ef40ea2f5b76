"""The plan for a month: page, calendar, and the day's five questions in the book."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingzhong.errors import Report
from jingzhong.model.library import load_library

Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def plan(project: Path) -> Any:
    library = load_library(project, project / "mkdocs.yml", Report())
    assert library is not None
    return library.plans[0]


def asked(page: Any) -> list[str]:
    """The ids of the five questions, one screen after the other."""
    ids = []
    for number in range(1, 6):
        page.wait_for_function(
            f"document.querySelector('[data-place]').textContent === '{number}/5'"
        )
        ids.append(json.loads(page.locator("[data-question]").get_attribute("data-question"))["id"])
        if number < 5:
            page.get_by_role("button", name="下一题").click()
    return ids


def test_every_day_leads_to_its_case_and_questions_without_javascript(
    site_dir: Path, plan: Any, visit: Visit
) -> None:
    page = visit(site_dir, f"../plans/{plan.id}.html", java_script_enabled=False)
    for day in plan.days:
        assert page.locator(f"#day-{day.day}").inner_text().endswith(day.theme)
        section = page.locator(f"section[aria-labelledby='day-{day.day}']")
        links = section.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert any(link.endswith(f"cases/{day.case}.html") for link in links)
        anchors = [link.rpartition("#q-")[2] for link in links if "#q-" in link]
        assert anchors == list(day.questions)


def test_a_day_is_answered_in_the_book(site_dir: Path, plan: Any, visit: Visit) -> None:
    day = plan.days[-1]
    page = visit(site_dir, f"../plans/{plan.id}.html")
    page.locator(f"section[aria-labelledby='day-{day.day}']").get_by_role(
        "link", name="做这五题"
    ).click()
    page.wait_for_selector("[data-theme]:not([hidden])")
    theme = page.locator("[data-theme]").inner_text()
    assert theme == f"{plan.month}月{day.day}日：{day.theme}"
    assert asked(page) == list(day.questions)


def test_in_its_month_the_plan_gives_the_daily_five(
    site_dir: Path, plan: Any, open_page: Callable[..., Any]
) -> None:
    page, watch = open_page(site_dir.as_uri() + "/", timezone_id="Asia/Shanghai")
    first = plan.days[0]
    noon = datetime.datetime(2027, plan.month, first.day, 4, tzinfo=datetime.UTC)
    page.clock.install(time=noon)
    page.goto((site_dir / "quizzes/book.html").as_uri())
    assert page.locator("[data-daily-bank] option").first.inner_text() == plan.title
    page.get_by_role("button", name="做今天的五题").click()
    assert asked(page) == list(first.questions)
    # In another month it is not offered.
    page.clock.set_fixed_time(noon.replace(month=plan.month % 12 + 1))
    page.reload()
    assert plan.title not in page.locator("[data-daily-bank] option").all_inner_texts()
    assert watch.errors == []


@pytest.mark.parametrize("query", ["?plan=nothing&day=1", "?plan=safety-month&day=99", "?plan="])
def test_a_damaged_link_asks_for_nothing(site_dir: Path, visit: Visit, query: str) -> None:
    page = visit(site_dir, f"book.html{query}")
    page.wait_for_selector("[data-book]:not([hidden])")
    assert not page.locator("[data-theme]").is_visible()


def test_the_printed_calendar_is_one_page(site_dir: Path, plan: Any, visit: Visit) -> None:
    page = visit(site_dir, f"../plans/{plan.id}.html")
    page.emulate_media(media="print")
    box = page.locator(".jz-month").bounding_box()
    width, height = 273 / 25.4 * 96, 186 / 25.4 * 96
    page.set_viewport_size({"width": int(width), "height": 800})
    box = page.locator(".jz-month").bounding_box()
    assert box["height"] <= height
    assert page.get_by_role("link", name="做这五题").count() == 0
