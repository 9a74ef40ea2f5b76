"""What is taken along: a bank as one file, and the package for a stick. Opened from a disk, as a reader would."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.offline_host import build_small_site

SITE_URL = "site_url: https://www.example.gov.cn/anquan/\n"
MARK = "单件"


@pytest.fixture(scope="module")
def small_site(
    project: Path, tmp_path_factory: pytest.TempPathFactory, run_mkdocs: Callable[..., Any]
) -> Path:
    """A small site that knows its address, with a picture in a question."""
    folder = tmp_path_factory.mktemp("files")
    return build_small_site(project, folder, run_mkdocs, MARK, head=SITE_URL)


@pytest.fixture
def open_alone(open_page: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """`open_alone(file)` opens a copy of a file in an empty folder, every other request refused."""

    def go(file: Path, **options: Any) -> Any:
        copy = tmp_path / "mailed" / file.name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy2(file, copy)
        page, watch = open_page(copy.as_uri(), viewport={"width": 390, "height": 800}, **options)
        page.asked = []

        def only_this(route: Any) -> None:
            url = route.request.url
            if url.startswith(copy.as_uri()):
                route.continue_()
            else:
                page.asked.append(url)
                route.abort()

        page.context.route("**/*", only_this)
        page.watch = watch
        page.goto(copy.as_uri())
        return page

    return go


def sound(page: Any) -> bool:
    return page.asked == [] and page.watch.errors == [] and page.watch.foreign == []


# One file


def test_one_file_practises(small_site: Path, open_alone: Callable[..., Any]) -> None:
    page = open_alone(small_site / "quizzes/many.single.html")
    picture = "document.querySelector('#q-many-001 [data-image]')"
    page.locator("#q-many-001").scroll_into_view_if_needed()
    page.wait_for_function(f"{picture}.naturalWidth > 0")
    page.locator("#q-many-001 [data-option='A'] label").click()
    assert "答对了" in page.locator("#q-many-001 [data-feedback]").inner_text()
    page.get_by_role("button", name="一题一屏").click()
    page.locator("[data-part-of='practice'] [data-open-card]").click()
    page.locator("[data-part-of='practice'] [data-range-choice]").select_option("1")
    page.locator("[data-part-of='practice'] [data-cell='119']").click()
    page.wait_for_selector("#q-many-120")
    page.get_by_role("button", name="大字版").click()
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert sound(page)


def test_one_file_examines(small_site: Path, open_alone: Callable[..., Any]) -> None:
    page = open_alone(small_site / "quizzes/many.single.html")
    exam = page.locator("[data-part-of='exam']")
    assert not exam.is_visible()
    page.get_by_role("button", name="考试", exact=True).click()
    exam.locator("[data-count]").select_option("10")
    exam.get_by_role("button", name="开始考试").click()
    for number in range(10):
        page.wait_for_function(
            f"(document.querySelector('[data-part-of=exam] [data-place]') || {{}}).textContent === '{number + 1}/10'"
        )
        exam.locator("[data-question] input[value='A']").check()
        if number == 4:
            page.reload()
            page.wait_for_selector("[data-part-of='exam'] [data-question]")
        if number < 9:
            exam.locator("[data-next]").click()
    exam.locator("[data-hand-in]").click()
    exam.locator("[data-confirm-yes]").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    page.wait_for_function("document.querySelector('[data-summary]').textContent")
    assert "答对 10 题" in exam.locator("[data-summary]").inner_text()
    assert sound(page)


def test_the_exams_of_two_files_do_not_get_in_each_others_way(
    small_site: Path, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(small_site.as_uri() + "/")
    for name in ("drill", "many"):
        page.goto((small_site / f"quizzes/{name}.single.html").as_uri())
        page.get_by_role("button", name="考试", exact=True).click()
        assert not page.locator("[data-unfinished]").is_visible()
        page.get_by_role("button", name="开始考试").click()
        page.wait_for_selector("[data-part-of='exam'] [data-question]")
    page.goto((small_site / "quizzes/drill.single.html").as_uri())
    page.locator("[data-resume]").click()
    page.wait_for_selector("[data-part-of='exam'] [id^='q-drill']")


def test_one_file_without_scripts_is_a_form_with_answers(
    small_site: Path, open_alone: Callable[..., Any]
) -> None:
    page = open_alone(small_site / "quizzes/drill.single.html", java_script_enabled=False)
    assert page.locator("[data-question]").count() == 6
    assert not page.locator("[data-part-of='exam']").is_visible()
    page.locator("#q-drill-002 summary").click()
    assert "人最要紧" in page.locator("#q-drill-002 [data-explanation]").inner_text()


def test_one_file_prints(small_site: Path, open_alone: Callable[..., Any]) -> None:
    page = open_alone(small_site / "quizzes/drill.single.html")
    page.emulate_media(media="print")
    assert not page.locator("[data-switch]").is_visible()
    assert page.locator("#q-drill-001 [data-stem]").is_visible()
    assert page.pdf().startswith(b"%PDF")
    # A certificate of an exam stands alone on its sheet, as on the site.
    page.emulate_media(media="screen")
    page.get_by_role("button", name="考试", exact=True).click()
    page.locator("[data-count]").select_option("6")
    page.get_by_role("button", name="开始考试").click()
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    page.locator("summary:text('答题证明')").click()
    page.evaluate("document.documentElement.dataset.print = 'certificate'")
    page.emulate_media(media="print")
    assert page.locator("[data-certificate]").is_visible()
    assert not page.locator("h1").is_visible()


def test_links_of_one_file_lead_to_the_published_site(
    small_site: Path, open_alone: Callable[..., Any]
) -> None:
    page = open_alone(small_site / "quizzes/drill.single.html")
    link = page.locator("#q-drill-001 [data-links] a")
    expected = "https://www.example.gov.cn/anquan/regulations/fire-law.html#art-44"
    assert link.get_attribute("href") == expected


def test_without_an_address_they_are_text(site_dir: Path, open_alone: Callable[..., Any]) -> None:
    page = open_alone(site_dir / "quizzes/community-home.single.html")
    assert "《" in page.locator("[data-links] li").first.text_content()
    assert page.locator("article a[href]:not([href^='#'])").count() == 0
    assert sound(page)


def test_a_file_that_needs_another_is_noticed(
    small_site: Path, tmp_path: Path, open_alone: Callable[..., Any]
) -> None:
    text = (small_site / "quizzes/drill.single.html").read_text("utf-8")
    planted = tmp_path / "planted.html"
    planted.write_text(text.replace("</body>", '<img src="picture.png" alt=""></body>'), "utf-8")
    assert not sound(open_alone(planted))


def test_one_file_is_clean_for_axe(small_site: Path, open_alone: Callable[..., Any]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_alone(small_site / "quizzes/drill.single.html")
    for name in ("练习", "考试"):
        page.get_by_role("button", name=name, exact=True).click()
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found] == []


# The package


@pytest.fixture(scope="module")
def unpacked(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it lies on a stick."""
    folder = tmp_path_factory.mktemp("U 盘")
    with zipfile.ZipFile(small_site / "downloads/jingzhong-offline.zip") as archive:
        archive.extractall(folder)
    return folder


