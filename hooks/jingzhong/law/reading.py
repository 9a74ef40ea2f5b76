"""Text as the grammar reads it: one width of characters, no spaces inside a citation.

`Reading` keeps the way back, so that every span it reports lies in the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Characters that mean the same; each replacement is one code point for one.
_SAME = tuple(
    zip(
        "０１２３４５６７８９（）〔〕［］【】＜＞<>⟨⟩〖〗‐‑‒–—－／∕．，；：～〜○ＧＢＴＡＱ",
        "0123456789()[][][]〈〉〈〉〈〉[]------//.,;:~~〇GBTAQ",
        strict=True,
    )
)
NUMERALS = "零〇一二三四五六七八九十百千两"
# A name may follow these directly; after any other Chinese character it may be part of a longer
# name (突发公共卫生事件应对法 is not 应对法).
FUNCTION_WORDS = frozenset(
    "依据按照反和与及或的在对用引见新旧原行即是为由以从到犯合守改订彻实了将把被称叫如之都也则"
    "查看问说比跟同于成嫌因读学讲据等当该本其有无凭违循经且而并向给让使属示明出现合"
)
_GAP = re.compile(r"[\s*\u200b-\u200d\u2060\ufeff]+")
_ALNUM = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
# A line that starts like this begins something new; it never continues a citation.
_NEW_LINE = re.compile(
    rf"第[{NUMERALS}\d]{{1,12}}(?:[章编节]|条(?:之[{NUMERALS}\d]{{1,3}})?[^\S\r\n])"
    rf"|[-#>|•·●■◆]|\d{{1,3}}[.、)]|\([{NUMERALS}]{{1,3}}\)|[{NUMERALS}]{{1,3}}、"
)


def is_chinese(char: str) -> bool:
    """True for one Chinese character (not for punctuation, and not for the empty string)."""
    return "一" <= char <= "鿿"


class Reading:
    """A text made uniform, and where each of its characters stood."""

    def __init__(self, source: str) -> None:
        flat = source
        for old, new in _SAME:
            flat = flat.replace(old, new)
        pieces: list[str] = []
        self._at: list[int] = []
        self._shift: list[int] = []
        done = kept = removed = 0
        for gap in _GAP.finditer(flat):
            if gap[0] == "\n\n":
                continue
            start, end = gap.span()
            if not _removable(flat, start, end):
                continue
            pieces.append(flat[done:start])
            kept += start - done
            done = end
            removed += end - start
            self._at.append(kept)
            self._shift.append(removed)
        if done:
            pieces.append(flat[done:])
            flat = "".join(pieces)
        self.text = flat

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the source that a non-empty stretch of the reading came from."""
        return self._back(start), self._back(end - 1) + 1

    def _back(self, index: int) -> int:
        place = bisect_right(self._at, index)
        return index + self._shift[place - 1] if place else index


def _removable(text: str, start: int, end: int) -> bool:
    """Spaces and single line ends may fall inside a citation; paragraph breaks never do."""
    if start and end < len(text) and text[start - 1] in _ALNUM and text[end] in _ALNUM:
        return False
    line_end = text.find("\n", start, end)
    if line_end < 0:
        return True
    if text.find("\n", line_end + 1, end) > 0 or text.find("*", line_end, end) > 0:
        return False
    # …第 / （三）项: a line that ends like this is not finished.
    return text.endswith("第", 0, start) or not _NEW_LINE.match(text, end)
