"""Opening a statute, and finding what the site knows of it."""

from __future__ import annotations

import re
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from jingzhong.exchange.laws.statute import ArticleDraft, Statute, read_statute
from jingzhong.exchange.paragraphs import read_paragraphs
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.law.lexicon import Lexicon
from jingzhong.law.reading import Reading
from jingzhong.law.versions import Law
from jingzhong.model.regulations import Regulation


def read(path: Path) -> Statute:
    """The statute of a file. Raises `RefusedError`."""
    statute = read_statute(read_paragraphs(path))
    if statute is None:
        raise RefusedError(
            "找不到法规的标题。标题应单独成段放在最前面，以法、条例、规定、办法等结尾"
        )
    if not statute.articles and not any(part.paragraphs for part in statute.parts):
        raise RefusedError("只有标题，没有正文")
    return statute


def find_law(title: str, lexicon: Lexicon) -> Law | None:
    """The law of this title or alias in the site's pages and data."""
    found = lexicon.title(Reading(title.removeprefix("中华人民共和国")).text)
    return lexicon.book.laws[found.laws[-1]] if found and found.laws else None


def drafts_of(old: Regulation) -> list[ArticleDraft]:
    """The articles of a page with the full text, as those of a file."""
    return [
        ArticleDraft(one.number, one.line, one.markdown.replace("\\", "").split("\n\n"))
        for one in old.articles
    ]


def proposed_id(title: str) -> str:
    """The initials of a title's pinyin: 慈善法 → csf."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", title.removeprefix("中华人民共和国"))
    letters = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
    return re.sub(r"[^a-z0-9]", "", letters)[:40] or "law"
