"""The inverted index: which units hold which run of characters.

A *gram* is a run of one, two or three folded characters. Every character and every pair of
neighbours is indexed; three in a row only where both pairs are common, because there the pairs
alone would let too many wrong units through. So the units that hold all grams of a query are a
small superset of those that hold the query, and for a query that is itself a gram they are exactly
those. Besides grams there are whole words (`W30871`) and whole names (`N消防法`), which only rank;
capitals tell them from grams, which are folded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from jingzhong.search.codes import IdCoder, hash_of
from jingzhong.search.fold import Folding, words
from jingzhong.search.grams import Grams
from jingzhong.search.units import HEADING, LEAD, TITLE, Unit

# A pair in more units than this is common, and so is every pair that has the same hash: the set is
# read by each query, and a set of hashes is smaller. Both sides go by the hashes alone.
COMMON = 200
_HASHES = 1 << 21  # Hashes of pairs are smaller.
_RANKED = (TITLE, LEAD, HEADING)


class Index:
    """Posting lists of all units; ids are positions in `units`."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.folding = Folding()
        self._coder = IdCoder(len(units))
        self._extra: defaultdict[str, list[int]] = defaultdict(list)
        texts: list[str] = []
        ranked: dict[int, list[tuple[str, int]]] = {weight: [] for weight in _RANKED}
        for number, unit in enumerate(units):
            folded = [self.folding.fold(part.text) for part in unit.parts]
            texts.append("".join(folded))
            for part, text in zip(unit.parts, folded, strict=True):
                if part.weight:
                    ranked[part.weight].append((text, number))
            self._add_names(number, unit)
        grams = Grams(texts, range(len(units)), len(units))
        singles, pairs = [*grams.lists(1)], [*grams.lists(2)]
        self.chars = [char for lists in singles for char in lists.grams]
        self._common = np.zeros(_HASHES, np.bool_)
        for lists in pairs:
            self._common[lists.hashes[lists.sizes > COMMON]] = True
        self._lists = [*singles, *pairs, *grams.lists(3, self._common)]
        self._ranked = [self._codes(ranked[weight]) for weight in _RANKED]

    def _codes(self, texts: Sequence[tuple[str, int]]) -> dict[str, str]:
        """Gram → code of the units that have it in one of these texts."""
        grams = Grams([text for text, _ in texts], [unit for _, unit in texts], len(self.units))
        found = (*grams.lists(1), *grams.lists(2), *grams.lists(3, self._common))
        return {
            gram: code
            for lists in found
            for gram, code in zip(lists.grams, lists.codes, strict=True)
        }

    def _add_names(self, number: int, unit: Unit) -> None:
        """Whole words, and the names of a unit."""
        for word in words("\n".join(part.text for part in unit.parts)):
            self._extra[f"W{word}"].append(number)
        for name in {self.folding.fold(name) for name in unit.names} - {""}:
            self._extra[f"N{name}"].append(number)

    @property
    def common_hashes(self) -> list[int]:
        """The hashes of common pairs, rising."""
        hashes: list[int] = np.flatnonzero(self._common).tolist()
        return hashes

    def is_common(self, pair: str) -> bool:
        """Whether three in a row are indexed around this pair."""
        return len(pair) == 2 and bool(self._common[hash_of(pair)])

    def first_gram(self, text: str) -> str:
        """The gram that every search for `text` reads first, so that its list stands near."""
        both = self.is_common(text[:2]) and self.is_common(text[1:3])
        return text[:3] if both else text[:2]

    def entries(self) -> Iterator[tuple[int, str, str]]:
        """(hash of the gram by which the shard is chosen, key, code), in an order of their own.

        The code is `ids|ids in titles|ids in leads|ids in headings`, empty ends left out.
        """
        ranked = {gram: self._ranks(gram) for gram in set().union(*self._ranked)}
        for lists in self._lists:
            for near, gram, code in zip(
                lists.hashes.tolist(), lists.grams, lists.codes, strict=True
            ):
                yield near, gram, code + ranked.get(gram, "")
        for key, ids in sorted(self._extra.items()):
            yield hash_of(self.first_gram(key[1:])), key, self._coder.encode(ids)

    def _ranks(self, gram: str) -> str:
        return "|".join(("", *(codes.get(gram, "") for codes in self._ranked))).rstrip("|")

    def facets(self) -> Mapping[str, Mapping[str, str]]:
        """Facet → value → code of the units that have it."""
        found: dict[str, defaultdict[str, list[int]]] = {}
        for number, unit in enumerate(self.units):
            for facet, values in unit.facets.items():
                for value in values:
                    found.setdefault(facet, defaultdict(list))[value].append(number)
        return {
            facet: {value: self._coder.encode(ids) for value, ids in sorted(values.items())}
            for facet, values in sorted(found.items())
        }
