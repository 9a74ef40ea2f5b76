"""历史上的今天 and the fixed days, on days that were chosen: what the browser works out is right.

The rules for the days are worked out here a second time, in Python, and compared over whole years.
"""

from __future__ import annotations

import calendar
import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from jingzhong.errors import Report
from jingzhong.model.library import Library, load_library
from jingzhong.model.safety_month import FixedDay, load_safety_month
from jingzhong.model.vocabulary import load_vocabularies

HOME = "index.html"
MONTH = "month.html"
LAST_MONDAYS_OF_MARCH = ("2026-03-30", "2027-03-29", "2028-03-27", "2029-03-26", "2030-03-25")
PUPILS = "全国中小学生安全教育日"
# The module run on a copy of its element for each day; what the copy then shows.
TODAY = """async ([days, wanted]) => {
  const model = document.querySelector("[data-module=today]");
  const found = {};
  for (const now of wanted) {
    const copy = model.cloneNode(true);
    copy.hidden = true;
    copy.querySelector("[data-list]").textContent = "";
    copy.dataset.now = now;
    if (days !== null) copy.dataset.days = days;
    await Jingzhong.modules.today(copy);
    found[now] = [copy.hidden ? "" : copy.querySelector("[data-day]").textContent,
      [...copy.querySelectorAll("[data-list] a")].map(link => link.getAttribute("href"))];
  }
  return found;
}"""
CALENDAR = """(wanted) => {
  const model = document.querySelector("[data-module=calendar]");
  const found = {};
  for (const now of wanted) {
    const copy = model.cloneNode(true);
    copy.dataset.now = now;
    for (const item of copy.children) {
      delete item.dataset.current;
      item.querySelector("[data-when]").hidden = true;
    }
    Jingzhong.modules.calendar(copy);
    found[now] = [...copy.children].map(item => [
      item.querySelector("strong").textContent,
      item.querySelector("[data-when]").hidden ? "" : item.querySelector("[data-when]").textContent,
      item.dataset.current !== undefined,
    ]);
  }
  return found;
}"""

OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    """The content that the site was built from."""
    found = load_library(project, project / "mkdocs.yml", Report())
    assert found is not None
    return found


@pytest.fixture(scope="module")
def fixed_days() -> tuple[FixedDay, ...]:
    """The days that come every year."""
    return load_safety_month(load_vocabularies()).days


def every_day(first: str, count: int) -> Iterator[datetime.date]:
    """So many days from a day on."""
    start = datetime.date.fromisoformat(first)
    return (start + datetime.timedelta(number) for number in range(count))


def in_words(day: str) -> str:
    """`08-12` as 8月12日."""
    return f"{int(day[:2])}月{int(day[3:])}日"


# 历史上的今天


def expected_today(days: list[str], now: datetime.date) -> tuple[str, str]:
    """(text, day) shown on a day: the nearest day not after it; before the first, the last."""
    key = f"{now:%m-%d}"
    day = max((day for day in days if day <= key), default=max(days))
    return ("" if day == key else "今天没有收录的事故，最近的一天是") + in_words(day), day


def check_today(page: Any, home: str, library: Library) -> None:
    page.clock.set_fixed_time("2026-08-12T09:00:00+08:00")
    page.goto(home + HOME)
    section = page.get_by_role("region", name="历史上的今天")
    expect(section).to_be_visible()
    expect(section.locator("[data-day]")).to_have_text("8月12日")
    cases = [case for case in library.cases if f"{case.date:%m-%d}" == "08-12"][:5]
    expect(section.get_by_role("link")).to_have_text([case.title for case in cases])
    expect(section.get_by_role("listitem").first).to_contain_text(f"{cases[0].date.year} 年")
    section.get_by_role("link", name="瑞海").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("瑞海")


def today_faults(page: Any, library: Library, wanted: list[datetime.date]) -> list[object]:
    """The first days on which the open page shows another day than the nearest."""
    found = page.evaluate(TODAY, [None, [day.isoformat() for day in wanted]])
    by_day: dict[str, list[str]] = {}
    for case in library.cases:
        by_day.setdefault(f"{case.date:%m-%d}", []).append(f"cases/{case.id}.html")
    faults: list[object] = []
    for now in wanted:
        text, day = expected_today(list(by_day), now)
        if found[now.isoformat()] != [text, by_day[day][:5]]:
            faults.append((now, found[now.isoformat()], text))
    return faults[:3]


