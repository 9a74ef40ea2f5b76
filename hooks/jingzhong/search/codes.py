"""Text-safe codes: posting lists and page texts as printable ASCII inside JavaScript strings.

`search-index.js` reads them back. Quotes and backslashes never occur, so a string needs no escapes;
nor do `|` and `~`, so lists can be joined by them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import sub

SIGNS = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\|~')
_BASE = len(SIGNS)  # 91

# Differences of ids: 62 signs stand alone, 25 begin two, 3 begin three, 1 begins four.
_ALONE, _TWO, _THREE = 62, 25, 3

# Characters of texts: the commonest are one sign, 16 signs begin two, all others stay themselves.
_PAIRED = 16
_SINGLE = _BASE - _PAIRED
TABLE_SIZE = _SINGLE + _PAIRED * _BASE


def number_code(number: int) -> str:
    """The code of one difference of ids, 1 or more; see `_ALONE`."""
    number -= 1
    if number < _ALONE:
        return SIGNS[number]
    number -= _ALONE
    if number < _TWO * _BASE:
        return SIGNS[_ALONE + number // _BASE] + SIGNS[number % _BASE]
    number -= _TWO * _BASE
    if number < _THREE * _BASE**2:
        lead, rest = divmod(number, _BASE**2)
        return SIGNS[_ALONE + _TWO + lead] + SIGNS[rest // _BASE] + SIGNS[rest % _BASE]
    number -= _THREE * _BASE**2
    if number >= _BASE**3:
        raise ValueError(f"too many units to index: {number}")
    high, rest = divmod(number, _BASE**2)
    return SIGNS[-1] + SIGNS[high] + SIGNS[rest // _BASE] + SIGNS[rest % _BASE]


def list_code(numbers: Sequence[int]) -> str:
    """Rising numbers, each as its distance from the one before; the first one from -1."""
    return "".join(map(number_code, map(sub, numbers, chain((-1,), numbers))))


def hash_of(text: str) -> int:
    """A number for up to four characters of 16 bits; the same sum as `hashOf` in JavaScript.

    `grams.hashes` works it out for many.
    """
    value = 0
    for char in text:
        value = value * 31 + ord(char)
    return value ^ (value >> 15)


class IdCoder:
    """Writes rising lists of ids below `count`, as `list_code` does but faster."""

    def __init__(self, count: int) -> None:
        self._codes = ["", *(number_code(number) for number in range(1, count + 1))]

    def encode(self, ids: Sequence[int]) -> str:
        codes = self._codes
        if len(ids) == 1:
            return codes[ids[0] + 1]
        return "".join(map(codes.__getitem__, map(sub, ids, chain((-1,), ids))))


class TextCoder:
    """Writes texts of one site: its commonest characters in one or two signs each."""

    def __init__(
        self, texts: Iterable[str], simplified: Mapping[str, str], others: Iterable[str] = ()
    ) -> None:
        """The texts show how common each character is; `others` may stand in those not given.

        Traditional characters never enter the table: what is in it need not be folded.
        """
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(text)
        chars = {*counts, *others}
        self.traditional = [(c, simplified[c]) for c in sorted(chars & simplified.keys())]
        # ASCII signs are codes, so each that a text contains must have a code itself.
        plain = chars - simplified.keys()
        ranked = sorted(plain, key=lambda char: (char > "~", -counts[char], char))
        chosen = ranked[:TABLE_SIZE]
        self.table = "".join(sorted(chosen, key=lambda char: (-counts[char], char)))
        self._codes = {ord(char): _char_code(at) for at, char in enumerate(self.table)}

    def encode(self, text: str) -> str:
        """The text in signs; characters outside the table stay as they are."""
        return text.translate(self._codes)


def _char_code(at: int) -> str:
    if at < _SINGLE:
        return SIGNS[at]
    lead, trail = divmod(at - _SINGLE, _BASE)
    return SIGNS[_SINGLE + lead] + SIGNS[trail]
