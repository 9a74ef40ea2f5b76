"""What an answer is worth: the twin of `static/js/scoring.js`, over the same test vectors.

Points are whole hundredths, so that both sides add up the same. Rules (also on the exam page):

- single, judge, order: all or nothing.
- multiple: one wrong choice loses all. Where right ones are only missing, by the contest's rule:
  全对才得分 nothing, 少选得半 half, 每选一个得x x points each (never more than the whole).
- blank, match: each blank or pair is worth the same share.

Answers and responses: single "B"; multiple "ABD"; judge "对"; order "BDAC"; blank a list of
texts (the answer: of lists of accepted texts); match {"A": "2"}. An empty text is no answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["right", "part", "wrong", "none"]

_EACH = "每选一个得"
_SPACE = re.compile(
    "[\\t-\\r \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"
)
_TAIL = re.compile("[。、.,;!?]+$")


@dataclass(frozen=True)
class Score:
    """`points` in hundredths; `parts`: for blanks, steps and pairs, which of them are right."""

    state: State
    points: int
    parts: tuple[bool, ...] = ()


def fold(text: str) -> str:
    """A text as it is compared: width, case, spaces and a full stop at the end do not count."""
    return _TAIL.sub("", _SPACE.sub("", unicodedata.normalize("NFKC", text).lower()))


def score(
    kind: str,
    answer: Any,
    response: Any,
    *,
    any_order: bool = False,
    points: int = 100,
    rule: str = "全对才得分",
) -> Score:
    """Score one response to a question of this type, worth `points` hundredths."""
    if kind == "multiple":
        return _multiple(answer, response, points, rule)
    if kind == "blank":
        given = [fold(text) for text in _padded(response, len(answer))]
        parts = _blanks(answer, given, any_order)
        return _shared(parts, any(given), points)
    if kind == "match":
        given = [response.get(left, "") for left in sorted(answer)]
        parts = [text == answer[left] for text, left in zip(given, sorted(answer), strict=True)]
        return _shared(parts, any(given), points)
    if not "".join(response):
        return Score("none", 0)
    right = "".join(response) == answer
    steps: tuple[bool, ...] = ()
    if kind == "order":
        steps = tuple(a == b for a, b in zip(answer, _padded(response, len(answer)), strict=True))
    return Score("right" if right else "wrong", points if right else 0, steps)


def _padded(response: Sequence[str], length: int) -> list[str]:
    return [*response, *[""] * length][:length]


def _multiple(answer: str, response: str, points: int, rule: str) -> Score:
    chosen, wanted = set(response), set(answer)
    if not chosen:
        return Score("none", 0)
    if chosen == wanted:
        return Score("right", points)
    if chosen - wanted or rule == "全对才得分":
        return Score("wrong", 0)
    if rule.startswith(_EACH):
        earned = min(len(chosen) * hundredths(rule.removeprefix(_EACH)), points)
    else:
        earned = (points + 1) // 2
    return Score("part", earned)


def hundredths(number: str) -> int:
    """`1`, `0.5`, `1.25` as hundredths; what is smaller than one is left out."""
    whole, _, rest = number.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def _blanks(answer: Sequence[Sequence[str]], given: Sequence[str], any_order: bool) -> list[bool]:
    accepted = [{fold(text) for text in words} - {""} for words in answer]
    if not any_order:
        return [text in words for text, words in zip(given, accepted, strict=True)]
    # Which text fills which blank: each text finds a blank, moving earlier texts on if need be.
    filled: dict[int, int] = {}

    def place(text: int, tried: set[int]) -> bool:
        for blank, words in enumerate(accepted):
            if blank in tried or given[text] not in words:
                continue
            tried.add(blank)
            if blank not in filled or place(filled[blank], tried):
                filled[blank] = text
                return True
        return False

    return [place(text, set()) for text in range(len(given))]


def _shared(parts: Sequence[bool], answered: bool, points: int) -> Score:
    right, total = sum(parts), len(parts)
    earned = (points * right * 2 + total) // (total * 2)
    state: State = "part"
    if right == total:
        state = "right"
    elif not right:
        state = "wrong" if answered else "none"
    return Score(state, earned, tuple(parts))
