"""Hand-written pages: Markdown under `content/`, outside `content/regulations/`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jingzhong.model.fields import At, Boolean, ListOf, Record, Text, read_record, spec
from jingzhong.model.source import Source, split_front_matter


@dataclass(frozen=True, kw_only=True)
class ContentPage(Record):
    """One hand-written page; MkDocs renders it, the project only checks it.

    A page that is not `listed` is for editors: it stays out of search, site map and search engines.
    """

    title: str = spec(Text(), "标题", "举报与求助")
    description: str | None = spec(Text(), "简介", "看到隐患怎样举报", default=None)
    aliases: tuple[str, ...] = spec(ListOf(Text()), "搜索时的别名", "举报电话", default=())
    listed: bool = spec(Boolean(), "是否公开列出（编者用的页面写 false）", "false", default=True)

    markdown: str = field(default="", kw_only=True)
    body_line: int = field(default=1, kw_only=True)


def parse_page(source: Source, at: At) -> ContentPage | None:
    """Read one page's head; None after every fault in it was reported."""
    matter = split_front_matter(source, at.report)
    if matter is None:
        return None
    page = read_record(ContentPage, matter.head, at)
    if page is None:
        return None
    return replace(page, markdown=matter.body, body_line=matter.body_line)
