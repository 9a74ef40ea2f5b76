"""Clauses of the project's own texts, for invented cases whose words are as mixed as real ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingzhong.model.library import Library

# A clause without figures, names of laws and quotations …
CLAUSE = re.compile(r"(?<=[，。；：\n])[\u4e00-\u9fff]{5,24}(?=[，。；])")
# … and without a real place or company, of which an invented case must not speak.
NAMES = re.compile(r"[省市县区镇乡村街州港湾旗岛路厂店院校园]|公司|集团|大学|酒店|酒楼|小学|中学")


def clauses(library: Library) -> Iterator[str]:
    """Clauses of cases and articles that fit anywhere, some more than once."""
    for case in library.cases:
        for section in case.sections:
            yield from _general(section.markdown)
    for law in library.regulations:
        for article in law.articles:
            yield from _general(article.markdown)


def _general(markdown: str) -> Iterator[str]:
    return (clause for clause in CLAUSE.findall(markdown) if not NAMES.search(clause))
