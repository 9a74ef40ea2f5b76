"""The wrong-answer book: what enters, what is mastered, what comes back when; five a day; files."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from jingzhong.errors import Report
from jingzhong.model.library import load_library
from jingzhong.quiz.draw import daily

Visit = Callable[..., Any]
DAY = "2026-06-01"


def counts(page: Any) -> list[str]:
    """Not mastered, due today, mastered."""
    found: list[str] = page.locator("[data-counts] dd").all_inner_texts()
    return [text.removesuffix(" 题") for text in found]


def put_wrong(page: Any, *names: str) -> None:
    page.evaluate(
        "(names) => names.forEach(n => Jingzhong.progress.record(n, 'community-home', false))",
        list(names),
    )


def store(page: Any, script: str) -> Any:
    """Run steps on the record in the page, on days counted from 2026-06-01 (`day(n)`)."""
    return page.evaluate(
        "() => { const p = Jingzhong.progress; const day = n => "
        f"new Date(Date.UTC(2026, 5, 1 + n)).toISOString().slice(0, 10); {script} }}"
    )


def test_wrong_answers_of_practice_and_exam_enter(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "community-home.html")
    page.locator("#q-home-001 [data-option='A'] label").click()
    page.locator("#q-home-002 [data-option='D'] label").click()
    # The second try of a visit does not count as a right answer.
    page.locator("#q-home-001 [data-option='B'] label").click()
    assert page.evaluate("Jingzhong.progress.open().map(one => one.id)") == ["home-001"]
    page.goto((site_dir / "quizzes/exam.html").as_uri() + "?bank=community-home")
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    ids = []
    for _ in range(3):
        page.locator("[data-next]").click()
        page.wait_for_timeout(50)
    for _ in range(3):
        section = page.locator("[data-question]")
        facts = json.loads(section.get_attribute("data-question"))
        if facts["type"] in ("single", "judge"):
            wrong = next(
                x
                for x in ("A", "B", "对", "错")
                if x != facts["answer"] and section.locator(f"[data-option='{x}']").count()
            )
            section.locator(f"[data-option='{wrong}'] label").click()
            ids.append(facts["id"])
        page.locator("[data-previous]").click()
        page.wait_for_timeout(50)
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_function("document.querySelector('[data-score]').textContent")
    entered = set(page.evaluate("Jingzhong.progress.open().map(one => one.id)"))
    assert entered == {"home-001", *ids}, "what was not answered does not enter"
    page.goto((site_dir / "quizzes/book.html").as_uri())
    assert counts(page) == [str(len(entered)), str(len(entered)), "0"]
    assert "满分 100 分" in page.locator("[data-results]").inner_text()
    assert "只存在这台设备" in page.locator("#content").inner_text()


def test_two_right_in_a_row_master_and_intervals_grow(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "book.html")
    state = """const state = n => [p.open().length, p.mastered().length, p.due(day(n)).length];"""
    seen = store(
        page,
        state
        + """p.record('q', 'b', true, day(0)); const out = [state(0)];
        p.record('q', 'b', false, day(0)); out.push(state(0));
        p.record('q', 'b', true, day(0)); out.push(state(0), state(1));
        p.record('q', 'b', false, day(1)); out.push(state(1));
        p.record('q', 'b', true, day(1)); p.record('q', 'b', true, day(2)); out.push(state(2));
        out.push(state(3), state(4));
        p.record('q', 'b', true, day(4)); out.push(state(7), state(8));
        p.record('q', 'b', true, day(8)); out.push(state(15), state(16));
        p.record('q', 'b', true, day(16)); out.push(state(31), state(32));
        p.record('q', 'b', true, day(32)); out.push(state(900));
        return out;""",
    )
    assert seen == [
        [0, 0, 0],  # right from the start: no entry
        [1, 0, 1],  # wrong: to be gone over today
        [1, 0, 0],  # right once: not mastered, due tomorrow
        [1, 0, 1],
        [1, 0, 1],  # wrong again: the row is broken
        [0, 1, 0],  # two in a row
        [0, 1, 0],
        [0, 1, 1],  # two days later
        [0, 1, 0],
        [0, 1, 1],  # four days
        [0, 1, 0],
        [0, 1, 1],  # eight days
        [0, 1, 0],
        [0, 1, 1],  # sixteen days
        [0, 0, 0],  # done with
    ]


def test_going_over_what_is_due(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "book.html")
    put_wrong(page, "home-001", "home-023")
    page.reload()
    page.get_by_role("button", name="复习今天该看的 2 题").click()
    page.wait_for_selector("#q-home-001")
    page.locator("[data-option='B'] label").click()
    assert page.locator("[data-feedback]").inner_text() == "✓ 答对了"
    assert counts(page) == ["2", "1", "0"]
    page.locator("[data-check]").click()
    page.wait_for_selector("#q-home-023")
    page.locator("[data-option='对'] label").click()
    assert page.locator("[data-done]").inner_text() == "这一组 2 题都做完了，答对 1 题。"
    assert "这一组" in page.locator("[data-live]").inner_text()
    assert counts(page) == ["2", "1", "0"]
    page.evaluate("Jingzhong.progress.record('home-001', 'community-home', true)")
    page.reload()
    assert counts(page) == ["1", "1", "1"]


def test_a_question_that_left_its_bank_leaves_the_book(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "book.html")
    put_wrong(page, "home-001", "home-999")
    page.evaluate("Jingzhong.progress.record('old-1', 'bank-gone', false)")
    page.reload()
    page.get_by_role("button", name="复习今天该看的 3 题").click()
    page.wait_for_selector("#q-home-001")
    page.wait_for_function("document.querySelector('[data-counts]').textContent.includes('1 题')")
    assert page.evaluate("Jingzhong.progress.open().map(one => one.id)") == ["home-001"]


def test_five_questions_a_day_are_the_ones_python_draws(
    site_dir: Path, project: Path, open_page: Callable[..., Any]
) -> None:
    library = load_library(project, project / "mkdocs.yml", Report())
    assert library is not None
    ids = [question.id for question in library.bank_by_id["construction"].questions]
    wanted = daily(ids, "construction", datetime.date(2026, 6, 1))
    page, watch = open_page(site_dir.as_uri() + "/", timezone_id="Asia/Shanghai")
    page.clock.install(time=datetime.datetime(2026, 6, 1, 1, 0, tzinfo=datetime.UTC))
    page.goto((site_dir / "quizzes/book.html").as_uri())
    page.locator("[data-daily-bank]").select_option("construction")
    page.get_by_role("button", name="做今天的五题").click()
    seen = []
    for number in range(5):
        page.wait_for_function(
            f"document.querySelector('[data-place]').textContent === '{number + 1}/5'"
        )
        section = page.locator("[data-question]")
        facts = json.loads(section.get_attribute("data-question"))
        seen.append(facts["id"])
        fill_anything(section, facts["type"])
        if not section.locator("[data-feedback]").is_visible():
            section.locator("[data-check]").click()
        if number < 4:
            assert "本月打卡 0 天" in page.locator("[data-days-count]").inner_text()
            page.locator("[data-next]").click()
    assert seen == wanted
    assert "本月打卡 1 天" in page.locator("[data-days-count]").inner_text()
    assert page.locator("[data-days] li").first.inner_text() == "1✓"
    assert page.locator("[data-days] li").count() == 30
    # On a busy machine the browser may load the page anew before it has stored the last answer.
    time.sleep(0.5)
    page.reload()
    expect(page.locator("[data-daily-bank]")).to_have_value("construction")
    assert watch.errors == []


def fill_anything(section: Any, kind: str) -> None:
    if kind in ("single", "multiple", "judge"):
        section.locator("[data-option] label").first.click()
    elif kind == "blank":
        section.locator("input").first.fill("x")
    else:
        section.locator("select").first.select_option(index=1)


def test_export_clear_and_import(site_dir: Path, visit: Visit, tmp_path: Path) -> None:
    page = visit(site_dir, "book.html")
    put_wrong(page, "home-001", "home-002")
    page.evaluate("Jingzhong.progress.recordDaily('community-home', 'home-001', 1)")
    page.evaluate(
        "Jingzhong.progress.addResult({title: '卷', text: '5 分', id: 'X', day: '2026-06-01'})"
    )
    page.evaluate("localStorage.setItem('jingzhong.reading', '{\"size\":\"large\"}')")
    page.reload()
    with page.expect_download() as caught:
        page.get_by_role("button", name="导出我的记录").click()
    file = tmp_path / "record.json"
    caught.value.save_as(file)
    assert caught.value.suggested_filename.startswith("错题本-")
    text = page.locator("[data-export-text]").input_value()
    assert json.loads(file.read_text("utf-8")) == json.loads(text)
    page.get_by_role("button", name="清除我的记录").click()
    assert page.evaluate("document.activeElement.hasAttribute('data-clear-no')")
    page.get_by_role("button", name="先不清除").click()
    assert counts(page) == ["2", "2", "0"]
    page.get_by_role("button", name="清除我的记录").click()
    page.get_by_role("button", name="确定清除").click()
    assert counts(page) == ["0", "0", "0"]
    left = page.evaluate("Object.keys(localStorage).filter(key => key.includes('quiz'))")
    assert left == []
    assert page.evaluate("localStorage.getItem('jingzhong.reading')") is not None
    page.locator("[data-import]").set_input_files(file)
    page.wait_for_selector("text=已导入，2 道题有更新。")
    assert counts(page) == ["2", "2", "0"]
    assert "5 分" in page.locator("[data-results]").inner_text()
    assert "本月打卡 1 天" in page.locator("[data-days-count]").inner_text()
    assert page.evaluate("Jingzhong.progress.exported()") == text
    page.locator("summary", has_text="粘贴文字").click()
    page.locator("[data-paste]").fill(text)
    page.get_by_role("button", name="导入这段文字").click()
    assert page.locator("[data-file-status]").inner_text() == "已导入，0 道题有更新。"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "null",
        '{"jingzhong": 2, "book": {}}',
        '{"jingzhong": 1, "book": []}',
        '{"jingzhong": 1, "book": {"a": 1}}',
        '{"jingzhong": 1, "book": {"<b>": {"bank": "b", "box": 0, "due": 0, "streak": 0, "wrong": 1, "seen": 0}}}',
        '{"jingzhong": 1, "book": {"a": {"bank": "../x", "box": 0, "due": 0, "streak": 0, "wrong": 1, "seen": 0}}}',
        '{"jingzhong": 1, "book": {"a": {"bank": "b", "box": -1, "due": 0, "streak": 0, "wrong": 1, "seen": 0}}}',
    ],
)
def test_a_foreign_file_changes_nothing(site_dir: Path, visit: Visit, text: str) -> None:
    page = visit(site_dir, "book.html")
    put_wrong(page, "home-001")
    before = page.evaluate("Jingzhong.progress.exported()")
    page.locator("summary", has_text="粘贴文字").click()
    page.locator("[data-paste]").fill(text)
    page.get_by_role("button", name="导入这段文字").click()
    assert "没有导入任何东西" in page.locator("[data-file-status]").inner_text()
    assert page.evaluate("Jingzhong.progress.exported()") == before


@pytest.mark.parametrize("kept", ["7", "[]", '{"a": {}}', "{bad", '{"a": {"bank": 3}}'])
def test_a_spoilt_record_is_an_empty_one(site_dir: Path, visit: Visit, kept: str) -> None:
    page = visit(site_dir, "book.html")
    page.evaluate("(kept) => localStorage.setItem('jingzhong.quiz.book', kept)", kept)
    page.reload()
    assert counts(page) == ["0", "0", "0"]
    assert page.quiz_watch.errors == []


def test_two_tabs_do_not_overwrite_each_other(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "community-home.html")
    other = page.context.new_page()
    other.goto((site_dir / "quizzes/construction.html").as_uri())
    page.locator("#q-home-001 [data-option='A'] label").click()
    section = other.locator("[data-question]").first
    facts = json.loads(section.get_attribute("data-question"))
    wrong = next(letter for letter in "AB" if letter != facts["answer"])
    section.locator(f"[data-option='{wrong}'] label").click()
    names = page.evaluate("Jingzhong.progress.open().map(one => one.id)")
    assert sorted(names) == sorted(["home-001", facts["id"]])


def test_without_javascript_the_book_leads_to_the_banks(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "book.html", java_script_enabled=False)
    assert page.locator("[data-plain] a:visible").count() == 1
    assert page.locator("[data-book]").is_hidden()
