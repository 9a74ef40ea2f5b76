"""Turns the HTML of one of our pages back into the Markdown that an editor would have written.

Made for the comparison with plain Material only: it keeps every word, link, heading id, list and
table, and drops what is drawn (SVG, form controls) and the breadcrumbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

VOID = {"br", "hr", "img", "input", "link", "meta"}
DROPPED = {"svg", "select", "button", "script", "style", "template", "input"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"ul", "ol"}
PARAGRAPHS = {"p", "legend", "summary", "figcaption", "label"}
CONTAINERS = {"div", "section", "nav", "aside", "article", "form", "fieldset", "details", "figure"}
BLOCKS = HEADINGS | LISTS | PARAGRAPHS | CONTAINERS | {"table", "dl", "blockquote", "pre", "hr"}


@dataclass
class Node:
    """An element; its children are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def html_to_markdown(html: str) -> str:
    """The Markdown of a page's body."""
    tree = _Tree()
    tree.feed(html)
    return "\n\n".join(_blocks([tree.root])) + "\n"


def _dropped(child: Node | str) -> bool:
    """Drawings, controls, and breadcrumbs, which nobody writes by hand."""
    return isinstance(child, Node) and (
        child.tag in DROPPED
        or "hidden" in child.attributes
        or "jz-crumbs" in child.attributes.get("class", "")
    )


def _is_block(child: Node | str) -> bool:
    return isinstance(child, Node) and child.tag in BLOCKS


def _blocks(children: Iterable[Node | str]) -> Iterator[str]:
    """The blocks of a container; inline text between them makes paragraphs of its own."""
    kept = (child for child in children if not _dropped(child))
    for block, group in groupby(kept, key=_is_block):
        if block:
            for child in group:
                assert isinstance(child, Node)
                yield from _block(child)
        else:
            text = _inline(group)
            if text:
                yield text


def _block(node: Node) -> Iterator[str]:
    anchor = node.attributes.get("id")
    if node.tag in HEADINGS:
        yield f"{'#' * int(node.tag[1])} {_inline(node.children)}" + (
            f" {{#{anchor}}}" * bool(anchor)
        )
    elif node.tag in PARAGRAPHS:
        text = _inline(node.children)
        if text:
            yield text + (f"\n{{: #{anchor} }}" if anchor else "")
    elif node.tag in LISTS:
        yield "\n".join(_items(node))
    elif node.tag == "dl":
        yield "\n".join(_definitions(node))
    elif node.tag == "table":
        yield "\n".join(_rows(node))
    else:
        blocks = list(_blocks(node.children))
        if anchor and blocks:
            # A container's anchor goes to its first paragraph, where a link lands as well.
            text = blocks[0].partition("\n{: #")[0]
            if not text.startswith(("#", "-", "1.", "|")):
                blocks[0] = f"{text}\n{{: #{anchor} }}"
        yield from blocks


def _items(node: Node) -> Iterator[str]:
    items = [child for child in node.children if isinstance(child, Node) and not _dropped(child)]
    for number, item in enumerate(items, 1):
        mark = "-" if node.tag == "ul" else f"{number}."
        first, *rest = list(_blocks(item.children)) or [""]
        yield f"{mark} {first}"
        for block in rest:
            yield "\n" + "\n".join(f"    {line}" for line in block.split("\n"))
        if rest:
            yield ""


def _definitions(node: Node) -> Iterator[str]:
    yield "| 项目 | 内容 |"
    yield "| --- | --- |"
    term = ""
    for child in _descend(node, {"dt", "dd"}):
        text = _cell(child)
        if child.tag == "dt":
            term = text
        else:
            yield f"| {term} | {text} |"


def _rows(node: Node) -> Iterator[str]:
    for number, row in enumerate(_descend(node, {"tr"})):
        cells = [_cell(cell) for cell in _descend(row, {"th", "td"})]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + " --- |" * len(cells)


def _cell(node: Node) -> str:
    return " ".join(_blocks(node.children)).replace("|", "\\|")


def _descend(node: Node, tags: set[str]) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag in tags:
                yield child
            else:
                yield from _descend(child, tags)


def _inline(children: Iterable[Node | str]) -> str:
    return re.sub(r"\s+", " ", "".join(_pieces(children))).strip()


def _pieces(children: Iterable[Node | str]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield re.sub(r"([\\`*_\[\]<>{}])", r"\\\1", child)
        elif _dropped(child):
            continue
        elif child.tag == "img":
            yield f"![{child.attributes.get('alt', '')}]({child.attributes['src']})"
        elif child.tag == "br":
            yield " "
        else:
            text = _inline(child.children)
            if not text:
                continue
            if child.tag in ("b", "strong"):
                yield f"**{text}** "
            elif child.tag == "a":
                yield f"[{text}]({_source(child.attributes.get('href', ''))}) "
            elif child.tag in ("small", "span", "time", "dt", "dd"):
                # Neighbours that CSS sets apart need a space here.
                yield f"{text} "
            else:
                yield text


def _source(address: str) -> str:
    """A link to a page becomes a link to the Markdown file behind it."""
    file, sign, anchor = address.partition("#")
    if file.endswith(".html") and ":" not in file:
        file = file.removesuffix(".html") + ".md"
    return file + sign + anchor
