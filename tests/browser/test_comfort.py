"""大字版, colours and reading aloud: by mouse and by keys, kept, and in place before the first paint.

Each widget has a check that uses it as a reader would. A second test takes the script away and
sees the same check fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, expect

ABOUT = "about.html"
CASE = "cases/2015-08-12-tianjin-ruihai.html"
BANK = "quizzes/community-home.html"
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 800}}
WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 MicroMessenger/8.0.49"
# A machine with one voice of its own and one that sends the text elsewhere; a piece ends when the
# test says so.
SPEECH = """(voices) => {
  window.speech = { said: [], cancelled: 0, current: null };
  class Utterance { constructor(text) { this.text = text; } }
  window.SpeechSynthesisUtterance = Utterance;
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    speak: (utterance) => {
      window.speech.current = utterance;
      window.speech.said.push([utterance.text, utterance.voice.name, utterance.lang]);
    },
    cancel: () => {
      window.speech.cancelled += 1;
      const cut = window.speech.current;
      window.speech.current = null;
      // As browsers do: what is cut off ends with an error, a little later.
      if (cut) setTimeout(() => cut.onerror({ error: "interrupted" }));
    },
  } });
  window.endPiece = () => {
    const done = window.speech.current;
    window.speech.current = null;
    done.onend({});
  };
}"""
NETWORK = {"name": "云端", "lang": "zh-CN", "localService": False}
LOCAL = {"name": "本机", "lang": "zh-CN", "localService": True}
TAIWAN = {"name": "本机国语", "lang": "zh-TW", "localService": True}
ENGLISH = {"name": "Local", "lang": "en-US", "localService": True}

OpenPage = Callable[..., Any]


def large(page: Any) -> Any:
    return page.get_by_role("button", name="大字版")


def status(page: Any) -> Any:
    """Where the widgets say what they did."""
    return page.locator("[data-module=comfort] [data-status]")


def text_size(page: Any) -> float:
    """Pixels of the text of the page."""
    size: float = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    return size


def paper(page: Any) -> str:
    """The colour that the page lies on."""
    color: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return color


def with_voices(page: Any, *voices: dict[str, object]) -> None:
    """Give the documents that the page opens from now on these voices."""
    page.add_init_script(
        f"({SPEECH})({list(voices)!r})".replace("True", "true").replace("False", "false")
    )


def said(page: Any) -> list[str]:
    """The pieces handed to the voice so far."""
    return [text for text, _, _ in page.evaluate("window.speech.said")]


def listen(page: Any) -> list[str]:
    """Hear the page to its end; everything that was said."""
    page.get_by_role("button", name="朗读").click()
    page.evaluate("while (window.speech.current) window.endPiece()")
    return said(page)


# The checks: each uses a widget as a reader does, on a page that was opened for it.


def check_large(page: Any, home: str) -> None:
    page.goto(home + ABOUT)
    before = text_size(page)
    expect(large(page)).to_have_attribute("aria-pressed", "false")
    large(page).click()
    expect(large(page)).to_have_attribute("aria-pressed", "true")
    expect(status(page)).to_have_text("已换成大字版")
    assert text_size(page) == pytest.approx(1.3 * before, abs=0.5)
    assert text_size(page) >= 22
    # Remembered after a reload, and on another page of the site.
    for address in (ABOUT, CASE):
        page.goto(home + address)
        expect(large(page)).to_have_attribute("aria-pressed", "true")
        assert text_size(page) >= 22
    # And back, this time by keys.
    page.goto(home + ABOUT)
    large(page).focus()
    page.keyboard.press("Space")
    expect(large(page)).to_have_attribute("aria-pressed", "false")
    assert text_size(page) == before
    page.reload()
    assert text_size(page) == before


def check_colour(page: Any, home: str) -> None:
    page.goto(home + ABOUT)
    choice = page.get_by_label("颜色")
    grounds = {"": paper(page)}
    for value in ("light", "dark", "contrast"):
        choice.select_option(value)
        grounds[value] = paper(page)
    assert grounds == {
        "": "rgb(251, 250, 246)",
        "light": "rgb(251, 250, 246)",
        "dark": "rgb(21, 24, 27)",
        "contrast": "rgb(0, 0, 0)",
    }
    for address in (ABOUT, CASE):
        page.goto(home + address)
        assert paper(page) == grounds["contrast"]
        expect(choice).to_have_value("contrast")
    # By keys: one step back is dark; the first entry follows the system again.
    choice.focus()
    page.keyboard.press("ArrowUp")
    expect(choice).to_have_value("dark")
    assert paper(page) == grounds["dark"]
    page.keyboard.press("Home")
    expect(choice).to_have_value("")
    page.reload()
    assert paper(page) == grounds[""]


def check_reading(page: Any, home: str) -> None:
    with_voices(page, NETWORK, TAIWAN, LOCAL, ENGLISH)
    page.goto(home + CASE)
    button = page.locator("[data-read]")
    stop = page.get_by_role("button", name="停止")
    expect(button).to_have_text("朗读")
    expect(stop).to_be_hidden()
    button.click()
    expect(button).to_have_text("暂停")
    expect(stop).to_be_visible()
    expect(status(page)).to_have_text("正在朗读")
    for _ in range(4):
        page.evaluate("window.endPiece()")
    pieces = said(page)
    assert len(pieces) == 5
    assert page.locator("[data-being-read]").count() == 1
    # Pause, and go on with the piece that was cut off.
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("继续")
    expect(status(page)).to_have_text("已暂停")
    page.wait_for_timeout(20)
    assert said(page) == pieces and page.evaluate("window.speech.cancelled") == 1
    page.keyboard.press("Enter")
    expect(button).to_have_text("暂停")
    assert said(page) == [*pieces, pieces[-1]]
    page.evaluate("window.endPiece()")
    assert said(page)[-1] not in pieces
    # Stop, and begin again from the start.
    stop.focus()
    page.keyboard.press("Space")
    expect(button).to_have_text("朗读")
    expect(button).to_be_focused()
    expect(stop).to_be_hidden()
    assert page.evaluate("window.speech.current") is None
    assert page.locator("[data-being-read]").count() == 0
    count = len(said(page))
    button.click()
    assert said(page)[count:] == pieces[:1]
    voices = {tuple(voice) for _, *voice in page.evaluate("window.speech.said")}
    assert voices == {("本机", "zh-CN")}


def check_wechat(page: Any, home: str) -> None:
    page.goto(home + "data.html")
    note = page.get_by_text("微信里不能保存文件")
    expect(note).to_be_hidden()
    downloads: list[Any] = []
    page.on("download", lambda download: downloads.append(download))
    page.get_by_role("link", name="下载案例表").click()
    expect(note).to_be_visible()
    expect(note).to_contain_text("在浏览器打开")
    page.wait_for_timeout(100)
    assert downloads == []


def check_address(page: Any, home: str) -> None:
    page.goto(home + CASE + "#sources")
    expect(page.locator("[data-module=address]")).to_have_text(home + CASE)


Check = Callable[[Any, str], None]
CHECKS: dict[str, tuple[Check, dict[str, Any]]] = {
    "large": (check_large, PHONE),
    "colour": (check_colour, DESKTOP),
    "reading": (check_reading, DESKTOP),
    "wechat": (check_wechat, PHONE | {"user_agent": WECHAT}),
    "address": (check_address, DESKTOP),
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_widget_works(name: str, site_server: Any, open_page: OpenPage) -> None:
    check, options = CHECKS[name]
    page, watch = open_page(site_server.below, **options)
    check(page, site_server.below)
    assert watch.errors == [] and watch.foreign == []


@pytest.mark.parametrize("name", CHECKS)
def test_without_the_script_the_check_fails(
    name: str, site_server: Any, open_page: OpenPage
) -> None:
    check, options = CHECKS[name]
    page, _ = open_page(site_server.root, **options)
    page.set_default_timeout(300)
    expect.set_options(timeout=300)
    page.route("**/js/comfort.js", lambda route: route.abort())
    try:
        with pytest.raises((AssertionError, Error)):
            check(page, site_server.root)
    finally:
        expect.set_options(timeout=5000)
    # Nothing that does not work is shown.
    assert page.locator("[data-module=comfort] :is(button, select):visible").count() == 0


def test_widgets_work_where_nothing_may_be_kept(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root, **DESKTOP)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(site_server.root + ABOUT)
    before = text_size(page)
    large(page).click()
    assert text_size(page) > 1.2 * before
    page.get_by_label("颜色").select_option("dark")
    assert paper(page) == "rgb(21, 24, 27)"
    assert watch.errors == []


# Before the first paint: what the root element carries when the body begins.

FIRST = """
new MutationObserver((changes, observer) => {
  if (!document.body) return;
  observer.disconnect();
  const root = document.documentElement;
  window.first = { size: root.dataset.size, color: root.dataset.color, paint:
    performance.getEntriesByType("paint").length };
}).observe(document, { childList: true, subtree: true });
"""


def choices_at_first(page: Any, address: str) -> dict[str, Any]:
    """What of the reader's choices is in place when the body begins."""
    page.add_init_script(FIRST)
    page.goto(address)
    first: dict[str, Any] = page.evaluate("window.first")
    return first


