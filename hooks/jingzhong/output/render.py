"""Jinja and Markdown, set up once per build; autoescape on, undefined names are errors."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import jinja2
import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from jingzhong.law.citations import Context
from jingzhong.model.articles import article_name, int_to_chinese
from jingzhong.model.kept import Keep, make_anew
from jingzhong.output import urls
from jingzhong.output.citing import CitationLinker
from jingzhong.output.page import Page
from jingzhong.output.pictures import picture_size

TEMPLATES = Path(__file__).parent.parent / "templates"

_INDENTATION = re.compile(r"\n[ \t]+")


class Renderer:
    """Renders pages; `shared` are the names that every template may use.

    Without a `linker` (as when the content is broken) citations stay text. `keep` and `compiled`
    spare a preview the work of its last rebuild.
    """

    def __init__(
        self,
        linker: CitationLinker | None = None,
        keep: Keep = make_anew,
        compiled: jinja2.BytecodeCache | None = None,
        **shared: object,
    ) -> None:
        self._linker = linker
        self._keep = keep
        self._markdown = _BodyMarkdown()
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled,
        )
        self._environment.filters.update(
            day=_day, flat=_flat, number=_number, article=article_name, chinese=int_to_chinese
        )
        self._environment.globals.update(urls=urls, picture_size=picture_size, **shared)

    def plain(self, text: str) -> str:
        """The visible text of a Markdown body, on one line."""
        return str(self._convert(text, "").striptags())

    def _convert(self, text: str, address: str) -> Markup:
        return self._keep(("body", text, address), lambda: self._markdown.convert(text, address))

    def render(self, page: Page) -> str:
        """The HTML of one page, without the frame around it."""
        template = self._environment.get_template(page.template)

        def url(target: str) -> str:
            return urls.relative(target, page.address)

        def body(text: str) -> Markup:
            html = self._convert(text, page.address)
            return Markup(self.link(html, page.address, page.cites))

        def cited(text: str) -> Markup:
            if self._linker is None or page.cites is None:
                return escape(text)
            return self._linker.link_text(text, page.address, page.cites)

        return template.render(page=page, url=url, body=body, cited=cited, **page.data)

    def link(self, html: str, address: str, context: Context | None) -> str:
        """Finished HTML with its citations linked."""
        if self._linker is None or context is None:
            return html
        return self._linker.link_html(html, address, context)


class _BodyMarkdown:
    """Markdown of bodies: no raw HTML, links to `.md` become links to pages."""

    def __init__(self) -> None:
        self._place = ""
        self._converter = markdown.Markdown(
            extensions=["tables", "sane_lists", _Links(lambda: self._place)], output_format="html"
        )
        # Bodies are text: pasted HTML shows as what was typed.
        self._converter.preprocessors.deregister("html_block")
        self._converter.inlinePatterns.deregister("html")

    def convert(self, text: str, address: str) -> Markup:
        """Render one body that stands on the page with this address."""
        self._place = address
        self._converter.reset()
        return Markup(self._converter.convert(text))


class _Links(Extension):
    def __init__(self, place: Callable[[], str]) -> None:
        super().__init__()
        self._place = place

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (name of the library)
        md.treeprocessors.register(_LinkProcessor(md, self._place), "jingzhong_links", 0)


class _LinkProcessor(Treeprocessor):
    def __init__(self, md: markdown.Markdown, place: Callable[[], str]) -> None:
        super().__init__(md)
        self._place = place

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            file, sign, anchor = link.get("href", "").partition("#")
            if file.endswith(".md") and ":" not in file:
                link.set("href", file.removesuffix(".md") + ".html" + sign + anchor)
            elif file.startswith(("http://", "https://")):
                link.set("rel", "noopener")
        for image in root.iter("img"):
            image.set("loading", "lazy")


def _flat(html: str) -> Markup:
    """HTML without the indentation of its templates, which is a good part of a long page."""
    return Markup(_INDENTATION.sub("\n", html))


def _day(value: datetime.date | str) -> str:
    """2015年8月12日; a month or a year alone stays as coarse as it is known."""
    year, *rest = str(value).split("-")
    return f"{year}年" + "".join(
        f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False)
    )


def _number(value: float | int) -> str:
    """12,428 and 71.2: thousands separated, no needless decimals."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
