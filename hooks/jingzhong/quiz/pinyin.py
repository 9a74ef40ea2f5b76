"""Pinyin with tones for the youngest readers, made at build time."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

from jingzhong.model.quizzes import Bank, Question

READERS = "小学生"
# What gets pinyin here is what `quiz-pinyin.js` puts it over: keep the two alike.
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def wants_pinyin(bank: Bank) -> bool:
    """Whether a bank is for readers who are still learning characters."""
    return READERS in bank.audience


def _silent(rest: str) -> list[str]:
    """No sound for signs that are not characters, but one place each, so that all line up."""
    return [""] * len(rest)


def syllables(text: str) -> str:
    """One syllable for each Chinese character, in order; other signs get none.

    Characters with several readings are read by the words around them, which is right mostly,
    not always.
    """
    return " ".join(sound for run in _HAN.findall(text) for sound in _run(run))


def _run(run: str) -> list[str]:
    sounds = lazy_pinyin(run, style=Style.TONE)
    # Neighbours that are in no dictionary come back as one piece.
    if len(sounds) != len(run):
        sounds = [lazy_pinyin(char, style=Style.TONE)[0] for char in run]
    return sounds


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