@pytest.mark.parametrize("planted", [False, True])
def test_choices_are_in_place_before_the_first_paint(
    planted: bool, site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    page.goto(site_server.root + ABOUT)
    large(page).click()
    page.get_by_label("颜色").select_option("dark")
    if planted:
        # The same page without the line in its head.
        text = page.request.get(site_server.root + CASE).text()
        head, found, rest = text.partition("try{var r=JSON.parse(localStorage")
        assert found
        body = head + "void 0</script>" + rest.partition("</script>")[2]
        page.route(
            "**/cases/*.html", lambda route: route.fulfill(body=body, content_type="text/html")
        )
    first = choices_at_first(page, site_server.root + CASE)
    expected = (None, None) if planted else ("large", "dark")
    assert (first["size"], first["color"]) == expected
    assert first["paint"] == 0


def test_choices_broken_by_others_do_no_harm(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    page.goto(site_server.root + ABOUT)
    for kept in ("null", "[]", "7", '"large"', "{", '{"size": 3, "color": "<b>"}'):
        page.evaluate("text => localStorage.setItem('jingzhong.reading', text)", kept)
        page.reload()
        expect(large(page)).to_be_visible()
        assert paper(page) == "rgb(251, 250, 246)"
    assert watch.errors == []


def test_large_type_is_one_column(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root, **DESKTOP)
    page.goto(site_server.root + CASE)
    contents = page.get_by_role("navigation", name="本页目录")
    expect(contents).to_be_visible()
    large(page).click()
    expect(contents).to_be_hidden()


# What the system asks for.

TOKENS = """() => Object.fromEntries(
  ["paper", "card", "ink", "muted", "line", "red", "amber", "blue", "green",
   "red-soft", "amber-soft", "blue-soft", "green-soft"]
    .map(name => [name, getComputedStyle(document.documentElement).getPropertyValue("--jz-" + name)])
    .concat([["scheme", getComputedStyle(document.documentElement).colorScheme]]))"""


def test_the_system_and_the_switch_mean_the_same_dark(
    site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    page.goto(site_server.root + ABOUT)
    light = page.evaluate(TOKENS)
    page.emulate_media(color_scheme="dark")
    by_system = page.evaluate(TOKENS)
    assert by_system != light
    assert by_system["scheme"] == "dark"
    # Whoever asks for light gets it, whatever the system says.
    page.get_by_label("颜色").select_option("light")
    assert page.evaluate(TOKENS) == light
    page.emulate_media(color_scheme="light")
    page.get_by_label("颜色").select_option("dark")
    assert page.evaluate(TOKENS) == by_system


def test_a_system_in_dark_needs_no_script(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root, java_script_enabled=False, color_scheme="dark")
    for address in (ABOUT, "404.html"):
        page.goto(site_server.root + address)
        assert paper(page) == "rgb(21, 24, 27)"


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb` or `#rgb` (WCAG 2.2)."""
    digits = color.strip().lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_more_contrast_means_more_contrast(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    page.goto(site_server.root + ABOUT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, contrast="no-preference")
        usual = page.evaluate(TOKENS)
        page.emulate_media(color_scheme=scheme, contrast="more")
        more = page.evaluate(TOKENS)
        for token in ("muted", "line"):
            assert more[token] == usual["ink"], scheme
            assert contrast(more[token], more["paper"]) > contrast(usual[token], usual["paper"])
    page.emulate_media(color_scheme="light", contrast="no-preference")
    page.get_by_label("颜色").select_option("contrast")
    chosen = page.evaluate(TOKENS)
    grounds = [chosen[name] for name in ("paper", "card", "amber-soft", "blue-soft")]
    texts = [chosen[name] for name in ("ink", "muted", "red", "amber", "blue", "green")]
    assert min(contrast(text, ground) for text in texts for ground in grounds) >= 7


MOTION = """() => {
  const seconds = text => Math.max(...text.split(",").map(part => parseFloat(part)));
  const nodes = [document.documentElement, ...document.querySelectorAll("*")];
  const longest = nodes.flatMap(node => ["", "::before", "::after"].map(part => {
    const style = getComputedStyle(node, part || null);
    return Math.max(seconds(style.transitionDuration),
                    style.animationName === "none" ? 0 : seconds(style.animationDuration));
  }));
  return { longest: Math.max(...longest), scroll: nodes[0] && getComputedStyle(nodes[0]).scrollBehavior };
}"""


def test_nothing_moves_for_who_asked_for_rest(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    for address in ("index.html", "cases/index.html", CASE, BANK):
        page.goto(site_server.root + address)
        page.emulate_media(reduced_motion="no-preference")
        usual = page.evaluate(MOTION)
        assert usual["longest"] <= 0.2, address
        assert usual["scroll"] == "smooth"
        page.emulate_media(reduced_motion="reduce")
        assert page.evaluate(MOTION) == {"longest": 0, "scroll": "auto"}, address
    page.add_style_tag(content="a::before { transition: color 900ms }")
    assert page.evaluate(MOTION)["longest"] == 0.9


# Reading aloud: which voice, and what is said.


@pytest.mark.parametrize("voices", [[], [NETWORK], [NETWORK, ENGLISH]])
def test_without_a_voice_of_its_own_a_device_says_so(
    voices: list[dict[str, object]], site_server: Any, open_page: OpenPage
) -> None:
    page, _ = open_page(site_server.root)
    with_voices(page, *voices)
    page.goto(site_server.root + ABOUT)
    page.get_by_role("button", name="朗读").click()
    expect(status(page)).to_have_text("这台设备没有可离线使用的中文语音，不能朗读")
    assert status(page).get_attribute("role") == "status"
    assert said(page) == []
    expect(page.locator("[data-read]")).to_have_text("朗读")
    expect(page.get_by_role("button", name="停止")).to_be_hidden()


def test_a_voice_of_the_network_would_be_noticed(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    script = page.request.get(site_server.root + "assets/jingzhong/js/comfort.js").text()
    assert script.count("voice.localService && ") == 1
    body = script.replace("voice.localService && ", "")
    page.route(
        "**/js/comfort.js", lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    with pytest.raises(AssertionError, match="云端"):
        check_reading(page, site_server.root)


def test_a_browser_that_cannot_speak_has_no_button(site_server: Any, open_page: OpenPage) -> None:
    page, watch = open_page(site_server.root)
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
    page.goto(site_server.root + ABOUT)
    expect(large(page)).to_be_visible()
    assert page.evaluate("'speechSynthesis' in window") is False
    expect(page.locator("[data-read]")).to_be_hidden()
    assert watch.errors == []


def test_a_case_is_read_from_its_title_to_its_end(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    with_voices(page, LOCAL)
    page.goto(site_server.root + CASE)
    pieces = listen(page)
    heard = "\n".join(pieces)
    expect(status(page)).to_have_text("读完了")
    expect(page.locator("[data-read]")).to_have_text("朗读")
    assert max(map(len, pieces)) <= 121
    titles = page.locator("#content :is(h1, h2)").all_inner_texts()
    assert len(titles) > 8
    places = [
        next(at for at, piece in enumerate(pieces) if piece.strip() == title) for title in titles
    ]
    assert places == sorted(places)
    # Every word of the text, once: what stands under a heading is heard under it.
    for paragraph in page.locator("[data-section=process] p").all_inner_texts():
        assert heard.replace("\n", "").count(paragraph) == 1
    # Neither the way through the site nor what surrounds the page.
    for name in ("知识题库", "跳到正文", "较早一起", "大字版"):
        assert name not in heard
    assert page.get_by_text("较早一起").count() == 1


def test_answers_stay_unsaid_until_they_are_opened(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    with_voices(page, LOCAL)
    page.goto(site_server.root + BANK)
    closed = listen(page)
    assert not [piece for piece in closed if "答案：" in piece]
    # The options are part of a question.
    option = page.locator(".jz-option").first.inner_text().split("\n")
    assert f"{option[0]}，{option[-1]}" in closed
    page.reload()
    page.locator(".jz-answer summary").first.click()
    opened = listen(page)
    assert len([piece for piece in opened if "答案：" in piece]) == 1


def test_drawings_and_hidden_notes_are_not_said(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    with_voices(page, LOCAL)
    page.goto(site_server.root + "sectors/fire.html")
    assert page.locator("h1 svg text").text_content() == "火"
    assert listen(page)[0] == "消防"
    page.goto(site_server.root + "data.html")
    heard = listen(page)
    assert not [piece for piece in heard if "微信" in piece or piece.isdigit()]
    page.locator("summary").first.click()
    assert "起数" in listen(page)[len(heard) :]


def test_leaving_the_page_ends_the_reading(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    with_voices(page, LOCAL)
    page.goto(site_server.root + ABOUT)
    page.get_by_role("button", name="朗读").click()
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("window.speech.cancelled") == 1
    assert page.evaluate("window.speech.current") is None


def test_outside_wechat_the_file_is_saved(site_server: Any, open_page: OpenPage) -> None:
    page, _ = open_page(site_server.root)
    page.goto(site_server.root + "data.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载案例表").click()
    assert download.value.suggested_filename == "cases.csv"
    expect(page.get_by_text("微信里不能保存文件")).to_be_hidden()
