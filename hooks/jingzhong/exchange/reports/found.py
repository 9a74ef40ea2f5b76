"""A statement found in a report, with its paragraph; several statements of one thing are rivals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jingzhong.exchange.paragraphs import Paragraph

_AROUND = 60


@dataclass(frozen=True)
class Statement:
    """One value as the text gives it; `words` are those around it."""

    value: str
    line: int
    words: str


def statement(value: str, paragraph: Paragraph, start: int, end: int) -> Statement:
    """A value found at an offset of a paragraph."""
    text = paragraph.text
    begin, stop = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    words = f"{'…' if begin else ''}{text[begin:stop]}{'…' if stop < len(text) else ''}"
    return Statement(value, paragraph.line, words)


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
        """The value, where the report has exactly one."""
        return self.values[0] if len(self.values) == 1 else None

    @property
    def is_disputed(self) -> bool:
        """Whether the text has several values; none of them is chosen."""
        return len(self.values) > 1

    def comments(self) -> list[str]:
        """A line for each value: where it stands first, and its words."""
        first = {one.value: one for one in reversed(self.statements)}
        return [
            f"{'［' + value + '］' if self.is_disputed else ''}第 {first[value].line} 段：{first[value].words}"
            for value in self.values
        ]


def finding(statements: Iterable[Statement]) -> Finding:
    """A finding of some statements, a value in one paragraph counted once."""
    unique = {(one.value, one.line): one for one in statements}
    return Finding(tuple(unique.values()))


def sentences(paragraphs: Sequence[Paragraph]) -> Iterable[tuple[Paragraph, int, str]]:
    """(paragraph, offset, sentence) of every sentence."""
    for paragraph in paragraphs:
        start = 0
        for piece in paragraph.text.replace("；", "。").replace("！", "。").split("。"):
            if piece.strip():
                yield paragraph, start, piece
            start += len(piece) + 1
