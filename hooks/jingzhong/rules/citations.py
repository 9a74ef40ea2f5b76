"""Citations that are wrong: misnumbered, repealed, not yet in force.

The grammar of citations is `jingzhong.law`'s; the checks here need only a `Finder`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingzhong.errors import Problem, Severity, expected, quoted
from jingzhong.law.citations import Citation, Context, find_citations
from jingzhong.law.lexicon import load_lexicon
from jingzhong.model.fields import (
    Article,
    Choice,
    Date,
    ListOf,
    Nested,
    Record,
    Reference,
    Text,
    spec,
)
from jingzhong.model.library import Library
from jingzhong.model.regulations import Regulation
from jingzhong.rules.data_files import Pattern, load_rules
from jingzhong.rules.passages import Passage, sentence_around, sentence_span
from jingzhong.rules.wording import Common

# No citation without one of these; most texts of a case have none.
_MAY_CITE = re.compile(r"[条《令号]|[A-ZＡ-Ｚ]{2}")
_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千两\d]{1,9}条")

# A text with what it cites, from left to right, on the day it speaks of.
Cited = tuple[Passage, Sequence[Citation]]
Finder = Callable[[Passage], Sequence[Citation]]


def build_finder(library: Library) -> Finder:
    """The finder of this library's texts; 本法 means the regulation a text belongs to."""
    lexicon = load_lexicon(library.regulations)
    as_of = library.settings.as_of

    def find(passage: Passage) -> Sequence[Citation]:
        if not _MAY_CITE.search(passage.text):
            return ()
        regulation = passage.source
        self_law = regulation.id if isinstance(regulation, Regulation) else None
        found = find_citations(passage.text, lexicon, Context(as_of, passage.day, self_law))
        if passage.day < as_of and any(one.status == "not_in_force" for one in found):
            # A page on an old accident may name what came after it: 后来的…要求.
            today = {
                one.start: one for one in find_citations(passage.text, lexicon, Context(as_of))
            }
            found = [
                today.get(one.start, one) if one.status == "not_in_force" else one for one in found
            ]
        return found

    return find


@dataclass(frozen=True, kw_only=True)
class Miscitation(Record):
    """An article number that is often cited for what another article says."""

    id: str = spec(Text("小写英文 id", r"[a-z0-9][a-z0-9-]*"), "规则 id", "work-safety-52")
    law: str = spec(Reference("regulation", "法规 id"), "法规 id", "work-safety-law")
    version: str | None = spec(Date(partial=True), "按哪一版的条号", "2021-06-10", default=None)
    articles: tuple[str, ...] = spec(ListOf(Article()), "引错的条号", "第五十二条", default=())
    near: re.Pattern[str] = spec(Pattern(), "同一句里说到什么", "停止作业|撤离")
    right: str = spec(Text(), "应当引什么", "《安全生产法》第五十五条")
    why: str = spec(Text(), "为什么", "第五十二条讲的是劳动合同")
    severity: Severity = spec(
        Choice("程度", ("error", "warning")), "程度", "warning", default="error"
    )
    since: datetime.date | None = spec(Date(), "从哪天起算错", "2026-05-01", default=None)
    exceptions: tuple[re.Pattern[str], ...] = spec(
        ListOf(Pattern()), "句子里有这些就不算", "旧", default=()
    )

    def fits(self, law: str | None, article: str | None, version: str | None) -> bool:
        """Whether this is the law, the number and the version that the rule is about."""
        if law != self.law or (self.articles and article not in self.articles):
            return False
        return self.version is None or version == self.version

    def message(self, got: str) -> str:
        """What to write instead, and why."""
        example = self.right.split("；")[0]
        return f"{expected(self.right, got, example)}（为什么：{self.why}；规则 {self.id}）"


@dataclass(frozen=True, kw_only=True)
class Miscitations(Record):
    """The whole rule file."""

    rules: tuple[Miscitation, ...] = spec(ListOf(Nested(Miscitation), least=1), "规则", "id: …")


def load_miscitations() -> tuple[Miscitation, ...]:
    """Read `data/miscitations.yml`; a fault in it raises ContentError."""
    return load_rules(Miscitations, "miscitations.yml").rules


def find_wrong_citations(
    texts: Iterable[Cited], rules: Sequence[Miscitation], common: Common
) -> Iterator[Problem]:
    """Wrong citations in texts that the site says or tells."""
    for passage, found in texts:
        yield from _wrong_numbers(passage, found, rules, common)
        yield from _wrong_status(passage, found, common)


def _wrong_numbers(
    passage: Passage, found: Sequence[Citation], rules: Sequence[Miscitation], common: Common
) -> Iterator[Problem]:
    for one in found:
        fitting = [
            rule
            for rule in rules
            if rule.fits(one.law, one.article, one.version)
            and (rule.since is None or passage.day >= rule.since)
        ]
        if not fitting:
            continue
        sentence = sentence_around(passage.text, one.start, one.end)
        if common.spares(sentence, "", True):
            continue
        about = _said_about(one, passage.text)
        for rule in fitting:
            if rule.near.search(about) and not any(e.search(sentence) for e in rule.exceptions):
                message = rule.message(quoted(one.text))
                yield Problem(passage.path, passage.line, passage.field, message, rule.severity)


def _said_about(citation: Citation, text: str) -> str:
    """The part of its sentence between the article before and the article after a citation."""
    first, last = sentence_span(text, citation.start, citation.end)
    before = max((m.end() for m in _ARTICLE.finditer(text, first, citation.start)), default=first)
    after = _ARTICLE.search(text, citation.end, last)
    return text[before : after.start() if after else last]


def _wrong_status(passage: Passage, found: Sequence[Citation], common: Common) -> Iterator[Problem]:
    whats: dict[str, tuple[str, str, Severity]] = {
        "repealed": ("仍然有效的法规", "换成现行的，或写明“旧版，已废止”", "warning"),
        "not_in_force": ("已经施行的法规", "换成现行的，或写明“自某日起施行”", "warning"),
        "no_such_article": ("法规里有的条文", "《安全生产法》第五十四条", "error"),
    }
    for one in found:
        if one.status not in whats:
            continue
        sentence = sentence_around(passage.text, one.start, one.end)
        if common.spares(sentence, "", True):
            continue
        what, example, severity = whats[one.status]
        got = quoted(one.text) + (f"（{one.message}）" if one.message else "")
        message = expected(what, got, example)
        yield Problem(passage.path, passage.line, passage.field, message, severity)
