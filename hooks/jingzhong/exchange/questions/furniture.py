"""What stands beside a stem without being part of it: scores, words about the taker, row markers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.tidy import SCAN

_POINTS = r"(?:(?:本题|本小题|每小?题|此题)?[ \t]*(?:分值|满分|得分|共|计)?[ \t]*[:：]?[ \t]*\d{1,3}(?:\.\d{1,2})?[ \t]*分|(?:本题)?(?:分值|满分)[ \t]*[:：]?[ \t]*\d{1,3}(?:\.\d{1,2})?|\d{1,3}(?:\.\d{1,2})?[ \t]*(?i:points?|pts?|marks?))"
_BEHIND = re.compile(rf"[ \t\n]*[(\[【][ \t]*{_POINTS}[ \t]*[)\]】][ \t\n]*$")
_BEFORE = re.compile(rf"^[ \t\n]*[(\[【][ \t]*{_POINTS}[ \t]*[)\]】][ \t\n]*(?=\S)")
# 一次记（6分）: a number filled into the blank that these words leave.
_COUNTS = re.compile(r"[记扣得计罚加减为是达到以满考于低高即][ \t]*$")
_WHOLE = re.compile(r"[(\[【][ \t]*\d{1,2}[ \t]*分")
_TAKER = re.compile(
    r"(?:(?<=[\n。.?!;:)\]】）])|(?<=[ \t]))[ \t\n]*(?:(?:你|您|我|考生|学员|用户|本题|该题)[ \t]*(?:还|尚)?(?:未|没有?)[ \t]*(?:作答|答题|回答|答|选择|做)|未作答|未答题|"
    r"(?:你|您|我|考生|学员|用户)的?(?:答案|选择|作答)[ \t]*(?:是|为)?[ \t]*[:：]?[ \t]*(?:[A-Ha-h]{1,8}|正确|错误|对|错|√|×|未作答|未答|无|空)?)[ \t\n]*[。.;]?[ \t\n]*$"
)
_MARKER = re.compile(r"^[ \t]*([*#•·●○◆◇■□▲△★☆►▶※✦\-]{1,3})[ \t]+(?=\S)")


def unfurnished(stem: str) -> str:
    """A stem without a bracket of points at its ends and without words about who took the test."""
    while True:
        before, scan = stem, stem.translate(SCAN)
        if (match := _TAKER.search(scan)) and match.start() > 0:
            stem = stem[: match.start()]
            continue
        match = _BEHIND.search(scan)
        counts = match and _WHOLE.search(match[0]) and _COUNTS.search(scan[: match.start()])
        if match and match.start() > 0 and not counts:
            stem = stem[: match.start()]
        elif match := _BEFORE.match(scan):
            stem = stem[match.end() :]
        if stem == before:
            return stem


def drop_markers(questions: Sequence[Found]) -> None:
    """Take off a sign that most stems of a table begin with, such as `** `."""
    signs = Counter(match[1] for found in questions if (match := _MARKER.match(found.stem)))
    for sign, count in signs.items():
        if count >= 3 and count * 2 >= len(questions):
            for found in questions:
                match = _MARKER.match(found.stem)
                if match and match[1] == sign:
                    found.stem = found.stem[match.end() :]
