"""Regulations: `content/regulations/<id>.md`, articles as headings `### 第二十八条 短题`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from jingzhong.errors import expected, quoted
from jingzhong.model.articles import article_name, article_order, parse_article
from jingzhong.model.fields import (
    At,
    Choice,
    Date,
    Integer,
    ListOf,
    Nested,
    Record,
    Reference,
    Term,
    Text,
    Url,
    read_record,
    spec,
)
from jingzhong.model.source import FrontMatter, Source, parse_heading, split_front_matter

KINDS = (
    "法律",
    "行政法规",
    "部门规章",
    "地方性法规",
    "政府规章",
    "司法解释",
    "国家标准",
    "行业标准",
    "地方标准",
    "规范性文件",
)
STATUSES = ("现行有效", "已修改", "已废止", "尚未施行")
TEXTS = ("全文", "要点")


@dataclass(frozen=True, kw_only=True)
class Version(Record):
    """One version: the day it was adopted or issued and the day it took effect.

    Dates stay text, because some are known only to the month.
    """

    date: str = spec(Date(partial=True), "通过或公布日期", "2021-06-10")
    effective: str | None = spec(Date(partial=True), "施行日期", "2021-09-01", default=None)
    note: str | None = spec(Text(), "说明", "第三次修正", default=None)


@dataclass(frozen=True, kw_only=True)
class Official(Record):
    """Where the official text can be read."""

    name: str = spec(Text(), "官方来源", "国家法律法规数据库")
    url: str | None = spec(Url(), "网址", "https://flk.npc.gov.cn/", default=None)


@dataclass(frozen=True)
class ArticleText:
    """One carried article; its Markdown begins on the line after `line`."""

    number: str
    title: str
    markdown: str
    line: int

    @property
    def name(self) -> str:
        """第五十四条."""
        return article_name(self.number)


@dataclass(frozen=True)
class Part:
    """A stretch of the body: an optional chapter heading, lead text, and its articles.

    The lead text begins on the line after `line`.
    """

    heading: str
    markdown: str
    articles: tuple[ArticleText, ...]
    line: int


@dataclass(frozen=True, kw_only=True)
class Regulation(Record):
    """One law, rule or standard that the site carries."""

    title: str = spec(Text(), "全称", "中华人民共和国消防法")
    aliases: tuple[str, ...] = spec(ListOf(Text()), "简称", "消防法", default=())
    kind: str = spec(Choice("种类", KINDS), "种类", "法律")
    number: str = spec(Text(), "文号或标准号", "主席令第八十一号")
    number_history: tuple[str, ...] = spec(ListOf(Text()), "历次文号", "", default=())
    issuer: str = spec(Text(), "制定机关", "全国人民代表大会常务委员会")
    versions: tuple[Version, ...] = spec(
        ListOf(Nested(Version), least=1), "历次版本（从旧到新）", "date: 2021-06-10"
    )
    status: str = spec(Choice("状态", STATUSES), "状态", "现行有效")
    repealed_on: datetime.date | None = spec(Date(), "废止日期", "2026-07-01", default=None)
    superseded_by: str | None = spec(
        Reference("regulation", "法规 id"), "被谁取代", "hazchem-safety-law", default=None
    )
    article_count: int | None = spec(Integer(1), "条文总数", "119", default=None)
    official: Official = spec(Nested(Official), "官方来源", "")
    text: str = spec(Choice("收录方式", TEXTS), "收录方式", "要点")
    topics: tuple[str, ...] = spec(ListOf(Text()), "主题", "消防", default=())
    audience: tuple[str, ...] = spec(
        ListOf(Term("受众", "audience")), "和谁有关", "从业人员", default=()
    )
    reviewed: datetime.date = spec(Date(), "最近核对日期", "2026-11-23")

    parts: tuple[Part, ...] = field(default=(), kw_only=True)

    @property
    def id(self) -> str:
        """The permanent id, which is the file's name."""
        return self.origin.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def short_title(self) -> str:
        """The title as people say it: without 中华人民共和国."""
        return self.title.removeprefix("中华人民共和国")

    @cached_property
    def article_by_number(self) -> MappingType[str, ArticleText]:
        """Canonical number → carried article."""
        return {article.number: article for article in self.articles}

    @property
    def articles(self) -> tuple[ArticleText, ...]:
        """Every carried article, in order."""
        return tuple(article for part in self.parts for article in part.articles)

    @property
    def current(self) -> Version:
        """The newest version."""
        return self.versions[-1]


