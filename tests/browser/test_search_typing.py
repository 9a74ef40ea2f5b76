"""Search as it is typed: in the header on a phone, on the search page, with and without a network."""

from __future__ import annotations

import re
from typing import Any

import pytest

PAGE = "about.html"
TIANJIN = "cases/2015-08-12-tianjin-ruihai.html"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
STATUS = "[data-search-status]"
SLOW = """(slow) => {
  const real = Jingzhong.search.Engine.prototype.query;
  Jingzhong.search.Engine.prototype.query = function (text, options) {
    const wait = text === slow ? 600 : 0;
    return new Promise((done) => setTimeout(done, wait)).then(() => real.call(this, text, options));
  };
}"""


def first_hit(page: Any, text: str) -> Any:
    return page.evaluate("(t) => Jingzhong.search.query(t).then((one) => one.hits[0])", text)


@pytest.mark.parametrize("typed", ["天津 爆炸", "爆炸 天津港", "8月12日", "2015年8月12日"])
def test_a_title_or_a_day_comes_before_words_that_stand_near(
    open_page: Any, file_home: str, typed: str
) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + PAGE)
    assert first_hit(page, typed)["url"].partition("#")[0] == TIANJIN


def test_the_excerpt_of_a_title_is_what_happened(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + PAGE)
    excerpt = first_hit(page, "天津港")["excerpt"]
    page.goto(file_home + TIANJIN)
    assert excerpt.strip("…") in re.sub(r"\s+", " ", page.inner_text("article"))
    assert "调查报告" not in excerpt and "万元" not in excerpt


def test_the_list_begins_at_its_first_hit(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home, **PHONE)
    page.goto(file_home + PAGE)
    page.fill("header input[type=search]", "安全")
    page.wait_for_selector("header [role=option]")
    assert page.evaluate("document.querySelector('header [data-list]').scrollTop") == 0
    assert page.locator("header [role=option][aria-selected=true]").count() == 0
    page.press("header input[type=search]", "ArrowUp")
    last = page.locator("header [role=option]").last
    assert last.get_attribute("aria-selected") == "true"
    page.press("header input[type=search]", "ArrowDown")
    first = page.locator("header [role=option]").first
    assert first.get_attribute("aria-selected") == "true"


def test_only_who_has_a_keyboard_is_told_of_its_key(open_page: Any, file_home: str) -> None:
    told = {}
    for name, options in (("phone", PHONE), ("desk", {})):
        page, _ = open_page(file_home, **options)
        page.goto(file_home + PAGE)
        told[name] = "/" in page.get_attribute("header input[type=search]", "placeholder")
    assert told == {"phone": False, "desk": True}


def test_typing_on_the_search_page_shows_hits_without_a_step_back_for_each_letter(
    open_page: Any, file_home: str
) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + PAGE)
    page.goto(file_home + "search.html")
    page.focus("#find")
    page.keyboard.type("天津港 ", delay=300)
    page.wait_for_selector("[data-hits] li")
    # What is being typed stays as it is.
    assert page.input_value("#find") == "天津港 "
    page.wait_for_function("document.querySelector('[data-hits] a').href.includes('tianjin')")
    assert "%E5%A4%A9%E6%B4%A5%E6%B8%AF" in page.url
    page.go_back()
    page.wait_for_url(f"**/{PAGE}")
    assert watch.errors == []


def test_a_slow_answer_on_the_search_page_is_dropped(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + "search.html?q=%E5%93%8D%E6%B0%B4")
    page.wait_for_selector("[data-hits] li")
    page.evaluate(SLOW, "天津港")
    page.fill("#find", "天津港")
    page.wait_for_timeout(350)
    page.fill("#find", "消防法")
    page.wait_for_timeout(1000)
    assert "消防法" in page.locator("[data-hits] li").first.inner_text()


@pytest.mark.parametrize(
    ("typed", "term", "why"),
    [("煤气", "燃气", "同义"), ("燃汽", "燃气", "您是不是要找"), ("wxhxp", "危险化学品", "拼音")],
)
def test_other_words_that_were_tried_are_announced(
    open_page: Any, file_home: str, typed: str, term: str, why: str
) -> None:
    page, _ = open_page(file_home)
    page.goto(f"{file_home}search.html#q={typed}")
    page.wait_for_selector("[data-related] h2")
    said = page.inner_text(STATUS)
    assert f"“{term}”" in said and why in said
    page.goto(file_home + PAGE)
    page.fill("header input[type=search]", typed)
    page.wait_for_selector("header [role=option]")
    assert f"“{term}”" in page.inner_text("header form [data-status]")


def test_what_is_not_on_this_device_is_said_to_need_a_network(
    open_page: Any, site_server: Any
) -> None:
    page, _ = open_page(site_server.root, service_workers="block")
    page.goto(site_server.root + "search.html?q=%E5%93%8D%E6%B0%B4")
    page.wait_for_selector("[data-hits] li")
    page.context.set_offline(True)
    page.fill("#find", "响水")
    page.fill("#find", "粉尘爆炸")
    page.wait_for_function(
        "(one) => document.querySelector(one).textContent.includes('未联网')", arg=STATUS
    )
    page.context.set_offline(False)
    page.fill("#find", "粉尘")
    page.wait_for_function(
        "(one) => document.querySelector(one).textContent.includes('找到')", arg=STATUS
    )


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("煤气漏了怎么办", "煤气 漏"),
        ("煤气漏了怎么办", "燃气 漏"),
        ("触电急救", "触电 急救"),
        ("灭火器怎么用", "灭火器 用"),
        ("煤气 爆炸 学校食堂", "燃气 爆炸 学校 食堂"),
    ],
)
def test_a_question_that_nobody_wrote_so_is_looked_for_by_its_words(
    open_page: Any, file_home: str, typed: str, term: str
) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + PAGE)
    answer = page.evaluate("(text) => Jingzhong.search.query(text)", typed)
    assert answer["hits"] == []
    found = {one["term"]: one for one in answer["related"]}
    assert found[term]["reason"] == "parts"
    assert found[term]["hits"]
    assert watch.errors == []


def test_what_was_left_out_stays_out_of_other_words(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + PAGE)
    ask = "(text) => Jingzhong.search.query(text).then((one) => one.related.map((r) => r.term))"
    terms = page.evaluate(ask, "电瓶车 -充电")
    assert "电动自行车 -充电" in terms
    assert all(term.endswith(" -充电") and not term.startswith("电瓶车") for term in terms)
    assert page.evaluate(ask, "安全 -电瓶车") == []
    twice = page.evaluate(ask, "电瓶车充电")
    assert len(twice) == len(set(twice))


def test_who_sees_the_list_is_told_that_nothing_was_found(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home, **PHONE)
    page.goto(file_home + PAGE)
    page.fill("header input[type=search]", "龘龘龘")
    option = page.locator("header [role=option]")
    option.first.wait_for()
    assert option.count() == 1
    assert "没有找到" in option.inner_text()
    option.tap()
    page.wait_for_selector("[data-none]:not([hidden])")
