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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from operator import add, and_

from jingzhong.search.codes import IdCoder, hash_of
from jingzhong.search.fold import fold, words
from jingzhong.search.units import BODY, HEADING, LEAD, TITLE, Unit

# A pair in more units than this is common, and so is every pair that has the same hash: the set is
# read by each query, and a set of hashes is much smaller. Both sides go by the hashes alone.
COMMON = 200
HASHES = 32_768
_RANKED = (TITLE, LEAD, HEADING)


class Index:
    """Posting lists of all units; ids are positions in `units`."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._coder = IdCoder(len(units))
        self._lists: defaultdict[str, list[int]] = defaultdict(list)
        self._ranked = {weight: defaultdict[str, list[int]](list) for weight in _RANKED}
        self._extra: defaultdict[str, list[int]] = defaultdict(list)
        texts = [self._add_unit(number, unit) for number, unit in enumerate(units)]
        pairs = [gram for gram in self._lists if len(gram) == 2]
        self.common_hashes = {
            hash_of(pair) % HASHES for pair in pairs if len(self._lists[pair]) > COMMON
        }
        self.common = frozenset(p for p in pairs if hash_of(p) % HASHES in self.common_hashes)
        self._add_triples(texts)

    def _add_unit(self, number: int, unit: Unit) -> str:
        """Index characters, pairs, words and names of one unit; its folded text is returned."""
        folded = [fold(part.text) for part in unit.parts]
        text = "".join(folded)
        lists = self._lists
        for gram in _short_grams(text):
            lists[gram].append(number)
        for weight, ranked in self._ranked.items():
            runs = _runs(unit, folded, weight)
            for gram in {gram for run in runs for gram in _short_grams(run)}:
                ranked[gram].append(number)
        for word in {word for part in unit.parts for word in words(part.text)}:
            self._extra[f"W{word}"].append(number)
        for name in {fold(name) for name in unit.names} - {""}:
            self._extra[f"N{name}"].append(number)
        return text

    def _add_triples(self, texts: Sequence[str]) -> None:
        common = self.common
        if not common:
            return
        for number, text in enumerate(texts):
            for gram in _common_triples(text, common):
                self._lists[gram].append(number)
            unit = self.units[number]
            for weight, ranked in self._ranked.items():
                runs = _runs(unit, None, weight)
                for gram in {g for run in runs for g in _common_triples(run, common)}:
                    ranked[gram].append(number)

    @property
    def chars(self) -> list[str]:
        """Every folded character of the site."""
        return [gram for gram in self._lists if len(gram) == 1]

    def first_gram(self, text: str) -> str:
        """The gram that every search for `text` reads first, so that its list stands near."""
        if text[:2] in self.common and text[1:3] in self.common:
            return text[:3]
        return text[:2]

    def entries(self) -> Iterator[tuple[str, str, str]]:
        """(gram by which the shard is chosen, key, code), in the order of keys.

        The code is `ids|ids in titles|ids in leads|ids in headings`, empty ends left out.
        """
        encode = self._coder.encode
        for gram in sorted(self._lists):
            lists = [self._lists[gram], *(self._ranked[w].get(gram, ()) for w in _RANKED)]
            yield gram, gram, "|".join(map(encode, lists)).rstrip("|")
        for key in sorted(self._extra):
            yield self.first_gram(key[1:]), key, encode(self._extra[key])

    def encode(self, ids: Sequence[int]) -> str:
        """A list of unit ids in the code of the index."""
        return self._coder.encode(ids)

    def facets(self) -> Mapping[str, Mapping[str, str]]:
        """Facet → value → code of the units that have it."""
        found: dict[str, defaultdict[str, list[int]]] = {}
        for number, unit in enumerate(self.units):
            for facet, values in unit.facets.items():
                for value in values:
                    found.setdefault(facet, defaultdict(list))[value].append(number)
        return {
            facet: {value: self.encode(ids) for value, ids in sorted(values.items())}
            for facet, values in sorted(found.items())
        }


def _short_grams(text: str) -> set[str]:
    """Every character and every pair of neighbours."""
    return set(text).union(map(add, text, text[1:]))


def _common_triples(text: str, common: frozenset[str]) -> Iterable[str]:
    pairs = list(map(add, text, text[1:]))
    is_common = list(map(common.__contains__, pairs))
    both = map(and_, is_common, is_common[1:])
    return set(compress(map(add, pairs, text[2:]), both))


def _runs(unit: Unit, folded: Sequence[str] | None, weight: int) -> list[str]:
    """The folded texts of one weight that ranks (or folds them, without `folded`)."""
    return [
        fold(part.text) if folded is None else folded[at]
        for at, part in enumerate(unit.parts)
        if part.weight == weight and weight != BODY
    ]