def test_each_day_of_a_leap_year_shows_the_nearest(
    library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, watch = open_page(site_server.below)
    page.goto(site_server.below + HOME)
    assert today_faults(page, library, list(every_day("2028-01-01", 366))) == []
    assert watch.errors == []


@pytest.mark.parametrize(
    ("days", "now", "shown"),
    [
        ("02-29 08-12", "2028-02-29", "2月29日"),
        ("02-29 08-12", "2027-03-01", "今天没有收录的事故，最近的一天是2月29日"),
        ("02-29 08-12", "2027-02-28", "今天没有收录的事故，最近的一天是8月12日"),
        ("02-28 03-01", "2028-02-29", "今天没有收录的事故，最近的一天是2月28日"),
        ("06-01", "2026-01-01", "今天没有收录的事故，最近的一天是6月1日"),
        ("06-01", "2026-12-31", "今天没有收录的事故，最近的一天是6月1日"),
        ("12-31", "2026-01-01", "今天没有收录的事故，最近的一天是12月31日"),
    ],
)
def test_days_that_are_hard(
    days: str, now: str, shown: str, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    page.route(
        "**/data/today/*.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=f"Jingzhong.register('today', '{route.request.url[-8:-3]}',"
            " [['2000-01-01-x', '标题']]);",
        ),
    )
    page.goto(site_server.root + HOME)
    found = page.evaluate(TODAY, [days, [now]])
    assert found == {now: [shown, ["cases/2000-01-01-x.html"]]}


def test_a_site_without_cases_shows_no_day(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    page.goto(site_server.root + HOME)
    copies = page.evaluate(TODAY.replace("await ", ""), ["", ["2026-01-01"]])
    assert copies == {"2026-01-01": ["", []]}
    assert watch.errors == []


def test_a_day_whose_data_is_missing_stays_hidden(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    page.route("**/data/today/*.js", lambda route: route.abort())
    page.goto(site_server.root + HOME)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-module=today]")).to_be_hidden()
    expect(page.locator("[data-module=calendar] [data-when]").first).to_be_visible()
    assert not [error for error in watch.errors if error.startswith("script")]


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        # The same moment is another day elsewhere; the reader's own day counts.
        ("Asia/Shanghai", "2026-08-11T16:30:00Z", "8月12日"),
        ("America/New_York", "2026-08-12T16:30:00Z", "8月12日"),
        ("Pacific/Kiritimati", "2026-08-11T12:30:00Z", "8月12日"),
    ],
)
def test_the_readers_own_day_counts(
    zone: str, moment: str, shown: str, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root, timezone_id=zone)
    page.clock.set_fixed_time(moment)
    page.goto(site_server.root + HOME)
    expect(page.locator("[data-module=today] [data-day]")).to_have_text(shown)


# The fixed days


def next_span(rule: str, now: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day of what a rule means, now or next."""
    kind, month, *rest = rule.split()
    for year in (now.year, now.year + 1):
        length = calendar.monthrange(year, int(month))[1]
        if kind == "month":
            first = datetime.date(year, int(month), 1)
            last = first.replace(day=length)
        elif kind == "last":
            # In the data 0 is Sunday; in Python's isoweekday 7 is.
            days = (datetime.date(year, int(month), day) for day in range(1, length + 1))
            first = last = [day for day in days if day.isoweekday() % 7 == int(rest[0])][-1]
        else:
            first = last = datetime.date(year, int(month), int(rest[0]))
        if last >= now:
            return first, last
    raise AssertionError(rule)


def expected_calendar(days: tuple[FixedDay, ...], now: datetime.date) -> list[list[object]]:
    """[name, note, is it now] of each day, the nearest first."""
    spans = [(next_span(day.rule, now), day.name) for day in days]
    rows: list[list[object]] = []
    for (first, last), name in sorted(spans, key=lambda entry: entry[0][0]):
        left = (first - now).days
        note = f"还有 {left} 天" if left > 0 else "就在今天" if first == last else "就在这个月"
        rows.append([name, note, left <= 0])
    return rows


def check_calendar(page: Any, home: str, library: Library) -> None:
    page.clock.set_fixed_time("2027-03-29T12:00:00+08:00")
    for address in (HOME, MONTH):
        page.goto(home + address)
        items = page.locator("[data-module=calendar] > li")
        expect(items.first).to_contain_text(PUPILS)
        expect(items.first).to_contain_text("就在今天")
        expect(items.nth(1)).to_contain_text("还有 30 天")
        # On the first page only the next few.
        expect(page.locator("[data-module=calendar] > li:visible")).to_have_count(
            3 if address == HOME else items.count()
        )


def calendar_faults(
    page: Any, days: tuple[FixedDay, ...], wanted: list[datetime.date]
) -> list[object]:
    """The first days on which the open page shows another calendar than it should."""
    found = page.evaluate(CALENDAR, [day.isoformat() for day in wanted])
    return [
        (now, found[now.isoformat()])
        for now in wanted
        if found[now.isoformat()] != expected_calendar(days, now)
    ][:3]


def test_each_day_of_five_years_has_its_calendar(
    fixed_days: tuple[FixedDay, ...], site_server: Any, open_page: OpenPage
) -> None:
    # In a zone whose days are not all 24 hours long.
    page, watch = open_page(site_server.root, timezone_id="America/New_York")
    page.goto(site_server.root + MONTH)
    assert calendar_faults(page, fixed_days, list(every_day("2026-01-01", 5 * 365 + 1))) == []
    assert watch.errors == []


def test_days_that_were_looked_up(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    page.goto(site_server.root + MONTH)

    def shown(now: str) -> dict[str, tuple[str, bool]]:
        rows = page.evaluate(CALENDAR, [now])[now]
        return {name: (note, current) for name, note, current in rows}

    for monday in LAST_MONDAYS_OF_MARCH:
        day = datetime.date.fromisoformat(monday)
        assert shown(monday)[PUPILS] == ("就在今天", True)
        before = (day - datetime.timedelta(1)).isoformat()
        assert shown(before)[PUPILS] == ("还有 1 天", False)
        after = shown((day + datetime.timedelta(1)).isoformat())[PUPILS]
        assert after[0].startswith("还有 3") and not after[1]
    month, advice = "全国安全生产月", "全国安全宣传咨询日"
    assert shown("2026-05-31")[month] == ("还有 1 天", False)
    for day in ("2026-06-01", "2026-06-15", "2026-06-30"):
        assert shown(day)[month] == ("就在这个月", True)
    assert shown("2026-07-01")[month] == ("还有 335 天", False)
    june = shown("2026-06-16")
    assert june[advice] == ("就在今天", True) and june[month] == ("就在这个月", True)
    assert list(june)[:2] == [month, advice]
    # The year wraps: after the last day comes the first of next year.
    end = page.evaluate(CALENDAR, ["2026-12-31"])["2026-12-31"]
    assert end[0] == [PUPILS, "还有 88 天", False]
    assert shown("2027-11-09")["全国消防日"] == ("就在今天", True)
    assert shown("2028-02-29")["全国消防日"] == ("还有 254 天", False)


def test_days_stand_in_the_page_without_a_script(
    fixed_days: tuple[FixedDay, ...], site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root, java_script_enabled=False)
    page.goto(site_server.root + MONTH)
    items = page.locator("[data-module=calendar] > li")
    expect(items.locator("strong")).to_have_text([day.name for day in fixed_days])
    for item, day in zip(items.all(), fixed_days, strict=True):
        expect(item).to_contain_text(day.when)
        expect(item).to_contain_text(day.about)
    expect(items.locator("[data-when]:visible")).to_have_count(0)


# Twins: without the script, and with a rule that is wrong by one.

CHECKS = {"today": check_today, "calendar": check_calendar}


@pytest.mark.parametrize("name", CHECKS)
def test_the_widget_works(
    name: str, library: Library, site_server: Any, file_home: str, open_page: OpenPage
) -> None:
    for home in (site_server.below, file_home):
        page, watch = open_page(home, timezone_id="Asia/Shanghai")
        CHECKS[name](page, home, library)
        assert watch.errors == [] and watch.foreign == []


@pytest.mark.parametrize("name", CHECKS)
def test_without_the_script_the_check_fails(
    name: str, library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root, timezone_id="Asia/Shanghai")
    page.route("**/js/today.js", lambda route: route.abort())
    expect.set_options(timeout=300)
    try:
        with pytest.raises((AssertionError, Error)):
            CHECKS[name](page, site_server.root, library)
    finally:
        expect.set_options(timeout=5000)
    # Nothing empty is left behind.
    page.goto(site_server.root + HOME)
    expect(page.locator("[data-module=today]")).to_be_hidden()
    expect(page.locator("[data-when]:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("return day <= key;", "return day < key;"),
        ("days[days.length - 1]", "days[0]"),
        ("new Date(year, month + 1, 0);\n      last", "new Date(year, month + 1, 1);\n      last"),
        ("(last.getDay() - Number(parts[2]) + 7) % 7", "(last.getDay() - Number(parts[2])) % 7"),
        ("if (range[1] < now)", "if (range[0] < now)"),
        ("if (range[1] < now)", "if (range[1] <= now)"),
    ],
)
def test_a_wrong_rule_would_be_noticed(
    right: str,
    wrong: str,
    library: Library,
    fixed_days: tuple[FixedDay, ...],
    site_server: Any,
    open_page: OpenPage,
) -> None:
    page, _ = open_page(site_server.root)
    script = page.request.get(site_server.root + "assets/jingzhong/js/today.js").text()
    assert script.count(right) == 1, right
    body = script.replace(right, wrong)
    page.route(
        "**/js/today.js", lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    page.goto(site_server.root + HOME)
    # In 2030 March ends on a Sunday, which some wrong rules need to show themselves.
    wanted = [*every_day("2030-01-01", 5), *every_day("2030-03-20", 110)]
    assert today_faults(page, library, wanted) + calendar_faults(page, fixed_days, wanted) != []


def test_the_files_of_a_day_are_small(site_dir: Path, library: Library) -> None:
    files = sorted((site_dir / "data/today").glob("*.js"))
    assert [file.stem for file in files] == sorted({f"{c.date:%m-%d}" for c in library.cases})
    for file in files:
        assert file.stat().st_size < 2000
        text = file.read_text("utf-8").removesuffix(");\n")
        kind, day, rows = json.loads(f"[{text.removeprefix('Jingzhong.register(')}]")
        assert (kind, day) == ("today", file.stem)
        assert 1 <= len(rows) <= 5
        assert all(case_id[5:10] == day for case_id, _ in rows)
