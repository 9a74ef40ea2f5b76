"""Contests: `quizzes/contests/<id>.yml`, a blueprint for drawing one paper from banks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jingzhong.model.fields import (
    At,
    Boolean,
    Choice,
    Integer,
    ListOf,
    Nested,
    Number,
    Record,
    Reference,
    Text,
    read_record,
    spec,
)
from jingzhong.model.quizzes import TYPES
from jingzhong.model.source import Source, parse_yaml


@dataclass(frozen=True, kw_only=True)
class ContestSection(Record):
    """So many questions of one type from these banks, at so many points each."""

    type: str = spec(Choice("题型", TYPES), "题型", "single")
    count: int = spec(Integer(1), "题数", "20")
    bank: tuple[str, ...] = spec(
        ListOf(Reference("bank", "题库 id"), least=1, or_one=True), "题库", "community-home"
    )
    topics: tuple[str, ...] = spec(ListOf(Text()), "主题", "消防", default=())
    difficulty: tuple[int, ...] = spec(ListOf(Integer(1, 5), or_one=True), "难度", "2", default=())
    points: float = spec(Number(), "每题分值", "2")


@dataclass(frozen=True, kw_only=True)
class Contest(Record):
    """A blueprint with its seed: one seed, one paper."""

    title: str = spec(Text(), "竞赛名", "社区安全知识竞赛")
    seed: str = spec(Text(), "种子", "2026-06")
    time_minutes: int | None = spec(Integer(1, 600), "时长（分钟）", "60", default=None)
    points: float = spec(Number(), "总分", "100")
    scoring: str = spec(
        Text(
            "少选记分办法（全对才得分、少选得半、每选一个得x）",
            r"全对才得分|少选得半|每选一个得[0-9]+(\.[0-9]+)?",
        ),
        "少选记分办法",
        "全对才得分",
    )
    sections: tuple[ContestSection, ...] = spec(
        ListOf(Nested(ContestSection), least=1), "大题", "type: single"
    )
    publish_key: bool = spec(Boolean(), "公开答案", "false", default=False)

    id: str = field(default="", kw_only=True)


def parse_contest(source: Source, at: At) -> Contest | None:
    """Read one contest; None after every fault in it was reported."""
    node = parse_yaml(source.text, source.path, at.report)
    contest = read_record(Contest, node, at) if node is not None else None
    if contest is None:
        return None
    total = round(sum(section.count * section.points for section in contest.sections), 6)
    if total != contest.points:
        what = f"各大题分值之和（{total:g}）"
        at.child("points").fail(
            contest.line_of("points"), what, f"{contest.points:g}", f"points: {total:g}"
        )
        return None
    name = source.path.rsplit("/", 1)[-1].removesuffix(".yml")
    return replace(contest, id=name)
