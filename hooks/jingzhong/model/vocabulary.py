"""The word lists that editors may extend: sectors, audiences, accident types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import ContentError, Report
from jingzhong.model.fields import (
    At,
    Boolean,
    Choice,
    ListOf,
    Nested,
    Record,
    Text,
    read_record,
    spec,
)
from jingzhong.model.source import load_source, parse_yaml

DATA = Path(__file__).parent / "data"

SIGNS = ("禁止", "警告", "指令", "提示")


@dataclass(frozen=True, kw_only=True)
class Sector(Record):
    """One 行业领域: its permanent id, its name, and what a person can see there."""

    id: str = spec(Text("小写英文 id", r"[a-z0-9][a-z0-9-]*"), "网址用的 id", "fire")
    name: str = spec(Text(), "名称", "消防")
    also: tuple[str, ...] = spec(ListOf(Text()), "别的写法", "危化品", default=())
    key: bool = spec(Boolean(), "首页优先", "true", default=False)
    sign: str = spec(Choice("标志形状", SIGNS), "标志形状", "警告")
    glyph: str = spec(Text("一个字", r"."), "标志里的字", "火")
    watch: tuple[str, ...] = spec(ListOf(Text(), least=1), "看得见的隐患", "安全出口上锁")


@dataclass(frozen=True, kw_only=True)
class Word(Record):
    """One word of a plain vocabulary."""

    name: str = spec(Text(), "名称", "火灾")
    also: tuple[str, ...] = spec(ListOf(Text()), "别的写法", "其它", default=())


@dataclass(frozen=True, kw_only=True)
class LegacyType(Word):
    """A type of 1986: the one type of 2025 it became, or those an editor may choose from."""

    same_as: str | None = spec(Text(), "一一对应的新类", "火灾", default=None)
    choices: tuple[str, ...] = spec(ListOf(Text()), "可选的新类", "中毒", default=())


@dataclass(frozen=True, kw_only=True)
class AccidentTypes(Record):
    """Both editions of GB 6441."""

    current: tuple[Word, ...] = spec(ListOf(Nested(Word), least=1), "GB 6441-2025", "name: 火灾")
    legacy: tuple[LegacyType, ...] = spec(
        ListOf(Nested(LegacyType), least=1), "GB 6441-1986", "name: 火灾"
    )


@dataclass(frozen=True)
class Vocabularies:
    """All word lists of one build."""

    sectors: tuple[Sector, ...]
    audiences: tuple[str, ...]
    types: AccidentTypes

    @property
    def spellings(self) -> Mapping[str, Mapping[str, str]]:
        """Vocabulary name → accepted spelling → the one word it stands for."""
        return {
            "sector": _spellings(self.sectors),
            "audience": {name: name for name in self.audiences},
            "type": _spellings(self.types.current),
            "legacy type": _spellings(self.types.legacy),
        }


def _spellings(words: Sequence[Sector] | Sequence[Word]) -> dict[str, str]:
    return {spelling: word.name for word in words for spelling in (word.name, *word.also)}


def load_vocabularies(folder: Path = DATA) -> Vocabularies:
    """Read the word lists; a fault in them raises ContentError, as nothing can be read then."""
    report = Report()

    def at(name: str) -> At:
        return At(f"hooks/jingzhong/model/data/{name}", "", report)

    nodes = {}
    for name in ("sectors.yml", "audiences.yml", "accident_types.yml"):
        source = load_source(folder, folder / name, report)
        nodes[name] = parse_yaml(source.text, at(name).path, report) if source else None
    sectors, audiences, types = nodes.values()
    if report.errors or sectors is None or audiences is None or types is None:
        raise ContentError(report.problems)
    sector_list = ListOf(Nested(Sector), least=1).read(sectors, at("sectors.yml"), "id: fire")
    audience_list = ListOf(Text(), least=1).read(audiences, at("audiences.yml"), "居民")
    accident_types = read_record(AccidentTypes, types, at("accident_types.yml"))
    if report.errors or accident_types is None:
        raise ContentError(report.problems)
    return Vocabularies(sector_list, audience_list, accident_types)
