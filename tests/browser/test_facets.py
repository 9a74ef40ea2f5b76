"""Filtering the lists of cases and regulations: right counts, in the address, and undone by Back.

What should be found is counted from the content itself, not from the page.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Error, expect

from jingzhong.errors import Report
from jingzhong.model.cases import GRADES, Case
from jingzhong.model.library import Library, load_library
from jingzhong.model.regulations import Regulation
from jingzhong.output import urls
from jingzhong.output.facets import CASES_PER_SHARD, facet_files
from tests.browser.full_site import invent_cases

CASES = "cases/index.html"
REGULATIONS = "regulations/index.html"
SHARD_LIMIT = 60_000

OpenPage = Callable[..., Any]
State = dict[str, str]


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    """The content that the site was built from."""
    found = load_library(project, project / "mkdocs.yml", Report())
    assert found is not None
    return found


# What should be found.


def case_facets(case: Case) -> dict[str, tuple[str, ...]]:
    """Facet → the words under which a case is found."""
    return {
        "sector": case.sector,
        "type": (case.accident_type.current,),
        "grade": (case.grade,) if case.grade else (),
        "province": (case.place.province,),
        "year": (str(case.date.year),),
    }


def regulation_facets(regulation: Regulation) -> dict[str, tuple[str, ...]]:
    """Facet → the words under which a regulation is found."""
    return {
        "reader": regulation.audience,
        "topic": regulation.topics,
        "kind": (regulation.kind,),
    }


def chosen(
    items: Iterable[Any], facets: Callable[[Any], dict[str, tuple[str, ...]]], state: State
) -> list[Any]:
    """The items that have every word of a choice."""
    return [item for item in items if all(state[key] in facets(item)[key] for key in state)]


def expected_counts(
    items: Sequence[Any],
    facets: Callable[[Any], dict[str, tuple[str, ...]]],
    state: State,
    key: str,
) -> dict[str, int]:
    """Word → how many items choosing it would leave; "全部" for choosing none."""
    others = {name: word for name, word in state.items() if name != key}
    left = chosen(items, facets, others)
    counts = Counter(word for item in left for word in dict.fromkeys(facets(item)[key]))
    return {"全部": len(left)} | dict(counts)


# What the page shows.


def box(page: Any, key: str) -> Any:
    """The list of words of one facet."""
    return page.locator(f"[data-module=facets] select[name={key}]")


def shown_counts(page: Any, key: str) -> dict[str, int]:
    """Word → count beside it, as the reader sees them."""
    texts = box(page, key).locator("option").all_text_contents()
    found = [re.fullmatch(r"(.+)（(\d+)）", text) for text in texts]
    assert all(found), texts
    return {match[1]: int(match[2]) for match in found if match}


def found_cases(page: Any) -> list[str]:
    """Ids of the cases in the list of what was found, in order."""
    links = page.locator("[data-list] .jz-card__title a")
    return [Path(href).stem for href in links.evaluate_all("all => all.map(each => each.href)")]


def found_regulations(page: Any) -> list[str]:
    """Ids of the regulations that are left on the page."""
    links = page.locator("[data-regulation]:visible > a")
    return [Path(href).stem for href in links.evaluate_all("all => all.map(each => each.href)")]


def state_of(page: Any) -> State:
    """The choice that the page's address carries."""
    hash_ = unquote(page.evaluate("location.hash"))[1:]
    return dict(pair.split("=") for pair in hash_.split("&") if "=" in pair)


def status(page: Any) -> Any:
    """Where the page says how many were found."""
    return page.locator("[data-module=facets] [data-status]")


def clear(page: Any) -> Any:
    """The button that undoes every choice."""
    return page.get_by_role("button", name="清除筛选")


def open_list(page: Any, address: str) -> None:
    """Open a list and wait for its facets."""
    page.goto(address)
    expect(page.locator("[data-module=facets] form")).to_be_visible()


