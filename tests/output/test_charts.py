"""Charts: plain drawings with the right bars, readable words, and nothing that runs or changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from jingzhong.output.charts import bar_chart

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [("危险化学品", 12), ("厂（场）内车辆致害", 7), ("消防", 3), ("其他", 1)]
LAYOUT = """() => {
  const svg = document.querySelector("svg");
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].filter(node => node.textContent.trim());
  const boxes = texts.map(node => ({text: node.textContent.trim(), box: node.getBoundingClientRect()}));
  const faults = [];
  for (const {text, box} of boxes) {
    if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5
        || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5) faults.push(`outside: ${text}`);
  }
  boxes.forEach((one, at) => boxes.slice(at + 1).forEach(other => {
    const apart = one.box.right <= other.box.left + 1 || other.box.right <= one.box.left + 1
      || one.box.bottom <= other.box.top + 3 || other.box.bottom <= one.box.top + 3;
    if (!apart) faults.push(`over each other: ${one.text}, ${other.text}`);
  }));
  return faults;
}"""


def parse(chart: Markup) -> ElementTree.Element:
    """The drawing as a tree."""
    return ElementTree.fromstring(str(chart))


def texts(chart: Markup) -> list[str]:
    """Everything written in the drawing."""
    return ["".join(node.itertext()).strip() for node in parse(chart).iter(f"{SVG}text")]


def bars(chart: Markup) -> list[float]:
    """Widths of the bars, from the top."""
    found = [
        (float(node.get("y", 0)), float(node.get("width", 0)))
        for node in parse(chart).iter(f"{SVG}rect")
        if "rect" in node.get("class", "").split()
    ]
    return [width for _, width in sorted(found)]


def test_bars_are_as_long_as_the_numbers_say() -> None:
    chart = bar_chart("sectors", "按行业领域的案例起数", ROWS)
    assert [text for text in texts(chart) if text] != []
    for text, count in ROWS:
        assert text in texts(chart) and str(count) in texts(chart)
    widths = bars(chart)
    assert len(widths) == len(ROWS)
    unit = widths[0] / ROWS[0][1]
    assert widths == pytest.approx([count * unit for _, count in ROWS], rel=0.01)
    root = parse(chart)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "按行业领域的案例起数"


FORBIDDEN = re.compile(
    r"<!--|<script|<title|<desc|https?://(?!www\.w3\.org/)|xlink:|\bon\w+=|@import"
)


def test_a_drawing_holds_nothing_that_runs_or_loads() -> None:
    chart = str(bar_chart("sectors", "标题", ROWS))
    assert FORBIDDEN.findall(chart) == []
    for planted in ("<!-- 2026 -->", "<script>", "https://kozea.github.io/x.js", "<a onclick=1>"):
        assert FORBIDDEN.findall(chart + planted)


def test_the_same_rows_give_the_same_drawing() -> None:
    assert bar_chart("a", "标题", ROWS) == bar_chart("a", "标题", ROWS)
    assert bar_chart("a", "标题", ROWS) != bar_chart("a", "标题", ROWS[:-1])


def test_two_drawings_share_a_page() -> None:
    first, second = bar_chart("years", "甲", ROWS), bar_chart("types", "乙", ROWS)
    ids = [re.findall(r'\bid="([^"]+)"', str(chart)) for chart in (first, second)]
    assert ids[0] and not set(ids[0]) & set(ids[1])
    # Styles inside a drawing count for the whole page, so each keeps to its own.
    for chart, name in ((first, "years"), (second, "types")):
        styles = "".join(node.text or "" for node in parse(chart).iter(f"{SVG}style"))
        rules = [rule for rule in re.findall(r"([^{}]+)\{", styles) if rule.strip()]
        loose = [rule.strip() for rule in rules if f"#chart-{name}" not in rule]
        assert loose == []


def test_words_from_content_stay_words() -> None:
    chart = bar_chart("a", '"><script>alert(1)</script>', [("<b>粗</b>&", 2)])
    assert "<script" not in str(chart) and "<b>" not in str(chart)
    assert "<b>粗</b>&" in texts(chart)


@pytest.fixture(scope="module")
def draw(browser: Any) -> Iterator[Callable[[Markup, int], list[str]]]:
    """`draw(chart, width)` shows a drawing that wide; what is wrong with its layout."""
    page = browser.new_page(viewport={"width": 700, "height": 900})

    def show(chart: Markup, width: int) -> list[str]:
        page.set_content(
            f"<style>svg {{ display: block; width: {width}px; height: auto }}</style>{chart}"
        )
        faults: list[str] = page.evaluate(LAYOUT)
        return faults

    yield show
    page.close()


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        [("消防", 1)],
        [(str(year), 3 + year % 7) for year in range(2006, 2027)],
        [("道路（轨道）车辆致害", 120), ("厂（场）内车辆致害", 1), ("其他", 0)],
        [("特别重大", 12345), ("未公布", 1)],
    ],
)
def test_words_stand_inside_and_apart(
    rows: list[tuple[str, int]], draw: Callable[[Markup, int], list[str]]
) -> None:
    chart = bar_chart("a", "标题", rows)
    for width in (288, 400, 544):
        assert draw(chart, width) == []


def test_words_outside_or_over_each_other_are_found(
    draw: Callable[[Markup, int], list[str]],
) -> None:
    chart = bar_chart("a", "标题", ROWS)
    wide = Markup(str(chart).replace("危险化学品", "危险化学品" * 4))
    assert draw(wide, 400) != []
    low = Markup(re.sub(r'height="\d+"', 'height="40"', str(chart), count=1))
    assert draw(Markup(str(low).replace('viewBox="0 0 400', 'viewBox="0 90 300')), 400) != []


PAINTED = """() => [...document.querySelectorAll("svg text, svg rect")]
  .filter(node => node.getBoundingClientRect().width > 0)
  .map(node => [node.tagName === "text" ? "text" : node.className.baseVal.split(" ")[0],
                getComputedStyle(node).fill, getComputedStyle(node).stroke])"""


def test_colours_are_those_of_the_page(browser: Any) -> None:
    # So that a drawing is as readable in the dark, in high contrast and on paper as its page.
    page = browser.new_page()
    chart = bar_chart("a", "标题", ROWS)
    for ink, blue in (("rgb(1, 2, 3)", "rgb(4, 5, 6)"), ("rgb(250, 251, 252)", "rgb(7, 8, 9)")):
        page.set_content(f"<style>:root {{ --jz-ink: {ink}; --jz-blue: {blue} }}</style>{chart}")
        painted = {part: (fill, stroke) for part, fill, stroke in page.evaluate(PAINTED)}
        assert painted == {
            "background": ("rgba(0, 0, 0, 0)", "none"),
            "rect": (blue, blue),
            "text": (ink, "none"),
        }
    page.close()
