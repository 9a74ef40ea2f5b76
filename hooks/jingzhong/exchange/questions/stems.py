"""A question's stretch and its stem, without what only announces it: types, scores, labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.marks import (
    BARE_SCORE,
    OPTIONS_LABEL,
    SCORE,
    STEM_LABEL,
    TYPE_MARK,
    TYPE_WORD,
    type_of,
)
from jingzhong.exchange.questions.tidy import SCAN, Paper

# ^*^, ##, || between stem and answer, as programs write it.
_SEPARATOR = re.compile(r"[ \t]*[\^*#$@&~|=]{2,}[ \t]*$")
# 31473单选题: a counter of the program's own, glued to the type.
_COUNTER = re.compile(r"\d{1,6}(?:\.\d{1,6})?(?P<type>(?:单选|多选|判断|填空)题)[ \t]*[:：.、]?")
# 选项：正确；错误
_VERDICTS_OFFERED = re.compile(
    r"\n[ \t]*[【\[]?选项[】\]]?[ \t]*[:：]?[ \t]*(?:正确|对|√)[;；、,/ \t]+(?:错误|错|×)[ \t]*(?=\n|$)"
)
# true. 正确 / false. 错误 on two lines: the two buttons of a judgement.
_TWO_VERDICTS = re.compile(
    r"\n[ \t]*(?:true|t|对|√)[ \t]*[.、:)][ \t]*正确[ \t]*\n\s*(?:false|f|错|×)[ \t]*[.、:)][ \t]*错误\s*$",
    re.IGNORECASE,
)
# …存在。（ √ / × ）: what may be ticked.
_TO_CHOOSE = re.compile(r"\([ \t]*(?:√|对|正确)[ \t]*[/|、][ \t]*(?:×|错|错误)[ \t]*\)\s*$")
# …（ ）。（选择二项）: how many options are right.
_HOW_MANY = re.compile(
    r"(?<=[).。?:])[ \t]*\([ \t]*选择?(?P<count>[一二两三四五1-5])项[ \t]*\)(?=[ \t]*(?:\n|$))"
)
# （kp_014, mc_001）[选择题]: the program's own names before a type.
_OWN_NAMES = re.compile(
    r"[ \t]*\([ \t]*[a-z]{1,8}[_-]?\d{1,6}(?:[,、; \t]+[a-z]{1,8}[_-]?\d{1,6})*[ \t]*\)(?=\s*[\[【])",
    re.IGNORECASE,
)

# …（ ）年复审。C: the answer behind the stop that ends a stem.
LETTERS_BEHIND = re.compile(r"(?<=[。.?)])[ \t]?([A-F]{1,6})$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A question's stretch: where it begins and ends, its number, its section."""

    at: int
    text: int
    end: int
    number: str = ""
    section: str = ""
    type: str = ""


def read_head(paper: Paper, chunk: Chunk) -> tuple[int, str]:
    """Where the stem begins behind type marks and scores, and the type they declare."""
    scan, at, declared = paper.scan, chunk.text, ""
    if before := TYPE_MARK.search(scan, chunk.at, chunk.text):
        declared = type_of(before["type"])
    while True:
        gap = r"[\s*]*" if at == chunk.text else r"[\s*]*[:：]?[\s*]*"
        skipped = re.compile(gap).match(scan, at, chunk.end)
        here = skipped.end() if skipped else at
        for pattern in (TYPE_MARK, TYPE_WORD):
            if match := pattern.match(scan, here, chunk.end):
                told = match.groupdict()
                word = told["type"] or told.get("named") or told.get("short") or ""
                declared = declared or type_of(word)
                here = match.end()
                break
        else:
            counter = _COUNTER.match(scan, here, chunk.end)
            declared = declared or (type_of(counter["type"]) if counter else "")
            match = (
                counter
                or SCORE.match(scan, here, chunk.end)
                or STEM_LABEL.match(scan, here, chunk.end)
                or _names_before_type(scan, here, chunk.end)
            )
            if not match:
                return here, declared
            here = match.end()
        at = here


def _names_before_type(scan: str, start: int, end: int) -> re.Match[str] | None:
    """A bracket of a program's own names, where a type in brackets stands behind it."""
    match = _OWN_NAMES.match(scan, start, end)
    return match if match and TYPE_MARK.match(scan, match.end()) else None


