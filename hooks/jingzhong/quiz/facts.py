"""What drawing and scoring need of a question, in the form that the scripts of the page read."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator

from jingzhong.model.quizzes import Bank, Question
from jingzhong.quiz.draw import Candidate

# An option that speaks of the others keeps its place: 以上都对, 都不正确, 前三项都是.
_NAMES_OTHERS = re.compile(
    r"^(以上|上述|前述)|(以上|上述|前述|前面)(都|全|均|皆|各|几|两|三|四|选项|说法|做法|答案|情[况形])"
    r"|^(都|全|均|皆)部?(对|错|不|正确|是|可以|行|应)|(其[他余它]|前[一二两三四五几])个?(选项|项)"
)
# Letters in a text mean places: A项, 选项B, A和B都对. Such a question is shown as it was written.
_NAMES_LETTERS = re.compile(
    r"选项?\s*[A-H](?![A-Za-z0-9])|(?<![A-Za-z0-9])[A-H]\s*(选?项|[和与及或、,，]\s*[A-H](?![A-Za-z0-9]))"
)


def fixed_letters(question: Question) -> tuple[str, ...]:
    """The options that shuffling leaves in place: named by the author, or speaking of others."""
    texts = (question.stem, question.explanation, *question.options.values())
    if any(_NAMES_LETTERS.search(text) for text in texts):
        return tuple(question.options)
    return tuple(
        letter
        for letter, text in question.options.items()
        if letter in question.fixed_options or _NAMES_OTHERS.search(text.strip())
    )


def public_answer(question: Question) -> object:
    """The answer as authors write it; 对 and 错 as words."""
    if question.type == "judge":
        return "对" if question.answer else "错"
    return question.answer


def question_facts(question: Question) -> dict[str, object]:
    """All that a script must know of a question and that its text does not show."""
    facts: dict[str, object] = {
        "id": question.id,
        "type": question.type,
        "answer": public_answer(question),
        "difficulty": question.difficulty,
        "topics": question.topics,
    }
    fixed = fixed_letters(question)
    if fixed:
        facts["fixed"] = fixed
    if question.any_order:
        facts["anyOrder"] = True
    return facts


def bank_candidates(bank: Bank) -> Iterator[Candidate]:
    """The questions of a bank for drawing; a passage is a group when several share it."""
    shared = Counter(question.passage for question in bank.questions if question.passage)
    first: dict[str, str] = {}
    for question in bank.questions:
        group = ""
        if question.passage and shared[question.passage] > 1:
            group = first.setdefault(question.passage, question.id)
        yield Candidate(
            question.id, bank.id, question.type, question.difficulty, question.topics, group
        )


def bank_hash(bank: Bank) -> str:
    """16 hex digits over all that decides a paper: what is asked, drawn and scored.

    Explanations and links are left out, so that mending one does not make papers void.
    """
    rows = [
        [
            question_facts(question),
            question.stem,
            question.passage,
            [question.image.src, question.image.alt] if question.image else None,
            list(question.options.items()),
            list(question.left.items()),
            list(question.right.items()),
        ]
        for question in sorted(bank.questions, key=lambda question: question.id)
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
