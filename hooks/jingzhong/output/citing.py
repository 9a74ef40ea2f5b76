"""Makes every citation in a page's text a link to the article, or to the regulation.

Works on finished HTML: text between tags is looked at, text inside links, headings and code is
left alone. What the build adds (现行第五十四条) is marked, so that nothing takes it for the text.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

from jingzhong.law.citations import Context
from jingzhong.law.lexicon import Lexicon
from jingzhong.law.links import LinkSpan, link_spans
from jingzhong.law.mentions import may_cite
from jingzhong.model.articles import article_name
from jingzhong.output import urls

_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = re.compile(r"<(/?)(a|code|pre|h[1-6]|button|script|summary)\b", re.IGNORECASE)


class CitationLinker:
    """Links citations for one build."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def link_html(self, html: str, page: str, context: Context) -> str:
        """The same HTML with its citations linked; `page` is the address it stands on."""
        if not may_cite(html):
            return html
        parts = _TAG.split(html)
        depth = 0
        for index, part in enumerate(parts):
            if index % 2:
                tag = _CLOSED.match(part)
                if tag:
                    depth += -1 if tag[1] else 1
            elif part and depth == 0 and may_cite(part):
                parts[index] = self._link(unescape(part), page, context)
        return "".join(parts)

    def link_text(self, text: str, page: str, context: Context) -> Markup:
        """Plain text as HTML with its citations linked."""
        return Markup(self._link(text, page, context)) if may_cite(text) else escape(text)

    def link_parts(self, text: str, page: str, context: Context) -> list[list[str]]:
        """The text in parts for scripts: `[text]`, or `[text, address, cite, what is inserted]`.

        Empty where nothing is cited; `cite` and the insertion are empty strings where there is none.
        """
        if not may_cite(text):
            return []
        parts, at = [], 0
        for span in link_spans(text, self._lexicon, context):
            target, cite, now = _link_of(span, page)
            parts += [[text[at : span.start]], [text[span.start : span.end], target, cite, now]]
            at = span.end
        return [part for part in (*parts, [text[at:]]) if part[0]] if parts else []

    def _link(self, text: str, page: str, context: Context) -> str:
        made, at = [], 0
        for span in link_spans(text, self._lexicon, context):
            if urls.regulation_address(span.law) == page and span.article is None:
                continue
            made.append(escape(text[at : span.start]))
            made.append(_anchor(span, text[span.start : span.end], page))
            at = span.end
        made.append(escape(text[at:]))
        return "".join(made)


def _link_of(span: LinkSpan, page: str) -> tuple[str, str, str]:
    """Address, name for the preview, and today's number where it differs from the one written."""
    article = span.article if span.carried else None
    target = urls.relative(urls.regulation_address(span.law, article), page)
    cite = f"{span.law}/{article}" if article else ""
    # Both numbers are shown: the one of that day as written, and today's.
    if span.status != "renumbered" or span.article is None:
        return target, cite, ""
    return target, cite, f"（现行{article_name(span.article)}）"


def _anchor(span: LinkSpan, text: str, page: str) -> Markup:
    target, cite, now = _link_of(span, page)
    named = Markup(' data-cite="{}"').format(cite) if cite else ""
    link = Markup('<a href="{}"{}>{}</a>').format(target, named, text)
    return (
        link + Markup('<span class="jz-now" data-inserted>{}</span>').format(now) if now else link
    )
