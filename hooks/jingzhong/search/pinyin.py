"""Pinyin of the terms that a reader may type without a Chinese keyboard, and what sounds alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from string import ascii_lowercase

from pypinyin import lazy_pinyin

from jingzhong.search.units import TITLE, Unit

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_DAY = re.compile(r"[0-9年月日]+")
_LONGEST = 10


def terms(units: Sequence[Unit], synonyms: Sequence[Sequence[str]]) -> list[str]:
    """Names of pages and laws, words with synonyms, then what titles begin with."""
    found = [name for unit in units if unit.kind == "page" for name in unit.names]
    found += [word for group in synonyms for word in group]
    others = [name for unit in units if unit.kind != "page" for name in unit.names]
    found += [name for name in others if not _DAY.fullmatch(name)]
    found += [run for unit in units if unit.kind != "question" for run in _runs(unit)]
    return list(dict.fromkeys(found))


def _runs(unit: Unit) -> Iterator[str]:
    for part in unit.parts:
        if part.weight == TITLE:
            for run in _HAN.findall(part.text):
                if len(run) > 1:
                    yield run[:_LONGEST]


def pinyin_rows(all_terms: Iterable[str]) -> dict[str, str]:
    """Each letter → lines `危险化学品 wei xian hua xue pin`."""
    rows: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    spoken = cache(lazy_pinyin)  # Many terms differ only by a number.
    for term in all_terms:
        syllables = spoken("".join(_HAN.findall(term)))
        if len(syllables) > 1 and syllables[0][0] in rows:
            rows[syllables[0][0]].append(" ".join((term.replace(" ", ""), *syllables)))
    return {letter: "\n".join(lines) for letter, lines in rows.items()}


def sounds(chars: Iterable[str]) -> str:
    """Groups of characters of the site that sound alike, tones apart: `安氨 埃哀 …`."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for char in sorted(chars):
        if _HAN.fullmatch(char):
            groups[lazy_pinyin(char)[0]].append(char)
    return " ".join("".join(group) for _, group in sorted(groups.items()) if len(group) > 1)
