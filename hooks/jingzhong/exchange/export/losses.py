"""What a bank has that a format cannot carry: told, question by question, never dropped silently."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import factorial, prod

from jingzhong.model.quizzes import TYPES, Bank, Question

HEADING = "未能带走的内容"
NOTHING = "这种格式带走了全部内容。"
_SHOWN = 5
# The longest text that a cell of Excel holds.
CELL_LIMIT = 32767
# More ways than this to write the blanks of one question are not listed one by one.
COMBINATIONS = 48
# What GIFT would read as the weight of an option.
WEIGHT = re.compile(r"^\s*%(?=-?[\d.]+%)")

_FEATURES: Mapping[str, tuple[str, Callable[[Question], bool]]] = {
    **{kind: (name, lambda q, kind=kind: q.type == kind) for kind, name in TYPES.items()},  # type: ignore[misc]
    "blanks": ("几个空的填空题", lambda q: q.type == "blank" and len(q.answer) > 1),
    "variants": (
        "一个空有几种写法",
        lambda q: q.type == "blank" and any(len(words) > 1 for words in q.answer),
    ),
    "combinations": ("写法太多的填空题", lambda q: combinations(q) > COMBINATIONS),
    "any_order": ("各空可以互换", lambda q: q.any_order),
    "many_swaps": (
        "各空可以互换，超过四个空",
        lambda q: q.any_order and len(q.answer) > 4,
    ),
    "spare": ("右列有多余项的连线题", lambda q: len(q.right) > len(q.left)),
    "fixed_options": ("不参与打乱的选项", lambda q: bool(q.fixed_options)),
    "weights": (
        "选项以 %数字% 开头",
        lambda q: any(WEIGHT.match(text) for text in q.options.values()),
    ),
    "passage": ("材料", lambda q: bool(q.passage)),
    "image": ("图片", lambda q: q.image is not None),
    "law": ("条文", lambda q: bool(q.law)),
    "case": ("案例", lambda q: bool(q.case)),
    "difficulty": ("难度", lambda q: True),
    "topics": ("主题", lambda q: bool(q.topics)),
    "long": ("很长的文字", lambda q: any(len(text) > CELL_LIMIT for text in _texts(q))),
}


@dataclass(frozen=True)
class Loss:
    """One kind of content that stays behind, or changes on the way."""

    what: str
    questions: tuple[str, ...]
    how: str

    def __str__(self) -> str:
        if not self.questions:
            return f"{self.what}：{self.how}"
        shown = "、".join(self.questions[:_SHOWN])
        more = " 等" if len(self.questions) > _SHOWN else ""
        return f"{self.what}（{len(self.questions)} 题：{shown}{more}）：{self.how}"


def find_losses(bank: Bank, told: Mapping[str, str], unread: frozenset[str]) -> tuple[Loss, ...]:
    """What of this bank a format loses.

    `told` maps a feature of `_FEATURES`, or `about` for what is said of the bank as a whole, to
    the sentence on what becomes of it. `unread` are pictures whose files cannot be read.
    """
    found = []
    for feature, (what, has) in _FEATURES.items():
        if feature in told:
            questions = tuple(q.id for q in bank.questions if has(q))
            if questions:
                found.append(Loss(what, questions, told[feature]))
    lost = tuple(q.id for q in bank.questions if q.image and q.image.src in unread)
    if lost and "image" not in told:
        found.append(Loss("读不了的图片", lost, "只写了图的文字说明"))
    if "about" in told:
        found.append(Loss("题库的受众、主题、简介、核对日期", (), told["about"]))
    return tuple(found)


def combinations(question: Question) -> int:
    """How many ways there are to fill all blanks rightly."""
    if question.type != "blank":
        return 0
    ways = prod(len(words) for words in question.answer)
    return ways * (factorial(len(question.answer)) if question.any_order else 1)


def _texts(question: Question) -> tuple[str, ...]:
    return (
        question.stem,
        question.passage or "",
        question.explanation,
        *question.options.values(),
        "\n".join(question.left.values()) + " " * 8 * len(question.left),
        "\n".join(question.right.values()) + " " * 8 * len(question.right),
    )
