"""An answer as it was read, with what is doubtful in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jingzhong.exchange.questions.found import Answer


@dataclass
class Value:
    """A read answer; `rest` is what follows it on its stretch (a reason, a reference)."""

    answer: Answer = None
    rest: str = ""
    text: str | list[str] | None = None
    implied: Answer = None
    convention: str = ""
    doubts: list[tuple[str, str]] = field(default_factory=list)
    kind: str = ""
    places: tuple[int, ...] = ()