def parse_regulation(source: Source, at: At) -> Regulation | None:
    """Read one regulation file; None after every fault in it was reported."""
    matter = split_front_matter(source, at.report)
    if matter is None:
        return None
    regulation = read_record(Regulation, matter.head, at)
    before = len(at.report)
    parts = _parts(matter, at)
    _check_articles(parts, regulation.article_count if regulation else None, at)
    if regulation is None:
        return None
    _check_head(regulation, at)
    if len(at.report) > before:
        return None
    return replace(regulation, parts=parts)


class _Draft:
    """A part or an article while its lines are collected."""

    def __init__(self, heading: str, number: str, line: int) -> None:
        self.heading, self.number, self.line = heading, number, line
        self.lines: list[str] = []
        self.articles: list[ArticleText] = []

    @property
    def markdown(self) -> str:
        return "\n".join(self.lines).rstrip()


def _parts(matter: FrontMatter, at: At) -> tuple[Part, ...]:
    """Cut the body at `## ` (chapters, other sections) and `### 第…条` (articles)."""
    parts = [_Draft("", "", matter.body_line - 1)]
    article: _Draft | None = None

    def close() -> None:
        if article is not None:
            text = ArticleText(article.number, article.heading, article.markdown, article.line)
            parts[-1].articles.append(text)

    for number, line in enumerate(matter.body.split("\n"), matter.body_line):
        found = parse_heading(line)
        if found is None:
            (article or parts[-1]).lines.append(line)
            continue
        close()
        level, text = found
        if level == 2 and text:
            article = None
            parts.append(_Draft(text, "", number))
        else:
            article = _article_heading(level, text, line, At(at.path, "正文", at.report), number)
    close()
    return tuple(Part(p.heading, p.markdown, tuple(p.articles), p.line) for p in parts)


def _article_heading(level: int, text: str, written: str, at: At, line: int) -> _Draft | None:
    name, *title = text.split(maxsplit=1) or [""]
    article = parse_article(name) if name.startswith("第") else None
    if level != 3 or article is None:
        what, example = "“### 第几条 短题”作条文标题", "### 第二十八条 不堵通道"
        at.fail(line, what, quoted(written), example)
        return None
    return _Draft("".join(title), article, line)


def _check_articles(parts: tuple[Part, ...], count: int | None, at: At) -> None:
    def fail(line: int, what: str, got: str, example: str) -> None:
        at.report.error(at.path, line, "正文", expected(what, got, example))

    seen: dict[str, int] = {}
    previous: ArticleText | None = None
    for article in (article for part in parts for article in part.articles):
        name, line = article.name, article.line
        if article.number in seen:
            got = f"又一个{name}（前一个在第 {seen[article.number]} 行）"
            fail(line, "每条只出现一次", got, "两处合成一处，或改正条号")
        elif previous and article_order(article.number) < article_order(previous.number):
            got = f"{name}排在{previous.name}之后"
            fail(line, "条文按条号从小到大排列", got, f"{name}移到{previous.name}之前")
        elif count and article_order(article.number)[0] > count:
            fail(line, f"不超过第 {count} 条（article_count）", name, "改正条号或 article_count")
        if not article.markdown.strip():
            example = "标题下空一行，用自己的话写这一条的要点"
            fail(line, "条文标题下有正文", f"空的{name}", example)
        seen.setdefault(article.number, line)
        previous = article


def _check_head(regulation: Regulation, at: At) -> None:
    dates = [version.date for version in regulation.versions]
    if dates != sorted(dates):
        late = next(v for v, after in pairwise(regulation.versions) if v.date > after.date)
        got, example = "、".join(dates), "、".join(sorted(dates))
        at.child("versions").fail(late.line_of("date"), "从旧到新排列", got, example)
    repealed = regulation.status == "已废止"
    if repealed == (regulation.repealed_on is not None):
        return
    if repealed:
        what, got, example = "已废止的法规写明废止日期", "没有写", "repealed_on: 2026-05-01"
    else:
        what, got = "只有已废止的法规写废止日期", f"status 是{regulation.status}"
        example = "status: 已废止"
    line = regulation.line_of("status" if repealed else "repealed_on")
    at.child("repealed_on").fail(line, what, got, example)
