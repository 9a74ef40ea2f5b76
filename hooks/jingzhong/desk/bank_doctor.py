"""题库体检: what is formally right in a bank and still spoils it.

Near-duplicates, keys that contradict each other, answers that can be guessed from their letter or
their length, traps, double negatives, and law that changed since the bank was last read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from jingzhong.model.library import Library
from jingzhong.model.quizzes import Bank, Question
from jingzhong.rules.staleness import check_staleness

# Two stems are one question from here on (0–100, rapidfuzz ratio); a round figure from practice.
ALIKE = 85.0
# A pupil who always ticks one letter, or the longest option, should fare no better than by chance:
# these bounds hold for banks with at least `ENOUGH` single-choice questions.
ENOUGH = 12
LETTER_SHARE = (0.15, 0.35)
LONGEST_SHARE = 0.35
JUDGE_TRUE_SHARE = (0.35, 0.65)
JUDGE_SHARE = 1 / 3
SHORTEST_EXPLANATION = 15

_SIGNS = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"\d+(\.\d+)?|[一二两三四五六七八九十百千]+(?=[个名人米层次天年小时分钟条项种级])"
)
_ALL = re.compile(r"以上(都|全|均|皆)|上述(都|全|均)|(都|全部|均)(对|正确|是)$|以上.{0,2}不")
_NEGATIVE = re.compile(
    r"不(?!仅|但|同|久|止|锈|管|论|少|断|良|幸|慎|得不)|没有|未|无(?!论)|非(?!法|机动)"
)
_ASKS_WRONG = re.compile(
    r"(错误|不正确|不对|不当|不妥|不应该?|不该|不安全|不合适|不属于|不包括)的?(是|有|做法|说法|行为|一项|哪)"
)


@dataclass(frozen=True)
class Symptom:
    """One finding: where, what kind, what it is, and with which other question."""

    bank: str
    question: str
    kind: str
    message: str
    path: str
    line: int


@dataclass(frozen=True)
class Vitals:
    """The figures of one bank."""

    bank: str
    title: str
    questions: int
    types: dict[str, int]
    letters: dict[str, int]
    longest: int
    true: int
    with_law: int
    with_case: int
    difficulty: dict[int, int]


def examine(library: Library, banks: tuple[Bank, ...]) -> Iterator[Symptom]:
    """Every finding in these banks; duplicates are looked for in all banks of the library."""
    yield from _alike(library, {bank.id for bank in banks})
    for bank in banks:
        yield from _balance(bank, vitals(bank))
        for question in bank.questions:
            yield from _question(bank, question)
    stale = {bank.origin.path: bank for bank in banks}
    for problem in check_staleness(library):
        if problem.path in stale:
            bank = stale[problem.path]
            yield Symptom(bank.id, "", "依据变过", problem.message, problem.path, problem.line)


def vitals(bank: Bank) -> Vitals:
    """Count a bank."""
    singles = [one for one in bank.questions if one.type == "single"]
    return Vitals(
        bank=bank.id,
        title=bank.title,
        questions=len(bank.questions),
        types=dict(Counter(one.type_name for one in bank.questions)),
        letters=dict(sorted(Counter(one.answer for one in singles).items())),
        longest=sum(_is_longest(one) for one in singles),
        true=sum(one.type == "judge" and one.answer is True for one in bank.questions),
        with_law=sum(bool(one.law) for one in bank.questions),
        with_case=sum(bool(one.case) for one in bank.questions),
        difficulty=dict(sorted(Counter(one.difficulty for one in bank.questions).items())),
    )


def _is_longest(question: Question) -> bool:
    """The right option alone is the longest."""
    lengths = {letter: len(text) for letter, text in question.options.items()}
    right = lengths[question.answer]
    return all(right > length for letter, length in lengths.items() if letter != question.answer)


def _answer_text(question: Question) -> str:
    if question.type in ("single", "multiple"):
        return "|".join(sorted(question.options[letter] for letter in question.answer))
    return str(question.answer)


def _alike(library: Library, wanted: set[str]) -> Iterator[Symptom]:
    entries = [
        (bank, question, _SIGNS.sub("", question.stem))
        for bank in library.banks
        for question in bank.questions
    ]
    reworded = [_NUMBER.sub("#", stem) for _, _, stem in entries]
    for at, (bank, question, stem) in enumerate(entries):
        for before in range(at):
            other_bank, other, other_stem = entries[before]
            if bank.id not in wanted and other_bank.id not in wanted:
                continue
            # Stems of very different length cannot be alike: the ratio is bounded by the lengths.
            if 200 * min(len(stem), len(other_stem)) < ALIKE * (len(stem) + len(other_stem)):
                continue
            same_words = reworded[at] == reworded[before]
            likeness = fuzz.ratio(stem, other_stem, score_cutoff=ALIKE)
            if not likeness and not same_words:
                continue
            name = f"{other_bank.id} 的 {other.id}"
            if _contradicts(question, other):
                yield _symptom(bank, question, "答案冲突", f"和 {name} 题目相同，答案不同")
                continue
            kind = "只换了数字" if same_words and stem != other_stem else "近似重复"
            yield _symptom(bank, question, kind, f"和 {name} 题干相似 {likeness:.0f}/100")


def _contradicts(one: Question, other: Question) -> bool:
    """The same question and the same options, and another answer."""
    same = one.type == other.type and sorted(one.options.values()) == sorted(other.options.values())
    return same and _answer_text(one) != _answer_text(other)


def _balance(bank: Bank, counts: Vitals) -> Iterator[Symptom]:
    singles = sum(counts.letters.values())
    if singles >= ENOUGH:
        low, high = LETTER_SHARE
        for letter in "ABCD":
            share = counts.letters.get(letter, 0) / singles
            if not low <= share <= high:
                yield _symptom(bank, None, "字母不匀", f"单选题答案是 {letter} 的占 {share:.0%}")
        share = counts.longest / singles
        if share > LONGEST_SHARE:
            text = f"单选题里正确选项最长的占 {share:.0%}，挑最长的就能蒙对"
            yield _symptom(bank, None, "最长是对", text)
    judges = counts.types.get("判断题", 0)
    if judges > counts.questions * JUDGE_SHARE:
        text = f"判断题占 {judges / counts.questions:.0%}，超过三分之一"
        yield _symptom(bank, None, "判断太多", text)
    if judges >= ENOUGH // 2:
        low, high = JUDGE_TRUE_SHARE
        share = counts.true / judges
        if not low <= share <= high:
            yield _symptom(bank, None, "对错不匀", f"判断题答案为“对”的占 {share:.0%}")


def _question(bank: Bank, question: Question) -> Iterator[Symptom]:
    if len(question.explanation) < SHORTEST_EXPLANATION:
        yield _symptom(bank, question, "解析太短", f"解析只有 {len(question.explanation)} 个字")
    for letter, text in question.options.items():
        if _ALL.search(text):
            yield _symptom(bank, question, "以上都对", f"选项 {letter} 概括别的选项，容易蒙对")
    if _ASKS_WRONG.search(question.stem):
        for letter, text in question.options.items():
            if _NEGATIVE.search(text):
                message = f"题干问的是错的，选项 {letter} 里又有否定，读起来绕"
                yield _symptom(bank, question, "双重否定", message)
                break
    elif question.type == "judge" and re.search(
        r"不(能|得|可|应|会|是)不|没有不|并非不", question.stem
    ):
        yield _symptom(bank, question, "双重否定", "判断题的题干有双重否定")


def _symptom(bank: Bank, question: Question | None, kind: str, message: str) -> Symptom:
    line = question.origin.line if question else 1
    return Symptom(bank.id, question.id if question else "", kind, message, bank.origin.path, line)