def check_cases(page: Any, home: str, library: Library) -> None:
    """Choose, add a choice, go back, and see each time what the content says."""
    cases = library.cases
    plain = page.locator("[data-plain-list]")
    open_list(page, home + CASES)
    for key in ("sector", "type", "grade", "province", "year"):
        assert shown_counts(page, key) == expected_counts(cases, case_facets, {}, key)
    expect(plain).to_be_visible()
    expect(clear(page)).to_be_hidden()
    expect(status(page)).to_be_empty()

    steps: list[State] = [{"sector": "消防"}, {"sector": "消防", "grade": "特别重大"}]
    for before, state in pairwise([{}, *steps]):
        (key,) = state.keys() - before.keys()
        box(page, key).focus()
        box(page, key).select_option(state[key])
        found = chosen(cases, case_facets, state)
        expect(status(page)).to_have_text(f"找到 {len(found)} 起")
        assert found_cases(page) == [case.id for case in found]
        assert state_of(page) == state
        expect(box(page, key)).to_be_focused()
        expect(plain).to_be_hidden()
        for other in ("sector", "type", "grade", "province", "year"):
            expected = expected_counts(cases, case_facets, state, other)
            assert shown_counts(page, other) == expected, (state, other)
    # Back undoes one choice after the other; forward does it again.
    page.go_back()
    expect(status(page)).to_have_text(f"找到 {len(chosen(cases, case_facets, steps[0]))} 起")
    expect(box(page, "grade")).to_have_value("")
    page.go_back()
    expect(plain).to_be_visible()
    expect(status(page)).to_be_empty()
    expect(box(page, "sector")).to_have_value("")
    page.go_forward()
    page.go_forward()
    expect(box(page, "grade")).to_have_value("特别重大")
    # The address can be sent to somebody: a new visit shows the same.
    address = page.url
    page.goto("about:blank")
    open_list(page, address)
    assert found_cases(page) == [case.id for case in chosen(cases, case_facets, steps[1])]
    clear(page).click()
    expect(plain).to_be_visible()
    expect(box(page, "sector")).to_be_focused()
    expect(clear(page)).to_be_hidden()
    assert state_of(page) == {} and found_cases(page) == []


def check_regulations(page: Any, home: str, library: Library) -> None:
    """The same for regulations, which stand on the page already."""
    laws = library.regulations
    open_list(page, home + REGULATIONS)
    for key in ("reader", "topic", "kind"):
        assert shown_counts(page, key) == expected_counts(laws, regulation_facets, {}, key)
    assert sorted(found_regulations(page)) == sorted(law.id for law in laws)
    topic = Counter(word for law in laws for word in law.topics).most_common(1)[0][0]
    kind = chosen(laws, regulation_facets, {"topic": topic})[0].kind
    for state in ({"topic": topic}, {"topic": topic, "kind": kind}):
        key = list(state)[-1]
        box(page, key).focus()
        box(page, key).select_option(state[key])
        found = chosen(laws, regulation_facets, state)
        expect(status(page)).to_have_text(f"找到 {len(found)} 部")
        assert sorted(found_regulations(page)) == sorted(law.id for law in found)
        assert state_of(page) == state
        expect(box(page, key)).to_be_focused()
        for other in ("reader", "topic", "kind"):
            expected = expected_counts(laws, regulation_facets, state, other)
            assert shown_counts(page, other) == expected, (state, other)
        # Headings without a regulation go; the others say how many are left.
        left = Counter(law.kind for law in found)
        headings = page.locator("[data-group] h2:visible").all_inner_texts()
        assert {re.sub(r"\s", "", text) for text in headings} == {
            f"{name}{count}部" for name, count in left.items()
        }
    page.go_back()
    expect(box(page, "kind")).to_have_value("")
    page.go_forward()
    expect(box(page, "kind")).to_have_value(kind)
    address = page.url
    page.goto("about:blank")
    open_list(page, address)
    assert sorted(found_regulations(page)) == sorted(law.id for law in found)
    clear(page).click()
    expect(clear(page)).to_be_hidden()
    expect(box(page, "reader")).to_be_focused()
    assert sorted(found_regulations(page)) == sorted(law.id for law in laws)


