"""Bar charts as plain SVG: drawn by pygal, stripped of its script, its clock and its tooltips."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import pygal
from markupsafe import Markup
from pygal.etree import etree
from pygal.style import Style

# pygal would draw with lxml where that is installed, and write the same drawing in other bytes.
etree.to_etree()

# As wide as a small phone, so that the labels keep their size there.
_WIDTH = 400
_ROW = 32
_FONT = 14

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="var(--jz-ink)",
    foreground_strong="var(--jz-ink)",
    foreground_subtle="var(--jz-line)",
    colors=("var(--jz-blue)",),
    value_colors=("var(--jz-ink)",),
    font_family="inherit",
    label_font_size=_FONT,
    major_label_font_size=_FONT,
    value_font_size=_FONT,
    opacity="1",
    opacity_hover="1",
    transition="0s",
)
_SVG = "{http://www.w3.org/2000/svg}"


def bar_chart(name: str, label: str, rows: Sequence[tuple[str, int]]) -> Markup:
    """A horizontal bar chart of (text, count); the table beside it carries the same numbers.

    `name` makes the ids in the SVG unique on the page; `label` is read by screen readers.
    """
    chart = pygal.HorizontalBar(
        style=_STYLE,
        js=(),
        show_legend=False,
        print_values=True,
        print_values_position="top",
        show_x_labels=False,
        show_y_guides=False,
        width=_WIDTH,
        height=_ROW * len(rows) + 30,
        margin=6,
        margin_left=6 + _label_shortfall(rows),
        spacing=8,
        no_data_text="还没有数据",
        value_formatter=lambda value: f"{value:.0f}",
    )
    chart.uuid = name
    # pygal draws the first row at the bottom.
    chart.x_labels = [text for text, _ in reversed(rows)]
    chart.add("", [count for _, count in reversed(rows)])
    root = chart.render_tree()
    _strip(root)
    root.set("role", "img")
    root.set("aria-label", label)
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _label_shortfall(rows: Sequence[tuple[str, int]]) -> float:
    """Pixels that pygal reserves too little: it takes 0.6 of the size a letter, Han needs 1."""
    longest = max((len(text) for text, _ in rows), default=0)
    return longest * _FONT * 0.4


def _strip(element: ElementTree.Element) -> None:
    """Drop comments (they hold the date), scripts, and the text that pygal keeps for tooltips."""
    for child in list(element):
        unwanted = not isinstance(child.tag, str) or child.tag.removeprefix(_SVG) in (
            "script",
            "title",
            "desc",
        )
        if unwanted:
            element.remove(child)
        else:
            _strip(child)
