"""What `law/data/*.yml` may hold, and how it is read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jingzhong.errors import ContentError, Report
from jingzhong.model.fields import (
    Article,
    At,
    Choice,
    Date,
    Integer,
    ListOf,
    MapOf,
    Nested,
    Record,
    Reference,
    Text,
    read_record,
    spec,
)
from jingzhong.model.regulations import KINDS, Version
from jingzhong.model.source import Node, Scalar, Sequence, load_source, parse_yaml

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Renumbering(Record):
    """Old article → article in force, for the old versions that share one numbering.

    Where an article was split, the one that took over most of it stands first.
    """

    versions: tuple[str, ...] = spec(
        ListOf(Date(partial=True), least=1), "旧版本的通过日期", "2014-08-31"
    )
    article_count: int | None = spec(Integer(1), "旧版条文总数", "114", default=None)
    articles: MappingType[str, tuple[str, ...]] = spec(
        MapOf(
            ListOf(Article(), least=1, or_one=True), r"第.+条(之.+)?", "“第五十一条: 第五十四条”"
        ),
        "条号对应",
        "第五十一条: 第五十四条",
    )


@dataclass(frozen=True, kw_only=True)
class Numbering(Record):
    """What is known about the article numbers of one law and of its older versions."""

    law: str = spec(Reference("regulation", "法规 id"), "法规 id", "fire-law")
    unchanged_since: str | None = spec(
        Date(partial=True), "从哪一版起条号未变", "2008-10-28", default=None
    )
    last_article: int | None = spec(
        Integer(1), "最大的条号（“之一”另计的法律）", "452", default=None
    )
    added: MappingType[str, datetime.date] = spec(
        MapOf(Date(), r"第.+条(之.+)?", "“第一百三十四条之一: 2021-03-01”"),
        "后来增加的条文和施行日期",
        "第一百三十四条之一: 2021-03-01",
        default=dict,
    )
    renumbered: tuple[Renumbering, ...] = spec(
        ListOf(Nested(Renumbering)), "条号对应表", "", default=()
    )


@dataclass(frozen=True, kw_only=True)
class KnownLaw(Record):
    """A law that citations may name although the site has no page for it."""

    id: str = spec(Reference("regulation", "法规 id"), "法规 id", "labor-contract-law")
    title: str = spec(Text(), "全称", "中华人民共和国劳动合同法")
    aliases: tuple[str, ...] = spec(ListOf(Text()), "简称", "劳动合同法", default=())
    kind: str = spec(Choice("种类", KINDS), "种类", "法律")
    number: str = spec(Text(), "文号或标准号", "国务院令第75号")
    versions: tuple[Version, ...] = spec(
        ListOf(Nested(Version), least=1), "历次版本（从旧到新）", "date: 2012-12-28"
    )
    repealed_on: datetime.date | None = spec(Date(), "废止日期", "2024-05-01", default=None)
    superseded_by: str | None = spec(
        Reference("regulation", "法规 id"), "被谁取代", "coal-mine-safety-regs", default=None
    )
    article_count: int | None = spec(Integer(1), "条文总数", "98", default=None)


@dataclass(frozen=True, kw_only=True)
class KnownNumber(Record):
    """An order or standard number, the law it stands for and, when it pins one, the version."""

    number: str = spec(Text(), "文号或标准号", "国务院令第344号")
    law: str = spec(Reference("regulation", "法规 id"), "法规 id", "hazchem-regs")
    version: str | None = spec(Date(partial=True), "版本日期", "2002-01-26", default=None)


@dataclass(frozen=True, kw_only=True)
class Alias(Record):
    """A name people use; several laws mean that only the date can tell which."""

    name: str = spec(Text(), "叫法", "安生法")
    laws: tuple[str, ...] = spec(
        ListOf(Reference("regulation", "法规 id"), least=1), "可能指的法规", "work-safety-law"
    )
    version: str | None = spec(Date(partial=True), "版本日期", "2014-08-31", default=None)


def load_records(record: type[R], path: Path) -> tuple[R, ...]:
    """Read a YAML list of records; any fault raises ContentError."""
    report = Report()
    name = _name(path)
    items = _items(path, report)
    read = [
        read_record(record, item, At(name, f"[{number}]", report))
        for number, item in enumerate(items, 1)
    ]
    if report.errors:
        raise ContentError(report.problems)
    return tuple(item for item in read if item)


def load_names(path: Path) -> tuple[str, ...]:
    """Read a YAML list of plain names; any fault raises ContentError."""
    report = Report()
    items = _items(path, report)
    if report.errors:
        raise ContentError(report.problems)
    return tuple(item.text for item in items if isinstance(item, Scalar) and not item.is_null)


def _items(path: Path, report: Report) -> tuple[Node, ...]:
    source = load_source(path.parent, path, report)
    node = parse_yaml(source.text, _name(path), report) if source else None
    if node is not None and not isinstance(node, Sequence):
        report.error(_name(path), node.line, "", "应为一个列表，每项以“- ”开头")
    return node.items if isinstance(node, Sequence) else ()


def _name(path: Path) -> str:
    return f"hooks/jingzhong/law/data/{path.name}"