def test_the_package_opens_by_double_click(unpacked: Path, open_page: Callable[..., Any]) -> None:
    home = unpacked.as_uri() + "/"
    page, watch = open_page(home)
    page.goto((unpacked / "开始.html").as_uri())
    page.wait_for_url("**/site/index.html")
    page.get_by_role("link", name="知识题库").first.click()
    page.get_by_role("link", name=f"{MARK}题库drill").click()
    page.locator("#q-drill-002 [data-option='B'] label").click()
    assert "答错了" in page.locator("#q-drill-002 [data-feedback]").inner_text()
    page.get_by_role("link", name="考一考").click()
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    assert watch.errors == []
    assert watch.foreign == []


def test_the_package_offers_nothing_that_it_does_not_hold(
    unpacked: Path, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(unpacked.as_uri() + "/")
    for name in ("offline.html", "quizzes/index.html", "quizzes/drill.html"):
        page.goto((unpacked / "site" / name).as_uri())
        for link in page.locator("a[download]").all():
            target = (unpacked / "site" / name).parent / link.get_attribute("href")
            assert target.is_file(), target
    assert "离线包（" not in page.content()


def test_the_start_page_says_what_to_do_when_it_was_not_unpacked(
    unpacked: Path, open_alone: Callable[..., Any]
) -> None:
    page = open_alone(unpacked / "开始.html")
    page.wait_for_timeout(100)
    assert "全部解压" in page.locator("main").inner_text()
    assert page.url.endswith(".html")


def test_in_wechat_a_download_says_how(small_site: Path, open_page: Callable[..., Any]) -> None:
    agent = "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0.40"
    page, _ = open_page(small_site.as_uri() + "/", user_agent=agent)
    page.goto((small_site / "offline.html").as_uri())
    for link in page.locator("a[download]").all():
        link.click()
        assert link.locator("xpath=following-sibling::*[1]").is_visible()
