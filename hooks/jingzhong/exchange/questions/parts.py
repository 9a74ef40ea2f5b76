"""The parts of one record, once it is known which field holds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jingzhong.exchange.questions.offered import (
    Offered,
    read_apart,
    read_family,
    read_options,
    truth,
    words,
)
from jingzhong.exchange.questions.sources import Source


@dataclass
class Roles:
    """The fields that hold each part; `answers` and `reasons` in the order to look them up."""

    stem: int
    options: Source | None = None
    answers: list[int] = field(default_factory=list)
    flags: Source | None = None
    reasons: list[int] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    rivals: tuple[int, ...] = ()
    # The answer's field has a name that says nothing of it; its contents do not prove it either.
    guessed: bool = False
    unnamed_answer: bool = False
    # Nearly all stems begin with their number.
    numbered: bool = False
    worth: float = 0.0
    fits: float = 0.0


def options_of(roles: Roles, row: Sequence[Any]) -> tuple[str, Offered]:
    """(stem, options) of a record."""
    stem = row[roles.stem]
    text = stem if isinstance(stem, str) else words(stem)
    source = roles.options
    if source is None:
        return text, Offered()
    if source.kind == "apart":
        return text, read_apart([row[at] for at in source.places])
    if source.kind == "stem":
        parts = text.split(source.sign)
        if len(parts) < 3:
            return text, Offered()
        return parts[0], read_family(parts[1:])
    if source.kind == "family":
        offered = read_family([row[at] for at in source.places], source.names)
        if roles.flags is not None:
            _mark(offered, [row[at] for at in roles.flags.places])
        return text, offered
    return text, read_options(row[source.places[0]], source.sign)


def answer_of(roles: Roles, row: Sequence[Any], at: int) -> Any:
    """The value of an answer's field; as a list where options and answers share a sign."""
    value = row[at]
    if roles.options and roles.options.kind == "stem" and isinstance(value, str):
        parts = [part.strip() for part in value.split(roles.options.sign) if part.strip()]
        return parts if len(parts) > 1 else value
    return value


def _mark(offered: Offered, marks: Sequence[Any]) -> None:
    letters = list(offered.options)
    told = [truth(mark) for mark in marks[: len(letters)]]
    if len(told) == len(letters) and None not in told and any(told):
        offered.rights = "".join(x for x, right in zip(letters, told, strict=True) if right)
        offered.marks = "flags"
