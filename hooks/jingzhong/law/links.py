"""Where a page's text should become links to articles, as plain data.

Pages turn each span into a link; `note` is what a reader should see beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from jingzhong.law.citations import Context, choose, judge
from jingzhong.law.lexicon import Lexicon
from jingzhong.law.mentions import Scanner
from jingzhong.law.reading import Reading
from jingzhong.law.signs import may_cite


@dataclass(frozen=True)
class LinkSpan:
    """A stretch of text to link, in code points; spans do not overlap.

    `law` is a regulation the site carries; `article` the number in force today to link to, None
    for the regulation's own page; `carried` whether that article has an anchor there.
    `label` replaces nothing: it is shown beside a renumbered article, 当时第五十一条（现行第五十四条）.
    """

    start: int
    end: int
    law: str
    article: str | None
    carried: bool
    cited: str | None
    status: str
    label: str
    message: str


def link_spans(text: str, lexicon: Lexicon, context: Context) -> list[LinkSpan]:
    """The links a text should carry, from left to right.

    A law's bare name links to its page. What the site has no page for gets no link.
    """
    if not may_cite(text):
        return []
    reading = Reading(text)
    book = lexicon.book
    spans: list[LinkSpan] = []
    for mention in Scanner(reading.text, lexicon, context.self_law).mentions():
        law, ambiguous = choose(mention, book, context)
        if law is None or law.page is None:
            continue
        if not mention.parts:
            verdict = judge(mention, law, ambiguous, None, book, context)
            begin, stop = reading.span(mention.start, max(mention.end, mention.stop))
            spans.append(
                LinkSpan(
                    begin, stop, law.id, None, False, None, verdict.status, "", verdict.message
                )
            )
            continue
        last = -1
        for index, part in enumerate(mention.parts):
            if part.inner or part.end <= last:
                continue
            verdict = judge(mention, law, ambiguous, part.article, book, context)
            begin, stop = reading.span(part.start if index else mention.start, part.end)
            last = part.end
            target = verdict.current[0] if verdict.current else None
            spans.append(
                LinkSpan(
                    begin,
                    stop,
                    law.id,
                    target,
                    target in law.page.article_by_number,
                    part.article,
                    verdict.status,
                    verdict.message if verdict.status == "renumbered" else "",
                    verdict.message,
                )
            )
    return spans
