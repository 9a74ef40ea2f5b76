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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from operator import and_

from jingzhong.search.codes import IdCoder, hash_of
from jingzhong.search.fold import fold, words
from jingzhong.search.units import HEADING, LEAD, TITLE, Unit

# A pair in more units than this is common, and so is every pair that has the same hash: the set is
# read by each query, and a set of hashes is much smaller. Both sides go by the hashes alone.
COMMON = 200
HASHES = 32_768
_RANKED = (TITLE, LEAD, HEADING)

# While counting, a pair is one number: its two characters as they lie in memory. Folded text has
# no characters beyond 16 bits.
_ORDER = sys.byteorder
_UTF16 = "utf-16-le" if _ORDER == "little" else "utf-16-be"

Lists = defaultdict[str, list[int]]


class Index:
    """Posting lists of all units; ids are positions in `units`."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._coder = IdCoder(len(units))
        self._lists: Lists = defaultdict(list)
        self._ranked: dict[int, Lists] = {weight: defaultdict(list) for weight in _RANKED}
        self._extra: Lists = defaultdict(list)
        pairs: defaultdict[int, list[int]] = defaultdict(list)
        texts = []
        for number, unit in enumerate(units):
            folded = [fold(part.text) for part in unit.parts]
            texts.append(text := "".join(folded))
            for char in set(text):
                self._lists[char].append(number)
            for pair in _pairs(text):
                pairs[pair].append(number)
            self._add_names(number, unit, folded)
        self.chars = sorted(self._lists)
        spelled = {pair: _text(pair) for pair in pairs}
        hashes = {pair: hash_of(text) % HASHES for pair, text in spelled.items()}
        self.common_hashes = {hashes[pair] for pair, ids in pairs.items() if len(ids) > COMMON}
        if self.common_hashes:
            self._add_triples(texts, {p for p, h in hashes.items() if h in self.common_hashes})
        for pair, ids in pairs.items():
            self._lists[spelled[pair]] = ids

    def _add_names(self, number: int, unit: Unit, folded: Sequence[str]) -> None:
        """What ranks a unit: its titles and headings, whole words, and its names."""
        for weight, lists in self._ranked.items():
            grams: set[str] = set()
            for part, text in zip(unit.parts, folded, strict=True):
                if part.weight == weight:
                    grams.update(text, map("".join, pairwise(text)))
                    grams.update(map("".join, zip(text, text[1:], text[2:], strict=False)))
            for gram in grams:
                lists[gram].append(number)
        for word in set().union(*(words(part.text) for part in unit.parts)):
            self._extra[f"W{word}"].append(number)
        for name in {fold(name) for name in unit.names} - {""}:
            self._extra[f"N{name}"].append(number)

    def _add_triples(self, texts: Sequence[str], common: set[int]) -> None:
        for number, text in enumerate(texts):
            is_common = list(map(common.__contains__, _pairs_in_order(text)))
            both = map(and_, is_common, is_common[1:])
            for gram in {text[at : at + 3] for at in compress(range(len(text)), both)}:
                self._lists[gram].append(number)

    def is_common(self, pair: str) -> bool:
        """Whether three in a row are indexed around this pair."""
        return len(pair) == 2 and hash_of(pair) % HASHES in self.common_hashes

    def first_gram(self, text: str) -> str:
        """The gram that every search for `text` reads first, so that its list stands near."""
        both = self.is_common(text[:2]) and self.is_common(text[1:3])
        return text[:3] if both else text[:2]

    def entries(self) -> Iterator[tuple[str, str, str]]:
        """(gram by which the shard is chosen, key, code), in the order of keys.

        The code is `ids|ids in titles|ids in leads|ids in headings`, empty ends left out. Lists are
        given up as they are read, because they take most of the memory of a large build.
        """
        encode = self._coder.encode
        ranked = list(self._ranked.values())
        for gram in sorted(self._lists):
            code = encode(self._lists.pop(gram))
            if any(gram in lists for lists in ranked):
                rest = (encode(lists.get(gram, ())) for lists in ranked)
                code = "|".join((code, *rest)).rstrip("|")
            yield gram, gram, code
        for key, ids in sorted(self._extra.items()):
            yield self.first_gram(key[1:]), key, encode(ids)

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


def _halves(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """The pairs that begin at even and at odd places."""
    raw = memoryview(text.encode(_UTF16))
    size = len(raw)
    return raw[: size // 4 * 4].cast("I"), raw[2 : 2 + max(0, size - 2) // 4 * 4].cast("I")


def _pairs(text: str) -> Iterable[int]:
    """Every pair of neighbours, once."""
    even, odd = _halves(text)
    return set(even).union(odd)


def _pairs_in_order(text: str) -> list[int]:
    even, odd = _halves(text)
    pairs = [0] * (len(even) + len(odd))
    pairs[::2] = even
    pairs[1::2] = odd
    return pairs


def _text(pair: int) -> str:
    return pair.to_bytes(4, _ORDER).decode(_UTF16)
