"""One place where a text names a law."""

from __future__ import annotations

from dataclasses import dataclass, field

from jingzhong.law.articles import Part
from jingzhong.law.marks import Mark
from jingzhong.law.numbers import Code


@dataclass
class Mention:
    """A name of a law, and what was read behind it. Offsets are those of the uniform text.

    `laws` holds the candidates (none: an unknown law), `title` what it was called. `version` is
    pinned by an order number or a code, `mark` asked for in words. `ambiguous` means that nothing
    tells which law 《条例》 is; `indirect` is 本法 or 该法. `stop` is where reading ended, at
    least `end`.
    """

    start: int
    end: int
    title: str
    laws: tuple[str, ...] = ()
    version: str | None = None
    mark: Mark | None = None
    code: Code | None = None
    ambiguous: bool = False
    indirect: bool = False
    parts: list[Part] = field(default_factory=list)
    clause: str | None = None
    stop: int = 0

    def again(self, start: int, end: int) -> Mention:
        """The same law, named another time."""
        return Mention(start, end, self.title, self.laws, self.version, self.mark, self.code)
