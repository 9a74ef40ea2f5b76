"""A statement found in a report, with its paragraph; several statements of one thing are rivals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jingzhong.exchange.paragraphs import Paragraph

_AROUND = 60
_STOP = re.compile("[。；！;!]")


@dataclass(frozen=True)
class Statement:
    """One value as the text gives it; `words` are those around it.

    `whole` says how surely the text speaks of the whole accident, beside which it may tell of
    parts: 0 not at all, 1 of an accident (发生……造成), 2 outright (共造成).
    """

    value: str
    line: int
    words: str
    whole: int = 0


def statement(
    value: str, paragraph: Paragraph, start: int, end: int, *, whole: int = 0
) -> Statement:
    """A value found at an offset of a paragraph."""
    text = paragraph.text
    begin, stop = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    words = f"{'…' if begin else ''}{text[begin:stop]}{'…' if stop < len(text) else ''}"
    return Statement(value, paragraph.line, words, whole)


@dataclass(frozen=True)
class Finding:
    """Everything a report says of one thing."""

    statements: tuple[Statement, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The different values, in the order of the text."""
        return tuple(dict.fromkeys(one.value for one in self.statements))

    @property
    def value(self) -> str | None:
        """The value, where the report has one, or one for the whole that no part exceeds."""
        if len(self.values) == 1:
            return self.values[0]
        surest = max((one.whole for one in self.statements), default=0)
        wholes = {one.value for one in self.statements if surest and one.whole == surest}
        if len(wholes) != 1:
            return None
        (whole,) = wholes
        size = _number(whole)
        parts = (_number(one) for one in self.values)
        if size is not None and any(part is None or part > size for part in parts):
            return None
        return whole

    @property
    def is_disputed(self) -> bool:
        """Whether the text has several values and none of them is chosen."""
        return len(self.values) > 1 and self.value is None

    def comments(self) -> list[str]:
        """A line for each value: where it stands first, and its words."""
        first = {one.value: one for one in reversed(self.statements)}
        return [
            f"{'［' + value + '］' if len(self.values) > 1 else ''}第 {first[value].line} 段：{first[value].words}"
            for value in self.values
        ]


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def finding(statements: Iterable[Statement]) -> Finding:
    """A finding of some statements, a value in one paragraph counted once."""
    unique: dict[tuple[str, int], Statement] = {}
    for one in statements:
        old = unique.setdefault((one.value, one.line), one)
        if one.whole > old.whole:
            unique[one.value, one.line] = one
    return Finding(tuple(unique.values()))


def sentences(paragraphs: Sequence[Paragraph]) -> Iterable[tuple[Paragraph, int, str]]:
    """(paragraph, offset, sentence) of every sentence."""
    for paragraph in paragraphs:
        start = 0
        for piece in _STOP.split(paragraph.text):
            if piece.strip():
                yield paragraph, start, piece
            start += len(piece) + 1
