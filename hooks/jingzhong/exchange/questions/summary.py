"""What an import of questions found and did: to read, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jingzhong.exchange.questions.found import (
    BLOCKING,
    TYPE_NAMES,
    Found,
    Haul,
    Notice,
    counted,
)

REJECTED = ".rejected.yml"


def as_json(
    haul: Haul,
    taken: Sequence[Found],
    left: Sequence[Found],
    refused: Sequence[Notice],
    written: Sequence[str],
    changes: Sequence[str],
) -> dict[str, Any]:
    """The whole import as data."""
    return {
        "questions": [found.as_dict() for found in haul.questions],
        "problems": [notice.as_dict() for notice in [*refused, *haul.notices]],
        "summary": {
            "found": len(haul.questions),
            "accepted": len(taken),
            "duplicates": sum(found.has("duplicate") for found in haul.questions),
            "to_decide": sum(undecided(found) for found in left),
            "rejected": sum(not undecided(found) for found in left),
            "types": counted(haul.questions),
            "refused_files": len(refused),
            "written": list(written),
            "changes": list(changes),
        },
    }


def undecided(found: Found) -> bool:
    """Whether an editor's word would settle all that keeps a question out."""
    codes = {problem.code for problem in found.problems if problem.code in BLOCKING}
    return bool(codes) and codes <= {
        "answer_missing",
        "answer_is_implicit",
        "answer_conflict",
        "answer_ambiguous",
        "answer_not_in_options",
        "blank_count",
        "blank_by_spaces",
        "blank_by_bold",
        "type_unknown",
        "duplicate_conflict",
        "look_again",
    }


def print_summary(
    haul: Haul,
    taken: Sequence[Found],
    left: Sequence[Found],
    refused: Sequence[Notice],
    written: Sequence[str],
    changes: Sequence[str],
    target: Path | None,
) -> None:
    """The whole import for a reader: what is doubtful, the sum, what was written."""
    for notice in refused:
        print(f"{notice.file}:{notice.line}: 没有读：{notice.message}")
    for notice in haul.notices:
        print(notice)
    for found in haul.questions:
        for problem in sorted(found.problems):
            sign = "" if problem.code in BLOCKING else "（提醒）"
            place = found.place(problem.line)
            where = f"{found.file}:{problem.line}: {place}{'：' if place else ''}"
            print(f"{where}{sign}{problem.message}　[{found.stem[:24]}]")
    waiting = sum(undecided(found) for found in left)
    twice = sum(found.has("duplicate") for found in left)
    types = "、".join(
        f"{TYPE_NAMES[kind]} {count}" for kind, count in counted(haul.questions).items() if count
    )
    print(
        f"\n找到 {len(haul.questions)} 题{f'（{types}）' if types else ''}：可用 {len(taken)}，"
        f"要决定 {waiting}，不能用 {len(left) - waiting}{f'（其中重复 {twice}）' if twice else ''}。"
    )
    if not haul.questions and not refused:
        print(
            "没有认出一道题。请看是不是选错了文件；题目要有题号（1．）、选项（A．）和答案，"
            "或者是第一行有“题目、答案”的表格。"
        )
    if target is None:
        if taken:
            print("这次只看结果，没有写题库；要写，请加 -o quizzes/名字.yml")
        return
    for name in written:
        print(f"写好 {name}")
    if not any(not name.endswith(REJECTED) for name in written):
        print("没有可用的题目，没有写题库。")
        return
    print(
        "源文件没有写的：难度记默认值（可用 --difficulty 改），给谁用见题库开头的 audience，请核对。"
    )
    bare = sum(not found.explanation for found in taken)
    if bare:
        print(f"有 {bare} 题没有解析，先写作“原题没有附解析。”，请补。")
    for change in changes:
        print(f"  {change}")
