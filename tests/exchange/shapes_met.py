"""What the shapes share in which apps, sites and tools keep questions, each with its gold.

All words are ours; only the shapes are met. A case is (name of the file, text, gold), the gold a list
of (type, stem, options, answer).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Gold = list[tuple[str, str, list[str], Any]]
Case = tuple[str, str, Gold]

CHOICES: Gold = [
    ("single", "灭火器压力表的指针在哪个区域表示正常", ["红色区域", "绿色区域", "黄色区域"], "B"),
    ("single", "进入受限空间作业之前应当先做（ ）", ["通风检测", "直接进入", "抽签", "吃饭"], "A"),
    (
        "multiple",
        "下列属于个体防护用品的有（ ）",
        ["安全帽", "防护手套", "办公椅", "安全带"],
        "ABD",
    ),
    ("single", "发生火灾时正确的逃生方法是（ ）", ["乘坐电梯", "跳窗", "沿疏散通道撤离"], "C"),
]
JUDGED: Gold = [
    ("judge", "湿手可以操作电气开关。", [], False),
    ("judge", "动火作业之前应当办理作业票。", [], True),
    ("judge", "安全出口可以临时堆放货物。", [], False),
]
WHY = ["绿色表示压力正常。", "先通风，再检测，后作业。", "办公椅不是防护用品。", "电梯会断电。"]
CASES: dict[str, Callable[[], Case]] = {}


def case(make: Callable[[], Case]) -> Callable[[], Case]:
    """Add a shape to the cases under the name of its function."""
    CASES[make.__name__] = make
    return make


def dumped(data: Any, name: str = "x.json", gold: Gold | None = None, **how: Any) -> Case:
    """A JSON case; the gold is that of the choices unless told."""
    return name, json.dumps(data, ensure_ascii=False, **how), CHOICES if gold is None else gold


def rows(make: Callable[..., Any], gold: Gold | None = None) -> list[Any]:
    """One thing for each question of the gold: make(stem, options, answer, number)."""
    return [
        make(stem, options, answer, at)
        for at, (_, stem, options, answer) in enumerate(CHOICES if gold is None else gold)
    ]


def lettered(options: list[str], sign: str = ".") -> list[str]:
    return [f"{chr(65 + at)}{sign}{text}" for at, text in enumerate(options)]


def picked(options: list[str], answer: str) -> list[str]:
    return [options[ord(letter) - 65] for letter in answer]


def without(gold: Gold) -> Gold:
    return [(kind, stem, options, None) for kind, stem, options, _ in gold]


def four(options: list[str]) -> list[str]:
    """The cells of four columns of options."""
    return [*options, "", "", "", ""][:4]
