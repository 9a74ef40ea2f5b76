"""The quizzes without a network: kept by the worker, taken whole, given up when told to.

Each test has a host of its own that is stopped in the middle, or whose files are exchanged for
those of a second build.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.browser.offline_host import Host, build_small_site

OLD, NEW = "甲版", "乙版"
KEPT = """navigator.serviceWorker.getRegistration().then(registration =>
  Boolean(registration && registration.active && registration.active.state === "activated"))"""
# Name → how many entries, of all caches of the host.
COUNTS = """async () => {
  const counts = {};
  for (const name of await caches.keys())
    counts[name.split(" ")[2]] = (await (await caches.open(name)).keys()).length;
  return counts;
}"""
ENTRIES = """async () => {
  const names = (await caches.keys()).filter(name => name.endsWith(" kept"));
  const entries = {};
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      entries[decodeURI(request.url)] = await (await cache.match(request)).text();
  }
  return entries;
}"""
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length"
UPDATE = """navigator.serviceWorker.getRegistration().then(one => one.update())
  .then(() => true, () => true)"""
STATES = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return ["installing", "waiting", "active"].filter(state => registration[state]);
}"""
NOTE = "[data-module='offline']"


# Playwright waits neither for a promise nor for one that never comes.
ANSWER = """() => Promise.race([
  EXPRESSION, new Promise((_, fail) => setTimeout(fail, 5000, new Error("no answer")))
])"""
PATIENCE_SECONDS = 15.0


def ask(page: Any, expression: str) -> Any:
    """What a promise in the page comes to."""
    return page.evaluate(ANSWER.replace("EXPRESSION", expression))


