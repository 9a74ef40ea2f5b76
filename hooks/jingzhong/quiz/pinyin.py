"""Pinyin with tones for the youngest readers, made at build time."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

from jingzhong.model.quizzes import Bank, Question

READERS = "小学生"
# What gets pinyin here is what `quiz-pinyin.js` puts it over: keep the two alike.
_HAN = re.compile(r"[\u4e00-\u9fff]")


def wants_pinyin(bank: Bank) -> bool:
    """Whether a bank is for readers who are still learning characters."""
    return READERS in bank.audience


def syllables(text: str) -> str:
    """One syllable for each Chinese character, in order; other signs get none.

    Characters with several readings are read by the words around them, which is right mostly,
    not always.
    """
    found = lazy_pinyin(text, style=Style.TONE, errors=lambda rest: [""] * len(rest))
    if len(found) != len(text):
        found = [lazy_pinyin(char, style=Style.TONE)[0] for char in text]
    pairs = zip(text, found, strict=True)
    return " ".join(sound or char for char, sound in pairs if _HAN.match(char))


def question_pinyin(question: Question) -> dict[str, str]:
    """Part of a question → its syllables: stem, passage, explanation, and each option by letter."""
    texts = {
        "stem": question.stem,
        "passage": question.passage or "",
        "explanation": question.explanation,
        **question.options,
        **question.left,
        **question.right,
    }
    return {part: sounds for part, text in texts.items() if (sounds := syllables(text))}