def without_clause(stem: str) -> str:
    """A stem without a number of three steps: 1.2.1 本质安全是指。"""
    return re.sub(r"^\s*\d{1,2}(?:[.．]\d{1,3}){2,3}[ \t、.．]+(?=\S)", "", stem)


def without_type_marks(stem: str) -> tuple[str, str]:
    """A stem without [单选题] * (分值:5分), and the type it declared."""
    scan, declared = stem.translate(SCAN), ""
    for match in reversed(list(TYPE_MARK.finditer(scan))):
        declared = type_of(match["type"])
        stem = stem[: match.start()] + stem[match.end() :]
    for match in reversed(list(_HOW_MANY.finditer(stem.translate(SCAN)))):
        declared = declared or ("single" if match["count"] in "一1" else "multiple")
        stem = stem[: match.start()] + stem[match.end() :]
    for pattern in (SCORE, _VERDICTS_OFFERED, _TWO_VERDICTS, _TO_CHOOSE, OPTIONS_LABEL, _SEPARATOR):
        for match in reversed(list(pattern.finditer(stem.translate(SCAN)))):
            stem = stem[: match.start()] + stem[match.end() :]
    stem = re.sub(r"[ \t]*\*[ \t]*(?=\n|$)", "", stem)
    # A line to write on below the question is no blank in it.
    lines = [line for line in stem.split("\n") if not re.fullmatch(r"[ \t]*[_＿]{2,}[ \t]*", line)]
    return "\n".join(lines) if any(map(bare, lines)) else stem, declared


def without_bare_scores(stem: str) -> str:
    """A stem without (1.0) at its edges."""
    scan = stem.translate(SCAN).strip()
    head, tail = BARE_SCORE.match(scan), re.search(BARE_SCORE.pattern + r"$", scan)
    stem = stem.strip()
    if tail and tail.start():
        stem = stem[: tail.start()]
    return stem[head.end() :] if head else stem


def without_lead_bracket(stem: str) -> str:
    """A choice's stem without the empty bracket before it, where another blank or a ? asks."""
    match = re.match(r"[ \t\n]*\([ \t]*\)[ \t\n]*(?=\S)", stem.translate(SCAN))
    if match is None:
        return stem
    rest = stem[match.end() :]
    asked = re.search(r"\([ \t]*\)|_{2,}|[?][ \t]*$", rest.translate(SCAN).strip())
    return rest if asked else stem


def without_option_line(stem: str, options: Mapping[str, str]) -> str:
    """A stem that asks without a last line that an option says again, word for word."""
    above, line, last = stem.rstrip().rpartition("\n")
    asked = re.search(
        r"\([^()]{0,12}\)[ \t]*[。.]?[ \t]*$|_{2,}|[?:][ \t]*$", above.translate(SCAN)
    )
    again = bool(bare(last)) and any(bare(last) == bare(text) for text in options.values())
    return above if line and asked and again else stem


def letters_behind(stem: str) -> tuple[str, str]:
    """(stem without them, letters) where letters stand behind its last stop: 每（ ）年复审。C"""
    match = LETTERS_BEHIND.search(stem.translate(SCAN).rstrip())
    if match is None or list(match[1]) != sorted(set(match[1])):
        return stem, ""
    return stem[: match.start()], match[1]


# [primary], 【Easy】: how hard a question is, in one Latin word, before or behind its stem.
_LEVEL = re.compile(r"^[\[【][ \t]*([A-Za-z]{3,14})[ \t]*[\]】][ \t]*(?=\S)")
_LEVEL_BEHIND = re.compile(r"(?<=\S)[ \t]*[\[【][ \t]*([A-Za-z]{3,14})[ \t]*[\]】]$")


def drop_levels(questions: Sequence[Found]) -> None:
    """Take off a Latin word in brackets that every stem has on one side, few words in all."""
    for pattern in (_LEVEL, _LEVEL_BEHIND):
        told = [pattern.search(found.stem.strip()) for found in questions]
        words = {match[1].lower() for match in told if match}
        if len(told) < 4 or not all(told) or not len(words) * 2 <= len(told):
            continue
        for found in questions:
            found.stem = found.stem.strip()
            found.stem = pattern.sub("", found.stem)