CHECKS = {"cases": check_cases, "regulations": check_regulations}


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("place", ["server", "file"])
def test_a_list_is_filtered(
    name: str, place: str, library: Library, site_server: Any, file_home: str, open_page: OpenPage
) -> None:
    home = file_home if place == "file" else site_server.below
    page, watch = open_page(home)
    CHECKS[name](page, home, library)
    assert watch.errors == [] and watch.foreign == []


@pytest.mark.parametrize("name", CHECKS)
def test_without_the_script_the_check_fails(
    name: str, library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    page.route("**/js/facets.js", lambda route: route.abort())
    expect.set_options(timeout=300)
    try:
        with pytest.raises((AssertionError, Error)):
            CHECKS[name](page, site_server.root, library)
    finally:
        expect.set_options(timeout=5000)
    assert page.locator("[data-module=facets] :is(select, button):visible").count() == 0


@pytest.mark.parametrize("name", CHECKS)
def test_a_wrong_count_would_be_noticed(
    name: str, library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    script = page.request.get(site_server.root + "assets/jingzhong/js/facets.js").text()
    assert script.count("counts[word] = (counts[word] || 0) + 1") == 1
    body = script.replace("counts[word] = (counts[word] || 0) + 1", "counts[word] = 1")
    page.route(
        "**/js/facets.js", lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    with pytest.raises(AssertionError):
        CHECKS[name](page, site_server.root, library)


# Sorting, much to show, nothing to show.

ORDERS: dict[str, Callable[[Case], Any]] = {
    "oldest": lambda case: case.id,
    "deaths": lambda case: (
        1 if case.casualties.deaths is None else -case.casualties.deaths,
        [-ord(letter) for letter in case.id],
    ),
    "grade": lambda case: (
        GRADES.index(case.grade) if case.grade else 9,
        [-ord(letter) for letter in case.id],
    ),
}


def test_what_was_found_is_sorted(library: Library, site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    open_list(page, site_server.root + CASES)
    newest = [case.id for case in library.cases]
    for name, key in ORDERS.items():
        box(page, "sort").select_option(name)
        expected = [case.id for case in sorted(library.cases, key=key)]
        assert expected != newest
        assert found_cases(page) == expected[:60]
        assert state_of(page) == {"sort": name}
        expect(clear(page)).to_be_visible()
    box(page, "sector").select_option("消防")
    fire = [case for case in library.cases if "消防" in case.sector]
    assert found_cases(page) == [case.id for case in sorted(fire, key=ORDERS["grade"])]
    box(page, "sort").select_option("newest")
    assert found_cases(page) == [case.id for case in fire]
    page.go_back()
    expect(box(page, "sort")).to_have_value("grade")


def test_a_found_case_shows_what_its_card_shows(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    page.goto(site_server.root + CASES + "#sort=oldest")
    page.locator("[data-list] .jz-card").first.wait_for()
    found = page.locator("[data-list] .jz-card", has=page.get_by_role("link", name="瑞海"))
    # The same card as the build writes it, on the page of its year.
    year, _ = open_page(site_server.root)
    year.goto(site_server.root + urls.year_address(2015))
    plain = year.locator(".jz-card", has=year.locator("a", has_text="瑞海"))
    assert found.count() == plain.count() == 1
    for part in ("time", ".jz-card__title a"):
        assert found.locator(part).text_content() == plain.locator(part).text_content()
    assert found.locator("time").get_attribute("datetime") == "2015-08-12"
    # A grade is its word and its bars, never its colour alone.
    for card in (found, plain):
        assert card.locator(".jz-chip__bars i").count() == 4
        assert "特别重大" in card.locator(".jz-chip").text_content()
        assert "165" in card.locator(".jz-card__figures").text_content()
        assert card.locator("h2").count() == 1


def rows_script(rows: Sequence[str]) -> str:
    """A data file of cases, one a string of `id title`."""
    cells = ",".join(
        f'["{row.split()[0]}","{row.split()[1]}",[0],0,{number % 5 - 1},0,-1]'
        for number, row in enumerate(rows)
    )
    return f'Jingzhong.register("cases","1",[{cells}]);'


def test_much_is_shown_in_steps_of_sixty(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    rows = [f"{2026 - at // 50}-01-01-case-{at:03} 第{at}起" for at in range(130)]
    page.route(
        "**/data/cases/1.js",
        lambda route: route.fulfill(body=rows_script(rows), content_type="text/javascript"),
    )
    open_list(page, site_server.root + CASES)
    more = page.get_by_role("button", name="再看 60 起")
    expect(more).to_be_hidden()
    box(page, "sort").select_option("oldest")
    cards = page.locator("[data-list] .jz-card")
    for count, rest in ((60, True), (120, True), (130, False)):
        expect(cards).to_have_count(count)
        expect(more).to_be_visible() if rest else expect(more).to_be_hidden()
        if rest:
            more.focus()
            page.keyboard.press("Enter")
            # The reader goes on with the first of the new ones.
            expect(cards.nth(count).get_by_role("link")).to_be_focused()
    # An unknown grade and an unknown number are words, not zero.
    unknown = cards.filter(has=page.get_by_role("link", name="第0起", exact=True))
    assert "等级未公布" in unknown.text_content() and "死亡 未公布" in unknown.text_content()
    assert unknown.locator(".jz-chip__bars i").count() == 0
    assert watch.errors == []


def test_nothing_found_says_what_to_try(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    for address, hash_, plain in (
        (CASES, "#sector=没有这个领域", "[data-plain-list]"),
        (CASES, "#year=1999&grade=重大", "[data-plain-list]"),
        (REGULATIONS, "#topic=没有这个主题", "[data-regulation]"),
    ):
        page.goto("about:blank")
        open_list(page, site_server.root + address + hash_)
        expect(status(page)).to_have_text("没有符合的。试试少选一项，或者点“清除筛选”。")
        assert status(page).get_attribute("role") == "status"
        assert found_cases(page) == [] and page.locator(f"{plain}:visible").count() == 0
        clear(page).click()
        expect(page.locator(plain).first).to_be_visible()
    assert watch.errors == []


def test_an_address_that_makes_no_sense_shows_everything(
    library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, watch = open_page(site_server.root)
    for hash_ in ("#sector=%E6%B6", "#color=red", "#=x", "#sector", "#constructor=a", "#sector="):
        page.goto("about:blank")
        open_list(page, site_server.root + CASES + hash_)
        expect(page.locator("[data-plain-list]")).to_be_visible()
        expect(status(page)).to_be_empty()
        assert shown_counts(page, "sector")["全部"] == len(library.cases)
    assert watch.errors == []


def test_words_from_outside_stay_words(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    mark = "<img/src=x/onerror=window.planted=1>"
    page.route(
        "**/data/cases/1.js",
        lambda route: route.fulfill(
            body=rows_script([f"2026-01-01-x {mark}"]), content_type="text/javascript"
        ),
    )
    open_list(page, site_server.root + CASES + f"#sort=oldest&year={mark}")
    box(page, "year").select_option("")
    expect(page.locator("[data-list] a")).to_have_text(mark)
    assert page.evaluate("window.planted") is None
    assert watch.errors == []


def test_missing_data_leaves_the_list(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    page.route("**/data/cases/1.js", lambda route: route.abort())
    page.goto(site_server.root + CASES)
    expect(status(page)).to_contain_text("筛选数据没有读到")
    expect(page.locator("[data-module=facets] form")).to_be_hidden()
    expect(page.locator("[data-plain-list] .jz-card").first).to_be_visible()


def test_facets_are_used_with_keys_alone(
    library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    open_list(page, site_server.root + CASES)
    box(page, "sector").focus()
    page.keyboard.press("ArrowDown")
    first = box(page, "sector").input_value()
    assert first and state_of(page) == {"sector": first}
    found = chosen(library.cases, case_facets, {"sector": first})
    expect(status(page)).to_have_text(f"找到 {len(found)} 起")
    page.keyboard.press("Tab")
    expect(box(page, "type")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(clear(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page, "sector")).to_be_focused()
    assert state_of(page) == {}


# Without JavaScript, the lists by year and by sector serve.


def listed(site_dir: Path, address: str) -> list[str]:
    """Ids of the cases on the cards of a page, in order."""
    text = (site_dir / address).read_text("utf-8")
    pattern = r'<h\d class="jz-card__title"><a href="(?:\.\./cases/)?([^"/]+)\.html"'
    return re.findall(pattern, text)


def test_lists_by_year_and_sector_hold_every_case(library: Library, site_dir: Path) -> None:
    lists = (site_dir / CASES).read_text("utf-8")
    for year, cases in library.cases_by_year.items():
        assert f'href="{year}.html"' in lists
        assert listed(site_dir, urls.year_address(year)) == [case.id for case in cases][:60]
    for sector in library.vocabularies.sectors:
        assert f'href="../sectors/{sector.id}.html"' in lists
        cases = library.cases_by_sector.get(sector.name, ())
        assert listed(site_dir, urls.sector_address(sector.id)) == [case.id for case in cases][:60]


def test_a_case_lost_from_a_list_would_be_noticed(library: Library, site_dir: Path) -> None:
    year = max(library.cases_by_year, key=lambda each: len(library.cases_by_year[each]))
    page = site_dir / urls.year_address(year)
    text = page.read_text("utf-8")
    try:
        page.write_text(text.replace("jz-card__title", "lost", 1), "utf-8")
        with pytest.raises(AssertionError):
            test_lists_by_year_and_sector_hold_every_case(library, site_dir)
    finally:
        page.write_text(text, "utf-8")


def test_lists_are_reached_without_a_script(
    library: Library, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root, java_script_enabled=False)
    page.goto(site_server.root + CASES)
    expect(page.locator("[data-module=facets]")).to_be_hidden()
    page.get_by_text("按年份、行业领域看").click()
    year, cases = next(iter(library.cases_by_year.items()))
    page.get_by_role("link", name=f"{year} 年").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(len(cases))


# How much a reader has to load.


@pytest.fixture(scope="module")
def large_library(tmp_path_factory: pytest.TempPathFactory, copy_project: Any) -> Library:
    """The content with 1,000 invented cases more."""
    work = tmp_path_factory.mktemp("many")
    folder = invent_cases(copy_project(work / "copy"), work / "project", 1000)
    found = load_library(folder, folder / "mkdocs.yml", Report())
    assert found is not None
    return found


def test_a_thousand_cases_are_sixty_kilobytes(large_library: Library) -> None:
    files = list(facet_files(large_library))
    sizes = [len(gzip.compress(file.text.encode("utf-8"), 6, mtime=0)) for file in files]
    assert [file.address for file in files] == ["data/cases/1.js", "data/cases/2.js"]
    assert files[0].text.count("\n") == 1
    print(f"\n{CASES_PER_SHARD} 起案例的筛选数据：{sizes[0] / 1000:.1f} KB（gzip）")
    assert sizes[0] <= SHARD_LIMIT
    # The measure sees what is too much: as many new letters as a sentence would pass the limit.
    longer = files[0].text
    for case in large_library.cases[:CASES_PER_SHARD]:
        sentence = hashlib.sha512(case.id.encode()).hexdigest()
        longer = longer.replace(f'"{case.title}"', f'"{case.title}{sentence}"', 1)
    assert len(gzip.compress(longer.encode("utf-8"), 6, mtime=0)) > SHARD_LIMIT
