"""The inverted index: which units hold which run of characters.

A *gram* is a run of one, two or three folded characters. Every character and every pair of
neighbours is indexed; three in a row only where both pairs are common, because there the pairs
alone would let too many wrong units through. So the units that hold all grams of a query are a
small superset of those that hold the query, and for a query that is itself a gram they are exactly
those. Besides grams there are whole words (`W30871`) and whole names (`N消防法`), which only rank;
capitals tell them from grams, which are folded.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from operator import add

from jingzhong.search.codes import IdCoder, hash_of, pair_hashes
from jingzhong.search.fold import Folding, words
from jingzhong.search.units import HEADING, LEAD, TITLE, Unit

# A pair in more units than this is common, and so is every pair that has the same hash: the set is
# read by each query, and a set of hashes is much smaller. Both sides go by the hashes alone.
COMMON = 200
HASHES = 32_768
_RANKED = (TITLE, LEAD, HEADING)

Lists = defaultdict[str, list[int]]


class Index:
    """Posting lists of all units; ids are positions in `units`."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.folding = Folding()
        self._coder = IdCoder(len(units))
        self._ranked: dict[int, Lists] = {weight: defaultdict(list) for weight in _RANKED}
        self._extra: Lists = defaultdict(list)
        self._triples: Lists = defaultdict(list)
        pairs: defaultdict[int, list[int]] = defaultdict(list)
        last: defaultdict[int, list[int]] = defaultdict(list)
        texts = []
        for number, unit in enumerate(units):
            folded = [self.folding.fold(part.text) for part in unit.parts]
            texts.append(text := "".join(folded))
            for pair in _pairs(text):
                pairs[pair].append(number)
            if text:
                last[ord(text[-1])].append(number)
            self._add_names(number, unit, folded)
        self._pairs = sorted(pairs)
        self._lists = list(map(pairs.pop, self._pairs))
        self._hashes = pair_hashes(self._pairs)
        self._chars = _char_lists(self._pairs, self._lists, last)
        self.chars = sorted(self._chars)
        sizes = zip(self._hashes, map(len, self._lists), strict=True)
        self.common_hashes = {value % HASHES for value, size in sizes if size > COMMON}
        if self.common_hashes:
            hashes = zip(self._pairs, self._hashes, strict=True)
            self._add_triples(texts, {p for p, h in hashes if h % HASHES in self.common_hashes})

    def _add_names(self, number: int, unit: Unit, folded: Sequence[str]) -> None:
        """What ranks a unit: its titles and headings, whole words, and its names."""
        grams: dict[int, set[str]] = {}
        for part, text in zip(unit.parts, folded, strict=True):
            if part.weight:
                two = list(map(add, text, text[1:]))
                found = grams.setdefault(part.weight, set())
                found.update(text, two, map(add, two, text[2:]))
        for weight, of_weight in grams.items():
            lists = self._ranked[weight]
            for gram in of_weight:
                lists[gram].append(number)
        for word in words("\n".join(part.text for part in unit.parts)):
            self._extra[f"W{word}"].append(number)
        for name in {self.folding.fold(name) for name in unit.names} - {""}:
            self._extra[f"N{name}"].append(number)

    def _add_triples(self, texts: Sequence[str], common: set[int]) -> None:
        """Three in a row wherever both pairs are common."""
        for number, text in enumerate(texts):
            flags = _flags(text, common)
            bits = int.from_bytes(flags, "little")
            both = (bits & bits >> 8).to_bytes(len(flags), "little")
            for gram in {text[at : at + 3] for at in compress(range(len(text)), both)}:
                self._triples[gram].append(number)

    def is_common(self, pair: str) -> bool:
        """Whether three in a row are indexed around this pair."""
        return len(pair) == 2 and hash_of(pair) % HASHES in self.common_hashes

    def first_gram(self, text: str) -> str:
        """The gram that every search for `text` reads first, so that its list stands near."""
        both = self.is_common(text[:2]) and self.is_common(text[1:3])
        return text[:3] if both else text[:2]

    def entries(self) -> Iterator[tuple[int, str, str]]:
        """(hash of the gram by which the shard is chosen, key, code), in an order of their own.

        The code is `ids|ids in titles|ids in leads|ids in headings`, empty ends left out.
        """
        encode = self._coder.encode
        ranked = self._ranked_codes()
        for lists in (self._chars, self._triples):
            for gram in sorted(lists):
                yield hash_of(gram), gram, encode(lists[gram]) + ranked.get(gram, "")
        grams = _spelled(self._pairs)
        for value, gram, ids in zip(self._hashes, grams, self._lists, strict=True):
            yield value, gram, encode(ids) + ranked.get(gram, "")
        for key, ids in sorted(self._extra.items()):
            yield hash_of(self.first_gram(key[1:])), key, encode(ids)

    def _ranked_codes(self) -> dict[str, str]:
        """What follows the ids of a gram that stands in titles, leads or headings."""
        lists = list(self._ranked.values())
        encode = self._coder.encode
        return {
            gram: "|".join(("", *(encode(found.get(gram, ())) for found in lists))).rstrip("|")
            for gram in set().union(*lists)
        }

    def facets(self) -> Mapping[str, Mapping[str, str]]:
        """Facet → value → code of the units that have it."""
        found: dict[str, Lists] = {}
        for number, unit in enumerate(self.units):
            for facet, values in unit.facets.items():
                for value in values:
                    found.setdefault(facet, defaultdict(list))[value].append(number)
        return {
            facet: {value: self._coder.encode(ids) for value, ids in sorted(values.items())}
            for facet, values in sorted(found.items())
        }


def _char_lists(
    pairs: Iterable[int], lists: Iterable[list[int]], last: Mapping[int, list[int]]
) -> dict[str, list[int]]:
    """Units by character: those where it begins a pair, and those that end with it."""
    by_char: defaultdict[int, list[list[int]]] = defaultdict(list)
    for pair, ids in zip(pairs, lists, strict=True):
        by_char[pair >> 16].append(ids)
    for char, ids in last.items():
        by_char[char].append(ids)
    none: set[int] = set()
    return {chr(char): sorted(none.union(*found)) for char, found in by_char.items()}


# While counting, a pair of characters is one number, the first 16 bits above the second: folded
# text has no characters beyond 16 bits. Numbers are made and kept faster than strings.


def _halves(text: str) -> tuple[array[int], array[int]]:
    """The pairs that begin at even and at odd places."""
    raw = text.encode("utf-16-be")
    return _numbers(raw[: len(raw) // 4 * 4]), _numbers(raw[2 : 2 + max(0, len(raw) - 2) // 4 * 4])


def _numbers(raw: bytes) -> array[int]:
    numbers = array("I", raw)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _pairs(text: str) -> Iterable[int]:
    """Every pair of neighbours, once."""
    even, odd = _halves(text)
    return set(even).union(odd)


def _flags(text: str, common: set[int]) -> bytes:
    """A byte for each pair in order: 1 where it is common."""
    even, odd = _halves(text)
    flags = bytearray(len(even) + len(odd))
    flags[::2] = bytes(map(common.__contains__, even))
    flags[1::2] = bytes(map(common.__contains__, odd))
    return bytes(flags)


def _spelled(numbers: Sequence[int]) -> list[str]:
    """The pairs as text again."""
    text = _numbers(array("I", numbers).tobytes()).tobytes().decode("utf-16-be")
    return list(map(add, text[::2], text[1::2]))
