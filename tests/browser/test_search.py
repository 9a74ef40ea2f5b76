"""Search in a real Chromium: everything that holds the words, in a good order, by keyboard too."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingzhong.errors import Report
from jingzhong.model.library import load_library
from jingzhong.output.search_units import search_units
from jingzhong.search.fold import fold
from jingzhong.search.units import Unit

ASK = "([text, options]) => Jingzhong.search.query(text, options)"
PAGE = "about.html"

# Ends as the number of an article does.
NAMES_AN_ARTICLE = re.compile(r"[\d零〇一二三四五六七八九十百]条?$")

# Signs, markup, prototypes, lone surrogates: none may break the search or run as code.
HOSTILE = [
    *'.*+?^${}()|[]\\/"“”‘’<>&%#;:,，。！？、·-_=~`@',
    *("[" * n for n in range(2, 12)),
    *("\\" * n for n in range(2, 8)),
    *('"' * n for n in range(2, 12)),
    *("-" * n for n in range(2, 8)),
    *("“" * n + "”" for n in range(1, 8)),
    *(f"{sign}安全{sign}" for sign in "*?+^$()[]{}|\\/'\"<>&%#"),
    *(f"-{word}" for word in ("安全", "-", '"', "“”", "a")),
    *(f"{word} " * 40 for word in ("安全", "的", "a", "-消防", '"x"')),
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</mark><b>安全</b>",
    "javascript:alert(1)",
    "${alert(1)}",
    "{{7*7}}",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "=安全生产法",
    " 119",
    "~後",
    "安" * 10_000,
    "安全生产法" * 2_000,
    "a" * 10_000,
    "1" * 10_000,
    "安 " * 5_000,
    '"' * 10_000,
    "😀",
    "👩‍👩‍👧‍👦",
    "🔥火灾🔥",
    "\ud800",
    "\udc00安全",
    "安\ud83d全",
    "𠮷",
    "\u202e安全",
    "\u0000",
    "安\u0000全",
    "\ufeff安全",
    "ﷺ",
    "Å" * 50,
    "e\u0301" * 50,
    "%E5%AE%89",
    "%",
    "%zz",
    "&amp;",
    "' OR 1=1 --",
    "../../../etc/passwd",
    "第" * 30 + "条",
    "安全生产法 99999999999999999999",
    "安全生产法 第零条",
    "法 0",
    "NaN",
    "null",
    "undefined",
    "０",
    "　",
    "\t\n\r",
    *(chr(code) for code in range(0x2000, 0x2030)),
]


@pytest.fixture(scope="session")
def units(project: Path) -> tuple[Unit, ...]:
    library = load_library(project, project / "mkdocs.yml", Report())
    assert library is not None
    return tuple(search_units(library))


@pytest.fixture
def ask(open_page: Any, file_home: str) -> Callable[..., dict[str, Any]]:
    """`ask("动火", limit=5)` on a page opened from disk."""
    page, _ = open_page(file_home)
    page.goto(file_home + PAGE)

    def one(text: str, **options: object) -> dict[str, Any]:
        answer: dict[str, Any] = page.evaluate(ASK, [text, options])
        return answer

    return one


def text_of(unit: Unit) -> str:
    return fold("".join(part.text for part in unit.parts))


def words_from(units: tuple[Unit, ...], count: int, seed: int) -> list[str]:
    """Words of one to seven characters as they stand in the texts."""
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        text = "".join(part.text for part in rng.choice(units).parts)
        start = rng.randrange(len(text))
        word = text[start : start + rng.randint(1, 7)]
        if fold(word) and not re.search(r"[\s\"“”-]", word):
            found.append(word)
    return found


def faults(page: Any, units: tuple[Unit, ...], count: int, seed: int = 1) -> list[str]:
    """Words for which the hits are not exactly the units that hold them."""
    texts = {unit.url: text_of(unit) for unit in units}
    bad = []
    for word in words_from(units, count, seed):
        want = {url for url, text in texts.items() if fold(word) in text}
        answer = page.evaluate(ASK, [word, {"limit": 10**6}])
        got = [
            url if url in texts else url.partition("#")[0]
            for url in (h["url"] for h in answer["hits"])
        ]
        # 消防法第二十 also leads to that article, first of all, whatever its text says.
        if NAMES_AN_ARTICLE.search(word) and got and "#art-" in got[0]:
            want.add(got[0])
        if set(got) != want or len(got) != len(want) or answer["total"] != len(want):
            bad.append(word)
    return bad


def test_what_is_typed_is_found_everywhere(
    open_page: Any, file_home: str, units: tuple[Unit, ...]
) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + PAGE)
    assert faults(page, units, 300) == []
    assert watch.errors == []
    assert watch.foreign == []


def test_an_index_that_lost_a_shard_is_found_out(
    open_page: Any, site_dir: Path, tmp_path: Path, units: tuple[Unit, ...]
) -> None:
    """The twin: the lists of some shards are emptied."""
    broken = tmp_path / "site"
    shutil.copytree(site_dir, broken)
    for path in sorted(broken.glob("data/search/*/g/*.js"))[::4]:
        path.write_text(re.sub(r"\{.*\}", "{}", path.read_text("utf-8")), "utf-8")
    home = broken.as_uri() + "/"
    page, _ = open_page(home)
    page.goto(home + PAGE)
    assert faults(page, units, 60) != []


def test_the_search_works_below_a_path(open_page: Any, site_server: Any) -> None:
    page, watch = open_page(site_server.below)
    page.goto(site_server.below + "cases/index.html")
    answer = page.evaluate(ASK, ["天津港", {}])
    assert answer["hits"][0]["url"] == "cases/2015-08-12-tianjin-ruihai.html"
    assert watch.errors == []


def test_spaces_punctuation_width_case_and_traditional_characters_do_not_matter(ask: Any) -> None:
    plain = ask("危险化学品")
    for typed in ("危 险 化 学 品".replace(" ", "，"), "危險化學品", "“危险化学品”"):
        assert ask(typed)["total"] == plain["total"]
    assert ask("ｇｂ 30871")["hits"][0]["url"] == ask("GB30871")["hits"][0]["url"]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("天津港", "cases/2015-08-12-tianjin-ruihai.html"),
        ("8·12", "cases/2015-08-12-tianjin-ruihai.html"),
        ("响水", "cases/2019-03-21-xiangshui-tianjiayi.html"),
        ("安法", "regulations/work-safety-law.html"),
        ("消防法", "regulations/fire-law.html"),
        ("安全生产法", "regulations/work-safety-law.html"),
        ("GB 30871", "regulations/gb-30871-2022.html"),
        ("安全生产法 55", "regulations/work-safety-law.html#art-55"),
        ("安法55条", "regulations/work-safety-law.html#art-55"),
        ("安全生产法第五十五条", "regulations/work-safety-law.html#art-55"),
        ("《消防法》第二十八条", "regulations/fire-law.html#art-28"),
        ("刑法 134之一", "regulations/criminal-law.html#art-134-1"),
        ("有限空间", "sectors/confined-space.html"),
        ("12350", "report.html#12350"),
    ],
)
def test_a_name_leads_to_what_it_names(ask: Any, typed: str, url: str) -> None:
    assert ask(typed)["hits"][0]["url"] == url


def test_titles_come_before_causes_and_causes_before_bodies(
    ask: Any, units: tuple[Unit, ...]
) -> None:
    cases = {unit.url: unit for unit in units if unit.kind == "case"}
    for word in ("爆炸", "火灾", "坍塌", "中毒", "瓦斯"):
        hits = ask(word, kind="case", limit=999)["hits"]
        weights = []
        for hit in hits:
            parts = cases[hit["url"].partition("#")[0]].parts
            weights.append(max(part.weight for part in parts if word in fold(part.text)))
        assert weights == sorted(weights, reverse=True)
        same = [hit["url"] for hit, weight in zip(hits, weights, strict=True) if weight == 3]
        assert same == sorted(same, reverse=True)


def test_several_words_must_all_be_there(ask: Any, units: tuple[Unit, ...]) -> None:
    pages: dict[str, str] = {}
    for unit in units:
        page = unit.url.partition("#")[0]
        pages[page] = pages.get(page, "") + "|" + text_of(unit)
    want = {page for page, text in pages.items() if "安全出口" in text and "电动自行车" in text}
    hits = ask("安全出口 电动自行车", limit=999)["hits"]
    assert {hit["url"].partition("#")[0] for hit in hits} == want
    assert len(hits) == len(want)


def test_quotes_keep_words_together_and_minus_leaves_out(ask: Any) -> None:
    loose, kept = ask("安全 出口", limit=999), ask('"安全 出口"', limit=999)
    assert 0 < kept["total"] < loose["total"]
    assert kept["total"] == ask("安全出口", limit=999)["total"]
    without = ask("消防 -电动自行车", limit=999)
    assert 0 < without["total"] < ask("消防", limit=999)["total"]
    urls = {hit["url"] for hit in without["hits"]}
    assert not urls & {hit["url"] for hit in ask("电动自行车", limit=999)["hits"]}


def test_kind_and_limit_narrow_the_answer(ask: Any) -> None:
    everything = ask("安全", limit=999)
    found = {
        kind: ask("安全", kind=kind, limit=999)
        for kind in ("case", "regulation", "question", "page")
    }
    assert sum(one["total"] for one in found.values()) == everything["total"]
    for kind, one in found.items():
        assert {hit["kind"] for hit in one["hits"]} == {kind}
    short = ask("安全", limit=3)
    assert len(short["hits"]) == 3
    assert short["total"] == everything["total"]
    assert ask("安全", kind="nothing")["hits"] == []


def test_excerpts_show_the_words_for_the_first_ten(ask: Any) -> None:
    hits = ask("作业", limit=15)["hits"]
    assert all("作业" in hit["title"] + hit["excerpt"] for hit in hits[:10])
    assert sum("作业" in hit["excerpt"] for hit in hits[:10]) > 5
    assert [hit["excerpt"] for hit in hits[10:]] == [None] * 5


@pytest.mark.parametrize(
    ("typed", "term", "reason"),
    [
        ("危化品", "危险化学品", "synonym"),
        ("电瓶车", "电动自行车", "synonym"),
        ("wxhxp", "危险化学品", "pinyin"),
        ("youxiankongjian", "有限空间", "pinyin"),
        ("you xian kong jian", "有限空间", "pinyin"),
        ("anquanshengchanfa", "安全生产法", "pinyin"),
        ("危险化学瓶", "危险化学品", "typo"),
        ("有限空闲", "有限空间", "typo"),
        ("安权", "安全", "typo"),
    ],
)
def test_other_words_are_offered_apart_from_the_hits(
    ask: Any, typed: str, term: str, reason: str
) -> None:
    answer = ask(typed)
    found = [one for one in answer["related"] if one["term"] == term]
    assert [one["reason"] for one in found] == [reason]
    assert found[0]["hits"]
    if reason != "synonym":
        assert answer["hits"] == []


def test_hostile_queries_neither_break_nor_inject(open_page: Any, file_home: str) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + "search.html")
    assert len(HOSTILE) >= 200
    for text in HOSTILE:
        # A lone surrogate does not survive the way to the browser; it is made there.
        codes = [
            int(text[i : i + 1].encode("utf-16-be", "surrogatepass").hex(), 16)
            for i in range(len(text))
            if ord(text[i]) < 0x10000
        ]
        made = codes if len(codes) == len(text) else None
        answer = page.evaluate(
            """([text, codes]) => Jingzhong.search.query(
                 codes ? codes.map((code) => String.fromCharCode(code)).join("") : text)""",
            [None if made else text, made],
        )
        assert set(answer) >= {"total", "approximate", "hits", "related"}
    assert watch.errors == []


def test_markup_in_a_query_is_shown_as_text(open_page: Any, file_home: str) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + "search.html?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%3Cscript%3E")
    page.wait_for_selector("[data-search-status]:not(:empty)")
    assert page.locator("article img, article script").count() == 0
    assert "<img" in page.inner_text("[data-search-status]")
    assert watch.errors == []


# The field in the header


def type_in_header(page: Any, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector("header [data-list] [role=option]")


def test_the_field_works_by_keyboard(open_page: Any, file_home: str) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + PAGE)
    type_in_header(page, "天津港")
    field = page.locator("header input[type=search]")
    assert field.get_attribute("aria-expanded") == "true"
    assert "找到" in page.inner_text("header form [data-status]")
    page.keyboard.press("ArrowDown")
    first = page.locator("header [role=option]").first
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator("header [data-list]").is_hidden()
    assert field.input_value() == "天津港"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("/")
    page.wait_for_selector("header [data-list] [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/2015-08-12-tianjin-ruihai.html*")
    assert watch.errors == []


def test_enter_without_a_choice_leads_to_all_results(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + "cases/index.html")
    type_in_header(page, "动火")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector("[data-hits] li")


def test_a_slow_answer_to_earlier_letters_is_dropped(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + PAGE)
    type_in_header(page, "响水")
    page.evaluate(
        """() => {
          const real = Jingzhong.search.Engine.prototype.query;
          Jingzhong.search.Engine.prototype.query = function (text, options) {
            const wait = text === "天津港" ? 600 : 0;
            return new Promise((done) => setTimeout(done, wait)).then(() => real.call(this, text, options));
          };
        }"""
    )
    field = page.locator("header input[type=search]")
    field.fill("天津港")
    page.wait_for_timeout(250)
    field.fill("消防法")
    page.wait_for_timeout(900)
    assert "消防法" in page.locator("header [role=option]").first.inner_text()


def test_every_page_stays_light_until_the_field_is_used(open_page: Any, site_server: Any) -> None:
    page, _ = open_page(site_server.root)
    before = len(site_server.requested)
    page.goto(site_server.root + PAGE)
    page.wait_for_timeout(200)
    asked = [path for path in site_server.requested[before:] if "search" in path]
    assert asked == ["/assets/jingzhong/js/search.js"]


# The page of all results


def test_facets_stand_in_the_address_and_back_undoes_them(open_page: Any, file_home: str) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + "search.html?q=%E5%8A%A8%E7%81%AB")
    page.wait_for_selector("[data-hits] li")
    status = "[data-search-status]"
    everything = page.inner_text(status)
    option = page.locator("select[name=kind] option[value=case]")
    total = int(re.findall(r"\d+", option.inner_text())[0])
    page.select_option("select[name=kind]", "case")
    page.wait_for_function(
        "(old) => document.querySelector('[data-search-status]').textContent !== old",
        arg=everything,
    )
    assert re.findall(r"\d+", page.inner_text(status)) == [str(total)]
    assert "kind=case" in page.url
    page.reload()
    page.wait_for_selector("[data-hits] li")
    assert re.findall(r"\d+", page.inner_text(status)) == [str(total)]
    page.go_back()
    page.wait_for_function(
        "(old) => document.querySelector('[data-search-status]').textContent === old",
        arg=everything,
    )
    assert watch.errors == []


def test_no_hit_says_what_was_tried_and_offers_sectors(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home)
    page.goto(file_home + "search.html?q=%E7%81%AB%E6%98%9F%E5%9F%BA%E5%9C%B0%E5%9F%B9%E8%AE%AD")
    page.wait_for_selector("[data-none]:not([hidden])")
    assert "试过" in page.inner_text("[data-search-status]")
    assert page.locator("[data-none] a").count() > 10


def test_words_are_marked_on_the_page_arrived_at(open_page: Any, file_home: str) -> None:
    page, watch = open_page(file_home)
    page.goto(file_home + "search.html?q=%E5%AE%89%E5%85%A8%E5%87%BA%E5%8F%A3")
    page.wait_for_selector("[data-hits] li")
    page.locator("[data-hits] a").first.click()
    page.wait_for_selector("mark")
    marked = page.locator("mark")
    assert set(map(fold, marked.all_text_contents())) == {"安全出口"}
    assert watch.errors == []


def test_marks_run_over_tags_and_skip_what_the_build_inserted(
    open_page: Any, site_dir: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "site"
    shutil.copytree(site_dir, broken)
    path = broken / PAGE
    article = "<p>违反<b>第五十</b>条<span data-inserted>（现行第五十四条）</span>的规定，罚款</p>"
    path.write_text(path.read_text("utf-8").replace("<h1", article + "<h1", 1), "utf-8")
    home = broken.as_uri() + "/"
    page, _ = open_page(home)
    page.goto(home + PAGE + "?h=%E7%AC%AC%E4%BA%94%E5%8D%81%E6%9D%A1%E7%9A%84%E8%A7%84%E5%AE%9A")
    page.wait_for_selector("mark")
    assert page.locator("mark").all_inner_texts() == ["第五十", "条", "的规定"]


def test_a_missing_index_is_told(open_page: Any, site_dir: Path, tmp_path: Path) -> None:
    broken = tmp_path / "site"
    shutil.copytree(site_dir, broken)
    shutil.rmtree(broken / "data" / "search")
    home = broken.as_uri() + "/"
    page, _ = open_page(home)
    page.goto(home + "search.html?q=a")
    page.wait_for_selector("[data-search-status]:not(:empty)")
    assert "索引" in page.inner_text("[data-search-status]")


def test_without_script_the_field_leads_to_the_indexes(open_page: Any, file_home: str) -> None:
    page, _ = open_page(file_home, java_script_enabled=False)
    page.goto(file_home + PAGE)
    page.fill("header input[type=search]", "动火")
    page.press("header input[type=search]", "Enter")
    page.wait_for_url("**/search.html?q=*")
    for text in ("按行业领域", "按年份", "按法规"):
        assert page.get_by_role("heading", name=text).is_visible()
    assert page.locator("article noscript").count() == 1
    assert page.locator("article a").count() > 50


@pytest.mark.parametrize("address", [PAGE, "search.html?q=%E5%8A%A8%E7%81%AB"])
def test_a_small_phone_shows_it_without_scrolling_sideways(
    open_page: Any, file_home: str, address: str
) -> None:
    page, _ = open_page(file_home, viewport={"width": 360, "height": 740})
    page.goto(file_home + address)
    type_in_header(page, "安全") if "search" not in address else page.wait_for_selector(
        "[data-hits] li"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_page_and_the_open_list_are_accessible(open_page: Any, file_home: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, _ = open_page(file_home)
    page.goto(file_home + "search.html?q=%E5%8D%B1%E5%8C%96%E5%93%81")
    page.wait_for_selector("[data-hits] li")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    page.goto(file_home + PAGE)
    type_in_header(page, "安全")
    page.keyboard.press("ArrowDown")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
