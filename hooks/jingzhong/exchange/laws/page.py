"""A statute, and the page the site may have of it, as the text of `content/regulations/<id>.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field

from jingzhong.desk.canonical import canonical
from jingzhong.desk.new_forms import mapping, scalar, sequence, write_node
from jingzhong.exchange.laws.note import Edition, Facts
from jingzhong.exchange.laws.statute import Statute
from jingzhong.model.regulations import Regulation
from jingzhong.model.source import Node, Source

# What must be found out by a person, with the words an editor reads.
_LACKING = {
    "kind": "种类：看不出是法律、行政法规还是规章",
    "number": "文号：原文没有写",
    "issuer": "制定机关：原文没有写",
    "versions": "版本：原文没有写通过或公布日期",
    "status": "状态：原文不会写明现在是否有效，查明后写 status: 现行有效（或已修改、已废止、尚未施行）",
    "official": "官方来源：写明到哪里看官方文本",
}
_NATIONAL = ("国家法律法规数据库", "https://flk.npc.gov.cn/")
_OFFICIAL = {
    "法律": _NATIONAL,
    "地方性法规": _NATIONAL,
    "司法解释": _NATIONAL,
    "行政法规": ("国家行政法规库", "https://xzfg.moj.gov.cn/"),
}
_SIGN = re.compile(r"([\\`*_<\[\]{}])")
# At the start of a line these make headings, quotes, lists, rules.
_START = re.compile(r"(?=[#>|=])|(?=[-+](?:\s|-))|(?P<number>\d{1,3})(?=[.)]\s)")


@dataclass
class Page:
    """The new text, what an editor has to add (`todo`) and what became of the old page."""

    text: str
    todo: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def build_page(
    name: str,
    statute: Statute,
    facts: Facts,
    reviewed: str,
    *,
    old: Regulation | None = None,
    given: MappingType[str, str] | None = None,
    titles: MappingType[str, str] | None = None,
) -> Page:
    """The page of a statute in canonical form.

    `given` are fields an editor settled on the command line or the site's data know; `titles` are
    short titles by the number of the new article.
    """
    given = given or {}
    editions = _editions(facts, old)
    kind = given.get("kind") or (old.kind if old else facts.kind)
    head: dict[str, Node] = {"title": scalar(statute.title)}
    page = Page("")

    def put(key: str, value: str | None) -> None:
        if value:
            head[key] = scalar(value)
        elif key in _LACKING:
            page.todo.append(f"{key}　{_LACKING[key]}")

    if old and old.aliases:
        head["aliases"] = _texts(old.aliases)
    put("kind", kind)
    known, history = _numbers(facts, old, given.get("number"), editions)
    put("number", known)
    if history:
        head["number_history"] = _texts(history)
    put("issuer", given.get("issuer") or facts.issuer or (old.issuer if old else None))
    if editions:
        head["versions"] = sequence(_edition(one) for one in editions)
    else:
        page.todo.append(f"versions　{_LACKING['versions']}")
    newest = editions[-1] if editions else None
    status = given.get("status") or (old.status if old else "")
    if not status and newest and newest.effective > reviewed:
        status = "尚未施行"
    put("status", status)
    if old and old.repealed_on:
        head["repealed_on"] = scalar(old.repealed_on.isoformat())
    elif given.get("repealed_on") and status == "已废止":
        head["repealed_on"] = scalar(given["repealed_on"])
    if old and old.superseded_by:
        head["superseded_by"] = scalar(old.superseded_by)
    articles = statute.articles
    if articles and all("-" not in one.number for one in articles):
        head["article_count"] = scalar(str(len(articles)))
        if int(articles[-1].number) != len(articles):
            del head["article_count"]
    source = (old.official.name, old.official.url) if old else _OFFICIAL.get(kind)
    if source:
        pairs = {"name": scalar(source[0])}
        head["official"] = mapping(pairs | ({"url": scalar(source[1])} if source[1] else {}))
    else:
        page.todo.append(f"official　{_LACKING['official']}")
    head["text"] = scalar("全文")
    if old and old.topics:
        head["topics"] = _texts(old.topics)
    if old and old.audience:
        head["audience"] = _texts(old.audience)
    head["reviewed"] = scalar(reviewed)
    notes = "".join(f"# TODO {one}\n" for one in page.todo)
    body = _body(statute, titles or {}, old)
    text = f"---\n{notes}{write_node(mapping(head), Regulation)}---\n\n{body}\n"
    page.text = canonical(Source(f"content/regulations/{name}.md", text), Regulation)
    if old:
        page.changes = _changes(old, statute, editions, titles or {})
    return page


def _texts(words: object) -> Node:
    return sequence(scalar(one) for one in words)  # type: ignore[attr-defined]


def _editions(facts: Facts, old: Regulation | None) -> list[Edition]:
    """The versions of the page, then those it did not have; what the page says of one stays."""
    if old is None:
        return facts.editions
    kept = {
        one.date: Edition(one.date, one.note or "", one.effective or "") for one in old.versions
    }
    for one in facts.editions:
        before = kept.get(one.date)
        if before is None:
            kept[one.date] = one
        elif not before.effective and one.effective:
            kept[one.date] = Edition(one.date, before.note, one.effective)
    return [kept[date] for date in sorted(kept)]


def _numbers(
    facts: Facts, old: Regulation | None, given: str | None, editions: list[Edition]
) -> tuple[str | None, list[str]]:
    """(number, earlier numbers). A page keeps its own unless a newer version brings a new one."""
    numbers = [*facts.numbers, *([given] if given else [])]
    before = list(old.number_history) if old else []
    known = numbers[-1] if numbers else None
    if old:
        newer = bool(editions) and editions[-1].date > old.current.date
        if given or (newer and known and not facts.number_is_old):
            before.append(old.number)
        else:
            known = old.number
    history = [one for one in dict.fromkeys([*before, *numbers]) if known and one not in known]
    return known, history


def _edition(one: Edition) -> Node:
    pairs = {"date": scalar(one.date)}
    if one.effective:
        pairs["effective"] = scalar(one.effective)
    if one.note:
        pairs["note"] = scalar(one.note)
    return mapping(pairs)


def _body(statute: Statute, titles: MappingType[str, str], old: Regulation | None) -> str:
    blocks: list[str] = []
    if old and old.parts and old.parts[0].markdown.strip():
        blocks.append(old.parts[0].markdown.strip())  # The editors' own words on top of the page.
    for part in statute.parts:
        if part.heading:
            blocks.append(f"## {part.heading}")
        blocks += map(as_markdown, part.paragraphs)
        for article in part.articles:
            title = article.title or titles.get(article.number, "")
            blocks.append(f"### {article.name} {title}".rstrip())
            blocks += map(as_markdown, article.paragraphs)
    return "\n\n".join(blocks)


def as_markdown(text: str) -> str:
    """A paragraph whose signs mean nothing to Markdown."""
    text = _SIGN.sub(r"\\\1", text)
    start = _START.match(text)
    return f"{text[: start.end()]}\\{text[start.end() :]}" if start else text


def _changes(
    old: Regulation,
    statute: Statute,
    editions: list[Edition],
    titles: MappingType[str, str],
) -> list[str]:
    """What differs from the page there was, for the editor to read."""
    told = []
    if old.title != statute.title:
        told.append(f"标题：原来“{old.title}”，文件里“{statute.title}”，用文件里的")
    added = [one.date for one in editions if one.date not in {v.date for v in old.versions}]
    if added:
        told.append(f"新增版本：{'、'.join(added)}")
    new = {one.number for one in statute.articles}
    told.append(
        f"收录方式：{old.text} → 全文；条文 {len(old.articles)} → {len(statute.articles)} 条"
    )
    kept = sum(1 for number in titles if number in new)
    mine = [one for one in old.articles if one.title]
    if mine:
        told.append(f"短题：原有 {len(mine)} 个，保留 {kept} 个")
    if old.text == "要点" and old.articles:
        told.append("原页各条的要点文字不再显示（全文代替了它）；需要的话从版本历史里找回")
    told += [f"原页有{one.name}，新文本里没有" for one in old.articles if one.number not in new]
    extra = [part.heading for part in old.parts if part.heading and part.markdown.strip()]
    told += [f"原页的小节“{heading}”没有带过来" for heading in extra]
    return told
