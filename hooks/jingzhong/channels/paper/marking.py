"""The key of a printed paper: answers in the letters that are printed, and how often each stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jingzhong.channels.paper.composing import Item, Sheet

RIGHT, WRONG = "✓", "×"


@dataclass(frozen=True)
class Spread:
    """How often each letter is right, over the questions of one type on one variant."""

    kind: str
    counts: tuple[tuple[str, int], ...]


def printed_answer(item: Item) -> str:
    """What a right answer looks like on this paper: B, ABD, ✓, 119 或 120；…, C→A→B, A—2，B—1."""
    question, printed = item.question, item.printed
    answer = question.answer
    if question.type == "judge":
        return RIGHT if answer else WRONG
    if question.type == "blank":
        filled = "；".join(" 或 ".join(words) for words in answer)
        return filled + ("（各空可以互换）" if question.any_order else "")
    if question.type == "match":
        return "，".join(f"{left}—{printed[answer[left]]}" for left in sorted(answer))
    if question.type == "order":
        return "→".join(printed[letter] for letter in answer)
    return "".join(sorted(printed[letter] for letter in answer))


def spread(sheet: Sheet, kind: str) -> Spread:
    """The distribution of right letters; a letter that is never right is listed with 0."""
    items = [item for item in sheet.items if item.question.type == kind]
    signs: list[str]
    if kind == "judge":
        signs = [RIGHT, WRONG]
    else:
        signs = sorted({option.letter for item in items for option in item.options})
    counts = Counter(sign for item in items for sign in printed_answer(item))
    return Spread(kind, tuple((sign, counts[sign]) for sign in signs))
