"""Exams: drawing, clock, saving at each step, reload, handing in once, result, certificate, links."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from jingzhong.errors import Report
from jingzhong.model.library import load_library
from jingzhong.quiz.blueprint import contest_blueprint, contest_candidates
from jingzhong.quiz.draw import Blueprint, Section, draw, option_order, paper_id
from jingzhong.quiz.facts import bank_hash, fixed_letters, public_answer

Visit = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
IDS = "nodes => nodes.map(node => node.id.slice(2))"
PLANTED = "exam.html?contest=planted"


def start(page: Any, layout: str = "one") -> None:
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-screen='run']:not([hidden]) ~ [data-questions] [data-question]")
    if layout == "list":
        page.get_by_role("button", name="列表").click()
        page.wait_for_function("document.querySelectorAll('[data-question]').length > 1")


def hand_in(page: Any) -> None:
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_selector(
        "[data-screen='result']:not([hidden]) ~ [data-questions] [data-question]"
    )
    page.wait_for_function("document.querySelector('[data-feedback]:not([hidden])')")


def shown_ids(page: Any) -> list[str]:
    ids: list[str] = page.locator("[data-question]").evaluate_all(IDS)
    return ids


@pytest.fixture(scope="module")
def planted(planted_project: Path) -> Any:
    library = load_library(planted_project, planted_project / "mkdocs.yml", Report())
    assert library is not None
    return library


def test_the_page_draws_the_paper_that_python_draws(
    planted_site: Path, planted: Any, visit: Visit
) -> None:
    (contest,) = planted.contests
    blueprint = contest_blueprint(contest)
    candidates = contest_candidates(planted, contest)
    paper = draw(blueprint.sections, candidates, contest.seed)
    page = visit(planted_site, PLANTED)
    start(page, "list")
    assert shown_ids(page) == [name for part in paper for name in part]
    hashes = [(name, bank_hash(planted.bank_by_id[name])) for name in ("many", "nasty")]
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    wanted = paper_id(blueprint, contest.seed, hashes)
    page.wait_for_function("document.querySelector('[data-evidence]').textContent")
    assert wanted in page.locator("[data-evidence]").inner_text()
    # Options too stand in the order that a printed paper would have.
    questions = {q.id: q for bank in planted.banks for q in bank.questions}
    for name in paper[0] + paper[2]:
        question = questions[name]
        order = page.locator(f"#q-{name} [data-option]").evaluate_all(
            "nodes => nodes.map(node => node.dataset.option)"
        )
        letters, fixed = list(question.options), fixed_letters(question)
        assert order == option_order(letters, fixed, contest.seed, "", name)


def answer_right(page: Any, questions: dict[str, Any], name: str) -> None:
    question = questions[name]
    answer = public_answer(question)
    block = page.locator(f"#q-{name}")
    if question.type in ("single", "multiple", "judge"):
        for letter in str(answer):
            block.locator(f"[data-option='{letter}'] label").click()
    elif question.type == "blank":
        for at, words in enumerate(question.answer):
            block.locator("input").nth(at).fill(words[0])
    elif question.type == "order":
        for at, letter in enumerate(question.answer):
            block.locator("select").nth(at).select_option(letter)
    else:
        for left, right in question.answer.items():
            block.locator(f"[data-part='{left}'] select").select_option(right)


def test_every_type_is_scored_by_the_rules_of_the_contest(
    planted_site: Path, planted: Any, visit: Visit
) -> None:
    questions = {q.id: q for bank in planted.banks for q in bank.questions}
    page = visit(planted_site, PLANTED)
    start(page, "list")
    ids = shown_ids(page)
    for name in ids:
        answer_right(page, questions, name)
    # One of two right choices: half of 4 by 少选得半; one of two blanks: half; one single lost.
    page.locator("#q-nasty-2 [data-option='C'] label").click()
    page.locator("#q-nasty-4 input").last.fill("")
    wrong = "A" if questions[ids[0]].answer != "A" else "B"
    page.locator(f"#q-{ids[0]} [data-option='{wrong}'] label").click()
    assert "答案" not in page.locator(f"#q-{ids[0]}").inner_text()
    page.locator("[data-hand-in]").click()
    assert page.locator("[data-confirm-text]").inner_text() == "题目都答完了。交卷后不能再改。"
    page.locator("[data-confirm-yes]").click()
    page.wait_for_function("document.querySelector('[data-score]').textContent")
    assert page.locator("[data-score]").inner_text() == "24 分，满分 30 分"
    summary = page.locator("[data-summary]").inner_text()
    assert summary == "答对 10 题，部分答对 2 题，答错 1 题，没有作答 0 题。"
    rows = page.locator("[data-rows] tr").all_inner_texts()
    assert rows[0].split("\t") == ["一、单项选择题", "5", "4", "8 / 10"]
    assert rows[2].split("\t") == ["三、多项选择题", "1", "0", "2 / 4"]
    page.locator("[data-only-wrong]").check()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 3")
    assert shown_ids(page) == [ids[0], "nasty-2", "nasty-4"]
    assert page.locator("[data-number]").last.inner_text() == f"第 {ids.index('nasty-4') + 1} 题"
    assert page.quiz_watch.errors == []


def test_a_reload_a_crash_and_a_closed_tab_lose_nothing(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    start(page)
    first = shown_ids(page)[0]
    page.locator("[data-option] label").nth(1).click()
    page.locator("[data-next]").click()
    page.wait_for_function(f"!document.getElementById('q-{first}')")
    page.locator("[data-flag]").click()
    page.reload()
    page.wait_for_selector("[data-screen='run']:not([hidden])")
    page.wait_for_function(
        "document.querySelector('[data-spoken]').textContent === '已恢复上次的作答。'"
    )
    assert page.locator("[data-place]").inner_text() == "2/13"
    assert page.locator("[data-flag]").get_attribute("aria-pressed") == "true"
    page.locator("[data-previous]").click()
    page.wait_for_selector(f"#q-{first} [data-option]:nth-child(2) :checked")
    # A new tab does not know that it was an exam's; it asks first.
    page.close()
    page = page.context.new_page()
    page.goto((planted_site / "quizzes/exam.html").as_uri())
    page.wait_for_selector("[data-unfinished]:not([hidden])")
    assert "已答 1 题，共 13 题，剩余 0" in page.locator("[data-unfinished-text]").inner_text()
    page.get_by_role("button", name="接着考").click()
    page.wait_for_selector(f"#q-{first} [data-option]:nth-child(2) :checked")
    hand_in(page)
    assert "中断 2 次" in page.locator("[data-evidence]").inner_text()


def test_an_abandoned_exam_is_gone(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    start(page)
    page.close()
    page = page.context.new_page()
    page.goto((planted_site / "quizzes/exam.html").as_uri())
    page.get_by_role("button", name="放弃这一份").click()
    assert page.locator("[data-unfinished]").is_hidden()
    page.reload()
    page.wait_for_selector("[data-setup]")
    assert page.locator("[data-unfinished]").is_hidden()


def test_a_paper_is_handed_in_once(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    start(page)
    page.locator("[data-option] label").first.click()
    hand_in(page)
    score = page.locator("[data-score]").inner_text()
    assert page.locator("[data-question] fieldset:not(:disabled)").count() == 0
    page.reload()
    page.wait_for_selector("[data-unfinished]:not([hidden])")
    page.get_by_role("button", name="看成绩和讲解").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    assert page.locator("[data-score]").inner_text() == score
    page.goto("about:blank")
    page.goto((planted_site / "quizzes" / "exam.html").as_uri() + "?contest=planted")
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    assert "已经交过" in page.locator("[data-live]").inner_text()
    assert page.evaluate("Jingzhong.progress.results().length") == 1


def test_the_clock_speaks_at_thresholds_only_and_hands_in_at_the_end(
    planted_site: Path, visit: Visit, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(planted_site.as_uri() + "/")
    page.clock.install()
    page.goto((planted_site / "quizzes" / PLANTED).as_uri().replace("%3F", "?"))
    start(page)
    page.evaluate(
        """() => { window.spoken = [];
          new MutationObserver(() => window.spoken.push(
            document.querySelector('[data-spoken]').textContent))
          .observe(document.querySelector('[data-spoken]'), {childList: true}); }"""
    )
    assert page.locator("[data-time]").inner_text() == "02:00"
    assert page.get_by_role("timer").get_attribute("aria-live") == "off"
    page.clock.run_for(59_000)
    assert page.locator("[data-time]").inner_text() == "01:01"
    assert page.evaluate("window.spoken") == []
    page.clock.run_for(50_000)
    assert page.evaluate("window.spoken") == ["还剩 1 分钟"]
    page.clock.run_for(2_000)
    assert page.evaluate("window.spoken") == ["还剩 1 分钟", "还剩 10 秒"]
    page.clock.run_for(20_000)
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    page.wait_for_function("document.querySelector('[data-summary]').textContent")
    assert "时间到，自动交卷" in page.locator("[data-summary]").inner_text()
    assert "用时 02:00" in page.locator("[data-evidence]").inner_text()


def test_sleep_and_pause_cost_no_time(planted_site: Path, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(planted_site.as_uri() + "/")
    page.clock.install()
    page.goto((planted_site / "quizzes/exam.html").as_uri() + "?contest=planted")
    start(page)
    page.clock.run_for(10_000)
    page.clock.fast_forward(3_600_000)
    page.clock.run_for(1_000)
    assert page.locator("[data-time]").inner_text() in ("01:49", "01:48")
    page.get_by_role("button", name="暂停").click()
    assert page.locator("[data-question]:visible").count() == 0
    page.clock.run_for(30_000)
    page.get_by_role("button", name="继续作答").click()
    page.clock.run_for(1_000)
    assert page.locator("[data-time]").inner_text() in ("01:48", "01:47")
    page.clock.resume()
    hand_in(page)
    assert "暂停 1 次" in page.locator("[data-evidence]").inner_text()


@pytest.mark.parametrize(("extra", "time"), [("1.5", "03:00"), ("2", "04:00"), ("0", "00:00")])
def test_extra_time(planted_site: Path, visit: Visit, extra: str, time: str) -> None:
    page = visit(planted_site, PLANTED)
    page.locator("[data-extra]").select_option(extra)
    start(page)
    assert page.locator("[data-time]").inner_text() in (time, time.replace(":00", ":01"))
    label = page.locator("[data-time-label]").inner_text()
    assert label == ("已用" if extra == "0" else "剩余")
    hand_in(page)
    note = "不限时" if extra == "0" else f"延长到 {extra} 倍"
    assert note in page.locator("[data-evidence]").inner_text()


def test_twenty_questions_of_a_bank(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "exam.html?bank=community-home")
    assert page.locator("[data-source]").input_value() == "bank community-home"
    assert page.locator("[data-count]").input_value() == "20"
    page.locator("[data-minutes]").select_option("0")
    start(page, "list")
    ids = shown_ids(page)
    assert len(set(ids)) == 20 and all(name.startswith("home-") for name in ids)
    hand_in(page)
    assert page.locator("[data-score]").inner_text() == "0 分，满分 100 分"
    page.get_by_role("button", name="再考一份").click()
    page.wait_for_selector("[data-screen='start']:not([hidden])")
    page.locator("[data-source]").select_option("bank community-home")
    start(page, "list")
    assert shown_ids(page) != ids, "left to chance, another exam has another seed"


CITED = """nodes => Object.fromEntries(nodes.map(node => [node.id, [...node.querySelectorAll(
    "[data-explanation] a")].map(link => [link.href, link.textContent, link.dataset.cite || ""])]))"""


def test_citations_in_the_review_are_links_like_on_the_page_of_the_bank(
    site_dir: Path, visit: Visit
) -> None:
    page = visit(site_dir, "exam.html?bank=community-home")
    start(page, "list")
    hand_in(page)
    found = page.locator("[data-question]").evaluate_all(CITED)
    page.goto((site_dir / "quizzes" / "community-home.html").as_uri())
    written = page.locator("[data-question]").evaluate_all(CITED)
    assert sum(len(links) for links in found.values()) >= 5
    assert found == {name: written[name] for name in found}


def test_the_same_seed_is_the_same_paper_for_a_class(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "exam.html?contest=community-2026")
    page.locator("summary", has_text="全班同一份试卷").click()
    page.locator("[data-seed]").fill(" ２０２６年6月1日 ")
    page.get_by_role("button", name="生成试卷链接").click()
    page.wait_for_selector("[data-link-row]:not([hidden])")
    link = page.locator("[data-link]").input_value()
    number = page.locator("[data-facts] dd").last.inner_text()
    papers = []
    for variant in ("", "", "B"):
        other = visit(site_dir, "index.html")
        other.goto(link)
        other.wait_for_selector("[data-other]:not([hidden])")
        assert other.locator("[data-problem]").is_hidden()
        assert other.locator("[data-facts] dd").last.inner_text() == number
        assert other.locator("[data-source]").is_hidden()
        if variant:
            other.locator("summary", has_text="全班同一份试卷").click()
            other.locator("[data-variant]").select_option(variant)
        start(other, "list")
        papers.append(shown_ids(other))
        hand_in(other)
        assert number in other.locator("[data-evidence]").inner_text()
    assert len(papers[0]) == 45
    assert papers[0] == papers[1] != papers[2]
    assert sorted(papers[0]) == sorted(papers[2])


def test_the_link_can_be_scanned_from_the_wall(
    site_dir: Path, visit: Visit, site_server: Any, axe: Callable[[Any], list[str]]
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    page = visit(site_dir, "index.html", color_scheme="dark")
    page.goto(site_server.below + "quizzes/exam.html?contest=community-2026")
    page.locator("summary", has_text="全班同一份试卷").click()
    page.get_by_role("button", name="生成试卷链接").click()
    page.get_by_role("button", name="二维码").click()
    picture = Image.open(BytesIO(page.locator("[data-code] svg").screenshot()))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [
        page.locator("[data-link]").input_value()
    ]
    assert axe(page) == []
    # Another paper takes the old code away.
    page.locator("[data-variant]").select_option("B")
    assert page.locator("[data-code]").is_hidden()
    # A file on this disk is nowhere else.
    page = visit(site_dir, "exam.html")
    page.locator("summary", has_text="全班同一份试卷").click()
    page.get_by_role("button", name="生成试卷链接").click()
    page.wait_for_selector("[data-link-row]:not([hidden])")
    assert page.locator("[data-show-code]").is_hidden()


def test_the_seed_of_a_contest_whose_key_is_secret_is_not_published(
    site_dir: Path, planted_site: Path, project: Path
) -> None:
    text = (project / "quizzes/contests/community-2026.yml").read_text("utf-8")
    seed = next(line for line in text.splitlines() if line.startswith("seed:")).split(": ")[1]
    assert "publish_key: false" in text
    pages = [*site_dir.rglob("*.html"), *site_dir.rglob("*.js"), *site_dir.rglob("*.json")]
    assert [path.name for path in pages if seed in path.read_text("utf-8")] == []
    assert '"planted"' in (planted_site / "quizzes/exam.html").read_text("utf-8")


def encoded(page: Any, change: dict[str, Any]) -> str:
    code: str = page.evaluate(
        """(change) => Jingzhong.papers.encode(Object.assign({title: "卷", minutes: 0,
             scoring: "全对才得分", seed: "s", variant: "", id: "",
             sections: [{type: "", count: 5, banks: ["many"], topics: [], difficulties: [],
                         points: 100}]}, change))""",
        change,
    )
    return code


SECTION = {
    "type": "",
    "count": 5,
    "banks": ["many"],
    "topics": [],
    "difficulties": [],
    "points": 100,
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sections": [SECTION | {"count": 400}]}, "第 1 大题要 400 题，现在的题库只能给出 250 题"),
        ({"sections": [SECTION | {"topics": ["没有"]}]}, "现在的题库只能给出 0 题"),
        ({"id": "ABCDEFGH"}, "题库在这份试卷发出之后改过"),
        ({"sections": [SECTION | {"banks": ["gone"]}]}, "题库数据没有读到"),
        ({"sections": [SECTION | {"count": 501}]}, "这个试卷链接不完整"),
        ({"sections": [SECTION | {"count": -1}]}, "这个试卷链接不完整"),
        ({"sections": [SECTION | {"banks": ["../../x"]}]}, "这个试卷链接不完整"),
        ({"sections": []}, "这个试卷链接不完整"),
        ({"sections": "x"}, "这个试卷链接不完整"),
        ({"scoring": "想给多少给多少"}, "这个试卷链接不完整"),
        ({"variant": "Z"}, "这个试卷链接不完整"),
        ({"minutes": 1e9}, "这个试卷链接不完整"),
        ({"seed": "x" * 300}, "这个试卷链接不完整"),
    ],
)
def test_a_damaged_or_outdated_link_says_so(
    planted_site: Path, visit: Visit, change: dict[str, Any], said: str
) -> None:
    page = visit(planted_site, "exam.html")
    if change.get("sections") == "x":
        code = "WzEsInQiLDAsIuWFqOWvueaJjeW+l+WIhiIsIngiXQ"
    else:
        code = encoded(page, change)
    page.evaluate("(code) => { location.hash = '#paper=' + code; }", code)
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert said in page.locator("[data-problem]").inner_text()


def test_half_a_link_says_so(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "exam.html")
    code = encoded(page, {})[:40]
    page.evaluate("(code) => { location.hash = '#paper=' + code; }", code)
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert "不完整" in page.locator("[data-problem]").inner_text()
    assert page.locator("[data-source]").is_visible()


@pytest.mark.parametrize(
    "kept",
    [
        "7",
        '"x"',
        "{}",
        '{"code":"x","id":"a","handed":"","ids":[],"flags":[],"answers":{}}',
        "{bad",
    ],
)
def test_a_spoilt_record_is_passed_over(planted_site: Path, visit: Visit, kept: str) -> None:
    page = visit(planted_site, "exam.html")
    page.evaluate("(kept) => localStorage.setItem('jingzhong.quiz.exam', kept)", kept)
    page.reload()
    page.wait_for_selector("[data-screen='start']:not([hidden])")
    assert page.locator("[data-unfinished]").is_hidden()
    assert page.quiz_watch.errors == []


def test_a_bank_that_changes_during_the_exam_is_noticed(
    planted_site: Path, planted_project: Path, tmp_path: Path, visit: Visit
) -> None:
    page = visit(planted_site, PLANTED)
    start(page, "list")
    ids = shown_ids(page)
    page.locator(f"#q-{ids[-1]} select").first.select_option("1")
    index = planted_site / "data/quiz/many/index.js"
    text = index.read_text("utf-8")
    try:
        index.write_text(text.replace('"hash":"', '"hash":"0'), "utf-8")
        page.reload()
        page.wait_for_function("document.querySelectorAll('[data-question]').length > 1")
        assert "题库更新过" in page.locator("[data-spoken]").inner_text()
        assert shown_ids(page) == ids
        assert page.locator(f"#q-{ids[-1]} select").first.input_value() == "1"
    finally:
        index.write_text(text, "utf-8")


def test_the_keyboard_alone_sits_an_exam(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    press = page.keyboard.press
    page.get_by_role("button", name="开始考试").focus()
    press("Enter")
    page.wait_for_selector("[data-question]")
    page.wait_for_function("document.activeElement.hasAttribute('data-title')")
    for _ in range(20):
        press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    press("b")
    press("Enter")
    page.wait_for_function("document.activeElement.hasAttribute('data-question')")
    assert page.locator("[data-place]").inner_text() == "2/13"
    page.locator("[data-hand-in]").focus()
    press("Enter")
    assert page.evaluate("document.activeElement.hasAttribute('data-confirm-yes')")
    assert "还有 12 题没有答" in page.locator("[data-confirm-text]").inner_text()
    press("Escape")
    assert page.evaluate("document.activeElement.hasAttribute('data-hand-in')")
    press("Enter")
    press("Enter")
    page.wait_for_function("document.activeElement.hasAttribute('data-result-title')")


def test_the_certificate_says_what_it_proves_and_prints_alone(
    planted_site: Path, visit: Visit
) -> None:
    page = visit(planted_site, PLANTED)
    page.evaluate(
        "window.print = () => { window.printed = document.documentElement.dataset.print; }"
    )
    start(page)
    hand_in(page)
    page.locator("[data-screen='result'] summary", has_text="答题证明").click()
    page.locator("[data-holder]").fill("三班 07 号")
    page.get_by_role("button", name="打印答题证明").click()
    assert page.evaluate("window.printed") == "certificate"
    page.emulate_media(media="print")
    text = page.locator("[data-certificate]").inner_text()
    for words in ("三班 07 号", "0 分，满分 30 分", "没有监考", "不能代替", "试卷编号"):
        assert words in text
    assert page.locator("[data-score]").is_hidden()
    assert page.locator("[data-question]:visible").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("[data-certificate]").is_hidden()
    assert page.locator("[data-score]").is_visible()
    assert page.locator("[data-question]:visible").count() == 13
    assert page.locator("#content button:visible").count() == 0


def test_a_paper_can_be_shown_to_a_room(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    page.locator("summary", has_text="全班同一份试卷").click()
    page.get_by_role("button", name="投影讲这份试卷").click()
    page.wait_for_selector("[data-question]")
    page.wait_for_selector("[data-reveal]:not([hidden])")
    page.get_by_role("button", name="揭晓答案").click()
    assert "正确答案" in page.locator("[data-feedback]").inner_text()
    page.keyboard.press("PageDown")
    page.wait_for_function("document.querySelector('[data-place]').textContent === '2/13'")
    page.get_by_role("button", name="退出投影").click()
    page.wait_for_selector("[data-screen='start']:not([hidden])")
    assert page.evaluate("Jingzhong.progress.open().length") == 0


def test_during_the_exam_the_projector_reveals_nothing(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    start(page)
    page.locator("[data-screen='run']").get_by_role("button", name="投影").click()
    page.wait_for_selector("[data-projector-exit]:not([hidden])")
    assert page.locator("[data-reveal]").is_hidden()
    assert page.locator("[data-answer]:visible").count() == 0


def test_the_server_may_die_in_the_middle(
    planted_site: Path, serve_folder: Callable[[Path], Any], open_page: Callable[..., Any]
) -> None:
    """What is loaded goes on; what was answered is there when the server is back."""
    server = serve_folder(planted_site)
    page, _ = open_page(server.root)
    page.goto(server.root + "quizzes/" + PLANTED)
    start(page, "list")
    page.context.set_offline(True)
    page.locator("[data-option] label").first.click()
    hand_in(page)
    assert "满分 30 分" in page.locator("[data-score]").inner_text()
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="看成绩和讲解").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")


def test_without_javascript_the_page_leads_to_the_banks(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "exam.html", java_script_enabled=False)
    assert page.locator("[data-plain] a:visible").count() == len(
        list((ROOT / "quizzes").glob("*.yml"))
    )
    assert page.locator("[data-screen]:visible").count() == 0


def test_the_blueprint_of_the_page_is_the_one_of_the_file(planted_site: Path) -> None:
    html = (planted_site / "quizzes/exam.html").read_text("utf-8")
    text = html.split("data-offer>")[1].split("</script>")[0]
    offer = json.loads(text)
    (contest,) = offer["contests"]
    sections = tuple(
        Section(count, tuple(banks), kind, tuple(topics), tuple(levels), points)
        for kind, count, banks, topics, levels, points in contest["sections"]
    )
    assert Blueprint(sections, contest["scoring"], contest["minutes"]).minutes == 2
    assert sum(one.count * one.points for one in sections) == 3000


def resume_elsewhere(page: Any, site: Path) -> Any:
    """Another tab of the same browser that goes on with the exam."""
    other = page.context.new_page()
    other.goto((site / "quizzes/exam.html").as_uri())
    other.get_by_role("button", name="接着考").click()
    other.wait_for_selector("[data-question]")
    return other


def test_two_tabs_hand_in_once(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    start(page)
    other = resume_elsewhere(page, planted_site)
    page.wait_for_selector("[data-screen='start']:not([hidden])")
    hand_in(other)
    # What is asked for in the first tab now is the result; there is nothing left to answer.
    page.get_by_role("button", name="接着考").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    page.wait_for_function("document.querySelector('[data-score]').textContent")
    assert page.locator("[data-score]").inner_text() == other.locator("[data-score]").inner_text()
    assert page.locator("[data-question] fieldset:not(:disabled)").count() == 0
    assert page.evaluate("Jingzhong.progress.results().length") == 1


def test_a_second_tab_takes_the_exam_over_with_all_answers(
    planted_site: Path, visit: Visit
) -> None:
    page = visit(planted_site, PLANTED)
    start(page, "list")
    page.get_by_role("button", name="暂停").click()
    other = resume_elsewhere(page, planted_site)
    for question in other.locator("[data-question]").all()[:5]:
        question.locator("input").first.check()
    kept = "() => Object.keys(JSON.parse(localStorage['jingzhong.quiz.exam']).answers).length"
    assert other.evaluate(kept) == 5
    # The first tab writes nothing any more and says where the exam is.
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert "另一个窗口" in page.locator("[data-problem]").inner_text()
    assert page.locator("[data-screen='start']").is_visible()
    assert other.evaluate(kept) == 5
    # It can be taken back, paused or not before; then the other one stands aside.
    page.get_by_role("button", name="接着考").click()
    page.wait_for_selector("[data-screen='run']:not([hidden]) ~ [data-questions] [data-question]")
    assert page.locator("[data-question] input:checked").count() == 5
    assert page.locator("[data-hand-in]").is_enabled()
    other.wait_for_selector("[data-problem]:not([hidden])")
    assert page.evaluate(kept) == 5


def test_an_exam_begun_in_another_tab_is_not_overwritten(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, PLANTED)
    start(page, "list")
    other = page.context.new_page()
    other.goto((planted_site / "quizzes/exam.html").as_uri() + "?bank=many")
    start(other)
    # What this tab would still save is refused, whether news of the other one came or not.
    save = "() => Jingzhong.examSession.save(Jingzhong.examSession.stored())"
    assert page.evaluate(save) is False
    assert other.evaluate(save) is True
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert "不再保留" in page.locator("[data-problem]").inner_text()
    assert "大题库" in other.evaluate("Jingzhong.examSession.stored().paper.title")


def test_a_link_to_another_paper_is_not_passed_over_in_the_middle_of_an_exam(
    planted_site: Path, visit: Visit
) -> None:
    page = visit(planted_site, PLANTED)
    page.locator("summary", has_text="全班同一份试卷").click()
    page.locator("[data-seed]").fill("today")
    page.get_by_role("button", name="生成试卷链接").click()
    page.wait_for_selector("[data-link-row]:not([hidden])")
    link = page.locator("[data-link]").input_value()
    page.locator("[data-seed]").fill("yesterday")
    start(page)
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("[data-other]:not([hidden])")
    assert page.locator("[data-screen='run']:visible").count() == 0
    assert page.get_by_role("button", name="接着考").is_visible()
    # Once this paper was begun, a reload with the same link goes on with it.
    start(page)
    page.reload()
    page.wait_for_selector("[data-screen='run']:not([hidden]) ~ [data-questions] [data-question]")
