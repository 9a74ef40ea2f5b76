"""安全生产月: themes by year, fixed days, and the five places the campaign goes to (五进)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import ContentError, Report
from jingzhong.model.fields import (
    At,
    Integer,
    ListOf,
    Nested,
    Record,
    Term,
    Text,
    read_record,
    spec,
)
from jingzhong.model.source import load_source, parse_yaml
from jingzhong.model.vocabulary import DATA, Vocabularies

_RULE = r"day (1[0-2]|[1-9]) ([12]\d|3[01]|[1-9])|month (1[0-2]|[1-9])|last (1[0-2]|[1-9]) [0-6]"


@dataclass(frozen=True, kw_only=True)
class Theme(Record):
    """The theme of one year's 安全生产月."""

    year: int = spec(Integer(2002, 2100), "年份", "2026")
    theme: str = spec(Text(), "主题", "人人讲安全、个个会应急")


@dataclass(frozen=True, kw_only=True)
class FixedDay(Record):
    """A day or month that comes every year; `rule` is read by the page's script."""

    name: str = spec(Text(), "名称", "全国消防日")
    when: str = spec(Text(), "日期的说法", "11月9日")
    rule: str = spec(
        Text("日期规则（day 月 日、month 月、last 月 星期几）", _RULE), "规则", "day 11 9"
    )
    about: str = spec(Text(), "这一天做什么", "全家演练一次逃生")


@dataclass(frozen=True, kw_only=True)
class CampaignPlace(Record):
    """One of the five places: whom it addresses and which sectors matter there."""

    id: str = spec(Text("小写英文字母和连字符", r"[a-z-]+"), "代号", "community")
    name: str = spec(Text(), "名称", "进社区")
    about: str = spec(Text(), "一句话", "楼道和电动自行车，邻里互相提醒")
    audience: tuple[str, ...] = spec(ListOf(Term("受众", "audience"), least=1), "受众", "居民")
    sector: tuple[str, ...] = spec(ListOf(Term("行业领域", "sector"), least=1), "行业领域", "消防")


@dataclass(frozen=True, kw_only=True)
class SafetyMonth(Record):
    """Everything about the campaign; themes from the oldest to the newest."""

    themes: tuple[Theme, ...] = spec(ListOf(Nested(Theme), least=1), "历年主题", "year: 2026")
    days: tuple[FixedDay, ...] = spec(ListOf(Nested(FixedDay), least=1), "固定日子", "name: …")
    places: tuple[CampaignPlace, ...] = spec(
        ListOf(Nested(CampaignPlace), least=1), "五进", "name: 进社区"
    )

    def theme_of(self, year: int) -> Theme:
        """The theme of a year, or of the newest year before it that has one."""
        past = [theme for theme in self.themes if theme.year <= year]
        return past[-1] if past else self.themes[0]


def load_safety_month(vocabularies: Vocabularies, folder: Path = DATA) -> SafetyMonth:
    """Read the campaign's data; a fault in it raises ContentError."""
    report = Report()
    at = At("hooks/jingzhong/model/data/safety_month.yml", "", report, vocabularies.spellings)
    source = load_source(folder, folder / "safety_month.yml", report)
    node = parse_yaml(source.text, at.path, report) if source else None
    month = read_record(SafetyMonth, node, at) if node else None
    if month is None:
        raise ContentError(report.problems)
    return month
