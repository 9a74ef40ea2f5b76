"""Practice on bank pages: feedback in place, one a screen, card, filters, shuffling, keys, projector."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
HOME = "community-home.html"
ROOT = Path(__file__).resolve().parents[3]
TOTAL = (ROOT / "quizzes/community-home.yml").read_text("utf-8").count("\n  - id: ")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def feedback(page: Any, name: str) -> str:
    text: str = page.locator(f"#q-{name} [data-feedback]").inner_text()
    return text


def choose(page: Any, name: str, letters: str) -> None:
    for letter in letters:
        page.locator(f"#q-{name} [data-option='{letter}'] label").click()


def test_a_choice_gets_feedback_at_once_and_nothing_moves(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    options = page.locator("#q-home-001 [data-option]")
    before = [options.nth(at).bounding_box() for at in range(4)]
    choose(page, "home-001", "A")
    assert feedback(page, "home-001") == "✗ 答错了。正确答案：B。你的答案：A"
    assert [options.nth(at).bounding_box() for at in range(4)] == before
    marks = options.locator("[data-mark]")
    assert marks.all_inner_texts() == ["✗", "✓", "", ""]
    assert marks.nth(0).get_attribute("aria-label") == "你选的，不对"
    assert marks.nth(1).get_attribute("aria-label") == "应选，你没有选"
    assert page.locator("#q-home-001 [data-answer]").get_attribute("open") is not None
    assert "正确答案：B" in page.locator("[data-live]").inner_text()
    choose(page, "home-001", "B")
    assert feedback(page, "home-001") == "✓ 答对了"
    assert "已答 1 题，答对 1 题" in page.locator("[data-tally]").inner_text()
    assert page.quiz_watch.errors == [] and page.quiz_watch.foreign == []


def test_without_its_script_the_page_gives_no_feedback(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "index.html")
    page.route("**/quiz-practice.js", lambda route: route.abort())
    page.goto((site_dir / "quizzes" / HOME).as_uri())
    choose(page, "home-001", "A")
    assert page.locator("#q-home-001 [data-feedback]").is_hidden()
    assert page.locator("[data-controls]").is_hidden()
    page.locator("#q-home-001 summary").click()
    assert page.locator("#q-home-001 [data-answer-text]").inner_text() == "B"


@pytest.mark.parametrize(
    ("name", "letters", "said"),
    [
        ("home-016", "ACE", "✓ 答对了"),
        ("home-016", "AC", "✗ 答错了。正确答案：ACE。你的答案：AC"),
        ("home-016", "ABCE", "✗ 答错了。正确答案：ACE。你的答案：ABCE"),
        ("home-023", "错", "✓ 答对了"),
        ("home-023", "对", "✗ 答错了。正确答案：错。你的答案：对"),
    ],
)
def test_choices_are_judged(
    site_dir: Path, visit: Visit, name: str, letters: str, said: str
) -> None:
    page = visit(site_dir, HOME)
    choose(page, name, letters)
    if name == "home-016":
        assert page.locator(f"#q-{name} [data-feedback]").is_hidden()
        page.locator(f"#q-{name} [data-check]").click()
    assert feedback(page, name) == said


@pytest.mark.parametrize(
    ("texts", "said", "marks"),
    [
        (["１２３５０。", " 12345 "], "✓ 答对了", ["✓", "✓"]),
        (
            ["12350", "110"],
            "◐ 答对一部分。正确答案：12350；12345。你的答案：12350；110",
            ["✓", "✗"],
        ),
        (["", "x"], "✗ 答错了。正确答案：12350；12345。你的答案：____；x", ["✗", "✗"]),
    ],
)
def test_blanks_are_judged(
    site_dir: Path, visit: Visit, texts: list[str], said: str, marks: list[str]
) -> None:
    page = visit(site_dir, HOME)
    fields = page.locator("#q-home-030 input")
    for at, text in enumerate(texts):
        fields.nth(at).fill(text)
    fields.nth(1).press("Enter")
    assert feedback(page, "home-030") == said
    assert page.locator("#q-home-030 [data-mark]").all_inner_texts() == marks


def test_order_by_selects_exchanges_and_moves(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    selects = page.locator("#q-home-033 select")
    assert "B 停火，不碰任何电器开关" in selects.first.inner_text()
    for at, letter in enumerate("BDEAC"):
        selects.nth(at).select_option(letter)
    page.locator("#q-home-033 [data-check]").click()
    assert feedback(page, "home-033").startswith("✗ 答错了。正确答案：B → E → D → A → C")
    # An entry chosen again changes places with the one that stood there.
    selects.nth(1).select_option("A")
    assert [selects.nth(at).input_value() for at in range(5)] == list("BAEDC")
    assert page.locator("#q-home-033 [data-feedback]").is_hidden()
    order = page.get_by_role("group", name="做饭时闻到明显的燃气味")
    order.get_by_role("button", name="第 2 步的内容下移").click()
    assert [selects.nth(at).input_value() for at in range(5)] == list("BEADC")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "第 3 步的内容下移"
    page.keyboard.press("Enter")
    assert [selects.nth(at).input_value() for at in range(5)] == list("BEDAC")
    page.locator("#q-home-033 [data-check]").click()
    assert feedback(page, "home-033") == "✓ 答对了"


def test_a_moved_entry_is_a_new_try(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    for at, letter in enumerate("BEADC"):
        page.locator("#q-home-033 select").nth(at).select_option(letter)
    page.locator("#q-home-033 [data-check]").click()
    assert feedback(page, "home-033").startswith("✗")
    order = page.get_by_role("group", name="做饭时闻到明显的燃气味")
    order.get_by_role("button", name="第 3 步的内容下移").click()
    assert page.locator("#q-home-033 [data-feedback]").is_hidden()
    page.locator("#q-home-033 [data-check]").click()
    assert feedback(page, "home-033") == "✓ 答对了"


def drag(page: Any, row: str, part: str) -> None:
    """From the letter of an option to a place, with the mouse."""
    page.locator(row).scroll_into_view_if_needed()
    page.locator(f"{row} [data-letter]").hover()
    page.mouse.down()
    page.locator(part).evaluate(
        "node => node.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    box = page.locator(part).bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()


def test_order_and_match_by_dragging(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    block = "#q-home-033"
    for at, letter in enumerate("BDEAC"):
        drag(page, f"{block} [data-option='{letter}']", f"{block} .jz-field >> nth={at}")
    selects = page.locator(f"{block} select")
    assert [selects.nth(at).input_value() for at in range(5)] == list("BDEAC")
    # What is dropped where something stands changes places with it.
    drag(page, f"{block} [data-option='E']", f"{block} .jz-field >> nth=1")
    assert [selects.nth(at).input_value() for at in range(5)] == list("BEDAC")
    page.locator(f"{block} [data-check]").click()
    assert feedback(page, "home-033") == "✓ 答对了"
    # Let go elsewhere, and nothing is changed; nothing of the dragging stays behind.
    drag(page, f"{block} [data-option='A']", f"{block} [data-stem]")
    assert [selects.nth(at).input_value() for at in range(5)] == list("BEDAC")
    assert page.locator(".jz-ghost, [data-over], [data-dragging]").count() == 0
    drag(page, "#q-home-036 [data-option='3']", "#q-home-036 [data-part='A']")
    assert page.locator("#q-home-036 [data-part='A'] select").input_value() == "3"


def test_a_finger_drags_by_the_letter_and_scrolls_by_the_text(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME, viewport={"width": 360, "height": 740}, has_touch=True)
    block = page.locator("#q-home-033")
    block.evaluate("node => node.scrollIntoView({block: 'start', behavior: 'instant'})")
    touch = page.context.new_cdp_session(page)

    def swipe(start: Any, end: Any) -> None:
        (x, y), (to_x, to_y) = ((b["x"] + 12, b["y"] + 12) for b in (start, end))
        touch.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
        )
        for step in range(1, 6):
            point = {"x": x + (to_x - x) * step / 5, "y": y + (to_y - y) * step / 5}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    place = block.locator(".jz-field").first
    swipe(block.locator("[data-option='B'] [data-letter]").bounding_box(), place.bounding_box())
    assert block.locator("select").first.input_value() == "B"
    at = page.evaluate("scrollY")
    swipe(block.locator("[data-option='E'] [data-text]").bounding_box(), block.bounding_box())
    page.wait_for_function("(at) => scrollY > at", arg=at)
    assert block.locator("select").first.input_value() == "B"


def test_match_by_selects(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    for left, right in {"A": "3", "B": "1", "C": "2", "D": "4"}.items():
        page.locator(f"#q-home-036 [data-part='{left}'] select").select_option(right)
    page.locator("#q-home-036 [data-check]").click()
    said = "◐ 答对一部分。正确答案：A—3；B—1；C—4；D—2。你的答案：A—3；B—1；C—2；D—4"
    assert feedback(page, "home-036") == said
    assert page.locator("#q-home-036 [data-mark]").all_inner_texts() == ["✓", "✓", "✗", "✗"]


def test_checking_an_empty_answer_asks_for_one(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    page.locator("#q-home-002 [data-check]").click()
    assert "还没有作答" in feedback(page, "home-002")
    assert "已答 0 题" in page.locator("[data-tally]").inner_text()


def test_the_keyboard_alone_answers_every_type(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    page.get_by_role("button", name="一题一屏").press("Enter")
    page.wait_for_function("document.activeElement.id === 'q-home-001'")
    press = page.keyboard.press
    press("b")
    assert page.locator("#q-home-001 [data-feedback]").is_hidden()
    press("ArrowUp")
    assert page.locator("#q-home-001 [data-feedback]").is_hidden(), "an arrow key is no answer"
    press("2")
    press("Enter")
    assert feedback(page, "home-001") == "✓ 答对了"
    press("Enter")
    page.wait_for_function("document.activeElement.id === 'q-home-002'")
    assert page.locator("[data-question]").count() == 1
    assert page.locator("[data-live]").inner_text() == f"第 2 题，共 {TOTAL} 题"
    press("p")
    page.wait_for_function("document.activeElement.id === 'q-home-001'")

    def turn_to(number: int) -> None:
        page.locator("[data-open-card]").focus()
        press("Enter")
        cell = page.get_by_role("button", name=f"第 {number} 题，未答")
        cell.focus()
        press("Enter")
        page.wait_for_function(f"document.activeElement.id === 'q-home-{number:03}'")

    turn_to(16)
    for key in "ACE":
        press(key)
    press("Enter")
    assert feedback(page, "home-016") == "✓ 答对了"
    turn_to(30)
    press("Tab")
    page.keyboard.type("12350")
    press("Tab")
    page.keyboard.type("12345")
    press("Enter")
    assert feedback(page, "home-030") == "✓ 答对了"
    turn_to(33)
    for letter in "BEDAC":
        while page.evaluate("document.activeElement.tagName") != "SELECT":
            press("Tab")
        page.keyboard.type(letter)
        press("Tab")
    page.locator("#q-home-033 [data-check]").press("Enter")
    assert feedback(page, "home-033") == "✓ 答对了"
    turn_to(36)
    for number in "3142":
        press("Tab")
        page.keyboard.type(number)
    press("Tab")
    press("Enter")
    assert feedback(page, "home-036") == "✓ 答对了"


def test_letters_in_a_text_field_are_text(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    field = page.locator("#q-home-030 input").first
    field.focus()
    page.keyboard.type("nap")
    assert field.input_value() == "nap"
    assert page.locator("[data-question]").count() == TOTAL


def test_names_for_a_screen_reader(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    group = page.get_by_role("group", name="早市边上燃气味很浓")
    assert group.get_by_role("radio", name="B 走到远处，劝人离开并再报警").count() == 1
    assert page.get_by_role("heading", name="第 1 题 单选题 难度 2").count() == 1
    blank = page.get_by_role("group", name="发现企业瞒报事故")
    assert blank.get_by_role("textbox", name="第 2 空").count() == 1
    order = page.get_by_role("group", name="做饭时闻到明显的燃气味")
    assert order.get_by_role("combobox", name="第 3 步").count() == 1
    match = page.get_by_role("group", name="家里出现这些险情")
    assert match.get_by_role("combobox", name="C 有人一氧化碳中毒").count() == 1
    assert page.get_by_role("navigation", name="题目导航").count() == 1
    choose(page, "home-001", "A")
    assert (
        page.get_by_role("radio", name="A 相信抢修结果，留下来继续买菜 你选的，不对").count() == 1
    )


def test_one_question_a_screen_is_remembered(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    page.get_by_role("button", name="一题一屏").click()
    for _ in range(4):
        page.locator("[data-next]").click()
    page.wait_for_selector("#q-home-005")
    assert page.locator("[data-place]").inner_text() == f"5/{TOTAL}"
    page.reload()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 1")
    page.get_by_role("button", name="列表").click()
    page.wait_for_selector(f"#q-home-{TOTAL:03}")
    page.get_by_role("button", name="一题一屏").click()
    page.wait_for_function("document.activeElement.dataset.question !== undefined")
    assert page.locator("[data-place]").inner_text() == f"1/{TOTAL}"


def test_the_last_place_is_taken_up_again(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    page.get_by_role("button", name="一题一屏").click()
    for _ in range(3):
        page.locator("[data-next]").click()
    page.wait_for_selector("#q-home-004")
    page.evaluate("localStorage.setItem('jingzhong.quiz.view', '\"list\"')")
    page.reload()
    page.get_by_role("button", name="一题一屏").click()
    page.wait_for_function("document.activeElement.id === 'q-home-004'")
    assert page.locator("[data-live]").inner_text() == "接着上次做到的地方。"


def test_a_link_to_a_question_leads_to_it_in_either_view(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME + "#q-home-020")
    page.wait_for_function(
        "document.getElementById('q-home-020').getBoundingClientRect().top < 300"
    )
    page.get_by_role("button", name="一题一屏").click()
    page.goto("about:blank")
    page.goto((site_dir / "quizzes" / HOME).as_uri() + "#q-home-021")
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 1")
    page.wait_for_selector("#q-home-021")


def test_the_answer_card_shows_states_and_opens_from_below(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME, **PHONE)
    choose(page, "home-001", "A")
    choose(page, "home-002", "D")
    opener = page.locator("[data-open-card]")
    opener.click()
    assert opener.get_attribute("aria-expanded") == "true"
    page.wait_for_timeout(250)
    sheet = page.locator("[data-card]").bounding_box()
    assert round(sheet["y"] + sheet["height"]) == 844 and round(sheet["width"]) == 390
    assert page.locator("[data-cell]").all_inner_texts()[:3] == ["1✗", "2✓", "3"]
    assert page.get_by_role("button", name="第 1 题，答错").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("[data-card]").is_hidden()
    assert page.evaluate("document.activeElement.hasAttribute('data-open-card')")
    opener.click()
    page.locator("[data-cell='29']").click()
    page.wait_for_function("document.activeElement.id === 'q-home-030'")


def test_filters_and_shuffling_over_all_pages(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "many.html")
    assert page.locator("[data-question]").count() == 100
    page.locator("[data-filters] summary").click()
    page.wait_for_function("document.querySelector('[data-topic]').options.length === 4")
    page.locator("[data-topic]").select_option("甲")
    page.locator("[data-difficulty]").select_option("3")
    # Multiples of three with remainder two by five: 12, 27 … 237 …
    wanted = [f"q-many-{n:04}" for n in range(1, 251) if n % 3 == 0 and n % 5 == 2]
    page.wait_for_function(f"document.querySelectorAll('[data-question]').length === {len(wanted)}")
    ids = page.locator("[data-question]").evaluate_all("nodes => nodes.map(node => node.id)")
    assert ids == wanted
    assert page.locator("[data-number]").last.inner_text() == f"第 {len(wanted)} 题"
    last = page.locator(f"#{wanted[-1]}")
    last.locator("[data-option='A'] label").click()
    assert "答" in last.locator("[data-feedback]").inner_text()
    page.locator("[data-shuffle-questions]").check()
    page.wait_for_function(
        f"document.querySelector('[data-question]').id !== '{wanted[0]}' ||"
        f" document.querySelectorAll('[data-question]')[1].id !== '{wanted[1]}'"
    )
    shuffled = page.locator("[data-question]").evaluate_all("nodes => nodes.map(node => node.id)")
    assert sorted(shuffled) == wanted
    assert page.quiz_watch.errors == []


def test_options_that_name_others_stay_when_shuffled(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "many.html")
    page.locator("[data-filters] summary").click()
    page.locator("[data-shuffle-options]").check()
    page.wait_for_timeout(200)
    read = """nodes => nodes.map(node => [...node.querySelectorAll('[data-option]')].map(
      row => row.dataset.option + row.querySelector('[data-letter]').textContent).join(' '))"""
    rows = page.locator("[data-question]").evaluate_all(read)
    singles = [row for number, row in enumerate(rows, 1) if number % 5]
    assert all(row.split()[3] == "DD" for n, row in enumerate(rows, 1) if n % 10 == 1)
    assert all([pair[1] for pair in row.split()] == list("ABCD") for row in singles)
    assert len(set(singles)) > 12
    # The answer follows its option: 第2题 is C in the bank, whatever letter it has now.
    shown = next(pair[1] for pair in rows[1].split() if pair[0] == "C")
    page.locator("#q-many-0002 [data-option='A'] label").click()
    assert f"正确答案：{shown}" in feedback(page, "many-0002")
    page.locator("[data-shuffle-options]").uncheck()
    page.wait_for_timeout(200)
    assert f"正确答案：{'C'}" in feedback(page, "many-0002")
    rows = page.locator("[data-question]").evaluate_all(read)
    assert set(rows) == {"AA BB CC DD", "对对 错错"}


def test_one_a_screen_goes_on_to_questions_of_other_pages(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "many-2.html")
    assert page.locator("[data-number]").first.inner_text() == "第 101 题"
    page.get_by_role("button", name="一题一屏").click()
    page.wait_for_selector("#q-many-0001")
    page.locator("[data-open-card]").click()
    page.locator("[data-range-choice]").select_option(label="201 – 250")
    page.get_by_role("button", name="第 250 题，未答").click()
    page.wait_for_selector("#q-many-0250")
    page.locator("[data-option='对'] label").click()
    assert feedback(page, "many-0250") == "✓ 答对了"
    assert page.locator("[data-next]").is_disabled()


def test_nothing_that_fits_says_so(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    page.locator("[data-filters] summary").click()
    page.locator("[data-topic]").select_option("高空抛物")
    page.locator("[data-difficulty]").select_option("1")
    page.wait_for_selector("text=没有符合的题目")
    assert page.locator("[data-bar]").is_hidden()


def test_all_can_be_done_again(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    choose(page, "home-001", "A")
    page.locator("#q-home-030 input").first.fill("12")
    page.get_by_role("button", name="清除本页所选").click()
    page.wait_for_function("document.querySelector('[data-tally]').textContent.includes('已答 0')")
    assert page.locator("#q-home-001 [data-feedback]").is_hidden()
    assert page.locator("#q-home-001 input:checked").count() == 0
    assert page.locator("#q-home-030 input").first.input_value() == ""
    assert page.locator("[data-marked]").count() == 0


def test_the_projector_shows_one_question_huge(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    size = "parseFloat(getComputedStyle(document.querySelector('[data-stem]')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="投影").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 1")
    assert page.evaluate(size) >= before * 1.5
    assert page.get_by_role("banner").is_hidden()
    page.keyboard.press("PageDown")
    page.wait_for_selector("#q-home-002")
    page.get_by_role("button", name="揭晓答案").click()
    assert feedback(page, "home-002") == "正确答案：D"
    assert page.locator("[data-marked='answer']").get_attribute("data-option") == "D"
    page.keyboard.press("PageUp")
    page.wait_for_selector("#q-home-001")
    page.keyboard.press("Escape")
    page.wait_for_function(f"document.querySelectorAll('[data-question]').length === {TOTAL}")
    assert page.get_by_role("banner").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_cut_off_and_fingers_find_their_targets(
    site_dir: Path, visit: Visit, width: int
) -> None:
    page = visit(site_dir, HOME, viewport={"width": width, "height": 740})
    choose(page, "home-001", "A")
    page.locator("[data-filters] summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             '#content :is(button, select, .jz-option, input[type=text], summary)')]
           .filter(node => node.getClientRects().length)
           .filter(node => { const box = node.getBoundingClientRect();
                             return box.height < 43.9 || box.width < 43.9; })
           .map(node => node.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_print_shows_every_question_and_no_controls(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME)
    page.emulate_media(media="print")
    assert page.locator("[data-question]:visible").count() == TOTAL
    assert page.locator("#content button:visible").count() == 0
    assert page.locator("[data-explanation]:visible").count() == 0


def test_without_javascript_it_is_a_form_with_answers(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, HOME, java_script_enabled=False)
    assert page.locator("[data-question]:visible").count() == TOTAL
    assert page.locator("[data-controls]").is_hidden()
    assert page.locator("[data-check]:visible").count() == 0
    assert page.locator("[data-movers]:visible").count() == 0
    page.locator("#q-home-036 select").first.select_option("3")
    page.locator("#q-home-036 summary").click()
    assert page.locator("#q-home-036 [data-answer-text]").inner_text() == "A—3，B—1，C—4，D—2"


@pytest.mark.parametrize(("label", "answers"), [("打印题目", 0), ("打印题目和答案", TOTAL)])
def test_a_bank_prints_with_or_without_answers(
    site_dir: Path, visit: Visit, label: str, answers: int
) -> None:
    page = visit(site_dir, HOME)
    choose(page, "home-001", "A")
    page.get_by_role("button", name="一题一屏").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 1")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator("[data-filters] summary").click()
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    assert page.locator("[data-question]:visible").count() == TOTAL
    assert page.locator("[data-explanation]:visible").count() == answers
    assert page.locator("[data-feedback]:visible").count() == (1 if answers else 0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("[data-answer][open]").count() == 1