def until(page: Any, expression: str) -> None:
    """Wait until a promise in the page comes to something true, also while the page is exchanged."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if ask(page, expression):
                return
        except Error as error:
            if "no answer" in error.message:
                raise
        page.wait_for_timeout(30)
    pytest.fail(f"never true: {expression}")


@pytest.fixture(scope="module")
def sites(
    project: Path, tmp_path_factory: pytest.TempPathFactory, run_mkdocs: Callable[..., Any]
) -> dict[str, Path]:
    """Two versions of a small site: other texts, another number of questions, another style."""

    def build(mark: str, **options: Any) -> Path:
        return build_small_site(
            project, tmp_path_factory.mktemp("offline"), run_mkdocs, mark, **options
        )

    return {OLD: build(OLD), NEW: build(NEW, extra=4)}


@pytest.fixture
def host(sites: dict[str, Path]) -> Iterator[Host]:
    """The old version on a host that may be stopped and changed."""
    started = Host(sites[OLD])
    yield started
    started.stop()


@pytest.fixture
def visit(host: Host, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """`visit(name)` opens a page of the host in a browser that was never here, and waits until all is kept."""

    def go(name: str = "quizzes/index.html", home: str = "") -> Any:
        page, watch = open_page(home or host.root)
        page.home = home or host.root
        page.watch = watch
        page.goto(page.home + name)
        until(page, KEPT)
        return page

    return go


def is_open(page: Any, name: str) -> bool:
    """Whether a page comes, with its styles and a heading of its own."""
    try:
        page.goto(page.home + name)
    except Error:
        return False
    styled: bool = page.evaluate("getComputedStyle(document.body).marginTop === '0px'")
    return styled and page.locator("h1").inner_text() != "未联网"


def version(page: Any) -> set[str]:
    """The versions of everything on the page: its HTML, and the data that its scripts load."""
    bank = "Jingzhong.load(document.querySelector('[data-data]').dataset.data, 'quiz/drill', '1')"
    html = page.inner_text("h1") + page.locator("article").inner_text()
    data = ask(page, f"{bank}.then(data => JSON.stringify(data))")
    return set(re.findall(f"{OLD}|{NEW}", html + data))


# Kept


@pytest.mark.parametrize("place", ["root", "below"])
def test_with_the_server_gone_every_quiz_page_opens(
    place: str, host: Host, visit: Callable[..., Any]
) -> None:
    home = getattr(host, place)
    page = visit(home=home)
    host.stop()
    for name in ("index", "exam", "book", "drill", "many", "many-2", "exam"):
        assert is_open(page, f"quizzes/{name}.html"), name
    assert is_open(page, "quizzes/")
    # Practice works, with the picture and what a script loads only when it is asked for.
    page.goto(home + "quizzes/many.html")
    page.locator("#q-many-001 [data-option='A'] label").click()
    assert "答对了" in page.locator("#q-many-001 [data-feedback]").inner_text()
    width = "document.querySelector('#q-many-001 [data-image]').naturalWidth"
    page.wait_for_function(f"{width} > 0")
    page.get_by_role("button", name="一题一屏").click()
    for _ in range(3):
        page.locator("[data-next]").click()
    page.wait_for_selector("#q-many-004")
    page.evaluate("document.querySelector('[data-open-card]').click()")
    page.locator("[data-range-choice]").select_option("1")
    page.locator("[data-cell='110']").click()
    page.wait_for_selector("#q-many-111")
    cited = page.evaluate("Jingzhong.load('../data/', 'articles', 'fire-law').then(Boolean)")
    assert cited is True
    assert page.watch.errors == []
    assert is_open(page, "quizzes/drill.html?h=%E6%92%A4%E7%A6%BB#q-drill-002")


def test_without_the_worker_nothing_opens(
    host: Host, sites: dict[str, Path], open_page: Callable[..., Any]
) -> None:
    host.planted["sw.js"] = (404, b"")
    page, _ = open_page(host.root)
    page.home = host.root
    page.goto(host.root + "quizzes/index.html")
    page.wait_for_timeout(300)
    assert page.evaluate(REGISTERED) == 0
    host.stop()
    assert not is_open(page, "quizzes/index.html")


def test_it_is_said_once_that_the_quizzes_are_kept(host: Host, visit: Callable[..., Any]) -> None:
    page = visit()
    page.wait_for_selector(f"{NOTE}:not([hidden])")
    assert "已可离线使用" in page.locator(f"{NOTE} [role='status']").inner_text()
    assert not page.locator(f"{NOTE} [data-take]").is_visible()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.get_by_role("button", name="知道了").click()
    assert not page.locator(NOTE).is_visible()
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_timeout(300)
    assert not page.locator(NOTE).is_visible()


def test_what_is_kept_is_the_quizzes_alone(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit()
    kept = {
        url.removeprefix(host.root).partition("?")[0]: text
        for url, text in page.evaluate(ENTRIES).items()
    }
    assert {"quizzes/exam.html", "data/quiz/many/2.js", "assets/jingzhong/site.css"} <= set(kept)
    assert not [name for name in kept if re.search(r"^(cases|downloads|search)|\.single\.", name)]
    for name, text in kept.items():
        if not name.endswith(".png"):
            assert text == (sites[OLD] / name).read_text("utf-8"), name


def test_the_manifest_can_be_read(host: Host, visit: Callable[..., Any]) -> None:
    page = visit("quizzes/drill.html", home=host.below)
    session = page.context.new_cdp_session(page)
    read = session.send("Page.getAppManifest")
    assert read["url"] == host.below + "manifest.webmanifest"
    assert read["errors"] == []
    manifest = json.loads(read["data"])
    assert manifest["start_url"] == "quizzes/index.html"


# An exam


def start_exam(page: Any, name: str = "quizzes/exam.html?bank=drill") -> None:
    page.goto(page.home + name)
    page.locator("[data-count]").select_option("6") if "drill" in name else None
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")


def answer_shown(page: Any) -> str:
    """Choose A in the question on the page; returns its id."""
    section = page.locator("[data-deck] [data-question]").first
    section.locator("input[value='A']").check()
    return str(section.get_attribute("id"))


def test_an_exam_outlives_its_server(host: Host, visit: Callable[..., Any]) -> None:
    page = visit(home=host.below)
    start_exam(page)
    first = answer_shown(page)
    page.locator("[data-next]").click()
    page.wait_for_selector(f"[data-question]:not(#{first})")
    host.stop()
    second = answer_shown(page)
    page.reload()
    page.wait_for_selector(f"#{second}")
    assert page.locator(f"#{second} input[value='A']").is_checked()
    page.locator("[data-previous]").click()
    page.wait_for_selector(f"#{first}")
    assert page.locator(f"#{first} input[value='A']").is_checked()
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    page.wait_for_function("document.querySelector('[data-summary]').textContent")
    assert "答对 2 题" in page.locator("[data-summary]").inner_text()
    page.goto(page.home + "quizzes/book.html")
    page.wait_for_selector("[data-results] li")


def test_the_very_first_page_is_served_too(host: Host, visit: Callable[..., Any]) -> None:
    page = visit("quizzes/exam.html?bank=many")
    page.wait_for_function("navigator.serviceWorker.controller")
    host.stop()
    # Nothing was reloaded, and none of the questions had been asked for.
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    page.get_by_role("button", name="列表").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 20")


# A new version


def test_a_page_just_opened_takes_the_new_version_by_itself(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    assert version(page) == {OLD}
    host.folder = sites[NEW]
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_function(f"document.querySelector('h1').textContent.includes('{NEW}')")
    assert version(page) == {NEW}
    until(page, KEPT)
    # What is kept now is the new version and nothing else, and it is whole.
    until(page, f"({COUNTS})().then(counts => counts.kept > 0)")
    kept = page.evaluate(ENTRIES)
    assert OLD not in "".join(kept.values())
    for url, text in kept.items():
        name = url.removeprefix(host.root).partition("?")[0]
        if not name.endswith(".png"):
            assert text == (sites[NEW] / name).read_text("utf-8"), name
    host.stop()
    for name in ("drill", "many", "many-2", "exam"):
        assert is_open(page, f"quizzes/{name}.html")
        assert version(page) <= {NEW}


def touch(page: Any) -> None:
    """A reader is at work: nothing is exchanged unasked."""
    page.keyboard.press("Shift")


def wait_until_waiting(page: Any) -> None:
    until(page, UPDATE)
    until(page, f"({STATES})().then(states => states.includes('waiting'))")


def test_the_next_visit_has_it_whole_and_none_is_mixed(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    touch(page)
    host.folder = sites[NEW]
    wait_until_waiting(page)
    # Nothing was loaded of this bank's data before: it comes from the version of the page.
    assert version(page) == {OLD}
    page.wait_for_selector(f"{NOTE} [data-take]:visible")
    assert "有新版本" in page.locator(NOTE).inner_text()
    page.goto(host.root + "quizzes/many.html")
    page.wait_for_function(f"document.body.textContent.includes('{NEW}')")
    assert version(page) == {NEW}
    host.stop()
    page.goto(host.root + "quizzes/drill.html")
    assert version(page) == {NEW}


def test_coming_back_after_all_was_closed_has_it_whole(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    touch(page)
    host.folder = sites[NEW]
    wait_until_waiting(page)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(host.root + "quizzes/many.html")
    assert version(again) == {NEW}


def test_the_button_takes_it_in_every_tab(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    other = page.context.new_page()
    other.goto(host.root + "quizzes/many.html")
    for one in (page, other):
        touch(one)
    host.folder = sites[NEW]
    wait_until_waiting(page)
    # With two tabs open, none is exchanged by going on.
    page.goto(host.root + "quizzes/many.html")
    touch(page)
    assert version(page) == {OLD}
    page.locator(f"{NOTE} [data-take]").click()
    for one in (page, other):
        one.wait_for_function(f"document.querySelector('h1').textContent.includes('{NEW}')")
        assert version(one) == {NEW}


def test_an_exam_is_not_disturbed_and_goes_on_in_the_new_version(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit()
    start_exam(page)
    first = answer_shown(page)
    host.folder = sites[NEW]
    wait_until_waiting(page)
    page.wait_for_timeout(200)
    assert not page.locator(NOTE).is_visible()
    assert OLD in page.locator("[data-stem]").first.inner_text()
    page.reload()
    page.wait_for_selector(f"#{first} [data-stem]:text('{NEW}')")
    assert page.locator(f"#{first} input[value='A']").is_checked()
    assert "题库更新过" in page.locator("[data-spoken]").inner_text()


def test_only_what_changed_is_fetched(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    touch(page)
    host.folder = sites[NEW]
    host.requested.clear()
    wait_until_waiting(page)
    fetched = {name for command, name in host.requested if command == "GET"}
    assert "data/quiz/drill/1.js" in fetched
    same = [name for name in fetched if name.startswith("assets/")]
    assert same == []


# A broken version


@pytest.mark.parametrize(("status", "body"), [(404, b""), (200, b"half")], ids=["gone", "other"])
def test_a_version_that_is_not_whole_is_not_taken(
    status: int, body: bytes, host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    host.folder = sites[NEW]
    host.planted["data/quiz/many/2.js"] = (status, body)
    page.goto(host.root + "quizzes/drill.html")
    until(page, UPDATE)
    until(page, f"({STATES})().then(states => states.join() === 'active')")
    assert version(page) == {OLD}
    host.stop()
    for name in ("drill", "many", "many-2"):
        assert is_open(page, f"quizzes/{name}.html")
        assert version(page) == {OLD}
    # Once it is whole, it is taken.
    host.planted.clear()
    host.start()
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_function(f"document.querySelector('h1').textContent.includes('{NEW}')")
    assert version(page) == {NEW}


def test_a_worker_that_cannot_run_is_not_taken(host: Host, visit: Callable[..., Any]) -> None:
    page = visit("quizzes/drill.html")
    host.planted["sw.js"] = (200, b"this is not a script")
    page.goto(host.root + "quizzes/drill.html")
    until(page, UPDATE)
    host.stop()
    assert is_open(page, "quizzes/many.html")


# A full device


FULL = (
    'Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));\n'
)


def test_a_device_that_is_full_is_told_and_loses_nothing_else(
    host: Host, sites: dict[str, Path], open_page: Callable[..., Any]
) -> None:
    worker = (sites[OLD] / "sw.js").read_text("utf-8")
    host.planted["sw.js"] = (200, (FULL + worker).encode())
    page, watch = open_page(host.root)
    page.home = host.root
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_selector(f"{NOTE}:not([hidden])")
    assert "存满了" in page.locator(NOTE).inner_text()
    page.locator("#q-drill-001 [data-option='A'] label").click()
    assert "答对了" in page.locator("#q-drill-001 [data-feedback]").inner_text()
    assert page.evaluate(COUNTS).get("kept", 0) == 0
    assert is_open(page, "quizzes/many.html")
    assert watch.errors == []


def test_a_device_that_became_full_keeps_the_old_version(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit("quizzes/drill.html")
    page.goto(host.root + "about.html")
    page.goto(host.root + "quizzes/drill.html")
    host.folder = sites[NEW]
    host.planted["sw.js"] = (200, (FULL + (sites[NEW] / "sw.js").read_text("utf-8")).encode())
    until(page, UPDATE)
    page.wait_for_selector(f"{NOTE} :text('存满了')")
    # What was only seen was given up to make room.
    assert set(page.evaluate(COUNTS)) == {"kept", "versions"}
    host.stop()
    assert is_open(page, "quizzes/drill.html")
    assert version(page) == {OLD}


def test_the_browsers_own_limit_stops_nothing(host: Host, open_page: Callable[..., Any]) -> None:
    page, watch = open_page(host.root)
    page.home = host.root
    page.goto(host.root + "about.html")
    session = page.context.new_cdp_session(page)
    limit = {"origin": host.origin, "quotaSize": 40_000}
    session.send("Storage.overrideQuotaForOrigin", limit)
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_selector(f"{NOTE} :text('存满了')")
    assert is_open(page, "quizzes/many.html")
    assert watch.errors == []


# What is seen besides


def test_pages_seen_lately_open_and_others_say_that_there_is_no_network(
    host: Host, visit: Callable[..., Any]
) -> None:
    page = visit(home=host.below)
    for name in ("regulations/fire-law.html", "about.html"):
        page.goto(host.below + name)
    until(page, f"({COUNTS})().then(counts => counts.seen > 1)")
    host.stop()
    assert is_open(page, "regulations/fire-law.html?h=%E7%81%AB#art-44")
    assert is_open(page, "about.html")
    answer = page.goto(host.below + "regulations/index.html")
    assert answer.status == 503
    assert page.locator("h1").inner_text() == "未联网"
    assert page.url == host.below + "regulations/index.html"
    page.get_by_role("link", name="考一考").click()
    page.wait_for_url(host.below + "quizzes/exam.html")
    # Once there is a network again, the button brings the page.
    page.goto(host.below + "regulations/index.html")
    host.start()
    page.get_by_role("button", name="再试一次").click()
    page.wait_for_selector("h1:has-text('安全法规')")


def test_a_page_that_is_not_kept_comes_new_with_all_it_needs(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit()
    page.goto(host.root + "regulations/fire-law.html")
    touch(page)
    style = (sites[OLD] / "assets/jingzhong/site.css").read_bytes() + b"h1 { color: #010203; }"
    host.planted["assets/jingzhong/site.css"] = (200, style)
    color = "getComputedStyle(document.querySelector('h1')).color"
    page.goto(host.root + "regulations/fire-law.html")
    assert page.evaluate(color) == "rgb(1, 2, 3)"
    page.goto(host.root + "quizzes/drill.html")
    assert page.evaluate(color) != "rgb(1, 2, 3)"


def test_what_was_seen_is_bounded(host: Host, visit: Callable[..., Any]) -> None:
    page = visit()
    large = "x/large.txt"
    host.planted[large] = (200, b"x" * 600_000)
    names = [f"x/{number}.txt" for number in range(90)]
    shards = [f"data/search/planted/{number}.js" for number in range(410)]
    for name in (*names, *shards):
        host.planted[name] = (200, b"1")
    fetch = "names => Promise.all(names.map(name => fetch(name).then(answer => answer.text())))"
    at = "../"
    page.evaluate(fetch, [at + name for name in (large, *names[:45])])
    page.evaluate(fetch, [at + name for name in names[45:]])
    for first in range(0, len(shards), 100):
        page.evaluate(fetch, [at + name for name in shards[first : first + 100]])
    until(page, f"({COUNTS})().then(counts => counts.seen === 80 && counts.shards === 400)")
    host.stop()
    got = "name => fetch(name).then(answer => answer.ok, () => false)"
    assert page.evaluate(got, at + shards[-1]) is True
    assert sum(page.evaluate(got, at + name) for name in names) == 80
    assert page.evaluate(got, at + large) is False


def test_search_answers_from_what_it_read_before(host: Host, visit: Callable[..., Any]) -> None:
    page = visit()
    page.goto(host.root + "search.html")
    ask = "text => Jingzhong.search.query(text).then(answer => answer.total, () => -1)"
    found = page.evaluate(ask, "灭火")
    assert found > 0
    page.wait_for_timeout(200)
    host.stop()
    assert is_open(page, "search.html")
    assert page.evaluate(ask, "灭火") == found
    page.goto(host.root + "quizzes/drill.html")
    assert page.evaluate(ask, "灭火") == found
    # What is missing is said to be missing, not to be nowhere.
    page.goto(host.root + "search.html#q=撤离")
    page.wait_for_function(
        "document.querySelector('[data-search-status]').textContent.includes('未联网')"
    )


# Given up


def test_a_worker_that_is_gone_from_the_site_goes_from_the_device(
    host: Host, visit: Callable[..., Any]
) -> None:
    page = visit()
    host.planted["sw.js"] = (404, b"")
    page.goto(host.root + "quizzes/drill.html")
    until(page, f"({REGISTERED})().then(count => count === 0)")
    until(page, "caches.keys().then(names => names.length === 0)")
    assert is_open(page, "quizzes/many.html")
    host.stop()
    assert not is_open(page, "quizzes/many.html")


def test_a_site_that_is_gone_as_a_whole_leaves_it_alone(
    host: Host, visit: Callable[..., Any]
) -> None:
    page = visit()
    host.planted.update({"sw.js": (404, b""), "index.html": (404, b"")})
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_timeout(500)
    assert page.evaluate(REGISTERED) == 1
    host.stop()
    assert is_open(page, "quizzes/many.html")


def test_a_site_built_without_it_takes_it_back(
    project: Path,
    tmp_path: Path,
    run_mkdocs: Callable[..., Any],
    host: Host,
    visit: Callable[..., Any],
) -> None:
    settings = "    offline: false\n"
    site = build_small_site(project, tmp_path, run_mkdocs, NEW, settings=settings)
    assert not list(site.rglob("*.zip")) and not list(site.rglob("*.single.html"))
    page = visit()
    host.folder = site
    page.goto(host.root + "quizzes/drill.html")
    page.wait_for_function(f"document.body.textContent.includes('{NEW}')")
    assert version(page) == {NEW}
    page.wait_for_timeout(300)
    assert page.evaluate(REGISTERED) == 0
    assert page.evaluate("caches.keys()") == []


def test_two_copies_on_one_host_leave_each_other_alone(
    host: Host, sites: dict[str, Path], visit: Callable[..., Any]
) -> None:
    page = visit()
    page.home = host.below
    page.goto(host.below + "quizzes/index.html")
    until(page, "navigator.serviceWorker.getRegistration().then(one => one.scope.endsWith('/b/'))")
    until(page, KEPT)
    assert page.evaluate(REGISTERED) == 2
    host.stop()
    for home in (host.below, host.root):
        page.home = home
        assert is_open(page, "quizzes/drill.html")


def test_from_a_disk_there_is_no_worker_and_no_manifest(
    sites: dict[str, Path], open_page: Callable[..., Any]
) -> None:
    home = sites[OLD].as_uri() + "/"
    page, watch = open_page(home)
    page.goto(home + "quizzes/drill.html")
    page.wait_for_timeout(200)
    assert page.locator("link[rel='manifest']").count() == 0
    assert not page.locator(NOTE).is_visible()
    assert watch.errors == []
