"""Pinyin on the banks of young children: over each character, gone again, never in the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Visit = Callable[..., Any]


def test_pinyin_stands_over_each_character_and_goes_again(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "primary-school.html")
    stem = page.locator("#q-primary-001 [data-stem]")
    before = stem.inner_text()
    button = page.get_by_role("button", name="拼音")
    button.click()
    page.wait_for_selector("#q-primary-001 [data-explanation] rt", state="attached")
    pairs = stem.locator("ruby").evaluate_all(
        "nodes => nodes.map(node => [node.firstChild.data, node.lastChild.textContent])"
    )
    assert pairs[:4] == [["放", "fàng"], ["学", "xué"], ["回", "huí"], ["家", "jiā"]]
    assert "".join(char for char, _ in pairs) == "".join(
        char for char in before if "\u4e00" <= char <= "\u9fff"
    )
    assert stem.get_attribute("data-plain") == before
    # Choices in selects and names for screen readers stay without it.
    option = page.locator("#q-primary-009 select option").nth(1).inner_text()
    assert option.startswith("A 找到自己的座位")
    name = re.compile(r"^C " + r"\s*".join("关阀开窗，走到屋外再打电话") + "$")
    assert page.get_by_role("radio", name=name).count() == 1
    page.locator("#q-primary-001 [data-option='C'] label").click()
    assert page.locator("#q-primary-001 [data-feedback]").inner_text() == "✓ 答对了"
    page.reload()
    page.wait_for_selector("#q-primary-001 rt", state="attached")
    button.click()
    page.wait_for_function("!document.querySelector('rt')")
    assert stem.inner_text() == before
    assert page.quiz_watch.errors == []


def test_what_is_read_aloud_has_no_pinyin(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "primary-school.html")
    page.evaluate(
        """() => {
          window.said = [];
          const voice = {localService: true, lang: "zh-CN", name: "x"};
          window.SpeechSynthesisUtterance = function (text) { this.text = text; };
          Object.defineProperty(window, "speechSynthesis", {value: {
            getVoices: () => [voice], cancel: () => {},
            speak: one => { window.said.push(one.text); setTimeout(() => one.onend(), 0); }}});
        }"""
    )
    page.get_by_role("button", name="拼音").click()
    page.wait_for_selector("#q-primary-002 rt", state="attached")
    page.get_by_role("button", name="朗读").click()
    page.wait_for_function("window.said.length > 12")
    said = "".join(page.evaluate("window.said"))
    assert "放学回家" in said
    assert "fàng" not in said


def test_other_banks_have_no_such_button(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "community-home.html")
    page.wait_for_selector("[data-controls]:not([hidden])")
    assert page.locator("[data-pinyin]").count() == 0
    assert not list((site_dir / "data/quiz/community-home").glob("pinyin*"))
