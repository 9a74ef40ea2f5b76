"""Questions in words: what formats made of text have in common."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

from jingzhong.exchange.export.losses import combinations
from jingzhong.exchange.export.material import Material, safe
from jingzhong.model.quizzes import BLANK, Question

# Between blanks, and between ways to write one blank: as 问卷星 and its like write them.
BLANKS, WAYS = "；", "|"


def answer_text(question: Question) -> str:
    """`B`, `ABD`, `对`, `119；120|一二零`, `BDAC`, `左A—右2；左B—右1`.

    A pair begins with a word, so that no reader takes it for the letter of a choice.
    """
    if question.type == "judge":
        return "对" if question.answer else "错"
    if question.type == "blank":
        return BLANKS.join(safe(WAYS.join(words)) for words in question.answer)
    if question.type == "match":
        return BLANKS.join(f"左{left}—右{right}" for left, right in question.answer.items())
    return str(question.answer)


def answer_lines(question: Question) -> Iterator[str]:
    """The answer with its words, for people: a line for each part."""
    if question.type in ("judge", "blank"):
        yield answer_text(question).replace(WAYS, " 或 ")
    elif question.type == "match":
        for left, right in question.answer.items():
            yield f"左{left}（{safe(question.left[left])}）— 右{right}（{safe(question.right[right])}）"
    else:
        for place, letter in enumerate(question.answer, 1):
            number = f"{place}. " if question.type == "order" else ""
            yield f"{number}{letter}．{safe(question.options[letter])}"


def filled(question: Question) -> str:
    """The stem with its blanks written alike, and never two of them grown together."""
    if question.type != "blank":
        return safe(question.stem)
    first, *others = (safe(piece) for piece in BLANK.split(question.stem))
    last = others.pop()
    return "____".join([first, *(piece or " " for piece in others), last])


def choices(question: Question) -> Iterator[str]:
    """`A. …` for options, `左A：…` and `右1：…` for the two sides of a match."""
    yield from (f"{letter}. {one_line(text)}" for letter, text in question.options.items())
    yield from (f"左{letter}：{one_line(text)}" for letter, text in question.left.items())
    yield from (f"右{number}：{one_line(text)}" for number, text in question.right.items())


def picture_note(question: Question) -> str:
    """What stands for a picture where there can be none."""
    return f"［图：{safe(question.image.alt)}］" if question.image else ""


def reference_lines(material: Material, question: Question) -> list[str]:
    """`条文：…` and `案例：…`, as far as there are any."""
    names = material.references[question.id]
    lines = [("条文", names.laws), ("案例", names.cases)]
    return [f"{label}：{'；'.join(map(safe, texts))}" for label, texts in lines if texts]


def one_line(text: str) -> str:
    """A text whose line breaks have become blanks."""
    return " ".join(safe(text).split("\n"))


def joined_answers(question: Question, limit: int) -> list[str]:
    """Every way to write all blanks in one field, first the first ones; at most `limit` ways."""
    if combinations(question) > limit:
        return [BLANKS.join(words[0] for words in question.answer)]
    orders = permutations(question.answer) if question.any_order else [question.answer]
    ways = (BLANKS.join(one) for order in orders for one in product(*order))
    return list(dict.fromkeys(ways))
