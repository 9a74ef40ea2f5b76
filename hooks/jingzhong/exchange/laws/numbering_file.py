"""A renumbering as an entry of `law/data/numbering.yml`: proposed, or taken in when confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from jingzhong.exchange.laws.renumbering import Proposal
from jingzhong.exchange.writing import replace_file
from jingzhong.law.records import Numbering, Renumbering
from jingzhong.model.articles import article_name, article_order, parse_article
from jingzhong.model.regulations import Version


class NumberingError(Exception):
    """The entry must be merged by hand; the message says why."""


def same_numbering(since: str, versions: Sequence[Version], known: Numbering | None) -> list[str]:
    """The versions that the old text's numbers hold for: itself, and those known to share them."""
    start = known.unchanged_since if known else None
    if start is None or since < start:
        return [since]
    dates = [one.date for one in versions if start <= one.date <= since]
    return dates if since in dates else [*dates, since]


def entry(law: str, versions: Sequence[str], proposal: Proposal, known: Numbering | None) -> str:
    """The whole entry: the new table, with the likeness beside each line, then the older tables

    led on to the newest numbers. What an entry there already says besides is left as a TODO.
    """
    lines = [f"- law: {law}"]
    if known and known.unchanged_since:
        lines.append(f"  # 原有 unchanged_since: {known.unchanged_since}，新版改了条号，去掉了")
    if known and (known.added or known.last_article):
        lines.append("  # TODO 原有的 added、last_article 要按新版核对后补上")
    lines += ["  renumbered:", f"    - versions: [{', '.join(versions)}]"]
    numbers = (*proposal.by_old, *proposal.lost)
    if all("-" not in number for number in numbers):
        lines.append(f"      article_count: {len(numbers)}")
    lines.append("      articles:")
    for pair in sorted(proposal.pairs, key=lambda one: article_order(one.old)):
        value = _value((pair.new, *pair.also))
        lines.append(f"        {article_name(pair.old)}: {value}  # 相似度 {pair.likeness:.0f}")
    for number in proposal.lost:
        near = proposal.nearest.get(number)
        look = f"，最像的是{article_name(near)}" if near else ""
        lines.append(f"        # {article_name(number)}: 没有找到相近的新条文，没有列出{look}")
    for table in known.renumbered if known else ():
        lines += _led_on(table, proposal)
    return "\n".join(lines) + "\n"


def _led_on(table: Renumbering, proposal: Proposal) -> Iterator[str]:
    yield f"    - versions: [{', '.join(table.versions)}]"
    if table.article_count:
        yield f"      article_count: {table.article_count}"
    yield "      articles:"
    for old, current in table.articles.items():
        pairs = [proposal.by_old[one] for one in current if one in proposal.by_old]
        new = [number for pair in pairs for number in (pair.new, *pair.also)]
        name = article_name(parse_article(old) or old)
        if new:
            yield f"        {name}: {_value(tuple(dict.fromkeys(new)))}"
        else:
            yield f"        # {name}: 原来到{'、'.join(map(article_name, current))}，新版里没有去处"


def _value(articles: Sequence[str]) -> str:
    names = [article_name(one) for one in articles]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def add_entry(path: Path, law: str, text: str) -> None:
    """Append an entry for a law that has none; one that is there holds more than a table."""
    there = path.read_text("utf-8")
    if re.search(rf"^- law: {re.escape(law)}\s*$", there, re.MULTILINE):
        raise NumberingError(
            f"{path.name} 里已经有 {law} 的条号数据，不能自动合并；"
            "请不加 --yes 再导入一次，按 drafts/ 里写出的建议稿手工替换"
        )
    replace_file(path, there.rstrip("\n") + "\n" + text)
